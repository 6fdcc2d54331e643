/** Figures of one code applied or not by two coders, all worked on the same 20 notes. */
import { type Definition, is, shown, worked } from './definition.ts'

/** Notes by who applied the code. */
export const TABLE = { both: 4, first: 2, second: 1, neither: 13 } as const
const { both, first, second, neither } = TABLE
const notes = both + first + second + neither
const agreed = both + neither

export const GIVEN_TABLE = [
  `${notes} notes, one code: both coders applied it to ${both}, only Amara to ${first}, only Ben to ${second}, neither to ${neither}.`,
]

const ofAmara = (both + first) / notes
const ofBen = (both + second) / notes
const pooled = (ofAmara + ofBen) / 2
const observed = agreed / notes
const observedStep = `pₒ = (${both} + ${neither}) / ${notes} ${is(observed)}`
const sharesStep = `Amara applied it to ${both + first} of ${notes} ${is(ofAmara)}, Ben to ${both + second} of ${notes} ${is(ofBen)}`
const pooledStep = `p = (${shown(ofAmara)} + ${shown(ofBen)}) / 2 ${is(pooled)}`

/** Agreement beyond chance. */
const beyond = (expected: number): number => (observed - expected) / (1 - expected)
const beyondStep = (sign: string, expected: number): string =>
  `${sign} = (${shown(observed)} − ${shown(expected)}) / (1 − ${shown(expected)}) ${is(beyond(expected))}`

const cohenExpected = ofAmara * ofBen + (1 - ofAmara) * (1 - ofBen)
const scottExpected = pooled ** 2 + (1 - pooled) ** 2
const ac1Expected = 2 * pooled * (1 - pooled)

const applied = 2 * both + first + second
const values = 2 * notes
const alphaObserved = (2 * (first + second)) / values
const alphaExpected = (2 * applied * (values - applied)) / (values * (values - 1))

export const percent: Definition = {
  name: 'Percent agreement',
  symbol: 'pₒ',
  words:
    'Share of units on which the coders agree, whether they applied the code or not. Not corrected for chance.',
  formula: [
    'pₒ = (both + neither) / n',
    'More than two coders: the mean over units of the share of coder pairs that agree.',
  ],
  undefinedWhen: 'no unit was seen by two coders',
  source: 'Fleiss 1971, Measuring nominal scale agreement among many raters',
  example: worked(
    GIVEN_TABLE,
    [`They agree on ${both} + ${neither} = ${agreed} notes`, `pₒ = ${agreed} / ${notes} ${is(observed)}`],
    observed,
  ),
}

const positiveValue = (2 * both) / (2 * both + first + second)

export const positive: Definition = {
  name: 'Positive agreement',
  symbol: null,
  words:
    'Of all decisions to apply the code, the share that the other coder confirms. For two coders it equals F1; units that neither coded do not count.',
  formula: [
    '2 · both / (2 · both + only first + only second)',
    'More than two coders: of all pairs of an applying coder with another one, the share in which the other applied it too.',
  ],
  undefinedWhen: 'nobody applied the code',
  source: 'Cicchetti and Feinstein 1990, High agreement but low kappa: II. Resolving the paradoxes',
  example: worked(
    GIVEN_TABLE,
    [
      `Decisions to apply it: 2 · ${both} + ${first} + ${second} = ${applied}`,
      `2 · ${both} / ${applied} ${is(positiveValue)}`,
    ],
    positiveValue,
  ),
}

const negativeValue = (2 * neither) / (2 * neither + first + second)

export const negative: Definition = {
  name: 'Negative agreement',
  symbol: null,
  words: 'Of all decisions to leave the code out, the share that the other coder confirms.',
  formula: [
    '2 · neither / (2 · neither + only first + only second)',
    'More than two coders: of all pairs of a coder who left it out with another one, the share in which the other did too.',
  ],
  undefinedWhen: 'every coder applied the code to every unit',
  source: 'Cicchetti and Feinstein 1990, High agreement but low kappa: II. Resolving the paradoxes',
  example: worked(
    GIVEN_TABLE,
    [
      `Decisions to leave it out: 2 · ${neither} + ${first} + ${second} = ${values - applied}`,
      `2 · ${neither} / ${values - applied} ${is(negativeValue)}`,
    ],
    negativeValue,
  ),
}

const holstiValue = (2 * agreed) / (notes + notes)

