/**
 * The only way reducers write. Every insert, update and delete goes through here and leaves a note of what it did,
 * so that any entry can be undone without its reducer knowing how: the notes are played back in reverse.
 */
import type { Statement } from 'better-sqlite3'
import { Problem } from '../../../shared/problem.ts'
import { type Cut, moveOffset } from '../../../shared/redaction.ts'
import { sure, type WritableDb } from '../file/connection.ts'
import { fromJson, type Json } from '../file/json.ts'
import {
  type AnyRow,
  type Cell,
  DOMAIN_TABLES,
  type NewRow,
  type RowOf,
  type TableName,
  type Write,
} from '../file/table-definitions.ts'
import { CodingChanges } from './coding-watch.ts'
import { ENTRIES_ABOUT, Subjects } from './subjects.ts'

type Prepared = {
  insert: Statement
  restore: Statement
  get: Statement<[number], AnyRow>
  delete: Statement<[number]>
  /** By the columns they set. */
  updates: Map<string, Statement>
}

/** Statements are kept per connection: preparing one costs more than running it. */
const preparedFor = new WeakMap<WritableDb, Map<TableName, Prepared>>()

function prepare(db: WritableDb, table: TableName): Prepared {
  const byTable = preparedFor.get(db) ?? new Map<TableName, Prepared>()
  preparedFor.set(db, byTable)
  const known = byTable.get(table)
  if (known) return known
  const columns = Object.keys(DOMAIN_TABLES[table])
  const insertInto = (names: readonly string[]) =>
    db.prepare(
      `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map((name) => `@${name}`).join(', ')})`,
    )
  const made: Prepared = {
    insert: insertInto(columns),
    restore: insertInto(['num', ...columns]),
    get: db.prepare<[number], AnyRow>(`SELECT num, ${columns.join(', ')} FROM ${table} WHERE num = ?`),
    delete: db.prepare<[number]>(`DELETE FROM ${table} WHERE num = ?`),
    updates: new Map(),
  }
  byTable.set(table, made)
  return made
}

function updateOf(db: WritableDb, table: TableName, columns: readonly string[]): Statement {
  const { updates } = prepare(db, table)
  const set = columns.map((column) => `${column} = @${column}`).join(', ')
  const known = updates.get(set) ?? db.prepare(`UPDATE ${table} SET ${set} WHERE num = @num`)
  updates.set(set, known)
  return known
}

const SIDES = { start_at: 'start', end_at: 'end' } as const
const isPosition = (column: string): column is keyof typeof SIDES => column in SIDES

/** Whether a range still covers anything; what has no range (a whole note, or no place at all) always does. */
const coversWords = ({ start_at, end_at }: Record<string, Cell>) =>
  typeof start_at !== 'number' || start_at < Number(end_at)

export class Tables {
  readonly #db: WritableDb
  readonly changes: Write[] = []
  readonly subjects = new Subjects()
  readonly codings: CodingChanges
  /** Codings that could not come back, their words being gone from the file, and the notes they were in. */
  readonly #goneCodings = new Map<Cell, Cell>()
  /** `num`s of notes whose codings, status or own fields changed. */
  readonly touchedNotes = new Set<number>()

  constructor(db: WritableDb) {
    this.#db = db
    this.codings = new CodingChanges(db)
  }

