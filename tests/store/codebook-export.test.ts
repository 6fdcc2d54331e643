import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { listCodes } from '../../electron/store/codebook/codes.ts'
import { defineQualifiers } from '../../electron/store/codebook/qualifiers.ts'
import { readDocx } from '../../electron/store/exchange/notes/docx.ts'
import { readTable } from '../../electron/store/exchange/tables/csv.ts'
import { addTemplate } from '../../electron/store/intake/codebook.ts'
import { readCodebookFile } from '../../electron/store/intake/codebook-file.ts'
import { exportCodebook, printableCodebook } from '../../electron/store/reports/codebook.ts'
import type { CodeId } from '../../shared/contract/basics.ts'
import { CodebookFormat, type CodebookParts } from '../../shared/contract/codebook.ts'
import type { ExportChoice } from '../../shared/contract/exports.ts'
import { codeId, coderId } from '../ids.ts'
import { addNotes, applyCode } from './project-content.ts'
import { makeProject, temporaryFolder } from './temporary-project.ts'

const resources = new URL('../../resources', import.meta.url).pathname
const NOTE = 'No food at home again. Her social worker Jane Smith rang.'

/** The safeguarding codebook with one coding as the example of Neglect. */
function study() {
  const project = makeProject()
  const amara = project.addCoder('Amara').id
  addNotes(project, amara, { N1: NOTE, N2: 'Calm.' })
  addTemplate(project, amara, 'safeguarding', resources)
  const neglect = listCodes(project.db).find(({ name }) => name === 'Neglect')?.id as CodeId
  const exampleCodingId = applyCode(project, amara, 'N1', neglect, [0, NOTE.length])
  project.change(amara, 'codes.update', { changes: [{ id: neglect, fields: { exampleCodingId } }] })
  const folder = temporaryFolder()
  const write = async (
    format: CodebookFormat,
    choice: ExportChoice = 'asIs',
    parts: CodebookParts = { examples: true, counts: true },
  ) => {
    const path = join(folder, `codebook.${format}`)
    const report = await exportCodebook(project.db, path, format, choice, { parts })
    return { path, report }
  }
  return { project, write }
}

afterEach(() => void vi.useRealTimers())

