import { describe, expect, it } from 'vitest'
import { overviewOf } from '../../electron/store/analysis/codebook.ts'
import { retrieve } from '../../electron/store/analysis/retrieval.ts'
import { codeUseOf } from '../../electron/store/codebook/use.ts'
import { newId } from '../../electron/store/file/new-id.ts'
import { addRound } from '../../electron/store/team/rounds.ts'
import type { CoderId, RoundId } from '../../shared/contract/basics.ts'
import type { RetrievalQuery } from '../../shared/contract/retrieval.ts'
import { addCode, addNotes, applyCode, EVERYTHING } from './project-content.ts'
import { makeProject } from './temporary-project.ts'

const NOTE = 'Mum says he was hit by his father.'

function team() {
  const project = makeProject()
  const amara = project.addCoder('Amara').id
  const ben = project.addCoder('Ben', amara).id
  addNotes(project, amara, { n1: NOTE, n2: NOTE.toUpperCase() })
  return { project, amara, ben }
}

describe('the overview of the codebook', () => {
  it('counts use, codes that co-occur with one coder, and codes confused between coders', () => {
    const { project, amara, ben } = team()
    const mood = addCode(project, amara, 'Mood')
    const sleep = addCode(project, amara, 'Sleep')
    addCode(project, amara, 'Unused')
    applyCode(project, amara, 'n1', mood, [0, 10])
    applyCode(project, ben, 'n1', sleep, [5, 12])
    applyCode(project, amara, 'n2', mood, [0, 10])
    applyCode(project, ben, 'n2', mood, [3, 12])
    const overview = (viewer: CoderId | null = null) => overviewOf(project.db, { coderIds: null, viewer })
    expect(overview()).toEqual({
      notes: 2,
      notesCoded: 2,
      heldBack: 0,
      coders: [amara, ben],
      codes: [
        { codeId: mood, codings: 3, notes: 2, byCoder: [2, 1] },
        { codeId: sleep, codings: 1, notes: 1, byCoder: [0, 1] },
      ],
      // In n1 the two codes are two coders' readings: nobody saw both.
      together: [],
      confused: [
        { first: mood, second: sleep, times: 1 },
        { first: sleep, second: mood, times: 1 },
      ].sort((a, b) => a.first.localeCompare(b.first)),
    })
    applyCode(project, ben, 'n2', sleep, [0, 3])
    const [first, second] = [mood, sleep].sort()
    expect(overview().together).toEqual([{ first, second, both: 1, notesFirst: 2, notesSecond: 2 }])
  })

  it('leads from each pair to exactly the text it counts', () => {
    const { project, amara, ben } = team()
    const cara = project.addCoder('Cara', amara).id
    const codes = ['Mood', 'Sleep', 'School'].map((name) => addCode(project, amara, name))
    // Every coder gives codes of their own order to words that overlap, in both notes; nothing here is drawn.
    ;[amara, ben, cara].forEach((coder, at) => {
      for (const note of ['n1', 'n2'])
        codes.slice(0, note === 'n1' ? 2 : 3).forEach((code, shift) => {
          if ((at + shift) % 3 !== 2)
            applyCode(project, coder, note, code, [3 * at + shift, 3 * at + shift + 5])
        })
    })
    const { together, confused } = overviewOf(project.db, { coderIds: null, viewer: null })
    expect([together.length, confused.length]).toEqual([3, 4])
    const found = (query: Partial<RetrievalQuery>) =>
      retrieve(project.db, {
        coderId: amara,
        viewer: null,
        query: { ...EVERYTHING, ...query },
        limit: 100,
      })
    for (const { first, second, both } of together)
      expect(
        found({ codeIds: [first], otherIds: [second], relation: 'near', distance: 1_000_000 }).notes,
      ).toBe(both)
    for (const { first, second, times } of confused)
      expect(found({ codeIds: [first], otherIds: [second], relation: 'instead' }).total).toBe(times)
  })

  it('does not count what a blind round keeps from whoever looks, and says in how many notes', () => {
    const { project, amara, ben } = team()
    const mood = addCode(project, amara, 'Mood')
    for (const coder of [amara, ben]) applyCode(project, coder, 'n1', mood, [0, 10])
    addRound(project, amara, {
      id: newId(),
      name: 'Pilot',
      coderIds: [amara, ben],
      isBlind: true,
      notes: { noteIds: ['n1'] },
    })
    const overview = (viewer: CoderId | null) => overviewOf(project.db, { coderIds: null, viewer })
    expect(overview(null)).toMatchObject({ heldBack: 0, codes: [{ codings: 2, byCoder: [1, 1] }] })
    expect(overview(ben)).toMatchObject({ heldBack: 1, codes: [{ codings: 1, byCoder: [0, 1] }] })
  })
})

describe('the use of one code', () => {
  it('says by whom, with second passes and the consensus apart, and keeps a blind round blind', () => {
    const { project, amara, ben } = team()
    const consensus = project.addConsensus(amara).id
    const mood = addCode(project, amara, 'Mood')
    for (const note of ['n1', 'n2']) applyCode(project, amara, note, mood, [0, 10])
    applyCode(project, amara, 'n1', mood, [12, 14])
    for (const coder of [ben, consensus]) applyCode(project, coder, 'n1', mood, [0, 10])
    expect(codeUseOf(project.db, mood, null)).toEqual({
      codings: 4,
      notes: 2,
      byCoder: [
        { coderId: amara, codings: 3, notes: 2 },
        { coderId: ben, codings: 1, notes: 1 },
        { coderId: consensus, codings: 1, notes: 1 },
      ],
      heldBack: 0,
    })
    const round = { id: newId<RoundId>(), name: 'Pilot', coderIds: [amara, ben], isBlind: true }
    addRound(project, amara, { ...round, notes: { noteIds: ['n1'] } })
    expect(codeUseOf(project.db, mood, ben)).toMatchObject({
      codings: 2,
      byCoder: [
        // In n2, which is in no round.
        { coderId: amara, codings: 1 },
        { coderId: ben, codings: 1 },
      ],
      heldBack: 1,
    })
  })
})
