import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as lib from '../../../shared/agreement/index.ts'
import { someOf } from '../../random.ts'
import { orderOf } from './arbitrary.ts'
import type { Maybe } from './naive.ts'
import * as naive from './naive-spans.ts'

const RUNS = { numRuns: someOf(2_000) }

const span = (start: number, end: number, value = 0): lib.CodedSpan => ({ start, end, value })

/** Random continua without overlaps: each coder cuts the text and values some of the pieces. */
const continuum = fc.integer({ min: 4, max: 30 }).chain((length) =>
  fc
    .array(
      fc.array(fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: -1, max: 2 })), { maxLength: 8 }),
      { minLength: 2, maxLength: 4 },
    )
    .map((coders): lib.Continuum => {
      const place = (pieces: Array<[number, number]>): lib.CodedSpan[] => {
        let position = 0
        return pieces.flatMap(([size, value]) => {
          const start = position
          position += size
          return value < 0 || position > length ? [] : [span(start, position, value)]
        })
      }
      return { length, values: 3, coders: coders.map(place) }
    }),
)

function expectNaive(name: string, actual: lib.Outcome | undefined, slow: Maybe): void {
  if (slow === null) expect(actual?.value, name).toBeNull()
  else expect(actual?.value, name).toBeCloseTo(slow, 9)
}

/** Everything the library says about one continuum, by name; what belongs to a value by its place in `order`. */
function everything(
  sample: lib.Continuum,
  order: readonly number[] = [0, 1, 2],
): Record<string, lib.Outcome> {
  const family = lib.uAlphaFamily(sample)
  const result: Record<string, lib.Outcome> = {
    u: family.uAlpha,
    bar: family.barUAlpha,
    cu: family.cuAlpha,
    cuCoverage: family.cuCoverage,
    alphaU: lib.alphaUOverall(order.map((value) => lib.alphaU(sample, value))),
    exact: lib.spanF1(sample.coders, 1),
    iou50: lib.spanF1(sample.coders, 0.5),
  }
  order.forEach((value, at) => {
    result[`ku ${at}`] = family.kuAlpha[value] as lib.Outcome
    result[`kuCoverage ${at}`] = family.kuCoverage[value] as lib.Outcome
    result[`alphaU ${at}`] = lib.alphaU(sample, value).alpha
  })
  return result
}

function expectEqual(a: Record<string, lib.Outcome>, b: Record<string, lib.Outcome>): void {
  for (const name of Object.keys(a)) {
    expect(b[name]?.reason, name).toBe(a[name]?.reason)
    if (typeof a[name]?.value === 'number') expect(b[name]?.value, name).toBeCloseTo(a[name].value, 9)
  }
}

describe('what is said about a continuum does not depend on', () => {
  it('the names of coders', () => {
    const samples = continuum.chain((sample) =>
      orderOf(sample.coders.length).map((order) => ({ sample, order })),
    )
    fc.assert(
      fc.property(samples, ({ sample, order }) => {
        const coders = order.map((coder) => sample.coders[coder] as lib.CodedSpan[])
        expectEqual(everything(sample), everything({ ...sample, coders }))
      }),
      RUNS,
    )
  })

  it('the names of values', () => {
    fc.assert(
      fc.property(continuum, orderOf(3), (sample, order) => {
        const coders = sample.coders.map((spans) =>
          spans.map((one) => ({ ...one, value: order[one.value] as number })),
        )
        expectEqual(everything(sample), everything({ ...sample, coders }, order))
      }),
      RUNS,
    )
  })

  it('the order of a coder’s spans, or on which end the text begins', () => {
    fc.assert(
      fc.property(continuum, (sample) => {
        const coders = sample.coders.map((spans) =>
          spans.map(({ start, end, value }) => span(sample.length - end, sample.length - start, value)),
        )
        expectEqual(everything(sample), everything({ ...sample, coders }))
      }),
      RUNS,
    )
  })
})

