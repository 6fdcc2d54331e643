import type { BinaryCoefficient, PatternCounts } from './binary.ts'
import { binaryCoefficient, binarySums, checkCoders } from './binary.ts'
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

export interface NoteBootstrapOptions extends LoopControl {
  readonly replicates: number
  readonly seed: number
  readonly statistics: readonly BinaryCoefficient[]
  /** coverage of the percentile limits, default 0.95 */
  readonly level?: number | undefined
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

export interface NoteBootstrap {
  readonly replicates: number
  readonly seed: number
  readonly level: number
  readonly notes: number
  readonly stopped: boolean
  readonly intervals: ReadonlyMap<BinaryCoefficient, BootstrapInterval>
}

/** Notes with equal sums are one type: resampling only counts how often each type was drawn. */
interface NoteTypes {
  readonly length: number
  readonly sums: readonly Float64Array[]
  readonly typeOf: Uint32Array
  /** space for one draw of notes */
  readonly drawn: Uint32Array
}

function noteTypes(notes: readonly PatternCounts[], coders: number): NoteTypes {
  const types = new Map<string, number>()
  const sums: Float64Array[] = []
  const typeOf = Uint32Array.from(notes, (note) => {
    if (note.coders !== coders) throw new RangeError('All notes need the same coders.')
    const own = binarySums(note)
    const key = own.join()
    const known = types.get(key)
    if (known !== undefined) return known
    types.set(key, sums.length)
    sums.push(own)
    return sums.length - 1
  })
  return { length: sums[0]?.length ?? 0, sums, typeOf, drawn: new Uint32Array(notes.length) }
}

/** Draws as many notes as there are, with replacement, and writes the sums of the draw into `into`. */
function drawNotes(types: NoteTypes, random: Random, times: Float64Array, into: Float64Array): void {
  random.fillBelow(types.drawn, types.typeOf.length)
  times.fill(0)
  for (let draw = 0; draw < types.drawn.length; draw++) {
    const type = types.typeOf[types.drawn[draw] as number] as number
    times[type] = (times[type] as number) + 1
  }
  into.fill(0)
  for (let type = 0; type < times.length; type++) {
    const drawn = times[type] as number
    if (drawn === 0) continue
    const sums = types.sums[type] as Float64Array
    for (let at = 0; at < sums.length; at++) into[at] = (into[at] as number) + drawn * (sums[at] as number)
  }
}

/**
 * Percentile bootstrap of binary coefficients, resampling notes with replacement (a note keeps all its units
 * together, because the characters or sentences of one note are not independent).
 *
 * A resample in which a coefficient is undefined is skipped for this coefficient and counted. Limits are type-7
 * quantiles and not truncated. The same notes, seed and replicates give the same limits; a coefficient's limits do
 * not depend on which other coefficients are asked for. No limits: fewer than two notes, no defined resample, stopped.
 *
 * @throws RangeError when notes have different coders or `replicates` is not a positive whole number
 */
export function bootstrapOverNotes(
  notes: readonly PatternCounts[],
  options: NoteBootstrapOptions,
): NoteBootstrap {
  const { replicates, seed, statistics, level = 0.95 } = options
  if (!Number.isInteger(replicates) || replicates < 1)
    throw new RangeError('A bootstrap needs at least one replicate.')
  const coders = notes[0]?.coders ?? 2
  checkCoders(coders)
  const tracks = statistics.map(
    (name): Track => ({ name, estimates: new Float64Array(replicates), found: 0, reason: null }),
  )
  const enough = notes.length >= 2
  const done = enough ? resample(noteTypes(notes, coders), coders, options, tracks) : 0
  const stopped = enough && done < replicates
  const intervals = new Map<BinaryCoefficient, BootstrapInterval>()
  for (const track of tracks) {
    const values = track.estimates.slice(0, track.found).sort()
    const reason = enough ? whyNone(stopped, values.length, track.reason) : tooFew(notes.length)
    const distribution = reason === null ? distributionOf(values, level) : null
    intervals.set(track.name, {
      distribution,
      reason,
      defined: values.length,
      undefined: done - values.length,
    })
  }
  return { replicates, seed, level, notes: notes.length, stopped, intervals }
}

/** Estimates of one coefficient so far, and the reason of its latest undefined resample. */
interface Track {
  readonly name: BinaryCoefficient
  readonly estimates: Float64Array
  found: number
  reason: UndefinedReason | null
}

function whyNone(stopped: boolean, values: number, latest: UndefinedReason | null): UndefinedReason | null {
  if (stopped) return 'stopped'
  return values === 0 ? latest : null
}

function tooFew(notes: number): UndefinedReason {
  return notes === 0 ? 'nothing to compare' : 'needs two notes'
}

/** Fills the tracks; returns how many replicates were done. */
function resample(
  types: NoteTypes,
  coders: number,
  options: NoteBootstrapOptions,
  tracks: readonly Track[],
): number {
  const random = new Random(options.seed)
  const times = new Float64Array(types.sums.length)
  const sums = new Float64Array(types.length)
  for (let replicate = 0; replicate < options.replicates; replicate++) {
    if (replicate % 16 === 0 && options.shouldStop?.() === true) return replicate
    if (replicate % 64 === 0) options.onProgress?.(replicate / options.replicates)
    drawNotes(types, random, times, sums)
    for (const track of tracks) {
      const outcome = binaryCoefficient(track.name, sums, coders)
      if (outcome.value === null) track.reason = outcome.reason
      else track.estimates[track.found++] = outcome.value
    }
  }
  options.onProgress?.(1)
  return options.replicates
}
