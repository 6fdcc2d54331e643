/** Numbered migrations, one function each; `user_version` says how many a file has had. */
import { Problem } from '../../../shared/problem.ts'
import { figureOf, type ReadableDb, type WritableDb } from './connection.ts'
import { first } from './migrations/0001-first.ts'
import { merging } from './migrations/0002-merging.ts'
import { decisions } from './migrations/0003-decisions.ts'
import { DOMAIN_TABLES } from './table-definitions.ts'

export type Migration = (db: WritableDb) => void

/**
 * What is in this list is released: none of it is ever changed. A new schema, a new kind of change and a new version of
 * one's payload each come with a step at the end (which may do nothing), so that older programs refuse the file kindly.
 * Each has a file made by its program in tests/fixtures/projects.
 */
export const MIGRATIONS: readonly Migration[] = [first, merging, decisions]

/** How a file is brought up to date. */
export type Updating = {
  steps?: readonly Migration[]
  /** Before a file that has something in it is changed; what it throws leaves the file as it is. */
  before?: () => void
}

/** Brings a file to the current schema in one transaction, all of it or nothing; refuses a file from a newer program. */
export function migrate(db: WritableDb, { steps = MIGRATIONS, before = () => {} }: Updating = {}): void {
  const version = figureOf(db, 'user_version')
  if (version === steps.length) {
    assertComplete(db)
    return
  }
  if (version > steps.length) {
    throw new Problem(
      'newer-project',
      'This project was made with a newer version of Understory. Nothing was changed; install that version to open it.',
    )
  }
  if (version > 0) {
    assertReleased(db)
    before()
  }
  db.transaction(() => {
    for (const step of steps.slice(version)) step(db)
    db.pragma(`user_version = ${steps.length}`)
  }).exclusive()
}

/**
 * Before the first release the first schema changed in place: files of trial versions have its number, not its tables.
 * Entries have had a version since it was released.
 */
function assertReleased(db: ReadableDb): void {
  orTrial(() => db.prepare('SELECT version FROM journal LIMIT 0'))
}

/** A file of today's schema has all of today's columns. */
function assertComplete(db: ReadableDb): void {
  orTrial(() => {
    for (const [table, columns] of Object.entries(DOMAIN_TABLES))
      db.prepare(`SELECT num, ${Object.keys(columns).join(', ')} FROM ${table} LIMIT 0`)
    db.prepare('SELECT hlc, wall, version FROM journal LIMIT 0')
    db.prepare('SELECT signature FROM seal LIMIT 0')
    db.prepare('SELECT about FROM subject LIMIT 0')
  })
}

function orTrial(look: () => void): void {
  try {
    look()
  } catch (error) {
    throw new Problem(
      'not-a-project',
      'This project was made with a trial version of Understory, whose files this version does not open. Nothing was changed; open it with the version that made it.',
      { cause: error },
    )
  }
}
