/** Decisions about disagreements in a real project: what they make, take back, and what becomes of them. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { selectCompared } from '../../electron/store/analysis/disagreements.ts'
import { countUndecided, readStanding } from '../../electron/store/analysis/undecided.ts'
import { codingsOfNote } from '../../electron/store/codings/codings.ts'
import { type Decision, makeDecisions } from '../../electron/store/decisions/decisions.ts'
import { newId } from '../../electron/store/file/new-id.ts'
import { planDecisions } from '../../electron/store/intake/decisions.ts'
import { PROJECT_ACTOR } from '../../electron/store/journal/change.ts'
import { redact } from '../../electron/store/notes/redactions.ts'
import type { Project } from '../../electron/store/project.ts'
import { verify } from '../../electron/store/verify/verify.ts'
import type { CodeId, CoderId, CodingId, RoundId } from '../../shared/contract/basics.ts'
import { addCode, addNotes, applyCode } from './project-content.ts'
import { makeProject, removeTemporary } from './temporary-project.ts'

const TEXT = 'Mum shouted at him. Police came twice in the night. He sleeps badly since.'

let project: Project
let amara: CoderId
let ben: CoderId
let consensus: CoderId
let violence: CodeId
let police: CodeId
let bens: CodingId

beforeEach(() => {
  project = makeProject()
  amara = project.addCoder('Amara').id
  ben = project.addCoder('Ben').id
  consensus = project.addConsensus(amara).id
  addNotes(project, amara, { N1: TEXT, N2: 'A settled week.' })
  violence = addCode(project, amara, 'Violence')
  police = addCode(project, amara, 'Police')
  applyCode(project, amara, 'N1', violence, [0, 11])
  bens = applyCode(project, ben, 'N1', violence, [4, 18])
  applyCode(project, amara, 'N1', police, [20, 32])
  for (const coder of [amara, ben])
    project.change(coder, 'note.setStatus', { notes: ['N1', 'N2'], status: 'finished' })
})
afterEach(() => {
  expect(verify(project.db)).toMatchObject({ ok: true, problems: [] })
  removeTemporary()
})

const scope = () => ({ coderIds: [amara, ben], roundId: null, codeIds: null })
const standing = () => [...readStanding(project.db, selectCompared(project.db, scope()), scope())]
const made = (note = 'N1') =>
  codingsOfNote(project.db, note, [consensus]).map(({ codeId, span, qualifiers }) => [
    codeId === violence ? 'Violence' : 'Police',
    span && TEXT.slice(span.start, span.end),
    ...Object.values(qualifiers),
  ])

/** A decision about the disagreement of this kind, as a table would say it. */
function planned(
  kind: string,
  decision: string,
  more: { code?: string; span?: [number, number] } = {},
): Decision[] {
  const about = standing().find((each) => each.about.kind === kind)?.about
  const span = more.span ? { start: more.span[0], end: more.span[1] } : null
  const row = { row: 1, disagreement: about?.id ?? '', decision, code: more.code ?? '', span, reason: 'So.' }
  return planDecisions(project.db, scope(), [row], [])
}
const decide = (...[kind, decision, more]: Parameters<typeof planned>) =>
  makeDecisions(project, amara, planned(kind, decision, more))

