import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Cell, readCodingsCsv, readTable, toCsv } from '../../../electron/store/exchange/tables/csv.ts'
import { someOf } from '../../random.ts'

const read = (csv: string) => readCodingsCsv(Buffer.from(csv))

describe('a table as CSV', () => {
  it('quotes where needed, ends lines with LF, and keeps spreadsheets from running cells', () => {
    const rows: Cell[][] = [
      ['a,b', 'say "x"', 'two\nlines', null],
      ['=1+1', '-1', '@x', -1.5],
      ['+44', '\tx', "'=y", "it's"],
    ]
    expect(toCsv(['w', 'x', 'y', 'z'], rows)).toBe(
      `w,x,y,z\n"a,b","say ""x""","two\nlines",\n'=1+1,'-1,'@x,-1.5\n'+44,'\tx,''=y,it's\n`,
    )
    expect(toCsv(['é'], [], { bom: true })).toBe('\ufeffé\n')
  })

  it('reads back exactly', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.constantFrom("'", "''=", '=', "'-", '\r', '\r\n', '\n', '"', ','),
    )
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { maxLength: 8 }), fc.boolean(), (pairs, bom) => {
        const rows = pairs.map(([a, b]) => ['x', a.replaceAll('\ufeff', ''), b])
        const back = readTable(Buffer.from(toCsv(['k', 'a', 'b'], rows, { bom })), 'The table')
        expect(back.columns).toEqual(['k', 'a', 'b'])
        expect(back.rows.map((row) => row.cells)).toEqual(rows)
      }),
      { numRuns: someOf(500) },
    )
  })
})

describe('a table of codings', () => {
  it('gives ranges, whole notes, notes only seen, memos and qualifiers', () => {
    const csv =
      'note,code,start,end,memo,Qualifier.time,qualifier.who,quote\n007,Neglect,3,9,"A, b",past,,x\n007,A > B,,,,,,\n\n008,,,,,,,\n'
    expect(read(csv)).toEqual({
      rows: [
        {
          row: 1,
          note: '007',
          code: 'Neglect',
          span: { start: 3, end: 9 },
          memo: 'A, b',
          qualifiers: { time: 'past' },
        },
        { row: 2, note: '007', code: 'A > B', span: null, memo: '', qualifiers: {} },
        { row: 4, note: '008', code: null, span: null, memo: '', qualifiers: {} },
      ],
      ignored: ['quote'],
    })
    expect(read('code,note\nx,1').rows).toMatchObject([{ note: '1', code: 'x', span: null }])
  })

  it.each([
    ['note,start,end\n1,2,3', /no column "code".*has note, start, end/],
    ['note,code,start,end\n1,a,2,3\n,b,4,5', /Row 2 .* has no note/],
    ['note,code,start,end\n1,a,2,', /Row 1 .* only one of start and end/],
    ['note,code,start,end\n1,a,x,3', /Row 1 .* "x" as start/],
    ['note,code,start,end\n1,a,1,2.5', /Row 1 .* "2\.5" as end/],
    ['note,code,start,end\n1,a,-1,2', /Row 1 .* "-1" as start/],
    ['note,code,start,end\n1,a,1,1e3', /Row 1 .* "1e3" as end/],
    ['note,code,start,end\n1,a,5,5', /Row 1 .* ends at 5, which is not after its start/],
    ['note,code,start,end\n1,,1,5', /Row 1 .* a range but no code/],
    ['note,code,start,end\n1,a,1,5,extra', /5 cells in row 1 where the header has 4/],
    ['', /is empty/],
  ])('ends in a Problem that names the row: %j', (csv, words) => {
    expect(() => read(csv)).toThrow(words)
    expect(() => read(csv)).toThrow(expect.objectContaining({ code: 'import-failed' }))
  })
})

describe('a small table', () => {
  it('of commas or line ends alone is refused before a cell is made of each', () => {
    const words = 'A table has more than 2 million rows or 10 million cells. Nothing was imported; split it.'
    for (const bytes of [Buffer.alloc(10_000_001, ','), Buffer.alloc(2_000_001, '\n')])
      expect(() => readTable(bytes, 'A table')).toThrow(words)
  })
})
