import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as lib from '../../../shared/agreement/index.ts'
import { someOf } from '../../random.ts'

const OPTIONS = { replicates: 1000, seed: 7, statistics: ['krippendorff', 'cohen', 'percent'] } as const

/** The table of one code from its pattern counts, note by note. */
function tableOf(codes: ReadonlyArray<readonly lib.PatternCounts[]>): lib.PatternTable {
  const [first = []] = codes
  const sizeOf = ({ counts }: lib.PatternCounts) =>
    [...counts.values()].reduce((sum, units) => sum + units, 0)
  return lib.patternTable(
    first[0]?.coders ?? 2,
    first.map(sizeOf),
    codes.map((notes) =>
      notes.flatMap(({ counts }, note) => [...counts].map(([mask, units]) => [note, mask, units] as const)),
    ),
  )
}

/** The bootstrap of one code. */
function overNotes(notes: readonly lib.PatternCounts[], options: lib.PatternBootstrapOptions) {
  const { rows, ...found } = lib.bootstrapPatterns(tableOf([notes]), options)
  return { ...found, intervals: rows[0] as lib.Intervals }
}

/** Notes of one unit each: patterns of two coders. */
function singleUnits(both: number, different: number, neither: number): lib.PatternCounts[] {
  const note = (mask: number): lib.PatternCounts => lib.patternCounts(2, [[mask, 1]])
  return [
    ...new Array<number>(both).fill(3),
    ...new Array<number>(different).fill(1),
    ...new Array<number>(neither).fill(0),
  ].map(note)
}

/** Exact distribution of alpha under resampling of single binary units, by enumeration of the multinomial. */
function exactAlpha(
  both: number,
  different: number,
  neither: number,
): { mean: number; sd: number; below: number } {
  const n = both + different + neither
  const logFactorial = [0]
  for (let i = 1; i <= n; i++) logFactorial.push((logFactorial[i - 1] as number) + Math.log(i))
  let weight = 0
  let sum = 0
  let squares = 0
  let below = 0
  for (let i = 0; i <= n; i++) {
    for (let j = 0; i + j <= n; j++) {
      const k = n - i - j
      const applied = 2 * i + j
      const spared = 2 * k + j
      if (applied === 0 || spared === 0) continue
      const arrangements =
        (logFactorial[n] as number) -
        (logFactorial[i] as number) -
        (logFactorial[j] as number) -
        (logFactorial[k] as number)
      const p = Math.exp(
        arrangements + i * Math.log(both / n) + j * Math.log(different / n) + k * Math.log(neither / n),
      )
      const alpha = 1 - ((2 * n - 1) * j) / (applied * spared)
      weight += p
      sum += p * alpha
      squares += p * alpha * alpha
      if (alpha < 0.667) below += p
    }
  }
  const mean = sum / weight
  return { mean, sd: Math.sqrt(squares / weight - mean * mean), below: below / weight }
}

