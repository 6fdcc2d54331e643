import { coderPairs } from './percent.ts'
import type { Outcome } from './reasons.ts'
import { defined, undefinedBecause } from './reasons.ts'

/** Largest number of coders whose patterns fit the bit masks used here. */
export const MOST_CODERS = 20

/**
 * How often each pattern of "code applied / not applied" occurs among the units all coders saw.
 * Key = bit mask, bit g set when coder g applied the code; 0 = nobody did. Counts of several notes add up
 * (`addPatternCounts`).
 */
export interface PatternCounts {
  readonly coders: number
  readonly counts: ReadonlyMap<number, number>
}

/** Counts of two coders. */
export interface TwoCoderCounts {
  readonly both: number
  readonly first: number
  readonly second: number
  readonly neither: number
}

/** Coefficients of one code. `prevalence` and `bias` are signed indices, not shares. */
export type BinaryCoefficient =
  | 'percent'
  | 'positive'
  | 'negative'
  | 'cohen'
  | 'light'
  | 'scott'
  | 'fleiss'
  | 'conger'
  | 'krippendorff'
  | 'ac1'
  | 'brennanPrediger'
  | 'pabak'
  | 'prevalence'
  | 'bias'

/** All coefficients of one code over n units. */
export type BinaryAgreement = { readonly n: number; readonly coders: number } & {
  readonly [name in BinaryCoefficient]: Outcome
}

/** Checks and wraps pattern counts. @throws RangeError for a mask outside the coders or a count that is no whole number */
export function patternCounts(coders: number, counts: Iterable<readonly [number, number]>): PatternCounts {
  checkCoders(coders)
  const map = new Map<number, number>()
  for (const [mask, count] of counts) {
    if (!Number.isInteger(mask) || mask < 0 || mask >= 2 ** coders)
      throw new RangeError(`There is no pattern ${mask}.`)
    if (!Number.isSafeInteger(count) || count < 0)
      throw new RangeError(`A pattern cannot occur ${count} times.`)
    map.set(mask, (map.get(mask) ?? 0) + count)
  }
  return { coders, counts: map }
}

/** @throws RangeError unless 1 … 20 coders */
export function checkCoders(coders: number): void {
  if (!Number.isInteger(coders) || coders < 1 || coders > MOST_CODERS) {
    throw new RangeError(`Agreement per code takes 1 to ${MOST_CODERS} coders, not ${coders}.`)
  }
}

/** Pattern counts of two coders. */
export function fromTwoCoderCounts(counts: TwoCoderCounts): PatternCounts {
  return patternCounts(2, [
    [3, counts.both],
    [1, counts.first],
    [2, counts.second],
    [0, counts.neither],
  ])
}

/** The four counts of two coders. @throws RangeError for any other number of coders */
export function toTwoCoderCounts(patterns: PatternCounts): TwoCoderCounts {
  if (patterns.coders !== 2) throw new RangeError('Four counts describe exactly two coders.')
  const of = (mask: number): number => patterns.counts.get(mask) ?? 0
  return { both: of(3), first: of(1), second: of(2), neither: of(0) }
}

/** Adds up pattern counts of several notes. @throws RangeError when the numbers of coders differ */
export function addPatternCounts(coders: number, parts: Iterable<PatternCounts>): PatternCounts {
  checkCoders(coders)
  const counts = new Map<number, number>()
  for (const part of parts) {
    if (part.coders !== coders) throw new RangeError('Only counts of the same coders can be added.')
    for (const [mask, count] of part.counts) counts.set(mask, (counts.get(mask) ?? 0) + count)
  }
  return { coders, counts }
}

/**
 * Sums every binary coefficient can be computed from; linear in the pattern counts, so notes add up.
 * Layout: [0 … m] = units on which j coders applied the code, then for each coder pair g < h: both, only g, only h.
 */
export type BinarySums = Float64Array

/** Length of `BinarySums` for m coders. */
export function binarySumsLength(coders: number): number {
  return coders + 1 + 3 * ((coders * (coders - 1)) / 2)
}

