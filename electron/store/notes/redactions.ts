/**
 * Taking text out of stored notes: the one act without undo. The journal records where text went and the hash of what
 * is left, never the text; codings and kept identifiers move with it; the old text leaves the file, its index and the
 * write-ahead log.
 */
import { z } from 'zod'
import { spanUnion } from '../../../shared/agreement/index.ts'
import { type CoderId, NoteId } from '../../../shared/contract/basics.ts'
import { codePointLength } from '../../../shared/offsets.ts'
import { Problem } from '../../../shared/problem.ts'
import { assertCuts, type Cut, cutText, moveSpan } from '../../../shared/redaction.ts'
import { assertWholeCharacters } from '../codings/codings.ts'
import { type ReadableDb, sure, type WritableDb } from '../file/connection.ts'
import { foldLogIn, onFullDisk } from '../file/database.ts'
import { sha256 } from '../file/hash.ts'
import { toJson } from '../file/json.ts'
import { numOf } from '../file/lookup.ts'
import { forgetRemovedWords } from '../identifiers/words.ts'
import { type AnyChange, defineChange, unchanged } from '../journal/change.ts'
import type { Changes } from '../journal/changes.ts'
import type { Tables } from '../journal/tables.ts'
import { textOfNote } from './notes.ts'
import { placer, Texts, textBefore, textsNow } from './on-text.ts'
import { addTexts } from './texts.ts'

const CutSchema = z.strictObject({ start: z.int().min(0), end: z.int().min(1), mask: z.int().min(0) })

function moveRows(
  db: ReadableDb,
  tables: Tables,
  table: 'coding' | 'kept_identifier',
  note: number,
  cuts: readonly Cut[],
): void {
  const nums = db
    .prepare<[number], number>(
      `SELECT num FROM ${table} WHERE note = ? AND start_at IS NOT NULL ORDER BY num`,
    )
    .pluck()
    .all(note)
  for (const num of nums) {
    const row = tables.row(table, num)
    const span = moveSpan(cuts, { start: Number(row.start_at), end: Number(row.end_at) })
    if (span) tables.update(table, num, { start_at: span.start, end_at: span.end })
    // There is no undo: memos on a coding whose words are gone stay, with the note.
    else tables.delete(table, num)
  }
}

function assertFit(cuts: readonly Cut[], length: number): void {
  try {
    assertCuts(cuts, length)
  } catch (error) {
    throw new Problem('bad-arguments', `${(error as Error).message} Nothing was changed.`, { cause: error })
  }
}

const textHashOf = (db: ReadableDb, note: NoteId): string =>
  sure(
    db
      .prepare<[number], string>('SELECT text_hash FROM note WHERE num = ?')
      .pluck()
      .get(numOf(db, 'note', note)),
  )

export const redactionChanges = {
  'note.redact': defineChange({
    payload: z.strictObject({
      note: NoteId,
      textHash: z.string().length(64),
      length: z.int().min(0),
      characters: z.int().min(0),
      cuts: z.array(CutSchema).min(1),
      /** The text that the cuts are places in, by its hash, and what stands in place of each cut. */
      from: z.string().length(64).optional(),
      masks: z.array(z.string()).optional(),
    }),
    isUndoable: false,
    upcasters: [unchanged],
    complete: (db, payload) => ({ ...payload, from: textHashOf(db, payload.note) }),
    reduce: ({ db, tables, entry }, { note, textHash, length, characters, cuts, from }) => {
      const num = numOf(db, 'note', note)
      const row = tables.row('note', num)
      const isAnother = row.text_hash !== textBefore(db, row, { from, length, cuts })
      // Two computers have taken the same words out of the same text.
      if (isAnother && row.text_hash === textHash) return
      if (isAnother)
        throw new Problem(
          'conflict',
          `Other words were taken out of note ${note} meanwhile. Nothing was changed.`,
        )
      assertFit(cuts, row.length)
      tables.update('note', num, { text_hash: textHash, length, characters })
      tables.insert('redaction', { note: num, entry: entry.seq, cuts: toJson(cuts) })
      moveRows(db, tables, 'coding', num, cuts)
      moveRows(db, tables, 'kept_identifier', num, cuts)
    },
    label: (_db, { note, cuts }) =>
      `redacted ${cuts.length === 1 ? 'a passage' : `${cuts.length} passages`} of note ${note}`,
  }),
  'identifier.keep': defineChange({
    payload: z.strictObject({ note: NoteId, start: z.int().min(0), end: z.int().min(1), texts: Texts }),
    upcasters: [unchanged],
    complete: (db, payload) => ({ ...payload, texts: textsNow(db, [payload.note]) }),
    reduce: ({ db, tables }, { note, texts, ...range }) => {
      const num = numOf(db, 'note', note)
      const { start, end } = placer(db, texts)(tables.row('note', num), range)
      const known = db
        .prepare('SELECT 1 FROM kept_identifier WHERE note = ? AND start_at = ? AND end_at = ?')
        .get(num, start, end)
      if (!known) tables.insert('kept_identifier', { note: num, start_at: start, end_at: end })
    },
    label: (_db, { note }) => `kept a possible identifier in note ${note}`,
  }),
}

