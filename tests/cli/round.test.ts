import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import type { RoundId } from '../../shared/contract/basics.ts'
import { json, understory, workFolder } from './command.ts'

const folder = workFolder()
const project = join(folder, 'study.understory')
const notes = fileURLToPath(new URL('../fixtures/exchange/sample-notes.csv', import.meta.url))

type Drawn = {
  round: RoundId
  notes: string[]
  strata: Array<{ value: string | null; notes: number; drawn: number }>
  coders: string[]
  blind: boolean
  seed: number
}
type Listed = {
  round: RoundId
  notes: number
  coders: Array<{ name: string; finished: number }>
  blind: boolean
}
type Themes = { codes: Array<{ code: string; notes: number; codings: number }> }

async function code(coder: string, rows: readonly string[]): Promise<void> {
  const file = join(folder, 'codings.csv')
  writeFileSync(file, ['note,code,start,end', ...rows].join('\n'))
  await json(['code', project, '--coder', coder, '--from', file, '--finished', 'listed'])
}

beforeAll(async () => {
  await json(['create', project, '--template', 'safeguarding'])
  await json(['import', project, notes])
  for (const coder of ['Amara', 'Ben']) await code(coder, [])
})

/** Tests of this block build on each other: together they are one person's script. */
describe('a round by script', () => {
  it('is drawn by value in proportion, the same again for the same seed', async () => {
    const draw = [
      'round',
      project,
      '--coders',
      'Amara,Ben',
      '--sample',
      '50%',
      '--stratify',
      'team',
      '--seed',
      '7',
    ]
    const pilot = await json<Drawn>([...draw, '--name', 'Pilot', '--blind'])
    expect(pilot).toMatchObject({ round: 'Pilot', coders: ['Amara', 'Ben'], blind: true, seed: 7 })
    expect(pilot.notes).toHaveLength(6)
    expect(pilot.strata.reduce((sum, { drawn }) => sum + drawn, 0)).toBe(6)
    expect(pilot.strata.reduce((sum, stratum) => sum + stratum.notes, 0)).toBe(12)
    const again = await json<Drawn>([...draw, '--name', 'Again'])
    expect(again).toMatchObject({ notes: pilot.notes, strata: pilot.strata, blind: false })
  })

  it('is at least one note of a small share, or the number asked for', async () => {
    const draw = ['round', project, '--coders', 'Amara']
    expect(await json<Drawn>([...draw, '--name', 'One', '--sample', '1%'])).toMatchObject({
      strata: [],
      seed: 1,
    })
    expect((await json<Drawn>([...draw, '--name', 'Five', '--notes', '5'])).notes).toHaveLength(5)
    const words = await understory([...draw, '--name', 'In words', '--sample', '25%', '--stratify', 'team'])
    expect(words.stdout).toMatch(
      /^In words: 3 of 12 notes drawn \(25%, by team of the note, seed 1\), for Amara\.\n/,
    )
  })

  it('is refused with one line, and then nothing has changed', async () => {
    const before = await json<Listed[]>(['round', project, '--list'])
    const draw = ['round', project, '--coders', 'Amara', '--sample', '50%']
    const refused = async (args: string[]) => {
      const { status, stdout, stderr } = await understory(args)
      expect(stdout).toBe('')
      return [status, stderr]
    }
    expect(await refused([...draw, '--name', 'PILOT'])).toEqual([
      1,
      expect.stringMatching(/^error conflict: .*Pilot/),
    ])
    expect(await refused([...draw, '--name', 'X', '--stratify', 'town'])).toEqual([
      1,
      expect.stringMatching(/^error not-found: There is no attribute town/),
    ])
    const none = ['round', project, '--name', 'X', '--coders', 'Amara']
    expect(await refused([...none, '--notes', '13'])).toEqual([
      1,
      expect.stringMatching(/^error bad-arguments: .*12 notes/),
    ])
    expect((await refused(none))[0]).toBe(2)
    for (const sample of ['10', '0%', '101%', 'some'])
      expect((await refused([...none, '--sample', sample]))[0]).toBe(2)
    expect((await refused([...none, '--sample', '10%', '--notes', '2']))[0]).toBe(2)
    expect((await refused([...draw]))[0]).toBe(2)
    expect(await json<Listed[]>(['round', project, '--list'])).toEqual(before)
  })

  it('is listed with how far each coder is, newest first', async () => {
    const five = await json<Drawn>([
      'round',
      project,
      '--coders',
      'Amara,Ben',
      '--name',
      'Main',
      '--notes',
      '4',
    ])
    await code(
      'Ben',
      five.notes.slice(0, 3).map((note) => `${note},,,`),
    )
    const [newest, ...others] = await json<Listed[]>(['round', project, '--list'])
    expect(newest).toMatchObject({
      round: 'Main',
      notes: 4,
      coders: [
        { name: 'Amara', finished: 0 },
        { name: 'Ben', finished: 3 },
      ],
    })
    expect(others.map(({ round }) => round)).toEqual(['In words', 'Five', 'One', 'Again', 'Pilot'])
  })
})

describe('a second pass and the consensus by script', () => {
  it('are coders of their own to agree with, and count in no table of everybody', async () => {
    const [note, other] = (await json<Array<{ id: string }>>(['notes', project])).map(({ id }) => id) as [
      string,
      string,
    ]
    await code('Amara', [`${note},Neglect,0,4`, `${other},,,`])
    await code('Amara (again)', [`${note},Neglect,0,4`, `${other},Neglect,0,4`])
    await code('Consensus', [`${note},Neglect,0,4`, `${other},Neglect,0,4`])
    const against = (names: string) =>
      json<{ coders: string[]; codes: Array<{ counts: unknown }> }>([
        'agree',
        project,
        '--coders',
        names,
        '--codes',
        'Neglect',
        '--bootstrap',
        '0',
      ])
    expect(await against('Amara,Amara (again)')).toMatchObject({
      coders: ['Amara', 'Amara (again)'],
      codes: [{ counts: { both: 1, first: 0, second: 1, neither: 0 } }],
    })
    expect((await against('Amara (again),Consensus')).codes[0]?.counts).toEqual({
      both: 2,
      first: 0,
      second: 0,
      neither: 0,
    })
    const neglect = async (more: string[]) =>
      (await json<Themes>(['themes', project, ...more])).codes.find(({ code: path }) =>
        path.endsWith('Neglect'),
      )
    expect(await neglect([])).toMatchObject({ notes: 1, codings: 1 })
    expect(await neglect(['--coders', 'Consensus'])).toMatchObject({ notes: 2, codings: 2 })
    expect((await json<{ ok: boolean }>(['verify', project])).ok).toBe(true)
  })
})
