import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync as writeWhole } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { backup } from '../../electron/store/file/backup.ts'
import { foldLog } from '../../electron/store/file/database.ts'
import { sha256 } from '../../electron/store/file/hash.ts'
import { PROJECT_ACTOR } from '../../electron/store/journal/change.ts'
import { Project } from '../../electron/store/project.ts'
import { fingerprint, verify } from '../../electron/store/verify/verify.ts'
import type { CodeId } from '../../shared/contract/basics.ts'
import { asProblem } from '../../shared/problem.ts'
import { addCode, addNotes, applyCode } from './project-content.ts'
import { makeProject, openProject, PASSPHRASE, temporaryFolder } from './temporary-project.ts'

/** A project with some coding in it, still open; `again` closes it and opens it anew, with an empty log. */
function study() {
  let project = makeProject()
  const path = project.path
  const amara = project.addCoder('Amara').id
  addNotes(project, PROJECT_ACTOR, { N1: 'Mum shouted. Police came twice. '.repeat(40) })
  const codes = Array.from({ length: 8 }, (_, at) => addCode(project, PROJECT_ACTOR, `Code ${at}`))
  let made = 0
  return {
    path,
    get db() {
      return project.db
    },
    code: (times: number) => {
      for (let each = 0; each < times; each++, made++)
        applyCode(project, amara, 'N1', codes[made % 8] as CodeId, [made, made + 9])
    },
    again: () => {
      project.close()
      project = openProject(path)
    },
    close: () => project.close(),
  }
}

/** What a killed run leaves: the file and its log as they are on the disk. */
function crashed(path: string, into = join(temporaryFolder(), 'study.understory')): string {
  copyFileSync(path, into)
  copyFileSync(`${path}-wal`, `${into}-wal`)
  return into
}

const bytes = (path: string) => sha256(readFileSync(path).toString('latin1'))
const inFolder = (path: string) => readdirSync(dirname(path)).sort()

/** What the file alone holds. */
function stateAlone(path: string): string {
  const alone = join(temporaryFolder(), 'alone.understory')
  copyFileSync(path, alone)
  const project = openProject(alone)
  const state = fingerprint(project.db)
  project.close()
  return state
}

function expectSetAside(path: string, expected: string, log: string): void {
  const project = openProject(path)
  expect(fingerprint(project.db)).toBe(expected)
  expect(verify(project.db)).toMatchObject({ ok: true, problems: [] })
  expect(project.notices).toHaveLength(1)
  expect(project.notices[0]?.words).toMatch(/A log lay beside study\.understory that is not its own/)
  const aside = inFolder(path).filter((name) => name.includes('(set aside '))
  expect(aside).toHaveLength(1)
  expect(project.notices[0]?.words).toContain(aside[0])
  expect(bytes(join(dirname(path), aside[0] as string))).toBe(log)
  project.close()
  const again = openProject(path)
  expect([again.notices, fingerprint(again.db)]).toEqual([[], expected])
}

describe('a log that a killed run left beside its own file', () => {
  it('is read in without a word', () => {
    const project = study()
    project.code(20)
    const now = fingerprint(project.db)
    const path = crashed(project.path)
    const opened = openProject(path)
    expect([fingerprint(opened.db), opened.notices]).toEqual([now, []])
    opened.close()
    expect(inFolder(path)).toEqual(['study.understory'])
  })

  it('is read in where the file was folded in half', () => {
    const project = study()
    project.code(60)
    const now = fingerprint(project.db)
    const path = crashed(project.path)
    foldLog(project.db)
    // The pages of the log have reached the first part of the file only.
    const [old, whole] = [readFileSync(path), readFileSync(project.path)]
    const half = Math.floor(old.length / 8_192) * 4_096
    whole.copy(old, 0, 0, half)
    const torn = join(temporaryFolder(), 'study.understory')
    copyFileSync(`${path}-wal`, `${torn}-wal`)
    writeWhole(torn, old)
    const opened = openProject(torn)
    expect([fingerprint(opened.db), opened.notices]).toEqual([now, []])
  })

  it('is left to who is writing it', () => {
    const project = study()
    project.code(5)
    const other = openProject(project.path)
    expect([fingerprint(other.db), other.notices]).toEqual([fingerprint(project.db), []])
    other.close()
    project.code(5)
    expect(verify(project.db).ok).toBe(true)
  })

  it('does not turn a wrong passphrase into a damaged file', () => {
    const project = study()
    project.code(5)
    const path = crashed(project.path)
    const [file, log] = [bytes(path), bytes(`${path}-wal`)]
    try {
      Project.open(path, 'not it')
      expect.unreachable()
    } catch (error) {
      expect(asProblem(error).code).toBe('wrong-passphrase')
    }
    expect([bytes(path), bytes(`${path}-wal`)]).toEqual([file, log])
  })
})

