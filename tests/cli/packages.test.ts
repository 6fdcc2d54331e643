/** package, join and merge by script: three people, each with a file of their own. */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { json, understory, workFolder } from './command.ts'

const folder = workFolder()
const at = (name: string) => join(folder, name)
const lead = at('lead.understory')
const ben = at('ben.understory')

type Merged = {
  entries: { new: number; known: number; void: unknown[] }
  coders: Record<string, number>
  conflicts: unknown[]
  notes: { new: number; sameTexts: number; differentTexts: string[] }
}
type Verified = { ok: boolean; codings: number; problems: string[] }

async function code(project: string, coder: string, rows: readonly string[]): Promise<void> {
  writeFileSync(at('codings.csv'), ['note,code,start,end', ...rows].join('\n'))
  await json(['code', project, '--coder', coder, '--from', at('codings.csv'), '--finished', 'listed'])
}

beforeAll(async () => {
  await json(['create', lead])
  writeFileSync(
    at('notes.csv'),
    'id,text\nN1,Mum shouted at him again.\nN2,A settled week at home.\nN3,School rang about sleep.\n',
  )
  await json(['import', lead, at('notes.csv')])
  writeFileSync(at('codes.csv'), 'name\nNeglect\nViolence\n')
  await json(['codebook', 'import', lead, at('codes.csv')])
  await code(lead, 'Amara', ['N1,Neglect,0,11'])
  await code(lead, 'Ben', [])
})

/** Tests of this block build on each other: together they are one team's week. */
describe('a team by script', () => {
  it('begins with a package, which a passphrase opens at the cost that age has', async () => {
    const made = await json(['package', lead, '--for', 'Ben', '-o', at('ben.age')])
    expect(made).toMatchObject({ for: 'Ben', texts: 3, isForKeys: false })
    const file = readFileSync(at('ben.age'))
    expect(file.toString('latin1')).toMatch(/^age-encryption\.org\/v1\n-> scrypt \S+ 18\n/)
    expect(file.includes('Mum')).toBe(false)
    expect(await json(['join', at('ben.age'), '-o', ben])).toMatchObject({ coder: 'Ben', notes: 3, codes: 2 })
    expect(await json<Verified>(['verify', ben])).toMatchObject({ ok: true, codings: 0 })
  })

  it('goes on apart, and the work comes back: looked at first, taken in once', async () => {
    await code(ben, 'Ben', ['N1,Violence,0,11', 'N3,Neglect,0,6'])
    const back = await json(['package', ben, '--for', 'Amara', '-o', at('back.age')])
    expect(back).toMatchObject({ texts: 0 })
    const before = await json<Verified>(['verify', lead])
    const dry = await json<Merged>(['merge', lead, at('back.age'), '--dry-run'])
    expect(await json<Verified>(['verify', lead])).toEqual(before)
    const merged = await json<Merged>(['merge', lead, at('back.age')])
    expect(merged).toEqual(dry)
    expect(merged).toMatchObject({ entries: { known: 0, void: [] }, conflicts: [] })
    expect(await json<Verified>(['verify', lead])).toMatchObject({ ok: true, codings: 3 })
    const again = await json<Merged>(['merge', lead, at('back.age')])
    expect(again.entries).toEqual({ new: 0, known: merged.entries.new, void: [] })
    const { stdout } = await understory(['merge', lead, at('back.age')])
    expect(stdout).toMatch(/^Nothing new in/)
  })

  it('sends what is new under the key of the laptop that has shown itself, without a text', async () => {
    const made = await json(['package', lead, '--for', 'Ben', '-o', at('again.age')])
    expect(made).toMatchObject({ texts: 0, isForKeys: true })
    expect((await json<Merged>(['merge', ben, at('again.age')])).entries).toMatchObject({ new: 0, void: [] })
    const { status, stderr } = await understory(['join', at('again.age'), '-o', at('other.understory')])
    expect([status, stderr]).toEqual([
      1,
      expect.stringMatching(/^error wrong-passphrase: .*for somebody else/),
    ])
  })

  it('refuses a damaged package, one for somebody else, and what is none', async () => {
    const damaged = readFileSync(at('back.age'))
    damaged[damaged.length - 9_000] = (damaged[damaged.length - 9_000] as number) ^ 1
    writeFileSync(at('damaged.age'), damaged)
    await json(['package', lead, '--for', 'Amara', '-o', at('amara.age')])
    const refusals: string[] = []
    for (const [project, file] of [
      [lead, 'damaged.age'],
      [ben, 'amara.age'],
      [lead, 'notes.csv'],
      [lead, 'nothing.age'],
      [lead, 'lead.understory'],
    ] as const) {
      const { status, stderr, stdout } = await understory(['merge', project, at(file), '--json'])
      expect([status, stdout]).toEqual([1, ''])
      refusals.push(/error [a-z-]+/.exec(stderr)?.[0] ?? stderr)
    }
    expect(refusals).toEqual([
      'error project-damaged',
      'error not-allowed',
      'error not-a-project',
      'error file-not-found',
      'error bad-arguments',
    ])
    const { stderr } = await understory(['package', lead, '--for', 'Zed', '-o', at('zed.age')])
    expect(stderr).toMatch(/^error not-found: There is no coder called Zed\. This project knows Amara, Ben/)
  })
})

it('two copies of a file that scripts go on with are two, and come together', async () => {
  copyFileSync(lead, at('copy.understory'))
  await code(lead, 'Amara', ['N2,Neglect,0,9'])
  await code(at('copy.understory'), 'Ben', ['N2,Violence,0,9'])
  const merged = await json<Merged>(['merge', lead, at('copy.understory')])
  expect(merged).toMatchObject({ entries: { void: [] }, conflicts: [] })
  expect((await json<Merged>(['merge', at('copy.understory'), lead])).entries.void).toEqual([])
  for (const file of [lead, at('copy.understory')])
    expect(await json<Verified>(['verify', file])).toMatchObject({ ok: true, codings: 5 })
})
