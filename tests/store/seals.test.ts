/** Seals on real encrypted files: when they are made, by whom, and what they show. */
import { describe, expect, it } from 'vitest'
import { KEY_NAME } from '../../electron/store/signing-keys.ts'
import { addCode, addNotes, applyCode } from './project-content.ts'
import { makeProject, openProject } from './temporary-project.ts'

type Project = ReturnType<typeof makeProject>

function study() {
  const project = makeProject()
  const [amara, ben] = ['Amara', 'Ben'].map((name) => project.addCoder(name).id) as [string, string]
  project.signer = () => amara
  addNotes(project, amara, { N1: 'Mum shouted. Police came twice.' })
  return { project, amara, ben, code: addCode(project, amara, 'Neglect') }
}

const sealsOf = (project: Project) =>
  project.db.prepare('SELECT * FROM seal ORDER BY entries, wall').all() as Array<Record<string, unknown>>
const keysOf = (project: Project) =>
  project.db.prepare(`SELECT name, value FROM local WHERE name LIKE '${KEY_NAME}%'`).all() as Array<{
    name: string
    value: string
  }>
const entriesOf = (project: Project) =>
  project.db.prepare('SELECT count(*) FROM journal').pluck().get() as number
const newest = (project: Project) =>
  project.db.prepare('SELECT seq, kind, payload, hash FROM journal ORDER BY seq DESC').get() as Record<
    string,
    unknown
  >

describe('a seal', () => {
  it('is put under the journal when a session that changed something ends, with the key’s own entry in it', () => {
    const { project, amara } = study()
    project.close()
    const again = openProject(project.path)
    expect(newest(again)).toMatchObject({ kind: 'coder.key' })
    const [seal, ...others] = sealsOf(again)
    expect(others).toEqual([])
    expect(seal).toMatchObject({ coder: amara, entries: newest(again).seq, hash: newest(again).hash })
    expect(seal?.occasion).toBe('close')
    expect(JSON.parse(String(newest(again).payload)).publicKey).toBe(seal?.public_key)
  })

  it('is not made by looking, nor twice by one key under the same entries', () => {
    const { project, ben, code } = study()
    project.close()
    const looked = openProject(project.path)
    const before = entriesOf(looked)
    looked.close()
    const again = openProject(project.path)
    expect([sealsOf(again).length, entriesOf(again)]).toEqual([1, before])
    again.signer = () => ben
    again.seal('export')
    again.seal('backup')
    again.seal('export')
    expect(sealsOf(again).map(({ coder, occasion }) => [coder, occasion])).toEqual([
      [expect.any(String), 'close'],
      [ben, 'export'],
    ])
    applyCode(again, ben, 'N1', code, [0, 3])
    again.close()
    const third = openProject(project.path)
    expect(sealsOf(third).map(({ occasion }) => occasion)).toEqual(['close', 'export', 'close'])
  })

  it('is the person’s, whichever of their layers they code in', () => {
    const { project, amara } = study()
    const pass = project.addConsensus(amara, 'all-of-us').id
    project.activate(amara)
    project.activate(pass)
    project.signer = () => pass
    project.seal('export')
    expect(sealsOf(project).map(({ coder }) => coder)).toEqual([amara])
  })
})

describe('a key under a PIN', () => {
  it('signs only once the PIN was given, and lies in the file encrypted alone', () => {
    const { project, amara } = study()
    project.keys.rewrap(amara, null, '2580')
    project.close()
    const again = openProject(project.path)
    again.signer = () => amara
    expect(sealsOf(again)).toHaveLength(1)
    again.addCoder('Chloe')
    again.seal('export')
    expect(sealsOf(again)).toHaveLength(1)
    again.keys.unlock(amara, '2580')
    again.seal('export')
    expect(sealsOf(again)).toHaveLength(2)
    expect(new Set(sealsOf(again).map(({ public_key }) => public_key)).size).toBe(1)
    again.keys.lock(amara)
    again.addCoder('Dev')
    again.seal('export')
    expect(sealsOf(again)).toHaveLength(2)
    expect(keysOf(again).map(({ value }) => JSON.parse(value).privateKey.split('\n')[0])).toEqual([
      '-----BEGIN ENCRYPTED PRIVATE KEY-----',
    ])
  })

  it('stays the same key under another PIN, and is a new one where the old PIN is not known', () => {
    const { project, amara } = study()
    project.seal('export')
    project.keys.rewrap(amara, null, '2580')
    project.keys.rewrap(amara, '2580', '1470')
    project.addCoder('Chloe')
    project.seal('export')
    project.keys.rewrap(amara, 'forgotten', '3690')
    project.seal('export')
    const keys = sealsOf(project).map(({ public_key }) => public_key)
    expect(keys[0]).toBe(keys[1])
    expect(keys).toHaveLength(3)
    expect(keys[2]).not.toBe(keys[0])
  })
})
