/** Alpha over sets of codes: worked by hand, against the definition written out anew, and what must not change it. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as lib from '../../../shared/agreement/index.ts'
import { someOf } from '../../random.ts'
import { completeSample, dataFrom, orderOf } from './arbitrary.ts'

/** `values[coder][unit]`: the codes given, or null where the coder did not see the unit. */
type Sets = ReadonlyArray<ReadonlyArray<readonly number[] | null>>

/** The library's form of plain sets. */
function prepared(values: Sets): { data: lib.ReliabilityData; sets: lib.CodeSets } {
  const register = new lib.SetRegister()
  const columns = values.map((column) =>
    Int32Array.from(column, (codes) => (codes === null ? lib.MISSING : register.idOf(codes))),
  )
  const sets = register.sets()
  return { data: lib.reliabilityData(columns, lib.setCount(sets)), sets }
}

function alphaOf(values: Sets, measure: lib.SetMeasure): lib.AlphaParts {
  const { data, sets } = prepared(values)
  return lib.setAlpha(lib.setPatterns(data), sets, measure)
}

/** The distance as the papers put it. */
function naiveDistance(a: readonly number[], b: readonly number[], measure: lib.SetMeasure): number {
  const [first, second] = [new Set(a), new Set(b)]
  const both = [...first].filter((code) => second.has(code)).length
  const either = new Set([...first, ...second]).size
  if (either === 0) return 0
  const jaccard = both / either
  if (measure === 'jaccard') return 1 - jaccard
  const isWithin = both === first.size || both === second.size
  const monotonicity = both === either ? 1 : both === 0 ? 0 : isWithin ? 2 / 3 : 1 / 3
  return 1 - jaccard * monotonicity
}

/** Alpha straight from its definition: every pair within a unit against every pair of all values. */
function naiveAlpha(values: Sets, measure: lib.SetMeasure): { observed: number; expected: number } | null {
  const units = (values[0] ?? [])
    .map((_, unit) => values.map((column) => column[unit] ?? null).filter((codes) => codes !== null))
    .filter((unit) => unit.length >= 2)
  const all = units.flat()
  if (all.length === 0) return null
  let observed = 0
  for (const unit of units)
    unit.forEach((a, x) => {
      unit.forEach((b, y) => {
        if (x !== y) observed += naiveDistance(a, b, measure) / (unit.length - 1)
      })
    })
  let expected = 0
  all.forEach((a, x) => {
    all.forEach((b, y) => {
      if (x !== y) expected += naiveDistance(a, b, measure)
    })
  })
  return { observed: observed / all.length, expected: expected / (all.length * (all.length - 1)) }
}

const codes = fc.uniqueArray(fc.integer({ min: 0, max: 4 }), { maxLength: 4 })

/** 2 … 4 coders, 1 … 7 units, sets of up to four of five codes, the empty set and gaps included. */
const sample: fc.Arbitrary<Sets> = fc
  .tuple(fc.integer({ min: 2, max: 4 }), fc.integer({ min: 1, max: 7 }))
  .chain(([m, n]) =>
    fc.array(fc.array(fc.option(codes, { freq: 6 }), { minLength: n, maxLength: n }), {
      minLength: m,
      maxLength: m,
    }),
  )

const MEASURES = ['masi', 'jaccard'] as const
const RUNS = { numRuns: someOf(2_000) }

function expectSame(a: lib.AlphaParts, b: lib.AlphaParts): void {
  for (const part of ['alpha', 'observed', 'expected'] as const) {
    expect(b[part].reason, part).toBe(a[part].reason)
    if (a[part].value !== null) expect(b[part].value, part).toBeCloseTo(a[part].value, 11)
  }
}

describe('the distance of two sets', () => {
  const distance = (a: readonly number[], b: readonly number[], measure: lib.SetMeasure = 'masi') => {
    const register = new lib.SetRegister()
    const [x, y] = [register.idOf(a), register.idOf(b)]
    return lib.setDistance(register.sets(), x, y, measure)
  }

  it.each([
    ['equal sets', [1, 2], [2, 1], 0, 0],
    ['two empty sets', [], [], 0, 0],
    ['an empty set and another', [], [3], 1, 1],
    ['disjoint sets', [1, 2], [3], 1, 1],
    ['a set within another', [1], [1, 2], 1 - (1 / 2) * (2 / 3), 1 / 2],
    ['sets that overlap', [1, 2, 3], [2, 3, 4], 1 - (2 / 4) * (1 / 3), 1 / 2],
    ['codes far apart', [0, 9999], [9999, 5000], 1 - (1 / 3) * (1 / 3), 2 / 3],
  ])('of %s', (_, a, b, masi, jaccard) => {
    expect(distance(a, b)).toBeCloseTo(masi, 12)
    expect(distance(b, a)).toBeCloseTo(masi, 12)
    expect(distance(a, b, 'jaccard')).toBeCloseTo(jaccard, 12)
  })
})

