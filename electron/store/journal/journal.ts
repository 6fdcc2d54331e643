/**
 * The journal: the one way to change a project. An entry is hashed, chained and reduced to the tables in a single
 * transaction; undo and redo are entries too. Nothing else writes domain tables.
 *
 * The chain: hash = SHA-256 over the JSON array of every other field, the previous entry's hash among them, per
 * replica (copy of the file, see replica.ts); the first entry of a replica continues what was there when it parted.
 * Changing one byte of any stored field breaks it from there on.
 */
import { v7 as uuid } from 'uuid'
import type { CoderId, NoteId } from '../../../shared/contract/basics.ts'
import type { Topic } from '../../../shared/contract/events.ts'
import type { HistoryState } from '../../../shared/contract/history.ts'
import { Problem } from '../../../shared/problem.ts'
import { sure, type WritableDb } from '../file/connection.ts'
import { type Json, toJson } from '../file/json.ts'
import { type Change, type Kinds, type PayloadOf, versionOf } from './change.ts'
import { isClockOff, tick } from './clock.ts'
import { type Entry, entryHash, FIRST_HASH, insertEntry } from './entry.ts'
import { announced, assertMayWrite, beingMade, goBack, saveEffect } from './fold.ts'
import { Labels } from './labels.ts'
import { Tables } from './tables.ts'
import { ALL, redoTargets, undoTargets } from './undo-targets.ts'

export type Committed = { entry: Entry; topics: Topic[]; noteIds: NoteId[] | null }

/** The version of what undo and redo write. */
const REVERSAL = 1
const EMPTY = toJson<unknown>({})

const times = <T>(count: number, work: () => T): T[] => Array.from({ length: count }, work)

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
  /** As part of an undo or redo. */
  reversed(entry: Entry): void
}
const UNWATCHED: Watch = {
  begin: () => {},
  settle: () => {},
  assertSafe: () => {},
  confirmed: () => {},
  reversed: () => {},
}

export class Journal<K extends Kinds = Kinds> {
  /** Entries and steps in words. */
  readonly labels: Labels
  readonly kinds: K
  readonly #db: WritableDb
  readonly #now: () => number
  readonly #watch: Watch
  #isBegun = false
  #isTogether = false
  #hasChanged = false
  /** Whether a first entry is under way, and whether one is durable. */
  #isSettling = false
  #isSettled = false
  #replica: string | null = null
  /** What a first entry of this copy continues while others' are put in. */
  #parting: string | null = null
  #known: Last | null = null

  constructor(db: WritableDb, kinds: K, now: () => number = Date.now, watch: Watch = UNWATCHED) {
    this.#db = db
    this.kinds = kinds
    this.labels = new Labels(db, kinds)
    this.#now = now
    this.#watch = watch
  }

