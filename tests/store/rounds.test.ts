import { describe, expect, it } from 'vitest'
import { retrieve } from '../../electron/store/analysis/retrieval.ts'
import { codingsOfNote, segmentsOfCode } from '../../electron/store/codings/codings.ts'
import { newId } from '../../electron/store/file/new-id.ts'
import { PROJECT_ACTOR } from '../../electron/store/journal/change.ts'
import { noteOrder } from '../../electron/store/notes/list.ts'
import type { Project } from '../../electron/store/project.ts'
import {
  addRound,
  blindTo,
  findRound,
  getRound,
  listRounds,
  type NewRound,
  previewRound,
  roundNoteNums,
  withoutBlindedTo,
} from '../../electron/store/team/rounds.ts'
import { fingerprint, verify } from '../../electron/store/verify/verify.ts'
import type { CoderId, RoundId } from '../../shared/contract/basics.ts'
import type { RoundDraw } from '../../shared/contract/rounds.ts'
import { coderId } from '../ids.ts'
import { addCode, addNotes, applyCode, EVERYTHING } from './project-content.ts'
import { makeProject } from './temporary-project.ts'

const NORTH = Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`N${at}`, `Text of north ${at}.`]))
const SOUTH = Object.fromEntries(Array.from({ length: 6 }, (_, at) => [`S${at}`, `Text of south ${at}.`]))

function study() {
  const project = makeProject()
  const amara = project.addCoder('Amara').id
  const ben = project.addCoder('Ben').id
  const chidi = project.addCoder('Chidi').id
  addNotes(project, amara, NORTH, 'YP1')
  addNotes(project, amara, SOUTH, 'YP2')
  project.change(amara, 'attribute.setValues', {
    of: 'note',
    name: 'team',
    values: Object.keys(SOUTH).map((id) => ({ id, value: 'South' })),
  })
  const finish = (coder: CoderId, notes: string[]) =>
    project.change(coder, 'note.setStatus', { notes, status: 'finished' })
  return { project, amara, ben, chidi, finish }
}

const DRAW: RoundDraw = { sample: { percent: 50 }, stratifiedBy: { of: 'note', name: 'team' }, seed: 3 }

function add(project: Project, by: CoderId, round: Partial<NewRound> & Pick<NewRound, 'coderIds' | 'notes'>) {
  const id: RoundId = newId()
  addRound(project, by, { id, name: 'Pilot', isBlind: false, ...round })
  return id
}

