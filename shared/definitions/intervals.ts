/** The two kinds of interval, worked on the same 20 notes. */
import { distributionOf } from '../agreement/quantile.ts'
import { Random } from '../agreement/random.ts'
import { type Definition, is, shown } from './definition.ts'
import { cohen, cohenError, GIVEN_TABLE, TABLE } from './two-coders.ts'

/** So few that they can be listed; a study takes a thousand or more. */
export const LISTED = 9
export const LEVEL = 0.95
export const SEED = 4

/** The notes in the order they are drawn from, by cell of the table. */
const cells = [TABLE.both, TABLE.first, TABLE.second, TABLE.neither].flatMap((count, cell) =>
  Array.from({ length: count }, () => cell),
)

/** Kappa of four counts, in the order both, only first, only second, neither. */
function kappaOf([both = 0, first = 0, second = 0, neither = 0]: readonly number[]): number {
  const n = both + first + second + neither
  const expected = ((both + first) * (both + second) + (second + neither) * (first + neither)) / n ** 2
  return ((both + neither) / n - expected) / (1 - expected)
}

/** The counts of each resample of the listed ones. */
export const RESAMPLES: ReadonlyArray<readonly number[]> = (() => {
  const random = new Random(SEED)
  const drawn = new Uint32Array(cells.length)
  return Array.from({ length: LISTED }, () => {
    random.fillBelow(drawn, cells.length)
    const counts = [0, 0, 0, 0]
    for (const note of drawn) {
      const cell = cells[note] as number
      counts[cell] = (counts[cell] as number) + 1
    }
    return counts
  })
})()

const kappas = Float64Array.from(RESAMPLES, kappaOf).sort()
const at = (rank: number): number => kappas[rank - 1] as number
const { low, high } = distributionOf(kappas, LEVEL)
const position = 1 + ((1 - LEVEL) / 2) * (LISTED - 1)

export const bootstrapInterval: Definition = {
  name: 'Bootstrap interval',
  symbol: null,
  words:
    'The notes are drawn again and again with replacement, as many as there are, and the figure computed each time; the middle 95 % of the results are the interval. A note keeps all its text together, because the characters of one note are not independent; cases can be drawn instead where a young person has several notes.',
  formula: [
    '[Q(0.025), Q(0.975)] of the figure over B resamples of notes (or of cases with all their notes)',
    'Q(p): with the results in order, the one at position 1 + p(B − 1), between two neighbours by linear interpolation (type 7).',
    'All codes and figures share the same draws. Resamples in which a figure is undefined are left out and counted.',
    'Of a mean over codes: the mean over those defined in the resample. Where many codes are rare its interval leans to the low side, as a rare code falls out of a resample or shows only its disagreement there; the pooled table leans less.',
  ],
  undefinedWhen: 'there are fewer than two notes (or cases), or the figure is undefined in every resample',
  source:
    'Efron and Tibshirani 1993, An introduction to the bootstrap; Hyndman and Fan 1996 for the quantiles',
  example: {
    given: [
      ...GIVEN_TABLE,
      `${LISTED} resamples of these notes, so few only to list them, with seed ${SEED}: both, only Amara, only Ben, neither, and kappa.`,
      ...RESAMPLES.map((counts) => `${counts.join(', ')}: κ ${is(kappaOf(counts))}`),
    ],
    steps: [
      `In order: ${[...kappas].map(shown).join(', ')}`,
      `Lower limit at position 1 + 0.025 · ${LISTED - 1} = ${shown(position)}: ${shown(at(1))} + ${shown(position - 1)} · (${shown(at(2))} − ${shown(at(1))}) ${is(low)}`,
      `Upper limit at position 1 + 0.975 · ${LISTED - 1} = ${shown(LISTED + 1 - position)}: ${shown(at(LISTED))} − ${shown(position - 1)} · (${shown(at(LISTED))} − ${shown(at(LISTED - 1))}) ${is(high)}`,
      `95 % interval of κ: ${shown(low)} to ${shown(high)}`,
    ],
    value: low,
    upper: high,
  },
}

/** 97.5 % point of the normal distribution. */
const Z = 1.959963984540054
const kappa = cohen.example.value
const error = cohenError.example.value

export const analyticInterval: Definition = {
  name: 'Analytic interval',
  symbol: null,
  words:
    'The figure plus and minus 1.96 standard errors, from large-sample theory instead of resampling. It takes the units for independent and is not cut off at 1.',
  formula: [
    '[κ − 1.96 · SE, κ + 1.96 · SE]',
    '1.96 is the 97.5 % point of the normal distribution, used with all its digits.',
  ],
  undefinedWhen: 'the figure is undefined; without width where its standard error is 0',
  source: 'Fleiss, Cohen and Everitt 1969, Large sample standard errors of kappa and weighted kappa',
  example: {
    given: [...GIVEN_TABLE, `Cohen’s kappa ${is(kappa)}, its standard error ${is(error)}.`],
    steps: [
      `1.96 · ${shown(error)} ${is(Z * error)}`,
      `95 % interval of κ: ${shown(kappa - Z * error)} to ${shown(kappa + Z * error)}`,
    ],
    value: kappa - Z * error,
    upper: kappa + Z * error,
  },
}
