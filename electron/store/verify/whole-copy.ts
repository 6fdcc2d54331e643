/** Whether a copy that somebody asked for is the project, and not what is left of it. */
import { basename } from 'node:path'
import { Problem } from '../../../shared/problem.ts'
import { openReadOnly } from '../file/database.ts'
import { verify } from './verify.ts'

/**
 * What another program has written over may be copied page by page and be no project any more.
 * @throws Problem `project-damaged`; the copy stays, as all there is of what is in it
 */
export function assertWholeCopy(path: string, passphrase: string): void {
  const db = openReadOnly(path, passphrase)
  try {
    const [problem] = verify(db).problems
    if (problem === undefined) return
    throw new Problem(
      'project-damaged',
      `The copy ${basename(path)} is not whole, as another program has written over the project while it was open (${problem}). Keep it, and open the newest backup.`,
    )
  } finally {
    db.close()
  }
}
