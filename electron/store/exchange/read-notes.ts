/** Notes from files: tables with a row per note, and text files that are a note each. Nothing here is stored. */
import { promises as fs } from 'node:fs'
import { basename } from 'node:path'
import type { CancelSignal } from '../../../shared/cancel.ts'
import type { Progress } from '../../../shared/contract.ts'
import type { Attribute, ImportMap, ImportPreview } from '../../../shared/model.ts'
import { asProblem, Problem } from '../../../shared/problem.ts'
import { toIsoDate } from './dates.ts'
import { decodeText, hasLoneSurrogate, readProblem, stopIfCancelled, toLf } from './decode.ts'
import { collectNoteFiles, type NoteFile } from './note-files.ts'
import { guessMap } from './note-guess.ts'
import { openTable, type Table, type TableRow } from './note-table.ts'

/** One note as a file gives it. With a `problem` the row is refused, and the other fields say what is known. */
export type NoteIn = {
  /** Row of the table from 1 (header not counted, empty rows counted), or number of the text file from 1. */
  row: number
  /** Name of the file. */
  source: string
  id: string | null
  caseId: string | null
  /** `yyyy-mm-dd` where the cell is a date, else the cell as it is. */
  date: string | null
  title: string | null
  /** LF line ends, no byte order mark, otherwise exactly the source's characters. */
  text: string
  /** Values of note and case attributes by attribute name; empty cells are left out. */
  attributes: Record<string, string>
  problem?: string
}

export type ReadOptions = { signal?: CancelSignal; onProgress?: (progress: Progress) => void }

export const MAX_TEXT_LENGTH = 20_000_000
const MAX_ID_LENGTH = 400
const PREVIEW_ROWS = 20
const PREVIEW_CELL = 1_000
const GUESS_ROWS = 500
const GUESS_CHARACTERS = 8_000_000
/** A UTF-16 or UTF-8 file above this is longer than any note may be; it is refused unread. */
const MAX_TEXT_FILE_BYTES = MAX_TEXT_LENGTH * 4 + 4

/**
 * What an import would find: the columns, the first 20 rows (cells cut at 1,000 characters) and a guess at the map.
 * Text files show as a table of name and text. Throws Problem for what cannot be read at all.
 */
export async function previewNotes(paths: string[], options: ReadOptions = {}): Promise<ImportPreview> {
  const { kind, files } = await collectNoteFiles(paths, options.signal)
  if (kind === 'texts') return previewTexts(files, options)
  const table = await openTable(firstOf(files).path, options.signal)
  const sample = await sampleRows(table, options.signal)
  return {
    kind,
    files: files.map((file) => basename(file.path)),
    encoding: table.encoding,
    columns: table.columns,
    rows: sample
      .slice(0, PREVIEW_ROWS)
      .map((cells) => table.columns.map((_, index) => shorten(toLf(cells[index] ?? '')))),
    guess: guessMap(table.columns, sample),
  }
}

/**
 * Reads the notes one after the other, in constant memory. Without a map a table is read by the guess.
 * Refused rows come with their `problem`; a Problem is thrown for what spoils the whole import: files that cannot
 * be read, a mapped column that is not there, no column that could be the text, `cancelled`.
 */
export async function* readNotes(
  paths: string[],
  map: ImportMap | null,
  options: ReadOptions = {},
): AsyncGenerator<NoteIn> {
  const { kind, files } = await collectNoteFiles(paths, options.signal)
  if (kind === 'texts') yield* readTexts(files, options)
  else yield* readTables(files, map, options)
}

/** The attributes a map defines, in its order. */
export function attributesOf(map: ImportMap): Attribute[] {
  return Object.entries(map.attributes ?? {}).map(([name, { of, kind }]) => ({ name, of, kind }))
}

const firstOf = (files: readonly NoteFile[]): NoteFile => files[0] as NoteFile
const shorten = (text: string): string => {
  if (text.length <= PREVIEW_CELL) return text
  const cut = /[\ud800-\udbff]/.test(text.charAt(PREVIEW_CELL - 1)) ? PREVIEW_CELL - 1 : PREVIEW_CELL
  return `${text.slice(0, cut)}…`
}

async function sampleRows(table: Table, signal: CancelSignal | undefined): Promise<string[][]> {
  const rows: string[][] = []
  let characters = 0
  for await (const { cells } of table.rows(signal ? { signal } : {})) {
    if (cells.length === table.columns.length) rows.push(cells)
    characters += cells.reduce((sum, cell) => sum + cell.length, 0)
    if (rows.length >= GUESS_ROWS || characters > GUESS_CHARACTERS) break
  }
  return rows
}

