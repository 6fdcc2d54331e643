import { describe, expect, it } from 'vitest'
import writeXlsxFile from 'write-excel-file/node'
import { previewNotes, readNotes } from '../../../electron/store/exchange/notes/read.ts'
import { numberText, styleOfPattern } from '../../../electron/store/exchange/office/sheet-cells.ts'
import type { ImportMap } from '../../../shared/contract/note-import.ts'
import { ImportPreview } from '../../../shared/contract/note-import.ts'
import { all, testFolder } from './folder.ts'
import { type BookParts, bookEntries, bookOf, inlineRows, zipOf } from './office-files.ts'

const folder = testFolder()
const read = (path: string | string[], map: ImportMap | null = null) =>
  all(readNotes(Array.isArray(path) ? path : [path], map))
const book = (parts: BookParts, name = 'notes.xlsx') => folder.file(name, bookOf(parts))
/** The first row under a header of `a`, `b` ..., one column for each cell. */
const cellsOf = async (
  cells: string,
  parts: Omit<BookParts, 'sheets'> = {},
): Promise<string[] | undefined> => {
  const count = cells.split('<c').length - 1
  const header = inlineRows([Array.from({ length: count }, (_, index) => `column ${index}`)])
  const path = book({ sheets: [{ name: 'S', data: `${header}<row>${cells}</row>` }], ...parts })
  return (await previewNotes([path])).rows[0]
}

