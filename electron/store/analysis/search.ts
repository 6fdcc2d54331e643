/** Search over all notes: the full-text index for words, phrases and NEAR, or a regular expression over every text. */
import { type CancelSignal, NEVER } from '../../../shared/cancel.ts'
import type { Progress } from '../../../shared/contract.ts'
import type { NoteFilter, SearchHit, SearchResult } from '../../../shared/model.ts'
import { splitsPair } from '../../../shared/offsets.ts'
import { Problem } from '../../../shared/problem.ts'
import { cutQuote } from '../codings.ts'
import type { Db } from '../database.ts'
import { filterClause } from '../note-filter.ts'

export type SearchArgs = {
  query: string
  /** `words`: the index's language (AND, OR, NOT, "phrase", prefix*, NEAR(a b, 5)); `pattern`: a regular expression. */
  mode: 'words' | 'pattern'
  matchCase: boolean
  filter: NoteFilter
  /** Coder whose progress and codings the filter speaks of. */
  coderId: string
  limit: number
}

type Options = { signal?: CancelSignal; onProgress?: (progress: Progress) => void }
type FoundNote = { id: string; title: string; caseId: string | null; date: string | null; body: string }
type Range = { start: number; end: number }

/** Private-use characters that no note holds mark the hits; a note that does hold them is searched all the same. */
const OPEN = '\ue0f1'
const CLOSE = '\ue0f2'
/** A pattern that has found this many places in one note says no more by going on. */
const MOST_IN_A_NOTE = 5_000

export function search(db: Db, args: SearchArgs, { signal = NEVER, onProgress }: Options = {}): SearchResult {
  const query = args.query.trim()
  if (query === '') return { total: 0, notes: 0, hits: [] }
  const found = args.mode === 'words' ? byWords(db, query, args) : byPattern(db, query, args)
  const hits: SearchHit[] = []
  let total = 0
  let notes = 0
  let read = 0
  for (const { note, ranges } of found) {
    if (signal.aborted) throw new Problem('cancelled', 'The search was cancelled.')
    if (++read % 500 === 0) onProgress?.({ done: read, total: null, words: 'notes searched' })
    if (ranges.length === 0) continue
    notes++
    total += ranges.length
    for (const span of ranges) {
      if (hits.length >= args.limit) break
      hits.push({
        noteId: note.id,
        noteTitle: note.title,
        caseId: note.caseId,
        date: note.date,
        span,
        ...cutQuote(note.body, span),
      })
    }
  }
  return { total, notes, hits }
}

type Found = { note: FoundNote; ranges: Range[] }

const NOTE_COLUMNS = 'note.id, note.shown_title AS title, casefile.id AS caseId, note.date'

function* byWords(db: Db, query: string, { filter, coderId }: SearchArgs): Generator<Found> {
  const { where, values } = filterClause(filter, coderId)
  const rows = db.prepare(
    `SELECT ${NOTE_COLUMNS}, note_text.body, highlight(note_fts, 0, '${OPEN}', '${CLOSE}') AS marked
     FROM note_fts
     JOIN note_text ON note_text.num = note_fts.rowid
     JOIN note ON note.text_hash = note_text.hash
     LEFT JOIN casefile ON casefile.num = note.casefile
     WHERE note_fts MATCH @query AND ${where} ORDER BY note.num`,
  )
  try {
    for (const { marked, ...note } of rows.iterate({ ...values, query }) as IterableIterator<
      FoundNote & { marked: string }
    >) {
      yield { note, ranges: markedRanges(marked) }
    }
  } catch (error) {
    throw explainQuery(error)
  }
}

/** Turns the index's own marks into ranges: exactly the places it matched, prefixes and phrases included. */
function markedRanges(marked: string): Range[] {
  const ranges: Range[] = []
  let removed = 0
  let start = 0
  for (let at = 0; at < marked.length; at++) {
    const character = marked[at]
    if (character !== OPEN && character !== CLOSE) continue
    const place = at - removed
    removed++
    if (character === OPEN) start = place
    else ranges.push({ start, end: place })
  }
  return ranges
}

function explainQuery(error: unknown): unknown {
  const words = error instanceof Error ? error.message : ''
  if (!/fts5|unterminated|no such column/i.test(words)) return error
  return new Problem(
    'bad-arguments',
    'This search is not complete. Use words, "a phrase", begin*, AND, OR, NOT or NEAR(two words, 5); put signs such as - or \' in quotation marks.',
    { cause: error },
  )
}

function* byPattern(db: Db, query: string, { filter, coderId, matchCase }: SearchArgs): Generator<Found> {
  const pattern = compile(query, matchCase)
  const { where, values } = filterClause(filter, coderId)
  const rows = db
    .prepare(
      `SELECT ${NOTE_COLUMNS}, note_text.body FROM note
       JOIN note_text ON note_text.hash = note.text_hash
       LEFT JOIN casefile ON casefile.num = note.casefile
       WHERE ${where} ORDER BY note.num`,
    )
    .iterate(values) as IterableIterator<FoundNote>
  for (const note of rows) yield { note, ranges: matchesIn(pattern, note.body) }
}

function compile(query: string, matchCase: boolean): RegExp {
  try {
    return new RegExp(query, matchCase ? 'gmu' : 'gimu')
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
