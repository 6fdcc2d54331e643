/** Which note, case or attribute a script or a table means by what it writes. */
import type { Attribute } from '../../../shared/contract/notes.ts'
import { nameFinder, visibleName } from '../../../shared/names.ts'
import { Problem } from '../../../shared/problem.ts'
import type { ReadableDb } from '../file/connection.ts'
import { ambiguous, findNum, oneByName } from '../file/lookup.ts'
import { listAttributes } from './notes.ts'

const TABLES = { note: 'note', case: 'casefile' } as const
type Owner = keyof typeof TABLES

/**
 * Finds ids by what scripts write. Nearly always that is the id itself, which the index knows; the ids of the whole
 * project are read, once, only for one that is spelt otherwise. Null when nothing has this id.
 *
 * @throws Problem `conflict` naming the ids that fit equally well
 */
export function ownerFinder(db: ReadableDb, of: Owner): (words: string) => string | null {
  const table = TABLES[of]
  let find: ReturnType<typeof nameFinder<string>> | null = null
  return (words) => {
    if (findNum(db, table, words) !== null) return words
    find ??= nameFinder(
      db.prepare<[], string>(`SELECT id FROM ${table} ORDER BY num`).pluck().all(),
      (id) => id,
    )
    const found = find(words)
    if (found.kind === 'ambiguous') throw ambiguous(`${of}s`, words, found.items)
    return found.kind === 'found' ? found.item : null
  }
}

/** The id of the note or case a script names. @throws Problem `not-found`, or `conflict` as `ownerFinder` */
export function ownerCalled(db: ReadableDb, of: Owner, words: string): string {
  const id = ownerFinder(db, of)(words)
  if (id !== null) return id
  throw new Problem('not-found', `There is no ${of} "${visibleName(words)}" in this project.`)
}

/**
 * "team", or "note:team" / "case:team" where notes and cases both have one.
 *
 * @throws Problem `not-found`, or `conflict` as `oneByName`
 */
export function attributeCalled(db: ReadableDb, words: string): Pick<Attribute, 'name' | 'of'> {
  const attributes = listAttributes(db)
  const inFull = ({ name, of }: Attribute) => `${of}:${name}`
  const called = attributes.flatMap((attribute) =>
    [attribute.name, inFull(attribute)].map((written) => ({ attribute, written })),
  )
  const found = oneByName(
    'attributes',
    words,
    called,
    ({ written }) => written,
    ({ attribute }) => inFull(attribute),
  )?.attribute
  if (found) return { name: found.name, of: found.of }
  const known = attributes.map(({ name }) => name).join(', ') || 'none'
  throw new Problem('not-found', `There is no attribute ${visibleName(words)}. This project has: ${known}.`)
}
