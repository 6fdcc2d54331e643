import { describe, expect, it } from 'vitest'
import * as lib from '../../../shared/agreement/index.ts'
import { dataFrom } from './arbitrary.ts'
import type { Plain } from './naive.ts'

interface Family {
  cohen: lib.Outcome
  scott: lib.Outcome
  fleiss: lib.Outcome
  conger: lib.Outcome
  congerGwet: lib.Outcome
  fleissGwet: lib.Outcome
  alpha: lib.Outcome
  ac1: lib.Outcome
  bp: lib.Outcome
  percent: lib.Outcome
}

function family(values: Plain, q: number): Family {
  const data = dataFrom({ values, q })
  const summary = lib.summarise(data)
  const table = lib.tableOfPair(data, 0, 1)
  return {
    cohen: lib.cohenKappa(table),
    scott: lib.scottPi(table),
    fleiss: lib.fleissKappa(summary),
    conger: lib.congerKappa(data, summary),
    congerGwet: lib.congerKappaGwet(data, summary),
    fleissGwet: lib.gwetCoefficient(data, summary, 'fleiss').coefficient,
    alpha: lib.krippendorffAlpha(summary, 'nominal'),
    ac1: lib.gwetCoefficient(data, summary, 'ac').coefficient,
    bp: lib.gwetCoefficient(data, summary, 'brennan-prediger').coefficient,
    percent: lib.percentAgreement(summary),
  }
}

const KAPPAS = ['cohen', 'scott', 'fleiss', 'conger', 'congerGwet', 'fleissGwet'] as const
const none = (reason: lib.UndefinedReason): lib.Outcome => ({ value: null, reason })

describe('when every value is the same category', () => {
  const result = family(
    [
      [1, 1, 1],
      [1, 1, 1],
    ],
    2,
  )

  it('every kappa and alpha is undefined for want of variation, never 1', () => {
    for (const name of [...KAPPAS, 'alpha'] as const) expect(result[name], name).toEqual(none('no variation'))
  })

  it('AC1, Brennan-Prediger and percent agreement are 1', () => {
    for (const name of ['ac1', 'bp', 'percent'] as const) expect(result[name].value, name).toBe(1)
  })

  it('with a single declared category nothing but percent agreement is left', () => {
    const single = family(
      [
        [0, 0],
        [0, 0],
      ],
      1,
    )
    for (const name of [...KAPPAS, 'alpha'] as const) expect(single[name], name).toEqual(none('no variation'))
    expect(single.ac1).toEqual(none('needs two categories'))
    expect(single.bp).toEqual(none('needs two categories'))
    expect(single.percent.value).toBe(1)
  })

  it('alpha is undefined in every metric, with disagreements of 0', () => {
    const summary = lib.summarise(
      dataFrom({
        values: [
          [2, 2],
          [2, 2],
          [2, null],
        ],
        q: 3,
      }),
    )
    for (const metric of ['nominal', 'ordinal', 'interval', 'ratio'] as const) {
      const parts = lib.krippendorff(summary, metric, [0, 1, 2])
      expect(parts.alpha).toEqual(none('no variation'))
      expect(parts.observed.value).toBe(0)
      expect(parts.expected.value).toBe(0)
    }
  })

  it('is noticed where floating point would leave a remainder', () => {
    for (let units = 1; units <= 200; units++) {
      const values = [
        new Array<number>(units).fill(0),
        new Array<number>(units).fill(0),
        new Array<number>(units).fill(0),
      ]
      const result = family(values, 7)
      for (const name of [...KAPPAS, 'alpha'] as const) expect(result[name]).toEqual(none('no variation'))
    }
  })

  it('the kappas after Gwet still see a category that only a single value uses, alpha does not', () => {
    const result = family(
      [
        [1, 1, 0],
        [1, 1, null],
      ],
      2,
    )
    expect(result.alpha).toEqual(none('no variation'))
    expect(result.cohen).toEqual(none('no variation'))
    expect(result.fleissGwet.value).toBe(1)
    expect(result.congerGwet.value).toBe(1)
  })
})

