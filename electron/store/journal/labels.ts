/** Entries and steps in words, for the undo menu and the audit trail. */
import { type ReadableDb, sure } from '../file/connection.ts'
import type { Kinds } from './change.ts'
import type { Entry } from './entry.ts'
import { payloadOf } from './fold.ts'

/** Speaks of entries from their payloads and the names in the tables now. */
export class Labels {
  readonly #db: ReadableDb
  readonly #kinds: Kinds

  constructor(db: ReadableDb, kinds: Kinds) {
    this.#db = db
    this.#kinds = kinds
  }

  /** A step in words; for an undo or redo, the words of the change it goes back to. */
  ofStep(step: string): string {
    const { first, count, lastKind } = this.firstOf(step)
    if (!first) return 'a change'
    if (first.undoes) return this.ofStep(first.undoes)
    // A memo is saved at every pause; its many small changes are one piece of writing.
    if (count === 1 || first.kind.startsWith('memo.')) return this.of(first)
    if (count === 2 && first.kind === 'codes.add' && lastKind === 'codings.apply')
      return `${this.of(first)} and applied it`
    return `${this.of(first)} and ${count - 1} more such changes`
  }

  /** An entry in words, from its payload and the names in the tables now. */
  of(entry: Entry): string {
    if (entry.undoes) return `${entry.kind}: ${this.ofStep(entry.undoes)}`
    const kind = this.#kinds[entry.kind]
    return kind ? kind.label(this.#db, payloadOf(kind, entry)) : entry.kind
  }

  /** The chunks of an import are large: only the first is read. */
  firstOf(step: string): { first: Entry | undefined; count: number; lastKind: string | undefined } {
    const first = this.#db
      .prepare<[string], Entry>('SELECT * FROM journal WHERE step = ? ORDER BY seq LIMIT 1')
      .get(step)
    const count = sure(
      this.#db.prepare<[string], number>('SELECT count(*) FROM journal WHERE step = ?').pluck().get(step),
    )
    const lastKind = this.#db
      .prepare<[string], string>('SELECT kind FROM journal WHERE step = ? ORDER BY seq DESC')
      .pluck()
      .get(step)
    return { first, count, lastKind }
  }
}
