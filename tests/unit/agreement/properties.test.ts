import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as lib from '../../../shared/agreement/index.ts'
import { someOf } from '../../random.ts'
import type { Sample } from './arbitrary.ts'
import { completeSample, dataFrom, gappyPairSample, gappySample, orderOf, pairSample } from './arbitrary.ts'

const WEIGHTS = ['none', 'linear', 'quadratic', 'ordinal'] as const
const METRICS = ['nominal', 'ordinal', 'interval', 'ratio'] as const
const SCALE = [0, 1, 3, 8]
const RUNS = { numRuns: someOf(2_000) }

/** Every coefficient that does not need complete data, by name. */
function coefficients(sample: Sample): Record<string, lib.Outcome> {
  const data = dataFrom(sample)
  const summary = lib.summarise(data)
  const scale = SCALE.slice(0, sample.q)
  const result: Record<string, lib.Outcome> = {
    percent: lib.percentAgreement(summary),
    pairs: lib.percentAgreementCoderPairs(data),
    unanimous: lib.percentAgreementUnanimous(data),
    holsti: lib.holsti(data),
    light: lib.lightKappa(data),
    listwise: lib.fleissKappaListwise(summary),
    alphaFast: lib.krippendorffAlphaNominal(data),
  }
  for (const metric of METRICS) result[metric] = lib.krippendorffAlpha(summary, metric, scale)
  for (const kind of WEIGHTS) {
    result[`conger ${kind}`] = lib.congerKappaGwet(data, summary, kind)
    for (const name of ['ac', 'brennan-prediger', 'fleiss'] as const) {
      result[`${name} ${kind}`] = lib.gwetCoefficient(data, summary, name, kind).coefficient
    }
  }
  return result
}

/** Every coefficient and error of two coders, by name. */
function ofTwoCoders(sample: Sample): Record<string, lib.Outcome> {
  const table = lib.tableOfPair(dataFrom(sample), 0, 1)
  const result: Record<string, lib.Outcome> = { scott: lib.scottPi(table), max: lib.cohenKappaMax(table) }
  for (const kind of WEIGHTS) {
    result[`cohen ${kind}`] = lib.cohenKappa(table, kind)
    result[`error ${kind}`] = lib.cohenStandardError(table, kind)
    result[`null error ${kind}`] = lib.cohenStandardErrorNull(table, kind)
  }
  return result
}

/** Coefficients of each category, by name of the category. */
function ofCategory(sample: Sample, category: number): Record<string, lib.Outcome> {
  const data = dataFrom(sample)
  return {
    alpha: lib.krippendorffAlphaCategory(data, category),
    fleiss: lib.fleissKappaCategory(lib.summarise(data), category),
    cohen: lib.cohenKappaCategory(lib.tableOfPair(data, 0, 1), category),
  }
}

type Reordering = { sample: Sample; order: number[] }

/** A sample and a random order of something it has. */
const withOrder = (samples: fc.Arbitrary<Sample>, of: (sample: Sample) => number): fc.Arbitrary<Reordering> =>
  samples.chain((sample) => orderOf(of(sample)).map((order) => ({ sample, order })))

const inOrder = <T>(list: readonly T[], order: readonly number[]): T[] =>
  order.map((index) => list[index] as T)

/** Category k becomes order[k]. */
const renamed = ({ sample, order }: Reordering): Sample => ({
  ...sample,
  values: sample.values.map((column) =>
    column.map((value) => (value === null ? null : (order[value] as number))),
  ),
})

function expectEqual(
  a: Record<string, lib.Outcome>,
  b: Record<string, lib.Outcome>,
  names = Object.keys(a),
): void {
  for (const name of names) {
    const [x, y] = [a[name], b[name]]
    expect(y?.reason, name).toBe(x?.reason)
    if (typeof x?.value === 'number') expect(y?.value, name).toBeCloseTo(x.value, 11)
  }
}

