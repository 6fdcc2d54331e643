/** The check's terms as people say them. */
import type { IdentifierScan } from '../../shared/contract/identifiers.ts'
import { counted } from '../ui/Feedback.tsx'

export type Finding = IdentifierScan['findings'][number]
export type Kind = Finding['kind']

export const KIND_NAMES: Record<Kind, string> = {
  NHS: 'NHS number',
  UPN: 'Pupil number',
  NINO: 'National Insurance number',
  POSTCODE: 'Postcode',
  PHONE: 'Telephone number',
  EMAIL: 'Email address',
  VRM: 'Vehicle registration',
  URL: 'Web address',
  NAME: 'Name',
  DOB: 'Date of birth',
  PLACE: 'Place',
  SCHOOL: 'School',
  ADDRESS: 'Address',
  CASEID: 'Case number',
  LISTED: 'On your list',
}

/** Kinds whose last digit or letter can be worked out from the others. */
const HAS_CHECK_DIGIT: ReadonlySet<Kind> = new Set(['NHS', 'UPN'])

export function confidenceWords({ kind, confidence }: Pick<Finding, 'kind' | 'confidence'>): string {
  if (kind === 'LISTED') return 'always reported'
  if (confidence === 'checked') return HAS_CHECK_DIGIT.has(kind) ? 'check digit correct' : 'checked'
  return confidence === 'format' ? 'matches the format' : 'likely from the words around it'
}

export const START_LINE = 'Checks for possible identifiers. It cannot find all of them.'
/** What an empty list means, at once or after all was kept or redacted: not that there is nothing. */
export const nothingLeft = (notes: number): string =>
  `No possible identifier is left to review in ${counted(notes, 'note')}. The check cannot find every identifier.`
export const FOR_GOOD =
  'This removes the text from the note permanently. It cannot be undone, and the file keeps no copy of it. Backups made before still have it.'
