import type { Outcome } from './reasons.ts'
import { defined, undefinedBecause } from './reasons.ts'

/** A unit on a continuum: half-open range of positions and the index of its value (0 … q − 1). */
export interface CodedSpan {
  readonly start: number
  readonly end: number
  readonly value: number
}

/**
 * A continuum of `length` positions with each coder's units. An empty list is a coder who found nothing, not a
 * missing coder. `values` = number q of declared values. Touching units stay separate.
 */
export interface Continuum {
  readonly length: number
  readonly values: number
  readonly coders: ReadonlyArray<ReadonlyArray<CodedSpan>>
}

/** @throws RangeError for an empty or reversed span, one outside the continuum, or an unknown value */
export function checkContinuum(continuum: Continuum): void {
  for (const spans of continuum.coders) {
    for (const { start, end, value } of spans) {
      const positions =
        Number.isInteger(start) && Number.isInteger(end) && start >= 0 && end <= continuum.length
      if (!positions || start >= end) throw new RangeError(`[${start}, ${end}) is not a unit of this text.`)
      if (!(value >= 0 && value < continuum.values)) throw new RangeError(`There is no value ${value}.`)
    }
  }
}

/** Whether a list of spans has two that share a position. */
export function hasOverlap(spans: ReadonlyArray<CodedSpan>): boolean {
  const sorted = [...spans].sort((a, b) => a.start - b.start)
  return sorted.some((span, at) => at > 0 && span.start < (sorted[at - 1] as CodedSpan).end)
}

/** The partition of [0, length) into units and gaps; gaps carry the value `gap`. Spans must not overlap. */
export function partition(spans: ReadonlyArray<CodedSpan>, length: number, gap: number): CodedSpan[] {
  const segments: CodedSpan[] = []
  let position = 0
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    if (span.start > position) segments.push({ start: position, end: span.start, value: gap })
    segments.push(span)
    position = span.end
  }
  if (position < length) segments.push({ start: position, end: length, value: gap })
  return segments
}

/** Calls `visit` for every pair of segments of two partitions that share positions. */
export function intersect(
  a: ReadonlyArray<CodedSpan>,
  b: ReadonlyArray<CodedSpan>,
  visit: (x: number, y: number, shared: number) => void,
): void {
  let x = 0
  let y = 0
  while (x < a.length && y < b.length) {
    const p = a[x] as CodedSpan
    const r = b[y] as CodedSpan
    const shared = Math.min(p.end, r.end) - Math.max(p.start, r.start)
    if (shared > 0) visit(x, y, shared)
    if (p.end <= r.end) x++
    if (r.end <= p.end) y++
  }
}

/**
 * Lengths behind the u-alpha family, in whole numbers. Row and column q stand for gaps (φ).
 *
 * - `shared[c·(q+1)+k]`: Σ over ordered coder pairs of positions valued c by one and k by the other = (m − 1)·ℓ_ck
 * - `lengths[c]`: ℓ_c., positions valued c over all coders; `squares[c]`: σ_c, with σ_φ = total gap length
 * - `overlapSquares[c]`: (m − 1)²·σ*_c
 */
export interface UnitizingSums {
  readonly coders: number
  readonly values: number
  readonly length: number
  readonly shared: Float64Array
  readonly lengths: Float64Array
  readonly squares: Float64Array
  readonly overlapSquares: Float64Array
}

/** Measures a continuum, or says why it cannot be: overlapping spans of a coder, fewer than two coders, no text. */
export function unitizingSums(continuum: Continuum): UnitizingSums | Outcome {
  checkContinuum(continuum)
  const { length, values: q, coders } = continuum
  if (coders.some(hasOverlap)) return undefinedBecause('spans overlap')
  if (coders.length < 2 || length === 0) return undefinedBecause('nothing to compare')
  const sums = {
    coders: coders.length,
    values: q,
    length,
    shared: new Float64Array((q + 1) ** 2),
    lengths: new Float64Array(q + 1),
    squares: new Float64Array(q + 1),
    overlapSquares: new Float64Array(q + 1),
  }
  const partitions = coders.map((spans) => partition(spans, length, q))
  const covered = partitions.map((segments) => new Float64Array(segments.length))
  partitions.forEach((a, g) => {
    for (let h = g + 1; h < partitions.length; h++) {
      addIntersections(
        sums,
        a,
        partitions[h] as CodedSpan[],
        covered[g] as Float64Array,
        covered[h] as Float64Array,
      )
    }
  })
  partitions.forEach((segments, g) => {
    addSegments(sums, segments, covered[g] as Float64Array)
  })
  return sums
}

function addIntersections(
  sums: UnitizingSums,
  a: ReadonlyArray<CodedSpan>,
  b: ReadonlyArray<CodedSpan>,
  coveredA: Float64Array,
  coveredB: Float64Array,
): void {
  const q = sums.values
  const add = (array: Float64Array, at: number, amount: number): void => {
    array[at] = (array[at] as number) + amount
  }
  intersect(a, b, (x, y, positions) => {
    const c = (a[x] as CodedSpan).value
    const k = (b[y] as CodedSpan).value
    add(sums.shared, c * (q + 1) + k, positions)
    add(sums.shared, k * (q + 1) + c, positions)
    if (c === q || k === q) return
    add(coveredA, x, positions)
    add(coveredB, y, positions)
  })
}

function addSegments(sums: UnitizingSums, segments: ReadonlyArray<CodedSpan>, covered: Float64Array): void {
  segments.forEach(({ start, end, value }, at) => {
    const size = end - start
    sums.lengths[value] = (sums.lengths[value] as number) + size
    sums.squares[value] = (sums.squares[value] as number) + (value === sums.values ? size : size * size)
    sums.overlapSquares[value] = (sums.overlapSquares[value] as number) + (covered[at] as number) ** 2
  })
}

