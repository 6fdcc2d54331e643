/** Files that are broken or made to do harm: each ends in the right notes or a clear Problem, soon and in little memory. */
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, createWriteStream, symlinkSync, truncateSync } from 'node:fs'
import { deflateSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import writeXlsxFile from 'write-excel-file/node'
import { readNotes } from '../../../electron/store/exchange/notes/read.ts'
import { SharedStrings } from '../../../electron/store/exchange/office/sheet-strings.ts'
import { ZipParts } from '../../../electron/store/exchange/office/zip-parts.ts'
import { readCodebookFile } from '../../../electron/store/intake/codebook-file.ts'
import { CancelToken } from '../../../shared/cancel.ts'
import type { ImportMap } from '../../../shared/contract/note-import.ts'
import { fewOf } from '../../random.ts'
import { all, computed, cp1252, testFolder } from './folder.ts'
import {
  bookEntries,
  bookOf,
  inlineRows,
  paragraph,
  pdfOf,
  pdfOfObjects,
  pdfStream,
  pdfText,
  wordEntries,
  wordOf,
  type ZipEntry,
  zipOf,
} from './office-files.ts'

const folder = testFolder()
const read = (path: string | string[], map: ImportMap | null = { text: 'text' }) =>
  all(readNotes(Array.isArray(path) ? path : [path], map))
const readFile = (name: string, content: string | Uint8Array, map?: ImportMap | null) =>
  read(folder.file(name, content), map)
/** Why a file that is a note by itself is refused. */
const reason = async (name: string, content: string | Uint8Array) =>
  (await readFile(name, content))[0]?.problem
/** In ms of computing. What these bound took minutes or did not end; a busy machine computes at half its speed. */
const LONG = 60_000
const book = inlineRows([['text'], ['A note']])
/** Packs to half of a thousandth. */
const blank = Buffer.alloc(150_000_000, 32)
/** Text of this many characters that packs to about a hundredth, as no bomb would. */
const letters = (count: number) =>
  randomBytes(5_000)
    .toString('hex')
    .repeat(count / 10_000)
const changed = (entries: ZipEntry[], name: string, change: Partial<ZipEntry>) =>
  zipOf(entries.map((entry) => (entry.name === name ? { ...entry, ...change } : entry)))

let started = 0
let memory = 0
beforeEach(() => {
  started = computed()
  memory = process.memoryUsage().rss
})
afterEach(() => {
  expect(computed() - started).toBeLessThan(LONG)
  expect(process.memoryUsage().rss - memory).toBeLessThan(600_000_000)
})

describe('a workbook', () => {
  it('of 30 KB whose cells name one long text 200,000 times ends soon, with a sentence', async () => {
    const cells = '<c t="s"><v>1</v></c>'
    const rows = `<row><c t="s"><v>0</v></c></row>${`<row>${cells}</row>`.repeat(200_000)}`
    const bomb = bookOf({
      sheets: [{ name: 'Notes', data: rows }],
      strings: `<si><t>text</t></si><si><t>${'long '.repeat(6_553)}</t></si>`,
    })
    expect(bomb.length).toBeLessThan(60_000)
    await expect(readFile('bomb.xlsx', bomb)).rejects.toMatchObject({
      code: 'too-large',
      message: expect.stringMatching(/bomb\.xlsx is small, .* more than \d+ million characters/),
    })
  })

  const entries = () => bookEntries({ sheets: [{ name: 'S', data: book }] })

  it('that is cut short, at any place, is refused', async () => {
    const whole = await writeXlsxFile([{ data: [['text'], ['A note']], sheet: 'S' }]).toBuffer()
    for (const part of [0.2, 0.5, 0.9, 0.999]) {
      await expect(readFile('cut.xlsx', whole.subarray(0, whole.length * part))).rejects.toMatchObject({
        code: 'file-unreadable',
        message: expect.stringMatching(/cut\.xlsx is damaged or cut short\. Nothing was changed/),
      })
    }
  })

  it('that is a zip bomb is refused before it unpacks', async () => {
    for (const name of [
      'xl/worksheets/sheet1.xml',
      'xl/workbook.xml',
      '_rels/.rels',
      'xl/_rels/workbook.xml.rels',
    ]) {
      const bomb = changed(entries(), name, { data: blank })
      expect(bomb.length).toBeLessThan(200_000)
      await expect(readFile('bomb.xlsx', bomb)).rejects.toMatchObject({
        code: 'too-large',
        message: expect.stringMatching(/bomb\.xlsx would unpack to 150 MB/),
      })
    }
    const strings = bookEntries({
      sheets: [{ name: 'S', data: '<row><c t="s"><v>0</v></c></row>' }],
      strings: '',
    })
    const bomb = changed(strings, 'xl/sharedStrings.xml', { data: blank })
    await expect(readFile('bomb.xlsx', bomb)).rejects.toMatchObject({ code: 'too-large' })
  })

  it('of 200 KB whose sheets are all the same part of 84 MB is given up after the second', async () => {
    // Mostly of what is dear to unpack and cheap to look through.
    const row = `<row><c s="${'1'.repeat(1_000)}"/></row>`
    const rows = Buffer.alloc(84_000 * row.length, row)
    const parts = [Buffer.from('<worksheet><sheetData>'), rows, Buffer.from('</sheetData></worksheet>')]
    const sheets = Array.from({ length: 1_000 }, (_, at) => `<sheet name="s${at}" r:id="rId1"/>`).join('')
    const bomb = zipOf(
      bookEntries({ sheets: [{ name: 'S', data: '' }] }).map((entry) => {
        if (entry.name === 'xl/workbook.xml')
          return { ...entry, data: `<workbook xmlns:r="r"><sheets>${sheets}</sheets></workbook>` }
        return entry.name.endsWith('sheet1.xml') ? { ...entry, data: Buffer.concat(parts) } : entry
      }),
    )
    expect(bomb.length).toBeLessThan(400_000)
    await expect(readFile('sheets.xlsx', bomb)).rejects.toMatchObject({
      code: 'too-large',
      message: expect.stringMatching(/sheets\.xlsx would unpack to 1\d\d MB/),
    })
  })

  it('of more rows than a codebook has codes is no codebook, and is not read to its end', async () => {
    const rows = inlineRows([['name'], ...Array.from({ length: 100_010 }, () => ['a'])])
    const file = folder.file('codes.xlsx', bookOf({ sheets: [{ name: 'S', data: rows }] }))
    await expect(readCodebookFile(file)).rejects.toMatchObject({
      code: 'too-large',
      message: 'codes.xlsx is larger than any codebook. Nothing was changed.',
    })
  })

  it('that hides its real size is stopped at the size it states', async () => {
    const bomb = changed(entries(), 'xl/worksheets/sheet1.xml', { data: blank, size: 1_000 })
    await expect(readFile('lie.xlsx', bomb)).rejects.toThrow(/lie\.xlsx is damaged/)
  })

  it('whose bytes are not the ones that were packed is refused', async () => {
    const wrong = changed(entries(), 'xl/worksheets/sheet1.xml', { crc: 1 })
    await expect(readFile('crc.xlsx', wrong)).rejects.toThrow(/crc\.xlsx is damaged/)
  })

  it('that holds two parts of one name, or too many parts, is refused', async () => {
    const twice = [...entries(), { name: 'xl/WORKBOOK.xml', data: 'x' }]
    await expect(readFile('twice.xlsx', zipOf(twice))).rejects.toThrow(/damaged/)
    const many = Array.from({ length: 10_001 }, (_, i) => ({ name: `x/${i}`, data: '' }))
    await expect(readFile('many.xlsx', zipOf(many))).rejects.toThrow(/has 10001 parts; at most 10000/)
  })

  it('that is protected, of another format, or no workbook at all says so', async () => {
    const locked = changed(entries(), 'xl/workbook.xml', { isEncrypted: true })
    await expect(readFile('locked.xlsx', locked)).rejects.toThrow(/is protected with a password/)
    const ole = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(5_000)])
    await expect(readFile('old.xlsx', ole)).rejects.toThrow(
      /protected with a password, or is in the format of/,
    )
    await expect(readFile('text.xlsx', 'id,text\n1,x\n')).rejects.toThrow(
      /text\.xlsx is not an Excel workbook/,
    )
    await expect(readFile('none.xlsx', '')).rejects.toThrow(/none\.xlsx is not an Excel workbook/)
    await expect(readFile('word.xlsx', wordOf(paragraph('x')))).rejects.toThrow(/is not an Excel workbook/)
    await expect(readFile('zip.xlsx', zipOf([{ name: 'a', data: 'b' }]))).rejects.toThrow(
      /is not an Excel workbook/,
    )
  })

  it('with a DOCTYPE, and entities that would grow without end, is refused', async () => {
    const laughs = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`)
    const declared = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">${laughs.join('')}<!ENTITY f SYSTEM "file:///etc/passwd">]>`
    const sheet = `<worksheet><sheetData><row><c t="str"><v>&l9;&f;</v></c></row></sheetData></worksheet>`
    const bomb = changed(entries(), 'xl/worksheets/sheet1.xml', { data: declared + sheet })
    await expect(readFile('laughs.xlsx', bomb)).rejects.toThrow(/holds a document type declaration/)
    const undeclared = changed(entries(), 'xl/worksheets/sheet1.xml', { data: sheet })
    await expect(readFile('entity.xlsx', undeclared)).rejects.toThrow(/damaged/)
  })

  it('with XML that is not well-formed, too deep, in a wrong encoding or without end is refused', async () => {
    const deep = '<a>'.repeat(300) + '</a>'.repeat(300)
    const wrong = [
      '<worksheet><sheetData>',
      '<a b="1" b="2"/>',
      '<a>\u0001</a>',
      deep,
      Buffer.from('<a>\xff</a>', 'latin1'),
    ]
    for (const data of wrong) {
      const file = changed(entries(), 'xl/worksheets/sheet1.xml', { data })
      await expect(readFile('wrong.xlsx', file)).rejects.toThrow(/damaged/)
    }
    const attributes = Array.from({ length: 2_000 }, (_, i) => `a${i}=""`).join(' ')
    const many = changed(entries(), 'xl/worksheets/sheet1.xml', { data: `<worksheet ${attributes}/>` })
    await expect(readFile('many.xlsx', many)).rejects.toThrow(/damaged/)
    const endless = `<worksheet><sheetData><row><c t="str"><v>${letters(66_000_000)}`
    const cell = changed(entries(), 'xl/worksheets/sheet1.xml', { data: endless })
    await expect(readFile('cell.xlsx', cell)).rejects.toMatchObject({ code: 'too-large' })
  })

  it('that claims 1,048,576 rows but has few is read at once', async () => {
    const far = '<row r="1048576"><c r="A1048576" t="str"><v>The last row</v></c></row>'
    const header = '<row r="1"><c r="A1" t="str"><v>text</v></c></row>'
    const path = folder.file(
      'dimension.xlsx',
      bookOf({ sheets: [{ name: 'S', data: header + far, before: '<dimension ref="A1:XFD1048576"/>' }] }),
    )
    expect(await read(path)).toMatchObject([{ row: 1_048_575, text: 'The last row' }])
    expect(computed() - started).toBeLessThan(10_000)
  })

  it('with more columns than it can have, or a duplicate header, is refused', async () => {
    const wide = (count: number) => `<row>${'<c t="str"><v>x</v></c>'.repeat(count)}</row>`
    const of = (data: string) => bookOf({ sheets: [{ name: 'S', data }] })
    await expect(readFile('wide.xlsx', of(wide(1_000_000)))).rejects.toThrow(/damaged/)
    await expect(readFile('wide.xlsx', of(wide(16_384)))).rejects.toThrow(/16384 columns; at most 2000/)
    await expect(readFile('far.xlsx', of('<row><c r="ZZZZZZZ1"><v>1</v></c></row>'))).rejects.toThrow(
      /damaged/,
    )
    await expect(readFile('two.xlsx', of(wide(2)))).rejects.toThrow(/two columns named "x"/)
  })

  it('with shared texts that are not there, or more of them than memory should hold, is refused', async () => {
    const header = '<row><c t="str"><v>text</v></c></row>'
    const missing = (value: string) =>
      bookOf({
        sheets: [{ name: 'S', data: `${header}<row><c t="s"><v>${value}</v></c></row>` }],
        strings: '<si><t>a</t></si>',
      })
    for (const value of ['1', '-1', '1.5', 'x', '1e99']) {
      await expect(readFile('missing.xlsx', missing(value))).rejects.toThrow(/damaged/)
    }
    const strings = `<si><t>${letters(200_000)}</t></si>`.repeat(10)
    const zip = await ZipParts.open(
      folder.file('many.xlsx', zipOf([{ name: 's', data: `<sst>${strings}</sst>` }])),
      '',
    )
    const shared = new SharedStrings(zip, 's', { maxBytes: 1_000_000 })
    await shared.readTo(4)
    await expect(shared.readTo(5)).rejects.toMatchObject({
      code: 'too-large',
      message: expect.stringMatching(/more than 1 MB of text.*save the sheet as CSV/),
    })
    await shared.close()
    zip.close()
  })

  it('with NUL characters or half of a character in a cell loses only that row', async () => {
    const rows = inlineRows([['text'], ['nul_x0000_'], ['half_xD800_'], ['fine']])
    const notes = await readFile('odd.xlsx', bookOf({ sheets: [{ name: 'S', data: rows }] }))
    expect(notes.map((note) => note.problem)).toEqual([
      'contains NUL bytes',
      'contains half of a character',
      undefined,
    ])
  })

  it('can be stopped while it is read', async () => {
    const cancel = new CancelToken()
    const rows = inlineRows([['text'], ...Array.from({ length: 50_000 }, () => ['Some text'])])
    const path = folder.file('stop.xlsx', bookOf({ sheets: [{ name: 'S', data: rows }] }))
    const run = async () => {
      for await (const { row } of readNotes([path], { text: 'text' }, { signal: cancel }))
        if (row === 10) cancel.cancel()
    }
    await expect(run()).rejects.toMatchObject({ code: 'cancelled' })
  })
})

