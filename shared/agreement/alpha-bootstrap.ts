import type { Metric } from './krippendorff.ts'
import { chanceSum, krippendorff, squaredDifferences } from './krippendorff.ts'
import type { ReliabilityData } from './matrix.ts'
import { categoryTotals, presentValues, rowCount, summarise, total, usedCount } from './matrix.ts'
import type { Distribution } from './quantile.ts'
import { distributionOf } from './quantile.ts'
import { Random } from './random.ts'
import type { UndefinedReason } from './reasons.ts'
import type { LoopControl } from './resamples.ts'

/** Units are resampled and D_e is computed anew (`unit`), or pair disagreements at fixed D_e (`hk`). */
export type AlphaBootstrapKind = 'unit' | 'hk'

export interface AlphaBootstrapOptions extends LoopControl {
  readonly kind: AlphaBootstrapKind
  readonly metric: Metric
  /** numbers the categories stand for; interval and ratio only */
  readonly scale?: readonly number[] | undefined
  readonly replicates: number
  readonly seed: number
  readonly level?: number | undefined
}

/** Bootstrap distribution of alpha. `estimates` is sorted; `skipped` resamples had no variation. */
export interface AlphaBootstrap {
  readonly estimates: Float64Array
  readonly skipped: number
  readonly distribution: Distribution | null
  readonly reason: UndefinedReason | null
}

/** Share of the estimates below a value: P(alpha < value). `sorted` ascending, not empty. */
export function shareBelow(sorted: Float64Array, value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] as number) < value) low = middle + 1
    else high = middle
  }
  return low / sorted.length
}

/**
 * Bootstrap of Krippendorff's alpha with percentile limits (type-7 quantiles, not truncated).
 *
 * - `unit`: resamples the units that have a value, alpha including D_e from each resample; resamples without
 *   variation or without pairable values are skipped and counted
 * - `hk`: D_e stays fixed; per unit r(r − 1)/2 draws of 2δ²/(n·D_e·(r − 1)) from all observed pairs, α* = 1 − Σ,
 *   never below −1
 *
 * Undefined as alpha; `needs two units` for fewer than two units with values; `stopped` when asked to stop.
 * Source: Hayes & Krippendorff 2007 for `hk`.
 */
export function bootstrapAlpha(data: ReliabilityData, options: AlphaBootstrapOptions): AlphaBootstrap {
  const { replicates, level = 0.95 } = options
  if (!Number.isInteger(replicates) || replicates < 1)
    throw new RangeError('A bootstrap needs at least one replicate.')
  const none = (reason: UndefinedReason): AlphaBootstrap => {
    return { estimates: new Float64Array(0), skipped: 0, distribution: null, reason }
  }
  const { alpha } = krippendorff(summarise(data), options.metric, options.scale)
  if (alpha.value === null) return none(alpha.reason)
  const draw = options.kind === 'unit' ? unitDraw(data, options) : pairDraw(data, options)
  if (draw === null) return none('needs two units')
  const random = new Random(options.seed)
  const estimates = new Float64Array(replicates)
  let found = 0
  for (let replicate = 0; replicate < replicates; replicate++) {
    if (replicate % 64 === 0) {
      if (options.shouldStop?.() === true) return none('stopped')
      options.onProgress?.(replicate / replicates)
    }
    const estimate = draw(random)
    if (estimate !== null) estimates[found++] = estimate
  }
  options.onProgress?.(1)
  const sorted = estimates.slice(0, found).sort()
  if (found === 0) return { ...none('no variation'), skipped: replicates }
  return {
    estimates: sorted,
    skipped: replicates - found,
    distribution: distributionOf(sorted, level),
    reason: null,
  }
}

/** One resample of alpha; null when it has no variation. */
type Draw = (random: Random) => number | null

/** Distinct sets of values a unit can have in the data, with sparse coincidences. */
interface UnitTypes {
  readonly typeOf: Uint32Array
  /** per type: category counts, all 0 for a unit with one value */
  readonly totals: readonly Float64Array[]
  /** per type: cells c·q + k with c < k, and the coincidences o_ck there */
  readonly cells: ReadonlyArray<ReadonlyArray<readonly [cell: number, amount: number]>>
}

