import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCodebookCsv, writeCodebookCsv } from '../../../electron/store/exchange/codebook/csv.ts'
import { joinPath, splitPath } from '../../../electron/store/exchange/codebook/path.ts'
import { someOf } from '../../random.ts'
import { chain, codebooks, entry, HARD_NAMES, uuid } from './codebooks.ts'
import { computed, cp1252 } from './folder.ts'

const read = (csv: string) => readCodebookCsv(Buffer.from(csv))
const shape = (csv: string) => {
  const { entries } = read(csv)
  const nameOf = new Map(entries.map((code) => [code.id, code.name]))
  return entries.map((code) => [
    code.name,
    code.parentId === null ? null : nameOf.get(code.parentId),
    code.isFolder,
  ])
}

describe('a codebook table', () => {
  it('is written with the columns of the command line contract', () => {
    const entries = [
      entry('Maltreatment', { isFolder: true }),
      entry('Neglect', {
        parentId: uuid('Maltreatment'),
        colour: '#a1b2c3',
        definition: 'A, "b"',
        useWhen: '=SUM(A1)',
      }),
    ]
    expect(writeCodebookCsv(entries).split('\n')).toEqual([
      'name,path,parent,id,colour,definition,use_when,do_not_use_when,example,counter_example,theme,source,notes,short_label,is_folder,is_retired',
      `Maltreatment,Maltreatment,,${uuid('Maltreatment')},,,,,,,,,,,yes,`,
      `Neglect,Maltreatment > Neglect,${uuid('Maltreatment')},${uuid('Neglect')},#a1b2c3,"A, ""b""",'=SUM(A1),,,,,,,,,`,
      '',
    ])
    expect(writeCodebookCsv(entries, { bom: true }).startsWith('\ufeffname,')).toBe(true)
  })

  it('gives the same codes back in the same order, whatever is in them', () => {
    fc.assert(
      fc.property(codebooks, fc.boolean(), (entries, bom) => {
        const { entries: back, warnings } = read(writeCodebookCsv(entries, { bom }))
        expect(warnings).toEqual([])
        expect(back).toEqual(entries)
      }),
      { numRuns: someOf(300) },
    )
  })

  it('gives back ids that are no UUIDs, deep chains and 10,000 codes', () => {
    const own = [entry('a', { id: '-M' }), entry('b', { id: '=2', parentId: '-M' })]
    expect(read(writeCodebookCsv(own)).entries).toEqual(own)
    expect(read(writeCodebookCsv(chain(250))).entries).toEqual(chain(250))
    const many = Array.from({ length: 10_000 }, (_, i) => entry(`code ${i}`))
    expect(read(writeCodebookCsv(many)).entries).toEqual(many)
  })

  it('never starts a cell with what a spreadsheet runs', () => {
    const csv = writeCodebookCsv(HARD_NAMES.map((name) => entry(name, { definition: name })))
    expect(csv).not.toMatch(/(?:^|,|")[=@](?!")/m)
    expect(csv).toContain(`"'=HYPERLINK(""x"")"`)
  })
})