  /** Inserts a row and returns its new `num`. */
  insert<T extends TableName>(table: T, row: NewRow<T>): number {
    const num = Number(prepare(this.#db, table).insert.run(row).lastInsertRowid)
    const last = this.changes.at(-1)
    // Bulk work inserts runs of neighbours; one range says as much as a thousand notes.
    if (last && last[0] === '+' && last[1] === table && last[3] === num - 1) last[3] = num
    else this.changes.push(['+', table, num, num])
    if (table === 'coding') this.codings.add(row, 1)
    this.#touch(table, num, row)
    return num
  }

  get<T extends TableName>(table: T, num: number): RowOf<T> | null {
    // Selected by the table's own columns.
    return this.#any(table, num) as RowOf<T> | null
  }

  /** A row that is there. @throws Problem `internal` where it is not */
  row<T extends TableName>(table: T, num: number): RowOf<T> {
    return sure(this.get(table, num) ?? undefined)
  }

  #any(table: TableName, num: number): AnyRow | null {
    return prepare(this.#db, table).get.get(num) ?? null
  }

  /** Changes the named columns of a row; columns that already hold the value are left alone. */
  update<T extends TableName>(table: T, num: number, values: Partial<NewRow<T>>): void {
    // Columns of the table, and none of them undefined.
    this.#update(table, num, values as Record<string, Cell>)
  }

  #update(table: TableName, num: number, values: Record<string, Cell>): void {
    const row = this.#any(table, num)
    if (!row) return
    const changed: Record<string, [Cell, Cell]> = {}
    for (const [column, after] of Object.entries(values)) {
      const before = row[column] ?? null
      if (before !== after) changed[column] = [before, after]
    }
    const columns = Object.keys(changed)
    if (columns.length === 0) return
    updateOf(this.#db, table, columns).run({
      ...Object.fromEntries(columns.map((column) => [column, values[column]])),
      num,
    })
    this.changes.push(['~', table, num, changed])
    if (table === 'coding' && (changed.code || changed.note || changed.coder)) {
      this.codings.add(row, -1)
      this.codings.add({ ...row, ...values }, 1)
    }
    this.#touch(table, num, row)
    if (table === 'memo' && typeof values.coding === 'number') this.subjects.add('coding', values.coding)
  }

  /** Takes a row out. Memos still on a coding that goes stay with its note: a memo goes by its writer's hand only. */
  delete(table: TableName, num: number): void {
    const row = this.#any(table, num)
    if (!row) return
    if (table === 'coding') {
      this.#keepMemosOf(row)
      this.codings.add(row, -1)
    }
    prepare(this.#db, table).delete.run(num)
    this.changes.push(['-', table, row])
    this.#touch(table, num, row)
  }

  #keepMemosOf(coding: AnyRow): void {
    const memos = this.#db
      .prepare<[number], number>('SELECT num FROM memo WHERE coding = ? ORDER BY num')
      .pluck()
      .all(coding.num)
    for (const memo of memos) this.#update('memo', memo, { coding: null, note: coding.note ?? null })
  }

  /**
   * Plays changes back in reverse. A row inserted is deleted, a row deleted comes back under its old `num`, and a
   * column returns to its old value unless something has changed it since (the later change stands). Positions in a
   * note come back where the text is now, if text was taken out of it after journal entry `since`; what would come
   * back to words that are gone stays away (a coding) or where it is (an edge).
   */
  revert(changes: readonly Write[], since: number): void {
    for (const change of changes.toReversed()) {
      if (change[0] === '+') {
        for (let num = change[3]; num >= change[2]; num--) this.delete(change[1], num)
      } else if (change[0] === '-') {
        this.#restore(change[1], this.#moved(change[2], since))
      } else {
        this.#revertColumns(change[1], change[2], change[3], since)
      }
    }
  }

