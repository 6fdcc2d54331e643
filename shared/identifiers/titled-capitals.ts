/** Family names in capitals behind a title: "MR SMITH", "DR PATEL", "Mrs O'NEILL". */
import { FIRST_NAMES } from './first-names.ts'
import { NEXT_CAPITALS, TITLED_CAPITALS } from './name-words.ts'
import { ALSO_SURNAMES, NOT_NAMES } from './not-names.ts'

/** What is said in capitals behind a title, besides the words that are no names anywhere. */
const SAID = new Set(
  (
    'ADDED ADMITS ADVISES ALLOWED APOLOGISED APPROVED ARRANGED ASSESSED ATTEMPTED AWAITED AWAY BACK BOOKED BOTH BROUGHT ' +
    'CALLS CANCELLED CANCELS CARRIED CHANGED CHASED CHOSE COMES COMMENTED COMPLAINED CONSULTED CONTACTED DECIDED ' +
    'DECREASED DELAYED DID DIRECTLY DISCHARGE DUTIES EXAMINED FAILED FEELING FELL FORGOT GAVE GETS GIVES GOING GOT ' +
    'HAPPY HEARD HELD HELPED HERSELF HIMSELF INCREASED INVITED ISSUED JOINED KEEPS KEPT KNEW KNOWS LATE LEAVES LEFT ' +
    'LETTER LISTED MAY MENTIONED MISSED MUM NEXT NOTES OBTAINED ORDERED PAID PASSED PENDING PRESCRIBED PRESCRIBES ' +
    'PRESENT PROMISED PROVIDED PUT QUERIED RAISED RATHER READ REBOOKED RECALLED RECOMMENDED RECOMMENDS RECORDED ' +
    'REDUCED REFER REFERS REFUSAL REGARDED REPLIED REQUESTS RESCHEDULED RESPONDED REVIEWING REVIEWS RINGS RUNS ' +
    'SAYS SEEMED SEEMS SEES SENDS SHE SHOWED SPEAKING SPEAKS STARTS STATED STILL STOPS SUGGESTED SUGGESTS TALKED ' +
    'THANKED THERE THOUGHT TODAY TOMORROW TRIED TURNED UNABLE UNDERSTANDS UNHAPPY UNTIL UNWELL VISITED VISITS WAITED ' +
    'WAITING WEIGHED WILL WISHED WISHES WORKED WOULD WRITES WROTE YESTERDAY'
  ).split(' '),
)
/** What "MS" stands for when it is no title. */
const NOT_AFTER_MS = new Set(
  'TEAMS WORD EXCEL OFFICE OUTLOOK SOCIETY NURSE SYMPTOMS RELAPSE LESIONS DRUGS'.split(' '),
)
/** Family names of two letters. */
const SHORT_NAMES = new Set('HO HU KO LE LI LU NG QI WU XU YE YU'.split(' '))

const titleCase = (word: string): string => word.charAt(0) + word.slice(1).toLowerCase()
const isWordOfNotes = (word: string): boolean =>
  SAID.has(word) || (NOT_NAMES.has(titleCase(word)) && !ALSO_SURNAMES.has(titleCase(word)))

/**
 * Where the name in capitals that begins at `start`, right behind `title`, ends; -1 when no name begins there. Words
 * behind it in capitals belong to it only where not everything is in capitals, or behind a known first name.
 */
export function titledCapitalsEnd(text: string, start: number, title: string): number {
  TITLED_CAPITALS.lastIndex = start
  const match = TITLED_CAPITALS.exec(text)
  if (match === null) return -1
  const whole = match[1] as string
  const first = match[2] as string
  if (isWordOfNotes(first) || (title === 'MS' && NOT_AFTER_MS.has(first))) return -1
  // A mask of a kind that the project does not list.
  if (/^(\p{Lu})\1+$/u.test(first)) return -1
  if (whole.length === 2 && !SHORT_NAMES.has(whole)) return -1
  const end = TITLED_CAPITALS.lastIndex
  const isFirstName = FIRST_NAMES.get(titleCase(whole)) === 'plain'
  if (title === title.toUpperCase() && !isFirstName) return end
  NEXT_CAPITALS.lastIndex = end
  const next = NEXT_CAPITALS.exec(text)?.[1]
  return next === undefined || isWordOfNotes(next) ? end : NEXT_CAPITALS.lastIndex
}