describe('the bootstrap over notes', () => {
  const notes = [
    lib.characterCounts([[[0, 40]], [[5, 40]]], 300),
    lib.characterCounts([[[10, 60]], [[100, 120]]], 200),
    lib.characterCounts([[], []], 500),
    lib.characterCounts([[[3, 9]], [[3, 9]]], 80),
    lib.characterCounts([[], [[0, 50]]], 120),
  ]

  it('is reproducible by its seed and changes with it', () => {
    const [first, again] = [overNotes(notes, OPTIONS), overNotes(notes, OPTIONS)]
    expect(again).toEqual(first)
    expect(overNotes(notes, { ...OPTIONS, seed: 8 }).intervals).not.toEqual(first.intervals)
  })

  it('gives a coefficient the same limits whatever else is asked for', () => {
    const all = overNotes(notes, OPTIONS).intervals.get('krippendorff')
    const alone = overNotes(notes, { ...OPTIONS, statistics: ['krippendorff'] })
    expect(alone.intervals.get('krippendorff')).toEqual(all)
  })

  it('counts the resamples without a value', () => {
    const few = [
      lib.patternCounts(2, [
        [3, 1],
        [0, 3],
      ]),
      lib.patternCounts(2, [[0, 4]]),
    ]
    const interval = overNotes(few, OPTIONS).intervals.get('krippendorff')
    expect((interval?.defined ?? 0) + (interval?.undefined ?? 0)).toBe(1000)
    expect(interval?.undefined).toBeGreaterThan(200)
    expect(interval?.undefined).toBeLessThan(300)
    expect(interval?.distribution).toMatchObject({ low: 1, high: 1 })
  })

  it('gives no limits for fewer than two notes, or when the coefficient is never defined', () => {
    const one = overNotes(notes.slice(0, 1), OPTIONS)
    expect(one.intervals.get('cohen')).toMatchObject({ distribution: null, reason: 'needs two notes' })
    expect(overNotes([], OPTIONS).intervals.get('cohen')?.reason).toBe('nothing to compare')
    const unused = [lib.patternCounts(2, [[0, 4]]), lib.patternCounts(2, [[0, 9]])]
    const never = overNotes(unused, OPTIONS).intervals.get('cohen')
    expect(never).toMatchObject({ distribution: null, reason: 'category not used', undefined: 1000 })
    const everywhere = [lib.patternCounts(2, [[3, 4]]), lib.patternCounts(2, [[3, 9]])]
    const alike = overNotes(everywhere, OPTIONS).intervals.get('cohen')
    expect(alike).toMatchObject({ distribution: null, reason: 'no variation', defined: 0, undefined: 1000 })
    const three = [lib.patternCounts(3, [[7, 4]]), lib.patternCounts(3, [[1, 9]])]
    expect(overNotes(three, OPTIONS).intervals.get('cohen')?.reason).toBe('needs exactly two coders')
  })

  it('ends early when asked to and reports progress', () => {
    let asked = 0
    const stopped = overNotes(notes, { ...OPTIONS, shouldStop: () => ++asked > 3 })
    expect(stopped.stopped).toBe(true)
    expect(stopped.intervals.get('percent')?.reason).toBe('stopped')
    const shares: number[] = []
    overNotes(notes, { ...OPTIONS, onProgress: (share) => shares.push(share) })
    expect(shares[0]).toBe(0)
    expect(shares.at(-1)).toBe(1)
    expect([...shares].sort((a, b) => a - b)).toEqual(shares)
  })

  it('of single-unit notes matches the exact multinomial distribution of alpha', () => {
    const exact = exactAlpha(16, 14, 90)
    const result = overNotes(singleUnits(16, 14, 90), {
      replicates: 40_000,
      seed: 3,
      statistics: ['krippendorff'],
    })
    const found = result.intervals.get('krippendorff')?.distribution
    expect(found?.mean).toBeCloseTo(exact.mean, 2)
    expect(Math.abs((found?.mean ?? 0) - exact.mean)).toBeLessThan((5 * exact.sd) / Math.sqrt(40_000))
    expect(Math.abs((found?.sd ?? 0) - exact.sd)).toBeLessThan((5 * exact.sd) / Math.sqrt(80_000))
  })

  it('refuses a broken number of replicates', () => {
    expect(() => overNotes(notes, { ...OPTIONS, replicates: 0 })).toThrow(RangeError)
  })
})

