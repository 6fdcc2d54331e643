import { describe, expect, it } from 'vitest'
import { overviewOf } from '../../electron/store/analysis/codebook.ts'
import { retrieve } from '../../electron/store/analysis/retrieval.ts'
import { computeThemes, WHOLE_SCOPE } from '../../electron/store/analysis/themes.ts'
import { listCodes } from '../../electron/store/codebook/codes.ts'
import { segmentsOfCode } from '../../electron/store/codings/codings.ts'
import { newId } from '../../electron/store/file/new-id.ts'
import { PROJECT_ACTOR } from '../../electron/store/journal/change.ts'
import type { Project } from '../../electron/store/project.ts'
import { findCoder, getCoder, leads, listCoders, listPeople } from '../../electron/store/team/coders.ts'
import { fingerprint, verify } from '../../electron/store/verify/verify.ts'
import type { CoderId, RoundId } from '../../shared/contract/basics.ts'
import { addCode, addNotes, applyCode, EVERYTHING } from './project-content.ts'
import { makeProject, openProject } from './temporary-project.ts'

function study() {
  const project = makeProject()
  const amara = project.addCoder('Amara').id
  const ben = project.addCoder('Ben').id
  return { project, amara, ben }
}

const names = (project: Project) => listCoders(project.db).map(({ name }) => name)

describe('a second pass', () => {
  it('is a coder named after the person, never a lead, and there may be several', () => {
    const { project, amara } = study()
    const first = project.codeAgain(amara, amara, newId())
    expect(first).toMatchObject({ name: 'Amara (again)', role: 'coder', layer: 'again', person: amara })
    // Begun from the pass itself it is still the person's.
    expect(project.codeAgain(first.id, amara, newId()).name).toBe('Amara (again 2)')
    expect(leads(project.db, first.id)).toBe(false)
    expect(() => project.change(amara, 'coder.setRole', { id: first.id, role: 'lead' })).toThrow(
      /it cannot be a lead/,
    )
    expect(project.info().coders).toEqual(listCoders(project.db))
    expect(verify(project.db)).toMatchObject({ ok: true, problems: [] })
  })

  it('is begun by the person or a lead, and only of a person', () => {
    const { project, amara, ben } = study()
    expect(() => project.codeAgain(ben, amara, newId())).toThrow(/Only Amara or a lead/)
    const pass = project.codeAgain(ben, ben, newId())
    expect(project.codeAgain(amara, ben, newId()).name).toBe('Ben (again 2)')
    expect(() => project.codeAgain(amara, pass.id, newId())).toThrow(/it has no second pass/)
  })

  it('keeps names apart and follows when the person is renamed', () => {
    const { project, amara, ben } = study()
    project.change(ben, 'coder.rename', { id: ben, name: 'Amara (again)' })
    const pass = project.codeAgain(amara, amara, newId())
    expect(pass.name).toBe('Amara (again 2)')
    expect(() => project.change(ben, 'coder.rename', { id: ben, name: 'AMARA (again 2)' })).toThrow(
      /already a coder/,
    )
    project.change(amara, 'coder.rename', { id: amara, name: 'Adaeze' })
    expect(names(project)).toEqual(['Adaeze', 'Amara (again)', 'Adaeze (again 2)'])
    project.undo(amara)
    expect(names(project)).toEqual(['Amara', 'Amara (again)', 'Amara (again 2)'])
  })

  it('can be undone while nothing is coded in it, and not after', () => {
    const { project, amara } = study()
    const before = fingerprint(project.db)
    const pass = project.codeAgain(amara, amara, newId()).id
    project.activate(pass)
    project.undo(amara)
    expect(fingerprint(project.db)).toBe(before)
    expect(project.activeCoder().id).toBe(amara)
    project.redo(amara)
    addNotes(project, PROJECT_ACTOR, { N1: 'Mum shouted.' })
    applyCode(project, pass, 'N1', addCode(project, PROJECT_ACTOR, 'Neglect'), null)
    expect(project.journal.state(amara).undo).toBeNull()
    expect(() => project.undo(amara)).toThrow(/nothing to undo/)
    expect(getCoder(project.db, pass).name).toBe('Amara (again)')
    expect(verify(project.db)).toMatchObject({ ok: true, problems: [] })
  })

  it('is undone from itself as long as it is new, and who began it goes on', () => {
    const { project, amara } = study()
    addNotes(project, amara, { N1: 'Mum shouted.' })
    const code = addCode(project, amara, 'Neglect')
    const before = fingerprint(project.db)
    const pass = project.codeAgain(amara, amara, newId()).id
    project.activate(pass)
    expect(project.journal.state(pass).undo).toBe('began a second pass of Amara')
    project.undo(pass)
    expect(fingerprint(project.db)).toBe(before)
    expect(project.activeCoder().id).toBe(amara)
    expect(project.history.list(null, 1).rows[0]?.coder).toBe('Amara')
    project.redo(amara)
    project.activate(pass)
    expect(project.journal.state(pass).undo).not.toBeNull()
    applyCode(project, pass, 'N1', code, [0, 3])
    // What was done in it is undone as ever; its beginning is not, once it was worked in.
    project.undo(pass)
    expect(() => project.undo(pass)).toThrow(/nothing to undo/)
    expect(getCoder(project.db, pass).layer).toBe('again')
    // Whoever began it undoes what they did before.
    project.undo(amara)
    expect(names(project)).toEqual(['Amara', 'Ben', 'Amara (again)'])
    expect(project.journal.state(amara).undo).toMatch(/^imported/)
    expect(verify(project.db)).toMatchObject({ ok: true, problems: [] })
  })

  it('stays once a round gives it notes', () => {
    const { project, amara } = study()
    addNotes(project, amara, { N1: 'Mum shouted.' })
    const pass = project.codeAgain(amara, amara, newId()).id
    const round = {
      id: newId<RoundId>(),
      name: 'Second',
      coders: [pass],
      notes: ['N1'],
      isBlind: false,
      drawn: null,
    }
    project.change(amara, 'round.add', round)
    expect(project.journal.state(pass).undo).toBeNull()
    project.undo(amara)
    expect(project.journal.state(pass).undo).toBe('began a second pass of Amara')
  })
})

