import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { json, understory } from './command.ts'
import { NOTE_1, smallStudy } from './small-study.ts'

const { folder, project, file, make, code } = smallStudy()

const NOTES = [NOTE_1, 'N2,"A settled week at home."', 'N3,"Left home alone most nights."']

type Found = { id: string; kind: string; note: string }
type Figures = {
  coder: string
  characters: { both: number; onlyCoder: number; onlyConsensus: number }
  precision: number | null
  recall: number | null
  f1: number | null
}
type Consensus = {
  consensus: number
  decisions: Array<{ kind: string; decision: string; count: number }>
  unit: string
  notes: { counted: string[]; left: Array<{ note: string; reason: string }> }
  codes: Array<{ code: string; coders: Figures[] }>
  overall: Figures[]
  undefined: Array<{ code: string; coder: string; figure: string; reason: string }>
}

const log = join(folder, 'log.csv')
const reconcile = (rows: readonly string[]) => {
  const table = file('decisions.csv', ['disagreement,decision,code,start,end,reason', ...rows])
  return json(['reconcile', project, '--from', table])
}

beforeAll(async () => {
  await make(NOTES, ['Violence', 'Sleep', 'Settled'])
  await code('Amara', ['N1,Violence,2,13', 'N1,Sleep,60,75', 'N2,Settled,0,10', 'N3,,,'])
  await code('Ben', ['N1,Violence,2,23', 'N2,Settled,0,10', 'N3,Sleep,0,4'])
  const found = await json<Found[]>(['disagreements', project])
  expect(found.map(({ kind }) => kind)).toEqual(['edges', 'missed', 'missed'])
  const [edges, missed] = found.map(({ id }) => id)
  await reconcile([`${edges},own,Violence,2,20,"Without =him"`, `${missed},Ben,,,,`])
})

/** Tests of this block build on each other: together they are one person's script. */
describe('the consensus by script', () => {
  it('says what is decided, and compares each coder with it where all is decided', async () => {
    const found = await json<Consensus>(['consensus', project])
    expect(found).toMatchObject({
      consensus: 1,
      unit: 'character',
      decisions: [
        { kind: 'edges', decision: 'own', count: 1 },
        { kind: 'missed', decision: 'Ben', count: 1 },
      ],
    })
    expect(found.notes).toEqual({
      counted: ['N1'],
      left: [
        { note: 'N2', reason: '1 agreement not taken over' },
        { note: 'N3', reason: '1 disagreement not decided' },
      ],
    })
    // Amara 2-13 of 2-20; Ben 2-23 of 2-20; Sleep 60-75 is Amara's alone.
    const violence = [
      {
        characters: { both: 11, onlyCoder: 0, onlyConsensus: 7 },
        precision: 1,
        recall: 11 / 18,
        f1: 22 / 29,
      },
      {
        characters: { both: 18, onlyCoder: 3, onlyConsensus: 0 },
        precision: 18 / 21,
        recall: 1,
        f1: 36 / 39,
      },
    ]
    expect(found.codes).toMatchObject([
      { code: 'Violence', coders: violence },
      {
        code: 'Sleep',
        coders: [
          { precision: 0, recall: null, f1: 0 },
          { precision: null, recall: null, f1: null },
        ],
      },
    ])
    expect(found.overall).toMatchObject([
      { coder: 'Amara', characters: { both: 11, onlyCoder: 15, onlyConsensus: 7 }, precision: 11 / 26 },
      violence[1],
    ])
    expect(found.undefined).toHaveLength(4)
    const { stdout } = await understory(['consensus', project])
    expect(stdout).toContain('in characters, in 1 notes where all is decided (2 left out)')
  })

  it('is written as a log, which can be filled in and given back', async () => {
    expect(await json(['disagreements', project, '-o', log])).toMatchObject({ file: log, rows: 3 })
    const [header, edges, missed, last] = readFileSync(log, 'utf8').trim().split('\n')
    expect(header).toBe('disagreement,note,kind,Amara,Ben,decision,code,start,end,reason,by,at,stale')
    expect(edges).toMatch(
      /,N1,edges,Violence 2-13: Mum shouted,Violence 2-23: Mum shouted at him ag,own,Violence,2,20,Without =him,the command line,20/,
    )
    expect(missed).toMatch(/,N1,missed,Sleep 60-75: He sleeps badly,,Ben,,,,,the command line,20/)
    expect(last).toMatch(/,N3,missed,,Sleep 0-4: Left,,,,,,,,$/)
    const again = await understory(['reconcile', project, '--from', log, '--json'])
    expect(JSON.parse(again.stdout)).toMatchObject({ decided: 0, left: 1, consensus: 1 })
    expect(again.stderr).toContain('columns left out: note, kind, Amara, Ben, by, at, stale')
    writeFileSync(log, readFileSync(log, 'utf8').replace('Left,,,', 'Left,both,,'))
    expect(await json(['reconcile', project, '--from', log])).toMatchObject({
      decided: 1,
      left: 0,
      consensus: 2,
    })
    await json(['disagreements', project, '-o', join(folder, 'log.xlsx')])
    expect(readFileSync(join(folder, 'log.xlsx')).subarray(0, 2).toString()).toBe('PK')
    expect((await understory(['disagreements', project, '-o', join(folder, 'log.txt')])).status).toBe(2)
  })

  it('counts a note that the consensus itself has finished', async () => {
    await code('Consensus', ['N2,,,'])
    expect((await json<Consensus>(['consensus', project])).notes).toEqual({
      counted: ['N1', 'N2', 'N3'],
      left: [],
    })
  })
})
