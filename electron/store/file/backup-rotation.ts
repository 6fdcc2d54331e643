/** Which backups are no longer kept: many of today, fewer the older they are, and never more than there is room for. */
import type { BackupReason } from '../../../shared/contract/backups.ts'

/** `at` in ms, `size` in bytes. */
export type Kept = { readonly at: number; readonly reason: BackupReason; readonly size: number }

const HOUR = 3_600_000
const DAY = 24 * HOUR
const WEEK = 7 * DAY
/** All of the last day, then the last one of each day, then of each week. */
const ALL_FOR = DAY
const DAILY_FOR = 14 * DAY
const WEEKLY_FOR = 8 * WEEK
/** What was there before a change that came from outside; somebody may only later see what it did. */
const BEFORE_SOMETHING: ReadonlySet<BackupReason> = new Set<BackupReason>(['import', 'merge', 'migration'])

/** In bytes: more than this the backups of a project do not take, except for those that are kept in any case. */
export const MOST_ROOM = 2_000_000_000

/**
 * What may go at `now` (in ms). `sound`, which was read through last, stays whatever its age, and so does what was made
 * before an import, merge or migration of the last 14 days. Where all that would stay takes more than `most` bytes, the
 * oldest go early: `isFull`.
 */
export function outdated<T extends Kept>(
  backups: readonly T[],
  sound: T,
  now: number,
  most = MOST_ROOM,
): { gone: T[]; isFull: boolean } {
  const newestFirst = [...backups].sort((a, b) => b.at - a.at)
  const isPinned = (one: T) => one === sound || (BEFORE_SOMETHING.has(one.reason) && now - one.at < DAILY_FOR)
  const taken = new Set<string>()
  /** Whether this is the newest of its day or week. */
  const isFirstOf = (span: 'day' | 'week', at: number) => {
    const slot = `${span} ${Math.floor(at / (span === 'day' ? DAY : WEEK))}`
    return !taken.has(slot) && taken.add(slot) !== undefined
  }
  const staying = newestFirst.filter((one) => {
    const age = now - one.at
    const [isOfDay, isOfWeek] = [isFirstOf('day', one.at), isFirstOf('week', one.at)]
    return isPinned(one) || age < ALL_FOR || (age < DAILY_FOR && isOfDay) || (age < WEEKLY_FOR && isOfWeek)
  })
  let room = staying.reduce((sum, { size }) => sum + size, 0)
  const isFull = room > most
  const early = new Set<T>()
  for (const one of staying.toReversed()) {
    if (room <= most) break
    if (isPinned(one)) continue
    early.add(one)
    room -= one.size
  }
  const stays = new Set(staying.filter((one) => !early.has(one)))
  return { gone: newestFirst.filter((one) => !stays.has(one)), isFull }
}
