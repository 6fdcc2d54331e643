import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { computeAgreement } from '../../electron/store/analysis/agreement.ts'
import { segmentsOf } from '../../electron/store/analysis/agreement-segments.ts'
import { computeConfusion } from '../../electron/store/analysis/confusion.ts'
import type { Project } from '../../electron/store/project.ts'
import { CancelToken } from '../../shared/cancel.ts'
import type { CodeId, CoderId } from '../../shared/contract/basics.ts'
import { addCode, addNotes, applyCode } from './project-content.ts'
import { makeProject } from './temporary-project.ts'

const TEXTS = { N1: 'One 🐕 dog in the house.', N2: 'Two cats.', N3: 'Three.' }
const CODES = ['Neglect', 'Poverty', 'Housing'] as const

function study() {
  const project = makeProject()
  const [amara, ben] = ['Amara', 'Ben'].map((name) => project.addCoder(name).id) as [CoderId, CoderId]
  addNotes(project, amara, TEXTS, 'YP1')
  const codes = CODES.map((name) => addCode(project, amara, name)) as [CodeId, CodeId, CodeId]
  const finish = (notes: string[]) => {
    for (const coder of [amara, ben]) project.change(coder, 'note.setStatus', { notes, status: 'finished' })
  }
  return { project, amara, ben, coderIds: [amara, ben], codes, finish }
}

const segments = (
  project: Project,
  coderIds: CoderId[],
  unit: 'note' | 'character',
  pair: [CodeId, CodeId],
) =>
  segmentsOf(project.db, {
    coderIds,
    unit,
    behind: { kind: 'confusion', firstCodeId: pair[0], secondCodeId: pair[1] },
    offset: 0,
    limit: 50,
  })

const spans = fc.array(
  fc
    .record({
      note: fc.constantFrom('N1' as const, 'N2' as const, 'N3' as const),
      code: fc.nat(2),
      start: fc.nat(6),
      length: fc.integer({ min: 1, max: 5 }),
    })
    .filter(({ note, start, length }) => start + length <= TEXTS[note].length)
    // The dog of N1 lies at 4 to 6; nobody can select half of it.
    .filter(({ note, start, length }) => note !== 'N1' || (start !== 5 && start + length !== 5)),
  { maxLength: 7 },
)

