/** What a table of notes is, and the delimited kind of it: any encoding, any usual delimiter, memory for one row. */
import { basename } from 'node:path'
import { pipeline, Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import type { CancelSignal } from '../../../../shared/cancel.ts'
import { visibleName } from '../../../../shared/names.ts'
import { Problem } from '../../../../shared/problem.ts'
import { decodeStream, detectEncoding, type Encoding, hasLoneSurrogate, toLf } from '../decode.ts'
import { titleRows } from '../tables/heading-rows.ts'
import { isKnownName } from './guess.ts'

/** With a `problem` the row cannot be read, and the cells are empty. */
export type TableRow = { row: number; cells: string[]; problem?: string }
export type Table = {
  path: string
  /** As a person calls it: `utf-8`, `windows-1252`, `xlsx`. */
  encoding: string
  columns: string[]
  /** The row of the file with the names of the columns, from 1, and the first rows of the file to choose it from. */
  heading: number
  heads: readonly FileRow[]
  /** What of the file is in no row, in words; complete once the rows have been read. */
  remarks(): string[]
  /** Of a workbook: the sheet the rows are from, and all sheets there are to choose from. */
  sheet?: string
  sheets?: string[]
  /**
   * The rows under the header. `row` counts from 1 and counts empty rows too, so that row 7 is line 8 of a
   * spreadsheet; the empty ones themselves are left out. Cells are as in the file, nothing trimmed.
   */
  rows(options?: { signal?: CancelSignal; onBytes?: (read: number) => void }): AsyncGenerator<TableRow>
}

/** A row by its number in the file, from 1. */
export type FileRow = { number: number; cells: string[] }
/** `heading` is the row that names the columns; when left out, the first that looks so. */
export type TableOptions = { signal?: CancelSignal; heading?: number; sheet?: string }

export const MAX_COLUMNS = 2_000
const DELIMITERS = [',', '\t', ';', '|']
const SNIFF_CHARACTERS = 131_072
/** A quotation mark that is never closed must not collect the rest of the file. */
const MAX_RECORD_BYTES = 100_000_000
/** So many cells no row of a table has, nor so many empty rows one after the other: a spreadsheet has room for a million. */
const MAX_RECORD_CELLS = 5_000_000
const MAX_EMPTY_ROWS = 2_000_000
/** Spreadsheets write and read this first line to name the delimiter. */
const SEP_LINE = /^sep=([,;|\t])\r?\n/i

/**
 * Opens a delimited table and reads its header. Throws Problem `file-not-found`, `file-unreadable` (encoding), and
 * `import-failed` for an empty file, columns of one name, or more than 2,000 columns.
 */
export async function openDelimited(
  path: string,
  { signal, heading: wanted }: TableOptions = {},
  onChecked?: (bytes: number) => void,
): Promise<Table> {
  const encoding = await detectEncoding(path, signal, onChecked)
  const head = await textHead(path, encoding)
  const sep = SEP_LINE.exec(head)
  const sample = sep ? head.slice(sep[0].length) : head
  const delimiter = sep?.[1] ?? sniffDelimiter(sample, path.toLowerCase().endsWith('.tsv'))
  const skip = sep ? sep[0].length : 0
  const records = (options: { signal?: CancelSignal; onBytes?: (read: number) => void } = {}) =>
    readRecords(path, delimiter, decodeStream(path, { encoding, ...options }), skip)
  const heads = await firstRecords(records(signal ? { signal } : {}))
  const heading = headingOf(path, heads, wanted)
  return {
    path,
    encoding,
    columns: checkedHeader(path, heading.cells),
    heading: heading.number,
    heads,
    remarks: () => titleRemarks(heads, heading.number),
    rows: (options = {}) => dataRows(records(options), heading.number),
  }
}

async function textHead(path: string, encoding: Encoding): Promise<string> {
  let head = ''
  for await (const piece of decodeStream(path, { encoding })) {
    head += piece
    if (head.length >= SNIFF_CHARACTERS) break
  }
  return head
}

async function* dataRows(records: AsyncGenerator<string[]>, heading: number): AsyncGenerator<TableRow> {
  let row = -heading
  for await (const cells of records) {
    row++
    if (row > 0 && !isBlank(cells)) yield { row, cells }
  }
}

/** True for a row without a word in it. */
export const isBlank = (cells: readonly string[]): boolean => cells.every((cell) => cell.trim() === '')

/** The first rows of a file that are not blank, as far down as its headings may stand. */
async function firstRecords(records: AsyncGenerator<string[]>): Promise<FileRow[]> {
  const rows: FileRow[] = []
  let number = 0
  for await (const cells of records) {
    number++
    if (!isBlank(cells)) rows.push({ number, cells })
    if (rows.length >= MOST_HEADS) break
  }
  return rows
}

/** As many rows as a person looks at to say which holds the headings. */
export const MOST_HEADS = 8

/** The row with the names of the columns: the one wanted, else the first that is no title over the table. */
export function headingOf(path: string, heads: readonly FileRow[], wanted: number | undefined): FileRow {
  const [first] = heads
  if (first === undefined) throw emptyTable(path)
  if (wanted === undefined) {
    const titles = titleRows(
      heads.map(({ cells }) => cells),
      isKnownName,
    )
    return heads[titles] ?? first
  }
  const found = heads.find(({ number }) => number === wanted)
  if (found) return found
  throw new Problem(
    'import-failed',
    `${basename(path)} has nothing in row ${wanted}, which was to hold the names of the columns. Nothing was imported; the first rows with something in them are ${heads.map(({ number }) => number).join(', ')}.`,
  )
}

/** Titles are left out of the notes, and said. */
export function titleRemarks(heads: readonly FileRow[], heading: number): string[] {
  const above = heads.filter(({ number }) => number < heading)
  const words = above.map(
    ({ cells }) =>
      `"${cells
        .filter((cell) => cell.trim() !== '')
        .join(' ')
        .slice(0, 80)}"`,
  )
  return above.length === 0 ? [] : [`above the headings and in no note: ${words.join(', ')}`]
}

export const emptyTable = (path: string) =>
  new Problem(
    'import-failed',
    `${basename(path)} is empty. Nothing was imported; choose a table with a row of column names and a row per note.`,
  )

/** The names of the columns, trimmed, with LF as line ends. Throws Problem `import-failed` where two are the same, or there are too many. */
export function checkedHeader(path: string, cells: readonly string[]): string[] {
  const name = basename(path)
  if (cells.length > MAX_COLUMNS) {
    throw new Problem(
      'import-failed',
      `${name} has ${cells.length} columns; at most ${MAX_COLUMNS} can be read. Nothing was imported; check that it is a table of notes with a row of column names.`,
    )
  }
  // Row numbers saved by statistics programs have no name over them.
  const columns = cells.map((cell, index) => toLf(cell).trim() || `column ${index + 1}`)
  const seen = new Set<string>()
  for (const column of columns) {
    if (column.includes('\0') || hasLoneSurrogate(column)) {
      throw new Problem(
        'import-failed',
        `${name} has a column name with a damaged character in it. Nothing was imported; rename that column.`,
      )
    }
    if (seen.has(column)) {
      throw new Problem(
        'import-failed',
        `${name} has two columns named "${visibleName(column)}". Nothing was imported; rename one of them.`,
      )
    }
    seen.add(column)
  }
  return columns
}

async function* readRecords(
  path: string,
  delimiter: string,
  pieces: AsyncGenerator<string>,
  skip: number,
): AsyncGenerator<string[]> {
  const cells = new CellCount(path, delimiter)
  const source = Readable.from(cells.over(withoutFirst(pieces, skip)))
  const parser = parse({
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    // SQL tools leave quotation marks inside unquoted cells as they are.
    relax_quotes: true,
    max_record_size: MAX_RECORD_BYTES,
  })
  // Failures of the source reach the loop below through the parser.
  pipeline(source, parser, () => {})
  try {
    for await (const record of parser) {
      cells.take(record as string[])
      yield record as string[]
    }
  } catch (error) {
    throw csvProblem(basename(path), error)
  } finally {
    parser.destroy()
    source.destroy()
  }
}

/**
 * Keeps an eye on what the parser does not: it counts the characters of a row without its delimiters, so that a line of
 * nothing else would grow until the process ends; and a file of empty rows would keep it busy for ever.
 */
class CellCount {
  readonly #path: string
  readonly #delimiter: string
  #delimiters = 0
  #rows = 0
  #emptyRows = 0

  constructor(path: string, delimiter: string) {
    this.#path = path
    this.#delimiter = delimiter
  }

  /** The pieces as they are, counted on their way into the parser. */
  async *over(pieces: AsyncGenerator<string>): AsyncGenerator<string> {
    for await (const piece of pieces) {
      this.#delimiters += countOf(piece, this.#delimiter)
      if (this.#delimiters > MAX_RECORD_CELLS) throw this.#tooMany('5,000,000 cells in a row')
      yield piece
    }
  }

  /** Hears of each row that comes out of the parser. */
  take(cells: readonly string[]): void {
    this.#delimiters = 0
    this.#rows++
    this.#emptyRows = isBlank(cells) ? this.#emptyRows + 1 : 0
    if (this.#emptyRows > MAX_EMPTY_ROWS) throw this.#tooMany('2,000,000 empty rows one after the other')
  }

  #tooMany(what: string): Problem {
    const where = this.#rows === 0 ? 'in the header' : `after row ${this.#rows}`
    return new Problem(
      'import-failed',
      `${basename(this.#path)} has more than ${what} (${where}). Nothing was imported; check that it is a table with a row for each note.`,
    )
  }
}

/** How often a character stands in a text. */
export function countOf(text: string, character: string): number {
  let count = 0
  for (let at = text.indexOf(character); at !== -1; at = text.indexOf(character, at + 1)) count++
  return count
}

async function* withoutFirst(pieces: AsyncGenerator<string>, count: number): AsyncGenerator<string> {
  let left = count
  for await (const piece of pieces) {
    const text = left > 0 ? piece.slice(left) : piece
    left = Math.max(0, left - piece.length)
    if (text !== '') yield text
  }
}

/** The Problem for what the parser throws; anything else is passed on as it is. */
export function csvProblem(name: string, error: unknown): unknown {
  if (!(error instanceof CsvError)) return error
  const { records } = error as unknown as { records?: number }
  const where = typeof records === 'number' && records > 0 ? `in row ${records}` : 'in the header'
  if (error.code === 'CSV_MAX_RECORD_SIZE') {
    return new Problem(
      'import-failed',
      `${name} has more than 100 million characters ${where}, or a quotation mark there that is never closed. Nothing was imported; check that it has a line for each note, and repair that row.`,
      { cause: error },
    )
  }
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') {
    return new Problem(
      'import-failed',
      `${name} has a quotation mark ${where} that is never closed, or is cut short there. Nothing was imported; export the file again, or repair that row.`,
      { cause: error },
    )
  }
  return new Problem(
    'import-failed',
    `${name} is not a well-formed table ${where}. Nothing was imported; export it again as CSV.`,
    { cause: error },
  )
}

/**
 * The delimiter under which most rows of `sample` have as many cells as the first; ties go to the one with more
 * cells. A table of one column counts as comma-separated.
 */
export function sniffDelimiter(sample: string, prefersTab: boolean): string {
  const candidates = prefersTab ? ['\t', ...DELIMITERS] : DELIMITERS
  // A title over the table has one cell under every delimiter.
  for (let rest = sample, lines = 0; lines < MOST_HEADS; lines++) {
    const best = bestDelimiter(rest, candidates)
    if (best !== null) return best
    const end = rest.search(/[\r\n]/)
    if (end === -1) break
    rest = rest.slice(end).trimStart()
  }
  return prefersTab ? '\t' : ','
}

function bestDelimiter(sample: string, candidates: readonly string[]): string | null {
  let best: string | null = null
  let bestScore = 0
  for (const delimiter of candidates) {
    const counts = cellCounts(sample, delimiter)
    const first = counts[0] ?? 1
    if (first < 2) continue
    const alike = counts.filter((count) => count === first).length / counts.length
    const score = alike + Math.min(first, 1_000) / 10_000
    if (score > bestScore) {
      best = delimiter
      bestScore = score
    }
  }
  return best
}

/** Cells per row of the sample's complete rows, quotation marks heeded; blank lines are left out. */
function cellCounts(sample: string, delimiter: string): number[] {
  const counts: number[] = []
  let cells = 1
  let isQuoted = false
  let cellStart = 0
  let rowStart = 0
  for (let i = 0; i < sample.length && counts.length < 200; i++) {
    const character = sample[i]
    if (character === '"') {
      if (isQuoted) isQuoted = false
      else if (i === cellStart || sample[i - 1] === '"') isQuoted = true
    } else if (isQuoted) {
      // Inside quotation marks delimiters and line ends are text.
    } else if (character === delimiter) {
      cells++
      cellStart = i + 1
    } else if (character === '\n' || character === '\r') {
      if (i > rowStart) counts.push(cells)
      cells = 1
      cellStart = rowStart = i + 1
    }
  }
  if (counts.length === 0) counts.push(cells)
  return counts
}
