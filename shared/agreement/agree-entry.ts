import type { Outcome } from './reasons.ts'

/** Parameters of a statistic, spelt as in the gold file. */
export type Params = Readonly<Record<string, string | number | boolean>>

/** One computed statistic; `reason` only where `value` is null. `char_counts` is the only list. */
export interface Entry {
  readonly stat: string
  readonly params: Params
  readonly value: number | readonly number[] | null
  readonly reason?: string
}

/** An entry from an outcome. */
export function entry(stat: string, params: Params, outcome: Outcome): Entry {
  if (outcome.value === null) return { stat, params, value: null, reason: outcome.reason }
  return { stat, params, value: outcome.value }
}