describe('a decision', () => {
  it('makes codings of the consensus, and changes nobody’s own', () => {
    const own = () => codingsOfNote(project.db, 'N1', [amara, ben])
    const before = own()
    decide('edges', 'union')
    decide('missed', 'Ben')
    expect(made()).toEqual([['Violence', 'Mum shouted at him']])
    expect(own()).toEqual(before)
    expect(standing().map((each) => each.standing?.decision)).toMatchObject([
      { decision: 'union', reason: 'So.', by: amara },
      { decision: 'coder', chosen: ben },
    ])
    expect(countUndecided(project.db, scope())).toBe(0)
  })

  it('is undone and done again with what it made, as one step', () => {
    decide('edges', 'both')
    expect(made()).toHaveLength(2)
    expect(project.journal.state(amara).undo).toBe(
      'decided about a disagreement in note N1: everybody’s codings',
    )
    project.undo(amara)
    expect([made(), countUndecided(project.db, scope())]).toEqual([[], 2])
    project.redo(amara)
    expect([made().length, countUndecided(project.db, scope())]).toEqual([2, 1])
  })

  it('made again takes back what it made before; undone, that is there again', () => {
    decide('edges', 'union')
    decide('edges', 'own', { code: 'Police', span: [0, 3] })
    expect(made()).toEqual([['Police', 'Mum']])
    project.undo(amara)
    expect(made()).toEqual([['Violence', 'Mum shouted at him']])
    decide('edges', 'later')
    expect([made(), countUndecided(project.db, scope())]).toEqual([[], 2])
  })

  it('keeps the coding, with what was written on it, where it stands again', () => {
    decide('edges', 'Amara')
    const [before] = codingsOfNote(project.db, 'N1', [consensus])
    decide('edges', 'both')
    expect(codingsOfNote(project.db, 'N1', [consensus]).map(({ id }) => id)).toContain(before?.id)
  })

  it('is no step where it was made already', () => {
    decide('edges', 'union')
    expect(planned('edges', 'union')).toEqual([])
    expect(planned('edges', 'intersection')).toHaveLength(1)
  })
})

describe('a coding that has changed since', () => {
  it('makes the decision stale, until it is made again', () => {
    decide('edges', 'union')
    project.change(ben, 'codings.change', { changes: [{ id: bens, range: { start: 4, end: 14 } }] })
    expect(standing()[0]?.standing).toMatchObject({ isStale: true, decision: { decision: 'union' } })
    expect(made()).toEqual([['Violence', 'Mum shouted at him']])
    decide('edges', 'union')
    expect(standing()[0]?.standing?.isStale).toBe(false)
    expect(made()).toEqual([['Violence', 'Mum shouted at']])
  })

  it('that is part of another disagreement now takes the earlier decision with it', () => {
    decide('edges', 'union')
    project.change(ben, 'codings.change', { changes: [{ id: bens, code: police }] })
    const [first] = standing()
    expect(first).toMatchObject({ about: { kind: 'code' }, standing: { isStale: true } })
    decide('code', 'Ben')
    expect(made()).toEqual([['Police', 'shouted at him']])
    expect(project.db.prepare('SELECT count(*) FROM decision').pluck().get()).toBe(1)
  })

  it('is not one whose words a redaction has only moved, and the consensus moves with them', () => {
    decide('edges', 'union')
    decide('missed', 'own', { code: 'Police', span: [20, 26] })
    redact(project, amara, [{ noteId: 'N1', cuts: [{ start: 0, end: 3, mask: '[name]' }] }])
    expect(standing().map((each) => each.standing?.isStale)).toEqual([false, false])
    const spans = codingsOfNote(project.db, 'N1', [consensus]).map(({ span }) => span)
    expect(spans).toEqual([
      { start: 0, end: 21 },
      { start: 23, end: 29 },
    ])
    expect(planned('missed', 'own', { code: 'Police', span: [23, 29] })).toEqual([])
  })

  it('is gone with its code: what was decided about it stays on record', () => {
    decide('edges', 'union')
    project.change(amara, 'codes.delete', { ids: [violence] })
    expect([made(), standing().map(({ about }) => about.kind)]).toEqual([[], ['missed']])
    project.undo(amara)
    expect(made()).toEqual([['Violence', 'Mum shouted at him']])
    expect(standing()[0]?.standing?.isStale).toBe(false)
  })

  it('is none where its code was merged into another', () => {
    decide('edges', 'union')
    project.change(amara, 'codes.merge', { into: addCode(project, amara, 'Harm'), from: [violence] })
    expect(standing()[0]?.standing?.isStale).toBe(false)
  })
})