describe('alpha over sets', () => {
  it('is as worked by hand', () => {
    // Notes: {1} {1} | {1,2} {1} | {} {} | {2} {1,2}. n = 8 values: {1} 3, {1,2} 2, {} 2, {2} 1.
    // δ of {1} and {1,2} 2/3, of {2} and {1,2} 2/3, every other pair 1.
    const values = [
      [[1], [1, 2], [], [2]],
      [[1], [1], [], [1, 2]],
    ]
    const observed = (2 * (2 / 3) + 2 * (2 / 3)) / 8
    const pairs = 3 * 2 * (2 / 3) + 3 * 2 + 3 * 1 + 2 * 2 + 2 * 1 * (2 / 3) + 2 * 1
    const expected = (2 * pairs) / (8 * 7)
    const alpha = alphaOf(values, 'masi')
    expect(alpha.observed.value).toBeCloseTo(observed, 12)
    expect(alpha.expected.value).toBeCloseTo(expected, 12)
    expect(alpha.alpha.value).toBeCloseTo(1 - observed / expected, 12)
  })

  it('has a reason where it has no value', () => {
    expect(
      alphaOf(
        [
          [[1], null],
          [null, [1]],
        ],
        'masi',
      ).alpha.reason,
    ).toBe('nothing to compare')
    expect(alphaOf([[], []], 'masi').alpha.reason).toBe('nothing to compare')
    expect(
      alphaOf(
        [
          [[1], [1]],
          [[1], [1]],
        ],
        'masi',
      ).alpha.reason,
    ).toBe('no variation')
    expect(
      alphaOf(
        [
          [[], []],
          [[], []],
        ],
        'masi',
      ).alpha.reason,
    ).toBe('no variation')
    // What one coder alone saw is not compared, and is no variation either.
    expect(
      alphaOf(
        [
          [[1], [2]],
          [[1], null],
        ],
        'masi',
      ).alpha.reason,
    ).toBe('no variation')
  })

  it('refuses what is no code', () => {
    expect(() => new lib.SetRegister().idOf([-1])).toThrow(RangeError)
    expect(() => new lib.SetRegister().idOf([0.5])).toThrow(RangeError)
  })

  it.each(MEASURES)('equals its definition on any data (%s)', (measure) => {
    fc.assert(
      fc.property(sample, (values) => {
        const plain = naiveAlpha(values, measure)
        const { alpha, observed, expected } = alphaOf(values, measure)
        if (plain === null) {
          expect(alpha.reason).toBe('nothing to compare')
          return
        }
        expect(observed.value).toBeCloseTo(plain.observed, 11)
        expect(expected.value).toBeCloseTo(plain.expected, 11)
        if (plain.expected === 0) expect(alpha.reason).toBe('no variation')
        else expect(alpha.value).toBeCloseTo(1 - plain.observed / plain.expected, 11)
      }),
      RUNS,
    )
  })

  it.each(MEASURES)('equals its definition for sets out of some hundred codes (%s)', (measure) => {
    const many = fc.uniqueArray(fc.integer({ min: 0, max: 120 }), { maxLength: 60 })
    const column = fc.array(many, { minLength: 9, maxLength: 9 })
    fc.assert(
      fc.property(column, column, (first, second) => {
        const plain = naiveAlpha([first, second], measure)
        const { observed, expected } = alphaOf([first, second], measure)
        expect(observed.value).toBeCloseTo(plain?.observed ?? -1, 11)
        expect(expected.value).toBeCloseTo(plain?.expected ?? -1, 11)
      }),
    )
  })

  it.each(MEASURES)('is nominal alpha for sets of one code each (%s)', (measure) => {
    fc.assert(
      fc.property(completeSample, (plain) => {
        const values = plain.values.map((column) => column.map((value) => [value ?? 0]))
        const nominal = lib.krippendorff(lib.summarise(dataFrom(plain)), 'nominal')
        expectSame(nominal, alphaOf(values, measure))
      }),
      RUNS,
    )
  })

  it.each(MEASURES)('does not depend on the names of codes or on any order (%s)', (measure) => {
    const moved = sample.chain((values) =>
      fc.tuple(fc.constant(values), orderOf(values.length), orderOf(values[0]?.length ?? 0), orderOf(5)),
    )
    fc.assert(
      fc.property(moved, ([values, coders, units, names]) => {
        const other = coders.map((coder) =>
          units.map((unit) => {
            const own = values[coder]?.[unit] ?? null
            return own === null ? null : own.map((code) => 7 * (names[code] as number)).reverse()
          }),
        )
        expectSame(alphaOf(values, measure), alphaOf(other, measure))
      }),
      RUNS,
    )
  })

  it.each(MEASURES)('of counts of patterns is alpha of those units (%s)', (measure) => {
    const drawn = sample.chain((values) => {
      const units = values[0]?.length ?? 0
      return fc.tuple(fc.constant(values), fc.array(fc.nat(units - 1), { minLength: 1, maxLength: 9 }))
    })
    fc.assert(
      fc.property(drawn, ([values, draw]) => {
        const { data, sets } = prepared(values)
        const patterns = lib.setPatterns(data)
        const counts = new Float64Array(patterns.counts.length)
        for (const unit of draw) {
          const pattern = patterns.patternOf[unit] as number
          if (pattern >= 0) counts[pattern] = (counts[pattern] as number) + 1
        }
        const resample = values.map((column) => draw.map((unit) => column[unit] ?? null))
        const expected = alphaOf(resample, measure)
        expectSame(expected, lib.setAlpha(patterns, sets, measure, counts))
        const ofCounts = lib.setAlphaOfCounts(patterns, sets, measure)
        expectSame(expected, ofCounts(counts))
        // What one list of counts left behind does not reach the next.
        expectSame(alphaOf(values, measure), ofCounts(patterns.counts))
      }),
      RUNS,
    )
  })

  it('counts rows as often as they occur', () => {
    const values = [
      [[1], [1, 2], []],
      [[1], [2], [2]],
    ]
    const { data, sets } = prepared(values)
    const repeated = { ...data, multiplicity: Float64Array.of(3, 1, 2) }
    const order = [0, 0, 0, 1, 2, 2]
    const written = values.map((column) => order.map((unit) => column[unit] ?? null))
    expectSame(alphaOf(written, 'masi'), lib.setAlpha(lib.setPatterns(repeated), sets, 'masi'))
  })
})