describe('values do not depend on names or order', () => {
  it('when coders change places', () => {
    fc.assert(
      fc.property(
        withOrder(gappySample, ({ values }) => values.length),
        ({ sample, order }) => {
          const swapped = { ...sample, values: inOrder(sample.values, order) }
          expectEqual(coefficients(sample), coefficients(swapped))
        },
      ),
      RUNS,
    )
  })

  it('when two coders change places', () => {
    fc.assert(
      fc.property(gappyPairSample, (sample) => {
        const swapped = { ...sample, values: [...sample.values].reverse() }
        expectEqual(ofTwoCoders(sample), ofTwoCoders(swapped))
      }),
      RUNS,
    )
  })

  it('when units change places', () => {
    fc.assert(
      fc.property(
        withOrder(gappySample, ({ values }) => values[0]?.length ?? 0),
        ({ sample, order }) => {
          const moved = { ...sample, values: sample.values.map((column) => inOrder(column, order)) }
          expectEqual(coefficients(sample), coefficients(moved))
          expectEqual(ofTwoCoders(sample), ofTwoCoders(moved))
        },
      ),
      RUNS,
    )
  })

  it('when categories change names, for coefficients without an order of categories', () => {
    fc.assert(
      fc.property(
        withOrder(gappySample, ({ q }) => q),
        (reordering) => {
          const { sample, order } = reordering
          const other = renamed(reordering)
          const names = [
            'percent',
            'pairs',
            'unanimous',
            'holsti',
            'light',
            'listwise',
            'alphaFast',
            'nominal',
          ]
          const unweighted = ['conger none', 'ac none', 'brennan-prediger none', 'fleiss none']
          expectEqual(coefficients(sample), coefficients(other), [...names, ...unweighted])
          const unordered = ['scott', 'max', 'cohen none', 'error none', 'null error none']
          expectEqual(ofTwoCoders(sample), ofTwoCoders(other), unordered)
          order.forEach((now, before) => {
            expectEqual(ofCategory(sample, before), ofCategory(other, now))
          })
        },
      ),
      RUNS,
    )
  })

  it('when the order of categories is reversed, for weighted coefficients and ordinal alpha', () => {
    fc.assert(
      fc.property(gappySample, (sample) => {
        const values = sample.values.map((column) =>
          column.map((value) => (value === null ? null : sample.q - 1 - value)),
        )
        const { interval: _, ratio: __, ...names } = coefficients(sample)
        expectEqual(names, coefficients({ ...sample, values }))
        expectEqual(ofTwoCoders(sample), ofTwoCoders({ ...sample, values }))
      }),
      RUNS,
    )
  })

  it('when a coder without any value is added and dropped again', () => {
    fc.assert(
      fc.property(gappySample, (sample) => {
        const empty = sample.values[0]?.map(() => null) ?? []
        const { data, dropped } = lib.dropEmptyCoders(
          dataFrom({ ...sample, values: [empty, ...sample.values] }),
        )
        expect(dropped).toEqual([0])
        expect(data).toEqual(dataFrom(sample))
      }),
      RUNS,
    )
  })
})

