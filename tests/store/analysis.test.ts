import fc from 'fast-check'
import { v7 as uuid } from 'uuid'
import { describe, expect, it } from 'vitest'
import { computeAgreement } from '../../electron/store/analysis/agreement.ts'
import { segmentsOf } from '../../electron/store/analysis/agreement-segments.ts'
import { assertNothingKept } from '../../electron/store/analysis/compared.ts'
import { newId } from '../../electron/store/file/new-id.ts'
import { runJob } from '../../electron/store/jobs/jobs.ts'
import type { Project } from '../../electron/store/project.ts'
import { NEVER } from '../../shared/cancel.ts'
import type { AgreementUnit } from '../../shared/contract/agreement.ts'
import type { CodeId, CoderId, RoundId } from '../../shared/contract/basics.ts'
import { coderId, codingId } from '../ids.ts'
import { someOf } from '../random.ts'
import { addCode, addNotes, applyCode } from './project-content.ts'
import { makeProject } from './temporary-project.ts'

const TEXTS = {
  N1: 'One 🐕 dog in the house.',
  N2: 'Two cats.',
  N3: 'Three.',
  N4: 'Four. Seen b.d. by Dr. Lee.\nDog 🐕 bit. Ok',
}

/** Units of the texts in characters, worked by hand. */
const whole = (note: keyof typeof TEXTS): [number, number] => [0, [...TEXTS[note]].length]
const lone = (note: keyof typeof TEXTS) => ({
  note: [whole(note)],
  paragraph: [whole(note)],
  sentence: [whole(note)],
})
const PARTS: Record<keyof typeof TEXTS, Record<'note' | 'paragraph' | 'sentence', [number, number][]>> = {
  N1: lone('N1'),
  N2: lone('N2'),
  N3: lone('N3'),
  N4: {
    note: [whole('N4')],
    paragraph: [
      [0, 27],
      [28, 41],
    ],
    sentence: [
      [0, 5],
      [6, 27],
      [28, 38],
      [39, 41],
    ],
  },
}

function study(coderNames: string[]) {
  const project = makeProject()
  const coders = coderNames.map((name) => project.addCoder(name).id)
  addNotes(project, coders[0] as CoderId, { N1: TEXTS.N1, N2: TEXTS.N2 }, 'YP1')
  addNotes(project, coders[0] as CoderId, { N3: TEXTS.N3, N4: TEXTS.N4 }, 'YP2')
  const code = addCode(project, coders[0] as CoderId, 'Neglect')
  const finish = (coder: CoderId, notes: string[]) =>
    project.change(coder, 'note.setStatus', { notes, status: 'finished' })
  return { project, coders, code, finish }
}

const compute = (project: Project, coderIds: CoderId[], unit: AgreementUnit) =>
  computeAgreement(project.db, { coderIds, unit, codeIds: null, replicates: 0, resampled: 'note', seed: 1 })

/** Straight from the definitions, on 0/1 lists. */
function naive(first: number[], second: number[]) {
  const n = first.length
  const cell = (a: number, b: number) => first.filter((value, at) => value === a && second[at] === b).length
  const [both, only1, only2, neither] = [cell(1, 1), cell(1, 0), cell(0, 1), cell(0, 0)]
  const po = (both + neither) / n
  const pe = ((both + only1) * (both + only2) + (only2 + neither) * (only1 + neither)) / (n * n)
  const applied = 2 * both + only1 + only2
  const expected = (2 * applied * (2 * n - applied)) / (2 * n * (2 * n - 1))
  return {
    counts: { both, first: only1, second: only2, neither },
    percent: po,
    cohen: pe === 1 ? null : (po - pe) / (1 - pe),
    krippendorff: expected === 0 ? null : 1 - (only1 + only2) / n / expected,
  }
}