export const holsti: Definition = {
  name: 'Holsti’s coefficient',
  symbol: 'CR',
  words:
    'Twice the decisions that two coders share, over all decisions both made. Equal to percent agreement when both saw the same units.',
  formula: [
    'CR = 2M / (N₁ + N₂)',
    'M: units on which they agree; N₁, N₂: units each of them saw. More than two coders: the mean over pairs.',
  ],
  undefinedWhen: 'no unit was seen by two coders',
  source: 'Holsti 1969, Content analysis for the social sciences and humanities',
  example: worked(
    GIVEN_TABLE,
    [
      `M = ${both} + ${neither} = ${agreed}; each coder decided on ${notes} notes`,
      `CR = 2 · ${agreed} / (${notes} + ${notes}) ${is(holstiValue)}`,
    ],
    holstiValue,
  ),
}

const cohenValue = beyond(cohenExpected)
const cohenSteps = [
  observedStep,
  sharesStep,
  `pₑ = ${shown(ofAmara)} · ${shown(ofBen)} + ${shown(1 - ofAmara)} · ${shown(1 - ofBen)} ${is(cohenExpected)}`,
  beyondStep('κ', cohenExpected),
]

export const cohen: Definition = {
  name: 'Cohen’s kappa',
  symbol: 'κ',
  words:
    'Of the agreement that chance leaves open, the share two coders reached; chance is what two coders with their own shares of the code would agree on if they coded independently.',
  formula: [
    'κ = (pₒ − pₑ) / (1 − pₑ)',
    'pₒ: percent agreement. pₑ = p₁p₂ + (1 − p₁)(1 − p₂), p₁ and p₂ the share of units each coder applied the code to.',
  ],
  undefinedWhen: 'both coders applied the code to every unit, or both to none (0/0)',
  source: 'Cohen 1960, A coefficient of agreement for nominal scales',
  example: worked(GIVEN_TABLE, cohenSteps, cohenValue),
}

/** Share, and agreement weight less what the margins and kappa take from it, of each cell of the table. */
const errorCells = [
  { count: both, weight: 1, margins: ofBen + ofAmara },
  { count: first, weight: 0, margins: ofBen + 1 - ofAmara },
  { count: second, weight: 0, margins: 1 - ofBen + ofAmara },
  { count: neither, weight: 1, margins: 1 - ofBen + 1 - ofAmara },
].map(({ count, weight, margins }) => ({
  share: count / notes,
  term: weight - margins * (1 - cohenValue),
}))
const errorSquares = errorCells.reduce((sum, { share, term }) => sum + share * term ** 2, 0)
const errorMean = cohenValue - cohenExpected * (1 - cohenValue)
const cohenErrorValue = Math.sqrt((errorSquares - errorMean ** 2) / notes) / (1 - cohenExpected)

export const cohenError: Definition = {
  name: 'Standard error of Cohen’s kappa',
  symbol: 'SE(κ)',
  words:
    'How far kappa would vary over other samples of as many units, by large-sample theory. It takes the units for independent, which notes are and characters are not.',
  formula: [
    'SE = √( (S − E²) / n ) / (1 − pₑ)',
    'S = Σ p(i,j) · (w(i,j) − (q(i) + r(j))(1 − κ))², E = κ − pₑ(1 − κ); w(i,j) = 1 where the values are equal, else 0.',
    'p(i,j): share of units the first coder gave i and the second j; q(i): share of the second coder’s values that are i; r(j): of the first coder’s that are j.',
  ],
  undefinedWhen: 'kappa is undefined',
  source: 'Fleiss, Cohen and Everitt 1969, Large sample standard errors of kappa and weighted kappa',
  example: worked(
    GIVEN_TABLE,
    [
      ...cohenSteps,
      `S = ${errorCells.map(({ share, term }) => `${shown(share)} · (${shown(term)})²`).join(' + ')} ${is(errorSquares)}`,
      `E = ${shown(cohenValue)} − ${shown(cohenExpected)} · (1 − ${shown(cohenValue)}) ${is(errorMean)}`,
      `SE = √( (${shown(errorSquares)} − ${shown(errorMean ** 2)}) / ${notes} ) / (1 − ${shown(cohenExpected)}) ${is(cohenErrorValue)}`,
    ],
    cohenErrorValue,
  ),
}