describe('a workbook', () => {
  it('written by a spreadsheet library is read with dates, numbers, booleans and long texts as they were', async () => {
    const text = 'Seen at home.\nMum’s “words” & <thoughts> 😀 '
    const long = `${'She came with her mother. '.repeat(1_250)}End`
    const header = ['note_id', 'BrcId', 'Created_Date', 'seen', 'score', 'TextContent']
    const at = (iso: string, format: string) => ({ value: new Date(iso), type: Date, format })
    const rows = [
      ['007', 900001, at('2020-09-01T00:00:00Z', 'dd/mm/yyyy'), true, 12.5, text],
      ['N2', 900002, at('2021-02-28T14:30:00Z', 'yyyy-mm-dd hh:mm'), false, 3, long],
    ]
    const buffer = await writeXlsxFile([{ data: [header, ...rows], sheet: 'Notes' }]).toBuffer()
    const path = folder.file('real.xlsx', buffer)
    const preview = await previewNotes([path])
    expect(ImportPreview.parse(preview)).toEqual(preview)
    expect(preview).toMatchObject({
      kind: 'table',
      encoding: 'xlsx',
      columns: header,
      sheets: ['Notes'],
      sheet: 'Notes',
      guess: { text: 'TextContent', noteId: 'note_id', caseId: 'BrcId', date: 'Created_Date' },
    })
    expect(preview.guess?.sheet).toBeUndefined()
    expect(await read(path)).toMatchObject([
      {
        row: 1,
        id: '007',
        caseId: '900001',
        date: '2020-09-01',
        text,
        attributes: { seen: 'TRUE', score: '12.5' },
      },
      {
        row: 2,
        id: 'N2',
        caseId: '900002',
        date: '2021-02-28',
        text: long,
        attributes: { seen: 'FALSE', score: '3' },
      },
    ])
  })

  it('shows numbers as a person sees them: no ".0", no lost digits, zeros in front only where they are shown', async () => {
    const plain = [
      '900001',
      '1.0',
      '1E3',
      '0.30000000000000004',
      '-0.5',
      '123456789012345678',
      '1.5E-7',
      '007',
    ]
    const cells = plain.map((value) => `<c><v>${value}</v></c>`).join('')
    expect(await cellsOf(cells)).toEqual([
      '900001',
      '1',
      '1000',
      '0.3',
      '-0.5',
      '123456789012345678',
      '1.5e-7',
      '7',
    ])
    const styles =
      '<numFmts><numFmt numFmtId="170" formatCode="000000"/></numFmts><cellXfs><xf/><xf numFmtId="170"/></cellXfs>'
    expect(await cellsOf('<c s="1"><v>123</v></c><c t="str"><v>000123</v></c>', { styles })).toEqual([
      '000123',
      '000123',
    ])
  })

  it('shows dates and times by the format of the cell, in both calendars', () => {
    const shown = (serial: number, pattern: string, is1904 = false) =>
      numberText(String(serial), styleOfPattern(pattern), is1904)
    expect(shown(44_075, 'dd/mm/yyyy')).toBe('2020-09-01')
    expect(shown(42_613, 'dd/mm/yyyy', true)).toBe('2020-09-01')
    expect(shown(44_075.604166666664, '[$-F800]dddd, mmmm dd, yyyy')).toBe('2020-09-01')
    expect(shown(44_075.604166666664, 'd-mmm-yy h:mm AM/PM')).toBe('2020-09-01T14:30')
    expect(shown(44_075.999999, 'yyyy\\-mm\\-dd hh:mm:ss')).toBe('2020-09-01T23:59:59')
    expect(shown(44_075, 'yyyy-mm-dd hh:mm')).toBe('2020-09-01')
    expect(shown(1, 'dd/mm/yyyy')).toBe('1900-01-01')
    expect(shown(60, 'dd/mm/yyyy')).toBe('1900-02-29')
    expect(shown(61, 'dd/mm/yyyy')).toBe('1900-03-01')
    expect(shown(0, 'dd/mm/yyyy', true)).toBe('1904-01-01')
    expect(shown(0.604166666664, 'hh:mm')).toBe('14:30')
    expect(shown(1.5, '[h]:mm')).toBe('36:00')
    expect(shown(-3, 'dd/mm/yyyy')).toBe('-3')
    expect(shown(9e9, 'dd/mm/yyyy')).toBe('9000000000')
    for (const pattern of ['General', '0.00', '#,##0 "days"', '0.00E+00', '[Red]0', '\\d0', '@', '0%'])
      expect(styleOfPattern(pattern), pattern).toBe('plain')
    for (const pattern of ['mmm-yy', 'm/d/yy;@', '[$-409]d mmm yyyy', 'yyyy"year"']) {
      expect(styleOfPattern(pattern), pattern).toBe('date')
    }
  })

  it('keeps rich text, escapes, formulas’ results, errors and blanks', async () => {
    const strings =
      '<si><r><rPr><b/></rPr><t>Dear </t></r><r><t xml:space="preserve">all </t></r><rPh sb="0" eb="1"><t>no</t></rPh></si>' +
      '<si><t>one_x000D_\ntwo_x005F_x000D_</t></si><si><t/></si><si><t><![CDATA[a < b]]></t></si>'
    const cells = [
      '<c t="s"><v>0</v></c>',
      '<c t="s"><v>1</v></c>',
      '<c t="s"><v>2</v></c>',
      '<c t="s"><v>3</v></c>',
      '<c t="str"><f>A1&amp;"x"</f><v>result</v></c>',
      '<c><f>1+1</f><v>2</v></c>',
      '<c t="e"><v>#N/A</v></c>',
      '<c t="b"><v>1</v></c>',
      '<c t="d"><v>2020-09-01T00:00:00</v></c>',
      '<c s="1"/>',
      '<c t="inlineStr"><is><r><t>in</t></r><r><t>line</t></r></is></c>',
    ]
    expect(await cellsOf(cells.join(''), { strings })).toEqual([
      'Dear all ',
      'one\ntwo_x000D_',
      '',
      'a < b',
      'result',
      '2',
      '#N/A',
      'TRUE',
      '2020-09-01T00:00:00',
      '',
      'inline',
    ])
  })

  it('tells of other sheets, hidden ones, comments and pictures, which are in no note', async () => {
    const rows = (cell: string) => inlineRows([['text'], [cell]])
    const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
    const entries = bookEntries({
      sheets: [
        { name: 'Notes', data: rows('Seen.') },
        { name: 'More', data: rows('Left.') },
        { name: 'Secret', data: rows('Hidden.'), state: 'veryHidden' },
      ],
    })
    const path = folder.file(
      'besides.xlsx',
      zipOf([
        ...entries,
        {
          name: 'xl/worksheets/_rels/sheet1.xml.rels',
          data: `<Relationships><Relationship Id="a" Type="${office}/comments" Target="../comments1.xml"/><Relationship Id="b" Type="${office}/drawing" Target="../d.xml"/></Relationships>`,
        },
        {
          name: 'xl/comments1.xml',
          data: '<comments><commentList><comment ref="A2"/><comment ref="A3"/></commentList></comments>',
        },
        { name: 'xl/d.xml', data: '<wsDr><sp/><pic/></wsDr>' },
      ]),
    )
    const remarks = async (map: Parameters<typeof readNotes>[1]) =>
      (await read(path, map)).flatMap(({ remark }) => remark ?? [])
    expect(await remarks(null)).toEqual([
      'sheets that were not read: More',
      'hidden sheets that were not read: Secret',
      'not in the notes: 2 comments, 1 drawing or text box, 1 picture',
    ])
    expect(await remarks({ text: 'text', sheet: 'more' })).toEqual([
      'hidden sheets that were not read: Secret',
    ])
  })

  it('counts rows as the spreadsheet does, and leaves out empty ones and cells beside the table', async () => {
    const data = [
      '<row r="1"><c r="A1" s="0"/></row>',
      '<row r="2"><c r="B2" t="str"><v>text</v></c><c r="A2" t="str"><v>id</v></c></row>',
    ]
    // Cells out of order are damage, not another table.
    await expect(read(book({ sheets: [{ name: 'S', data: data.join('') }] }))).rejects.toThrow(/damaged/)
    data[1] =
      '<row r="2"><c r="A2" t="str"><v> id </v></c><c r="C2" t="str"><v>text</v></c><c r="D2" t="str"><v> </v></c></row>'
    data.push('<row r="5"><c r="C5" t="str"><v>Five</v></c><c r="Z5" t="str"><v>a remark</v></c></row>')
    data.push('<row r="6"><c r="A6" t="str"><v> </v></c></row>', '<row><c t="str"><v>7</v></c></row>')
    const path = book({ sheets: [{ name: 'S', data: data.join('') }] })
    expect((await previewNotes([path])).columns).toEqual(['id', 'column 2', 'text'])
    expect(await read(path, { text: 'text', noteId: 'id' })).toMatchObject([
      { row: 3, id: null, text: 'Five' },
      { row: 5, id: '7', problem: 'empty text' },
      { row: 0, remark: '1 cell right of the last heading is in no note' },
    ])
  })

  it('is read at its first visible sheet with rows, or at the one asked for', async () => {
    const rows = (text: string) =>
      inlineRows([
        ['id', 'text'],
        ['1', text],
      ])
    const sheets = [
      { name: 'Hidden', state: 'hidden', data: rows('hidden') },
      { name: 'Very hidden', state: 'veryHidden', data: rows('very hidden') },
      { name: 'Empty', data: '' },
      { name: 'Only a header', data: inlineRows([['id', 'text']]) },
      { name: 'Notes &amp; more', data: rows('The first note') },
      { name: 'Other', data: rows('The other note') },
    ]
    const path = book({ sheets })
    const preview = await previewNotes([path])
    expect(preview.sheets).toEqual(['Empty', 'Only a header', 'Notes & more', 'Other'])
    expect(preview).toMatchObject({ sheet: 'Notes & more', guess: { sheet: 'Notes & more' } })
    expect((await previewNotes([path], { sheet: 'Other' })).guess?.sheet).toBe('Other')
    expect((await read(path))[0]?.text).toBe('The first note')
    expect((await read(path, { text: 'text', sheet: 'Other' }))[0]?.text).toBe('The other note')
    await expect(read(path, { text: 'text', sheet: 'Hidden' })).rejects.toThrow(
      /no sheet "Hidden".*there are: Empty, Only a header, Notes & more, Other/,
    )
    await expect(read(book({ sheets: sheets.slice(0, 3) }))).rejects.toThrow(/notes\.xlsx is empty/)
  })

  it('is read in the other dialect of the standard too, with any prefix', async () => {
    const strict = bookOf({ sheets: [{ name: 'S', data: inlineRows([['text'], ['A note in it']]) }] })
    expect((await read(folder.file('plain.xlsx', strict)))[0]?.text).toBe('A note in it')
    const { bookEntries, zipOf } = await import('./office-files.ts')
    const entries = bookEntries({ sheets: [{ name: 'S', data: inlineRows([['text'], ['A note in it']]) }] })
    for (const entry of entries) {
      if (!entry.name.includes('rels')) {
        entry.data = (entry.data as string)
          .replaceAll(
            'http://schemas.openxmlformats.org/spreadsheetml/2006/main',
            'http://purl.oclc.org/ooxml/spreadsheetml/main',
          )
          .replace(/<(\/?)(?=[a-z])/g, '<$1x:')
          .replaceAll('xmlns="', 'xmlns:x="')
      }
      if (entry.name.endsWith('sheet1.xml')) entry.name = 'xl/Worksheets/Sheet1.XML'
    }
    expect((await read(folder.file('strict.xlsx', zipOf(entries))))[0]?.text).toBe('A note in it')
  })

  it('refuses the rows where the spreadsheet lost the text, and duplicate headers', async () => {
    const rows = [
      ['id', 'text'],
      ['1', '#NAME?'],
      ['2', 'fine'],
    ]
    const path = book({ sheets: [{ name: 'S', data: inlineRows(rows) }] })
    expect((await read(path)).map((note) => note.problem)).toEqual([
      'the spreadsheet shows #NAME? in place of the text',
      undefined,
    ])
    const twice = book({
      sheets: [
        {
          name: 'S',
          data: inlineRows([
            ['id', 'text', 'id '],
            ['1', 'a', 'b'],
          ]),
        },
      ],
    })
    await expect(read(twice)).rejects.toThrow(/two columns named "id"/)
  })

  it('is read row by row: shared texts only as far as the preview needs, progress to the last byte', async () => {
    const text = 'Seen at home with mum. '.repeat(100)
    const strings = Array.from({ length: 20_000 }, (_, i) => `<si><t>${i} ${text}</t></si>`).join('')
    const header = '<row r="1"><c r="A1" t="str"><v>text</v></c></row>'
    const rows = Array.from(
      { length: 20_000 },
      (_, i) => `<row r="${i + 2}"><c r="A${i + 2}" t="s"><v>${i}</v></c></row>`,
    )
    const path = book({ sheets: [{ name: 'S', data: header + rows.join('') }], strings })
    const started = performance.now()
    expect((await previewNotes([path])).rows).toHaveLength(20)
    const previewed = performance.now()
    let [count, last] = [0, { done: 0, total: 0 as number | null }]
    for await (const note of readNotes(
      [path],
      { text: 'text' },
      { onProgress: (progress) => (last = progress) },
    )) {
      if (note.text !== `${count} ${text}`) throw new Error(`wrong text in row ${note.row}`)
      count++
    }
    expect(count).toBe(20_000)
    expect(last.done).toBe(last.total)
    expect(performance.now() - previewed).toBeGreaterThan((previewed - started) * 2)
  })
})
