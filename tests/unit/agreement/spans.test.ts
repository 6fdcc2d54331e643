import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as lib from '../../../shared/agreement/index.ts'

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

/** The formulas of the u-alpha family with a walk over positions, gaps as value q, no shared code. */
function naiveFamily({ length, values: q, coders }: lib.Continuum): { u: number; bar: number; cu: number } {
  const m = coders.length
  const value = (g: number, p: number): number =>
    coders[g]?.find((s) => s.start <= p && p < s.end)?.value ?? q
  const grid = (): number[][] => Array.from({ length: q + 1 }, () => new Array<number>(q + 1).fill(0))
  const observed = grid()
  const sigma = new Array<number>(q + 1).fill(0)
  const sigmaStar = new Array<number>(q + 1).fill(0)
  const add = (array: number[], k: number, amount: number): void => {
    array[k] = (array[k] ?? 0) + amount
  }
  coders.forEach((own, i) => {
    for (let p = 0; p < length; p++) {
      if (value(i, p) === q) add(sigma, q, 1)
      for (let j = 0; j < m; j++)
        if (j !== i) add(observed[value(i, p)] as number[], value(j, p), 1 / (m - 1))
    }
    for (const s of own) {
      add(sigma, s.value, (s.end - s.start) ** 2)
      let w = 0
      for (let p = s.start; p < s.end; p++) {
        for (let j = 0; j < m; j++) if (j !== i && value(j, p) < q) w += 1 / (m - 1)
      }
      add(sigmaStar, s.value, w * w)
    }
  })
  const alpha = (o: number[][], self: number[], collapse: boolean): number => {
    const rows = o.map((row) => row.reduce((a, b) => a + b, 0))
    const all = rows.reduce((a, b) => a + b, 0)
    const norm = all ** 2 - self.reduce((a, b) => a + b, 0)
    const expected = (c: number, k: number): number =>
      (all * ((rows[c] ?? 0) * (rows[k] ?? 0) - (c === k ? (self[c] ?? 0) : 0))) / norm
    let above = 0
    let below = 0
    for (let c = 0; c < o.length; c++) {
      for (let k = 0; k < o.length; k++) {
        const counted = collapse ? (c === q) !== (k === q) : c !== k
        if (!counted) continue
        above += o[c]?.[k] ?? 0
        below += expected(c, k)
      }
    }
    return 1 - above / below
  }
  const valued = observed.slice(0, q).map((row) => row.slice(0, q))
  return {
    u: alpha(observed, sigma, false),
    bar: alpha(observed, sigma, true),
    cu: alpha(valued, sigmaStar.slice(0, q), false),
  }
}

function expectNaive(actual: lib.Outcome, slow: number): void {
  if (actual.value === null) expect(Number.isFinite(slow) && Math.abs(slow) < 1e6).toBe(false)
  else expect(actual.value).toBeCloseTo(slow, 9)
}

describe('the u-alpha family', () => {
  it('equals a walk over the positions', () => {
    fc.assert(
      fc.property(continuum, (sample) => {
        const family = lib.uAlphaFamily(sample)
        const slow = naiveFamily(sample)
        expectNaive(family.uAlpha, slow.u)
        expectNaive(family.barUAlpha, slow.bar)
        expectNaive(family.cuAlpha, slow.cu)
      }),
      { numRuns: 600 },
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
  it('matches one to one, also where a greedy choice would lose a match', () => {
    const a = [span(0, 10), span(2, 12)]
    const b = [span(1, 11), span(-0, 6)]
    expect(lib.matchedSpans(a, b, 'iou50')).toBe(2)
    expect(lib.matchedSpans([...a].reverse(), b, 'iou50')).toBe(2)
  })

  it('takes an overlap of exactly one half as a match', () => {
    expect(lib.matchedSpans([span(0, 2)], [span(0, 1)], 'iou50')).toBe(1)
    expect(lib.matchedSpans([span(0, 3)], [span(0, 1)], 'iou50')).toBe(0)
    expect(lib.matchedSpans([span(0, 2, 0)], [span(0, 2, 1)], 'iou50')).toBe(0)
  })

  it('is undefined without any span and leaves pairs without spans out of the mean', () => {
    expect(lib.spanF1([[], []], 'exact')).toEqual({ value: null, reason: 'category not used' })
    expect(lib.spanF1([[span(0, 2)], [], [span(0, 2)]], 'exact').value).toBeCloseTo(1 / 3, 14)
    expect(lib.spanF1([[span(0, 2)], [], []], 'exact').value).toBe(0)
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
    )
  })
})