describe('a delimited table', () => {
  it('with a cell of tens of MB loses only that row', async () => {
    const path = `${folder.path}/big.csv`
    const out = createWriteStream(path)
    out.write('id,text\n1,first\n2,"')
    for (let i = 0; i < fewOf(21, 50); i++)
      if (!out.write('Seen today. '.repeat(87_382))) await once(out, 'drain')
    out.end('"\n3,third\n')
    await once(out, 'finish')
    const notes = await read(path, { text: 'text', noteId: 'id' })
    expect(notes.map(({ id, problem }) => [id, problem])).toEqual([
      ['1', undefined],
      ['2', 'text longer than 20,000,000 characters'],
      ['3', undefined],
    ])
  })

  /** A file of this length that is the same few bytes again and again. */
  const repeated = async (name: string, start: string, again: string, length: number) => {
    const path = `${folder.path}/${name}`
    const out = createWriteStream(path)
    out.write(start)
    const block = again.repeat(Math.ceil(1_000_000 / again.length))
    for (let at = 0; at < length; at += block.length) if (!out.write(block)) await once(out, 'drain')
    out.end()
    await once(out, 'finish')
    return path
  }

  it('of one line without end, in words or of cells alone, is refused by name', async () => {
    await expect(
      read(await repeated('line.csv', 'id,text\n1,"', 'Seen today. ', 101_000_000)),
    ).rejects.toMatchObject({
      code: 'import-failed',
      message: expect.stringMatching(
        /line\.csv has more than 100 million characters in .* Nothing was imported/,
      ),
    })
    for (const [start, where] of [
      ['', 'in the header'],
      ['id,text\n1,a\n', 'after row 2'],
    ] as const)
      await expect(read(await repeated('cells.csv', start, ',', 5_100_000))).rejects.toMatchObject({
        code: 'import-failed',
        message: expect.stringContaining(
          `cells.csv has more than 5,000,000 cells in a row (${where}). Nothing was imported`,
        ),
      })
  })

  it('of nothing but line ends is refused by name', async () => {
    await expect(read(await repeated('ends.csv', 'text\na\n', '\n', 4_000_000))).rejects.toThrow(
      /ends\.csv has more than 2,000,000 empty rows one after the other \(after row 200000\d\)/,
    )
  })

  it('with NUL bytes, empty rows and mixed line ends keeps the right rows', async () => {
    const notes = await readFile('mixed.csv', 'text\r\none\n\r\ntwo\r"three\r\nfour"\n,\n\0\r\nfive')
    expect(notes.map(({ row, text, problem }) => [row, problem ?? text])).toEqual([
      [1, 'one'],
      [3, 'two'],
      [4, 'three\nfour'],
      [6, 'contains NUL bytes'],
      [7, 'five'],
    ])
  })

  it('with duplicate headers, or hundreds of thousands of columns, is refused', async () => {
    await expect(readFile('two.csv', 'id,text,text\n1,a,b\n')).rejects.toThrow(/two columns named "text"/)
    const columns = fewOf(200_000, 1_000_000)
    const wide = Array.from({ length: columns }, (_, i) => `c${i}`).join(',')
    await expect(readFile('wide.csv', `${wide}\n${wide}\n`)).rejects.toThrow(
      `${columns} columns; at most 2000`,
    )
  })

  it('in another encoding than it seems is read right or refused, never garbled', async () => {
    expect(await readFile('w.csv', cp1252('text\nMum’s £5\n'))).toMatchObject([{ text: 'Mum’s £5' }])
    const late = Buffer.concat([Buffer.from(`text\n${'Mum’s\n'.repeat(30_000)}`), Buffer.from([0x93, 0x0a])])
    await expect(readFile('late.csv', late)).rejects.toThrow(/1 damaged place, the first on line 30002/)
    const odd = Buffer.from('\ufefftext\nabc', 'utf16le').subarray(0, -1)
    await expect(readFile('odd.csv', odd)).rejects.toThrow(/UTF-16 text that is cut short/)
  })

  it('that is really a workbook, a Word document or a PDF is no table of notes', async () => {
    for (const bytes of [
      bookOf({ sheets: [{ name: 'S', data: book }] }),
      wordOf(paragraph('x')),
      pdfOf([pdfText(['x'])]),
    ]) {
      await expect(readFile('binary.csv', bytes)).rejects.toMatchObject({ name: 'Problem' })
    }
  })
})

