/**
 * Slow second implementations for spans and segmentations: walks over positions and trials of every matching, straight
 * from the formulas. They share no code with the library.
 */
import type { Maybe } from './naive.ts'

type Span = { readonly start: number; readonly end: number; readonly value: number }
type Coders = ReadonlyArray<readonly Span[]>
type Text = { readonly length: number; readonly values: number; readonly coders: Coders }

const range = (n: number): number[] => Array.from({ length: n }, (_, at) => at)
const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)

/** 0/0 and what rounding makes of it. */
const unlessBroken = (value: number): Maybe =>
  Number.isFinite(value) && Math.abs(value) < 1e6 ? value : null

export type Family = {
  u: Maybe
  bar: Maybe
  cu: Maybe
  cuCoverage: number
  ku: Maybe[]
  kuCoverage: Maybe[]
}

/** The u-alpha family (eqs. 32–38), gaps as value q. */
export function family({ length, values: q, coders }: Text): Family {
  const m = coders.length
  const value = (g: number, p: number): number =>
    coders[g]?.find((s) => s.start <= p && p < s.end)?.value ?? q
  const observed = range(q + 1).map(() => range(q + 1).map(() => 0))
  const sigma = range(q + 1).map(() => 0)
  const sigmaStar = range(q).map(() => 0)
  const add = (array: number[], k: number, amount: number): void => {
    array[k] = (array[k] ?? 0) + amount
  }
  coders.forEach((own, i) => {
    for (let p = 0; p < length; p++) {
      if (value(i, p) === q) add(sigma, q, 1)
      for (let j = 0; j < m; j++)
        if (j !== i) add(observed[value(i, p)] as number[], value(j, p), 1 / (m - 1))
    }
    for (const s of own) {
      add(sigma, s.value, (s.end - s.start) ** 2)
      let w = 0
      for (let p = s.start; p < s.end; p++) {
        for (let j = 0; j < m; j++) if (j !== i && value(j, p) < q) w += 1 / (m - 1)
      }
      add(sigmaStar, s.value, w * w)
    }
  })
  const valued = observed.slice(0, q).map((row) => row.slice(0, q))
  const row = (matrix: number[][], k: number): number => sum(matrix[k] ?? [])
  const cell = (matrix: number[][], c: number, k: number): number => matrix[c]?.[k] ?? 0
  const expected = (matrix: number[][], self: number[]): number[][] => {
    const all = sum(matrix.flat())
    const norm = all ** 2 - sum(self)
    return matrix.map((_, c) =>
      matrix.map(
        (__, k) => (all * (row(matrix, c) * row(matrix, k) - (c === k ? (self[c] ?? 0) : 0))) / norm,
      ),
    )
  }
  const alpha = (o: number[][], e: number[][], counts: (c: number, k: number) => boolean): Maybe => {
    const cells = range(o.length).flatMap((c) => range(o.length).map((k) => [c, k] as const))
    const counted = cells.filter(([c, k]) => counts(c, k))
    return unlessBroken(
      1 - sum(counted.map(([c, k]) => cell(o, c, k))) / sum(counted.map(([c, k]) => cell(e, c, k))),
    )
  }
  const [e, star] = [expected(observed, sigma), expected(valued, sigmaStar)]
  const unequal = (c: number, k: number): boolean => c !== k
  const own = (k: number): number => row(valued, k)
  const ofValue = (k: number): Maybe => {
    const [o, ek] = [own(k), row(star, k)]
    return unlessBroken(1 - ((ek / o) * (o - cell(valued, k, k))) / (ek - cell(star, k, k)))
  }
  return {
    u: alpha(observed, e, unequal),
    bar: alpha(observed, e, (c, k) => (c === q) !== (k === q)),
    cu: alpha(valued, star, unequal),
    cuCoverage: sum(valued.flat()) / sum(observed.flat()),
    ku: range(q).map(ofValue),
    kuCoverage: range(q).map((k) => unlessBroken(own(k) / row(observed, k))),
  }
}

/** Units of one value and the gaps between them, gaps with value −1. */
function sections(spans: readonly Span[], value: number, length: number): Span[] {
  const own = spans.filter((span) => span.value === value)
  const covered = range(length).map((p) => own.some((s) => s.start <= p && p < s.end))
  const starts = range(length).filter((p) => !covered[p] && (p === 0 || covered[p - 1]))
  const gaps = starts.map((start) => {
    const end = range(length + 1).find((p) => p > start && (p === length || covered[p])) ?? length
    return { start, end, value: -1 }
  })
  return [...own, ...gaps]
}

