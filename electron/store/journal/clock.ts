/**
 * A hybrid logical clock (Kulkarni et al. 2014): wall time that never runs backwards, with a counter for what
 * happens within one millisecond and the replica's id to break ties. As text it sorts in time order.
 */
import { lazily } from '../../../shared/lazily.ts'

const COUNTER_LIMIT = 36 ** 4

/**
 * In ms. No clock is taken to be later than the first (in 2223): the order of entries is that of their texts, and one that
 * ran ahead to where the numbers get longer would put all that comes after it before. What goes on from there is before the
 * second.
 */
const LATEST = 8_000_000_000_000
export const LATEST_READ = 9_000_000_000_000

/** Whether a number of ms is a time that can be shown. */
export const isTime = (wall: number): boolean => Number.isFinite(new Date(wall).getTime())

type Reading = { millis: number; counter: number }

const write = ({ millis, counter }: Reading, replica: string) =>
  `${String(millis).padStart(13, '0')}-${counter.toString(36).padStart(4, '0')}-${replica}`

function read(hlc: string): Reading {
  const [millis, counter] = hlc.split('-')
  return { millis: Number(millis), counter: Number.parseInt(counter ?? '0', 36) }
}

/** A wall time in ms as ISO 8601. */
export const wallTime = (wall: number): string => new Date(wall).toISOString()

const SHORT = lazily(() => new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' }))

/** A wall time in ms as it is printed: "30 Nov 2026 14:05", in the time of this computer. */
export const shortTime = (wall: number): string => SHORT().format(new Date(wall)).replace(',', '')

/** In ms: what no time zone or slow clock explains. */
const FAR_APART = 24 * 3_600_000

/**
 * Whether the order says another day than the clock of the computer did: one clock was far ahead once, and all entries
 * after it are ordered from there on.
 */
export const isClockOff = ({ hlc, wall }: { hlc: string; wall: number }): boolean =>
  Math.abs(read(hlc).millis - wall) > FAR_APART

/** The next reading after `last` (null for the first) on this replica, at wall time `now` in milliseconds. */
export function tick(last: string | null, replica: string, now: number): string {
  const previous = last === null ? { millis: 0, counter: 0 } : read(last)
  const millis = Math.min(now, LATEST)
  if (millis > previous.millis) return write({ millis, counter: 0 }, replica)
  const isFull = previous.counter + 1 >= COUNTER_LIMIT
  return write(
    isFull
      ? { millis: previous.millis + 1, counter: 0 }
      : { millis: previous.millis, counter: previous.counter + 1 },
    replica,
  )
}
