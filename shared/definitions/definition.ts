/** What a definition of a figure says, and how its numbers are written. */

/** A small example worked through with its real numbers. */
export interface Example {
  readonly given: readonly string[]
  /** One calculation a line; the last ends with the figure. */
  readonly steps: readonly string[]
  /** The figure, not rounded. */
  readonly value: number
  /** Of an interval: its upper limit; `value` is the lower. */
  readonly upper: number | null
}

/** A figure as a methods section needs it: exact enough to be recomputed by hand. */
export interface Definition {
  readonly name: string
  /** How the literature writes it, where it has a sign of its own. */
  readonly symbol: string | null
  /** One or two plain sentences. */
  readonly words: string
  /** Plain text, one line each: the figure first, then what its letters mean. */
  readonly formula: readonly string[]
  readonly undefinedWhen: string
  readonly source: string
  readonly example: Example
}

/** Far below what is shown: lifts 0.39875, which is kept as 0.39874…, over the half it stands for. */
const HALF = 1e-12

const rounded = (value: number): number => Number((value + Math.sign(value) * HALF).toFixed(4))

/** "0.6341", "0.85", "−0.45": four decimals at most, halves away from 0, with a true minus. */
export const shown = (value: number): string => String(rounded(value)).replace('-', '−')

/** "= 0.85", or "≈ 0.6341" where four decimals do not say all of it. */
export const is = (value: number): string =>
  `${Math.abs(value - rounded(value)) < HALF ? '=' : '≈'} ${shown(value)}`

/** An example that ends in one figure. */
export const worked = (given: readonly string[], steps: readonly string[], value: number): Example => ({
  given,
  steps,
  value,
  upper: null,
})