describe('the bootstrap of several codes', () => {
  const STATISTICS = ['percent', 'cohen', 'krippendorff', 'ac1'] as const

  /** Straight from the words: draw notes, add up their counts, compute, sort, take the limits. */
  function naive(
    codes: ReadonlyArray<readonly lib.PatternCounts[]>,
    drawnWith: readonly number[],
    { replicates, seed }: { replicates: number; seed: number },
  ) {
    const random = new lib.Random(seed)
    const draws = Math.max(...drawnWith) + 1
    const estimates = { rows: codes.map(() => perStatistic()), mean: perStatistic(), pooled: perStatistic() }
    for (let replicate = 0; replicate < replicates; replicate++) {
      const drawn = new Uint32Array(draws)
      random.fillBelow(drawn, draws)
      const totals = codes.map((notes) =>
        lib.addPatternCounts(
          2,
          [...drawn].flatMap((draw) => notes.filter((_, note) => drawnWith[note] === draw)),
        ),
      )
      const all = totals.map(lib.binaryAgreement)
      const isUsed = codes.map((notes) => notes.some(({ counts }) => [...counts.keys()].some((mask) => mask)))
      const pooled = lib.binaryAgreement(
        lib.addPatternCounts(
          2,
          totals.filter((_, at) => isUsed[at]),
        ),
      )
      for (const name of STATISTICS) {
        const values = all.map((agreement) => agreement[name].value)
        values.forEach((value, at) => {
          if (value !== null && isUsed[at]) estimates.rows[at]?.[name].push(value)
        })
        const defined = values.filter((value, at): value is number => value !== null && isUsed[at] === true)
        if (defined.length > 0)
          estimates.mean[name].push(defined.reduce((sum, value) => sum + value, 0) / defined.length)
        if (pooled[name].value !== null) estimates.pooled[name].push(pooled[name].value)
      }
    }
    return estimates
  }
  const perStatistic = () => ({
    percent: [] as number[],
    cohen: [] as number[],
    krippendorff: [] as number[],
    ac1: [] as number[],
  })

  const noteOf = (units: number) =>
    fc.array(fc.constantFrom(0, 1, 2, 3), { minLength: units, maxLength: units }).map((masks) =>
      lib.patternCounts(
        2,
        masks.map((mask) => [mask, 1] as const),
      ),
    )
  const study = fc.array(fc.nat(4), { minLength: 2, maxLength: 7 }).chain((sizes) =>
    fc.record({
      codes: fc.array(fc.tuple(...sizes.map(noteOf)), { minLength: 1, maxLength: 4 }),
      cases: fc.tuple(...sizes.map(() => fc.nat(2))),
      byCase: fc.boolean(),
    }),
  )

  it('equals drawing and counting anew, row by row, for the mean and for the pooled table', () => {
    fc.assert(
      fc.property(study, ({ codes, cases, byCase }) => {
        const numbers = [...new Set(cases)]
        const drawnWith = byCase ? cases.map((of) => numbers.indexOf(of)) : [...cases.keys()]
        fc.pre(new Set(drawnWith).size >= 2)
        const options = { replicates: 20, seed: 5, statistics: STATISTICS }
        const found = lib.bootstrapPatterns(tableOf(codes), {
          ...options,
          drawnWith: byCase ? Uint32Array.from(drawnWith) : undefined,
        })
        const expected = naive(codes, drawnWith, options)
        const same = (intervals: lib.Intervals | undefined, wanted: ReturnType<typeof perStatistic>) => {
          for (const name of STATISTICS) {
            const interval = intervals?.get(name)
            const sorted = Float64Array.from(wanted[name]).sort()
            expect(interval?.defined).toBe(sorted.length)
            if (sorted.length === 0) expect(interval?.distribution).toBeNull()
            else {
              const limits = lib.distributionOf(sorted, 0.95)
              expect(interval?.distribution?.low).toBeCloseTo(limits.low, 10)
              expect(interval?.distribution?.high).toBeCloseTo(limits.high, 10)
            }
          }
        }
        for (const [at, own] of expected.rows.entries()) same(found.rows[at], own)
        same(found.mean, expected.mean)
        same(found.pooled, expected.pooled)
      }),
      { numRuns: someOf(300) },
    )
  })

  it('gives a code the same limits whatever stands beside it, also when the rows are done in turns', () => {
    const codes = Array.from({ length: 30 }, (_, code) =>
      Array.from({ length: 6 }, (_, note) => lib.patternCounts(2, [[(code * 7 + note * 3) % 4, 1 + note]])),
    )
    const options = { replicates: 200, seed: 1, statistics: ['percent'], atOnce: 1_000 } as const
    const all = lib.bootstrapPatterns(tableOf(codes), options)
    const last = overNotes(codes.at(-1) as lib.PatternCounts[], options)
    expect(all.rows.at(-1)).toEqual(last.intervals)
    expect(all.mean.get('percent')?.defined).toBe(200)
  })
})

