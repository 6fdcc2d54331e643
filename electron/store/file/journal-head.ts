/** How far a journal goes: its newest entry, by which two copies of a project are told apart. */
import type { ReadableDb } from './connection.ts'

/** `seq` counts the entries, `wall` is when the newest was made by the clock of its computer, in ms. */
export type Head = { seq: number; id: string; hash: string; wall: number }

const COLUMNS = 'seq, id, hash, wall'

/** Null for a journal without entries. */
export const headOf = (db: ReadableDb): Head | null =>
  db.prepare<[], Head>(`SELECT ${COLUMNS} FROM journal ORDER BY seq DESC LIMIT 1`).get() ?? null

/** The same entry in this copy of the project; null where it has none such. */
export const sameEntryIn = (db: ReadableDb, { id, hash }: Pick<Head, 'id' | 'hash'>): Head | null =>
  db
    .prepare<[string, string], Head>(`SELECT ${COLUMNS} FROM journal WHERE id = ? AND hash = ?`)
    .get(id, hash) ?? null
