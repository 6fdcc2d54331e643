import { readFileSync, symlinkSync } from 'node:fs'
import { stringify } from 'csv-stringify/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  attributesOf,
  type NoteIn,
  previewNotes,
  readNotes,
} from '../../../electron/store/exchange/notes/read.ts'
import { CancelToken } from '../../../shared/cancel.ts'
import { ImportPreview } from '../../../shared/contract/note-import.ts'
import { all, cp1252, fixture, testFolder, utf16be } from './folder.ts'
import { bookOf, inlineRows, paragraph, pdfOf, pdfText, wordOf } from './office-files.ts'

const BOM = '\ufeff'
const folder = testFolder()
const read = (path: string | string[], map: Parameters<typeof readNotes>[1] = null) =>
  all(readNotes(Array.isArray(path) ? path : [path], map))
const texts = (notes: NoteIn[]) => notes.map((note) => note.text)

describe('the sample notes', () => {
  it('are read by the guess, with every column in its place', async () => {
    const preview = await previewNotes([fixture('sample-notes.csv')])
    expect(ImportPreview.parse(preview)).toEqual(preview)
    expect(preview.guess).toMatchObject({
      text: 'text',
      noteId: 'note_id',
      caseId: 'brc_id',
      date: 'note_date',
    })
    expect(attributesOf(preview.guess as NonNullable<typeof preview.guess>)).toEqual(
      ['note_type', 'src_table', 'team', 'clinician_role'].map((name) => ({
        name,
        of: 'note',
        kind: 'category',
      })),
    )
    const notes = await read(fixture('sample-notes.csv'))
    expect(notes).toHaveLength(12)
    expect(notes[1]).toEqual({
      row: 2,
      source: 'sample-notes.csv',
      id: 'N002',
      caseId: '900001',
      date: '2019-03-11',
      title: null,
      text: 'Discussed at triage. Does not meet criteria; placement not stable, safeguarding plan first. Signposted. SW Jane Okafor informed on 07700 900123.',
      attributes: {
        note_type: 'Triage note',
        src_table: 'CAMHS_Event',
        team: 'CAMHS SPA',
        clinician_role: 'Clinical psychologist',
      },
    })
  })

  it('have the quotes that the gold file says at its positions', async () => {
    const notes = new Map((await read(fixture('sample-notes.csv'))).map((note) => [note.id, note.text]))
    const gold = JSON.parse(readFileSync(fixture('sample-notes-gold.json'), 'utf8'))
    for (const { note_id, identifiers } of gold) {
      for (const { start, end, text } of identifiers) expect(notes.get(note_id)?.slice(start, end)).toBe(text)
    }
  })
})