export type RedactionOrder = {
  noteId: NoteId
  cuts: ReadonlyArray<{ start: number; end: number; mask: string }>
}

type Prepared = {
  change: AnyChange<typeof redactionChanges>
  oldHash: string
  text: { hash: string; body: string }
  removed: string[]
}

function prepare(db: ReadableDb, { noteId, cuts }: RedactionOrder): Prepared {
  const text = textOfNote(db, noteId)
  const removed = cuts.map(({ start, end }) => text.slice(start, end))
  const sorted = [...cuts].sort((a, b) => a.start - b.start)
  const lengths = sorted.map(({ start, end, mask }) => ({ start, end, mask: mask.length }))
  assertFit(lengths, text.length)
  const body = cutText(text, sorted)
  const hash = sha256(body)
  const payload = {
    note: noteId,
    textHash: hash,
    length: body.length,
    characters: codePointLength(body),
    cuts: lengths,
    masks: sorted.map(({ mask }) => mask),
  }
  return { change: { kind: 'note.redact', payload }, oldHash: sha256(text), text: { hash, body }, removed }
}

/**
 * What `redact` does within a transaction: the old text is in no table any more, but may still be in the log.
 * @returns how many words left the identifier lists
 */
export function takeOut(
  project: Changes<typeof redactionChanges>,
  coderId: CoderId,
  orders: readonly RedactionOrder[],
): number {
  const { db } = project
  let forgotten = 0
  const prepared = orders.map((order) => prepare(db, order))
  const changes = prepared.map(({ change }) => change)
  const texts = prepared.map(({ text }) => text)
  project.changeTogether(
    coderId,
    changes,
    () => addTexts(db, texts),
    () => {
      forgotten = forgetTexts(
        db,
        prepared.map(({ oldHash, removed }) => ({ hash: oldHash, removed })),
      )
    },
  )
  return forgotten
}

/**
 * To be called in the transaction of a redaction: texts that no note has any more leave the file, and the words that
 * went with them leave the identifier lists. @returns how many of these
 */
export function forgetTexts(
  db: WritableDb,
  gone: ReadonlyArray<{ hash: string; removed: readonly string[] }>,
): number {
  const drop = db.prepare(
    `DELETE FROM note_text WHERE hash = ? AND NOT EXISTS (SELECT 1 FROM note WHERE note.text_hash = note_text.hash)`,
  )
  for (const { hash } of gone) drop.run(hash)
  return forgetRemovedWords(
    db,
    gone.flatMap(({ removed }) => removed),
  )
}

/** The log is folded in and emptied, which overwrites what was taken out. @returns false on a full disk, or where others read */
export function erase(db: WritableDb): boolean {
  let isErased = false
  onFullDisk(() => {
    isErased = foldLogIn(db)
  })
  return isErased
}

/**
 * Takes ranges out of notes and puts masks in their place, all or nothing. Afterwards the removed characters are
 * nowhere in the file: secure_delete overwrites them, the index forgets them, the log is folded in and emptied, and
 * words of the identifier lists that stand in no note any more leave the lists. Where the disk is too full to fold the log
 * in it is redacted all the same, and the next change, or closing, folds it in.
 *
 * @returns how many words left the lists, and whether the removed characters are out of the file already
 */
export function redact(
  project: Changes<typeof redactionChanges>,
  coderId: CoderId,
  orders: readonly RedactionOrder[],
): { words: number; isErased: boolean } {
  const forgotten = takeOut(project, coderId, orders)
  const isErased = erase(project.db)
  if (forgotten > 0) project.announce({ topics: ['identifiers'], noteIds: null })
  return { words: forgotten, isErased }
}

/**
 * Takes ranges out, note by note; ranges that overlap become one. Returns how many notes were changed, and how many
 * words left the identifier lists with them; the rest as `redact`.
 */
export function redactRanges(
  project: Changes<typeof redactionChanges>,
  coderId: CoderId,
  ranges: ReadonlyArray<{ noteId: NoteId; start: number; end: number }>,
  mask: string,
): { notes: number; words: number; isErased: boolean } {
  const byNote = new Map<string, Array<[number, number]>>()
  for (const { start, end } of ranges)
    if (start >= end)
      throw new Problem(
        'bad-arguments',
        `A range to redact ends before it begins: ${start} to ${end}. Nothing was changed.`,
      )
  for (const { noteId, start, end } of ranges)
    byNote.set(noteId, [...(byNote.get(noteId) ?? []), [start, end]])
  const orders = [...byNote].map(([noteId, own]) => ({
    noteId,
    cuts: spanUnion(own).map(([start, end]) => ({ start, end, mask })),
  }))
  for (const { noteId, cuts } of orders)
    for (const { start, end } of cuts) assertWholeCharacters(project.db, noteId, { start, end })
  return { ...redact(project, coderId, orders), notes: orders.length }
}
