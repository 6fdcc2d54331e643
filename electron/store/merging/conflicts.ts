/**
 * Two computers have written the same field without knowing of each other: the later stands (by the order of entries),
 * and what the other wrote is listed, with who wrote it.
 */
import type { ReadableDb } from '../file/connection.ts'
import { fromJson } from '../file/json.ts'
import type { Cell, RowOf, TableName, Write } from '../file/table-definitions.ts'
import type { Folded } from './entry-set.ts'

/** `what`: the thing, in words; `who`: the coder whose value was lost. */
export type Conflict = { what: string; field: string; kept: string; lost: string; who: string; entry: string }

/** Tables whose fields two people may write; of most others each row is one person's own. */
const SHARED: Partial<Record<TableName, (db: ReadableDb, num: number) => string>> = {
  code: (db, num) => `code ${named(db, 'code', 'name', num)}`,
  coder: (db, num) => `coder ${named(db, 'coder', 'name', num)}`,
  round: (db, num) => `round ${named(db, 'round', 'name', num)}`,
  setting: (db, num) => `setting ${named(db, 'setting', 'name', num)}`,
  note: (db, num) => `note ${named(db, 'note', 'id', num)}`,
  casefile: (db, num) => `case ${named(db, 'casefile', 'id', num)}`,
}
/** What follows from other things, and what is no field of a person's. */
const NOT_TOLD: ReadonlySet<string> = new Set([
  'position',
  'defined_version',
  'text_hash',
  'length',
  'characters',
])

const named = (db: ReadableDb, table: TableName, column: string, num: number): string =>
  String(
    db.prepare<[number], Cell>(`SELECT ${column} FROM ${table} WHERE num = ?`).pluck().get(num) ??
      'gone since',
  )

type Written = { value: string; side: 'theirs' | 'mine' | null; coder: string; entry: string }

const shown = (value: unknown): string => (value === null || value === undefined ? '' : String(value))

/** Listens to entries as they are put in their places, oldest first. */
export class Conflicts {
  readonly #db: ReadableDb
  readonly #effect
  readonly #last = new Map<string, Written>()
  readonly #found = new Map<
    string,
    { table: TableName; num: number; field: string; lost: Written; kept: Written }
  >()

  constructor(db: ReadableDb) {
    this.#db = db
    this.#effect = db
      .prepare<[number], RowOf<'effect'>['changes']>('SELECT changes FROM effect WHERE seq = ?')
      .pluck()
  }

  /** @param side whose entry it is: the other copy's, or this one's, which the other did not know; null: both had it */
  hear({ entry }: Pick<Folded, 'entry'>, side: 'theirs' | 'mine' | null): void {
    if (entry.kind.startsWith('coding')) return
    const changes = this.#effect.get(entry.seq)
    if (changes === undefined) return
    for (const change of fromJson(changes))
      if (change[0] === '~') this.#write(change, { side, coder: entry.coder, entry: entry.id })
  }

  #write([, table, num, columns]: Extract<Write, ['~', ...unknown[]]>, by: Omit<Written, 'value'>): void {
    if (!SHARED[table]) return
    for (const [column, [before, after]] of Object.entries(columns))
      for (const [field, value] of fieldsOf(column, before, after)) {
        if (NOT_TOLD.has(field)) continue
        const key = `${table} ${num} ${field}`
        const kept = { ...by, value }
        const last = this.#last.get(key)
        if (last?.side && kept.side && last.side !== kept.side && last.value !== value)
          this.#found.set(key, { table, num, field, lost: last, kept })
        this.#last.set(key, kept)
      }
  }

  /** Of each field the value that was written over last; none where both came to say the same. */
  list(): Conflict[] {
    const nameOf = this.#db.prepare<[string], string>('SELECT name FROM coder WHERE id = ?').pluck()
    return [...this.#found].flatMap(([key, { table, num, field, lost }]) => {
      const kept = this.#last.get(key)
      if (!kept || kept.value === lost.value) return []
      const what = SHARED[table]?.(this.#db, num) ?? table
      const who = nameOf.get(lost.coder) ?? 'the project'
      return [{ what, field, kept: kept.value, lost: lost.value, who, entry: lost.entry }]
    })
  }
}

/** Attributes are fields of their own. */
function fieldsOf(column: string, before: Cell, after: Cell): Array<[string, string]> {
  if (column !== 'attributes') return [[column, shown(after)]]
  const [old, now] = [before, after].map((each) => JSON.parse(String(each ?? '{}')) as Record<string, string>)
  const names = new Set([...Object.keys(old ?? {}), ...Object.keys(now ?? {})])
  return [...names].filter((name) => old?.[name] !== now?.[name]).map((name) => [name, shown(now?.[name])])
}