  /** Makes one change. The payload must fit the kind's schema; the whole either happens or does not. */
  commit<N extends keyof K & string>(
    coder: CoderId,
    kind: N,
    payload: PayloadOf<K, N>,
    step?: string,
  ): Committed {
    const change = this.#changeOf(kind)
    const checked = change.complete(this.#db, change.payload.parse(payload))
    const written = toJson<unknown>(checked)
    assertWellFormed(written)
    return this.#append(coder, kind, versionOf(change), written, step ?? null, null, (tables, entry) =>
      change.reduce(beingMade(this.#db, tables, entry), checked),
    )
  }

  /** Undoes the coder's latest step that is not undone yet. */
  undo(coder: CoderId): Committed {
    const [target] = undoTargets(this.#db, this.kinds, coder, 1)
    if (!target) throw new Problem('nothing-to-undo', 'There is nothing to undo.')
    const { step, by } = target
    return this.#append(by, 'undo', REVERSAL, EMPTY, null, step, (tables) => goBack(this.#db, tables, step))
  }

  /** Takes back the coder's latest undo, as long as nothing was done after it. */
  redo(coder: CoderId): Committed {
    const step = redoTargets(this.#db, coder, 1)[0]?.step
    if (!step) throw new Problem('nothing-to-redo', 'There is nothing to redo.')
    return this.#append(coder, 'redo', REVERSAL, EMPTY, null, step, (tables) =>
      goBack(this.#db, tables, step),
    )
  }

  /**
   * Undoes or redoes until `step` is the coder's latest that holds; with `isBefore` it is undone too. All of it
   * happens, or nothing. @throws `not-found` when the step is none of those
   */
  goTo(coder: CoderId, step: string, isBefore: boolean): Committed[] {
    return this.transaction(() => {
      const ahead = redoTargets(this.#db, coder, ALL).findIndex((target) => target.step === step)
      if (ahead !== -1) return times(ahead + (isBefore ? 0 : 1), () => this.redo(coder))
      const back = undoTargets(this.#db, this.kinds, coder, ALL).findIndex((target) => target.step === step)
      if (back === -1)
        throw new Problem('not-found', 'You can no longer go back to this step. Nothing was changed.')
      return times(back + (isBefore ? 1 : 0), () => this.undo(coder))
    })
  }

  /** Runs several commits as one transaction: all of them or none. */
  transaction<T>(work: () => T): T {
    if (this.#db.inTransaction) return this.#isTogether ? work() : this.#db.transaction(work)()
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

  /**
   * A transaction of many commits that fails as a whole with the first that does: `work` catches nothing. None of them
   * has a savepoint of its own then, which would keep the pages as they were before it, and cost the more the more
   * pages it keeps.
   */
  together<T>(work: () => T): T {
    return this.transaction(() => {
      const before = this.#isTogether
      this.#isTogether = true
      try {
        return work()
      } finally {
        this.#isTogether = before
      }
    })
  }

  /**
   * Others' entries come in by `work`. Should it write the first entry of this copy, that continues what is there now and
   * none of theirs: they may be taken out again.
   */
  takingIn<T>(work: () => T): T {
    this.#parting = this.#newestHash()
    try {
      return work()
    } finally {
      this.#parting = null
    }
  }

  /** What undo and redo would do now, in words. */
  state(coder: CoderId): HistoryState {
    const [undo] = undoTargets(this.#db, this.kinds, coder, 1)
    const [redo] = redoTargets(this.#db, coder, 1)
    return {
      undo: undo ? this.labels.ofStep(undo.step) : null,
      redo: redo ? this.labels.ofStep(redo.step) : null,
    }
  }

  /** Whether a clock was far ahead once, as the newest entry shows. */
  isClockOff(): boolean {
    const newest = this.#db
      .prepare<[], Pick<Entry, 'hlc' | 'wall'>>('SELECT hlc, wall FROM journal ORDER BY seq DESC LIMIT 1')
      .get()
    return newest !== undefined && isClockOff(newest)
  }

  /** Whether anything was changed since the file was opened; what was refused was not. */
  get hasChanged(): boolean {
    return this.#hasChanged
  }

  *entries(): Generator<Entry> {
    yield* this.#db.prepare<[], Entry>('SELECT * FROM journal ORDER BY seq').iterate()
  }

  get replica(): string {
    this.#replica ??= sure(
      this.#db.prepare<[], string>(`SELECT value FROM local WHERE name = 'replica'`).pluck().get(),
    )
    return this.#replica
  }

  /** What is written from now on belongs to this copy of the project; it is kept in the file before the next entry. */
  set replica(replica: string) {
    this.#replica = replica
  }

  #changeOf(kind: string): Change {
    const change = this.kinds[kind]
    if (!change) throw new Problem('internal', `There is no kind of change called ${kind}.`)
    return change
  }

  #append(
    coder: CoderId,
    kind: string,
    version: number,
    payload: Json<unknown>,
    step: string | null,
    undoes: string | null,
    apply: (tables: Tables, entry: Entry) => void,
  ): Committed {
    return this.transaction(() => {
      assertMayWrite(this.#db, { coder, kind, replica: this.replica })
      this.#isSettling = true
      if (!this.#isSettled) this.#watch.settle()
      const entry = this.#nextEntry(coder, kind, version, payload, step, undoes)
      insertEntry(this.#db, entry)
      const tables = new Tables(this.#db)
      apply(tables, entry)
      saveEffect(this.#db, entry, tables)
      tables.codings.tell(this.#db, entry)
      if (undoes !== null) this.#watch.reversed(entry)
      return { entry, ...announced(this.#db, tables) }
    })
  }

  #nextEntry(
    coder: CoderId,
    kind: string,
    version: number,
    payload: Json<unknown>,
    step: string | null,
    undoes: string | null,
  ): Entry {
    const last = this.#last()
    const own = this.#db
      .prepare<[string], { replica_seq: number; hash: string }>(
        'SELECT replica_seq, hash FROM journal WHERE replica = ? ORDER BY replica_seq DESC LIMIT 1',
      )
      .get(this.replica)
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
      version,
      payload,
      step: step ?? id,
      undoes,
      prev_hash: own?.hash ?? this.#parting ?? this.#newestHash(),
    }
    return { seq: last.seq + 1, ...body, hash: entryHash(body) }
  }

  /** What the first entry of a replica continues: there its copy of the file parts from the others. */
  #newestHash(): string {
    const newest = this.#db
      .prepare<[], string>('SELECT hash FROM journal ORDER BY seq DESC LIMIT 1')
      .pluck()
      .get()
    return newest ?? FIRST_HASH
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
    const newer = sure(
      this.#db
        .prepare<[number], { seq: number | null; hlc: string | null }>(
          'SELECT max(seq) AS seq, max(hlc) AS hlc FROM journal WHERE seq > ?',
        )
        .get(from.seq),
    )
    if (newer.seq === null) return from
    const id = sure(
      this.#db.prepare<[number], string>('SELECT id FROM journal WHERE seq = ?').pluck().get(newer.seq),
    )
    const hlc = from.hlc !== null && from.hlc > (newer.hlc ?? '') ? from.hlc : newer.hlc
    this.#known = { seq: newer.seq, id, hlc }
    return this.#known
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

/** How far the journal goes: its newest entry, and the latest clock reading up to it. */
type Last = { seq: number; id: string; hlc: string | null }
const NOTHING_YET: Last = { seq: 0, id: '', hlc: null }
