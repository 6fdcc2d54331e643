/** Codings from a table, made by one coder, as one undoable step. */
import type { CodeId, CoderId, NoteId } from '../../../shared/contract/basics.ts'
import type { Coding } from '../../../shared/contract/codings.ts'
import { visibleName } from '../../../shared/names.ts'
import { OffsetConverter } from '../../../shared/offsets.ts'
import { Problem } from '../../../shared/problem.ts'
import { codePlaces } from '../codebook/codes.ts'
import { codeResolver } from '../codebook/names.ts'
import { codePaths } from '../codebook/tree.ts'
import { Applying, type ApplyKinds } from '../codings/apply.ts'
import { assertWholeCharacters, getCoding, type NewCoding } from '../codings/codings.ts'
import type { Contradiction } from '../codings/same-coding.ts'
import type { CodingIn } from '../exchange/tables/csv.ts'
import type { ReadableDb } from '../file/connection.ts'
import { newId } from '../file/new-id.ts'
import type { AnyChange } from '../journal/change.ts'
import type { Changes } from '../journal/changes.ts'
import { ownerFinder } from '../notes/names.ts'
import { type noteChanges, textOfNote } from '../notes/notes.ts'

/** What it changes. */
type Kinds = ApplyKinds & typeof noteChanges

export type CodingsReport = {
  added: number
  /** Rows that say what a coding says already. */
  duplicate: number
  finished: number
  /** Memos and qualifiers of such rows that the coding did not have yet. */
  memosAdded: number
  qualifiersAdded: number
  /** Rows that stand beside a coding on the same words because a qualifier has another value: both are kept. */
  contradictions: Array<{ row: number; note: string; code: string } & Contradiction>
}
type Options = { source: string; finished: 'all' | 'listed' | 'none' }

/** A table's notes: what it calls them as their ids, and its positions, which are code points, as UTF-16 units. */
class TableNotes {
  readonly #db: ReadableDb
  readonly #find: (words: string) => string | null
  readonly #known = new Map<string, { id: string; converter: OffsetConverter; lineEnds: number }>()

  constructor(db: ReadableDb) {
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
export function inRow<T>(row: number, lookUp: () => T): T {
  try {
    return lookUp()
  } catch (error) {
    if (error instanceof Problem)
      throw new Problem(error.code, `Row ${row}: ${error.message}`, { cause: error })
    throw error
  }
}

function codeFinder(db: ReadableDb): (words: string, row: number) => CodeId {
  const codes = codePlaces(db)
  const resolveCode = codeResolver(codes, codePaths(codes))
  return (words, row) => inRow(row, () => resolveCode(words).id)
}

const nothingYet = (): CodingsReport => ({
  added: 0,
  duplicate: 0,
  finished: 0,
  memosAdded: 0,
  qualifiersAdded: 0,
  contradictions: [],
})

/**
 * Applies the rows of a table. What this coder has already (`same-coding`) is counted, not repeated; its memo and
 * qualifiers are kept on the coding that is there. A wrong row (unknown note or code, range outside the note) refuses
 * the whole table and names the row.
 */
export function importCodings(
  project: Changes<Kinds>,
  coderId: CoderId,
  rows: readonly CodingIn[],
  { finished }: Options,
): CodingsReport {
  const { db } = project
  const notes = new TableNotes(db)
  const findCode = codeFinder(db)
  const applying = new Applying(db, coderId)
  const report = nothingYet()
  const listed = new Set<string>()
  for (const row of rows) {
    const place = notes.placeOf(row)
    listed.add(place.note)
    if (row.code === null) continue
    const { memo, qualifiers } = row
    const code = findCode(row.code, row.row)
    const applied = applying.add({ id: newId(), ...place, code, memo, qualifiers })
    if (applied.isNew) report.added++
    else report.duplicate++
    if (applied.hasMemo) report.memosAdded++
    if (applied.hasQualifiers) report.qualifiersAdded++
    for (const each of applied.contradicts)
      report.contradictions.push({ row: row.row, note: place.note, code: row.code, ...each })
  }
  const done = notesFinished(db, listed, finished)
  const changes: AnyChange<Kinds>[] = applying.changes()
  if (done.length > 0) changes.push({ kind: 'note.setStatus', payload: { notes: done, status: 'finished' } })
  if (changes.length > 0) project.changeTogether(coderId, changes)
  return { ...report, finished: done.length }
}

/**
 * One code on many ranges (UTF-16 units; null, null: the whole note), for coding what was found; what the coder already
 * has is not repeated. `before` goes in front of them in the same step.
 */
export function applyToRanges(
  project: Changes<Kinds>,
  coderId: CoderId,
  codeId: CodeId,
  ranges: ReadonlyArray<{ noteId: NoteId; start: number | null; end: number | null }>,
  before: readonly AnyChange<Kinds>[] = [],
): { added: number; duplicate: number } {
  const { db } = project
  const applying = new Applying(db, coderId)
  let added = 0
  for (const { noteId, start, end } of ranges) {
    if (!applying.add({ id: newId(), note: noteId, code: codeId, start, end }).isNew) continue
    if (start !== null && end !== null) assertWholeCharacters(db, noteId, { start, end })
    added++
  }
  const changes = applying.changes()
  if (changes.length > 0) project.changeTogether(coderId, [...before, ...changes])
  return { added, duplicate: ranges.length - added }
}

/**
 * Codes on one stretch of a note, as a coder applies them. Answers with the codings that say it now: the one that was
 * there where one is asked for again. Nothing new is no step. `before` goes in front in the same step.
 */
export function applyByHand(
  project: Changes<Kinds>,
  coderId: CoderId,
  codings: readonly NewCoding[],
  before: readonly AnyChange<Kinds>[] = [],
): Coding[] {
  const applying = new Applying(project.db, coderId)
  const ids = codings.map((coding) => applying.add(coding).id)
  const changes = applying.changes()
  const [first] = changes
  if (first && changes.length === 1 && before.length === 0) project.change(coderId, first.kind, first.payload)
  else if (first) project.changeTogether(coderId, [...before, ...changes])
  return ids.map((id) => getCoding(project.db, id))
}

function notesFinished(db: ReadableDb, listed: ReadonlySet<string>, which: Options['finished']): string[] {
  if (which === 'all') return db.prepare<[], string>('SELECT id FROM note ORDER BY num').pluck().all()
  return which === 'listed' ? [...listed] : []
}
