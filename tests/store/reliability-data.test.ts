import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { v7 as uuid } from 'uuid'
import { describe, expect, it } from 'vitest'
import { computeAgreement } from '../../electron/store/analysis/agreement.ts'
import { writeReliabilityData } from '../../electron/store/analysis/reliability-data.ts'
import { readTable } from '../../electron/store/exchange/tables/csv.ts'
import type { Project } from '../../electron/store/project.ts'
import { krippendorff, reliabilityData, summarise } from '../../shared/agreement/index.ts'
import { partCell } from '../../shared/agreement-words.ts'
import {
  type AgreementScope,
  AgreementUnit,
  type CodeAgreement,
  type ReliabilityForm,
} from '../../shared/contract/agreement.ts'
import type { CoderId } from '../../shared/contract/basics.ts'
import { codingId } from '../ids.ts'
import { addCode, addNotes, applyCode } from './project-content.ts'
import { makeProject, temporaryFolder } from './temporary-project.ts'

/** Five notes; the last is finished by the first coder alone. One code of three is never applied. */
function study(names: string[]) {
  const project = makeProject()
  const coders = names.map((name) => project.addCoder(name).id)
  const [first, second] = coders as [CoderId, CoderId]
  addNotes(project, first, { 'N,1': 'One 🐕 dog. Cold house.\nNo coat.', N2: 'Two cats. "Quiet".' }, 'YP 1')
  addNotes(project, first, { N3: 'Three.', N4: 'Four 🐕. Five.\n\nSix.', N5: 'Seven.' }, '=YP2')
  const neglect = addCode(project, first, 'Neglect, "of" a kind')
  const harm = addCode(project, first, '=Harm')
  const cold = addCode(project, first, 'Cold', neglect)
  const unused = addCode(project, first, 'Unused')
  applyCode(project, first, 'N,1', neglect, [4, 10])
  applyCode(project, second, 'N,1', neglect, [6, 23])
  applyCode(project, second, 'N,1', cold, [25, 27])
  applyCode(project, first, 'N2', neglect, null)
  applyCode(project, second, 'N2', harm, [0, 3])
  applyCode(project, first, 'N4', harm, [0, 6])
  applyCode(project, second, 'N4', harm, [2, 14])
  applyCode(project, first, 'N4', harm, [16, 20])
  applyCode(project, first, 'N5', harm, null)
  for (const [coder, assertion] of [
    [first, 'past'],
    [second, 'negated'],
  ] as const)
    project.change(coder, 'codings.apply', {
      codings: [
        { id: codingId(uuid()), note: 'N3', code: cold, start: null, end: null, qualifiers: { assertion } },
      ],
    })
  for (const coder of coders)
    project.change(coder, 'note.setStatus', { notes: ['N,1', 'N2', 'N3', 'N4'], status: 'finished' })
  project.change(first, 'note.setStatus', { notes: ['N5'], status: 'finished' })
  return { project, coders, codes: { neglect, harm, cold, unused } }
}

async function written(project: Project, form: ReliabilityForm, scope: AgreementScope) {
  const path = join(temporaryFolder(), 'data.csv')
  const { rows } = await writeReliabilityData(project.db, { ...scope, form, codeIds: null, path })
  const table = readTable(readFileSync(path), 'The data')
  expect(table.rows).toHaveLength(rows)
  return {
    text: readFileSync(path, 'utf8'),
    columns: table.columns,
    rows: table.rows.map(({ cells }) =>
      Object.fromEntries(table.columns.map((name, at) => [name, cells[at] ?? ''])),
    ),
  }
}

const computed = (project: Project, scope: AgreementScope) =>
  computeAgreement(project.db, { ...scope, codeIds: null, replicates: 0, resampled: 'note', seed: 1 })

/** What a row stands for: a unit, or as many characters as it says. */
const weight = (row: Record<string, string>) => (row.characters === undefined ? 1 : Number(row.characters))

const isOf = (row: Record<string, string>, { code, part }: Pick<CodeAgreement, 'code' | 'part'>) =>
  row.code === code && (row.qualifier_assertion ?? '(all)') === partCell(part)

const SCOPES: Array<Omit<AgreementScope, 'coderIds'>> = [
  ...AgreementUnit.options.map((unit) => ({ unit })),
  ...(['note', 'paragraph', 'sentence'] as const).map((unit) => ({ unit, share: 0.4 })),
  { unit: 'character', withChildren: true },
  { unit: 'sentence', qualifier: 'assertion' },
]

