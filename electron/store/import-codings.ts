/** Codings from a table, made by one coder, as one undoable step. */
import { v7 as uuid } from 'uuid'
import { OffsetConverter } from '../../shared/offsets.ts'
import { Problem } from '../../shared/problem.ts'
import { codePaths, listCodes, resolveCode } from './codes.ts'
import { assertWholeCharacters, type NewCoding } from './codings.ts'
import type { Db } from './database.ts'
import type { CodingIn } from './exchange/table-csv.ts'
import { textOfNote } from './notes.ts'
import type { AnyChange, Project } from './project.ts'

/** Codings per journal entry. */
const ENTRY_CODINGS = 1_000

export type CodingsReport = { added: number; duplicate: number; finished: number }
type Options = { source: string; finished: 'all' | 'listed' | 'none' }

/** Positions in the file are code points; inside they are UTF-16 units. */
class NoteRanges {
  readonly #db: Db
  readonly #converters = new Map<string, OffsetConverter>()

  constructor(db: Db) {
    this.#db = db
  }

  toUnits({ row, note, span }: CodingIn): { start: number | null; end: number | null } {
    const converter = this.#converterOf(note, row)
    if (span === null) return { start: null, end: null }
    const { start, end } = span
    if (start >= end || end > converter.codePoints) {
      throw new Problem(
        'bad-arguments',
        `Row ${row}: ${start} to ${end} does not lie in note ${note}, which has ${converter.codePoints} characters. Nothing was changed.`,
      )
    }
    return { start: converter.toUnits(start), end: converter.toUnits(end) }
  }

  #converterOf(note: string, row: number): OffsetConverter {
    const known = this.#converters.get(note)
    if (known) return known
    try {
      const converter = new OffsetConverter(textOfNote(this.#db, note))
      this.#converters.set(note, converter)
      return converter
    } catch (error) {
      throw new Problem('not-found', `Row ${row}: there is no note ${note}. Nothing was changed.`, {
        cause: error,
      })
    }
  }
}

function codeFinder(db: Db): (words: string, row: number) => string {
  const codes = listCodes(db)
  const paths = codePaths(codes)
  const found = new Map<string, string>()
  return (words, row) => {
    const known = found.get(words)
    if (known !== undefined) return known
    try {
      const { id } = resolveCode(codes, paths, words)
      found.set(words, id)
      return id
    } catch (error) {
      if (error instanceof Problem)
        throw new Problem(error.code, `Row ${row}: ${error.message} Nothing was changed.`)
      throw error
    }
  }
}

const keyOf = (coding: Pick<NewCoding, 'note' | 'code' | 'start' | 'end'>) =>
  JSON.stringify([coding.note, coding.code, coding.start, coding.end])

function existingKeys(db: Db, coderId: string): Set<string> {
  const rows = db
    .prepare(
      `SELECT note.id AS note, code.id AS code, start_at AS start, end_at AS end FROM coding
       JOIN note ON note.num = coding.note JOIN code ON code.num = coding.code JOIN coder ON coder.num = coding.coder
       WHERE coder.id = ?`,
    )
    .all(coderId) as Array<Pick<NewCoding, 'note' | 'code' | 'start' | 'end'>>
  return new Set(rows.map(keyOf))
}

/**
 * Applies the rows of a table. A coding this coder already has (same note, range and code) is counted, not repeated.
 * A wrong row (unknown note or code, range outside the note) refuses the whole table and names the row.
 */
export function importCodings(
  project: Project,
  coderId: string,
  rows: readonly CodingIn[],
  { finished }: Options,
): CodingsReport {
  const { db } = project
  const ranges = new NoteRanges(db)
  const findCode = codeFinder(db)
  const known = existingKeys(db, coderId)
  const codings: NewCoding[] = []
  let duplicate = 0
  for (const row of rows) {
    const range = ranges.toUnits(row)
    if (row.code === null) continue
    const coding = { note: row.note, code: findCode(row.code, row.row), ...range }
    if (known.has(keyOf(coding))) {
      duplicate++
      continue
    }
    known.add(keyOf(coding))
    codings.push({ id: uuid(), ...coding, memo: row.memo, qualifiers: row.qualifiers })
  }
  const done = notesFinished(db, rows, finished)
  const changes = inEntries(codings)
  if (done.length > 0) changes.push({ kind: 'note.setStatus', payload: { notes: done, status: 'finished' } })
  if (changes.length > 0) project.changeTogether(coderId, changes)
  return { added: codings.length, duplicate, finished: done.length }
}

function inEntries(codings: readonly NewCoding[]): AnyChange[] {
  const changes: AnyChange[] = []
  for (let from = 0; from < codings.length; from += ENTRY_CODINGS) {
    changes.push({ kind: 'codings.apply', payload: { codings: codings.slice(from, from + ENTRY_CODINGS) } })
  }
  return changes
}

/**
 * One code on many ranges (UTF-16 units; null, null: the whole note), for coding what was found; what the coder already
 * has is not repeated.
 */
export function applyToRanges(
  project: Project,
  coderId: string,
  codeId: string,
  ranges: ReadonlyArray<{ noteId: string; start: number | null; end: number | null }>,
): { added: number; duplicate: number } {
  const known = existingKeys(project.db, coderId)
  const codings: NewCoding[] = []
  for (const { noteId, start, end } of ranges) {
    const coding = { note: noteId, code: codeId, start, end }
    if (known.has(keyOf(coding))) continue
    if (start !== null && end !== null) assertWholeCharacters(project.db, noteId, { start, end })
    known.add(keyOf(coding))
    codings.push({ id: uuid(), ...coding })
  }
  if (codings.length > 0) project.changeTogether(coderId, inEntries(codings))
  return { added: codings.length, duplicate: ranges.length - codings.length }
}

function notesFinished(db: Db, rows: readonly CodingIn[], which: Options['finished']): string[] {
  if (which === 'all') return db.prepare('SELECT id FROM note ORDER BY num').pluck().all() as string[]
  return which === 'listed' ? [...new Set(rows.map(({ note }) => note))] : []
}
