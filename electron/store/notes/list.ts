/**
 * The note list at any length. A screen gets the notes it shall show as numbers in order, 4 bytes a note, and asks
 * for the rows of those in sight: 100,000 rows as objects take a second to send and to check.
 */
import type { CoderId, NoteId } from '../../../shared/contract/basics.ts'
import type {
  Attribute,
  AttributeValueCounts,
  CaseList,
  NoteFilter,
  NoteProgress,
  NoteRow,
  NoteSort,
  NoteStatus,
} from '../../../shared/contract/notes.ts'
import { lazily } from '../../../shared/lazily.ts'
import { Problem } from '../../../shared/problem.ts'
import { type ReadableDb, sure } from '../file/connection.ts'
import { type Head, headOf } from '../file/journal-head.ts'
import { fromJson, type Json } from '../file/json.ts'
import { findNum } from '../file/lookup.ts'
import { filterClause } from './filter.ts'
import { listAttributes } from './notes.ts'
import { lastNoteRead } from './reading.ts'

export type NoteOrderArgs = {
  coderId: CoderId
  /** Words that must all stand in title, case, date, id or status, in any order. */
  query?: string | undefined
  filter?: NoteFilter | undefined
  sort?: NoteSort | undefined
}
export type AttributeRef = Pick<Attribute, 'of' | 'name'>

const coderNum = (db: ReadableDb, coderId: CoderId) => findNum(db, 'coder', coderId) ?? -1

const CODINGS = '(SELECT count(*) FROM coding WHERE coding.note = note.num AND coding.coder = @coder)'
/** A note with codings but no mark is in progress. */
const STATUS = `coalesce(
  (SELECT status FROM note_status WHERE note_status.note = note.num AND note_status.coder = @coder),
  CASE WHEN EXISTS (SELECT 1 FROM coding WHERE coding.note = note.num AND coding.coder = @coder)
    THEN 'in progress' ELSE 'not started' END)`

const SORT_COLUMNS: Record<Exclude<NoteSort['by'], 'attribute' | 'id'>, string> = {
  file: 'note.num',
  title: 'note.shown_title COLLATE NOCASE',
  date: 'note.date',
  case: 'casefile.id',
  length: 'note.characters',
  codings: CODINGS,
  status: `CASE ${STATUS} WHEN 'not started' THEN 0 WHEN 'in progress' THEN 1 ELSE 2 END`,
}

/** Notes without the value come last, whichever way round. */
function orderBy(
  db: ReadableDb,
  sort: NoteSort | undefined,
): { sql: string; values: Record<string, string> } {
  if (!sort || sort.by === 'id') return { sql: 'note.num', values: {} }
  const direction = sort.descending ? 'DESC' : 'ASC'
  if (sort.by !== 'attribute')
    return { sql: `${SORT_COLUMNS[sort.by]} ${direction} NULLS LAST, note.num`, values: {} }
  if (!sort.attribute) throw new Problem('bad-arguments', 'Say which attribute to sort by.')
  const { of, name } = sort.attribute
  const column = of === 'note' ? 'note.attributes' : 'casefile.attributes'
  const kind = listAttributes(db).find((each) => each.of === of && each.name === name)?.kind
  const value = `(SELECT each.value FROM json_each(${column}) AS each WHERE each.key = @sortName)`
  const sortable = kind === 'number' ? `CAST(${value} AS REAL)` : `${value} COLLATE NOCASE`
  return { sql: `${value} IS NULL, ${sortable} ${direction}, note.num`, values: { sortName: name } }
}

/** The numbers of the notes that fit, in file order unless sorted. Progress and codings are this coder's own. */
export function noteOrder(
  db: ReadableDb,
  { coderId, query = '', filter = {}, sort }: NoteOrderArgs,
): Uint32Array<ArrayBuffer> {
  const { where, values } = filterClause(filter, coderId)
  const order = orderBy(db, sort)
  const nums = db
    .prepare<object, number>(
      `SELECT note.num FROM note LEFT JOIN casefile ON casefile.num = note.casefile
       WHERE ${where} ORDER BY ${order.sql}`,
    )
    .pluck()
    .all({ ...values, ...order.values, coder: coderNum(db, coderId) })
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const found = words.length === 0 ? nums : withWords(db, coderId, nums, words)
  return Uint32Array.from(sort?.by === 'id' ? byId(db, found, sort.descending) : found)
}

