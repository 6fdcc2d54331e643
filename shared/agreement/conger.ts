import type { ReliabilityData, UnitSummary } from './matrix.ts'
import { categoryTotals, isComplete, pairableCounts, rowCount, total, usedCount } from './matrix.ts'
import { coderPairs, meanDisagreement } from './percent.ts'
import type { Outcome } from './reasons.ts'
import { defined, undefinedBecause } from './reasons.ts'
import type { WeightKind, Weights } from './weights.ts'
import { weights } from './weights.ts'

/** Counts of each category per coder, over all units the coder coded. */
function coderTotals(data: ReliabilityData): Float64Array[] {
  const rows = rowCount(data)
  return data.values.map((column) => {
    const totals = new Float64Array(data.categories)
    for (let row = 0; row < rows; row++) {
      const value = column[row] as number
      if (value < 0) continue
      totals[value] =
        (totals[value] as number) + (data.multiplicity === null ? 1 : (data.multiplicity[row] as number))
    }
    return totals
  })
}

/** Mean over coder pairs of Σ v_kl p_gk p_hl: chance disagreement in the integer scale of the weights. */
function chanceDisagreement(totals: readonly Float64Array[], weighting: Weights): number {
  const q = weighting.categories
  const pairs = coderPairs(totals.length)
  let sum = 0
  for (const [g, h] of pairs) {
    const first = totals[g] as Float64Array
    const second = totals[h] as Float64Array
    let products = 0
    for (let k = 0; k < q; k++) {
      for (let l = 0; l < q; l++) {
        products += (weighting.distance[k * q + l] as number) * (first[k] as number) * (second[l] as number)
      }
    }
    sum += products / (total(first) * total(second))
  }
  return sum / pairs.length
}

/**
 * Conger's kappa in Gwet's general form: p_o over pairable units, category shares of each coder over all units that
 * coder coded. Coders without data must be dropped first (see dropEmptyCoders).
 * p_e = Σ w_kl(p̄_k p̄_l − s²_kl/m), which is the mean over coder pairs of Σ w_kl p_gk p_hl.
 * Undefined: no pairable unit; one category throughout. Source: Conger 1980; Gwet 2014.
 */
export function congerKappaGwet(
  data: ReliabilityData,
  summary: UnitSummary,
  kind: WeightKind = 'none',
): Outcome {
  if (pairableCounts(summary).units === 0) return undefinedBecause('nothing to compare')
  if (usedCount(categoryTotals(summary, 1)) < 2) return undefinedBecause('no variation')
  const weighting = weights(kind, data.categories)
  const observed = meanDisagreement(summary, weighting)
  return defined(1 - observed / chanceDisagreement(coderTotals(data), weighting))
}

/**
 * Conger's kappa of complete data: p_e = mean over coder pairs of Σ p_gk p_hk; Cohen's kappa for two coders.
 * Undefined also when values are missing. Source: Conger 1980.
 */
export function congerKappa(data: ReliabilityData, summary: UnitSummary): Outcome {
  return isComplete(summary) ? congerKappaGwet(data, summary) : undefinedBecause('needs complete data')
}
