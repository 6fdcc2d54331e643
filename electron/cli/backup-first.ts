/** Before an import by script a backup is made as before one in the window: by the same rule, in the same folder. */
import { basename } from 'node:path'
import type { Command } from 'commander'
import { asProblem } from '../../shared/problem.ts'
import { areMadeFor } from '../store/backups/automatic.ts'
import { backupFolder } from '../store/file/backup-names.ts'
import { openReadOnly } from '../store/file/database.ts'
import { headOf } from '../store/file/journal-head.ts'
import { type BackupOutcome, makeBackup } from '../store/file/make-backup.ts'
import type { Project } from '../store/project.ts'
import type { CommonOptions } from './session.ts'

export type ImportOptions = CommonOptions & { backup: boolean }

export const withBackupOption = (command: Command): Command =>
  command.option('--no-backup', 'make no backup of the project first')

const say = (words: string): void => {
  process.stderr.write(`${words}\n`)
}

/** Where none can be made the import goes on, as in the window; stderr has a line about it. */
export function backUpFirst(project: Project, { backup }: ImportOptions): void {
  if (!backup || !areMadeFor(project)) return
  const folder = basename(backupFolder(project.path))
  try {
    const outcome = backUp(project)
    if (!outcome?.isNew) return
    say(`note: What was there before is kept in “${folder}” as “${outcome.name}”.`)
    if (outcome.isFull) say(`note: Older backups in “${folder}” were put away, as all took too much room.`)
  } catch (error) {
    say(`warning: ${asProblem(error).message.replaceAll('\n', ' ')} The import goes on without a backup.`)
  }
}

/** On a connection of its own, which does not see what a transaction under way has changed. */
function backUp({ path, passphrase }: Project): BackupOutcome | null {
  const db = openReadOnly(path, passphrase)
  try {
    return makeBackup(db, { path, reason: 'import', now: Date.now() }, passphrase)
  } finally {
    db.close()
  }
}

/**
 * All that `work` changes, or nothing of it. The backup is made when nothing speaks against the import any more and
 * before it is confirmed: one that is refused, or brings nothing new, leaves none behind.
 */
export function importing<T>(project: Project, options: ImportOptions, work: () => T): T {
  return project.allOrNothing(() => {
    const before = headOf(project.db)?.hash
    const result = work()
    if (headOf(project.db)?.hash !== before) backUpFirst(project, options)
    return result
  })
}
