/**
 * What the tests put in the place of the cipher library makes the same files and opens the same files. That it gives up
 * no lock on a file that is open here is tried with the locks (`file-guard.test.ts`).
 */
import { createRequire } from 'node:module'
import { join } from 'node:path'
import Quick from 'better-sqlite3'
import { expect, it } from 'vitest'
import { createDatabase } from '../../electron/store/file/database.ts'
import { saltOf } from '../../electron/store/file/page-check.ts'
import { PASSPHRASE, temporaryFolder } from './temporary-project.ts'

const Library = createRequire(import.meta.url)('better-sqlite3') as typeof Quick

function open(library: typeof Quick, path: string, passphrase: string) {
  const db = new library(path)
  db.pragma(`cipher='sqlcipher'`)
  db.key(Buffer.from(passphrase))
  return db
}

const versionIn = (library: typeof Quick, path: string, passphrase = PASSPHRASE) => {
  const db = open(library, path, passphrase)
  try {
    return db.pragma('user_version', { simple: true })
  } finally {
    db.close()
  }
}

it('is in the place of the library', () => {
  expect(Quick).not.toBe(Library)
})

it('makes files that the library opens with the passphrase, and with no other', () => {
  const path = join(temporaryFolder(), 'study.understory')
  createDatabase(path, PASSPHRASE).close()
  expect(versionIn(Library, path)).toBeGreaterThan(0)
  expect(() => versionIn(Library, path, 'another')).toThrow(/not a database/)
})

it('opens what the library made, and with no other passphrase', () => {
  const path = join(temporaryFolder(), 'study.understory')
  const made = open(Library, path, PASSPHRASE)
  made.pragma('user_version = 7')
  made.close()
  expect(versionIn(Quick, path)).toBe(7)
  expect(() => versionIn(Quick, path, 'another')).toThrow(/not a database/)
})

it('makes files that begin differently, as those of the library do', () => {
  const folder = temporaryFolder()
  const [one, two] = ['one', 'two'].map((name) => join(folder, `${name}.understory`)) as [string, string]
  for (const path of [one, two]) createDatabase(path, PASSPHRASE).close()
  expect(saltOf(one)).not.toBe(saltOf(two))
})
