/** Seals on real encrypted files: when they are made, by whom, and what they show. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { newId } from '../../electron/store/file/new-id.ts'
import { type Entry, entryHash, FIRST_HASH } from '../../electron/store/journal/entry.ts'
import { exportCodebook, printableCodebook } from '../../electron/store/reports/codebook.ts'
import { journalLine } from '../../electron/store/reports/document-head.ts'
import { KEY_NAME } from '../../electron/store/team/signing-keys.ts'
import { verify } from '../../electron/store/verify/verify.ts'
import type { CoderId, RoundId } from '../../shared/contract/basics.ts'
import { coderId } from '../ids.ts'
import { asking, openHandlers } from './open-handlers.ts'
import { addCode, addNotes, applyCode } from './project-content.ts'
import { makeProject, openProject, PASSPHRASE, temporaryFolder } from './temporary-project.ts'

type Project = ReturnType<typeof makeProject>

function study() {
  const project = makeProject()
  const [amara, ben] = ['Amara', 'Ben'].map((name) => project.addCoder(name).id) as [CoderId, CoderId]
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
    again.seal('backup')
    expect(sealsOf(again)).toHaveLength(1)
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

  it('is not made at the end of a session in which all was refused', () => {
    const { project, amara } = study()
    project.close()
    const again = openProject(project.path)
    const before = entriesOf(again)
    expect(() => again.change(coderId('nobody'), 'coder.rename', { id: amara, name: 'Zoe' })).toThrow()
    again.close()
    const third = openProject(project.path)
    expect([sealsOf(third).length, entriesOf(third)]).toEqual([1, before])
  })

  it('is the person’s, whichever of their layers they code in', () => {
    const { project, amara } = study()
    const pass = project.addConsensus(amara).id
    project.activate(amara)
    project.activate(pass)
    // As the window says it.
    project.signer = () => project.person()
    project.seal('export')
    expect(sealsOf(project).map(({ coder }) => coder)).toEqual([amara])
  })
})

describe('opening a project that a script made', () => {
  it('makes nobody, and leaves the journal as it was', () => {
    const project = makeProject()
    const before = entriesOf(project)
    project.close()
    // The key by which a command seals is made with its first seal.
    expect(entriesOf(openProject(project.path))).toBe(before + 1)
  })
})

describe('a key under a PIN', () => {
  it('signs only once the PIN was given, and lies in the file encrypted alone', () => {
    const { project, amara } = study()
    project.keys.rewrap(amara, null, '258036')
    project.close()
    const again = openProject(project.path)
    again.signer = () => amara
    expect(sealsOf(again)).toHaveLength(1)
    again.addCoder('Chloe')
    again.seal('export')
    expect(sealsOf(again)).toHaveLength(1)
    again.keys.unlock(amara, '258036')
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
    project.keys.rewrap(amara, null, '258036')
    project.keys.rewrap(amara, '258036', '1470')
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

/** Makes all hashes anew, as somebody does who has changed an entry and knows how the chain is made. */
function remakeHashes({ db }: Project): void {
  let hash = FIRST_HASH
  for (const entry of db.prepare('SELECT * FROM journal ORDER BY seq').all() as Entry[]) {
    const prev_hash = hash
    hash = entryHash({ ...entry, prev_hash })
    db.prepare('UPDATE journal SET prev_hash = ?, hash = ? WHERE seq = ?').run(prev_hash, hash, entry.seq)
  }
}

/** Amara's coding ends a character further on than she made it, everywhere and without a seam. */
function rewrite(project: Project): void {
  project.db.exec(`UPDATE journal SET payload = replace(payload, '"end":3', '"end":4') WHERE kind = 'codings.apply';
    UPDATE coding SET end_at = 4 WHERE end_at = 3`)
  remakeHashes(project)
}

function sealedTwice() {
  const { project, amara, ben, code } = study()
  project.seal('export')
  applyCode(project, amara, 'N1', code, [0, 3])
  project.seal('backup')
  const sealed = entriesOf(project)
  applyCode(project, ben, 'N1', code, [4, 8])
  return { project, amara, ben, code, sealed }
}

