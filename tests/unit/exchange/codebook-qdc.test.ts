import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import type { CodebookEntry } from '../../../electron/store/exchange/codebook/entry.ts'
import {
  describeEntry,
  parseDescription,
  readQdc,
  writeQdc,
} from '../../../electron/store/exchange/codebook/qdc.ts'
import { Problem } from '../../../shared/problem.ts'
import { fewOf, someOf } from '../../random.ts'
import { chain, codebooks, entry, HARD_NAMES, uuid } from './codebooks.ts'
import { computed, cp1252, fixture, utf16be } from './folder.ts'

const schema = readFileSync(fixture('Codebook.xsd'), 'utf8')
const write = (entries: CodebookEntry[]) => writeQdc(entries, 'Understory 0.1.0')
const read = (xml: string) => readQdc(Buffer.from(xml))
const codebook = (codes: string, root = 'CodeBook xmlns="urn:QDA-XML:codebook:1.0"') =>
  `<?xml version="1.0"?>\n<${root}><Codes>${codes}</Codes></CodeBook>`

async function schemaErrors(xml: string): Promise<string[]> {
  const result = await validateXML({
    xml: [{ fileName: 'codebook.qdc', contents: xml }],
    schema: [schema],
    initialMemoryPages: 1_024,
    maxMemoryPages: 16_384,
  })
  return result.errors.map((error) => error.message)
}

describe('a written .qdc', () => {
  it('looks as the standard says, and the same each time', () => {
    const entries = [
      entry('Maltreatment', { isFolder: true }),
      entry('Neglect', {
        parentId: uuid('Maltreatment'),
        colour: '#a1b2c3',
        definition: 'Needs not met.',
        example: '"No lunch."',
      }),
    ]
    const { xml, warnings } = write(entries)
    expect(warnings).toEqual([])
    expect(write(entries).xml).toBe(xml)
    expect(xml).toBe(
      [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="Understory 0.1.0">',
        '<Codes>',
        `<Code guid="${uuid('Maltreatment').toUpperCase()}" name="Maltreatment" isCodable="false">`,
        `<Code guid="${uuid('Neglect').toUpperCase()}" name="Neglect" isCodable="true" color="#A1B2C3">`,
        '<Description>Definition: Needs not met.',
        '',
        'Example: "No lunch."</Description>',
        '</Code>',
        '</Code>',
        '</Codes>',
        '</CodeBook>',
        '',
      ].join('\n'),
    )
  })

  it.each([
    ['one code', [entry('Only')]],
    ['twenty levels', chain(20)],
    ['hard names', HARD_NAMES.map((name) => entry(name, { definition: name, colour: '#abcdef' }))],
    [
      'ids that are no UUIDs and a colour that is none',
      [entry('a', { id: 'M-NEG', colour: 'red' }), entry('b', { id: null })],
    ],
    [
      '10,000 codes',
      Array.from({ length: 10_000 }, (_, i) => entry(`code ${i}`, { definition: `Definition ${i}` })),
    ],
  ])('is valid against the schema for %s', async (_, entries) => {
    expect(await schemaErrors(write(entries).xml)).toEqual([])
  })

  it('is valid for any codebook', async () => {
    await fc.assert(
      fc.asyncProperty(codebooks, async (entries) => {
        expect(await schemaErrors(write(entries).xml)).toEqual([])
      }),
      { numRuns: fewOf(5, 15) },
    )
  })

  it('keeps an id that is no UUID stable, and gives equal ids apart', () => {
    const guids = (entries: CodebookEntry[]) =>
      [...write(entries).xml.matchAll(/guid="([^"]+)"/g)].map((m) => m[1])
    expect(guids([entry('x', { id: 'M-NEG' })])).toEqual(guids([entry('renamed', { id: 'M-NEG' })]))
    const { warnings } = write([entry('x'), entry('y', { id: uuid('x').toUpperCase() })])
    expect(warnings).toEqual(['Two codes had the same id; "y" was given another.'])
    expect(new Set(guids([entry('x'), entry('y', { id: uuid('x').toUpperCase() })])).size).toBe(2)
  })

  it('leaves out what XML cannot hold and says how much', async () => {
    const { xml, warnings } = write([
      { ...entry('a'), name: 'a\u0000b\u000bc\ud800d', definition: 'e\uffff' },
    ])
    expect(xml).toContain('name="abcd"')
    expect(warnings).toEqual([
      '4 characters that this kind of file cannot hold were left out (control characters or halves of characters).',
    ])
    expect(await schemaErrors(xml)).toEqual([])
  })

  it('keeps line ends and tabs of names, which a parser would turn into blanks', () => {
    expect(write([entry('a\nb\tc\rd')]).xml).toContain('name="a&#10;b&#9;c&#13;d"')
    expect(write([entry('a')]).xml).not.toMatch(/<Sets|\ufeff/)
  })

  it('is refused for no codes and for a circle', () => {
    expect(() => write([])).toThrow(expect.objectContaining({ code: 'empty-codebook' }))
    const circle = [entry('a', { parentId: uuid('b') }), entry('b', { parentId: uuid('a') })]
    expect(() => write(circle)).toThrow(expect.objectContaining({ code: 'export-failed' }))
  })
})