/** Coefficients of the u-alpha family. Per-value lists are indexed by value, 0 … q − 1. */
export interface UAlphaFamily {
  readonly uAlpha: Outcome
  readonly barUAlpha: Outcome
  readonly cuAlpha: Outcome
  readonly cuCoverage: Outcome
  readonly kuAlpha: readonly Outcome[]
  readonly kuCoverage: readonly Outcome[]
}

/**
 * The u-alpha family on a continuum: u (positions and values), |u (relevant or not), cu (values of intersecting
 * units) and (k)u (one value), with the coverages of cu and (k)u as shares 0 … 1. Self-pairing of units for more
 * than two coders is the mean reading.
 * Undefined: a coder's spans overlap; fewer than two coders or no text; u when one value covers everything; |u
 * without gaps or without units; cu and (k)u when no valued units intersect or only one value occurs there.
 * Source: Krippendorff, Mathet, Bouvry & Widlöcher 2016; Krippendorff 2019 §12.6, eqs. 32–38.
 */
export function uAlphaFamily(continuum: Continuum): UAlphaFamily {
  const sums = unitizingSums(continuum)
  const values = Array.from({ length: continuum.values }, (_, value) => value)
  if ('reason' in sums) {
    const all = values.map(() => sums)
    return { uAlpha: sums, barUAlpha: sums, cuAlpha: sums, cuCoverage: sums, kuAlpha: all, kuCoverage: all }
  }
  const valued = valuedSums(sums)
  return {
    uAlpha: uAlpha(sums),
    barUAlpha: barUAlpha(sums),
    cuAlpha: cuAlpha(sums, valued),
    cuCoverage: defined(valued.all / ((sums.coders - 1) * sums.coders * sums.length)),
    kuAlpha: values.map((value) => kuAlpha(sums, valued, value)),
    kuCoverage: values.map((value) => kuCoverage(sums, valued, value)),
  }
}

const sumOf = (numbers: Float64Array): number => numbers.reduce((sum, number) => sum + number, 0)

/** ℓ..² − Σσ, the normaliser of the expected coincidences. */
const normaliser = (sums: UnitizingSums): number => (sums.coders * sums.length) ** 2 - sumOf(sums.squares)

function uAlpha(sums: UnitizingSums): Outcome {
  const q = sums.values
  const { lengths } = sums
  if (lengths.filter((length) => length > 0).length < 2) return undefinedBecause('no variation')
  let unequal = 0
  let chance = 0
  for (let c = 0; c <= q; c++) {
    for (let k = 0; k < c; k++) {
      unequal += 2 * (sums.shared[c * (q + 1) + k] as number)
      chance += 2 * (lengths[c] as number) * (lengths[k] as number)
    }
  }
  const all = sums.coders * sums.length
  return defined(1 - (unequal * normaliser(sums)) / ((sums.coders - 1) * all * chance))
}

function barUAlpha(sums: UnitizingSums): Outcome {
  const q = sums.values
  const all = sums.coders * sums.length
  const gaps = sums.lengths[q] as number
  if (gaps === 0 || gaps === all) return undefinedBecause('no variation')
  let unequal = 0
  for (let c = 0; c < q; c++) unequal += sums.shared[c * (q + 1) + q] as number
  return defined(1 - (unequal * normaliser(sums)) / ((sums.coders - 1) * all * gaps * (all - gaps)))
}

/** Intersections of valued units, all in multiples of 1/(m − 1). */
interface ValuedSums {
  readonly all: number
  readonly perValue: Float64Array
}

function valuedSums(sums: UnitizingSums): ValuedSums {
  const q = sums.values
  const perValue = new Float64Array(q)
  for (let c = 0; c < q; c++) {
    for (let k = 0; k < q; k++)
      perValue[c] = (perValue[c] as number) + (sums.shared[c * (q + 1) + k] as number)
  }
  return { all: sumOf(perValue), perValue }
}

function cuAlpha(sums: UnitizingSums, valued: ValuedSums): Outcome {
  const q = sums.values
  if (valued.all === 0) return undefinedBecause('nothing to compare')
  if (valued.perValue.filter((length) => length > 0).length < 2) return undefinedBecause('no variation')
  let unequal = 0
  let chance = 0
  for (let c = 0; c < q; c++) {
    for (let k = 0; k < c; k++) {
      unequal += 2 * (sums.shared[c * (q + 1) + k] as number)
      chance += 2 * (valued.perValue[c] as number) * (valued.perValue[k] as number)
    }
  }
  return defined(1 - (unequal * (valued.all ** 2 - sumOf(sums.overlapSquares))) / (valued.all * chance))
}

function kuAlpha(sums: UnitizingSums, valued: ValuedSums, value: number): Outcome {
  const own = valued.perValue[value] as number
  if (sums.lengths[value] === 0) return undefinedBecause('category not used')
  if (own === 0) return undefinedBecause('nothing to compare')
  if (own === valued.all) return undefinedBecause('no variation')
  const unequal = own - (sums.shared[value * (sums.values + 1) + value] as number)
  const pairs = valued.all * own - (sums.overlapSquares[value] as number)
  return defined(1 - (unequal * pairs) / (own * own * (valued.all - own)))
}

function kuCoverage(sums: UnitizingSums, valued: ValuedSums, value: number): Outcome {
  const length = sums.lengths[value] as number
  if (length === 0) return undefinedBecause('category not used')
  return defined((valued.perValue[value] as number) / ((sums.coders - 1) * length))
}