/** Computes the sums of some pattern counts. */
export function binarySums(patterns: PatternCounts): BinarySums {
  const m = patterns.coders
  const sums = new Float64Array(binarySumsLength(m))
  const add = (at: number, count: number): void => {
    sums[at] = (sums[at] as number) + count
  }
  const pairs = coderPairs(m)
  for (const [mask, count] of patterns.counts) {
    add(bitCount(mask), count)
    pairs.forEach(([g, h], pair) => {
      const both = ((mask >> g) & 1) + 2 * ((mask >> h) & 1)
      if (both === 0) return
      add(m + 1 + 3 * pair + (both === 3 ? 0 : both), count)
    })
  }
  return sums
}

function bitCount(mask: number): number {
  let bits = 0
  for (let rest = mask; rest !== 0; rest &= rest - 1) bits++
  return bits
}

/** Exact integer totals behind the coefficients without coder identity. */
interface Totals {
  readonly coders: number
  readonly units: number
  /** values "applied" */
  readonly applied: number
  /** values "not applied" */
  readonly spared: number
  /** unordered pairs of unequal values */
  readonly unequal: number
  /** unordered pairs of values "applied" */
  readonly together: number
}

function totalsOf(sums: BinarySums, coders: number): Totals {
  let units = 0
  let applied = 0
  let unequal = 0
  let together = 0
  for (let j = 0; j <= coders; j++) {
    const count = sums[j] as number
    units += count
    applied += count * j
    unequal += count * j * (coders - j)
    together += (count * j * (j - 1)) / 2
  }
  return { coders, units, applied, spared: units * coders - applied, unequal, together }
}

/** Row and column counts of coder pair number `pair`. */
function pairTable(
  sums: BinarySums,
  coders: number,
  units: number,
  pair: number,
): [number, number, number, number] {
  const at = coders + 1 + 3 * pair
  const a = sums[at] as number
  const b = sums[at + 1] as number
  const c = sums[at + 2] as number
  return [a, b, c, units - a - b - c]
}

/**
 * Cohen's kappa of a 2 × 2 table: 1 − n(b + c)/(r₁c₀ + r₀c₁), r and c the margins.
 * Undefined: empty table; both coders always or never applied the code. Source: Cohen 1960.
 */
export function cohenTwoByTwo(both: number, first: number, second: number, neither: number): Outcome {
  const n = both + first + second + neither
  if (n === 0) return undefinedBecause('nothing to compare')
  const chance = (both + first) * (first + neither) + (second + neither) * (both + second)
  if (chance === 0) return undefinedBecause('no variation')
  return defined(1 - (n * (first + second)) / chance)
}

type Compute = (sums: BinarySums, totals: Totals) => Outcome

const twoOnly = (compute: (a: number, b: number, c: number, d: number, n: number) => Outcome): Compute => {
  return (sums, totals) => {
    if (totals.coders !== 2) return undefinedBecause('needs exactly two coders')
    return compute(...pairTable(sums, 2, totals.units, 0), totals.units)
  }
}

const pooled = (compute: (totals: Totals) => number): Compute => {
  return (_sums, totals) => {
    return totals.applied === 0 || totals.spared === 0
      ? undefinedBecause('no variation')
      : defined(compute(totals))
  }
}

const ofPairs = (
  compute: (cells: ReadonlyArray<[number, number, number, number]>, n: number) => Outcome,
): Compute => {
  return (sums, { coders, units }) => {
    const cells: Array<[number, number, number, number]> = []
    for (let pair = 0; pair < (coders * (coders - 1)) / 2; pair++)
      cells.push(pairTable(sums, coders, units, pair))
    return compute(cells, units)
  }
}

const light = ofPairs((cells) => {
  let sum = 0
  for (const [a, b, c, d] of cells) {
    const kappa = cohenTwoByTwo(a, b, c, d)
    if (kappa.value === null) return kappa
    sum += kappa.value
  }
  return defined(sum / cells.length)
})