describe('a .qdc read back', () => {
  it('gives the same codes in the same order, whatever is in them', () => {
    fc.assert(
      fc.property(codebooks, (entries) => {
        const { entries: back, warnings } = read(write(entries).xml)
        expect(warnings).toEqual([])
        expect(back).toEqual(entries)
      }),
      { numRuns: someOf(300) },
    )
  })

  it('survives 250 levels and 10,000 codes quickly', () => {
    expect(read(write(chain(250)).xml).entries).toEqual(chain(250))
    const many = Array.from({ length: 10_000 }, (_, i) => entry(`code ${i}`))
    const before = computed()
    expect(read(write(many).xml).entries).toEqual(many)
    expect(computed() - before).toBeLessThan(5_000)
  })
})

describe('the description of a code', () => {
  it('is readable, and reads back part by part', () => {
    const code = entry('x', {
      definition: 'D.\n\nMore.',
      useWhen: 'U',
      doNotUseWhen: 'N',
      example: 'E',
      source: 'S',
      isRetired: true,
    })
    const text =
      'Definition: D.\n\nMore.\n\nWhen to use: U\n\nWhen not to use: N\n\nExample: E\n\nSource: S\n\nRetired: yes'
    expect(describeEntry(code)).toBe(text)
    expect({ ...entry('x'), ...parseDescription(text) }).toEqual(code)
  })

  it('is the definition as a whole where somebody else wrote it', () => {
    for (const text of [
      'A memo of mine.\n\nExample: this',
      'Example: a\n\nDefinition: b',
      'Definition: a\nExample: b',
      'Definition: a\n\nDefinition: b',
      'Definitions: a',
    ]) {
      expect(parseDescription(`\n  ${text}\n`)).toEqual({ definition: text })
    }
  })
})

describe('a .qdc of another program', () => {
  it('may have any namespace, encoding and form of ids and colours', () => {
    for (const root of [
      'CodeBook',
      'CodeBook xmlns="urn:QDA-XML:codebook:0:4"',
      'CodeBook xmlns="urn:QDA-XML:codebook:1:0"',
      'q:CodeBook xmlns:q="urn:x"',
    ]) {
      const prefix = root.startsWith('q:') ? 'q:' : ''
      const xml = `<${root}><${prefix}Codes><${prefix}Code guid="{0A1B2C3D-0000-4000-8000-0123456789AB}" name="Café" isCodable="true" color="#F0a"/></${prefix}Codes></${prefix}CodeBook>`
      for (const bytes of [
        Buffer.from(xml),
        Buffer.from(`\ufeff${xml}`),
        Buffer.from(`\ufeff${xml}`, 'utf16le'),
        utf16be(`\ufeff${xml}`),
        cp1252(xml),
      ]) {
        expect(readQdc(bytes).entries).toEqual([
          { ...entry('Café'), id: '0a1b2c3d-0000-4000-8000-0123456789ab', colour: '#ff00aa' },
        ])
      }
    }
  })

  it('is taken as it is where parts are missing or unknown, and says so', () => {
    const { entries, warnings } = read(
      `<CodeBook><Codes><Code name="A" x="1"><NoteRef targetGUID="1"/><Description>Mine</Description><Code name="B" isCodable="0" color="rgb(1,2,3)"/></Code><Code guid="7" name=""/><Code guid="7" name="C"/></Codes><Sets><Set guid="1" name="s"><MemberCode guid="7"/></Set></Sets></CodeBook>`,
    )
    expect(
      entries.map((code) => [code.name, code.definition, code.isFolder, code.isIdDerived ?? false]),
    ).toEqual([
      ['A', 'Mine', false, true],
      ['B', '', true, true],
      ['Unnamed code', '', false, false],
      ['C', '', false, true],
    ])
    expect(entries[1]?.parentId).toBe(entries[0]?.id)
    expect(new Set(entries.map((code) => code.id)).size).toBe(4)
    expect(warnings).toEqual([
      '"B" has an invalid colour (rgb(1,2,3)); it was left out.',
      'Two codes have the same id; "C" was given another.',
      'A code without a name was called "Unnamed code".',
      '1 "NoteRef" element was not used.',
      '1 set of codes was not imported.',
      '3 of the codes do not say whether they can be applied; they were taken as codes, not folders.',
    ])
  })

  it('keeps codes of one name apart by their ids, and joins ids whatever their case and braces', () => {
    const one = '0A1B2C3D-0000-4000-8000-0123456789AB'
    const { entries } = read(
      codebook(
        `<Code guid="{${one}}" name="Other"><Code guid="1" name="Other"/></Code><Code guid="2" name="Other"/>`,
      ),
    )
    expect(entries.map(({ id, parentId, name }) => [id, parentId, name])).toEqual([
      [one.toLowerCase(), null, 'Other'],
      ['1', one.toLowerCase(), 'Other'],
      ['2', null, 'Other'],
    ])
  })

  it('gives a code without an id the same id each time', () => {
    const ids = () => read(codebook('<Code name="A"><Code name="B"/></Code>')).entries.map((code) => code.id)
    expect(ids()).toEqual(ids())
  })

  it('keeps names like HTML or __proto__ as plain text, and cuts what is too long', () => {
    const { entries } = read(codebook('<Code name="&lt;b&gt;__proto__" guid="__proto__"/>'))
    expect(entries).toMatchObject([{ name: '<b>__proto__', id: '__proto__' }])
    const long = read(codebook(`<Code guid="1" name="${'x'.repeat(1_000_000)}"/>`))
    expect(long.entries[0]?.name).toHaveLength(500)
    expect(long.warnings[0]).toMatch(/has 1000000 characters and was cut to 500/)
  })

  it('may have no codes', () => {
    expect(read('<CodeBook><Codes/></CodeBook>').entries).toEqual([])
  })
})

