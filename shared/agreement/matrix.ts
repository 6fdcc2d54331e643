/** Category index per unit of one coder; −1 = the coder did not see the unit (missing). */
export type CategoryColumn = Int8Array | Int16Array | Int32Array

/** −1, the value of a unit a coder did not see. "Seen, code not applied" is a category, never this. */
export const MISSING = -1

/**
 * Reliability data: units × coders.
 *
 * - `categories`: number q of declared categories (used or not); values are 0 … q − 1 or −1
 * - `values`: one column per coder, all of the same length
 * - `multiplicity`: how often each row occurs; null = every row is one unit
 */
export interface ReliabilityData {
  readonly categories: number
  readonly values: readonly CategoryColumn[]
  readonly multiplicity: Float64Array | null
}

/**
 * Checks and wraps columns of category indices.
 *
 * @throws RangeError when columns differ in length, an index is outside −1 … q − 1, or a multiplicity is not a
 * non-negative integer
 */
export function reliabilityData(
  values: readonly CategoryColumn[],
  categories: number,
  multiplicity: Float64Array | null = null,
): ReliabilityData {
  if (!Number.isInteger(categories) || categories < 0)
    throw new RangeError('The number of categories must be 0 or more.')
  const units = values[0]?.length ?? 0
  for (const column of values) {
    if (column.length !== units) throw new RangeError('All coders need the same number of units.')
    for (const value of column) {
      if (value < MISSING || value >= categories) throw new RangeError(`There is no category ${value}.`)
    }
  }
  if (multiplicity !== null) {
    if (multiplicity.length !== units) throw new RangeError('Every row needs its multiplicity.')
    for (const times of multiplicity) {
      if (!Number.isSafeInteger(times) || times < 0)
        throw new RangeError(`A row cannot occur ${times} times.`)
    }
  }
  return { categories, values, multiplicity }
}

/** Number of rows (not counting multiplicity). */
export function rowCount(data: ReliabilityData): number {
  return data.values[0]?.length ?? 0
}

/**
 * Leaves out coders without a single value. `dropped` holds their positions in the original order, so that a caller
 * can name them. Every coefficient must equal the one computed without such a coder.
 */
export function dropEmptyCoders(data: ReliabilityData): { data: ReliabilityData; dropped: number[] } {
  const dropped: number[] = []
  const kept: CategoryColumn[] = []
  data.values.forEach((column, coder) => {
    if (column.some((value, row) => value >= 0 && (data.multiplicity?.[row] ?? 1) > 0)) kept.push(column)
    else dropped.push(coder)
  })
  return { data: dropped.length === 0 ? data : { ...data, values: kept }, dropped }
}

/** Recodes to two categories: `category` becomes 1, every other 0; missing stays missing. */
export function recodeToBinary(data: ReliabilityData, category: number): ReliabilityData {
  const values = data.values.map((column) =>
    Int8Array.from(column, (value) => (value < 0 ? MISSING : value === category ? 1 : 0)),
  )
  return { categories: 2, values, multiplicity: data.multiplicity }
}

/**
 * Everything the coefficients without coder identity need, in exact integers, by number r of values a unit has.
 *
 * - `units[r]`: units with r values
 * - `values[r·q + k]`: values k on such units
 * - `pairs[(r·q + c)·q + k]`: ordered pairs (c, k) of values by different coders on such units
 */
export interface UnitSummary {
  readonly coders: number
  readonly categories: number
  readonly units: Float64Array
  readonly values: Float64Array
  readonly pairs: Float64Array
}

/** Counts units, values and value pairs by number of values per unit, in one pass. */
export function summarise(data: ReliabilityData): UnitSummary {
  const coders = data.values.length
  const q = data.categories
  const units = new Float64Array(coders + 1)
  const values = new Float64Array((coders + 1) * q)
  const pairs = new Float64Array((coders + 1) * q * q)
  const present = new Int32Array(coders)
  const rows = rowCount(data)
  for (let row = 0; row < rows; row++) {
    const times = data.multiplicity === null ? 1 : (data.multiplicity[row] as number)
    const size = presentValues(data, row, present)
    units[size] = (units[size] as number) + times
    for (let a = 0; a < size; a++) {
      const c = present[a] as number
      values[size * q + c] = (values[size * q + c] as number) + times
      const start = (size * q + c) * q
      for (let b = 0; b < size; b++) {
        if (a === b) continue
        const at = start + (present[b] as number)
        pairs[at] = (pairs[at] as number) + times
      }
    }
  }
  return { coders, categories: q, units, values, pairs }
}

/** Writes the values a row has into `into` and returns how many there are. */
export function presentValues(data: ReliabilityData, row: number, into: Int32Array): number {
  let size = 0
  for (const column of data.values) {
    const value = column[row] as number
    if (value >= 0) into[size++] = value
  }
  return size
}

/** Pairable units (two values or more) and the values on them. */
export function pairableCounts(summary: UnitSummary): { units: number; values: number } {
  let units = 0
  let values = 0
  for (let size = 2; size <= summary.coders; size++) {
    const count = summary.units[size] as number
    units += count
    values += size * count
  }
  return { units, values }
}

/** Sums of each category over units with at least `from` and at most `to` values: length q, exact integers. */
export function categoryTotals(summary: UnitSummary, from: number, to = summary.coders): Float64Array {
  const q = summary.categories
  const totals = new Float64Array(q)
  for (let size = from; size <= to; size++) {
    for (let k = 0; k < q; k++) totals[k] = (totals[k] as number) + (summary.values[size * q + k] as number)
  }
  return totals
}

/** How many of the counts are above zero; the test for "no variation" is `usedCount(...) < 2`. */
export function usedCount(totals: Float64Array): number {
  let used = 0
  for (const total of totals) if (total > 0) used++
  return used
}

/** Whether every coder coded every unit that anybody coded. */
export function isComplete(summary: UnitSummary): boolean {
  for (let size = 1; size < summary.coders; size++) if ((summary.units[size] as number) > 0) return false
  return true
}

/** Sum of an array of numbers. */
export function total(numbers: Float64Array): number {
  let sum = 0
  for (const number of numbers) sum += number
  return sum
}

/** Σ_{c≠k} x_c·x_k, without the cancellation of (Σx)² − Σx². */
export function unequalProducts(x: Float64Array): number {
  let sum = 0
  let before = 0
  for (const value of x) {
    sum += value * before
    before += value
  }
  return 2 * sum
}
