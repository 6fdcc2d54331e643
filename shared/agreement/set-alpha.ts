import type { AlphaParts } from './krippendorff.ts'
import type { ReliabilityData } from './matrix.ts'
import { presentValues, rowCount, total, unequalProducts, usedCount } from './matrix.ts'
import { defined, undefinedBecause } from './reasons.ts'

/** How far two sets of codes are apart: MASI or Jaccard distance. */
export type SetMeasure = 'masi' | 'jaccard'

/** Distinct sets of codes: the members of set s are `members[starts[s]]` … `members[starts[s + 1] − 1]`, ascending. */
export interface CodeSets {
  readonly starts: Uint32Array
  readonly members: Uint32Array
}

/** Number of distinct sets. */
export function setCount(sets: CodeSets): number {
  return sets.starts.length - 1
}

/** Numbers sets of codes from 0 in the order they are met; equal sets get the same number. */
export class SetRegister {
  private readonly known = new Map<string, number>()
  private readonly lists: number[][] = []

  /**
   * The number of a set. Order and repetition of its codes do not matter; no codes are the empty set.
   *
   * @throws RangeError when a code is no whole number from 0 on
   */
  idOf(codes: readonly number[]): number {
    for (const code of codes)
      if (!Number.isInteger(code) || code < 0) throw new RangeError(`There is no code ${code}.`)
    const isList = codes.every((code, at) => at === 0 || code > (codes[at - 1] as number))
    const list = isList ? [...codes] : [...new Set(codes)].sort((a, b) => a - b)
    const key = list.join()
    const known = this.known.get(key)
    if (known !== undefined) return known
    this.known.set(key, this.lists.length)
    this.lists.push(list)
    return this.lists.length - 1
  }

  /** The sets met so far. */
  sets(): CodeSets {
    const starts = new Uint32Array(this.lists.length + 1)
    this.lists.forEach((list, set) => {
      starts[set + 1] = (starts[set] as number) + list.length
    })
    return { starts, members: Uint32Array.from(this.lists.flat()) }
  }
}

/**
 * Distance of two different sets from the sizes of each and of what they share. Sets that share nothing are 1 apart,
 * so an empty set is 1 from every other.
 */
function distanceOf(measure: SetMeasure, shared: number, first: number, second: number): number {
  if (shared === 0) return 1
  const union = first + second - shared
  if (measure === 'jaccard') return (union - shared) / union
  // 1 − Jaccard · M, M = 2/3 where one set lies within the other, 1/3 where they only overlap.
  const thirds = shared === Math.min(first, second) ? 2 : 1
  return (3 * union - thirds * shared) / (3 * union)
}

const sizeOf = (sets: CodeSets, set: number): number =>
  (sets.starts[set + 1] as number) - (sets.starts[set] as number)

/**
 * Distance of two sets, 0 … 1.
 *
 * - `masi`: 1 − J·M, J = Jaccard similarity |A ∩ B|/|A ∪ B|, M = monotonicity: 1 for equal sets, 2/3 where one is a
 *   subset of the other, 1/3 where they overlap otherwise, 0 where they are disjoint. Passonneau 2006. nltk rounds the
 *   weights to .67 and .33, so its values differ in the third decimal.
 * - `jaccard`: 1 − J
 *
 * Two empty sets: 0. An empty set and another: 1.
 */
export function setDistance(sets: CodeSets, a: number, b: number, measure: SetMeasure): number {
  if (a === b) return 0
  const { starts, members } = sets
  let x = starts[a] as number
  let y = starts[b] as number
  let shared = 0
  while (x < (starts[a + 1] as number) && y < (starts[b + 1] as number)) {
    const difference = (members[x] as number) - (members[y] as number)
    if (difference === 0) shared++
    if (difference <= 0) x++
    if (difference >= 0) y++
  }
  return distanceOf(measure, shared, sizeOf(sets, a), sizeOf(sets, b))
}

/**
 * Units by what their coders gave them. Pattern p is the sorted list of set numbers `values[starts[p]]` …
 * `values[starts[p + 1] − 1]`, two or more, whoever gave them; `counts[p]` units have it. The counts are all that
 * alpha needs, and they add up over notes: a resample is another list of counts.
 */
export interface SetPatterns {
  readonly starts: Uint32Array
  readonly values: Uint32Array
  readonly counts: Float64Array
  /** Pattern of each row of the data; −1 for a row with fewer than two values, which is not compared. */
  readonly patternOf: Int32Array
}

