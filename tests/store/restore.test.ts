/** Backups looked at and put in place, on real encrypted files. */
import {
  closeSync,
  copyFileSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { restoreBackup } from '../../electron/store/backups/restore.ts'
import { backupFolder, backupsOf } from '../../electron/store/file/backup-names.ts'
import { openReadOnly } from '../../electron/store/file/database.ts'
import { makeBackup } from '../../electron/store/file/make-backup.ts'
import { newId } from '../../electron/store/file/new-id.ts'
import { createHandlers } from '../../electron/store/handlers/handlers.ts'
import { inlineAnalyst } from '../../electron/store/jobs/analyst.ts'
import { PROJECT_ACTOR } from '../../electron/store/journal/change.ts'
import { Project } from '../../electron/store/project.ts'
import { checkPin, hasPin, writePin } from '../../electron/store/team/pins.ts'
import { fingerprint, verify } from '../../electron/store/verify/verify.ts'
import type { BackupReason } from '../../shared/contract/backups.ts'
import type { RoundId } from '../../shared/contract/basics.ts'
import { asProblem } from '../../shared/problem.ts'
import { START } from './hand-clock.ts'
import { asking } from './open-handlers.ts'
import { addCode, addNotes, applyCode } from './project-content.ts'
import { openProject, PASSPHRASE, temporaryFolder } from './temporary-project.ts'

const closings: (() => void)[] = []
afterEach(() => {
  for (const close of closings.splice(0)) close()
})

/** A project that is closed, of Amara who leads and Ben who codes, and what is done to it. */
function study(path = join(temporaryFolder(), 'study.understory')) {
  const made = Project.create(path, PASSPHRASE, { title: 'A study' })
  const amara = made.addCoder('Amara').id
  const ben = made.addCoder('Ben', amara).id
  made.activate(amara)
  addNotes(made, PROJECT_ACTOR, { N1: 'Mum shouted. Police came twice. '.repeat(60), N2: 'A quiet week.' })
  const code = addCode(made, PROJECT_ACTOR, 'Neglect')
  made.close()
  let at = 0
  const work = (act: (project: Project) => void) => {
    const project = Project.open(path, PASSPHRASE)
    try {
      act(project)
    } finally {
      project.close()
    }
  }
  const apply = (project: Project, times: number, by = amara) => {
    for (let each = 0; each < times; each++, at++) applyCode(project, by, 'N1', code, [at, at + 9])
  }
  return {
    path,
    amara,
    ben,
    work,
    apply,
    code: (times: number, by = amara) => work((project) => apply(project, times, by)),
    /** @returns the path of the backup */
    backUp: (hour = 0, reason: BackupReason = 'hourly'): string => {
      const db = openReadOnly(path, PASSPHRASE)
      makeBackup(db, { path, reason, now: START + hour * 3_600_000 }, PASSPHRASE)
      db.close()
      return backupsOf(path, null)[0]?.path as string
    },
  }
}

function windowOn(path: string, settingsFolder = temporaryFolder()) {
  const handlers = createHandlers({
    settingsFolder,
    resourcesFolder: '',
    sampleFile: '',
    analyst: inlineAnalyst,
    pathsOf: () => [path],
    announce: () => {},
  })
  closings.push(() => handlers.closeProject())
  const call = asking(handlers)
  return { call, open: () => call('project.open', { ticket: 'the study', passphrase: PASSPHRASE }) }
}

const CLOSED = { ticket: 'the study', passphrase: PASSPHRASE }

function stateOf(path: string): string {
  const project = Project.open(path, PASSPHRASE)
  try {
    expect(verify(project.db)).toMatchObject({ ok: true, problems: [] })
    return fingerprint(project.db)
  } finally {
    project.close()
  }
}

const bytes = (path: string) => readFileSync(path)

/** Changes one byte. */
function flip(path: string, at: number): void {
  const file = openSync(path, 'r+')
  const byte = Buffer.alloc(1)
  readSync(file, byte, 0, 1, at)
  writeSync(file, Buffer.from([(byte[0] as number) ^ 0xff]), 0, 1, at)
  closeSync(file)
}

const keptBeside = (path: string) =>
  readdirSync(dirname(path))
    .filter((name) => name.includes('(kept '))
    .sort()

const codeOf = (work: () => unknown): string => {
  try {
    work()
    return 'done'
  } catch (error) {
    return asProblem(error).code
  }
}

describe('what is in a backup', () => {
  it('is read by opening it, and compared with the project as it is now', async () => {
    const it = study()
    it.code(3)
    it.code(2, it.ben)
    const backup = it.backUp()
    it.code(4)
    it.work((project) => addNotes(project, PROJECT_ACTOR, { N3: 'School rang.', N4: 'Dad left.' }))
    const { call, open } = windowOn(it.path)
    await open()
    const rows = await call('backups.list', { of: null })
    expect(rows).toEqual([{ name: basename(backup), at: new Date(START).toISOString(), reason: 'hourly' }])
    const look = await call('backups.look', { of: null, name: basename(backup) })
    const db = openReadOnly(backup, PASSPHRASE)
    const head = db.prepare('SELECT hash FROM journal ORDER BY seq DESC LIMIT 1').pluck().get()
    const entries = db.prepare('SELECT count(*) FROM journal').pluck().get()
    db.close()
    expect(look).toEqual({
      contents: {
        title: 'A study',
        notes: 2,
        entries,
        coders: [
          { name: 'Amara', codings: 3 },
          { name: 'Ben', codings: 2 },
        ],
        newest: expect.any(String),
        head,
        isPartial: false,
      },
      problem: null,
      comparison: { later: 5, more: 0, notesLater: 2, notesMore: 0, partsAt: null },
    })
  })

  it('that goes further than the project, or another way, says so', async () => {
    const it = study()
    const older = `${it.path}.older`
    copyFileSync(it.path, older)
    it.code(3)
    const backup = basename(it.backUp())
    copyFileSync(older, it.path)
    const { call, open } = windowOn(it.path)
    await open()
    const more = (await call('backups.look', { of: null, name: backup })).comparison
    expect(more).toMatchObject({ later: 0, notesLater: 0, partsAt: null })
    expect(more?.more).toBeGreaterThanOrEqual(3)
    await call('project.close', {})
    it.code(2)
    await open()
    expect((await call('backups.look', { of: null, name: backup })).comparison).toMatchObject({
      more: more?.more,
      partsAt: expect.stringMatching(/^\d{4}-/),
    })
  })

  it('shows nobody’s codings before anybody sits there, and nothing of a project that is open', async () => {
    const it = study()
    it.code(3, it.ben)
    const name = basename(it.backUp())
    const { call, open } = windowOn(it.path)
    const look = await call('backups.look', { of: CLOSED, name })
    expect(look).toMatchObject({
      contents: { notes: 2, coders: null },
      comparison: { later: 0, more: 0 },
    })
    await open()
    for (const asked of [
      call('backups.look', { of: CLOSED, name }),
      call('backups.list', { of: CLOSED }),
      call('backups.restoreClosed', { ...CLOSED, name }),
    ])
      await expect(asked).rejects.toMatchObject({ code: 'project-busy' })
  })

  it('counts their own alone for whoever a blind round keeps others’ work from, now or then', async () => {
    const it = study()
    it.code(2)
    it.code(3, it.ben)
    const before = basename(it.backUp(0))
    it.work((project) =>
      project.change(it.amara, 'round.add', {
        id: newId<RoundId>(),
        name: 'Blind',
        coders: [it.amara, it.ben],
        notes: ['N1'],
        isBlind: true,
        drawn: null,
      }),
    )
    it.code(4, it.ben)
    const during = basename(it.backUp(1))
    it.code(5, it.ben)
    it.code(1)
    const { call, open } = windowOn(it.path)
    await open()
    for (const [name, later] of [
      [before, 2],
      [during, 1],
    ] as const) {
      const { contents, comparison } = await call('backups.look', { of: null, name })
      expect(contents).toMatchObject({
        coders: [{ name: 'Amara', codings: 2 }],
        newest: null,
        head: null,
        isPartial: true,
      })
      expect(comparison).toMatchObject({ later, more: 0, partsAt: null })
    }
  })

  it('damaged after it was made is said of it, wherever the damage is, and it is not put in place', async () => {
    const it = study()
    it.code(10)
    const backup = it.backUp()
    const whole = bytes(backup)
    const before = stateOf(it.path)
    const { call, open } = windowOn(it.path)
    await open()
    const pages = whole.length / 4_096
    const spots = [
      8,
      ...Array.from({ length: 8 }, (_, at) => Math.floor(((at + 0.5) / 8) * pages) * 4_096 + 99),
    ]
    for (const spot of [...spots, null]) {
      writeFileSync(backup, whole)
      if (spot === null) truncateSync(backup, whole.length - 4_096)
      else flip(backup, spot)
      const look = await call('backups.look', { of: null, name: basename(backup) })
      expect(look, `byte ${spot} of ${whole.length}`).toMatchObject({
        contents: null,
        problem: expect.stringMatching(/damaged/),
      })
      await expect(
        call('backups.restore', { coderId: it.amara, name: basename(backup) }),
      ).rejects.toMatchObject({
        code: 'project-damaged',
        message: expect.stringMatching(/Nothing was changed/),
      })
    }
    await call('project.close', {})
    expect([stateOf(it.path), keptBeside(it.path)]).toEqual([before, []])
  })
})

describe('a backup that is put in place', () => {
  it('by a lead in the window: the project is what it was then, and the file before is kept byte for byte', async () => {
    const it = study()
    it.code(3)
    const backup = it.backUp()
    const [older, name] = [stateOf(backup), basename(backup)]
    const copy = bytes(backup)
    it.code(7)
    const newer = stateOf(it.path)
    const before = bytes(it.path)
    const settings = temporaryFolder()
    const { call, open } = windowOn(it.path, settings)
    await open()
    const restored = await call('backups.restore', { coderId: it.amara, name })
    const [kept, ...others] = keptBeside(it.path)
    expect(others).toEqual([])
    expect(restored.notices.map(({ words }) => words)).toEqual([
      `The backup of 30 Nov 2026, 09:00 is in place. The file that was there is kept beside it as “${kept}”.`,
    ])
    const { rows } = await call('journal.list', { before: null, limit: 1 })
    expect(rows[0]).toMatchObject({ kind: 'project.restore', coder: 'Amara' })
    expect(rows[0]?.label).toBe(`put a backup in place; the file before is kept as ${kept}`)
    await call('project.close', {})
    const keptPath = join(dirname(it.path), kept as string)
    expect(bytes(keptPath).equals(before)).toBe(true)
    expect(bytes(backup).equals(copy)).toBe(true)
    expect([stateOf(it.path), stateOf(keptPath)]).toEqual([older, newer])
    // What the computer remembers of how far it had come is no reason to cry.
    expect((await open()).notices).toEqual([])
  })

  it('by nobody but a lead', async () => {
    const it = study()
    const name = basename(it.backUp())
    it.code(2)
    const before = stateOf(it.path)
    const { call, open } = windowOn(it.path)
    await open()
    await call('coders.activate', { coderId: it.ben })
    for (const coderId of [it.ben, it.amara])
      await expect(call('backups.restore', { coderId, name })).rejects.toMatchObject({ code: 'not-allowed' })
    await call('project.close', {})
    expect([stateOf(it.path), keptBeside(it.path)]).toEqual([before, []])
  })

  it('goes on as another copy of the project: its entries have numbers and keys of their own', () => {
    const it = study()
    it.code(3)
    const from = it.backUp()
    it.code(2)
    restoreBackup({ path: it.path, passphrase: PASSPHRASE, from })
    it.code(2)
    const project = openProject(it.path)
    const replicas = project.db
      .prepare('SELECT replica FROM journal GROUP BY replica ORDER BY min(seq)')
      .pluck()
      .all()
    expect(replicas).toHaveLength(2)
    expect(replicas[1]).toBe(project.journal.replica)
    expect(verify(project.db)).toMatchObject({ ok: true })
  })

  it('with the PINs of now: an older file opens nobody’s place', () => {
    const it = study()
    it.work(({ db }) => writePin(db, it.ben, '4711 once'))
    const from = it.backUp()
    it.work(({ db }) => {
      writePin(db, it.amara, '4711 now')
      writePin(db, it.ben, null)
    })
    restoreBackup({ path: it.path, passphrase: PASSPHRASE, from })
    const { db } = openProject(it.path)
    expect([hasPin(db, it.amara), hasPin(db, it.ben)]).toEqual([true, false])
    expect(checkPin(db, { id: it.amara, name: 'Amara' }, '4711 now')).toBe(0)
  })

  it('where a killed run has left its log: that goes with the kept file, which holds all that was in it', () => {
    const it = study()
    it.code(2)
    const from = it.backUp()
    const older = stateOf(from)
    const project = Project.open(it.path, PASSPHRASE)
    it.apply(project, 6)
    const newer = fingerprint(project.db)
    const killed = ['', '-wal'].map((ending) => bytes(it.path + ending)) as [Buffer, Buffer]
    project.close()
    writeFileSync(it.path, killed[0])
    writeFileSync(`${it.path}-wal`, killed[1])
    const { kept } = restoreBackup({ path: it.path, passphrase: PASSPHRASE, from })
    expect(bytes(kept as string).equals(killed[0])).toBe(true)
    expect(bytes(`${kept}-wal`).equals(killed[1])).toBe(true)
    expect(existsSync(`${it.path}-wal`)).toBe(false)
    const again = openProject(it.path)
    expect([again.notices, fingerprint(again.db)]).toEqual([[], older])
    expect(stateOf(kept as string)).toBe(newer)
  })

  it('not while the project is open', () => {
    const it = study()
    const from = it.backUp()
    const project = openProject(it.path)
    it.apply(project, 2)
    expect(codeOf(() => restoreBackup({ path: it.path, passphrase: PASSPHRASE, from }))).toBe('project-busy')
    it.apply(project, 1)
    expect(readdirSync(dirname(it.path)).filter((name) => /kept|restored/.test(name))).toEqual([])
  })

  it('not where it is of another project, or no project, or the project itself', () => {
    const it = study()
    it.code(1)
    const before = stateOf(it.path)
    const other = study()
    const text = join(dirname(it.path), 'text.understory')
    writeFileSync(text, 'no project '.repeat(1_000))
    for (const from of [other.path, text, it.path, `${it.path}.nowhere`])
      expect(
        codeOf(() => restoreBackup({ path: it.path, passphrase: PASSPHRASE, from })),
        from,
      ).not.toBe('done')
    expect([stateOf(it.path), keptBeside(it.path)]).toEqual([before, []])
    expect(readdirSync(dirname(it.path)).filter((name) => name.includes('restored'))).toEqual([])
  })
})

describe('a project that cannot be opened', () => {
  it('because it is damaged or gone is put back from its backups, which are found without it', async () => {
    for (const harm of ['damaged', 'gone'] as const) {
      const it = study()
      it.code(3)
      const backup = it.backUp()
      const older = stateOf(backup)
      it.code(1)
      if (harm === 'gone') rmSync(it.path)
      else for (const at of [100, 5_000, 9_000]) flip(it.path, at)
      const harmed = harm === 'gone' ? null : bytes(it.path)
      const { call, open } = windowOn(it.path)
      await expect(open()).rejects.toMatchObject({
        code: harm === 'gone' ? 'file-not-found' : 'project-damaged',
      })
      const [row] = await call('backups.list', { of: CLOSED })
      const name = row?.name as string
      expect(await call('backups.look', { of: CLOSED, name })).toMatchObject({
        contents: { notes: 2 },
        problem: null,
        comparison: null,
      })
      expect(await call('backups.restoreClosed', { ...CLOSED, name })).toMatchObject({ codings: 3 })
      await call('project.close', {})
      expect(stateOf(it.path)).toBe(older)
      const [kept] = keptBeside(it.path)
      if (harmed === null) expect(kept).toBe(undefined)
      else expect(bytes(join(dirname(it.path), kept as string)).equals(harmed)).toBe(true)
    }
  })
})

describe('a backup that is opened by itself', () => {
  it('works as a project of its own, and says what it is', () => {
    const it = study()
    it.code(2)
    const backup = openProject(it.backUp())
    expect(backup.notices.map(({ words }) => words)).toEqual([
      expect.stringMatching(/^This is a backup of 30 Nov 2026, 09:00, opened as a project of its own/),
    ])
    it.apply(backup, 1)
    expect(verify(backup.db)).toMatchObject({ ok: true })
    expect(existsSync(backupFolder(backup.path))).toBe(false)
  })
})
