/**
 * What an entry of the journal touched, and where that can be opened: the coding's note and words, the code, the memo.
 * It is read from the entry's effect and the tables as they are now, so that words which were redacted since are not
 * said, and what a blind round keeps from whoever reads is not said either.
 */
import type { CoderId, RoundId } from '../../../shared/contract/basics.ts'
import type { JournalPart, JournalPlace } from '../../../shared/contract/history.ts'
import { asSubject, type MemoSubject } from '../../../shared/memo.ts'
import { splitsPair } from '../../../shared/offsets.ts'
import { type Cut, moveSpan } from '../../../shared/redaction.ts'
import type { codingChanges } from '../codings/codings.ts'
import type { Query, ReadableDb } from '../file/connection.ts'
import { fromJson, type Json, payloadAs } from '../file/json.ts'
import { findNum } from '../file/lookup.ts'
import type { AnyRow, RowOf, TableName, Write } from '../file/table-definitions.ts'
import type { PayloadOf } from '../journal/change.ts'
import type { Entry } from '../journal/entry.ts'
import type { coderChanges } from '../team/coders.ts'
import { notesKeptFrom } from '../team/rounds.ts'

/** What entries are about, by what their kinds begin with: these rows are their parts, in this order of tables. */
const PARTS: readonly [RegExp, readonly TableName[]][] = [
  [/^codings?\./, ['coding']],
  [/^memos?\./, ['memo']],
  [/^codes?\./, ['code', 'coding']],
  [/^proposal\./, ['code']],
  [/^decisions\./, ['decision']],
  [/^round\./, ['round']],
  [/^notes?\./, ['note', 'note_status']],
  [/^attribute\./, ['note', 'casefile']],
  [/^identifier\.keep/, ['kept_identifier']],
]

/** What says something of somebody's work in a note. */
const ABOUT_NOTES: ReadonlySet<TableName> = new Set(['coding', 'memo', 'decision'])

const tablesOf = (kind: string): readonly TableName[] => PARTS.find(([names]) => names.test(kind))?.[1] ?? []

/** An effect of more is a bulk change: its parts are looked at only when it is opened. */
const MOST_READ = 60_000
/** Of more codings it is not looked whether they are in one note. */
const MOST_LOOKED = 60
const WORDS = 60
const TITLE = 60
/** Where words of the note follow. */
const TITLE_BEFORE_WORDS = 40

type Effect = { changes: Json<Write[]> | null; parts: number }
/** A row of whichever table: a column that several have means the same in each. */
type Row = { num: number } & Partial<
  Pick<RowOf<'coding'>, 'id' | 'start_at' | 'end_at'> & { coder: number | null } & Pick<
      RowOf<'memo'>,
      'casefile' | 'note' | 'code' | 'coding' | 'title' | 'text'
    > &
    Pick<RowOf<'code'>, 'name'>
>
const asRow = (row: AnyRow) => row as Row
/** A row that was touched, the `at`th of them; `row` is how it was when this very entry took it away. */
type Touched = { table: TableName; num: number; row: Row | null; at: number }
type Looked = Pick<Entry, 'seq' | 'kind' | 'payload' | 'undoes' | 'coder'>
/** `label` says what it is, without the entry's own verb. */
export type Seen = { label: string; where: string | null; place: JournalPlace | null; isKept: boolean }

const NOTHING: Seen = { label: '', where: null, place: null, isKept: false }

/** An untitled note is called by its first words, which may end a sentence; more follows here. */
const inTitle = (title: string, most = TITLE): string => `in ${short(title, most).replace(/[.,:;]+$/, '')}`
const short = (text: string, most: number): string => {
  const line = text.replace(/\s+/g, ' ').trim()
  if (line.length <= most) return line
  return `${line.slice(0, splitsPair(line, most) ? most - 1 : most).trimEnd()}…`
}

function touchedBy(changes: readonly Write[], tables: readonly TableName[]): Touched[] {
  const touched = new Map<string, Touched>()
  const touch = (table: TableName, num: number, row: Row | null) => {
    const key = `${table} ${num}`
    const known = touched.get(key)
    touched.set(key, { table, num, row: row ?? known?.row ?? null, at: known?.at ?? touched.size })
  }
  for (const table of tables) {
    for (const change of changes) {
      if (change[1] !== table) continue
      if (change[0] === '-') touch(table, change[2].num, asRow(change[2]))
      else if (change[0] === '~') touch(table, change[2], null)
      else for (let num = change[2]; num <= change[3]; num++) touch(table, num, null)
    }
  }
  return [...touched.values()]
}

