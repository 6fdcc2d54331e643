import { beforeAll, describe, expect, it } from 'vitest'
import { json, understory } from './command.ts'
import { NOTE_1, smallStudy } from './small-study.ts'

const { project, make, code } = smallStudy(['memo', 'qualifier.assertion'])

type Found = {
  id: string
  note: string
  kind: string
  segments: Array<{
    coder: string
    code: string
    start: number | null
    end: number | null
    quote: string
    memo: string
  }>
}

const NOTES = [
  NOTE_1,
  'N2,"A settled week at home. No thoughts of harm."',
  'N3,"Left home alone most nights."',
]

const disagreements = (...more: string[]) => json<Found[]>(['disagreements', project, ...more])
const shortly = (found: readonly Found[]) =>
  found.map(({ note, kind, segments }) => [
    note,
    kind,
    ...segments.map(({ coder, code: path, start, end }) => `${coder} ${path} ${start}-${end}`),
  ])

beforeAll(async () => {
  await make(NOTES, ['Harm', 'Harm > Violence', 'Police', 'Sleep', 'Settled'])
  await code('Amara', [
    'N1,Violence,2,13,Loud.,affirmed',
    'N1,Police,28,45,,',
    'N1,Sleep,60,75,,',
    'N2,Settled,,,,',
    'N3,,,,,',
  ])
  await code('Ben', ['N1,Violence,2,13,,negated', 'N1,Harm,35,58,,', 'N1,Sleep,63,75,,', 'N2,,,,,'])
  await code('Chi', ['N1,Violence,2,13,,negated'])
})

describe('disagreements', () => {
  it('are listed by note and position, in code points, with the words', async () => {
    const found = await disagreements('--coders', 'Amara,Ben')
    expect(shortly(found)).toEqual([
      ['N1', 'qualifier', 'Amara Harm > Violence 2-13', 'Ben Harm > Violence 2-13'],
      ['N1', 'code', 'Amara Police 28-45', 'Ben Harm 35-58'],
      ['N1', 'edges', 'Amara Sleep 60-75', 'Ben Sleep 63-75'],
      ['N2', 'note', 'Amara Settled null-null'],
    ])
    expect(found[0]?.segments[0]).toEqual({
      ...{ coder: 'Amara', code: 'Harm > Violence', start: 2, end: 13, quote: 'Mum shouted', memo: 'Loud.' },
      qualifiers: { assertion: 'affirmed' },
    })
    expect(found[3]?.segments[0]?.quote).toBe('A settled week at home. No thoughts of harm.')
  })

  it('have ids that stay as they are, whoever is named first and however the list is narrowed', async () => {
    const ids = (found: readonly Found[]) => found.map(({ id }) => id)
    const all = await disagreements('--coders', 'Amara,Ben')
    expect(new Set(ids(all)).size).toBe(4)
    for (const { id } of all) expect(id).toMatch(/^[0-9a-f]{16}$/)
    expect(ids(await disagreements('--coders', 'Ben,Amara'))).toEqual(ids(all))
    expect(ids(await disagreements('--coders', 'Amara,Ben', '--code', 'Harm'))).toEqual([all[1]?.id])
    await json(['round', project, '--name', 'Pilot', '--coders', 'Amara,Ben', '--notes', '1', '--seed', '2'])
    const inRound = await disagreements('--round', 'Pilot')
    expect(all).toEqual(expect.arrayContaining(inRound))
    expect(inRound.length).toBeLessThan(4)
  })

  it('are those of notes that all have finished', async () => {
    const { stderr, stdout } = await understory(['disagreements', project, '--coders', 'Amara,Ben,Chi'])
    expect(stderr).toContain(
      'Amara, Ben, Chi: 1 notes compared, left out: 1 not finished by Chi; 1 not finished by Ben and Chi',
    )
    expect(stdout).toMatch(/^disagreement {6}note {2}kind/)
    expect(stdout).toMatch(/\n3 disagreements\n$/)
    expect(shortly(await disagreements())).toEqual(shortly(await disagreements('--coders', 'Amara,Ben,Chi')))
  })

  it('are asked for with names that are there, two to ten of them', async () => {
    const refused = async (...args: string[]) => {
      const { status, stdout, stderr } = await understory(['disagreements', project, ...args])
      expect(stdout).toBe('')
      return [status, stderr]
    }
    expect(await refused('--coders', 'Amara')).toEqual([
      2,
      expect.stringMatching(/^error usage: --coders needs two/),
    ])
    expect(await refused('--coders', 'Amara,Nobody')).toEqual([
      1,
      expect.stringMatching(/^error not-found: There is no coder called Nobody/),
    ])
    expect(await refused('--coders', 'Amara,Ben', '--round', 'None')).toEqual([
      1,
      expect.stringMatching(/^error not-found: There is no round None/),
    ])
    expect(await refused('--coders', 'Amara,Ben', '--code', 'None')).toEqual([
      1,
      expect.stringMatching(/^error not-found: There is no code "None"/),
    ])
    expect(await refused('--coders', 'Amara,Amara')).toEqual([
      1,
      expect.stringMatching(/^error bad-arguments/),
    ])
  })
})
