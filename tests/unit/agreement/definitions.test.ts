/** Every worked example is true: its figure is the library's, and its last line says that figure. */
import { describe, expect, it } from 'vitest'
import * as lib from '../../../shared/agreement/index.ts'
import { DEFINITIONS, MEASURE_GROUPS, type Measure } from '../../../shared/agreement-definitions.ts'
import { LEVEL, LISTED, SEED } from '../../../shared/definitions/intervals.ts'
import { THREE } from '../../../shared/definitions/more-coders.ts'
import { SETS } from '../../../shared/definitions/sets.ts'
import { SEGMENTS, TEXT } from '../../../shared/definitions/text.ts'
import { RATINGS, TABLE } from '../../../shared/definitions/two-coders.ts'

const MEASURES = Object.keys(DEFINITIONS) as Measure[]

const patterns = lib.fromTwoCoderCounts(TABLE)
const two = lib.binaryAgreement(patterns)
const three = lib.binaryAgreement(
  lib.patternCounts(
    3,
    THREE.map(({ by, notes }) => [by.reduce((mask, is, coder) => mask + (is ? 2 ** coder : 0), 0), notes]),
  ),
)
const table = lib.crossTable(Float64Array.of(TABLE.both, TABLE.first, TABLE.second, TABLE.neither), 2)

/** The 20 notes as two columns of 1 and 0. */
const columns = (() => {
  const cells: Array<[number, number, number]> = [
    [1, 1, TABLE.both],
    [1, 0, TABLE.first],
    [0, 1, TABLE.second],
    [0, 0, TABLE.neither],
  ]
  const rows = cells.flatMap(([a, b, notes]) => Array.from({ length: notes }, () => [a, b] as const))
  return [Int8Array.from(rows, ([a]) => a), Int8Array.from(rows, ([, b]) => b)] as const
})()

const CODES = ['neglect', 'school']
const spans = TEXT.coders.map((own) =>
  own.map(({ start, end, code }) => ({ start, end, value: CODES.indexOf(code) })),
)
const continuum = { length: TEXT.length, values: CODES.length, coders: spans }
const family = lib.uAlphaFamily(continuum)
const [spansOfAmara, spansOfBen] = spans as [lib.CodedSpan[], lib.CodedSpan[]]
const matched = lib.matchedSpans(spansOfAmara, spansOfBen, 0.5)

const masi = (() => {
  const register = new lib.SetRegister()
  const column = (coder: 0 | 1) =>
    Int32Array.from(SETS, (note) => register.idOf(note[coder].map((code) => CODES.indexOf(code))))
  const values = [column(0), column(1)]
  const sets = register.sets()
  return lib.setAlpha(lib.setPatterns(lib.reliabilityData(values, lib.setCount(sets))), sets).alpha
})()

/** Limits of kappa over the listed resamples, with the library's own counts, kappa and quantiles. */
const resampled = (() => {
  const random = new lib.Random(SEED)
  const [first, second] = columns
  const drawn = new Uint32Array(first.length)
  const kappas = Float64Array.from({ length: LISTED }, () => {
    random.fillBelow(drawn, first.length)
    const own = (column: Int8Array) => Int8Array.from(drawn, (note) => column[note] as number)
    return (
      lib.cohenKappa(lib.tableOfPair(lib.reliabilityData([own(first), own(second)], 2), 0, 1)).value ?? NaN
    )
  })
  return lib.distributionOf(kappas.sort(), LEVEL)
})()

const analytic = lib.cohenInterval(table)

const LIBRARY: Record<Measure, number | null> = {
  percent: two.percent.value,
  positive: two.positive.value,
  negative: two.negative.value,
  holsti: lib.holsti(lib.reliabilityData(columns, 2)).value,
  cohen: two.cohen.value,
  cohenError: lib.cohenStandardError(table).value,
  weightedKappa: lib.cohenKappa(lib.crossTable(Float64Array.from(RATINGS.flat()), 3), 'linear').value,
  scott: two.scott.value,
  fleiss: three.fleiss.value,
  conger: three.conger.value,
  light: three.light.value,
  krippendorff: two.krippendorff.value,
  ac1: two.ac1.value,
  brennanPrediger: two.brennanPrediger.value,
  pabak: two.pabak.value,
  prevalence: two.prevalence.value,
  bias: two.bias.value,
  setAlpha: masi.value,
  uAlpha: family.uAlpha.value,
  barUAlpha: family.barUAlpha.value,
  cuAlpha: family.cuAlpha.value,
  kuAlpha: family.kuAlpha[0]?.value ?? null,
  alphaU: lib.alphaU(continuum, 0).alpha.value,
  spanPrecision: matched / spansOfBen.length,
  spanRecall: matched / spansOfAmara.length,
  spanF1: lib.spanF1(spans, 0.5).value,
  boundarySimilarity: lib.boundarySimilarity(...SEGMENTS).value,
  bootstrapInterval: resampled.low,
  analyticInterval: analytic.low.value,
}

