/**
 * Possible identifiers left in notes. Automatic de-identification misses some (2.4 % in one set), and so does this:
 * what is not found here may still be there, and nothing on screen may say "clean". Rules and sources are beside
 * each finder.
 */
import { checkedIdentifiers } from './checked.ts'
import type { Confidence, Finding } from './finding.ts'
import { formattedIdentifiers } from './formats.ts'
import { isMasked, maskRanges } from './masks.ts'
import { wordedIdentifiers } from './words.ts'

export { isNhsNumber, isUpn } from './checked.ts'
export { type Confidence, type Finding, IDENTIFIER_KINDS, type IdentifierKind } from './finding.ts'

const RANK: Record<Confidence, number> = { checked: 0, format: 1, likely: 2 }

/**
 * The possible identifiers of `text` in rising order, none overlapping another: what is checked goes before what has
 * the form, that before what is likely, the longer before the shorter. Positions are UTF-16 units, half-open. Masks
 * (ZZZZZ, [__PPP__], [01-09-2020], ...) are never identifiers. Time grows linearly with the text.
 */
export function findIdentifiers(text: string): Finding[] {
  const all = [...checkedIdentifiers(text), ...formattedIdentifiers(text), ...wordedIdentifiers(text)]
  if (all.length === 0) return all
  const masks = maskRanges(text)
  const open = all.filter(({ start, end }) => !isMasked(masks, start, end))
  return withoutOverlaps(open, text.length).sort((a, b) => a.start - b.start)
}

function withoutOverlaps(findings: Finding[], length: number): Finding[] {
  if (findings.length < 2) return findings
  const isTaken = new Uint8Array(length)
  const ranked = findings.sort(
    (a, b) =>
      RANK[a.confidence] - RANK[b.confidence] || b.end - b.start - (a.end - a.start) || a.start - b.start,
  )
  return ranked.filter(({ start, end }) => {
    // Findings are short, so looking at each of their places costs less than a tree of ranges.
    if (isTaken.subarray(start, end).includes(1)) return false
    isTaken.fill(1, start, end)
    return true
  })
}