describe('verify', () => {
  it('says which entries are sealed by whom, and which are not sealed yet', () => {
    const { project, ben, sealed } = sealedTwice()
    const { ok, seals, unsealed, entries } = verify(project.db)
    expect([ok, unsealed]).toEqual([true, entries - sealed])
    expect(seals.map(({ coder, from, to, occasion, isGood }) => [coder, from, to, occasion, isGood])).toEqual(
      [
        ['Amara', 1, sealed - 1, 'export', true],
        ['Amara', sealed, sealed, 'backup', true],
      ],
    )
    project.signer = () => ben
    project.seal('export')
    const later = verify(project.db)
    expect(later.seals.at(-1)).toMatchObject({ coder: 'Ben', from: sealed + 1, to: later.entries })
    expect(later.unsealed).toBe(0)
  })

  it('does not see a rewritten entry whose hashes were all made anew, where nothing is sealed', () => {
    const { project, amara, code } = study()
    applyCode(project, amara, 'N1', code, [0, 3])
    rewrite(project)
    expect(verify(project.db)).toMatchObject({ ok: true, seals: [], unsealed: entriesOf(project) })
  })

  it('names a rewritten entry by the first seal that does not fit, and tells since when', () => {
    const { project, sealed } = sealedTwice()
    rewrite(project)
    const report = verify(project.db)
    expect(report).toMatchObject({ ok: false, chain: true, replay: true })
    // What was sealed before it still fits.
    expect(report.problems).toEqual([
      expect.stringMatching(
        new RegExp(
          `^seals: entries ${sealed} to ${sealed} were taken off or rewritten since \\d+ \\w+ \\d{4} \\d\\d:\\d\\d, sealed by Amara$`,
        ),
      ),
    ])
    expect(report.seals.map(({ isGood }) => isGood)).toEqual([true, false])
    expect(report.unsealed).toBe(report.entries - sealed + 1)
  })

  it('names entries taken off the end, together with all that they did', () => {
    const { project, sealed } = sealedTwice()
    const { db } = project
    db.exec(`DELETE FROM subject WHERE seq >= ${sealed}; DELETE FROM effect WHERE seq >= ${sealed}; DELETE FROM journal WHERE seq >= ${sealed};
      DELETE FROM coding; DELETE FROM sqlite_sequence WHERE name = 'coding'`)
    const report = verify(db)
    expect(report).toMatchObject({ ok: false, chain: true, replay: true, unsealed: 0 })
    expect(report.problems).toEqual([
      expect.stringContaining(`seals: entries ${sealed} to ${sealed} were taken off or rewritten since`),
    ])
  })

  it('misses no seal that was taken away: its entries are not sealed, as if nobody had', () => {
    const { project, sealed } = sealedTwice()
    project.db.exec(`DELETE FROM seal WHERE entries = ${sealed}`)
    expect(verify(project.db)).toMatchObject({ ok: true, unsealed: 2 })
  })

  it('names a seal made with a key that the journal does not know as that person’s', () => {
    const { project, ben, sealed } = sealedTwice()
    const forger = makeProject()
    forger.addCoder('Somebody')
    forger.db
      .prepare(`UPDATE setting SET value = (SELECT ?) WHERE name = 'id'`)
      .run(project.db.prepare(`SELECT value FROM setting WHERE name = 'id'`).pluck().get())
    const head = newest(project)
    forger.seal('export')
    project.db
      .prepare(
        `INSERT INTO seal (replica, entries, hash, coder, public_key, signature, wall, occasion)
         VALUES (@replica, @entries, @hash, @coder, @public_key, @signature, @wall, @occasion)`,
      )
      .run({ ...sealsOf(forger)[0], coder: ben, hash: head.hash, entries: head.seq })
    const report = verify(project.db)
    expect(report.problems).toEqual([expect.stringMatching(/^seals: the seal of .*by Ben.* is no good/)])
    expect(report.unsealed).toBe(report.entries - sealed)
  })
})

describe('what leaves the project', () => {
  it('says which journal it is from, as it stands in the file', async () => {
    const { project } = study()
    const { seq, hash } = newest(project)
    const line = journalLine(project.db, null)
    expect(line).toMatch(
      new RegExp(
        `^Journal head ${String(hash).slice(0, 16)}, ${seq} entries, \\d+ \\w+ \\d{4} \\d\\d:\\d\\d$`,
      ),
    )
    const { html } = await printableCodebook(project.db, 'asIs')
    expect(html).toContain(line)
    const file = join(temporaryFolder(), 'codebook.md')
    await exportCodebook(project.db, file, 'md', 'asIs')
    expect(readFileSync(file, 'utf8')).toContain(line)
  })

  it('does not say it to somebody from whom a blind round keeps work, and shows them no seals', async () => {
    const { project, amara, ben } = study()
    project.change(amara, 'round.add', {
      id: newId<RoundId>(),
      name: 'Blind',
      coders: [amara, ben],
      notes: ['N1'],
      isBlind: true,
      drawn: null,
    })
    project.seal('export')
    const { html } = await printableCodebook(project.db, 'asIs', { viewer: amara })
    expect(html).toContain('The journal head is left out')
    expect(html).not.toContain('Journal head')
    expect(verify(project.db, { viewer: amara })).toMatchObject({ ok: true, seals: [], unsealed: null })
    expect(verify(project.db).seals).toHaveLength(1)
    const keys = (viewer: CoderId | null) =>
      project.history.list(null, 50, {}, viewer).rows.filter(({ kind }) => kind === 'coder.key')
    expect([keys(amara).length, keys(null).length]).toEqual([0, 1])
  })

  it('is sealed when it has left through the window, by whoever sits there', async () => {
    const { project, amara, ben } = study()
    project.activate(amara)
    project.signer = () => ben
    project.close()
    const folder = temporaryFolder()
    const handlers = openHandlers((ticket) => [ticket === 'the study' ? project.path : join(folder, ticket)])
    const ask = asking(handlers)
    await ask('project.open', { ticket: 'the study', passphrase: PASSPHRASE })
    await ask('codes.exportFile', { ticket: 'codebook.md', format: 'md', identifiers: 'asIs' })
    const { seals, entries } = await ask('project.verify', {})
    expect(seals.at(-1)).toMatchObject({ coderId: amara, occasion: 'export', to: entries, isGood: true })
    // The newest entry makes the key known that sealed for the first time.
    expect(readFileSync(join(folder, 'codebook.md'), 'utf8')).toContain(`, ${entries - 1} entries, `)
    handlers.closeProject()
  })
})
