/**
 * Codes that a definition names: "use A-POV", "see Neglect: supervision". A code is named by its name, by its path, by
 * its short label, or by the short id that stands first in the source of a template's code ("A-POV; WT").
 */
import type { CodeId } from '../../shared/contract/basics.ts'
import type { CodeRow } from '../../shared/contract/codes.ts'

export type Mention = { start: number; end: number; codeId: CodeId }
export type Mentionable = Pick<
  CodeRow,
  'id' | 'name' | 'parentId' | 'shortLabel' | 'source' | 'isFolder' | 'isRetired'
>

/** What codes are called, by the first word of it, the longest first. Null stands for "could be several". */
export type CodeNames = ReadonlyMap<string, readonly { words: string; codeId: CodeId | null }[]>

const WORD = /[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/u
const EVERY_WORD = new RegExp(WORD, 'gu')
/** "A-POV" and "16A": capitals with a hyphen or a figure. A word alone, as "WT" in a list of sources, is none. */
const SHORT_ID = /^(?=.*[-\d])[\p{Lu}\p{N}][\p{Lu}\p{N}-]+$/u
/** How paths are written: as the program shows them, and as they are typed. */
const STEPS = [' › ', ' > ', ' / ']
const DEEPEST = 20

/** Made once for a codebook; finding mentions then takes no longer the more codes there are. */
export function codeNames(codes: readonly Mentionable[]): CodeNames {
  const byId = new Map(codes.map((code) => [code.id, code]))
  const known = new Map<string, { codeId: CodeId | null; isRetired: boolean }>()
  for (const code of codes) {
    if (code.isFolder) continue
    for (const words of new Set(callings(code, byId))) {
      const other = known.get(words)
      // What is in use is meant rather than what is retired.
      if (!other || (other.isRetired && !code.isRetired))
        known.set(words, { codeId: code.id, isRetired: code.isRetired })
      else if (other.isRetired === code.isRetired) known.set(words, { ...other, codeId: null })
    }
  }
  const byFirst = new Map<string, { words: string; codeId: CodeId | null }[]>()
  for (const [words, { codeId }] of known) {
    const first = WORD.exec(words)?.[0]
    if (first === undefined) continue
    const list = byFirst.get(first)
    if (list) list.push({ words, codeId })
    else byFirst.set(first, [{ words, codeId }])
  }
  for (const list of byFirst.values()) list.sort((one, other) => other.words.length - one.words.length)
  return byFirst
}

function callings(code: Mentionable, byId: ReadonlyMap<string, Mentionable>): string[] {
  const names = [code.name]
  for (let at = parentOf(code, byId); at && names.length < DEEPEST; at = parentOf(at, byId))
    names.unshift(at.name)
  const shortId = code.source.split(';')[0]?.trim() ?? ''
  return [
    code.name,
    ...(names.length > 1 ? STEPS.map((step) => names.join(step)) : []),
    code.shortLabel,
    SHORT_ID.test(shortId) ? shortId : '',
  ].filter((words) => words.length > 1)
}

const parentOf = (code: Mentionable, byId: ReadonlyMap<string, Mentionable>): Mentionable | undefined =>
  code.parentId === null ? undefined : byId.get(code.parentId)

/** The codes that `text` names, in order and without overlap; the longest name counts. `ownId` does not name itself. */
export function mentionsIn(text: string, names: CodeNames, ownId: string | null = null): Mention[] {
  const mentions: Mention[] = []
  let end = 0
  for (const { 0: word, index } of text.matchAll(EVERY_WORD)) {
    if (index < end || isInsideWord(text, index)) continue
    const found = names
      .get(word)
      ?.find(({ words }) => text.startsWith(words, index) && !goesOn(text, index + words.length))
    if (!found) continue
    end = index + found.words.length
    if (found.codeId !== null && found.codeId !== ownId)
      mentions.push({ start: index, end, codeId: found.codeId })
  }
  return mentions
}

const PART = /[\p{L}\p{N}]/u

/** A hyphen binds: in "non-A-POV" and "A-POVERTY" nobody names A-POV. */
const isInsideWord = (text: string, at: number): boolean =>
  PART.test(text[at - 1] ?? '') || (text[at - 1] === '-' && PART.test(text[at - 2] ?? ''))

const goesOn = (text: string, at: number): boolean =>
  (PART.test(text[at - 1] ?? '') && PART.test(text[at] ?? '')) ||
  (text[at] === '-' && PART.test(text[at + 1] ?? ''))