  /** What was taken out of a note from a journal entry on, that entry included. */
  #cutsFrom(note: Cell, entry: number): Cut[][] {
    const redactions = this.#db
      .prepare<[Cell, number], Json<Cut[]>>(
        'SELECT cuts FROM redaction WHERE note = ? AND entry >= ? ORDER BY entry, num',
      )
      .pluck()
      .all(note, entry)
    return redactions.map((cuts) => fromJson(cuts))
  }

  /** A row as it would be now, had it lived through the redactions since; its range may be empty then. */
  #moved(row: AnyRow, since: number): AnyRow {
    if (typeof row.start_at !== 'number') return row
    const cuts = this.#cutsFrom(row.note ?? null, since + 1)
    return {
      ...row,
      start_at: placed(cuts, 'start_at', row.start_at),
      end_at: placed(cuts, 'end_at', row.end_at ?? null),
    }
  }

  #restore(table: TableName, row: AnyRow): void {
    if (this.#any(table, row.num)) return
    if (!coversWords(row)) {
      if (table === 'coding') this.#goneCodings.set(row.num, row.note ?? null)
      return
    }
    const goneFrom = table === 'memo' ? this.#goneCodings.get(row.coding ?? null) : undefined
    const whole = goneFrom === undefined ? row : { ...row, coding: null, note: goneFrom }
    try {
      prepare(this.#db, table).restore.run(whole)
    } catch (error) {
      throw asMissing(error)
    }
    this.changes.push(['+', table, row.num, row.num])
    if (table === 'coding') this.codings.add(whole, 1)
    this.#touch(table, row.num, whole)
  }

  #revertColumns(table: TableName, num: number, columns: Record<string, [Cell, Cell]>, since: number): void {
    const stored = this.#any(table, num)
    const row = stored ?? (Object.keys(columns).some(isPosition) ? this.#goneRow(table, num, since) : null)
    if (!row) return
    const back = this.#valuesBefore(row, columns, since)
    if (table === 'memo' && this.#goneCodings.has(back.coding ?? null)) delete back.coding
    if (!stored) this.#restore(table, { ...row, ...back })
    else
      try {
        this.#update(table, num, back)
      } catch (error) {
        throw asMissing(error)
      }
  }

  #valuesBefore(row: AnyRow, columns: Record<string, [Cell, Cell]>, since: number): Record<string, Cell> {
    const positions = Object.keys(columns).filter(isPosition)
    const cuts = positions.length > 0 ? this.#cutsFrom(row.note ?? null, since + 1) : []
    const back: Record<string, Cell> = {}
    for (const [column, [before, after]] of Object.entries(columns)) {
      if ((row[column] ?? null) === placed(cuts, column, after)) back[column] = placed(cuts, column, before)
    }
    // Both ends of a range go back, or neither: a new start with an old end is a range nobody has made.
    const isWhole = positions.every((column) => column in back) && coversWords({ ...row, ...back })
    if (!isWhole) for (const column of positions) delete back[column]
    return back
  }

  /** A row that went since with words taken out of its note: an earlier state of it may lie on words still there. */
  #goneRow(table: TableName, num: number, since: number): AnyRow | null {
    const gone = this.#db
      .prepare<object, Pick<RowOf<'effect'>, 'seq' | 'changes'>>(
        `SELECT seq, changes FROM (${ENTRIES_ABOUT}) JOIN effect USING (seq)
         WHERE seq > @since AND instr(changes, @removal) > 0 ORDER BY seq DESC LIMIT 1`,
      )
      .get({ about: table, num, since, removal: `["-","${table}",{"num":${num},` })
    if (!gone) return null
    const change = fromJson(gone.changes).find(
      (each) => each[0] === '-' && each[1] === table && each[2].num === num,
    )
    // The entry that took the row away may be the one that took out the words.
    return change?.[0] === '-' ? this.#moved(change[2], gone.seq - 1) : null
  }

  #touch(table: TableName, num: number, row: Record<string, Cell>): void {
    this.subjects.add(table, num)
    if (table === 'memo' && typeof row.coding === 'number') this.subjects.add('coding', row.coding)
    if (table === 'note') this.touchedNotes.add(num)
    else if (typeof row.note === 'number') this.touchedNotes.add(row.note)
    else if (table === 'memo' && typeof row.coding === 'number') this.#touchNoteOf(row.coding)
  }

  /** A memo on a coding is part of what is shown of the coding's note. */
  #touchNoteOf(coding: number): void {
    const note = this.#db
      .prepare<[number], number>('SELECT note FROM coding WHERE num = ?')
      .pluck()
      .get(coding)
    if (note !== undefined) this.touchedNotes.add(note)
  }
}

/** Where a value noted before some cuts is now: positions move with the text, everything else stays. */
function placed(cuts: readonly Cut[][], column: string, value: Cell): Cell {
  if (!isPosition(column) || typeof value !== 'number') return value
  return cuts.reduce((offset, each) => moveOffset(each, offset, SIDES[column]), value)
}

/** A row that cannot come back, because what it refers to has gone or something else has its place, in words. */
function asMissing(error: unknown): unknown {
  if (!((error as { code?: string }).code ?? '').startsWith('SQLITE_CONSTRAINT')) return error
  return new Problem(
    'conflict',
    'This cannot be brought back: what it needs (a code, a note, a case) is not there any more, or something else has taken its place. Nothing was changed.',
    { cause: error },
  )
}
