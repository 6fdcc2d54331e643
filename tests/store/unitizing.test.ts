import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { segmentsOf } from '../../electron/store/analysis/agreement-segments.ts'
import { computeUnitizing } from '../../electron/store/analysis/unitizing.ts'
import * as lib from '../../shared/agreement/index.ts'
import { CancelToken } from '../../shared/cancel.ts'
import type { CodeId, CoderId } from '../../shared/contract/basics.ts'
import { addCode, addNotes, applyCode } from './project-content.ts'
import { makeProject } from './temporary-project.ts'

const TEXTS = { N1: 'One 🐕 dog in the house, all day.', N2: 'Two cats.', N3: 'Three.' }
const NAMES = ['Amara', 'Ben', 'Cleo'] as const

function study(coders: number) {
  const project = makeProject()
  const coderIds = NAMES.slice(0, coders).map((name) => project.addCoder(name).id)
  const [first] = coderIds as [CoderId]
  addNotes(project, first, TEXTS)
  const parent = addCode(project, first, 'Harm')
  const codes = ['Hit', 'Shouted at'].map((name) => addCode(project, first, name, parent)) as [CodeId, CodeId]
  for (const coder of coderIds)
    project.change(coder, 'note.setStatus', { notes: Object.keys(TEXTS), status: 'finished' })
  return { project, coderIds, parent, codes }
}

const ARGS = { unit: 'character', codeIds: null, replicates: 0, resampled: 'note', seed: 1 } as const

/** Where a UTF-16 position of a note lies in the notes end to end, in characters. */
function inCorpus(note: keyof typeof TEXTS, position: number): number {
  const names = Object.keys(TEXTS) as Array<keyof typeof TEXTS>
  const before = names.slice(0, names.indexOf(note)).reduce((sum, name) => sum + [...TEXTS[name]].length, 0)
  return before + [...TEXTS[note].slice(0, position)].length
}
const LENGTH = inCorpus('N3', TEXTS.N3.length)

const spans = fc.array(
  fc
    .record({
      note: fc.constantFrom('N1' as const, 'N2' as const, 'N3' as const),
      start: fc.nat(30),
      length: fc.integer({ min: 1, max: 9 }),
    })
    .filter(({ note, start, length }) => start + length <= TEXTS[note].length)
    // The dog of N1 lies at 4 to 6; nobody can select half of it.
    .filter(({ note, start, length }) => note !== 'N1' || (start !== 5 && start + length !== 5)),
  { maxLength: 5 },
)

