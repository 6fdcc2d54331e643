import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { understory, workFolder } from './command.ts'

const folder = workFolder()
const GOLD = fileURLToPath(new URL('../fixtures/agreement/gold.json', import.meta.url))

type Expected = { stat: string; params: object; value: number | number[] | null; tolerance: number }
type Case = { id: string; type: string; expected: Expected[] }
type Result = { stat: string; params: object; value: number | number[] | null; reason?: string }

const key = ({ stat, params }: { stat: string; params: object }) =>
  `${stat} ${JSON.stringify(Object.entries(params).sort())}`

describe('agree-data', () => {
  it('matches every published value of the gold file to 1e-9', async () => {
    const { cases } = JSON.parse(readFileSync(GOLD, 'utf8')) as { cases: Case[] }
    const exact = cases.filter(({ type }) => type !== 'gamma' && type !== 'bootstrap')
    const file = join(folder, 'cases.json')
    writeFileSync(file, JSON.stringify({ cases: exact }))
    const { status, stdout } = await understory(['agree-data', file])
    expect(status).toBe(0)
    const answers = JSON.parse(stdout) as Array<{ id: string; results: Result[] }>
    expect(answers.map(({ id }) => id)).toEqual(exact.map(({ id }) => id))
    let compared = 0
    for (const [index, { id, expected }] of exact.entries()) {
      const results = new Map(answers[index]?.results.map((result) => [key(result), result]))
      for (const wanted of expected) {
        const found = results.get(key(wanted))
        if (wanted.value === null) expect(found?.value, `${id} ${key(wanted)}`).toBeNull()
        else {
          const pairs = [wanted.value].flat().map((value, at) => [value, [found?.value].flat()[at]] as const)
          for (const [value, got] of pairs)
            expect(Math.abs((got ?? Number.NaN) - value), `${id} ${key(wanted)}`).toBeLessThanOrEqual(1e-9)
        }
        compared++
      }
    }
    expect(compared).toBeGreaterThan(3_500)
  })

  it('refuses what is no reliability data in one clear line', async () => {
    const file = join(folder, 'broken.json')
    writeFileSync(file, '{"cases": [{"id": "x", "type": "matrix", "data": {"values": 3}}]}')
    const { status, stdout, stderr } = await understory(['agree-data', file])
    expect([status, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(/^error bad-arguments: [^\n]+\n$/)
    writeFileSync(file, 'not json')
    expect((await understory(['agree-data', file])).stderr).toMatch(/^error file-unreadable: /)
  })
})
