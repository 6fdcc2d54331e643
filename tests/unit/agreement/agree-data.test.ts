import { describe, expect, it } from 'vitest'
import { AgreementInputError, agreeData } from '../../../shared/agreement/index.ts'
import { goldDocument } from './gold.ts'

const matrix = {
  id: 'm',
  type: 'matrix',
  data: {
    coders: ['Ada', 'Ben', 'Cleo'],
    units: 4,
    categories: ['yes', 'no'],
    level: 'nominal',
    positive: 'yes',
    values: [
      ['yes', 'no', 'no', 'yes'],
      [null, null, null, null],
      ['yes', 'no', 'yes', 'yes'],
    ],
  },
}

function withData(change: Record<string, unknown>): unknown {
  return { ...matrix, data: { ...matrix.data, ...change } }
}

function statistic(input: unknown, stat: string): unknown {
  return agreeData(input, { seed: 1 })[0]?.results.find((entry) => entry.stat === stat)?.value
}

describe('plain agreement data', () => {
  it('can be a document, a bare list or one case', () => {
    const one = agreeData(matrix, { seed: 1 })
    expect(agreeData([matrix], { seed: 1 })).toEqual(one)
    expect(agreeData({ schemaVersion: 1, cases: [matrix] }, { seed: 1 })).toEqual(one)
    expect(agreeData([], { seed: 1 })).toEqual([])
  })

  it('is computed without a look at the expected values', () => {
    const gold = goldDocument.cases.filter(({ type }) => type !== 'bootstrap').slice(0, 40)
    const bare = gold.map(({ expected: _, ...rest }) => rest)
    const wrong = gold.map((item) => ({ ...item, expected: 'nonsense' }))
    expect(agreeData(wrong, { seed: 1 })).toEqual(agreeData(bare, { seed: 1 }))
  })

  it('names coders without data and computes as if they were not there', () => {
    const [result] = agreeData(matrix, { seed: 1 })
    expect(result?.droppedCoders).toEqual(['Ben'])
    const without = withData({
      coders: ['Ada', 'Cleo'],
      values: [matrix.data.values[0], matrix.data.values[2]],
    })
    for (const { stat, value } of agreeData(without, { seed: 1 })[0]?.results ?? []) {
      if (typeof value === 'number') expect(statistic(matrix, stat), stat).toBe(value)
    }
  })

  it('gives the indices of two coders only where a category means "applied"', () => {
    expect(statistic(matrix, 'prevalence_index')).toBe(0.25)
    expect(statistic(matrix, 'bias_index')).toBe(-0.25)
    expect(statistic(withData({ positive: undefined }), 'bias_index')).toBeUndefined()
    expect(statistic(withData({ positive: undefined }), 'pabak')).toBe(0.5)
  })

  it('gives every statistic as undefined, with its reason, when nothing can be compared', () => {
    const empty = withData({
      coders: ['Ada', 'Ben'],
      values: [
        [null, null, null, null],
        [null, null, null, null],
      ],
    })
    const [result] = agreeData(empty, { seed: 1 })
    expect(result?.droppedCoders).toEqual(['Ada', 'Ben'])
    for (const { stat, value, reason } of result?.results ?? []) {
      if (stat.startsWith('n_pairable')) expect(value).toBe(0)
      else expect({ stat, value, reason }).toEqual({ stat, value: null, reason: 'nothing to compare' })
    }
    expect(result?.results.map(({ stat }) => stat)).toContain('cohen_kappa')
  })

  it('takes one coder and zero units without failing', () => {
    expect(
      statistic(withData({ coders: ['Ada'], values: [matrix.data.values[0]] }), 'cohen_kappa'),
    ).toBeNull()
    expect(
      statistic(withData({ units: 0, coders: ['Ada', 'Ben'], values: [[], []] }), 'krippendorff_alpha'),
    ).toBeNull()
    const table = { ...matrix, type: 'table', data: { ...matrix.data, coders: ['Ada', 'Ben'], units: 0 } }
    const zeros = {
      ...table,
      data: {
        ...table.data,
        table: [
          [0, 0],
          [0, 0],
        ],
      },
    }
    expect(statistic(zeros, 'cohen_kappa')).toBeNull()
  })

  it('says that spans overlap instead of computing the u-alpha family on them', () => {
    const overlapping = {
      id: 'u',
      type: 'unitizing',
      data: {
        length: 30,
        coders: [
          [
            [0, 10, 'a'],
            [5, 12, 'b'],
          ],
          [[0, 10, 'a']],
        ],
      },
    }
    const [result] = agreeData(overlapping, { seed: 1 })
    const find = (stat: string) => result?.results.find((entry) => entry.stat === stat)
    expect(find('u_alpha')).toMatchObject({ value: null, reason: 'spans overlap' })
    expect(find('alpha_U')?.value).toBeTypeOf('number')
  })

  it('depends on the seed only where resampling is asked for', () => {
    const base = goldDocument.cases.find(({ id }) => id === 'random-05')
    const bootstrap = goldDocument.cases.find(({ id }) => id === 'boot-unit-random-05-nominal')
    const run = (seed: number) => agreeData([base, bootstrap], { seed, replicates: 500 })
    expect(run(1)).toEqual(run(1))
    expect(run(1)[0]).toEqual(run(2)[0])
    expect(run(1)[1]).not.toEqual(run(2)[1])
  })
})

