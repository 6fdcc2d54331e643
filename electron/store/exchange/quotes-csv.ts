import { type QuoteSheet, quoteTable } from './quotes-sheet.ts'
import { toCsv } from './table-csv.ts'

/** Quotes as CSV, with the mark that Excel needs to read UTF-8. */
export function quotesCsv(sheet: QuoteSheet): string {
  const { header, cells } = quoteTable(sheet)
  return toCsv(header, cells, { bom: true })
}
