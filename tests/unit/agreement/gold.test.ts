import { describe, expect, it } from 'vitest'
import { agreeData } from '../../../shared/agreement/index.ts'
import type { Expected } from './gold.ts'
import { casesOf, DETERMINISTIC_TOLERANCE, goldDocument, keyOf } from './gold.ts'
import { compute } from './library.ts'

const DETERMINISTIC = ['matrix', 'table', 'unitizing', 'spans', 'boundary']

function expectClose(actual: unknown, { stat, params, value }: Expected): void {
  const name = keyOf(stat, params)
  if (typeof value !== 'number') {
    expect(actual, name).toEqual(value)
    return
  }
  expect(typeof actual, name).toBe('number')
  expect(Math.abs((actual as number) - value), `${name}: ${String(actual)} for ${value}`).toBeLessThanOrEqual(
    DETERMINISTIC_TOLERANCE,
  )
}

describe('the gold file', () => {
  it('has 136 cases with 3,968 values', () => {
    expect(goldDocument.cases).toHaveLength(136)
    expect(goldDocument.cases.reduce((sum, { expected }) => sum + expected.length, 0)).toBe(3968)
  })
})

describe('every deterministic gold value is met to 1e-9 by the library', () => {
  for (const gold of casesOf(...DETERMINISTIC)) {
    it(`of case ${gold.id}`, () => {
      for (const expected of gold.expected) {
        if (expected.stat === 'char_counts') continue
        expectClose(compute(gold, expected).value, expected)
      }
    })
  }
})

describe('every deterministic gold value is met to 1e-9 through agreeData', () => {
  const withoutExpected = goldDocument.cases.map(({ expected: _, ...rest }) => rest)
  const cases = withoutExpected.filter(({ type }) => DETERMINISTIC.includes(type))
  const results = agreeData({ cases }, { seed: 1 })

  it('with the results in input order', () => {
    expect(results.map(({ id }) => id)).toEqual(cases.map(({ id }) => id))
  })

  casesOf(...DETERMINISTIC).forEach((gold, at) => {
    it(`of case ${gold.id}, each statistic once`, () => {
      const entries = results[at]?.results ?? []
      const found = new Map(entries.map((entry) => [keyOf(entry.stat, entry.params), entry]))
      expect(found.size).toBe(entries.length)
      for (const expected of gold.expected) {
        const entry = found.get(keyOf(expected.stat, expected.params))
        expect(entry, keyOf(expected.stat, expected.params)).toBeDefined()
        expectClose(entry?.value, expected)
        expect(entry?.reason === undefined).toBe(entry?.value !== null)
      }
    })
  })
})

describe('every bootstrap gold value is met within 5 Monte-Carlo deviations and 0.005 through agreeData', () => {
  for (const gold of casesOf('bootstrap')) {
    it(`of case ${gold.id}`, () => {
      const base = goldDocument.cases.find(({ id }) => id === gold.data.case)
      const [, result] = agreeData([base, gold], { seed: 20261121 })
      for (const { stat, value, mcSd } of gold.expected) {
        const entry = result?.results.find((one) => one.stat === stat)
        // The gold file states no Monte-Carlo deviation for tail shares: both sides rest on 100,000 resamples.
        const share = value as number
        const sd = stat.startsWith('p_')
          ? Math.sqrt((2 * share * (1 - share)) / 100_000)
          : (mcSd?.['10000'] ?? 0)
        const difference = Math.abs((entry?.value as number) - share)
        expect(difference, `${stat} ${share}`).toBeLessThanOrEqual(5 * sd + 0.005)
      }
    })
  }
})
