import type { Entry } from './agree-entry.ts'
import { entry } from './agree-entry.ts'
import type { SpanCase } from './agree-input.ts'
import { alphaU, alphaUOverall } from './alpha-u.ts'
import { binaryAgreement, toTwoCoderCounts } from './binary.ts'
import type { Masses } from './boundary.ts'
import {
  boundarySimilarity,
  NEAR_MISS_SPREAD,
  segmentationSimilarity,
  windowDiff,
  windowSizes,
} from './boundary.ts'
import type { Outcome } from './reasons.ts'
import { undefinedBecause } from './reasons.ts'
import { spanF1 } from './span-f1.ts'
import { characterCounts } from './spans.ts'
import type { CodedSpan } from './unitizing.ts'
import { uAlphaFamily } from './unitizing.ts'

/** How the gold file spells the form of WindowDiff. */
const WINDOWDIFF_FORM = 'strings of n-1 potential boundaries; windows of k symbols; / (n-1-k+1)'

/** Agreement on characters and on whole spans, per code and over all codes. */
export function spanStatistics({ continuum, labels }: SpanCase): Entry[] {
  const entries = labels.flatMap((code, value) => {
    const own = continuum.coders.map((spans) => spans.filter((span) => span.value === value))
    return [
      ...characterEntries(own, continuum.length, { code }),
      entry('span_f1_exact', { code }, spanF1(own, 1, continuum.length)),
      entry('span_f1_iou50', { code }, spanF1(own, 0.5, continuum.length)),
    ]
  })
  return [
    ...entries,
    entry('span_f1_exact', {}, spanF1(continuum.coders, 1, continuum.length)),
    entry('span_f1_iou50', {}, spanF1(continuum.coders, 0.5, continuum.length)),
  ]
}

/** Binary agreement of one code on the characters of the text. */
function characterEntries(
  own: ReadonlyArray<readonly CodedSpan[]>,
  length: number,
  params: Entry['params'],
): Entry[] {
  if (own.length < 2) {
    const none: Outcome = undefinedBecause('nothing to compare')
    return ['char_krippendorff_alpha', 'char_gwet_ac1'].map((stat) => entry(stat, params, none))
  }
  const patterns = characterCounts(
    own.map((spans) => spans.map(({ start, end }) => [start, end] as const)),
    length,
  )
  const agreement = binaryAgreement(patterns)
  const shared = [
    entry('char_krippendorff_alpha', params, agreement.krippendorff),
    entry('char_gwet_ac1', params, agreement.ac1),
  ]
  if (own.length > 2) return shared
  const { both, first, second, neither } = toTwoCoderCounts(patterns)
  return [
    { stat: 'char_counts', params, value: [both, first, second, neither] },
    entry('char_percent_agreement', params, agreement.percent),
    entry('char_cohen_kappa', params, agreement.cohen),
    entry('char_f1', params, agreement.positive),
    ...shared,
  ]
}

/** The u-alpha family and alpha_U. */
export function unitizingStatistics({ continuum, labels }: SpanCase): Entry[] {
  const family = uAlphaFamily(continuum)
  const parts = labels.map((_, value) => alphaU(continuum, value))
  return [
    entry('u_alpha', {}, family.uAlpha),
    entry('bar_u_alpha', {}, family.barUAlpha),
    entry('cu_alpha', {}, family.cuAlpha),
    entry('cu_coverage', {}, family.cuCoverage),
    ...labels.flatMap((value_of, value) => [
      entry('k_u_alpha', { value_of }, family.kuAlpha[value] as Outcome),
      entry('k_u_coverage', { value_of }, family.kuCoverage[value] as Outcome),
    ]),
    entry('alpha_U', {}, alphaUOverall(parts)),
    ...parts.flatMap((part, value) => {
      const params = { category: labels[value] as string }
      return [
        entry('alpha_U_category', params, part.alpha),
        entry('alpha_U_Do', params, part.observed),
        entry('alpha_U_De', params, part.expected),
      ]
    }),
  ]
}

/** Similarity of two full segmentations. WindowDiff is given for every window size in use. */
export function boundaryStatistics([first, second]: readonly [Masses, Masses]): Entry[] {
  const params = { n_t: NEAR_MISS_SPREAD }
  return [
    entry('boundary_similarity', params, boundarySimilarity(first, second)),
    entry('segmentation_similarity', params, segmentationSimilarity(first, second)),
    ...windowSizes(first, second).map((k) =>
      entry('windowdiff', { k, form: WINDOWDIFF_FORM }, windowDiff(first, second, k)),
    ),
  ]
}
