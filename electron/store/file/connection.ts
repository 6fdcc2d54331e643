/**
 * Connections to a project file, by what may be done with them: what only asks is given one that cannot write, as the
 * threads' connections cannot. The two are told apart by the compiler alone.
 */
import type Database from 'better-sqlite3'
import { Problem } from '../../../shared/problem.ts'

/** A statement that is only asked: `R` is what a row of its answer is, or a column of one where it is plucked. */
export interface Query<P extends unknown[] = unknown[], R = unknown> {
  get(...params: P): R | undefined
  all(...params: P): R[]
  iterate(...params: P): IterableIterator<R>
  pluck(isOn?: boolean): this
  raw(isOn?: boolean): this
}

/** What SQLite says of a file and a connection. */
type Said =
  | 'application_id'
  | 'auto_vacuum'
  | 'busy_timeout'
  | 'encoding'
  | 'locking_mode'
  | 'page_count'
  | 'page_size'
  | 'query_only'
  | 'user_version'
/** What SQLite looks through a file for. */
type Checked = 'foreign_key_check' | `integrity_check(${number})` | `quick_check(${number})`

/** A connection that is only asked. */
export interface ReadableDb {
  readonly name: string
  readonly open: boolean
  readonly readonly: boolean
  readonly inTransaction: boolean
  prepare<P extends unknown[] | object = unknown[], R = unknown>(
    sql: string,
  ): P extends unknown[] ? Query<P, R> : Query<[P], R>
  pragma(said: Said | `main.${Said}` | Checked, options?: { simple?: boolean }): unknown
  /** Gives SQL a function, on this connection alone. */
  function(
    name: string,
    options: { deterministic?: boolean },
    call: (...params: unknown[]) => unknown,
  ): unknown
  close(): unknown
}

/** A connection for writing too. */
export type WritableDb = Database.Database

/**
 * The whole of a connection that is only asked, for what SQLite does beside the file: transactions, in which all reading
 * sees one moment; tables in `temp`, which are in memory; and a copy into another file.
 */
// It is the same object: only its type keeps anybody from writing.
export const besideFile = (db: ReadableDb): WritableDb => db as WritableDb

/** All that `work` reads is of one moment, whoever writes meanwhile. */
export const atOneMoment = <T>(db: ReadableDb, work: () => T): T => besideFile(db).transaction(work)()

/** A number that SQLite says of a file. */
export const figureOf = (
  db: ReadableDb,
  name: 'application_id' | 'page_count' | 'page_size' | 'user_version',
): number => Number(db.pragma(name, { simple: true }))

/** Whether a file has a table: one of an earlier schema lacks some. */
export const hasTable = (db: ReadableDb, name: string): boolean =>
  db.prepare(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?`).get(name) !== undefined

/** The answer to a question that always has one, such as a count. @throws Problem `internal` */
export function sure<T>(answer: T | undefined): T {
  if (answer === undefined) throw new Problem('internal', 'The project file did not answer.')
  return answer
}
