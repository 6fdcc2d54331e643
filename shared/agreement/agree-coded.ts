import type { Entry, Params } from './agree-entry.ts'
import { entry } from './agree-entry.ts'
import type { CodedCase, Label } from './agree-input.ts'
import { congerKappa, congerKappaGwet } from './conger.ts'
import { fleissKappa, fleissKappaCategory, fleissKappaListwise, fleissStandardErrorNull } from './fleiss.ts'
import { gwetCoefficient } from './gwet.ts'
import type { CrossTable } from './kappa.ts'
import {
  cohenInterval,
  cohenKappa,
  cohenKappaCategory,
  cohenKappaMax,
  cohenStandardError,
  cohenStandardErrorNull,
  collapseTable,
  lightKappa,
  scottPi,
  tableOfPair,
} from './kappa.ts'
import type { Metric } from './krippendorff.ts'
import { krippendorff, krippendorffAlphaCategory } from './krippendorff.ts'
import type { UnitSummary } from './matrix.ts'
import { isComplete, pairableCounts, summarise } from './matrix.ts'
import { holsti, percentAgreement, percentAgreementCoderPairs, percentAgreementUnanimous } from './percent.ts'
import type { Outcome } from './reasons.ts'
import { defined, undefinedBecause } from './reasons.ts'
import type { WeightKind } from './weights.ts'

/** The numbers the categories stand for, or an empty list when they are not all numbers. */
export function numericScale(labels: readonly Label[]): number[] {
  const numbers = labels.filter((label) => typeof label === 'number')
  return numbers.length === labels.length ? numbers : []
}

/** Weighting schemes that make sense at the case's level. */
function weightKinds({ level }: CodedCase): WeightKind[] {
  return level === 'nominal' ? ['none'] : ['none', 'linear', 'quadratic']
}

/** Metrics of alpha that make sense: by level, and interval also for two numeric categories. */
export function metricsOf({ level, labels }: CodedCase): Metric[] {
  const scale = numericScale(labels)
  const numeric = scale.length > 0
  const metrics: Metric[] = ['nominal']
  if (level !== 'nominal') metrics.push('ordinal')
  const binary = labels.length <= 2
  if (level === 'interval' || level === 'ratio' || (numeric && (level === 'ordinal' || binary)))
    metrics.push('interval')
  const natural = numeric && level !== 'nominal' && scale.every((value) => value >= 0)
  if (level === 'ratio' || natural) metrics.push('ratio')
  return metrics
}

/**
 * Every statistic that applies to a case of units × coders or a contingency table.
 *
 * @param anonymous the columns are not the same persons throughout: coefficients of named coders are left out
 */
export function codedStatistics(coded: CodedCase, anonymous: boolean): Entry[] {
  const summary = summarise(coded.data)
  const pairs = pairableCounts(summary)
  return [
    entry('percent_agreement', {}, percentAgreement(summary)),
    entry('percent_agreement_coder_pairs', {}, percentAgreementCoderPairs(coded.data)),
    entry('percent_agreement_unanimous', {}, percentAgreementUnanimous(coded.data)),
    entry('holsti', {}, holsti(coded.data)),
    ...(anonymous ? [] : [...twoCoderEntries(coded), ...namedCoderEntries(coded, summary)]),
    ...fleissEntries(coded, summary),
    ...gwetEntries(coded, summary),
    ...krippendorffEntries(coded, summary),
    entry('n_pairable_units', {}, defined(pairs.units)),
    entry('n_pairable_values', {}, defined(pairs.values)),
  ]
}

/** Cohen, Scott and the binary indices: two coders, in the input or after leaving out coders without data. */
function twoCoderEntries(coded: CodedCase): Entry[] {
  const coders = coded.data.values.length
  if (coders > 2 || (coders < 2 && coded.declaredCoders > 2)) return []
  const table = coders === 2 ? tableOfPair(coded.data, 0, 1) : null
  const of = (compute: (table: CrossTable) => Outcome): Outcome =>
    table === null ? undefinedBecause('nothing to compare') : compute(table)
  const entries = weightKinds(coded).flatMap((weights) => [
    entry(
      'cohen_kappa',
      { weights },
      of((t) => cohenKappa(t, weights)),
    ),
    entry(
      'cohen_kappa_se',
      { weights },
      of((t) => cohenStandardError(t, weights)),
    ),
    entry(
      'cohen_kappa_ci95_low',
      { weights },
      of((t) => cohenInterval(t, weights).low),
    ),
    entry(
      'cohen_kappa_ci95_high',
      { weights },
      of((t) => cohenInterval(t, weights).high),
    ),
    entry(
      'cohen_kappa_se_null',
      { weights },
      of((t) => cohenStandardErrorNull(t, weights)),
    ),
  ])
  entries.push(entry('cohen_kappa_max', {}, of(cohenKappaMax)), entry('scott_pi', {}, of(scottPi)))
  if (coded.labels.length > 2) {
    coded.labels.forEach((category, k) => {
      entries.push(
        entry(
          'cohen_kappa_category',
          { category },
          of((t) => cohenKappaCategory(t, k)),
        ),
      )
    })
  }
  return coded.labels.length === 2 ? [...entries, ...binaryEntries(coded.positive, of)] : entries
}

