/** Coding what was found: what is coded already is left, and notes that are finished are asked about. */
import { describe, expect, it } from 'vitest'
import { applyToFound } from '../../electron/store/intake/found-ranges.ts'
import { noteRow } from '../../electron/store/notes/list.ts'
import { finishedRule } from '../../electron/store/settings/finished-rule.ts'
import type { NoteId } from '../../shared/contract/basics.ts'
import { addCode, addNotes, applyCode } from './project-content.ts'
import { makeProject } from './temporary-project.ts'

const TEXT = 'Mum shouted again. Police came twice.'

function study() {
  const project = makeProject()
  const amara = project.addCoder('Amara').id
  addNotes(project, amara, { N1: TEXT, N2: TEXT, N3: TEXT })
  const code = addCode(project, amara, 'Police')
  const count = () => project.db.prepare('SELECT count(*) FROM coding').pluck().get() as number
  const police = (noteId: NoteId) => ({ noteId, start: 19, end: 25 })
  const statusOf = (noteId: NoteId) => noteRow(project.db, amara, noteId)?.status
  return { project, amara, code, count, police, statusOf }
}

describe('coding what was found', () => {
  it('leaves what lies in a coding of the same code, alone or as part of more', () => {
    const { project, amara, code, count, police } = study()
    applyCode(project, amara, 'N1', code, [19, 25])
    applyCode(project, amara, 'N2', code, [0, TEXT.length])
    const ranges = ['N1', 'N2', 'N3'].map(police)
    expect(applyToFound(project, amara, code, ranges, 'code')).toMatchObject({ added: 1, duplicate: 2 })
    expect(count()).toBe(3)
  })

  it('counts what overlaps a coding of the same code and coder, and only that', () => {
    const { project, amara, code, police } = study()
    const ben = project.addCoder('Ben', amara).id
    applyCode(project, amara, 'N1', code, [19, 22])
    applyCode(project, amara, 'N2', addCode(project, amara, 'Neglect'), [19, 22])
    applyCode(project, ben, 'N3', code, [19, 22])
    const ranges = ['N1', 'N2', 'N3'].map(police)
    expect(applyToFound(project, amara, code, ranges, 'code')).toMatchObject({ added: 3, overlapping: 1 })
  })

  it('codes what only another coder, or another code, has there', () => {
    const { project, amara, code, count, police } = study()
    const ben = project.addCoder('Ben', amara).id
    applyCode(project, ben, 'N1', code, [19, 25])
    applyCode(project, amara, 'N2', addCode(project, amara, 'Neglect'), [19, 25])
    expect(applyToFound(project, amara, code, ['N1', 'N2'].map(police), 'code')).toMatchObject({ added: 2 })
    expect(count()).toBe(4)
  })

  it('changes nothing and says how many stand in finished notes, until it is told what to do with them', () => {
    const { project, amara, code, count, police, statusOf } = study()
    project.change(amara, 'note.setStatus', { notes: ['N2', 'N3'], status: 'finished' })
    const ranges = ['N1', 'N2', 'N3'].map(police)
    const asked = { added: 0, duplicate: 0, overlapping: 0, finished: { notes: 2, ranges: 2 } }
    expect(applyToFound(project, amara, code, ranges, 'ask')).toEqual(asked)
    expect(count()).toBe(0)
    expect(applyToFound(project, amara, code, ranges, 'leave').added).toBe(1)
    expect(applyToFound(project, amara, code, ranges, 'reopen').added).toBe(2)
    expect([statusOf('N2'), statusOf('N3')]).toEqual(['in progress', 'in progress'])
    project.undo(amara)
    expect([count(), statusOf('N2'), statusOf('N3')]).toEqual([1, 'finished', 'finished'])
    expect(applyToFound(project, amara, code, ranges, 'code').added).toBe(2)
    expect(statusOf('N2')).toBe('finished')
  })

  it('follows the project’s rule, which only a lead sets', () => {
    const { project, amara } = study()
    expect(finishedRule(project.db)).toBe('ask')
    project.change(amara, 'project.setFinishedRule', { rule: 'reopen' })
    expect(finishedRule(project.db)).toBe('reopen')
    const ben = project.addCoder('Ben', amara).id
    expect(() => project.change(ben, 'project.setFinishedRule', { rule: 'code' })).toThrow(/Only a lead/)
    project.undo(amara)
    expect(finishedRule(project.db)).toBe('ask')
  })
})
