import type { ReliabilityData, UnitSummary } from './matrix.ts'
import { categoryTotals, pairableCounts, presentValues, rowCount, total, usedCount } from './matrix.ts'
import { meanDisagreement } from './percent.ts'
import type { Outcome } from './reasons.ts'
import { defined, undefinedBecause } from './reasons.ts'
import type { WeightKind, Weights } from './weights.ts'
import { weights } from './weights.ts'

/** Coefficients with Gwet's treatment of missing values: p_o over pairable units, shares over all coded units. */
export type GwetKind = 'ac' | 'brennan-prediger' | 'fleiss'

/** A coefficient with its linearised standard error. */
export interface WithError {
  readonly coefficient: Outcome
  readonly standardError: Outcome
}

/** Mean over units with at least one value of r_ik/r_i: length q. */
function categoryShares(summary: UnitSummary): Float64Array {
  const q = summary.categories
  const shares = new Float64Array(q)
  let units = 0
  for (let size = 1; size <= summary.coders; size++) {
    units += summary.units[size] as number
    for (let k = 0; k < q; k++)
      shares[k] = (shares[k] as number) + (summary.values[size * q + k] as number) / size
  }
  return shares.map((share) => share / units)
}

interface Chance {
  /** p_e */
  readonly agreement: number
  /** 1 − p_e, computed without cancellation where it can be 0 */
  readonly room: number
  /** contribution of one value k to e_i */
  readonly perCategory: Float64Array
}

/** Chance agreement of a coefficient and each category's share in it. */
function chanceOf(kind: GwetKind, shares: Float64Array, weighting: Weights): Chance {
  const q = weighting.categories
  const sumOfWeights = q * q - total(weighting.distance) / weighting.scale
  if (kind === 'brennan-prediger') {
    const room = total(weighting.distance) / weighting.scale / (q * q)
    return { agreement: 1 - room, room, perCategory: new Float64Array(q).fill(1 - room) }
  }
  if (kind === 'ac') {
    const factor = sumOfWeights / (q * (q - 1))
    const perCategory = shares.map((share) => factor * (1 - share))
    let agreement = 0
    for (let k = 0; k < q; k++) agreement += (perCategory[k] as number) * (shares[k] as number)
    return { agreement, room: 1 - agreement, perCategory }
  }
  const distance = new Float64Array(q)
  let room = 0
  for (let k = 0; k < q; k++) {
    let sum = 0
    for (let l = 0; l < q; l++) sum += (weighting.distance[k * q + l] as number) * (shares[l] as number)
    distance[k] = sum / weighting.scale
    room += (distance[k] as number) * (shares[k] as number)
  }
  return { agreement: 1 - room, room, perCategory: distance.map((value) => 1 - value) }
}

/**
 * Gwet's AC1/AC2, Brennan-Prediger and Fleiss' kappa in Gwet's general form, with the linearised standard error
 * (infinite population of units). Shares over units with one value or more, p_o over pairable units; q = declared
 * categories. Undefined: nothing pairable; AC and Brennan-Prediger with fewer than two declared categories; Fleiss
 * with one category throughout; the error also with fewer than two coded units. Source: Gwet 2008, 2014.
 */
export function gwetCoefficient(
  data: ReliabilityData,
  summary: UnitSummary,
  kind: GwetKind,
  weightKind: WeightKind = 'none',
): WithError {
  const none = withoutCoefficient(summary, kind)
  if (none !== null) return { coefficient: none, standardError: none }
  const weighting = weights(weightKind, data.categories)
  const chance = chanceOf(kind, categoryShares(summary), weighting)
  const disagreement = meanDisagreement(summary, weighting) / weighting.scale
  const coefficient = 1 - disagreement / chance.room
  return {
    coefficient: defined(coefficient),
    standardError: linearisedError(data, summary, weighting, chance, coefficient),
  }
}

function withoutCoefficient(summary: UnitSummary, kind: GwetKind): Outcome | null {
  if (pairableCounts(summary).units === 0) return undefinedBecause('nothing to compare')
  if (kind !== 'fleiss') return summary.categories < 2 ? undefinedBecause('needs two categories') : null
  return usedCount(categoryTotals(summary, 1)) < 2 ? undefinedBecause('no variation') : null
}

/** Gwet's linearisation: spread of the units' contributions g_i − 2(1−g)(e_i − p_e)/(1−p_e) around g. */
function linearisedError(
  data: ReliabilityData,
  summary: UnitSummary,
  weighting: Weights,
  chance: Chance,
  coefficient: number,
): Outcome {
  const units = total(summary.units) - (summary.units[0] as number)
  if (units < 2) return undefinedBecause('needs two units')
  const perPairable = units / pairableCounts(summary).units
  const present = new Int32Array(data.values.length)
  const rows = rowCount(data)
  let squares = 0
  for (let row = 0; row < rows; row++) {
    const size = presentValues(data, row, present)
    if (size === 0) continue
    let expected = 0
    for (let at = 0; at < size; at++) expected += chance.perCategory[present[at] as number] as number
    const lean = (2 * (1 - coefficient) * (expected / size - chance.agreement)) / chance.room
    const own = size < 2 ? 0 : perPairable * (1 - unitDisagreement(present, size, weighting) / chance.room)
    const times = data.multiplicity === null ? 1 : (data.multiplicity[row] as number)
    squares += times * (own - lean - coefficient) ** 2
  }
  return defined(Math.sqrt(squares / units / (units - 1)))
}

/** Mean weighted disagreement of the value pairs of one unit, 0 … 1. */
function unitDisagreement(present: Int32Array, size: number, weighting: Weights): number {
  const q = weighting.categories
  let sum = 0
  for (let a = 0; a < size; a++) {
    for (let b = 0; b < a; b++) {
      sum += weighting.distance[(present[a] as number) * q + (present[b] as number)] as number
    }
  }
  return (2 * sum) / (size * (size - 1) * weighting.scale)
}
