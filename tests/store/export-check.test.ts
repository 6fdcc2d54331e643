import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { saveIdentifierWords } from '../../electron/store/identifiers/words.ts'
import type { Project } from '../../electron/store/project.ts'
import { exportCodebook } from '../../electron/store/reports/codebook.ts'
import { type OutgoingText, writeChecked } from '../../electron/store/reports/export-check.ts'
import type { ExportChoice } from '../../shared/contract/exports.ts'
import { addCode, addNotes } from './project-content.ts'
import { makeProject, temporaryFolder } from './temporary-project.ts'

const TEXT = 'Seen at home. Call Dr Jones on 07700 900123. ZZZZZ was quiet. Mum Sarah rang.'

function study() {
  const project = makeProject()
  const coder = project.addCoder('Amara').id
  addNotes(project, coder, { N1: TEXT, N2: 'Settled at school.' })
  return { project, coder }
}

const placeOf = (words: string) => {
  const start = TEXT.indexOf(words)
  return { start, end: start + words.length }
}
const quote = (words: string): OutgoingText => ({ name: 'Quote of N1', noteId: 'N1', span: placeOf(words) })
const check = ({ db }: Project, outgoing: OutgoingText[], choice: ExportChoice = 'ask') =>
  writeChecked(db, outgoing, choice, (texts) => [...texts])

describe('the check of what leaves a project', () => {
  it('lets quotes without findings through as they are, without asking', async () => {
    const { project } = study()
    const { check: found, written } = await check(project, [
      quote('Seen at home'),
      { name: 'Quote of N2', noteId: 'N2', span: null },
    ])
    expect(found).toEqual({ checked: 2, withFindings: 0, total: 0, findings: [] })
    expect(written).toEqual(['Seen at home', 'Settled at school.'])
  })

  it('stops when asked to and says what stands where', async () => {
    const { project } = study()
    const { check: found, written } = await check(project, [quote('Call Dr Jones'), quote('Seen at home')])
    expect(written).toBeNull()
    expect(found).toEqual({
      checked: 2,
      withFindings: 1,
      total: 1,
      findings: [
        {
          name: 'Quote of N1',
          kind: 'NAME',
          confidence: 'likely',
          text: 'Jones',
          place: { noteId: 'N1', ...placeOf('Jones') },
          codeId: null,
        },
      ],
    })
  })

  it('masks in the copy only, by kind', async () => {
    const { project } = study()
    const { written } = await check(project, [quote('Dr Jones on 07700 900123. ZZZZZ was')], 'mask')
    expect(written).toEqual(['Dr [NAME] on [PHONE]. ZZZZZ was'])
    expect((await check(project, [quote('Dr Jones')], 'asIs')).written).toEqual(['Dr Jones'])
  })

  it('finds what the edge of a quote cuts in two, by the words around it in the note', async () => {
    const { project } = study()
    // "Sarah rang" alone says nothing of a name; "Jon" and "0900123" are pieces of findings.
    const cut = placeOf('900123. ZZZZZ')
    const outgoing: OutgoingText[] = [
      quote('Sarah rang'),
      { name: 'Quote of N1', noteId: 'N1', span: cut },
      quote('Dr Jon'),
    ]
    const { check: found, written } = await check(project, outgoing, 'mask')
    expect(written).toEqual(['[NAME] rang', '[PHONE]. ZZZZZ', 'Dr [NAME]'])
    expect(found.withFindings).toBe(3)
  })

  it('counts one place in several quotes once', async () => {
    const { project } = study()
    const { check: found } = await check(project, [quote('Dr Jones'), quote('Call Dr Jones on')])
    expect([found.total, found.withFindings]).toEqual([1, 2])
  })

  it('does not ask again about what was kept, nor about words of the list, and asks about listed ones', async () => {
    const { project, coder } = study()
    const { start, end } = placeOf('Jones')
    project.change(coder, 'identifier.keep', { note: 'N1', start, end })
    expect((await check(project, [quote('Call Dr Jones')])).check.total).toBe(0)
    saveIdentifierWords(project, coder, { allow: ['sarah'], deny: ['quiet'] })
    const { check: found } = await check(project, [quote('ZZZZZ was quiet. Mum Sarah rang.')])
    expect(found.findings.map(({ kind, text }) => [kind, text])).toEqual([['LISTED', 'quiet']])
  })

  it('looks at typed text by itself', async () => {
    const { project } = study()
    const typed: OutgoingText = { name: 'Memo on N1', text: 'As Dr Jones says' }
    const { check: found, written } = await check(project, [typed], 'mask')
    expect(found.findings[0]).toMatchObject({ name: 'Memo on N1', text: 'Jones', place: null })
    expect(written).toEqual(['As Dr [NAME] says'])
  })

  it('can be cancelled, and then nothing is written', async () => {
    const { project } = study()
    const outgoing = Array.from({ length: 50_000 }, () => ({ name: 'Memo', text: TEXT }))
    let isWritten = false
    const signal = { aborted: true, addEventListener: () => {} }
    const write = () => {
      isWritten = true
    }
    await expect(writeChecked(project.db, outgoing, 'asIs', write, { signal })).rejects.toMatchObject({
      code: 'cancelled',
    })
    expect(isWritten).toBe(false)
  })
})

describe('a codebook on its way out', () => {
  const withExample = () => {
    const { project, coder } = study()
    const id = addCode(project, coder, 'Neglect')
    project.change(coder, 'codes.update', {
      changes: [{ id, fields: { example: '"Mum Sarah rang", he said', source: 'Dr Jones 2020' } }],
    })
    return { project, id, file: join(temporaryFolder(), 'book.csv') }
  }

  it('writes no file while an example quotes a name and nobody has decided', async () => {
    const { project, id, file } = withExample()
    const report = await exportCodebook(project.db, file, 'csv', 'ask')
    expect(report).toMatchObject({ isWritten: false, codes: 0, check: { total: 1, withFindings: 1 } })
    expect(report.check.findings[0]).toMatchObject({ name: 'Example of Neglect', text: 'Sarah', codeId: id })
    expect(existsSync(file)).toBe(false)
  })

  it('masks the name in the file, and leaves the project and the sources of codes alone', async () => {
    const { project, file } = withExample()
    const report = await exportCodebook(project.db, file, 'csv', 'mask')
    expect(report).toMatchObject({ isWritten: true, codes: 1 })
    const csv = readFileSync(file, 'utf8')
    expect(csv).toContain('Mum [NAME] rang')
    expect(csv).toContain('Dr Jones 2020')
    expect(project.db.prepare('SELECT example FROM code').pluck().get()).toContain('Mum Sarah rang')
    await exportCodebook(project.db, file, 'csv', 'asIs')
    expect(readFileSync(file, 'utf8')).toContain('Mum Sarah rang')
  })
})
