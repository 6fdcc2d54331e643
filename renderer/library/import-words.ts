/** What the import says in words and figures. */
import type { ImportReport } from '../../shared/model.ts'
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

export const identifierCount = (found: ImportReport['identifiers']): number =>
  Object.values(found).reduce((sum, count) => sum + count, 0)

/** For the clipboard: a line per refused row, the number and the reason apart by a tab. */
export const refusedAsText = (rejected: ImportReport['notes']['rejected']): string =>
  ['Row\tReason', ...rejected.map(({ row, reason }) => `${row}\t${reason}`)].join('\n')

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
 * How far a job is: count, rate, time left. Tables are read by the byte; once a trial has counted their rows, they
 * are shown as rows.
 */
export function progressWords(
  { kind, progress, startedAt }: Pick<Work, 'kind' | 'progress' | 'startedAt'>,
  rows: number | null,
  now: number,
): string {
  if (!progress) return WAITING[kind]
  const { done, total, words } = progress
  if (total !== null && done >= total) return WRITING[kind]
  const seconds = (now - startedAt) / 1000
  const rate = seconds > 0.5 ? done / seconds : 0
  const isBytes = words === 'bytes read'
  const left = rate > 0 && total !== null ? [timeLeft((total - done) / rate)] : []
  if (isBytes && rows !== null && total) {
    const share = done / total
    const perSecond = rate > 0 ? [`${formatCount(Math.round((rate / total) * rows))} rows a second`] : []
    return [
      `About ${formatCount(Math.round(share * rows))} of ${counted(rows, 'row')}`,
      ...perSecond,
      ...left,
    ].join(' · ')
  }
  if (isBytes) {
    const perSecond = rate > 0 ? [`${megabytes(rate)} MB a second`] : []
    const read =
      total === null ? `${megabytes(done)} MB read` : `${megabytes(done)} of ${megabytes(total)} MB read`
    return [read, ...perSecond, ...left].join(' · ')
  }
  const perSecond =
    rate > 0 ? [`${rate < 10 ? rate.toFixed(1) : formatCount(Math.round(rate))} a second`] : []
  const read = total === null ? formatCount(done) : `${formatCount(done)} of ${formatCount(total)}`
  return [`${read} ${words}`, ...perSecond, ...left].join(' · ')
}
