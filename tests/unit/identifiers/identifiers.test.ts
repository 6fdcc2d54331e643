import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findIdentifiers, IDENTIFIER_KINDS, isNhsNumber, isUpn } from '../../../shared/identifiers/index.ts'
import { computed } from '../exchange/folder.ts'

const read = (name: string) =>
  readFileSync(new URL(`../../fixtures/exchange/${name}`, import.meta.url), 'utf8')
type Vectors = { valid: string[]; invalid: string[] }
const vectors = JSON.parse(read('identifier-vectors.json')) as Record<
  string,
  Vectors & Record<string, string[]>
>
const KINDS = {
  nhs_number: 'NHS',
  upn: 'UPN',
  nino: 'NINO',
  postcode: 'POSTCODE',
  vehicle_registration: 'VRM',
  phone: 'PHONE',
  email: 'EMAIL',
} as const

const found = (text: string) => findIdentifiers(text).map(({ kind, text: words }) => [kind, words])
const kindsIn = (text: string) => findIdentifiers(text).map(({ kind }) => kind)

describe.each(Object.entries(KINDS))('the vectors of %s', (key, kind) => {
  const { valid, invalid } = vectors[key] as Vectors

  it.each(valid)('find %s, alone and in a sentence, to the letter', (words) => {
    for (const text of [words, `Seen with ${words} today.`, `(${words}), then`, `a\n${words}\nb`]) {
      expect(found(text)).toEqual([[kind, words]])
    }
  })

  it.each(invalid)('do not take %s for one', (words) => {
    for (const text of [words, `Seen with ${words} today.`]) expect(kindsIn(text)).not.toContain(kind)
  })
})

describe('check digits', () => {
  it('tell NHS numbers from others', () => {
    const nhs = vectors.nhs_number as Record<string, string[]>
    for (const words of nhs.valid ?? []) expect(isNhsNumber(words)).toBe(true)
    for (const words of [...(nhs.invalid ?? []), ...(nhs.passes_checksum_but_reject ?? [])]) {
      expect(isNhsNumber(words)).toBe(false)
      expect(findIdentifiers(words)).toEqual([])
    }
    for (let digit = 0; digit < 10; digit++) {
      expect(isNhsNumber(`${nhs.no_valid_check_digit_first9?.[0]}${digit}`)).toBe(false)
    }
    expect(findIdentifiers('943 476 5919')[0]?.confidence).toBe('checked')
  })

  it('tell pupil numbers from others, and leave temporary ones as a form', () => {
    for (const words of vectors.upn?.valid ?? []) expect(isUpn(words)).toBe(true)
    for (const words of vectors.upn?.invalid ?? []) expect(isUpn(words)).toBe(false)
    expect(findIdentifiers('UPN A12345678912B')).toMatchObject([{ kind: 'UPN', confidence: 'format' }])
  })

  it('are looked for again after a number that fails', () => {
    expect(found('12 943 476 5919')).toEqual([['NHS', '943 476 5919']])
  })
})

describe('the sample notes', () => {
  const gold = JSON.parse(read('sample-notes-gold.json')) as Array<{
    note_id: string
    identifiers: Array<{ type: string; start: number; end: number; text: string }>
  }>
  const notes = parse(read('sample-notes.csv'), { columns: true }) as Array<Record<string, string>>

  it('have 17 of them', () => {
    expect(gold.flatMap(({ identifiers }) => identifiers)).toHaveLength(17)
  })

  it.each(gold)('give the planted identifiers of $note_id and nothing else', ({ note_id, identifiers }) => {
    const text = notes.find((note) => note.note_id === note_id)?.text ?? ''
    expect(
      findIdentifiers(text).map(({ kind, start, end, text: words }) => ({
        type: kind,
        start,
        end,
        text: words,
      })),
    ).toEqual(identifiers)
  })
})

