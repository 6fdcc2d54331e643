/**
 * The journal: the one way to change a project. An entry is hashed, chained and reduced to the tables in a single
 * transaction; undo and redo are entries too. Nothing else writes domain tables.
 *
 * The chain: hash = SHA-256 over the JSON array of every other field, the previous entry's hash among them, per
 * replica (copy of the file, see replica.ts); the first entry of a replica continues what was there when it parted.
 * Changing one byte of any stored field breaks it from there on.
 */
import { v7 as uuid } from 'uuid'
import type { Topic } from '../../shared/contract.ts'
import type {
  HistoryState,
  HistoryStep,
  HistorySteps,
  JournalFilter,
  JournalRow,
} from '../../shared/model.ts'
import { Problem } from '../../shared/problem.ts'
import { type Change, upcast, versionOf } from './change.ts'
import { isClockOff, tick, wallTime } from './clock.ts'
import { PROJECT_ACTOR } from './coders.ts'
import type { Db } from './database.ts'
import { sha256 } from './hash.ts'
import { type JournalPage, listJournal, someEntries } from './journal-list.ts'
import { EntryPlaces } from './journal-places.ts'
import { findNum } from './lookup.ts'
import { type ChangeKind, type PayloadOf, reducers } from './reducers.ts'
import { type TableName, Tables, type Write } from './tables.ts'
import { ALL, redoTargets, type StepRow, undoTargets } from './undo-targets.ts'

type Reversal = 'undo' | 'redo'
export type EntryKind = ChangeKind | Reversal

const isReversal = (kind: EntryKind): kind is Reversal => kind === 'undo' || kind === 'redo'

export type Entry = {
  seq: number
  id: string
  replica: string
  replica_seq: number
  /** Where it stands in the order of all entries. */
  hlc: string
  /** What the clock of its computer said, in ms: the time that people read. */
  wall: number
  coder: string
  kind: EntryKind
  /** Which form the payload has (see change.ts). */
  version: number
  payload: string
  /** Entries of one step are undone together (the chunks of an import); a lone entry is its own step. */
  step: string
  /** The step this entry undoes, for `undo` and `redo`. */
  undoes: string | null
  prev_hash: string
  hash: string
}

export type Committed = { entry: Entry; topics: Topic[]; noteIds: string[] | null }

const TOPIC_OF: Record<TableName, Topic> = {
  setting: 'project',
  coder: 'coders',
  attribute: 'notes',
  casefile: 'notes',
  note: 'notes',
  note_status: 'status',
  round: 'rounds',
  round_coder: 'rounds',
  round_note: 'rounds',
  redaction: 'notes',
  kept_identifier: 'identifiers',
  code: 'codes',
  coding: 'codings',
  memo: 'memos',
  gone_code: 'codes',
  version_name: 'codes',
  proposal: 'proposals',
}

/** More touched notes than this are announced as "possibly all". */
const MANY_NOTES = 500

const times = <T>(count: number, work: () => T): T[] => Array.from({ length: count }, work)

export const FIRST_HASH = '0'.repeat(64)

/** The hash of an entry from its stored fields. */
export function entryHash(entry: Omit<Entry, 'hash' | 'seq'>): string {
  return sha256(
    JSON.stringify([
      entry.prev_hash,
      entry.id,
      entry.replica,
      entry.replica_seq,
      entry.hlc,
      entry.wall,
      entry.coder,
      entry.kind,
      entry.version,
      entry.payload,
      entry.step,
      entry.undoes,
    ]),
  )
}

/** What happens around changes, for whoever looks after the file they go to. */
export type Watch = {
  /** Before the first change. */
  begin(): void
  /** As part of the first entry: undone with it where it is refused. */
  settle(): void
  /** Before each change is confirmed; throws where it would be lost. */
  assertSafe(): void
  /** After each change. */
  confirmed(): void
}
const UNWATCHED: Watch = { begin: () => {}, settle: () => {}, assertSafe: () => {}, confirmed: () => {} }