describe('a round', () => {
  it('holds the notes that its draw gives, the same for the same seed, and says how they were drawn', () => {
    const { project, amara, ben } = study()
    const preview = previewRound(project.db, DRAW, amara)
    expect(preview).toEqual({
      outOf: 18,
      drawn: 9,
      codedAlready: 0,
      strata: [
        { value: 'North', notes: 12, drawn: 6 },
        { value: 'South', notes: 6, drawn: 3 },
      ],
    })
    const first = add(project, amara, { coderIds: [amara, ben], notes: { draw: DRAW }, isBlind: true })
    const again = add(project, amara, { name: 'Pilot 2', coderIds: [ben], notes: { draw: DRAW } })
    const round = getRound(project.db, first)
    expect(round).toMatchObject({
      name: 'Pilot',
      coderIds: [amara, ben],
      isBlind: true,
      drawn: { ...DRAW, outOf: 18 },
    })
    expect(round.noteIds).toHaveLength(9)
    expect(round.noteIds.filter((id) => id.startsWith('S'))).toHaveLength(3)
    expect(round.noteIds).toEqual(
      [...Object.keys(NORTH), ...Object.keys(SOUTH)].filter((id) => round.noteIds.includes(id)),
    )
    expect(getRound(project.db, again).noteIds).toEqual(round.noteIds)
    expect(roundNoteNums(project.db, first)).toEqual(
      new Set(noteOrder(project.db, { coderId: ben, filter: { roundId: first } })),
    )
    expect(findRound(project.db, ' pilot ')?.id).toBe(first)
    expect(verify(project.db)).toMatchObject({ ok: true, problems: [] })
  })

  it('is told beforehand how many of its notes are coded, as far as that is known to whoever asks', () => {
    const { project, amara, ben, finish } = study()
    const all: RoundDraw = { sample: { percent: 100 }, stratifiedBy: null, seed: 1 }
    const neglect = addCode(project, amara, 'Neglect')
    add(project, amara, { coderIds: [amara, ben], notes: { noteIds: ['N2'] }, isBlind: true })
    applyCode(project, amara, 'N1', neglect, null)
    applyCode(project, ben, 'N2', neglect, null)
    applyCode(project, ben, 'N2', neglect, [0, 4])
    const codedAlready = (viewer: CoderId | null) => previewRound(project.db, all, viewer).codedAlready
    expect([amara, ben, null].map(codedAlready)).toEqual([1, 2, 2])
    for (const each of [amara, ben]) finish(each, ['N2'])
    expect(codedAlready(amara)).toBe(2)
  })

  it('of notes chosen by hand was not drawn, and lists how far each coder is', () => {
    const { project, amara, ben, finish } = study()
    add(project, amara, { coderIds: [ben, amara], notes: { noteIds: ['S1', 'N1', 'N2'] } })
    finish(amara, ['N1', 'N3', 'S1'])
    finish(ben, ['N2'])
    project.change(ben, 'note.setStatus', { notes: ['N1'], status: 'in progress' })
    expect(listRounds(project.db)).toMatchObject([
      {
        notes: 3,
        drawn: null,
        coders: [
          { coderId: ben, finished: 1 },
          { coderId: amara, finished: 2 },
        ],
      },
    ])
  })

  it('is a lead’s or a script’s to add, rename and remove', () => {
    const { project, amara, ben } = study()
    const notes = { noteIds: ['N1'] }
    expect(() => add(project, ben, { coderIds: [ben], notes })).toThrow(/Only a lead/)
    const id = add(project, PROJECT_ACTOR, { coderIds: [amara, ben], notes })
    expect(() => project.change(ben, 'round.rename', { id, name: 'Main' })).toThrow(/Only a lead/)
    expect(() => project.change(ben, 'round.remove', { id, name: 'Pilot' })).toThrow(/Only a lead/)
    project.change(amara, 'round.rename', { id, name: 'Main' })
    expect(getRound(project.db, id).name).toBe('Main')
  })

  it('has a name of its own, coders once each, and notes that are there', () => {
    const { project, amara, ben } = study()
    const notes = { noteIds: ['N1'] }
    const id = add(project, amara, { coderIds: [amara], notes })
    const before = fingerprint(project.db)
    expect(() => add(project, amara, { name: 'PILOT', coderIds: [amara], notes })).toThrow(
      /already a round called Pilot/,
    )
    const more = { name: 'Main' }
    expect(() => add(project, amara, { ...more, coderIds: [ben, ben], notes })).toThrow(/twice/)
    expect(() => add(project, amara, { ...more, coderIds: [ben], notes: { noteIds: ['N1', 'N1'] } })).toThrow(
      /twice/,
    )
    expect(() => add(project, amara, { ...more, coderIds: [ben], notes: { noteIds: ['N99'] } })).toThrow(
      /no note N99/,
    )
    expect(() => add(project, amara, { ...more, coderIds: [coderId('nobody')], notes })).toThrow(
      /no such coder/,
    )
    const tooMany = { draw: { ...DRAW, sample: { count: 19 } } }
    expect(() => add(project, amara, { ...more, coderIds: [ben], notes: tooMany })).toThrow(/18 notes/)
    const unknown = { draw: { ...DRAW, stratifiedBy: { of: 'case' as const, name: 'team' } } }
    expect(() => add(project, amara, { ...more, coderIds: [ben], notes: unknown })).toThrow(
      /no case attribute/,
    )
    expect(fingerprint(project.db)).toBe(before)
    // Its own name in other capitals is no second round.
    project.change(amara, 'round.rename', { id, name: 'PILOT' })
  })

  it('is not given to the consensus layer', () => {
    const { project, amara } = study()
    const consensus = project.addConsensus(amara).id
    expect(() => add(project, amara, { coderIds: [amara, consensus], notes: { noteIds: ['N1'] } })).toThrow(
      /Consensus is a layer, not a person: no notes can be assigned to it/,
    )
  })

  it('goes and comes back by undo and redo with its notes and coders, and says in words what was done', () => {
    const { project, amara, ben } = study()
    const empty = fingerprint(project.db)
    const id = add(project, amara, { coderIds: [amara, ben], notes: { draw: DRAW } })
    const full = fingerprint(project.db)
    expect(project.journal.state(amara).undo).toBe('drew the round Pilot: 9 notes for Amara and Ben')
    project.undo(amara)
    expect(fingerprint(project.db)).toBe(empty)
    project.redo(amara)
    expect(fingerprint(project.db)).toBe(full)
    project.change(amara, 'round.remove', { id, name: 'Pilot' })
    expect(listRounds(project.db)).toEqual([])
    expect(project.journal.state(amara).undo).toBe('removed the round Pilot')
    project.undo(amara)
    expect(fingerprint(project.db)).toBe(full)
    expect(verify(project.db)).toMatchObject({ ok: true, problems: [] })
  })
})