describe('an exported codebook', () => {
  it.each(CodebookFormat.options)(
    'is the same .%s, byte for byte, while nothing but the time changes',
    async (format) => {
      const { write } = study()
      vi.useFakeTimers({ now: new Date('2026-11-22T09:00:00Z'), toFake: ['Date'] })
      const { path } = await write(format)
      const first = readFileSync(path)
      await write(format)
      expect(readFileSync(path).equals(first)).toBe(true)
      expect(first.length).toBeGreaterThan(5_000)
    },
  )

  it('says the quotes and counts that are wanted, and no others', async () => {
    const { write } = study()
    const text = async (parts: CodebookParts) => readDocx((await write('docx', 'asIs', parts)).path)
    const both = await text({ examples: true, counts: true })
    expect(both).toContain(NOTE)
    expect(both).toContain('1 coding in 1 of 2 notes, by 1 of 1 coder (Amara 1)')
    const neither = await text({ examples: false, counts: false })
    expect(neither).not.toContain(NOTE)
    expect(neither).not.toContain('coding in')
  })

  it('waits for a word where a quote holds a possible identifier, and masks it in the file alone', async () => {
    const { project, write } = study()
    const asked = await write('md', 'ask')
    expect(asked.report).toMatchObject({ isWritten: false, check: { withFindings: 1 } })
    expect(existsSync(asked.path)).toBe(false)
    const { path } = await write('md', 'mask')
    expect(readFileSync(path, 'utf8')).toContain(
      '> No food at home again. Her social worker \\[NAME\\] rang.',
    )
    expect((await write('md', 'ask', { examples: false, counts: true })).report.isWritten).toBe(true)
    expect(listCodes(project.db).find(({ name }) => name === 'Neglect')?.codings).toBe(1)
  })

  it('says how many characters the file could not hold', async () => {
    const { project, write } = study()
    const coder = project.addCoder('Ben').id
    const [code] = listCodes(project.db).filter(({ isFolder }) => !isFolder)
    const changes = [{ id: code?.id ?? codeId(''), fields: { definition: 'one\u000btwo\u0001' } }]
    project.change(coder, 'codes.update', { changes })
    for (const format of ['docx', 'html', 'qdc', 'xlsx'] as const) {
      expect((await write(format)).report.warnings, format).toEqual([
        '2 characters that this kind of file cannot hold were left out (control characters or halves of characters).',
      ])
    }
    for (const format of ['csv', 'md'] as const) expect((await write(format)).report.warnings).toEqual([])
    const { warnings } = await printableCodebook(project.db, 'asIs')
    expect(warnings).toHaveLength(1)
  })

  it('carries the qualifiers and what a code usually says, but for .qdc, which says that it leaves them out', async () => {
    const { project, write } = study()
    const [coder] = project.info().coders
    const neglect = listCodes(project.db).find(({ name }) => name === 'Neglect')?.id ?? codeId('')
    const values = ['affirmed', 'told by 07700 900123'].map((name, at) => ({
      name,
      short: `v${at}`,
      key: null,
    }))
    defineQualifiers(project, coder?.id ?? coderId(''), [{ name: 'assertion', values }], undefined)
    const fields = { qualifiers: { assertion: 'affirmed' } }
    project.change(coder?.id ?? coderId(''), 'codes.update', { changes: [{ id: neglect, fields }] })

    const table = readTable(readFileSync((await write('csv', 'mask')).path), 'The codebook')
    const rows = table.rows.map(({ cells }) =>
      Object.fromEntries(table.columns.map((name, at) => [name, cells[at]])),
    )
    const all = 'assertion: affirmed, told by [PHONE]'
    expect(rows.find(({ name }) => name === 'Neglect')).toMatchObject({
      'qualifier.assertion': 'affirmed',
      qualifier_values: all,
    })
    expect(rows.find(({ name }) => name === 'Missing')).toMatchObject({
      'qualifier.assertion': '',
      qualifier_values: all,
    })
    // Read back, they change nothing of the codes, and that is said.
    const { entries, warnings } = await readCodebookFile((await write('csv')).path)
    expect(warnings).toEqual([
      'The column "qualifier.assertion" is not one of a codebook and was left out.',
      'The column "qualifier_values" is not one of a codebook and was left out.',
    ])
    expect(entries).toHaveLength(listCodes(project.db).length)
    expect((await readCodebookFile((await write('xlsx')).path)).entries).toHaveLength(entries.length)

    const word = await readDocx((await write('docx', 'mask')).path)
    for (const text of [
      word,
      readFileSync((await write('md', 'mask')).path, 'utf8'),
      readFileSync((await write('html', 'mask')).path, 'utf8'),
    ]) {
      expect(text).toContain('Qualifiers')
      expect(text).toContain('Usual values')
      expect(text).toMatch(/affirmed, told by \\?\[PHONE\\?\]/)
      expect(text).not.toContain('07700')
    }
    const { report, path } = await write('qdc')
    expect(report.warnings).toEqual([expect.stringMatching(/^The qualifiers \(assertion\) are left out: /)])
    expect(readFileSync(path, 'utf8')).not.toContain('assertion')
  })

  it('goes to the printer after the same check', async () => {
    const { project, write } = study()
    const parts = { examples: true, counts: true }
    const asked = await printableCodebook(project.db, 'ask', { parts })
    expect(asked).toMatchObject({ isWritten: false, html: null, check: { withFindings: 1 } })
    const { html } = await printableCodebook(project.db, 'mask', { parts })
    expect(html).toBe(readFileSync((await write('html', 'mask', parts)).path, 'utf8'))
  })

  it('is not written where there are no codes, and says why', async () => {
    const path = join(temporaryFolder(), 'codebook.qdc')
    const { db } = makeProject()
    await expect(exportCodebook(db, path, 'qdc', 'asIs')).rejects.toMatchObject({ code: 'empty-codebook' })
    expect(existsSync(path)).toBe(false)
  })
})
