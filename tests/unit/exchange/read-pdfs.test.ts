import { describe, expect, it } from 'vitest'
import { linesOfPage } from '../../../electron/store/exchange/pdf-lines.ts'
import { previewNotes, readNotes } from '../../../electron/store/exchange/read-notes.ts'
import { all, testFolder } from './folder.ts'
import { pdfOf, pdfStream, pdfText } from './office-files.ts'

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
    linesOfPage(steps.map(([text, y]) => ({ text, y, height: 12, endsLine: true })))

  it('are apart where the page leaves a gap, by its own usual distance', () => {
    expect(lines(['a', 700], ['b', 686], ['c', 672], ['d', 644], ['e', 630])).toBe('a\nb\nc\n\nd\ne')
    // Double spacing is no gap, the next column neither, two lines alone are judged by their letters.
    expect(lines(['a', 700], ['b', 672], ['c', 644], ['d', 616])).toBe('a\nb\nc\nd')
    expect(lines(['a', 700], ['b', 686], ['c', 700], ['d', 686])).toBe('a\nb\nc\nd')
    expect(lines(['a', 700], ['b', 685])).toBe('a\nb')
    expect(lines(['a', 700], ['b', 670])).toBe('a\n\nb')
  })

  it('are put together from their pieces, without blanks at the end', () => {
    const piece = (text: string, endsLine = false) => ({ text, y: 700, height: 12, endsLine })
    expect(linesOfPage([piece('She '), piece('was'), piece(' ', true), piece('', true), piece('seen')])).toBe(
      'She was\nseen',
    )
    expect(linesOfPage([])).toBe('')
  })
})
