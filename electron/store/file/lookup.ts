/** From the ids people and files use to the row numbers tables use. */
import { findByName, visibleName } from '../../../shared/names.ts'
import { Problem } from '../../../shared/problem.ts'
import type { Query, ReadableDb } from './connection.ts'
import type { RowOf } from './table-definitions.ts'

type Identified =
  | 'note'
  | 'code'
  | 'coder'
  | 'coding'
  | 'casefile'
  | 'memo'
  | 'proposal'
  | 'round'
  | 'decision'

const NOUN: Record<Identified, string> = {
  note: 'note',
  code: 'code',
  coder: 'coder',
  coding: 'coding',
  casefile: 'case',
  memo: 'memo',
  proposal: 'proposal',
  round: 'round',
  decision: 'decision',
}

const statements = new WeakMap<ReadableDb, Map<string, Query<[string]>>>()

function statement<R>(db: ReadableDb, sql: string): Query<[string], R> {
  const known = statements.get(db) ?? new Map<string, Query<[string]>>()
  statements.set(db, known)
  const prepared = known.get(sql) ?? db.prepare<[string]>(sql).pluck()
  known.set(sql, prepared)
  // Asked with one SQL it is always the same: what comes out stands where it is asked.
  return prepared as Query<[string], R>
}

export function findNum<T extends Identified>(db: ReadableDb, table: T, id: RowOf<T>['id']): number | null {
  return statement<number>(db, `SELECT num FROM ${table} WHERE id = ?`).get(id) ?? null
}

/** Throws `not-found` when nothing has this id (any more). */
export function numOf<T extends Identified>(db: ReadableDb, table: T, id: RowOf<T>['id']): number {
  const num = findNum(db, table, id)
  if (num === null)
    throw new Problem('not-found', `There is no ${NOUN[table]} ${id} in this project (any more).`)
  return num
}

/** What a code or coder is called, or was called before it was deleted or merged. */
export const nameOf = <T extends 'code' | 'coder'>(db: ReadableDb, table: T, id: RowOf<T>['id']): string =>
  statement<string>(db, `SELECT name FROM ${table} WHERE id = ?`).get(id) ??
  statement<string>(db, 'SELECT name FROM gone_code WHERE id = ?').get(id) ??
  'a removed one'

/**
 * How the journal's reducers tell whether a name is taken: capitals, spaces around it and forms of Unicode aside. What
 * people ask for goes by `oneByName`; this must stay as it is, or an old entry would be replayed to another end.
 */
export const foldName = (name: string): string => name.trim().normalize('NFC').toLocaleLowerCase('en-GB')

/**
 * The one item that a person means by `name`, by the rule of `findByName`; null when there is none.
 *
 * @param plural what the items are, for the sentence: "coders"
 * @param shownAs what tells the items apart, if their names do not
 * @throws `conflict` naming all that fit equally well: none of them is picked silently
 */
export function oneByName<T>(
  plural: string,
  name: string,
  items: readonly T[],
  wordsOf: (item: T) => string,
  shownAs: (item: T) => string = wordsOf,
): T | null {
  const found = findByName(name, items, wordsOf)
  if (found.kind === 'none') return null
  if (found.kind === 'found') return found.item
  throw ambiguous(plural, name, found.items.map(shownAs))
}

/** More that fit than this are counted, not named. */
const MOST_NAMED = 12

export function ambiguous(plural: string, name: string, fitting: readonly string[]): Problem {
  const more = fitting.length > MOST_NAMED ? ` and ${fitting.length - MOST_NAMED} more` : ''
  const named = fitting.slice(0, MOST_NAMED).map((each) => `"${visibleName(each)}"`)
  return new Problem(
    'conflict',
    `"${visibleName(name)}" fits ${fitting.length} ${plural} equally well: ${named.join(', ')}${more}. Nothing was changed; write one of these.`,
  )
}