/** Numbers as written, with a true minus where they have one. */
const numbersIn = (line: string): number[] =>
  [...line.matchAll(/−?\d+(?:\.\d+)?/g)].map(([number]) => Number(number.replace('−', '-')))

const ROUNDING = 0.5e-4 + 1e-9

/** What a calculation as written comes to; null where the words are none. */
function worth(calculation: string): number | null {
  const isBalanced = calculation.split('(').length === calculation.split(')').length
  if (!isBalanced || !/\d/.test(calculation)) return null
  const script = [...calculation]
    .map(
      (sign) => ({ '−': '-', '·': '*', '²': '**2', '³': '**3', '√': 'Math.sqrt', '½': '0.5' })[sign] ?? sign,
    )
    .join('')
  return new Function(`return ${script}`)() as number
}

const SIGNS = '\\d.+−·/()²³√½ '
const ENDS = new RegExp(`[${SIGNS}]*$`)
const STARTS = new RegExp(`^[${SIGNS}]*`)

/** Both sides of every equals sign of a line that have a calculation on both. */
function equationsIn(line: string): Array<[string, number, number]> {
  // The digit of a name such as F1 is no number.
  const parts = line
    .replace(/^[A-Z]+1 /, 'F ')
    .replaceAll(' of ', ' / ')
    .split(/ [=≈] /)
  return parts.slice(1).flatMap((right, at): Array<[string, number, number]> => {
    const left = (ENDS.exec(parts[at] ?? '')?.[0] ?? '').replace(/^[ )+·/]+/, '')
    const [a, b] = [worth(left), worth((STARTS.exec(right)?.[0] ?? '').replace(/[ (+−·/]+$/, ''))]
    return a === null || b === null ? [] : [[line, a, b]]
  })
}

describe.each(MEASURES)('the worked example of %s', (measure) => {
  const { example } = DEFINITIONS[measure]

  it('comes to what the library computes', () => {
    expect(LIBRARY[measure]).not.toBeNull()
    expect(Math.abs(example.value - (LIBRARY[measure] as number))).toBeLessThan(1e-9)
  })

  it('ends with the figure, rounded to four decimals', () => {
    const last = numbersIn(example.steps.at(-1) ?? '')
    const ends = example.upper === null ? [example.value] : [example.value, example.upper]
    const printed = last.slice(-ends.length)
    expect(printed).toHaveLength(ends.length)
    ends.forEach((end, at) => {
      expect(Math.abs((printed[at] as number) - end)).toBeLessThan(ROUNDING)
    })
  })

  it('is right in every line as it is written', () => {
    const equations = example.steps.flatMap(equationsIn)
    expect(equations.length).toBeGreaterThan(0)
    // Written with four decimals, so a little off.
    for (const [line, left, right] of equations)
      expect(Math.abs(left - right), line).toBeLessThan(1e-3 * Math.max(1, Math.abs(right)))
  })

  it('calls equal only what is', () => {
    for (const step of example.steps) {
      const [, sign, printed] = /([=≈]) (−?\d+(?:\.\d+)?)$/.exec(step) ?? []
      if (printed === undefined || example.upper !== null || step !== example.steps.at(-1)) continue
      const off = Math.abs(Number(printed.replace('−', '-')) - example.value)
      expect(off < 1e-9).toBe(sign === '=')
    }
  })
})

describe('the definitions', () => {
  it('give both limits of the intervals', () => {
    expect(Math.abs((DEFINITIONS.bootstrapInterval.example.upper ?? 0) - resampled.high)).toBeLessThan(1e-9)
    const high = analytic.high.value as number
    expect(Math.abs((DEFINITIONS.analyticInterval.example.upper ?? 0) - high)).toBeLessThan(1e-9)
  })

  it('are all in one group of the list', () => {
    expect(MEASURE_GROUPS.flatMap(({ measures }) => measures).sort()).toEqual([...MEASURES].sort())
  })

  it('have what a methods section needs', () => {
    for (const definition of Object.values(DEFINITIONS)) {
      expect(definition.words).toMatch(/\.$/)
      expect(definition.formula.length).toBeGreaterThan(0)
      expect(definition.undefinedWhen).not.toBe('')
      expect(definition.source).toMatch(/\b(19|20)\d\d\b/)
    }
  })
})