describe('a hostile or broken .qdc', () => {
  const laughs = Array.from(
    { length: 30 },
    (_, i) => `<!ENTITY l${i + 1} "&l${i};&l${i};&l${i};&l${i};">`,
  ).join('')
  const cases: Array<[string, string | Uint8Array, RegExp]> = [
    ['a DOCTYPE', `<!DOCTYPE CodeBook>${codebook('')}`, /DOCTYPE/],
    ['entities that grow', `<!DOCTYPE c [<!ENTITY l0 "ha">${laughs}]><CodeBook>&l30;</CodeBook>`, /DOCTYPE/],
    [
      'a file drawn in',
      '<!DOCTYPE c [<!ENTITY x SYSTEM "file:///etc/passwd">]><CodeBook>&x;</CodeBook>',
      /DOCTYPE/,
    ],
    ['a document type from the net', '<!DOCTYPE c SYSTEM "http://127.0.0.1:9/x.dtd"><CodeBook/>', /DOCTYPE/],
    ['an entity of its own', '<CodeBook>&x;</CodeBook>', /not well-formed XML/],
    ['a missing end', '<CodeBook><Codes><Code name="a"></Codes></CodeBook>', /not well-formed XML/],
    ['a control character', '<CodeBook>\u0001</CodeBook>', /not well-formed XML/],
    ['a zero by number', '<CodeBook>&#0;</CodeBook>', /not well-formed XML/],
    ['an attribute twice', '<CodeBook a="1" a="2"/>', /not well-formed XML/],
    ['another root', '<Project><CodeBook/></Project>', /not a codebook \(its root is "Project"\)/],
    ['nothing in it', '', /not well-formed XML/],
    ['no XML', 'name,definition\nA,b\n', /not well-formed XML/],
    ['random bytes', Uint8Array.from({ length: 5_000 }, (_, i) => (i * 7919) % 256), /not well-formed XML/],
    [
      '300 levels',
      codebook(`${'<Code name="a">'.repeat(300)}${'</Code>'.repeat(300)}`),
      /deeper than 250 levels/,
    ],
    ['20,000 levels', codebook('<Code name="a">'.repeat(20_000)), /deeper than 250 levels/],
    ['200,000 codes', codebook('<Code name="a"/>'.repeat(200_000)), /100,000 codes/],
    ['65 MB', codebook(`<Code name="${'x'.repeat(65_000_000)}"/>`), /64 MB/],
    [
      'half a UTF-16 file',
      Buffer.from(`\ufeff${codebook('')}`, 'utf16le').subarray(0, 101),
      /UTF-16 text that is cut/,
    ],
  ]

  it.each(cases)('with %s ends in a clear Problem within seconds', (_, content, words) => {
    const before = computed()
    let problem: unknown = null
    try {
      readQdc(typeof content === 'string' ? Buffer.from(content) : content)
    } catch (error) {
      problem = error
    }
    expect(problem).toBeInstanceOf(Problem)
    expect((problem as Problem).message).toMatch(words)
    expect(computed() - before).toBeLessThan(10_000)
  })

  it('with millions of numeric references or an attribute of 50 MB is read within limits', () => {
    const before = computed()
    const references = read(
      codebook(
        `<Code guid="1" name="a"><Description>${'&#65;'.repeat(fewOf(2_000_000, 10_000_000))}</Description></Code>`,
      ),
    )
    expect(references.entries[0]?.definition).toBe('A'.repeat(20_000))
    expect(read(codebook(`<Code guid="1" name="${'x'.repeat(50_000_000)}"/>`)).entries[0]?.name).toHaveLength(
      500,
    )
    expect(computed() - before).toBeLessThan(20_000)
  })
})
