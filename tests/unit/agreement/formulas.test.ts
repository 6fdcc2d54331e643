/** Every coefficient against a slow second implementation straight from its formula, on random small data. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as lib from '../../../shared/agreement/index.ts'
import { someOf } from '../../random.ts'
import type { Sample } from './arbitrary.ts'
import { completeSample, dataFrom, gappyPairSample, gappySample } from './arbitrary.ts'
import * as naive from './naive.ts'

const WEIGHTS = ['none', 'linear', 'quadratic', 'ordinal'] as const
const METRICS = ['nominal', 'ordinal', 'interval', 'ratio'] as const
const GWET = [
  ['ac', 'ac'],
  ['brennan-prediger', 'bp'],
  ['fleiss', 'fleiss'],
] as const
const SCALE = [0, 1, 3, 8]
const RUNS = { numRuns: someOf(2_000) }

/** The uncentred formulas of errors lose half of the digits where the variance is 0. */
const DIGITS_OF_ERRORS = 6

function expectSame(name: string, actual: lib.Outcome, slow: naive.Maybe, digits = 10): void {
  if (slow === null) expect(actual.value, name).toBeNull()
  else expect(actual.value, name).toBeCloseTo(slow, digits)
}

type Compare = (sample: Sample & { data: lib.ReliabilityData; summary: lib.UnitSummary }) => void

/** Runs a comparison on random samples. */
function onEvery(samples: fc.Arbitrary<Sample>, compare: Compare): void {
  fc.assert(
    fc.property(samples, (sample) => {
      const data = dataFrom(sample)
      compare({ ...sample, data, summary: lib.summarise(data) })
    }),
    RUNS,
  )
}

describe('with missing values, any number of coders', () => {
  it('percent agreement per unit, per coder pair and unanimous, and Holsti', () => {
    onEvery(gappySample, ({ values, q, data, summary }) => {
      expectSame('percent', lib.percentAgreement(summary), naive.percent(values, q))
      expectSame('pairs', lib.percentAgreementCoderPairs(data), naive.percentOfPairs(values))
      expectSame('unanimous', lib.percentAgreementUnanimous(data), naive.unanimous(values))
      expectSame('holsti', lib.holsti(data), naive.holsti(values))
    })
  })

  it('the pairable units and values', () => {
    onEvery(gappySample, ({ values, summary }) => {
      const pairable = naive.units(values).filter((unit) => unit.length >= 2)
      expect(lib.pairableCounts(summary)).toEqual({ units: pairable.length, values: pairable.flat().length })
    })
  })

  for (const metric of METRICS) {
    it(`alpha and its two disagreements, ${metric}`, () => {
      onEvery(gappySample, ({ values, q, summary }) => {
        const parts = lib.krippendorff(summary, metric, SCALE.slice(0, q))
        const slow = naive.disagreements(values, q, metric, SCALE)
        expectSame('alpha', parts.alpha, naive.alpha(values, q, metric, SCALE))
        expectSame('observed', parts.observed, slow?.observed ?? null)
        expectSame('expected', parts.expected, slow?.expected ?? null)
      })
    })
  }

  it('nominal alpha in one pass, and of each category', () => {
    onEvery(gappySample, ({ values, q, data }) => {
      expectSame('alpha', lib.krippendorffAlphaNominal(data), naive.alpha(values, q, 'nominal', SCALE))
      for (let k = 0; k < q; k++) {
        const slow = naive.alpha(naive.recoded(values, k), 2, 'nominal', SCALE)
        expectSame(`category ${k}`, lib.krippendorffAlphaCategory(data, k), slow)
      }
    })
  })

  for (const kind of WEIGHTS) {
    it(`AC, Brennan-Prediger and Fleiss after Gwet with their errors, and Conger, weights ${kind}`, () => {
      onEvery(gappySample, ({ values, q, data, summary }) => {
        for (const [name, short] of GWET) {
          const { coefficient, standardError } = lib.gwetCoefficient(data, summary, name, kind)
          expectSame(name, coefficient, naive.gwet(values, q, short, kind))
          expectSame(
            `${name} error`,
            standardError,
            naive.gwetError(values, q, short, kind),
            DIGITS_OF_ERRORS,
          )
        }
        expectSame('conger', lib.congerKappaGwet(data, summary, kind), naive.congerGwet(values, q, kind))
      })
    })
  }

  it('Light, and Fleiss on the units coded by all', () => {
    onEvery(gappySample, ({ values, q, data, summary }) => {
      expectSame('light', lib.lightKappa(data), naive.light(values, q))
      expectSame('listwise', lib.fleissKappaListwise(summary), naive.fleissListwise(values, q))
    })
  })
})

