/** Numbered migrations, one function each; `user_version` says how many a file has had. */
import { Problem } from '../../shared/problem.ts'
import type { Db } from './database.ts'
import { first } from './migrations/0001-first.ts'
import { DOMAIN_TABLES } from './tables.ts'

export const MIGRATIONS: ReadonlyArray<(db: Db) => void> = [first]

/** Brings a file to the current schema in one transaction; refuses a file from a newer program. */
export function migrate(db: Db): void {
  const version = db.pragma('user_version', { simple: true }) as number
  if (version === MIGRATIONS.length) {
    assertComplete(db)
    return
  }
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

/** Until the first release the first schema changed in place: files of trial versions have its number, not its tables. */
function assertComplete(db: Db): void {
  try {
    for (const [table, columns] of Object.entries(DOMAIN_TABLES))
      db.prepare(`SELECT num, ${columns.join(', ')} FROM ${table} LIMIT 0`)
    db.prepare('SELECT hlc, wall FROM journal LIMIT 0')
    db.prepare('SELECT signature FROM seal LIMIT 0')
  } catch (error) {
    throw new Problem(
      'not-a-project',
      'This project was made with a trial version of Understory, whose files this version does not open. Nothing was changed; open it with the version that made it.',
      { cause: error },
    )
  }
}