const spans = fc.array(
  fc
    .tuple(
      fc.constantFrom('N1' as const, 'N2' as const, 'N3' as const, 'N4' as const),
      fc.nat(40),
      fc.integer({ min: 1, max: 14 }),
    )
    // The dog of N1 lies at 4 to 6, that of N4 at 32 to 34; nobody can select half of it.
    .filter(([note, start, length]) => start + length <= TEXTS[note].length)
    .filter(([note, start, length]) => note !== 'N1' || (start !== 5 && start + length !== 5))
    .filter(([note, start, length]) => note !== 'N4' || (start !== 33 && start + length !== 33)),
  { maxLength: 6 },
)

describe('agreement', () => {
  it('equals a naive count over every unit, whatever the spans and the share asked for', () => {
    const { project, coders, code, finish } = study(['Amara', 'Ben'])
    for (const coder of coders) finish(coder, Object.keys(TEXTS))
    const [amara, ben] = coders as [CoderId, CoderId]
    const scope = fc.record({
      unit: fc.constantFrom<AgreementUnit>('note', 'paragraph', 'sentence', 'character'),
      share: fc.constantFrom(0, 0.25, 0.5, 0.9),
    })
    fc.assert(
      fc.property(spans, spans, scope, (ofAmara, ofBen, { unit, share }) => {
        const apply = (coder: CoderId, list: typeof ofAmara) =>
          list.map(([note, start, length]) => applyCode(project, coder, note, code, [start, start + length]))
        const ids = { [amara]: apply(amara, ofAmara), [ben]: apply(ben, ofBen) }
        const marks = (list: typeof ofAmara) =>
          Object.entries(TEXTS).flatMap(([note, text]) => {
            const own = list.filter(([of]) => of === note)
            // Offsets are UTF-16 units inside; figures count characters.
            let position = 0
            const characters = [...text].map((character) => {
              const from = position
              position += character.length
              return own.some(([, start, length]) => start <= from && from < start + length) ? 1 : 0
            })
            if (unit === 'character') return characters
            return PARTS[note as keyof typeof PARTS][unit].map(([from, to]) => {
              const covered = characters.slice(from, to).filter(Boolean).length
              return covered > share * (to - from) ? 1 : 0
            })
          })
        try {
          const args = { unit, share, replicates: 0, resampled: 'note', seed: 1, codeIds: null } as const
          const [result] = computeAgreement(project.db, { coderIds: coders, ...args }).codes
          const expected = naive(marks(ofAmara), marks(ofBen))
          expect(result?.counts).toEqual(expected.counts)
          for (const name of ['percent', 'cohen', 'krippendorff'] as const) {
            const value = result?.figures[name].value
            if (expected[name] === null) expect(value).toBeNull()
            else expect(value).toBeCloseTo(expected[name], 9)
          }
          const cells = ['both', 'first', 'second', 'neither'] as const
          const behind = (cell: (typeof cells)[number]) =>
            segmentsOf(project.db, {
              coderIds: coders,
              unit,
              share,
              behind: { kind: 'count', codeId: code, cell },
              offset: 0,
              limit: 50,
            })
          for (const cell of cells) {
            const { total, segments } = behind(cell)
            const units =
              unit === 'character'
                ? segments.reduce((sum, { words }) => sum + [...words].length, 0)
                : segments.length
            expect(units).toBe(expected.counts[cell])
            expect(total).toBe(segments.length)
          }
        } finally {
          for (const [coder, list] of Object.entries(ids)) {
            if (list.length > 0)
              project.change(coderId(coder), 'codings.remove', { codings: list.map((id) => ({ id, code })) })
          }
        }
      }),
      { numRuns: someOf(200) },
    )
  })

  it('leaves blanks between sentences out of every sentence, and text without a unit out of n', () => {
    const { project, coders, code, finish } = study(['Amara', 'Ben'])
    for (const coder of coders) finish(coder, ['N4'])
    applyCode(project, coders[0] as CoderId, 'N4', code, [5, 6])
    expect(TEXTS.N4[5]).toBe(' ')
    const [result] = compute(project, coders, 'sentence').codes
    expect(result).toMatchObject({ n: 4, applied: [0, 0] })
    expect(compute(project, coders, 'paragraph').codes[0]).toMatchObject({ n: 2, applied: [1, 0] })
  })

  it('takes children for their parent where asked, folders too', () => {
    const { project, coders, finish } = study(['Amara', 'Ben'])
    const [amara, ben] = coders as [CoderId, CoderId]
    const parent = addCode(project, amara, 'Harm')
    const [first, second] = ['Hit', 'Shouted at'].map((name) => addCode(project, amara, name, parent)) as [
      CodeId,
      CodeId,
    ]
    for (const coder of coders) finish(coder, Object.keys(TEXTS))
    applyCode(project, amara, 'N1', first, [0, 3])
    applyCode(project, ben, 'N1', second, [0, 3])
    applyCode(project, ben, 'N2', parent, null)
    const counts = (withChildren: boolean) => {
      const report = computeAgreement(project.db, {
        ...{ coderIds: coders, unit: 'note', withChildren, codeIds: null },
        ...{ replicates: 0, resampled: 'note', seed: 1 },
      })
      return report.codes.find(({ codeId }) => codeId === parent)?.counts
    }
    expect(counts(false)).toEqual({ both: 0, first: 0, second: 1, neither: 3 })
    expect(counts(true)).toEqual({ both: 1, first: 0, second: 1, neither: 2 })
    const behind = segmentsOf(project.db, {
      ...{ coderIds: coders, unit: 'note', withChildren: true, offset: 0, limit: 5 },
      behind: { kind: 'count', codeId: parent, cell: 'both' },
    })
    expect(behind).toMatchObject({ total: 1, segments: [{ noteId: 'N1' }] })
  })

  it('compares what is said besides the code, where asked, and leads to it', () => {
    const { project, coders, code, finish } = study(['Amara', 'Ben'])
    const [amara, ben] = coders as [CoderId, CoderId]
    for (const coder of coders) finish(coder, Object.keys(TEXTS))
    const say = (coder: CoderId, note: string, assertion: string | null) => {
      const qualifiers: Record<string, string> = assertion === null ? {} : { assertion }
      const codings = [{ id: codingId(uuid()), note, code, start: null, end: null, qualifiers }]
      project.change(coder, 'codings.apply', { codings })
    }
    say(amara, 'N1', 'negated')
    say(ben, 'N1', 'affirmed')
    say(amara, 'N2', 'negated')
    say(ben, 'N2', 'negated')
    say(amara, 'N3', null)
    const report = computeAgreement(project.db, {
      ...{ coderIds: coders, unit: 'note', qualifier: 'assertion', codeIds: [code] },
      ...{ replicates: 0, resampled: 'note', seed: 1 },
    })
    expect(report.codes.map(({ part, counts }) => [part?.value, counts])).toEqual([
      [undefined, { both: 2, first: 1, second: 0, neither: 1 }],
      ['affirmed', { both: 0, first: 0, second: 1, neither: 3 }],
      ['negated', { both: 1, first: 1, second: 0, neither: 2 }],
      [null, { both: 0, first: 1, second: 0, neither: 3 }],
    ])
    expect(report.overall.krippendorff.codes).toBe(1)
    const behind = (value: string | null) =>
      segmentsOf(project.db, {
        ...{ coderIds: coders, unit: 'note', offset: 0, limit: 5 },
        behind: { kind: 'count', codeId: code, cell: 'first', part: { qualifier: 'assertion', value } },
      }).segments.map(({ noteId }) => noteId)
    expect(behind('negated')).toEqual(['N1'])
    expect(behind(null)).toEqual(['N3'])
  })

  it('counts only the notes of a filter, and says of the others that they are outside it', () => {
    const { project, coders, finish } = study(['Amara', 'Ben'])
    for (const coder of coders) finish(coder, ['N1', 'N2', 'N3'])
    const report = computeAgreement(project.db, {
      ...{ coderIds: coders, unit: 'note', filter: { caseId: 'YP1' }, codeIds: null },
      ...{ replicates: 0, resampled: 'note', seed: 1 },
    })
    expect(report.notes).toEqual({
      counted: ['N1', 'N2'],
      left: ['N3', 'N4'].map((note) => ({ note, reason: 'outside the filter' })),
    })
  })

  it('counts only the notes of a round, and names it where others are left out', () => {
    const { project, coders, finish } = study(['Amara', 'Ben'])
    const [amara] = coders as [CoderId]
    for (const coder of coders) finish(coder, ['N1', 'N2', 'N4'])
    const id: RoundId = newId()
    const round = { id, name: 'First', coders, notes: ['N2', 'N3'], isBlind: false, drawn: null }
    project.change(amara, 'round.add', round)
    const report = computeAgreement(project.db, {
      ...{ coderIds: coders, unit: 'note', roundId: id, codeIds: null },
      ...{ replicates: 0, resampled: 'note', seed: 1 },
    })
    expect(report.notes).toEqual({
      counted: ['N2'],
      left: [
        { note: 'N1', reason: 'not in the round “First”' },
        { note: 'N3', reason: 'not finished by Amara and Ben' },
        { note: 'N4', reason: 'not in the round “First”' },
      ],
    })
  })

  it('keeps back the text of a blind round until everybody in it has finished, without a word of how much', () => {
    const { project, coders, code, finish } = study(['Amara', 'Ben', 'Cleo'])
    const [amara, ben, cleo] = coders as [CoderId, CoderId, CoderId]
    for (const coder of [amara, ben]) {
      finish(coder, ['N1', 'N2'])
      for (const note of ['N1', 'N2']) applyCode(project, coder, note, code, [0, 3])
    }
    const id: RoundId = newId()
    const round = { id, name: 'Blind', coders, notes: ['N1'], isBlind: true, drawn: null }
    project.change(amara, 'round.add', round)
    const scope = { coderIds: [amara, ben], unit: 'note' as const }
    const behind = (viewer: CoderId | null) =>
      segmentsOf(
        project.db,
        { ...scope, offset: 0, limit: 5, behind: { kind: 'count', codeId: code, cell: 'both' } },
        { viewer },
      )
    for (const viewer of [amara, ben, cleo]) {
      expect(behind(viewer)).toMatchObject({ total: 1, segments: [{ noteId: 'N2' }] })
      expect(() => assertNothingKept(project.db, scope, viewer)).toThrow(
        expect.objectContaining({ code: 'not-allowed' }),
      )
    }
    expect(behind(null)).toMatchObject({ total: 2 })
    finish(cleo, ['N1'])
    expect(behind(cleo)).toMatchObject({ total: 2 })
    expect(() => assertNothingKept(project.db, scope, cleo)).not.toThrow()
  })

  it('adds up the tables of the codes somebody applied, beside their mean, both with limits', () => {
    const { project, coders, code, finish } = study(['Amara', 'Ben'])
    const [amara, ben] = coders as [CoderId, CoderId]
    const other = addCode(project, amara, 'Poverty')
    addCode(project, amara, 'Never applied')
    for (const coder of coders) finish(coder, Object.keys(TEXTS))
    for (const note of ['N1', 'N2']) applyCode(project, amara, note, code, null)
    applyCode(project, ben, 'N1', code, null)
    for (const coder of coders) applyCode(project, coder, 'N3', other, null)
    const { pooled, overall } = computeAgreement(project.db, {
      ...{ coderIds: coders, unit: 'note', codeIds: null },
      ...{ replicates: 500, resampled: 'note', seed: 1 },
    })
    expect(pooled).toMatchObject({
      n: 8,
      counts: { both: 2, first: 1, second: 0, neither: 5 },
      applied: [3, 2],
    })
    // 1 − 8·1/(3·6 + 5·2), Cohen's kappa of the added table.
    expect(pooled?.figures.cohen.value).toBeCloseTo(1 - 8 / (3 * 6 + 5 * 2), 12)
    expect(overall.cohen).toMatchObject({ codes: 2, mean: 0.75 })
    for (const limits of [pooled?.interval.cohen, overall.cohen.interval]) {
      expect(limits?.[0]).toBeLessThan(1)
      expect(limits?.[1]).toBe(1)
    }
  })

  it('gives the limits of the standard error of kappa by note, and none by character', () => {
    const { project, coders, code, finish } = study(['Amara', 'Ben'])
    const [amara, ben] = coders as [CoderId, CoderId]
    for (const coder of coders) finish(coder, Object.keys(TEXTS))
    for (const note of ['N1', 'N2']) applyCode(project, amara, note, code, null)
    for (const note of ['N1', 'N2', 'N3']) applyCode(project, ben, note, code, null)
    const [byNote] = compute(project, coders, 'note').codes
    // Shares .5, 0, .25, .25 of 4 notes: kappa .5, variance (.203125 − .0625)/(4·.25), by the formula of 1969.
    expect(byNote?.figures.cohen.value).toBeCloseTo(0.5, 12)
    expect(byNote?.analyticInterval.cohen?.[0]).toBeCloseTo(0.5 - 1.959963984540054 * 0.375, 12)
    expect(byNote?.analyticInterval.cohen?.[1]).toBeCloseTo(0.5 + 1.959963984540054 * 0.375, 12)
    expect(compute(project, coders, 'character').codes[0]?.analyticInterval).toEqual({})
    applyCode(project, amara, 'N3', code, null)
    expect(compute(project, coders, 'note').codes[0]?.analyticInterval).toEqual({})
  })

  it('draws notes, or cases with all their notes, for the intervals', () => {
    const { project, coders, code, finish } = study(['Amara', 'Ben'])
    for (const coder of coders) {
      finish(coder, Object.keys(TEXTS))
      for (const note of ['N1', 'N2']) applyCode(project, coder, note, code, null)
    }
    const skipped = (resampled: 'note' | 'case') => {
      const args = { coderIds: coders, unit: 'note', codeIds: null, replicates: 4_000, seed: 1 } as const
      const report = computeAgreement(project.db, { ...args, resampled })
      expect(report.resampled).toBe(resampled)
      return (report.codes[0]?.skippedReplicates ?? 0) / 4_000
    }
    // Without variation: four draws of two kinds of note all alike, 2/16; two draws of two cases alike, 1/2.
    expect(Math.abs(skipped('note') - 1 / 8)).toBeLessThan(0.03)
    expect(Math.abs(skipped('case') - 1 / 2)).toBeLessThan(0.03)
  })

  it('counts only notes all compared coders finished, and says who is missing', () => {
    const { project, coders, finish } = study(['Amara', 'Ben', 'Cleo'])
    const [amara, ben, cleo] = coders as [CoderId, CoderId, CoderId]
    finish(amara, ['N1', 'N2', 'N3'])
    finish(ben, ['N1', 'N2'])
    finish(cleo, ['N2'])
    const report = compute(project, coders, 'note')
    expect(report.notes.counted).toEqual(['N2'])
    expect(report.notes.left).toEqual([
      { note: 'N1', reason: 'not finished by Cleo' },
      { note: 'N3', reason: 'not finished by Ben and Cleo' },
      { note: 'N4', reason: 'not finished by Amara, Ben and Cleo' },
    ])
  })

  it('is undefined with its reason, never 1 or 0, where nothing varies or nothing is there', () => {
    const { project, coders, finish } = study(['Amara', 'Ben'])
    const nothing = compute(project, coders, 'note').codes[0]
    expect(nothing?.n).toBe(0)
    expect(nothing?.figures.percent).toEqual({ value: null, reason: 'nothing to compare' })
    for (const coder of coders) finish(coder, ['N1', 'N2'])
    const unused = compute(project, coders, 'note')
    expect(unused.codes[0]?.figures.krippendorff).toEqual({ value: null, reason: 'no variation' })
    expect(unused.overall.krippendorff).toEqual({ mean: null, codes: 0, interval: null })
  })

  it('takes three coders together: Krippendorff is defined, Cohen is not', () => {
    const { project, coders, code, finish } = study(['Amara', 'Ben', 'Cleo'])
    for (const coder of coders) finish(coder, Object.keys(TEXTS))
    const [amara, ben, cleo] = coders as [CoderId, CoderId, CoderId]
    for (const coder of [amara, ben, cleo]) applyCode(project, coder, 'N1', code, null)
    applyCode(project, amara, 'N2', code, [0, 3])
    const [result] = compute(project, coders, 'note').codes
    expect(result?.counts).toBeNull()
    expect(result?.applied).toEqual([2, 1, 1])
    expect(result?.figures.cohen).toEqual({ value: null, reason: 'needs exactly two coders' })
    // 12 values, 4 applied: D_o = 2/3 over 12 values of one unit with 2 unequal pairs; worked by hand.
    const observed = (2 * 2) / 2 / 12
    const expected = (2 * 4 * 8) / (12 * 11)
    expect(result?.figures.krippendorff.value).toBeCloseTo(1 - observed / expected, 12)
  })

  it('leads from each count to exactly the segments behind it', () => {
    const { project, coders, code, finish } = study(['Amara', 'Ben'])
    for (const coder of coders) finish(coder, ['N1', 'N2'])
    const [amara, ben] = coders as [CoderId, CoderId]
    applyCode(project, amara, 'N1', code, [0, 10])
    applyCode(project, ben, 'N1', code, [4, 14])
    const cell = (which: 'both' | 'first' | 'second' | 'neither', unit: 'note' | 'character') =>
      segmentsOf(project.db, {
        coderIds: coders,
        unit,
        behind: { kind: 'count', codeId: code, cell: which },
        offset: 0,
        limit: 50,
      })
    expect(cell('both', 'character').segments.map(({ words }) => words)).toEqual([TEXTS.N1.slice(4, 10)])
    expect(cell('first', 'character').segments.map(({ words }) => words)).toEqual([TEXTS.N1.slice(0, 4)])
    expect(cell('second', 'character').segments.map(({ words }) => words)).toEqual([TEXTS.N1.slice(10, 14)])
    expect(cell('neither', 'character').segments.map(({ noteId }) => noteId)).toEqual(['N1', 'N2'])
    expect(cell('both', 'note')).toMatchObject({ total: 1, segments: [{ noteId: 'N1' }] })
    expect(cell('neither', 'note')).toMatchObject({ total: 1, segments: [{ noteId: 'N2', span: null }] })
  })
})

