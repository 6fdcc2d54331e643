import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { SaxesParser } from 'saxes'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { codebookTable } from '../../../electron/store/exchange/codebook/csv.ts'
import { codebookDocument } from '../../../electron/store/exchange/codebook/document.ts'
import { codebookDocx } from '../../../electron/store/exchange/codebook/docx.ts'
import { codebookHtml } from '../../../electron/store/exchange/codebook/html.ts'
import { codebookMarkdown } from '../../../electron/store/exchange/codebook/markdown.ts'
import { readDocx } from '../../../electron/store/exchange/notes/docx.ts'
import { toXlsx } from '../../../electron/store/exchange/tables/xlsx.ts'
import { readCodebookFile } from '../../../electron/store/intake/codebook-file.ts'
import { codebooks, entry, HARD_NAMES, uuid } from './codebooks.ts'

const HEAD = {
  title: 'Codebook: CAMHS',
  version: 'Version 12 (v1.2)',
  date: '2026-11-22',
  journal: 'Journal head 0123456789abcdef, 132 entries, 30 Nov 2026 14:05',
  notes: 73,
  qualifiers: [],
}
const nothing = () => ({ quotes: [], counts: null, usual: {} })

const book = [
  entry('Maltreatment', { isFolder: true, theme: 'Harm' }),
  entry('Neglect', {
    parentId: uuid('Maltreatment'),
    colour: '#a1b2c3',
    definition: 'Needs are not met.\n\nOver time.',
    useWhen: 'Said by anyone.',
    counterExample: 'One missed lunch.',
    remarks: 'Agreed on 3 March.',
  }),
  entry('Sleep', { isRetired: true }),
]
const document = codebookDocument(HEAD, book, ({ name }) => ({
  quotes:
    name === 'Neglect'
      ? [{ label: 'Example' as const, text: 'No food at home again.', from: 'note N7' }]
      : [],
  counts: {
    codings: 41,
    notes: 12,
    byCoder: [
      { coder: 'Amara', codings: 25 },
      { coder: 'Ben', codings: 16 },
    ],
    coders: 3,
  },
  usual: {},
}))

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'understory-codebook-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const fileWith = (name: string, bytes: Uint8Array | string): string => {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return path
}

