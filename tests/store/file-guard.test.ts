import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { codingsOfNote } from '../../electron/store/codings/codings.ts'
import { openReadOnly } from '../../electron/store/file/database.ts'
import { writeLocal } from '../../electron/store/file/values.ts'
import { inlineAnalyst } from '../../electron/store/jobs/analyst.ts'
import { guardedAnalyst } from '../../electron/store/jobs/guarded-analyst.ts'
import { PROJECT_ACTOR } from '../../electron/store/journal/change.ts'
import { Project } from '../../electron/store/project.ts'
import { fingerprint, verify } from '../../electron/store/verify/verify.ts'
import { asProblem } from '../../shared/problem.ts'
import type { CallContext } from '../../shared/rpc.ts'
import { openHandlers } from './open-handlers.ts'
import { addCode, addNotes, applyCode } from './project-content.ts'
import { makeProject, openProject, PASSPHRASE } from './temporary-project.ts'

const context: CallContext = {
  signal: { aborted: false, addEventListener: () => {} },
  progress: () => {},
}

function study() {
  const project = makeProject()
  const amara = project.addCoder('Amara').id
  addNotes(project, PROJECT_ACTOR, { N1: 'Mum shouted. Police came twice.' })
  const code = addCode(project, PROJECT_ACTOR, 'Neglect')
  let at = 0
  const apply = () => applyCode(project, amara, 'N1', code, [at % 9, 10 + (at++ % 9)])
  apply()
  return { project, amara, apply }
}

function problemOf(work: () => unknown): { code: string; message: string } {
  try {
    work()
  } catch (error) {
    return asProblem(error)
  }
  throw new Error('It was not refused.')
}

const aside = (path: string) => join(dirname(path), 'aside')

const WAYS: Record<string, (path: string) => void> = {
  deleted: (path) => rmSync(path),
  renamed: (path) => renameSync(path, aside(path)),
  'replaced by an older copy': (path) => {
    copyFileSync(path, aside(path))
    renameSync(aside(path), path)
  },
  'deleted with its log': (path) => {
    for (const ending of ['', '-wal', '-shm']) rmSync(path + ending)
  },
  'gone with its folder': (path) => renameSync(dirname(path), `${dirname(path)}-aside`),
}

