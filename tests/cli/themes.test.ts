import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { json, understory, workFolder } from './command.ts'

const folder = workFolder()
const inFolder = (name: string) => join(folder, name)
const project = inFolder('study.understory')

type Themes = {
  counted: {
    words: string
    rule: string
    layer: string
    coders: string[]
    notes: string
    affirmedOnly: boolean
    notesOutOf: number
    setAside: Array<{ qualifier: string; value: string | null; codings: number }>
  }
  notes: number
  codes: Array<{ code: string; notes: number; notesPercent: number | null; codings: number }>
}
const themes = (...more: string[]) => json<Themes>(['themes', project, ...more])
const neglect = ({ codes }: Themes) => codes.find(({ code }) => code === 'Maltreatment > Neglect')

/** Tests of this block build on each other: together they are one person's script. */
describe('themes by script', () => {
  it('count the finished notes and what is affirmed in them, and say so', async () => {
    await json(['create', project, '--template', 'safeguarding'])
    writeFileSync(
      inFolder('notes.csv'),
      'id,case,text\n1,A,Left alone.\n2,A,Not neglected.\n3,B,Left alone.\n4,B,Fed.\n',
    )
    writeFileSync(inFolder('map.json'), JSON.stringify({ text: 'text', noteId: 'id', caseId: 'case' }))
    await json([
      'import',
      project,
      inFolder('notes.csv'),
      '--map',
      inFolder('map.json'),
      '--identifiers',
      'off',
    ])
    const code = async (coder: string, rows: string, finished: string) => {
      writeFileSync(inFolder('codings.csv'), `note,code,start,end,qualifier.assertion\n${rows}\n`)
      await json([
        'code',
        project,
        '--coder',
        coder,
        '--from',
        inFolder('codings.csv'),
        '--finished',
        finished,
      ])
    }
    await code('Ben', '1,Neglect,0,4,\n2,Neglect,0,3,negated\n4,,,,', 'listed')
    await code('Ben', '3,Neglect,0,4,', 'none')
    await code('Consensus', '3,Neglect,0,4,', 'listed')
    const found = await themes('--coders', 'Ben')
    expect(found.counted).toMatchObject({
      words: 'Ben’s codings, finished notes only (3 of 4), affirmed only',
      layer: 'coder',
      coders: ['Ben'],
      notes: 'finished',
      affirmedOnly: true,
      notesOutOf: 4,
      setAside: [{ qualifier: 'assertion', value: 'negated', codings: 1 }],
    })
    expect(found.notes).toBe(3)
    expect(neglect(found)).toMatchObject({ notes: 1, notesPercent: 33.3333, codings: 1 })
  })

  it('count all notes, all mentions, some of them, or the consensus when asked to', async () => {
    const every = await themes('--coders', 'Ben', '--notes', 'all', '--no-affirmed-only')
    expect(every.counted.words).toBe(
      'Ben’s codings, all notes, finished or not (4 of 4), negated and other mentions too',
    )
    expect(neglect(every)).toMatchObject({ notes: 3, notesPercent: 75 })
    const negated = await themes('--coders', 'Ben', '--qualifier', 'assertion=negated')
    expect(negated.counted.words).toBe('Ben’s codings, finished notes only (3 of 4), assertion negated')
    expect(neglect(negated)).toMatchObject({ notes: 1 })
    const agreed = await themes('--coders', 'Consensus')
    expect(agreed.counted).toMatchObject({ layer: 'consensus' })
    expect(neglect(agreed)).toMatchObject({ notes: 1, notesPercent: 100 })
  })

  it('are written with paths, shares and what was counted, small counts hidden', async () => {
    const file = inFolder('themes.csv')
    const said = await understory(['themes', project, '--coders', 'Ben', '--suppress', '2', '-o', file])
    expect(said.stdout).toContain('Ben’s codings, finished notes only (3 of 4), affirmed only.')
    const [header, totals, ...rows] = readFileSync(file, 'utf8').trimEnd().split('\n') as [
      string,
      string,
      ...string[],
    ]
    expect(header).toBe('level,code,path,notes,notes_percent,cases,cases_percent,codings,counted')
    expect(totals).toMatch(/^0,\(all counted notes\),,3,100,2,100,,/)
    const row = rows.find((line) => line.includes(',Neglect,'))
    expect(row).toMatch(/^2,Neglect,Maltreatment > Neglect,<2,,<2,,<2,"?Ben’s codings, finished notes only/)
    // One coding set aside is a small count as well.
    expect(row).not.toContain('Set aside')
    const wrong = await understory(['themes', project, '-o', inFolder('themes.txt')])
    expect([wrong.status, wrong.stderr]).toEqual([2, expect.stringContaining('.csv or .json')])
  })
})
