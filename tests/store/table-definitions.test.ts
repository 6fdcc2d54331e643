import { describe, expect, it } from 'vitest'
import { memoryDatabase } from '../../electron/store/file/database.ts'
import { fromJson, type Json, toJson } from '../../electron/store/file/json.ts'
import { DOMAIN_TABLES, OTHER_TABLES, type RowOf } from '../../electron/store/file/table-definitions.ts'
import type { Tables } from '../../electron/store/journal/tables.ts'
import { TABLE_CLASSES } from '../../electron/store/verify/schema-classes.ts'

/** A column as SQLite tells of it. */
type Told = { name: string; type: string; notnull: number; pk: number; dflt_value: string | null }

const db = memoryDatabase()
const told = (table: string): Told[] =>
  db.prepare<[string], Told>('SELECT * FROM pragma_table_info(?)').all(table)

describe('the definitions of the tables', () => {
  it.each(Object.entries({ ...DOMAIN_TABLES, ...OTHER_TABLES }))(
    'say of %s what the schema says: which columns, what they hold, whether they may be empty',
    (table, columns) => {
      const defined = Object.entries(columns).map(([name, { holds, isNullable }]) => ({
        name,
        holds,
        isNullable,
      }))
      const isDomain = table in DOMAIN_TABLES
      const inFile = told(table)
        // `num` is every domain table's own, and what a trigger keeps is in no definition.
        .filter(({ name, dflt_value }) => !isDomain || (name !== 'num' && dflt_value === null))
        .map(({ name, type, notnull, pk }) => ({ name, holds: type, isNullable: notnull === 0 && pk === 0 }))
      const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name)
      expect(defined.sort(byName)).toEqual(inFile.sort(byName))
      expect(
        !isDomain ||
          told(table).some(({ name, type, pk }) => name === 'num' && type === 'INTEGER' && pk === 1),
      ).toBe(true)
    },
  )

  it('leave out no table but those that SQLite keeps for itself', () => {
    const own = Object.keys(TABLE_CLASSES).filter((table) => !/^(sqlite_|note_fts)/.test(table))
    expect(Object.keys({ ...DOMAIN_TABLES, ...OTHER_TABLES }).sort()).toEqual(own.sort())
  })

  it('make rows that the compiler knows', () => {
    const reads = (row: RowOf<'coding'>, tables: Tables) => [
      // @ts-expect-error: a whole-note coding has no start.
      row.start_at + 1,
      // @ts-expect-error: there is no such column.
      row.start,
      // @ts-expect-error: JSON is not just any text.
      tables.update('coding', row.num, { qualifiers: '{}' }),
      // @ts-expect-error: a name is not nothing.
      tables.update('code', row.code, { name: null }),
      // @ts-expect-error: a row is put there whole.
      tables.insert('round_note', { round: 1 }),
    ]
    expect(reads).toHaveLength(2)
  })
})

describe('JSON in a column', () => {
  it('is read as what was written', () => {
    const stored: Json<{ assertion: string }> = toJson({ assertion: 'negated' })
    expect(stored).toBe('{"assertion":"negated"}')
    expect(fromJson(stored).assertion).toBe('negated')
  })
})