describe('a codebook table made by hand', () => {
  it('needs names only', () => {
    expect(read('Name\nA\n\nB\n').entries).toMatchObject([
      { name: 'A', parentId: null, isIdDerived: true },
      { name: 'B', parentId: null, isIdDerived: true },
    ])
    expect(read('name\nA').entries).toEqual(read('name\nA').entries)
  })

  it('may be of any encoding and delimiter, with names of columns in any case', () => {
    const csv = 'NAME;Use When;Do_not_use_when;Color\r\nCafé;“u”;n;ABC\r\n'
    expect(readCodebookCsv(cp1252(csv)).entries).toMatchObject([
      { name: 'Café', useWhen: '“u”', doNotUseWhen: 'n', colour: '#aabbcc' },
    ])
  })

  it('may name parents by name, path or id, in any order of rows', () => {
    const csv = [
      'name,parent,id',
      'Leaf,Top > Middle > Other,',
      'Other,Top > Middle,x',
      'Other,Top,y',
      'Middle,Top,m',
      'Second leaf,y,',
      'Third leaf,Middle,',
      'Top,,',
    ].join('\n')
    expect(shape(csv)).toEqual([
      ['Top', null, false],
      ['Other', 'Top', false],
      ['Second leaf', 'Other', false],
      ['Middle', 'Top', false],
      ['Other', 'Middle', false],
      ['Leaf', 'Other', false],
      ['Third leaf', 'Middle', false],
    ])
  })

  it('may give paths with or without the code itself; steps without a row become folders', () => {
    expect(
      shape('name,path\nNeglect,Maltreatment > Neglect\nAbuse,Maltreatment\nX,Far > Away > X\n'),
    ).toEqual([
      ['Maltreatment', null, true],
      ['Neglect', 'Maltreatment', false],
      ['Abuse', 'Maltreatment', false],
      ['Far', null, true],
      ['Away', 'Far', true],
      ['X', 'Away', false],
    ])
    expect(read('name,path\nX,Far > Away > X\n').warnings).toEqual([
      '"Far" has no row of its own; it was made as a folder.',
      '"Far > Away" has no row of its own; it was made as a folder.',
    ])
  })

  it('has paths that hold any name', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom(...HARD_NAMES), fc.string()), { minLength: 1, maxLength: 5 }),
        (raw) => {
          const names = raw.map((name) => name.trim()).filter((name) => name !== '')
          expect(splitPath(joinPath(names))).toEqual(names)
        },
      ),
      { numRuns: someOf(1_000) },
    )
    expect(joinPath(['A > B', 'C'])).toBe('"A > B" > C')
  })

  it('of another program is read by its own words, the levels from the names', () => {
    expect(shape('Code,Memo\nSchool,About school\nSchool > Attendance,Days missed\n')).toEqual([
      ['School', null, false],
      ['Attendance', 'School', false],
    ])
    const { entries, warnings } = read('Code,Memo,Coded\nSchool,About school,3\nSchool > Attendance,Days,1\n')
    expect(entries.map(({ definition }) => definition)).toEqual(['About school', 'Days'])
    expect(warnings).toEqual([
      'The column "Code" was read as the name of the code.',
      'The column "Memo" was read as the definition.',
      'The column "Coded" is not one of a codebook and was left out.',
    ])
    const levels = [
      ['Schule', null, false],
      ['Fehltage', 'Schule', false],
    ]
    expect(shape('Code;Beschreibung\nSchule;x\nSchule\\Fehltage;y\n')).toEqual(levels)
    expect(shape('Kategorie,Definition\nSchule,x\nSchule::Fehltage,y\n')).toEqual(levels)
    expect(shape('Código,Código padre\nSchule,\nFehltage,Schule\n')).toEqual(levels)
    expect(shape('Libellé,Couleur\nSchule,#ff0000\nSchule > Fehltage,\n')).toEqual(levels)
    expect(shape('Nr,Code,Label\n1,1,Schule\n2,1.1,Schule > Fehltage\n')).toEqual(levels)
    expect(
      shape('Hierarchical Name,Description\nNodes\\\\Schule,x\nNodes\\\\Schule\\\\Fehltage,y\n'),
    ).toEqual(levels)
  })

  it('of another program keeps a sign in a name that parts nothing there', () => {
    expect(shape('Code,Memo\nMother\\father,x\nSchool,y\n')).toEqual([
      ['Mother\\father', null, false],
      ['School', null, false],
    ])
  })

  it('tells of columns and colours that were not used', () => {
    expect(read('name,weight,colour\nA,3,red\n').warnings).toEqual([
      'The column "weight" is not one of a codebook and was left out.',
      'Row 1 has an invalid colour (red); it was left out.',
    ])
  })

  it.each([
    ['weight\nA\n', /no column "name"; it has weight.*no row of headings/],
    [
      'Memo,Farbe\nA,red\n',
      /no column "name".*"Memo" looks like the definition and "Farbe" looks like the colour/,
    ],
    ['Code,Label,Memo\nS1,School,x\n', /both "Code" and "Label" look like it/],
    [
      'School,About school,Context\nSiblings,Brothers and sisters,Family\n',
      /it has School, About school, Context\. If that is a code already, there is no row of headings/,
    ],
    ['', /codebook is empty/],
    ['name,definition\nA,x\n,y\n', /Row 2 of the codebook has no name/],
    ['name,id\nA,1\nB,2\nC,1\n', /Row 3 of the codebook has the same id as row 1/],
    ['name,parent\nA,Nobody\n', /Row 1 of the codebook has the parent "Nobody", which is no row/],
    ['name,parent\nX,\nY,\nZ,X\nZ,Y\nA,Z\n', /Row 5 .*several rows are called so/],
    ['name,parent\nA,C\nB,A\nC,B\n', /Row \d of the codebook is inside itself/],
    ['name,parent\nA,A\n', /Row 1 of the codebook is inside itself/],
    ['name,source\nA,b,c\n', /has 3 cells in row 1 where the header has 2/],
    ['name,Name\nA,b\n', /two columns named "Name"/],
    ['name\nA\n"B\n', /quotation mark/],
  ])('ends in a Problem that names the row: %j', (csv, words) => {
    expect(() => read(csv)).toThrow(words)
    expect(() => read(csv)).toThrow(expect.objectContaining({ code: 'import-failed' }))
  })

  it('with long chains of paths, many unknown steps or deep parents is done within seconds', () => {
    const before = computed()
    const line = Array.from({ length: 240 }, (_, i) => `n${i}`)
    const byPath = line.map((name, i) => `${name},${line.slice(0, i).join(' > ')}`).reverse()
    expect(read(`name,parent\n${byPath.join('\n')}\n`).entries).toHaveLength(240)
    const deep = Array.from({ length: 60 }, (_, i) => `x${i},a${i} > ${'b > '.repeat(240)}c`)
    expect(read(`name,path\n${deep.join('\n')}\n`).entries).toHaveLength(60 * 243)
    const tooDeep = Array.from({ length: 5_000 }, (_, i) => `n${i},${i === 0 ? '' : `n${i - 1}`}`)
    expect(() => read(`name,parent\n${tooDeep.join('\n')}\n`)).toThrow(/deeper than 250 levels/)
    expect(computed() - before).toBeLessThan(10_000)
  })
})