describe('a codebook for people', () => {
  it('is numbered like chapters and leaves out what nobody wrote', () => {
    expect(document.codes.map(({ number, name, depth }) => [number, name, depth])).toEqual([
      ['1', 'Maltreatment', 0],
      ['1.1', 'Neglect', 1],
      ['2', 'Sleep', 0],
    ])
    expect(document.codes[1]?.parts.map(({ label }) => label)).toEqual([
      'Definition',
      'When to use',
      'Example',
      'Counter-example',
      'Notes',
    ])
  })

  it('reads as Markdown with headings by level, counts and quotes', () => {
    expect(codebookMarkdown(document)).toBe(
      [
        '# Codebook: CAMHS',
        '',
        'Version 12 (v1.2), 22 November 2026, 2 codes',
        '',
        HEAD.journal,
        '',
        '## 1 Maltreatment',
        '',
        '**Theme.** Harm',
        '',
        '### 1.1 Neglect',
        '',
        '41 codings in 12 of 73 notes, by 2 of 3 coders (Amara 25, Ben 16)',
        '',
        '**Definition.** Needs are not met.',
        '',
        'Over time.',
        '',
        '**When to use.** Said by anyone.',
        '',
        '**Example (note N7).**',
        '',
        '> No food at home again.',
        '',
        '**Counter-example.** One missed lunch.',
        '',
        '**Notes.** Agreed on 3 March.',
        '',
        '## 2 Sleep (retired)',
        '',
        '41 codings in 12 of 73 notes, by 2 of 3 coders (Amara 25, Ben 16)',
        '',
      ].join('\n'),
    )
  })

  it('is well-formed HTML without scripts or addresses, whatever the names are', () => {
    const hard = codebookDocument(
      HEAD,
      HARD_NAMES.map((name) => entry(name, { definition: name, colour: '#a1b2c3' })),
      nothing,
    )
    const { html } = codebookHtml(hard)
    expect(html).not.toMatch(/<script|https?:|src=|url\(/i)
    const seen: string[] = []
    const parser = new SaxesParser({ fragment: true })
    parser.on('text', (text) => seen.push(text))
    parser.on('error', (error) => {
      throw error
    })
    const body = html.slice(html.indexOf('<main>'), html.indexOf('</main>') + 7).replaceAll('<br>', '<br/>')
    parser.write(body).close()
    expect(seen.join('')).toContain('<script>alert(1)</script>')
  })

  it('opens as a Word document that says the same words', async () => {
    const path = fileWith('codebook.docx', (await codebookDocx(document)).bytes)
    const text = await readDocx(path)
    for (const words of [
      'Codebook: CAMHS',
      'Version 12 (v1.2), 22 November 2026, 2 codes',
      'Hierarchy',
      '1.1 Neglect',
      'Needs are not met.',
      'One missed lunch.',
      'No food at home again.',
      '41 codings in 12 of 73 notes, by 2 of 3 coders (Amara 25, Ben 16)',
      '2 Sleep (retired)',
    ])
      expect(text).toContain(words)
  })

  it('opens as a Word document whatever is in it', async () => {
    await fc.assert(
      fc.asyncProperty(codebooks, async (entries) => {
        const { bytes } = await codebookDocx(codebookDocument(HEAD, entries, nothing))
        const text = await readDocx(fileWith('any.docx', bytes))
        expect(text).toContain('Definitions')
      }),
      { numRuns: 25 },
    )
  })
})

/** A workbook keeps line ends and blanks as they are, but no half characters. */
const plain = (text: string) =>
  text
    .replace(/\p{Surrogate}/gu, '')
    .replace(/\r\n?/g, '\n')
    .trim()

describe('a codebook as a workbook', () => {
  it('gives the same codes back, whatever is in them', async () => {
    await fc.assert(
      fc.asyncProperty(codebooks, async (any) => {
        // Half a character is all there is to some names; nothing of them is left in a workbook.
        const entries = any.map((each) => ({ ...each, name: plain(each.name) || 'n' }))
        const { columns, rows } = codebookTable(entries)
        const { bytes, cut } = await toXlsx(
          'Codebook',
          columns.map((name) => ({ name, width: 20 })),
          rows,
        )
        const back = await readCodebookFile(fileWith('codebook.xlsx', bytes))
        expect(cut).toBe(0)
        expect(
          back.entries.map(({ name, definition, parentId }) => [plain(name), plain(definition), parentId]),
        ).toEqual(entries.map(({ name, definition, parentId }) => [plain(name), plain(definition), parentId]))
      }),
      { numRuns: 25 },
    )
  })

  it('loses no character that a cell can hold', async () => {
    // What stands for what could not be read, controls of Latin-1, characters that are none, and an escape as words.
    const words = [
      '\ufffd',
      'a\ufffdb',
      '\u007f\u0084\u0085\u009f',
      '\ufdd0\u{1fffe}x\u{10ffff}y',
      '_x0041_ _x005F_',
    ]
    const rows = words.map((definition, at) => [`n${at}`, definition])
    const columns = ['name', 'definition'].map((name) => ({ name, width: 10 }))
    const { bytes, cut, leftOut } = await toXlsx('x', columns, rows)
    const back = await readCodebookFile(fileWith('characters.xlsx', bytes))
    expect(back.entries.map(({ definition }) => definition)).toEqual(words)
    expect([cut, leftOut]).toEqual([0, 0])
    const most = `${'\ufffd'.repeat(32_767)}b`
    const long = await toXlsx('x', columns, [['long', most]])
    expect(long.cut).toBe(1)
    const { entries } = await readCodebookFile(fileWith('long.xlsx', long.bytes))
    expect(entries[0]?.definition).toBe('\ufffd'.repeat(20_000))
  })

  it('never holds a formula, and no word is lost for being a word of the language it is written in', async () => {
    const { bytes } = await toXlsx(
      'x',
      [{ name: 'name', width: 10 }],
      [['=1+1'], ['@SUM(A1)'], ['constructor'], ['__proto__']],
    )
    const back = await readCodebookFile(fileWith('formula.xlsx', bytes))
    expect(back.entries.map(({ name }) => name)).toEqual(['=1+1', '@SUM(A1)', 'constructor', '__proto__'])
    expect(bytes.includes('<f>')).toBe(false)
  })
})