/** "N9" before "N10": figures inside an id are compared as numbers. */
function byId(db: ReadableDb, nums: readonly number[], isDown: boolean): number[] {
  const { ids } = wordsOf(db)
  const keys = new Map(
    nums.map((num) => [
      num,
      (ids.get(num) ?? '').toLowerCase().replace(/\d+/g, (digits) => digits.padStart(20, '0')),
    ]),
  )
  const sign = isDown ? -1 : 1
  return nums.toSorted((a, b) => {
    const left = keys.get(a) as string
    const right = keys.get(b) as string
    return left === right ? a - b : sign * (left < right ? -1 : 1)
  })
}

const STATUSES: readonly NoteStatus[] = ['not started', 'in progress', 'finished']

function withWords(
  db: ReadableDb,
  coderId: CoderId,
  nums: readonly number[],
  words: readonly string[],
): number[] {
  const { texts } = wordsOf(db)
  // Progress is the one thing here that changes with every coding; most words are no part of its names.
  const asksForStatus = words.some((word) => STATUSES.some((status) => status.includes(word)))
  const statuses = asksForStatus ? statusesOf(db, coderId) : null
  return nums.filter((num) => {
    const text = texts.get(num) ?? ''
    const status = statuses ? (statuses.get(num) ?? 'not started') : ''
    return words.every((word) => text.includes(word) || status.includes(word))
  })
}

function statusesOf(db: ReadableDb, coderId: CoderId): Map<number, NoteStatus> {
  const coder = coderNum(db, coderId)
  const begun = db
    .prepare<[number], number>(
      `SELECT num FROM note WHERE EXISTS
       (SELECT 1 FROM coding WHERE coding.note = note.num AND coding.coder = ?)`,
    )
    .pluck()
    .all(coder)
  const marked = db
    .prepare<[number], [number, NoteStatus]>('SELECT note, status FROM note_status WHERE coder = ?')
    .raw()
    .all(coder)
  return new Map([...begun.map((num): [number, NoteStatus] => [num, 'in progress']), ...marked])
}

type Words = {
  /** The last journal entry these were still right after; null before the first. */
  head: Head | null
  ids: Map<number, string>
  texts: Map<number, string>
}

/** What a typed filter looks through, kept while no note changes: reading it anew takes a quarter of a second. */
const keptWords = new WeakMap<ReadableDb, Words>()
/** Changes to codings, codes, coders, memos and rounds, and progress, leave titles, cases, dates and ids of notes as they are. */
const TOUCHES_NOTES = `kind NOT GLOB 'cod*' AND kind NOT GLOB 'memo*' AND kind NOT GLOB 'round*' AND kind <> 'note.setStatus'`

function wordsOf(db: ReadableDb): Words {
  const kept = keptWords.get(db)
  const head = headOf(db)
  // Where entries were put in or taken out before it, it has another number.
  const isThere = db.prepare('SELECT 1 FROM journal WHERE seq = ? AND id = ?')
  if (kept?.head && isThere.get(kept.head.seq, kept.head.id)) {
    const since = db
      .prepare(`SELECT 1 FROM journal WHERE seq > ? AND ${TOUCHES_NOTES} LIMIT 1`)
      .get(kept.head.seq)
    if (!since) {
      kept.head = head
      return kept
    }
  }
  const words: Words = { head, ids: new Map(), texts: new Map() }
  const rows = db
    .prepare<[], [number, string, string]>(
      `SELECT note.num, note.id, lower(note.shown_title || ' ' || coalesce(casefile.id, '') || ' ' || coalesce(note.date, '') || ' ' || note.id)
       FROM note LEFT JOIN casefile ON casefile.num = note.casefile`,
    )
    .raw()
    .iterate()
  for (const [num, id, text] of rows) {
    words.ids.set(num, id)
    // SQLite's lower() knows ASCII only.
    words.texts.set(num, text.toLowerCase())
  }
  keptWords.set(db, words)
  return words
}

type StoredRow = Omit<NoteRow, 'cells'> & { cells?: Json<Array<string | null>> }

const rowColumns = (cells: readonly string[]) =>
  `note.num, note.id, note.shown_title AS title, casefile.id AS caseId, note.date, note.characters AS length, ${STATUS} AS status,
   ${CODINGS} AS codings${cells.length > 0 ? `, json_array(${cells.join(', ')}) AS cells` : ''}`

