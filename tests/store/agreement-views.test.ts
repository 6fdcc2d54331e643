import { describe, expect, it } from 'vitest'
import { computeAgreement } from '../../electron/store/analysis/agreement.ts'
import { computePairs } from '../../electron/store/analysis/agreement-pairs.ts'
import { computeSeries } from '../../electron/store/analysis/agreement-series.ts'
import { computeSets } from '../../electron/store/analysis/code-sets.ts'
import { newId } from '../../electron/store/file/new-id.ts'
import * as lib from '../../shared/agreement/index.ts'
import type { CodeId, CoderId, RoundId } from '../../shared/contract/basics.ts'
import { addCode, addNotes, applyCode } from './project-content.ts'
import { makeProject } from './temporary-project.ts'

const TEXTS = { N1: 'One. Two.', N2: 'Three. Four.', N3: 'Five.', N4: 'Six.' }
const ALL = Object.keys(TEXTS)
const INTERVALS = { replicates: 50, resampled: 'note', seed: 1 } as const

function study(names: readonly string[]) {
  const project = makeProject()
  const coderIds = names.map((name) => project.addCoder(name).id)
  const [first] = coderIds as [CoderId]
  addNotes(project, first, TEXTS)
  const codes = ['Neglect', 'Poverty'].map((name) => addCode(project, first, name)) as [CodeId, CodeId]
  const finish = (coder: CoderId, notes: string[]) =>
    project.change(coder, 'note.setStatus', { notes, status: 'finished' })
  return { project, coderIds, codes, finish }
}

describe('agreement of every two coders', () => {
  it('is what the two alone would get, on the notes those two finished', () => {
    const { project, coderIds, codes, finish } = study(['Amara', 'Ben', 'Cleo'])
    const [amara, ben, cleo] = coderIds as [CoderId, CoderId, CoderId]
    for (const coder of [amara, ben]) finish(coder, ALL)
    finish(cleo, ['N1', 'N2'])
    for (const coder of coderIds) applyCode(project, coder, 'N1', codes[0], null)
    applyCode(project, ben, 'N3', codes[0], null)
    const args = { coderIds, unit: 'note', codeIds: null, ...INTERVALS } as const
    const { pairs } = computePairs(project.db, args)
    expect(pairs.map(({ coderIds: pair, notes }) => [pair, notes])).toEqual([
      [[amara, ben], 4],
      [[amara, cleo], 2],
      [[ben, cleo], 2],
    ])
    for (const { coderIds: pair, codes: own, overall, pooled } of pairs) {
      const alone = computeAgreement(project.db, { ...args, coderIds: pair })
      expect({ own, overall, pooled }).toEqual({
        own: alone.codes,
        overall: alone.overall,
        pooled: alone.pooled,
      })
    }
  })
})

describe('agreement step by step', () => {
  it('goes from round to round, each measured by itself', () => {
    const { project, coderIds, codes, finish } = study(['Amara', 'Ben'])
    const [amara] = coderIds as [CoderId]
    for (const coder of coderIds) finish(coder, ['N1', 'N2', 'N3'])
    applyCode(project, amara, 'N1', codes[0], null)
    for (const coder of coderIds) applyCode(project, coder, 'N3', codes[0], null)
    const round = (name: string, notes: string[]) => {
      const id: RoundId = newId()
      project.change(amara, 'round.add', { id, name, coders: coderIds, notes, isBlind: false, drawn: null })
      return id
    }
    const rounds = [round('First', ['N1', 'N2']), round('Second', ['N2', 'N3']), round('Third', ['N4'])]
    const args = { coderIds, unit: 'note', codeIds: null, ...INTERVALS } as const
    const { steps } = computeSeries(project.db, { ...args, by: 'round' })
    expect(steps.map(({ key, label, notes }) => [key, label, notes])).toEqual([
      [rounds[0], 'First', 2],
      [rounds[1], 'Second', 2],
    ])
    for (const [at, step] of steps.entries()) {
      const alone = computeAgreement(project.db, { ...args, roundId: rounds[at] as RoundId })
      expect(step.codes).toEqual(alone.codes)
      expect(step.overall).toEqual(alone.overall)
    }
  })

  it('goes by the week or month in which the last of the coders finished a note', () => {
    const { project, coderIds, finish } = study(['Amara', 'Ben'])
    const [amara, ben] = coderIds as [CoderId, CoderId]
    finish(amara, ALL)
    finish(ben, ALL)
    // As if these had been finished on other days: a Sunday and the Monday after, in two months.
    const at = (note: string, day: string) =>
      project.db
        .prepare(
          'UPDATE note_status SET changed_at = ? WHERE coder = 2 AND note = (SELECT num FROM note WHERE id = ?)',
        )
        .run(Date.parse(day), note)
    project.db.prepare('UPDATE note_status SET changed_at = ?').run(Date.parse('2026-01-30T10:00:00Z'))
    at('N1', '2026-02-01T23:00:00Z')
    at('N2', '2026-02-02T00:00:00Z')
    const keys = (by: 'week' | 'month') =>
      computeSeries(project.db, { coderIds, unit: 'note', codeIds: null, ...INTERVALS, by }).steps.map(
        ({ key, notes }) => [key, notes],
      )
    expect(keys('month')).toEqual([
      ['2026-01', 2],
      ['2026-02', 2],
    ])
    expect(keys('week')).toEqual([
      ['2026-01-26', 3],
      ['2026-02-02', 1],
    ])
  })
})

describe('agreement on all codes together', () => {
  it('is alpha over the sets each coder gave, by note and by sentence', () => {
    const { project, coderIds, codes, finish } = study(['Amara', 'Ben'])
    const [amara, ben] = coderIds as [CoderId, CoderId]
    for (const coder of coderIds) finish(coder, ALL)
    const [neglect, poverty] = codes
    for (const code of codes) applyCode(project, amara, 'N1', code, [0, 3])
    applyCode(project, ben, 'N1', neglect, [5, 8])
    for (const coder of coderIds) applyCode(project, coder, 'N3', poverty, null)
    const run = (unit: 'note' | 'sentence') =>
      computeSets(project.db, { coderIds, unit, ...INTERVALS, replicates: 200 })
    /** The library on sets written down by hand. */
    const alphaOf = (rows: ReadonlyArray<readonly [number[], number[]]>) => {
      const register = new lib.SetRegister()
      const columns = [0, 1].map((g) => Int32Array.from(rows, (row) => register.idOf(row[g] as number[])))
      const sets = register.sets()
      return lib.setAlpha(lib.setPatterns(lib.reliabilityData(columns, lib.setCount(sets))), sets).alpha.value
    }
    const byNote = run('note')
    expect(byNote).toMatchObject({ n: 4, notes: 4, same: 3, empty: 2, different: 4 })
    expect(byNote.masi.value).toBeCloseTo(
      alphaOf([
        [[0, 1], [0]],
        [[], []],
        [[1], [1]],
        [[], []],
      ]) as number,
      12,
    )
    expect(byNote.interval?.[1]).toBe(1)
    const bySentence = run('sentence')
    expect(bySentence).toMatchObject({ n: 6, same: 4, empty: 3 })
    expect(bySentence.masi.value).toBeCloseTo(
      alphaOf([
        [[0, 1], []],
        [[], [0]],
        [[], []],
        [[], []],
        [[1], [1]],
        [[], []],
      ]) as number,
      12,
    )
    expect(() => computeSets(project.db, { coderIds, unit: 'character', ...INTERVALS })).toThrow(
      expect.objectContaining({ code: 'bad-arguments' }),
    )
  })
})
