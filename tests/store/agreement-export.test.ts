import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { writeAgreement } from '../../electron/store/agreement-export.ts'
import { computeAgreement } from '../../electron/store/analysis/agreement.ts'
import { methodsOf } from '../../electron/store/exchange/agreement-docx.ts'
import { readDocx } from '../../electron/store/exchange/note-docx.ts'
import { Workbook } from '../../electron/store/exchange/workbook.ts'
import { addCode, addNotes, applyCode } from './project-content.ts'
import { makeProject, temporaryFolder } from './temporary-project.ts'

/** Ten notes, of which both finished eight: neglect in three of Amara's and two of Ben's, both in two. */
function report() {
  const project = makeProject()
  const [amara, ben] = ['Amara', 'Ben'].map((name) => project.addCoder(name).id) as [string, string]
  const notes = Array.from({ length: 10 }, (_, at) => `N${at}`)
  addNotes(project, amara, Object.fromEntries(notes.map((id) => [id, `Text of ${id}.`])))
  const neglect = addCode(project, amara, 'Neglect')
  addCode(project, amara, '=Never used')
  for (const note of ['N0', 'N1', 'N2']) applyCode(project, amara, note, neglect, [0, 4])
  for (const note of ['N0', 'N1']) applyCode(project, ben, note, neglect, [0, 4])
  for (const coder of [amara, ben])
    project.change(coder, 'note.setStatus', { notes: notes.slice(0, 8), status: 'finished' })
  return computeAgreement(project.db, {
    coderIds: [amara, ben],
    unit: 'note',
    codeIds: null,
    replicates: 200,
    resampled: 'note',
    seed: 1,
  })
}

describe('agreement as a file', () => {
  it('is a Word document with methods, the table as journals print it, and what was never applied', async () => {
    const path = join(temporaryFolder(), 'agreement.docx')
    await writeAgreement(path, 'docx', report(), 'A study')
    const text = await readDocx(path)
    expect(text).toContain('Amara and Ben each finished coding 8 of the 10 notes of the project (80.0 %)')
    expect(text).toContain('95 % percentile intervals from 200 bootstrap resamples of notes (seed 1)')
    expect(text).toContain(
      'Table 1. Agreement of Amara and Ben by code, on 8 notes coded by all of them. Unit: note.',
    )
    // 7 of 8 agree; p_e = (3·2 + 5·6) / 64, so kappa = (7/8 − 36/64) / (28/64) = 0.714…; five of 16 values applied.
    const cells = text.slice(text.indexOf('AC1', text.indexOf('Table 1.'))).split(/\s+/)
    expect(cells.slice(1, 6)).toEqual(['Neglect', '8', '31.3', '87.5', '0.71'])
    expect(text).toContain('Applied by nobody in these notes: =Never used.')
  })

  it('says who was compared also when they are three, and when there are no intervals', () => {
    const of = report()
    const third = { ...(of.coders[0] as (typeof of.coders)[number]), name: 'Cleo' }
    const words = methodsOf({ ...of, coders: [...of.coders, third], unit: 'character', replicates: 0 })
    expect(words).toContain('Amara, Ben and Cleo each finished')
    expect(words).toContain('Fleiss’ kappa (Fleiss, 1971)')
    expect(words).toContain('The unit was the character of the text')
    expect(words).toContain('Intervals were not computed.')
  })

  it('holds every figure as a workbook and as CSV, where nothing runs as a formula', async () => {
    const folder = temporaryFolder()
    await writeAgreement(join(folder, 'a.csv'), 'csv', report(), 'A study')
    const [header, neglect, unused] = readFileSync(join(folder, 'a.csv'), 'utf8').split('\n')
    expect(header).toMatch(/^code,unit,n_units,n_notes,both,first_only,second_only,neither,/)
    expect(neglect).toMatch(/^Neglect,note,8,8,2,1,0,5,3,2,0\.875,/)
    expect(unused).toMatch(/^'=Never used,note,8,8,0,0,0,8,/)
    await writeAgreement(join(folder, 'a.xlsx'), 'xlsx', report(), 'A study')
    const book = await Workbook.open(join(folder, 'a.xlsx'))
    const rows: string[][] = []
    for (const sheet of book.sheets) for await (const { cells } of book.rows(sheet)) rows.push(cells)
    book.close()
    expect(rows[1]?.slice(0, 8)).toEqual(['Neglect', 'note', '8', '8', '2', '1', '0', '5'])
  })
})
