/** What entries may come from: another copy of the project, or a package. */
import { Problem } from '../../../shared/problem.ts'
import type { PackageContent } from '../exchange/packages/lines.ts'
import { hasTable, type ReadableDb } from '../file/connection.ts'
import { sha256 } from '../file/hash.ts'
import type { RowOf } from '../file/table-definitions.ts'
import { readSetting } from '../file/values.ts'
import type { Entry } from '../journal/entry.ts'
import type { SealRow } from '../team/seals.ts'
import type { Unnumbered } from './entry-set.ts'

export type Source = {
  /** What it is called, for people. */
  readonly name: string
  readonly projectId: string | null
  readonly projectTitle: string | null
  /** In the order in which they are folded. */
  entries(): Iterable<Unnumbered>
  /** Whether an entry stands there without the one before it, by its replica and its number there. */
  isGap(replica: string, number: number): boolean
  seals(): readonly SealRow[]
  words(): ReadonlyArray<RowOf<'identifier_word'>>
  /** The text with this hash, which it has. */
  bodyOf(hash: string): string | undefined
}

/** @throws Problem `project-damaged` for a text that is not the one its hash names */
function asNamed(name: string, hash: string, body: string | undefined): string | undefined {
  if (body === undefined || sha256(body) === hash) return body
  throw new Problem(
    'project-damaged',
    `${name} cannot be merged: a text in it is not the one that was imported. Nothing was changed; ask for another copy.`,
  )
}

export function copySource(db: ReadableDb, name: string): Source {
  const bodyOf = db.prepare<[string], string>('SELECT body FROM note_text WHERE hash = ?').pluck()
  const isGap = hasTable(db, 'gap')
    ? db.prepare<[string, number], number>('SELECT 1 FROM gap WHERE replica = ? AND replica_seq = ?')
    : null
  return {
    name,
    projectId: readSetting(db, 'id'),
    projectTitle: readSetting(db, 'title'),
    *entries() {
      for (const { seq: _seq, ...entry } of db
        .prepare<[], Entry>('SELECT * FROM journal ORDER BY seq')
        .iterate())
        yield entry
    },
    isGap: (replica, number) => isGap?.get(replica, number) !== undefined,
    seals: () => db.prepare<[], SealRow>('SELECT * FROM seal ORDER BY entries, wall').all(),
    words: () =>
      db
        .prepare<[], RowOf<'identifier_word'>>('SELECT id, salt, word FROM identifier_word ORDER BY id')
        .all(),
    bodyOf: (hash) => asNamed(name, hash, bodyOf.get(hash)),
  }
}

export function packageSource({ head, entries, seals, texts, words }: PackageContent, name: string): Source {
  const gaps = new Set(head.gaps.map(([replica, number]) => `${replica} ${number}`))
  return {
    name,
    projectId: head.project.id,
    projectTitle: head.project.title,
    // What is written in a package is checked as an entry's is (incoming.ts).
    entries: () => entries as unknown as Unnumbered[],
    isGap: (replica, number) => gaps.has(`${replica} ${number}`),
    seals: () => seals as SealRow[],
    words: () => words,
    bodyOf: (hash) => asNamed(name, hash, texts.get(hash)),
  }
}
