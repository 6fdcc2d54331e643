import { closeSync, openSync, readFileSync, writeSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { PROJECT_ACTOR } from '../../electron/store/journal/change.ts'
import { Project } from '../../electron/store/project.ts'
import { asProblem } from '../../shared/problem.ts'
import { addCode, addNotes } from './project-content.ts'
import { makeProject, PASSPHRASE, temporaryFolder } from './temporary-project.ts'

function makeStudy(): string {
  const project = makeProject()
  project.addCoder('Amara')
  addNotes(project, PROJECT_ACTOR, { N1: 'Mum shouted. '.repeat(200) })
  for (let at = 0; at < 10; at++) addCode(project, PROJECT_ACTOR, `Code ${at}`)
  project.close()
  return project.path
}

function flip(path: string, at: number): void {
  const file = openSync(path, 'r+')
  writeSync(file, Buffer.from([(readFileSync(path)[at] as number) ^ 1]), 0, 1, at)
  closeSync(file)
}

function refusal(
  path: string,
  passphrase: string,
  settingsFolder?: string,
): { code: string; message: string } {
  try {
    Project.open(path, passphrase, settingsFolder === undefined ? undefined : { settingsFolder }).close()
  } catch (error) {
    return asProblem(error)
  }
  throw new Error('It was not refused.')
}

describe('a project whose beginning is damaged', () => {
  for (const at of [16, 100, 2_000, 4_095]) {
    it(`in byte ${at} is called damaged under the right passphrase, and the passphrase wrong under another`, () => {
      const path = makeStudy()
      flip(path, at)
      const { code, message } = refusal(path, PASSPHRASE)
      expect(code).toBe('project-damaged')
      expect(message).toMatch(/passphrase is right.*beginning of study\.understory is damaged.*open a backup/)
      expect(refusal(path, 'not it').code).toBe('wrong-passphrase')
    })
  }

  it('in its salt is called damaged where it was opened on this computer before', () => {
    const path = makeStudy()
    const settingsFolder = temporaryFolder()
    const project = Project.open(path, PASSPHRASE, { settingsFolder })
    addCode(project, PROJECT_ACTOR, 'Poverty')
    project.close()
    flip(path, 3)
    expect(refusal(path, PASSPHRASE, settingsFolder).code).toBe('project-damaged')
    expect(refusal(path, 'not it', settingsFolder).code).toBe('wrong-passphrase')
  })

  it('in its salt may be damaged where nothing is known of it, and that is said', () => {
    const path = makeStudy()
    flip(path, 3)
    const { code, message } = refusal(path, PASSPHRASE)
    expect(code).toBe('wrong-passphrase')
    expect(message).toMatch(/capitals and the keyboard.*If you are sure of it, the file may be damaged/)
  })
})