describe('tables', () => {
  const table =
    'id;BrcId;Created_Date;Note_Type;Text\r\n007;0042;01/09/2020 14:30;Ward;"Line one\r\nMum’s “words” £5"\r\n'

  it('are read alike in UTF-8, with a mark, in UTF-16 and in Windows-1252', async () => {
    const forms: Array<[string, Uint8Array]> = [
      ['utf-8', Buffer.from(table)],
      ['utf-8-bom', Buffer.from(BOM + table)],
      ['utf-16le', Buffer.from(BOM + table, 'utf16le')],
      ['utf-16be', utf16be(table)],
      ['windows-1252', cp1252(table)],
    ]
    for (const [encoding, bytes] of forms) {
      const path = folder.file(`${encoding}.csv`, bytes)
      expect((await previewNotes([path])).encoding).toBe(encoding)
      expect(await read(path)).toEqual([
        {
          row: 1,
          source: `${encoding}.csv`,
          id: '007',
          caseId: '0042',
          date: '2020-09-01',
          title: null,
          text: 'Line one\nMum’s “words” £5',
          attributes: { Note_Type: 'Ward' },
        },
      ])
    }
  })

  it('may be separated by comma, tab, semicolon or bar, and by what a "sep=" line says', async () => {
    for (const delimiter of [',', '\t', ';', '|']) {
      const rows = [
        ['note_id', 'team', 'text'],
        ['1', 'A, B; C', 'Seen today, with mum; settled | calm'],
        ['2', 'D', 'Second, shorter; note'],
      ]
      const path = folder.file('notes.csv', stringify(rows, { delimiter }))
      expect(texts(await read(path))).toEqual(rows.slice(1).map((row) => row[2]))
    }
    const path = folder.file('excel.csv', 'sep=|\r\nnote_id|text\r\n1|One, two; three')
    expect(texts(await read(path))).toEqual(['One, two; three'])
    expect(texts(await read(folder.file('t.tsv', 'id\ttext\n1\tSaid "no", left\n')))).toEqual([
      'Said "no", left',
    ])
  })

  it('keep ids exactly, drop empty values and the word NULL, and count rows as a spreadsheet does', async () => {
    const csv =
      'note_id,brc_id,date,team,text\n 0012 ,NULL,[01-09-2020],,First\n,,,,\n\n1e5,0,soon,NULL,Second\n'
    expect(await read(folder.file('a.csv', csv))).toMatchObject([
      { row: 1, id: '0012', caseId: null, date: '2020-09-01', attributes: {}, text: 'First' },
      { row: 4, id: '1e5', caseId: '0', date: 'soon', attributes: {}, text: 'Second' },
    ])
  })

  it('refuse bad rows one by one with the reason, and read the others', async () => {
    const csv = [
      'note_id,text',
      'a,',
      'b,one,two',
      'c',
      'd,nul\0here',
      `e,${'x'.repeat(20_000_001)}`,
      `${'i'.repeat(401)},long id`,
      'g,fine,',
      'h,also fine',
    ].join('\n')
    const notes = await read(folder.file('bad.csv', csv), { text: 'text', noteId: 'note_id' })
    expect(notes.map((note) => note.problem)).toEqual([
      'empty text',
      'wrong number of cells: 3 where the header has 2',
      'wrong number of cells: 1 where the header has 2',
      'contains NUL bytes',
      'text longer than 20,000,000 characters',
      'note id longer than 400 characters',
      undefined,
      undefined,
    ])
  })

  it('use the map that is given, for notes and cases', async () => {
    const csv = 'A,B,C,D\nx1,Some words of a note,F,12\n'
    const map = {
      text: 'B',
      title: 'A',
      attributes: {
        gender: { column: 'C', of: 'case', kind: 'category' },
        age: { column: 'D', of: 'note', kind: 'number' },
      },
    } as const
    expect(await read(folder.file('m.csv', csv), map)).toMatchObject([
      { id: null, title: 'x1', text: 'Some words of a note', attributes: { gender: 'F', age: '12' } },
    ])
    expect(attributesOf(map)).toEqual([
      { name: 'gender', of: 'case', kind: 'category' },
      { name: 'age', of: 'note', kind: 'number' },
    ])
  })

  it('are read by the names of columns as people type them, whatever line ends and spaces they hold', async () => {
    const path = folder.file('n.csv', '"Note\r\nID",Text , Seen  by\r\nA,one,mum\r\n')
    for (const noteId of ['Note\nID', 'Note\r\nID', 'Note ID', 'note id'])
      expect(await all(readNotes([path], { text: 'Text', noteId }))).toMatchObject([{ id: 'A', text: 'one' }])
    const { guess } = await previewNotes([path])
    expect(guess).toMatchObject({ noteId: 'Note\nID', attributes: { 'Seen by': { column: 'Seen  by' } } })
    const both = folder.file('o.csv', 'Text,"Seen\nby",Seen  by\none,mum,dad\n')
    expect(Object.keys((await previewNotes([both])).guess?.attributes ?? {})).toEqual([
      'Seen\nby',
      'Seen  by',
    ])
    const named = (column: string) =>
      all(readNotes([both], { text: 'Text', attributes: { By: { column, of: 'note', kind: 'text' } } }))
    expect(await named('Seen\nby')).toMatchObject([{ attributes: { By: 'mum' } }])
    await expect(named('seen by')).rejects.toThrow(
      '"seen by" could be several columns of o.csv: Seen⏎by, Seen␠␠by.',
    )
    await expect(named('Seen\tat')).rejects.toThrow(
      'has no column "Seen⇥at". Nothing was imported; there are: Text, Seen⏎by, Seen␠␠by.',
    )
  })

  it('leave out rows that are no notes, on evidence, and say why', async () => {
    const reasons = async (content: string, map: Parameters<typeof readNotes>[1] = null) =>
      (await all(readNotes([folder.file('h.csv', content)], map))).flatMap(({ row, leftOut }) =>
        leftOut === undefined ? [] : [[row, leftOut]],
      )
    expect(await reasons('id,text\nR1,Seen\nid,text\nR2,Calm\n')).toEqual([[2, 'the headings again']])
    expect(await reasons('id,text,score\nR1,Seen,3\nTotal,,3\n')).toEqual([[2, 'a row of totals']])
    expect(await reasons('id;text;score\nR1;Seen;3\nSumme:;;3\n')).toEqual([[2, 'a row of totals']])
    expect(await reasons('Respondent,Q1\n,Open-Ended Response\n1,We were heard by the worker.\n')).toEqual([
      [1, 'the kinds of answer, under the headings of a survey'],
    ])
    expect(await reasons('id,date,text\n(text),dd/mm/yyyy,[free text]\nR1,01/02/2024,Seen\n')).toEqual([
      [1, 'units or kinds of value, under the headings'],
    ])
    const notes = [
      'id,text\nTotal,The total of it was too much\nR2,Total\n',
      'id,text\nR1,days\nR2,text\n',
      'text\ntext\nTotal\n',
      'id,text,n\n"{""a"":1}",Seen,1\nR2,"{""ImportId"":""x""}",2\n',
    ]
    for (const content of notes) expect(await reasons(content, { text: 'text' }), content).toEqual([])
  })

  it('may have a title over the headings, or headings in a row that is named', async () => {
    const titled = folder.file('t.csv', 'Extract of 3 March;;\n\nNote ID;Text;Team\nA;Seen at home.;North\n')
    expect(await all(readNotes([titled], null))).toMatchObject([
      { row: 1, id: 'A', text: 'Seen at home.', attributes: { Team: 'North' } },
      { row: 0, remark: 'above the headings and in no note: "Extract of 3 March"' },
    ])
    expect(await previewNotes([titled])).toMatchObject({
      columns: ['Note ID', 'Text', 'Team'],
      heading: 3,
      heads: [
        { row: 1, words: 'Extract of 3 March' },
        { row: 3, words: 'Note ID · Text · Team' },
        { row: 4, words: 'A · Seen at home. · North' },
      ],
      numbers: [1],
      notNotes: [],
    })
    const bare = folder.file('u.csv', 'Extract of 3 March\nKey,Words\nA,Seen at home.\n')
    expect(await all(readNotes([bare], { text: 'words', noteId: 'Key', heading: 2 }))).toMatchObject([
      { row: 1, id: 'A', text: 'Seen at home.' },
      { row: 0 },
    ])
    expect((await previewNotes([bare], { heading: 2 })).columns).toEqual(['Key', 'Words'])
    await expect(previewNotes([bare], { heading: 9 })).rejects.toThrow(
      'u.csv has nothing in row 9, which was to hold the names of the columns',
    )
    const sheet = bookOf({
      sheets: [{ name: 'S', data: inlineRows([['Extract'], ['id', 'text'], ['A', 'Seen']]) }],
    })
    expect(await all(readNotes([folder.file('t.xlsx', sheet)], null))).toMatchObject([
      { row: 1, id: 'A', text: 'Seen' },
      { row: 0, remark: 'above the headings and in no note: "Extract"' },
    ])
    const untitled = folder.file('v.csv', 'note,\nA,Seen at home and settled.\n')
    expect((await previewNotes([untitled])).columns).toEqual(['note', 'column 2'])
  })

  it('say where a text is as long as a cell of Excel can be, and so probably cut', async () => {
    const [full, longer] = ['x'.repeat(32_767), 'x'.repeat(32_768)]
    const rows = [`A,${full},short`, `B,${longer},short`, `C,"${full.slice(1)}\r\n",${full}`]
    const path = folder.file('cut.csv', `id,text,seen\r\n${rows.join('\r\n')}\r\n`)
    const words = 'exactly 32,767 characters long, as much as a cell of Excel can hold, and probably cut'
    expect((await all(readNotes([path], null))).map(({ warning }) => warning)).toEqual([
      `the text: ${words}`,
      undefined,
      `the text, seen: ${words}`,
    ])
  })

  it('tell of columns that only a later table has', async () => {
    const [one, two] = [
      folder.file('one.csv', 'id,text\nA,Seen\n'),
      folder.file('two.csv', 'ID,text,risk\nB,Calm,high\n'),
    ]
    expect((await all(readNotes([one, two], { text: 'text', noteId: 'id' }))).at(-1)).toMatchObject({
      source: 'two.csv',
      remark: 'columns that the first table does not have and that are in no note: risk',
    })
  })

  it('end in a Problem that names what is wrong with the file', async () => {
    const problem = (name: string, content: string, map: Parameters<typeof readNotes>[1] = null) =>
      expect(read(folder.file(name, content), map)).rejects
    await problem('a.csv', 'id,text,id\n1,a,b\n').toThrow(/two columns named "id"/)
    await problem('b.csv', 'id,text\n1,a\n', { text: 'Notes' }).toThrow(
      /no column "Notes".*there are: id, text/,
    )
    await problem('c.csv', '').toThrow(/c\.csv is empty/)
    await problem('d.csv', 'n,m\n1,2\n').toThrow(/no column that looks like the text.*There are: n, m/)
    await problem('e.csv', 'id,text\n1,fine\n2,"never closed\n3,x\n').toThrow(
      /quotation mark in row 2 that is never closed/,
    )
    await problem('f.csv', Array.from({ length: 2_001 }, (_, i) => `c${i}`).join(',')).toThrow(/2001 columns/)
    await problem('g.rtf', 'x').toThrow(
      /g\.rtf is of a type that cannot be imported\. Nothing was imported; open it in a word processor and save it as \.docx\. Understood are tables .*\.csv, \.tsv, \.xlsx, \.jsonl.*\.txt, \.docx, \.pdf/,
    )
    await problem('h', 'x').toThrow(/h is of a type that cannot be imported/)
    await expect(read(`${folder.path}/none.csv`)).rejects.toMatchObject({ code: 'file-not-found' })
    await expect(read([])).rejects.toMatchObject({ code: 'bad-arguments' })
  })

  it('keep odd column names as plain data', async () => {
    const csv = '__proto__,constructor,text\np,c,The text of a note\n'
    const [note] = await read(folder.file('p.csv', csv))
    expect(Object.entries(note?.attributes ?? {})).toEqual([
      ['__proto__', 'p'],
      ['constructor', 'c'],
    ])
    expect(({} as Record<string, unknown>).p).toBeUndefined()
  })

  it('find the text by its length where no column is called so', async () => {
    const csv =
      'note,reason,words\n17,GP,She came with her mother and was settled.\n18,GP,Did not attend again this week.\n'
    expect((await previewNotes([folder.file('w.csv', csv)])).guess).toMatchObject({
      text: 'words',
      noteId: 'note',
    })
  })

  it('guess the kind of each attribute', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => ({
      text: `The text of note number ${i}, which is long enough.`,
      seen: i % 2 ? 'Yes' : 'no',
      age: String(10 + i),
      code: `00${i}`,
      when: `${(i % 28) + 1}/02/2020`,
      team: `Team ${i % 5}`,
      remark: `remark ${i}`,
    }))
    const preview = await previewNotes([folder.file('k.csv', stringify(rows, { header: true }))])
    const kinds = Object.entries(preview.guess?.attributes ?? {}).map(([name, { kind }]) => [name, kind])
    expect(kinds).toEqual([
      ['seen', 'boolean'],
      ['age', 'number'],
      ['code', 'text'],
      ['when', 'date'],
      ['team', 'category'],
      ['remark', 'text'],
    ])
  })

  it('can be several files with the same columns', async () => {
    const one = folder.file('x/1.csv', 'note_id,text\n1,One\n')
    folder.file('x/2.csv', 'note_id,text\n2,Two\n')
    expect((await read(`${folder.path}/x`)).map((note) => [note.source, note.row, note.text])).toEqual([
      ['1.csv', 1, 'One'],
      ['2.csv', 1, 'Two'],
    ])
    expect((await previewNotes([one])).rows).toEqual([['1', 'One']])
  })

  it('give back any cells that a writer quotes, whatever they hold', async () => {
    const cell = fc
      .string({ unit: 'grapheme', maxLength: 30 })
      .filter((s) => !/[\ufeff\0\r]/.test(s) && s.trim() !== '')
    await fc.assert(
      fc.asyncProperty(
        fc.array(cell, { minLength: 1, maxLength: 20 }),
        fc.constantFrom('\n', '\r\n'),
        async (cells, eol) => {
          const rows = cells.map((text, i) => ({ note_id: String(i), text }))
          const csv = stringify(rows, { header: true, quoted: true, record_delimiter: eol })
          expect(texts(await read(folder.file('any.csv', csv), { text: 'text' }))).toEqual(cells)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('are read alike wherever a piece of the file ends, also inside CRLF and inside a character', async () => {
    for (let shift = 0; shift < 8; shift++) {
      const rows = Array.from({ length: 16_000 }, (_, i) => `${i},"é😀\r\n${i}"`)
      const csv = `${'x'.repeat(shift + 1)},text\r\n${rows.join('\r\n')}\r\n`
      const notes = await read(folder.file('pieces.csv', csv), { text: 'text' })
      expect(notes.length).toBe(16_000)
      expect(notes.every((note, i) => note.text === `é😀\n${i}`)).toBe(true)
    }
  })

  it('are read no further ahead than a few pieces, however long they are, and say how far they are', async () => {
    const row = `"${'Seen at home with mum. '.repeat(400)}"\n`
    const path = folder.file('big.csv', `text\n${row.repeat(2_000)}`)
    const total = 5 + row.length * 2_000
    let [count, furthest, last] = [0, 0, { done: 0, total: 0 as number | null }]
    const onProgress = (progress: typeof last) => {
      last = progress
    }
    for await (const note of readNotes([path], { text: 'text' }, { onProgress })) {
      if (note.problem === undefined) count++
      furthest = Math.max(furthest, last.done - count * row.length)
    }
    expect(count).toBe(2_000)
    expect(last).toMatchObject({ done: total, total })
    expect(furthest).toBeLessThan(2_000_000)
  })

  it('stop when asked to', async () => {
    const cancel = new CancelToken()
    const path = folder.file('s.csv', `note_id,text\n${'1,Some text\n'.repeat(1_000)}`)
    let count = 0
    const run = async () => {
      for await (const _ of readNotes([path], { text: 'text' }, { signal: cancel }))
        if (++count === 10) cancel.cancel()
    }
    await expect(run()).rejects.toMatchObject({ code: 'cancelled' })
    expect(count).toBe(10)
  })
})

describe('text files', () => {
  it('are found in folders to the bottom, sorted, with their path as id', async () => {
    folder.file('notes/b.txt', 'Second')
    folder.file('notes/a/one.TXT', Buffer.from(`${BOM}First\r\nline`, 'utf16le'))
    folder.file('notes/a/deep/x.y.txt', cp1252('Mum’s'))
    folder.file('notes/.hidden.txt', 'no')
    folder.file('notes/.git/c.txt', 'no')
    folder.file('notes/Thumbs.db', 'no')
    symlinkSync(`${folder.path}/notes`, `${folder.path}/notes/circle`)
    expect(await read(`${folder.path}/notes`)).toMatchObject([
      { row: 1, id: 'a/deep/x.y', title: 'x.y', text: 'Mum’s', source: 'x.y.txt' },
      { row: 2, id: 'a/one', title: 'one', text: 'First\nline' },
      { row: 3, id: 'b', title: 'b', text: 'Second', caseId: null, attributes: {} },
    ])
    const preview = await previewNotes([`${folder.path}/notes`])
    expect(preview).toMatchObject({
      kind: 'texts',
      files: ['x.y.txt', 'one.TXT', 'b.txt'],
      columns: ['name', 'text'],
    })
    expect(ImportPreview.parse(preview)).toEqual(preview)
  })

  it('are refused one by one when empty, binary, damaged or of one name', async () => {
    const paths = [
      folder.file('a.txt', ' \n '),
      folder.file('b.txt', Buffer.from('PK\x03\x04\0\0\0abc', 'latin1')),
      folder.file('c.txt', Buffer.from(`${BOM}abc`, 'utf16le').subarray(0, 7)),
      folder.file('d.txt', 'fine'),
      folder.file('other/d.txt', 'fine too'),
    ]
    expect((await read(paths)).map((note) => note.problem?.slice(0, 40))).toEqual([
      'empty text',
      'contains NUL bytes',
      expect.stringContaining('The file is UTF-16 text that is cut'),
      undefined,
      'another file chosen has the same name (d',
    ])
  })

  it('in an empty folder, or one of other files, are missed with a word on what is understood', async () => {
    folder.file('none/.keep', '')
    await expect(read(`${folder.path}/none`)).rejects.toThrow(/holds no file that can be imported\. Nothing/)
    folder.file('photos/a.jpg', 'x')
    await expect(read(`${folder.path}/photos`)).rejects.toThrow(
      /holds no file that can be imported \(it has a\.jpg, for example\).*understood are tables/,
    )
  })
})

describe('a mixed selection', () => {
  const book = bookOf({
    sheets: [
      {
        name: 'S',
        data: inlineRows([
          ['id', 'text'],
          ['x', 'From a workbook'],
        ]),
      },
    ],
  })

  it('of a folder gives the rows of its tables, then its single files, then what was left out', async () => {
    folder.file('mix/b.csv', 'id,text\nc,From a table')
    folder.file('mix/b.xlsx', book)
    folder.file('mix/b.ndjson', '{"text":"From lines","id":"j"}')
    folder.file('mix/a.txt', 'From a text')
    folder.file('mix/sub/l.docx', wordOf(paragraph('From a letter')))
    folder.file('mix/p.PDF', pdfOf([pdfText(['From a page'])]))
    for (const name of ['1.jpg', '2.JPG', '3.eml', 'none']) folder.file(`mix/other/${name}`, 'x')
    const map = { text: 'text', noteId: 'id' }
    const notes = await read(`${folder.path}/mix`, map)
    expect(notes.map(({ source, row, id, text, problem }) => [source, row, id, problem ?? text])).toEqual([
      ['b.csv', 1, 'c', 'From a table'],
      ['b.ndjson', 1, 'j', 'From lines'],
      ['b.xlsx', 1, 'x', 'From a workbook'],
      ['a.txt', 1, 'a', 'From a text'],
      ['p.PDF', 2, 'p', 'From a page'],
      ['l.docx', 3, 'sub/l', 'From a letter'],
      ['1.jpg', 4, null, '.jpg files cannot be imported (2 left out, the first is other/1.jpg)'],
      ['3.eml', 5, null, '.eml files cannot be imported (1 left out, the first is other/3.eml)'],
      ['none', 6, null, 'files without a type cannot be imported (1 left out, the first is other/none)'],
    ])
    const preview = await previewNotes([`${folder.path}/mix`])
    expect(preview).toMatchObject({ kind: 'table', encoding: 'utf-8', columns: ['id', 'text'] })
    expect(preview.files).toEqual(['b.csv', 'b.ndjson', 'b.xlsx', 'a.txt', 'p.PDF', 'l.docx'])
  })

  it('of tables needs the mapped columns in each, before the first row is read', async () => {
    const paths = [folder.file('1.csv', 'id,text\n1,One'), folder.file('2.jsonl', '{"id":"2","words":"Two"}')]
    let rows = 0
    const run = async () => {
      for await (const _ of readNotes(paths, { text: 'text' })) rows++
    }
    await expect(run()).rejects.toThrow(/2\.jsonl has no column "text".*there are: id, words/)
    expect(rows).toBe(0)
    // Columns that are not mapped may differ.
    expect(texts(await read([...paths.slice(0, 1), folder.file('3.xlsx', book)], { text: 'text' }))).toEqual([
      'One',
      'From a workbook',
    ])
  })
})
