/**
 * Going back in the journal: what the newest entries did is taken back exactly as it was written down, to the row and its
 * number, until the tables are what they were before. Unlike an undo it asks nothing and leaves nothing behind.
 */
import type { WritableDb } from '../file/connection.ts'
import { fromJson } from '../file/json.ts'
import { type AnyRow, type Cell, DOMAIN_TABLES, type RowOf, type Write } from '../file/table-definitions.ts'
import { type Entry, isReversal } from '../journal/entry.ts'

type Done = Entry & Pick<RowOf<'effect'>, 'changes'> & { isVoid: number }

/** Takes back all entries from the one numbered `from` on. @returns them, oldest first, to be put in again */
export function rewind(db: WritableDb, from: number): Entry[] {
  const done = db
    .prepare<[number], Done>(
      `SELECT journal.*, effect.changes,
         EXISTS (SELECT 1 FROM void WHERE void.seq = journal.seq AND part = '') AS isVoid
       FROM journal JOIN effect USING (seq) WHERE seq >= ? ORDER BY seq`,
    )
    .all(from)
  if (done.length === 0) return []
  const rows = new Rows(db)
  const numbers = new Map<string, number>()
  const holdsAgain = db.prepare(
    'UPDATE effect SET is_undone = 0 WHERE seq IN (SELECT seq FROM journal WHERE step = ?)',
  )
  for (const entry of done.toReversed()) {
    const changes = fromJson(entry.changes)
    for (const change of changes.toReversed()) rows.takeBack(change)
    // What was put in anew has taken a number; what an undo brought back came under its old one.
    if (!isReversal(entry.kind))
      for (const change of changes) if (change[0] === '+') lower(numbers, change[1], change[2] - 1)
    if (isReversal(entry.kind) && entry.isVoid === 0) holdsAgain.run(entry.undoes)
  }
  for (const [table, last] of numbers) giveOutAfter(db, table, last)
  forgetVersions(db, from)
  for (const table of ['void', 'subject', 'effect', 'journal'])
    db.prepare(`DELETE FROM ${table} WHERE seq >= ?`).run(from)
  return done.map(({ changes: _changes, isVoid: _isVoid, ...entry }) => entry)
}

function lower(numbers: Map<string, number>, table: string, last: number): void {
  numbers.set(table, Math.min(numbers.get(table) ?? last, last))
}

/** The next row of this table gets the number after `last`, as it did then. */
function giveOutAfter(db: WritableDb, table: string, last: number): void {
  if (last === 0) db.prepare('DELETE FROM sqlite_sequence WHERE name = ?').run(table)
  else db.prepare('UPDATE sqlite_sequence SET seq = ? WHERE name = ?').run(last, table)
}

function forgetVersions(db: WritableDb, from: number): void {
  const { changes } = db.prepare('DELETE FROM codebook_version WHERE seq >= ?').run(from)
  if (changes > 0) db.prepare('UPDATE codebook SET version = version - ?').run(changes)
}

/** Writes rows as they were, whatever they are. */
class Rows {
  readonly #db: WritableDb
  readonly #known = new Map<string, ReturnType<WritableDb['prepare']>>()

  constructor(db: WritableDb) {
    this.#db = db
  }

  takeBack(change: Write): void {
    if (change[0] === '+')
      this.#run(`DELETE FROM ${change[1]} WHERE num BETWEEN @from AND @to`, {
        from: change[2],
        to: change[3],
      })
    else if (change[0] === '-') this.#putBack(change[1], change[2])
    else this.#setBack(change[1], change[2], change[3])
  }

  #putBack(table: keyof typeof DOMAIN_TABLES, row: AnyRow): void {
    const columns = ['num', ...Object.keys(DOMAIN_TABLES[table])]
    this.#run(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((name) => `@${name}`).join(', ')})`,
      row,
    )
  }

  #setBack(table: string, num: number, columns: Record<string, [Cell, Cell]>): void {
    const set = Object.keys(columns).map((name) => `${name} = @${name}`)
    const before = Object.fromEntries(Object.entries(columns).map(([name, [value]]) => [name, value]))
    this.#run(`UPDATE ${table} SET ${set.join(', ')} WHERE num = @num`, { ...before, num })
  }

  #run(sql: string, values: Record<string, Cell>): void {
    const statement = this.#known.get(sql) ?? this.#db.prepare(sql)
    this.#known.set(sql, statement)
    statement.run(values)
  }
}
