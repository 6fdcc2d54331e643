/**
 * An encrypted copy of the project while it stays open. SQLite's online backup refuses encrypted databases with
 * this cipher library, so the copy is made by VACUUM INTO: one consistent snapshot, the same key, no free pages.
 */
import { asProblem, Problem } from '../../../shared/problem.ts'
import { besideFile, type ReadableDb } from './connection.ts'
import { openReadOnly } from './database.ts'
import { headOf, sameEntryIn } from './journal-head.ts'
import { writeNewProjectFile } from './written-file.ts'

/**
 * The copy is written under a temporary name and read through once before it takes its own, so that a file which
 * carries the name is whole. Throws `file-exists`, `disk-full` or `write-failed`; no half copy stays behind.
 */
export function backup(db: ReadableDb, passphrase: string, path: string): void {
  writeNewProjectFile(path, (draft) => {
    try {
      const least = headOf(db)?.seq ?? 0
      besideFile(db).prepare('VACUUM INTO ?').run(draft)
      assertHoldsAll(draft, passphrase, db, least)
    } catch (error) {
      throw asProblem(error)
    }
  })
}

/** Every page of a copy is read, and its journal goes as far as that of the project did when the copy was begun. */
function assertHoldsAll(copy: string, passphrase: string, project: ReadableDb, least: number): void {
  const db = openReadOnly(copy, passphrase)
  try {
    const head = headOf(db)
    const isSame = head === null ? least === 0 : head.seq >= least && sameEntryIn(project, head) !== null
    if (isSame && isSound(db)) return
  } finally {
    db.close()
  }
  throw new Problem(
    'write-failed',
    'The copy cannot be read as it was written, so it was not kept. The project is as it was; see that the disk is sound and try again.',
  )
}

/** Whether SQLite and the cipher find nothing wrong with any page. */
export function isSound(db: ReadableDb): boolean {
  return db.pragma('quick_check(1)', { simple: true }) === 'ok'
}
