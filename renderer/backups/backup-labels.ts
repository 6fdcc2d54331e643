/** What is said of a backup. */
import type { BackupContents, BackupReason } from '../../shared/contract/backups.ts'
import { counted } from '../ui/Feedback.tsx'

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
