/** Capitalised words and what stands around them: the places where names can begin. */

const OTHER = 0
const LETTER = 1
const CAPITAL = 2
const DIGIT = 3

/** What each character is, up to the general punctuation: one look into a table costs less than any pattern. */
const KINDS = Uint8Array.from({ length: 0x2000 }, (_, code) => {
  const character = String.fromCharCode(code)
  if (character === '_' || /\p{N}/u.test(character)) return DIGIT
  if (/\p{Lu}/u.test(character)) return CAPITAL
  return /[\p{L}\p{M}]/u.test(character) ? LETTER : OTHER
})

const kindOf = (code: number): number => (code < 0x2000 ? (KINDS[code] as number) : OTHER)

/** Letters, marks on them, digits and the underscore. Not a number (beyond the text's end) is none. */
export const isWordCode = (code: number): boolean => kindOf(code) !== OTHER

export const isCapital = (text: string, at: number): boolean => kindOf(text.charCodeAt(at)) === CAPITAL

/**
 * Starts and ends, by turns, of the runs of letters that begin with a capital; a run behind a hyphen or an
 * apostrophe belongs to the word before ("Anne-Marie", "O'Brien"; not "al-Hassan") and one with digits is a code.
 */
export function capitalWords(text: string): number[] {
  const places: number[] = []
  const { length } = text
  let at = 0
  let latest = 0
  while (at < length) {
    const kind = kindOf(text.charCodeAt(at))
    const start = at++
    if (kind === OTHER) continue
    const prior = latest
    latest = start
    let hasDigit = kind === DIGIT
    for (let next = 0; at < length; at++) {
      next = kindOf(text.charCodeAt(at))
      if (next === OTHER) break
      if (next === DIGIT) hasDigit = true
    }
    if (kind !== CAPITAL || hasDigit) continue
    const before = text.charCodeAt(start - 1)
    const isJoined =
      (before === 0x2d || before === 0x27 || before === 0x2019 || before === 0x40) &&
      start > 1 &&
      isWordCode(text.charCodeAt(start - 2)) &&
      !(before === 0x2d && /^(?:al|el|ul|as|an)$/.test(text.slice(prior, start - 1)))
    if (!isJoined) places.push(start, at)
  }
  return places
}

export const isBlank = (code: number): boolean => code === 32 || code === 0xa0

/** The word that ends one space before `start`, at most 20 characters of it; empty when something else is there. */
export function wordBefore(text: string, start: number): string {
  if (!isBlank(text.charCodeAt(start - 1))) return ''
  return wordEndingAt(text, start - 1)
}

export function wordEndingAt(text: string, end: number): string {
  let from = end
  while (from > 0 && end - from < 20) {
    const code = text.charCodeAt(from - 1)
    // "co-ordinator" is one word, and so is "mum's".
    if (!isWordCode(code) && code !== 0x2d && code !== 0x27 && code !== 0x2019) break
    from--
  }
  return text.slice(from, end)
}

/** The run of letters that begins one space behind `end`; empty when something else is there. */
export function wordAfter(text: string, end: number): string {
  if (!isBlank(text.charCodeAt(end))) return ''
  let to = end + 1
  while (to < text.length && to - end < 24 && isWordCode(text.charCodeAt(to))) to++
  return text.slice(end + 1, to)
}

/** Where a possessive ("'s") behind `end` ends; `end` itself where there is none. */
export function possessiveEnd(text: string, end: number): number {
  const code = text.charCodeAt(end)
  if (code !== 0x27 && code !== 0x2019) return end
  const letter = text.charCodeAt(end + 1)
  return (letter === 115 || letter === 83) && !isWordCode(text.charCodeAt(end + 2)) ? end + 2 : end
}

/**
 * True where a capital says nothing: behind a full stop, colon, semicolon, dash, bullet, number of a list or opening
 * bracket, and at the start of a line.
 */
export function isSentenceStart(text: string, start: number): boolean {
  let at = start - 1
  for (let steps = 0; at >= 0 && steps < 20; at--, steps++) {
    const code = text.charCodeAt(at)
    if (isBlank(code) || code === 9 || '"“”\'‘’*_'.includes(text.charAt(at))) continue
    break
  }
  if (at < 0) return true
  const character = text.charAt(at)
  if ('\n\r.!?:;•·●▪◦–—>|[({=~…'.includes(character)) return true
  if (character === '-') return !isWordCode(text.charCodeAt(at - 1))
  if (character === ')') return /(?:^|[\s(])[\da-z]{1,3}\)$/.test(text.slice(Math.max(0, at - 5), at + 1))
  return false
}
