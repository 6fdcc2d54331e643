/**
 * Possible identifiers left in notes. Automatic de-identification misses some (2.4 % in one set), and so does this:
 * what is not found here may still be there, and nothing on screen may say "clean". Rules and sources are beside
 * each finder.
 */
import { checkedIdentifiers } from './checked.ts'
import { type Confidence, type Finding, findingAt } from './finding.ts'
import { formattedIdentifiers } from './formats.ts'
import { isMasked, maskRanges } from './masks.ts'
import { wordedIdentifiers } from './words.ts'

export { isNhsNumber, isUpn } from './checked.ts'
export { type Confidence, type Finding, IDENTIFIER_KINDS, type IdentifierKind } from './finding.ts'

/** A project's own lists: words never to report, words always to report, and what its masks look like. */
export type ProjectWords = {
  readonly allow?: readonly string[]
  readonly deny?: readonly string[]
  readonly masks?: readonly string[]
}

const fold = (words: string): string => words.trim().toLocaleLowerCase('en-GB')

const isWord = (character: string | undefined) => character !== undefined && /[\p{L}\p{N}]/u.test(character)

/** Words of the project's own list wherever they stand as whole words, capitals aside. */
function* listedIdentifiers(text: string, deny: readonly string[]): Generator<Finding> {
  if (deny.length === 0) return
  const lower = text.toLocaleLowerCase('en-GB')
  // Where lower case has another length (a few letters outside English), positions would not fit.
  const searched = lower.length === text.length ? lower : text
  for (const word of deny) {
    const wanted = searched === lower ? fold(word) : word.trim()
    if (wanted === '') continue
    for (let at = searched.indexOf(wanted); at >= 0; at = searched.indexOf(wanted, at + wanted.length)) {
      if (isWord(text[at - 1]) || isWord(text[at + wanted.length])) continue
      yield findingAt(text, 'LISTED', at, at + wanted.length, 'checked')
    }
  }
}

const RANK: Record<Confidence, number> = { checked: 0, format: 1, likely: 2 }

/**
 * The possible identifiers of `text` in rising order, none overlapping another: what is checked goes before what has
 * the form, that before what is likely, the longer before the shorter. Positions are UTF-16 units, half-open. Masks
 * (ZZZZZ, [__PPP__], [01-09-2020], ...) are never identifiers, nor are the project's allowed words; its listed words
 * always are. Time grows linearly with the text.
 */
export function findIdentifiers(text: string, words: ProjectWords = {}): Finding[] {
  const all = [
    ...listedIdentifiers(text, words.deny ?? []),
    ...checkedIdentifiers(text),
    ...formattedIdentifiers(text),
    ...wordedIdentifiers(text),
  ]
  if (all.length === 0) return all
  const masks = maskRanges(text, words.masks)
  const allowed = new Set((words.allow ?? []).map(fold))
  const open = all.filter(
    ({ start, end, text: found }) => !isMasked(masks, start, end) && !allowed.has(fold(found)),
  )
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
