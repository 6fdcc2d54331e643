/** The codes used last belong to a coder and a project, and hold no code twice. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keepRecentCodes, recentCodes } from '../../electron/store/codings/recent-codes.ts'
import { withCode } from '../../renderer/state/recent-codes-order.ts'
import type { CodeId } from '../../shared/contract/basics.ts'
import { codeId } from '../ids.ts'
import { addCode, addNotes, applyCode } from './project-content.ts'
import { makeProject, openProject } from './temporary-project.ts'

describe('recent codes', () => {
  it('are those of the coder’s own codings until some are kept, and each coder has their own', () => {
    const project = makeProject()
    const amara = project.addCoder('Amara').id
    const ben = project.addCoder('Ben', amara).id
    addNotes(project, amara, { N1: 'Mum shouted again.' })
    const [one, two] = [addCode(project, amara, 'One'), addCode(project, amara, 'Two')]
    for (const code of [one, two, one]) applyCode(project, amara, 'N1', code, [0, 3])
    expect(recentCodes(project.db, amara)).toEqual({ newest: [one, two], numbered: [one, two] })
    expect(recentCodes(project.db, ben)).toEqual({ newest: [], numbered: [] })
    keepRecentCodes(project.db, ben, { newest: [two], numbered: [two] })
    expect(recentCodes(project.db, amara).newest).toEqual([one, two])
    const { path } = project
    project.close()
    expect(recentCodes(openProject(path).db, ben)).toEqual({ newest: [two], numbered: [two] })
  })

  it('leave out codes that are gone', () => {
    const project = makeProject()
    const amara = project.addCoder('Amara').id
    const code = addCode(project, amara, 'One')
    keepRecentCodes(project.db, amara, { newest: [codeId('gone'), code], numbered: [code, codeId('gone')] })
    expect(recentCodes(project.db, amara)).toEqual({ newest: [code], numbered: [code] })
  })

  it('are never more than nine, none twice, and keep their numbers while they are among them', () => {
    const uses = fc.array(
      fc.integer({ min: 0, max: 14 }).map((at) => codeId(`code-${at}`)),
      { maxLength: 80 },
    )
    fc.assert(
      fc.property(uses, (used) => {
        let state: { newest: readonly CodeId[]; numbered: readonly CodeId[] } = { newest: [], numbered: [] }
        for (const code of used) {
          const before = state
          state = withCode(state, code)
          expect(state.newest[0]).toBe(code)
          expect(state.numbered.length).toBeLessThanOrEqual(9)
          expect(new Set(state.numbered).size).toBe(state.numbered.length)
          expect([...state.newest].sort()).toEqual([...state.numbered].sort())
          const moved = before.numbered.filter(
            (id, at) => state.numbered.includes(id) && state.numbered[at] !== id,
          )
          expect(moved).toEqual([])
        }
      }),
    )
  })
})
