/** Whether SQLite finds the file sound, and whether its schema is the one this program makes. */
import type { ReadableDb } from '../file/connection.ts'
import { APPLICATION_ID } from '../file/database.ts'
import { isPlannersOwn } from './schema-classes.ts'

/** More findings of one kind than this say nothing new. */
const MOST = 20

export function checkFile(db: ReadableDb): string[] {
  const problems: string[] = []
  const integrity = db.pragma(`integrity_check(${MOST})`, { simple: false }) as Array<{
    integrity_check: string
  }>
  for (const { integrity_check: words } of integrity)
    if (words !== 'ok') problems.push(`database file: ${words}`)
  const broken = db.pragma('foreign_key_check') as Array<{ table: string; rowid: number; parent: string }>
  for (const { table, rowid, parent } of broken.slice(0, MOST))
    problems.push(`database file: ${table} ${rowid} points to a missing ${parent}`)
  return problems
}

type Part = { type: string; name: string; table: string; sql: string | null }

const partsOf = (db: ReadableDb): Map<string, Part> => {
  const parts = db
    .prepare<[], Part>(
      'SELECT type, name, tbl_name AS "table", sql FROM main.sqlite_schema ORDER BY type, name',
    )
    .all()
  return new Map(
    parts.filter(({ name }) => !isPlannersOwn(name)).map((part) => [`${part.type} ${part.name}`, part]),
  )
}

/** What the file says of itself besides its schema. What keeps its pages is set anew on every connection. */
const MARKS = ['user_version', 'encoding', 'auto_vacuum', 'page_size'] as const

/** `fresh`: a database that was made just now. A trigger, index, view or table too many is a change waiting to happen. */
export function checkSchema(db: ReadableDb, fresh: ReadableDb): string[] {
  const [stored, made] = [partsOf(db), partsOf(fresh)]
  const problems: string[] = []
  for (const [key, { type, name, table, sql }] of stored) {
    const other = made.get(key)
    const on = table === name ? '' : ` on ${table}`
    if (!other) problems.push(`schema: there is a ${type} ${name}${on} that this program did not make`)
    else if (other.sql !== sql || other.table !== table)
      problems.push(`schema: the ${type} ${name}${on} is not as this program makes it`)
  }
  for (const [key, { type, name }] of made)
    if (!stored.has(key)) problems.push(`schema: the ${type} ${name} is missing`)
  const read = (from: ReadableDb, name: (typeof MARKS)[number] | 'application_id') =>
    from.pragma(`main.${name}`, { simple: true })
  for (const name of MARKS)
    if (read(db, name) !== read(fresh, name))
      problems.push(`schema: the file’s ${name} is ${read(db, name)}, not ${read(fresh, name)}`)
  if (read(db, 'application_id') !== APPLICATION_ID)
    problems.push('schema: the file’s application_id is not this program’s')
  return problems
}