describe('the consensus layer', () => {
  it('is undone from itself as long as it is new, and the lead who added it goes on', () => {
    const { project, amara } = study()
    const before = fingerprint(project.db)
    const consensus = project.addConsensus(amara).id
    project.activate(consensus)
    project.undo(consensus)
    expect(fingerprint(project.db)).toBe(before)
    expect(project.activeCoder().id).toBe(amara)
    expect(verify(project.db)).toMatchObject({ ok: true, problems: [] })
  })

  it('is one, a lead’s to add, and does not lead', () => {
    const { project, amara, ben } = study()
    expect(() => project.addConsensus(ben)).toThrow(/Only a lead/)
    const consensus = project.addConsensus(amara)
    expect(consensus).toMatchObject({ name: 'Consensus', role: 'coder', layer: 'consensus', person: null })
    expect(() => project.addConsensus(amara)).toThrow(/already/)
    expect(() => project.change(amara, 'coder.setRole', { id: consensus.id, role: 'lead' })).toThrow(
      /cannot be a lead/,
    )
    expect(() => project.codeAgain(amara, consensus.id, newId())).toThrow(/not a person/)
    project.undo(amara)
    expect(names(project)).toEqual(['Amara', 'Ben'])
    expect(verify(project.db)).toMatchObject({ ok: true, problems: [] })
  })

  it('is taken up after a lead alone, and laid down when the project is closed', () => {
    const { project, amara, ben } = study()
    const consensus = project.addConsensus(amara).id
    const pass = project.codeAgain(amara, amara, newId()).id
    project.activate(ben)
    expect(() => project.activate(consensus)).toThrow(
      /Only a lead or an adjudicator edits the consensus layer/,
    )
    expect(project.activeCoder().id).toBe(ben)
    // A lead in their second pass is a lead.
    for (const lead of [amara, pass]) {
      project.activate(lead)
      project.activate(consensus)
      expect(project.activeCoder().id).toBe(consensus)
    }
    expect(openProject(project.path).activeCoder().id).toBe(amara)
  })

  it('made before anybody codes leaves the first person to lead', () => {
    const project = makeProject()
    project.addConsensus(PROJECT_ACTOR)
    expect(project.activeCoder()).toMatchObject({ layer: 'own', role: 'lead' })
  })
})