describe('the u-alpha family', () => {
  it('equals a walk over the positions', () => {
    fc.assert(
      fc.property(continuum, (sample) => {
        const family = lib.uAlphaFamily(sample)
        const slow = naive.family(sample)
        expectNaive('u', family.uAlpha, slow.u)
        expectNaive('|u', family.barUAlpha, slow.bar)
        expectNaive('cu', family.cuAlpha, slow.cu)
        expectNaive('coverage', family.cuCoverage, slow.cuCoverage)
        slow.ku.forEach((ku, value) => {
          expectNaive(`(k)u ${value}`, family.kuAlpha[value], ku)
          expectNaive(`coverage ${value}`, family.kuCoverage[value], slow.kuCoverage[value] ?? null)
        })
      }),
      RUNS,
    )
  })

  it('has u = |u and no cu for a single value', () => {
    const single = { length: 20, values: 1, coders: [[span(2, 8)], [span(4, 9)]] }
    const family = lib.uAlphaFamily(single)
    expect(family.barUAlpha.value).toBeCloseTo(family.uAlpha.value ?? 0, 13)
    expect(family.cuAlpha).toEqual({ value: null, reason: 'no variation' })
    expect(family.cuCoverage.value).toBeCloseTo(8 / 40, 13)
  })

  it('is undefined when nobody coded anything, when one unit fills all, and with one coder', () => {
    const empty = lib.uAlphaFamily({ length: 20, values: 1, coders: [[], []] })
    expect(empty.uAlpha.reason).toBe('no variation')
    expect(empty.barUAlpha.reason).toBe('no variation')
    expect(empty.cuAlpha.reason).toBe('nothing to compare')
    expect(empty.kuCoverage[0]?.reason).toBe('category not used')
    const full = lib.uAlphaFamily({ length: 20, values: 1, coders: [[span(0, 20)], [span(0, 20)]] })
    expect(full.uAlpha.reason).toBe('no variation')
    expect(full.barUAlpha.reason).toBe('no variation')
    const alone = lib.uAlphaFamily({ length: 20, values: 1, coders: [[span(0, 5)]] })
    expect(alone.uAlpha.reason).toBe('nothing to compare')
  })

  it('does not merge touching units', () => {
    const whole = { length: 20, values: 2, coders: [[span(0, 8)], [span(2, 9), span(12, 14, 1)]] }
    const split = { ...whole, coders: [[span(0, 4), span(4, 8)], whole.coders[1] as lib.CodedSpan[]] }
    expect(lib.uAlphaFamily(split).uAlpha.value).not.toBe(lib.uAlphaFamily(whole).uAlpha.value)
  })

  it('refuses units outside the text', () => {
    expect(() => lib.uAlphaFamily({ length: 5, values: 1, coders: [[span(0, 6)], []] })).toThrow(RangeError)
    expect(() => lib.alphaU({ length: 5, values: 1, coders: [[span(3, 3)], []] }, 0)).toThrow(RangeError)
  })
})

describe('alpha_U of 1995', () => {
  it('equals its formula over all pairs of sections, per value and over all', () => {
    fc.assert(
      fc.property(continuum, (sample) => {
        const fast = [0, 1, 2].map((value) => lib.alphaU(sample, value))
        const slow = [0, 1, 2].map((value) => naive.alphaU(sample, value))
        const ratio = (observed: number, expected: number) =>
          expected === 0 ? null : 1 - observed / expected
        slow.forEach(({ observed, expected }, value) => {
          expectNaive('observed', fast[value]?.observed, observed)
          expectNaive('expected', fast[value]?.expected, expected)
          expectNaive('alpha', fast[value]?.alpha, ratio(observed, expected))
        })
        const all = (name: 'observed' | 'expected') => slow.reduce((sum, part) => sum + part[name], 0)
        expectNaive('overall', lib.alphaUOverall(fast), ratio(all('observed'), all('expected')))
      }),
      RUNS,
    )
  })

  it('can fall far below −1: two full-length units of different kinds', () => {
    const sample = { length: 300, values: 2, coders: [[span(0, 300, 0)], [span(0, 300, 1)]] }
    const parts = [lib.alphaU(sample, 0), lib.alphaU(sample, 1)]
    expect(lib.alphaUOverall(parts).value).toBeLessThan(-1)
  })

  it('is undefined for a value nobody used', () => {
    const sample = { length: 30, values: 2, coders: [[span(0, 3)], [span(0, 3)]] }
    expect(lib.alphaU(sample, 1).alpha).toEqual({ value: null, reason: 'category not used' })
    expect(lib.alphaUOverall([lib.alphaU(sample, 1)])).toEqual({ value: null, reason: 'no variation' })
  })
})

