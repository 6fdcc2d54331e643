/** From the ids people and files use to the row numbers tables use. */
import { Problem } from '../../shared/problem.ts'
import type { Db } from './database.ts'

type Identified = 'note' | 'code' | 'coder' | 'coding' | 'casefile' | 'memo' | 'proposal' | 'round'

const NOUN: Record<Identified, string> = {
  note: 'note',
  code: 'code',
  coder: 'coder',
  coding: 'coding',
  casefile: 'case',
  memo: 'memo',
  proposal: 'proposal',
  round: 'round',
}

const statements = new WeakMap<Db, Map<string, ReturnType<Db['prepare']>>>()

function statement(db: Db, sql: string): ReturnType<Db['prepare']> {
  const known = statements.get(db) ?? new Map<string, ReturnType<Db['prepare']>>()
  statements.set(db, known)
  const prepared = known.get(sql) ?? db.prepare(sql).pluck()
  known.set(sql, prepared)
  return prepared
}

export function findNum(db: Db, table: Identified, id: string): number | null {
  return (statement(db, `SELECT num FROM ${table} WHERE id = ?`).get(id) as number | undefined) ?? null
}

/** Throws `not-found` when nothing has this id (any more). */
export function numOf(db: Db, table: Identified, id: string): number {
  const num = findNum(db, table, id)
  if (num === null)
    throw new Problem('not-found', `There is no ${NOUN[table]} ${id} in this project (any more).`)
  return num
}

/** What a code or coder is called, or was called before it was deleted or merged. */
export const nameOf = (db: Db, table: 'code' | 'coder', id: string): string =>
  (statement(db, `SELECT name FROM ${table} WHERE id = ?`).get(id) as string | undefined) ??
  (statement(db, 'SELECT name FROM gone_code WHERE id = ?').get(id) as string | undefined) ??
  'a removed one'

/** Names are compared with capitals, spaces around them and forms of Unicode aside. */
export const foldName = (name: string): string => name.trim().normalize('NFC').toLocaleLowerCase('en-GB')
