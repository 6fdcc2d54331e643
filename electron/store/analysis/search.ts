/** Search over all notes: the full-text index for words, phrases and NEAR, or a regular expression over every text. */
import { type CancelSignal, NEVER } from '../../../shared/cancel.ts'
import type { Progress } from '../../../shared/contract/events.ts'
import type { NoteFilter } from '../../../shared/contract/notes.ts'
import type { SearchHit, SearchResult } from '../../../shared/contract/search.ts'
import { FoldedText, HIDES_WORDS } from '../../../shared/folded-text.ts'
import { splitsPair } from '../../../shared/offsets.ts'
import { Problem } from '../../../shared/problem.ts'
import { withAllLetters } from '../../../shared/search-pattern.ts'
import { wordsQuery } from '../../../shared/search-words.ts'
import { cutQuote } from '../codings/codings.ts'
import type { Db } from '../file/connection.ts'
import { wordIndex } from '../file/database.ts'
import { filterClause } from '../notes/filter.ts'
import { withinTime } from './time-limit.ts'

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
/** Texts of a pattern are looked through in pieces of so many characters, or so many notes; each piece is timed. */
const PIECE = { characters: 1_000_000, notes: 500 }
/** How long a search by pattern may take in all, and without a sign of life, in ms. */
const TIME = { search: 60_000, piece: 5_000 }
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

/** A query as the index reads it, over notes whose words it holds as they are; the others beside it, folded. */
function* byWords(db: Db, typed: string, { filter, coderId }: SearchArgs): Generator<Found> {
  const asked = wordsQuery(new FoldedText(typed).text)
  if (asked.kind === 'only signs') {
    throw new Problem(
      'bad-arguments',
      'This search has no letter and no number. Add a word, or search by pattern to find signs alone.',
    )
  }
  const { query } = asked
  const { where, values } = filterClause(filter, coderId)
  const folded = hiddenWords(db)
  const rows = db.prepare(
    `SELECT ${NOTE_COLUMNS}, note.num, note_text.body, highlight(note_fts, 0, '${OPEN}', '${CLOSE}') AS marked
     FROM note_fts
     JOIN note_text ON note_text.num = note_fts.rowid
     JOIN note ON note.text_hash = note_text.hash
     LEFT JOIN casefile ON casefile.num = note.casefile
     WHERE note_fts MATCH @query AND ${where} ORDER BY note.num`,
  )
  try {
    const hidden = [...foundFolded(db, folded, query, { where, values })]
    for (const { marked, num, ...note } of rows.iterate({
      ...values,
      query,
    }) as IterableIterator<MarkedNote>) {
      while (hidden[0] && hidden[0].num < num) yield hidden.shift() as Found
      if (hidden[0]?.num === num) yield hidden.shift() as Found
      else yield { note, ranges: markedRanges(marked) }
    }
    yield* hidden
  } catch (error) {
    throw explainQuery(error)
  }
}

type MarkedNote = FoundNote & { num: number; marked: string }
type Hidden = { index: Db; last: { num: number; hash: string }; texts: Map<number, FoldedText> }

const NO_TEXT = { num: 0, hash: '' }
const hiddenOf = new WeakMap<Db, Hidden>()

/**
 * Texts in which signs that nobody sees or types keep the index from the words, folded, in an index of their own in
 * memory. There are few; each text is looked at once for as long as the connection is open.
 */
function hiddenWords(db: Db): Hidden {
  const known = stillTrue(db, hiddenOf.get(db)) ?? { index: wordIndex(), last: NO_TEXT, texts: new Map() }
  hiddenOf.set(db, known)
  const rows = db
    .prepare(`SELECT num, body FROM note_text WHERE num > ? AND body GLOB '*[${HIDES_WORDS}]*'`)
    .iterate(known.last.num) as IterableIterator<{ num: number; body: string }>
  const insert = known.index.prepare('INSERT INTO folded (rowid, body) VALUES (?, ?)')
  for (const { num, body } of rows) {
    const folded = new FoldedText(body)
    known.texts.set(num, folded)
    insert.run(num, folded.text)
  }
  known.last =
    (db.prepare('SELECT num, hash FROM note_text ORDER BY num DESC LIMIT 1').get() as
      | Hidden['last']
      | undefined) ?? NO_TEXT
  return known
}

/** What is known, without texts that are gone; nothing where the last text has gone: its number may be another's now. */
function stillTrue(db: Db, known: Hidden | undefined): Hidden | undefined {
  const find = db.prepare('SELECT hash FROM note_text WHERE num = ?').pluck()
  if (!known || find.get(known.last.num) !== known.last.hash) return undefined
  const forget = known.index.prepare('DELETE FROM folded WHERE rowid = ?')
  for (const num of [...known.texts.keys()]) {
    if (find.get(num) !== undefined) continue
    known.texts.delete(num)
    forget.run(num)
  }
  return known
}

function* foundFolded(
  db: Db,
  { index, texts }: Hidden,
  query: string,
  { where, values }: ReturnType<typeof filterClause>,
): Generator<Found & { num: number }> {
  const marked = index
    .prepare(
      `SELECT rowid AS num, highlight(folded, 0, '${OPEN}', '${CLOSE}') AS marked FROM folded WHERE folded MATCH ?`,
    )
    .all(query) as Array<{ num: number; marked: string }>
  if (marked.length === 0) return
  const byText = new Map(marked.map((row) => [row.num, row.marked]))
  const notes = db
    .prepare(
      `SELECT ${NOTE_COLUMNS}, note.num, note_text.num AS text, note_text.body FROM note
       JOIN note_text ON note_text.hash = note.text_hash
       LEFT JOIN casefile ON casefile.num = note.casefile
       WHERE note_text.num IN (SELECT value FROM json_each(@texts)) AND ${where} ORDER BY note.num`,
    )
    .iterate({ ...values, texts: JSON.stringify([...byText.keys()]) }) as IterableIterator<
    FoundNote & { num: number; text: number }
  >
  for (const { num, text, ...note } of notes) {
    const ranges = markedRanges(byText.get(text) ?? '').map(
      (range) => texts.get(text)?.toOriginal(range) ?? range,
    )
    yield { note, num, ranges }
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
    'This search is not complete. Use words, "a phrase", begin*, AND, OR, NOT or NEAR(two words, 5).',
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
  const end = Date.now() + TIME.search
  for (const notes of pieces(rows)) {
    const limit = Math.min(TIME.piece, end - Date.now())
    const ranges = withinTime(limit, () => notes.map(({ body }) => matchesInAnyForm(pattern, body)))
    if (ranges === null) throw tooLong()
    for (const [at, note] of notes.entries()) yield { note, ranges: ranges.value[at] ?? [] }
  }
}

function* pieces(rows: Iterable<FoundNote>): Generator<FoundNote[]> {
  let notes: FoundNote[] = []
  let characters = 0
  for (const note of rows) {
    notes.push(note)
    characters += note.body.length
    if (notes.length < PIECE.notes && characters < PIECE.characters) continue
    yield notes
    notes = []
    characters = 0
  }
  if (notes.length > 0) yield notes
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

function compile(query: string, matchCase: boolean): RegExp {
  try {
    return new RegExp(withAllLetters(new FoldedText(query).text), matchCase ? 'gmu' : 'gimu')
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