describe('the bootstrap of alpha', () => {
  const both = 16
  const different = 14
  const neither = 90
  const columns = [
    Int8Array.from([...new Array(both + different).fill(1), ...new Array(neither).fill(0)]),
    Int8Array.from([...new Array(both).fill(1), ...new Array(different + neither).fill(0)]),
  ]
  const data = lib.reliabilityData(columns, 2)
  const options = { kind: 'unit', metric: 'nominal', replicates: 40_000, seed: 11 } as const

  it('over units matches the exact multinomial distribution', () => {
    const exact = exactAlpha(both, different, neither)
    const result = lib.bootstrapAlpha(data, options)
    expect(Math.abs((result.distribution?.mean ?? 0) - exact.mean)).toBeLessThan((5 * exact.sd) / 200)
    const spread = Math.sqrt((exact.below * (1 - exact.below)) / 40_000)
    expect(Math.abs(lib.shareBelow(result.estimates, 0.667) - exact.below)).toBeLessThan(5 * spread)
  })

  it('is the same for a table of counts as for single rows', () => {
    const table = lib.reliabilityData(
      [Int8Array.of(1, 1, 0), Int8Array.of(1, 0, 0)],
      2,
      Float64Array.of(both, different, neither),
    )
    expect(lib.bootstrapAlpha(table, options)).toEqual(lib.bootstrapAlpha(data, options))
  })

  it('after Hayes and Krippendorff has the mean of the observed pairs and never goes below −1', () => {
    const alpha = lib.krippendorffAlphaNominal(data).value ?? 0
    const result = lib.bootstrapAlpha(data, { ...options, kind: 'hk' })
    expect(result.distribution?.mean).toBeCloseTo(alpha, 2)
    const worse = lib.reliabilityData([Int8Array.of(0, 1, 0, 1), Int8Array.of(1, 0, 1, 1)], 2)
    const low = lib.bootstrapAlpha(worse, { ...options, kind: 'hk' })
    expect(low.estimates[0]).toBeGreaterThanOrEqual(-1)
  })

  it('skips and counts resamples without variation', () => {
    const rare = lib.reliabilityData([Int8Array.of(1, 0, 0), Int8Array.of(1, 0, 0)], 2)
    const result = lib.bootstrapAlpha(rare, options)
    // (2/3)³ + (1/3)³ = 1/3 of the resamples hold one category only.
    expect(result.skipped / 40_000).toBeCloseTo(1 / 3, 1)
    expect(result.estimates.every((estimate) => estimate === 1)).toBe(true)
  })

  it('is undefined where alpha is, and can be stopped', () => {
    const constant = lib.reliabilityData([Int8Array.of(0, 0), Int8Array.of(0, 0)], 2)
    expect(lib.bootstrapAlpha(constant, options)).toMatchObject({
      distribution: null,
      reason: 'no variation',
    })
    const single = lib.reliabilityData([Int8Array.of(0), Int8Array.of(1)], 2)
    expect(lib.bootstrapAlpha(single, options).reason).toBe('needs two units')
    expect(lib.bootstrapAlpha(data, { ...options, shouldStop: () => true }).reason).toBe('stopped')
  })
})

describe('quantiles', () => {
  it('interpolate between order statistics like R’s type 7', () => {
    const sorted = Float64Array.of(1, 2, 4, 8)
    expect(lib.quantile(sorted, 0)).toBe(1)
    expect(lib.quantile(sorted, 0.5)).toBe(3)
    expect(lib.quantile(sorted, 0.025)).toBeCloseTo(1.075, 12)
    expect(lib.quantile(sorted, 1)).toBe(8)
    expect(lib.quantile(Float64Array.of(5), 0.3)).toBe(5)
  })
})

