/** Numbered migrations, one function each; `user_version` says how many a file has had. */
import { Problem } from '../../shared/problem.ts'
import type { Db } from './database.ts'
import { first } from './migrations/0001-first.ts'

export const MIGRATIONS: ReadonlyArray<(db: Db) => void> = [first]

/** Brings a file to the current schema in one transaction; refuses a file from a newer program. */
export function migrate(db: Db): void {
  const version = db.pragma('user_version', { simple: true }) as number
  if (version === MIGRATIONS.length) return
  if (version > MIGRATIONS.length) {
    throw new Problem(
      'newer-project',
      'This project was made with a newer version of Understory. Nothing was changed; install that version to open it.',
    )
  }
  db.transaction(() => {
    for (const step of MIGRATIONS.slice(version)) step(db)
    db.pragma(`user_version = ${MIGRATIONS.length}`)
  }).exclusive()
}
