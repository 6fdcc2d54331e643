import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { computeAgreement } from '../../electron/store/analysis/agreement.ts'
import { type Diagnosis, diagnose } from '../../electron/store/analysis/diagnosis.ts'
import { readTable } from '../../electron/store/exchange/tables/csv.ts'
import type { Project } from '../../electron/store/project.ts'
import { exportDiagnosis } from '../../electron/store/reports/diagnosis.ts'
import type { CodeId, CoderId } from '../../shared/contract/basics.ts'
import type { ExportChoice } from '../../shared/contract/exports.ts'
import { addCode, addNotes, applyCode } from './project-content.ts'
import { makeProject, temporaryFolder } from './temporary-project.ts'

const TEXT = 'Cold 🐕 house. No food.\n=Social worker Jane Smith rang on 07700 900123.'
const at = (words: string): [number, number] => [TEXT.indexOf(words), TEXT.indexOf(words) + words.length]

function study(names: string[]) {
  const project = makeProject()
  const coders = names.map((name) => project.addCoder(name).id)
  const [first, second] = coders as [CoderId, CoderId]
  addNotes(project, first, { N1: TEXT, N2: 'Open.', N3: 'Calm week. '.repeat(80).trim() }, 'YP1')
  const harm = addCode(project, first, 'Harm')
  const neglect = addCode(project, first, 'Neglect')
  for (const coder of coders)
    project.change(coder, 'note.setStatus', { notes: ['N1', 'N3'], status: 'finished' })
  const apply = (coder: CoderId, code: CodeId, words: string) =>
    applyCode(project, coder, 'N1', code, at(words))
  return { project, coders, first, second, harm, neglect, apply }
}

const found = (project: Project, coderIds: CoderId[]) =>
  diagnose(project.db, { coderIds, unit: 'note', codeIds: null })

async function written(project: Project, diagnosis: Diagnosis, choice: ExportChoice = 'asIs') {
  const path = join(temporaryFolder(), 'diagnosis.csv')
  const answer = await exportDiagnosis(project.db, path, diagnosis, choice)
  if (!existsSync(path)) return { answer, rows: null, text: null }
  const { columns, rows } = readTable(readFileSync(path), 'The diagnosis')
  return {
    answer,
    text: readFileSync(path, 'utf8'),
    rows: rows.map(({ cells }) =>
      Object.fromEntries(columns.map((name, index) => [name, cells[index] ?? ''])),
    ),
  }
}

describe('the diagnosis', () => {
  it('tells agreement from differences at the edge, elsewhere in the paragraph, and none there', async () => {
    const { project, coders, first, second, harm, neglect, apply } = study(['Amara', 'Ben'])
    // They agree on the dog; where it ends they do not.
    apply(first, neglect, 'Cold 🐕')
    apply(second, neglect, '🐕 house')
    // Each somewhere in the first line, without touching.
    apply(first, harm, 'Cold')
    apply(second, harm, 'food')
    // One alone in the second line.
    apply(second, harm, 'rang')
    applyCode(project, first, 'N2', harm, null)
    const { rows } = await written(project, found(project, coders))
    expect(
      rows?.map(({ note, code, start, end, characters, who, pattern, kind, quote }) =>
        [note, code, `${start}-${end}`, characters, who, pattern, kind, quote].join('|'),
      ),
    ).toEqual([
      'N1|Harm|0-4|4|Amara|only Amara|elsewhere|Cold',
      'N1|Neglect|0-5|5|Amara|only Amara|boundary|Cold ',
      'N1|Neglect|5-6|1|Amara; Ben|both|agreement|🐕',
      'N1|Neglect|6-12|6|Ben|only Ben|boundary| house',
      'N1|Harm|17-21|4|Ben|only Ben|elsewhere|food',
      'N1|Harm|49-53|4|Ben|only Ben|missed|rang',
    ])
  })

  it('takes text that touches for the same passage, and a blank between for another', () => {
    const { project, coders, first, second, harm, neglect, apply } = study(['Amara', 'Ben'])
    apply(first, neglect, 'Cold ')
    apply(second, neglect, '🐕 house')
    apply(first, harm, 'No')
    apply(second, harm, 'food')
    expect(found(project, coders).rows.map(({ code, kind }) => `${code} ${kind}`)).toEqual([
      'Neglect boundary',
      'Neglect boundary',
      'Harm elsewhere',
      'Harm elsewhere',
    ])
  })

  it('of three coders says who, and the kind of the one furthest away', async () => {
    const { project, coders, first, second, neglect, apply } = study(['Amara', 'Ben', 'Cleo'])
    const cleo = coders[2] as CoderId
    apply(first, neglect, 'Cold 🐕')
    apply(second, neglect, 'Cold')
    apply(cleo, neglect, 'rang')
    const { rows } = await written(project, found(project, coders))
    expect(rows?.map(({ who, pattern, kind }) => `${who}: ${pattern}, ${kind}`)).toEqual([
      'Amara; Ben: 2 of 3, missed',
      'Amara: only Amara, missed',
      'Cleo: only Cleo, missed',
    ])
    apply(cleo, neglect, 'food')
    expect(
      found(project, coders)
        .rows.map(({ kind }) => kind)
        .slice(0, 2),
    ).toEqual(['elsewhere', 'elsewhere'])
  })

  it('adds up to the counts of agreement by character', () => {
    const { project, coders, first, second, harm, neglect, apply } = study(['Amara', 'Ben'])
    apply(first, neglect, 'Cold 🐕 house')
    apply(first, neglect, '🐕 house. No')
    apply(second, neglect, 'house. No food.\n=Social')
    apply(second, harm, 'Jane')
    applyCode(project, first, 'N3', harm, null)
    const { rows } = found(project, coders)
    const report = computeAgreement(project.db, {
      ...{ coderIds: coders, unit: 'character', codeIds: null },
      ...{ replicates: 0, resampled: 'note', seed: 1 },
    })
    for (const { code, counts } of report.codes) {
      const of = (mask: number) =>
        rows
          .filter((row) => row.code === code && row.mask === mask)
          .reduce((sum, row) => sum + row.end - row.start, 0)
      expect({ both: of(3), first: of(1), second: of(2) }).toEqual({
        ...{ both: counts?.both, first: counts?.first, second: counts?.second },
      })
    }
  })

  it('asks before words with identifiers go out, and masks them where that is the answer', async () => {
    const { project, coders, first, neglect, apply } = study(['Amara', 'Ben'])
    apply(first, neglect, '=Social worker Jane Smith rang on 07700 900123')
    const diagnosis = found(project, coders)
    const asked = await written(project, diagnosis, 'ask')
    expect(asked).toMatchObject({ rows: null, answer: { isWritten: false, rows: 1 } })
    expect(asked.answer.check.total).toBeGreaterThanOrEqual(2)
    const { text } = await written(project, diagnosis, 'mask')
    expect(text).toContain("'=Social worker [NAME] rang on [PHONE]")
    expect((await written(project, diagnosis)).text).toContain('07700 900123')
  })

  it('quotes long text by its beginning, and says of no codings that there are none', async () => {
    const { project, coders, first, harm } = study(['Amara', 'Ben'])
    expect(await written(project, found(project, coders), 'ask')).toMatchObject({
      rows: [],
      answer: { isWritten: true },
    })
    applyCode(project, first, 'N3', harm, null)
    const { rows } = await written(project, found(project, coders))
    expect(rows).toHaveLength(1)
    expect(rows?.[0]?.characters).toBe(String('Calm week. '.length * 80 - 1))
    expect(rows?.[0]?.quote).toMatch(/^Calm week\. .{550,600} …$/)
  })
})
