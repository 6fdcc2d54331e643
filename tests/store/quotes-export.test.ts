import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { retrieve } from '../../electron/store/analysis/retrieval.ts'
import { changeCodings } from '../../electron/store/codings/edits.ts'
import { readDocx } from '../../electron/store/exchange/notes/docx.ts'
import { readTable } from '../../electron/store/exchange/tables/csv.ts'
import { exportQuotes, type QuotesOrder } from '../../electron/store/reports/quotes.ts'
import type { ExportChoice } from '../../shared/contract/exports.ts'
import type { QuotesFormat, RetrievalQuery } from '../../shared/contract/retrieval.ts'
import { segmentKey } from '../../shared/segments.ts'
import { coderId } from '../ids.ts'
import { addCode, addNotes, applyCode, EVERYTHING } from './project-content.ts'
import { makeProject, temporaryFolder } from './temporary-project.ts'

const TEXT = '🐕 =1+1 mum shouted. Social worker Jane Smith rang on 07700 900123.'
const QUERY: RetrievalQuery = { ...EVERYTHING, includeChildren: true }

function study() {
  const project = makeProject()
  const amara = project.addCoder('Amara').id
  addNotes(project, amara, { N1: TEXT }, 'YP2')
  addNotes(project, amara, { N2: 'Calm week at home. '.repeat(40).trim() }, 'YP1')
  const neglect = addCode(project, amara, 'Neglect')
  const start = TEXT.indexOf('=1+1')
  const first = applyCode(project, amara, 'N1', neglect, [start, TEXT.indexOf('.')])
  changeCodings(project, amara, [{ id: first, qualifiers: { assertion: 'negated' } }])
  applyCode(project, amara, 'N1', neglect, [TEXT.indexOf('Social'), TEXT.length])
  applyCode(project, amara, 'N2', neglect, null)
  const found = retrieve(project.db, { coderId: amara, viewer: null, query: QUERY, limit: 100 })
  const folder = temporaryFolder()
  const write = async (format: QuotesFormat, choice: ExportChoice, order: Partial<QuotesOrder> = {}) => {
    const path = join(folder, `quotes.${format}`)
    const whole = { query: QUERY, picked: null, groupBy: 'note' as const, ...order }
    const report = await exportQuotes(project.db, path, format, found, whole, choice)
    return { path, report }
  }
  return { project, found, write }
}

const rowsOf = (path: string) => {
  const { columns, rows } = readTable(readFileSync(path), 'The table')
  return rows.map(({ cells }) => Object.fromEntries(columns.map((name, at) => [name, cells[at] ?? ''])))
}

