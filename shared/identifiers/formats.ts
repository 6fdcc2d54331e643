/** Identifiers that have a form but nothing to check it by. */
import { type Finding, findingAt, matches } from './finding.ts'

const NINO = /\b(?!BG|GB|NK|KN|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b/gi
/** Royal Mail's forms, Girobank, and ZZ99, which the health service writes for "no address" and the like. */
const POSTCODE =
  /\b(?:GIR[ \u00a0]?0AA|(?:[A-PR-UWYZ]\d[ABCDEFGHJKPSTUW]?|[A-PR-UWYZ]\d{2}|[A-PR-UWYZ][A-HK-Y]\d[ABEHMNPRVWXY]?|[A-PR-UWYZ][A-HK-Y]\d{2})[ \u00a0]?\d[ABD-HJLNP-UW-Z]{2}|ZZ99[ \u00a0]?\d[A-Z]{2})\b/gi
const PHONE =
  /(?<![\d+])(?:(?:\+|00)44[ \u00a0.-]?(?:\(0\))?|\((?=\d{2,5}\))0|0)(?:[ \u00a0().-]{0,3}\d){9,10}(?!\d)/g
/** Forms since 2001, 1983 to 2001, and 1963 to 1983. */
const VRM_CURRENT = /\b[A-HJ-PR-Y]{2}(?:0[2-9]|[12]\d|5[1-9]|[67]\d)[- ]?[A-HJ-PR-Z]{3}\b/gi
const VRM_PREFIX = /\b[A-HJ-NPR-TV-Y]\d{1,3}[- ]?[A-HJ-PR-Y][A-HJ-PR-Z]{2}\b/g
const VRM_SUFFIX = /\b[A-HJ-PR-Z]{3}[- ]?\d{1,3}[- ]?[A-HJ-NPR-TV-Y]\b/g
const URL = /\b(?:https?:\/\/|www\.)[^\s<>"“”]{2,2000}/gi
const DOMAIN = /[a-z0-9](?:[a-z0-9-]{0,62})(?:\.[a-z0-9-]{1,63}){0,7}\.[a-z]{2,24}(?![a-z0-9])/iy
const LOCAL_PART = /[a-z0-9!#$%&'*+/=?^_`{|}~.-]/i

/** Three letters in capitals that are words of a note, not half a number plate. */
const WORDS_OF_THREE = new Set(
  (
    'THE AND FOR WAS HAS HAD HER HIS HIM SHE NOT BUT ARE YOU ALL ANY CAN DAY DID GET MAY MUM DAD NOW OLD ONE OUR OUT ' +
    'SAW SEE SET TWO WAY WHO YET AGE AGO BED BOY CAR FEW FIT GOT HOW LET LOW MAN MEN MET NEW NOR OFF OWN PUT RAN SAY ' +
    'SON TEN TOO TRY USE WHY NHS CPA CIN LAC SEN ADH ASD CBT CPN CCG DBT DNA DOB EHC FGM GCS GMC GPS ICB LCS LEA MDT ' +
    'MHA NAI NAS PRN PRU PTS SCR SGO SSA UPN YOT YRS BMI CYP ECG MRI CTO BAC BDI HAD RCA DSM ICD'
  ).split(' '),
)

export function* formattedIdentifiers(text: string): Generator<Finding> {
  yield* emails(text)
  yield* urls(text)
  // Everything below has a digit in it, which many notes have not.
  if (!/\d/.test(text)) return
  yield* matches(text, 'PHONE', PHONE, (found) => (isPhone(found) ? 'format' : null))
  yield* matches(text, 'NINO', NINO, () => 'format')
  yield* matches(text, 'POSTCODE', POSTCODE, (found) =>
    isOneCase(found) && !/[a-z](?<=nd|rd|st|th)$/.test(found) ? 'format' : null,
  )
  const isPlate = (found: string) => {
    const letters = /[a-z]{3}/i.exec(found)?.[0].toUpperCase() ?? ''
    return isOneCase(found) && !WORDS_OF_THREE.has(letters) ? 'format' : null
  }
  yield* matches(text, 'VRM', VRM_CURRENT, isPlate)
  yield* matches(text, 'VRM', VRM_PREFIX, isPlate)
  yield* matches(text, 'VRM', VRM_SUFFIX, isPlate)
}

/** "Y7 1st" and "In14 The" are prose; people type codes in one case. */
const isOneCase = (found: string): boolean => found === found.toUpperCase() || found === found.toLowerCase()

function isPhone(found: string): boolean {
  const isAbroad = /^(?:\+|00)44/.test(found)
  const number = isAbroad
    ? found.replace(/^(?:\+|00)44[ \u00a0.-]?(?:\(0\))?/, '')
    : found.replace(/^\(?0/, '')
  if (!/^[ \u00a0().-]*[123789]/.test(number)) return false
  if (isAbroad) return true
  // A row of scores (0 1 2 3 ...) and a date with a time beside it have the digits but not the groups.
  return /^\(?0\d{2}/.test(found) && !/^0\d[-. ]\d{1,2}[-. ]\d{2,4}/.test(found)
}

/** Found from the @ outward, so that long runs of letters cost nothing. */
function* emails(text: string): Generator<Finding> {
  let free = 0
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    let start = at
    while (start > free && at - start < 64 && LOCAL_PART.test(text.charAt(start - 1))) start--
    while (start < at && /[.'&/=?*-]/.test(text.charAt(start))) start++
    if (start === at) continue
    DOMAIN.lastIndex = at + 1
    const domain = DOMAIN.exec(text)
    if (domain === null) continue
    free = at + 1 + domain[0].length
    yield findingAt(text, 'EMAIL', start, free, 'format')
  }
}

function* urls(text: string): Generator<Finding> {
  for (const match of text.matchAll(URL)) {
    // The full stop after an address ends the sentence, and a bracket closes what was opened before it.
    const address = match[0].replace(/[.,;:!?'’)\]}]{1,10}$/, '')
    if (/^(?:https?:\/\/|www\.)$/i.test(address)) continue
    yield findingAt(text, 'URL', match.index, match.index + address.length, 'format')
  }
}
