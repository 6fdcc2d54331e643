/**
 * Which text of a note positions are counted in. A redaction on another computer may come to stand before a change that
 * its maker made without knowing of it: then the positions are moved with the text. Where the note has become another
 * one altogether there is no place for them.
 */
import { z } from 'zod'
import type { NoteId } from '../../../shared/contract/basics.ts'
import { Problem } from '../../../shared/problem.ts'
import { type Cut, moveSpan, spanBefore, spanOutside } from '../../../shared/redaction.ts'
import type { ReadableDb } from '../file/connection.ts'
import { fromJson, type Json } from '../file/json.ts'
import type { RowOf } from '../file/table-definitions.ts'

/** As many hex digits of its hash tell a text of a note from others it has had. */
const DIGITS = 16

/** Texts that positions are counted in, by the ids of their notes. Changes of before it was written down have none. */
export const Texts = z.record(z.string(), z.string().length(DIGITS)).optional()
export type Texts = z.infer<typeof Texts>

/** The texts of some notes as they are now. */
export function textsNow(db: ReadableDb, notes: Iterable<NoteId>): Texts {
  const find = db.prepare<[string], string>('SELECT text_hash FROM note WHERE id = ?').pluck()
  const texts: Record<string, string> = {}
  for (const id of notes) {
    const hash = find.get(id)
    if (hash !== undefined) texts[id] = hash.slice(0, DIGITS)
  }
  return texts
}

/** The notes of some codings. */
export function* notesOf(db: ReadableDb, codings: Iterable<string>): Generator<NoteId> {
  const find = db
    .prepare<[string], NoteId>(
      'SELECT note.id FROM coding JOIN note ON note.num = coding.note WHERE coding.id = ?',
    )
    .pluck()
  for (const id of codings) {
    const note = find.get(id)
    if (note !== undefined) yield note
  }
}

type Redaction = { before: string; cuts: Cut[] }

/** What was taken out of a note, first to last, and which text each was taken from. */
function redactionsOf(db: ReadableDb, note: number): Redaction[] {
  const rows = db
    .prepare<[number], Pick<RowOf<'redaction'>, 'cuts'> & Pick<RowOf<'effect'>, 'changes'>>(
      `SELECT redaction.cuts, effect.changes FROM redaction JOIN effect ON effect.seq = redaction.entry
       WHERE note = ? ORDER BY entry, num`,
    )
    .all(note)
  return rows.map(({ cuts, changes }) => {
    const change = fromJson(changes).find((each) => each[0] === '~' && each[1] === 'note' && each[2] === note)
    return { before: String(change?.[0] === '~' ? change[3].text_hash?.[0] : ''), cuts: fromJson(cuts) }
  })
}

type Made = { from?: string | undefined; length: number; cuts: readonly Cut[] }

const grownBy = (cuts: readonly Cut[]): number =>
  cuts.reduce((sum, { start, end, mask }) => sum + mask - (end - start), 0)

/**
 * The text of the note that a redaction was made on, by its hash. One of before it was written down was made on the newest
 * that is as long as that text had to be; null where there is none.
 */
export function textBefore(db: ReadableDb, note: RowOf<'note'>, { from, length, cuts }: Made): string | null {
  if (from !== undefined) return from
  const wanted = length - grownBy(cuts)
  if (note.length === wanted) return note.text_hash
  let before = note.length
  for (const redaction of redactionsOf(db, note.num).toReversed()) {
    before -= grownBy(redaction.cuts)
    if (before === wanted) return redaction.before
  }
  return null
}

/** One redaction on the way from a text to another: forward, or back to before one that is void here. */
type Leg = { cuts: readonly Cut[]; isBack: boolean }

type VoidRedaction = Made & { textHash: string }

/** Redactions that are void here (others' words had gone first): whoever made them went on in the text they left. */
const voidRedactionsOf = (db: ReadableDb, note: NoteId): VoidRedaction[] =>
  db
    .prepare<[NoteId], Json<VoidRedaction>>(
      `SELECT payload FROM void JOIN journal USING (seq)
       WHERE part = '' AND kind = 'note.redact' AND payload ->> '$.note' = ? ORDER BY seq`,
    )
    .pluck()
    .all(note)
    .map((payload) => fromJson(payload))

/**
 * The way from the text of these digits (all of its hash, or its first) to the one that the note has now; no leg where it
 * is the same, or where it is not known.
 *
 * @throws Problem `conflict` where the note never had this text here
 */
export function wayFrom(
  db: ReadableDb,
  note: RowOf<'note'>,
  text: string | undefined,
  been: ReadonlySet<string> = new Set(),
): Leg[] {
  if (text === undefined || note.text_hash.startsWith(text)) return []
  const redactions = redactionsOf(db, note.num)
  const at = redactions.findLastIndex(({ before }) => before.startsWith(text))
  if (at !== -1) return redactions.slice(at).map(({ cuts }) => ({ cuts, isBack: false }))
  const unmade = voidRedactionsOf(db, note.id).find(({ textHash }) => textHash.startsWith(text))
  const from = unmade && textBefore(db, note, unmade)
  // What was taken out may have been put there by an earlier one.
  if (!unmade || !from || from.startsWith(text) || been.has(from))
    throw new Problem(
      'conflict',
      `Note ${note.id} has another text here than the one this was made on. Nothing was changed.`,
    )
  return [{ cuts: unmade.cuts, isBack: true }, ...wayFrom(db, note, from, new Set([...been, from]))]
}

type Span = { start: number; end: number }

/** Where a range of an earlier text is now. @throws Problem `conflict` where its words are gone */
export function movedSpan(way: readonly Leg[], span: Span): Span {
  let moved: Span | null = span
  for (const { cuts, isBack } of way)
    moved = moved && (isBack ? spanBefore(cuts, moved) : moveSpan(cuts, moved))
  if (moved) return moved
  throw new Problem('conflict', 'Its words were taken out of the note (redacted). Nothing was changed.')
}

/** What of a range of an earlier text is in the note now, in pieces: nothing of what was taken out since. */
export const leftOf = (way: readonly Leg[], span: Span): Span[] =>
  way.reduce<Span[]>(
    (spans, { cuts, isBack }) =>
      spans.flatMap((each) => (isBack ? [spanBefore(cuts, each)] : spanOutside(cuts, each))),
    [span],
  )

/** Gives, for the texts of a payload, where a range of a note is now. Null, null (the whole note) stays. */
export function placer(db: ReadableDb, texts: Texts) {
  const known = new Map<number, Leg[]>()
  return <R extends { start: number | null; end: number | null }>(note: RowOf<'note'>, range: R): R => {
    const way = known.get(note.num) ?? wayFrom(db, note, texts?.[note.id])
    known.set(note.num, way)
    const { start, end } = range
    if (way.length === 0 || start === null || end === null) return range
    return { ...range, ...movedSpan(way, { start, end }) }
  }
}
