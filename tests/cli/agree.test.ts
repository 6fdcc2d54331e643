import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { json, understory, workFolder } from './command.ts'

const folder = workFolder()
const project = join(folder, 'study.understory')
const notes = fileURLToPath(new URL('../fixtures/exchange/sample-notes.csv', import.meta.url))
const agree = (...more: string[]) => ['agree', project, '--coders', 'Amara,Ben', ...more]

beforeAll(async () => {
  await json(['create', project, '--template', 'safeguarding'])
  await json(['import', project, notes])
  const [note, other] = (await json<Array<{ id: string }>>(['notes', project])).map(({ id }) => id)
  const code = async (coder: string, rows: readonly string[]) => {
    const file = join(folder, 'codings.csv')
    writeFileSync(file, ['note,code,start,end', ...rows].join('\n'))
    await json(['code', project, '--coder', coder, '--from', file, '--finished', 'listed'])
  }
  await code('Amara', [`${note},Neglect,0,4`, `${other},,,`])
  await code('Ben', [`${note},Neglect,2,9`, `${other},Neglect,0,4`])
})

describe('agreement by script, as files', () => {
  it('writes who applied what for R, with the rows it says', async () => {
    const file = join(folder, 'wide.csv')
    const data = await json<{ rows: number; form: string }>(
      agree('--codes', 'Neglect', '--unit', 'character', '--data', 'wide', '-o', file),
    )
    const [header, ...rows] = readFileSync(file, 'utf8').trimEnd().split('\n')
    expect(header).toBe('code,note,case,unit,start,end,characters,Amara,Ben')
    expect(rows).toHaveLength(data.rows)
    const values = rows.map((row) => row.split(',').slice(-6).join(','))
    expect(values.slice(0, 3)).toEqual(['1,0,2,2,1,0', '2,2,4,2,1,1', '3,4,9,5,0,1'])
  })

  it('refuses reliability data in anything but a CSV file, and writes none', async () => {
    for (const file of ['data.xlsx', 'data', 'data.docx']) {
      const { status, stdout } = await understory(agree('--data', 'long', '-o', join(folder, file)))
      expect([status, stdout, existsSync(join(folder, file))]).toEqual([2, '', false])
    }
    expect((await understory(agree('--data', 'long'))).status).toBe(2)
    expect((await understory(agree('--data', 'tall', '-o', join(folder, 'data.csv')))).status).toBe(2)
  })

  it('writes the diagnosis beside the figures, masked where asked, and only as CSV', async () => {
    const file = join(folder, 'diagnosis.csv')
    const answer = await json<{
      codes: unknown[]
      diagnosis: { rows: number; identifiers: { masked: boolean } }
    }>(agree('--codes', 'Neglect', '--diagnosis', file, '--mask-identifiers'))
    expect(answer.codes).toHaveLength(1)
    expect(answer.diagnosis).toMatchObject({ rows: 4, identifiers: { masked: true } })
    const [header, ...rows] = readFileSync(file, 'utf8').trimEnd().split('\n')
    expect(header).toBe('note,case,code,start,end,characters,who,pattern,kind,quote')
    expect(rows[0]).toMatch(/,0,2,2,Amara,only Amara,boundary,/)
    expect((await understory(agree('--diagnosis', join(folder, 'diagnosis.xlsx')))).status).toBe(2)
    const both = ['--data', 'long', '-o', join(folder, 'l.csv'), '--diagnosis', file]
    expect((await understory(agree(...both))).status).toBe(2)
  })
})
