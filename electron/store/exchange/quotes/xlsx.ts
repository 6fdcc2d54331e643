import { toXlsx, type WorkbookFile } from '../tables/xlsx.ts'
import { type QuoteSheet, quoteTable } from './sheet.ts'

const WIDTHS: Readonly<Record<string, number>> = {
  segment: 9,
  case: 12,
  note: 14,
  title: 30,
  date: 12,
  code: 30,
  coder: 14,
  start: 8,
  end: 8,
  whole_note: 11,
  quote: 70,
  memo: 40,
}

/** Quotes as a workbook of one sheet. */
export function quotesXlsx(sheet: QuoteSheet): Promise<WorkbookFile> {
  const { header, cells } = quoteTable(sheet)
  const columns = header.map((name) => ({ name, width: WIDTHS[name] ?? 18 }))
  return toXlsx('Quotes', columns, cells)
}
