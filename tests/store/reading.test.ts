import { describe, expect, it } from 'vitest'
import { readQualifiers } from '../../electron/store/codebook/qualifiers.ts'
import { PROJECT_ACTOR } from '../../electron/store/journal/change.ts'
import {
  keepReadingPosition,
  keepView,
  lastNoteRead,
  readingPosition,
  takeView,
} from '../../electron/store/notes/reading.ts'
import { fingerprint, verify } from '../../electron/store/verify/verify.ts'
import type { QualifierDefinition } from '../../shared/contract/qualifiers.ts'
import { addCode, addNotes, applyCode } from './project-content.ts'
import { makeProject, openProject } from './temporary-project.ts'

function study() {
  const project = makeProject()
  const amara = project.addCoder('Amara').id
  const ben = project.addCoder('Ben').id
  addNotes(project, PROJECT_ACTOR, { N1: 'Mum shouted.', N2: 'Settled week.' })
  return { project, amara, ben }
}

describe('the place where a coder was reading', () => {
  it('is each coder’s own, is there after reopening, and is no part of the journal', () => {
    const { project, amara, ben } = study()
    const before = [fingerprint(project.db), project.history.list(null, 1).total]
    expect(lastNoteRead(project.db, amara)).toBeNull()
    expect(readingPosition(project.db, amara, 'N1')).toBe(0)
    keepReadingPosition(project.db, amara, 'N1', 7)
    keepReadingPosition(project.db, amara, 'N2', 3)
    keepReadingPosition(project.db, ben, 'N1', 1)
    expect([fingerprint(project.db), project.history.list(null, 1).total]).toEqual(before)
    project.close()
    const { db } = openProject(project.path)
    expect([lastNoteRead(db, amara), lastNoteRead(db, ben)]).toEqual(['N2', 'N1'])
    expect(['N1', 'N2'].map((note) => readingPosition(db, amara, note))).toEqual([7, 3])
    expect(verify(db).ok).toBe(true)
  })

  it('is nowhere when the note has gone with its import', () => {
    const { project, amara } = study()
    addNotes(project, amara, { N3: 'Late.' }, 'YP3')
    keepReadingPosition(project.db, amara, 'N3', 2)
    project.undo(amara)
    expect(lastNoteRead(project.db, amara)).toBeNull()
    project.redo(amara)
    expect(lastNoteRead(project.db, amara)).toBe('N3')
  })
})

describe('how the screen stood when the project was locked', () => {
  it('is there once after reopening, then nowhere in the file, and is no part of the journal', () => {
    const { project } = study()
    const before = [fingerprint(project.db), project.history.list(null, 1).total]
    keepView(project.db, '{"search":"Mum"}')
    expect([fingerprint(project.db), project.history.list(null, 1).total]).toEqual(before)
    project.close()
    const { db } = openProject(project.path)
    expect(takeView(db)).toBe('{"search":"Mum"}')
    expect(takeView(db)).toBeNull()
    expect(db.prepare("SELECT count(*) FROM local WHERE value LIKE '%Mum%'").pluck().get()).toBe(0)
    expect(verify(db).ok).toBe(true)
  })
})

describe('qualifiers of a project', () => {
  const define = (name: string, ...values: string[]): QualifierDefinition => ({
    name,
    values: values.map((value) => ({ name: value, short: value.slice(0, 3), key: null })),
  })

  it('are none until they are defined, and their definition is a step back and forth', () => {
    const { project, amara } = study()
    expect(readQualifiers(project.db)).toEqual([])
    const [first, second] = [define('time', 'past', 'now'), define('who', 'sibling')]
    project.change(amara, 'qualifiers.define', { qualifiers: [first] })
    project.change(amara, 'qualifiers.define', { qualifiers: [first, second] })
    expect(readQualifiers(project.db)).toEqual([first, second])
    project.undo(amara)
    expect(readQualifiers(project.db)).toEqual([first])
    project.undo(amara)
    expect(readQualifiers(project.db)).toEqual([])
    project.redo(amara)
    project.redo(amara)
    expect(readQualifiers(project.db)).toEqual([first, second])
    expect(verify(project.db).ok).toBe(true)
  })
})

describe('the steps of the history', () => {
  it('are what undo and redo then do, one press after the other, in words', () => {
    const { project, amara, ben } = study()
    const code = addCode(project, PROJECT_ACTOR, 'Neglect')
    applyCode(project, amara, 'N1', code, [0, 3])
    applyCode(project, ben, 'N1', code, [0, 3])
    applyCode(project, amara, 'N1', code, null)
    project.undo(amara)
    const labels = () => {
      const { done, undone } = project.history.steps(amara, 10)
      return { done: done.map(({ label }) => label), undone: undone.map(({ label }) => label) }
    }
    expect(labels()).toMatchObject({ undone: ['applied Neglect'] })
    for (let { done } = labels(); done.length > 0; { done } = labels()) {
      const [next] = done
      const { entry } = project.undo(amara)
      expect(project.journal.labels.ofStep(entry.undoes as string)).toBe(next)
      expect(labels().undone[0]).toBe(next)
    }
    expect(() => project.undo(amara)).toThrow(/nothing to undo/)
    expect(project.history.steps(ben, 10).done.map(({ label }) => label)).toEqual(['applied Neglect'])
  })

  it('are as many as were asked for, and the same after a restart', () => {
    const { project, amara } = study()
    const code = addCode(project, amara, 'Neglect')
    for (let n = 0; n < 30; n++) applyCode(project, amara, 'N1', code, [0, 1 + (n % 5)])
    for (let n = 0; n < 10; n++) project.undo(amara)
    for (let n = 0; n < 4; n++) project.redo(amara)
    const steps = project.history.steps(amara, 12)
    expect([steps.done.length, steps.undone.length]).toEqual([12, 6])
    project.close()
    expect(openProject(project.path).history.steps(amara, 12)).toEqual(steps)
  })
})
