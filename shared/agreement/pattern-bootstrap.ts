import type { BinaryCoefficient, BinarySums } from './binary.ts'
import { binaryCoefficient, binarySums, binarySumsLength, checkCoders, patternCounts } from './binary.ts'
import type { PatternRow, PatternTable } from './pattern-table.ts'
import type { UndefinedReason } from './reasons.ts'
import type { BootstrapInterval, LoopControl } from './resamples.ts'
import { forEachResample, intervalOf, sizeDrawn, sizesTogether } from './resamples.ts'

export interface PatternBootstrapOptions extends LoopControl {
  readonly replicates: number
  readonly seed: number
  readonly statistics: readonly BinaryCoefficient[]
  /** what each note is drawn with (the number of its case), 0 … n − 1 without holes; each note alone if left out */
  readonly drawnWith?: Uint32Array | undefined
  /** rows the mean and the pooled table are made of; all if left out */
  readonly counted?: readonly boolean[] | undefined
  /** coverage of the percentile limits, default 0.95 */
  readonly level?: number | undefined
  /** estimates held at once, default 8 million; rows that do not fit are done in turns, with the same draws */
  readonly atOnce?: number | undefined
}

export type Intervals = ReadonlyMap<BinaryCoefficient, BootstrapInterval>

export interface PatternBootstrap {
  /** what was drawn: notes, or what notes were drawn with */
  readonly draws: number
  readonly stopped: boolean
  readonly rows: readonly Intervals[]
  /** of the mean over the counted rows that somebody applied and where the coefficient is defined */
  readonly mean: Intervals
  /** of the counted rows' counts added up */
  readonly pooled: Intervals
}

const MOST_ESTIMATES = 8_000_000

/**
 * Percentile bootstrap of binary coefficients of many codes at once, resampling notes with replacement (a note keeps
 * all its units together, because the characters or sentences of one note are not independent), or what `drawnWith`
 * names. All codes are measured on the same resamples, so that their mean and their pooled table get limits too.
 *
 * A resample in which a coefficient is undefined is skipped for this coefficient and counted. Limits are type-7
 * quantiles and not truncated. The same notes, seed and replicates give the same limits; the limits of a code and
 * coefficient do not depend on which others are asked for. No limits: fewer than two things to draw, no defined
 * resample, stopped.
 *
 * @throws RangeError for a number of replicates that is not positive and whole, or of coders outside 1 … 20
 */
export function bootstrapPatterns(
  table: PatternTable,
  {
    replicates,
    seed,
    statistics,
    drawnWith,
    counted,
    level = 0.95,
    atOnce = MOST_ESTIMATES,
    ...control
  }: PatternBootstrapOptions,
): PatternBootstrap {
  if (!Number.isInteger(replicates) || replicates < 1)
    throw new RangeError('A bootstrap needs at least one replicate.')
  checkCoders(table.coders)
  const drawn = drawnTogether(table, drawnWith)
  const isCounted = table.rows.map((row, at) => row.notes.length > 0 && (counted?.[at] ?? true))
  const whole = new Whole(table, statistics, replicates, isCounted.filter(Boolean).length)
  const turn = Math.max(1, Math.floor(atOnce / (replicates * Math.max(1, statistics.length))))
  const rows: Intervals[] = []
  const enough = drawn.sizes.length >= 2
  let stopped = false
  for (let from = 0; from < Math.max(1, table.rows.length); from += turn) {
    const part = drawn.rows.slice(from, from + turn)
    const tracks = part.map(({ notes }) =>
      statistics.map((name) => new Track(name, replicates, notes.length === 0 ? 'category not used' : null)),
    )
    if (enough && !stopped) {
      const share = part.length / Math.max(1, table.rows.length)
      const done = resample(
        { ...drawn, rows: part },
        seed,
        replicates,
        tracks,
        whole,
        isCounted.slice(from),
        {
          shouldStop: control.shouldStop,
          onProgress: (own) => control.onProgress?.(from / Math.max(1, table.rows.length) + share * own),
        },
      )
      stopped = done < replicates
    }
    for (const own of tracks) rows.push(intervalsOf(own, replicates, drawn.sizes.length, stopped, level))
  }
  if (enough && !stopped) whole.finish()
  return {
    draws: drawn.sizes.length,
    stopped,
    rows,
    mean: intervalsOf(whole.means, replicates, drawn.sizes.length, stopped, level),
    pooled: intervalsOf(whole.pooled, replicates, drawn.sizes.length, stopped, level),
  }
}