describe('everybody’s codings', () => {
  it('are counted once a person, without second passes and the consensus, unless these are asked for', () => {
    const { project, amara, ben } = study()
    addNotes(project, amara, { N1: 'Mum shouted. Police came.', N2: 'Mum came.' })
    const code = addCode(project, amara, 'Neglect')
    const pass = project.codeAgain(amara, amara, newId()).id
    const consensus = project.addConsensus(amara).id
    for (const coder of [amara, ben, pass, consensus]) applyCode(project, coder, 'N1', code, [0, 3])
    // In N2 nobody codes it first: it must not count as coded at all.
    for (const coder of [pass, consensus]) applyCode(project, coder, 'N2', code, [0, 3])
    const { db } = project

    const themes = (coderIds: CoderId[] | null) =>
      computeThemes(db, { scope: { ...WHOLE_SCOPE, coderIds, notes: 'all' }, viewer: null }).rows[0]
    expect(themes(null)).toMatchObject({ notes: 1, codings: 2 })
    expect(themes([consensus])).toMatchObject({ notes: 2, codings: 2 })

    const found = (coderIds: CoderId[] | null) => {
      const query = { ...EVERYTHING, codeIds: [code], coderIds }
      return retrieve(db, { coderId: amara, viewer: amara, query, limit: 100 })
    }
    expect(found(null)).toMatchObject({ total: 2, notes: 1 })
    expect(found([pass, consensus])).toMatchObject({ total: 4, notes: 2 })

    const quotes = (coderIds: CoderId[] | null) =>
      segmentsOfCode(db, {
        codeId: code,
        includeChildren: false,
        coderIds,
        attribute: null,
        offset: 0,
        limit: 100,
      }).total
    expect(quotes(null)).toBe(2)
    expect(quotes([pass])).toBe(2)

    expect(overviewOf(db, { coderIds: null, viewer: null })).toMatchObject({
      notesCoded: 1,
      coders: [amara, ben],
      codes: [{ codings: 2, notes: 1, byCoder: [1, 1] }],
    })
    expect(overviewOf(db, { coderIds: [amara, consensus], viewer: null })).toMatchObject({
      notesCoded: 2,
      coders: [amara, consensus],
      codes: [{ codings: 3, notes: 2 }],
    })
    expect(listCodes(db)[0]).toMatchObject({ codings: 2, notes: 1 })
  })
})

describe('a coder that a script names', () => {
  it('is found, or made as what the name says', () => {
    const { project, amara } = study()
    expect(project.coderCalled('amara').id).toBe(amara)
    expect(project.coderCalled('Chidi')).toMatchObject({ layer: 'own', role: 'coder' })
    expect(project.coderCalled('amara (again)')).toMatchObject({
      name: 'Amara (again)',
      layer: 'again',
      person: amara,
    })
    expect(project.coderCalled('Amara (again)').id).toBe(findCoder(project.db, 'Amara (again)')?.id)
    expect(() => project.coderCalled('Amara (again 3)')).toThrow(/is called Amara \(again 2\)/)
    expect(project.coderCalled('Dan (again)')).toMatchObject({ layer: 'own' })
    expect(project.coderCalled('consensus')).toMatchObject({ name: 'Consensus', layer: 'consensus' })
    expect(listPeople(project.db).map(({ name }) => name)).toEqual(['Amara', 'Ben', 'Chidi', 'Dan (again)'])
  })
})
