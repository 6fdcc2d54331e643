import { describe, expect, it } from 'vitest'
import { identifierWords, progressWords, rowsAsText } from '../../../renderer/library/import-labels.ts'
import { problemOf } from '../../../renderer/library/values.ts'

describe('how far an import is', () => {
  const at = (done: number, words: string, total: number | null = 200_000_000, rows?: number) => ({
    kind: 'import' as const,
    startedAt: 0,
    progress: { done, total, words, ...(rows === undefined ? {} : { rows }) },
  })

  it('counts megabytes and rows from the start, and says of how many once a trial has counted them', () => {
    expect(progressWords(at(50_000_000, 'bytes read'), null, 2_000)).toBe(
      '50.0 of 200.0 MB read · 25.0 MB a second · about 6 s left',
    )
    expect(progressWords(at(50_000_000, 'bytes read', 200_000_000, 25_000), null, 2_000)).toBe(
      '25,000 rows · 50.0 of 200.0 MB · 12,500 rows a second · about 6 s left',
    )
    expect(progressWords(at(50_000_000, 'bytes read', 200_000_000, 25_000), 100_000, 2_000)).toBe(
      '25,000 of 100,000 rows · 12,500 rows a second · about 6 s left',
    )
    expect(progressWords(at(50_000_000, 'bytes checked'), null, 2_000)).toBe(
      '50.0 of 200.0 MB looked through · 25.0 MB a second · about 6 s left',
    )
    expect(progressWords(at(3, 'files read', 400), 400, 1_000)).toBe(
      '3 of 400 files read · 3.0 a second · about 2 min left',
    )
  })

  it('says that it writes when all is read, and gives no rate before there is one', () => {
    expect(progressWords(at(200_000_000, 'bytes read'), null, 8_000)).toBe(
      'All read, writing to the project file',
    )
    expect(progressWords(at(1_000_000, 'bytes read'), null, 100)).toBe('1.0 of 200.0 MB read')
    expect(progressWords({ kind: 'try', startedAt: 0, progress: null }, null, 100)).toBe('Starting the trial')
  })
})

describe('what an import says', () => {
  it('names possible identifiers in words, the most frequent first', () => {
    expect(identifierWords({ NHS: 1, NAME: 12, DOB: 0, POSTCODE: 2 })).toEqual([
      '12 names',
      '2 postcodes',
      '1 NHS number',
    ])
  })

  it('copies rows with their reasons as two columns', () => {
    expect(rowsAsText([{ row: 3, reason: 'no text' }])).toBe('Row\tReason\n3\tno text')
  })
})

describe('the values of an attribute', () => {
  it('must fit the kind', () => {
    expect(problemOf('number', '1,5')).not.toBeNull()
    expect(problemOf('number', '-2.5')).toBeNull()
    expect(problemOf('date', '4/3/2021')).not.toBeNull()
    expect(problemOf('date', '2021-03-04')).toBeNull()
    expect(problemOf('category', 'anything')).toBeNull()
  })
})
