import { coderPairs } from './percent.ts'
import type { Outcome } from './reasons.ts'
import { defined, undefinedBecause } from './reasons.ts'
import type { BootstrapInterval, Draws } from './resamples.ts'
import { forEachResample, intervalOf, sizeDrawn } from './resamples.ts'
import { type LeastOverlap, matchedSpans } from './span-f1.ts'
import { type CodedSpan, unitizingSums } from './unitizing.ts'

/** Figures of one code over free spans that add up over notes. Precision and recall take the first coder for right. */
export const SPAN_FIGURES = ['uAlpha', 'f1', 'f1Exact', 'precision', 'recall'] as const
export type SpanFigure = (typeof SPAN_FIGURES)[number]

/**
 * Amounts of one code that add up over notes: coded positions ℓ, shared positions Σ over ordered pairs, squared
 * lengths σ; then the spans each coder made; then for each pair of coders the spans matched with `least` overlap and
 * the equal ones.
 */
export type SpanSums = Float64Array

const HEAD = 3
const pairsOf = (coders: number): number => (coders * (coders - 1)) / 2

/** Length of `SpanSums` for m coders. */
export const spanSumsLength = (coders: number): number => HEAD + coders + 2 * pairsOf(coders)

/** Spans that coder g made. */
export const spansMade = (sums: SpanSums, coder: number): number => sums[HEAD + coder] as number

/** Spans matched one to one between the coders of a pair, numbered as by `coderPairs`; with `isExact` equal ones only. */
export const spansMatched = (sums: SpanSums, coders: number, pair: number, isExact = false): number =>
  sums[HEAD + coders + 2 * pair + Number(isExact)] as number

/** One coder's own spans of one code: those that overlap become one unit, those that only touch stay two. */
export function separateUnits(spans: ReadonlyArray<readonly [number, number]>): Array<[number, number]> {
  const units: Array<[number, number]> = []
  for (const [start, end] of [...spans].sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const last = units.at(-1)
    if (last !== undefined && start < last[1]) last[1] = Math.max(last[1], end)
    else units.push([start, end])
  }
  return units
}

const asCoded = (spans: ReadonlyArray<readonly [number, number]>): CodedSpan[] =>
  spans.map(([start, end]) => ({ start, end, value: 0 }))

/**
 * The sums of one code in one note.
 *
 * @param lists per coder the spans as they were made, half-open
 * @param length positions of the note
 */
export function spanSums(
  lists: ReadonlyArray<ReadonlyArray<readonly [number, number]>>,
  length: number,
  least: LeastOverlap,
): SpanSums {
  const coders = lists.length
  const sums = new Float64Array(spanSumsLength(coders))
  const measured = unitizingSums({
    length,
    values: 1,
    coders: lists.map((own) => asCoded(separateUnits(own))),
  })
  if (!('reason' in measured))
    sums.set([measured.lengths[0] as number, measured.shared[0] as number, measured.squares[0] as number])
  lists.forEach((own, g) => {
    sums[HEAD + g] = own.length
  })
  const made = lists.map(asCoded)
  coderPairs(coders).forEach(([g, h], pair) => {
    const [a, b] = [made[g] as CodedSpan[], made[h] as CodedSpan[]]
    sums.set([matchedSpans(a, b, least), matchedSpans(a, b, 1)], HEAD + coders + 2 * pair)
  })
  return sums
}

/** u-alpha of one code (then also |u-alpha) from sums over notes of `length` positions altogether. */
function uAlphaOf(sums: SpanSums, coders: number, length: number): Outcome {
  const [coded, shared, squares] = sums as unknown as [number, number, number]
  const all = coders * length
  if (coders < 2 || all === 0) return undefinedBecause('nothing to compare')
  const gaps = all - coded
  if (coded === 0 || gaps === 0) return undefinedBecause('no variation')
  const unequal = 2 * ((coders - 1) * coded - shared)
  const normaliser = all * all - squares - gaps
  return defined(1 - (unequal * normaliser) / ((coders - 1) * all * 2 * coded * gaps))
}