describe('reliability data', () => {
  it.each(SCOPES)('in wide form adds up to the counts of every code (%o)', async (chosen) => {
    const { project, coders } = study(['Amara', 'Ben'])
    const scope = { ...chosen, coderIds: coders }
    const { rows } = await written(project, 'wide', scope)
    const report = computed(project, scope)
    const asked = rows.map((row) => `${row.code} ${row.qualifier_assertion ?? '(all)'}`)
    expect([...new Set(asked)]).toEqual(report.codes.map(({ code, part }) => `${code} ${partCell(part)}`))
    for (const { code, part, counts, n } of report.codes) {
      const own = rows.filter((row) => isOf(row, { code, part }))
      const of = (first: string, second: string) =>
        own
          .filter((row) => row.Amara === first && row.Ben === second)
          .reduce((sum, row) => sum + weight(row), 0)
      expect({
        both: of('1', '1'),
        first: of('1', '0'),
        second: of('0', '1'),
        neither: of('0', '0'),
      }).toEqual(counts)
      expect(own.reduce((sum, row) => sum + weight(row), 0)).toBe(n)
    }
  })

  it.each(SCOPES)(
    'in long form gives another program the same alpha, of three coders (%o)',
    async (asked) => {
      const { project, coders } = study(['Amara', 'Ben', 'Cleo'])
      const scope = { ...asked, coderIds: coders }
      const { rows } = await written(project, 'long', scope)
      let defined = 0
      for (const { code, part, figures } of computed(project, scope).codes) {
        const [first = [], ...others] = ['Amara', 'Ben', 'Cleo'].map((name) =>
          rows.filter((row) => isOf(row, { code, part }) && row.coder === name),
        )
        const data = reliabilityData(
          [first, ...others].map((own) => Int8Array.from(own, ({ value }) => Number(value))),
          2,
          Float64Array.from(first, weight),
        )
        const { alpha } = krippendorff(summarise(data), 'nominal')
        if (figures.krippendorff.value === null) expect(alpha.value).toBeNull()
        else expect(alpha.value).toBeCloseTo(figures.krippendorff.value, 12)
        if (alpha.value !== null) defined++
      }
      expect(defined).toBeGreaterThanOrEqual(2)
    },
  )

  it('says where each unit lies, in code points, and nothing of notes that are not finished by all', async () => {
    const { project, coders } = study(['Amara', 'Ben'])
    const places = async (unit: AgreementUnit) =>
      (await written(project, 'wide', { unit, coderIds: coders })).rows
        .filter(({ code }) => code === '=Harm')
        .map(({ note, unit: number, start, end }) => `${note} ${number} ${start}-${end}`)
    expect(await places('note')).toEqual(['N,1 1 -', 'N2 1 -', 'N3 1 -', 'N4 1 -'])
    expect(await places('paragraph')).toEqual([
      'N,1 1 0-22',
      'N,1 2 23-31',
      'N2 1 0-18',
      'N3 1 0-6',
      'N4 1 0-13',
      'N4 2 15-19',
    ])
    expect(await places('character')).toEqual([
      'N,1 1 0-31',
      'N2 1 0-3',
      'N2 2 3-18',
      'N3 1 0-6',
      'N4 1 0-2',
      'N4 2 2-5',
      'N4 3 5-13',
      'N4 4 13-15',
      'N4 5 15-19',
    ])
  })

  it('quotes and disarms names, and keeps a coder apart from a column of that name', async () => {
    const { project, coders } = study(['=cmd', 'Note', 'Unit'])
    const wide = await written(project, 'wide', { unit: 'note', coderIds: coders })
    expect(wide.text.split('\n')[0]).toBe("code,note,case,unit,start,end,'=cmd,coder Note,coder Unit")
    expect(wide.text).toContain('\n"Neglect, ""of"" a kind","N,1",YP 1,1,,,1,1,0\n')
    expect(wide.text).toContain("\n'=Harm,N4,'=YP2,1,,,1,1,0\n")
    const long = await written(project, 'long', { unit: 'note', coderIds: coders })
    expect(long.text).toContain("\n'=Harm,N4,'=YP2,1,,,'=cmd,1\n'=Harm,N4,'=YP2,1,,,Note,1\n")
  })

  it('leaves no file behind when it is cancelled, and the project readable', async () => {
    const { project, coders } = study(['Amara', 'Ben'])
    const path = join(temporaryFolder(), 'data.csv')
    const order = { unit: 'sentence', coderIds: coders, form: 'long', codeIds: null, path } as const
    let looks = 0
    const signal = {
      get aborted() {
        looks++
        return looks > 3
      },
      addEventListener: () => {},
    }
    await expect(writeReliabilityData(project.db, order, { signal })).rejects.toThrow(/cancelled/)
    expect(existsSync(path)).toBe(false)
    expect(readdirSync(dirname(path))).toEqual([])
    expect((await writeReliabilityData(project.db, order)).rows).toBeGreaterThan(0)
  })
})