export class Journal {
  readonly #db: Db
  readonly #now: () => number
  readonly #watch: Watch
  #isBegun = false
  #hasChanged = false
  /** Whether a first entry is under way, and whether one is durable. */
  #isSettling = false
  #isSettled = false
  #replica: string | null = null
  #known: Last | null = null

  constructor(db: Db, now: () => number = Date.now, watch: Watch = UNWATCHED) {
    this.#db = db
    this.#now = now
    this.#watch = watch
  }

  /** Makes one change. The payload must fit the kind's schema; the whole either happens or does not. */
  commit<K extends ChangeKind>(coder: string, kind: K, payload: PayloadOf<K>, step?: string): Committed {
    const checked = reducers[kind].payload.parse(payload)
    const written = JSON.stringify(checked)
    assertWellFormed(written)
    return this.#append(coder, kind, written, step ?? null, null, (tables, entry) =>
      reduceChecked(this.#db, tables, entry, checked),
    )
  }

  /** Undoes the coder's latest step that is not undone yet. */
  undo(coder: string): Committed {
    const [target] = undoTargets(this.#db, coder, 1)
    if (!target) throw new Problem('nothing-to-undo', 'There is nothing to undo.')
    const { step, by } = target
    return this.#append(by, 'undo', '{}', null, step, (tables) => this.#goBack(tables, step))
  }

  /** Takes back the coder's latest undo, as long as nothing was done after it. */
  redo(coder: string): Committed {
    const step = redoTargets(this.#db, coder, 1)[0]?.step
    if (!step) throw new Problem('nothing-to-redo', 'There is nothing to redo.')
    return this.#append(coder, 'redo', '{}', null, step, (tables) => this.#goBack(tables, step))
  }

  /**
   * Undoes or redoes until `step` is the coder's latest that holds; with `isBefore` it is undone too. All of it
   * happens, or nothing. @throws `not-found` when the step is none of those
   */
  goTo(coder: string, step: string, isBefore: boolean): Committed[] {
    return this.transaction(() => {
      const ahead = redoTargets(this.#db, coder, ALL).findIndex((target) => target.step === step)
      if (ahead !== -1) return times(ahead + (isBefore ? 0 : 1), () => this.redo(coder))
      const back = undoTargets(this.#db, coder, ALL).findIndex((target) => target.step === step)
      if (back === -1)
        throw new Problem('not-found', 'You can no longer go back to this step. Nothing was changed.')
      return times(back + (isBefore ? 1 : 0), () => this.undo(coder))
    })
  }

  /** Runs several commits as one transaction: all of them or none. */
  transaction<T>(work: () => T): T {
    if (this.#db.inTransaction) return this.#db.transaction(work)()
    if (!this.#isBegun) this.#watch.begin()
    this.#isBegun = true
    this.#isSettling = false
    const safely = () => {
      const result = work()
      this.#watch.assertSafe()
      return result
    }
    const result = this.#db.transaction(safely).immediate()
    this.#hasChanged = true
    this.#isSettled ||= this.#isSettling
    this.#watch.confirmed()
    return result
  }

  /** What undo and redo would do now, in words. */
  state(coder: string): HistoryState {
    const [undo] = undoTargets(this.#db, coder, 1)
    const [redo] = redoTargets(this.#db, coder, 1)
    return {
      undo: undo ? this.labelOfStep(undo.step) : null,
      redo: redo ? this.labelOfStep(redo.step) : null,
    }
  }

  /** A step in words; for an undo or redo, the words of the change it goes back to. */
  labelOfStep(step: string): string {
    const { first, count, lastKind } = this.#firstOf(step)
    if (!first) return 'a change'
    if (first.undoes) return this.labelOfStep(first.undoes)
    // A memo is saved at every pause; its many small changes are one piece of writing.
    if (count === 1 || first.kind.startsWith('memo.')) return this.label(first)
    if (count === 2 && first.kind === 'codes.add' && lastKind === 'codings.apply')
      return `${this.label(first)} and applied it`
    return `${this.label(first)} and ${count - 1} more such changes`
  }

  /** An entry in words, from its payload and the names in the tables now. */
  label(entry: Entry): string {
    if (entry.undoes) return `${entry.kind}: ${this.labelOfStep(entry.undoes)}`
    return inWords(this.#db, entry)
  }

  /** A page as `viewer` may see it; null is nobody who codes, whom no blind round keeps anything from. */
  list(
    before: number | null,
    limit: number,
    filter: JournalFilter = {},
    viewer: string | null = null,
  ): JournalPage {
    return listJournal(this.#db, this, { before, limit, ...filter }, viewer)
  }

  /** Some entries, oldest first. */
  rowsOf(seqs: readonly number[], viewer: string | null = null): JournalRow[] {
    return someEntries(this.#db, this, seqs, viewer)
  }

  /** What undo and redo would do, one press after the other. */
  steps(coder: string, limit: number, viewer: string | null = null): HistorySteps {
    const places = new EntryPlaces(this.#db, viewer)
    const toStep = ({ step, wall }: StepRow): HistoryStep => {
      const { first, count } = this.#firstOf(step)
      const seen = first && count === 1 ? places.of(first) : null
      return {
        step,
        label: this.labelOfStep(step),
        where: seen?.where ?? null,
        at: wallTime(wall),
      }
    }
    return {
      done: undoTargets(this.#db, coder, limit).map(toStep),
      undone: redoTargets(this.#db, coder, limit).map(toStep),
    }
  }

  #goBack(tables: Tables, step: string): void {
    revertStep(this.#db, tables, step)
    assertTextsAreThere(this.#db, tables)
  }

  /** Whether a clock was far ahead once, as the newest entry shows. */
  isClockOff(): boolean {
    const newest = this.#db.prepare('SELECT hlc, wall FROM journal ORDER BY seq DESC LIMIT 1').get()
    return newest !== undefined && isClockOff(newest as Pick<Entry, 'hlc' | 'wall'>)
  }

  /** Whether anything was changed since the file was opened; what was refused was not. */
  get hasChanged(): boolean {
    return this.#hasChanged
  }

  *entries(): Generator<Entry> {
    yield* this.#db.prepare('SELECT * FROM journal ORDER BY seq').iterate() as IterableIterator<Entry>
  }

  get replica(): string {
    this.#replica ??= this.#db
      .prepare(`SELECT value FROM local WHERE name = 'replica'`)
      .pluck()
      .get() as string
    return this.#replica
  }

  /** What is written from now on belongs to this copy of the project; it is kept in the file before the next entry. */
  set replica(replica: string) {
    this.#replica = replica
  }

  #append(
    coder: string,
    kind: EntryKind,
    payload: string,
    step: string | null,
    undoes: string | null,
    apply: (tables: Tables, entry: Entry) => void,
  ): Committed {
    return this.transaction(() => {
      if (kind !== 'coder.add') assertIsSomebody(this.#db, coder)
      this.#isSettling = true
      if (!this.#isSettled) this.#watch.settle()
      const entry = this.#nextEntry(coder, kind, payload, step, undoes)
      insertEntry(this.#db, entry)
      const tables = new Tables(this.#db)
      apply(tables, entry)
      saveEffect(this.#db, entry, tables)
      tables.codings.tell(this.#db, entry)
      return { entry, ...announce(this.#db, tables) }
    })
  }

  #nextEntry(
    coder: string,
    kind: EntryKind,
    payload: string,
    step: string | null,
    undoes: string | null,
  ): Entry {
    const last = this.#last()
    const own = this.#db
      .prepare('SELECT replica_seq, hash FROM journal WHERE replica = ? ORDER BY replica_seq DESC LIMIT 1')
      .get(this.replica) as { replica_seq: number; hash: string } | undefined
    const id = uuid()
    const wall = this.#now()
    const body = {
      id,
      replica: this.replica,
      replica_seq: (own?.replica_seq ?? 0) + 1,
      hlc: tick(last.hlc, this.replica, wall),
      wall,
      coder,
      kind,
      version: isReversal(kind) ? 1 : versionOf(reducers[kind]),
      payload,
      step: step ?? id,
      undoes,
      prev_hash: own?.hash ?? this.#newestHash(),
    }
    return { seq: last.seq + 1, ...body, hash: entryHash(body) }
  }

  /** What the first entry of a replica continues: there its copy of the file parts from the others. */
  #newestHash(): string {
    const newest = this.#db.prepare('SELECT hash FROM journal ORDER BY seq DESC LIMIT 1').pluck().get()
    return (newest as string | undefined) ?? FIRST_HASH
  }

  /**
   * The newest entry's number and the latest clock of all (entries merged in may be older than what stood before
   * them). Only entries that came since the last question are looked at: every change asks.
   */
  #last(): Last {
    const known = this.#known
    const isThere =
      known && this.#db.prepare('SELECT 1 FROM journal WHERE seq = ? AND id = ?').get(known.seq, known.id)
    const from = isThere ? known : NOTHING_YET
    const newer = this.#db
      .prepare('SELECT max(seq) AS seq, max(hlc) AS hlc FROM journal WHERE seq > ?')
      .get(from.seq) as { seq: number | null; hlc: string | null }
    if (newer.seq === null) return from
    const id = this.#db.prepare('SELECT id FROM journal WHERE seq = ?').pluck().get(newer.seq) as string
    const hlc = from.hlc !== null && from.hlc > (newer.hlc ?? '') ? from.hlc : newer.hlc
    this.#known = { seq: newer.seq, id, hlc }
    return this.#known
  }

  /** The chunks of an import are large: only the first is read. */
  #firstOf(step: string): { first: Entry | undefined; count: number; lastKind: unknown } {
    const first = this.#db.prepare('SELECT * FROM journal WHERE step = ? ORDER BY seq LIMIT 1').get(step)
    const count = this.#db.prepare('SELECT count(*) FROM journal WHERE step = ?').pluck().get(step)
    const lastKind = this.#db
      .prepare('SELECT kind FROM journal WHERE step = ? ORDER BY seq DESC')
      .pluck()
      .get(step)
    return { first: first as Entry | undefined, count: count as number, lastKind }
  }
}

/**
 * Half a character (a lone surrogate) cannot be kept as it is: it would come back as another, and the journal would not
 * match the tables. JSON writes it as an escape, and whole characters never so.
 *
 * @throws Problem `bad-arguments`
 */
function assertWellFormed(json: string): void {
  if (!json.includes('\\ud') || !/(?<!\\)(?:\\\\)*\\ud[89a-f]/.test(json)) return
  throw new Problem(
    'bad-arguments',
    'A name or text has half a character in it, which cannot be saved. Nothing was changed; type it again, or save its file as UTF-8.',
  )
}

/** @throws Problem `not-allowed` for an id that is no coder's of this project */
function assertIsSomebody(db: Db, coder: string): void {
  if (coder === PROJECT_ACTOR || findNum(db, 'coder', coder) !== null) return
  throw new Problem('not-allowed', 'Whoever asks for this is no coder of this project. Nothing was changed.')
}

/** How far the journal goes: its newest entry, and the latest clock reading up to it. */
type Last = { seq: number; id: string; hlc: string | null }
const NOTHING_YET: Last = { seq: 0, id: '', hlc: null }

function insertEntry(db: Db, entry: Entry): void {
  db.prepare(
    `INSERT INTO journal
       (seq, id, replica, replica_seq, hlc, wall, coder, kind, version, step, undoes, prev_hash, hash, payload)
     VALUES (@seq, @id, @replica, @replica_seq, @hlc, @wall, @coder, @kind, @version, @step, @undoes, @prev_hash, @hash,
       @payload)`,
  ).run(entry)
}

/** A note that comes back needs its text, which a redaction of another note with the same text may have taken out. */
function assertTextsAreThere(db: Db, tables: Tables): void {
  const find = db
    .prepare(
      'SELECT id FROM note WHERE num BETWEEN ? AND ? AND NOT EXISTS (SELECT 1 FROM note_text WHERE hash = text_hash)',
    )
    .pluck()
  for (const change of tables.changes) {
    const id = change[0] === '+' && change[1] === 'note' ? find.get(change[2], change[3]) : undefined
    if (id === undefined) continue
    throw new Problem(
      'conflict',
      `The text of note ${id} was taken out of this file when the same words were redacted elsewhere. Nothing was changed; import the note again.`,
    )
  }
}

function saveEffect(db: Db, entry: Entry, tables: Tables): void {
  if (tables.changes.some((change) => change[1] === 'code')) {
    // The version only ever grows, also when a change is undone: a coding's version names one state of the book.
    db.prepare('UPDATE codebook SET version = version + 1').run()
    db.prepare('INSERT INTO codebook_version (version, seq) SELECT version, ? FROM codebook').run(entry.seq)
  }
  db.prepare('INSERT INTO effect (seq, changes) VALUES (?, ?)').run(entry.seq, JSON.stringify(tables.changes))
  tables.subjects.save(db, entry.seq)
}

function announce(db: Db, tables: Tables): { topics: Topic[]; noteIds: string[] | null } {
  const topics = new Set<Topic>(tables.changes.map((change) => TOPIC_OF[change[1]]))
  topics.add('history')
  if (tables.touchedNotes.size > MANY_NOTES) return { topics: [...topics], noteIds: null }
  const idOf = db.prepare('SELECT id FROM note WHERE num = ?').pluck()
  const noteIds = [...tables.touchedNotes].map((num) => idOf.get(num) as string | undefined)
  // A note that is gone now (an import undone) has no id to name any more.
  if (noteIds.some((id) => id === undefined)) return { topics: [...topics], noteIds: null }
  return { topics: [...topics], noteIds: noteIds as string[] }
}

/** Reduces a payload that has just been checked; what was written down is the same value as JSON. */
function reduceChecked(db: Db, tables: Tables, entry: Entry, payload: unknown): void {
  const { reduce } = reducers[entry.kind as ChangeKind]
  ;(reduce as (context: unknown, payload: unknown) => void)({ db, tables, entry }, payload)
}

/** Reduces an entry from what was written down. */
function reduceChange(db: Db, tables: Tables, entry: Entry): void {
  const reducer = reducers[entry.kind as ChangeKind]
  if (!reducer) throw new Problem('internal', `There is no kind of change called ${entry.kind}.`)
  reduceChecked(db, tables, entry, reducer.payload.parse(payloadOf(reducer, entry)))
}

/** What was written down, in the form that this program writes. @throws Problem `newer-project` */
const payloadOf = (reducer: Pick<Change, 'upcasters'>, { version, payload }: Entry): unknown =>
  upcast(reducer, version, JSON.parse(payload))

/** Plays back every entry of a step, latest first, and marks them as undone. */
function revertStep(db: Db, tables: Tables, step: string): void {
  const effects = db
    .prepare(
      `SELECT seq, changes, undoes, kind FROM journal JOIN effect USING (seq) WHERE step = ? ORDER BY seq DESC`,
    )
    .all(step) as Array<{ seq: number; changes: string; undoes: string | null; kind: EntryKind }>
  try {
    for (const effect of effects) {
      tables.revert(JSON.parse(effect.changes) as Write[], effect.seq)
      db.prepare('UPDATE effect SET is_undone = 1 WHERE seq = ?').run(effect.seq)
    }
  } catch (error) {
    const code = (error as { code?: string }).code ?? ''
    if (!code.startsWith('SQLITE_CONSTRAINT')) throw error
    throw new Problem(
      'conflict',
      'This cannot be undone any more: later work by someone depends on it. Nothing was changed; remove that work first.',
      { cause: error },
    )
  }
}

const inWords = (db: Db, entry: Entry): string => {
  const reducer = reducers[entry.kind as ChangeKind]
  if (!reducer) return entry.kind
  return (reducer.label as (db: Db, payload: unknown) => string)(db, payloadOf(reducer, entry))
}

/** Applies an existing entry to `db` exactly as it was first applied; used by replay (and by merging). */
export function replayEntry(db: Db, entry: Entry): void {
  insertEntry(db, entry)
  const tables = new Tables(db)
  if (isReversal(entry.kind)) revertStep(db, tables, entry.undoes as string)
  else reduceChange(db, tables, entry)
  saveEffect(db, entry, tables)
}
