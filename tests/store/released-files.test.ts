/**
 * Project files made by every released schema: they open, verify, undo and redo for ever. One of the newest schema is
 * written, once, by UNDERSTORY_WRITE_FIXTURE=1 npx vitest run --config tests/vitest.config.ts tests/store/released-files;
 * a file that is there is never written again.
 */
import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { codingsOfNote } from '../../electron/store/codings/codings.ts'
import { memoryDatabase } from '../../electron/store/file/database.ts'
import { MIGRATIONS } from '../../electron/store/file/migrate.ts'
import { kinds as allKinds } from '../../electron/store/kinds.ts'
import { Project } from '../../electron/store/project.ts'
import { findCoder } from '../../electron/store/team/coders.ts'
import { compareTables, fingerprint, replayAll, verify } from '../../electron/store/verify/verify.ts'
import type { CoderId } from '../../shared/contract/basics.ts'
import { FIXTURE_PASSPHRASE, fillWithEveryKind } from './every-kind.ts'
import { temporaryFolder } from './temporary-project.ts'

const FOLDER = fileURLToPath(new URL('../fixtures/projects', import.meta.url))
const fileOf = (schema: number) => `schema-${schema}.understory`
const schemas = Array.from({ length: MIGRATIONS.length }, (_, at) => at + 1)

const open: Project[] = []
afterEach(() => {
  for (const project of open.splice(0)) project.close()
})

/** A copy, so that the file itself stays as it was made. */
function openCopy(schema: number): Project {
  const path = join(temporaryFolder(), 'study.understory')
  copyFileSync(join(FOLDER, fileOf(schema)), path)
  const project = Project.open(path, FIXTURE_PASSPHRASE)
  open.push(project)
  return project
}

const atLeast = (least: number) => (count: unknown) => (count as number) >= least

const kindsIn = (project: Project): string[] =>
  project.db.prepare('SELECT DISTINCT kind FROM journal').pluck().all() as string[]

describe.runIf(process.env.UNDERSTORY_WRITE_FIXTURE)('the file of the newest schema', () => {
  it('is written once', () => {
    const path = join(FOLDER, fileOf(MIGRATIONS.length))
    expect(existsSync(path), 'a released file is never written again').toBe(false)
    mkdirSync(FOLDER, { recursive: true })
    const project = Project.create(path, FIXTURE_PASSPHRASE, { title: 'Every kind' })
    fillWithEveryKind(project)
    project.close()
  })
})

describe('a project file', () => {
  it('is kept of every released schema', () => {
    expect(readdirSync(FOLDER).sort()).toEqual(schemas.map(fileOf).sort())
  })

  it('of the newest schema holds every kind of change', () => {
    const kinds = kindsIn(openCopy(MIGRATIONS.length))
    expect(Object.keys(allKinds).filter((kind) => !kinds.includes(kind))).toEqual([])
    expect(kinds).toEqual(expect.arrayContaining(['undo', 'redo']))
  })

  it.each(schemas)('of schema %i opens, verifies, undoes and redoes', (schema) => {
    const project = openCopy(schema)
    const { db } = project
    expect(verify(db)).toMatchObject({ ok: true, problems: [] })
    const whole = fingerprint(db)
    // Amara's steps are what Ben's stand on: his go first and come back last.
    const undone = ['Ben O’Neill', 'Amara'].map((name) => {
      const coder = findCoder(db, name)?.id as CoderId
      let steps = 0
      for (; project.journal.state(coder).undo !== null; steps++) project.undo(coder)
      return { coder, steps }
    })
    expect(undone.map(({ steps }) => steps)).toEqual([
      expect.toSatisfy(atLeast(3)),
      expect.toSatisfy(atLeast(30)),
    ])
    expect(fingerprint(db)).not.toBe(whole)
    for (const { coder, steps } of undone.reverse())
      for (let step = 0; step < steps; step++) project.redo(coder)
    expect(fingerprint(db)).toBe(whole)
    expect(verify(db)).toMatchObject({ ok: true, problems: [] })
  })

  it.each(schemas)('of schema %i is worked on, and what its journal says is replayed', (schema) => {
    const project = openCopy(schema)
    const amara = findCoder(project.db, 'Amara')?.id as CoderId
    project.change(amara, 'project.set', { name: 'title', value: 'Gone on with' })
    expect(project.info().title).toBe('Gone on with')
    expect(codingsOfNote(project.db, 'F-1', [amara]).map(({ span }) => span)).toEqual([
      { start: 0, end: 11 },
      { start: 26, end: 57 },
    ])
    const fresh = memoryDatabase()
    replayAll(project.db, fresh)
    expect(compareTables(project.db, fresh)).toEqual([])
    fresh.close()
    for (const { label } of project.history.list(null, 200).rows) expect(label).not.toMatch(/undefined|null/)
  })
})
