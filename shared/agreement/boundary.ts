import type { Outcome } from './reasons.ts'
import { defined, undefinedBecause } from './reasons.ts'

/** Segment lengths of a full segmentation, in order; each at least 1. */
export type Masses = readonly number[]

/** Spread over which two boundaries can be a near miss (exclusive): 2 = neighbouring positions only. */
export const NEAR_MISS_SPREAD = 2

/** What turns one segmentation into the other. `distance` = Σ of the near misses' distances. */
interface BoundaryEdits {
  readonly matches: number
  readonly nearMisses: number
  readonly distance: number
  readonly additions: number
}

/** Inner boundary positions: 1 … n − 1. */
function boundaries(masses: Masses): number[] {
  let position = 0
  return masses.slice(0, -1).map((mass) => {
    position += mass
    return position
  })
}

function textLength(masses: Masses): number {
  return masses.reduce((sum, mass) => sum + mass, 0)
}

/** @throws RangeError unless both segmentations cover the same text with positive whole masses */
export function checkMasses(first: Masses, second: Masses): void {
  for (const mass of [...first, ...second]) {
    if (!Number.isInteger(mass) || mass < 1) throw new RangeError(`A segment cannot have the length ${mass}.`)
  }
  if (textLength(first) !== textLength(second)) {
    throw new RangeError('Both segmentations must cover a text of the same length.')
  }
}

/** Boundary edit distance with near misses between neighbouring positions. Source: Fournier 2013. */
function boundaryEdits(first: Masses, second: Masses): BoundaryEdits {
  checkMasses(first, second)
  const a = new Set(boundaries(first))
  const b = new Set(boundaries(second))
  const onlyA = [...a].filter((at) => !b.has(at))
  const onlyB = [...b].filter((at) => !a.has(at))
  let x = 0
  let y = 0
  let nearMisses = 0
  while (x < onlyA.length && y < onlyB.length) {
    const p = onlyA[x] as number
    const r = onlyB[y] as number
    if (Math.abs(p - r) < NEAR_MISS_SPREAD) {
      nearMisses++
      x++
      y++
    } else if (p < r) x++
    else y++
  }
  return {
    matches: a.size - onlyA.length,
    nearMisses,
    distance: nearMisses,
    additions: onlyA.length + onlyB.length - 2 * nearMisses,
  }
}

/**
 * Boundary similarity (n_t = 2): 1 − (additions + Σ distance/n_t)/(additions + near misses + matches). 0 … 1.
 * Two segmentations without any boundary are identical: 1 by definition. Undefined: empty text.
 * Source: Fournier 2013.
 */
export function boundarySimilarity(first: Masses, second: Masses): Outcome {
  const { matches, nearMisses, distance, additions } = boundaryEdits(first, second)
  if (textLength(first) === 0) return undefinedBecause('nothing to compare')
  const edits = additions + nearMisses + matches
  return defined(edits === 0 ? 1 : 1 - (additions + distance / NEAR_MISS_SPREAD) / edits)
}

/**
 * Segmentation similarity (n_t = 2): 1 − (additions + Σ distance/n_t)/potential boundaries. 0 … 1.
 * Undefined: text of fewer than two positions. Source: Fournier & Inkpen 2012, with the edit costs of Fournier 2013.
 */
export function segmentationSimilarity(first: Masses, second: Masses): Outcome {
  const { distance, additions } = boundaryEdits(first, second)
  const potential = textLength(first) - 1
  if (potential < 1) return undefinedBecause('nothing to compare')
  return defined(1 - (additions + distance / NEAR_MISS_SPREAD) / potential)
}

/**
 * WindowDiff on the string of n − 1 potential boundaries: share of the windows of k symbols with different numbers of
 * boundaries. 0 (equal) … 1. Undefined: no window fits. Source: Pevzner & Hearst 2002.
 */
export function windowDiff(first: Masses, second: Masses, k: number): Outcome {
  checkMasses(first, second)
  if (!Number.isInteger(k) || k < 1) throw new RangeError(`A window cannot hold ${k} positions.`)
  const potential = textLength(first) - 1
  const windows = potential - k + 1
  if (potential < 1) return undefinedBecause('nothing to compare')
  if (windows < 1) return undefinedBecause('window longer than the text')
  const ahead = new Int32Array(potential + 1)
  for (const at of boundaries(first)) ahead[at] = (ahead[at] as number) + 1
  for (const at of boundaries(second)) ahead[at] = (ahead[at] as number) - 1
  for (let at = 1; at <= potential; at++) ahead[at] = (ahead[at] as number) + (ahead[at - 1] as number)
  let different = 0
  for (let at = 0; at < windows; at++) if (ahead[at + k] !== ahead[at]) different++
  return defined(different / windows)
}

/**
 * Window sizes in use for WindowDiff: half the mean segment length of the first, the second or both segmentations,
 * rounded down or up (programs differ), at least 1. Ascending.
 */
export function windowSizes(first: Masses, second: Masses): number[] {
  const both = [...first, ...second]
  const sizes = [first, second, both].flatMap((masses) => {
    const half = textLength(masses) / masses.length / 2
    return [Math.floor(half), Math.ceil(half)]
  })
  return [...new Set(sizes.map((size) => Math.max(1, size)))].sort((x, y) => x - y)
}
