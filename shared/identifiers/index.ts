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

const TITLE = /^(?:mr|mrs|ms|miss|mx|master)\.?[ \u00a0]/i

const RANK: Record<Confidence, number> = { checked: 0, format: 1, likely: 2 }

/**
 * The possible identifiers of `text` in rising order, none overlapping another: those that overlap are one, from where
 * the first begins to where the last ends, so that no part of any is left standing. It is of the kind of the longest
 * and as sure as the surest. Positions are UTF-16 units, half-open. Masks (ZZZZZ, [__PPP__], [01-09-2020], ...) are
 * never identifiers, nor are the project's allowed words; its listed words always are. Time grows with the text.
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
  const open = all.filter(({ start, end, text: found }) => {
    // "Mr ZZZZZ" has its title in it.
    const name = start + (TITLE.exec(found)?.[0].length ?? 0)
    return !isMasked(masks, start, end) && !isMasked(masks, name, end) && !allowed.has(fold(found))
  })
  return joined(text, open)
}

/** Overlapping findings as one each. */
function joined(text: string, findings: readonly Finding[]): Finding[] {
  const result: Finding[] = []
  let main: Finding | undefined
  for (const finding of [...findings].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = result.at(-1)
    if (!last || !main || finding.start >= last.end) {
      result.push(finding)
      main = finding
      continue
    }
    const surest = RANK[finding.confidence] < RANK[last.confidence] ? finding.confidence : last.confidence
    if (isLonger(finding, main)) main = finding
    result[result.length - 1] = findingAt(
      text,
      main.kind,
      last.start,
      Math.max(last.end, finding.end),
      surest,
    )
  }
  return result
}

const lengthOf = ({ start, end }: Finding): number => end - start

/** Of two of one length the surer names the kind. */
const isLonger = (one: Finding, other: Finding): boolean =>
  lengthOf(one) > lengthOf(other) ||
  (lengthOf(one) === lengthOf(other) && RANK[one.confidence] < RANK[other.confidence])
