import { describe, expect, it } from 'vitest'
import { linesOfPage } from '../../../electron/store/exchange/notes/pdf-lines.ts'
import { previewNotes, readNotes } from '../../../electron/store/exchange/notes/read.ts'
import { all, testFolder } from './folder.ts'
import { pdfOf, pdfOfObjects, pdfStream, pdfText } from './office-files.ts'

const folder = testFolder()
const read = async (bytes: Uint8Array) => (await all(readNotes([folder.file('letter.pdf', bytes)], null)))[0]

describe('a PDF with a text layer', () => {
  it('is a note: lines as on the page, paragraphs and pages apart, hyphens left alone', async () => {
    const pages = [
      pdfText([
        'Dear colleague,',
        null,
        'She was seen at home with her mo-',
        'ther (and dad) on Monday.',
        'Settled.',
        null,
        'Plan: review.',
      ]),
      pdfStream(pdfText(['Second page \\ end']), 'flate'),
    ]
    const words =
      'Dear colleague,\n\nShe was seen at home with her mo-\nther (and dad) on Monday.\nSettled.\n\nPlan: review.\n\nSecond page \\ end'
    const bytes = pdfOf(pages)
    expect(await read(bytes)).toEqual({
      row: 1,
      source: 'letter.pdf',
      id: 'letter',
      caseId: null,
      date: null,
      title: 'letter',
      text: words,
      attributes: {},
    })
    expect(await previewNotes([folder.file('letter.pdf', bytes)])).toMatchObject({
      kind: 'texts',
      encoding: 'pdf',
      rows: [['letter', words]],
    })
  })

  it('says which pages have no text beside others that have', async () => {
    const pages = [pdfText(['One']), '', '', pdfText(['Four']), '']
    expect(await read(pdfOf(pages))).toMatchObject({
      text: 'One\n\nFour',
      warning: 'pages 2–3, 5 of 5 have no text (scanned or blank) and are not in the note',
    })
    expect((await read(pdfOf([pdfText(['One']), ''])))?.warning).toBe(
      'page 2 of 2 has no text (scanned or blank) and is not in the note',
    )
    expect(await read(pdfOf([pdfText(['One'])]))).not.toHaveProperty('warning')
  })

  it('has text once that is drawn twice at one place to look bold, and words that come twice, twice', async () => {
    const at = (x: number, y: number, words: string) => `1 0 0 1 ${x} ${y} Tm (${words}) Tj`
    const drawn = [
      ...[at(72, 770, 'Risk'), at(72.3, 770, 'Risk'), at(110, 770, 'is high'), at(110.3, 770, 'is high')],
      ...[at(72, 740, 'Risk'), at(72, 710, 'no'), at(90, 710, 'no')],
    ]
    const note = await read(pdfOf([`BT /F1 12 Tf ${drawn.join(' ')} ET`]))
    expect(note?.text.replace(/\s+/g, ' ')).toBe('Risk is high Risk no no')
    expect(note?.warning).toBe('not in the note: 2 pieces of text drawn a second time at their place')
  })

  it('has the answers of its form and words typed onto it, and tells of comments and attached files', async () => {
    const rect = '/Rect[72 600 200 620]'
    const annotations = [
      `<</Type/Annot/Subtype/Widget${rect}/FT/Tx/T(name)/TU(Name of child)/V(Ash)>>`,
      `<</Type/Annot/Subtype/Widget${rect}/FT/Tx/T(empty)>>`,
      `<</Type/Annot/Subtype/Widget${rect}/FT/Btn/T(At risk)/V/Yes/AS/Yes/AP<</N<</Yes 4 0 R/Off 4 0 R>>>>>>`,
      `<</Type/Annot/Subtype/Widget${rect}/FT/Btn/T(Seen)/V/Off/AS/Off/AP<</N<</Yes 4 0 R/Off 4 0 R>>>>>>`,
      `<</Type/Annot/Subtype/FreeText${rect}/Contents(Typed onto it)/DA(/F1 12 Tf)>>`,
      `<</Type/Annot/Subtype/Text${rect}/Contents(A remark)>>`,
      `<</Type/Annot/Subtype/FileAttachment${rect}/FS<</Type/Filespec/F(a.txt)>>>>`,
    ]
    const page = `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents 6 0 R/Annots[${annotations.join('')}]>>`
    const bytes = pdfOfObjects([
      `<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[]>>>>`,
      '<</Type/Pages/Kids[5 0 R]/Count 1>>',
      '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>',
      pdfStream('', undefined, '/Type/XObject/Subtype/Form/BBox[0 0 9 9]'),
      page,
      pdfStream(pdfText(['Referral form'])),
    ])
    expect(await read(bytes)).toMatchObject({
      text: 'Referral form\n\nTyped onto it\nName of child: Ash\nAt risk: ☒\nSeen: ☐',
      warning: 'not in the note: 1 comment, 1 attached file',
    })
  })

  it('keeps accents and signs of its fonts’ tables', async () => {
    expect((await read(pdfOf([pdfText(['Caf\xe9 \x9335\x94 \xa35'])])))?.text).toBe('Café “35” £5')
  })

  it('is read again and again without growing', async () => {
    const bytes = pdfOf(
      Array.from({ length: 50 }, (_, page) => pdfText([`Page ${page}`, 'Some words of a letter'])),
    )
    await read(bytes)
    const before = process.memoryUsage().rss
    for (let time = 0; time < 10; time++) expect((await read(bytes))?.text).toContain('Page 49\nSome words')
    expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000)
  })
})

describe('the lines of a page', () => {
  const lines = (...steps: Array<[text: string, y: number]>) =>
    linesOfPage(steps.map(([text, y]) => ({ text, x: 72, y, height: 12, endsLine: true })))

  it('are apart where the page leaves a gap, by its own usual distance', () => {
    expect(lines(['a', 700], ['b', 686], ['c', 672], ['d', 644], ['e', 630])).toBe('a\nb\nc\n\nd\ne')
    // Double spacing is no gap, the next column neither, two lines alone are judged by their letters.
    expect(lines(['a', 700], ['b', 672], ['c', 644], ['d', 616])).toBe('a\nb\nc\nd')
    expect(lines(['a', 700], ['b', 686], ['c', 700], ['d', 686])).toBe('a\nb\nc\nd')
    expect(lines(['a', 700], ['b', 685])).toBe('a\nb')
    expect(lines(['a', 700], ['b', 670])).toBe('a\n\nb')
  })

  it('are put together from their pieces, without blanks at the end', () => {
    const piece = (text: string, endsLine = false) => ({ text, x: 72, y: 700, height: 12, endsLine })
    expect(linesOfPage([piece('She '), piece('was'), piece(' ', true), piece('', true), piece('seen')])).toBe(
      'She was\nseen',
    )
    expect(linesOfPage([])).toBe('')
  })
})
