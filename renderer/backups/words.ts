/** What is said of a backup. */
import type { BackupComparison, BackupContents, BackupReason } from '../../shared/model.ts'
import { counted } from '../ui/Feedback.tsx'

const WHEN = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' })
export const whenOf = (at: string): string => WHEN.format(new Date(at))

export const REASONS: Readonly<Record<BackupReason, string>> = {
  opening: 'on opening',
  hourly: 'hourly',
  import: 'before an import',
  merge: 'before a merge',
  migration: 'before a new version of the program',
}

export function contentWords({ notes, entries, coders, isPartial }: BackupContents): string {
  const changes = isPartial ? `${counted(entries, 'change')} of yours` : counted(entries, 'change')
  const people = (coders ?? []).map(({ name, codings }) => `${name} ${counted(codings, 'coding')}`)
  return [`${counted(notes, 'note')}, ${changes}`, ...people].join(' · ')
}

/** Null is a project that cannot be read. */
export function comparisonWords(comparison: BackupComparison | null, isPartial: boolean): string {
  if (comparison === null) return 'The project itself cannot be read, so there is nothing to compare with.'
  const { later, more, notesLater, notesMore, partsAt } = comparison
  const change = isPartial ? 'change of yours' : 'change'
  const changes = isPartial ? 'changes of yours' : 'changes'
  const parts = [
    later > 0 ? `${counted(later, change, changes)} later than this backup` : '',
    more > 0 ? `${counted(more, change, changes)} only in it` : '',
    notesLater > 0 ? `${counted(notesLater, 'note')} not in it` : '',
    notesMore > 0 ? `${counted(notesMore, 'note')} only in it` : '',
  ].filter((part) => part !== '')
  if (parts.length === 0) return isPartial ? 'Holds all you did.' : 'Holds everything in the project.'
  const parting = partsAt === null ? '' : ` Another history since ${whenOf(partsAt)}.`
  return `${parts.join('; ')}.${parting}`
}
