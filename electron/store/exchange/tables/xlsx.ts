/** Tables as workbooks. Every cell of text is text: nothing in it can run as a formula. */
import writeExcelFile from 'write-excel-file/node'
import { TextPen } from '../office/xml-text.ts'
import type { Cell } from './csv.ts'

/** What a cell of a workbook can hold. */
const MOST_CHARACTERS = 32_767

/**
 * The writer keeps its texts in a plain object and loses those called like its own members ("constructor"): a blank
 * behind them keeps them, and every reader takes it for the same word.
 */
const whole = (text: string): string => (text in Object.prototype ? `${text} ` : text)

/**
 * What the writer leaves out without a word though a cell can hold it, and what would be read as an escape. Written as
 * `_xFFFD_`, every reader takes it for the character (ECMA-376 part 1, 22.9.2.19, ST_Xstring).
 */
const ESCAPED = /[\u007f-\u0084\u0086-\u009f\ufffd]|\p{Noncharacter_Code_Point}|_(?=x[0-9A-Fa-f]{4}_)/gu
const escapedUnit = (unit: string): string =>
  `_x${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`
const escaped = (text: string): string =>
  text.replace(ESCAPED, (found) => found.split('').map(escapedUnit).join(''))

/** A sheet to be: the names of its columns stand in a bold header that stays in view. */
export type SheetIn = {
  name: string
  columns: ReadonlyArray<{ name: string; width: number }>
  rows: Iterable<readonly Cell[]>
}

/** `cut` and `leftOut`: how many texts were longer than a cell, and how many characters no cell can hold. */
export type WorkbookFile = { bytes: Buffer; cut: number; leftOut: number }

/** One sheet, as `toWorkbook`. */
export const toXlsx = (
  name: string,
  columns: SheetIn['columns'],
  rows: SheetIn['rows'],
): Promise<WorkbookFile> => toWorkbook([{ name, columns, rows }])

/** Sheets as the bytes of an .xlsx file. Texts longer than a cell can hold are cut. */
export async function toWorkbook(sheets: readonly SheetIn[]): Promise<WorkbookFile> {
  let cut = 0
  const pen = new TextPen()
  const toCell = (value: Cell) => {
    if (value === null || value === '') return null
    if (typeof value === 'number') return { value, type: Number }
    const text = pen.text(value)
    if (text.length > MOST_CHARACTERS) cut++
    return {
      value: whole(escaped(text.slice(0, MOST_CHARACTERS))),
      type: String,
      wrap: true,
      alignVertical: 'top' as const,
    }
  }
  const file = writeExcelFile(
    sheets.map(({ name, columns, rows }) => ({
      data: [
        columns.map((column) => ({
          value: escaped(pen.text(column.name)),
          type: String,
          fontWeight: 'bold' as const,
        })),
        ...[...rows].map((cells) => cells.map(toCell)),
      ],
      sheet: name.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31),
      columns: columns.map(({ width }) => ({ width })),
      stickyRowsCount: 1,
    })),
  )
  return { bytes: await file.toBuffer(), cut, leftOut: pen.leftOut }
}
