import type { Distribution } from './quantile.ts'
import { distributionOf } from './quantile.ts'
import { Random } from './random.ts'
import type { UndefinedReason } from './reasons.ts'

/** How a long loop reports progress and is asked to end early. */
export interface LoopControl {
  /** asked now and then; true ends the loop */
  readonly shouldStop?: (() => boolean) | undefined
  /** share done, 0 … 1 */
  readonly onProgress?: ((share: number) => void) | undefined
}

/** Interval of one coefficient. `distribution` is null with a reason when no limits can be given. */
export interface BootstrapInterval {
  readonly distribution: Distribution | null
  readonly reason: UndefinedReason | null
  /** resamples with a value */
  readonly defined: number
  /** resamples skipped because the coefficient was undefined there */
  readonly undefined: number
}

/** How resamples are drawn; 0 < `replicates`. */
export interface Draws extends LoopControl {
  readonly replicates: number
  readonly seed: number
}

/**
 * Draws as many of `size` things as there are, with replacement, `replicates` times, and hands over how often each
 * was drawn. The same seed gives the same draws. Returns how many replicates were done before it was asked to stop.
 */
export function forEachResample(
  size: number,
  { replicates, seed, shouldStop, onProgress }: Draws,
  visit: (times: Int32Array, replicate: number) => void,
): number {
  const random = new Random(seed)
  const drawn = new Uint32Array(size)
  // Signed, as sums of them stay whole numbers of the machine.
  const times = new Int32Array(size)
  for (let replicate = 0; replicate < replicates; replicate++) {
    if (shouldStop?.() === true) return replicate
    if (replicate % 16 === 0) onProgress?.(replicate / replicates)
    random.fillBelow(drawn, size)
    times.fill(0)
    for (let draw = 0; draw < drawn.length; draw++) {
      const thing = drawn[draw] as number
      times[thing] = (times[thing] as number) + 1
    }
    visit(times, replicate)
  }
  onProgress?.(1)
  return replicates
}

/**
 * Sizes of what is drawn where notes are drawn together: `drawnWith` gives each note's number, 0 … n − 1 without holes.
 * As many as there are numbers.
 */
export function sizesTogether(sizes: Float64Array, drawnWith: Uint32Array): Float64Array {
  const together = new Float64Array(drawnWith.reduce((most, draw) => Math.max(most, draw + 1), 0))
  sizes.forEach((size, note) => {
    const draw = drawnWith[note] as number
    together[draw] = (together[draw] as number) + size
  })
  return together
}

/** Sum of the sizes of what was drawn. */
export function sizeDrawn(sizes: Float64Array, times: Int32Array): number {
  let sum = 0
  for (let at = 0; at < times.length; at++) sum += (times[at] as number) * (sizes[at] as number)
  return sum
}

/** What became of the resamples of one coefficient. `reason`: why it was undefined in the latest where it was. */
export interface Drawn {
  readonly replicates: number
  readonly draws: number
  readonly stopped: boolean
  readonly level: number
  readonly reason: UndefinedReason | null
}

/** Percentile limits of estimates in any order, or why there are none. */
export function intervalOf(
  estimates: Float64Array,
  { replicates, draws, stopped, level, reason: latest }: Drawn,
): BootstrapInterval {
  const values = estimates.slice().sort()
  const reason = draws >= 2 ? whyNone(stopped, values.length, latest) : tooFew(draws)
  return {
    distribution: reason === null ? distributionOf(values, level) : null,
    reason,
    defined: values.length,
    undefined: draws >= 2 && !stopped ? replicates - values.length : 0,
  }
}

function whyNone(stopped: boolean, values: number, latest: UndefinedReason | null): UndefinedReason | null {
  if (stopped) return 'stopped'
  return values === 0 ? (latest ?? 'nothing to compare') : null
}

function tooFew(draws: number): UndefinedReason {
  return draws === 0 ? 'nothing to compare' : 'needs two notes'
}