describe('plain agreement data that cannot be read is refused with a sentence', () => {
  const spans = (span: unknown): unknown => ({
    id: 's',
    type: 'spans',
    data: { length: 10, coders: [[span], []], codes: ['a'] },
  })
  const table = (rows: unknown, units: number): unknown => ({
    id: 't',
    type: 'table',
    data: { coders: ['A', 'B'], units, categories: ['x', 'y'], level: 'nominal', table: rows },
  })
  const cases: Array<[string, unknown, string]> = [
    ['something else than cases', 'text', 'list of cases'],
    ['a case without id', [{ type: 'matrix', data: {} }], '"id"'],
    ['an unknown type', [{ ...matrix, type: 'tensor' }], '"type" must be one of'],
    ['a case without data', [{ id: 'x', type: 'matrix' }], '"data" is missing'],
    ['an unknown level', withData({ level: 'metric' }), '"level" must be'],
    [
      'a value that is no category',
      withData({ values: [['maybe', 'no', 'no', 'no'], [], []] }),
      'no category',
    ],
    [
      'columns of different length',
      withData({ values: [['yes'], ['no', 'no', 'no', 'no'], []] }),
      'needs 4 values',
    ],
    ['fewer coders than columns', withData({ coders: ['Ada'] }), '1 coders but data of 3'],
    ['a category named twice', withData({ categories: ['yes', 'yes'] }), 'twice'],
    ['a positive category that is not declared', withData({ positive: 'maybe' }), 'not among the declared'],
    ['a number of units that is no number', withData({ units: 'four' }), 'whole number'],
    ['a table that is not square', table([[1, 2]], 3), '2 rows and 2 columns'],
    [
      'a negative count',
      table(
        [
          [1, -2],
          [3, 4],
        ],
        6,
      ),
      'whole number',
    ],
    [
      'a table that does not add up',
      table(
        [
          [1, 2],
          [3, 4],
        ],
        11,
      ),
      'counts 10',
    ],
    ['a reversed span', spans([5, 5, 'a']), 'not a span'],
    ['a span outside the text', spans([5, 11, 'a']), 'not a span'],
    ['a span with an undeclared code', spans([5, 9, 'b']), 'not among the declared'],
    ['a span that is no triple', spans([5, 9]), 'not a span'],
    [
      'masses of different texts',
      {
        id: 'b',
        type: 'boundary',
        data: {
          masses: [
            [2, 3],
            [2, 4],
          ],
        },
      },
      'same length',
    ],
    ['one segmentation', { id: 'b', type: 'boundary', data: { masses: [[2, 3]] } }, 'two segmentations'],
    [
      'a bootstrap of a case that is not there',
      { id: 'b', type: 'bootstrap', data: { case: 'x' } },
      'not in the input',
    ],
  ]
  for (const [name, input, sentence] of cases) {
    it(`such as ${name}`, () => {
      expect(() => agreeData(input, { seed: 1 })).toThrow(AgreementInputError)
      expect(() => agreeData(input, { seed: 1 })).toThrow(sentence)
    })
  }
})
