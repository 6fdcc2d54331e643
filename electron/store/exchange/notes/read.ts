/** Notes from files: tables with a row per note, and files that are a note each. Nothing here is stored. */
import { promises as fs } from 'node:fs'
import { basename } from 'node:path'
import type { CancelSignal } from '../../../../shared/cancel.ts'
import type { Progress } from '../../../../shared/contract/events.ts'
import type { ImportMap, ImportPreview } from '../../../../shared/contract/note-import.ts'
import type { Attribute } from '../../../../shared/contract/notes.ts'
import { findByName } from '../../../../shared/names.ts'
import { Problem } from '../../../../shared/problem.ts'
import { stopIfCancelled, toLf } from '../decode.ts'
import { furtherHeadings, notANote } from '../tables/heading-rows.ts'
import {
  collectNoteFiles,
  type LeftOut,
  type NoteFile,
  type NoteFiles,
  type SingleFormat,
  type TableFormat,
} from './files.ts'
import { guessMap } from './guess.ts'
import { openJsonLines } from './jsonl.ts'
import type { NoteIn } from './limits.ts'
import { ChosenRows, listed, notesOf, type Places, placesIn } from './rows.ts'
import { readSingle } from './single.ts'
import { type FileRow, openDelimited, type Table, type TableOptions } from './table.ts'
import { openWorkbookTable } from './workbook.ts'

export { MAX_TEXT_LENGTH, type NoteIn } from './limits.ts'

/** `sheet` of workbooks and `heading`, the row with the names of the columns; a map that names them goes before. */
export type ReadOptions = TableOptions & { onProgress?: (progress: Progress) => void }

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
  const table = await openTable(first, options, checking(options, 0, await bytesOf([first])))
  const sample = await sampleRows(table, options.signal)
  const { sheet, sheets, heads, heading } = table
  const shown = sample.slice(0, PREVIEW_ROWS)
  return {
    kind: 'table',
    files: [...tables, ...singles].map((file) => basename(file.path)),
    encoding: table.encoding,
    columns: table.columns,
    rows: shown.map(({ cells }) => table.columns.map((_, index) => shorten(toLf(cells[index] ?? '')))),
    numbers: shown.map(({ row }) => row),
    notNotes: shown.flatMap(({ row, notANote: reason }) => (reason === null ? [] : [{ row, reason }])),
    ...(heads.length === 0 ? {} : { heading, heads: heads.map(headWords) }),
    guess: guessOf(table, sample),
    ...(sheets === undefined ? {} : { sheets }),
    ...(sheet === undefined ? {} : { sheet }),
  }
}

const headWords = ({ number, cells }: FileRow) => ({
  row: number,
  words: cells
    .map((cell) => toLf(cell).trim())
    .filter((cell) => cell !== '')
    .join(' · ')
    .slice(0, 120),
})

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
  const files = await collectNoteFiles(paths, options.signal)
  yield* notesIn(files, await openTables(files.tables, map, options, 'each'), options)
}

/**
 * Like `readNotes`, for notes that come in together: without a map all tables are read by the guess at the first.
 * `onMap` hears, before the first note, how they are read; null where every file is a note.
 */
export async function* readTogether(
  paths: string[],
  map: ImportMap | null,
  { onMap, ...options }: ReadOptions & { onMap: (map: ImportMap | null) => void },
): AsyncGenerator<NoteIn> {
  const files = await collectNoteFiles(paths, options.signal)
  const tables = await openTables(files.tables, map, options, 'all')
  onMap(tables[0]?.map ?? map)
  yield* notesIn(files, tables, options)
}

async function* notesIn(
  { tables, singles, leftOut }: NoteFiles,
  opened: readonly OpenTable[],
  options: ReadOptions,
): AsyncGenerator<NoteIn> {
  yield* readTables(opened, await bytesOf(tables), options)
  yield* readSingles(singles, options)
  for (const [index, type] of leftOut.entries()) yield refusedType(type, singles.length + index + 1)
}

/** The attributes a map defines, in its order. */
export function attributesOf(map: ImportMap): Attribute[] {
  return Object.entries(map.attributes ?? {}).map(([name, { of, kind }]) => ({ name, of, kind }))
}