async function* readTables(
  files: readonly NoteFile[],
  map: ImportMap | null,
  options: ReadOptions,
): AsyncGenerator<NoteIn> {
  // Every header is checked before the first row is given out.
  const tables: Array<{ table: Table; place: Places }> = []
  for (const file of files) {
    const table = await openTable(file.path, options.signal)
    tables.push({ table, place: placesIn(table, map ?? (await guessedMap(table, options.signal))) })
  }
  const { signal } = options
  const total = await bytesOf(files)
  let before = 0
  for (const { table, place } of tables) {
    let read = 0
    const onBytes = (bytes: number) => {
      read = bytes
      options.onProgress?.({ done: before + bytes, total, words: 'bytes read' })
    }
    for await (const row of table.rows({ onBytes, ...(signal ? { signal } : {}) })) {
      stopIfCancelled(signal)
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
  const find = (column: string | undefined): number => {
    if (column === undefined) return -1
    const index = table.columns.indexOf(column.trim())
    if (index !== -1) return index
    throw new Problem(
      'import-failed',
      `${basename(table.path)} has no column "${column}". Nothing was imported; there are: ${listed(table.columns)}.`,
    )
  }
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

function listed(columns: readonly string[]): string {
  const shown = columns.slice(0, 60).join(', ')
  return columns.length > 60 ? `${shown} and ${columns.length - 60} more` : shown
}

function noteOf({ row, cells }: TableRow, table: Table, place: Places): NoteIn {
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
  const problem = cellProblem(cells, table.columns.length) ?? noteProblem(note)
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

function noteProblem(note: NoteIn): string | null {
  const { text } = note
  if (text.trim() === '' || text.trim() === 'NULL') return 'empty text'
  if (text.length > MAX_TEXT_LENGTH) return 'text longer than 20,000,000 characters'
  const short = [note.id, note.caseId, note.date, note.title, ...Object.values(note.attributes)]
  if (text.includes('\0') || short.some((value) => value?.includes('\0'))) return 'contains NUL bytes'
  if (hasLoneSurrogate(text)) return 'contains half of a character'
  if ((note.id?.length ?? 0) > MAX_ID_LENGTH) return `note id longer than ${MAX_ID_LENGTH} characters`
  if ((note.caseId?.length ?? 0) > MAX_ID_LENGTH) return `case id longer than ${MAX_ID_LENGTH} characters`
  return null
}

async function previewTexts(files: readonly NoteFile[], options: ReadOptions): Promise<ImportPreview> {
  const rows: string[][] = []
  const encodings = new Set<string>()
  for (const file of files.slice(0, PREVIEW_ROWS)) {
    stopIfCancelled(options.signal)
    const { note, encoding } = await readText(file, 1)
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

async function* readTexts(files: readonly NoteFile[], options: ReadOptions): AsyncGenerator<NoteIn> {
  const nameOfId = new Map<string, string>()
  for (const [index, file] of files.entries()) {
    stopIfCancelled(options.signal)
    const { note } = await readText(file, index + 1)
    const other = nameOfId.get(file.id)
    if (other === undefined) nameOfId.set(file.id, note.source)
    else note.problem ??= `another file chosen has the same name (${other})`
    yield note
    options.onProgress?.({ done: index + 1, total: files.length, words: 'files read' })
  }
}

async function readText(file: NoteFile, row: number): Promise<{ note: NoteIn; encoding: string | null }> {
  const note: NoteIn = {
    row,
    source: basename(file.path),
    id: file.id,
    caseId: null,
    date: null,
    title: file.id.slice(file.id.lastIndexOf('/') + 1),
    text: '',
    attributes: {},
  }
  const refused = (problem: string) => ({ note: { ...note, problem }, encoding: null })
  try {
    const { size } = await fs.stat(file.path)
    if (size > MAX_TEXT_FILE_BYTES) return refused('text longer than 20,000,000 characters')
    const { text, encoding } = decodeText(await fs.readFile(file.path))
    note.text = toLf(text)
    const problem = noteProblem(note)
    return { note: problem === null ? note : { ...note, text: '', problem }, encoding }
  } catch (error) {
    // One bad file among hundreds is refused by itself and told; the others are still good.
    const problem = error instanceof Problem ? error : asProblem(readProblem(file.path, error))
    return refused(problem.message)
  }
}
