/** The journal as a person reads it: by coder, by what was changed and by words, and as a table to keep. */
import type { CoderId } from '../../../shared/contract/basics.ts'
import type {
  JournalFilter,
  JournalPart,
  JournalRow,
  JournalSubject,
} from '../../../shared/contract/history.ts'
import { Problem } from '../../../shared/problem.ts'
import type { CallContext } from '../../../shared/rpc.ts'
import { toCsv } from '../exchange/tables/csv.ts'
import { type ReadableDb, sure } from '../file/connection.ts'
import { headOf } from '../file/journal-head.ts'
import type { Kinds } from '../journal/change.ts'
import { isClockOff, wallTime } from '../journal/clock.ts'
import type { Entry } from '../journal/entry.ts'
import type { Journal } from '../journal/journal.ts'
import type { Labels } from '../journal/labels.ts'
import { EntryNumbers } from './entry-numbers.ts'
import { EntryPlaces } from './places.ts'

/** What the names of kinds begin with, by what they are about; everything else is about the project. */
const SUBJECTS: readonly [JournalSubject, RegExp][] = [
  ['history', /^(undo|redo)$/],
  ['codings', /^codings?\./],
  ['codebook', /^(codes?|codebook|version|proposals?|qualifiers?)\./],
  ['memos', /^memos?\./],
  ['coders', /^(coders?|laptops?)\./],
  ['rounds', /^rounds?\./],
  ['notes', /^(notes?|cases?|attributes?|identifiers?|redactions?)\./],
]

export const subjectOf = (kind: string): JournalSubject =>
  SUBJECTS.find(([, names]) => names.test(kind))?.[0] ?? 'project'

type EntryRow = Entry & { is_undone: number; coder_name: string }
export type JournalPage = {
  total: number | null
  rows: JournalRow[]
  next: number | null
  /** A blind round keeps entries of others from the reader, if there are any. */
  isPartial: boolean
}

/**
 * SQL over `journal` and `effect`: whether what an entry did does not hold now. A redo leaves the entry's own mark as it
 * is and makes the change again; so the undos and redos that followed it are counted, without those that are void here.
 */
const IS_UNDONE = `CASE WHEN effect.is_undone = 0 THEN 0 ELSE (
  WITH RECURSIVE chain(step) AS (
    SELECT journal.step UNION ALL SELECT later.step FROM chain JOIN journal AS later ON later.undoes = chain.step
      AND NOT EXISTS (SELECT 1 FROM void WHERE void.seq = later.seq AND part = ''))
  SELECT (count(*) - 1) % 2 FROM chain) END`

const SELECT = `
  SELECT journal.*, ${IS_UNDONE} AS is_undone, coalesce(coder.name, 'Project') AS coder_name
  FROM journal JOIN effect USING (seq) LEFT JOIN coder ON coder.id = journal.coder`

const namesIn = (kinds: Kinds, subject: JournalSubject): string[] =>
  [...Object.keys(kinds), 'undo', 'redo'].filter((kind) => subjectOf(kind) === subject)

/** Words are looked for in labels, which are made from the entries: only so many in one go. */
const LOOKED_THROUGH = 5_000

const conditions = ({ coderId, subject }: JournalFilter, kinds: Kinds) => ({
  sql: `${coderId === undefined ? '' : ' AND journal.coder = @coder'}${
    subject === undefined ? '' : ' AND kind IN (SELECT value FROM json_each(@kinds))'
  }`,
  values: {
    ...(coderId === undefined ? {} : { coder: coderId }),
    ...(subject === undefined ? {} : { kinds: JSON.stringify(namesIn(kinds, subject)) }),
  },
})

/** Null for an entry that a blind round keeps from the reader, who is not to know that there is one. */
function toRow(
  labels: Labels,
  places: EntryPlaces,
  numbers: EntryNumbers,
  entry: EntryRow,
): JournalRow | null {
  const { where, place, parts, isKept } = places.of(entry)
  if (isKept) return null
  return {
    seq: numbers.numberOf(entry.seq),
    id: entry.id,
    at: wallTime(entry.wall),
    isClockOff: isClockOff(entry),
    coder: entry.coder_name,
    kind: entry.kind,
    label: labels.of(entry),
    where,
    place,
    parts,
    isUndone: entry.is_undone === 1,
  }
}

/** The entries with these numbers, oldest first. */
export function someEntries(
  db: ReadableDb,
  labels: Labels,
  seqs: readonly number[],
  viewer: CoderId | null,
): JournalRow[] {
  const places = new EntryPlaces(db, viewer)
  const numbers = new EntryNumbers(db, viewer, places)
  const entries = db
    .prepare<[string], EntryRow>(`${SELECT} WHERE seq IN (SELECT value FROM json_each(?)) ORDER BY seq`)
    .all(JSON.stringify(seqs))
  return entries.flatMap((entry) => toRow(labels, places, numbers, entry) ?? [])
}

/**
 * A page of entries before `before`, newest first. `next` is where the next page begins, null when there is none;
 * while words are looked for, or a blind round keeps entries, a page may be short and still have a next. `total` is not
 * known then.
 */
