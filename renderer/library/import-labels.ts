/** What the import says in words and figures. */
import type { Progress } from '../../shared/contract/events.ts'
import type { ImportReport } from '../../shared/contract/note-import.ts'
import { counted, formatCount } from '../ui/Feedback.tsx'
import type { Work } from './importing.ts'

/** A kind that is not listed here is shown by its own name. */
const KINDS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  NHS: ['NHS number', 'NHS numbers'],
  UPN: ['pupil number', 'pupil numbers'],
  NINO: ['National Insurance number', 'National Insurance numbers'],
  POSTCODE: ['postcode', 'postcodes'],
  PHONE: ['phone number', 'phone numbers'],
  EMAIL: ['e-mail address', 'e-mail addresses'],
  VRM: ['vehicle registration', 'vehicle registrations'],
  URL: ['web address', 'web addresses'],
  NAME: ['name', 'names'],
  DOB: ['date of birth', 'dates of birth'],
  SCHOOL: ['school', 'schools'],
  ADDRESS: ['address', 'addresses'],
  PLACE: ['place', 'places'],
  CASEID: ['case number', 'case numbers'],
  LISTED: ['word on the project’s list', 'words on the project’s list'],
}

/** "5 names", the most frequent kind first. */
export function identifierWords(found: ImportReport['identifiers']): string[] {
  return Object.entries(found)
    .filter(([, count]) => count > 0)
    .sort(([, a], [, b]) => b - a)
    .map(([kind, count]) => {
      const [one, many] = KINDS[kind] ?? [kind, kind]
      return counted(count, one, many)
    })
}

/** Rows of the source with what is to be said about each: refused ones, or ones read in part. */
export type RowReasons = ImportReport['notes']['rejected']

export const identifierCount = (found: ImportReport['identifiers']): number =>
  Object.values(found).reduce((sum, count) => sum + count, 0)

/** For the clipboard: a line per row, the number and the reason apart by a tab. */
export const rowsAsText = (rows: RowReasons): string =>
  ['Row\tReason', ...rows.map(({ row, reason }) => `${row}\t${reason}`)].join('\n')

const MEGA = 1_000_000
const megabytes = (bytes: number) => (bytes / MEGA).toFixed(1)

const timeLeft = (seconds: number): string =>
  seconds < 60
    ? `about ${Math.max(1, Math.round(seconds))} s left`
    : `about ${Math.round(seconds / 60)} min left`

const WAITING: Record<Work['kind'], string> = {
  look: 'Reading the first rows',
  try: 'Starting the trial',
  import: 'Starting the import',
}
const WRITING: Record<Work['kind'], string> = {
  look: 'Reading the first rows',
  try: 'All read, counting',
  import: 'All read, writing to the project file',
}

/**
 * How far a job is: count, rate, time left. Tables are looked through and then read by the byte, which says how much
 * is left; a person counts rows.
 */
export function progressWords(
  { kind, progress, startedAt }: Pick<Work, 'kind' | 'progress' | 'startedAt'>,
  rows: number | null,
  now: number,
): string {
  if (!progress) return WAITING[kind]
  const { done, total, words } = progress
  const isCheck = words === 'bytes checked'
  if (total !== null && done >= total && !isCheck) return WRITING[kind]
  const seconds = (now - startedAt) / 1000
  const rate = seconds > 0.5 ? done / seconds : 0
  const left = rate > 0 && total !== null && done < total ? [timeLeft((total - done) / rate)] : []
  if (isCheck || words === 'bytes read')
    return [...amounts(progress, isCheck, rows), ...pace(progress, seconds), ...left].join(' · ')
  const perSecond =
    rate > 0 ? [`${rate < 10 ? rate.toFixed(1) : formatCount(Math.round(rate))} a second`] : []
  const read = total === null ? formatCount(done) : `${formatCount(done)} of ${formatCount(total)}`
  return [`${read} ${words}`, ...perSecond, ...left].join(' · ')
}

/** `known` is how many rows there are, once a trial has counted them. */
function amounts({ done, total, rows = 0 }: Progress, isCheck: boolean, known: number | null): string[] {
  const bytes = total === null ? `${megabytes(done)} MB` : `${megabytes(done)} of ${megabytes(total)} MB`
  if (isCheck) return [`${bytes} looked through`]
  if (rows === 0) return [`${bytes} read`]
  return known === null ? [counted(rows, 'row'), bytes] : [`${formatCount(rows)} of ${counted(known, 'row')}`]
}

function pace({ done, rows = 0 }: Progress, seconds: number): string[] {
  if (seconds <= 0.5 || done === 0) return []
  return rows > 0
    ? [`${formatCount(Math.round(rows / seconds))} rows a second`]
    : [`${megabytes(done / seconds)} MB a second`]
}