/** The table by what is drawn instead of by note. */
function drawnTogether(table: PatternTable, drawnWith: Uint32Array | undefined): PatternTable {
  if (drawnWith === undefined) return table
  const rows = table.rows.map((row) => ({
    ...row,
    notes: row.notes.map((note) => drawnWith[note] as number),
  }))
  return { ...table, sizes: sizesTogether(table.sizes, drawnWith), rows }
}

/** Estimates of one coefficient so far, and the reason of its latest undefined resample. */
class Track {
  readonly name: BinaryCoefficient
  readonly estimates: Float64Array
  found = 0
  reason: UndefinedReason | null

  constructor(name: BinaryCoefficient, replicates: number, reason: UndefinedReason | null = null) {
    this.name = name
    this.reason = reason
    this.estimates = new Float64Array(replicates)
  }

  /** Takes the estimate and gives it back; null when it is undefined. */
  take(sums: BinarySums, coders: number): number | null {
    const { value, reason } = binaryCoefficient(this.name, sums, coders)
    if (value === null) this.reason = reason
    else this.estimates[this.found++] = value
    return value
  }
}

function intervalsOf(
  tracks: readonly Track[],
  replicates: number,
  draws: number,
  stopped: boolean,
  level: number,
): Intervals {
  return new Map(
    tracks.map((track) => [
      track.name,
      intervalOf(track.estimates.subarray(0, track.found), {
        replicates,
        draws,
        stopped,
        level,
        reason: track.reason,
      }),
    ]),
  )
}

/** Means over rows and pooled counts, replicate by replicate, while the rows come in turns. */
class Whole {
  readonly means: readonly Track[]
  readonly pooled: readonly Track[]
  readonly #coders: number
  readonly #sums: Float64Array
  readonly #totals: readonly Float64Array[]
  readonly #counts: readonly Uint32Array[]
  readonly #width: number
  readonly #rows: number

  constructor(
    { coders }: PatternTable,
    statistics: readonly BinaryCoefficient[],
    replicates: number,
    rows: number,
  ) {
    this.means = statistics.map((name) => new Track(name, replicates))
    this.pooled = statistics.map((name) => new Track(name, replicates))
    this.#coders = coders
    this.#width = binarySumsLength(coders)
    this.#sums = new Float64Array(this.#width * replicates)
    this.#totals = statistics.map(() => new Float64Array(replicates))
    this.#counts = statistics.map(() => new Uint32Array(replicates))
    this.#rows = rows
  }

