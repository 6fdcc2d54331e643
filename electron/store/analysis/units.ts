/** How notes are cut into the units that are compared, and which coders applied a code to each. */
import { spanUnion } from '../../../shared/agreement/index.ts'
import type { AgreementScope, AgreementUnit } from '../../../shared/contract/agreement.ts'
import { OffsetConverter } from '../../../shared/offsets.ts'
import { paragraphs, sentences } from '../../../shared/sentences.ts'
import type { ReadableDb } from '../file/connection.ts'
import { type Span, textOf } from './code-spans.ts'
import type { CountedNote } from './compared.ts'

export type UnitRule = Pick<AgreementScope, 'unit' | 'share'>

/** Called with a mask (bit g: coder g applied the code) and how many units have it. */
type Visit = (mask: number, units: number) => void

/** The units of counted notes. */
export class Units {
  readonly #rule: { unit: AgreementUnit; share: number }
  readonly #notes: readonly CountedNote[]
  /** Starts and ends of the parts of each note in code points, in turn; empty where the unit is no part of the text. */
  readonly #parts: readonly Uint32Array[]

  constructor(rule: UnitRule, notes: readonly CountedNote[], parts: readonly Uint32Array[]) {
    this.#rule = { unit: rule.unit, share: rule.share ?? 0 }
    this.#notes = notes
    this.#parts = parts
  }

  /** Units of one note. */
  size(at: number): number {
    if (this.#rule.unit === 'note') return 1
    if (this.#rule.unit === 'character') return (this.#notes[at] as CountedNote).characters
    return (this.#parts[at] as Uint32Array).length / 2
  }

  sizes(): Float64Array {
    return Float64Array.from(this.#notes, (_, at) => this.size(at))
  }

  /** Visits the patterns of one note that are not 0. `lists`: each coder's spans, in any order, overlapping or not. */
  visit(at: number, lists: readonly Span[][], visit: Visit): void {
    const unions = lists.map(unionOf)
    if (this.#rule.unit === 'character') {
      visitCharacters(unions, visit)
      return
    }
    const counts = new Map<number, number>()
    for (const mask of this.masks(at, unions).values()) counts.set(mask, (counts.get(mask) ?? 0) + 1)
    for (const [mask, units] of counts) visit(mask, units)
  }

  /** Where a unit of a note lies, in code points. Not for characters. */
  place(at: number, unit: number): Span {
    if (this.#rule.unit === 'note') return [0, (this.#notes[at] as CountedNote).characters]
    const bounds = this.#parts[at] as Uint32Array
    return [bounds[2 * unit] as number, bounds[2 * unit + 1] as number]
  }

  /** The masks that are not 0 of the units of one note, by number of the unit. Not for characters. */
  masks(at: number, unions: readonly Span[][]): Map<number, number> {
    const masks = new Map<number, number>()
    const bounds =
      this.#rule.unit === 'note'
        ? Uint32Array.of(0, (this.#notes[at] as CountedNote).characters)
        : (this.#parts[at] as Uint32Array)
    for (const [g, union] of unions.entries()) {
      for (const unit of appliedTo(bounds, union, this.#rule.share))
        masks.set(unit, (masks.get(unit) ?? 0) | (1 << g))
    }
    return masks
  }
}

export const unionOf = (spans: readonly Span[]): Span[] => (spans.length === 0 ? [] : spanUnion(spans))

/** Numbers of the units (bounds in turn: start, end) of which more than this share is covered. */
function* appliedTo(bounds: Uint32Array, union: readonly Span[], share: number): Generator<number> {
  const units = bounds.length / 2
  // A note without text cannot be covered, but it can be coded as a whole.
  if (units === 1 && bounds[0] === bounds[1]) {
    if (union.length > 0) yield 0
    return
  }
  let at = 0
  let last = -1
  let covered = 0
  for (const [start, end] of union) {
    at = Math.max(at, firstEndingAfter(bounds, start, at))
    for (let unit = at; unit < units && (bounds[2 * unit] as number) < end; unit++) {
      const [from, to] = [bounds[2 * unit] as number, bounds[2 * unit + 1] as number]
      const shared = Math.min(to, end) - Math.max(from, start)
      if (shared <= 0) continue
      const before = unit === last ? covered : 0
      covered = before + shared
      last = unit
      const least = share * (to - from)
      if (covered > least && before <= least) yield unit
    }
  }
}

/** The first unit that ends after a position, not before `from`. */
function firstEndingAfter(bounds: Uint32Array, position: number, from: number): number {
  let low = from
  let high = bounds.length / 2
  while (low < high) {
    const middle = (low + high) >> 1
    if ((bounds[2 * middle + 1] as number) <= position) low = middle + 1
    else high = middle
  }
  return low
}

/** Code points by pattern. */
function visitCharacters(unions: readonly Span[][], visit: Visit): void {
  sweep(unions, (mask, from, to) => {
    if (mask !== 0) visit(mask, to - from)
  })
}

/** From the first edge of a span to the last: the stretches between two edges, with who applied the code there. */
function sweep(unions: readonly Span[][], onStretch: (mask: number, from: number, to: number) => void): void {
  const edges: number[] = []
  for (const union of unions) for (const [start, end] of union) edges.push(start, end)
  edges.sort((a, b) => a - b)
  const next = unions.map(() => 0)
  for (let edge = 0; edge + 1 < edges.length; edge++) {
    const [from, to] = [edges[edge] as number, edges[edge + 1] as number]
    if (from === to) continue
    let mask = 0
    for (let g = 0; g < unions.length; g++) {
      const union = unions[g] as Span[]
      while ((union[next[g] as number]?.[1] ?? Number.POSITIVE_INFINITY) <= from)
        next[g] = (next[g] as number) + 1
      const span = union[next[g] as number]
      if (span && span[0] <= from) mask |= 1 << g
    }
    onStretch(mask, from, to)
  }
}

export type Stretch = { mask: number; start: number; end: number }

/** A text of this many code points cut wherever somebody's coding begins or ends, nobody's stretches among them. */
export function stretchesOf(unions: readonly Span[][], length: number): Stretch[] {
  const stretches: Stretch[] = []
  const add = (mask: number, start: number, end: number) => {
    const last = stretches.at(-1)
    if (last?.mask === mask) last.end = end
    else if (end > start) stretches.push({ mask, start, end })
  }
  sweep(unions, (mask, from, to) => {
    add(0, stretches.at(-1)?.end ?? 0, from)
    add(mask, from, to)
  })
  add(0, stretches.at(-1)?.end ?? 0, length)
  return stretches
}

/** Cuts the counted notes; `onNote` is told how many are done, now and then, and may throw to end it. */
export function cutNotes(
  db: ReadableDb,
  rule: UnitRule,
  notes: readonly CountedNote[],
  onNote: (done: number) => void,
): Units {
  if (rule.unit === 'note' || rule.unit === 'character') return new Units(rule, notes, [])
  const parts = notes.map((note, at) => {
    if (at % 200 === 0) onNote(at)
    return boundsOf(note, textOf(db, note.num), rule.unit)
  })
  return new Units(rule, notes, parts)
}

/** Starts and ends of the parts of a text in code points, in turn. */
function boundsOf({ units, characters }: CountedNote, text: string, unit: AgreementUnit): Uint32Array {
  const parts = unit === 'paragraph' ? paragraphs(text) : sentences(text)
  const bounds = Uint32Array.from(parts.flatMap(({ start, end }) => [start, end]))
  if (units === characters) return bounds
  const converter = new OffsetConverter(text)
  return bounds.map((position) => converter.toCodePoints(position))
}