describe('a Word document', () => {
  it('that is a zip bomb is refused before it unpacks, also in its footnotes', async () => {
    expect(await reason('b.docx', changed(wordEntries(''), 'word/document.xml', { data: blank }))).toMatch(
      /b\.docx would unpack to 150 MB, which is more than its kind of file holds\. If it/,
    )
    const entries = wordEntries('<w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p>', [
      ['footnotes', 'footnotes.xml', ''],
    ])
    expect(await reason('f.docx', changed(entries, 'word/footnotes.xml', { data: blank }))).toMatch(
      /would unpack/,
    )
    const lie = changed(wordEntries(''), 'word/document.xml', { data: blank, size: 2_000 })
    expect(await reason('l.docx', lie)).toMatch(/l\.docx is damaged or cut short\. Get the file again/)
  })

  it('with embedded parts without end, in each other or side by side, is read as far as a letter goes', async () => {
    const holding = (inside: string | Uint8Array, name: string, times = 1) => {
      const ids = Array.from({ length: times }, (_, at) => at)
      const type = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk'
      const links = ids.map((at) => `<Relationship Id="c${at}" Type="${type}" Target="${name}"/>`)
      const body = `${paragraph('outer')}${ids.map((at) => `<w:altChunk r:id="c${at}"/>`).join('')}`
      const rels = `<Relationships>${links.join('')}</Relationships>`
      const entries = wordEntries(body).map((entry) =>
        entry.name.endsWith('document.xml.rels') ? { ...entry, data: rels } : entry,
      )
      return zipOf([...entries, { name: `word/${name}`, data: inside }])
    }
    let nested: Uint8Array = wordOf(paragraph('inmost'))
    for (let depth = 0; depth < 10; depth++) nested = holding(nested, 'c.docx', 3)
    const [note] = await readFile('n.docx', nested, null)
    expect(note?.text.split('\n').length).toBeLessThan(60)
    expect(note?.warning).toMatch(/^not in the note: \d+ embedded parts that cannot be read$/)
    const [many] = await readFile('m.docx', holding('<p>in</p>', 'c.html', 1_000), null)
    expect(many?.text.split('\n')).toHaveLength(201)
    expect(many?.warning).toBe('not in the note: 800 embedded parts that cannot be read')
    const [bomb] = await readFile('b.docx', holding(blank, 'c.html'), null)
    expect(bomb).toMatchObject({ text: 'outer', warning: expect.stringMatching(/1 embedded part that/) })
    expect(await reason('l.docx', holding(letters(20_000_100), 'c.txt'))).toMatch(/longer than 20,000,000/)
    for (const piece of [
      '<head>',
      '<p',
      '<a "',
      "<b '>",
      '<!--',
      '<td>',
      '&#',
      '<pre> ',
      '<script>',
      '<',
      '\n ',
    ]) {
      const page = `<html>${piece.repeat(2_000_000 / piece.length)}`
      const [read] = await readFile('h.docx', holding(page, 'c.html'), null)
      expect(read?.text.startsWith('outer'), piece).toBe(true)
    }
  })

  it('with marks of footnotes without end is read in one go', async () => {
    const marks = Array.from({ length: 100_000 }, (_, at) => `<w:footnoteReference w:id="${at}"/>`).join('')
    const [note] = await readFile('m.docx', wordOf(`<w:p><w:r>${marks}</w:r></w:p>`))
    expect(note?.text.startsWith('[1][2][3]')).toBe(true)
    expect(note?.text.endsWith('\n[100000] ')).toBe(true)
  })

  it('of empty tags without end, or tags in each other, is refused', async () => {
    const tags = Buffer.alloc(10_100_000 * 6, '<w:r/>')
    const data = Buffer.concat([Buffer.from('<w:document><w:body><w:p>'), tags])
    const file = changed(wordEntries(''), 'word/document.xml', { data })
    expect(await reason('f.docx', file)).toMatch(
      /^f\.docx is put together from more than 10 million pieces, which no letter is\. If it is really/,
    )
    expect(await reason('d.docx', wordOf('<w:p>'.repeat(1_000_000)))).toMatch(/d\.docx is damaged/)
  })

  it('that is not one is refused, and the others are read', async () => {
    folder.file('d/1.docx', 'just text')
    folder.file('d/2.docx', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(5_000)]))
    folder.file('d/3.docx', bookOf({ sheets: [{ name: 'S', data: book }] }))
    folder.file('d/4.docx', wordOf(paragraph('cut')).subarray(0, 600))
    folder.file('d/5.docx', wordOf('<w:p/>'))
    folder.file('d/6.docx', '')
    folder.file('d/7.docx', wordOf(paragraph('The only good one')))
    const notes = await read(`${folder.path}/d`)
    expect(notes.map(({ text, problem }) => problem ?? text)).toEqual([
      expect.stringMatching(/^1\.docx is not a Word document \(\.docx\), whatever its name says\. Open it/),
      expect.stringMatching(
        /^2\.docx is protected with a password, or is in the format of Office before 2007/,
      ),
      expect.stringMatching(/^3\.docx is not a Word document/),
      expect.stringMatching(/^4\.docx is damaged or cut short/),
      'empty text',
      expect.stringMatching(/^6\.docx is not a Word document/),
      'The only good one',
    ])
  })

  it('with a DOCTYPE or more text than a note may have is refused', async () => {
    const declared = '<!DOCTYPE w:document SYSTEM "http://127.0.0.1:9/x.dtd"><w:document/>'
    expect(await reason('d.docx', changed(wordEntries(''), 'word/document.xml', { data: declared }))).toMatch(
      /d\.docx holds a document type declaration/,
    )
    const line = paragraph(letters(1_000_000))
    expect(await reason('l.docx', wordOf(line.repeat(21)))).toBe('text longer than 20,000,000 characters')
  })
})

