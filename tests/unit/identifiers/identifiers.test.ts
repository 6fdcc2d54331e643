import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FIRST_NAMES } from '../../../shared/identifiers/first-names.ts'
import { findIdentifiers, IDENTIFIER_KINDS, isNhsNumber, isUpn } from '../../../shared/identifiers/index.ts'
import { someOf } from '../../random.ts'
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

const words = (text: string) => findIdentifiers(text).map(({ text: found }) => found)
const names = (text: string) =>
  findIdentifiers(text)
    .filter(({ kind }) => kind === 'NAME')
    .map(({ text: found }) => found)

describe('first names', () => {
  it('need no word of kin, and take the surname with them', () => {
    expect(found('Sarah reported it; seen with Aisha Begum and Oluwaseun.')).toEqual([
      ['NAME', 'Sarah'],
      ['NAME', 'Aisha Begum'],
      ['NAME', 'Oluwaseun'],
    ])
    expect(names('Fatima al-Hassan, Maria de Souza, Mr al-Hassan, Dr van der Berg')).toEqual([
      'Fatima al-Hassan',
      'Maria de Souza',
      'Mr al-Hassan',
      'van der Berg',
    ])
    expect(names('Zoe\u0308’s friend Łukasz, Siân; Anne-Marie; Sarah K. Jones')).toEqual([
      'Zoe\u0308',
      'Łukasz',
      'Siân',
      'Anne-Marie',
      'Sarah K. Jones',
    ])
    expect(findIdentifiers('Sarah')[0]?.confidence).toBe('likely')
  })

  it('end where the sentence goes on', () => {
    expect(
      names('Sarah Reports this. Sarah White British. Sarah Monday. Sarah CAMHS. Sarah Sertraline'),
    ).toEqual(Array.from({ length: 5 }, () => 'Sarah'))
    expect(names('Sarah White said. Sarah Young carer. mum Sarah Brown')).toEqual([
      'Sarah White',
      'Sarah',
      'Sarah Brown',
    ])
  })

  it('behind titles are whole names: hyphens, apostrophes, particles, saints', () => {
    expect(
      names(
        "Mr MacDonald-Ó Briain agreed. Mrs Smith-O'Neill rang. Ms St. John rang. Mrs Jones-de Souza rang. " +
          'Mr McDonald-McKay rang. Dr van der Berg-Ní Dhuibhne; Sarah Jones-van den Berg; Mr O’Brien’s house.',
      ),
    ).toEqual([
      'Mr MacDonald-Ó Briain',
      "Mrs Smith-O'Neill",
      'Ms St. John',
      'Mrs Jones-de Souza',
      'Mr McDonald-McKay',
      'van der Berg-Ní Dhuibhne',
      'Sarah Jones-van den Berg',
      'Mr O’Brien',
    ])
  })

  it('behind titles are found in any capitals, and words of notes in capitals are not', () => {
    expect(
      names(
        "MR SMITH CANCELLED. Mrs O'NEILL rang. DR PATEL rang. MRS VAN DER BERG SAID SO. Dr. McDONALD-O'HARA saw him. " +
          'mr Quill and dr QUILL. DR P QUILL. MR JOHN QUILL ATTENDED. Ms ADA QUILL said. MS NG CALLED.',
      ),
    ).toEqual([
      'MR SMITH',
      "Mrs O'NEILL",
      'PATEL',
      'MRS VAN DER BERG',
      "McDONALD-O'HARA",
      'mr Quill',
      'QUILL',
      'P QUILL',
      'MR JOHN QUILL',
      'Ms ADA QUILL',
      'MS NG',
    ])
    expect(
      names(
        'DR TO REVIEW. MUM MONDAY. DR WILL RING. MS TEAMS. DR SAID NO. MR ZZZZZ came; Mrs XXXXX-QQQQQ rang. DR A.',
      ),
    ).toEqual([])
  })

  it('in capitals are names with the surname', () => {
    expect(names('Re: SARAH SMITH DOB 1/2/2007. AMY KHAN. SARAH ATTENDED WITH MUM')).toEqual([
      'SARAH SMITH',
      'AMY KHAN',
      'SARAH',
    ])
    expect(names('ELSA support. SALT report. MOOD: LOW. MAX DOSE. GRACE PERIOD.')).toEqual([])
  })

  it('that are words too need a person beside them', () => {
    expect(
      names('Will review. Mark on arm. Hope is low. In May and June. Grace period. Rose at six.'),
    ).toEqual([])
    expect(names('Met Grace and Will Okafor; Hope’s mood; Mark said no; told April; June attended.')).toEqual(
      ['Grace', 'Will Okafor', 'Hope', 'Mark', 'April', 'June'],
    )
    expect(
      names('Risk to self Amber. The Grace fund. Christmas Eve. Hope Box. Talk to Frank. Max 4 g'),
    ).toEqual([])
  })

  it('leave eponyms, institutions and the well known alone', () => {
    for (const text of [
      'Asperger, Tourette and Down syndrome; Rett, Edwards, Turner; Prader-Willi, Angelman, Klinefelter, Marfan',
      'Gillick competent, Fraser guidelines; consultant Gillick; Munchausen; Winnicott, Bowlby and Ainsworth',
      'Beck, Conners, Vineland and Wechsler scores; Addison’s disease; Wilson’s disease; Lennox-Gastaut',
      'Kooth, Childline, Samaritans and Barnardo’s; Sertraline, Concerta XL; Clare’s Law; Winston’s Wish',
      'St George’s, Queen Elizabeth Hospital, Charlotte House, on Jasmine Ward; Anna Freud Centre; Harry Potter',
      'Mother Nature. Father Christmas. Nurse Practitioner. mum Police informed. Mum, Police informed.',
    ]) {
      expect(found(text)).toEqual([])
    }
    expect(names('Mr Edwards, Dr Turner, SW Fraser said, Sarah Turner')).toEqual([
      'Mr Edwards',
      'Turner',
      'Fraser',
      'Sarah Turner',
    ])
  })

  it('that nobody listed are found in signatures and beside a role', () => {
    expect(names('Kind regards,\nQuelda Quill\nNurse')).toEqual(['Quelda Quill'])
    expect(names('Signed by Quelda Quill; her keyworker, Quelda Quill, came')).toEqual([
      'Quelda Quill',
      'Quelda Quill',
    ])
    expect(names('Yours sincerely,\nConsultant Psychiatrist')).toEqual([])
  })

  it('are written once, and as they are looked up', () => {
    expect(FIRST_NAMES.size).toBeGreaterThan(1_200)
    for (const name of FIRST_NAMES.keys()) expect(name).toMatch(/^[A-Z][A-Za-z]+$/)
  })
})

