import fc from 'fast-check'
import { v7 as uuid } from 'uuid'
import { describe, expect, it } from 'vitest'
import { computeThemes, WHOLE_SCOPE } from '../../electron/store/analysis/themes.ts'
import { defineQualifiers } from '../../electron/store/codebook/qualifiers.ts'
import { segmentsOfCode } from '../../electron/store/codings/codings.ts'
import { newId } from '../../electron/store/file/new-id.ts'
import type { Project } from '../../electron/store/project.ts'
import { themesCsv } from '../../electron/store/reports/themes.ts'
import { addRound } from '../../electron/store/team/rounds.ts'
import { CancelToken } from '../../shared/cancel.ts'
import type { CodeId, CoderId, CodingId } from '../../shared/contract/basics.ts'
import type { Qualifiers } from '../../shared/contract/qualifiers.ts'
import type { ThemeReport, ThemeScope } from '../../shared/contract/themes.ts'
import { USUAL_QUALIFIERS } from '../../shared/qualifiers.ts'
import { codingId } from '../ids.ts'
import { addCode, addNotes, applyCode } from './project-content.ts'
import { makeProject } from './temporary-project.ts'

const NOTES = ['N1', 'N2', 'N3', 'N4', 'N5', 'N6'] as const

/** Six notes: two of YP1, two of YP2, two of no case; N2, N4 and N6 of team South. */
function study() {
  const project = makeProject()
  const [amara, ben, chidi] = ['Amara', 'Ben', 'Chidi'].map((name) => project.addCoder(name).id) as [
    CoderId,
    CoderId,
    CoderId,
  ]
  addNotes(project, amara, { N1: 'Mum shouted.', N2: 'Mum came.' }, 'YP1')
  addNotes(project, amara, { N3: 'Dad came.', N4: 'Dad left.' }, 'YP2')
  addNotes(project, amara, { N5: 'Nobody came.', N6: 'All well.' }, null)
  project.change(amara, 'attribute.setValues', {
    of: 'note',
    name: 'team',
    values: ['N2', 'N4', 'N6'].map((id) => ({ id, value: 'South' })),
  })
  const finish = (coder: CoderId, notes: readonly string[]) =>
    project.change(coder, 'note.setStatus', { notes: [...notes], status: 'finished' })
  const table = (scope: Partial<ThemeScope> = {}, viewer: CoderId | null = null) =>
    computeThemes(project.db, { scope: { ...WHOLE_SCOPE, ...scope }, viewer })
  return { project, amara, ben, chidi, finish, table }
}

function say(project: Project, coder: CoderId, note: string, code: CodeId, qualifiers: Qualifiers) {
  project.change(coder, 'codings.apply', {
    codings: [{ id: codingId(uuid()), note, code, start: 0, end: 3, qualifiers }],
  })
}

const rowOf = ({ rows }: ThemeReport, code: string) => rows.find(({ codeId }) => codeId === code)

