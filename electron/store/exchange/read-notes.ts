/** Notes from files: tables with a row per note, and files that are a note each. Nothing here is stored. */
import { promises as fs } from 'node:fs'
import { basename } from 'node:path'
import type { CancelSignal } from '../../../shared/cancel.ts'
import type { Progress } from '../../../shared/contract.ts'
import type { Attribute, ImportMap, ImportPreview } from '../../../shared/model.ts'
import { findByName, visibleName } from '../../../shared/names.ts'
import { Problem } from '../../../shared/problem.ts'
import { toIsoDate } from './dates.ts'
import { stopIfCancelled, toLf } from './decode.ts'
import {
  collectNoteFiles,
  type LeftOut,
  type NoteFile,
  type SingleFormat,
  type TableFormat,
} from './note-files.ts'
import { guessMap } from './note-guess.ts'
import { openJsonLines } from './note-jsonl.ts'
import { type NoteIn, noteProblem } from './note-limits.ts'
import { readSingle } from './note-single.ts'
import { openDelimited, type Table, type TableRow } from './note-table.ts'
import { openWorkbookTable } from './note-workbook.ts'

export { MAX_TEXT_LENGTH, type NoteIn } from './note-limits.ts'

/** `sheet` is the sheet of workbooks to read; a map that names one goes before it. */
export type ReadOptions = {
  signal?: CancelSignal
  onProgress?: (progress: Progress) => void
  sheet?: string
}

const PREVIEW_ROWS = 20
const PREVIEW_CELL = 1_000
const GUESS_ROWS = 500
const GUESS_CHARACTERS = 8_000_000
const CHECK_MS = 200

/**
 * What an import would find: the columns, the first 20 rows (cells cut at 1,000 characters) and a guess at the map.
 * Of several tables the first is shown; they all need the columns that are mapped. Files that are a note each show as
 * a table of name and text; chosen together with tables, they are only listed, as they need no map.
 * Throws Problem for what cannot be read at all.
 */
export async function previewNotes(paths: string[], options: ReadOptions = {}): Promise<ImportPreview> {
  const { tables, singles } = await collectNoteFiles(paths, options.signal)
  const [first] = tables
  if (!first) return previewSingles(singles, options)
  const table = await openTable(
    first,
    options.sheet,
    options.signal,
    checking(options, 0, await bytesOf([first])),
  )
  const sample = await sampleRows(table, options.signal)
  const guess = guessMap(table.columns, sample)
  const { sheet, sheets } = table
  return {
    kind: 'table',
    files: [...tables, ...singles].map((file) => basename(file.path)),
    encoding: table.encoding,
    columns: table.columns,
    rows: sample
      .slice(0, PREVIEW_ROWS)
      .map((cells) => table.columns.map((_, index) => shorten(toLf(cells[index] ?? '')))),
    // The map names the sheet only where there is a choice, so that it fits the next workbook too.
    guess: guess && sheet !== undefined && (sheets?.length ?? 0) > 1 ? { ...guess, sheet } : guess,
    ...(sheets === undefined ? {} : { sheets }),
    ...(sheet === undefined ? {} : { sheet }),
  }
}

/**
 * Reads the notes one after the other, in constant memory: first the tables' rows, then the files that are a note
 * each. Without a map each table is read by the guess. Refused rows come with their `problem`; files of unknown types
 * inside folders come as one such row for each type. A Problem is thrown for what spoils the whole import: tables that
 * cannot be read, a mapped column that is not there, no column that could be the text, `cancelled`.
 */
export async function* readNotes(
  paths: string[],
  map: ImportMap | null,
  options: ReadOptions = {},
): AsyncGenerator<NoteIn> {
  const { tables, singles, leftOut } = await collectNoteFiles(paths, options.signal)
  yield* readTables(tables, map, options)
  yield* readSingles(singles, options)
  for (const [index, type] of leftOut.entries()) yield refusedType(type, singles.length + index + 1)
}

/** The attributes a map defines, in its order. */
export function attributesOf(map: ImportMap): Attribute[] {
  return Object.entries(map.attributes ?? {}).map(([name, { of, kind }]) => ({ name, of, kind }))
}

function openTable(
  { path, format }: NoteFile<TableFormat>,
  sheet: string | undefined,
  signal: CancelSignal | undefined,
  onChecked: (bytes: number) => void,
): Promise<Table> {
  if (format === 'delimited') return openDelimited(path, signal, onChecked)
  if (format === 'jsonl') return openJsonLines(path, signal)
  return openWorkbookTable(path, { ...(sheet === undefined ? {} : { sheet }), ...(signal ? { signal } : {}) })
}

/** Tells how far the look at the bytes is that comes before the first row; every 256 KB would be too often. */
function checking({ onProgress }: ReadOptions, before: number, total: number): (bytes: number) => void {
  const words = 'bytes checked'
  onProgress?.({ done: before, total, words })
  let last = performance.now()
  return (bytes) => {
    if (performance.now() - last < CHECK_MS) return
    last = performance.now()
    onProgress?.({ done: before + bytes, total, words })
  }
}

