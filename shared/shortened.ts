import { splitsPair } from './offsets.ts'

/** As much of a text as there is room for, in UTF-16 units; what is cut ends with "…" and never within a character. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text
  return `${text.slice(0, splitsPair(text, most) ? most - 1 : most).trimEnd()}…`
}

/** The words of a stretch of text in one line. */
export const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()