describe('span F1', () => {
  it('equals the best of all one-to-one matchings, overlapping spans included', () => {
    const spans = fc.array(
      fc
        .tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 1 }))
        .map(([start, size, value]) => span(start, start + size, value)),
      { maxLength: 5 },
    )
    fc.assert(
      fc.property(fc.array(spans, { minLength: 2, maxLength: 3 }), (coders) => {
        for (const [rule, least] of [
          ['exact', 1],
          ['iou50', 0.5],
        ] as const)
          expectNaive(rule, lib.spanF1(coders, least), naive.spanF1(coders, rule))
      }),
      RUNS,
    )
  })

  it('matches one to one, also where a greedy choice would lose a match', () => {
    const a = [span(0, 10), span(2, 12)]
    const b = [span(1, 11), span(-0, 6)]
    expect(lib.matchedSpans(a, b, 0.5)).toBe(2)
    expect(lib.matchedSpans([...a].reverse(), b, 0.5)).toBe(2)
  })

  it('takes an overlap of exactly one half as a match', () => {
    expect(lib.matchedSpans([span(0, 2)], [span(0, 1)], 0.5)).toBe(1)
    expect(lib.matchedSpans([span(0, 3)], [span(0, 1)], 0.5)).toBe(0)
    expect(lib.matchedSpans([span(0, 2, 0)], [span(0, 2, 1)], 0.5)).toBe(0)
  })

  it('is undefined without any span and leaves pairs without spans out of the mean', () => {
    expect(lib.spanF1([[], []], 1)).toEqual({ value: null, reason: 'category not used' })
    expect(lib.spanF1([[], []], 1, 0)).toEqual({ value: null, reason: 'nothing to compare' })
    expect(lib.spanF1([[span(0, 2)], [], [span(0, 2)]], 1).value).toBeCloseTo(1 / 3, 14)
    expect(lib.spanF1([[span(0, 2)], [], []], 1).value).toBe(0)
  })
})

describe('full segmentations', () => {
  it('without any boundary are identical', () => {
    expect(lib.boundarySimilarity([9], [9]).value).toBe(1)
    expect(lib.segmentationSimilarity([9], [9]).value).toBe(1)
    expect(lib.windowDiff([9], [9], 2).value).toBe(0)
    expect(lib.segmentationSimilarity([1], [1])).toEqual({ value: null, reason: 'nothing to compare' })
    expect(lib.windowDiff([2, 1], [3], 5)).toEqual({ value: null, reason: 'window longer than the text' })
  })

  it('must cover the same text', () => {
    expect(() => lib.boundarySimilarity([2, 3], [2, 4])).toThrow('same length')
    expect(() => lib.windowDiff([2, 0, 3], [5], 2)).toThrow('cannot have the length 0')
  })

  it('have the similarities of the best pairing of near misses, in either order', () => {
    const short = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(short, short, (a, b) => {
        const sum = (numbers: number[]): number => numbers.reduce((x, y) => x + y, 0)
        const n = Math.max(sum(a), sum(b))
        const fill = (own: number[]): number[] => (sum(own) === n ? own : [...own, n - sum(own)])
        const [x, y] = [fill(a), fill(b)]
        const slow = naive.similarities(x, y)
        expectNaive('boundary', lib.boundarySimilarity(x, y), slow.boundary)
        expectNaive('segmentation', lib.segmentationSimilarity(x, y), slow.segmentation)
        expect(lib.boundarySimilarity(y, x)).toEqual(lib.boundarySimilarity(x, y))
      }),
      RUNS,
    )
  })

  it('have WindowDiff equal to a count over every window', () => {
    const masses = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(masses, masses, fc.integer({ min: 1, max: 4 }), (a, b, k) => {
        const sum = (numbers: number[]): number => numbers.reduce((x, y) => x + y, 0)
        const n = Math.max(sum(a), sum(b)) + 1
        const fill = (own: number[]): number[] => [...own, n - sum(own)]
        const text = (own: number[]): string => own.map((mass) => '0'.repeat(mass - 1)).join('1')
        const [x, y] = [text(fill(a)), text(fill(b))]
        const ones = (part: string): number => part.split('1').length
        let different = 0
        const windows = x.length - k + 1
        for (let p = 0; p < windows; p++) if (ones(x.slice(p, p + k)) !== ones(y.slice(p, p + k))) different++
        const found = lib.windowDiff(fill(a), fill(b), k)
        if (windows < 1) expect(found.value).toBeNull()
        else expect(found.value).toBeCloseTo(different / windows, 14)
      }),
      RUNS,
    )
  })
})
