import type { Range } from '../state/coding.ts'

/** What the source's de-identification left in place of names, places and dates; it can be glued to a word. */
const MASK = /Z{5,}|Q{5,}|X{5,}|\[__[A-Z]{3}__\]|\[~~~\]|\[\d{2}-\d{2}-\d{4}\]/g

export const findMasks = (text: string): Range[] =>
  Array.from(text.matchAll(MASK), (match) => ({ start: match.index, end: match.index + match[0].length }))