const shorten = (text: string): string => {
  if (text.length <= PREVIEW_CELL) return text
  const cut = /[\ud800-\udbff]/.test(text.charAt(PREVIEW_CELL - 1)) ? PREVIEW_CELL - 1 : PREVIEW_CELL
  return `${text.slice(0, cut)}…`
}

async function sampleRows(table: Table, signal: CancelSignal | undefined): Promise<string[][]> {
  const rows: string[][] = []
  let characters = 0
  for await (const { cells, problem } of table.rows(signal ? { signal } : {})) {
    if (cells.length === table.columns.length && problem === undefined) rows.push(cells)
    characters += cells.reduce((sum, cell) => sum + cell.length, 0)
    if (rows.length >= GUESS_ROWS || characters > GUESS_CHARACTERS) break
  }
  return rows
}

async function* readTables(
  files: ReadonlyArray<NoteFile<TableFormat>>,
  map: ImportMap | null,
  options: ReadOptions,
): AsyncGenerator<NoteIn> {
  // Every header is checked before the first row is given out.
  const tables: Array<{ table: Table; place: Places }> = []
  const { signal } = options
  const total = await bytesOf(files)
  let before = 0
  for (const file of files) {
    const onChecked = checking(options, before, total)
    const table = await openTable(file, map?.sheet ?? options.sheet, signal, onChecked)
    tables.push({ table, place: placesIn(table, map ?? (await guessedMap(table, signal))) })
    before += await bytesOf([file])
  }
  let rows = 0
  before = 0
  for (const { table, place } of tables) {
    let read = 0
    const onBytes = (bytes: number) => {
      read = bytes
      options.onProgress?.({ done: before + bytes, total, words: 'bytes read', rows })
    }
    for await (const row of table.rows({ onBytes, ...(signal ? { signal } : {}) })) {
      stopIfCancelled(signal)
      rows++
      yield noteOf(row, table, place)
    }
    before += read
  }
}

async function bytesOf(files: readonly NoteFile[]): Promise<number> {
  let total = 0
  for (const file of files) total += (await fs.stat(file.path).catch(() => null))?.size ?? 0
  return total
}

async function guessedMap(table: Table, signal: CancelSignal | undefined): Promise<ImportMap> {
  const guess = guessMap(table.columns, await sampleRows(table, signal))
  if (guess !== null) return guess
  throw new Problem(
    'import-failed',
    `${basename(table.path)} has no column that looks like the text of notes. Nothing was imported; say which column it is. There are: ${listed(table.columns)}.`,
  )
}

type Places = {
  text: number
  noteId: number
  caseId: number
  date: number
  title: number
  attributes: Array<{ name: string; index: number }>
}

/** Where each part of the map stands in the table; -1 for parts the map leaves out. */
function placesIn(table: Table, map: ImportMap): Places {
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

function listed(columns: readonly string[]): string {
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
  return problem === null ? note : { ...note, problem }
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

async function previewSingles(
  files: ReadonlyArray<NoteFile<SingleFormat>>,
  options: ReadOptions,
): Promise<ImportPreview> {
  const rows: string[][] = []
  const encodings = new Set<string>()
  for (const file of files.slice(0, PREVIEW_ROWS)) {
    const { note, encoding } = await readSingle(file, 1, options.signal)
    rows.push([file.id, shorten(note.problem === undefined ? note.text : `(${note.problem})`)])
    if (encoding !== null) encodings.add(encoding)
  }
  return {
    kind: 'texts',
    files: files.map((file) => basename(file.path)),
    encoding: [...encodings].join(', '),
    columns: ['name', 'text'],
    rows,
    guess: { text: 'text', noteId: 'name' },
  }
}

async function* readSingles(
  files: ReadonlyArray<NoteFile<SingleFormat>>,
  options: ReadOptions,
): AsyncGenerator<NoteIn> {
  const nameOfId = new Map<string, string>()
  for (const [index, file] of files.entries()) {
    const { note } = await readSingle(file, index + 1, options.signal)
    const other = nameOfId.get(file.id)
    if (other === undefined) nameOfId.set(file.id, note.source)
    else note.problem ??= `another file chosen has the same name (${other})`
    yield note
    options.onProgress?.({ done: index + 1, total: files.length, words: 'files read' })
  }
}

function refusedType({ ending, count, first }: LeftOut, row: number): NoteIn {
  const type = ending === '' ? 'files without a type' : `${ending} files`
  return {
    row,
    source: basename(first),
    id: null,
    caseId: null,
    date: null,
    title: null,
    text: '',
    attributes: {},
    problem: `${type} cannot be imported (${count} left out, the first is ${first})`,
  }
}
