/** Identifiers known by the words around them: names, dates of birth, schools, addresses, ids of other systems. */
import { type Finding, findingAt } from './finding.ts'

const eitherCase = (words: readonly string[]): string =>
  words.map((word) => `[${word.charAt(0).toUpperCase()}${word.charAt(0)}]${word.slice(1)}`).join('|')

const KIN = [
  'mum',
  'mummy',
  'mother',
  'mam',
  'dad',
  'daddy',
  'father',
  'step-?mum',
  'step-?mother',
  'step-?dad',
  'step-?father',
  'foster (?:carer|mum|mother|dad|father)',
  'brother',
  'sister',
  'step-?brother',
  'step-?sister',
  'half[- ](?:brother|sister)',
  'twin',
  'son',
  'daughter',
  'baby',
  'aunt',
  'aunty',
  'auntie',
  'uncle',
  'cousin',
  'nan',
  'nana',
  'nanna',
  'gran',
  'grandma',
  'grandmother',
  'grandad',
  'granddad',
  'grandfather',
  'partner',
  'husband',
  'wife',
  'boyfriend',
  'girlfriend',
  'friend',
  'neighbour',
  'social worker',
  'support worker',
  'key ?worker',
  'care coordinator',
  'care co-ordinator',
  'head ?teacher',
  'class teacher',
  'teacher',
  'therapist',
  'psychologist',
  'psychiatrist',
  'consultant',
  'nurse',
  'health visitor',
  'paediatrician',
  'solicitor',
  'guardian',
]
const ROLES = ['SW', 'SSW', 'GP', 'CPN', 'HV', 'SENCO', 'SENCo', 'IRO', 'PC', 'DC', 'DS']

/** Capitalised words that stand after a title or kin word without being a name. */
const NOT_NAMES = new Set(
  (
    'Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun ' +
    'January February March April June July August September October November December ' +
    'Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Christmas Easter Ramadan Eid ' +
    'The A An And Or But If In On At To Of For From With By As Is Was Are Were Has Had Have Be Been Will Would Can ' +
    'Could Should May Might Must Does Did Do Not No Yes He She They It We I You His Her Their Its Our My Your This ' +
    'That These Those There Then Than When Where Who What Why How Also Again Very Still Now Today Tomorrow Yesterday ' +
    'After Before Since Until While Because Both All Some Any Each Other Another Same Only Just So Such Too More Most ' +
    'Mum Mummy Mother Dad Daddy Father Brother Sister Aunt Aunty Auntie Uncle Nan Gran Grandma Grandmother Grandad ' +
    'Grandfather Partner Son Daughter Cousin Friend Carer Carers Parents Parent Family Child Children Young Person ' +
    'Patient Client Mr Mrs Ms Miss Dr Prof Professor Sir ' +
    'Reports Reported Says Said Denies Denied Feels Felt Called Concerned Worried Attended Informed Agreed Asked Told ' +
    'Thinks Thought Wants Wanted Declined Discussed Present Aware Unaware Seen Spoke Phoned Telephoned Emailed Came ' +
    'Social Worker Work Services Service Care Team Surgery Practice Health Mental School College Academy Primary ' +
    'Secondary Nursery Hospital Clinic Centre Center Ward Unit House Home Court Police Street Road Council Borough ' +
    'County City English Maths Science Letter Referral Review Assessment Appointment Meeting Visit Plan Report Notes ' +
    'Note Group Session Support Help Line Childline Facebook Instagram Snapchat Whatsapp WhatsApp TikTok YouTube ' +
    'British English Irish Scottish Welsh Polish African Asian Muslim Christian Jewish Christ God'
  ).split(' '),
)

const NAME_WORD = String.raw`(?:\p{Lu}['’])?\p{Lu}\p{Ll}{1,30}(?:\p{Lu}\p{Ll}{1,30})?(?:[-'’]\p{Lu}\p{Ll}{1,30})?`
const INITIALS = String.raw`(?:\p{Lu}\.? ?){0,3}(?<=[ .])`
const NAMES = `((?:${INITIALS})?${NAME_WORD}(?: ${NAME_WORD}){0,2})`
const BEFORE = String.raw`(?<![\p{L}\p{N}])`
const LEADS = String.raw`(?: \(?|,? (?:called|named|is called) )`

const CIVIL_TITLE = new RegExp(`${BEFORE}(?:Mr|Mrs|Ms|Miss|Mx|Master)\\.? ${NAMES}`, 'gu')
const OFFICE_TITLE = new RegExp(
  `${BEFORE}(?:Dr|Doctor|Prof|Professor|Rev|Reverend|Father|Imam|Rabbi|Nurse|Sister|Sir|Dame|Lady|Lord)\\.? ${NAMES}`,
  'gu',
)
const KIN_NAME = new RegExp(`${BEFORE}(?:${eitherCase(KIN)}|${ROLES.join('|')})${LEADS}${NAMES}`, 'gu')

const MONTH =
  'Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?'
const DATE = `\\d{1,2}[/.-]\\d{1,2}[/.-](?:\\d{4}|\\d{2})|\\d{4}[/.-]\\d{1,2}[/.-]\\d{1,2}|\\d{1,2}(?:st|nd|rd|th)?[ -](?:of )?(?:${MONTH})[ ,-]{1,2}(?:\\d{4}|\\d{2})`
const DOB = new RegExp(
  `\\b(?:d\\.?o\\.?b\\.?|date of birth|birth ?date|birthday|born(?: on)?)[ \\t:=,(-]{0,4}(?:is |was |the )?(${DATE})(?!\\d)`,
  'gi',
)