/** Sorts units into patterns, in one pass. The values of `data` are set numbers, −1 = missing. */
export function setPatterns(data: ReliabilityData): SetPatterns {
  // What begins alike shares its way: each beginning has a number, 0 being none, and leads to the next by one value.
  const ways = new Map<number, number>()
  const patternAt: number[] = [-1]
  const counts: number[] = []
  const starts: number[] = [0]
  const values: number[] = []
  const rows = rowCount(data)
  const patternOf = new Int32Array(rows).fill(-1)
  const present = new Int32Array(data.values.length)
  for (let row = 0; row < rows; row++) {
    const size = presentValues(data, row, present)
    if (size < 2) continue
    const own = present.subarray(0, size).sort()
    let way = 0
    for (let at = 0; at < size; at++) {
      const step = way * data.categories + (own[at] as number)
      let next = ways.get(step)
      if (next === undefined) {
        next = patternAt.length
        ways.set(step, next)
        patternAt.push(-1)
      }
      way = next
    }
    let pattern = patternAt[way] as number
    if (pattern === -1) {
      pattern = counts.length
      patternAt[way] = pattern
      counts.push(0)
      values.push(...own)
      starts.push(values.length)
    }
    counts[pattern] = (counts[pattern] as number) + (data.multiplicity?.[row] ?? 1)
    patternOf[row] = pattern
  }
  return {
    starts: Uint32Array.from(starts),
    values: Uint32Array.from(values),
    counts: Float64Array.from(counts),
    patternOf,
  }
}

/** Σ over unordered pairs of a pattern's values of their distance, divided by r − 1. */
function disagreementOf(patterns: SetPatterns, pattern: number, sets: CodeSets, measure: SetMeasure): number {
  const from = patterns.starts[pattern] as number
  const to = patterns.starts[pattern + 1] as number
  let sum = 0
  for (let x = from; x < to; x++) {
    for (let y = from; y < x; y++)
      sum += setDistance(sets, patterns.values[x] as number, patterns.values[y] as number, measure)
  }
  return sum / (to - from - 1)
}

/** Earlier sets that share a code with one set, and 1 − distance to each. */
interface Overlaps {
  readonly set: number
  readonly others: Uint32Array
  readonly similarity: Float64Array
}

/**
 * The sets that occur as bits, one for each code used, word by word: `bits[word · sets + row]`. The most frequent codes
 * lie in the first words.
 */
interface BitRows {
  readonly words: number
  readonly bits: Uint32Array
  /** codes of each row's set */
  readonly sizes: Uint32Array
}

function bitRows(sets: CodeSets, used: Uint32Array): BitRows {
  const frequency = new Map<number, number>()
  const membersOf = (set: number): Uint32Array =>
    sets.members.subarray(sets.starts[set] as number, sets.starts[set + 1] as number)
  for (const set of used)
    for (const code of membersOf(set)) frequency.set(code, (frequency.get(code) ?? 0) + 1)
  const ordered = [...frequency].sort((a, b) => b[1] - a[1])
  const place = new Map(ordered.map(([code], at) => [code, at]))
  const words = Math.ceil(place.size / 32)
  const bits = new Uint32Array(used.length * words)
  used.forEach((set, row) => {
    for (const code of membersOf(set)) {
      const bit = place.get(code) as number
      const word = (bit >>> 5) * used.length + row
      bits[word] = (bits[word] as number) | (1 << (bit & 31))
    }
  })
  return { words, bits, sizes: Uint32Array.from(used, (set) => sizeOf(sets, set)) }
}

