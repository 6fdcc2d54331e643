import { copyFileSync, readdirSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { PROJECT_ACTOR } from '../../electron/store/journal/change.ts'
import { Project } from '../../electron/store/project.ts'
import { fingerprint, verify } from '../../electron/store/verify/verify.ts'
import { addCode, addNotes, applyCode } from './project-content.ts'
import { makeProject, PASSPHRASE, temporaryFolder } from './temporary-project.ts'

const opened: Project[] = []
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  for (const project of opened.splice(0)) project.close()
  vi.useRealTimers()
})

/** A project in a folder of its own that a program with these settings has worked on. */
function study() {
  const settingsFolder = temporaryFolder()
  const made = makeProject()
  const amara = made.addCoder('Amara').id
  addNotes(made, PROJECT_ACTOR, { N1: 'Mum shouted. Police came twice. '.repeat(20) })
  const code = addCode(made, PROJECT_ACTOR, 'Neglect')
  made.close()
  const path = made.path
  const open = (marks: { settingsFolder: string; isGuest?: boolean } = { settingsFolder }) => {
    const project = Project.open(path, PASSPHRASE, marks)
    opened.push(project)
    return project
  }
  let at = 0
  const apply = (project: Project, times: number) => {
    for (let each = 0; each < times; each++, at++) applyCode(project, amara, 'N1', code, [at, at + 9])
  }
  return { settingsFolder, path, open, apply }
}
type Study = ReturnType<typeof study>

/** Works, and is killed a while later: file and log stay as they are on the disk. */
function killedAfter({ path, open, apply }: Study, changes: number): string {
  const project = open()
  apply(project, changes)
  vi.advanceTimersByTime(1_000)
  const state = fingerprint(project.db)
  for (const ending of ['', '-wal']) copyFileSync(path + ending, `${path}.kept${ending}`)
  project.close()
  for (const ending of ['', '-wal']) copyFileSync(`${path}.kept${ending}`, path + ending)
  return state
}

const words = (project: Project) => project.notices.map((notice) => notice.words)

describe('a project that comes back with all it had', () => {
  it('opens without a word, killed or closed', () => {
    const it = study()
    const state = killedAfter(it, 5)
    const again = it.open()
    expect([fingerprint(again.db), words(again)]).toEqual([state, []])
    again.close()
    expect(words(it.open())).toEqual([])
  })

  it('keeps a mark that says nothing of what is in it', () => {
    const it = study()
    killedAfter(it, 5)
    const folder = join(it.settingsFolder, 'progress')
    const [file] = readdirSync(folder)
    expect(file).toMatch(/^[0-9a-f]{64}\.json$/)
    const mark = JSON.parse(readFileSync(join(folder, file as string), 'utf8'))
    expect(Object.keys(mark).sort()).toEqual(['at', 'entries', 'hash', 'id', 'project', 'salt'])
    if (process.platform !== 'win32') expect(statSync(join(folder, file as string)).mode & 0o777).toBe(0o600)
  })

  it('has no mark made by scripts that only come by', () => {
    const { settingsFolder, open, apply } = study()
    const project = open({ settingsFolder, isGuest: true })
    apply(project, 2)
    project.close()
    expect(readdirSync(settingsFolder)).toEqual([])
  })
})

describe('a project that comes back with less', () => {
  it('because its log was cut off says how much is missing and since when, wherever it was cut', () => {
    const it = study()
    const state = killedAfter(it, 8)
    const { size } = statSync(`${it.path}-wal`)
    const cuts = 20
    for (let cut = 0; cut < cuts; cut++) {
      for (const ending of ['', '-wal']) copyFileSync(`${it.path}.kept${ending}`, it.path + ending)
      truncateSync(`${it.path}-wal`, Math.floor(((cut + 0.5) / cuts) * size))
      const project = it.open()
      expect(fingerprint(project.db)).not.toBe(state)
      expect(verify(project.db).ok).toBe(true)
      expect(words(project)).toEqual([
        expect.stringMatching(
          /holds less than it did on this computer: at least (one change is|\d+ changes are) missing/,
        ),
      ])
      expect(project.notices[0]?.isLoss).toBe(true)
      project.close()
    }
  })

  it('because its log was lost says so at every opening, until there is something new', () => {
    const it = study()
    killedAfter(it, 8)
    rmSync(`${it.path}-wal`)
    const project = it.open()
    expect(words(project)).toEqual([expect.stringMatching(/at least 8 changes are missing/)])
    project.close()
    const again = it.open()
    expect(words(again)).toEqual([expect.stringMatching(/at least 8 changes are missing/)])
    it.apply(again, 1)
    again.close()
    expect(words(it.open())).toEqual([])
  })

  it('because an older copy was put in its place says so', () => {
    const it = study()
    copyFileSync(it.path, `${it.path}.older`)
    const project = it.open()
    it.apply(project, 3)
    project.close()
    copyFileSync(`${it.path}.older`, it.path)
    expect(words(it.open())).toEqual([expect.stringMatching(/at least 3 changes are missing/)])
  })

  it('because a copy that others went on with is in its place says so', () => {
    const it = study()
    copyFileSync(it.path, `${it.path}.older`)
    const project = it.open()
    it.apply(project, 2)
    project.close()
    copyFileSync(`${it.path}.older`, it.path)
    const other = it.open({ settingsFolder: temporaryFolder() })
    it.apply(other, 4)
    other.close()
    expect(words(it.open())).toEqual([expect.stringMatching(/is another copy of the project/)])
  })

  it('is no such thing when it is another project', () => {
    const it = study()
    const project = it.open()
    it.apply(project, 2)
    project.close()
    rmSync(it.path)
    Project.create(it.path, PASSPHRASE, { title: 'Another' }).close()
    expect(words(it.open())).toEqual([])
  })
})