export const scott: Definition = {
  name: 'Scott’s pi',
  symbol: 'π',
  words:
    'As kappa, but chance is what two coders would agree on who share one and the same share of the code: their mean.',
  formula: [
    'π = (pₒ − pₑ) / (1 − pₑ)',
    'pₑ = p² + (1 − p)², p the mean of the two coders’ shares of the code.',
  ],
  undefinedWhen: 'both coders applied the code to every unit, or both to none (0/0)',
  source: 'Scott 1955, Reliability of content analysis: the case of nominal scale coding',
  example: worked(
    GIVEN_TABLE,
    [
      observedStep,
      pooledStep,
      `pₑ = ${shown(pooled)}² + ${shown(1 - pooled)}² ${is(scottExpected)}`,
      beyondStep('π', scottExpected),
    ],
    beyond(scottExpected),
  ),
}

export const krippendorff: Definition = {
  name: 'Krippendorff’s alpha',
  symbol: 'α',
  words:
    'One minus observed over expected disagreement, for any number of coders, also where not everybody saw every unit. 1 is full agreement, 0 what chance alone would bring.',
  formula: [
    'α = 1 − Dₒ / Dₑ',
    'Dₒ: share of pairs of values of the same unit that differ, each unit weighted by its number of values.',
    'Dₑ: share of pairs that differ among all pairs of values, whatever unit they belong to. Units with one value do not count.',
  ],
  undefinedWhen: 'no unit was seen by two coders, or every value is the same (0/0)',
  source: 'Krippendorff 2019, Content analysis: an introduction to its methodology, 4th edition',
  example: worked(
    GIVEN_TABLE,
    [
      `${values} values, ${applied} of them “applied” and ${values - applied} “not applied”`,
      `Dₒ = 2 · (${first} + ${second}) / ${values} ${is(alphaObserved)}`,
      `Dₑ = 2 · ${applied} · ${values - applied} / (${values} · ${values - 1}) ${is(alphaExpected)}`,
      `α = 1 − ${shown(alphaObserved)} / ${shown(alphaExpected)} ${is(1 - alphaObserved / alphaExpected)}`,
    ],
    1 - alphaObserved / alphaExpected,
  ),
}

export const ac1: Definition = {
  name: 'Gwet’s AC1',
  symbol: 'AC1',
  words:
    'A chance-corrected figure that stays stable when a code is very rare or very common, because it expects little agreement by chance there.',
  formula: ['AC1 = (pₒ − pₑ) / (1 − pₑ)', 'pₑ = 2p(1 − p), p the share of “applied” among all values.'],
  undefinedWhen: 'no unit was seen by two coders',
  source: 'Gwet 2008, Computing inter-rater reliability and its variance in the presence of high agreement',
  example: worked(
    GIVEN_TABLE,
    [
      observedStep,
      pooledStep,
      `pₑ = 2 · ${shown(pooled)} · (1 − ${shown(pooled)}) ${is(ac1Expected)}`,
      beyondStep('AC1', ac1Expected),
    ],
    beyond(ac1Expected),
  ),
}

export const brennanPrediger: Definition = {
  name: 'Brennan and Prediger’s kappa',
  symbol: 'κₙ',
  words:
    'As kappa, but chance is an even guess between “applied” and “not applied”, whatever the coders’ shares.',
  formula: [
    'κₙ = (pₒ − 1/q) / (1 − 1/q)',
    'q: number of values to choose from; 2 for one code, so κₙ = 2pₒ − 1.',
  ],
  undefinedWhen: 'no unit was seen by two coders',
  source: 'Brennan and Prediger 1981, Coefficient kappa: some uses, misuses, and alternatives',
  example: worked(GIVEN_TABLE, [observedStep, 'pₑ = 1 / 2 = 0.5', beyondStep('κₙ', 0.5)], beyond(0.5)),
}

const pabakValue = 2 * observed - 1

export const pabak: Definition = {
  name: 'Prevalence-adjusted and bias-adjusted kappa',
  symbol: 'PABAK',
  words:
    'What kappa would be if the code were as often applied as not and both coders applied it equally often. The same number as Brennan and Prediger’s kappa of two coders.',
  formula: ['PABAK = 2pₒ − 1'],
  undefinedWhen: 'no unit was seen by both coders',
  source: 'Byrt, Bishop and Carlin 1993, Bias, prevalence and kappa',
  example: worked(
    GIVEN_TABLE,
    [observedStep, `PABAK = 2 · ${shown(observed)} − 1 ${is(pabakValue)}`],
    pabakValue,
  ),
}

export const prevalence: Definition = {
  name: 'Prevalence index',
  symbol: 'PI',
  words:
    'Both minus neither, over all units: near −1 for rare codes, near 1 for common ones. Kappa is low when it is extreme.',
  formula: ['PI = (both − neither) / n'],
  undefinedWhen: 'no unit was seen by both coders',
  source: 'Byrt, Bishop and Carlin 1993, Bias, prevalence and kappa',
  example: worked(
    GIVEN_TABLE,
    [`PI = (${both} − ${neither}) / ${notes} ${is((both - neither) / notes)}`],
    (both - neither) / notes,
  ),
}

