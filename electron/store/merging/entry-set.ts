/**
 * The set of entries a file holds, and how another comes of it: the state of a project is a function of that set, folded
 * in the order of the clocks (hlc, which ends with the replica, so that no two are alike). To change the set is to go back
 * to where the first difference is, and to fold forward from there.
 */
import type { CancelSignal } from '../../../shared/cancel.ts'
import { Problem } from '../../../shared/problem.ts'
import { sure, type WritableDb } from '../file/connection.ts'
import { readLocal, writeLocal } from '../file/values.ts'
import type { Entry } from '../journal/entry.ts'
import { foldEntry, type Void } from '../journal/fold.ts'
import { UNDO_FLOOR } from '../journal/undo-targets.ts'
import { kinds } from '../kinds.ts'
import { rewind } from './rewind.ts'

/** An entry as it travels: its number belongs to the file it is in. */
export type Unnumbered = Omit<Entry, 'seq'>

export type SetChange = {
  /** In any order; none of them is in the file. */
  added?: readonly Unnumbered[]
  /** Whether an entry leaves the file; none by itself. */
  isRemoved?: (entry: Entry) => boolean
  /** The first entry that leaves, where any does. */
  firstRemoved?: number
}

export type Folding = {
  signal: CancelSignal
  /** @param done entries of `total` that were put in their places */
  onProgress: (done: number, total: number) => void
}

/** What became of an entry in its place. */
export type Folded = { entry: Entry; voids: readonly Void[] }

/** In the order in which entries are folded. */
export const inOrder = (a: Unnumbered, b: Unnumbered): number => (a.hlc < b.hlc ? -1 : 1)

/**
 * Makes the file hold another set of entries; to be called within a transaction.
 *
 * @param seen hears of every entry that was put in its place, oldest first
 * @throws Problem `cancelled`
 */
export function changeEntries(
  db: WritableDb,
  { added = [], isRemoved = () => false, firstRemoved = Number.POSITIVE_INFINITY }: SetChange,
  { signal, onProgress }: Folding,
  seen: (folded: Folded) => void = () => {},
): void {
  const coming = [...added].sort(inOrder)
  const from = Math.min(firstRemoved, placeOf(db, coming[0]))
  const floor = floorEntry(db)
  const staying = rewind(db, from).filter((entry) => !isRemoved(entry))
  const total = staying.length + coming.length
  let seq = from
  for (const entry of zipped(staying, coming)) {
    if (signal.aborted) throw new Problem('cancelled', 'The merge was cancelled. Nothing was changed.')
    const placed = { ...entry, seq: seq++ }
    seen({ entry: placed, voids: foldEntry(kinds, db, placed) })
    onProgress(seq - from, total)
  }
  if (floor !== null) keepFloor(db, floor)
}

/** The number that an entry gets: that of the first one behind it. */
function placeOf(db: WritableDb, first: Unnumbered | undefined): number {
  if (!first) return Number.POSITIVE_INFINITY
  return sure(
    db
      .prepare<[string], number>(
        'SELECT coalesce((SELECT min(seq) FROM journal WHERE hlc > ?), (SELECT coalesce(max(seq), 0) + 1 FROM journal))',
      )
      .pluck()
      .get(first.hlc),
  )
}

function* zipped(a: readonly Unnumbered[], b: readonly Unnumbered[]): Generator<Unnumbered> {
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    const [x, y] = [a[i], b[j]]
    if (x && (!y || inOrder(x, y) < 0)) {
      yield x
      i++
    } else if (y) {
      yield y
      j++
    }
  }
}

/** Up to where nobody undoes anything is kept by the number of an entry, which may become another. */
function floorEntry(db: WritableDb): string | null {
  const floor = readLocal(db, UNDO_FLOOR)
  if (floor === null) return null
  return (
    db.prepare<[number], string>('SELECT id FROM journal WHERE seq = ?').pluck().get(Number(floor)) ?? null
  )
}

function keepFloor(db: WritableDb, id: string): void {
  const seq = db.prepare<[string], number>('SELECT seq FROM journal WHERE id = ?').pluck().get(id)
  if (seq !== undefined) writeLocal(db, UNDO_FLOOR, String(seq))
}