/** Looks at entries for one reader; `viewer` null (the command line) is kept from nothing. */
export class EntryPlaces {
  readonly #db: ReadableDb
  readonly #viewer: CoderId | null
  readonly #kept: ReadonlySet<number>
  readonly #statements = new Map<string, Query>()

  constructor(db: ReadableDb, viewer: CoderId | null) {
    this.#db = db
    this.#viewer = viewer
    this.#kept = notesKeptFrom(db, viewer)
  }

  /** Whether a blind round keeps anything from this reader. */
  get isPartial(): boolean {
    return this.#kept.size > 0
  }

  /** Where the entry leads, if it is to one thing, and how many parts it has. */
  of(entry: Looked): Seen & { parts: number } {
    // A key is made when somebody has worked for the first time.
    if (entry.kind === 'coder.key' && this.isPartial) return { ...NOTHING, isKept: true, parts: 0 }
    if (entry.kind === 'coder.sitDown' && this.#isAmongOthers(entry))
      return { ...NOTHING, isKept: true, parts: 0 }
    const effect = this.#effectOf(entry.seq, MOST_READ)
    const tables = tablesOf(this.#kindOf(entry))
    if (!effect || tables.length === 0) return { ...NOTHING, parts: 0 }
    if (effect.changes === null)
      return { ...NOTHING, isKept: this.#mayBeKept(entry, tables), parts: effect.parts }
    const all = touchedBy(fromJson(effect.changes), tables)
    // It is void here, or came to nothing: where it was made is not known.
    if (all.length === 0 && this.#mayBeKept(entry, tables.slice(0, 1)))
      return { ...NOTHING, isKept: true, parts: 0 }
    const touched = this.#shownOf(all, entry)
    if (touched.length < all.length && entry.coder !== this.#viewer)
      return { ...NOTHING, isKept: true, parts: 0 }
    const [only] = touched
    if (touched.length !== 1 || !only)
      return { ...(only ? this.#seeNoteOf(touched, entry) : NOTHING), parts: touched.length }
    return { ...this.#see(only, entry), parts: 1 }
  }

  /** Without what a blind round keeps: a lead who merges codes touches more than they may see. */
  #shownOf(touched: readonly Touched[], entry: Looked): readonly Touched[] {
    return this.#kept.size === 0 ? touched : touched.filter((each) => !this.#isKept(each, entry))
  }

  /** A page of the parts of an entry. */
  parts(entry: Entry, offset: number, limit: number): { total: number; parts: JournalPart[] } {
    const effect = this.#effectOf(entry.seq, Number.MAX_SAFE_INTEGER)
    const tables = tablesOf(this.#kindOf(entry))
    const changes = effect?.changes ? fromJson(effect.changes) : []
    const touched = this.#shownOf(touchedBy(changes, tables), entry)
    const shown = touched.slice(offset, offset + limit).map((each): JournalPart => {
      const { label, where, place } = this.#see(each, entry)
      return { key: `${each.table} ${each.num}`, label, where, place }
    })
    return { total: touched.length, parts: shown }
  }

  #statement<P extends unknown[], R>(sql: string): Query<P, R> {
    const known = this.#statements.get(sql) ?? this.#db.prepare(sql)
    this.#statements.set(sql, known)
    // Asked with one SQL it is always the same: what goes in and comes out stands where it is asked.
    return known as Query<P, R>
  }

  #effectOf(seq: number, most: number): Effect | undefined {
    return this.#statement<[object], Effect>(
      `SELECT CASE WHEN length(changes) <= @most THEN changes END AS changes, json_array_length(changes) AS parts
       FROM effect WHERE seq = @seq`,
    ).get({ seq, most })
  }

  /** In a blind round it is not told when the others came and went. */
  #isAmongOthers({ payload }: Looked): boolean {
    if (this.#kept.size === 0) return false
    const { from, to } = payloadAs<PayloadOf<typeof coderChanges, 'coder.sitDown'>>(payload)
    const persons = this.#statement<[string | null], string>(
      `SELECT coalesce(person.id, coder.id) FROM coder LEFT JOIN coder AS person ON person.num = coder.person
       WHERE coder.id = ?`,
    )
    const viewer = persons.pluck().get(this.#viewer)
    return from !== viewer && to !== viewer
  }

  /** What an undo or redo goes back to says what it is about. */
  #kindOf({ kind, undoes }: Pick<Entry, 'kind' | 'undoes'>): string {
    let at: Pick<Entry, 'kind' | 'undoes'> = { kind, undoes }
    while (at.undoes !== null) {
      const next = this.#statement<[string], Pick<Entry, 'kind' | 'undoes'>>(
        'SELECT kind, undoes FROM journal WHERE step = ? ORDER BY seq LIMIT 1',
      ).get(at.undoes)
      if (!next) break
      at = next
    }
    return at.kind
  }

  #mayBeKept({ coder }: Pick<Entry, 'coder'>, tables: readonly TableName[]): boolean {
    return this.#kept.size > 0 && coder !== this.#viewer && tables.some((table) => ABOUT_NOTES.has(table))
  }

  #isKept(each: Touched, entry: Looked): boolean {
    if (!ABOUT_NOTES.has(each.table)) return false
    const row = this.#rowOf(each, entry)
    // What is not known of another's act is not told.
    if (!row) return entry.coder !== this.#viewer
    if (each.table === 'decision') return this.#kept.has(Number(row.note))
    const coder = this.#statement<[number], string>('SELECT id FROM coder WHERE num = ?')
      .pluck()
      .get(Number(row.coder))
    if (coder === this.#viewer) return false
    const notes = each.table === 'coding' ? [row.note] : this.#notesOfMemo(row)
    // The coding it was on is gone: what is not known of another's act is not told here either.
    if (notes.length === 0 && row.coding !== null) return true
    return notes.some((note) => typeof note === 'number' && this.#kept.has(note))
  }

  /** Those it is about: its note, that of its coding, or those of its case. */
  #notesOfMemo(memo: Row): Array<number | undefined> {
    if (memo.note !== null) return [memo.note]
    const [sql, of] =
      memo.coding === null
        ? ['SELECT num FROM note WHERE casefile = ?', memo.casefile]
        : ['SELECT note FROM coding WHERE num = ?', memo.coding]
    return this.#statement<[number], number>(sql).pluck().all(Number(of))
  }

  /** The row now, else as it was when this entry took it away, or as it was applied. */
  #rowOf({ table, num, row, at }: Touched, entry: Looked): Row | null {
    const stored = this.#statement<[number], Row>(`SELECT * FROM ${table} WHERE num = ?`).get(num)
    if (stored) return stored
    const gone = row ?? (table === 'coding' ? this.#asApplied(at, entry) : null)
    return gone && (typeof gone.start_at === 'number' ? this.#moved(gone, entry.seq) : gone)
  }

  /** A coding that went later, as the entry that applied it says; to look for what took it would read the whole journal. */
  #asApplied(at: number, { kind, payload, coder }: Looked): Row | null {
    if (kind !== 'codings.apply') return null
    const coding = payloadAs<PayloadOf<typeof codingChanges, 'codings.apply'>>(payload).codings[at]
    const num = (table: 'note' | 'code' | 'coder', id: string) => findNum(this.#db, table, id)
    if (!coding) return null
    const { note, code, start, end } = coding
    return {
      num: 0,
      note: num('note', note),
      code: num('code', code),
      coder: num('coder', coder),
      start_at: start,
      end_at: end,
    }
  }

  /** Positions where the text is now; words that are gone leave the place at the note alone. */
  #moved(row: Row, since: number): Row {
    const cuts = this.#statement<[number | null | undefined, number], Json<Cut[]>>(
      'SELECT cuts FROM redaction WHERE note = ? AND entry >= ? ORDER BY entry, num',
    )
      .pluck()
      .all(row.note, since)
    let span: { start: number; end: number } | null = {
      start: Number(row.start_at),
      end: Number(row.end_at),
    }
    for (const each of cuts) span = span && moveSpan(fromJson(each), span)
    return { ...row, start_at: span?.start ?? null, end_at: span?.end ?? null }
  }

  #see(each: Touched, entry: Looked): Seen {
    const row = this.#rowOf(each, entry)
    if (!row) return NOTHING
    if (each.table === 'coding') return this.#seeCoding(row)
    if (each.table === 'memo') return this.#seeMemo(row)
    if (each.table === 'note') return this.#seeNote(row.num, row.id ?? null)
    if (each.table === 'note_status' || each.table === 'decision')
      return this.#seeNote(Number(row.note), null)
    if (each.table === 'kept_identifier') return this.#seeSpan(row)
    const subject = { code: 'code', casefile: 'case' } as const
    if (each.table === 'code' || each.table === 'casefile') {
      const about = asSubject(subject[each.table], row.id ?? '')
      const label = each.table === 'code' ? (row.name ?? '') : `case ${row.id}`
      return {
        label,
        where: null,
        place: this.#exists(each.table, row.num) ? { kind: 'subject', about } : null,
        isKept: false,
      }
    }
    if (each.table === 'round')
      return {
        label: row.name ?? '',
        where: null,
        place: this.#exists('round', row.num) ? { kind: 'round', roundId: (row.id ?? '') as RoundId } : null,
        isKept: false,
      }
    return NOTHING
  }

