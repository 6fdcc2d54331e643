/**
 * How often each code was given and in how many notes, and how many codings there are: shown beside every code and
 * asked for again after every coding. All are counted once for a connection; from then on what each entry did is added
 * (`coding-watch.ts`). What entry the figures are of is known, so that an entry that was rolled back, or that another
 * program has written, is noticed, and all are counted again.
 *
 * What a blind round keeps from the viewer is counted for each note it keeps, and again only where something was coded.
 */
import type { CoderId } from '../../../shared/contract/basics.ts'
import { atOneMoment, type Query, type ReadableDb, sure } from '../file/connection.ts'
import { headOf } from '../file/journal-head.ts'
import { numbersIn } from '../file/number-list.ts'
import { type CodingBatch, type CodingChange, watchCodings } from '../journal/coding-watch.ts'
import { countCodings, notesKeptFrom } from '../team/rounds.ts'

/** Codings by everybody's own coding, and the notes they are in. */
export type CodeCount = { codings: number; notes: number }
/** By the number of the code. `total` is of all layers and all codes. */
type Counts = { total: number; byCode: Map<number, CodeCount> }

const noCounts = (): Counts => ({ total: 0, byCode: new Map() })

function addTo({ byCode }: Counts, code: number, codings: number, notes: number): void {
  const known = byCode.get(code)
  if (!known) byCode.set(code, { codings, notes })
  else {
    known.codings += codings
    known.notes += notes
  }
}

const OWN = `(SELECT num FROM coder WHERE layer = 'own')`

/** Reads every coding, in an index alone. */
function countAll(db: ReadableDb): Counts {
  const counts = noCounts()
  counts.total = sure(db.prepare<[], number>('SELECT count(*) FROM coding').pluck().get())
  const last = sure(db.prepare<[], number | null>('SELECT max(num) FROM note').pluck().get())
  /** The code that each note was last seen with. */
  const seenWith = new Float64Array((last ?? 0) + 1)
  const rows = db
    .prepare<[], [number, number, string]>(
      `SELECT code, count(*), group_concat(note) FROM coding INDEXED BY coding_code WHERE coder IN ${OWN}
       GROUP BY code, coder`,
    )
    .raw()
    .iterate()
  for (const [code, codings, notes] of rows)
    addTo(counts, code, codings, countNew(numbersIn(notes), code, seenWith))
  return counts
}

/** How many of these notes were not seen with the code yet. */
function countNew(notes: Uint32Array, code: number, seenWith: Float64Array): number {
  let count = 0
  for (const note of notes) {
    if (seenWith[note] === code) continue
    seenWith[note] = code
    count++
  }
  return count
}

/** How often others gave a code in one note, and whether the viewer sees that from a coding of their own. */
type InNote = { code: number; codings: number; own: number; isSeen: number }

/** What a blind round keeps from one viewer, note by note. */
class Hidden {
  readonly sum = noCounts()
  readonly viewer: number
  readonly #byNote = new Map<number, Counts>()
  readonly #inNote: Query<[{ note: number; viewer: number }], InNote>

  constructor(db: ReadableDb, viewer: number) {
    this.viewer = viewer
    this.#inNote = db.prepare<{ note: number; viewer: number }, InNote>(
      `SELECT code, count(*) AS codings, sum(coder IN ${OWN}) AS own,
         EXISTS (SELECT 1 FROM coding AS seen WHERE seen.note = @note AND seen.coder = @viewer
           AND seen.code = coding.code AND seen.coder IN ${OWN}) AS isSeen
       FROM coding WHERE note = @note AND coder <> @viewer GROUP BY code`,
    )
  }

  /** Counts again in notes where something was coded, and in those that are kept since or not any more. */
  renew(kept: ReadonlySet<number>, touched: Iterable<number>): void {
    for (const note of touched) this.#forget(note)
    for (const note of this.#byNote.keys()) if (!kept.has(note)) this.#forget(note)
    for (const note of kept) if (!this.#byNote.has(note)) this.#count(note)
  }

  #forget(note: number): void {
    const counts = this.#byNote.get(note)
    if (!counts) return
    this.#byNote.delete(note)
    this.sum.total -= counts.total
    for (const [code, { codings, notes }] of counts.byCode) addTo(this.sum, code, -codings, -notes)
  }

  #count(note: number): void {
    const rows = this.#inNote.all({ note, viewer: this.viewer })
    const counts = noCounts()
    for (const { code, codings, own, isSeen } of rows) {
      counts.total += codings
      if (own > 0) addTo(counts, code, own, isSeen === 1 ? 0 : 1)
    }
    this.#byNote.set(note, counts)
    this.sum.total += counts.total
    for (const [code, { codings, notes }] of counts.byCode) addTo(this.sum, code, codings, notes)
  }
}

/** Entries and changes that may wait to be added; whoever writes more without asking has all counted anew. */
const MOST_WAITING = 20_000

class CodeCounts {
  readonly #db: ReadableDb
  #counts: Counts | null = null
  /** The entry that the counts are of. */
  #head: { seq: number; id: string } | null = null
  #waiting: CodingBatch[] = []
  #changesWaiting = 0
  #hidden: Hidden | null = null

  constructor(db: ReadableDb) {
    this.#db = db
  }

