/**
 * Quantile of sorted numbers by linear interpolation between order statistics (type 7 of Hyndman & Fan 1996, the
 * default of R and numpy). `sorted` holds at least one number, ascending; `share` is 0 … 1.
 */
export function quantile(sorted: Float64Array, share: number): number {
  const at = (sorted.length - 1) * share
  const below = Math.floor(at)
  const low = sorted[below] as number
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number
  return low + (at - below) * (high - low)
}

/** Description of a bootstrap distribution. `sd` has the divisor n − 1 (0 for a single estimate). */
export interface Distribution {
  readonly low: number
  readonly median: number
  readonly high: number
  readonly mean: number
  readonly sd: number
}

/** Percentile limits at `level` (e.g. 0.95), median, mean and standard deviation of sorted estimates. */
export function distributionOf(sorted: Float64Array, level: number): Distribution {
  let sum = 0
  for (const estimate of sorted) sum += estimate
  const mean = sum / sorted.length
  let squares = 0
  for (const estimate of sorted) squares += (estimate - mean) ** 2
  return {
    low: quantile(sorted, (1 - level) / 2),
    median: quantile(sorted, 0.5),
    high: quantile(sorted, 1 - (1 - level) / 2),
    mean,
    sd: sorted.length < 2 ? 0 : Math.sqrt(squares / (sorted.length - 1)),
  }
}
