/**
 * Which number an entry of the journal has for whoever reads it. Nothing kept from them: its own. While a blind round
 * keeps entries from them, those they see are counted, as gaps would tell how much the others did, and when.
 */
import type { CoderId } from '../../../shared/contract/basics.ts'
import type { ReadableDb } from '../file/connection.ts'
import { headOf } from '../file/journal-head.ts'
import type { Entry } from '../journal/entry.ts'
import { EntryPlaces } from './places.ts'

/** `newest`: the id of the newest entry, as its number may be another's by then. */
type Shown = { newest: string | undefined; seqs: readonly number[] }

/** Per connection and reader, until the next entry: what is shown of older ones may change with any. */
const kept = new WeakMap<ReadableDb, Map<string, Shown>>()

export class EntryNumbers {
  /** The entries shown, oldest first; null where all are. */
  readonly #seqs: readonly number[] | null

  /** `places`: as the same reader sees them. */
  constructor(db: ReadableDb, viewer: CoderId | null, places = new EntryPlaces(db, viewer)) {
    this.#seqs = viewer !== null && places.isPartial ? shownTo(db, viewer, places) : null
  }

  /** Whether the numbers are the reader's own. */
  get isOwn(): boolean {
    return this.#seqs !== null
  }

  /** How many entries are kept from the reader, of `all` there are. */
  keptOf(all: number): number {
    return this.#seqs === null ? 0 : all - this.#seqs.length
  }

  /** The entry with this number for the reader; null where there is none. */
  seqOf(number: number): number | null {
    return this.#seqs === null ? number : (this.#seqs[number - 1] ?? null)
  }

  /** The number of an entry; of one that is kept from the reader that of the next one shown. */
  numberOf(seq: number): number {
    if (this.#seqs === null) return seq
    let [low, high] = [0, this.#seqs.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#seqs[middle] as number) < seq) low = middle + 1
      else high = middle
    }
    return low + 1
  }
}

function shownTo(db: ReadableDb, viewer: CoderId, places: EntryPlaces): readonly number[] {
  const newest = headOf(db)?.id
  const known = kept.get(db)?.get(viewer)
  if (known && known.newest === newest) return known.seqs
  const seqs: number[] = []
  const entries = db.prepare<[], Entry>('SELECT * FROM journal ORDER BY seq').iterate()
  for (const entry of entries) if (!places.of(entry).isKept) seqs.push(entry.seq)
  const readers = kept.get(db) ?? new Map<string, Shown>()
  kept.set(db, readers.set(viewer, { newest, seqs }))
  return seqs
}