describe('confused codes', () => {
  it('are counted as worked by hand, and lead to their text', () => {
    const { project, amara, ben, coderIds, codes, finish } = study()
    const [neglect, poverty, housing] = codes
    finish(['N1', 'N2'])
    // N1: Amara says neglect over "One 🐕 dog", Ben poverty over "🐕 dog in"; both housing over "house".
    applyCode(project, amara, 'N1', neglect, [0, 10])
    applyCode(project, ben, 'N1', poverty, [4, 13])
    for (const coder of coderIds) applyCode(project, coder, 'N1', housing, [18, 23])
    // N2: Amara says both neglect and poverty where Ben says poverty: no confusion of those two.
    for (const code of [neglect, poverty]) applyCode(project, amara, 'N2', code, [0, 3])
    applyCode(project, ben, 'N2', poverty, [0, 3])
    // N3 is not finished.
    applyCode(project, amara, 'N3', neglect, null)
    applyCode(project, ben, 'N3', poverty, null)

    const byCharacter = computeConfusion(project.db, { coderIds, unit: 'character' })
    // "🐕 dog" is five characters, though six units of UTF-16.
    expect(byCharacter.confused).toEqual([
      { firstCodeId: neglect, secondCodeId: poverty, units: 5, notes: 1 },
    ])
    expect(
      byCharacter.codes.map(({ code, both, onlyFirst, onlySecond }) => [code, both, onlyFirst, onlySecond]),
    ).toEqual([
      ['Neglect', 0, 12, 0],
      ['Poverty', 3, 0, 8],
      ['Housing', 5, 0, 0],
    ])
    expect(segments(project, coderIds, 'character', [neglect, poverty])).toMatchObject({
      total: 1,
      segments: [{ noteId: 'N1', words: '🐕 dog', span: { start: 4, end: 10 } }],
    })
    expect(segments(project, coderIds, 'character', [poverty, neglect]).total).toBe(0)

    const byNote = computeConfusion(project.db, { coderIds, unit: 'note' })
    expect(byNote).toMatchObject({
      notes: 2,
      total: 1,
      confused: [{ firstCodeId: neglect, secondCodeId: poverty, units: 1, notes: 1 }],
    })
    expect(
      segments(project, coderIds, 'note', [neglect, poverty]).segments.map(({ noteId }) => noteId),
    ).toEqual(['N1'])
  })

  it('equal a naive count, have the counts of the agreement table on their diagonal, and the same text behind', () => {
    const { project, amara, ben, coderIds, codes, finish } = study()
    finish(Object.keys(TEXTS))
    fc.assert(
      fc.property(spans, spans, (ofAmara, ofBen) => {
        const apply = (coder: CoderId, list: typeof ofAmara) =>
          list.map(({ note, code, start, length }) => ({
            id: applyCode(project, coder, note, codes[code] as CodeId, [start, start + length]),
            code: codes[code] as CodeId,
          }))
        const made = [amara, ben].map((coder, at) => ({
          coder,
          codings: apply(coder, at === 0 ? ofAmara : ofBen),
        }))
        try {
          for (const unit of ['note', 'character'] as const) {
            const report = computeConfusion(project.db, { coderIds, unit })
            const pairs = Object.fromEntries(
              report.confused.map((cell) => [`${cell.firstCodeId} ${cell.secondCodeId}`, cell.units]),
            )
            expect(pairs).toEqual(naive(ofAmara, ofBen, unit, codes))
            const { codes: rows } = computeAgreement(project.db, {
              coderIds,
              unit,
              codeIds: null,
              replicates: 0,
              resampled: 'note',
              seed: 1,
            })
            expect(
              report.codes.map(({ codeId, both, onlyFirst, onlySecond }) => [
                codeId,
                both,
                onlyFirst,
                onlySecond,
              ]),
            ).toEqual(
              rows.flatMap(({ codeId, counts }) =>
                counts && counts.both + counts.first + counts.second > 0
                  ? [[codeId, counts.both, counts.first, counts.second]]
                  : [],
              ),
            )
            for (const { firstCodeId, secondCodeId, units } of report.confused) {
              const found = segments(project, coderIds, unit, [firstCodeId, secondCodeId])
              const behind =
                unit === 'note'
                  ? found.total
                  : found.segments.reduce((sum, { words }) => sum + [...words].length, 0)
              expect(behind).toBe(units)
            }
          }
        } finally {
          for (const { coder, codings } of made)
            if (codings.length > 0) project.change(coder, 'codings.remove', { codings })
        }
      }),
      { numRuns: 40 },
    )
  })

  it('are of two coders, and can be cancelled', () => {
    const { project, amara, coderIds } = study()
    const cleo = project.addCoder('Cleo').id
    expect(() => computeConfusion(project.db, { coderIds: [...coderIds, cleo], unit: 'note' })).toThrow(
      'Confused codes are shown for two coders.',
    )
    expect(() => computeConfusion(project.db, { coderIds: [amara, amara], unit: 'note' })).toThrow(
      'cannot be compared with themselves',
    )
    const signal = new CancelToken()
    signal.cancel()
    expect(() => computeConfusion(project.db, { coderIds, unit: 'note' }, { signal })).toThrow('cancelled')
  })
})

type Applied = { note: keyof typeof TEXTS; code: number; start: number; length: number }

/** Straight from the definition: unit by unit, all pairs of codes. */
function naive(
  ofFirst: readonly Applied[],
  ofSecond: readonly Applied[],
  unit: 'note' | 'character',
  codes: readonly string[],
): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const [note, text] of Object.entries(TEXTS)) {
    let from = 0
    for (const character of unit === 'note' ? [text] : [...text]) {
      const to = from + character.length
      const has = (list: readonly Applied[], code: number) =>
        list.some(
          (one) => one.note === note && one.code === code && one.start < to && from < one.start + one.length,
        )
      for (const [x, first] of codes.entries())
        for (const [y, second] of codes.entries())
          if (has(ofFirst, x) && !has(ofFirst, y) && has(ofSecond, y) && !has(ofSecond, x))
            counts[`${first} ${second}`] = (counts[`${first} ${second}`] ?? 0) + 1
      from = to
    }
  }
  return counts
}