describe('the generator', () => {
  it('is reproducible and tells seeds apart, large and negative ones too', () => {
    const draw = (seed: number): number[] => {
      const into = new Uint32Array(8)
      new lib.Random(seed).fillBelow(into, 1000)
      return [...into]
    }
    expect(draw(1)).toEqual(draw(1))
    const all = [0, 1, 2, -1, 2 ** 32, 2 ** 32 + 1, 2 ** 52].map((seed) => draw(seed).join())
    expect(new Set(all).size).toBe(all.length)
    expect(() => new lib.Random(Number.NaN)).toThrow(RangeError)
  })

  it('draws every number equally often, below small and large bounds', () => {
    const random = new lib.Random(5)
    for (const bound of [2, 7, 100, 3 * 2 ** 30]) {
      const into = new Uint32Array(70_000)
      random.fillBelow(into, bound)
      const bins = new Array<number>(Math.min(bound, 7)).fill(0)
      for (const value of into) {
        const bin = Math.floor((value / bound) * bins.length)
        bins[bin] = (bins[bin] as number) + 1
      }
      expect(into.every((value) => value < bound)).toBe(true)
      const expected = into.length / bins.length
      const slack = bound === 100 ? 0.05 : 0
      for (const bin of bins)
        expect(Math.abs(bin / expected - 1)).toBeLessThan(slack + 5 / Math.sqrt(expected))
    }
  })
})

describe('the bootstrap of spans', () => {
  const note = fc.record({
    length: fc.integer({ min: 4, max: 9 }),
    lists: fc.tuple(...[0, 1].map(() => fc.array(fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 3 }))))),
  })

  it('equals measuring the drawn notes end to end', () => {
    fc.assert(
      fc.property(fc.array(note, { minLength: 2, maxLength: 5 }), (notes) => {
        const spansOf = ({ lists, length }: (typeof notes)[number]) =>
          lists.map((own) =>
            own.map(([start, size]) => [start, Math.min(length, start + size)] as [number, number]),
          )
        const row = {
          notes: Uint32Array.from(notes.keys()),
          sums: notes.map((each) => lib.spanSums(spansOf(each), each.length, 0.5)),
        }
        const lengths = Float64Array.from(notes, ({ length }) => length)
        const replicates = 10
        const [found] = lib.bootstrapSpans([row], lengths, 2, { replicates, seed: 4 })
        const random = new lib.Random(4)
        const estimates = { uAlpha: [] as number[], f1: [] as number[] }
        for (let replicate = 0; replicate < replicates; replicate++) {
          const drawn = new Uint32Array(notes.length)
          random.fillBelow(drawn, notes.length)
          const united: lib.CodedSpan[][] = [[], []]
          const made: lib.CodedSpan[][] = [[], []]
          let from = 0
          for (const at of drawn) {
            const each = notes[at] as (typeof notes)[number]
            const coded = ([start, end]: [number, number]) => ({
              start: from + start,
              end: from + end,
              value: 0,
            })
            spansOf(each).forEach((own, g) => {
              united[g]?.push(...lib.separateUnits(own).map(coded))
              made[g]?.push(...own.map(coded))
            })
            from += each.length
          }
          const { uAlpha } = lib.uAlphaFamily({ length: from, values: 1, coders: united })
          if (uAlpha.value !== null) estimates.uAlpha.push(uAlpha.value)
          const f1 = lib.spanF1(made, 0.5)
          if (f1.value !== null) estimates.f1.push(f1.value)
        }
        for (const name of ['uAlpha', 'f1'] as const) {
          const interval = found?.get(name)
          const sorted = Float64Array.from(estimates[name]).sort()
          expect(interval?.defined).toBe(sorted.length)
          if (sorted.length === 0) continue
          expect(interval?.distribution?.low).toBeCloseTo(lib.quantile(sorted, 0.025), 10)
          expect(interval?.distribution?.high).toBeCloseTo(lib.quantile(sorted, 0.975), 10)
        }
      }),
      { numRuns: someOf(300) },
    )
  })
})
