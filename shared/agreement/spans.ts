import type { PatternCounts } from './binary.ts'
import { checkCoders } from './binary.ts'

/** Half-open range of character positions, [start, end). */
export type Span = readonly [start: number, end: number]

/**
 * Union of one coder's own spans of one code: sorted, overlapping and touching spans merged, empty ones left out.
 * Half-open. @throws RangeError when an end lies before its start or a position is no whole number
 */
export function spanUnion(spans: ReadonlyArray<Span>): Array<[number, number]> {
  for (const [start, end] of spans) {
    if (!Number.isInteger(start) || !Number.isInteger(end) || start > end) {
      throw new RangeError(`[${start}, ${end}) is not a span.`)
    }
  }
  const sorted = spans.filter(([start, end]) => start < end).sort((a, b) => a[0] - b[0])
  const union: Array<[number, number]> = []
  for (const [start, end] of sorted) {
    const last = union[union.length - 1]
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end)
    else union.push([start, end])
  }
  return union
}

/** Union of a coder's spans, checked against the length of the text. */
function unionWithin(spans: ReadonlyArray<Span>, length: number): Array<[number, number]> {
  const union = spanUnion(spans)
  const first = union[0]
  const last = union[union.length - 1]
  if ((first !== undefined && first[0] < 0) || (last !== undefined && last[1] > length)) {
    throw new RangeError(`A span reaches outside the text of ${length} characters.`)
  }
  return union
}

/**
 * Characters of a text by pattern of coders who applied the code, by a sweep over span ends (never over characters).
 *
 * @param coderSpans per coder (1 … 20) the spans of one code; own overlaps count once
 * @param length characters of the text, in the same unit as the offsets; uncoded text counts as "neither"
 * @returns pattern counts that add up to `length`
 * @throws RangeError for spans outside the text
 */
export function characterCounts(
  coderSpans: ReadonlyArray<ReadonlyArray<Span>>,
  length: number,
): PatternCounts {
  checkCoders(coderSpans.length)
  if (!Number.isInteger(length) || length < 0)
    throw new RangeError(`A text cannot have ${length} characters.`)
  const events: Array<[position: number, bit: number]> = []
  coderSpans.forEach((spans, coder) => {
    for (const [start, end] of unionWithin(spans, length)) events.push([start, 1 << coder], [end, 1 << coder])
  })
  events.sort((a, b) => a[0] - b[0])
  const counts = new Map<number, number>()
  let mask = 0
  let position = 0
  const advance = (to: number): void => {
    if (to > position) counts.set(mask, (counts.get(mask) ?? 0) + to - position)
    position = to
  }
  for (const [at, bit] of events) {
    advance(at)
    mask ^= bit
  }
  advance(length)
  return { coders: coderSpans.length, counts }
}

/** When a code counts as applied to a unit: any overlap, or more than half of the unit's characters. */
export type UnitRule = 'any overlap' | 'more than half'

/** Whether one coder's spans apply to each unit. Units must be sorted and must not overlap. */
export function appliedToUnits(
  spans: ReadonlyArray<Span>,
  units: ReadonlyArray<Span>,
  rule: UnitRule,
): boolean[] {
  const union = spanUnion(spans)
  let next = 0
  return units.map(([start, end]) => {
    while (next < union.length && (union[next] as [number, number])[1] <= start) next++
    let covered = 0
    for (let at = next; at < union.length && (union[at] as [number, number])[0] < end; at++) {
      const [from, to] = union[at] as [number, number]
      covered += Math.min(to, end) - Math.max(from, start)
    }
    return rule === 'any overlap' ? covered > 0 : 2 * covered > end - start
  })
}

/**
 * Predefined units (sentences, paragraphs, a whole note) by pattern of coders who applied the code.
 *
 * @param units sorted ranges that do not overlap; each counts as one unit
 */
export function unitCounts(
  coderSpans: ReadonlyArray<ReadonlyArray<Span>>,
  units: ReadonlyArray<Span>,
  rule: UnitRule = 'any overlap',
): PatternCounts {
  checkCoders(coderSpans.length)
  const masks = new Int32Array(units.length)
  coderSpans.forEach((spans, coder) => {
    appliedToUnits(spans, units, rule).forEach((applied, unit) => {
      if (applied) masks[unit] = (masks[unit] as number) | (1 << coder)
    })
  })
  const counts = new Map<number, number>()
  for (const mask of masks) counts.set(mask, (counts.get(mask) ?? 0) + 1)
  return { coders: coderSpans.length, counts }
}