describe('unitizing', () => {
  it('equals the family of u-alpha and the F1 of spans on the notes end to end, for two and three coders', () => {
    for (const count of [2, 3]) {
      const { project, coderIds, codes } = study(count)
      const [code] = codes
      fc.assert(
        fc.property(fc.tuple(...coderIds.map(() => spans)), fc.constantFrom(0, 0.5, 1), (made, least) => {
          const applied = made.map((own, g) =>
            own.map(({ note, start, length }) => ({
              coder: coderIds[g] as CoderId,
              id: applyCode(project, coderIds[g] as CoderId, note, code, [start, start + length]),
            })),
          )
          const coded = made.map((own) =>
            own.map(({ note, start, length }) => ({
              start: inCorpus(note, start),
              end: inCorpus(note, start + length),
              value: 0,
            })),
          )
          const united = coded.map((own) =>
            lib
              .separateUnits(own.map(({ start, end }) => [start, end]))
              .map(([start, end]) => ({ start, end, value: 0 })),
          )
          try {
            const report = computeUnitizing(project.db, { ...ARGS, coderIds, least })
            const figures = report.codes.find(({ codeId }) => codeId === code)?.figures
            expect(report.characters).toBe(LENGTH)
            const family = lib.uAlphaFamily({ length: LENGTH, values: 1, coders: united })
            const wanted = {
              uAlpha: family.uAlpha,
              f1: lib.spanF1(coded, least),
              f1Exact: lib.spanF1(coded, 1),
              alphaU: lib.alphaU({ length: LENGTH, values: 1, coders: united }, 0).alpha,
            }
            for (const [name, { value }] of Object.entries(wanted)) {
              const found = figures?.[name as keyof typeof wanted].value
              if (value === null) expect(found).toBeNull()
              else expect(found).toBeCloseTo(value, 12)
            }
            if (count === 3) {
              expect(figures?.precision.reason).toBe('needs exactly two coders')
              return
            }
            const matched = report.codes.find(({ codeId }) => codeId === code)?.matched
            const n = made.map((own) => own.length) as [number, number]
            expect((matched?.both ?? 0) + (matched?.first ?? 0)).toBe(n[0])
            expect((matched?.both ?? 0) + (matched?.second ?? 0)).toBe(n[1])
            if (n[0] > 0) expect(figures?.recall.value).toBeCloseTo((matched?.both ?? 0) / n[0], 12)
            if (n[1] > 0) expect(figures?.precision.value).toBeCloseTo((matched?.both ?? 0) / n[1], 12)
            for (const cell of ['both', 'first', 'second'] as const) {
              const behind = { kind: 'spans', codeId: code, cell, least } as const
              const { total } = segmentsOf(project.db, {
                ...{ coderIds, unit: 'character', behind, offset: 0, limit: 50 },
              })
              expect(total).toBe(matched?.[cell])
            }
          } finally {
            for (const { coder, id } of applied.flat())
              project.change(coder, 'codings.remove', { codings: [{ id, code }] })
          }
        }),
        { numRuns: 60 },
      )
    }
  })

  it('looks at the codes below one another as one domain, and refuses it where a coder’s spans overlap', () => {
    const { project, coderIds, parent, codes } = study(2)
    const [amara, ben] = coderIds as [CoderId, CoderId]
    const [hit, shouted] = codes
    applyCode(project, amara, 'N1', hit, [0, 10])
    applyCode(project, ben, 'N1', hit, [0, 10])
    applyCode(project, amara, 'N2', shouted, [0, 3])
    applyCode(project, ben, 'N2', hit, [0, 3])
    const domains = () => computeUnitizing(project.db, { ...ARGS, coderIds, least: 0.5 }).domains
    const span = (start: number, end: number, value: number) => ({ start, end, value })
    const [first, second] = [inCorpus('N1', 10), inCorpus('N2', 0)]
    const family = lib.uAlphaFamily({
      length: LENGTH,
      values: 2,
      coders: [
        [span(0, first, 0), span(second, second + 3, 1)],
        [span(0, first, 0), span(second, second + 3, 0)],
      ],
    })
    const [domain] = domains()
    expect(domain?.codeId).toBe(parent)
    expect(domain?.uAlpha.value).toBeCloseTo(family.uAlpha.value as number, 12)
    expect(domain?.cuAlpha.value).toBeCloseTo(family.cuAlpha.value as number, 12)
    expect(domain?.values.map(({ kuAlpha }) => kuAlpha.value)).toEqual(
      family.kuAlpha.map(({ value }) => value),
    )
    applyCode(project, amara, 'N1', shouted, [4, 12])
    expect(domains()[0]?.uAlpha).toEqual({ value: null, reason: 'spans overlap' })
  })

  it('has nothing to compare where no note counts, whatever the figure', () => {
    for (const count of [2, 3]) {
      const { project, coderIds, codes } = study(count)
      coderIds.forEach((coder, g) => {
        const own = Object.keys(TEXTS)[g] as string
        const others = Object.keys(TEXTS).filter((note) => note !== own)
        applyCode(project, coder, own, codes[0], [0, 3])
        project.change(coder, 'note.setStatus', { notes: others, status: 'in progress' })
      })
      const report = computeUnitizing(project.db, { ...ARGS, coderIds, least: 0.5 })
      expect(report.notes).toBe(0)
      const reasons = report.codes.flatMap(({ figures }) =>
        Object.values(figures).map(({ reason }) => reason),
      )
      expect(reasons.length).toBeGreaterThan(0)
      expect(new Set(reasons)).toEqual(new Set(['nothing to compare']))
    }
  })

  it('gives limits by resampling notes, the same for the same seed, and can be cancelled', () => {
    const { project, coderIds, codes } = study(2)
    const [amara, ben] = coderIds as [CoderId, CoderId]
    for (const note of ['N1', 'N2', 'N3']) applyCode(project, amara, note, codes[0], [0, 3])
    for (const note of ['N1', 'N2']) applyCode(project, ben, note, codes[0], [0, 3])
    const run = () => computeUnitizing(project.db, { ...ARGS, coderIds, least: 0.5, replicates: 300 })
    const [interval] = run().codes.flatMap(({ codeId, interval }) => (codeId === codes[0] ? [interval] : []))
    expect(interval?.f1?.[0]).toBeLessThan(1)
    expect(interval?.f1?.[1]).toBe(1)
    expect(run()).toEqual(run())
    const token = new CancelToken()
    token.cancel()
    expect(() => computeUnitizing(project.db, { ...ARGS, coderIds, least: 0.5 }, { signal: token })).toThrow(
      expect.objectContaining({ code: 'cancelled' }),
    )
  })
})