describe.skipIf(process.platform === 'win32')('a project whose file is', () => {
  for (const [way, lose] of Object.entries(WAYS)) {
    it(`${way} confirms no change, and all that was confirmed can be saved as a copy`, async () => {
      const { project, amara, apply } = study()
      lose(project.path)
      const before = fingerprint(project.db)
      const refusal = problemOf(apply)
      expect(refusal).toMatchObject({ code: 'file-lost' })
      expect(refusal.message).toMatch(/moved, renamed, deleted or replaced.*Save a copy/)
      expect(problemOf(() => project.undo(amara))).toMatchObject({ code: 'file-lost' })
      expect(fingerprint(project.db)).toBe(before)

      mkdirSync(`${dirname(project.path)}-copies`)
      const copy = join(`${dirname(project.path)}-copies`, 'copy.understory')
      await guardedAnalyst(inlineAnalyst).run(project, 'backup', { path: copy }, { ...context, viewer: null })
      project.noteCopied()
      project.close()
      const saved = openProject(copy)
      expect([fingerprint(saved.db), verify(saved.db).ok]).toEqual([before, true])
      saved.close()
      rmSync(dirname(copy), { recursive: true })
      rmSync(`${dirname(project.path)}-aside`, { recursive: true, force: true })
    })
  }

  it('put back where it was takes changes again', () => {
    const { project, amara, apply } = study()
    renameSync(project.path, aside(project.path))
    expect(problemOf(apply)).toMatchObject({ code: 'file-lost' })
    renameSync(aside(project.path), project.path)
    apply()
    expect(codingsOfNote(project.db, 'N1', [amara])).toHaveLength(2)
  })

  it('deleted and closed without a copy leaves one beside it, with everything in it', () => {
    const { project } = study()
    const before = fingerprint(project.db)
    rmSync(project.path)
    project.close()
    const [kept, ...others] = readdirSync(dirname(project.path)).filter((name) => /\(kept/.test(name))
    expect(others).toEqual([])
    const saved = openProject(join(dirname(project.path), kept as string))
    expect([fingerprint(saved.db), verify(saved.db).ok]).toEqual([before, true])
  })

  it('left without its log confirms no change; closing puts everything into the file', () => {
    const { project, amara, apply } = study()
    rmSync(`${project.path}-wal`)
    const refusal = problemOf(apply)
    expect(refusal).toMatchObject({ code: 'file-lost' })
    expect(refusal.message).toMatch(/log .* was deleted or replaced.*Close the project/)
    project.close()
    expect(codingsOfNote(openProject(project.path).db, 'N1', [amara])).toHaveLength(1)
  })
})

/** As `cp` does it: the file stays the same file, and gets another content. */
const writeOver = (path: string, bytes: Buffer) => writeFileSync(path, bytes)

describe.skipIf(process.platform === 'win32')('a project whose file is written over in its place', () => {
  /** With an older copy, made before 60 codings that are in the file by now, and not only in its log. */
  function withOlderCopy() {
    const made = study()
    made.project.db.pragma('wal_checkpoint(TRUNCATE)')
    const older = readFileSync(made.project.path)
    for (let count = 0; count < 60; count++) made.apply()
    made.project.db.pragma('wal_checkpoint(TRUNCATE)')
    made.apply()
    return { ...made, older }
  }

  it('confirms no change, says so, and is kept as it lies when it is closed', () => {
    const { project, amara, apply, older } = withOlderCopy()
    writeOver(project.path, older)
    for (let again = 0; again < 2; again++) {
      const refusal = problemOf(apply)
      expect(refusal).toMatchObject({ code: 'file-lost' })
      expect(refusal.message).toMatch(/written over.*Nothing more is saved.*newest backup/)
    }
    expect(problemOf(() => project.undo(amara))).toMatchObject({ code: 'file-lost' })
    const log = readFileSync(`${project.path}-wal`)
    project.close()
    const folder = dirname(project.path)
    const kept = readdirSync(folder).filter((name) => /\(kept/.test(name))
    expect(kept.map((name) => /(-wal)?$/.exec(name)?.[0]).sort()).toEqual(['', '-wal'])
    for (const name of kept)
      expect(readFileSync(join(folder, name)).equals(name.endsWith('-wal') ? log : older)).toBe(true)
  })

  it('before the first change of a session is seen too, and nothing is written to what came', () => {
    const { project, older } = withOlderCopy()
    project.close()
    const again = openProject(project.path)
    writeOver(project.path, older)
    // What is read of it on the way may be no sound database any more.
    expect(problemOf(() => again.addCoder('Ben')).code).toMatch(/^(file-lost|project-damaged)$/)
    expect(readFileSync(project.path).equals(older)).toBe(true)
  })

  it('with another project, or cut short, is seen', () => {
    for (const damage of [
      (bytes: Buffer) => bytes.subarray(0, 8192),
      (bytes: Buffer) => Buffer.concat([bytes.subarray(0, 4096), Buffer.alloc(bytes.length - 4096, 7)]),
    ]) {
      const { project, apply, older } = withOlderCopy()
      writeOver(project.path, damage(older))
      expect(problemOf(apply)).toMatchObject({ code: 'file-lost' })
    }
  })

  it('with what it holds anyway, or only touched, goes on', () => {
    const { project, amara, apply } = study()
    project.db.pragma('wal_checkpoint(TRUNCATE)')
    apply()
    utimesSync(project.path, new Date(), new Date(2020, 1, 1))
    apply()
    writeOver(project.path, readFileSync(project.path))
    apply()
    expect(codingsOfNote(project.db, 'N1', [amara])).toHaveLength(4)
  })

  it('is not what a touched file is, while its log holds more than when it was last looked at', () => {
    const { project, amara, apply } = study()
    // What is kept of this copy alone takes further pages, which are in the log only.
    for (let at = 0; at < 400; at++) writeLocal(project.db, `reading.${amara}.N${at}`, String(at))
    utimesSync(project.path, new Date(), new Date(2020, 1, 1))
    apply()
    expect(codingsOfNote(project.db, 'N1', [amara])).toHaveLength(2)
  })

  it('by us alone is no loss: the log folded in by either of two who work in it', () => {
    const { project, amara, apply } = study()
    const other = openProject(project.path)
    for (const [one, code] of [
      [project, 'Sleep'],
      [other, 'School'],
      [project, 'Hope'],
    ] as const) {
      addCode(one, PROJECT_ACTOR, code)
      one.db.pragma('wal_checkpoint(PASSIVE)')
      apply()
      one.db.pragma('wal_checkpoint(TRUNCATE)')
      apply()
    }
    other.close()
    for (let count = 0; count < 20; count++) apply()
    expect(codingsOfNote(project.db, 'N1', [amara]).length).toBeGreaterThan(9)
    project.close()
    expect(verify(openProject(project.path).db).ok).toBe(true)
  })
})

describe('a project that is open', () => {
  it('answers from its own file, although another lies at its path', async () => {
    const { project } = study()
    project.close()
    const handlers = openHandlers(() => [project.path])
    await handlers['project.open']({ ticket: 'it', passphrase: PASSPHRASE }, context)
    // As a sync program puts it there.
    const other = `${project.path}-from-elsewhere.understory`
    Project.create(other, PASSPHRASE, { title: 'Another' }).close()
    renameSync(other, project.path)
    const report = await handlers['project.verify']({}, context)
    expect(report).toMatchObject({ ok: true, codings: 1 })
    handlers.closeProject()
  })

  it('keeps its locks, whatever else reads and closes the file here', () => {
    const { project } = study()
    openReadOnly(project.path, PASSPHRASE).close()
    openProject(project.path).close()
    const elsewhere = `
      const db = new (require('better-sqlite3'))(${JSON.stringify(project.path)}, { timeout: 0 })
      db.pragma("cipher='sqlcipher'")
      db.key(Buffer.from(${JSON.stringify(PASSPHRASE)}))
      db.pragma('locking_mode = EXCLUSIVE')
      try {
        db.prepare('SELECT count(*) FROM journal').get()
        console.log('had it to itself')
      } catch (error) {
        console.log(error.code)
      }`
    const { stdout } = spawnSync(process.execPath, ['-e', elsewhere], { encoding: 'utf8' })
    expect(stdout.trim()).toBe('SQLITE_BUSY')
  })
})
