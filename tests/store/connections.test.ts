import { describe, expect, it } from 'vitest'
import type { ReadableDb, WritableDb } from '../../electron/store/file/connection.ts'
import { openReadOnly } from '../../electron/store/file/database.ts'
import { readLocal, writeLocal } from '../../electron/store/file/values.ts'
import { jobs } from '../../electron/store/jobs/jobs.ts'
import type { ReduceContext } from '../../electron/store/journal/change.ts'
import { insertEntry } from '../../electron/store/journal/entry.ts'
import { Tables } from '../../electron/store/journal/tables.ts'
import { verify } from '../../electron/store/verify/verify.ts'
import { makeProject, PASSPHRASE } from './temporary-project.ts'

/** A file opened for reading, as the threads have it. */
function readOnly(): ReadableDb {
  const project = makeProject()
  project.addCoder('Amara')
  project.close()
  return openReadOnly(project.path, PASSPHRASE)
}

describe('a connection that only reads', () => {
  it('answers what only asks', () => {
    const db = readOnly()
    expect(db.prepare('SELECT name FROM coder').pluck().all()).toEqual(['Amara'])
    expect(verify(db).problems).toEqual([])
    db.close()
  })

  it('is refused by SQLite where the compiler was talked out of it', () => {
    const db = readOnly()
    // @ts-expect-error: writing takes a connection for writing.
    expect(() => writeLocal(db, 'view', '')).toThrow(/readonly/)
    expect(readLocal(db, 'view')).toBeNull()
    db.close()
  })

  it('cannot be given to what writes, by its type', () => {
    const writes = (db: ReadableDb, context: ReduceContext) => [
      // @ts-expect-error: reducers write through the tables they are given.
      context.db.prepare('DELETE FROM coder').run(),
      // @ts-expect-error
      db.exec('DELETE FROM coder'),
      // @ts-expect-error
      db.transaction(() => {}),
      // @ts-expect-error
      db.pragma('user_version = 0'),
      // @ts-expect-error
      new Tables(db),
      // @ts-expect-error
      insertEntry(db, {}),
    ]
    const reads = (db: WritableDb) => jobs.places(db, { text: '' })
    expect([writes, reads]).toHaveLength(2)
  })
})