describe('words around', () => {
  it('make a name', () => {
    expect(found('mum Sarah and her sister Amy-Lou O’Brien came; social worker Jane agreed.')).toEqual([
      ['NAME', 'Sarah'],
      ['NAME', 'Amy-Lou O’Brien'],
      ['NAME', 'Jane'],
    ])
    expect(found("Dr J. Patel wrote. Mr A Khan's son (Adam) and a friend called Zoë")).toEqual([
      ['NAME', 'J. Patel'],
      ['NAME', 'Mr A Khan'],
      ['NAME', 'Adam'],
      ['NAME', 'Zoë'],
    ])
    expect(found('Saw Dr McDonald today')).toEqual([['NAME', 'McDonald']])
  })

  it('make none where only a sentence goes on', () => {
    for (const text of [
      'Dr to review. Mum Monday. Mother Denies this.',
      'Seen with mum. She was settled. Dad ZZZZZ, SW QQQQQ.',
      'SW Team informed; GP Surgery called; mum CAMHS',
      'He said that mum\nQuelda',
    ]) {
      expect(found(text)).toEqual([])
    }
  })

  it('make a date of birth, but not of any date', () => {
    expect(found('D.O.B. 1/2/2007; born on 3rd March 2010; date of birth: 2009-12-31')).toEqual([
      ['DOB', '1/2/2007'],
      ['DOB', '3rd March 2010'],
      ['DOB', '2009-12-31'],
    ])
    expect(found('Seen 14/02/2023. DOB [01-09-2020].')).toEqual([])
  })

  it('make a school by name, but not a school of some sort', () => {
    expect(found('Attends St Mary’s Primary School and then Kings of Wessex Academy.')).toEqual([
      ['SCHOOL', 'St Mary’s Primary School'],
      ['SCHOOL', 'Kings of Wessex Academy'],
    ])
    expect(found('The School, a Primary School, Her School, Special School. High School.')).toEqual([])
  })

  it('make an address', () => {
    expect(found('Lives at Flat 3, 27a Upper Mill Lane with dad')).toEqual([
      ['ADDRESS', 'Flat 3, 27a Upper Mill Lane'],
    ])
    expect(found('Ate 3 Meals. 2 Crown Court dates. 12 ZZZZZ Road.')).toEqual([])
  })

  it('make an id of a social-care system, but not of every reference', () => {
    expect(found('Mosaic no. 1234567; Liquidlogic: 00998877; ref CH-123456')).toEqual([
      ['CASEID', '1234567'],
      ['CASEID', '00998877'],
      ['CASEID', 'CH-123456'],
    ])
    expect(found('order ref 4010232138, page 12')).toEqual([])
  })
})

describe('findings', () => {
  it('leave masks alone, also glued to words', () => {
    const text =
      "ZZZZZ's mum QQQQQ, XXXXX [__PPP__] [__TTT__] [~~~] seen [01-09-2020], ZZZZZZZZZZ 12, XXXXX1AA."
    expect(findIdentifiers(text)).toEqual([])
  })

  it('do not take scores, dates and blood pressures for phones', () => {
    for (const text of [
      '0 1 2 3 4 5 6 7 8 9',
      '01-02-2019 11 30',
      '07.03.2019 10.30 120',
      'BP 120/80, 0.5 mg',
    ]) {
      expect(findIdentifiers(text)).toEqual([])
    }
  })

  it('do not take ends of lists and ordinals for postcodes or plates', () => {
    for (const text of ['in y7 1st in class', 'WARD B12 WAS FULL', 'aged 14 m', 'SEN 1 A', 'stage T2 NOT']) {
      expect(findIdentifiers(text)).toEqual([])
    }
  })

  it('take the full stop off an address of the web', () => {
    expect(found('See www.place.example/a?b=1, and (https://x.example/y).')).toEqual([
      ['URL', 'www.place.example/a?b=1'],
      ['URL', 'https://x.example/y'],
    ])
  })

  it('never overlap, rise, stay inside the text and quote it, whatever the text', () => {
    const piece = fc.oneof(
      fc.constantFrom(...Object.keys(KINDS).flatMap((key) => (vectors[key] as Vectors).valid)),
      fc.constantFrom(
        'mum ',
        'Dr ',
        'Sarah',
        ' ',
        '😀',
        'DOB ',
        '12 ',
        'Mill Lane',
        'Oak School',
        'ref ',
        'ZZZZZ',
        '@',
        '\n',
      ),
      fc.string({ maxLength: 8 }),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const text = pieces.join('')
        let last = 0
        for (const { start, end, text: words, kind } of findIdentifiers(text)) {
          expect(start).toBeGreaterThanOrEqual(last)
          expect(end).toBeGreaterThan(start)
          expect(words).toBe(text.slice(start, end))
          expect(IDENTIFIER_KINDS).toContain(kind)
          last = end
        }
        expect(last).toBeLessThanOrEqual(text.length)
      }),
      { numRuns: 2_000 },
    )
  })

  it('come in linear time from a megabyte of anything', () => {
    const seeds = [
      '1',
      '0',
      ' ',
      'A',
      'a',
      'Aa ',
      'A ',
      '0 ',
      '0(',
      '0-0 ',
      '@',
      'a@',
      'a.',
      '.',
      'a@a.',
      'Z',
      'Q1',
      'mum ',
      'mum Aa Aa Aa ',
      'Dr ',
      'Mr A. ',
      'DOB ',
      'DOB 1/',
      '1 Aa ',
      '12 Aa Aa Aa Aa ',
      'Oak ',
      'Oak School ',
      'of ',
      'https://',
      'www.',
      'ref ',
      'LCS ',
      'case id ',
      '[__',
      '[01-09-2020]',
      'ZZZZZ',
      '9434765919 ',
      '943476591',
      'A950000178301 ',
      '01632 960123 ',
      '+44',
      '\n',
      '😀',
      "O'",
      'é',
      '-',
      'A1',
      'AB51',
      '1234567 ',
    ]
    for (const seed of seeds) {
      const text = seed.repeat(Math.ceil(1_000_000 / seed.length))
      const before = computed()
      findIdentifiers(text)
      const took = computed() - before
      expect(took, `${JSON.stringify(seed)} took ${took} ms`).toBeLessThan(4_000)
    }
  })
})
