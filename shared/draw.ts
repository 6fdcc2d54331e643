/**
 * Draws notes at random, overall or the same share of each stratum. Which notes are drawn depends on the seed, the
 * notes and their values alone: neither on their order in the file nor on the machine.
 */
import { Random } from './agreement/random.ts'
import type { RoundSample, Stratum } from './contract/rounds.ts'
import { Problem } from './problem.ts'

/** A note to draw from, with its value of the attribute the draw is stratified by; null where it is missing. */
export type Candidate = { id: string; value: string | null }
export type Draw = { ids: string[]; strata: Stratum[] }

/**
 * How many notes a sample of `outOf` is. A percentage is rounded to the nearest whole note, halves up, and is at least
 * one. @throws `bad-arguments` when there are not so many notes
 */
export function sampleSize(sample: RoundSample, outOf: number): number {
  if (outOf === 0) throw new Problem('bad-arguments', 'There are no notes to draw from. Import notes first.')
  if ('percent' in sample) return Math.max(1, Math.floor((outOf * sample.percent) / 100 + 0.5))
  if (sample.count <= outOf) return sample.count
  throw new Problem(
    'bad-arguments',
    `There are ${outOf} notes to draw from, not ${sample.count}. Nothing was changed.`,
  )
}

const byCodeUnits = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/**
 * Divides `size` among strata of these sizes in proportion (largest remainder: everyone gets the whole part of their
 * quota, what is left goes one by one to the largest remainders). Between equal remainders the larger stratum comes
 * first, then the earlier one. A stratum may get none, never more than it has. `size` is at most the sum.
 */
export function largestRemainder(sizes: readonly number[], size: number): number[] {
  const all = sizes.reduce((sum, each) => sum + each, 0)
  if (all === 0) return sizes.map(() => 0)
  const shares = sizes.map((own, at) => ({
    at,
    own,
    whole: Math.floor((own * size) / all),
    // In whole numbers: a remainder from a division in floating point could break a tie that is one.
    rest: (own * size) % all,
  }))
  const left = size - shares.reduce((sum, { whole }) => sum + whole, 0)
  const first = shares.toSorted((a, b) => b.rest - a.rest || b.own - a.own || a.at - b.at).slice(0, left)
  const more = new Set(first.map(({ at }) => at))
  return shares.map(({ at, whole }) => whole + Number(more.has(at)))
}

/** The notes by value, values in the order of their characters and a missing one last; ids likewise. */
function strataOf(notes: readonly Candidate[]): Array<{ value: string | null; ids: string[] }> {
  const byValue = new Map<string | null, string[]>()
  for (const { id, value } of notes) {
    const ids = byValue.get(value)
    if (ids) ids.push(id)
    else byValue.set(value, [id])
  }
  return [...byValue]
    .map(([value, ids]) => ({ value, ids: ids.sort(byCodeUnits) }))
    .sort((a, b) => (a.value === null ? 1 : b.value === null ? -1 : byCodeUnits(a.value, b.value)))
}

/** Draws `size` notes without replacement, from each stratum its share; `ids` come stratum by stratum, as drawn. */
export function drawNotes(notes: readonly Candidate[], size: number, seed: number): Draw {
  const strata = strataOf(notes)
  const shares = largestRemainder(
    strata.map(({ ids }) => ids.length),
    size,
  )
  const random = new Random(seed)
  const drawn = strata.map(({ ids }, at) => take(ids, shares[at] as number, random))
  return {
    ids: drawn.flat(),
    strata: strata.map(({ value, ids }, at) => ({ value, notes: ids.length, drawn: shares[at] as number })),
  }
}

/** The first steps of a Fisher–Yates shuffle: every subset is as likely as any other. */
function take(from: readonly string[], count: number, random: Random): string[] {
  const ids = [...from]
  for (let at = 0; at < count; at++) {
    const other = at + random.below(ids.length - at)
    const picked = ids[other] as string
    ids[other] = ids[at] as string
    ids[at] = picked
  }
  return ids.slice(0, count)
}
