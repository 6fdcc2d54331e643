/** Dates as clinical systems export them, made comparable; and as people print them. */

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const TIME = String.raw`(?:[T ,]\s*\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?\s*(?:[AaPp]\.?[Mm]\.?)?\s*(?:Z|[+-]\d{2}:?\d{2})?)?`
const ISO = new RegExp(`^(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})${TIME}$`)
const BRITISH = new RegExp(`^(\\d{1,2})[-/.](\\d{1,2})[-/.](\\d{4})${TIME}$`)
const WORDED = new RegExp(`^(\\d{1,2})(?:st|nd|rd|th)?[- ]([A-Za-z]{3,9})\\.?,?[- ](\\d{4})${TIME}$`)

/** `2026-11-22` as "22 November 2026". */
export const longDate = (iso: string): string =>
  new Date(iso).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  })

/**
 * The calendar day in `cell` as `yyyy-mm-dd`, or null where it is not certain. Understood: `2020-09-01`,
 * `01/09/2020` in British order, `1 September 2020`, `01-Sep-2020`, each with or without a time of day, and the
 * blurred form `[01-09-2020]` of de-identified notes. Two-digit years and days that do not exist give null.
 */
export function toIsoDate(cell: string): string | null {
  const parts = partsOf(cell)
  return parts && day(...parts)
}

/** True of a cell that has all parts of a date, in numbers or with a month's name, but names no day there is. */
export function isNoDay(cell: string): boolean {
  const parts = partsOf(cell)
  return parts !== null && day(...parts) === null
}

/** Year, month and day as the cell has them. */
function partsOf(cell: string): [string | undefined, string | undefined, string | undefined] | null {
  let text = cell.trim()
  // A date is short; the bound also keeps the patterns off long cells.
  if (text.length < 8 || text.length > 60) return null
  if (text.startsWith('[') && text.endsWith(']')) text = text.slice(1, -1).trim()
  const iso = ISO.exec(text)
  if (iso) return [iso[1], iso[2], iso[3]]
  const british = BRITISH.exec(text)
  if (british) return [british[3], british[2], british[1]]
  const worded = WORDED.exec(text)
  if (!worded) return null
  const month = monthNumber((worded[2] as string).toLowerCase())
  return month === 0 ? null : [worded[3], String(month), worded[1]]
}

const FULL_MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
]

const monthNumber = (name: string): number =>
  Math.max(FULL_MONTHS.indexOf(name), MONTHS.indexOf(name === 'sept' ? 'sep' : name)) + 1

function day(year = '', month = '', dayOfMonth = ''): string | null {
  const [y, m, d] = [Number(year), Number(month), Number(dayOfMonth)]
  const lastDay = m === 2 ? (isLeap(y) ? 29 : 28) : [4, 6, 9, 11].includes(m) ? 30 : 31
  if (y < 1 || m < 1 || m > 12 || d < 1 || d > lastDay) return null
  return `${year}-${month.padStart(2, '0')}-${dayOfMonth.padStart(2, '0')}`
}

const isLeap = (year: number) => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
