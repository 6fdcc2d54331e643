import { toCsv } from '../tables/csv.ts'
import { type QuoteSheet, quoteTable } from './sheet.ts'

/** Quotes as CSV, with the mark that Excel needs to read UTF-8. */
export function quotesCsv(sheet: QuoteSheet): string {
  const { header, cells } = quoteTable(sheet)
  return toCsv(header, cells, { bom: true })
}
