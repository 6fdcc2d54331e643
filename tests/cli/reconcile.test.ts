import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { json, understory } from './command.ts'
import { NOTE_1, smallStudy } from './small-study.ts'

const { folder, project, file, make, code } = smallStudy(['qualifier.assertion'])

type Found = {
  id: string
  note: string
  kind: string
  decided?: { decision: string; reason: string; by: string; isStale: boolean }
}
type Report = { decided: number; left: number; consensus: number; later: number; agreements: number }
type Coding = { note: string; code: string; start: number | null; end: number | null; qualifiers: object }

const NOTES = [NOTE_1, 'N2,"A settled week at home. No thoughts of harm."']

const list = (...more: string[]) =>
  json<Found[]>(['disagreements', project, '--coders', 'Amara,Ben', ...more])

function table(rows: readonly string[], header = 'disagreement,decision,code,start,end,reason'): string {
  return file('decisions.csv', [header, ...rows])
}
const reconcile = (rows: readonly string[], ...more: string[]) =>
  json<Report>(['reconcile', project, '--from', table(rows), ...more])

const consensus = async () =>
  (await json<Coding[]>(['codings', project, '--coder', 'Consensus'])).map(
    ({ note, code: path, start, end, qualifiers }) =>
      `${note} ${path} ${start}-${end} ${Object.values(qualifiers).join()}`.trim(),
  )

let ids: string[] = []

beforeAll(async () => {
  await make(NOTES, ['Violence', 'Harm', 'Police', 'Sleep', 'Settled'])
  await code('Amara', [
    'N1,Violence,2,13,affirmed',
    'N1,Police,28,45,',
    'N1,Sleep,60,75,',
    'N1,Harm,2,26,',
    'N2,Settled,,,',
  ])
  await code('Ben', [
    'N1,Violence,2,13,negated',
    'N1,Harm,35,58,',
    'N1,Sleep,63,75,',
    'N1,Harm,2,26,',
    'N2,,,,',
  ])
  ids = (await list()).map(({ id }) => id)
})

