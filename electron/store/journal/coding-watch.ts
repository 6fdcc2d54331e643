/**
 * What entries do to the codings, told to whoever keeps figures about them: so that nobody has to read all codings again
 * after each. Told as part of the entry's transaction, which may still be rolled back.
 */
import type { ReadableDb } from '../file/connection.ts'
import type { Cell } from '../file/table-definitions.ts'

/** One coding more or less, by the numbers of the tables; one that gets another code is one less and one more. */
export type CodingChange = { code: number; note: number; coder: number; by: 1 | -1 }

/** What one entry did; null where it is too much to be kept one by one. */
export type CodingBatch = { seq: number; id: string; changes: readonly CodingChange[] | null }

/** Counting all again is quicker than following more. */
const MOST = 5_000

const listeners = new WeakMap<ReadableDb, (batch: CodingBatch) => void>()

/** One listener for a connection: it hears of every entry from now on, also of those that touch no coding. */
export function watchCodings(db: ReadableDb, listener: (batch: CodingBatch) => void): void {
  listeners.set(db, listener)
}

type Place = Readonly<Record<string, Cell>>

/** Collects what one entry does to codings. */
export class CodingChanges {
  readonly #isWatched: boolean
  #changes: CodingChange[] | null = []

  constructor(db: ReadableDb) {
    this.#isWatched = listeners.has(db)
  }

  add(coding: Place, by: 1 | -1): void {
    if (!this.#isWatched || this.#changes === null) return
    const { code, note, coder } = coding
    this.#changes.push({ code: Number(code), note: Number(note), coder: Number(coder), by })
    if (this.#changes.length > MOST) this.#changes = null
  }

  tell(db: ReadableDb, { seq, id }: { seq: number; id: string }): void {
    listeners.get(db)?.({ seq, id, changes: this.#changes })
  }
}
