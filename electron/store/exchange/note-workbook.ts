/** A sheet of a workbook as a table of notes. */
import { basename } from 'node:path'
import type { CancelSignal } from '../../../shared/cancel.ts'
import { findByName, visibleName } from '../../../shared/names.ts'
import { Problem } from '../../../shared/problem.ts'
import { checkedHeader, emptyTable, isBlank, type Table, type TableRow } from './note-table.ts'
import { type Sheet, type SheetRow, Workbook } from './workbook.ts'

/**
 * Opens a workbook at the sheet called `sheet`, or at the first one a person sees that has a row under its header.
 * The header is the first row with something in it. Throws Problem `file-not-found`, `file-unreadable`, `too-large`,
 * and `import-failed` for a workbook without rows, a sheet that is not there, or a header that cannot be used.
 */
export async function openWorkbookTable(
  path: string,
  options: { sheet?: string; signal?: CancelSignal } = {},
): Promise<Table> {
  const book = await Workbook.open(path)
  try {
    const { sheet, header } = await chooseSheet(path, book, options)
    const columns = checkedHeader(path, withoutEmptyEnd(header.cells))
    return {
      path,
      encoding: 'xlsx',
      columns,
      sheet: sheet.name,
      sheets: book.sheets.map(({ name }) => name),
      rows: (options = {}) => dataRows(path, sheet, header.number, columns.length, options),
    }
  } finally {
    book.close()
  }
}

type Chosen = { sheet: Sheet; header: SheetRow }

async function chooseSheet(
  path: string,
  book: Workbook,
  { sheet: wanted, signal }: { sheet?: string; signal?: CancelSignal },
): Promise<Chosen> {
  const sheets = wanted === undefined ? book.sheets : [sheetNamed(path, book, wanted)]
  let onlyHeader: Chosen | null = null
  for (const sheet of sheets) {
    const [header, first] = await firstRows(book, sheet, signal)
    if (header && first) return { sheet, header }
    if (header) onlyHeader ??= { sheet, header }
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
    if (rows.length === 2) break
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
): AsyncGenerator<TableRow> {
  const book = await Workbook.open(path)
  try {
    const onPart = onBytes && ((part: number) => onBytes(Math.floor(part * book.bytes)))
    const options = { width, ...(signal ? { signal } : {}), ...(onPart ? { onPart } : {}) }
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
