/** Search by a regular expression: every text is looked through that the index does not say is without a hit. */
import { FoldedText } from '../../../shared/folded-text.ts'
import { splitsPair } from '../../../shared/offsets.ts'
import { Problem } from '../../../shared/problem.ts'
import { type Literal, requiredLiterals } from '../../../shared/search-literals.ts'
import { withAllLetters } from '../../../shared/search-pattern.ts'
import type { ReadableDb } from '../file/connection.ts'
import type { Found, Looking, Range, SearchedTexts } from './searched-texts.ts'
import { withinTime } from './time-limit.ts'

/** Texts are looked through in pieces of so many characters, or so many notes; each piece is timed. */
const PIECE = { characters: 1_000_000, notes: 500 }
/** The first piece is small, so that the first hits are there at once. */
const FIRST_NOTES = 50
/** How long a search by pattern may take in all, and without a sign of life, in ms. */
const TIME = { search: 60_000, piece: 5_000 }
/** A pattern that has found this many places in one note says no more by going on. */
const MOST_IN_A_NOTE = 5_000
/** Shorter ones are in most texts. */
const SHORTEST_LITERAL = 3
/** A literal that is part of more words than this is in most texts. */
const MOST_WORDS = 300

export function* byPattern(
  db: ReadableDb,
  query: string,
  matchCase: boolean,
  looking: Looking,
): Generator<Found> {
  const { texts, isAsked, assertGoesOn } = looking
  const source = new FoldedText(query).text
  const pattern = compile(source, matchCase)
  const places = Int32Array.from(texts.notes.keys()).filter(isAsked)
  const mayHold = candidates(db, source, texts)
  const read = db
    .prepare<[string], [number, string]>(
      'SELECT num, body FROM note_text WHERE num IN (SELECT value FROM json_each(?))',
    )
    .raw()
  const end = Date.now() + TIME.search
  for (const piece of pieces(mayHold ? places.filter(mayHold) : places)) {
    assertGoesOn()
    const numbers = Array.from(piece, (place) => texts.texts[place] as number)
    const bodies = new Map(read.all(JSON.stringify(numbers)))
    for (const some of inCharacters(numbers.map((text) => bodies.get(text) ?? ''))) {
      const limit = Math.min(TIME.piece, end - Date.now())
      const ranges = withinTime(limit, () => some.bodies.map((body) => matchesInAnyForm(pattern, body)))
      if (ranges === null) throw tooLong()
      for (const [at, own] of ranges.value.entries())
        yield { place: piece[some.from + at] as number, ranges: own }
    }
    // After the hits of the piece are known: whoever waits for the first does not wait for this.
    for (const [text, body] of bodies) texts.see(text, body)
  }
}

function* pieces(places: Int32Array): Generator<Int32Array> {
  for (let at = 0, size = FIRST_NOTES; at < places.length; at += size, size = Math.min(2 * size, PIECE.notes))
    yield places.subarray(at, at + size)
}

/** Few enough characters at a time for the clock to be looked at. */
function* inCharacters(bodies: readonly string[]): Generator<{ from: number; bodies: string[] }> {
  let from = 0
  while (from < bodies.length) {
    let to = from
    for (let characters = 0; to < bodies.length && characters < PIECE.characters; to++)
      characters += (bodies[to] as string).length
    yield { from, bodies: bodies.slice(from, to) }
    from = to
  }
}

/**
 * Which places can hold a hit; null where it cannot be said, be it that not every text was looked at yet. What the
 * index says is believed of plain texts alone.
 */
function candidates(
  db: ReadableDb,
  source: string,
  texts: SearchedTexts,
): ((place: number) => boolean) | null {
  const required = texts.isSeen ? requiredLiterals(source) : null
  if (required === null) return null
  const queries = required.map((literals) => asQuery(literals, texts))
  if (queries.includes(null)) return null
  const isFound = new Uint8Array(texts.notes.length)
  const find = db
    .prepare<[string | null], number>('SELECT rowid FROM note_fts WHERE note_fts MATCH ?')
    .pluck()
  for (const query of queries) {
    if (query === '') continue
    for (const place of texts.placesOf(find.all(query))) isFound[place] = 1
  }
  return (place) => isFound[place] === 1 || !texts.isPlain(place)
}

/** What the index is asked for texts that hold all of these; empty where there is none, null where it is of no help. */
function asQuery(literals: readonly Literal[], texts: SearchedTexts): string | null {
  const usable = literals.filter(({ text }) => text.length >= SHORTEST_LITERAL)
  const begun = usable.filter(({ isWordStart }) => isWordStart)
  const parts: string[] = []
  // The beginnings of words are found in the index alone; the rest needs a look at all its words.
  for (const literal of begun.length > 0 ? begun : usable) {
    const part = literal.isWordStart ? begins(literal) : partOfWords(literal, texts)
    if (part === '') return ''
    if (part !== null) parts.push(part)
  }
  return parts.length === 0 ? null : parts.map((part) => `(${part})`).join(' AND ')
}

const begins = ({ text, isWordEnd }: Literal): string => (isWordEnd ? `"${text}"` : `"${text}"*`)

function partOfWords({ text, isWordEnd }: Literal, { terms }: SearchedTexts): string | null {
  const words: string[] = []
  for (const term of terms) {
    if (isWordEnd ? !term.endsWith(text) : !term.includes(text)) continue
    words.push(`"${term}"`)
    if (words.length > MOST_WORDS) return null
  }
  return words.join(' OR ')
}

const tooLong = () =>
  new Problem(
    'too-large',
    'This pattern takes too long: it can fit in too many ways, as (a+)+ does. Nothing was changed; repeat one thing at a time, as a+ does.',
  )

/** In the text as people read it, and as it is, for patterns that name the signs nobody sees. */
function matchesInAnyForm(pattern: RegExp, text: string): Range[] {
  const folded = new FoldedText(text)
  const asIs = matchesIn(pattern, text)
  if (folded.isSame) return asIs
  const asRead = matchesIn(pattern, folded.text).map((range) => folded.toOriginal(range))
  const others = asIs.filter(({ start, end }) => !asRead.some((each) => each.start < end && start < each.end))
  return others.length === 0 ? asRead : [...asRead, ...others].sort((a, b) => a.start - b.start)
}

function compile(source: string, matchCase: boolean): RegExp {
  try {
    return new RegExp(withAllLetters(source), matchCase ? 'gmu' : 'gimu')
  } catch (error) {
    throw new Problem('bad-arguments', `This pattern cannot be read: ${(error as Error).message}.`, {
      cause: error,
    })
  }
}

function matchesIn(pattern: RegExp, text: string): Range[] {
  const ranges: Range[] = []
  pattern.lastIndex = 0
  for (let match = pattern.exec(text); match && ranges.length < MOST_IN_A_NOTE; match = pattern.exec(text)) {
    const end = match.index + match[0].length
    if (end > match.index) ranges.push({ start: match.index, end })
    // A pattern may match nothing at all; it must still move on, by a whole character.
    else pattern.lastIndex += splitsPair(text, end + 1) ? 2 : 1
  }
  return ranges
}
