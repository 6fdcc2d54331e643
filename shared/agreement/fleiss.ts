import type { UnitSummary } from './matrix.ts'
import { categoryTotals, isComplete, total, unequalProducts, usedCount } from './matrix.ts'
import type { Outcome } from './reasons.ts'
import { defined, undefinedBecause } from './reasons.ts'

/** Number of ordered pairs of unequal values on the units coded by all coders. */
function unequalPairs(summary: UnitSummary): number {
  const q = summary.categories
  const start = summary.coders * q * q
  let sum = 0
  for (let c = 0; c < q; c++) {
    for (let k = 0; k < q; k++) if (c !== k) sum += summary.pairs[start + c * q + k] as number
  }
  return sum
}

/**
 * Fleiss' kappa on the units coded by all coders (listwise): p_e = Σ p_k², p_k over all values of these units.
 * Undefined: no such unit or one category throughout. Source: Fleiss 1971; irr::kappam.fleiss for the listwise rule.
 */
export function fleissKappaListwise(summary: UnitSummary): Outcome {
  const m = summary.coders
  const units = m < 2 ? 0 : (summary.units[m] as number)
  if (units === 0) return undefinedBecause('nothing to compare')
  const totals = categoryTotals(summary, m)
  if (usedCount(totals) < 2) return undefinedBecause('no variation')
  return defined(1 - (units * m * unequalPairs(summary)) / ((m - 1) * unequalProducts(totals)))
}

/** Fleiss' kappa of complete data; equals Scott's pi for two coders. Undefined also when values are missing. */
export function fleissKappa(summary: UnitSummary): Outcome {
  return isComplete(summary) ? fleissKappaListwise(summary) : undefinedBecause('needs complete data')
}

/**
 * Fleiss' kappa of one category: (P̄_k − p_k)/(1 − p_k), P̄_k = (Σ r_ik² − Σ r_ik)/((m − 1) Σ r_ik).
 * Undefined: category never used, or used throughout. Source: Fleiss 1971.
 */
export function fleissKappaCategory(summary: UnitSummary, category: number): Outcome {
  const none = withoutCategory(summary, category)
  if (none !== null) return none
  const m = summary.coders
  const q = summary.categories
  const totals = categoryTotals(summary, m)
  const used = totals[category] as number
  const values = total(totals)
  const agreeing = summary.pairs[(m * q + category) * q + category] as number
  const disagreeing = (m - 1) * used - agreeing
  return defined(1 - (disagreeing * values) / ((m - 1) * used * (values - used)))
}

function withoutCategory(summary: UnitSummary, category: number): Outcome | null {
  const m = summary.coders
  if (!isComplete(summary)) return undefinedBecause('needs complete data')
  if (m < 2 || (summary.units[m] as number) === 0) return undefinedBecause('nothing to compare')
  const totals = categoryTotals(summary, m)
  if (totals[category] === 0) return undefinedBecause('category not used')
  return totals[category] === total(totals) ? undefinedBecause('no variation') : null
}

/**
 * Standard error of Fleiss' kappa if the true kappa is 0 (for the z test).
 * var = 2/(S²Nm(m−1))·(S² − Σ p_k q_k(q_k − p_k)), S = Σ p_k q_k. Undefined as kappa. Source: Fleiss, Nee & Landis 1979.
 */
export function fleissStandardErrorNull(summary: UnitSummary): Outcome {
  const kappa = fleissKappa(summary)
  if (kappa.value === null) return kappa
  const m = summary.coders
  const totals = categoryTotals(summary, m)
  const values = total(totals)
  let spread = 0
  let skew = 0
  for (const count of totals) {
    const p = count / values
    const rest = (values - count) / values
    spread += p * rest
    skew += p * rest * (rest - p)
  }
  const variance = (2 * (spread * spread - skew)) / (spread * spread * values * (m - 1))
  return defined(Math.sqrt(Math.max(0, variance)))
}
