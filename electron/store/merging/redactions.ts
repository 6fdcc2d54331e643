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
import type { RowOf } from '../file/table-definitions.ts'
import { PROJECT_ACTOR } from '../journal/change.ts'
import type { Changes } from '../journal/changes.ts'
import type { Entry } from '../journal/entry.ts'
import { leftOf, textBefore, wayFrom } from '../notes/on-text.ts'
import { forgetTexts, type RedactionOrder, type redactionChanges, takeOut } from '../notes/redactions.ts'
import { addTexts } from '../notes/texts.ts'
import { hasSomeTexts } from '../team/laptops.ts'
import type { Unnumbered } from './entry-set.ts'
import { textsNamed } from './incoming.ts'

/** Texts that come along, by their hash. */
export type Texts = { bodyOf(hash: string): string | undefined }

const bodyOf = (db: ReadableDb) =>
  db.prepare<[string], string>('SELECT body FROM note_text WHERE hash = ?').pluck()

/** Before the entries are put in: notes begin with their texts. */
export function takeTexts(db: WritableDb, texts: Texts, entries: readonly Unnumbered[]): void {
  const here = bodyOf(db)
  for (const hash of textsNamed(entries)) {
    const body = here.get(hash) === undefined ? texts.bodyOf(hash) : undefined
    if (body !== undefined) addTexts(db, [{ hash, body }])
  }
}

type Redaction = {
  note: NoteId
  from?: string
  textHash: string
  length: number
  cuts: Cut[]
  masks?: string[]
}
type RedactionRow = Pick<Entry, 'seq' | 'id' | 'replica' | 'replica_seq'> & {
  payload: Json<Redaction>
  changes: RowOf<'effect'>['changes']
}

/** All redactions, first to last, whether they are void here or not. */
const redactionsIn = (db: ReadableDb): RedactionRow[] =>
  db
    .prepare<[], RedactionRow>(
      `SELECT seq, id, replica, replica_seq, payload, changes FROM journal JOIN effect USING (seq)
       WHERE kind = 'note.redact' ORDER BY seq`,
    )
    .all()

/**
 * After the entries are put in: no word that any laptop has taken out stays, and no note is without its text.
 *
 * @returns whether words may have been taken out, which the log still has
 * @throws Problem `conflict` naming a note whose text neither copy has
 */
export function settleTexts(project: Changes<typeof redactionChanges>, texts: Texts): boolean {
  const { db } = project
  const redactions = redactionsIn(db)
  if (redactions.length > 0) {
    forgetTexts(
      db,
      redactions.flatMap((each) => goneTexts(db, texts, each)),
    )
    forgetUnmade(db)
  }
  fetchMissing(db, texts)
  const orders = stillToTakeOut(db)
  if (orders.length > 0) takeOut(project, PROJECT_ACTOR, orders)
  return redactions.length > 0
}

/**
 * The text that a redaction took words out of, as it is in either copy still, and those words: a copy that did not know of
 * it may have listed them.
 */
function goneTexts(
  db: ReadableDb,
  texts: Texts,
  { payload, changes }: RedactionRow,
): Array<{ hash: string; removed: string[] }> {
  const { note, from, cuts } = fromJson(payload)
  const change = fromJson(changes).find((each) => each[0] === '~' && each[1] === 'note')
  const before = from ?? (change?.[0] === '~' ? change[3].text_hash?.[0] : undefined)
  // What it was made on is not known, as it names nothing and is void: none of the note's may stay without it.
  const hashes = typeof before === 'string' ? [before] : textsOf(db, note)
  const here = bodyOf(db)
  return hashes.flatMap((hash) => {
    const body = here.get(hash) ?? texts.bodyOf(hash)
    return body === undefined ? [] : [{ hash, removed: cuts.map(({ start, end }) => body.slice(start, end)) }]
  })
}

