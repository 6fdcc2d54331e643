/**
 * The only way reducers write. Every insert, update and delete goes through here and leaves a note of what it did,
 * so that any entry can be undone without its reducer knowing how: the notes are played back in reverse.
 */
import type { Statement } from 'better-sqlite3'
import { type Cut, moveSpan } from '../../shared/redaction.ts'
import type { Db } from './database.ts'

/** Domain tables with their columns besides `num`. Replay compares exactly these. */
export const DOMAIN_TABLES = {
  setting: ['name', 'value'],
  coder: ['id', 'name'],
  attribute: ['owner', 'name', 'kind'],
  casefile: ['id', 'attributes'],
  note: ['id', 'casefile', 'title', 'date', 'text_hash', 'length', 'characters', 'attributes'],
  note_status: ['note', 'coder', 'status'],
  redaction: ['note', 'entry', 'cuts'],
  kept_identifier: ['note', 'start_at', 'end_at'],
  code: [
    'id',
    'parent',
    'position',
    'name',
    'colour',
    'definition',
    'use_when',
    'do_not_use_when',
    'example',
    'source',
    'shortcut',
    'qualifiers',
    'is_folder',
    'is_retired',
  ],
  coding: [
    'id',
    'note',
    'coder',
    'code',
    'start_at',
    'end_at',
    'qualifiers',
    'codebook_version',
    'created_at',
  ],
  memo: [
    'id',
    'casefile',
    'note',
    'code',
    'coding',
    'coder',
    'type',
    'title',
    'body',
    'text',
    'created_at',
    'changed_at',
  ],
} as const satisfies Record<string, readonly string[]>

export type TableName = keyof typeof DOMAIN_TABLES
export type Cell = string | number | null
export type Row = Record<string, Cell> & { num: number }

/** What one write did: rows inserted (a run of nums), one row deleted (all of it), or columns [before, after]. */
export type Change =
  | ['+', TableName, number, number]
  | ['-', TableName, Row]
  | ['~', TableName, number, Record<string, [Cell, Cell]>]

type Prepared = { insert: Statement; restore: Statement; get: Statement; delete: Statement }

/** Statements are kept per connection: preparing one costs more than running it. */
const preparedFor = new WeakMap<Db, Map<TableName, Prepared>>()

function prepare(db: Db, table: TableName): Prepared {
  const byTable = preparedFor.get(db) ?? new Map<TableName, Prepared>()
  preparedFor.set(db, byTable)
  const known = byTable.get(table)
  if (known) return known
  const columns: readonly string[] = DOMAIN_TABLES[table]
  const insertInto = (names: readonly string[]) =>
    db.prepare(
      `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map((name) => `@${name}`).join(', ')})`,
    )
  const made: Prepared = {
    insert: insertInto(columns),
    restore: insertInto(['num', ...columns]),
    get: db.prepare(`SELECT num, ${columns.join(', ')} FROM ${table} WHERE num = ?`),
    delete: db.prepare(`DELETE FROM ${table} WHERE num = ?`),
  }
  byTable.set(table, made)
  return made
}

export class Tables {
  readonly #db: Db
  readonly changes: Change[] = []
  /** `num`s of notes whose codings, status or own fields changed. */
  readonly touchedNotes = new Set<number>()

  constructor(db: Db) {
    this.#db = db
  }

  /** Inserts a row and returns its new `num`. */
  insert(table: TableName, row: Record<string, Cell>): number {
    const num = Number(prepare(this.#db, table).insert.run(row).lastInsertRowid)
    const last = this.changes.at(-1)
    // Bulk work inserts runs of neighbours; one range says as much as a thousand notes.
    if (last && last[0] === '+' && last[1] === table && last[3] === num - 1) last[3] = num
    else this.changes.push(['+', table, num, num])
    this.#touch(table, num, row)
    return num
  }

  get(table: TableName, num: number): Row | null {
    return (prepare(this.#db, table).get.get(num) as Row | undefined) ?? null
  }

  /** Changes the named columns of a row; columns that already hold the value are left alone. */
  update(table: TableName, num: number, values: Record<string, Cell>): void {
    const row = this.get(table, num)
    if (!row) return
    const changed: Record<string, [Cell, Cell]> = {}
    for (const [column, after] of Object.entries(values)) {
      const before = row[column] ?? null
      if (before !== after) changed[column] = [before, after]
    }
    const columns = Object.keys(changed)
    if (columns.length === 0) return
    this.#db
      .prepare(
        `UPDATE ${table} SET ${columns.map((column) => `${column} = @${column}`).join(', ')} WHERE num = @num`,
      )
      .run({ ...Object.fromEntries(columns.map((column) => [column, values[column]])), num })
    this.changes.push(['~', table, num, changed])
    this.#touch(table, num, row)
  }

  delete(table: TableName, num: number): void {
    const row = this.get(table, num)
    if (!row) return
    prepare(this.#db, table).delete.run(num)
    this.changes.push(['-', table, row])
    this.#touch(table, num, row)
  }

  /**
   * Plays changes back in reverse. A row inserted is deleted, a row deleted comes back under its old `num`, and a
   * column returns to its old value unless something has changed it since (the later change stands). Positions in a
   * note come back where the text is now, if text was taken out of it after journal entry `since`.
   */
  revert(changes: readonly Change[], since: number): void {
    for (const change of changes.toReversed()) {
      if (change[0] === '+') {
        for (let num = change[3]; num >= change[2]; num--) this.delete(change[1], num)
      } else if (change[0] === '-') {
        this.#restore(change[1], this.#moved(change[2], since))
      } else {
        this.#revertColumns(change[1], change[2], change[3])
      }
    }
  }

  /** A row with a range as it would be now, had it lived through the redactions since it was removed. */
  #moved(row: Row, since: number): Row | null {
    if (!('start_at' in row) || row.start_at === null) return row
    const redactions = this.#db
      .prepare('SELECT cuts FROM redaction WHERE note = ? AND entry > ? ORDER BY entry, num')
      .pluck()
      .all(row.note, since) as string[]
    let span: { start: number; end: number } | null = {
      start: row.start_at as number,
      end: row.end_at as number,
    }
    for (const cuts of redactions) span = span && moveSpan(JSON.parse(cuts) as Cut[], span)
    // A coding whose whole text is gone stays as a mark on nothing: there is no row to bring back.
    return span && { ...row, start_at: span.start, end_at: span.end }
  }

  #restore(table: TableName, row: Row | null): void {
    if (row === null || this.get(table, row.num)) return
    prepare(this.#db, table).restore.run(row)
    this.changes.push(['+', table, row.num, row.num])
    this.#touch(table, row.num, row)
  }

  #revertColumns(table: TableName, num: number, columns: Record<string, [Cell, Cell]>): void {
    const row = this.get(table, num)
    if (!row) return
    const back: Record<string, Cell> = {}
    for (const [column, [before, after]] of Object.entries(columns)) {
      if ((row[column] ?? null) === after) back[column] = before
    }
    this.update(table, num, back)
  }

  #touch(table: TableName, num: number, row: Record<string, Cell>): void {
    if (table === 'note') this.touchedNotes.add(num)
    else if (typeof row.note === 'number') this.touchedNotes.add(row.note)
  }
}
