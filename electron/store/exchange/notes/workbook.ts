/** A sheet of a workbook as a table of notes. */
import { basename } from 'node:path'
import type { CancelSignal } from '../../../../shared/cancel.ts'
import { findByName, visibleName } from '../../../../shared/names.ts'
import { Problem } from '../../../../shared/problem.ts'
import { type Sheet, type SheetRow, Workbook } from '../office/workbook.ts'
import {
  checkedHeader,
  emptyTable,
  headingOf,
  isBlank,
  MOST_HEADS,
  type Table,
  type TableOptions,
  type TableRow,
  titleRemarks,
} from './table.ts'

/**
 * Opens a workbook at the sheet called `sheet`, or at the first one a person sees that has a row under its header.
 * The header is the first row with something in it. Throws Problem `file-not-found`, `file-unreadable`, `too-large`,
 * and `import-failed` for a workbook without rows, a sheet that is not there, or a header that cannot be used.
 */
export async function openWorkbookTable(path: string, options: TableOptions = {}): Promise<Table> {
  const book = await Workbook.open(path)
  try {
    const { sheet, heads } = await chooseSheet(path, book, options)
    const header = headingOf(path, heads, options.heading)
    const columns = checkedHeader(path, withoutEmptyEnd(header.cells))
    const beyond = { cells: 0 }
    const said = [
      ...titleRemarks(heads, header.number),
      ...(await sheetRemarks(book, sheet, options.sheet === undefined)),
    ]
    return {
      path,
      encoding: 'xlsx',
      columns,
      heading: header.number,
      heads,
      remarks: () => [...said, ...beyondRemarks(beyond.cells)],
      sheet: sheet.name,
      sheets: book.sheets.map(({ name }) => name),
      rows: (options = {}) => {
        beyond.cells = 0
        return dataRows(path, sheet, header.number, columns.length, options, () => {
          beyond.cells++
        })
      },
    }
  } finally {
    book.close()
  }
}

/** What of the workbook is in no row of the sheet. */
async function sheetRemarks(book: Workbook, sheet: Sheet, isOwnChoice: boolean): Promise<string[]> {
  const others = isOwnChoice ? book.sheets.filter((each) => each !== sheet).map(({ name }) => name) : []
  const named = (sheets: readonly string[]) =>
    sheets.slice(0, 20).map(visibleName).join(', ') +
    (sheets.length > 20 ? ` and ${sheets.length - 20} more` : '')
  const tally = await book.besides(sheet)
  return [
    ...(others.length > 0 ? [`sheets that were not read: ${named(others)}`] : []),
    ...(book.hidden.length > 0 ? [`hidden sheets that were not read: ${named(book.hidden)}`] : []),
    ...(tally.warning === undefined ? [] : [tally.warning]),
  ]
}

const beyondRemarks = (cells: number): string[] =>
  cells === 0
    ? []
    : [
        `${cells.toLocaleString('en-GB')} ${cells === 1 ? 'cell' : 'cells'} right of the last heading ${cells === 1 ? 'is' : 'are'} in no note`,
      ]

type Chosen = { sheet: Sheet; heads: SheetRow[] }

async function chooseSheet(
  path: string,
  book: Workbook,
  { sheet: wanted, signal }: TableOptions,
): Promise<Chosen> {
  const sheets = wanted === undefined ? book.sheets : [sheetNamed(path, book, wanted)]
  let onlyHeader: Chosen | null = null
  for (const sheet of sheets) {
    const heads = await firstRows(book, sheet, signal)
    if (heads.length > 1) return { sheet, heads }
    if (heads.length > 0) onlyHeader ??= { sheet, heads }
  }
  if (onlyHeader) return onlyHeader
  throw emptyTable(path)
}

function sheetNamed(path: string, { sheets }: Workbook, wanted: string): Sheet {
  const found = findByName(wanted, sheets, ({ name }) => name)
  if (found.kind === 'found') return found.item
  const there = sheets.map(({ name }) => visibleName(name)).join(', ')
  throw new Problem(
    'import-failed',
    `${basename(path)} has ${found.kind === 'none' ? 'no sheet' : 'several sheets that could be'} "${visibleName(wanted)}". Nothing was imported; there are: ${there}.`,
  )
}

async function firstRows(
  book: Workbook,
  sheet: Sheet,
  signal: CancelSignal | undefined,
): Promise<SheetRow[]> {
  const rows: SheetRow[] = []
  for await (const row of book.rows(sheet, signal ? { signal } : {})) {
    if (isBlank(row.cells)) continue
    rows.push(row)
    if (rows.length === MOST_HEADS) break
  }
  return rows
}

/** Cells that were filled once stay behind as empty ones at the end of a header. */
function withoutEmptyEnd(cells: readonly string[]): string[] {
  return cells.slice(0, cells.findLastIndex((cell) => cell.trim() !== '') + 1)
}

async function* dataRows(
  path: string,
  sheet: Sheet,
  headerNumber: number,
  width: number,
  { signal, onBytes }: { signal?: CancelSignal; onBytes?: (read: number) => void },
  onCellBeyond: () => void,
): AsyncGenerator<TableRow> {
  const book = await Workbook.open(path)
  try {
    const onPart = onBytes && ((part: number) => onBytes(Math.floor(part * book.bytes)))
    const onBeyond = (row: number) => {
      if (row > headerNumber) onCellBeyond()
    }
    const options = { width, onBeyond, ...(signal ? { signal } : {}), ...(onPart ? { onPart } : {}) }
    for await (const { number, cells } of book.rows(sheet, options)) {
      if (number <= headerNumber || isBlank(cells)) continue
      // Cells right of the header are remarks under no name; no cell can slip into another column here.
      while (cells.length < width) cells.push('')
      yield { row: number - headerNumber, cells }
    }
    onBytes?.(book.bytes)
  } finally {
    book.close()
  }
}
