/** Backups that nobody asked for, on real encrypted files, with a clock that goes as the test says. */
import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { backupFolder, backupsOf, readBackupName } from '../../electron/store/file/backup-names.ts'
import { openReadOnly } from '../../electron/store/file/database.ts'
import { makeBackup } from '../../electron/store/file/make-backup.ts'
import { createHandlers } from '../../electron/store/handlers/handlers.ts'
import { inlineAnalyst } from '../../electron/store/jobs/analyst.ts'
import { PROJECT_ACTOR } from '../../electron/store/journal/change.ts'
import { Project } from '../../electron/store/project.ts'
import { fingerprint, verify } from '../../electron/store/verify/verify.ts'
import { codingId } from '../ids.ts'
import { HandClock, START } from './hand-clock.ts'
import { asking } from './open-handlers.ts'
import { addCode, addNotes } from './project-content.ts'
import { openProject, PASSPHRASE, temporaryFolder } from './temporary-project.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

const closings: (() => void)[] = []
afterEach(() => {
  for (const close of closings.splice(0)) close()
})

/** A project with two notes in a folder of its own; `open` opens it as the window does. */
function study(title = 'A study', path = join(temporaryFolder(), 'study.understory')) {
  const made = Project.create(path, PASSPHRASE, { title })
  const amara = made.addCoder('Amara').id
  made.activate(amara)
  addNotes(made, PROJECT_ACTOR, { N1: 'Mum shouted. Police came twice. '.repeat(20), N2: 'A quiet week.' })
  const code = addCode(made, PROJECT_ACTOR, 'Neglect')
  made.close()
  const csv = join(dirname(path), 'more.csv')
  writeFileSync(csv, 'note_id,text\nN9,School rang.\n')
  const clock = new HandClock()
  const listeners: (() => void)[] = []
  const handlers = createHandlers({
    resourcesFolder: '',
    sampleFile: '',
    analyst: inlineAnalyst,
    clock,
    pathsOf: (ticket) => [ticket === 'more-notes' ? csv : path],
    announce: ({ topics }) => {
      if (topics.includes('backups')) for (const listen of listeners.splice(0)) listen()
    },
  })
  closings.push(() => handlers.closeProject())
  const call = asking(handlers)
  let at = 0
  return {
    path,
    amara,
    clock,
    call,
    open: () => call('project.open', { ticket: 'the study', passphrase: PASSPHRASE }),
    /** Resolves when the next backup is made, or failed. */
    told: () => new Promise<void>((resolve) => listeners.push(resolve)),
    code: () => {
      const span = { start: at, end: ++at }
      const coding = { id: codingId(`coding-${at}-${title}`), codeId: code }
      return call('codings.apply', { coderId: amara, noteId: 'N1', span, codings: [coding] })
    },
    import: (dryRun = false) =>
      call('notes.import', {
        coderId: amara,
        ticket: 'more-notes',
        map: null,
        dryRun,
        identifiers: 'off',
      }),
    backups: () => backupsOf(path, null),
    reasons: () => backupsOf(path, null).map(({ reason }) => reason),
  }
}

function stateOf(path: string, isBackup = true): string {
  const db = isBackup ? openReadOnly(path, PASSPHRASE) : openProject(path).db
  try {
    expect(verify(db)).toMatchObject({ ok: true })
    return fingerprint(db)
  } finally {
    db.close()
  }
}

/** Opens and waits for the backup that this makes. */
async function opened(it: ReturnType<typeof study>): Promise<void> {
  await it.open()
  const told = it.told()
  it.clock.pass(10_000)
  await told
}