/** All texts that a note has had. */
const textsOf = (db: ReadableDb, note: NoteId): string[] =>
  db
    .prepare<object, string>(
      `SELECT value ->> '$.textHash' FROM journal, json_each(payload, '$.notes')
         WHERE kind = 'notes.import' AND value ->> '$.id' = @note
       UNION SELECT payload ->> '$.textHash' FROM journal WHERE kind = 'note.redact' AND payload ->> '$.note' = @note`,
    )
    .pluck()
    .all({ note })

/** What redactions that are void here have left: others' words may be in it still. */
function forgetUnmade(db: WritableDb): void {
  db.prepare(
    `DELETE FROM note_text WHERE hash IN
       (SELECT payload ->> '$.textHash' FROM void JOIN journal USING (seq) WHERE kind = 'note.redact')
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

function fetchMissing(db: WritableDb, texts: Texts): void {
  const isPartial = hasSomeTexts(db)
  for (const { id, hash } of withoutText(db)) {
    const body = texts.bodyOf(hash)
    if (body === undefined && isPartial) continue
    if (body === undefined)
      throw new Problem(
        'conflict',
        `The text of note ${id} is in neither copy of the project. Nothing was changed; ask for a copy that has it.`,
      )
    addTexts(db, [{ hash, body }])
    // A trigger keeps the first words of a note as its text is set.
    db.prepare('UPDATE note SET text_hash = text_hash WHERE id = ?').run(id)
  }
}

/**
 * What redactions that are void here, or were made in a note that was taken out of the project and imported again, have
 * not taken out: words may be left that somebody wanted gone. Whoever imported a note knowing that words had been taken
 * out of it wanted them back.
 */
function stillToTakeOut(db: ReadableDb): RedactionOrder[] {
  const isMade = db.prepare('SELECT 1 FROM redaction WHERE note = ? AND entry = ?')
  const orders = new Map<NoteId, Array<{ start: number; end: number; mask: string }>>()
  for (const redaction of redactionsIn(db)) {
    const payload = fromJson(redaction.payload)
    const { note, cuts, masks } = payload
    const num = findNum(db, 'note', note)
    if (num === null || isMade.get(num, redaction.seq) || isKnownToImport(db, num, redaction)) continue
    const row = sure(
      db.prepare<[number], Parameters<typeof wayFrom>[1]>('SELECT * FROM note WHERE num = ?').get(num),
    )
    const from = textBefore(db, row, payload)
    const way = from === null ? null : asFarAsKnown(() => wayFrom(db, row, from))
    if (!way) continue
    const left = cuts.flatMap((cut, at) =>
      leftOf(way, cut).map((span) => ({ ...span, mask: masks?.[at] ?? '[…]' })),
    )
    if (left.length > 0) orders.set(note, withoutOverlaps([...(orders.get(note) ?? []), ...left]))
  }
  return [...orders].map(([noteId, cuts]) => ({ noteId, cuts }))
}

/** Whether whoever imported this note knew of a redaction of it: their import says so, or was made after it on the same copy. */
function isKnownToImport(
  db: ReadableDb,
  note: number,
  { id, replica, replica_seq }: Pick<RedactionRow, 'id' | 'replica' | 'replica_seq'>,
): boolean {
  const entry = db
    .prepare<object, Pick<Entry, 'replica' | 'replica_seq'> & { redactions: Json<string[]> | null }>(
      `SELECT replica, replica_seq, payload -> '$.redactions' AS redactions FROM journal JOIN effect USING (seq)
       WHERE kind = 'notes.import' AND EXISTS (
         SELECT 1 FROM json_each(changes) WHERE value ->> 0 = '+' AND value ->> 1 = 'note'
           AND @note BETWEEN value ->> 2 AND value ->> 3)`,
    )
    .get({ note })
  if (!entry) return false
  if (entry.redactions !== null && fromJson(entry.redactions).includes(id)) return true
  return entry.replica === replica && entry.replica_seq > replica_seq
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