/** Tests of this block build on each other: together they are one person's script. */
describe('decisions by script', () => {
  it('are about disagreements between whoever is found to disagree', async () => {
    expect((await list()).map(({ kind }) => kind)).toEqual(['qualifier', 'code', 'edges', 'note'])
  })

  it('that cannot be meant refuse the whole table, and nothing is changed', async () => {
    const good = `${ids[2]},union,,,,`
    const before = await json<{ entries: number }>(['verify', project])
    const refused = async (row: string, ...more: string[]) => {
      const file = table([good, row])
      const { status, stdout, stderr } = await understory([
        'reconcile',
        project,
        '--from',
        file,
        '--json',
        ...more,
      ])
      expect([status, stdout]).toEqual([1, ''])
      return stderr
    }
    expect(await refused('0123456789abcdef,both,,,,')).toMatch(
      /^error not-found: Row 2: there is no disagreement 0123/,
    )
    expect(await refused(`${ids[1]},Nobody,,,,`)).toMatch(/^error not-found: Row 2: "Nobody" is no decision/)
    expect(await refused(`${ids[1]},own,Nothing,0,4,`)).toMatch(
      /^error not-found: Row 2: There is no code "Nothing"/,
    )
    expect(await refused(`${ids[1]},own,,0,4,`)).toMatch(/^error bad-arguments: Row 2: own needs a code/)
    expect(await refused(`${ids[1]},own,Police,70,77,`)).toMatch(
      /^error bad-arguments: Row 2: 70 to 77 does not lie in note N1/,
    )
    expect(await refused(`${ids[1]},own,Police,9,4,`)).toMatch(
      /^error import-failed: Row 2 of the table of decisions ends/,
    )
    expect(await refused(`${ids[0]},union,,,,`)).toMatch(
      /^error bad-arguments: Row 2: .*contradict each other in assertion/,
    )
    expect(await refused(`${ids[2]},both,,,,`)).toMatch(
      /^error bad-arguments: Row 2: the disagreement .* is decided in row 1 already/,
    )
    expect(await refused(`${ids[1]},both,,,,`, '--as', 'Ben')).toMatch(
      /^error not-allowed: Only a lead or an adjudicator/,
    )
    expect(await json(['verify', project])).toMatchObject({ ok: true, entries: before.entries })
    expect((await understory(['reconcile', project])).status).toBe(2)
    expect((await understory(['reconcile', project, '--rule', 'overlap'])).status).toBe(2)
  })

  it('go into the consensus layer, and leave what the coders said as it is', async () => {
    const before = await json<Coding[]>(['codings', project, '--coder', 'Ben'])
    const rows = [
      `${ids[0]},Amara,,,,"She says so."`,
      `${ids[1]},own,Police,28,58,`,
      `${ids[2]},intersection,,,,`,
      `${ids[3]},later,,,,Ask the lead`,
    ]
    expect(await reconcile(rows)).toEqual({ decided: 3, left: 1, consensus: 3, later: 1, agreements: 0 })
    expect(await consensus()).toEqual(['N1 Violence 2-13 affirmed', 'N1 Police 28-58', 'N1 Sleep 63-75'])
    expect(await json(['codings', project, '--coder', 'Ben'])).toEqual(before)
    expect(await list()).toMatchObject([
      { id: ids[3], decided: { decision: 'later', reason: 'Ask the lead', isStale: false } },
    ])
    expect((await list('--all')).map(({ decided }) => decided?.decision)).toEqual([
      'Amara',
      'own',
      'intersection',
      'later',
    ])
    const { entries } = await json<{ entries: number }>(['verify', project])
    expect(await reconcile(rows)).toEqual({ decided: 0, left: 1, consensus: 3, later: 0, agreements: 0 })
    expect(await json(['verify', project])).toMatchObject({ ok: true, entries })
  })

  it('made again replace what they had put there', async () => {
    expect(await reconcile([`${ids[1]},both,,,,`, `${ids[2]},neither,,,,`])).toMatchObject({
      decided: 2,
      left: 1,
      consensus: 3,
    })
    expect(await consensus()).toEqual(['N1 Violence 2-13 affirmed', 'N1 Police 28-45', 'N1 Harm 35-58'])
  })

  it('by the rule take over what all coded alike, once', async () => {
    const report = await json<Report>(['reconcile', project, '--rule', 'same'])
    expect(report).toEqual({ decided: 1, left: 1, consensus: 4, later: 0, agreements: 1 })
    expect(await consensus()).toContain('N1 Harm 2-26')
    expect(await json<Report>(['reconcile', project, '--rule', 'same,overlap:50'])).toMatchObject({
      decided: 0,
      consensus: 4,
    })
  })

  it('are stale as soon as a coding they are about is another', async () => {
    await code('Ben', ['N1,Sleep,66,75,'])
    const stale = await list()
    expect(stale).toMatchObject([
      { kind: 'edges', decided: { decision: 'neither', by: 'the command line', isStale: true } },
      { id: ids[3] },
    ])
    expect(await reconcile([`${stale[0]?.id},union,,,,`])).toMatchObject({
      decided: 1,
      left: 1,
      consensus: 5,
    })
    expect(await list()).toMatchObject([{ id: ids[3] }])
  })
})

describe('rules', () => {
  it('decide about edges by how much of all words is common, in characters', async () => {
    const other = join(folder, 'rules.understory')
    await json(['create', other, '--template', 'empty'])
    const notes = join(folder, 'notes.csv')
    await json(['import', other, notes])
    await json(['codebook', 'import', other, join(folder, 'book.csv')])
    const codings = async (coder: string, rows: readonly string[]) => {
      const file = join(folder, 'more.csv')
      writeFileSync(file, ['note,code,start,end', ...rows].join('\n'))
      await json(['code', other, '--coder', coder, '--from', file, '--finished', 'all'])
    }
    await codings('Amara', ['N1,Sleep,0,10', 'N1,Police,28,45', 'N2,Settled,0,10'])
    await codings('Ben', ['N1,Sleep,0,8', 'N1,Police,36,45', 'N2,Settled,0,10'])
    const rule = (words: string) => json<Report>(['reconcile', other, '--rule', words])
    expect(await rule('overlap:81')).toMatchObject({ decided: 0, left: 2, consensus: 0 })
    expect(await rule('overlap:80:longest')).toMatchObject({ decided: 1, left: 1, consensus: 1 })
    expect(await rule('same, overlap:50:intersection')).toMatchObject({
      decided: 2,
      left: 0,
      consensus: 3,
      agreements: 1,
    })
    const made = await json<Coding[]>(['codings', other, '--coder', 'Consensus'])
    expect(made.map(({ code: path, start, end }) => [path, start, end])).toEqual([
      ['Sleep', 0, 10],
      ['Police', 36, 45],
      ['Settled', 0, 10],
    ])
  })
})
