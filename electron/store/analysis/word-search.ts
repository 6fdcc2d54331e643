/** Search by words: the full-text index says where, note by note in file order, the first ones at once. */
import { FoldedText } from '../../../shared/folded-text.ts'
import { Problem } from '../../../shared/problem.ts'
import { wordsQuery } from '../../../shared/search-words.ts'
import type { Query, ReadableDb } from '../file/connection.ts'
import type { Found, Looking, Range, SearchedTexts } from './searched-texts.ts'

/** Private-use characters that no note holds mark the hits; a note that does hold them is searched all the same. */
const OPEN = '\ue0f1'
const CLOSE = '\ue0f2'
/** Notes asked for in one go: few at first, so that the first hits are there at once. */
const FIRST_PIECE = 16
const LARGEST_PIECE = 512

/** A query as the index reads it, over notes whose words it holds as they are; the others beside it, folded. */
export function* byWords(db: ReadableDb, typed: string, looking: Looking): Generator<Found> {
  const asked = wordsQuery(new FoldedText(typed).text)
  if (asked.kind === 'only signs') {
    throw new Problem(
      'bad-arguments',
      'This search has no letter and no number. Add a word, or search by pattern to find signs alone.',
    )
  }
  try {
    yield* foundIn(db, asked.query, looking)
  } catch (error) {
    throw explainQuery(error)
  }
}

function* foundIn(
  db: ReadableDb,
  query: string,
  { texts, isAsked, assertGoesOn }: Looking,
): Generator<Found> {
  const found = db
    .prepare<[string], number>('SELECT rowid FROM note_fts WHERE note_fts MATCH ?')
    .pluck()
    .all(query)
  const places = texts.placesOf(found).filter(isAsked)
  const marks = new Marks(db, query)
  const goesOn = () => {
    assertGoesOn()
    return false
  }
  let piece = FIRST_PIECE
  let from = 0
  for (let at = 0; at < places.length; at += piece, piece = Math.min(2 * piece, LARGEST_PIECE)) {
    const some = places.subarray(at, at + piece)
    const to = (some.at(-1) as number) + 1
    texts.seeTo(to - 1, goesOn)
    yield* inOrder(
      marks.of(texts, some),
      foldedIn(texts, query, from, to).filter(([place]) => isAsked(place)),
    )
    from = to
  }
  // Whoever waits is told of what was found so far.
  for (let to = from; to < texts.notes.length; to += LARGEST_PIECE) {
    yield { place: to, ranges: [] }
    texts.seeTo(Math.min(to + LARGEST_PIECE, texts.notes.length) - 1, goesOn)
  }
  const rest = foldedIn(texts, query, from, texts.notes.length)
  yield* inOrder(
    [],
    rest.filter(([place]) => isAsked(place)),
  )
}

type Marked = [place: number, ranges: Range[]]

/** Both in order; where both speak of a note, what was found in its folded text stands. */
function* inOrder(marked: readonly Marked[], folded: readonly Marked[]): Generator<Found> {
  const all = folded.length === 0 ? marked : [...new Map([...marked, ...folded])].sort(([a], [b]) => a - b)
  for (const [place, ranges] of all) yield { place, ranges }
}

/** The words that the index has found in texts, as it marks them. */
class Marks {
  readonly #query: string
  readonly #run: Query<[object], [number, string]>
  readonly #each: Query<[object], [number, string]>

  constructor(db: ReadableDb, query: string) {
    this.#query = query
    const marked = `SELECT rowid, highlight(note_fts, 0, '${OPEN}', '${CLOSE}') FROM note_fts
      WHERE note_fts MATCH @query`
    this.#run = db.prepare<object, [number, string]>(`${marked} AND rowid BETWEEN @first AND @last`).raw()
    this.#each = db
      .prepare<object, [number, string]>(`${marked} AND rowid IN (SELECT value FROM json_each(@texts))`)
      .raw()
  }

  of(texts: SearchedTexts, places: Int32Array): Marked[] {
    const numbers = Array.from(places, (place) => texts.texts[place] as number)
    const isRun = numbers.every((text, at) => at === 0 || (numbers[at - 1] as number) < text)
    const rows = isRun
      ? this.#run.all({ query: this.#query, first: numbers[0], last: numbers.at(-1) })
      : this.#each.all({ query: this.#query, texts: JSON.stringify(numbers) })
    const ranges = new Map(rows.map(([text, marked]) => [text, markedRanges(marked)]))
    return Array.from(places, (place, at): Marked => [place, ranges.get(numbers[at] as number) ?? []])
  }
}

/** What is found in texts that hide words from the index, at places from one to another. */
function foldedIn(texts: SearchedTexts, query: string, from: number, to: number): Marked[] {
  if (texts.folded.size === 0 || from >= to) return []
  const rows = texts.index
    .prepare<[string], [number, string]>(
      `SELECT rowid, highlight(folded, 0, '${OPEN}', '${CLOSE}') FROM folded WHERE folded MATCH ?`,
    )
    .raw()
    .all(query)
  return rows.flatMap(([text, marked]) => {
    const ranges = markedRanges(marked).map((range) => texts.folded.get(text)?.toOriginal(range) ?? range)
    return [...texts.placesOf([text])]
      .filter((place) => place >= from && place < to)
      .map((place): Marked => [place, ranges])
  })
}

/** Turns the index's own marks into ranges: exactly the places it matched, prefixes and phrases included. */
function markedRanges(marked: string): Range[] {
  const ranges: Range[] = []
  let removed = 0
  let start = 0
  for (let at = marked.indexOf(OPEN); at !== -1; at = nextMark(marked, at + 1)) {
    const place = at - removed
    removed++
    if (marked[at] === OPEN) start = place
    else ranges.push({ start, end: place })
  }
  return ranges
}

function nextMark(marked: string, from: number): number {
  for (let at = from; at < marked.length; at++) {
    const character = marked.charCodeAt(at)
    if (character === OPEN_CODE || character === CLOSE_CODE) return at
  }
  return -1
}
const OPEN_CODE = OPEN.charCodeAt(0)
const CLOSE_CODE = CLOSE.charCodeAt(0)

function explainQuery(error: unknown): unknown {
  const words = error instanceof Error ? error.message : ''
  if (!/fts5|unterminated|no such column/i.test(words)) return error
  return new Problem(
    'bad-arguments',
    'This search is not complete. Use words, "a phrase", begin*, AND, OR, NOT or NEAR(two words, 5).',
    { cause: error },
  )
}