const conger = ofPairs((cells, n) => {
  let unequal = 0
  let chance = 0
  for (const [a, b, c, d] of cells) {
    unequal += b + c
    chance += (a + b) * (b + d) + (c + d) * (a + c)
  }
  return chance === 0 ? undefinedBecause('no variation') : defined(1 - (n * unequal) / chance)
})

const fleiss = pooled((t) => 1 - (t.units * t.coders * t.unequal) / ((t.coders - 1) * t.applied * t.spared))

const percent = (t: Totals): number => {
  const pairs = (t.units * t.coders * (t.coders - 1)) / 2
  return (pairs - t.unequal) / pairs
}

const agreementOn = (t: Totals, values: number, together: number): Outcome => {
  if (values === 0) return undefinedBecause('category not used')
  return defined((2 * together) / ((t.coders - 1) * values))
}

const COMPUTE: { readonly [name in BinaryCoefficient]: Compute } = {
  percent: (_sums, t) => defined(percent(t)),
  positive: (_sums, t) => agreementOn(t, t.applied, t.together),
  negative: (_sums, t) => {
    const pairs = (t.units * t.coders * (t.coders - 1)) / 2
    return agreementOn(t, t.spared, pairs - t.unequal - t.together)
  },
  cohen: twoOnly((a, b, c, d) => cohenTwoByTwo(a, b, c, d)),
  light,
  scott: (sums, t) => (t.coders === 2 ? fleiss(sums, t) : undefinedBecause('needs exactly two coders')),
  fleiss,
  conger,
  krippendorff: pooled((t) => {
    return 1 - ((t.units * t.coders - 1) * t.unequal) / ((t.coders - 1) * t.applied * t.spared)
  }),
  ac1: (_sums, t) => {
    const equalByChance = t.applied * t.applied + t.spared * t.spared
    return defined(1 - (2 * t.unequal * t.units * t.coders) / ((t.coders - 1) * equalByChance))
  },
  brennanPrediger: (_sums, t) => defined(2 * percent(t) - 1),
  pabak: twoOnly((a, b, c, d, n) => defined((a + d - b - c) / n)),
  prevalence: twoOnly((a, _b, _c, d, n) => defined((a - d) / n)),
  bias: twoOnly((_a, b, c, _d, n) => defined((b - c) / n)),
}

/** Names of all binary coefficients, in reporting order. */
export const BINARY_COEFFICIENTS = Object.keys(COMPUTE) as BinaryCoefficient[]

/** One coefficient from sums; for loops over many resamples. */
export function binaryCoefficient(name: BinaryCoefficient, sums: BinarySums, coders: number): Outcome {
  const totals = totalsOf(sums, coders)
  if (coders < 2 || totals.units === 0) return undefinedBecause('nothing to compare')
  return COMPUTE[name](sums, totals)
}

/**
 * All coefficients of one code, for two coders or more who all saw the same n units.
 *
 * - `percent`: mean over units of the share of agreeing coder pairs
 * - `positive`/`negative`: specific agreement; for two coders 2a/(2a+b+c) (= F1) and 2d/(2d+b+c)
 * - `cohen`, `scott`, `pabak`, `prevalence` (a − d)/n, `bias` (b − c)/n: exactly two coders
 * - `light`: mean of the pairwise Cohen kappas; `conger`, `fleiss`, `krippendorff` (nominal), `ac1`,
 *   `brennanPrediger` (q = 2): any number
 *
 * Undefined: no unit; "no variation" for kappas and alpha when the code was applied to nothing or to everything;
 * `positive` when nobody applied the code. Sources: see the files named after the coefficients.
 */
export function binaryAgreement(patterns: PatternCounts): BinaryAgreement {
  const sums = binarySums(patterns)
  const outcomes = Object.fromEntries(
    BINARY_COEFFICIENTS.map((name) => [name, binaryCoefficient(name, sums, patterns.coders)]),
  ) as { [name in BinaryCoefficient]: Outcome }
  let n = 0
  for (const count of patterns.counts.values()) n += count
  return { n, coders: patterns.coders, ...outcomes }
}