  /** An entry that was made; it may still be rolled back. */
  hear(batch: CodingBatch): void {
    if (this.#counts === null) return
    this.#waiting.push(batch)
    this.#changesWaiting += 1 + (batch.changes?.length ?? 0)
    if (this.#changesWaiting > MOST_WAITING) this.#forget()
  }

  /** What everybody coded and what of it is kept from the viewer; to be asked in a transaction: both of one moment. */
  now(viewer: CoderId | null): { all: Counts; hidden: Counts } {
    const touched = this.#catchUp()
    const all = this.#counts ?? this.#countAgain()
    const kept = notesKeptFrom(this.#db, viewer)
    if (kept.size === 0) {
      this.#hidden = null
      return { all, hidden: noCounts() }
    }
    const num = sure(
      this.#db.prepare<[string | null], number>('SELECT num FROM coder WHERE id = ?').pluck().get(viewer),
    )
    if (touched === null || this.#hidden?.viewer !== num) this.#hidden = new Hidden(this.#db, num)
    this.#hidden.renew(kept, touched ?? [])
    return { all, hidden: this.#hidden.sum }
  }

  #forget(): void {
    this.#counts = null
    this.#drop()
  }

  #drop(): void {
    this.#waiting = []
    this.#changesWaiting = 0
  }

  #countAgain(): Counts {
    this.#head = headOf(this.#db)
    this.#counts = countAll(this.#db)
    return this.#counts
  }

  /** Adds what was done since. @returns the notes it was done in; null where all is to be counted again */
  #catchUp(): ReadonlySet<number> | null {
    const changes = this.#counts && this.#changesSince()
    this.#drop()
    if (!this.#counts || !changes || !this.#add(this.#counts, changes)) {
      this.#forget()
      return null
    }
    return new Set(changes.map(({ note }) => note))
  }

  /** What all entries since the head did, if each of them was heard of. */
  #changesSince(): CodingChange[] | null {
    const { seq = 0, id = '' } = this.#head ?? {}
    const isThere = this.#db.prepare('SELECT 1 FROM journal WHERE seq = ? AND id = ?').get(seq, id)
    if (seq > 0 && !isThere) return null
    const newer = this.#db
      .prepare<[number, number], { seq: number; id: string }>(
        'SELECT seq, id FROM journal WHERE seq > ? ORDER BY seq LIMIT ?',
      )
      .all(seq, this.#waiting.length + 1)
    const heard = new Map(this.#waiting.map((batch) => [batch.id, batch.changes]))
    const changes: CodingChange[] = []
    for (const entry of newer) {
      const own = heard.get(entry.id)
      if (!own) return null
      for (const each of own) changes.push(each)
    }
    this.#head = newer.at(-1) ?? this.#head
    return changes
  }

  /** @returns false where a coder is gone again, of whom it is not known which layer they were */
  #add(counts: Counts, changes: readonly CodingChange[]): boolean {
    const layerOf = this.#db.prepare('SELECT layer FROM coder WHERE num = ?').pluck()
    const pairs = new Map<string, { code: number; note: number; by: number }>()
    for (const { code, note, coder, by } of changes) {
      const layer = layerOf.get(coder)
      if (layer === undefined) return false
      counts.total += by
      if (layer !== 'own') continue
      const key = `${code} ${note}`
      const pair = pairs.get(key) ?? { code, note, by: 0 }
      pair.by += by
      pairs.set(key, pair)
    }
    const inPlace = this.#db
      .prepare<object, number>(
        `SELECT count(*) FROM coder JOIN coding ON coding.coder = coder.num AND coding.code = @code
           AND coding.note = @note WHERE coder.layer = 'own'`,
      )
      .pluck()
    for (const { code, note, by } of pairs.values()) {
      const after = sure(inPlace.get({ code, note }))
      addTo(counts, code, by, Number(after > 0) - Number(after - by > 0))
    }
    return true
  }
}

const known = new WeakMap<ReadableDb, CodeCounts>()

function startCounting(db: ReadableDb): CodeCounts {
  const counts = new CodeCounts(db)
  known.set(db, counts)
  watchCodings(db, (batch) => counts.hear(batch))
  return counts
}

function countsNow(db: ReadableDb, viewer: CoderId | null): { all: Counts; hidden: Counts } {
  // What is seen in a transaction that changes something may not come true: it is counted and not kept.
  if (db.inTransaction) return new CodeCounts(db).now(viewer)
  const counts = known.get(db) ?? startCounting(db)
  return atOneMoment(db, () => counts.now(viewer))
}

/** How often a code, by its number, was given: without what a blind round keeps from the viewer; null: from nobody. */
export function codeCounts(db: ReadableDb, viewer: CoderId | null): (code: number) => CodeCount {
  const { all, hidden } = countsNow(db, viewer)
  return (code) => {
    const [given, kept] = [all.byCode.get(code), hidden.byCode.get(code)]
    return {
      codings: (given?.codings ?? 0) - (kept?.codings ?? 0),
      notes: (given?.notes ?? 0) - (kept?.notes ?? 0),
    }
  }
}

/**
 * All codings but those that a blind round keeps from the viewer, as `countCodings` reads them from the file. Opening a
 * project asks for no more than this: nothing is counted by code for it.
 */
export function codingsInAll(db: ReadableDb, viewer: CoderId | null): number {
  if (!known.has(db))
    return notesKeptFrom(db, viewer).size > 0
      ? countCodings(db, viewer)
      : sure(db.prepare<[], number>('SELECT count(*) FROM coding').pluck().get())
  const { all, hidden } = countsNow(db, viewer)
  return all.total - hidden.total
}
