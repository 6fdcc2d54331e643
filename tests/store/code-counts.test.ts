import { v7 as uuid } from 'uuid'
import { expect, it } from 'vitest'
import { listCodes } from '../../electron/store/codebook/codes.ts'
import { codingsInAll } from '../../electron/store/codebook/counts.ts'
import type { ReadableDb } from '../../electron/store/file/connection.ts'
import { newId } from '../../electron/store/file/new-id.ts'
import { addRound, countCodings, NOT_BLIND_CODING } from '../../electron/store/team/rounds.ts'
import type { CodeId, CoderId, CodingId, RoundId } from '../../shared/contract/basics.ts'
import { asProblem, Problem } from '../../shared/problem.ts'
import { chance } from '../bench/bench.ts'
import { codingId } from '../ids.ts'
import { someOf } from '../random.ts'
import { addCode, addNotes, applyCode } from './project-content.ts'
import { makeProject, openProject } from './temporary-project.ts'

type Counted = Record<string, [number, number]>

/** Every coding read again. */
function readAgain(db: ReadableDb, viewer: CoderId | null): Counted {
  const rows = db
    .prepare(
      `SELECT code.id, count(coding.num) AS codings, count(DISTINCT coding.note) AS notes FROM code
       LEFT JOIN (SELECT * FROM coding WHERE coder IN (SELECT num FROM coder WHERE layer = 'own')
         AND ${NOT_BLIND_CODING}) AS coding ON coding.code = code.num GROUP BY code.num`,
    )
    .all({ viewer }) as Array<{ id: string; codings: number; notes: number }>
  return Object.fromEntries(rows.map(({ id, codings, notes }) => [id, [codings, notes]]))
}

const asListed = (db: ReadableDb, viewer: CoderId | null): Counted =>
  Object.fromEntries(listCodes(db, viewer).map(({ id, codings, notes }) => [id, [codings, notes]]))

const NOTES = Array.from({ length: 6 }, (_, at) => `N${at}`)

function study() {
  const project = makeProject()
  const coders = ['Amara', 'Ben'].map((name) => project.addCoder(name).id) as [CoderId, CoderId]
  addNotes(project, coders[0], Object.fromEntries(NOTES.map((id) => [id, `The text of the note ${id}.`])))
  const codes = ['Sleep', 'School', 'Mood'].map((name) => addCode(project, coders[0], name))
  return { project, coders, codes }
}