describe('a table of themes', () => {
  it('counts distinct notes and cases, folders what lies below them', () => {
    const { project, amara, ben, table } = study()
    const code = addCode(project, amara, 'Bullying')
    applyCode(project, amara, 'N1', code, [0, 3])
    applyCode(project, amara, 'N1', code, [4, 6])
    applyCode(project, ben, 'N3', code, [0, 3])
    applyCode(project, ben, 'N5', code, null)
    const by = { name: 'team', of: 'note' as const }
    expect(rowOf(table({ notes: 'all', by }), code)).toMatchObject({
      notes: 3,
      cases: 2,
      codings: 4,
      cells: [
        { notes: 3, cases: 2 },
        { notes: 0, cases: 0 },
      ],
    })
    expect(rowOf(table({ notes: 'all', coderIds: [ben] }), code)).toMatchObject({ notes: 2, cases: 1 })
  })

  it('counts what a coder finished, of the notes this coder finished, and says so', () => {
    const { project, amara, ben, finish, table } = study()
    const code = addCode(project, amara, 'Bullying')
    for (const note of ['N1', 'N2', 'N3']) applyCode(project, ben, note, code, [0, 3])
    finish(ben, ['N1', 'N2', 'N5'])
    const by = { name: 'team', of: 'note' as const }
    const report = table({ coderIds: [ben], by })
    expect(report).toMatchObject({ notes: 3, cases: 1, base: { outOf: { notes: 6, cases: 2 } } })
    expect(report.groups).toEqual([
      { value: 'North', notes: 2, cases: 1 },
      { value: 'South', notes: 1, cases: 1 },
    ])
    expect(rowOf(report, code)).toMatchObject({ notes: 2, cases: 1, codings: 2 })
    expect(report.base.words).toBe('Ben’s codings, finished notes only (3 of 6)')
    const all = table({ coderIds: [ben], notes: 'all' })
    expect(rowOf(all, code)).toMatchObject({ notes: 3, cases: 2, codings: 3 })
    expect(all).toMatchObject({ notes: 6, cases: 2 })
    expect(all.base.words).toBe('Ben’s codings, all notes, finished or not (6 of 6)')
  })

  it('counts of several coders each in the notes they finished: no half-read note, no finished work lost', () => {
    const { project, amara, ben, finish, table } = study()
    const code = addCode(project, amara, 'Bullying')
    finish(amara, ['N1', 'N2'])
    finish(ben, ['N2', 'N3'])
    // Ben has not finished N1: what he has of it so far must not count, though the note does.
    applyCode(project, ben, 'N1', code, [0, 3])
    applyCode(project, ben, 'N2', code, [0, 3])
    applyCode(project, amara, 'N2', code, [0, 3])
    applyCode(project, ben, 'N3', code, [0, 3])
    const report = table()
    expect(report.notes).toBe(3)
    expect(rowOf(report, code)).toMatchObject({ notes: 2, codings: 3 })
    expect(report.base.words).toBe(
      'Codings of Amara, Ben and Chidi together, each in the notes they finished (3 of 6 notes)',
    )
    expect(report.base.rule).toContain('a note counts when at least one of them finished it')
  })

  it('names the consensus layer and a second pass for what they are', () => {
    const { project, amara, table } = study()
    const pass = project.codeAgain(amara, amara, newId()).id
    const consensus = project.addConsensus(amara).id
    expect(table({ coderIds: [consensus] }).base.words).toBe(
      'Codings of the consensus layer (Consensus), finished notes only (0 of 6)',
    )
    expect(table({ coderIds: [pass] }).base.words).toMatch(/^Codings of Amara \(again\), a second pass, /)
  })

  it('leaves out what is negated or merely possible, and says how much that was', () => {
    const { project, amara, table } = study()
    const code = addCode(project, amara, 'Bullying')
    defineQualifiers(project, amara, [...USUAL_QUALIFIERS], undefined)
    say(project, amara, 'N1', code, { assertion: 'negated' })
    say(project, amara, 'N2', code, { assertion: 'affirmed', time: 'past' })
    say(project, amara, 'N3', code, { assertion: 'possible' })
    say(project, amara, 'N4', code, { assertion: 'negated' })
    applyCode(project, amara, 'N5', code, [0, 3])
    say(project, amara, 'N6', code, { assertion: 'confirmed' })
    const scope = { coderIds: [amara], notes: 'all' as const }
    const affirmed = table(scope)
    // A coding that says nothing of its assertion counts as affirmed, and one that is confirmed is all the more.
    expect(rowOf(affirmed, code)).toMatchObject({ notes: 3, codings: 3 })
    expect(affirmed.base.setAside).toEqual([
      { qualifier: 'assertion', value: 'negated', codings: 2 },
      { qualifier: 'assertion', value: 'possible', codings: 1 },
    ])
    expect(affirmed.base.words).toMatch(/, affirmed only$/)
    expect(affirmed.base.rule).toContain('assertion is affirmed, confirmed or not set counts')

    const every = table({ ...scope, affirmedOnly: false })
    expect(rowOf(every, code)).toMatchObject({ notes: 6, codings: 6 })
    expect(every.base.words).toMatch(/, negated and other mentions too$/)

    const negated = table({ ...scope, qualifiers: { assertion: ['negated', 'possible'] } })
    expect(rowOf(negated, code)).toMatchObject({ notes: 3, codings: 3 })
    expect(negated.base.words).toMatch(/, assertion negated or possible$/)

    const past = table({ ...scope, qualifiers: { time: ['past'] } })
    expect(rowOf(past, code)).toMatchObject({ notes: 1, codings: 1 })
    expect(past.base.words).toMatch(/, affirmed only, time past$/)
  })

  it('knows negated codings that a script brought in without defining a qualifier', () => {
    const { project, amara, table } = study()
    const code = addCode(project, amara, 'Bullying')
    say(project, amara, 'N1', code, { assertion: 'negated' })
    applyCode(project, amara, 'N2', code, [0, 3])
    expect(rowOf(table({ notes: 'all' }), code)).toMatchObject({ notes: 1 })
  })

  it('has no word on assertions where the project says nothing of them', () => {
    const { project, amara, table } = study()
    const code = addCode(project, amara, 'Bullying')
    say(project, amara, 'N1', code, { assertion: 'strong' })
    const { base, rows } = table({ notes: 'all', coderIds: [amara] })
    expect(rows[0]).toMatchObject({ notes: 1 })
    expect(base).toMatchObject({ hasAssertion: false, affirmedOnly: false, setAside: [] })
    expect(base.words).toBe('Amara’s codings, all notes, finished or not (6 of 6)')
  })

  it('holds back the notes of a blind round whole, and says how many, until all have finished them', () => {
    const { project, amara, ben, finish, table } = study()
    const code = addCode(project, amara, 'Bullying')
    for (const coder of [amara, ben])
      for (const note of ['N1', 'N2']) applyCode(project, coder, note, code, [0, 3])
    finish(amara, ['N2'])
    finish(ben, ['N1', 'N2'])
    addRound(project, amara, {
      id: newId(),
      name: 'Pilot',
      coderIds: [amara, ben],
      isBlind: true,
      notes: { noteIds: ['N1'] },
    })
    expect(table({}, null)).toMatchObject({ notes: 2, base: { heldBack: 0 } })
    const seen = table({}, amara)
    expect(seen).toMatchObject({ notes: 1, base: { heldBack: 1 } })
    expect(rowOf(seen, code)).toMatchObject({ notes: 1, codings: 2 })
    expect(rowOf(table({ coderIds: [ben] }, amara), code)).toMatchObject({ notes: 1 })
    // One's own work is never kept from oneself.
    const own = { coderIds: [amara], notes: 'all' as const }
    expect(table(own, amara)).toMatchObject({ notes: 6, base: { heldBack: 0 } })
    finish(amara, ['N1'])
    expect(table({}, amara)).toMatchObject({ notes: 2, base: { heldBack: 0 } })
  })

  it('tells at once that it has begun, and stops when it is told to', () => {
    const { project, amara } = study()
    const code = addCode(project, amara, 'Bullying')
    for (const note of NOTES) applyCode(project, amara, note, code, [0, 3])
    const told: number[] = []
    const args = { scope: WHOLE_SCOPE, viewer: null }
    computeThemes(project.db, args, { onProgress: ({ done }) => told.push(done) })
    expect(told[0]).toBe(1)
    const signal = new CancelToken()
    expect(() => computeThemes(project.db, args, { signal, onProgress: () => signal.cancel() })).toThrow(
      /cancelled/,
    )
  })

  it('is written with the path of each code, every share with its n, and what was counted in every row', () => {
    const { project, amara, finish, table } = study()
    const abuse = addCode(project, amara, 'Abuse')
    const code = addCode(project, amara, 'Emotional', abuse)
    finish(amara, ['N1', 'N2'])
    applyCode(project, amara, 'N1', code, [0, 3])
    const csv = themesCsv(table({ coderIds: [amara], by: { name: 'team', of: 'note' } }))
    const [header, totals, ...rows] = csv.trimEnd().split('\n') as [string, string, ...string[]]
    expect(header).toBe(
      'level,code,path,notes,notes_percent,cases,cases_percent,codings,' +
        'notes: North,notes_percent: North,cases: North,cases_percent: North,' +
        'notes: South,notes_percent: South,cases: South,cases_percent: South,counted',
    )
    expect(totals).toMatch(/^0,\(all counted notes\),,2,100,1,100,,1,100,1,100,1,100,1,100,/)
    expect(rows[1]).toMatch(/^2,Emotional,Abuse > Emotional,1,50,1,100,1,1,100,1,100,0,0,0,0,/)
    for (const line of [totals, ...rows])
      expect(line).toContain('Amara’s codings, finished notes only (2 of 6).')
  })
})