describe('an export of segments', () => {
  it('counts offsets in code points, keeps formulas as text, and says which are whole notes', async () => {
    const { write } = study()
    const { path, report } = await write('csv', 'asIs')
    expect(report).toMatchObject({ isWritten: true, segments: 3 })
    expect(readFileSync(path, 'utf8')).toContain(",'=1+1 mum shouted,")
    const [formula, phone, whole] = rowsOf(path)
    expect(formula).toMatchObject({
      case: 'YP2',
      note: 'N1',
      // Words that nobody chose to export do not leave as the title of an untitled note.
      title: 'N1',
      code: 'Neglect',
      coder: 'Amara',
      start: '2',
      end: '18',
      whole_note: 'no',
      quote: '=1+1 mum shouted',
      'qualifier.assertion': 'negated',
    })
    expect(phone?.quote).toContain('07700 900123')
    expect(whole).toMatchObject({ note: 'N2', start: '', end: '', whole_note: 'yes' })
    expect(whole?.quote).toMatch(/^Calm week .* … \[the note goes on; all of it is coded\]$/)
  })

  it('writes nothing until it is said what becomes of possible identifiers, and masks them when told', async () => {
    const { write } = study()
    const asked = await write('csv', 'ask')
    expect(asked.report).toMatchObject({ isWritten: false })
    expect(asked.report.check.total).toBeGreaterThan(0)
    expect(() => readFileSync(asked.path)).toThrow()
    const { path } = await write('csv', 'mask')
    const quotes = rowsOf(path).map(({ quote }) => quote)
    expect(quotes[1]).not.toMatch(/07700|Smith/)
    expect(quotes[1]).toContain('[PHONE]')
    expect(quotes[0]).toBe('=1+1 mum shouted')
  })

  it('takes the ticked ones alone, and refuses an empty export', async () => {
    const { write, found } = study()
    const [first] = found.segments
    const keys = first ? [segmentKey(first)] : []
    const { path, report } = await write('csv', 'asIs', { picked: keys })
    expect(report.segments).toBe(1)
    expect(rowsOf(path)).toHaveLength(1)
    await expect(write('csv', 'asIs', { picked: ['gone'] })).rejects.toThrow(/no segments to export/)
  })

  it('becomes a Word document with the question, the counts and a head for each case', async () => {
    const { write } = study()
    const { path } = await write('docx', 'asIs', { groupBy: 'case' })
    const text = await readDocx(path)
    expect(text).toContain('Segments coded any code.')
    expect(text).toContain('3 segments in 2 of 2 notes, 2 of 2 cases.')
    expect(text.indexOf('Case YP1')).toBeLessThan(text.indexOf('Case YP2'))
    expect(text).toContain('Neglect (Amara: negated)')
    expect(text).toContain('characters 2–18')
    expect(text).toContain('=1+1 mum shouted')
  })

  it('carries the attributes of note and case as columns of their own, told apart where they share a name', async () => {
    const { project, found, write } = study()
    const [amara] = project.info().coders
    const set = (of: 'note' | 'case', id: string, value: string) => {
      if (of === 'case')
        project.change(amara?.id ?? coderId(''), 'attribute.add', { name: 'team', of, kind: 'text' })
      project.change(amara?.id ?? coderId(''), 'attribute.setValues', {
        of,
        name: 'team',
        values: [{ id, value }],
      })
    }
    set('case', 'YP2', 'Ring 07700 900123')
    expect(found.total).toBe(3)
    const [first, , whole] = rowsOf((await write('csv', 'mask')).path)
    // What was typed as a value is checked like everything else that leaves.
    expect(first).toMatchObject({ 'note:team': 'North', 'case:team': 'Ring [PHONE]' })
    expect(whole).toMatchObject({ 'note:team': 'North', 'case:team': '' })
    const text = await readDocx((await write('docx', 'asIs')).path)
    expect(text).toContain('team (note): North  ·  team (case): Ring 07700 900123')
    expect(await readDocx((await write('docx', 'asIs', { groupBy: 'case' })).path)).toContain(
      'team (case): Ring 07700 900123  ·  2 quotes',
    )
  })

  it('becomes a workbook', async () => {
    const { write } = study()
    const { path, report } = await write('xlsx', 'asIs')
    expect(report.warnings).toEqual([])
    expect(readFileSync(path).subarray(0, 2).toString()).toBe('PK')
  })

  it('says how many characters the file could not hold', async () => {
    const project = makeProject()
    const amara = project.addCoder('Amara').id
    addNotes(project, amara, { N1: 'one\u000btwo \ufffe' })
    applyCode(project, amara, 'N1', addCode(project, amara, 'Neglect'), [0, 9])
    const found = retrieve(project.db, { coderId: amara, viewer: null, query: QUERY, limit: 100 })
    const write = (format: QuotesFormat) => {
      const path = join(temporaryFolder(), `quotes.${format}`)
      const order = { query: QUERY, picked: null, groupBy: 'note' as const }
      return exportQuotes(project.db, path, format, found, order, 'asIs')
    }
    const left = [
      '2 characters that this kind of file cannot hold were left out (control characters or halves of characters).',
    ]
    expect((await write('docx')).warnings).toEqual(left)
    expect((await write('xlsx')).warnings).toEqual(left)
    expect((await write('csv')).warnings).toEqual([])
  })

  it('leaves the old file as it was when something is in the way', async () => {
    const { write } = study()
    const { path } = await write('csv', 'asIs')
    writeFileSync(path, 'mine')
    await expect(write('csv', 'asIs', { picked: ['gone'] })).rejects.toThrow()
    expect(readFileSync(path, 'utf8')).toBe('mine')
  })
})
