/**
 * Rows of a table that are no notes: further rows of headings as survey programs write them, units, the header over
 * again, totals. Each is only taken for that on evidence no note gives, and is always said.
 */
import { sameName } from '../../../../shared/names.ts'

/** Further headings stand right under the first. */
export const MOST_HEADING_ROWS = 4

/** Qualtrics: `{"ImportId":"QID1"}` in every cell. */
const IMPORT_ID = /^\{\s*"ImportId"\s*:/
/** SurveyMonkey: what kind of answer a column holds. */
const ANSWER_KINDS = new Set(['response', 'open-ended response', 'other (please specify)'])
/** A type, a unit or a format, alone or in brackets. */
const UNIT =
  /^[([]?(?:text|free text|string|n?varchar2?(?:\(\w+\))?|char(?:\(\d+\))?|int(?:eger)?|number|numeric|float|date(?:time)?|[dmy]{1,4}[-/.][dmy]{1,4}[-/.][dmy]{1,4}|years?|months?|weeks?|days?|hours?|minutes?|%|percent|bool(?:ean)?|yes\/no|y\/n|categor(?:y|ical)|-|n\/a)[)\]]?$/i
const TOTAL =
  /^(?:(?:grand|sub)[ -]?)?totals?(?: general| général)?:?$|^(?:gesamt|summe|gesamtsumme|insgesamt|suma|somme):?$/i
const NUMBER = /^-?[\d., {2}]+%?$/

/**
 * Why each of the first rows under the header is one of headings, by its place in `rows`; rows that are none are not
 * in it. `rows` are the first few as they stand.
 */
export function furtherHeadings(
  columns: readonly string[],
  rows: ReadonlyArray<readonly string[]>,
): Map<number, string> {
  const found = new Map<number, string>()
  const first = rows.slice(0, MOST_HEADING_ROWS)
  const ids = first.findIndex(
    (row) => filled(row).length > 0 && filled(row).every((cell) => IMPORT_ID.test(cell)),
  )
  for (let at = 0; at <= ids; at++)
    found.set(
      at,
      at === ids
        ? 'the import ids of a survey, under its headings'
        : 'the wording of questions, under the headings of a survey',
    )
  const [under] = first
  if (under === undefined || found.has(0)) return found
  const cells = filled(under).map((cell) => cell.toLowerCase())
  if (cells.length > 0 && cells.every((cell) => ANSWER_KINDS.has(cell)))
    found.set(0, 'the kinds of answer, under the headings of a survey')
  else if (cells.length > 1 && cells.length * 2 > columns.length && cells.every((cell) => UNIT.test(cell)))
    found.set(0, 'units or kinds of value, under the headings')
  return found
}

/** Why a row, wherever it stands, is no note; null where nothing says so. `text` is the cell of the text. */
export function notANote(columns: readonly string[], cells: readonly string[], text: string): string | null {
  const isHeader =
    columns.length > 1 && columns.every((column, index) => sameName(column, cells[index] ?? ''))
  if (isHeader) return 'the headings again'
  const [first = '', ...others] = filled(cells)
  const isTotal = TOTAL.test(first) && others.length > 0 && others.every((cell) => NUMBER.test(cell))
  return isTotal && (text.trim() === '' || NUMBER.test(text.trim())) ? 'a row of totals' : null
}

const filled = (cells: readonly string[]): string[] =>
  cells.map((cell) => cell.trim()).filter((cell) => cell !== '')

/**
 * How many of the first rows are a title over the table rather than its header: rows with one cell at their start,
 * over a row that has a column of a kind every table of notes has. `isKnown` tells such a name.
 */
export function titleRows(
  rows: ReadonlyArray<readonly string[]>,
  isKnown: (name: string) => boolean,
): number {
  const isTitle = (cells: readonly string[]) =>
    filled(cells).length === 1 && (cells[0] ?? '').trim() !== '' && !isKnown(cells[0] ?? '')
  let titles = 0
  while (titles < rows.length && isTitle(rows[titles] ?? [])) titles++
  const header = rows[titles]
  if (titles === 0 || header === undefined) return 0
  const names = filled(header)
  return names.length > 1 &&
    names.some(isKnown) &&
    names.every((name) => name.length <= 200 && !NUMBER.test(name))
    ? titles
    : 0
}