describe('a backup is made', () => {
  it('soon after opening, whole, encrypted, its owner’s alone, and called after project, time and reason', async () => {
    const it = study()
    const before = stateOf(it.path, false)
    await opened(it)
    const [only, ...others] = it.backups()
    expect(others).toEqual([])
    expect(only?.name).toMatch(/^study 2026-11-30 09\.00\.05 on opening [0-9a-f]{8}\.understory$/)
    expect(only).toMatchObject({ reason: 'opening', at: START + 5_000 })
    expect(stateOf(only?.path as string)).toBe(before)
    expect(readdirSync(backupFolder(it.path))).toEqual([only?.name])
    if (process.platform !== 'win32') {
      expect(statSync(only?.path as string).mode & 0o777).toBe(0o600)
      expect(statSync(backupFolder(it.path)).mode & 0o777).toBe(0o700)
    }
    expect(await it.call('backups.state', {})).toEqual({
      isOn: true,
      folder: 'study backups',
      lastAt: new Date(START + 5_000).toISOString(),
      problem: null,
      isFull: false,
    })
  })

  it('every hour in which something changed, and in no other', async () => {
    const it = study()
    await opened(it)
    it.clock.pass(3 * HOUR)
    expect(it.reasons()).toEqual(['opening'])
    await it.code()
    const told = it.told()
    it.clock.pass(HOUR)
    await told
    expect(it.reasons()).toEqual(['hourly', 'opening'])
    await it.code()
    it.clock.pass(30 * MINUTE)
    expect(it.reasons()).toEqual(['hourly', 'opening'])
    const again = it.told()
    it.clock.pass(31 * MINUTE)
    await again
    expect(it.reasons()).toEqual(['hourly', 'hourly', 'opening'])
  })

  it('not on opening what the newest backup holds already', async () => {
    const it = study()
    await opened(it)
    await it.call('project.close', {})
    await opened(it)
    expect(it.reasons()).toEqual(['opening'])
    await it.code()
    await it.call('project.close', {})
    await opened(it)
    expect(it.reasons()).toEqual(['opening', 'opening'])
  })

  it('before an import, of all that was there, and not before a trial of one', async () => {
    const it = study()
    await opened(it)
    await it.code()
    await it.import(true)
    expect(it.reasons()).toEqual(['opening'])
    const db = openReadOnly(it.path, PASSPHRASE)
    const before = fingerprint(db)
    db.close()
    await it.import()
    expect(it.reasons()).toEqual(['import', 'opening'])
    expect(stateOf(it.backups()[0]?.path as string)).toBe(before)
    expect((await it.call('project.info', {}))?.notes).toBe(3)
  })

  it('in a pause of the work, or after ten minutes without one', async () => {
    const it = study()
    await opened(it)
    it.clock.pass(HOUR - 6_000)
    for (let times = 0; times < 60; times++) {
      await it.code()
      it.clock.pass(2_000)
    }
    expect(it.reasons()).toEqual(['opening'])
    const paused = it.told()
    it.clock.pass(10_000)
    await paused
    expect(it.reasons()).toEqual(['hourly', 'opening'])
    it.clock.pass(HOUR - 60_000)
    const busy = it.told()
    for (let times = 0; times < 400; times++) {
      await it.code()
      it.clock.pass(2_000)
    }
    await busy
    expect(it.reasons()).toEqual(['hourly', 'hourly', 'opening'])
  })

  it('of no sample, of no project without notes, and of no backup that was opened itself', async () => {
    const it = study()
    await opened(it)
    const [backup] = it.backups()
    const inFolder = () => readdirSync(backupFolder(it.path)).length
    const again = study('Another')
    const path = backup?.path as string
    const handlers = createHandlers({
      resourcesFolder: '',
      sampleFile: '',
      analyst: inlineAnalyst,
      clock: again.clock,
      pathsOf: () => [path],
      announce: () => {},
    })
    closings.push(() => handlers.closeProject())
    await asking(handlers)('project.open', { ticket: 'a backup', passphrase: PASSPHRASE })
    again.clock.pass(3 * HOUR)
    await asking(handlers)('project.close', {})
    expect([inFolder(), existsSync(backupFolder(path))]).toEqual([1, false])
  })

  it('not while they are switched off, and at once when they are switched on', async () => {
    const it = study()
    await it.open()
    expect(await it.call('backups.setOn', { isOn: false })).toMatchObject({ isOn: false })
    it.clock.pass(3 * HOUR)
    await it.call('project.close', {})
    await it.open()
    it.clock.pass(3 * HOUR)
    await it.import()
    expect(it.reasons()).toEqual([])
    await it.call('backups.setOn', { isOn: true })
    const told = it.told()
    it.clock.pass(10_000)
    await told
    expect(it.reasons()).toHaveLength(1)
  })
})

describe('what goes wrong with a backup', () => {
  it('is a sentence beside the work, which goes on, and is tried again in an hour', async () => {
    const it = study()
    writeFileSync(backupFolder(it.path), 'no folder')
    await opened(it)
    const { problem, lastAt } = await it.call('backups.state', {})
    expect(problem).toMatch(/^No backup could be made: .*“study backups”.* Work goes on and is saved/)
    expect(lastAt).toBe(null)
    await it.code()
    await it.import()
    expect((await it.call('project.info', {}))?.notes).toBe(3)
    rmSync(backupFolder(it.path))
    it.clock.pass(30 * MINUTE)
    expect(it.reasons()).toEqual([])
    const told = it.told()
    it.clock.pass(31 * MINUTE)
    await told
    expect(it.reasons()).toEqual(['hourly'])
    expect((await it.call('backups.state', {})).problem).toBe(null)
  })
})

describe('what a run that was cut off has begun in the folder', () => {
  it('is taken away by the next backup an hour later, and nothing else that lies there', async () => {
    const it = study()
    const folder = backupFolder(it.path)
    mkdirSync(folder)
    const draft = () => join(folder, `.understory-${randomUUID()}.part`)
    const [forgotten, fresh] = [draft(), draft()]
    for (const name of [forgotten, fresh, join(folder, 'notes.txt')]) {
      writeFileSync(name, 'x')
      utimesSync(name, new Date(START), new Date(name === fresh ? START : START - 2 * HOUR))
    }
    await opened(it)
    const [made] = it.backups()
    expect(readdirSync(folder).sort()).toEqual([made?.name, basename(fresh), 'notes.txt'].sort())
  })
})

describe('backups of several projects of one name', () => {
  it('are told apart by the project, and only a project’s own are put away', async () => {
    const it = study()
    await opened(it)
    const [foreign] = it.backups()
    await it.call('project.close', {})
    rmSync(it.path)
    const other = study('Another', it.path)
    const project = openProject(other.path)
    const id = project.info().id
    expect(backupsOf(it.path, id)).toEqual([])
    // A year later all that could go has gone.
    const db = openReadOnly(other.path, PASSPHRASE)
    for (const [day, name] of [
      [0, 'a'],
      [400, 'b'],
    ] as const) {
      addCode(project, PROJECT_ACTOR, name)
      makeBackup(db, { path: it.path, reason: 'hourly', now: START + day * 24 * HOUR }, PASSPHRASE)
    }
    db.close()
    expect(backupsOf(it.path, id).map(({ at }) => at)).toEqual([START + 400 * 24 * HOUR])
    expect(readdirSync(backupFolder(it.path))).toContain(foreign?.name)
  })

  it('are nothing else that lies in the folder', () => {
    const it = study()
    mkdirSync(backupFolder(it.path))
    for (const name of ['notes.txt', 'study.understory', 'study 2026-11-30 hourly.understory'])
      writeFileSync(join(backupFolder(it.path), name), 'x')
    expect([it.backups(), readBackupName('study.understory')]).toEqual([[], null])
  })
})
