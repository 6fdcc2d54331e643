/**
 * An encrypted copy of the project while it stays open. SQLite's online backup refuses encrypted databases with
 * this cipher library, so the copy is made by VACUUM INTO: one consistent snapshot, the same key, no free pages.
 */
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { basename } from 'node:path'
import { asProblem, Problem } from '../../shared/problem.ts'
import { type Db, openReadOnly } from './database.ts'

/**
 * The copy is written under a temporary name and opened once before it takes its own, so that a file which carries
 * the name can be opened. Throws `file-exists` or `disk-full`; no half copy stays behind.
 */
export function backup(db: Db, passphrase: string, path: string): void {
  if (existsSync(path)) {
    throw new Problem(
      'file-exists',
      `There is already a file ${basename(path)}. Nothing was written; choose another name.`,
    )
  }
  const draft = `${path}.part`
  rmSync(draft, { force: true })
  try {
    db.prepare('VACUUM INTO ?').run(draft)
    openReadOnly(draft, passphrase).close()
    syncToDisk(draft)
    renameSync(draft, path)
  } catch (error) {
    rmSync(draft, { force: true })
    throw asProblem(error)
  }
}

function syncToDisk(path: string): void {
  const file = openSync(path, 'r+')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