function openTable(
  { path, format }: NoteFile<TableFormat>,
  options: TableOptions,
  onChecked: (bytes: number) => void,
): Promise<Table> {
  if (format === 'delimited') return openDelimited(path, options, onChecked)
  if (format === 'jsonl') return openJsonLines(path, options)
  return openWorkbookTable(path, options)
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

type SampleRow = { row: number; cells: string[]; notANote: string | null }

async function sampleRows(table: Table, signal: CancelSignal | undefined): Promise<SampleRow[]> {
  const rows: Array<{ row: number; cells: string[] }> = []
  let characters = 0
  for await (const { row, cells, problem } of table.rows(signal ? { signal } : {})) {
    if (cells.length === table.columns.length && problem === undefined) rows.push({ row, cells })
    characters += cells.reduce((sum, cell) => sum + cell.length, 0)
    if (rows.length >= GUESS_ROWS || characters > GUESS_CHARACTERS) break
  }
  const headings = furtherHeadings(
    table.columns,
    rows.map(({ cells }) => cells),
  )
  return rows.map(({ row, cells }, at) => ({
    row,
    cells,
    notANote: headings.get(at) ?? notANote(table.columns, cells, ''),
  }))
}

/** A table with the map that it is read by. */
type OpenTable = { table: Table; map: ImportMap; place: Places }

/** Every header is checked before the first row is given out. A guess is for `each` table its own, or one for `all`. */
async function openTables(
  files: ReadonlyArray<NoteFile<TableFormat>>,
  map: ImportMap | null,
  options: ReadOptions,
  guessFor: 'each' | 'all',
): Promise<OpenTable[]> {
  const tables: OpenTable[] = []
  const total = await bytesOf(files)
  let before = 0
  let given = map
  for (const file of files) {
    const onChecked = checking(options, before, total)
    const table = await openTable(file, { ...options, ...chosenIn(given) }, onChecked)
    const own = given ?? (await guessedMap(table, options.signal))
    if (guessFor === 'all') given = own
    tables.push({ table, map: own, place: placesIn(table, own) })
    before += await bytesOf([file])
  }
  return tables
}

async function* readTables(
  tables: readonly OpenTable[],
  total: number,
  options: ReadOptions,
): AsyncGenerator<NoteIn> {
  const { signal } = options
  let rows = 0
  let before = 0
  for (const { table, map, place } of tables) {
    let read = 0
    const onBytes = (bytes: number) => {
      read = bytes
      options.onProgress?.({ done: before + bytes, total, words: 'bytes read', rows })
    }
    const found = table.rows({ onBytes, ...(signal ? { signal } : {}) })
    const leftOut: number[] = []
    for await (const note of notesOf(found, table, place, new ChosenRows(map))) {
      stopIfCancelled(signal)
      rows++
      if (note.leftOut !== undefined) leftOut.push(note.row)
      yield note
    }
    for (const remark of [
      ...leftOutRemarks(leftOut),
      ...table.remarks(),
      ...unmapped(table, tables[0]?.table),
    ])
      yield { ...NOTHING, source: basename(table.path), remark }
    before += read
  }
}

/** What a map says of the table itself. */
const chosenIn = (map: ImportMap | null): TableOptions => ({
  ...(map?.sheet === undefined ? {} : { sheet: map.sheet }),
  ...(map?.heading === undefined ? {} : { heading: map.heading }),
})

const NOTHING: Omit<NoteIn, 'source'> = {
  row: 0,
  id: null,
  caseId: null,
  date: null,
  title: null,
  text: '',
  attributes: {},
}

function leftOutRemarks(rows: readonly number[]): string[] {
  if (rows.length === 0) return []
  const named = rows.length > 10 ? `${rows.slice(0, 10).join(', ')} and others` : rows.join(', ')
  return [
    rows.length === 1
      ? `row ${named} is not a note (a heading, a total) and was left out`
      : `rows ${named} are not notes (headings, totals) and were left out`,
  ]
}

/** The mapping is made on the first table; columns that only others have were never offered. */
function unmapped({ columns }: Table, first: Table | undefined): string[] {
  const known = first?.columns ?? columns
  const others = columns.filter((column) => findByName(column, known, (name) => name).kind === 'none')
  return others.length === 0
    ? []
    : [`columns that the first table does not have and that are in no note: ${listed(others)}`]
}

async function bytesOf(files: readonly NoteFile[]): Promise<number> {
  let total = 0
  for (const file of files) total += (await fs.stat(file.path).catch(() => null))?.size ?? 0
  return total
}

/** The map names the sheet only where there is a choice, so that it fits the next workbook too. */
function guessOf({ columns, sheet, sheets }: Table, sample: readonly SampleRow[]): ImportMap | null {
  const guess = guessMap(
    columns,
    sample.filter(({ notANote }) => notANote === null).map(({ cells }) => cells),
  )
  return guess && sheet !== undefined && (sheets?.length ?? 0) > 1 ? { ...guess, sheet } : guess
}

async function guessedMap(table: Table, signal: CancelSignal | undefined): Promise<ImportMap> {
  const guess = guessOf(table, await sampleRows(table, signal))
  if (guess !== null) return guess
  throw new Problem(
    'import-failed',
    `${basename(table.path)} has no column that looks like the text of notes. Nothing was imported; say which column it is. There are: ${listed(table.columns)}.`,
  )
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
