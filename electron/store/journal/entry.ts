/** An entry of the journal as it is stored, and its hash. */
import type { CoderId } from '../../../shared/contract/basics.ts'
import type { JournalRow } from '../../../shared/contract/history.ts'
import type { WritableDb } from '../file/connection.ts'
import { sha256 } from '../file/hash.ts'
import type { RowOf } from '../file/table-definitions.ts'

/** Whether an entry goes back to a step; every other makes a change of its kind. */
export const isReversal = (kind: string): kind is 'undo' | 'redo' => kind === 'undo' || kind === 'redo'

export type Entry = RowOf<'journal'>

/** Entries as people read them, oldest first, as `viewer` may see them. */
export type EntryRows = { rowsOf(seqs: readonly number[], viewer?: CoderId | null): JournalRow[] }

/** What the first entry of all continues. */
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

/** Writes an entry down; what it does to the tables is for `fold.ts`. */
export function insertEntry(db: WritableDb, entry: Entry): void {
  db.prepare(
    `INSERT INTO journal
       (seq, id, replica, replica_seq, hlc, wall, coder, kind, version, step, undoes, prev_hash, hash, payload)
     VALUES (@seq, @id, @replica, @replica_seq, @hlc, @wall, @coder, @kind, @version, @step, @undoes, @prev_hash, @hash,
       @payload)`,
  ).run(entry)
}
