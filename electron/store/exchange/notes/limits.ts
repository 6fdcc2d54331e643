/** A note as a file gives it, and what it must be to become one of the project. */
import { Problem } from '../../../../shared/problem.ts'
import { hasLoneSurrogate, toLf } from '../decode.ts'

/** One note as a file gives it. With a `problem` the row is refused, and the other fields say what is known. */
export type NoteIn = {
  /** Row of the table from 1 (header not counted, empty rows counted), or number of the single file from 1. */
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
  /** Why the row is no note but a heading, a total and the like. */
  leftOut?: string
  /** Says something of the whole file; there is no note, and `row` is 0. */
  remark?: string
  /** What of the source is not in the text, or is doubtful, though the note is taken. */
  warning?: string
}

export const MAX_TEXT_LENGTH = 20_000_000
const MAX_ID_LENGTH = 400
const TEXT_TOO_LONG = 'text longer than 20,000,000 characters'
/** What a spreadsheet shows where it could not work a cell out, and then exports in place of the text. */
const SHEET_ERROR = /^#(?:NAME\?|VALUE!|REF!|DIV\/0!|NULL!|NUM!|N\/A)$/

/** For readers that find out while they read. */
export const textTooLong = () => new Problem('too-large', TEXT_TOO_LONG)

/** What Excel puts into one cell at most; longer texts are cut there without a word. */
const SHEET_CELL = 32_767

/** A text that is exactly as long as a cell of a spreadsheet can be ended somewhere else once. */
export const isProbablyCut = (cell: string): boolean =>
  cell.length >= SHEET_CELL && (cell.length === SHEET_CELL || toLf(cell).length === SHEET_CELL)

export const PROBABLY_CUT =
  'exactly 32,767 characters long, as much as a cell of Excel can hold, and probably cut'

/** Why a note cannot be taken, or null. */
export function noteProblem(note: NoteIn): string | null {
  const { text } = note
  const trimmed = text.trim()
  if (trimmed === '' || trimmed === 'NULL') return 'empty text'
  if (SHEET_ERROR.test(trimmed)) return `the spreadsheet shows ${trimmed} in place of the text`
  if (text.length > MAX_TEXT_LENGTH) return TEXT_TOO_LONG
  const values = [text, note.id, note.caseId, note.date, note.title, ...Object.values(note.attributes)]
  if (values.some((value) => value?.includes('\0'))) return 'contains NUL bytes'
  if (values.some((value) => value !== null && hasLoneSurrogate(value))) return 'contains half of a character'
  if ((note.id?.length ?? 0) > MAX_ID_LENGTH) return `note id longer than ${MAX_ID_LENGTH} characters`
  if ((note.caseId?.length ?? 0) > MAX_ID_LENGTH) return `case id longer than ${MAX_ID_LENGTH} characters`
  return null
}