describe('when there is nothing to compare', () => {
  const cases: Array<[string, Plain]> = [
    [
      'no value is pairable',
      [
        [1, null],
        [null, 0],
      ],
    ],
    [
      'all values are missing',
      [
        [null, null],
        [null, null],
      ],
    ],
    ['there are no units', [[], []]],
  ]
  for (const [name, values] of cases) {
    it(`because ${name}, every coefficient says so`, () => {
      const result = family(values, 2)
      for (const key of [
        'cohen',
        'scott',
        'congerGwet',
        'fleissGwet',
        'alpha',
        'ac1',
        'bp',
        'percent',
      ] as const) {
        expect(result[key], key).toEqual(none('nothing to compare'))
      }
      const data = dataFrom({ values, q: 2 })
      expect(lib.holsti(data)).toEqual(none('nothing to compare'))
      expect(lib.percentAgreementCoderPairs(data)).toEqual(none('nothing to compare'))
      expect(lib.percentAgreementUnanimous(data)).toEqual(none('nothing to compare'))
      expect(lib.krippendorffAlphaNominal(data)).toEqual(none('nothing to compare'))
    })
  }

  it('because there is one coder, every coefficient says so', () => {
    const data = dataFrom({ values: [[0, 1, 1]], q: 2 })
    const summary = lib.summarise(data)
    const outcomes = [
      lib.percentAgreement(summary),
      lib.percentAgreementUnanimous(data),
      lib.percentAgreementCoderPairs(data),
      lib.holsti(data),
      lib.lightKappa(data),
      lib.fleissKappa(summary),
      lib.fleissKappaListwise(summary),
      lib.congerKappa(data, summary),
      lib.krippendorffAlpha(summary, 'nominal'),
      lib.gwetCoefficient(data, summary, 'ac').coefficient,
      lib.gwetCoefficient(data, summary, 'ac').standardError,
    ]
    for (const outcome of outcomes) expect(outcome).toEqual(none('nothing to compare'))
  })
})

describe('with one unit', () => {
  it('and equal values, kappas and alpha are undefined and AC1 is 1', () => {
    const result = family([[1], [1]], 2)
    for (const name of [...KAPPAS, 'alpha'] as const) expect(result[name], name).toEqual(none('no variation'))
    expect(result.ac1.value).toBe(1)
    expect(result.bp.value).toBe(1)
  })

  it('and different values, Cohen and alpha are 0 and Scott, Fleiss, AC1 and Brennan-Prediger −1', () => {
    const result = family([[0], [1]], 2)
    expect(result.cohen.value).toBe(0)
    expect(result.conger.value).toBe(0)
    expect(result.alpha.value).toBe(0)
    for (const name of ['scott', 'fleiss', 'fleissGwet', 'ac1', 'bp'] as const)
      expect(result[name].value, name).toBe(-1)
  })

  it('there is no linearised standard error', () => {
    const data = dataFrom({ values: [[0], [1]], q: 2 })
    const result = lib.gwetCoefficient(data, lib.summarise(data), 'ac')
    expect(result.standardError).toEqual(none('needs two units'))
  })
})

describe('one constant coder beside a varying one', () => {
  const result = family(
    [
      [1, 1, 1, 1, 1, 1, 1],
      [1, 1, 0, 1, 1, 1, 0],
    ],
    2,
  )

  it('gives a Cohen kappa of exactly 0', () => {
    expect(result.cohen.value).toBe(0)
    expect(result.conger.value).toBe(0)
  })

  it('gives a slightly negative alpha and a high AC1', () => {
    expect(result.alpha.value).toBeCloseTo(1 - (13 * 4) / (2 * 12 * 2), 12)
    expect(result.alpha.value).toBeLessThan(0)
    expect(result.ac1.value).toBeGreaterThan(0.5)
  })
})

describe('a systematic swap of two categories', () => {
  const values = [
    [0, 0, 0, 1, 1, 1],
    [1, 1, 1, 0, 0, 0],
  ]
  const result = family(values, 2)

  it('gives −1 and is not clamped; alpha is −0.8333 for 12 values', () => {
    for (const name of [...KAPPAS, 'ac1', 'bp'] as const) expect(result[name].value, name).toBeCloseTo(-1, 14)
    expect(result.alpha.value).toBeCloseTo(-10 / 12, 14)
  })

  it('has a standard error of exactly 0, flagged as degenerate', () => {
    const table = lib.tableOfPair(dataFrom({ values, q: 2 }), 0, 1)
    expect(lib.cohenStandardError(table)).toEqual({ value: 0, reason: null })
    expect(lib.cohenInterval(table).degenerate).toBe(true)
    expect(lib.cohenInterval(table).low.value).toBe(-1)
  })
})

describe('perfect agreement with variation', () => {
  it('has a kappa of 1, a standard error of exactly 0 and a degenerate interval', () => {
    const table = lib.tableOfPair(
      dataFrom({
        values: [
          [0, 1, 2, 2, 1, 1, 0],
          [0, 1, 2, 2, 1, 1, 0],
        ],
        q: 3,
      }),
      0,
      1,
    )
    for (const kind of ['none', 'linear', 'quadratic'] as const) {
      expect(lib.cohenKappa(table, kind).value).toBe(1)
      expect(lib.cohenStandardError(table, kind).value).toBe(0)
      expect(lib.cohenStandardErrorNull(table, kind).value).toBeGreaterThan(0)
    }
    expect(lib.cohenInterval(table)).toMatchObject({
      low: { value: 1 },
      high: { value: 1 },
      degenerate: true,
    })
  })
})