/** The rows of these notes in this order, with the values of the attributes asked for; what is gone is left out. */
export function noteRows(
  db: ReadableDb,
  coderId: CoderId,
  nums: readonly number[],
  columns: readonly AttributeRef[] = [],
): NoteRow[] {
  const cells = columns.map(({ of }, index) => {
    const source = of === 'note' ? 'note.attributes' : 'casefile.attributes'
    return `(SELECT CAST(each.value AS TEXT) FROM json_each(${source}) AS each WHERE each.key = @column${index})`
  })
  const named = Object.fromEntries(columns.map(({ name }, index) => [`column${index}`, name]))
  const rows = db
    .prepare<object, StoredRow>(
      `SELECT ${rowColumns(cells)}
       FROM json_each(@nums) AS wanted JOIN note ON note.num = wanted.value
       LEFT JOIN casefile ON casefile.num = note.casefile ORDER BY wanted.key`,
    )
    .all({ ...named, nums: JSON.stringify(nums), coder: coderNum(db, coderId) })
  return rows.map(({ cells: texts, ...row }) =>
    texts === undefined ? row : { ...row, cells: fromJson(texts) },
  )
}

export function noteRow(db: ReadableDb, coderId: CoderId, noteId: NoteId): NoteRow | null {
  const num = findNum(db, 'note', noteId)
  return num === null ? null : (noteRows(db, coderId, [num])[0] ?? null)
}

/** Where a coder left off: the note opened last, else the first in progress, the first not started, the first of all. */
export function noteToResume(db: ReadableDb, coderId: CoderId): string | null {
  const last = lastNoteRead(db, coderId)
  if (last !== null) return last
  const coder = coderNum(db, coderId)
  const first = (where: string) =>
    db
      .prepare<object, string>(`SELECT note.id FROM note WHERE ${where} ORDER BY note.num LIMIT 1`)
      .pluck()
      .get({ coder })
  return (
    first(`@coder = @coder AND ${STATUS} = 'in progress'`) ??
    first(`@coder = @coder AND ${STATUS} = 'not started'`) ??
    first('@coder = @coder') ??
    null
  )
}

export function noteProgress(db: ReadableDb, coderId: CoderId): NoteProgress {
  const notes = sure(db.prepare<[], number>('SELECT count(*) FROM note').pluck().get())
  const finished = sure(
    db
      .prepare<[number], number>(`SELECT count(*) FROM note_status WHERE coder = ? AND status = 'finished'`)
      .pluck()
      .get(coderNum(db, coderId)),
  )
  return { notes, finished }
}

const byName = lazily(() => new Intl.Collator('en-GB', { numeric: true }))

/** Cases that have notes and whose id contains the words, in the order of their ids. */
export function listCases(db: ReadableDb, query: string, limit: number): CaseList {
  const cases = db
    .prepare<[], CaseList['cases'][number]>(
      `SELECT casefile.id, count(*) AS notes FROM note JOIN casefile ON casefile.num = note.casefile
       GROUP BY note.casefile`,
    )
    .all()
  const wanted = query.trim().toLowerCase()
  const found = cases.filter(({ id }) => id.toLowerCase().includes(wanted))
  found.sort((a, b) => byName().compare(a.id, b.id))
  return { total: found.length, cases: found.slice(0, limit) }
}

/** How often each value of an attribute stands: in notes, or in cases with notes where it belongs to the case. */
export function attributeValues(
  db: ReadableDb,
  { of, name }: AttributeRef,
  limit: number,
): AttributeValueCounts {
  const source =
    of === 'note' ? 'note' : `casefile JOIN (SELECT DISTINCT casefile AS num FROM note) USING (num)`
  const table = of === 'note' ? 'note' : 'casefile'
  const counted = db
    .prepare<object, { value: string | null; count: number }>(
      `SELECT CAST((SELECT each.value FROM json_each(${table}.attributes) AS each WHERE each.key = @name) AS TEXT) AS value,
              count(*) AS count
       FROM ${source} GROUP BY value ORDER BY count DESC`,
    )
    .all({ name })
  const values = counted.filter((each): each is { value: string; count: number } => each.value !== null)
  values.sort((a, b) => b.count - a.count || byName().compare(a.value, b.value))
  return {
    total: values.length,
    values: values.slice(0, limit),
    missing: counted.find(({ value }) => value === null)?.count ?? 0,
  }
}
