/** Identifiers known by the words around them: names, places, dates of birth, schools, addresses, ids of systems. */
import { capitalWords } from './capitals.ts'
import { type Finding, findingAt } from './finding.ts'
import { nameFindings } from './names.ts'
import { placeFindings } from './towns.ts'

const MONTH =
  'Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?'
const DATE = `\\d{1,2}[/.-]\\d{1,2}[/.-](?:\\d{4}|\\d{2})|\\d{4}[/.-]\\d{1,2}[/.-]\\d{1,2}|\\d{1,2}(?:st|nd|rd|th)?[ -](?:of )?(?:${MONTH})[ ,-]{1,2}(?:\\d{4}|\\d{2})`
const DOB = new RegExp(
  `\\b(?:d\\.?o\\.?b\\.?|date of birth|birth ?date|birthday|born(?: on)?)[ \\t:=,(-]{0,4}(?:is |was |the )?(${DATE})(?!\\d)`,
  'gi',
)

const PLACE_WORD = String.raw`(?:St\.|\p{Lu}\p{Ll}{0,30}(?:['’-]\p{L}{1,30})?)`
const SCHOOL_ENDS = new Set([
  'School',
  'Academy',
  'College',
  'Primary',
  'Nursery',
  'Kindergarten',
  'Sixth',
  'PRU',
])
const SCHOOL_END =
  / (?:School|Academy|College|Primary|Nursery|Kindergarten|Sixth Form|PRU)\b(?: (?:School|College|Academy|Sixth Form)\b){0,2}/y
const LINKING = new Set(['of', 'the', 'and', '&'])
const SCHOOL_WORD = new RegExp(`(?<![\\p{L}\\p{N}])(?:${PLACE_WORD}|of|the|and|&)$`, 'u')
/** Words before "School" that say what sort it is, not which; and those that begin a sentence or own it. */
const NOT_SCHOOLS = new Set(
  (
    'The A An At In To From His Her Their Our My Your This That New Old Local Mainstream Special Primary Secondary High ' +
    'Middle Upper Lower Junior Infant Infants Juniors Grammar Community Nursery Boarding Residential Independent Private ' +
    'State Comprehensive Technical Further Higher Sixth Form After Before Sunday Saturday Summer Medical Nursing Home Day ' +
    'Art Music Mum Dad Mother Father Social Current Previous Former First Second Third Attends Attended Attending Started Left Miss Misses Missed ' +
    'Forest Recovery Virtual Hospital Whole Pre Free Faith Church Village Sports Agricultural Royal Medical Business Law Big ' +
    'School Schools PRU Academy College Year of the and & Of And'
  ).split(' '),
)

const STREET =
  'Road|Rd|Street|St|Lane|Ln|Avenue|Ave|Close|Drive|Dr|Way|Crescent|Cres|Court|Ct|Place|Pl|Square|Sq|Gardens|Gdns|Grove|Terrace|Hill|Park|Row|Walk|Mews|Rise|Green|Parade|Path|View|Wharf|Quay|Hall|House|Broadway'
const ADDRESS = new RegExp(
  `(?:\\b(?:Flat|Apartment|Apt|Unit|Room) \\d{1,4}[A-Za-z]?,? )?\\b\\d{1,4}[A-Za-z]?(?:-\\d{1,4})?,? (?:${PLACE_WORD} ){1,4}(?:${STREET})(?![\\p{L}\\p{N}])`,
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
  const capitals = capitalWords(text)
  yield* nameFindings(text, capitals)
  yield* placeFindings(text, capitals)
  yield* schools(text, capitals)
  if (!/\d/.test(text)) return
  yield* groups(text, 'DOB', DOB)
  for (const match of text.matchAll(ADDRESS)) {
    if (!NOT_STREETS.test(match[0])) yield likely(text, 'ADDRESS', match.index, match[0].length)
  }
  if (!/\d{4}/.test(text)) return
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

/** From the word that says school back to where its name begins: at most six words. */
function* schools(text: string, capitals: readonly number[]): Generator<Finding> {
  let free = 0
  for (let index = 0; index < capitals.length; index += 2) {
    const place = capitals[index] as number
    if (place < free || !SCHOOL_ENDS.has(text.slice(place, capitals[index + 1]))) continue
    SCHOOL_END.lastIndex = place - 1
    const match = SCHOOL_END.exec(text)
    if (match === null) continue
    let start = -1
    let at = match.index
    for (let words = 0; words < 6 && at > free; words++) {
      const from = Math.max(free, text.lastIndexOf(' ', at - 1) + 1, at - 40)
      const word = SCHOOL_WORD.exec(text.slice(from, at))?.[0]
      // "Mosaic and School records": a school's name does not end with a linking word.
      if (word === undefined || (words === 0 && LINKING.has(word))) break
      // Generic words in front belong to the sentence; behind the first name word they belong to the school.
      if (!NOT_SCHOOLS.has(word)) start = at - word.length
      if (at - word.length > from || text[from - 1] !== ' ') break
      at = from - 1
    }
    free = match.index + match[0].length
    if (start >= 0) yield likely(text, 'SCHOOL', start, free - start)
  }
}