describe('a declared category nobody used', () => {
  const values = [
    [0, 1, 2, 0],
    [0, 1, 2, 1],
  ]

  it('counts for Brennan-Prediger and AC1: 0.6667 with four declared categories, 0.625 with three', () => {
    expect(family(values, 4).bp.value).toBeCloseTo(2 / 3, 14)
    expect(family(values, 3).bp.value).toBeCloseTo(0.625, 14)
    expect(family(values, 4).ac1.value).not.toBeCloseTo(family(values, 3).ac1.value ?? 0, 3)
  })

  it('does not change Cohen, Scott, Fleiss, Conger or alpha', () => {
    const [three, four] = [family(values, 3), family(values, 4)]
    for (const name of [...KAPPAS, 'alpha'] as const) expect(four[name]).toEqual(three[name])
  })

  it('keeps its place in the order of the weighted kappas', () => {
    const place = (map: number[]): lib.Outcome => {
      const moved = values.map((column) => column.map((value) => map[value] as number))
      return lib.cohenKappa(lib.tableOfPair(dataFrom({ values: moved, q: 4 }), 0, 1), 'linear')
    }
    expect(place([0, 1, 2]).value).not.toBeCloseTo(place([0, 1, 3]).value ?? 0, 4)
  })

  it('has no category kappa and no category alpha', () => {
    const data = dataFrom({ values, q: 4 })
    expect(lib.fleissKappaCategory(lib.summarise(data), 3)).toEqual(none('category not used'))
    expect(lib.krippendorffAlphaCategory(data, 3)).toEqual(none('category not used'))
    expect(lib.cohenKappaCategory(lib.tableOfPair(data, 0, 1), 3)).toEqual(none('category not used'))
  })
})

describe('a category every value has', () => {
  it('has no category kappa and no category alpha for want of variation', () => {
    const data = dataFrom({
      values: [
        [1, 1],
        [1, 1],
      ],
      q: 3,
    })
    expect(lib.fleissKappaCategory(lib.summarise(data), 1)).toEqual(none('no variation'))
    expect(lib.krippendorffAlphaCategory(data, 1)).toEqual(none('no variation'))
    expect(lib.cohenKappaCategory(lib.tableOfPair(data, 0, 1), 1)).toEqual(none('no variation'))
  })
})

describe('metrics that do not fit the categories', () => {
  const summary = lib.summarise(
    dataFrom({
      values: [
        [0, 1],
        [1, 1],
      ],
      q: 2,
    }),
  )

  it('are refused: interval without numbers, ratio below zero', () => {
    expect(lib.krippendorffAlpha(summary, 'interval')).toEqual(none('needs numeric categories'))
    expect(lib.krippendorffAlpha(summary, 'ratio', [-1, 1])).toEqual(none('needs non-negative categories'))
  })

  it('but a ratio scale with 0 in a unit twice is fine', () => {
    const zeros = lib.summarise(
      dataFrom({
        values: [
          [0, 0, 1],
          [0, 1, 1],
        ],
        q: 2,
      }),
    )
    expect(lib.krippendorffAlpha(zeros, 'ratio', [0, 1]).value).toBeCloseTo(4 / 9, 12)
  })
})

describe('Light’s kappa', () => {
  it('is undefined as soon as one pair of coders is', () => {
    const data = dataFrom({
      values: [
        [0, 0, 0],
        [0, 0, 0],
        [0, 1, 0],
      ],
      q: 2,
    })
    expect(lib.lightKappa(data)).toEqual(none('no variation'))
  })
})

describe('incomplete data', () => {
  it('has no Fleiss or Conger kappa, only the listwise and Gwet’s forms', () => {
    const data = dataFrom({
      values: [
        [0, 1, 0, 1],
        [0, 1, 1, null],
      ],
      q: 2,
    })
    const summary = lib.summarise(data)
    expect(lib.fleissKappa(summary)).toEqual(none('needs complete data'))
    expect(lib.congerKappa(data, summary)).toEqual(none('needs complete data'))
    expect(lib.fleissKappaCategory(summary, 0)).toEqual(none('needs complete data'))
    expect(lib.fleissKappaListwise(summary).value).not.toBeNull()
  })
})

describe('a fault in the library', () => {
  it('is raised rather than shown as a number', () => {
    expect(() => lib.defined(Number.NaN)).toThrow('fault')
    expect(() => lib.defined(Number.POSITIVE_INFINITY)).toThrow('fault')
  })
})
