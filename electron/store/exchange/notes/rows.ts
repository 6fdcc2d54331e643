/** From the rows of a table to notes, by the map. */
import { basename } from 'node:path'
import type { ImportMap } from '../../../../shared/contract/note-import.ts'
import { findByName, visibleName } from '../../../../shared/names.ts'
import { Problem } from '../../../../shared/problem.ts'
import { isNoDay, toIsoDate } from '../dates.ts'
import { toLf } from '../decode.ts'
import { furtherHeadings, MOST_HEADING_ROWS, notANote } from '../tables/heading-rows.ts'
import { isProbablyCut, type NoteIn, noteProblem, PROBABLY_CUT } from './limits.ts'
import type { Table, TableRow } from './table.ts'

export type Places = {
  text: number
  noteId: number
  caseId: number
  date: number
  title: number
  attributes: Array<{ name: string; index: number }>
}

/** Where each part of the map stands in the table; -1 for parts the map leaves out. */
export function placesIn(table: Table, map: ImportMap): Places {
  const find = (column: string | undefined): number => (column === undefined ? -1 : placeOf(table, column))
  return {
    text: find(map.text),
    noteId: find(map.noteId),
    caseId: find(map.caseId),
    date: find(map.date),
    title: find(map.title),
    attributes: Object.entries(map.attributes ?? {}).map(([name, { column }]) => ({
      name,
      index: find(column),
    })),
  }
}

function placeOf({ path, columns }: Table, column: string): number {
  const found = findByName(column, [...columns.keys()], (index) => columns[index] ?? '')
  if (found.kind === 'found') return found.item
  throw new Problem(
    'import-failed',
    found.kind === 'none'
      ? `${basename(path)} has no column "${visibleName(column)}". Nothing was imported; there are: ${listed(columns)}.`
      : `"${visibleName(column)}" could be several columns of ${basename(path)}: ${listed(found.items.map((index) => columns[index] ?? ''))}. Nothing was imported; spell the one that is meant exactly so.`,
  )
}

export function listed(columns: readonly string[]): string {
  const shown = columns.slice(0, 60).map(visibleName).join(', ')
  return columns.length > 60 ? `${shown} and ${columns.length - 60} more` : shown
}

function noteOf({ row, cells, problem: rowProblem }: TableRow, table: Table, place: Places): NoteIn {
  const value = (index: number): string | null => cellValue(index === -1 ? '' : (cells[index] ?? ''))
  const date = value(place.date)
  const values = place.attributes.flatMap(({ name, index }) => {
    const cell = value(index)
    return cell === null ? [] : [[name, toLf(cell)] as const]
  })
  const note: NoteIn = {
    row,
    source: basename(table.path),
    id: value(place.noteId),
    caseId: value(place.caseId),
    date: date === null ? null : (toIsoDate(date) ?? date),
    title: value(place.title),
    text: toLf(cells[place.text] ?? ''),
    attributes: Object.fromEntries(values),
  }
  const problem = rowProblem ?? cellProblem(cells, table.columns.length) ?? noteProblem(note)
  if (problem !== null) return { ...note, problem }
  const warning = [cutWarning(cells, place), dateWarning(date)].filter((words) => words !== null).join('; ')
  return warning === '' ? note : { ...note, warning }
}

/** A date that cannot be is taken as it is written, so that nothing is lost, but it sorts and counts as no day. */
function dateWarning(date: string | null): string | null {
  if (date === null || !isNoDay(date)) return null
  const how = /^\W*\d{4}\D/.test(date) ? '' : ' (read day first)'
  return `the date ${date} is no day of the calendar${how}; it is kept as written`
}

function cutWarning(cells: readonly string[], place: Places): string | null {
  const cut = [
    ...(isProbablyCut(cells[place.text] ?? '') ? ['the text'] : []),
    ...place.attributes
      .filter(({ index }) => isProbablyCut(cells[index] ?? ''))
      .map(({ name }) => visibleName(name)),
  ]
  return cut.length === 0 ? null : `${cut.join(', ')}: ${PROBABLY_CUT}`
}

/** SQL tools write a missing value as the word NULL; as an id it would join all unknown people into one case. */
function cellValue(cell: string): string | null {
  const trimmed = cell.trim()
  return trimmed === '' || trimmed === 'NULL' ? null : trimmed
}

/** Empty cells beyond the header's last are how some spreadsheets end their rows, and harmless. */
function cellProblem(cells: readonly string[], columns: number): string | null {
  if (cells.length === columns) return null
  if (cells.length > columns && cells.slice(columns).every((cell) => cell.trim() === '')) return null
  return `wrong number of cells: ${cells.length} where the header has ${columns}`
}

/** The rows a person said to leave out, or to take though they look like no notes. */
export class ChosenRows {
  readonly #leaveOut: ReadonlySet<number>
  readonly #take: ReadonlySet<number>

  constructor(map: ImportMap | null) {
    this.#leaveOut = new Set(map?.leaveOut)
    this.#take = new Set(map?.take)
  }

  /** Why the row is left out, given what it looks like; null for a note. */
  reason(row: number, looksLike: string | null): string | null {
    if (this.#leaveOut.has(row)) return looksLike ?? 'left out as chosen'
    return this.#take.has(row) ? null : looksLike
  }
}

/** The notes of the rows; those that are none say why. */
export async function* notesOf(
  rows: AsyncGenerator<TableRow>,
  table: Table,
  place: Places,
  chosen: ChosenRows,
): AsyncGenerator<NoteIn> {
  const give = (row: TableRow, looksLike: string | null): NoteIn => {
    const { columns } = table
    const reason = chosen.reason(
      row.row,
      looksLike ?? notANote(columns, row.cells, row.cells[place.text] ?? ''),
    )
    const note = noteOf(row, table, place)
    if (reason === null) return note
    const { problem: _, ...rest } = note
    return { ...rest, text: '', leftOut: reason }
  }
  // The first rows are looked at together: what a survey writes over its answers shows in the last of them.
  const first: TableRow[] = []
  const settled = () => {
    const headings = furtherHeadings(
      table.columns,
      first.map(({ cells }) => cells),
    )
    return first.splice(0).map((row, at) => give(row, headings.get(at) ?? null))
  }
  let isStart = true
  for await (const row of rows) {
    if (!isStart) yield give(row, null)
    else if (first.push(row) === MOST_HEADING_ROWS) {
      yield* settled()
      isStart = false
    }
  }
  yield* settled()
}