describe('without missing values', () => {
  it('Fleiss with its null error and of each category, and Conger', () => {
    onEvery(completeSample, ({ values, q, data, summary }) => {
      expectSame('fleiss', lib.fleissKappa(summary), naive.fleiss(values, q))
      expectSame('error', lib.fleissStandardErrorNull(summary), naive.fleissErrorNull(values, q), 9)
      for (let k = 0; k < q; k++) {
        const slow = naive.fleissCategory(values, k)
        expectSame(`category ${k}`, lib.fleissKappaCategory(summary, k), slow)
      }
      expectSame('conger', lib.congerKappa(data, summary), naive.conger(values, q))
    })
  })
})

describe('of two coders, with missing values', () => {
  for (const kind of WEIGHTS) {
    it(`Cohen with both errors and its interval, weights ${kind}`, () => {
      onEvery(gappyPairSample, ({ values, q, data }) => {
        const table = lib.tableOfPair(data, 0, 1)
        const kappa = naive.cohen(values, 0, 1, q, kind)
        const error = naive.cohenError(values, q, kind)
        expectSame('kappa', lib.cohenKappa(table, kind), kappa)
        expectSame('error', lib.cohenStandardError(table, kind), error, DIGITS_OF_ERRORS)
        expectSame(
          'null error',
          lib.cohenStandardErrorNull(table, kind),
          naive.cohenErrorNull(values, q, kind),
          DIGITS_OF_ERRORS,
        )
        const limit = (z: number) => (kappa === null || error === null ? null : kappa + z * error)
        const { low, high } = lib.cohenInterval(table, kind)
        expectSame('low', low, limit(-1.959963984540054), DIGITS_OF_ERRORS - 1)
        expectSame('high', high, limit(1.959963984540054), DIGITS_OF_ERRORS - 1)
      })
    })
  }

  it('Scott, the largest kappa the margins allow, and Cohen of each category', () => {
    onEvery(gappyPairSample, ({ values, q, data }) => {
      const table = lib.tableOfPair(data, 0, 1)
      expectSame('scott', lib.scottPi(table), naive.scott(values, q))
      expectSame('max', lib.cohenKappaMax(table), naive.cohenMax(values, q))
      for (let k = 0; k < q; k++) {
        const slow = naive.cohen(naive.recoded(values, k), 0, 1, 2, 'none')
        expectSame(`category ${k}`, lib.cohenKappaCategory(table, k), slow)
      }
    })
  })
})

describe('of one code', () => {
  const patterns = fc.integer({ min: 2, max: 4 }).chain((coders) =>
    fc
      .array(fc.tuple(fc.integer({ min: 0, max: 2 ** coders - 1 }), fc.integer({ min: 1, max: 4 })), {
        minLength: 1,
        maxLength: 5,
      })
      .map((counts) => ({ coders, counts })),
  )

  it('every coefficient, from counts of patterns', () => {
    fc.assert(
      fc.property(patterns, ({ coders, counts }) => {
        const masks = counts.flatMap(([mask, count]) => new Array<number>(count).fill(mask))
        const values = Array.from({ length: coders }, (_, g) =>
          masks.map((mask) => Math.floor(mask / 2 ** g) % 2),
        )
        const share = (first: number, second: number): number =>
          masks.filter((_, unit) => values[0]?.[unit] === first && values[1]?.[unit] === second).length /
          masks.length
        const ofTwo = (value: () => naive.Maybe): naive.Maybe => (coders === 2 ? value() : null)
        const slow: Record<lib.BinaryCoefficient, naive.Maybe> = {
          percent: naive.percent(values, 2),
          positive: naive.specific(values, 1),
          negative: naive.specific(values, 0),
          cohen: ofTwo(() => naive.cohen(values, 0, 1, 2, 'none')),
          light: naive.light(values, 2),
          scott: ofTwo(() => naive.scott(values, 2)),
          fleiss: naive.fleiss(values, 2),
          conger: naive.conger(values, 2),
          krippendorff: naive.alpha(values, 2, 'nominal', SCALE),
          ac1: naive.gwet(values, 2, 'ac', 'none'),
          brennanPrediger: naive.gwet(values, 2, 'bp', 'none'),
          pabak: ofTwo(() => 2 * (share(0, 0) + share(1, 1)) - 1),
          prevalence: ofTwo(() => share(1, 1) - share(0, 0)),
          bias: ofTwo(() => share(1, 0) - share(0, 1)),
        }
        const fast = lib.binaryAgreement(lib.patternCounts(coders, counts))
        for (const name of lib.BINARY_COEFFICIENTS) expectSame(name, fast[name], slow[name])
      }),
      RUNS,
    )
  })
})
