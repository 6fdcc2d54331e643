/** Search over all notes: the full-text index for words, phrases and NEAR, or a regular expression over every text. */
import { type CancelSignal, NEVER } from '../../../shared/cancel.ts'
import type { CoderId } from '../../../shared/contract/basics.ts'
import type { Progress } from '../../../shared/contract/events.ts'
import type { NoteFilter } from '../../../shared/contract/notes.ts'
import type { SearchHit, SearchResult } from '../../../shared/contract/search.ts'
import { Problem } from '../../../shared/problem.ts'
import { cutWords } from '../codings/codings.ts'
import { atOneMoment, type Query, type ReadableDb, sure } from '../file/connection.ts'
import { filterClause } from '../notes/filter.ts'
import { byPattern } from './pattern-search.ts'
import { type Found, type SearchedTexts, searchedTexts } from './searched-texts.ts'
import { byWords } from './word-search.ts'

export type SearchArgs = {
  query: string
  /** `words`: the index's language (AND, OR, NOT, "phrase", prefix*, NEAR(a b, 5)); `pattern`: a regular expression. */
  mode: 'words' | 'pattern'
  matchCase: boolean
  filter: NoteFilter
  /** Coder whose progress and codings the filter speaks of. */
  coderId: CoderId
  limit: number
}

type Options = { signal?: CancelSignal; onProgress?: (progress: Progress) => void }

/** Whoever waits sees the first hits when there are so many of them, or after so long. */
const FIRST_HITS = 50
const FIRST_MS = 100
/** Then what was found since is told so often. */
const TELL_MS = 250

/**
 * The places of all hits, in the order of notes, up to `limit` of them; all are counted. The first hits are told with the
 * progress as soon as they stand, then those that follow: each once, in the order they have in the end.
 *
 * @throws Problem `bad-arguments`, `too-large`, `cancelled`
 */
export function search(db: ReadableDb, args: SearchArgs, options: Options = {}): SearchResult {
  const query = args.query.trim()
  if (query === '') return { total: 0, notes: 0, hits: [] }
  // One moment for all that is read, whoever imports meanwhile.
  return atOneMoment(db, () => searchNow(db, query, args, options))
}

function searchNow(
  db: ReadableDb,
  query: string,
  args: SearchArgs,
  { signal = NEVER, onProgress }: Options,
): SearchResult {
  const assertGoesOn = () => {
    if (signal.aborted) throw new Problem('cancelled', 'The search was cancelled.')
  }
  const texts = searchedTexts(db)
  const looking = { texts, isAsked: askedFor(db, args, texts), assertGoesOn }
  const found =
    args.mode === 'words' ? byWords(db, query, looking) : byPattern(db, query, args.matchCase, looking)
  const hits = new Hits(db, texts, args.limit)
  const telling = new Telling(hits, onProgress)
  for (const each of found) {
    assertGoesOn()
    hits.add(each)
    telling.tell(each.place)
  }
  return { total: hits.total, notes: hits.notes, hits: hits.list }
}

/** Whether the note at a place fits the filter. */
function askedFor(
  db: ReadableDb,
  { filter, coderId }: SearchArgs,
  texts: SearchedTexts,
): (place: number) => boolean {
  if (Object.keys(filter).length === 0) return () => true
  const { where, values } = filterClause(filter, coderId)
  const nums = db
    .prepare<object, number>(
      `SELECT note.num FROM note LEFT JOIN casefile ON casefile.num = note.casefile WHERE ${where}`,
    )
    .pluck()
    .all(values)
  const asked = new Set(nums)
  return (place) => asked.has(texts.notes[place] as number)
}

type FoundNote = { id: string; title: string; caseId: string | null; date: string | null; body: string }

class Hits {
  total = 0
  notes = 0
  readonly list: SearchHit[] = []
  readonly #texts: SearchedTexts
  readonly #limit: number
  readonly #note: Query<[number], FoundNote>

  constructor(db: ReadableDb, texts: SearchedTexts, limit: number) {
    this.#texts = texts
    this.#limit = limit
    this.#note = db.prepare<[number], FoundNote>(
      `SELECT note.id, note.shown_title AS title, casefile.id AS caseId, note.date,
         (SELECT body FROM note_text WHERE hash = note.text_hash) AS body
       FROM note LEFT JOIN casefile ON casefile.num = note.casefile WHERE note.num = ?`,
    )
  }

  add({ place, ranges }: Found): void {
    if (ranges.length === 0) return
    this.notes++
    this.total += ranges.length
    if (this.list.length >= this.#limit) return
    const note = sure(this.#note.get(this.#texts.notes[place] as number))
    for (const span of ranges.slice(0, this.#limit - this.list.length))
      this.list.push({
        noteId: note.id,
        noteTitle: note.title,
        caseId: note.caseId,
        date: note.date,
        span,
        ...cutWords(note.body, span),
      })
  }
}

/** Tells how far a search is, and the hits that were not told yet. */
class Telling {
  readonly #hits: Hits
  readonly #onProgress: Options['onProgress']
  #told = 0
  #next = performance.now() + FIRST_MS

  constructor(hits: Hits, onProgress: Options['onProgress']) {
    this.#hits = hits
    this.#onProgress = onProgress
  }

  tell(place: number): void {
    if (!this.#onProgress) return
    const isFirst = this.#told === 0 && this.#hits.list.length >= FIRST_HITS
    const now = performance.now()
    if (!isFirst && now < this.#next) return
    const { list, total, notes } = this.#hits
    const hits = list.slice(this.#told)
    this.#told = list.length
    this.#next = now + TELL_MS
    this.#onProgress({
      done: place + 1,
      total: null,
      words: 'notes searched',
      found: { from: list.length - hits.length, hits, total, notes },
    })
  }
}
