/** Half-open intervals: lanes for overlapping spans, and which of them cover a position. */

export type IntervalLike = { readonly start: number; readonly end: number }

/**
 * Gives each interval the lowest lane that is free where it starts, so that overlapping ones never share a lane
 * (greedy interval colouring, optimal in the number of lanes). Longer intervals win the lower lane at equal start.
 * @returns lane per interval, in the order given, and the number of lanes used.
 */
export function assignLanes(intervals: readonly IntervalLike[]): { lanes: number[]; count: number } {
  const order = intervals
    .map((_, index) => index)
    .sort((a, b) => {
      const left = intervals[a] as IntervalLike
      const right = intervals[b] as IntervalLike
      return left.start - right.start || right.end - left.end || a - b
    })
  const lanes = new Array<number>(intervals.length).fill(0)
  const freeFrom: number[] = []
  for (const index of order) {
    const interval = intervals[index] as IntervalLike
    let lane = freeFrom.findIndex((end) => end <= interval.start)
    if (lane === -1) lane = freeFrom.length
    freeFrom[lane] = interval.end
    lanes[index] = lane
  }
  return { lanes, count: freeFrom.length }
}

/** The intervals that cover `position`, shortest first (the one a person most likely means). */
export function covering<T extends IntervalLike>(intervals: readonly T[], position: number): T[] {
  return intervals
    .filter((interval) => interval.start <= position && position < interval.end)
    .sort((a, b) => a.end - a.start - (b.end - b.start) || a.start - b.start)
}