describe('a log beside a file that was put in its place', () => {
  /** How many changes lie between the older copy and where the log begins, and how many are in the log. */
  const DISTANCES = [
    [1, 1],
    [1, 12],
    [12, 1],
    [40, 40],
  ] as const

  for (const [between, after] of DISTANCES) {
    it(`is set aside from a copy that is ${between} changes older than the log of ${after}`, () => {
      const project = study()
      project.code(4)
      project.close()
      const older = join(temporaryFolder(), 'older.understory')
      copyFileSync(project.path, older)
      project.again()
      project.code(between)
      project.again()
      project.code(after)
      const path = crashed(project.path)
      copyFileSync(older, path)
      expectSetAside(path, stateAlone(older), bytes(`${path}-wal`))
    })

    it(`is set aside from a file that went on for ${between} changes after the log of ${after} was left`, () => {
      const project = study()
      project.code(after)
      const path = crashed(project.path)
      project.again()
      project.code(between)
      project.close()
      copyFileSync(project.path, path)
      expectSetAside(path, stateAlone(project.path), bytes(`${path}-wal`))
    })
  }

  it('is set aside from a backup', () => {
    const project = study()
    project.code(10)
    const copy = join(temporaryFolder(), 'backup.understory')
    backup(project.db, PASSPHRASE, copy)
    project.code(10)
    const path = crashed(project.path)
    copyFileSync(copy, path)
    expectSetAside(path, stateAlone(copy), bytes(`${path}-wal`))
  })

  it('is set aside from another project, whose passphrase is not called wrong', () => {
    const first = study()
    first.code(5)
    const path = crashed(first.path)
    const second = study()
    second.code(3)
    second.close()
    copyFileSync(second.path, path)
    expectSetAside(path, stateAlone(second.path), bytes(`${path}-wal`))
  })

  it('is left where it is when the file alone is no sound project either; neither is changed', () => {
    const project = study()
    project.code(40)
    project.close()
    const older = join(temporaryFolder(), 'older.understory')
    copyFileSync(project.path, older)
    project.again()
    project.code(40)
    project.again()
    project.code(20)
    const path = crashed(project.path)
    const torn = readFileSync(older)
    torn.fill(7, 4_096 * 5, 4_096 * 7)
    writeWhole(path, torn)
    const [file, log] = [bytes(path), bytes(`${path}-wal`)]
    try {
      openProject(path)
      expect.unreachable()
    } catch (error) {
      expect(asProblem(error).code).toBe('project-damaged')
      expect(asProblem(error).message).toMatch(/Neither was changed/)
    }
    expect([bytes(path), bytes(`${path}-wal`), existsSync(`${path}-wal`)]).toEqual([file, log, true])
  })
})

describe('a log with a byte that changed', () => {
  it('is never read in as an older state without a word, and is kept as it was', () => {
    const project = study()
    project.again()
    project.code(6)
    const now = fingerprint(project.db)
    const log = readFileSync(`${project.path}-wal`)
    const flips = 24
    for (let flip = 0; flip < flips; flip++) {
      const path = crashed(project.path)
      const changed = Buffer.from(log)
      const at = Math.floor(((flip + 0.5) / flips) * log.length)
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at)
      writeWhole(`${path}-wal`, changed)
      const opened = openProject(path)
      expect(fingerprint(opened.db)).not.toBe(now)
      expect(verify(opened.db)).toMatchObject({ ok: true })
      expect(opened.notices).toEqual([
        { isLoss: true, words: expect.stringMatching(/The log beside .* is damaged/) },
      ])
      const kept = inFolder(path).filter((name) => name.includes('(damaged '))
      expect(bytes(join(dirname(path), kept[0] as string))).toBe(sha256(changed.toString('latin1')))
      opened.close()
    }
  })
})

describe('a log beside a file with a page that cannot be read', () => {
  it('is read in whole or left with the file as it was, whichever page it is', () => {
    const project = study()
    project.code(60)
    project.again()
    project.code(6)
    const now = fingerprint(project.db)
    const whole = readFileSync(project.path)
    const pages = whole.length / 4_096
    const outcomes = new Set<string>()
    for (const cut of [false, true])
      for (let page = 1; page < pages; page += Math.ceil(pages / 10)) {
        const path = crashed(project.path)
        const harmed = cut ? whole.subarray(0, page * 4_096 + 100) : Buffer.from(whole)
        if (!cut) harmed.writeUInt8(harmed.readUInt8(page * 4_096 + 9) ^ 1, page * 4_096 + 9)
        writeWhole(path, harmed)
        const before = [bytes(path), bytes(`${path}-wal`)]
        try {
          const opened = openProject(path)
          expect(fingerprint(opened.db)).toBe(now)
          opened.close()
          outcomes.add('whole')
        } catch (error) {
          const { code, message } = asProblem(error)
          expect([code, message]).toEqual([
            'project-damaged',
            expect.stringMatching(/(Neither|Nothing) was changed/),
          ])
          expect([bytes(path), bytes(`${path}-wal`)]).toEqual(before)
          outcomes.add('refused')
        }
      }
    expect(outcomes).toContain('refused')
  })
})