const PLACE_WORD = String.raw`(?:St\.|\p{Lu}\p{Ll}{0,30}(?:['’-]\p{L}{1,30})?)`
const SCHOOL_END = String.raw`(?:School|Academy|College|Primary|Nursery|Kindergarten|Sixth Form)(?![\p{L}\p{N}])`
const SCHOOL = new RegExp(
  `${BEFORE}((?:(?:${PLACE_WORD}|of|the|and|&) ){1,6})${SCHOOL_END}(?: School(?![\\p{L}\\p{N}]))?`,
  'gu',
)
/** Words before "School" that say what sort it is, not which; and those that begin a sentence or own it. */
const NOT_SCHOOLS = new Set(
  (
    'The A An At In To From His Her Their Our My Your This That New Old Local Mainstream Special Primary Secondary High ' +
    'Middle Upper Lower Junior Infant Infants Juniors Grammar Community Nursery Boarding Residential Independent Private ' +
    'State Comprehensive Technical Further Higher Sixth Form After Before Sunday Saturday Summer Medical Nursing Home Day ' +
    'Art Music Mum Dad Mother Father Social Current Previous Former First Second Third Attends Attended Attending Started Left ' +
    'Year of the and & Of And'
  ).split(' '),
)

const STREET =
  'Road|Rd|Street|St|Lane|Ln|Avenue|Ave|Close|Drive|Dr|Way|Crescent|Cres|Court|Ct|Place|Pl|Square|Sq|Gardens|Gdns|Grove|Terrace|Hill|Park|Row|Walk|Mews|Rise|Green|Parade|Path|View|Wharf|Quay|Hall|House|Broadway'
const ADDRESS = new RegExp(
  `${BEFORE}(?:(?:Flat|Apartment|Apt|Unit|Room) \\d{1,4}[A-Za-z]?,? )?\\d{1,4}[A-Za-z]?(?:-\\d{1,4})?,? (?:${PLACE_WORD} ){1,4}(?:${STREET})(?![\\p{L}\\p{N}])`,
  'gu',
)
const NOT_STREETS = /\b(?:Crown|Family|Magistrates|County|Youth|High|Supreme) Court$/

const SYSTEM_ID =
  /\b(?:LCS|Mosaic|Liquid ?logic|ICS|Care ?First|Frameworki|Azeus|RiO|Framework-i)\b[ \t:#.,=-]{0,3}(?:(?:no|number|ref|reference|id)\b[ \t:#.=-]{0,3})?([A-Z]{0,5}[-/]?\d{4,12})\b/gi
const LETTERED_REF =
  /\b(?:ref|reference|case (?:no|number|id)|(?:child|person|client) id)\b[ \t:#.=-]{0,3}([A-Z]{2,5}[-/]?\d{4,12})\b/gi
const SYSTEM_PREFIX = /\bLCS[-/]?\d{4,12}\b/g

/** Heuristic findings, all `likely`. */
export function* wordedIdentifiers(text: string): Generator<Finding> {
  yield* names(text)
  yield* schools(text)
  if (!/\d/.test(text)) return
  yield* groups(text, 'DOB', DOB)
  for (const match of text.matchAll(ADDRESS)) {
    if (!NOT_STREETS.test(match[0])) yield likely(text, 'ADDRESS', match.index, match[0].length)
  }
  yield* groups(text, 'CASEID', SYSTEM_ID)
  yield* groups(text, 'CASEID', LETTERED_REF)
  for (const match of text.matchAll(SYSTEM_PREFIX)) yield likely(text, 'CASEID', match.index, match[0].length)
}

const likely = (text: string, kind: Finding['kind'], start: number, length: number): Finding =>
  findingAt(text, kind, start, start + length, 'likely')

/** The first group of each match, which ends where the match ends. */
function* groups(text: string, kind: Finding['kind'], pattern: RegExp): Generator<Finding> {
  for (const match of text.matchAll(pattern)) {
    const found = match[1] as string
    yield likely(text, kind, match.index + match[0].length - found.length, found.length)
  }
}

/**
 * A civil title is part of the name ("Mrs Jones"); an office or a kin word is not ("Dr Patel", "mum Sarah" give
 * "Patel", "Sarah"): it says nothing about who it is.
 */
function* names(text: string): Generator<Finding> {
  for (const match of text.matchAll(CIVIL_TITLE)) yield* nameIn(text, match, true)
  for (const match of text.matchAll(OFFICE_TITLE)) yield* nameIn(text, match, false)
  for (const match of text.matchAll(KIN_NAME)) yield* nameIn(text, match, false)
}

function* nameIn(text: string, match: RegExpExecArray, withTitle: boolean): Generator<Finding> {
  const found = match[1] as string
  const kept: string[] = []
  for (const word of found.split(' ')) {
    if (word.length > 1 && NOT_NAMES.has(word)) break
    kept.push(word)
  }
  const name = kept.join(' ')
  // Initials alone are no name: "Dr A" may be the start of anything.
  if (!/\p{Lu}\p{Ll}/u.test(name)) return
  const nameStart = match.index + match[0].length - found.length
  const start = withTitle ? match.index : nameStart
  yield likely(text, 'NAME', start, nameStart + name.length - start)
}

function* schools(text: string): Generator<Finding> {
  for (const match of text.matchAll(SCHOOL)) {
    const words = (match[1] as string).trimEnd().split(' ')
    let from = 0
    let skipped = 0
    // Generic words in front belong to the sentence; behind the first name word they belong to the school.
    while (from < words.length && NOT_SCHOOLS.has(words[from] as string)) {
      skipped += (words[from] as string).length + 1
      from++
    }
    if (from < words.length) yield likely(text, 'SCHOOL', match.index + skipped, match[0].length - skipped)
  }
}
