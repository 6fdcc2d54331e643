import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as lib from '../../../shared/agreement/index.ts'
import { someOf } from '../../random.ts'
import { spanSample } from './arbitrary.ts'
import { characters } from './naive.ts'

const RUNS = { numRuns: someOf(2_000) }

/** Pattern counts as reliability data: one row per pattern with its multiplicity. */
function asData(patterns: lib.PatternCounts): lib.ReliabilityData {
  const masks = [...patterns.counts.keys()]
  return lib.reliabilityData(
    Array.from({ length: patterns.coders }, (_, g) => Int8Array.from(masks, (mask) => (mask >> g) & 1)),
    2,
    Float64Array.from(patterns.counts.values()),
  )
}

const somePatterns = fc.integer({ min: 2, max: 5 }).chain((coders) =>
  fc
    .array(fc.tuple(fc.integer({ min: 0, max: 2 ** coders - 1 }), fc.integer({ min: 0, max: 30 })), {
      maxLength: 8,
    })
    .map((counts) => lib.patternCounts(coders, counts)),
)

function plain(patterns: lib.PatternCounts): Record<number, number> {
  return Object.fromEntries([...patterns.counts].filter(([, count]) => count > 0))
}

describe('the union of a coder’s spans', () => {
  it('merges overlapping, nested, touching and duplicate spans and drops empty ones', () => {
    const spans = [
      [20, 30],
      [0, 10],
      [5, 8],
      [10, 15],
      [20, 30],
      [17, 17],
    ] as const
    expect(lib.spanUnion(spans)).toEqual([
      [0, 15],
      [20, 30],
    ])
  })

  it('refuses reversed spans and broken positions', () => {
    expect(() => lib.spanUnion([[5, 4]])).toThrow(RangeError)
    expect(() => lib.spanUnion([[0.5, 4]])).toThrow(RangeError)
  })

  it('does not change its input', () => {
    const spans: Array<[number, number]> = [
      [4, 6],
      [0, 5],
    ]
    lib.spanUnion(spans)
    expect(spans).toEqual([
      [4, 6],
      [0, 5],
    ])
  })
})

describe('character counts', () => {
  it('equal a walk over every character', () => {
    fc.assert(
      fc.property(spanSample, ({ coders, length }) => {
        const expected = characters(coders, length)
        expect(plain(lib.characterCounts(coders, length))).toEqual(Object.fromEntries(expected))
      }),
      RUNS,
    )
  })

  it('refuse spans outside the text', () => {
    expect(() => lib.characterCounts([[[0, 11]], []], 10)).toThrow('outside the text')
    expect(() => lib.characterCounts([[[-1, 3]], []], 10)).toThrow('outside the text')
  })

  it('of two coders come as both, first, second, neither', () => {
    const patterns = lib.characterCounts([[[0, 10]], [[8, 13]]], 20)
    expect(lib.toTwoCoderCounts(patterns)).toEqual({ both: 2, first: 8, second: 3, neither: 7 })
    expect(plain(lib.fromTwoCoderCounts({ both: 2, first: 8, second: 3, neither: 7 }))).toEqual(
      plain(patterns),
    )
  })

  it('of an empty text are empty and nothing can be compared', () => {
    const agreement = lib.binaryAgreement(lib.characterCounts([[], []], 0))
    expect(agreement.n).toBe(0)
    for (const name of lib.BINARY_COEFFICIENTS)
      expect(agreement[name].reason, name).toBe('nothing to compare')
  })
})

describe('predefined units', () => {
  const units = [
    [0, 10],
    [10, 20],
    [20, 30],
  ] as const

  it('count as applied on any overlap', () => {
    expect(lib.appliedToUnits([[9, 11]], units, 'any overlap')).toEqual([true, true, false])
    expect(lib.appliedToUnits([[0, 10]], units, 'any overlap')).toEqual([true, false, false])
  })

  it('count as applied when more than half is covered, by option', () => {
    const spans = [
      [2, 5],
      [4, 8],
      [10, 15],
    ] as const
    expect(lib.appliedToUnits(spans, units, 'more than half')).toEqual([true, false, false])
  })

  it('equal a walk over units and spans', () => {
    fc.assert(
      fc.property(spanSample, ({ coders, length }) => {
        const cuts = [0, Math.floor(length / 3), Math.floor((2 * length) / 3), length]
        const ranges = cuts.slice(1).map((end, at) => [cuts[at] as number, end] as const)
        const expected = new Map<number, number>()
        for (const [from, to] of ranges) {
          let mask = 0
          coders.forEach((spans, g) => {
            const touched = spans.some(([start, end]) => Math.max(start, from) < Math.min(end, to))
            if (touched) mask += 2 ** g
          })
          expected.set(mask, (expected.get(mask) ?? 0) + 1)
        }
        expect(plain(lib.unitCounts(coders, ranges))).toEqual(Object.fromEntries(expected))
      }),
      RUNS,
    )
  })
})

