/**
 * What every figure of agreement is, exactly, with a worked example whose numbers are computed, not written down. Pure.
 * Screens, reports and exports take their words from here.
 */
import type { Definition } from './definitions/definition.ts'
import { analyticInterval, bootstrapInterval } from './definitions/intervals.ts'
import { conger, fleiss, light } from './definitions/more-coders.ts'
import { setAlpha } from './definitions/sets.ts'
import {
  alphaU,
  barUAlpha,
  boundarySimilarity,
  cuAlpha,
  kuAlpha,
  spanF1,
  spanPrecision,
  spanRecall,
  uAlpha,
} from './definitions/text.ts'
import {
  ac1,
  bias,
  brennanPrediger,
  cohen,
  cohenError,
  holsti,
  krippendorff,
  negative,
  pabak,
  percent,
  positive,
  prevalence,
  scott,
  weightedKappa,
} from './definitions/two-coders.ts'

export type { Definition, Example } from './definitions/definition.ts'

/** Every measure with its definition, in the order they are listed. */
export const DEFINITIONS = {
  percent,
  positive,
  negative,
  holsti,
  cohen,
  cohenError,
  weightedKappa,
  scott,
  fleiss,
  conger,
  light,
  krippendorff,
  ac1,
  brennanPrediger,
  pabak,
  prevalence,
  bias,
  setAlpha,
  uAlpha,
  barUAlpha,
  cuAlpha,
  kuAlpha,
  alphaU,
  spanPrecision,
  spanRecall,
  spanF1,
  boundarySimilarity,
  bootstrapInterval,
  analyticInterval,
} as const satisfies Record<string, Definition>

export type Measure = keyof typeof DEFINITIONS

/** All measures by kind, for a list to choose from. */
export const MEASURE_GROUPS: ReadonlyArray<{ name: string; measures: readonly Measure[] }> = [
  { name: 'Agreement as such', measures: ['percent', 'positive', 'negative', 'holsti'] },
  {
    name: 'Corrected for chance',
    measures: [
      'cohen',
      'cohenError',
      'weightedKappa',
      'scott',
      'fleiss',
      'conger',
      'light',
      'krippendorff',
      'ac1',
      'brennanPrediger',
      'pabak',
    ],
  },
  { name: 'What moves kappa', measures: ['prevalence', 'bias'] },
  { name: 'All codes at once', measures: ['setAlpha'] },
  {
    name: 'Spans of text',
    measures: [
      'uAlpha',
      'barUAlpha',
      'cuAlpha',
      'kuAlpha',
      'alphaU',
      'spanPrecision',
      'spanRecall',
      'spanF1',
      'boundarySimilarity',
    ],
  },
  { name: 'Intervals', measures: ['bootstrapInterval', 'analyticInterval'] },
]