  addSums(replicate: number, sums: BinarySums): void {
    const from = replicate * this.#width
    for (let at = 0; at < this.#width; at++)
      this.#sums[from + at] = (this.#sums[from + at] as number) + (sums[at] as number)
  }

  addEstimate(replicate: number, statistic: number, value: number): void {
    const totals = this.#totals[statistic] as Float64Array
    const counts = this.#counts[statistic] as Uint32Array
    totals[replicate] = (totals[replicate] as number) + value
    counts[replicate] = (counts[replicate] as number) + 1
  }

  finish(): void {
    if (this.#rows === 0) return
    for (const [statistic, track] of this.means.entries()) {
      const totals = this.#totals[statistic] as Float64Array
      const counts = this.#counts[statistic] as Uint32Array
      totals.forEach((total, replicate) => {
        const count = counts[replicate] as number
        if (count > 0) track.estimates[track.found++] = total / count
        else track.reason = 'no variation'
      })
    }
    for (let from = 0; from < this.#sums.length; from += this.#width)
      for (const track of this.pooled) track.take(this.#sums.subarray(from, from + this.#width), this.#coders)
  }
}

/** Fills the tracks; returns how many replicates were done. */
function resample(
  { coders, masks, sizes, rows }: PatternTable,
  seed: number,
  replicates: number,
  tracks: readonly (readonly Track[])[],
  whole: Whole,
  isCounted: readonly boolean[],
  control: LoopControl,
): number {
  const sumsOfMask = masks.map((mask) => binarySums(patternCounts(coders, [[mask, 1]])))
  const groups = rows.map(groupsOf)
  const sums = new Float64Array(binarySumsLength(coders))
  return forEachResample(sizes.length, { replicates, seed, ...control }, (times, replicate) => {
    const units = sizeDrawn(sizes, times)
    for (let at = 0; at < rows.length; at++) {
      const row = rows[at] as PatternRow
      // Nobody applied it: that both say no to everything is no agreement on the code.
      if (row.notes.length === 0) continue
      sumsDrawn(groups[at] as Group[], times, units, sumsOfMask, sums)
      const own = tracks[at] as readonly Track[]
      for (let statistic = 0; statistic < own.length; statistic++) {
        const value = (own[statistic] as Track).take(sums, coders)
        if (value !== null && isCounted[at]) whole.addEstimate(replicate, statistic, value)
      }
      if (isCounted[at]) whole.addSums(replicate, sums)
    }
  })
}

/** One row's entries of one pattern. `amounts` is null where every entry has one unit, as every note is. */
interface Group {
  readonly pattern: number
  readonly notes: Int32Array
  readonly amounts: Float64Array | null
}

function groupsOf({ notes, patterns, amounts }: PatternRow): Group[] {
  return [...new Set(patterns)].map((pattern) => {
    const own = Int32Array.from(notes.filter((_, entry) => patterns[entry] === pattern))
    const counts = amounts.filter((_, entry) => patterns[entry] === pattern)
    return { pattern, notes: own, amounts: counts.every((count) => count === 1) ? null : counts }
  })
}

/** Units of a group in one resample. This loop is where the time of a bootstrap goes. */
function unitsDrawn({ notes, amounts }: Group, times: Int32Array): number {
  if (amounts === null) return timesOver(notes, times)
  let sum = 0
  for (let entry = 0; entry < notes.length; entry++)
    sum += (times[notes[entry] as number] as number) * (amounts[entry] as number)
  return sum
}

/** How often these notes were drawn together, in whole numbers of 32 bits: no more than notes are drawn. */
function timesOver(notes: Int32Array, times: Int32Array): number {
  let even = 0
  let odd = 0
  const paired = notes.length & ~1
  for (let entry = 0; entry < paired; entry += 2) {
    even = (even + (times[notes[entry] as number] as number)) | 0
    odd = (odd + (times[notes[entry + 1] as number] as number)) | 0
  }
  if (paired < notes.length) even = (even + (times[notes[paired] as number] as number)) | 0
  return even + odd
}

/** The sums of `binarySums` in one resample; the units without a pattern are those nobody applied the code to. */
function sumsDrawn(
  groups: readonly Group[],
  times: Int32Array,
  units: number,
  sumsOfMask: readonly BinarySums[],
  into: BinarySums,
): void {
  into.fill(0)
  let rest = units
  for (const group of groups) {
    const amount = unitsDrawn(group, times)
    if (amount === 0) continue
    rest -= amount
    const own = sumsOfMask[group.pattern] as BinarySums
    for (let at = 0; at < own.length; at++) into[at] = (into[at] as number) + amount * (own[at] as number)
  }
  into[0] = rest
}
