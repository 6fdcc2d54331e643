/**
 * An encrypted copy of the project while it stays open. SQLite's online backup refuses encrypted databases with
 * this cipher library, so the copy is made by VACUUM INTO: one consistent snapshot, the same key, no free pages.
 */
import { asProblem } from '../../shared/problem.ts'
import { type Db, openReadOnly } from './database.ts'
import { writeNewProjectFile } from './written-file.ts'

/**
 * The copy is written under a temporary name and opened once before it takes its own, so that a file which carries
 * the name can be opened. Throws `file-exists` or `disk-full`; no half copy stays behind.
 */
export function backup(db: Db, passphrase: string, path: string): void {
  writeNewProjectFile(path, (draft) => {
    try {
      db.prepare('VACUUM INTO ?').run(draft)
      openReadOnly(draft, passphrase).close()
    } catch (error) {
      throw asProblem(error)
    }
  })
}