/** Units with at least one value, by the multiset of their values. Rows are repeated by their multiplicity. */
function unitTypes(data: ReliabilityData): UnitTypes {
  const q = data.categories
  const known = new Map<string, number>()
  const typeOf: number[] = []
  const totals: Float64Array[] = []
  const cells: Array<Array<readonly [number, number]>> = []
  const present = new Int32Array(data.values.length)
  for (let row = 0; row < rowCount(data); row++) {
    const size = presentValues(data, row, present)
    const times = data.multiplicity === null ? 1 : (data.multiplicity[row] as number)
    if (size === 0) continue
    const counts = new Float64Array(q)
    for (let at = 0; at < size; at++)
      counts[present[at] as number] = (counts[present[at] as number] as number) + 1
    const key = counts.join()
    let type = known.get(key)
    if (type === undefined) {
      type = totals.length
      known.set(key, type)
      totals.push(size < 2 ? new Float64Array(q) : counts)
      cells.push(size < 2 ? [] : unequalCells(counts, size))
    }
    for (let copy = 0; copy < times; copy++) typeOf.push(type)
  }
  return { typeOf: Uint32Array.from(typeOf), totals, cells }
}

function unequalCells(counts: Float64Array, size: number): Array<readonly [number, number]> {
  const q = counts.length
  const cells: Array<readonly [number, number]> = []
  for (let c = 0; c < q; c++) {
    for (let k = c + 1; k < q; k++) {
      const amount = ((counts[c] as number) * (counts[k] as number)) / (size - 1)
      if (amount > 0) cells.push([c * q + k, amount])
    }
  }
  return cells
}

function unitDraw(data: ReliabilityData, options: AlphaBootstrapOptions): Draw | null {
  const q = data.categories
  const types = unitTypes(data)
  const units = types.typeOf.length
  if (units < 2) return null
  const picked = new Uint32Array(units)
  const drawn = new Float64Array(types.totals.length)
  const totals = new Float64Array(q)
  const unequal = new Float64Array(q * q)
  const fixed =
    options.metric === 'ordinal' ? null : squaredDifferences(options.metric, totals, options.scale)
  return (random) => {
    drawn.fill(0)
    random.fillBelow(picked, units)
    for (let at = 0; at < units; at++) {
      const type = types.typeOf[picked[at] as number] as number
      drawn[type] = (drawn[type] as number) + 1
    }
    addDrawn(types, drawn, totals, unequal)
    if (usedCount(totals) < 2) return null
    const delta = fixed ?? squaredDifferences(options.metric, totals)
    let observed = 0
    for (let cell = 0; cell < unequal.length; cell++)
      observed += (unequal[cell] as number) * (delta[cell] as number)
    return 1 - ((total(totals) - 1) * 2 * observed) / chanceSum(totals, delta)
  }
}

/** Sums the drawn types into category totals and coincidences. */
function addDrawn(types: UnitTypes, drawn: Float64Array, totals: Float64Array, unequal: Float64Array): void {
  totals.fill(0)
  unequal.fill(0)
  for (let type = 0; type < drawn.length; type++) {
    const times = drawn[type] as number
    if (times === 0) continue
    const own = types.totals[type] as Float64Array
    for (let k = 0; k < own.length; k++) totals[k] = (totals[k] as number) + times * (own[k] as number)
    for (const [cell, amount] of types.cells[type] as ReadonlyArray<readonly [number, number]>) {
      unequal[cell] = (unequal[cell] as number) + times * amount
    }
  }
}

/** Hayes-Krippendorff draws: observed pair disagreements, and space for the draws by unit size. */
function pairDraw(data: ReliabilityData, options: AlphaBootstrapOptions): Draw {
  const q = data.categories
  const summary = summarise(data)
  const totals = categoryTotals(summary, 2)
  const delta = squaredDifferences(options.metric, totals, options.scale)
  const n = total(totals)
  const perPair = (2 * (n - 1)) / chanceSum(totals, delta)
  const pool: number[] = []
  const draws: Uint32Array[] = []
  for (let size = 2; size <= summary.coders; size++) {
    draws[size] = new Uint32Array(((summary.units[size] as number) * size * (size - 1)) / 2)
    for (let cell = 0; cell < q * q; cell++) {
      const ordered = summary.pairs[size * q * q + cell] as number
      for (let copy = 0; copy < ordered; copy++) pool.push((delta[cell] as number) * perPair)
    }
  }
  const observed = Float64Array.from(pool)
  return (random) => {
    let sum = 0
    draws.forEach((picked, size) => {
      random.fillBelow(picked, observed.length)
      let ofSize = 0
      for (let at = 0; at < picked.length; at++) ofSize += observed[picked[at] as number] as number
      sum += ofSize / (size - 1)
    })
    return Math.max(-1, 1 - sum)
  }
}
