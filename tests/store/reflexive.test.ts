/** A reflexive analysis hides agreement on the screens; it forbids and changes nothing else. */
import { describe, expect, it } from 'vitest'
import { computeAgreement } from '../../electron/store/analysis/agreement.ts'
import { verify } from '../../electron/store/verify/verify.ts'
import { addCode, addNotes, applyCode } from './project-content.ts'
import { makeProject } from './temporary-project.ts'

function team() {
  const project = makeProject()
  const amara = project.addCoder('Amara').id
  const ben = project.addCoder('Ben', amara).id
  addNotes(project, amara, { n1: 'School is worried.', n2: 'Low mood.' })
  const code = addCode(project, amara, 'Neglect')
  applyCode(project, amara, 'n1', code, null)
  applyCode(project, ben, 'n1', code, null)
  for (const coder of [amara, ben])
    project.change(coder, 'note.setStatus', { notes: ['n1', 'n2'], status: 'finished' })
  return { project, amara, ben }
}

describe('reflexive analysis', () => {
  it('is set by a lead alone, undone like any change, and part of the journal', () => {
    const { project, amara, ben } = team()
    expect(project.info().isReflexive).toBe(false)
    expect(() => project.change(ben, 'project.setReflexive', { isReflexive: true })).toThrow(/Only a lead/)
    expect(project.info().isReflexive).toBe(false)
    project.change(amara, 'project.setReflexive', { isReflexive: true })
    expect(project.info().isReflexive).toBe(true)
    project.undo(amara)
    expect(project.info().isReflexive).toBe(false)
    project.redo(amara)
    expect(project.info().isReflexive).toBe(true)
    expect(verify(project.db)).toMatchObject({ ok: true, replay: true, problems: [] })
  })

  it('leaves every figure as it was for whoever asks for it', () => {
    const { project, amara, ben } = team()
    const compute = () =>
      computeAgreement(project.db, {
        coderIds: [amara, ben],
        unit: 'note',
        codeIds: null,
        replicates: 0,
        resampled: 'note',
        seed: 1,
      })
    const before = compute()
    expect(before.codes[0]?.figures.cohen.value).toBe(1)
    project.change(amara, 'project.setReflexive', { isReflexive: true })
    expect(compute()).toEqual(before)
  })
})
