import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Document, FootnoteReferenceRun, Packer, Paragraph, Table, TableCell, TableRow, TextRun } from 'docx'
import { describe, expect, it } from 'vitest'
import { previewNotes, readNotes } from '../../../electron/store/exchange/notes/read.ts'
import { all, fixture, testFolder } from './folder.ts'
import { paragraph, wordEntries, wordOf, zipOf } from './office-files.ts'

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

  it('has the answers of its form fields', async () => {
    const field = (settings: string, result = '') =>
      `${run(`<w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="F"/>${settings}</w:ffData></w:fldChar>`)}${run('<w:instrText> FORM </w:instrText>')}${run('<w:fldChar w:fldCharType="separate"/>')}${result}${run('<w:fldChar w:fldCharType="end"/>')}`
    const box = (state: string) => field(`<w:checkBox><w:sizeAuto/>${state}</w:checkBox>`)
    const list = '<w:listEntry w:val="Never"/><w:listEntry w:val="Often"/>'
    const sdt = (settings: string, shown: string) =>
      `<w:sdt><w:sdtPr>${settings}</w:sdtPr><w:sdtContent>${run(`<w:t>${shown}</w:t>`)}</w:sdtContent></w:sdt>`
    const body = [
      `<w:p>${run('<w:t xml:space="preserve">At risk: </w:t>')}${box('<w:default w:val="0"/><w:checked/>')}</w:p>`,
      `<w:p>${box('<w:default w:val="1"/>')}${box('<w:default w:val="1"/><w:checked w:val="0"/>')}${box('<w:default w:val="0"/>')}</w:p>`,
      `<w:p>${field(`<w:ddList><w:result w:val="1"/>${list}</w:ddList>`)} ${field(`<w:ddList>${list}</w:ddList>`)}</w:p>`,
      `<w:p>${field('<w:textInput><w:default w:val="Name"/></w:textInput>', run('<w:t>Typed</w:t>'))}</w:p>`,
      `<w:p>${sdt('<w14:checkbox xmlns:w14="x"><w14:checked w14:val="1"/></w14:checkbox>', '☒')}${sdt('<w:dropDownList><w:listItem w:displayText="Red"/></w:dropDownList>', 'Red')}</w:p>`,
    ]
    expect(await text(body.join(''))).toBe('At risk: ☒\n☒☐☐\nOftenNever\nTyped\n☒Red')
  })

  it('tells of everything that it holds and that is not in the text', async () => {
    const margin = (type: string, name: string, words: string) => [type, name, paragraph(words)] as const
    const drawing =
      '<w:drawing><a:graphic xmlns:a="a"><pic:pic xmlns:pic="p"><a:blip/></pic:pic></a:graphic></w:drawing>'
    const body = [
      `<w:p>${run('<w:t>Text</w:t>')}${run('<w:commentReference w:id="0"/>')}${run('<w:commentReference w:id="1"/>')}</w:p>`,
      `<w:p><w:del>${run('<w:delText>gone</w:delText>')}</w:del>${run('<w:rPr><w:vanish/></w:rPr><w:t>hid</w:t>')}${run(drawing)}</w:p>`,
      `<w:p>${run('<w:object><v:imagedata/><o:OLEObject xmlns:o="o"/></w:object>')}${run('<w:drawing><c:chart xmlns:c="c"/></w:drawing>')}</w:p>`,
    ]
    const note = await read(
      wordOf(body.join(''), [
        margin('header', 'header1.xml', 'Riverside CAMHS'),
        margin('header', 'header2.xml', 'Riverside CAMHS'),
        margin('footer', 'footer1.xml', 'Page 1 of 3'),
        margin('footer', 'footer2.xml', 'In confidence'),
      ]),
    )
    expect(note?.text).toBe('Text\n\n')
    expect(note?.warning).toBe(
      'not in the note: 2 comments, 1 page header, 1 page footer, 4 characters deleted as tracked changes, 3 hidden characters, 1 picture, 1 chart or diagram, 1 embedded object',
    )
    expect((await read(wordOf(paragraph('All of it'))))?.warning).toBeUndefined()
  })

  it('has the text of embedded parts at their place, or tells that they cannot be read', async () => {
    const letter = (bytes: string | Uint8Array, name: string) => {
      const entries = wordEntries(
        `${paragraph('Dear colleague,')}<w:altChunk r:id="rId1"/>${paragraph('Kind regards')}`,
        [],
      )
      const link = `<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk" Target="${name}"/>`
      const changed = entries.map((entry) =>
        entry.name === 'word/_rels/document.xml.rels'
          ? { ...entry, data: String(entry.data).replace('</Relationships>', `${link}</Relationships>`) }
          : entry,
      )
      return zipOf([...changed, { name: `word/${name}`, data: bytes }])
    }
    const between = async (bytes: string | Uint8Array, name: string) => {
      const note = await read(letter(bytes, name))
      expect(note?.warning).toBeUndefined()
      return note?.text.replace(/^Dear colleague,\n|\nKind regards$/g, '')
    }
    const page =
      '<!DOCTYPE html><html><head><title>T</title><style>p{}</style></head><body><p>He was <b>hurt</b>\n at&nbsp;home.</p><script>alert("<p>no</p>")</script><ul><li>one<li>two</ul><table><tr><td><p>a</p></td><td>b</td></tr></table>x &lt; y &#233;<br>end<!-- <p>no</p> --></body></html>'
    const words = 'He was hurt at\u00a0home.\none\ntwo\na\tb\nx < y é\nend'
    expect(await between(page, 'chunk.html')).toBe(words)
    expect(await between(Buffer.from(`\ufeff${page}`, 'utf16le'), 'chunk.htm')).toBe(words)
    const archive = (encoding: string, content: string) =>
      `MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n boundary="--=x"\r\n\r\n----=x\r\nContent-Location: file:///C:/d.htm\r\nContent-Transfer-Encoding: ${encoding}\r\nContent-Type: text/html; charset="utf-8"\r\n\r\n${content}\r\n----=x--\r\n`
    expect(await between(archive('quoted-printable', '<p>He was =C3=A9mu=\r\n, hurt</p>'), 'c.mht')).toBe(
      'He was ému, hurt',
    )
    expect(await between(archive('base64', Buffer.from(page).toString('base64')), 'c.mht')).toBe(words)
    expect(await between('line one\r\nline two\r\n', 'chunk.txt')).toBe('line one\nline two')
    expect(await between(wordOf(paragraph('Inner')), 'chunk.docx')).toBe('Inner')
    expect(await between(letter('<p>Inmost</p>', 'c.html'), 'chunk.docx')).toBe(
      'Dear colleague,\nInmost\nKind regards',
    )
    const unread = [
      ['{\\rtf1 He was hurt}', 'chunk.rtf'],
      ['PK but no zip file', 'chunk.docx'],
      ['<w:document/>', 'chunk.xml'],
      ['', 'chunk.bin'],
    ] as const
    for (const [bytes, name] of unread) {
      expect(await read(letter(bytes, name)), name).toMatchObject({
        text: 'Dear colleague,\nKind regards',
        warning: 'not in the note: 1 embedded part that cannot be read',
      })
    }
  })

  it('with an embedded page or a moved paragraph, as programs write them, reads as Word shows it', async () => {
    const texts = async (name: string) =>
      (await all(readNotes([fixture(`../cases/${name}.docx`)], null))).map((note) => note.text)
    expect(await texts('embedded-part')).toEqual(['Dear colleague,\nHe was hurt at home.\nKind regards'])
    expect(await texts('moved-paragraph')).toEqual(['First.\nMiddle.\nMoved.'])
  })

  it('that is nothing but an embedded part that cannot be read is refused with that reason', async () => {
    expect((await read(wordOf('<w:altChunk r:id="rId9"/>')))?.problem).toBe(
      'empty text (not in the note: 1 embedded part that cannot be read)',
    )
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
