/**
 * A mark in the file and in the log that is written on top of it, by which a later opening sees whether the two belong
 * together. An older copy of a file and its log can make a sound project where the log holds every page that differs;
 * it is still not what the person put there.
 *
 * The mark of the file is folded into it before the first change of a session; the mark of the log then stands in the
 * log alone.
 */
import { v7 as uuid } from 'uuid'
import type { ReadableDb, WritableDb } from './connection.ts'
import { foldLog } from './database.ts'
import { readLocal, writeLocal } from './values.ts'

const OF_FILE = 'mark.file'
const OF_LOG = 'mark.log'

export type Marks = { file: string | null; log: string | null }

export const readMarks = (db: ReadableDb): Marks => ({
  file: readLocal(db, OF_FILE),
  log: readLocal(db, OF_LOG),
})

/** Waits for nobody; where somebody else reads or writes, the log goes without a mark of its own. */
export function markLog(db: WritableDb): void {
  const timeout = db.pragma('busy_timeout', { simple: true })
  db.pragma('busy_timeout = 0')
  try {
    const mark = uuid()
    writeLocal(db, OF_FILE, mark)
    if (foldLog(db)) writeLocal(db, OF_LOG, mark)
  } catch {
    // A full disk or another writer: the change that comes next says so.
  } finally {
    db.pragma(`busy_timeout = ${timeout}`)
  }
}

/** Whether the log was begun on top of another state of the file: it has a mark of its own, and not the file's. */
export const isOfAnotherFile = (alone: Marks, together: Marks): boolean =>
  together.log !== alone.log && together.log !== alone.file