describe('who decides', () => {
  it('is a lead, an adjudicator, or a script for the lead', () => {
    const decisions = planned('edges', 'union')
    const refused = () => makeDecisions(project, ben, decisions)
    expect(refused).toThrow(/Only a lead or an adjudicator/)
    expect(() => project.change(ben, 'decisions.make', { decisions })).toThrow(
      /Only a lead or an adjudicator/,
    )
    expect(made()).toEqual([])
    project.change(amara, 'coder.setRole', { id: ben, role: 'adjudicator' })
    makeDecisions(project, ben, decisions)
    expect(made()).toHaveLength(1)
    makeDecisions(project, PROJECT_ACTOR, planned('missed', 'Amara'))
    expect(made()).toHaveLength(2)
  })

  it('decides while the codebook is frozen', () => {
    project.change(amara, 'codebook.freeze', { isFrozen: true })
    decide('edges', 'union')
    expect(made()).toHaveLength(1)
  })

  it('finds it refused where there is no consensus layer, and then nothing is changed', () => {
    const other = makeProject()
    const lead = other.addCoder('Amara').id
    const decisions = planned('edges', 'union')
    expect(() => makeDecisions(other, lead, decisions)).toThrow(/no consensus layer yet/)
  })
})

describe('the consensus', () => {
  it('has one coding where somebody had coded the same there by hand', () => {
    applyCode(project, consensus, 'N1', violence, [0, 18])
    decide('edges', 'union')
    expect(made()).toEqual([['Violence', 'Mum shouted at him']])
  })

  it('keeps what another decision stands on', () => {
    const third = project.addCoder('Chi').id
    applyCode(project, third, 'N1', violence, [0, 11])
    project.change(third, 'note.setStatus', { notes: ['N1', 'N2'], status: 'finished' })
    decide('edges', 'Amara')
    const others = { coderIds: [ben, third], roundId: null, codeIds: null }
    const about = [...readStanding(project.db, selectCompared(project.db, others), others)][0]?.about
    const row = { row: 1, disagreement: about?.id ?? '', code: '', span: null, reason: '' }
    makeDecisions(project, amara, planDecisions(project.db, others, [{ ...row, decision: 'Chi' }], []))
    expect(made()).toEqual([['Violence', 'Mum shouted']])
    decide('edges', 'neither')
    expect(made()).toEqual([['Violence', 'Mum shouted']])
    makeDecisions(project, amara, planDecisions(project.db, others, [{ ...row, decision: 'neither' }], []))
    expect(made()).toEqual([])
  })

  it('goes with a note that is removed, and comes back with it', () => {
    decide('edges', 'union')
    project.change(amara, 'notes.remove', { notes: ['N1'] })
    expect(project.db.prepare('SELECT count(*) FROM decision').pluck().get()).toBe(0)
    project.undo(amara)
    expect(made()).toEqual([['Violence', 'Mum shouted at him']])
    expect(standing()[0]?.standing?.isStale).toBe(false)
  })
})

describe('in the journal, a decision', () => {
  const rows = (viewer: CoderId) =>
    project.history.list(null, 50, {}, viewer).rows.filter(({ label }) => label.startsWith('decided'))

  it('leads to its note', () => {
    decide('edges', 'union')
    expect(rows(amara)).toMatchObject([{ place: { kind: 'note', noteId: 'N1' } }])
  })

  it('is not told whom a blind round keeps the note’s codings from', () => {
    const chi = project.addCoder('Chi').id
    decide('edges', 'union')
    expect(rows(chi)).toHaveLength(1)
    const round = { coders: [amara, chi], notes: ['N1'], isBlind: true, drawn: null }
    project.change(amara, 'round.add', { id: newId<RoundId>(), name: 'Pilot', ...round })
    expect(rows(chi)).toEqual([])
    expect(rows(amara)).toHaveLength(1)
  })
})