/** Mean of 2M/(n₁ + n₂) over the pairs in which either coder made a span. */
function f1Of(sums: SpanSums, coders: number, isExact: boolean): Outcome {
  let sum = 0
  let pairs = 0
  coderPairs(coders).forEach(([g, h], pair) => {
    const made = spansMade(sums, g) + spansMade(sums, h)
    if (made === 0) return
    sum += (2 * spansMatched(sums, coders, pair, isExact)) / made
    pairs++
  })
  if (coders < 2) return undefinedBecause('nothing to compare')
  return pairs === 0 ? undefinedBecause('category not used') : defined(sum / pairs)
}

/** Share of one coder's spans that the other made too; of two coders. */
function shareFound(sums: SpanSums, coders: number, of: 0 | 1): Outcome {
  if (coders !== 2) return undefinedBecause('needs exactly two coders')
  const made = spansMade(sums, of)
  return made === 0 ? undefinedBecause('category not used') : defined(spansMatched(sums, 2, 0) / made)
}

/**
 * Agreement on free spans of one code: u-alpha, F1 of spans with the least overlap the sums were made with and of
 * equal spans (mean over coder pairs), and of two coders precision (share of the second one's spans that the first
 * made) and recall (share of the first one's spans that the second made). Undefined as `uAlphaFamily` and `spanF1`
 * say; where no note counts, all alike. Sources: Krippendorff et al. 2016; Hripcsak & Rothschild 2005.
 */
export function spanFigure(name: SpanFigure, sums: SpanSums, coders: number, length: number): Outcome {
  if (length === 0) return undefinedBecause('nothing to compare')
  if (name === 'uAlpha') return uAlphaOf(sums, coders, length)
  if (name === 'precision') return shareFound(sums, coders, 1)
  if (name === 'recall') return shareFound(sums, coders, 0)
  return f1Of(sums, coders, name === 'f1Exact')
}

/** One code's sums, note by note, where anybody made a span. */
export interface SpanRow {
  readonly notes: Uint32Array
  readonly sums: readonly SpanSums[]
}

export interface SpanBootstrapOptions extends Draws {
  /** coverage of the percentile limits, default 0.95 */
  readonly level?: number | undefined
}

/** Sums of one code over all its notes. */
export function totalSpanSums(row: SpanRow, coders: number): SpanSums {
  const total = new Float64Array(spanSumsLength(coders))
  for (const own of row.sums) addTimes(total, own, 1)
  return total
}

function addTimes(into: Float64Array, sums: Float64Array, times: number): void {
  for (let at = 0; at < sums.length; at++) into[at] = (into[at] as number) + times * (sums[at] as number)
}

/**
 * Percentile bootstrap of the span figures of many codes, resampling notes (or what the rows' notes number), as
 * `bootstrapPatterns` does: the same draws for the same seed, undefined resamples skipped and counted.
 *
 * @param lengths positions of each note
 */
export function bootstrapSpans(
  rows: readonly SpanRow[],
  lengths: Float64Array,
  coders: number,
  { level = 0.95, ...draws }: SpanBootstrapOptions,
): Array<ReadonlyMap<SpanFigure, BootstrapInterval>> {
  const tracks = rows.map(() =>
    SPAN_FIGURES.map(() => ({
      estimates: new Float64Array(draws.replicates),
      found: 0,
      reason: null as Outcome['reason'],
    })),
  )
  const sums = new Float64Array(spanSumsLength(coders))
  const done =
    lengths.length < 2
      ? 0
      : forEachResample(lengths.length, draws, (times) => {
          const length = sizeDrawn(lengths, times)
          rows.forEach((row, at) => {
            sums.fill(0)
            row.notes.forEach((note, entry) => {
              const drawn = times[note] as number
              if (drawn > 0) addTimes(sums, row.sums[entry] as SpanSums, drawn)
            })
            SPAN_FIGURES.forEach((name, figure) => {
              const { value, reason } = spanFigure(name, sums, coders, length)
              const track = tracks[at]?.[figure]
              if (!track) return
              if (value === null) track.reason = reason
              else track.estimates[track.found++] = value
            })
          })
        })
  const about = {
    replicates: draws.replicates,
    draws: lengths.length,
    stopped: lengths.length >= 2 && done < draws.replicates,
    level,
  }
  return tracks.map(
    (own) =>
      new Map(
        own.map(({ estimates, found, reason }, figure) => [
          SPAN_FIGURES[figure] as SpanFigure,
          intervalOf(estimates.subarray(0, found), { ...about, reason }),
        ]),
      ),
  )
}
