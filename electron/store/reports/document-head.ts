/** What documents that leave the project say of the journal they are from: a line to hold against the project later. */
import type { CoderId } from '../../../shared/contract/basics.ts'
import type { ReadableDb } from '../file/connection.ts'
import { headOf } from '../file/journal-head.ts'
import { shortTime } from '../journal/clock.ts'
import { notesKeptFrom } from '../team/rounds.ts'

const DIGITS = 16
const count = new Intl.NumberFormat('en-GB')

/**
 * "Journal head 0123456789abcdef, 132 entries, 30 Nov 2026 14:05": the newest entry's hash (its first digits), its
 * number and when it was made. A blinded viewer is not told: it would say that others worked, and how much.
 */
export function journalLine(db: ReadableDb, viewer: CoderId | null): string {
  if (notesKeptFrom(db, viewer).size > 0)
    return 'The journal head is left out: a blind round keeps the work of others from whoever made this.'
  const head = headOf(db)
  if (!head) return 'The journal has no entries.'
  const { seq, hash, wall } = head
  const entries = `${count.format(seq)} ${seq === 1 ? 'entry' : 'entries'}`
  return `Journal head ${hash.slice(0, DIGITS)}, ${entries}, ${shortTime(wall)}`
}
