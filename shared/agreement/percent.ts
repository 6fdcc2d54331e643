import type { ReliabilityData, UnitSummary } from './matrix.ts'
import { pairableCounts, rowCount } from './matrix.ts'
import type { Outcome } from './reasons.ts'
import { defined, undefinedBecause } from './reasons.ts'
import type { Weights } from './weights.ts'

/**
 * Percent agreement: mean over pairable units of Σ_k r_ik(r_ik − 1)/(r_i(r_i − 1)). 0 … 1.
 * Undefined: no pairable unit. Source: Gwet 2014; Fleiss 1971 for complete data.
 */
export function percentAgreement(summary: UnitSummary): Outcome {
  const { units } = pairableCounts(summary)
  if (units === 0) return undefinedBecause('nothing to compare')
  const q = summary.categories
  let sum = 0
  for (let size = 2; size <= summary.coders; size++) {
    let agreeing = 0
    for (let k = 0; k < q; k++) agreeing += summary.pairs[(size * q + k) * q + k] as number
    sum += agreeing / (size * (size - 1))
  }
  return defined(sum / units)
}

/**
 * Mean weighted disagreement of pairable units in the integer scale of `weights.distance`:
 * 1 − weighted percent agreement = result / weights.scale. The caller checks that there are pairable units.
 */
export function meanDisagreement(summary: UnitSummary, weights: Weights): number {
  const q = summary.categories
  let sum = 0
  for (let size = 2; size <= summary.coders; size++) {
    let disagreeing = 0
    const start = size * q * q
    for (let cell = 0; cell < q * q; cell++) {
      disagreeing += (summary.pairs[start + cell] as number) * (weights.distance[cell] as number)
    }
    sum += disagreeing / (size * (size - 1))
  }
  return sum / pairableCounts(summary).units
}

/** Decisions of one pair of coders: units both coded, and equal among them. */
export interface PairDecisions {
  readonly both: number
  readonly equal: number
  readonly first: number
  readonly second: number
}

/** Counts joint, equal and own decisions of two coders. */
export function pairDecisions(data: ReliabilityData, first: number, second: number): PairDecisions {
  const a = data.values[first] as Int32Array
  const b = data.values[second] as Int32Array
  const result = { both: 0, equal: 0, first: 0, second: 0 }
  const rows = rowCount(data)
  for (let row = 0; row < rows; row++) {
    const times = data.multiplicity === null ? 1 : (data.multiplicity[row] as number)
    const x = a[row] as number
    const y = b[row] as number
    if (x >= 0) result.first += times
    if (y >= 0) result.second += times
    if (x < 0 || y < 0) continue
    result.both += times
    if (x === y) result.equal += times
  }
  return result
}

/** All pairs of coders, first < second. */
export function coderPairs(coders: number): Array<[number, number]> {
  const pairs: Array<[number, number]> = []
  for (let g = 0; g < coders; g++) for (let h = g + 1; h < coders; h++) pairs.push([g, h])
  return pairs
}

/**
 * Mean over coder pairs of the share of equal values on units both coded (ReCal's "average pairwise"). 0 … 1.
 * Pairs without a common unit have no share and stay out. Undefined: no pair has a common unit.
 */
export function percentAgreementCoderPairs(data: ReliabilityData): Outcome {
  let sum = 0
  let pairs = 0
  for (const [g, h] of coderPairs(data.values.length)) {
    const { both, equal } = pairDecisions(data, g, h)
    if (both === 0) continue
    sum += equal / both
    pairs++
  }
  return pairs === 0 ? undefinedBecause('nothing to compare') : defined(sum / pairs)
}

/**
 * Share of the units coded by all coders on which all agree. 0 … 1.
 * Undefined: no unit coded by all, or fewer than two coders.
 */
export function percentAgreementUnanimous(data: ReliabilityData): Outcome {
  if (data.values.length < 2) return undefinedBecause('nothing to compare')
  let units = 0
  let unanimous = 0
  const rows = rowCount(data)
  for (let row = 0; row < rows; row++) {
    if (data.values.some((column) => (column[row] as number) < 0)) continue
    const times = data.multiplicity === null ? 1 : (data.multiplicity[row] as number)
    const value = data.values[0]?.[row]
    units += times
    if (data.values.every((column) => column[row] === value)) unanimous += times
  }
  return units === 0 ? undefinedBecause('nothing to compare') : defined(unanimous / units)
}

/**
 * Holsti's coefficient: mean over coder pairs of 2M/(N1 + N2); M = equal decisions, N = decisions each coder made.
 * 0 … 1. Undefined: no unit was coded by two coders. Source: Holsti 1969.
 */
export function holsti(data: ReliabilityData): Outcome {
  let sum = 0
  let joint = 0
  const pairs = coderPairs(data.values.length)
  for (const [g, h] of pairs) {
    const { both, equal, first, second } = pairDecisions(data, g, h)
    if (first + second === 0) return undefinedBecause('nothing to compare')
    sum += (2 * equal) / (first + second)
    joint += both
  }
  return joint === 0 ? undefinedBecause('nothing to compare') : defined(sum / pairs.length)
}