describe('places', () => {
  it('are found by name, hyphens and apostrophes aside', () => {
    expect(
      found('Found in Ipswich, moved to Stoke on Trent, then King’s Lynn and Bury St. Edmunds.'),
    ).toEqual([
      ['PLACE', 'Ipswich'],
      ['PLACE', 'Stoke on Trent'],
      ['PLACE', 'King’s Lynn'],
      ['PLACE', 'Bury St. Edmunds'],
    ])
    expect(words('Newcastle-upon-Tyne, London-based, KENT, Tower Hamlets team')).toEqual([
      'Newcastle-upon-Tyne',
      'London',
      'KENT',
      'Tower Hamlets',
    ])
  })

  it('that are words too need a word that leads to a place', () => {
    expect(found('Lives in Reading, moved to March, home near Eye; from Bath to Deal')).toEqual(
      ['Reading', 'March', 'Eye', 'Bath', 'Deal'].map((place) => ['PLACE', place]),
    )
    for (const text of [
      'Reading is behind. Bath time. Sale of house. Deal with it. In March. Rugby on Fridays. Settle time.',
      'progress in Reading and Maths; in March; goes to Rugby; Street drugs; Barking dog; Sandwich at lunch',
    ]) {
      expect(found(text)).toEqual([])
    }
  })

  it('are not clubs, tests and awards, nor parts of what is found already', () => {
    for (const text of [
      'supports Liverpool and Manchester United; Duke of Edinburgh award',
      'Edinburgh Postnatal Depression Scale, Glasgow Coma Scale, Bristol Stool Chart',
    ]) {
      expect(found(text)).toEqual([])
    }
    expect(found('Ipswich Academy, 12 Norwich Road, mum Sarah Lancaster')).toEqual([
      ['SCHOOL', 'Ipswich Academy'],
      ['ADDRESS', '12 Norwich Road'],
      ['NAME', 'Sarah Lancaster'],
    ])
  })

  it('that are names too follow the sentence', () => {
    expect(found('He moved to Chelsea. Chelsea said no. He lives in Chelsea.')).toEqual([
      ['PLACE', 'Chelsea'],
      ['NAME', 'Chelsea'],
      ['PLACE', 'Chelsea'],
    ])
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
        'Grace ',
        'April ',
        'al-Hassan ',
        'in Bath ',
        'Stoke-on-Trent',
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
      { numRuns: someOf(2_000) },
    )
  })

  it.each([
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
    'Sarah ',
    'Sarah-',
    'Sarah Okafor de ',
    'SARAH ',
    'al-Hassan ',
    'Mr van der ',
    'Grace ',
    'April ',
    'Anna ',
    'St ',
    'Stoke on ',
    'in March ',
    'Bury St Edmunds ',
    'regards,\n',
    'Signed Aa Aa ',
    'worker, Aa Aa ',
    'School',
    ' School',
  ])('come in linear time from a megabyte of %j', (seed) => {
    const text = seed.repeat(Math.ceil(1_000_000 / seed.length))
    const before = computed()
    findIdentifiers(text)
    const took = computed() - before
    expect(took, `${JSON.stringify(seed)} took ${took} ms`).toBeLessThan(4_000)
  })
})

describe('findings that overlap', () => {
  const found = (text: string, deny: readonly string[] = []) =>
    findIdentifiers(text, { deny }).map(({ kind, text: words, confidence }) => [kind, words, confidence])

  it('are one, as long as all of them: a number in a link or an address covers the whole', () => {
    expect(found('See https://records.example/patients/943 476 5919 now')).toEqual([
      ['URL', 'https://records.example/patients/943 476 5919', 'checked'],
    ])
    expect(found('See https://records.example/patients/9434765919/notes now')).toEqual([
      ['URL', 'https://records.example/patients/9434765919/notes', 'checked'],
    ])
    expect(found('Lives at 12 Lantern Road, Leeds.', ['lantern'])[0]).toEqual([
      'ADDRESS',
      '12 Lantern Road',
      'checked',
    ])
    expect(found('Mrs Quill-Lantern rang', ['quill'])).toEqual([['NAME', 'Mrs Quill-Lantern', 'checked']])
  })
})