describe('an import whose notes are in a round', () => {
  it('is not undone while the round is there; nothing changes', () => {
    const { project, amara, ben } = study()
    addNotes(project, ben, { X1: 'One more.', X2: 'And another.' }, 'YP3')
    const id = add(project, amara, { coderIds: [amara, ben], notes: { noteIds: ['N1', 'X2'] } })
    const before = fingerprint(project.db)
    expect(() => project.undo(ben)).toThrow(/later work by someone depends on it/)
    expect(fingerprint(project.db)).toBe(before)
    expect(getRound(project.db, id).noteIds).toEqual(['N1', 'X2'])
  })

  it('can be undone once the round is removed; then the round comes back with its notes or not at all', () => {
    const { project, amara, ben } = study()
    addNotes(project, ben, { X1: 'One more.', X2: 'And another.' }, 'YP3')
    const id = add(project, amara, { coderIds: [amara, ben], notes: { noteIds: ['N1', 'X2'] } })
    project.change(amara, 'round.remove', { id, name: 'Pilot' })
    project.undo(ben)
    const gone = fingerprint(project.db)
    expect(() => project.undo(amara)).toThrow(/cannot be brought back/)
    expect(fingerprint(project.db)).toBe(gone)
    project.redo(ben)
    project.undo(amara)
    expect(getRound(project.db, id).noteIds).toEqual(['N1', 'X2'])
    expect(verify(project.db)).toMatchObject({ ok: true, problems: [] })
  })
})

