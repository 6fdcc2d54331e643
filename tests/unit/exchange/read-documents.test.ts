import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Document, FootnoteReferenceRun, Packer, Paragraph, Table, TableCell, TableRow, TextRun } from 'docx'
import { describe, expect, it } from 'vitest'
import { previewNotes, readNotes } from '../../../electron/store/exchange/read-notes.ts'
import { all, testFolder } from './folder.ts'
import { paragraph, wordOf } from './office-files.ts'

const folder = testFolder()
const read = async (bytes: Uint8Array) => (await all(readNotes([folder.file('letter.docx', bytes)], null)))[0]
const text = async (...parts: Parameters<typeof wordOf>) => (await read(wordOf(...parts)))?.text
const run = (inside: string) => `<w:r>${inside}</w:r>`

describe('a Word document', () => {
  it('written by a library is a note: paragraphs, breaks, tables, footnotes', async () => {
    const cell = (words: string) => new TableCell({ children: [new Paragraph(words)] })
    const document = new Document({
      footnotes: { 1: { children: [new Paragraph('By telephone.')] } },
      sections: [
        {
          children: [
            new Paragraph({ text: 'Clinic letter', heading: 'Heading1' }),
            new Paragraph({
              children: [
                new TextRun('Seen with mum'),
                new FootnoteReferenceRun(1),
                new TextRun({ text: ' today.', bold: true }),
                new TextRun({ text: 'Settled 😀', break: 1 }),
              ],
            }),
            new Paragraph(''),
            new Table({
              rows: [
                new TableRow({ children: [cell('Mood'), cell('low')] }),
                new TableRow({ children: [cell('Sleep'), cell('poor')] }),
              ],
            }),
            new Paragraph('Mum’s “words” & <thoughts>'),
          ],
        },
      ],
    })
    const path = folder.file('Letters/a.docx', await Packer.toBuffer(document))
    const words =
      'Clinic letter\nSeen with mum[1] today.\nSettled 😀\n\nMood\tlow\nSleep\tpoor\nMum’s “words” & <thoughts>\n[1] By telephone.'
    expect(await all(readNotes([`${folder.path}/Letters`], null))).toMatchObject([
      { row: 1, source: 'a.docx', id: 'a', title: 'a', text: words, caseId: null, date: null },
    ])
    expect(await previewNotes([path])).toMatchObject({
      kind: 'texts',
      encoding: 'docx',
      rows: [['a', words]],
    })
  })

  it('reads with tracked changes accepted, without comments and hidden text', async () => {
    const body = [
      `<w:p><w:pPr><w:tabs><w:tab w:pos="1"/></w:tabs></w:pPr>${run('<w:t xml:space="preserve">She is </w:t>')}`,
      `<w:del>${run('<w:delText>very </w:delText><w:tab/>')}</w:del><w:ins>${run('<w:t>well</w:t>')}</w:ins>`,
      `<w:commentRangeStart/>${run('<w:t>.</w:t>')}${run('<w:commentReference w:id="0"/>')}</w:p>`,
      `<w:p><w:pPr><w:rPr><w:del w:id="3"/></w:rPr></w:pPr>${run('<w:t>One </w:t>')}</w:p>${paragraph('line')}`,
      `<w:p>${run('<w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t>')}${run('<w:rPr><w:vanish w:val="0"/></w:rPr><w:t>shown</w:t>')}</w:p>`,
      `<w:p><w:moveFrom>${run('<w:t>old place</w:t>')}</w:moveFrom><w:moveTo>${run('<w:t>new place</w:t>')}</w:moveTo></w:p>`,
      `<w:p>${run('<w:instrText>DATE</w:instrText>')}${run('<w:t>field</w:t>')}</w:p>`,
    ]
    const comments = ['comments', 'comments.xml', `<w:comment>${paragraph('a comment')}</w:comment>`] as const
    expect(await text(body.join(''), [comments])).toBe('She is well.\nOne line\nshown\nnew place\nfield')
  })

  it('has moved and deleted paragraphs once, or not at all, without their empty lines', async () => {
    const mark = (kind: string) => `<w:pPr><w:rPr><w:${kind} w:id="1"/></w:rPr></w:pPr>`
    const whole = (kind: string, words: string) =>
      `<w:p>${mark(kind)}<w:${kind}>${run(words)}</w:${kind}></w:p>`
    const cell = (inside: string, change = '') => `<w:tc><w:tcPr>${change}</w:tcPr>${inside}</w:tc>`
    const moved = whole('moveFrom', '<w:t>Moved.</w:t>')
    const deleted = whole('del', '<w:delText>Gone.</w:delText>')
    const body = [
      ...[deleted, paragraph('First.'), moved, paragraph('Middle.'), whole('moveTo', '<w:t>Moved.</w:t>')],
      `<w:p>${mark('moveFrom')}${run('<w:t>Stays, </w:t>')}</w:p>`,
      whole('ins', '<w:t>inserted.</w:t>'),
      `<w:tbl><w:tr><w:trPr><w:moveFrom w:id="2"/></w:trPr>${cell(paragraph('row'))}</w:tr>`,
      `<w:tr>${cell(paragraph('out'), '<w:cellDel w:id="3"/>')}${cell(paragraph('a') + deleted)}${cell(moved + paragraph('b'))}</w:tr></w:tbl>`,
      paragraph('Last.'),
      deleted,
    ]
    expect(await text(body.join(''))).toBe('First.\nMiddle.\nMoved.\nStays, inserted.\na\tb\nLast.')
  })

  it('keeps tabs, breaks, hyphens, symbols, text boxes once, and the choices of forms but no placeholders', async () => {
    const box = (words: string) => `<w:txbxContent>${paragraph(words)}${paragraph('more')}</w:txbxContent>`
    const body = [
      `<w:p>${run('<w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t>')}`,
      `${run('<w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:char="00E9"/>')}</w:p>`,
      `<w:p>${run(`<w:t>Above</w:t><mc:AlternateContent><mc:Choice>${box('boxed')}</mc:Choice><mc:Fallback><v:textbox>${box('boxed')}</v:textbox></mc:Fallback></mc:AlternateContent>`)}</w:p>`,
      `<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>${paragraph('Click here')}</w:sdtContent></w:sdt>`,
      `<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>${paragraph('Chosen')}</w:sdtContent></w:sdt>`,
    ]
    expect(await text(body.join(''))).toBe('a\tb\nc\u2011d☑é\nAbove\nboxed\nmore\nChosen')
  })

  it('gives tables row by row, also nested ones, without rows that were deleted', async () => {
    const cell = (inside: string) => `<w:tc><w:tcPr/>${inside}</w:tc>`
    const row = (...cells: string[]) => `<w:tr>${cells.join('')}</w:tr>`
    const inner = `<w:tbl>${row(cell(paragraph('x')), cell(paragraph('y')))}${row(cell(paragraph('z')), cell('<w:p/>'))}</w:tbl>`
    const body = [
      '<w:tbl>',
      row(cell(paragraph('a')), cell(paragraph('b') + paragraph('b2')), cell('<w:p/>')),
      `<w:tr><w:trPr><w:del w:id="1"/></w:trPr>${cell(paragraph('gone'))}</w:tr>`,
      row(cell(paragraph('c')), cell(`${inner}<w:p/>`)),
      '</w:tbl>',
      paragraph('after'),
    ]
    expect(await text(body.join(''))).toBe('a\tb\nb2\t\nc\nx\ty\nz\t\n\nafter')
  })

  it('puts footnotes and endnotes at the end in the order they are referred to', async () => {
    const note = (kind: string, id: number, words: string) =>
      `<w:${kind} w:id="${id}">${`<w:p>${run(`<w:${kind}Ref/>`)}${run(`<w:t> ${words}</w:t>`)}</w:p>`}</w:${kind}>`
    const refer = (kind: string, id: number) => run(`<w:${kind}Reference w:id="${id}"/>`)
    const body = `<w:p>${run('<w:t>A</w:t>')}${refer('endnote', 2)}${run('<w:t>B</w:t>')}${refer('footnote', 5)}${refer('endnote', 2)}${refer('footnote', 9)}</w:p>`
    expect(
      await text(body, [
        ['footnotes', 'footnotes.xml', note('footnote', -1, 'separator') + note('footnote', 5, 'five')],
        ['endnotes', 'endnotes.xml', note('endnote', 2, 'two') + note('endnote', 3, 'unused')],
      ]),
    ).toBe('A[1]B[2][1][3]\n[1] two\n[2] five\n[3] ')
  })

  it('never opens what it refers to outside itself', async () => {
    let visits = 0
    const server = createServer((_, response) => {
      visits++
      response.end()
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const outside = ['image', 'footnotes', 'attachedTemplate', 'subDocument'].flatMap((type) => [
      [type, `${url}/${type}`, 'External'] as const,
      [type, 'file:///etc/passwd', 'External'] as const,
    ])
    const body = `<w:p>${run('<w:t>Only this</w:t><w:footnoteReference w:id="1"/>')}</w:p>`
    expect(await text(body, [], outside)).toBe('Only this[1]\n[1] ')
    server.close()
    expect(visits).toBe(0)
  })
})