export function listJournal(
  db: ReadableDb,
  journal: Journal,
  { before, limit, ...filter }: JournalFilter & { before: number | null; limit: number },
  viewer: CoderId | null,
): JournalPage {
  const places = new EntryPlaces(db, viewer)
  const numbers = new EntryNumbers(db, viewer, places)
  const { sql, values } = conditions(filter, journal.kinds)
  const words = (filter.words ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  const { isPartial } = places
  const from = (before === null ? null : numbers.seqOf(before)) ?? Number.MAX_SAFE_INTEGER
  const most = words.length > 0 || isPartial ? LOOKED_THROUGH : limit
  const entries = db
    .prepare<object, EntryRow>(
      `${SELECT} WHERE journal.seq < @before${sql} ORDER BY journal.seq DESC LIMIT @most`,
    )
    .iterate({
      ...values,
      before: from,
      most,
    })
  const rows: JournalRow[] = []
  let seen = 0
  let last = 0
  for (const entry of entries) {
    seen++
    last = entry.seq
    const row = toRow(journal.labels, places, numbers, entry)
    if (!row) continue
    const text = `${row.label} ${row.where ?? ''} ${row.coder}`.toLowerCase()
    if (words.every((word) => text.includes(word))) rows.push(row)
    if (rows.length === limit) break
  }
  const isMore = rows.length === limit || seen === most
  const total = words.length > 0 || isPartial ? null : countEntries(db, filter, journal.kinds)
  return { total, rows, next: isMore ? numbers.numberOf(last) : null, isPartial }
}

/** What a bulk entry touched. @throws `not-found` when there is no such entry */
export function entryParts(
  db: ReadableDb,
  viewer: CoderId | null,
  { seq, offset, limit }: { seq: number; offset: number; limit: number },
): { total: number; parts: JournalPart[] } {
  const places = new EntryPlaces(db, viewer)
  const own = new EntryNumbers(db, viewer, places).seqOf(seq)
  const entry = db.prepare<[number | null], Entry>('SELECT * FROM journal WHERE seq = ?').get(own)
  if (!entry || places.of(entry).isKept) throw new Problem('not-found', `The journal has no entry ${seq}.`)
  return places.parts(entry, offset, limit)
}

/** How many entries a blind round keeps from the reader. */
export function countKeptEntries(db: ReadableDb, viewer: CoderId | null): number {
  return new EntryNumbers(db, viewer).keptOf(countEntries(db))
}

/** How many entries of a kind there are up to one of the journal. */
type CountedUpTo = { seq: number; id: string; count: number }
const NONE_YET = { seq: 0, id: '', count: 0 }

/** By what was asked for, per connection. */
const counted = new WeakMap<ReadableDb, Map<string, CountedUpTo>>()

/** Only entries that came since the last question are counted: the history is asked for after every change. */
function countEntries(db: ReadableDb, filter: JournalFilter = {}, kinds: Kinds = {}): number {
  const { sql, values } = conditions(filter, kinds)
  const byFilter = counted.get(db) ?? new Map<string, CountedUpTo>()
  counted.set(db, byFilter)
  const key = JSON.stringify(values)
  const known = byFilter.get(key)
  const isThere =
    known && db.prepare('SELECT 1 FROM journal WHERE seq = ? AND id = ?').get(known.seq, known.id)
  const from = isThere ? known : NONE_YET
  const newest = headOf(db)
  if (!newest) return 0
  const newer = sure(
    db
      .prepare<object, number>(
        `SELECT count(*) FROM journal WHERE journal.seq > @from AND journal.seq <= @to${sql}`,
      )
      .pluck()
      .get({ ...values, from: from.seq, to: newest.seq }),
  )
  const count = from.count + newer
  // Within a transaction the newest may not come true.
  if (!db.inTransaction) byFilter.set(key, { seq: newest.seq, id: newest.id, count })
  return count
}

const HEADER = ['seq', 'time', 'coder', 'kind', 'label', 'undone', 'hash'] as const
const PIECE = 500

/** Every entry, oldest first, in pieces of text, so that coding goes on while a long journal is written. */
export async function* journalCsv(
  db: ReadableDb,
  journal: Journal,
  viewer: CoderId | null,
  { signal, progress }: CallContext,
): AsyncGenerator<string> {
  const places = new EntryPlaces(db, viewer)
  const numbers = new EntryNumbers(db, viewer, places)
  const total = countEntries(db)
  const select = db.prepare<[number], EntryRow>(
    `${SELECT} WHERE journal.seq > ? ORDER BY journal.seq LIMIT ${PIECE}`,
  )
  const head = toCsv(HEADER, [])
  yield head
  let last = 0
  for (let done = 0; ; ) {
    const entries = select.all(last)
    if (entries.length === 0) return
    if (signal.aborted) throw new Problem('cancelled', 'The export was cancelled. Nothing was written.')
    done += entries.length
    last = entries.at(-1)?.seq ?? last
    const rows = entries.flatMap((entry) => {
      const row = toRow(journal.labels, places, numbers, entry)
      if (!row) return []
      // A hash follows from all entries before it, also from those that are kept from the reader.
      const hash = numbers.isOwn ? '' : entry.hash
      return [[row.seq, row.at, row.coder, row.kind, row.label, row.isUndone ? 'yes' : 'no', hash]]
    })
    yield toCsv(HEADER, rows).slice(head.length)
    progress({ done, total, words: 'entries' })
  }
}
