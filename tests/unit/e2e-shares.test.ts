import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'

type Suite = { file: string; suites?: Suite[]; specs?: { tests: { results: { duration: number }[] }[] }[] }
type Shares = {
  readTimes(): Record<string, number>
  shareOut(files: readonly string[], times: Record<string, number>, count: number): string[][]
  timesOf(results: readonly ({ suites: Suite[] } | null)[]): Record<string, number>
}

const root = new URL('../../', import.meta.url)
const { readTimes, shareOut, timesOf }: Shares = await import(new URL('scripts/e2e-shares.mjs', root).href)

test('the longest files go first, each to the share with least to do, and none is left out', () => {
  const times = { a: 60, b: 50, c: 30, d: 20, e: 10 }
  expect(shareOut(['a', 'b', 'c', 'd', 'e'], times, 2)).toEqual([
    ['a', 'd', 'e'],
    ['b', 'c'],
  ])
})

test('a file that was never measured counts as an average one', () => {
  // 40 on average: after the 60, and before the 20.
  expect(shareOut(['new', 'a', 'b'], { a: 60, b: 20 }, 2)).toEqual([['a'], ['new', 'b']])
  expect(shareOut(['new', 'other'], {}, 2)).toEqual([['new'], ['other']])
  // A share without files would run all of them.
  expect(shareOut(['new'], {}, 2)).toEqual([['new']])
})

test('the time of a file is that of all its tests, in groups too, over all shares', () => {
  const spec = (duration: number) => ({ tests: [{ results: [{ duration }] }] })
  const groups = [{ file: 'b.spec.ts', specs: [spec(2_400)] }]
  const first = { suites: [{ file: 'b.spec.ts', specs: [spec(1_000), spec(2_200)], suites: groups }] }
  const second = { suites: [{ file: 'a.spec.ts', specs: [spec(700)] }] }
  expect(Object.entries(timesOf([first, null, second]))).toEqual([
    ['tests/e2e/a.spec.ts', 1],
    ['tests/e2e/b.spec.ts', 6],
  ])
})

test('the table tells of files that are there', () => {
  expect(Object.keys(readTimes()).filter((file) => !existsSync(new URL(file, root)))).toEqual([])
})
