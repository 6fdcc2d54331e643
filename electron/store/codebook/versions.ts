/** Versions of the codebook: every change of a code makes one; a person may name one; any two can be compared. */
import { z } from 'zod'
import { CODE_TEXT_FIELDS } from '../../../shared/code-fields.ts'
import { type CodebookChange, compareCodebooks } from '../../../shared/codebook-diff.ts'
import type { CodebookVersion, VersionedCode } from '../../../shared/contract/codebook.ts'
import type { JournalRow } from '../../../shared/contract/history.ts'
import { Problem } from '../../../shared/problem.ts'
import type { ReadableDb } from '../file/connection.ts'
import { fromJson } from '../file/json.ts'
import type { AnyRow, RowOf, Write } from '../file/table-definitions.ts'
import { defineChange, unchanged } from '../journal/change.ts'
import type { EntryRows } from '../journal/entry.ts'
import { codebookVersion, versionOfEntry } from './codes.ts'
import { COLUMN_OF, FIELD_WORDS } from './fields.ts'
import { inTreeOrder } from './tree.ts'

export const versionChanges = {
  'codebook.nameVersion': defineChange({
    payload: z.strictObject({
      version: z.int().min(0),
      name: z.string().trim().min(1).max(200),
      /** The entry that made it: its number is another where others' changes came to stand before it. */
      entry: z.string().nullable().optional(),
    }),
    upcasters: [unchanged],
    complete: (db, payload) => ({ ...payload, entry: entryOfVersion(db, payload.version) }),
    reduce: ({ db, tables }, { version: asNamed, entry, name }) => {
      const version = entry ? versionOfEntry(db, entry) : asNamed
      if (version === null) throw new Problem('not-found', 'There is no such version of the codebook here.')
      const num = db
        .prepare<[number], number>('SELECT num FROM version_name WHERE version = ?')
        .pluck()
        .get(version)
      if (num === undefined) tables.insert('version_name', { version, name })
      else tables.update('version_name', num, { name })
    },
    label: (_db, { version, name }) => `called version ${version} of the codebook “${name}”`,
  }),
}

const entryOfVersion = (db: ReadableDb, version: number): string | null =>
  db
    .prepare<[number], string>(
      'SELECT id FROM codebook_version AS made JOIN journal USING (seq) WHERE made.version = ?',
    )
    .pluck()
    .get(version) ?? null

/** Versions, newest first: who made each, when, by which change. */
export function listVersions(
  db: ReadableDb,
  history: EntryRows,
  { before, limit, namedOnly }: { before: number | null; limit: number; namedOnly: boolean },
): { current: number; rows: CodebookVersion[] } {
  const rows = db
    .prepare<
      object,
      {
        version: number
        seq: number
        name: string | null
      }
    >(
      `SELECT codebook_version.version, codebook_version.seq, version_name.name
       FROM codebook_version LEFT JOIN version_name USING (version)
       WHERE codebook_version.version < @before AND (@namedOnly = 0 OR version_name.name IS NOT NULL)
       ORDER BY codebook_version.version DESC LIMIT @limit`,
    )
    .all({ before: before ?? Number.MAX_SAFE_INTEGER, namedOnly: Number(namedOnly), limit })
  const entries = new Map(history.rowsOf(rows.map(({ seq }) => seq)).map((entry) => [entry.seq, entry]))
  return {
    current: codebookVersion(db),
    rows: rows.map(({ version, seq, name }) => {
      const { at, coder, label } = entries.get(seq) as JournalRow
      return { version, name, at, by: coder, label }
    }),
  }
}

/** The present version as a reader of a printed codebook needs it: "Version 12", with the last name given. */
export function versionName(db: ReadableDb): string {
  const version = codebookVersion(db)
  const named = db
    .prepare<[number], { version: number; name: string }>(
      'SELECT version, name FROM version_name WHERE version <= ? ORDER BY version DESC LIMIT 1',
    )
    .get(version)
  if (!named) return `Version ${version}`
  return named.version === version
    ? `Version ${version} (${named.name})`
    : `Version ${version} (changed since ${named.name})`
}

/** The codebook as it was in a version, in tree order: the present one with every later change taken back. */
export function codebookAt(db: ReadableDb, version: number): VersionedCode[] {
  const current = codebookVersion(db)
  if (version < 0 || version > current)
    throw new Problem(
      'not-found',
      `There is no version ${version} of the codebook; the latest is ${current}.`,
    )
  const rows = new Map(
    db
      .prepare<[], RowOf<'code'>>('SELECT * FROM code')
      .all()
      .map((row) => [row.num, row]),
  )
  const later = db
    .prepare<[number], RowOf<'effect'>['changes']>(
      `SELECT effect.changes FROM codebook_version JOIN effect USING (seq)
       WHERE codebook_version.version > ? ORDER BY codebook_version.version DESC`,
    )
    .pluck()
    .iterate(version)
  for (const changes of later) for (const change of fromJson(changes).toReversed()) takeBack(rows, change)
  return toVersioned([...rows.values()])
}

/** A row that a write of this table noted. */
const asCode = (row: AnyRow) => row as RowOf<'code'>

function takeBack(rows: Map<number, RowOf<'code'>>, change: Write): void {
  if (change[1] !== 'code') return
  if (change[0] === '+') for (let num = change[2]; num <= change[3]; num++) rows.delete(num)
  else if (change[0] === '-') rows.set(change[2].num, asCode(change[2]))
  else {
    const row = rows.get(change[2])
    if (!row) return
    const before = Object.fromEntries(Object.entries(change[3]).map(([column, [value]]) => [column, value]))
    rows.set(row.num, { ...row, ...before })
  }
}

function toVersioned(rows: readonly RowOf<'code'>[]): VersionedCode[] {
  const idOf = new Map(rows.map((row) => [row.num, row.id]))
  const sorted = rows.toSorted((a, b) => a.position - b.position || a.num - b.num)
  return inTreeOrder(
    sorted.map((row) => ({
      id: row.id,
      parentId: row.parent === null ? null : (idOf.get(row.parent) ?? null),
      name: row.name,
      colour: row.colour,
      isRetired: row.is_retired === 1,
      fields: Object.fromEntries(
        CODE_TEXT_FIELDS.map((field) => [FIELD_WORDS[field], row[COLUMN_OF[field]]]),
      ),
    })),
  )
}

/** What changed between two versions, in words. */
export const compareVersions = (db: ReadableDb, from: number, to: number): CodebookChange[] =>
  compareCodebooks(codebookAt(db, from), codebookAt(db, to))
