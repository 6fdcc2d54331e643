/**
 * Texts over a merge: those of new notes come with them, and what one laptop has taken out of a note is taken out on the
 * other. Where two laptops took words out of one text without knowing of each other, the later redaction is void, as its
 * text is nobody's; what it took out is taken out again at once.
 */

import type { NoteId } from '../../../shared/contract/basics.ts'
import { Problem } from '../../../shared/problem.ts'
import type { Cut } from '../../../shared/redaction.ts'
import { type ReadableDb, sure, type WritableDb } from '../file/connection.ts'
import { fromJson, type Json } from '../file/json.ts'
import { findNum } from '../file/lookup.ts'
import { PROJECT_ACTOR } from '../journal/change.ts'
import type { Changes } from '../journal/changes.ts'
import { leftOf, wayFrom } from '../notes/on-text.ts'
import { forgetTexts, type RedactionOrder, type redactionChanges, takeOut } from '../notes/redactions.ts'
import { addTexts } from '../notes/texts.ts'
import type { Folded, Unnumbered } from './entry-set.ts'
import { textsNamed } from './incoming.ts'

const bodyOf = (db: ReadableDb) =>
  db.prepare<[string], string>('SELECT body FROM note_text WHERE hash = ?').pluck()

/** Before the entries are put in: notes begin with their texts. */
export function takeTexts(db: WritableDb, other: ReadableDb, entries: readonly Unnumbered[]): void {
  const [here, there] = [bodyOf(db), bodyOf(other)]
  for (const hash of textsNamed(entries)) {
    const body = here.get(hash) === undefined ? there.get(hash) : undefined
    if (body !== undefined) addTexts(db, [{ hash, body }])
  }
}

type Redaction = { note: NoteId; from?: string; textHash: string; cuts: Cut[]; masks?: string[] }
const redactionIn = ({ payload }: Unnumbered): Redaction => fromJson(payload as Json<Redaction>)

/**
 * After the entries are put in: no word that any laptop has taken out stays, and no note is without its text.
 *
 * @param arrived redactions that came in
 * @throws Problem `conflict` naming a note whose text neither copy has
 */
export function settleTexts(
  project: Changes<typeof redactionChanges>,
  other: ReadableDb,
  arrived: readonly Folded[],
): void {
  const { db } = project
  forgetTexts(
    db,
    arrived.flatMap((folded) => goneWith(db, folded)),
  )
  forgetRedacted(db)
  fetchMissing(db, other)
  const orders = stillToTakeOut(db)
  if (orders.length > 0) takeOut(project, PROJECT_ACTOR, orders)
}

/** The text that a redaction took words out of, as it is here still, and those words. */
function goneWith(db: ReadableDb, { entry, voids }: Folded): Array<{ hash: string; removed: string[] }> {
  const { from, cuts } = redactionIn(entry)
  if (from === undefined || voids.length > 0) return []
  const body = bodyOf(db).get(from)
  return [
    { hash: from, removed: body === undefined ? [] : cuts.map(({ start, end }) => body.slice(start, end)) },
  ]
}

/** What came along with a note that had words taken out of it here: nobody gets them back this way. */
function forgetRedacted(db: WritableDb): void {
  db.prepare(
    `DELETE FROM note_text WHERE hash IN (
       SELECT payload ->> '$.from' FROM redaction JOIN journal ON journal.seq = redaction.entry
       UNION SELECT payload ->> '$.textHash' FROM void JOIN journal USING (seq) WHERE kind = 'note.redact')
     AND NOT EXISTS (SELECT 1 FROM note WHERE note.text_hash = note_text.hash)`,
  ).run()
}

const withoutText = (db: ReadableDb) =>
  db
    .prepare<[], { id: string; hash: string }>(
      `SELECT id, text_hash AS hash FROM note
       WHERE NOT EXISTS (SELECT 1 FROM note_text WHERE hash = text_hash) ORDER BY num`,
    )
    .all()

function fetchMissing(db: WritableDb, other: ReadableDb): void {
  for (const { id, hash } of withoutText(db)) {
    const body = bodyOf(other).get(hash)
    if (!body)
      throw new Problem(
        'conflict',
        `The text of note ${id} is in neither copy of the project. Nothing was changed; ask for a copy that has it.`,
      )
    addTexts(db, [{ hash, body }])
    // A trigger keeps the first words of a note as its text is set.
    db.prepare('UPDATE note SET text_hash = text_hash WHERE id = ?').run(id)
  }
}

/** What void redactions have not taken out: words may be left that somebody wanted gone. */
function stillToTakeOut(db: ReadableDb): RedactionOrder[] {
  const payloads = db
    .prepare<[], Json<Redaction>>(
      `SELECT payload FROM void JOIN journal USING (seq) WHERE part = '' AND kind = 'note.redact' ORDER BY seq`,
    )
    .pluck()
    .all()
  const orders = new Map<NoteId, Array<{ start: number; end: number; mask: string }>>()
  for (const payload of payloads) {
    const { note, from, cuts, masks } = fromJson(payload)
    const num = findNum(db, 'note', note)
    if (num === null || from === undefined) continue
    const row = sure(
      db.prepare<[number], Parameters<typeof wayFrom>[1]>('SELECT * FROM note WHERE num = ?').get(num),
    )
    const way = asFarAsKnown(() => wayFrom(db, row, from))
    if (!way) continue
    const left = cuts.flatMap((cut, at) =>
      leftOf(way, cut).map((span) => ({ ...span, mask: masks?.[at] ?? '[…]' })),
    )
    if (left.length > 0) orders.set(note, withoutOverlaps([...(orders.get(note) ?? []), ...left]))
  }
  return [...orders].map(([noteId, cuts]) => ({ noteId, cuts }))
}

/** Two void redactions may take out the same words. */
function withoutOverlaps<C extends { start: number; end: number }>(cuts: readonly C[]): C[] {
  const sorted = cuts.toSorted((a, b) => a.start - b.start || a.end - b.end)
  const kept: C[] = []
  for (const cut of sorted) {
    const last = kept.at(-1)
    if (last && cut.start < last.end) last.end = Math.max(last.end, cut.end)
    else kept.push({ ...cut })
  }
  return kept
}

/** A note that has become another one altogether has none of these words. */
function asFarAsKnown<T>(work: () => T): T | null {
  try {
    return work()
  } catch (error) {
    if (error instanceof Problem && error.code === 'conflict') return null
    throw error
  }
}

/**
 * Where entries left or came without another copy at hand: every note has its text still, and no word is left in one that
 * was taken out.
 *
 * @throws Problem `conflict`
 */
export function assertTextsHold(db: ReadableDb): void {
  const missing = withoutText(db)[0]
  if (missing)
    throw new Problem(
      'conflict',
      `The text of note ${missing.id} is not in this file any more: words were taken out of it (redacted) since. Nothing was changed.`,
    )
  const [left] = stillToTakeOut(db)
  if (left)
    throw new Problem(
      'conflict',
      `Note ${left.noteId} would have words again that were taken out of it (redacted). Nothing was changed.`,
    )
}
