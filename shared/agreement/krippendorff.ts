import type { ReliabilityData, UnitSummary } from './matrix.ts'
import {
  categoryTotals,
  recodeToBinary,
  rowCount,
  summarise,
  total,
  unequalProducts,
  usedCount,
} from './matrix.ts'
import type { Outcome } from './reasons.ts'
import { defined, undefinedBecause } from './reasons.ts'

/** Metric of Krippendorff's alpha. */
export type Metric = 'nominal' | 'ordinal' | 'interval' | 'ratio'

/** Alpha with its two disagreements, in the units of the metric's squared difference. */
export interface AlphaParts {
  readonly alpha: Outcome
  readonly observed: Outcome
  readonly expected: Outcome
}

/**
 * Squared differences δ², q × q row-major.
 *
 * @param totals n_c of the pairable values; only the ordinal metric uses them
 * @param scale the numbers the categories stand for; needed for interval and ratio
 */
export function squaredDifferences(
  metric: Metric,
  totals: Float64Array,
  scale: readonly number[] = [],
): Float64Array {
  const q = totals.length
  const delta = new Float64Array(q * q)
  for (let c = 0; c < q; c++) {
    for (let k = c + 1; k < q; k++) {
      const value = difference(metric, c, k, totals, scale) ** 2
      delta[c * q + k] = value
      delta[k * q + c] = value
    }
  }
  return delta
}

function difference(
  metric: Metric,
  c: number,
  k: number,
  totals: Float64Array,
  scale: readonly number[],
): number {
  if (metric === 'nominal') return 1
  if (metric === 'ordinal') {
    let between = 0
    for (let g = c; g <= k; g++) between += totals[g] as number
    return between - ((totals[c] as number) + (totals[k] as number)) / 2
  }
  const x = scale[c] as number
  const y = scale[k] as number
  if (metric === 'interval') return x - y
  return x + y === 0 ? 0 : (x - y) / (x + y)
}

/** Why a metric cannot be applied to these categories, or null. */
function unusable(metric: Metric, categories: number, scale: readonly number[]): Outcome | null {
  if (metric === 'nominal' || metric === 'ordinal') return null
  if (scale.length !== categories) return undefinedBecause('needs numeric categories')
  if (metric === 'ratio' && scale.some((value) => value < 0))
    return undefinedBecause('needs non-negative categories')
  return null
}

/**
 * Krippendorff's alpha: 1 − D_o/D_e, any number of coders, missing values allowed (units with one value drop out).
 * Undefined: no pairable value; only one category among the pairable values (0/0, never 1); the metric does not fit
 * the categories. D_o and D_e are also given where alpha is 0/0. Source: Krippendorff 2004, 2011, 2018.
 *
 * @param scale numbers the categories stand for, distinct; needed for interval and ratio
 */
export function krippendorff(
  summary: UnitSummary,
  metric: Metric,
  scale: readonly number[] = [],
): AlphaParts {
  const q = summary.categories
  const totals = categoryTotals(summary, 2)
  const n = total(totals)
  const none = unusable(metric, q, scale) ?? (n === 0 ? undefinedBecause('nothing to compare') : null)
  if (none !== null) return { alpha: none, observed: none, expected: none }
  const delta = squaredDifferences(metric, totals, scale)
  let observed = 0
  for (let size = 2; size <= summary.coders; size++) {
    let sum = 0
    for (let cell = 0; cell < q * q; cell++) {
      sum += (summary.pairs[size * q * q + cell] as number) * (delta[cell] as number)
    }
    observed += sum / (size - 1)
  }
  const chance = chanceSum(totals, delta)
  return {
    alpha:
      usedCount(totals) < 2 ? undefinedBecause('no variation') : defined(1 - ((n - 1) * observed) / chance),
    observed: defined(observed / n),
    expected: defined(chance / (n * (n - 1))),
  }
}

/** Σ n_c n_k δ²_ck. */
export function chanceSum(totals: Float64Array, delta: Float64Array): number {
  const q = totals.length
  let sum = 0
  for (let c = 0; c < q; c++) {
    for (let k = c + 1; k < q; k++)
      sum += (totals[c] as number) * (totals[k] as number) * (delta[c * q + k] as number)
  }
  return 2 * sum
}

/** Krippendorff's alpha alone; see `krippendorff`. */
export function krippendorffAlpha(
  summary: UnitSummary,
  metric: Metric,
  scale: readonly number[] = [],
): Outcome {
  return krippendorff(summary, metric, scale).alpha
}

/**
 * Nominal alpha in one pass over the units, without a q × q matrix: for long unit lists.
 * D_o·n = Σ_i (r_i² − Σ_k r_ik²)/(r_i − 1); α = 1 − (n − 1)·D_o·n / Σ_{c≠k} n_c n_k. Undefined as `krippendorff`.
 */
export function krippendorffAlphaNominal(data: ReliabilityData): Outcome {
  const coders = data.values.length
  const totals = new Float64Array(data.categories)
  const unequal = new Float64Array(coders + 1)
  const seen = new Int32Array(data.categories)
  const present = new Int32Array(coders)
  const rows = rowCount(data)
  for (let row = 0; row < rows; row++) {
    let size = 0
    for (let g = 0; g < coders; g++) {
      const value = (data.values[g] as Int32Array)[row] as number
      if (value >= 0) present[size++] = value
    }
    if (size < 2) continue
    const times = data.multiplicity === null ? 1 : (data.multiplicity[row] as number)
    let different = 0
    for (let at = 0; at < size; at++) {
      const value = present[at] as number
      totals[value] = (totals[value] as number) + times
      different += at - (seen[value] as number)
      seen[value] = (seen[value] as number) + 1
    }
    for (let at = 0; at < size; at++) seen[present[at] as number] = 0
    unequal[size] = (unequal[size] as number) + times * different
  }
  return nominalFromCounts(totals, unequal)
}

/** Nominal alpha from n_c and the unordered unequal pairs by unit size. */
function nominalFromCounts(totals: Float64Array, unequal: Float64Array): Outcome {
  const n = total(totals)
  if (n === 0) return undefinedBecause('nothing to compare')
  if (usedCount(totals) < 2) return undefinedBecause('no variation')
  let observed = 0
  for (let size = 2; size < unequal.length; size++) observed += (2 * (unequal[size] as number)) / (size - 1)
  return defined(1 - ((n - 1) * observed) / unequalProducts(totals))
}

/**
 * Nominal alpha of one category against all others; missing stays missing.
 * Undefined: nothing pairable, category not used among pairable values, or used throughout.
 */
export function krippendorffAlphaCategory(data: ReliabilityData, category: number): Outcome {
  const summary = summarise(recodeToBinary(data, category))
  const totals = categoryTotals(summary, 2)
  if (total(totals) > 0 && totals[1] === 0) return undefinedBecause('category not used')
  return krippendorffAlpha(summary, 'nominal')
}
