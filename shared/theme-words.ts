/** What a table of themes counted, in words: for its heading, for every file it is written to and for scripts. */
import type { Coder } from './contract/coders.ts'
import type { ThemeBase } from './contract/themes.ts'
import { listed } from './listed.ts'

/** More names than this are no heading any more. */
const MOST_NAMES = 4

type Said = Pick<ThemeBase, 'coders' | 'notes' | 'qualifiers' | 'affirmedOnly' | 'hasAssertion' | 'outOf'> & {
  /** Notes that count. */
  counted: number
}

const many = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`

/** Which kind of work a table counts. */
export function layerOf(
  coders: readonly Coder[],
): 'coder' | 'second pass' | 'consensus' | 'together' | 'nobody' {
  const [only, ...others] = coders
  if (!only) return 'nobody'
  if (others.length > 0) return 'together'
  return only.layer === 'again' ? 'second pass' : only.layer === 'consensus' ? 'consensus' : 'coder'
}

function whose(coders: readonly Coder[]): string {
  const [only, ...others] = coders
  if (!only) return 'No coder’s codings'
  const names = coders.map(({ name }) => name)
  if (others.length > 0)
    return names.length > MOST_NAMES
      ? `Codings of ${names.length} coders together`
      : `Codings of ${listed(names)} together`
  if (only.layer === 'again') return `Codings of ${only.name}, a second pass`
  if (only.layer === 'consensus') return `Codings of the consensus layer (${only.name})`
  return `${only.name}’s codings`
}

function whichNotes({ notes, counted, outOf, coders }: Said): string {
  const part = `${counted} of ${outOf.notes}`
  if (notes === 'all') return `all notes, finished or not (${part})`
  return coders.length > 1
    ? `each in the notes they finished (${part} notes)`
    : `finished notes only (${part})`
}

const valuesOf = (values: readonly (string | null)[]): string =>
  listed(
    values.map((value) => value ?? 'not set'),
    'or',
  )

function whatIsSaid({ qualifiers, affirmedOnly, hasAssertion }: Said): string[] {
  const asked = Object.entries(qualifiers)
  const rest = affirmedOnly ? asked.filter(([name]) => !isAssertion(name)) : asked
  const words = rest.map(([name, values]) => `${name} ${valuesOf(values)}`)
  if (affirmedOnly) return ['affirmed only', ...words]
  return hasAssertion && !asked.some(([name]) => isAssertion(name))
    ? ['negated and other mentions too', ...words]
    : words
}

/** Whether a qualifier is the one that says what is affirmed and what is negated. */
export const isAssertion = (name: string): boolean => name.trim().toLowerCase() === 'assertion'

/** "Ben’s codings, finished notes only (8 of 39), affirmed only". */
export const themeHeading = (said: Said): string =>
  [whose(said.coders), whichNotes(said), ...whatIsSaid(said)].join(', ')

/** How the heading is meant. */
export function themeRule({ coders, notes, affirmedOnly }: Said): string {
  const sentences: string[] = []
  if (notes === 'finished')
    sentences.push(
      coders.length > 1
        ? 'A coder’s codings count in the notes that this coder marked finished; a note counts when at least one of them finished it.'
        : 'A note counts when this coder marked it finished.',
    )
  else
    sentences.push(
      'Every note counts, finished or not: a code may be absent only because the note is not finished.',
    )
  if (coders.length > 1)
    sentences.push('A note counts once for a code, whether one of them applied it or several.')
  if (affirmedOnly)
    sentences.push(
      'A coding whose assertion is affirmed, confirmed or not set counts; any other value (negated, possible, alleged …) is set aside.',
    )
  return sentences.join(' ')
}

/** "assertion negated 12, time past 3": what was set aside for what it says. */
export const setAsideInWords = (setAside: ThemeBase['setAside']): string =>
  setAside.map(({ qualifier, value, codings }) => `${qualifier} ${value ?? 'not set'} ${codings}`).join(', ')

/** Everything about the base in one line, for a column of a file. */
export function baseInOneLine({ words, rule, setAside, heldBack }: ThemeBase): string {
  const parts = [`${words}.`, rule]
  const codings = setAside.reduce((sum, each) => sum + each.codings, 0)
  if (codings > 0) parts.push(`Set aside: ${many(codings, 'coding')} (${setAsideInWords(setAside)}).`)
  if (heldBack > 0) parts.push(heldBackInWords(heldBack))
  return parts.join(' ')
}

export const heldBackInWords = (notes: number): string =>
  `${many(notes, 'note')} hidden: a blind round hides others’ codings of ${notes === 1 ? 'it' : 'them'} until all its coders have finished.`

/** As `heldBackInWords`, of figures in which the viewer's own codings of those notes count all the same. */
export const keptInWords = (notes: number): string =>
  `A blind round hides others’ codings in ${many(notes, 'note')}; they are not counted until all its coders have finished.`
