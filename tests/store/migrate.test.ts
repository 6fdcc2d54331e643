/** The road for the file format: payloads of earlier versions, schemas to come, files of newer programs. */
import { copyFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { backupsOf } from '../../electron/store/file/backup-names.ts'
import type { ReadableDb } from '../../electron/store/file/connection.ts'
import { MIGRATIONS, type Migration, migrate } from '../../electron/store/file/migrate.ts'
import { defineChange, upcast, versionOf } from '../../electron/store/journal/change.ts'
import { entryHash } from '../../electron/store/journal/entry.ts'
import { Project } from '../../electron/store/project.ts'
import { verify } from '../../electron/store/verify/verify.ts'
import { addNotes } from './project-content.ts'
import { makeProject, openProject, PASSPHRASE, temporaryFolder } from './temporary-project.ts'

const versionIn = (db: ReadableDb) => db.pragma('user_version', { simple: true })

describe('a payload', () => {
  const change = defineChange({
    payload: z.strictObject({ names: z.array(z.string()), loud: z.boolean() }),
    upcasters: [
      (older) => ({ names: [(older as { name: string }).name] }),
      (older) => ({ ...(older as { names: string[] }), loud: false }),
    ],
    reduce: () => {},
    label: () => '',
  })

  it('of every earlier version becomes today’s, step by step', () => {
    expect(versionOf(change)).toBe(3)
    const today = { names: ['Neglect'], loud: false }
    expect(upcast(change, 1, { name: 'Neglect' })).toEqual(today)
    expect(upcast(change, 2, { names: ['Neglect'] })).toEqual(today)
    expect(upcast(change, 3, { names: ['Neglect'], loud: true })).toEqual({ ...today, loud: true })
  })

  it.each([0, 4, 1.5, Number.NaN])('of version %d is refused kindly', (version) => {
    expect(() => upcast(change, version, {})).toThrow(/install the newest version/)
  })

  it('has its version in the journal, and in the hash of its entry', () => {
    const project = makeProject()
    const [entry] = project.journal.entries()
    if (!entry) throw new Error('no entry')
    expect(entry.version).toBe(1)
    expect(entryHash(entry)).toBe(entry.hash)
    expect(entryHash({ ...entry, version: 2 })).not.toBe(entry.hash)
    project.db.prepare('UPDATE journal SET version = 2 WHERE seq = 1').run()
    expect(verify(project.db).problems.join('\n')).toMatch(/was changed after it was written/)
  })
})

describe('a schema to come', () => {
  const second: Migration = (db) => db.exec('ALTER TABLE note ADD COLUMN mood TEXT')
  const breaking: Migration = (db) => {
    second(db)
    throw new Error('half way')
  }
  const older = () => {
    const project = makeProject()
    const amara = project.addCoder('Amara').id
    addNotes(project, amara, { N1: 'Mum came alone.' })
    project.close()
    return project.path
  }

  it('keeps the file as it was before anything in it is changed, and says where', () => {
    const path = older()
    const project = Project.open(path, PASSPHRASE, undefined, false, { steps: [...MIGRATIONS, second] })
    expect(versionIn(project.db)).toBe(MIGRATIONS.length + 1)
    expect(project.db.prepare('SELECT mood FROM note').pluck().all()).toEqual([null])
    expect(project.notices.map(({ words }) => words)).toEqual([
      'study.understory was made with an older version of Understory and has been brought up to date. As it was it lies in “study backups”.',
    ])
    project.close()
    const [kept, ...others] = backupsOf(path, null)
    expect(others).toEqual([])
    expect(kept?.reason).toBe('migration')
    // Today's program opens what was kept.
    const copy = join(temporaryFolder(), 'copy.understory')
    copyFileSync(kept?.path ?? '', copy)
    expect(verify(openProject(copy).db)).toMatchObject({ ok: true, notes: 1 })
  })

  it('is there as a whole or not at all', () => {
    const path = older()
    const steps = [...MIGRATIONS, breaking]
    expect(() => Project.open(path, PASSPHRASE, undefined, false, { steps })).toThrow('half way')
    const project = openProject(path)
    expect(versionIn(project.db)).toBe(MIGRATIONS.length)
    expect(() => project.db.prepare('SELECT mood FROM note')).toThrow(/no such column/)
    expect(verify(project.db)).toMatchObject({ ok: true, problems: [] })
  })

  it('is not begun where no backup can be made', () => {
    const path = older()
    const before = readFileSync(path)
    const failing = () => {
      throw new Error('no room')
    }
    const db = new Database(path)
    db.pragma(`cipher='sqlcipher'`)
    db.key(Buffer.from(PASSPHRASE))
    expect(() => migrate(db, { steps: [...MIGRATIONS, second], before: failing })).toThrow('no room')
    db.close()
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  it('makes nothing of a new file that would have to be kept', () => {
    const db = new Database(':memory:')
    let asked = 0
    migrate(db, { steps: [...MIGRATIONS, second], before: () => asked++ })
    expect([versionIn(db), asked]).toEqual([MIGRATIONS.length + 1, 0])
    db.close()
  })

  it('of a newer program is refused, and the file stays as it is', () => {
    const path = older()
    Project.open(path, PASSPHRASE, undefined, false, { steps: [...MIGRATIONS, second] }).close()
    const before = readFileSync(path)
    expect(() => openProject(path)).toThrow(/made with a newer version of Understory\. Nothing was changed/)
    expect(readFileSync(path).equals(before)).toBe(true)
    expect(existsSync(`${path}-wal`)).toBe(false)
  })

  it('does not take a file of a trial version for one of its own', () => {
    const path = older()
    const db = new Database(path)
    db.pragma(`cipher='sqlcipher'`)
    db.key(Buffer.from(PASSPHRASE))
    db.exec('ALTER TABLE journal DROP COLUMN version')
    db.close()
    expect(() => openProject(path)).toThrow(/trial version of Understory.*Nothing was changed/)
  })
})