type OfTable = (compute: (table: CrossTable) => Outcome) => Outcome

/** PABAK for two categories; the signed indices and specific agreements when one of them means "applied". */
function binaryEntries(positive: number | null, of: OfTable): Entry[] {
  const fromCells = (compute: (a: number, b: number, c: number, d: number, n: number) => Outcome): Outcome =>
    of((table) => {
      const [a, b, c, d] = collapseTable(table, positive ?? 0).counts as unknown as [
        number,
        number,
        number,
        number,
      ]
      return table.total === 0 ? undefinedBecause('nothing to compare') : compute(a, b, c, d, table.total)
    })
  const share = (value: number, of: number): Outcome =>
    of === 0 ? undefinedBecause('category not used') : defined(value / of)
  const pabak = entry(
    'pabak',
    {},
    fromCells((a, b, c, d, n) => defined((a + d - b - c) / n)),
  )
  if (positive === null) return [pabak]
  return [
    pabak,
    entry(
      'prevalence_index',
      {},
      fromCells((a, _b, _c, d, n) => defined((a - d) / n)),
    ),
    entry(
      'bias_index',
      {},
      fromCells((_a, b, c, _d, n) => defined((b - c) / n)),
    ),
    entry(
      'positive_agreement',
      {},
      fromCells((a, b, c) => share(2 * a, 2 * a + b + c)),
    ),
    entry(
      'negative_agreement',
      {},
      fromCells((_a, b, c, d) => share(2 * d, 2 * d + b + c)),
    ),
  ]
}

/** Light and Conger: any number of named coders. */
function namedCoderEntries(coded: CodedCase, summary: UnitSummary): Entry[] {
  const complete = isComplete(summary)
    ? [
        entry('light_kappa', {}, lightKappa(coded.data)),
        entry('conger_kappa', {}, congerKappa(coded.data, summary)),
      ]
    : []
  const general = weightKinds(coded).map((weights) =>
    entry('conger_kappa_gwet', { weights }, congerKappaGwet(coded.data, summary, weights)),
  )
  return [...complete, ...general]
}

function fleissEntries(coded: CodedCase, summary: UnitSummary): Entry[] {
  const entries: Entry[] = []
  if (isComplete(summary)) {
    entries.push(entry('fleiss_kappa', {}, fleissKappa(summary)))
    entries.push(entry('fleiss_kappa_se_null', {}, fleissStandardErrorNull(summary)))
    coded.labels.forEach((category, k) => {
      entries.push(entry('fleiss_kappa_category', { category }, fleissKappaCategory(summary, k)))
    })
  }
  if (coded.missing) entries.push(entry('fleiss_kappa_listwise', {}, fleissKappaListwise(summary)))
  return entries
}

function gwetEntries(coded: CodedCase, summary: UnitSummary): Entry[] {
  const { data, level } = coded
  const entries = weightKinds(coded).flatMap((weights) => {
    const fleiss = gwetCoefficient(data, summary, 'fleiss', weights)
    const ac = gwetCoefficient(data, summary, 'ac', weights)
    const bp = gwetCoefficient(data, summary, 'brennan-prediger', weights)
    return [
      entry('fleiss_kappa_gwet', { weights }, fleiss.coefficient),
      entry('fleiss_kappa_gwet_se', { weights }, fleiss.standardError),
      entry('gwet_ac_se', { weights }, ac.standardError),
      entry('brennan_prediger_se', { weights }, bp.standardError),
      entry('gwet_ac', { weights }, ac.coefficient),
      entry('brennan_prediger', { weights }, bp.coefficient),
    ]
  })
  if (level === 'nominal') return entries
  const weights = 'ordinal'
  return [
    ...entries,
    entry('gwet_ac', { weights }, gwetCoefficient(data, summary, 'ac', weights).coefficient),
    entry(
      'brennan_prediger',
      { weights },
      gwetCoefficient(data, summary, 'brennan-prediger', weights).coefficient,
    ),
  ]
}

function krippendorffEntries(coded: CodedCase, summary: UnitSummary): Entry[] {
  const scale = numericScale(coded.labels)
  const entries = metricsOf(coded).flatMap((metric) => {
    const params: Params = { metric }
    const parts = krippendorff(summary, metric, scale)
    const alpha = entry('krippendorff_alpha', params, parts.alpha)
    if (metric === 'ordinal' || metric === 'ratio') return [alpha]
    return [
      alpha,
      entry('krippendorff_Do', params, parts.observed),
      entry('krippendorff_De', params, parts.expected),
    ]
  })
  if (coded.labels.length <= 2) return entries
  const perCategory = coded.labels.map((category, k) =>
    entry('krippendorff_alpha_category', { category }, krippendorffAlphaCategory(coded.data, k)),
  )
  return [...entries, ...perCategory]
}
