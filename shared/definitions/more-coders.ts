/** Kappas of more than two coders, worked on the same 20 notes with a third coder. */
import { type Definition, is, shown, worked } from './definition.ts'

/** Notes by which of the three coders applied the code. */
export const THREE = [
  { by: [true, true, true], notes: 3 },
  { by: [true, true, false], notes: 1 },
  { by: [true, false, true], notes: 1 },
  { by: [true, false, false], notes: 1 },
  { by: [false, true, false], notes: 1 },
  { by: [false, false, true], notes: 1 },
  { by: [false, false, false], notes: 12 },
] as const

const GIVEN = [
  '20 notes, one code, three coders: all applied it to 3, only Amara and Ben to 1, only Amara and the third coder to 1,',
  'each of the three alone to 1, nobody to 12.',
]

const CODERS = 3
const count = (counts: (by: readonly boolean[]) => boolean): number =>
  THREE.reduce((sum, { by, notes }) => sum + (counts(by) ? notes : 0), 0)
const notes = count(() => true)
const appliedBy = (coder: number): number => count((by) => by[coder] === true)
const agreedBy = (g: number, h: number): number => count((by) => by[g] === by[h])

const PAIRS = [
  { g: 0, h: 1, name: 'Amara and Ben' },
  { g: 0, h: 2, name: 'Amara and the third' },
  { g: 1, h: 2, name: 'Ben and the third' },
].map(({ g, h, name }) => {
  const [p, q] = [appliedBy(g) / notes, appliedBy(h) / notes]
  const observed = agreedBy(g, h) / notes
  const expected = p * q + (1 - p) * (1 - q)
  return { name, p, q, observed, expected, kappa: (observed - expected) / (1 - expected) }
})
const meanOf = (numbers: readonly number[]): number => numbers.reduce((sum, x) => sum + x, 0) / numbers.length
const meanStep = (numbers: readonly number[]): string => `(${numbers.map(shown).join(' + ')}) / ${CODERS}`

const observedOfPairs = PAIRS.map(({ observed }) => observed)
const observed = meanOf(observedOfPairs)
const observedStep = `pₒ: the pairs agree on ${PAIRS.map((pair) => shown(pair.observed)).join(', ')} of the notes; their mean ${is(observed)}`

const total = appliedBy(0) + appliedBy(1) + appliedBy(2)
const share = total / (CODERS * notes)
const fleissExpected = share ** 2 + (1 - share) ** 2
const fleissValue = (observed - fleissExpected) / (1 - fleissExpected)

export const fleiss: Definition = {
  name: 'Fleiss’ kappa',
  symbol: 'κ',
  words:
    'Kappa for two or more coders who are taken as alike: chance comes from one share of the code over all of them. For two coders it equals Scott’s pi.',
  formula: [
    'κ = (pₒ − pₑ) / (1 − pₑ)',
    'pₒ: mean over units of the share of coder pairs that agree. pₑ = p² + (1 − p)², p the share of “applied” among all values.',
  ],
  undefinedWhen: 'every value is the same (0/0), or a coder did not see every unit',
  source: 'Fleiss 1971, Measuring nominal scale agreement among many raters',
  example: worked(
    GIVEN,
    [
      observedStep,
      `p = (${appliedBy(0)} + ${appliedBy(1)} + ${appliedBy(2)}) / (3 · ${notes}) ${is(share)}`,
      `pₑ = ${shown(share)}² + ${shown(1 - share)}² ${is(fleissExpected)}`,
      `κ = (${shown(observed)} − ${shown(fleissExpected)}) / (1 − ${shown(fleissExpected)}) ${is(fleissValue)}`,
    ],
    fleissValue,
  ),
}

const expectedOfPairs = PAIRS.map(({ expected }) => expected)
const congerExpected = meanOf(expectedOfPairs)
const congerValue = (observed - congerExpected) / (1 - congerExpected)

export const conger: Definition = {
  name: 'Conger’s kappa',
  symbol: 'κ',
  words:
    'Kappa for two or more coders that keeps each coder’s own share of the code: chance is the mean over coder pairs. For two coders it equals Cohen’s kappa.',
  formula: [
    'κ = (pₒ − pₑ) / (1 − pₑ)',
    'pₒ and pₑ: the means over coder pairs of their observed agreement and of Cohen’s expected agreement.',
  ],
  undefinedWhen: 'every value is the same (0/0), or a coder did not see every unit',
  source: 'Conger 1980, Integration and generalization of kappas for multiple raters',
  example: worked(
    GIVEN,
    [
      observedStep,
      ...PAIRS.map(
        ({ name, p, q, expected }) =>
          `${name}: pₑ = ${shown(p)} · ${shown(q)} + ${shown(1 - p)} · ${shown(1 - q)} ${is(expected)}`,
      ),
      `pₑ = ${meanStep(expectedOfPairs)} ${is(congerExpected)}`,
      `κ = (${shown(observed)} − ${shown(congerExpected)}) / (1 − ${shown(congerExpected)}) ${is(congerValue)}`,
    ],
    congerValue,
  ),
}

const kappas = PAIRS.map(({ kappa }) => kappa)

export const light: Definition = {
  name: 'Light’s kappa',
  symbol: 'κ',
  words: 'The mean of Cohen’s kappa over all pairs of coders.',
  formula: ['κ = mean over coder pairs of Cohen’s κ'],
  undefinedWhen: 'Cohen’s kappa is undefined for any pair of coders',
  source:
    'Light 1971, Measures of response agreement for qualitative data: some generalizations and alternatives',
  example: worked(
    GIVEN,
    [
      ...PAIRS.map(
        ({ name, observed, expected, kappa }) =>
          `${name}: κ = (${shown(observed)} − ${shown(expected)}) / (1 − ${shown(expected)}) ${is(kappa)}`,
      ),
      `κ = ${meanStep(kappas)} ${is(meanOf(kappas))}`,
    ],
    meanOf(kappas),
  ),
}
