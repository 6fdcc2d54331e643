import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as lib from '../../../shared/agreement/index.ts'
import type { Sample } from './arbitrary.ts'
import { completeSample, dataFrom, gappySample, pairSample } from './arbitrary.ts'
import * as naive from './naive.ts'

const WEIGHTS = ['none', 'linear', 'quadratic', 'ordinal'] as const
const METRICS = ['nominal', 'ordinal', 'interval', 'ratio'] as const
const SCALE = [0, 1, 3, 8]
const RUNS = { numRuns: 400 }

function expectSame(actual: lib.Outcome, slow: naive.Maybe): void {
  if (slow === null) expect(actual.value).toBeNull()
  else expect(actual.value).toBeCloseTo(slow, 10)
}

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

describe('slow second implementations agree on random data', () => {
  it('for percent agreement, alpha in all metrics and the coefficients after Gwet, with missing values', () => {
    fc.assert(
      fc.property(gappySample, (sample) => {
        const { q, values } = sample
        const fast = coefficients(sample)
        expectSame(fast.percent as lib.Outcome, naive.percent(values, q))
        for (const metric of METRICS)
          expectSame(fast[metric] as lib.Outcome, naive.alpha(values, q, metric, SCALE))
        expectSame(fast.alphaFast as lib.Outcome, naive.alpha(values, q, 'nominal', SCALE))
        for (const kind of WEIGHTS) {
          expectSame(fast[`ac ${kind}`] as lib.Outcome, naive.gwet(values, q, 'ac', kind))
          expectSame(fast[`brennan-prediger ${kind}`] as lib.Outcome, naive.gwet(values, q, 'bp', kind))
          expectSame(fast[`fleiss ${kind}`] as lib.Outcome, naive.gwet(values, q, 'fleiss', kind))
        }
        expectSame(fast.light as lib.Outcome, naive.light(values, q))
      }),
      RUNS,
    )
  })

  it('for Fleiss and Conger, without missing values', () => {
    fc.assert(
      fc.property(completeSample, (sample) => {
        const data = dataFrom(sample)
        const summary = lib.summarise(data)
        expectSame(lib.fleissKappa(summary), naive.fleiss(sample.values, sample.q))
        expectSame(lib.congerKappa(data, summary), naive.conger(sample.values, sample.q))
      }),
      RUNS,
    )
  })

  it('for Cohen with its standard error and Scott, two coders', () => {
    fc.assert(
      fc.property(pairSample, (sample) => {
        const table = lib.tableOfPair(dataFrom(sample), 0, 1)
        const { q, values } = sample
        for (const kind of WEIGHTS) {
          expectSame(lib.cohenKappa(table, kind), naive.cohen(values, 0, 1, q, kind))
          const error = naive.cohenError(values, q, kind)
          // The uncentred formula loses half of the digits where the variance is 0.
          if (error === null) expect(lib.cohenStandardError(table, kind).value).toBeNull()
          else expect(lib.cohenStandardError(table, kind).value).toBeCloseTo(error, 6)
        }
        expectSame(lib.scottPi(table), naive.scott(values, q))
      }),
      RUNS,
    )
  })
})

describe('values do not depend on names or order', () => {
  it('when coders change places', () => {
    fc.assert(
      fc.property(gappySample, (sample) => {
        const swapped = { ...sample, values: [...sample.values].reverse() }
        expectEqual(coefficients(sample), coefficients(swapped))
      }),
      RUNS,
    )
  })

  it('when units change places', () => {
    fc.assert(
      fc.property(gappySample, (sample) => {
        const values = sample.values.map((column) => [...column].reverse())
        expectEqual(coefficients(sample), coefficients({ ...sample, values }))
      }),
      RUNS,
    )
  })

  it('when categories change names, for coefficients without an order of categories', () => {
    fc.assert(
      fc.property(gappySample, (sample) => {
        const values = sample.values.map((column) =>
          column.map((value) => (value === null ? null : (value + 1) % sample.q)),
        )
        const names = ['percent', 'pairs', 'unanimous', 'holsti', 'light', 'listwise', 'alphaFast', 'nominal']
        const unweighted = ['conger none', 'ac none', 'brennan-prediger none', 'fleiss none']
        expectEqual(coefficients(sample), coefficients({ ...sample, values }), [...names, ...unweighted])
      }),
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
