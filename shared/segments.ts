/**
 * Which stretches of one note a retrieval is about. Positions are UTF-16 units, spans half-open; a span of null is
 * the whole note, which touches and contains everything in it.
 */
import { type CodedSpan, intersect, spanUnion } from './agreement/index.ts'
import type { CodeId, NoteId } from './contract/basics.ts'

export type Stretch = { readonly start: number; readonly end: number }
export type Coded = { readonly codeId: CodeId; readonly span: Stretch | null }

/**
 * What a segment is known by while answers come and go: its coding, or its place where several codings make it.
 * Never read apart, only compared.
 */
export function segmentKey(segment: {
  readonly noteId: NoteId
  readonly span: Stretch | null
  readonly codings: readonly { readonly id: string }[]
}): string {
  const [only, ...others] = segment.codings
  if (only && others.length === 0) return only.id
  const place = segment.span === null ? 'all' : `${segment.span.start}-${segment.span.end}`
  return `${segment.noteId} ${place}`
}

/** How far two spans are apart: 0 when they touch or overlap, and for the whole note. */
export function gapBetween(a: Stretch | null, b: Stretch | null): number {
  if (a === null || b === null) return 0
  return Math.max(0, b.start - a.end, a.start - b.end)
}

/** Whether two spans share a character. */
export function overlaps(a: Stretch | null, b: Stretch | null): boolean {
  return a === null || b === null || (a.start < b.end && b.start < a.end)
}

/** A coding with who made it, as far as readings of the same words are compared. */
export type Reading<C extends string = string> = {
  readonly code: C
  readonly coder: string
  readonly span: Stretch | null
}

/**
 * The codes that other coders gave in words of this coding, each by at least one coder who did not give this coding's
 * own code there. Whole-note codings say nothing of any words: they confuse and are confused with nothing.
 */
export function codesInstead<C extends string>(own: Reading<C>, all: readonly Reading<C>[]): Set<C> {
  const byCoder = new Map<string, Set<C>>()
  if (own.span !== null)
    for (const { code, coder, span } of all)
      if (coder !== own.coder && span !== null && overlaps(span, own.span))
        byCoder.set(coder, (byCoder.get(coder) ?? new Set()).add(code))
  return new Set([...byCoder.values()].filter((codes) => !codes.has(own.code)).flatMap((codes) => [...codes]))
}

/** Whether the first lies in the second. Only the whole note contains the whole note. */
export function liesWithin(a: Stretch | null, b: Stretch | null): boolean {
  if (b === null) return true
  return a !== null && b.start <= a.start && a.end <= b.end
}

/**
 * The stretches that every group of codings covers, each group being one code asked for (with those below it). Codings
 * of one group are united first, so two codings of overlapping words make one stretch. Whole-note codings cover all
 * of the note; when every group has one, the answer is the whole note (null).
 */
export function coveredByAll(groups: ReadonlyArray<readonly Coded[]>): Array<Stretch | null> {
  if (groups.length === 0 || groups.some((group) => group.length === 0)) return []
  const partial = groups.filter((group) => group.every(({ span }) => span !== null))
  const [first, ...others] = partial.map(united)
  if (!first) return [null]
  return others.reduce(common, first).map(({ start, end }) => ({ start, end }))
}

/** The spans of a group without overlaps, in order; every one has the same value. */
const united = (group: readonly Coded[]): CodedSpan[] =>
  spanUnion(group.map(({ span }) => [(span as Stretch).start, (span as Stretch).end])).map(
    ([start, end]) => ({
      start,
      end,
      value: 0,
    }),
  )

function common(a: readonly CodedSpan[], b: readonly CodedSpan[]): CodedSpan[] {
  const found: CodedSpan[] = []
  intersect(a, b, (x, y, shared) => {
    const start = Math.max((a[x] as CodedSpan).start, (b[y] as CodedSpan).start)
    found.push({ start, end: start + shared, value: 0 })
  })
  return found
}