describe('a blind round', () => {
  function blindStudy() {
    const made = study()
    const { project, amara, ben, chidi } = made
    const code = addCode(project, amara, 'Neglect')
    for (const coder of [amara, ben, chidi])
      for (const note of ['N1', 'N2']) applyCode(project, coder, note, code, [0, 4])
    const round = add(project, amara, { isBlind: true, coderIds: [amara, ben], notes: { noteIds: ['N1'] } })
    /** Whose codings of a note somebody is shown. */
    const seen = (viewer: CoderId, note: string) => {
      const asked = withoutBlindedTo(project.db, viewer, note, [amara, ben, chidi])
      return new Set(codingsOfNote(project.db, note, asked).map(({ coderId }) => coderId))
    }
    const quoted = (viewer: CoderId | null, note: string) => {
      const filter = { codeId: code, includeChildren: false, attribute: null, offset: 0, limit: 100 }
      const { segments, total } = segmentsOfCode(project.db, { ...filter, coderIds: null }, viewer)
      expect(segments).toHaveLength(total)
      return new Set(segments.filter(({ noteId }) => noteId === note).map(({ coderId }) => coderId))
    }
    const retrieved = (viewer: CoderId | null, note: string) => {
      const query = { ...EVERYTHING, codeIds: [code] }
      const { segments } = retrieve(project.db, { coderId: amara, viewer, query, limit: 100 })
      return new Set(
        segments
          .filter(({ noteId }) => noteId === note)
          .flatMap(({ codings }) => codings.map(({ coderId }) => coderId)),
      )
    }
    return { ...made, round, seen, quoted, looks: [seen, quoted, retrieved] }
  }

  it('shows nobody who codes in it the others’ codings before all have finished the note, lead or not', () => {
    const { project, amara, ben, round, finish, seen, looks } = blindStudy()
    for (const look of looks) {
      expect(look(amara, 'N1')).toEqual(new Set([amara]))
      expect(look(ben, 'N1')).toEqual(new Set([ben]))
    }
    expect(blindTo(project.db, amara, 'N1')).toEqual({
      roundId: round,
      name: 'Pilot',
      waitingFor: [amara, ben],
    })
    finish(amara, ['N1'])
    expect(seen(amara, 'N1')).toEqual(new Set([amara]))
    expect(blindTo(project.db, amara, 'N1')?.waitingFor).toEqual([ben])
    finish(ben, ['N1'])
    for (const look of looks) {
      expect(look(amara, 'N1').size).toBe(3)
      expect(look(ben, 'N1').size).toBe(3)
    }
    expect(blindTo(project.db, amara, 'N1')).toBeNull()
    project.change(ben, 'note.setStatus', { notes: ['N1'], status: 'in progress' })
    expect(seen(amara, 'N1')).toEqual(new Set([amara]))
  })

  it('hides nothing of other notes, from others, from scripts, or once it is removed', () => {
    const { project, amara, chidi, round, seen, quoted, looks } = blindStudy()
    for (const look of looks) {
      expect(look(amara, 'N2').size).toBe(3)
      expect(look(chidi, 'N1').size).toBe(3)
    }
    expect(quoted(null, 'N1').size).toBe(3)
    project.change(amara, 'round.remove', { id: round, name: 'Pilot' })
    expect(seen(amara, 'N1').size).toBe(3)
  })

  it('that is not blind hides nothing', () => {
    const { project, amara, ben, round, seen } = blindStudy()
    project.change(amara, 'round.remove', { id: round, name: 'Pilot' })
    add(project, amara, { coderIds: [amara, ben], notes: { noteIds: ['N1'] } })
    expect(seen(ben, 'N1').size).toBe(3)
  })
})

describe('when a note was finished', () => {
  it('is kept from the first time it was said until the status changes, and goes back by undo', () => {
    const { project, amara, finish } = study()
    const when = () =>
      project.db.prepare('SELECT status, changed_at FROM note_status').get() as
        | { status: string; changed_at: number }
        | undefined
    const before = Date.now()
    finish(amara, ['N1'])
    const first = when()
    expect(first?.status).toBe('finished')
    expect(first?.changed_at).toBeGreaterThanOrEqual(before)
    expect(first?.changed_at).toBeLessThanOrEqual(Date.now())
    while (Date.now() <= (first?.changed_at ?? 0)) {
      // Until the clock shows another millisecond.
    }
    finish(amara, ['N1'])
    expect(when()).toEqual(first)
    project.change(amara, 'note.setStatus', { notes: ['N1'], status: 'in progress' })
    expect(when()?.changed_at).toBeGreaterThan(first?.changed_at ?? 0)
    project.undo(amara)
    expect(when()).toEqual(first)
    expect(verify(project.db)).toMatchObject({ ok: true, problems: [] })
  })
})
