/**
 * Names of persons: behind a title ("Mrs Jones"), behind a word for kin or a role ("mum Sarah", "SW Jane Okafor"), and
 * by themselves where the first name is a common one ("with Aisha Begum").
 */
import {
  isBlank,
  isCapital,
  isSentenceStart,
  isWordCode,
  possessiveEnd,
  wordAfter,
  wordBefore,
  wordEndingAt,
} from './capitals.ts'
import { type Finding, findingAt } from './finding.ts'
import { FIRST_NAMES, foldName, type NameClass } from './first-names.ts'
import { INITIALS, NEXT_NAME, ONE_NAME, ONE_TITLED_NAME, PARTICLE } from './name-words.ts'
import {
  ALSO_SURNAMES,
  BEFORE_INSTITUTION,
  BEFORE_NAMES,
  EPONYM_WORDS,
  INSTITUTION_WORDS,
  NEVER_TITLED,
  NOT_NAMES,
  SOFT_INSTITUTION_WORDS,
  TITLED_SURNAMES,
  WELL_KNOWN,
} from './not-names.ts'
import { PLACES } from './places.ts'
import { titledCapitalsEnd } from './titled-capitals.ts'
import { isPlaceContext } from './towns.ts'

const CAPITALS_JOINED = /-\p{Lu}{2,20}(?![\p{L}\p{N}_])/uy
const CAPITALS_NAME =
  /[ \u00a0](\p{Lu}{3,20}(?:['’-]\p{Lu}{2,20})?)(?![\p{L}\p{N}_])(?! (?!(?:DOB|NHS|UPN|NI|AGE|AGED|CAMHS|AND)\b)\p{Lu}{2})/uy

const lower = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/))

/** Part of the name: "Mrs Jones". */
const CIVIL_TITLES = 'Mr Mrs Ms Miss Mx Master'
/** No part of the name: an office says nothing about who it is. */
const OFFICE_TITLES =
  'Dr Doctor Prof Professor Rev Reverend Father Imam Rabbi Nurse Sister Sir Dame Lady Lord'
/** The last word of what somebody is to the young person: kin, and the people of services. */
const KIN = `
mum mummy mother mam dad daddy father stepmum step-mum stepmother step-mother stepdad step-dad stepfather step-father
carer foster-carer brother sister stepbrother step-brother stepsister step-sister half-brother half-sister twin son daughter baby
stepson step-son stepdaughter step-daughter sibling niece nephew granddaughter grandson aunt aunty auntie uncle cousin nan nana nanna nanny gran
granny grandma grandmother grandad granddad grandfather godmother godfather partner ex-partner husband ex-husband wife ex-wife
fiancé fiancée boyfriend ex-boyfriend girlfriend ex-girlfriend friend neighbour flatmate roommate
worker keyworker key-worker coordinator co-ordinator headteacher teacher tutor mentor therapist psychotherapist
psychologist psychiatrist consultant nurse visitor paediatrician pediatrician solicitor guardian advocate interpreter
midwife counsellor manager
`
/** Titles that are typed in any capitals; "miss" is a verb and "MISS" often one. */
const SHORT_TITLES = 'mr mrs ms mx dr prof rev MR MRS MS MX DR PROF REV DOCTOR PROFESSOR REVEREND'
const ROLES = 'SW sw SSW GP gp CPN cpn HV SENCO SENCo Senco IRO PC DC DS WPC TA LSA CCO'
type LeadKind = Lead['kind'] | 'called'
const kinWords = lower(KIN)
/** Words before a name as they are written; kin in any capitals. */
const LEADS: ReadonlyMap<string, LeadKind> = new Map([
  ...[...kinWords].flatMap(
    (word): Array<[string, LeadKind]> =>
      [word, word.charAt(0).toUpperCase() + word.slice(1), word.toUpperCase()].map((form) => [form, 'kin']),
  ),
  ...ROLES.split(' ').map((word): [string, LeadKind] => [word, 'role']),
  ['called', 'called'],
  ['named', 'called'],
  ...OFFICE_TITLES.split(' ').map((word): [string, LeadKind] => [word, 'office']),
  ...CIVIL_TITLES.split(' ').map((word): [string, LeadKind] => [word, 'civil']),
  ...SHORT_TITLES.split(' ').map((word): [string, LeadKind] => [word, /^m/i.test(word) ? 'civil' : 'office']),
])
/** Persons that are only introduced by name with "called" or "named". */
const CALLED_PERSONS = lower(
  'boy girl man woman lad male female person peer pupil student child adult somebody someone teenager youth guy lady gentleman',
)

/** Words behind which an ordinary word with a capital is no person: "the Grace", "a Max". */
const DETERMINERS = lower(
  'the a an this that these those his her their my your our its no any some every each next last',
)
/** Words that have a person behind them, or are said of one. */
const BEFORE_PERSONS = lower(
  'with told asked saw met called named dear hi hello friend friends and named contacted phoned rang visited thanks thank',
)
const AFTER_PERSONS = lower(
  `said says told tells asked asks reported reports stated states denied denies felt feels thinks thought attended attends came
  rang phoned explained explains described describes agreed agrees wants wanted cried disclosed discloses presented presents
  lives lived likes loves hates left spoke talked talks became refused refuses struggles struggled`,
)
/** What a person has and a month has not. */
const OWNED = lower(
  'room phone mood family parents behaviour bedroom house home clothes voice face arm arms wrist wrists weight sleep appetite friends school teacher story account wishes view views',
)
const BEFORE_MONTHS = lower(
  'in since until till by from to of end early late mid during last next this every before after for on and between through throughout beginning around',
)
const BEFORE_INSTITUTES = lower('on On at At off outside near the The')
const BEFORE_WARDS = lower('to To from From in In')
/** Short forms of capitals that are names otherwise: teaching assistants, risk tools, a charity. */
const CAPITALS_NOT_NAMES = new Set(['ELSA', 'SARA', 'ERIC', 'CARA', 'ANNA', 'DIANA', 'ALAN', 'ROSA', 'NOEL'])

type Lead = { kind: 'civil' | 'office' | 'role' | 'kin'; start: number; title?: string }

/** All names at the `capitals` (starts and ends by turns). */
export function* nameFindings(text: string, capitals: readonly number[]): Generator<Finding> {
  let free = 0
  for (let index = 0; index < capitals.length; index += 2) {
    const start = capitals[index] as number
    if (start < free) continue
    const finding = ledName(text, start) ?? knownName(text, start, capitals[index + 1] as number)
    if (finding === null) {
      free = Math.max(free, wellKnownEnd(text, start, text.slice(start, capitals[index + 1])))
      continue
    }
    yield index > 0 && finding.start === start
      ? withNameBefore(text, finding, capitals, index, free)
      : finding
    free = finding.end
  }
}

/** "Father is Tsering Llewellyn": inside a sentence an unknown capitalised word beside a name is part of it. */
function withNameBefore(
  text: string,
  { start, end }: Finding,
  capitals: readonly number[],
  index: number,
  free: number,
): Finding {
  const from = capitals[index - 2] as number
  const isBeside = capitals[index - 1] === start - 1 && isBlank(text.charCodeAt(start - 1)) && from >= free
  if (!isBeside || isSentenceStart(text, from)) return nameAt(text, start, end)
  const word = text.slice(from, start - 1)
  const isName =
    /^\p{Lu}[\p{Ll}\p{M}]+$/u.test(word) &&
    !NOT_NAMES.has(word) &&
    !LEADS.has(word) &&
    !BEFORE_INSTITUTION.has(word) &&
    !EPONYM_WORDS.has(word) &&
    !PLACES.has(word)
  return nameAt(text, isName ? from : start, end)
}

const nameAt = (text: string, start: number, end: number): Finding =>
  findingAt(text, 'NAME', start, end, 'likely')

const isFree = (text: string, end: number): boolean => !isWordCode(text.charCodeAt(end))

/** The end of the name that goes on behind `end`: at most three more words, none of them a word of notes. */
function nameEnd(text: string, end: number): { end: number; hasSurname: boolean } {
  let last = end
  let hasSurname = false
  for (let words = 0; words < 3; words++) {
    NEXT_NAME.lastIndex = last
    const match = NEXT_NAME.exec(text)
    if (match === null) break
    const word = match[1] as string
    const next = NEXT_NAME.lastIndex
    if (NOT_NAMES.has(word) && !(ALSO_SURNAMES.has(word) && standsAlone(text, next))) break
    hasSurname ||= word.replace('.', '').length > 1
    last = next
  }
  return { end: last, hasSurname }
}

const STANDS_BEFORE = /^(?:carers?|persons?|people|adults?|and|or|round|staff|manager|based|centre|care|\d+)$/

/** "Sarah Young" is a name; "Sarah Young carer" and "Sarah White British" are not. */
function standsAlone(text: string, end: number): boolean {
  const after = wordAfter(text, end)
  return !STANDS_BEFORE.test(after) && !NOT_NAMES.has(after)
}

function leadBefore(text: string, name: number): Lead | null {
  const start = text[name - 1] === '-' ? name - 3 : name
  let end = start - 1
  const isBracketed = text[end] === '('
  if (isBracketed) end--
  if (!isBlank(text.charCodeAt(end))) return null
  const mark = text.charAt(end - 1)
  if (mark === '.' || mark === ',' || mark === ':') end--
  let word = wordEndingAt(text, end)
  let from = start
  // "Mr de Souza", "Dr van der Berg".
  for (let count = 0; count < 2 && mark !== ',' && PARTICLES.has(word); count++) {
    from = end - word.length
    end = from - 1
    if (!isBlank(text.charCodeAt(end))) return null
    if (text[end - 1] === '.') end--
    word = wordEndingAt(text, end)
  }
  const kind = LEADS.get(word)
  if (kind === undefined) return null
  if (mark === ',' || mark === ':') {
    // "Her keyworker, Jo Bloggs, will": only two names in a row are more than the next part of the sentence.
    const isKin = kind === 'kin' || kind === 'role'
    return isKin && !isBracketed && isFullName(text, name) ? { kind: 'kin', start: from } : null
  }
  if (kind === 'civil') return isBracketed ? null : { kind, start: end - word.length, title: word }
  if (kind === 'office' && !isBracketed) return { kind, start: from, title: word }
  if (mark === '.' || (kind === 'called' && !isPersonCalled(text, end - word.length))) return null
  return { kind: kind === 'role' ? 'role' : 'kin', start: from }
}

const PARTICLES = lower(
  'DE DA DI DU LA LE VAN VON DER DEN AL EL ST ' +
    'de da di do dos del della du la le van von der den bin bint ibn ben ap ab ul al el ter ten',
)

/** Two words or more of which none is a word of notes: "Tendai Moyo", not "Safety Plan". */
function isFullName(text: string, start: number): boolean {
  ONE_NAME.lastIndex = start
  const match = ONE_NAME.exec(text)
  if (match === null || !isFree(text, ONE_NAME.lastIndex)) return false
  if (NOT_NAMES.has(match[0]) || EPONYM_WORDS.has(match[0])) return false
  const end = ONE_NAME.lastIndex
  const rest = nameEnd(text, end)
  return (
    rest.hasSurname &&
    !INSTITUTION_WORDS.has(wordAfter(text, rest.end)) &&
    !/^ \p{Lu}{2}/u.test(text.slice(rest.end, rest.end + 3))
  )
}

/** What stands before a signature: "Kind regards,", "Entered by", "Signed". */
const SIGNING =
  /(?:(?:[Rr]egards|[Ww]ishes|[Ss]incerely|[Ff]aithfully),?\s{1,4}|\b(?:[Ss]igned|SIGNED)(?: by)?:? |\b(?:[Ee]ntered|[Dd]ictated|[Tt]yped|[Cc]ompleted|[Ww]ritten|[Rr]ecorded|[Aa]uthored|[Aa]ssessed|[Cc]onfirmed) by:? )$/

function isSignature(text: string, start: number): boolean {
  // Most capitals stand behind other letters than these expressions end with: the pattern is for the rest.
  if (!',:\n\rsyYdD'.includes(text.charAt(start - 2))) return false
  return SIGNING.test(text.slice(Math.max(0, start - 20), start)) && isFullName(text, start)
}

/** "a friend called", "her brother, named", "his dad is called". */
function isPersonCalled(text: string, called: number): boolean {
  let end = called - 1
  if (!isBlank(text.charCodeAt(end))) return false
  if (text[end - 1] === ',') end--
  let word = wordEndingAt(text, end).toLowerCase()
  if (word === 'is' || word === 'was') {
    end -= word.length + 1
    word = wordEndingAt(text, end).toLowerCase()
  }
  return kinWords.has(word) || CALLED_PERSONS.has(word)
}

/**
 * A civil title is part of the name ("Mrs Jones"); an office or a kin word is not ("Dr Patel", "mum Sarah" give
 * "Patel", "Sarah").
 */
function ledName(text: string, start: number): Finding | null {
  const lead = leadBefore(text, start)
  if (lead === null) return null
  const inCapitals = lead.title === undefined ? -1 : titledCapitalsEnd(text, start, lead.title)
  if (inCapitals >= 0) return nameAt(text, lead.start, inCapitals)
  INITIALS.lastIndex = start
  const first = INITIALS.test(text) ? INITIALS.lastIndex : start
  PARTICLE.lastIndex = first
  const name = lead.title === undefined ? ONE_NAME : ONE_TITLED_NAME
  name.lastIndex = PARTICLE.test(text) ? PARTICLE.lastIndex : first
  const match = name.exec(text)
  // Initials alone are no name: "Dr A" may be the start of anything.
  if (match === null || !isFree(text, name.lastIndex)) return null
  const end = name.lastIndex
  const word = match[0]
  if (NOT_NAMES.has(word)) {
    const canBe = ALSO_SURNAMES.has(word)
      ? lead.kind === 'civil' || lead.kind === 'office' || (lead.kind === 'role' && standsAlone(text, end))
      : TITLED_SURNAMES.has(word) && lead.kind !== 'kin' && lead.kind !== 'role'
    if (!canBe) return null
  }
  if (lead.kind === 'kin' && EPONYM_WORDS.has(word)) return null
  if (lead.kind === 'role' && EPONYM_WORDS.has(word) && !isPersonAfter(text, end)) return null
  return nameAt(text, lead.start, nameEnd(text, end).end)
}

/** "GP Fraser has", "SW Turner said"; not "GP Gillick competent". */
const isPersonAfter = (text: string, end: number): boolean =>
  /^ (?:has|had|is|was|will|and|to|who|at|on|from)\b/.test(text.slice(end, end + 6)) ||
  AFTER_PERSONS.has(wordAfter(text, end))

/** A name by its first name alone. */
function knownName(text: string, start: number, end: number): Finding | null {
  const word = text.slice(start, end)
  let folded = word
  let kind = FIRST_NAMES.get(word)
  if (kind === undefined && /[^A-Za-z]/.test(word)) {
    folded = foldName(word)
    kind = FIRST_NAMES.get(folded)
  }
  if (kind === undefined) {
    if (end - start > 2 && isCapital(text, start + 1)) return nameInCapitals(text, start, end, folded)
    if (!isSignature(text, start)) return null
    ONE_NAME.lastIndex = start
    return nameAt(text, start, nameEnd(text, ONE_NAME.test(text) ? ONE_NAME.lastIndex : end).end)
  }
  if (text[start - 1] === '-' && text.charCodeAt(start - 2) > 32) start -= 3
  if (EPONYM_WORDS.has(folded) || wellKnownEnd(text, start, word) > 0) return null
  const before = wordBefore(text, start)
  if (BEFORE_INSTITUTION.has(before) || text.slice(Math.max(0, start - 4), start) === 'St. ') return null

  let first = end
  if (text[end] === '-' && isCapital(text, end + 1)) {
    ONE_NAME.lastIndex = start
    first = ONE_NAME.test(text) ? Math.max(end, ONE_NAME.lastIndex) : end
    if (!isFree(text, first)) return null
  } else if (text[end] === '-' && isWordCode(text.charCodeAt(end + 1)) && kind !== 'plain') return null

  const { end: last, hasSurname } = nameEnd(text, first)
  const owned = possessiveEnd(text, last)
  const after = wordAfter(text, owned)
  if (INSTITUTION_WORDS.has(after) && (isCapital(after, 0) || !hasSurname)) return null
  if (hasSurname && SOFT_INSTITUTION_WORDS.has(wordEndingAt(text, last))) {
    // "on Jasmine Ward", "Rose Ward full": wards and parks like to be called after flowers.
    const isWard = text.endsWith('Ward', last) && (kind !== 'plain' || BEFORE_WARDS.has(before))
    if (isWard || BEFORE_INSTITUTES.has(before)) return null
  }
  if (!hasSurname && isPlaceContext(text, start, end)) return null
  const around: Around = { text, start, end: last, word, before, after, isOwned: owned > last, hasSurname }
  return IS_PERSON[kind](around) ? nameAt(text, start, last) : null
}

/**
 * "SARAH" or "SARAH OKAFOR" in a heading; in a whole line of capitals only the first name, and of three letters only
 * what has a surname.
 */
function nameInCapitals(text: string, start: number, end: number, word: string): Finding | null {
  if (word !== word.toUpperCase() || CAPITALS_NOT_NAMES.has(word)) return null
  if (FIRST_NAMES.get(titleCase(word)) !== 'plain') return null
  if (BEFORE_INSTITUTION.has(titleCase(wordBefore(text, start)))) return null
  CAPITALS_JOINED.lastIndex = end
  const first = CAPITALS_JOINED.test(text) ? CAPITALS_JOINED.lastIndex : end
  CAPITALS_NAME.lastIndex = first
  const surname = CAPITALS_NAME.exec(text)?.[1]
  const isSurname = surname !== undefined && !NOT_NAMES.has(titleCase(surname))
  if (first - start < 4 && !isSurname) return null
  return nameAt(text, start, isSurname ? first + 1 + surname.length : first)
}

const titleCase = (word: string): string => word.charAt(0) + word.slice(1).toLowerCase()

/** Where a well-known name that begins at `start` ends; 0 where there is none. */
function wellKnownEnd(text: string, start: number, word: string): number {
  const name = WELL_KNOWN.get(word)?.find((known) => text.startsWith(known, start))
  return name === undefined ? 0 : start + name.length
}

type Around = {
  text: string
  start: number
  end: number
  word: string
  before: string
  after: string
  isOwned: boolean
  hasSurname: boolean
}

/** What makes a first name of each class a person. */
const IS_PERSON: Record<NameClass, (around: Around) => boolean> = {
  plain: () => true,
  word: isPersonNotWord,
  month: isPersonNotMonth,
  surname: ({ hasSurname, text, start, before }) =>
    hasSurname && !DETERMINERS.has(before) && !(isSentenceStart(text, start) && /\w/.test(before)),
}

/** Amber is a colour of the traffic lights that risks are rated with. */
const RATINGS = /\b(?:RAG|[Rr]isks?|[Rr]at(?:ed|ing)|[Ss]tatus|[Ll]evel|[Zz]one|[Rr]ed|[Gg]reen|alert)\b/

function isPersonNotWord({ text, start, end, word, before, after, isOwned, hasSurname }: Around): boolean {
  if (hasSurname) return true
  const small = before.toLowerCase()
  if (DETERMINERS.has(small) || /^\d/.test(after) || text[start - 1] === '/' || text[end] === '/')
    return false
  // "Hope Box", "Grace Period": the word is half of something else with capitals.
  if (/^\p{Lu}/u.test(after) && !NEVER_TITLED.has(after)) return false
  if (word === 'Frank' && small === 'to' && /[Tt]alk to $/.test(text.slice(Math.max(0, start - 8), start)))
    return false
  const isStart = text[start - 1] === '(' ? !/[),]/.test(text.charAt(end)) : isSentenceStart(text, start)
  if (isStart) return isOwned || AFTER_PERSONS.has(after)
  if (word === 'Amber' && RATINGS.test(text.slice(Math.max(0, start - 40), end + 12))) return false
  // A run of capitals is a heading or a service ("Christmas Eve"), unless its first word only begins the sentence.
  return !isCapital(before, 0) || BEFORE_NAMES.has(before)
}

function isPersonNotMonth({ text, start, before, after, isOwned, hasSurname }: Around): boolean {
  if (/^\d/.test(after) || /\d/.test(before)) return false
  const small = before.toLowerCase()
  if (hasSurname) return !BEFORE_MONTHS.has(small) || /^(?:of|for|to|from|by|on|and)$/.test(small)
  if (BEFORE_PERSONS.has(small) && small !== 'and') return !/^(?:and|to|until)$/.test(after)
  if (BEFORE_MONTHS.has(small)) return false
  if (isOwned) return kinWords.has(after) || OWNED.has(after)
  return AFTER_PERSONS.has(after) && !(after === 'left' && isSentenceStart(text, start))
}