describe('agreement on one code', () => {
  it('equals the general coefficients on the same data', () => {
    fc.assert(
      fc.property(somePatterns, (patterns) => {
        const agreement = lib.binaryAgreement(patterns)
        const data = asData(patterns)
        const summary = lib.summarise(data)
        const two = patterns.coders === 2 ? lib.tableOfPair(data, 0, 1) : null
        const general: Partial<Record<lib.BinaryCoefficient, lib.Outcome>> = {
          percent: lib.percentAgreement(summary),
          light: lib.lightKappa(data),
          fleiss: lib.fleissKappa(summary),
          conger: lib.congerKappa(data, summary),
          krippendorff: lib.krippendorffAlphaNominal(data),
          ac1: lib.gwetCoefficient(data, summary, 'ac').coefficient,
          brennanPrediger: lib.gwetCoefficient(data, summary, 'brennan-prediger').coefficient,
          ...(two === null ? {} : { cohen: lib.cohenKappa(two), scott: lib.scottPi(two) }),
        }
        for (const [name, outcome] of Object.entries(general)) {
          const own = agreement[name as lib.BinaryCoefficient]
          expect(own.reason, name).toBe(outcome.reason)
          if (outcome.value !== null) expect(own.value, name).toBeCloseTo(outcome.value, 11)
        }
      }),
      RUNS,
    )
  })

  it('adds up over notes', () => {
    fc.assert(
      fc.property(fc.array(spanSample, { minLength: 1, maxLength: 5 }), (notes) => {
        const parts = notes.map(({ coders, length }) => {
          const two = [coders[0] ?? [], coders[1] ?? []]
          return { two, length, counts: lib.characterCounts(two, length) }
        })
        const shifted: Array<Array<[number, number]>> = [[], []]
        let offset = 0
        for (const { two, length } of parts) {
          two.forEach((spans, g) => {
            // A gap of one keeps spans of different notes apart; its characters count as "neither".
            for (const [start, end] of spans) shifted[g]?.push([start + offset, end + offset])
          })
          offset += length
        }
        const sum = lib.addPatternCounts(
          2,
          parts.map(({ counts }) => counts),
        )
        expect(plain(lib.characterCounts(shifted, offset))).toEqual(plain(sum))
      }),
      RUNS,
    )
  })

  it('signs the prevalence and the bias index', () => {
    const agreement = lib.binaryAgreement(
      lib.fromTwoCoderCounts({ both: 1, first: 2, second: 5, neither: 12 }),
    )
    expect(agreement.prevalence.value).toBeCloseTo(-11 / 20, 14)
    expect(agreement.bias.value).toBeCloseTo(-3 / 20, 14)
    expect(agreement.pabak.value).toBeCloseTo(6 / 20, 14)
    expect(agreement.positive.value).toBeCloseTo(2 / 9, 14)
    expect(agreement.negative.value).toBeCloseTo(24 / 31, 14)
  })

  it('reproduces the tables of Feinstein and Cicchetti: the same percent, kappa .70 and .32', () => {
    const first = lib.binaryAgreement(lib.fromTwoCoderCounts({ both: 40, first: 9, second: 6, neither: 45 }))
    const second = lib.binaryAgreement(lib.fromTwoCoderCounts({ both: 80, first: 10, second: 5, neither: 5 }))
    expect(first.percent.value).toBe(0.85)
    expect(second.percent.value).toBe(0.85)
    expect(first.cohen.value).toBeCloseTo(0.7, 2)
    expect(second.cohen.value).toBeCloseTo(0.32, 2)
  })

  it('names what needs exactly two coders', () => {
    const agreement = lib.binaryAgreement(
      lib.patternCounts(3, [
        [7, 4],
        [1, 2],
        [0, 9],
      ]),
    )
    for (const name of ['cohen', 'scott', 'pabak', 'prevalence', 'bias'] as const) {
      expect(agreement[name], name).toEqual({ value: null, reason: 'needs exactly two coders' })
    }
    for (const name of ['percent', 'light', 'fleiss', 'conger', 'krippendorff', 'ac1'] as const) {
      expect(agreement[name].value, name).not.toBeNull()
    }
  })

  it('of a code nobody applied is undefined but for percent, AC1, Brennan-Prediger and the indices', () => {
    const agreement = lib.binaryAgreement(
      lib.fromTwoCoderCounts({ both: 0, first: 0, second: 0, neither: 50 }),
    )
    for (const name of ['cohen', 'light', 'scott', 'fleiss', 'conger', 'krippendorff'] as const) {
      expect(agreement[name].reason, name).toBe('no variation')
    }
    expect(agreement.positive.reason).toBe('category not used')
    expect(agreement.negative.value).toBe(1)
    expect(agreement.ac1.value).toBe(1)
    expect(agreement.prevalence.value).toBe(-1)
  })

  it('gives a Cohen kappa of exactly 0 when one coder never applied the code, also in long texts', () => {
    for (const [first, neither] of [
      [3, 7],
      [123_457, 99_876_543],
    ] as const) {
      const agreement = lib.binaryAgreement(lib.fromTwoCoderCounts({ both: 0, first, second: 0, neither }))
      expect(agreement.cohen.value).toBe(0)
    }
  })

  it('takes up to twenty coders and refuses more', () => {
    const all = lib.characterCounts(
      Array.from({ length: 20 }, (_, g) => [[g, g + 30] as const]),
      100,
    )
    expect(lib.binaryAgreement(all).krippendorff.value).toBeGreaterThan(0)
    expect(() => lib.characterCounts(new Array(21).fill([]), 5)).toThrow(RangeError)
    expect(() => lib.patternCounts(2, [[4, 1]])).toThrow(RangeError)
    expect(() => lib.patternCounts(2, [[1, 0.5]])).toThrow(RangeError)
  })

  it('averages over codes without the undefined ones, and says how many there are', () => {
    const undefinedOne = lib.undefinedBecause('no variation')
    expect(lib.macroAverage([lib.defined(0.5), undefinedOne, lib.defined(1)])).toEqual({
      mean: { value: 0.75, reason: null },
      codes: 2,
    })
    expect(lib.macroAverage([undefinedOne]).mean.value).toBeNull()
  })
})
