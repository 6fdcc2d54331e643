/** Where each coder was reading. It belongs to this copy of the file: not journalled, not merged, never undone. */
import type { CoderId, NoteId } from '../../../shared/contract/basics.ts'
import type { ReadableDb, WritableDb } from '../file/connection.ts'
import { clearLocal, readLocal, writeLocal } from '../file/values.ts'

const lastNoteOf = (coderId: CoderId) => `reading.${coderId}`
const positionIn = (coderId: CoderId, noteId: NoteId) => `reading.${coderId}.${noteId}`

const noteExists = (db: ReadableDb, id: string) =>
  db.prepare('SELECT 1 FROM note WHERE id = ?').get(id) !== undefined

/** The note this coder opened last, if it is still there. */
export function lastNoteRead(db: ReadableDb, coderId: CoderId): string | null {
  const noteId = readLocal(db, lastNoteOf(coderId))
  return noteId !== null && noteExists(db, noteId) ? noteId : null
}

/** How far down (UTF-16 units) this coder had come in a note; 0 when it is new to them. */
export const readingPosition = (db: ReadableDb, coderId: CoderId, noteId: NoteId): number =>
  Number(readLocal(db, positionIn(coderId, noteId)) ?? 0)

const VIEW = 'view'
/** How the screen stood when the project was locked. */
export const keepView = (db: WritableDb, view: string): void => writeLocal(db, VIEW, view)

/** It may hold words that were searched for, which a redaction would not find: it is there while locked, not longer. */
export function takeView(db: WritableDb): string | null {
  const view = readLocal(db, VIEW)
  if (view !== null) clearLocal(db, VIEW)
  return view
}

export function keepReadingPosition(
  db: WritableDb,
  coderId: CoderId,
  noteId: NoteId,
  position: number,
): void {
  db.transaction(() => {
    writeLocal(db, lastNoteOf(coderId), noteId)
    writeLocal(db, positionIn(coderId, noteId), String(position))
  }).immediate()
}