describe('a PDF', () => {
  it('without text is refused as a scan', async () => {
    expect(await reason('scan.pdf', pdfOf(['0 0 m 100 100 l S', '']))).toBe('has no text layer (a scan?)')
  })

  it('that is encrypted is refused', async () => {
    const trailer = `/Encrypt 4 0 R/ID[<${'00'.repeat(16)}><${'00'.repeat(16)}>]`
    const encrypt = `<</Filter/Standard/V 2/R 3/Length 128/P -44/O<${'11'.repeat(32)}>/U<${'22'.repeat(32)}>>>`
    const file = pdfOf([pdfText(['secret'])], { more: [encrypt], trailer })
    expect(await reason('locked.pdf', file)).toBe(
      'is encrypted; open it with its password and print it to a new PDF',
    )
  })

  it('that is not one, is empty, or is cut short is refused or read as far as it is whole', async () => {
    expect(await reason('a.pdf', 'just text')).toBe('is not a PDF, whatever its name says')
    expect(await reason('b.pdf', '')).toBe('is not a PDF, whatever its name says')
    expect(await reason('c.pdf', '%PDF-1.7\n')).toBe('is damaged or cut short')
    expect(await reason('d.pdf', pdfOfObjects(['<</Type/Catalog/Pages 1 0 R>>']))).toBe(
      'is damaged or cut short',
    )
    const whole = pdfOf([pdfText(['Some words'])])
    const [note] = await readFile('e.pdf', whole.subarray(0, whole.length - 150))
    expect(note?.problem ?? note?.text).toMatch(/^(Some words|is damaged or cut short|has no text layer.*)$/)
  })

  it('that is a bomb, packed once or twice, is refused', async () => {
    const bomb = 'unpacks to more than a text can need; print it to a new PDF and choose that'
    expect(await reason('b.pdf', pdfOf([pdfStream(Buffer.alloc(210_000_000, 32), 'flate')]))).toBe(bomb)
    const once = deflateSync(Buffer.alloc(210_000_000, 32))
    const twice = pdfStream(once, 'flate', '/Filter[/F#6cateDecode/FlateDecode]')
    expect(await reason('t.pdf', pdfOf([twice]))).toBe(bomb)
  })

  it('that is a bomb packed by any other filter is refused', async () => {
    const packed = deflateSync(Buffer.alloc(150_000_000, 32))
    const spaces = Buffer.alloc(2_400_000, Buffer.from([129, 32]))
    for (const [name, data, filter] of [
      ['hex.pdf', `${packed.toString('hex')}>`, '[/ASCIIHexDecode/FlateDecode]'],
      ['run.pdf', spaces, '/RunLengthDecode'],
    ] as const)
      expect(await reason(name, pdfOf([pdfStream(data, undefined, `/Filter${filter}`)])), name).toBe(
        'unpacks to more than a text can need; print it to a new PDF and choose that',
      )
    // What stood in for the runtime's own arrays meanwhile has gone again.
    expect(new Uint8Array(300_000_000)).toHaveLength(300_000_000)
    expect(typeof DecompressionStream).toBe('function')
  })

  it('with pages without end, in a list, in each other or in a circle, is refused', async () => {
    const page = '<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>'
    const list = `<</Type/Pages/Kids[${'4 0 R '.repeat(1_000_000)}]/Count 1000000>>`
    const catalogue = '<</Type/Catalog/Pages 2 0 R>>'
    expect(await reason('list.pdf', pdfOfObjects([catalogue, list, '<<>>', page]))).toBe(
      'has 1000000 pages; at most 5000 are read',
    )
    const nodes = Array.from({ length: 50_000 }, (_, at) => `<</Type/Pages/Kids[${at + 3} 0 R]/Count 1>>`)
    expect(await reason('deep.pdf', pdfOfObjects([catalogue, ...nodes, page]))).toMatch(/no text|damaged/)
    const circle = '<</Type/Pages/Kids[2 0 R]/Count 10>>'
    expect(await reason('circle.pdf', pdfOfObjects([catalogue, circle]))).toBe('is damaged or cut short')
    expect(await reason('arrays.pdf', pdfOfObjects([catalogue, '['.repeat(2_000_000)]))).toBe(
      'is damaged or cut short',
    )
  })

  it('whose forms repeat each other without end is refused, and lets others work meanwhile', async () => {
    const forms = Array.from({ length: 12 }, (_, i) =>
      pdfStream(
        i < 11 ? `/A${i + 1} Do `.repeat(10) : `BT /F1 2 Tf 9 9 Td (${'ha'.repeat(200)}) Tj ET`,
        undefined,
        `/Type/XObject/Subtype/Form/BBox[0 0 1 1]/Resources<</Font<</F1 3 0 R>>/XObject<</A${i + 1} ${5 + i} 0 R>>>>`,
      ),
    )
    let turns = 0
    const timer = setInterval(() => turns++, 20)
    const file = pdfOf(['/A0 Do'], { resources: '/XObject<</A0 4 0 R>>', more: forms })
    expect(await reason('laughs.pdf', file)).toBe('has more text on page 1 than a page can show')
    clearInterval(timer)
    expect(turns).toBeGreaterThan(3)
  })

  it('with more on a page than anybody puts there is read without it, and says so', async () => {
    const remark = '<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents(A remark)>>'
    const withPage = (annotations: string) =>
      pdfOfObjects([
        '<</Type/Catalog/Pages 2 0 R>>',
        '<</Type/Pages/Kids[4 0 R]/Count 1>>',
        '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>',
        `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents 5 0 R/Annots[${annotations}]>>`,
        pdfStream(pdfText(['The text'])),
        remark,
      ])
    for (const annotations of [remark.repeat(100_000), '6 0 R '.repeat(200_000)]) {
      const [note] = await readFile('many.pdf', withPage(annotations), null)
      expect(note?.text).toBe('The text')
      expect(note?.warning).toBe(
        'form fields and comments were not looked for (the file holds too many objects)',
      )
    }
    const [few] = await readFile('few.pdf', withPage('6 0 R '.repeat(200)), null)
    expect(few?.warning).toBe('not in the note: 200 comments')
  })

  it('runs nothing and opens nothing', async () => {
    const action = '<</S/JavaScript/JS(app.alert\\(1\\))>>'
    const catalogue = `<</Type/Catalog/Pages 2 0 R/OpenAction ${action}/URI<</Base(http://127.0.0.1:9/)>>>>`
    const page =
      '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 4 0 R>>>>/Contents 5 0 R>>'
    // A font matrix that older readers ran as a program.
    const font =
      '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/FontMatrix[0.001 0 0 0.001 0 (0\\); globalThis.wasRun = true;//)]>>'
    const file = pdfOfObjects([
      catalogue,
      '<</Type/Pages/Kids[3 0 R]/Count 1>>',
      page,
      font,
      pdfStream(pdfText(['Words'])),
    ])
    expect((await readFile('script.pdf', file))[0]).toMatchObject({ text: 'Words' })
    expect((globalThis as { wasRun?: boolean }).wasRun).toBeUndefined()
  })
})

