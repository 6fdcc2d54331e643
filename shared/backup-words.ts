/** How a backup stands to the project, in words: on the screen and on the command line. */
import type { BackupComparison } from './contract/backups.ts'
import { lazily } from './lazily.ts'

const WHEN = lazily(() => new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' }))
/** A time as ISO 8601, in that of this computer: "30 Nov 2026, 14:05". */
export const whenOf = (at: string): string => WHEN().format(new Date(at))

const whole = lazily(() => new Intl.NumberFormat('en-GB'))
const many = (count: number, one: string, others = `${one}s`) =>
  `${whole().format(count)} ${count === 1 ? one : others}`

/** Null is a project that cannot be read; `isPartial`: a blind round keeps others' work, which is not counted. */
export function comparisonWords(comparison: BackupComparison | null, isPartial: boolean): string {
  if (comparison === null) return 'The project itself cannot be read, so there is nothing to compare with.'
  const { later, more, notesLater, notesMore, partsAt } = comparison
  const changes = (count: number) =>
    isPartial ? many(count, 'change of yours', 'changes of yours') : many(count, 'change')
  const parts = [
    later > 0 ? `${changes(later)} later than this backup` : '',
    more > 0 ? `${changes(more)} only in it` : '',
    notesLater > 0 ? `${many(notesLater, 'note')} not in it` : '',
    notesMore > 0 ? `${many(notesMore, 'note')} only in it` : '',
  ].filter((part) => part !== '')
  if (parts.length === 0) return isPartial ? 'Holds all you did.' : 'Holds everything in the project.'
  const parting = partsAt === null ? '' : ` Another history since ${whenOf(partsAt)}.`
  return `${parts.join('; ')}.${parting}`
}