  #exists(table: TableName, num: number): boolean {
    return this.#statement<[number], number>(`SELECT 1 FROM ${table} WHERE num = ?`).get(num) !== undefined
  }

  #noteOf(num: number | null | undefined): { id: string; title: string; hash: string } | undefined {
    return this.#statement<[number], { id: string; title: string; hash: string }>(
      'SELECT id, shown_title AS title, text_hash AS hash FROM note WHERE num = ?',
    ).get(Number(num))
  }

  #seeNote(num: number, goneId: string | null): Seen {
    const note = this.#noteOf(num)
    if (!note) return { ...NOTHING, label: goneId === null ? '' : `note ${goneId}` }
    return {
      label: note.title === note.id ? `note ${note.id}` : `note ${note.id}, ${short(note.title, TITLE)}`,
      where: null,
      place: { kind: 'note', noteId: note.id, span: null },
      isKept: false,
    }
  }

  #seeCoding(row: Row): Seen {
    const code =
      this.#statement<[number], string>('SELECT name FROM code WHERE num = ?')
        .pluck()
        .get(Number(row.code)) ?? 'a code'
    const seen = this.#seeSpan(row)
    const id = this.#exists('coding', row.num) ? row.id : undefined
    const place =
      id !== undefined && seen.place?.kind === 'note' ? { ...seen.place, codingId: id } : seen.place
    return { ...seen, place, label: code }
  }

  /** "in CN88014: “weight loss”". */
  #seeSpan(row: Row): Seen {
    const note = this.#noteOf(row.note)
    if (!note) return NOTHING
    const span = typeof row.start_at === 'number' ? { start: row.start_at, end: Number(row.end_at) } : null
    const words = span ? this.#wordsAt(note.hash, span) : ''
    const name = inTitle(note.title, words === '' ? TITLE : TITLE_BEFORE_WORDS)
    return {
      label: 'words',
      where: words === '' ? name : `${name}: “${words}”`,
      place: { kind: 'note', noteId: note.id, span },
      isKept: false,
    }
  }

  #wordsAt(hash: string, { start, end }: { start: number; end: number }): string {
    const body = this.#statement<[string], string>('SELECT body FROM note_text WHERE hash = ?')
      .pluck()
      .get(hash)
    return short((body ?? '').slice(start, Math.min(end, start + 4 * WORDS)), WORDS)
  }

  /** The one note that several codings are in; they are listed one by one all the same. */
  #seeNoteOf(touched: readonly Touched[], entry: Looked): Seen {
    if (touched.length > MOST_LOOKED || touched.some(({ table }) => table !== 'coding')) return NOTHING
    const notes = new Set(touched.map((each) => this.#rowOf(each, entry)?.note))
    const note = notes.size === 1 ? this.#noteOf([...notes][0]) : undefined
    return note ? { ...NOTHING, where: inTitle(note.title) } : NOTHING
  }

  #seeMemo(row: Row): Seen {
    const about = this.#aboutOf(row)
    const label = short(row.title || row.text || '', TITLE) || 'an empty memo'
    return { label, where: null, place: about && { kind: 'subject', about }, isKept: false }
  }

  #aboutOf(row: Row): MemoSubject | null {
    for (const [kind, table] of [
      ['case', 'casefile'],
      ['note', 'note'],
      ['code', 'code'],
      ['coding', 'coding'],
    ] as const) {
      if (row[table] === null) continue
      const id = this.#statement<[number | undefined], string>(`SELECT id FROM ${table} WHERE num = ?`)
        .pluck()
        .get(row[table])
      return id === undefined ? null : asSubject(kind, id)
    }
    return { kind: 'project' }
  }
}
