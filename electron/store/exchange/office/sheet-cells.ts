/** What a spreadsheet stores in a cell, as the text a person sees there. Source: ECMA-376 part 1, 18.8.30 and 18.18. */

/** How the numbers of a cell are shown: plain, as a moment, as hours run, or filled up with zeros to a width. */
export type NumberStyle = 'plain' | 'date' | 'time' | 'datetime' | 'elapsed' | { width: number }

const DAY_MS = 86_400_000
/** 9999-12-31, the last day a spreadsheet shows. */
const LAST_DAY = 2_958_465
const ESCAPE = /_x([0-9A-Fa-f]{4})_/g

/** The formats that have a number instead of a pattern; those not named here are plain. */
const BUILT_IN = new Map<number, NumberStyle>([
  ...numbers(14, 17, 'date'),
  ...numbers(18, 21, 'time'),
  [22, 'datetime'],
  ...numbers(27, 31, 'date'),
  ...numbers(32, 33, 'time'),
  ...numbers(34, 36, 'date'),
  ...numbers(45, 47, 'time'),
  [46, 'elapsed'],
  ...numbers(50, 54, 'date'),
  ...numbers(55, 56, 'time'),
  ...numbers(57, 58, 'date'),
])

function numbers(from: number, to: number, style: NumberStyle): Array<[number, NumberStyle]> {
  return Array.from({ length: to - from + 1 }, (_, index) => [from + index, style])
}

export const builtInStyle = (id: number): NumberStyle => BUILT_IN.get(id) ?? 'plain'

/** The style that a format's pattern means, e.g. `dd/mm/yyyy hh:mm` or `000000`. */
export function styleOfPattern(pattern: string): NumberStyle {
  const section = pattern
    .slice(0, 1_000)
    .replace(/"[^"]*"?|[\\_*]./g, '')
    .split(';', 1)[0] as string
  if (/\[[hms]+\]/i.test(section)) return 'elapsed'
  const bare = section.replace(/\[[^\]]*\]|am\/pm|a\/p/gi, '').toLowerCase()
  if (/^0{2,}$/.test(bare)) return { width: bare.length }
  if (bare.includes('general')) return 'plain'
  const hasTime = /[hs]/.test(bare)
  // An m alone is a month; beside hours or seconds it is minutes.
  const hasDate = /[dy]/.test(bare) || (bare.includes('m') && !hasTime)
  return hasDate ? (hasTime ? 'datetime' : 'date') : hasTime ? 'time' : 'plain'
}

/** A stored number as text; `is1904` says which of the two calendars the workbook counts its days in. */
export function numberText(value: string, style: NumberStyle, is1904: boolean): string {
  const trimmed = value.trim()
  const number = Number(trimmed)
  if (trimmed === '' || !Number.isFinite(number)) return value
  if (typeof style === 'object') {
    const plain = plainNumber(trimmed, number)
    return /^\d+$/.test(plain) ? plain.padStart(style.width, '0') : plain
  }
  if (style === 'plain' || number < 0 || number > LAST_DAY + 1) return plainNumber(trimmed, number)
  return momentText(number, style, is1904)
}

/** Whole numbers are kept to the last digit, as they are often ids; others to the 15 digits a spreadsheet shows. */
function plainNumber(value: string, number: number): string {
  if (/^-?(?:0|[1-9]\d*)$/.test(value)) return value
  return String(Number(number.toPrecision(15)))
}

function momentText(
  serial: number,
  style: 'date' | 'time' | 'datetime' | 'elapsed',
  is1904: boolean,
): string {
  // To the millisecond, so that 14:30 stored as 0.6041666666 is not 14:29; seconds are then cut, never rounded up.
  const milliseconds = Math.round(serial * DAY_MS)
  const days = Math.floor(milliseconds / DAY_MS)
  const seconds = Math.floor((milliseconds % DAY_MS) / 1_000)
  if (style === 'elapsed') return clock(days * 86_400 + seconds)
  if (style === 'time') return clock(seconds)
  // A time of day alone has no date.
  if (days === 0 && !is1904) return seconds === 0 ? plainNumber(String(serial), serial) : clock(seconds)
  const date = dayText(days, is1904)
  return style === 'date' || seconds === 0 ? date : `${date}T${clock(seconds)}`
}

function dayText(days: number, is1904: boolean): string {
  // The 1900 calendar has a 29 February that never was; days before it count from one day later.
  if (!is1904 && days === 60) return '1900-02-29'
  const epoch = is1904 ? Date.UTC(1904, 0, 1) : days < 60 ? Date.UTC(1899, 11, 31) : Date.UTC(1899, 11, 30)
  return new Date(epoch + days * DAY_MS).toISOString().slice(0, 10)
}

function clock(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const rest = seconds % 60
  const minutes = `${two(Math.floor(seconds / 3_600))}:${two(Math.floor(seconds / 60) % 60)}`
  return rest === 0 ? minutes : `${minutes}:${two(rest)}`
}

/** Text of a cell, its escapes undone: characters that XML cannot hold are stored as `_x000D_`. */
export const unescapeCell = (text: string): string =>
  text.includes('_x')
    ? text.replace(ESCAPE, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text

/** The number of the column in a cell's name from 0, or -1: `A1` is 0, `AB12` is 27. */
export function columnOf(reference: string): number {
  let column = 0
  for (let i = 0; i < reference.length && i < 8; i++) {
    const code = reference.charCodeAt(i) & ~0x20
    if (code < 65 || code > 90) break
    column = column * 26 + code - 64
  }
  return column - 1
}
