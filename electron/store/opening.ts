/** What is to be said and done when a project is opened. */
import { basename } from 'node:path'
import type { OpeningNotice } from '../../shared/contract/project.ts'
import { lazily } from '../../shared/lazily.ts'
import { asProblem, Problem } from '../../shared/problem.ts'
import { backupFolder, readBackupName } from './file/backup-names.ts'
import type { WritableDb } from './file/connection.ts'
import { keyBytes } from './file/database.ts'
import { makeBackup } from './file/make-backup.ts'
import { isOpenHere } from './file/open-files.ts'
import { fitsLaterPages } from './file/page-check.ts'
import { knownSalt, type MarkPlace } from './journal/progress-mark.ts'

const WHEN = lazily(() => new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' }))

/** Whoever opens a backup by itself should know that it is not the project. */
export function aboutBackup(path: string): OpeningNotice[] {
  const said = readBackupName(basename(path))
  if (said === null) return []
  const words = `This is a backup of ${WHEN().format(said.at)}, opened as a project of its own: what is changed here does not come into the project. To put it in the project’s place, open the project and choose Backups.`
  return [{ words, isLoss: false }]
}

/** @throws Problem `project-damaged` in place of `wrong-passphrase` where the passphrase fits the rest of the file */
export function readingPassphrase<T>(
  path: string,
  passphrase: string,
  marks: MarkPlace | undefined,
  open: () => T,
): T {
  try {
    return open()
  } catch (error) {
    const isRefused = error instanceof Problem && error.code === 'wrong-passphrase'
    if (!isRefused || isOpenHere(path)) throw error
    const salt = marks ? knownSalt(path, marks) : null
    if (!fitsLaterPages(path, keyBytes(passphrase), salt)) throw error
    throw new Problem(
      'project-damaged',
      `The passphrase is right, but the beginning of ${basename(path)} is damaged. Nothing was changed; make a copy of it before anything else, then open a backup.`,
      { cause: error },
    )
  }
}

/** @returns what there is to tell. @throws Problem where there can be no backup: the file is then left as it is */
export function backUpBeforeUpdate(db: WritableDb, path: string, passphrase: string): string {
  const name = basename(path)
  try {
    makeBackup(db, { path, reason: 'migration', now: Date.now() }, passphrase)
  } catch (error) {
    const { code, message } = asProblem(error)
    throw new Problem(
      code,
      `${name} was made with an older version of Understory. Before it is brought up to date a backup is made, and that failed: ${message}`,
      { cause: error },
    )
  }
  return `${name} was made with an older version of Understory and has been brought up to date. As it was it lies in “${basename(backupFolder(path))}”.`
}