describe('plain text and JSON Lines', () => {
  /** Takes no room on the disk: what was never written reads as zeros. */
  const sparse = (name: string, length: number) => {
    const path = folder.file(name, '{"text":"')
    truncateSync(path, length)
    return path
  }

  it('of 1 GB in one line are refused by name', async () => {
    const [note] = await read(sparse('line.txt', 1_000_000_000), null)
    expect(note).toMatchObject({ source: 'line.txt', problem: 'text longer than 20,000,000 characters' })
    await expect(read(sparse('line.jsonl', 100_000_000), null)).rejects.toMatchObject({
      code: 'import-failed',
      message: expect.stringMatching(
        /line\.jsonl has a line \(1\) of more than 40,000,000 characters\. Nothing/,
      ),
    })
  })
})

describe('folders and files', () => {
  it('that lead in a circle by a link are read once', async () => {
    folder.file('loop/a.txt', 'Only once')
    symlinkSync(`${folder.path}/loop`, `${folder.path}/loop/again`)
    symlinkSync(`${folder.path}/loop/self.txt`, `${folder.path}/loop/self.txt`)
    expect(await read(`${folder.path}/loop`)).toMatchObject([{ id: 'a', text: 'Only once' }])
    await expect(read(`${folder.path}/loop/self.txt`)).rejects.toMatchObject({ code: 'file-unreadable' })
  })

  it('that may not be read are refused by name, the others read', async () => {
    folder.file('locked/a.txt', 'Good')
    // Root reads everything but the memory of a process that is not there.
    if (process.getuid?.() === 0) symlinkSync('/proc/self/mem', `${folder.path}/locked/b.txt`)
    else chmodSync(folder.file('locked/b.txt', 'secret'), 0)
    const notes = await read(`${folder.path}/locked`)
    expect(notes.map(({ text, problem }) => problem ?? text)).toEqual([
      'Good',
      expect.stringMatching(/^b\.txt could not be read \(E\w+\)\. Check that you may open it/),
    ])
  })

  it('that are no files at all, such as devices, are refused without being opened', async () => {
    symlinkSync('/dev/zero', `${folder.path}/zero.txt`)
    await expect(read(`${folder.path}/zero.txt`)).rejects.toThrow(/zero\.txt is not a file/)
  })
})
