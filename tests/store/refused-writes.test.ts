import { describe, expect, it } from 'vitest'
import { codingsOfNote } from '../../electron/store/codings/codings.ts'
import { PROJECT_ACTOR } from '../../electron/store/journal/change.ts'
import { redactRanges } from '../../electron/store/notes/redactions.ts'
import { keepStagedTexts, stageTexts } from '../../electron/store/notes/texts.ts'
import type { Project } from '../../electron/store/project.ts'
import { fingerprint, verify } from '../../electron/store/verify/verify.ts'
import type { CoderId } from '../../shared/contract/basics.ts'
import { asProblem } from '../../shared/problem.ts'
import { addCode, addNotes, applyCode } from './project-content.ts'
import { makeProject, openProject } from './temporary-project.ts'

function study() {
  const project = makeProject()
  const amara = project.addCoder('Amara').id
  const ben = project.addCoder('Ben').id
  addNotes(project, PROJECT_ACTOR, { N1: 'Mum shouted. Police came twice.' })
  const code = addCode(project, PROJECT_ACTOR, 'Neglect')
  return { project, amara, ben, code }
}

function problemOf(work: () => unknown): { code: string; message: string } {
  try {
    work()
  } catch (error) {
    return asProblem(error)
  }
  throw new Error('It was not refused.')
}

const count = (project: Project, coder: CoderId) => codingsOfNote(project.db, 'N1', [coder]).length

describe('a change that cannot be written', () => {
  it('on a full disk says so, is not there, and can be made once there is space', () => {
    const { project, amara, code } = study()
    const pages = project.db.pragma('page_count', { simple: true }) as number
    project.db.pragma(`max_page_count = ${pages}`)
    let refusal: { code: string; message: string } | null = null
    let made = 0
    while (!refusal && made < 1_000) {
      const before = fingerprint(project.db)
      try {
        applyCode(project, amara, 'N1', code, [0, 1 + (made % 9)])
        made++
      } catch (error) {
        refusal = asProblem(error)
        expect(fingerprint(project.db)).toBe(before)
      }
    }
    expect(refusal).toMatchObject({ code: 'disk-full' })
    expect(refusal?.message).toMatch(/Nothing was changed/)
    expect(count(project, amara)).toBe(made)
    project.db.pragma('max_page_count = 1000000')
    applyCode(project, amara, 'N1', code, [0, 3])
    expect(count(project, amara)).toBe(made + 1)
    expect(verify(project.db)).toMatchObject({ ok: true, problems: [] })
  })

  it('because another program is writing says so, and can be made afterwards', () => {
    const { project, amara, code } = study()
    const other = openProject(project.path)
    project.db.pragma('busy_timeout = 50')
    other.db.exec('BEGIN IMMEDIATE')
    expect(problemOf(() => applyCode(project, amara, 'N1', code, [0, 3]))).toMatchObject({
      code: 'project-busy',
    })
    other.db.exec('ROLLBACK')
    applyCode(project, amara, 'N1', code, [0, 3])
    expect(count(other, amara)).toBe(1)
  })

  it('to a file that may only be read says so', () => {
    const { project, amara, code } = study()
    project.db.pragma('query_only = ON')
    const { code: kind, message } = problemOf(() => applyCode(project, amara, 'N1', code, [0, 3]))
    expect([kind, /Nothing was changed/.test(message)]).toEqual(['read-only', true])
    project.db.pragma('query_only = OFF')
    expect([count(project, amara), verify(project.db).ok]).toEqual([0, true])
  })
})

describe('a change that does not fit what is there', () => {
  it('because its id is taken says so in words, and is not there', () => {
    const { project, amara, ben, code } = study()
    const id = applyCode(project, amara, 'N1', code, [0, 3])
    const before = fingerprint(project.db)
    const again = { codings: [{ id, note: 'N1', code, start: 4, end: 7 }] }
    const { code: kind, message } = problemOf(() => project.change(ben, 'codings.apply', again))
    expect([kind, message]).toEqual(['conflict', expect.stringMatching(/^There is something of this name/)])
    expect(fingerprint(project.db)).toBe(before)
  })

  it('because what is to be redacted ends before it begins says so, and takes nothing out', () => {
    const { project, amara } = study()
    const before = fingerprint(project.db)
    for (const [start, end] of [
      [5, 2],
      [3, 3],
    ] as const) {
      const ranges = [
        { noteId: 'N1', start: 0, end: 3 },
        { noteId: 'N1', start, end },
      ]
      const { code, message } = problemOf(() => redactRanges(project, amara, ranges, '#'))
      expect([code, message]).toEqual(['bad-arguments', expect.stringMatching(/ends before it begins/)])
    }
    expect(fingerprint(project.db)).toBe(before)
  })
})

describe('two programs on one file', () => {
  it('write in turn: both see all of it, undo their own coder’s work, and the chain holds', () => {
    const { project, amara, ben, code } = study()
    const other = openProject(project.path)
    for (let turn = 0; turn < 20; turn++) {
      applyCode(project, amara, 'N1', code, [turn % 5, 6 + turn])
      applyCode(other, ben, 'N1', code, [turn % 5, 6 + turn])
      if (turn % 4 === 0) other.undo(ben)
      if (turn % 5 === 0) project.undo(amara)
    }
    expect([count(project, amara), count(project, ben)]).toEqual([16, 15])
    expect(fingerprint(project.db)).toBe(fingerprint(other.db))
    expect(verify(other.db)).toMatchObject({ ok: true, problems: [] })
  })

  it('one opening the file in the middle of the other’s import leaves no note without its text', () => {
    const { project } = study()
    stageTexts(project.db, [{ hash: 'h1', body: 'one' }])
    openProject(project.path)
    stageTexts(project.db, [{ hash: 'h2', body: 'two' }])
    const problem = problemOf(() =>
      project.journal.transaction(() => keepStagedTexts(project.db, ['h1', 'h2'])),
    )
    expect(problem).toMatchObject({ code: 'conflict' })
    expect(problem.message).toMatch(/No note was added; import them again/)
  })
})