/** Number of ones among 32 bits. Source: Warren, Hacker's Delight, 5-1. */
function ones(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** Codes that each earlier row shares with one row, looking only at words in which this row has a code. */
function countShared({ words, bits, sizes }: BitRows, row: number, shared: Uint32Array): void {
  shared.fill(0, 0, row)
  for (let word = 0; word < words; word++) {
    const start = word * sizes.length
    const own = bits[start + row] as number
    if (own === 0) continue
    for (let other = 0; other < row; other++) {
      const both = own & (bits[start + other] as number)
      if (both !== 0) shared[other] = (shared[other] as number) + ones(both)
    }
  }
}

/** Gives each used set in turn, with the earlier ones it overlaps; what it gives is overwritten by the next. */
function* overlapping(
  sets: CodeSets,
  isUsed: (set: number) => boolean,
  measure: SetMeasure,
): Generator<Overlaps> {
  const used = Uint32Array.from({ length: setCount(sets) }, (_, set) => set).filter(isUsed)
  const rows = bitRows(sets, used)
  const shared = new Uint32Array(used.length)
  const others = new Uint32Array(used.length)
  const similarity = new Float64Array(used.length)
  const measured = (row: number): number => {
    const size = rows.sizes[row] as number
    let found = 0
    for (let other = 0; other < row; other++) {
      const both = shared[other] as number
      if (both === 0) continue
      others[found] = used[other] as number
      similarity[found++] = 1 - distanceOf(measure, both, size, rows.sizes[other] as number)
    }
    return found
  }
  for (let row = 0; row < used.length; row++) {
    countShared(rows, row, shared)
    const found = measured(row)
    yield {
      set: used[row] as number,
      others: others.subarray(0, found),
      similarity: similarity.subarray(0, found),
    }
  }
}

/** Σ_{c≠k} n_c n_k δ_ck: all unequal pairs less what overlapping ones have in common. */
function chanceOf(totals: Float64Array, overlaps: Iterable<Overlaps>): number {
  let alike = 0
  for (const { set, others, similarity } of overlaps) {
    const own = totals[set] as number
    if (own === 0) continue
    let row = 0
    for (let at = 0; at < others.length; at++)
      row += (totals[others[at] as number] as number) * (similarity[at] as number)
    alike += own * row
  }
  return unequalProducts(totals) - 2 * alike
}

/** Adds up how often each set was given on units with these counts of patterns. */
function addTotals(patterns: SetPatterns, counts: ArrayLike<number>, totals: Float64Array): void {
  totals.fill(0)
  for (let pattern = 0; pattern < patterns.counts.length; pattern++) {
    const times = counts[pattern] as number
    if (times === 0) continue
    const to = patterns.starts[pattern + 1] as number
    for (let at = patterns.starts[pattern] as number; at < to; at++) {
      const set = patterns.values[at] as number
      totals[set] = (totals[set] as number) + times
    }
  }
}

function partsOf(totals: Float64Array, unequal: number, overlaps: Iterable<Overlaps>): AlphaParts {
  const n = total(totals)
  if (n === 0) {
    const none = undefinedBecause('nothing to compare')
    return { alpha: none, observed: none, expected: none }
  }
  const observed = defined((2 * unequal) / n)
  if (usedCount(totals) < 2)
    return { alpha: undefinedBecause('no variation'), observed, expected: defined(0) }
  const chance = chanceOf(totals, overlaps)
  return {
    alpha: defined(1 - ((n - 1) * 2 * unequal) / chance),
    observed,
    expected: defined(chance / (n * (n - 1))),
  }
}

/**
 * Krippendorff's alpha over sets of codes: 1 − D_o/D_e with the MASI or Jaccard distance in the place of δ². Any
 * number of coders; units with fewer than two values drop out. With sets of one code each it is nominal alpha.
 *
 * Undefined: `nothing to compare` without a unit that two coders saw; `no variation` when every value compared is one
 * and the same set (the empty one included). Sources: Passonneau 2006 for MASI; Krippendorff 2004 for alpha;
 * Artstein & Poesio 2008 for the two together.
 *
 * Every two sets that occur are compared once: 3,000 sets take less than a second, 12,000 about two.
 *
 * @param counts units of each pattern, for other units than those of `patterns` itself; see `setAlphaOfCounts` for many
 */
export function setAlpha(
  patterns: SetPatterns,
  sets: CodeSets,
  measure: SetMeasure = 'masi',
  counts: ArrayLike<number> = patterns.counts,
): AlphaParts {
  const totals = new Float64Array(setCount(sets))
  addTotals(patterns, counts, totals)
  let unequal = 0
  for (let pattern = 0; pattern < patterns.counts.length; pattern++) {
    const times = counts[pattern] as number
    if (times > 0) unequal += times * disagreementOf(patterns, pattern, sets, measure)
  }
  return partsOf(
    totals,
    unequal,
    overlapping(sets, (set) => (totals[set] as number) > 0, measure),
  )
}

/** Up to so many distinct sets are kept pair by pair for resampling: at most 400 MB. */
export const MOST_SETS_RESAMPLED = 8000

/**
 * Alpha as `setAlpha`, for many lists of counts of the same patterns, as a bootstrap has them: what does not change
 * between resamples is worked out once and kept, 12 bytes for each overlapping pair of sets.
 *
 * @throws RangeError for more than `MOST_SETS_RESAMPLED` sets on compared units
 */
export function setAlphaOfCounts(
  patterns: SetPatterns,
  sets: CodeSets,
  measure: SetMeasure = 'masi',
): (counts: ArrayLike<number>) => AlphaParts {
  const disagreement = Float64Array.from(patterns.counts, (_, pattern) =>
    disagreementOf(patterns, pattern, sets, measure),
  )
  const isUsed = new Uint8Array(setCount(sets))
  for (const set of patterns.values) isUsed[set] = 1
  if (isUsed.reduce((sum, one) => sum + one, 0) > MOST_SETS_RESAMPLED)
    throw new RangeError(`More than ${MOST_SETS_RESAMPLED} different sets of codes cannot be resampled.`)
  const overlaps = Array.from(
    overlapping(sets, (set) => isUsed[set] === 1, measure),
    ({ set, others, similarity }) => ({ set, others: others.slice(), similarity: similarity.slice() }),
  )
  const totals = new Float64Array(setCount(sets))
  return (counts) => {
    addTotals(patterns, counts, totals)
    let unequal = 0
    for (let pattern = 0; pattern < disagreement.length; pattern++)
      unequal += (counts[pattern] as number) * (disagreement[pattern] as number)
    return partsOf(totals, unequal, overlaps)
  }
}
