import type { ReliabilityData } from './matrix.ts'
import { unequalProducts } from './matrix.ts'
import { coderPairs } from './percent.ts'
import type { Outcome } from './reasons.ts'
import { defined, undefinedBecause } from './reasons.ts'
import type { WeightKind, Weights } from './weights.ts'
import { weights } from './weights.ts'

/** 97.5 % point of the standard normal distribution. */
export const NORMAL_975 = 1.959963984540054

/** Contingency table of two coders over the units both coded; counts are q × q, row = first coder. */
export interface CrossTable {
  readonly categories: number
  readonly counts: Float64Array
  readonly rows: Float64Array
  readonly columns: Float64Array
  readonly total: number
}

/** Confidence limits of a coefficient; `degenerate` marks a standard error of 0. Limits are not truncated. */
export interface NormalInterval {
  readonly low: Outcome
  readonly high: Outcome
  readonly degenerate: boolean
}

/** Completes a q × q table of counts with its margins. */
export function crossTable(counts: Float64Array, categories: number): CrossTable {
  const rows = new Float64Array(categories)
  const columns = new Float64Array(categories)
  let sum = 0
  for (let i = 0; i < categories; i++) {
    for (let j = 0; j < categories; j++) {
      const count = counts[i * categories + j] as number
      rows[i] = (rows[i] as number) + count
      columns[j] = (columns[j] as number) + count
      sum += count
    }
  }
  return { categories, counts, rows, columns, total: sum }
}

/** Contingency table of coders `first` and `second`, over the units both coded, in one pass. */
export function tableOfPair(data: ReliabilityData, first: number, second: number): CrossTable {
  const q = data.categories
  const a = data.values[first] as Int32Array
  const b = data.values[second] as Int32Array
  const { multiplicity } = data
  if (multiplicity === null) return crossTable(Float64Array.from(countPairs(a, b, q)), q)
  const counts = new Float64Array(q * q)
  for (let row = 0; row < multiplicity.length; row++) {
    const x = a[row] as number
    const y = b[row] as number
    if (x < 0 || y < 0) continue
    counts[x * q + y] = (counts[x * q + y] as number) + (multiplicity[row] as number)
  }
  return crossTable(counts, q)
}

/** Counts value pairs of rows that are one unit each; whole-number counters are the faster ones. */
function countPairs(a: Int32Array, b: Int32Array, q: number): Uint32Array {
  const counts = new Uint32Array(q * q)
  for (let row = 0; row < a.length; row++) {
    const x = a[row] as number
    const y = b[row] as number
    if ((x | y) >= 0) counts[x * q + y] = (counts[x * q + y] as number) + 1
  }
  return counts
}

/** "k / not k" table of a category, in the order k, not k. */
export function collapseTable(table: CrossTable, category: number): CrossTable {
  const both = table.counts[category * table.categories + category] as number
  const first = (table.rows[category] as number) - both
  const second = (table.columns[category] as number) - both
  return crossTable(Float64Array.of(both, first, second, table.total - both - first - second), 2)
}

/** Observed and chance disagreement in exact integers: Σ v_ij t_ij and Σ v_ij t_i. t_.j. */
function disagreement(table: CrossTable, weighting: Weights): { observed: number; chance: number } {
  const q = table.categories
  let observed = 0
  let chance = 0
  for (let i = 0; i < q; i++) {
    for (let j = 0; j < q; j++) {
      const distance = weighting.distance[i * q + j] as number
      observed += distance * (table.counts[i * q + j] as number)
      chance += distance * (table.rows[i] as number) * (table.columns[j] as number)
    }
  }
  return { observed, chance }
}

/** Why a table has no kappa: it is empty, or both coders used one and the same category throughout. */
function degenerate(table: CrossTable): Outcome | null {
  if (table.total === 0) return undefinedBecause('nothing to compare')
  for (let k = 0; k < table.categories; k++) {
    if (table.rows[k] === table.total && table.columns[k] === table.total)
      return undefinedBecause('no variation')
  }
  return null
}

/**
 * Cohen's kappa, weighted or not: 1 − n·Σ v_ij t_ij / Σ v_ij t_i. t_.j, equal to (p_o − p_e)/(1 − p_e).
 * Undefined: no common unit; both coders used only one and the same category. Source: Cohen 1960, 1968.
 */
export function cohenKappa(table: CrossTable, kind: WeightKind = 'none'): Outcome {
  const none = degenerate(table)
  if (none !== null) return none
  const { observed, chance } = disagreement(table, weights(kind, table.categories))
  return defined(1 - (table.total * observed) / chance)
}

/**
 * Square root of the variance of x over cells with some frequencies, relative to the first cell that occurs: equal
 * whole numbers give exactly 0.
 */
function spread(x: Float64Array, frequencies: Float64Array): number {
  const origin = x[frequencies.findIndex((frequency) => frequency > 0)] as number
  let all = 0
  let sum = 0
  for (let cell = 0; cell < x.length; cell++) {
    all += frequencies[cell] as number
    sum += (frequencies[cell] as number) * ((x[cell] as number) - origin)
  }
  const mean = sum / all
  let squares = 0
  for (let cell = 0; cell < x.length; cell++) {
    squares += (frequencies[cell] as number) * ((x[cell] as number) - origin - mean) ** 2
  }
  return Math.sqrt(squares / all)
}

