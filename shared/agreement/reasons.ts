/**
 * Why a coefficient has no value. The list is closed, so that every screen and report can name each reason.
 *
 * - `no variation`: every value is the same category, the coefficient is 0/0
 * - `nothing to compare`: no unit was coded by two coders
 * - `category not used`: the category or code occurs nowhere in the compared data
 */
export type UndefinedReason =
  | 'no variation'
  | 'nothing to compare'
  | 'category not used'
  | 'needs exactly two coders'
  | 'needs two categories'
  | 'needs two units'
  | 'needs two notes'
  | 'needs complete data'
  | 'needs numeric categories'
  | 'needs non-negative categories'
  | 'spans overlap'
  | 'window longer than the text'
  | 'stopped'
  | 'not offered'

/** A computed coefficient. */
export interface DefinedOutcome {
  readonly value: number
  readonly reason: null
}

/** A coefficient without a value, and why. */
export interface UndefinedOutcome {
  readonly value: null
  readonly reason: UndefinedReason
}

/** What every coefficient of this library returns: a finite number, or the reason why there is none. */
export type Outcome = DefinedOutcome | UndefinedOutcome

/**
 * Wraps a computed value.
 *
 * @throws Error when the value is not finite: a coefficient must notice 0/0 on its counts before dividing.
 */
export function defined(value: number): DefinedOutcome {
  if (!Number.isFinite(value)) throw new Error(`A coefficient was computed as ${value}; this is a fault.`)
  return { value, reason: null }
}

/** Wraps the reason why a coefficient has no value. */
export function undefinedBecause(reason: UndefinedReason): UndefinedOutcome {
  return { value: null, reason }
}

/** Applies a function to the value of an outcome; an undefined outcome keeps its reason. */
export function mapOutcome(outcome: Outcome, change: (value: number) => number): Outcome {
  return outcome.value === null ? outcome : defined(change(outcome.value))
}

/** Unweighted mean of the defined outcomes and how many there are (macro average over codes). */
export function macroAverage(outcomes: readonly Outcome[]): { mean: Outcome; codes: number } {
  let sum = 0
  let codes = 0
  for (const outcome of outcomes) {
    if (outcome.value === null) continue
    sum += outcome.value
    codes++
  }
  return { mean: codes === 0 ? undefinedBecause('nothing to compare') : defined(sum / codes), codes }
}