/** What people do at random, two of them, one of whom codes again and is blind now and then. */
function walk(seed: number, steps: number): void {
  const random = chance(seed)
  const oneOf = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T
  const { project, coders, codes } = study()
  const { db } = project
  const [amara] = coders
  const passes: CoderId[] = []
  const all = () => [...coders, ...passes]
  const own = (coder: CoderId) =>
    db
      .prepare(
        'SELECT coding.id FROM coding JOIN coder ON coder.num = coding.coder WHERE coder.id = ? ORDER BY coding.num',
      )
      .pluck()
      .all(coder) as CodingId[]
  const acts: Array<() => void> = [
    () => void applyCode(project, oneOf(all()), oneOf(NOTES), oneOf(codes), oneOf([null, [0, 5], [4, 9]])),
    () => void applyCode(project, oneOf(all()), oneOf(NOTES), oneOf(codes), [1, 3]),
    () => {
      const coder = oneOf(all())
      const id = oneOf(own(coder))
      if (id) project.change(coder, 'codings.change', { changes: [{ id, code: oneOf(codes) }] })
    },
    () => {
      const coder = oneOf(all())
      const id = oneOf(own(coder))
      const code = oneOf(codes)
      if (id) project.change(coder, 'codings.remove', { codings: [{ id, code }] })
    },
    () => void project.undo(oneOf(all())),
    () => void project.undo(oneOf(all())),
    () => void project.redo(oneOf(all())),
    () => {
      codes.push(addCode(project, amara, `Code ${codes.length}`))
    },
    () => {
      const [into, from] = [oneOf(codes), oneOf(codes)]
      if (into !== from) project.change(amara, 'codes.merge', { into, from: [from] })
    },
    () => {
      const id: CoderId = newId()
      project.codeAgain(amara, amara, id)
      passes.push(id)
    },
    () =>
      addRound(project, amara, {
        id: newId(),
        name: uuid(),
        coderIds: [...coders],
        isBlind: true,
        notes: { noteIds: [oneOf(NOTES)] },
      }),
    () =>
      project.change(oneOf(coders), 'note.setStatus', {
        notes: [oneOf(NOTES)],
        status: oneOf(['finished', 'in progress']),
      }),
    // Refused half-way: what was done before is rolled back.
    () =>
      project.allOrNothing(() => {
        applyCode(project, amara, oneOf(NOTES), oneOf(codes), [2, 4])
        if (random() < 0.5) asListed(db, amara)
        throw new Problem('conflict', 'Not this.')
      }),
  ]
  const asked = [null, ...coders]
  for (let step = 0; step < steps; step++) {
    try {
      oneOf(acts)()
    } catch (error) {
      if (asProblem(error).code === 'internal') throw error
    }
    // Not after every step: several entries are also added at once.
    if (random() < 0.4) continue
    const viewer = oneOf([...asked, ...asked, ...passes])
    expect(asListed(db, viewer)).toEqual(readAgain(db, viewer))
    expect(codingsInAll(db, viewer)).toBe(countCodings(db, viewer))
  }
}

it('counts of codes, kept up as people code, undo, merge and are blind, are those of all codings read again', () => {
  // Making a project costs more than a step: fewer walks, and longer ones.
  for (let seed = 1; seed <= someOf(800) / 10; seed++) walk(seed, 100)
})

it('whoever has not asked for the codes is told how many codings there are all the same', () => {
  const { project, coders, codes } = study()
  const [amara, ben] = coders
  for (const coder of coders) applyCode(project, coder, 'N0', codes[0] as CodeId, [0, 3])
  expect(codingsInAll(project.db, amara)).toBe(2)
  const round = { id: newId<RoundId>(), name: 'Pilot', coderIds: [amara, ben], isBlind: true }
  addRound(project, amara, { ...round, notes: { noteIds: ['N0'] } })
  expect(codingsInAll(project.db, amara)).toBe(1)
  listCodes(project.db, amara)
  expect(codingsInAll(project.db, amara)).toBe(1)
})

it('what another program wrote meanwhile is counted', () => {
  const { project, coders, codes } = study()
  const [amara] = coders
  const [sleep] = codes as [CodeId]
  applyCode(project, amara, 'N0', sleep, [0, 3])
  expect(asListed(project.db, amara)[sleep]).toEqual([1, 1])
  const other = openProject(project.path)
  applyCode(other, amara, 'N1', sleep, [0, 3])
  expect(asListed(project.db, amara)[sleep]).toEqual([2, 2])
  applyCode(project, amara, 'N1', sleep, [1, 4])
  expect(asListed(project.db, amara)[sleep]).toEqual([3, 2])
})

it('a bulk of codings is counted', () => {
  const { project, coders, codes } = study()
  const [amara] = coders
  const [sleep, school] = codes as [CodeId, CodeId]
  listCodes(project.db, amara)
  const codings = Array.from({ length: 6_000 }, (_, at) => ({
    id: codingId(uuid()),
    note: NOTES[at % 6] as string,
    code: at % 3 === 0 ? sleep : school,
    start: at % 4,
    end: 5 + (at % 7),
  }))
  project.change(amara, 'codings.apply', { codings })
  expect(asListed(project.db, amara)).toEqual(readAgain(project.db, amara))
  project.undo(amara)
  expect(asListed(project.db, amara)).toEqual(readAgain(project.db, amara))
})