/**
 * Standard error from x_ij = a·(V_i. + V_.j) − b·v_ij, V_i. = Σ_j v_ij t_.j, V_.j = Σ_i v_ij t_i., which is
 * w_ij − (w̄_i. + w̄_.j)(1 − κ) up to a constant and a factor, in whole numbers.
 */
function kappaError(
  table: CrossTable,
  kind: WeightKind,
  a: number,
  b: number,
  frequencies: Float64Array,
): Outcome {
  const q = table.categories
  const weighting = weights(kind, q)
  const v = weighting.distance
  const row = new Float64Array(q)
  const column = new Float64Array(q)
  for (let i = 0; i < q; i++) {
    for (let j = 0; j < q; j++) {
      row[i] = (row[i] as number) + (v[i * q + j] as number) * (table.columns[j] as number)
      column[j] = (column[j] as number) + (v[i * q + j] as number) * (table.rows[i] as number)
    }
  }
  const x = v.map((distance, cell) => {
    return a * ((row[Math.floor(cell / q)] as number) + (column[cell % q] as number)) - b * distance
  })
  const { chance } = disagreement(table, weighting)
  const scale = table.total ** 2 / (chance * b)
  return defined((spread(x, frequencies) / Math.sqrt(table.total)) * scale)
}

/**
 * Standard error of Cohen's kappa, in units of kappa; 0 when kappa is 1 or −1.
 * Undefined as kappa. Source: Fleiss, Cohen & Everitt 1969.
 */
export function cohenStandardError(table: CrossTable, kind: WeightKind = 'none'): Outcome {
  const none = degenerate(table)
  if (none !== null) return none
  const { observed, chance } = disagreement(table, weights(kind, table.categories))
  return kappaError(table, kind, observed, chance, table.counts)
}

/**
 * Standard error of Cohen's kappa if the true kappa is 0; for the z test only, not for an interval.
 * Undefined as kappa. Source: Fleiss, Cohen & Everitt 1969.
 */
export function cohenStandardErrorNull(table: CrossTable, kind: WeightKind = 'none'): Outcome {
  const none = degenerate(table)
  if (none !== null) return none
  const q = table.categories
  const expected = table.counts.map((_, cell) => {
    return (table.rows[Math.floor(cell / q)] as number) * (table.columns[cell % q] as number)
  })
  return kappaError(table, kind, 1, table.total, expected)
}

/** 95 % limits of Cohen's kappa: kappa ± 1.96·SE, not truncated. Undefined as kappa. */
export function cohenInterval(table: CrossTable, kind: WeightKind = 'none'): NormalInterval {
  const kappa = cohenKappa(table, kind)
  const error = cohenStandardError(table, kind)
  if (kappa.value === null || error.value === null) return { low: kappa, high: kappa, degenerate: false }
  return {
    low: defined(kappa.value - NORMAL_975 * error.value),
    high: defined(kappa.value + NORMAL_975 * error.value),
    degenerate: error.value === 0,
  }
}

/** Largest kappa the margins allow: p_o replaced by Σ min(p_i., p_.i). Undefined as kappa. Source: Cohen 1960. */
export function cohenKappaMax(table: CrossTable): Outcome {
  const none = degenerate(table)
  if (none !== null) return none
  let matched = 0
  for (let k = 0; k < table.categories; k++)
    matched += Math.min(table.rows[k] as number, table.columns[k] as number)
  const { chance } = disagreement(table, weights('none', table.categories))
  return defined(1 - (table.total * (table.total - matched)) / chance)
}

/** Cohen's kappa of "k / not k". Undefined: k used nowhere, or by both throughout. */
export function cohenKappaCategory(table: CrossTable, category: number): Outcome {
  if (table.total > 0 && table.rows[category] === 0 && table.columns[category] === 0) {
    return undefinedBecause('category not used')
  }
  return cohenKappa(collapseTable(table, category))
}

/**
 * Scott's pi: chance agreement from the pooled margins, p_e = Σ((p_i. + p_.i)/2)².
 * Undefined: no common unit; one category throughout. Source: Scott 1955.
 */
export function scottPi(table: CrossTable): Outcome {
  const none = degenerate(table)
  if (none !== null) return none
  const pooled = table.rows.map((count, k) => count + (table.columns[k] as number))
  let agreed = 0
  for (let k = 0; k < table.categories; k++) agreed += table.counts[k * table.categories + k] as number
  return defined(1 - (4 * table.total * (table.total - agreed)) / unequalProducts(pooled))
}

/**
 * Light's kappa: mean of the Cohen kappas of all coder pairs.
 * Undefined as soon as one pair is. Source: Light 1971.
 */
export function lightKappa(data: ReliabilityData): Outcome {
  const pairs = coderPairs(data.values.length)
  if (pairs.length === 0) return undefinedBecause('nothing to compare')
  const kappas = pairs.map(([g, h]) => cohenKappa(tableOfPair(data, g, h)))
  for (const reason of ['nothing to compare', 'no variation'] as const) {
    if (kappas.some((kappa) => kappa.reason === reason)) return undefinedBecause(reason)
  }
  return defined(kappas.reduce((sum, kappa) => sum + (kappa.value ?? Number.NaN), 0) / pairs.length)
}
