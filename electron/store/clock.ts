/**
 * A hybrid logical clock (Kulkarni et al. 2014): wall time that never runs backwards, with a counter for what
 * happens within one millisecond and the replica's id to break ties. As text it sorts in time order.
 */
const COUNTER_LIMIT = 36 ** 4

type Reading = { millis: number; counter: number }

const write = ({ millis, counter }: Reading, replica: string) =>
  `${String(millis).padStart(13, '0')}-${counter.toString(36).padStart(4, '0')}-${replica}`

function read(hlc: string): Reading {
  const [millis, counter] = hlc.split('-')
  return { millis: Number(millis), counter: Number.parseInt(counter ?? '0', 36) }
}

/** The wall time of a clock reading as ISO 8601. */
export const clockTime = (hlc: string): string => new Date(read(hlc).millis).toISOString()
export const clockMillis = (hlc: string): number => read(hlc).millis

/** The next reading after `last` (null for the first) on this replica, at wall time `now` in milliseconds. */
export function tick(last: string | null, replica: string, now: number): string {
  const previous = last === null ? { millis: 0, counter: 0 } : read(last)
  if (now > previous.millis) return write({ millis: now, counter: 0 }, replica)
  const isFull = previous.counter + 1 >= COUNTER_LIMIT
  return write(
    isFull
      ? { millis: previous.millis + 1, counter: 0 }
      : { millis: previous.millis, counter: previous.counter + 1 },
    replica,
  )
}