describe('a calculation', () => {
  it('is of the moment it began, whoever codes meanwhile', async () => {
    const { project, coders, code, finish } = study(['Amara', 'Ben'])
    const [amara] = coders as [CoderId]
    for (const coder of coders) finish(coder, Object.keys(TEXTS))
    const last = addCode(project, amara, 'Poverty')
    for (const coder of coders) applyCode(project, coder, 'N1', code, null)
    const args = { coderIds: coders, unit: 'note', codeIds: null, replicates: 0, resampled: 'note', seed: 1 }
    let written = 0
    const onProgress = () => {
      // Before each code is read, somebody applies the last one once more and reopens a note.
      applyCode(project, amara, 'N2', last, null)
      project.change(amara, 'note.setStatus', { notes: ['N4'], status: 'in progress' })
      written++
    }
    const report = await runJob(project.path, 'agreement', args as never, {
      ...{ signal: NEVER, onProgress, passphrase: project.passphrase, viewer: null },
    })
    expect(written).toBeGreaterThan(1)
    expect(report.notes.counted).toHaveLength(4)
    expect(report.codes.map(({ counts }) => counts)).toEqual([
      { both: 1, first: 0, second: 0, neither: 3 },
      { both: 0, first: 0, second: 0, neither: 4 },
    ])
    expect(compute(project, coders, 'note').notes.counted).toHaveLength(3)
  })
})