/** alpha_U of 1995 for one value: its two disagreements. */
export function alphaU({ length, coders }: Text, value: number): { observed: number; expected: number } {
  const m = coders.length
  const all = coders.map((spans) => sections(spans, value, length))
  const size = (s: Span): number => s.end - s.start
  const isGap = (s: Span): boolean => s.value === -1
  const inside = (unit: Span, gap: Span): boolean => gap.start <= unit.start && unit.end <= gap.end
  const difference = (a: Span, b: Span): number => {
    if (!isGap(a) && !isGap(b)) {
      const overlap = a.start < b.end && b.start < a.end
      return overlap ? (a.start - b.start) ** 2 + (a.end - b.end) ** 2 : 0
    }
    if (!isGap(a) && isGap(b) && inside(a, b)) return size(a) ** 2
    return isGap(a) && !isGap(b) && inside(b, a) ? size(b) ** 2 : 0
  }
  const pairs = range(m).flatMap((i) => range(m).map((j) => [i, j] as const))
  const observed = sum(
    pairs
      .filter(([i, j]) => i !== j)
      .flatMap(([i, j]) => (all[i] ?? []).flatMap((a) => (all[j] ?? []).map((b) => difference(a, b)))),
  )
  const units = all.flat().filter((s) => !isGap(s))
  const gaps = all.flat().filter(isGap)
  const bracket = units.map((unit) => {
    const l = size(unit)
    const places = sum(gaps.filter((g) => size(g) >= l).map((g) => size(g) - l + 1))
    return ((units.length - 1) / 3) * (2 * l ** 3 - 3 * l ** 2 + l) + l ** 2 * places
  })
  const room = m * length * (m * length - 1) - sum(units.map((unit) => size(unit) * (size(unit) - 1)))
  return {
    observed: observed / (m * (m - 1) * length ** 2),
    expected: sum(bracket) === 0 ? 0 : ((2 / length) * sum(bracket)) / room,
  }
}

/** Largest one-to-one matching, by trying every one. */
function mostMatches<T>(a: readonly T[], b: readonly T[], matches: (x: T, y: T) => boolean): number {
  const [first, ...rest] = a
  if (first === undefined) return 0
  const tries = b.flatMap((y, at) =>
    matches(first, y) ? [1 + mostMatches(rest, [...b.slice(0, at), ...b.slice(at + 1)], matches)] : [],
  )
  return Math.max(mostMatches(rest, b, matches), ...tries)
}

export function spanF1(coders: Coders, rule: 'exact' | 'iou50'): Maybe {
  const positions = (s: Span): Set<number> => new Set(range(s.end - s.start).map((p) => s.start + p))
  const matches = (a: Span, b: Span): boolean => {
    if (a.value !== b.value) return false
    if (rule === 'exact') return a.start === b.start && a.end === b.end
    const [x, y] = [positions(a), positions(b)]
    const shared = [...x].filter((p) => y.has(p)).length
    return shared / new Set([...x, ...y]).size >= 0.5
  }
  const scores = coders.flatMap((a, g) =>
    coders.slice(g + 1).flatMap((b) => {
      return a.length + b.length === 0 ? [] : [(2 * mostMatches(a, b, matches)) / (a.length + b.length)]
    }),
  )
  return scores.length === 0 ? null : sum(scores) / scores.length
}

/** Boundary and segmentation similarity with near misses between neighbouring positions, by trying every pairing. */
export function similarities(
  first: readonly number[],
  second: readonly number[],
): { boundary: number; segmentation: Maybe } {
  const marks = (masses: readonly number[]): number[] =>
    masses.slice(1).map((_, at) => sum(masses.slice(0, at + 1)))
  const [a, b] = [marks(first), marks(second)]
  const [onlyA, onlyB] = [a.filter((at) => !b.includes(at)), b.filter((at) => !a.includes(at))]
  const near = mostMatches(onlyA, onlyB, (x, y) => Math.abs(x - y) === 1)
  const additions = onlyA.length + onlyB.length - 2 * near
  const edits = additions + near + (a.length - onlyA.length)
  const potential = sum(first) - 1
  return {
    boundary: edits === 0 ? 1 : 1 - (additions + near / 2) / edits,
    segmentation: potential < 1 ? null : 1 - (additions + near / 2) / potential,
  }
}