describe('counting every unit twice', () => {
  const twice = (sample: Sample): Sample => ({
    ...sample,
    values: sample.values.map((column) => [...column, ...column]),
  })

  it('leaves percent agreement, the kappas, AC1 and Brennan-Prediger as they are', () => {
    fc.assert(
      fc.property(gappySample, (sample) => {
        const {
          nominal: _,
          ordinal: __,
          interval: ___,
          ratio: ____,
          alphaFast: _____,
          ...names
        } = coefficients(sample)
        expectEqual(names, coefficients(twice(sample)))
        for (let k = 0; k < sample.q; k++) {
          const { alpha: ______, ...kappas } = ofCategory(sample, k)
          expectEqual(kappas, ofCategory(twice(sample), k), Object.keys(kappas))
        }
      }),
      RUNS,
    )
  })

  it('leaves the kappas of two coders as they are and divides their errors by √2', () => {
    fc.assert(
      fc.property(gappyPairSample, (sample) => {
        const [once, doubled] = [ofTwoCoders(sample), ofTwoCoders(twice(sample))]
        const expected = Object.entries(once).map(([name, outcome]) => [
          name,
          name.includes('error') ? lib.mapOutcome(outcome, (error) => error / Math.SQRT2) : outcome,
        ])
        expectEqual(Object.fromEntries(expected), doubled)
      }),
      RUNS,
    )
  })

  it('moves alpha only through its n − 1', () => {
    fc.assert(
      fc.property(gappySample, (sample) => {
        const n = lib.pairableCounts(lib.summarise(dataFrom(sample))).values
        const [once, doubled] = [coefficients(sample), coefficients(twice(sample))]
        // α = 1 − (n − 1)·D with D the ratio of two sums that double and quadruple: n·D stays.
        const moved = (outcome: lib.Outcome): lib.Outcome =>
          lib.mapOutcome(outcome, (alpha) => 1 - ((1 - alpha) * (2 * n - 1)) / (2 * (n - 1)))
        for (const name of [...METRICS, 'alphaFast'])
          expectEqual({ [name]: moved(once[name] as lib.Outcome) }, doubled, [name])
        for (let k = 0; k < sample.q; k++) {
          const { alpha } = ofCategory(sample, k)
          expectEqual({ alpha: moved(alpha as lib.Outcome) }, ofCategory(twice(sample), k), ['alpha'])
        }
      }),
      RUNS,
    )
  })

  it('moves no coefficient of one code but alpha', () => {
    const patterns = fc.integer({ min: 2, max: 5 }).chain((coders) =>
      fc
        .array(fc.tuple(fc.integer({ min: 0, max: 2 ** coders - 1 }), fc.integer({ min: 0, max: 30 })), {
          maxLength: 8,
        })
        .map((counts) => lib.patternCounts(coders, counts)),
    )
    fc.assert(
      fc.property(patterns, (counts) => {
        const once = lib.binaryAgreement(counts)
        const doubled = lib.binaryAgreement(lib.addPatternCounts(counts.coders, [counts, counts]))
        const values = once.n * counts.coders
        const alpha = lib.mapOutcome(
          once.krippendorff,
          (value) => 1 - ((1 - value) * (2 * values - 1)) / (2 * (values - 1)),
        )
        const expected = Object.fromEntries(lib.BINARY_COEFFICIENTS.map((name) => [name, once[name]]))
        const found = Object.fromEntries(lib.BINARY_COEFFICIENTS.map((name) => [name, doubled[name]]))
        expectEqual({ ...expected, krippendorff: alpha }, found)
      }),
      RUNS,
    )
  })

  it('is the same as giving every row the multiplicity 2, standard errors included', () => {
    fc.assert(
      fc.property(gappySample, (sample) => {
        const one = dataFrom(sample)
        const rows = lib.rowCount(one)
        const weighted = lib.reliabilityData(one.values, one.categories, new Float64Array(rows).fill(2))
        const long = dataFrom(twice(sample))
        expect(lib.summarise(weighted)).toEqual(lib.summarise(long))
        const errorOf = (data: lib.ReliabilityData): lib.Outcome =>
          lib.gwetCoefficient(data, lib.summarise(data), 'ac', 'linear').standardError
        expect(errorOf(weighted).reason).toBe(errorOf(long).reason)
        expect(errorOf(weighted).value ?? 0).toBeCloseTo(errorOf(long).value ?? 0, 12)
        expect(lib.holsti(weighted)).toEqual(lib.holsti(long))
      }),
      RUNS,
    )
  })
})

describe('known identities hold', () => {
  it('Fleiss equals Scott and Conger equals Cohen for two coders', () => {
    fc.assert(
      fc.property(pairSample, (sample) => {
        const data = dataFrom(sample)
        const summary = lib.summarise(data)
        const table = lib.tableOfPair(data, 0, 1)
        expectEqual({ x: lib.fleissKappa(summary) }, { x: lib.scottPi(table) })
        expectEqual({ x: lib.congerKappa(data, summary) }, { x: lib.cohenKappa(table) })
        expectEqual({ x: lib.lightKappa(data) }, { x: lib.cohenKappa(table) })
      }),
      RUNS,
    )
  })

  it('Cohen never exceeds its maximum', () => {
    fc.assert(
      fc.property(pairSample, (sample) => {
        const table = lib.tableOfPair(dataFrom(sample), 0, 1)
        const [kappa, most] = [lib.cohenKappa(table), lib.cohenKappaMax(table)]
        if (kappa.value !== null && most.value !== null)
          expect(kappa.value).toBeLessThanOrEqual(most.value + 1e-12)
      }),
      RUNS,
    )
  })

  it('Fleiss per category averages to Fleiss, weighted with p(1 − p)', () => {
    fc.assert(
      fc.property(completeSample, (sample) => {
        const summary = lib.summarise(dataFrom(sample))
        const overall = lib.fleissKappa(summary)
        if (overall.value === null) return
        const totals = lib.categoryTotals(summary, 0)
        const all = lib.total(totals)
        let above = 0
        let below = 0
        totals.forEach((count, k) => {
          const room = (count / all) * (1 - count / all)
          above += room * (lib.fleissKappaCategory(summary, k).value ?? 0)
          below += room
        })
        expect(above / below).toBeCloseTo(overall.value, 11)
      }),
      RUNS,
    )
  })
})