describe('the quotes behind a table of themes', () => {
  const someCoding = fc.record({
    note: fc.constantFrom(...NOTES),
    code: fc.nat(3),
    coder: fc.nat(2),
    isWhole: fc.boolean(),
    qualifiers: fc.record(
      {
        assertion: fc.constantFrom('affirmed', 'negated', 'possible'),
        time: fc.constantFrom('past', 'current'),
      },
      { requiredKeys: [] },
    ),
  })
  const someScope = fc.record({
    by: fc.constantFrom(null, { name: 'team', of: 'note' as const }),
    coders: fc.constantFrom<readonly number[] | null>(null, [0], [1], [0, 1]),
    notes: fc.constantFrom<ThemeScope['notes']>('finished', 'all'),
    affirmedOnly: fc.boolean(),
    qualifiers: fc.constantFrom<ThemeScope['qualifiers']>(
      {},
      { time: ['past', null] },
      { assertion: [null] },
    ),
    viewer: fc.constantFrom(null, 0, 1),
  })

  it('are exactly what each of its figures counts, whoever looks', () => {
    const { project, amara, ben, chidi } = study()
    const coders = [amara, ben, chidi]
    const abuse = addCode(project, amara, 'Abuse')
    project.change(amara, 'codes.update', { changes: [{ id: abuse, fields: { isFolder: true } }] })
    const first = addCode(project, amara, 'Emotional', abuse)
    const codes = [
      first,
      addCode(project, amara, 'Physical', abuse),
      addCode(project, amara, 'Neglect'),
      // Below a code that is no folder, and so below the folder too.
      addCode(project, amara, 'Shouting', first),
    ]
    defineQualifiers(project, amara, [...USUAL_QUALIFIERS], undefined)
    addRound(project, amara, {
      id: newId(),
      name: 'Pilot',
      coderIds: [amara, ben],
      isBlind: true,
      notes: { noteIds: ['N1', 'N3'] },
    })
    const check = (report: ThemeReport, scope: ThemeScope, viewer: CoderId | null) => {
      const behind = (row: ThemeReport['rows'][number], inCases: boolean, value?: string | null) =>
        segmentsOfCode(
          project.db,
          {
            codeId: row.codeId,
            includeChildren: row.isFolder,
            coderIds: scope.coderIds,
            attribute: scope.by && value !== undefined ? { ...scope.by, value } : null,
            counted: { notes: report.base.notes, qualifiers: report.base.qualifiers, inCases },
            offset: 0,
            limit: 500,
          },
          viewer,
        )
      for (const row of report.rows) {
        const found = behind(row, false)
        expect(found.segments).toHaveLength(row.codings)
        expect([found.total, found.notes]).toEqual([row.codings, row.notes])
        expect(new Set(found.segments.map(({ noteId }) => noteId)).size).toBe(row.notes)
        const cases = behind(row, true)
        expect(new Set(cases.segments.map(({ caseId }) => caseId)).size).toBe(row.cases)
        expect(cases.segments.every(({ caseId }) => caseId !== null)).toBe(true)
        report.groups.forEach(({ value }, index) => {
          expect(behind(row, false, value).notes).toBe(row.cells[index]?.notes)
          expect(behind(row, true, value).cases).toBe(row.cells[index]?.cases)
        })
      }
    }
    fc.assert(
      fc.property(
        fc.array(someCoding, { maxLength: 16 }),
        fc.array(fc.tuple(fc.nat(2), fc.constantFrom(...NOTES)), { maxLength: 12 }),
        fc.array(someScope, { minLength: 2, maxLength: 4 }),
        (codings, finished, scopes) => {
          for (const { note, code, coder, isWhole, qualifiers } of codings)
            project.change(coders[coder] as CoderId, 'codings.apply', {
              codings: [
                {
                  id: codingId(uuid()),
                  note,
                  code: codes[code] as CodeId,
                  start: isWhole ? null : 0,
                  end: isWhole ? null : 3,
                  qualifiers,
                },
              ],
            })
          for (const [coder, note] of finished)
            project.change(coders[coder] as CoderId, 'note.setStatus', { notes: [note], status: 'finished' })
          for (const { coders: asked, viewer: looks, ...rest } of scopes) {
            const scope = { ...rest, coderIds: asked?.map((at) => coders[at] as CoderId) ?? null }
            const viewer = looks === null ? null : (coders[looks] as CoderId)
            check(computeThemes(project.db, { scope, viewer }), scope, viewer)
          }
          // Making an encrypted project takes longer than all of this.
          const made = project.db
            .prepare(
              `SELECT coding.id, code.id AS code, coder.id AS coder FROM coding
               JOIN code ON code.num = coding.code JOIN coder ON coder.num = coding.coder`,
            )
            .all() as Array<{ id: CodingId; code: CodeId; coder: CoderId }>
          for (const { coder, ...coding } of made)
            project.change(coder, 'codings.remove', { codings: [coding] })
          for (const coder of coders)
            project.change(coder, 'note.setStatus', { notes: [...NOTES], status: 'in progress' })
        },
      ),
      { numRuns: 25 },
    )
  })

  it('come with their context, page by page', () => {
    const { project, amara } = study()
    const code = addCode(project, amara, 'Bullying')
    applyCode(project, amara, 'N1', code, [4, 11])
    applyCode(project, amara, 'N2', code, [0, 3])
    const filter = { codeId: code, includeChildren: true, coderIds: null, attribute: null }
    expect(segmentsOfCode(project.db, { ...filter, offset: 0, limit: 1 })).toMatchObject({
      total: 2,
      segments: [{ noteId: 'N1', before: 'Mum ', words: 'shouted', after: '.' }],
    })
    expect(segmentsOfCode(project.db, { ...filter, offset: 1, limit: 1 }).segments[0]).toMatchObject({
      noteId: 'N2',
      caseId: 'YP1',
    })
    const north = { name: 'team', of: 'note' as const, value: 'North' }
    expect(segmentsOfCode(project.db, { ...filter, attribute: north, offset: 0, limit: 5 }).total).toBe(1)
  })
})
