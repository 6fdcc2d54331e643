/** Towns and counties by name, where the sentence allows one. */
import {
  isBlank,
  isCapital,
  isSentenceStart,
  isWordCode,
  wordAfter,
  wordBefore,
  wordEndingAt,
} from './capitals.ts'
import { type Finding, findingAt } from './finding.ts'
import { FIRST_NAMES } from './first-names.ts'
import { FOREIGN_PLACES } from './not-names.ts'
import { PLACES, type Place } from './places.ts'

const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/))

const BEFORE_PLACES = words('in from to at near around outside into towards via In From Near At Outside')
const BEFORE_PLACES_ONLY = words('in near around outside into via In Near Outside')
/** Who or what is "in", "from" or "to" a place, not a thing of that name. */
const STAYING = words(`
live lives lived living move moves moved moving base based born house home flat placed placement found stay stays stayed staying reside resides
resided residing school hospital unit prison college university job shop station centre town city area family father mother dad mum parents
grandparents grandmother grandfather nan aunt uncle cousin cousins brother sister relatives carer carers friends boyfriend girlfriend partner
travel travels travelled train bus drove arrested born grew up relocated relocate refuge hostel accommodation somewhere
over down holiday trip originally comes came fled remain remained working works worked
`)
/** Behind a place these make it a test, a chart or a club. */
const NOT_BEHIND = words(`
Coma Postnatal Stool Triage Scale Depression Dependence Questionnaire Handbook Outcome Outcomes Criteria Model Mental Care-Pathway Star Checklist
United Rovers Wanderers Albion Athletic Hotspur Wednesday FC Fan Reading Nationals Technicals Assessment Interview Inventory Pudding Index scale model criteria stool
`)
const STREETS = words(
  'Road Rd Street St Lane Avenue Ave Close Drive Way Crescent Square Gardens Terrace Grove Hill Row Walk Parade',
)
const AFTER_PLACES =
  /^ (?:CAMHS|CMHT|MASH|[Ss]ocial [Cc]are|[Pp]olice|[Hh]ospital|[Cc]ouncil|[Ss]tation|[Tt]eam)\b/
const AFTER_STREETS =
  /(?:Road|Rd|Street|St|Lane|Avenue|Ave|Close|Drive|Way|Crescent|Court|Terrace|Hill|Park|Walk), $/
const SUPPORTING = words(
  'support supports supporting supported follows duke Duke Duchess Prince Princess Earl Lord',
)

/** Places at the `capitals` (starts and ends by turns). */
export function* placeFindings(text: string, capitals: readonly number[]): Generator<Finding> {
  let free = 0
  for (let index = 0; index < capitals.length; index += 2) {
    const start = capitals[index] as number
    if (start < free) continue
    const end = placeEnd(text, start, capitals[index + 1] as number)
    if (end === 0) continue
    free = end
    yield findingAt(text, 'PLACE', start, end, 'likely')
  }
}

function placeEnd(text: string, start: number, wordEnd: number): number {
  const first = text.slice(start, wordEnd)
  const isShouted = wordEnd - start > 3 && isCapital(text, start + 1) && first === first.toUpperCase()
  const places = PLACES.get(isShouted ? first.charAt(0) + first.slice(1).toLowerCase() : first)
  if (places === undefined) return 0
  for (const place of places) {
    const end = endOf(text, start, place.name)
    if (end === 0) continue
    if (isShouted && place.kind !== 'plain') return 0
    return isPlace(text, start, end, place) ? withStreet(text, end) : 0
  }
  return 0
}

/** Where `name` ends in the text at `start`, hyphens for blanks and capitals in the middle aside; 0 if it is not there. */
function endOf(text: string, start: number, name: string): number {
  let at = start
  for (let index = 0; index < name.length; index++) {
    const wanted = name.charCodeAt(index)
    let code = text.charCodeAt(at)
    if (wanted === 32) {
      if (code === 0x2e && text.slice(at - 2, at) === 'St') code = text.charCodeAt(++at)
      if (!isBlank(code) && code !== 0x2d && code !== 10) return 0
    } else if (wanted === 0x27) {
      if (code !== 0x27 && code !== 0x2019) return 0
    } else if ((code | 32) !== (wanted | 32)) return 0
    at++
  }
  if (isWordCode(text.charCodeAt(at))) return 0
  // "Stoke-Mandeville" and "Norwich-on-Sea" are other places than Stoke and Norwich; "London-based" is London.
  if (
    text[at] === '-' &&
    (isCapital(text, at + 1) || /^-(?:on|upon|in|le|super|by)-/.test(text.slice(at, at + 8)))
  )
    return 0
  return at
}

function isPlace(text: string, start: number, end: number, { name, kind }: Place): boolean {
  const before = wordBefore(text, start)
  if (
    SUPPORTING.has(before) ||
    (before === 'of' &&
      /(?:Duke|Duchess|Prince|Princess|Earl) of $/.test(text.slice(Math.max(0, start - 12), start)))
  )
    return false
  if (NOT_BEHIND.has(wordAfter(text, end))) return false
  if (FIRST_NAMES.has(name)) return isPlaceContext(text, start, end)
  if (kind === 'plain') return true
  // "12 Mill Lane, Deal", "the Sale team", "Reading social care".
  if (AFTER_PLACES.test(text.slice(end, end + 13)) && !isSentenceStart(text, start)) return true
  if (AFTER_STREETS.test(text.slice(Math.max(0, start - 14), start))) return true
  if (kind === 'ambiguous') return BEFORE_PLACES.has(before)
  return (
    isSettled(text, start, before) &&
    !/^ (?:\d|and (?:Maths|Writing|Spelling)|lessons?|club|training)/.test(text.slice(end, end + 14))
  )
}

/** "lives in", "moved to", "a school near". */
function isSettled(text: string, start: number, before: string): boolean {
  if (!BEFORE_PLACES.has(before)) return false
  if (/^(?:near|outside|Near|Outside)$/.test(before)) return true
  const at = start - 1 - before.length
  return isBlank(text.charCodeAt(at - 1)) && STAYING.has(wordEndingAt(text, at - 1).toLowerCase())
}

/** For words that are first names and places: true where the sentence means the place. */
export function isPlaceContext(text: string, start: number, end: number): boolean {
  const word = text.slice(start, end)
  const isTown = PLACES.get(word)?.some(({ name }) => name === word) ?? false
  if (!isTown && !FOREIGN_PLACES.has(word)) return false
  const before = wordBefore(text, start)
  if (isSettled(text, start, before)) return true
  if (!BEFORE_PLACES_ONLY.has(before)) return false
  return !/\b(?:confid\w+|trust\w*|interest\w*|believ\w+|change\w*|improvement) in $/.test(
    text.slice(Math.max(0, start - 24), start),
  )
}

/** A road called after a town is a place of its own: "Norwich Road". */
function withStreet(text: string, end: number): number {
  const after = wordAfter(text, end)
  return STREETS.has(after) ? end + 1 + after.length : end
}
