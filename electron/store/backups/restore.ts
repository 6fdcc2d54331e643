/**
 * Puts a backup in a project's place. It is copied, not moved; the copy is finished, read through and journalled under a
 * name of its own, and only then takes the project's, whose file is kept beside it with its log. Until that last step
 * nothing of the project is touched.
 */
import { existsSync, realpathSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { CoderId } from '../../../shared/contract/basics.ts'
import { Problem } from '../../../shared/problem.ts'
import { backup } from '../file/backup.ts'
import type { ReadableDb } from '../file/connection.ts'
import { openBeside, openReadOnly } from '../file/database.ts'
import { headOf } from '../file/journal-head.ts'
import { datedName } from '../file/kept-copy.ts'
import { identityOf, isOpenHere } from '../file/open-files.ts'
import { dropProjectFile, putInPlace } from '../file/written-file.ts'
import { PROJECT_ACTOR } from '../journal/change.ts'
import { beginReplica } from '../journal/replica.ts'
import { Project } from '../project.ts'
import { listCoders } from '../team/coders.ts'
import { pinsIn, putPins } from '../team/pins.ts'
import { isOpenElsewhere } from '../verify/leftover-log.ts'
import { whyNot } from './contents.ts'

export type Restoring = {
  /** Of the project, which need not be there, or not be readable. */
  path: string
  passphrase: string
  /** The path of the backup. */
  from: string
  /** Who does it; the program itself where that coder is not in the backup. */
  by?: CoderId
}

/**
 * @returns the path under which the file that was there is kept; null where there was none
 * @throws Problem `project-busy` while the project is open, here or elsewhere; `project-damaged` or `bad-arguments` for
 *   what is no sound backup of it; `disk-full`. The project is then as it was.
 */
export function restoreBackup({ path, passphrase, from, by = PROJECT_ACTOR }: Restoring): {
  kept: string | null
} {
  const target = existsSync(path) ? realpathSync(path) : path
  const isThere = existsSync(target)
  if (isThere && identityOf(from) === identityOf(target))
    throw new Problem('bad-arguments', `${basename(from)} is the project itself. Nothing was changed.`)
  if (isThere) assertClosed(target, passphrase)
  const kept = isThere ? datedName(target, 'kept') : null
  const copy = datedName(target, 'restored')
  const pins = copySound(target, passphrase, from, copy)
  try {
    journalRestore(copy, passphrase, by, kept, pins)
    putInPlace(copy, target, kept)
  } catch (error) {
    dropProjectFile(copy)
    throw error
  }
  return { kept }
}

function assertClosed(path: string, passphrase: string): void {
  if (!isOpenHere(path) && !isOpenElsewhere(path, passphrase)) return
  throw new Problem(
    'project-busy',
    `${basename(path)} is open, here or in another program. Nothing was changed; close it there and try again.`,
  )
}

type Pins = ReturnType<typeof pinsIn>

/** @returns the PINs that hold now; null where the project cannot be read */
function copySound(path: string, passphrase: string, from: string, copy: string): Pins | null {
  const db = openReadOnly(from, passphrase)
  try {
    const project = readable(path, passphrase)
    const why = whyNot(db, project)
    const pins = project && pinsIn(project)
    project?.close()
    if (why !== null)
      throw new Problem(
        'project-damaged',
        `${basename(from)} was not put in place: ${why} Nothing was changed.`,
      )
    backup(db, passphrase, copy)
    return pins
  } finally {
    db.close()
  }
}

/** Null where it is not there, or is damaged: that is why it is to be replaced. */
export function readable(path: string, passphrase: string): ReadableDb | null {
  let db: ReadableDb | null = null
  try {
    db = openBeside(path, passphrase)
    headOf(db)
    return db
  } catch {
    db?.close()
    return null
  }
}

/**
 * What is done in it from now on is another history than the one that is kept: it counts as another copy of the project,
 * whose entries never have the numbers of those that were made before, and whose seals are made with keys of its own.
 * Nobody gets into another's place by an older file: PINs stay as they are now.
 */
function journalRestore(
  copy: string,
  passphrase: string,
  by: CoderId,
  kept: string | null,
  pins: Pins | null,
): void {
  const project = Project.open(copy, passphrase)
  try {
    const { db } = project
    const head = headOf(db)
    beginReplica(db, copy)
    if (pins !== null) putPins(db, pins)
    const actor = listCoders(db).some(({ id }) => id === by) ? by : PROJECT_ACTOR
    project.change(actor, 'project.restore', {
      entries: head?.seq ?? 0,
      head: head?.hash ?? '',
      kept: kept === null ? null : basename(kept),
    })
  } finally {
    // Sealed it is by whoever goes on with it.
    project.close(false)
  }
}

/** A backup by its name in the list, or any file by its path. */
export const backupAt = (folder: string, name: string): string =>
  basename(name) === name && existsSync(join(folder, name)) ? join(folder, name) : name