export const bias: Definition = {
  name: 'Bias index',
  symbol: 'BI',
  words:
    'Only the first coder minus only the second, over all units: above 0 the first coder applies the code more often, below 0 the second.',
  formula: ['BI = (only first − only second) / n'],
  undefinedWhen: 'no unit was seen by both coders',
  source: 'Byrt, Bishop and Carlin 1993, Bias, prevalence and kappa',
  example: worked(
    GIVEN_TABLE,
    [`BI = (${first} − ${second}) / ${notes} ${is((first - second) / notes)}`],
    (first - second) / notes,
  ),
}

type Row = readonly [number, number, number]
/** Notes rated by two coders: row = Amara's rating, column = Ben's; none, some, severe. */
export const RATINGS: readonly [Row, Row, Row] = [
  [8, 1, 1],
  [2, 3, 1],
  [0, 1, 3],
]
const ratingNames = ['none', 'some', 'severe']
const rated = RATINGS.flat().reduce((sum, count) => sum + count, 0)
const rows = RATINGS.map((row) => row.reduce((sum, count) => sum + count, 0))
const columns = ratingNames.map((_, j) => RATINGS.reduce((sum, row) => sum + (row[j] ?? 0), 0))
/** Linear weight of two of the three ratings. */
const weight = (i: number, j: number): number => 1 - Math.abs(i - j) / (ratingNames.length - 1)
const cellsOf = (of: (i: number, j: number) => number): number =>
  RATINGS.reduce(
    (sum, row, i) => sum + row.reduce((part: number, _, j) => part + weight(i, j) * of(i, j), 0),
    0,
  )
const weightedObserved = cellsOf((i, j) => (RATINGS[i]?.[j] ?? 0) / rated)
const weightedExpected = cellsOf((i, j) => ((rows[i] ?? 0) * (columns[j] ?? 0)) / rated ** 2)
const alike = RATINGS.reduce((sum, row, i) => sum + (row[i] ?? 0), 0)
const near = RATINGS[0][1] + RATINGS[1][0] + RATINGS[1][2] + RATINGS[2][1]
const weightedValue = (weightedObserved - weightedExpected) / (1 - weightedExpected)

export const weightedKappa: Definition = {
  name: 'Weighted kappa',
  symbol: 'κᵥ',
  words:
    'Kappa for ordered values: a small difference counts as part of an agreement. Linear weights fall evenly with the distance, quadratic ones with its square.',
  formula: [
    'κᵥ = (pₒ − pₑ) / (1 − pₑ)',
    'pₒ = Σ w(i,j) · p(i,j), pₑ = Σ w(i,j) · r(i) · q(j), p(i,j) the share of units rated i and j, r and q each coder’s own shares.',
    'Linear: w(i,j) = 1 − |i − j| / (q − 1) for q ordered values; quadratic: 1 − (i − j)² / (q − 1)².',
  ],
  undefinedWhen: 'both coders gave every unit one and the same value (0/0)',
  source:
    'Cohen 1968, Weighted kappa: nominal scale agreement with provision for scaled disagreement or partial credit',
  example: worked(
    [
      `${rated} notes rated none, some or severe; linear weights 1, ½, 0.`,
      ...RATINGS.map(
        (row, i) => `Amara ${ratingNames[i]}: Ben none ${row[0]}, some ${row[1]}, severe ${row[2]}`,
      ),
    ],
    [
      `Alike ${alike} notes, one step apart ${near}, two steps ${rated - alike - near}`,
      `pₒ = (${alike} + ½ · ${near}) / ${rated} ${is(weightedObserved)}`,
      `Amara’s ratings ${rows.join(', ')}, Ben’s ${columns.join(', ')}`,
      `pₑ = (${rows.map((count, i) => `${count} · ${columns[i]}`).join(' + ')} + ½ · (${rows[0]} · ${columns[1]} + ${rows[1]} · ${columns[0]} + ${rows[1]} · ${columns[2]} + ${rows[2]} · ${columns[1]})) / ${rated}² ${is(weightedExpected)}`,
      `κᵥ = (${shown(weightedObserved)} − ${shown(weightedExpected)}) / (1 − ${shown(weightedExpected)}) ${is(weightedValue)}`,
    ],
    weightedValue,
  ),
}
