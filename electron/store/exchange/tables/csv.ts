/** Small tables in and out as CSV. */
import { parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import { Problem } from '../../../../shared/problem.ts'
import { decodeText } from '../decode.ts'
import { countOf, csvProblem, MAX_COLUMNS, sniffDelimiter, type TableRow } from '../notes/table.ts'

export type Cell = string | number | null

const MAX_TABLE_BYTES = 200_000_000
/** A table is held whole, and a cell or row takes many times the memory of the comma or line end that makes it. */
const MAX_TABLE_CELLS = 10_000_000
const MAX_TABLE_ROWS = 2_000_000
/** What a spreadsheet takes for the start of a formula, with the full-width forms it folds to ASCII. */
const FORMULA = /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/
const ESCAPED_FORMULA = /^'+[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/
const INTEGER = /^\d{1,15}$/

/**
 * A table as CSV: commas, LF, quotation marks only where needed. Text that a spreadsheet would run as a formula gets
 * an apostrophe in front; `readTable` takes it off again. `bom` puts the mark at the start that Excel needs to read
 * UTF-8.
 */
export function toCsv(
  header: readonly string[],
  rows: Iterable<readonly Cell[]>,
  options: { bom?: boolean } = {},
): string {
  const body = [header, ...rows].map((cells) => cells.map(doubleApostrophe))
  return stringify(body, { escape_formulas: true, bom: options.bom ?? false })
}

/** Cells as they stand in a row of `toCsv`, for rows that are too many to be kept. */
export const csvCells = (...cells: readonly string[]): string => toCsv(cells, []).slice(0, -1)

/** Text that already looks escaped is escaped once more, so that un-escaping always gives back what went in. */
const doubleApostrophe = (cell: Cell): Cell =>
  typeof cell === 'string' && ESCAPED_FORMULA.test(cell) ? `'${cell}` : cell

/** Takes off the apostrophe that keeps a spreadsheet from running a cell as a formula. */
export const unescapeFormula = (cell: string): string => (ESCAPED_FORMULA.test(cell) ? cell.slice(1) : cell)

/** True for text that a spreadsheet would run. */
export const looksLikeFormula = (cell: string): boolean => FORMULA.test(cell)

export type SmallTable = {
  /** Names as in the file, trimmed; compared in lower case. */
  columns: string[]
  rows: TableRow[]
}

/**
 * Reads a table that fits into memory: any encoding and usual delimiter, empty rows left out but counted. Where the
 * header begins as that of `ownHeader`, the table is of our own making (see `toCsv`) and the apostrophes before
 * formulas are taken off; in anybody else's an apostrophe is one. Left out, it is known to be. Throws Problem `import-failed` naming what is wrong with the header or the row; `what` is the
 * table's name in the sentence, e.g. "The codebook".
 */
export function readTable(bytes: Uint8Array, what: string, ownHeader: readonly string[] = []): SmallTable {
  if (bytes.byteLength > MAX_TABLE_BYTES) {
    throw new Problem('too-large', `${what} is larger than 200 MB. Nothing was imported.`)
  }
  const { text } = decodeText(bytes)
  const records = parseRecords(text, what)
  const start = records.findIndex((cells) => !isBlank(cells))
  if (start === -1) throw new Problem('import-failed', `${what} is empty. Nothing was imported.`)
  const header = (records[start] as string[]).map((cell) => cell.trim())
  const isOwn = ownHeader.every((column, index) => header[index]?.toLowerCase() === column)
  const textOf = isOwn ? unescapeFormula : (cell: string) => cell
  const columns = header.map((cell) => textOf(cell).trim())
  while (columns.at(-1) === '') columns.pop()
  checkColumns(columns, what)
  const rows: TableRow[] = []
  for (let i = start + 1; i < records.length; i++) {
    const cells = records[i] as string[]
    if (isBlank(cells)) continue
    if (!isBlank(cells.slice(columns.length))) {
      throw new Problem(
        'import-failed',
        `${what} has ${cells.length} cells in row ${i - start} where the header has ${columns.length}. Nothing was imported; check the quotation marks and commas of that row.`,
      )
    }
    rows.push({ row: i - start, cells: columns.map((_, index) => textOf(cells[index] ?? '')) })
  }
  return { columns, rows }
}

const isBlank = (cells: readonly string[]): boolean => cells.every((cell) => cell.trim() === '')

function parseRecords(text: string, what: string): string[][] {
  const delimiter = sniffDelimiter(text.slice(0, 131_072), false)
  const rows = Math.max(countOf(text, '\n'), countOf(text, '\r'))
  if (rows > MAX_TABLE_ROWS || rows + countOf(text, delimiter) > MAX_TABLE_CELLS)
    throw new Problem(
      'too-large',
      `${what} has more than 2 million rows or 10 million cells. Nothing was imported; split it.`,
    )
  try {
    return parse(text, {
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      relax_quotes: true,
    })
  } catch (error) {
    throw csvProblem(what, error)
  }
}

function checkColumns(columns: readonly string[], what: string): void {
  if (columns.length > MAX_COLUMNS) {
    throw new Problem('import-failed', `${what} has ${columns.length} columns. Nothing was imported.`)
  }
  const seen = new Set<string>()
  for (const column of columns) {
    const name = column.toLowerCase()
    if (name !== '' && seen.has(name)) {
      throw new Problem('import-failed', `${what} has two columns named "${column}". Nothing was imported.`)
    }
    seen.add(name)
  }
}

/** The columns that a table of codings begins with when it is written here; qualifiers follow. */
export const CODINGS_COLUMNS = [
  'note',
  'case',
  'coder',
  'code',
  'start',
  'end',
  'quote',
  'memo',
  'id',
  'created_at',
]

/** One row of a table of codings. */
export type CodingIn = {
  /** Data row from 1; empty rows are counted. */
  row: number
  note: string
  /** Name, path or id of a code; null: the coder saw the note and that is all. */
  code: string | null
  /** Half-open, in code points; null stands for the whole note. */
  span: { start: number; end: number } | null
  memo: string
  qualifiers: Record<string, string>
}

/**
 * Reads a table of codings: columns `note`, `code`, `start`, `end`, and if wanted `memo` and `qualifier.NAME`; case
 * of the names does not matter, except in NAME. Other columns (an export has more) are left out and named in
 * `ignored`. A row that cannot be meant throws Problem `import-failed` naming the row: half a codings file is worse than none.
 */
export function readCodingsCsv(bytes: Uint8Array): { rows: CodingIn[]; ignored: string[] } {
  const table = readTable(bytes, 'The table of codings', CODINGS_COLUMNS)
  const names = table.columns.map((column) => column.toLowerCase())
  const place = (name: string) => names.indexOf(name)
  for (const name of ['note', 'code']) {
    if (place(name) === -1) {
      throw new Problem(
        'import-failed',
        `The table of codings has no column "${name}". Nothing was changed; it needs note, code, start and end, and has ${table.columns.join(', ')}.`,
      )
    }
  }
  const qualifiers = table.columns.flatMap((column, index) =>
    /^qualifier\../i.test(column) ? [{ name: column.slice('qualifier.'.length).trim(), index }] : [],
  )
  const known = new Set(['note', 'code', 'start', 'end', 'memo'])
  const ignored = table.columns.filter(
    (column, index) =>
      column !== '' && !known.has(names[index] ?? '') && !qualifiers.some((one) => one.index === index),
  )
  const cell = (row: TableRow, name: string) => row.cells[place(name)] ?? ''
  const rows = table.rows.map((row): CodingIn => {
    const note = cell(row, 'note').trim()
    const code = cell(row, 'code').trim()
    const memo = cell(row, 'memo')
    if (note === '') throw wrongRow(row.row, 'has no note')
    if (memo.length > 20_000) throw wrongRow(row.row, 'has a memo longer than 20,000 characters')
    const span = spanIn(cell(row, 'start').trim(), cell(row, 'end').trim(), (what) => wrongRow(row.row, what))
    if (code === '' && span !== null) throw wrongRow(row.row, 'has a range but no code')
    const values = qualifiers.flatMap(({ name, index }) => {
      const value = (row.cells[index] ?? '').trim()
      return value === '' ? [] : [[name, value] as const]
    })
    return {
      row: row.row,
      note,
      code: code === '' ? null : code,
      span,
      memo,
      qualifiers: Object.fromEntries(values),
    }
  })
  return { rows, ignored }
}

/** A range of two cells, null where both are empty. @throws what `wrong` makes of the words */
export function spanIn(start: string, end: string, wrong: (what: string) => Problem): CodingIn['span'] {
  if (start === '' && end === '') return null
  if (start === '' || end === '') throw wrong('has only one of start and end')
  if (!INTEGER.test(start)) throw wrong(`has "${start.slice(0, 40)}" as start, which is not a whole number`)
  if (!INTEGER.test(end)) throw wrong(`has "${end.slice(0, 40)}" as end, which is not a whole number`)
  if (Number(start) >= Number(end)) throw wrong(`ends at ${end}, which is not after its start at ${start}`)
  return { start: Number(start), end: Number(end) }
}

const wrongRow = (row: number, what: string) =>
  new Problem(
    'import-failed',
    `Row ${row} of the table of codings ${what}. Nothing was changed; correct that row.`,
  )
