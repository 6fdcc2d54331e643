/** Codings from a table, made by one coder, as one undoable step. */
import { v7 as uuid } from 'uuid'
import { visibleName } from '../../shared/names.ts'
import { OffsetConverter } from '../../shared/offsets.ts'
import { Problem } from '../../shared/problem.ts'
import { codeResolver } from './code-names.ts'
import { codePaths, listCodes } from './codes.ts'
import { assertWholeCharacters, type NewCoding } from './codings.ts'
import type { Db } from './database.ts'
import type { CodingIn } from './exchange/table-csv.ts'
import { ownerFinder } from './note-names.ts'
import { textOfNote } from './notes.ts'
import type { AnyChange, Project } from './project.ts'

/** Codings per journal entry. */
const ENTRY_CODINGS = 1_000

export type CodingsReport = { added: number; duplicate: number; finished: number }
type Options = { source: string; finished: 'all' | 'listed' | 'none' }

/** A table's notes: what it calls them as their ids, and its positions, which are code points, as UTF-16 units. */
class TableNotes {
  readonly #db: Db
  readonly #find: (words: string) => string | null
  readonly #known = new Map<string, { id: string; converter: OffsetConverter; lineEnds: number }>()

  constructor(db: Db) {
    this.#db = db
    this.#find = ownerFinder(db, 'note')
  }

  placeOf({ row, note, span }: CodingIn): { note: string; start: number | null; end: number | null } {
    const { id, converter, lineEnds } = this.#noteOf(note, row)
    if (span === null) return { note: id, start: null, end: null }
    const { start, end } = span
    if (start >= end || end > converter.codePoints) {
      const hint = end <= converter.codePoints + lineEnds ? LINE_ENDS_HINT : ''
      throw new Problem(
        'bad-arguments',
        `Row ${row}: ${start} to ${end} does not lie in note ${id}, which has ${converter.codePoints} characters. Nothing was changed.${hint}`,
      )
    }
    return { note: id, start: converter.toUnits(start), end: converter.toUnits(end) }
  }

  #noteOf(words: string, row: number) {
    const known = this.#known.get(words)
    if (known) return known
    const id = inRow(row, () => this.#find(words))
    if (id === null)
      throw new Problem(
        'not-found',
        `Row ${row}: there is no note ${visibleName(words)}. Nothing was changed.`,
      )
    const text = textOfNote(this.#db, id)
    const note = { id, converter: new OffsetConverter(text), lineEnds: text.split('\n').length - 1 }
    this.#known.set(words, note)
    return note
  }
}

/** The file a note came from is not kept, but positions counted in one with CR LF are too far on by a line end each. */
const LINE_ENDS_HINT =
  ' Positions are counted in the text as it is here, where every line end is one character (LF); if they come from a file with CR LF, take one off for each line end before them.'

/** Runs a look-up; what it refuses is refused in the name of the row. */
function inRow<T>(row: number, lookUp: () => T): T {
  try {
    return lookUp()
  } catch (error) {
    if (error instanceof Problem)
      throw new Problem(error.code, `Row ${row}: ${error.message}`, { cause: error })
    throw error
  }
}

function codeFinder(db: Db): (words: string, row: number) => string {
  const codes = listCodes(db)
  const resolveCode = codeResolver(codes, codePaths(codes))
  return (words, row) => inRow(row, () => resolveCode(words).id)
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
  const notes = new TableNotes(db)
  const findCode = codeFinder(db)
  const known = existingKeys(db, coderId)
  const codings: NewCoding[] = []
  const listed = new Set<string>()
  let duplicate = 0
  for (const row of rows) {
    const place = notes.placeOf(row)
    listed.add(place.note)
    if (row.code === null) continue
    const coding = { ...place, code: findCode(row.code, row.row) }
    if (known.has(keyOf(coding))) {
      duplicate++
      continue
    }
    known.add(keyOf(coding))
    codings.push({ id: uuid(), ...coding, memo: row.memo, qualifiers: row.qualifiers })
  }
  const done = notesFinished(db, listed, finished)
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

function notesFinished(db: Db, listed: ReadonlySet<string>, which: Options['finished']): string[] {
  if (which === 'all') return db.prepare('SELECT id FROM note ORDER BY num').pluck().all() as string[]
  return which === 'listed' ? [...listed] : []
}
