/** Numbers with a check digit. */
import { type Finding, matches } from './finding.ts'

const NHS = /(?<![\d-])\d{3}[- \u00a0]?\d{3}[- \u00a0]?\d{4}(?![\d-]\d|\d)\b/g
const UPN = /\b[A-HJ-NP-RT-Z]\d{11}[0-9A-HJ-NP-RT-Z]\b/gi
const UPN_LETTERS = 'ABCDEFGHJKLMNPQRTUVWXYZ'

/**
 * NHS number: ten digits, the sum of digit times (10 - place) over all ten divisible by 11 (NHS data dictionary).
 * Ten equal digits are refused: 0000000000 would pass. Spaces and hyphens do not count.
 */
export function isNhsNumber(words: string): boolean {
  const digits = words.replace(/[- \u00a0]/g, '')
  if (!/^\d{10}$/.test(digits) || /^(\d)\1*$/.test(digits)) return false
  let sum = 0
  for (let i = 0; i < 9; i++) sum += Number(digits[i]) * (10 - i)
  return (sum + Number(digits[9])) % 11 === 0
}

/**
 * Unique pupil number with twelve digits: the letter in front is the sum of digit times weight (2 to 13) modulo 23,
 * counted in the alphabet without I, O and S. False for temporary numbers, which end in a letter and whose check is
 * not published.
 */
export function isUpn(words: string): boolean {
  if (!/^[A-Z]\d{12}$/i.test(words)) return false
  let sum = 0
  for (let i = 1; i <= 12; i++) sum += Number(words[i]) * (i + 1)
  return UPN_LETTERS[sum % 23] === words[0]?.toUpperCase()
}

/** One in eleven order numbers of ten digits has a right check digit by chance; what says it is one, is one. */
const isOrder = (text: string, index: number, found: string): boolean =>
  found.length === 10 &&
  /\border(?: no\.?| number)?[ :#]{1,3}$/i.test(text.slice(Math.max(0, index - 20), index))

export function* checkedIdentifiers(text: string): Generator<Finding> {
  yield* matches(text, 'NHS', NHS, (found, { index }) =>
    isNhsNumber(found) && !isOrder(text, index, found) ? 'checked' : null,
  )
  yield* matches(text, 'UPN', UPN, (found) => {
    if (/[a-z]$/i.test(found)) return 'format'
    return isUpn(found) ? 'checked' : null
  })
}
