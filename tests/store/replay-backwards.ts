/** Replay with rows found the other way round: what a change does hangs on the journal alone. */
import type { ReadableDb } from '../../electron/store/file/connection.ts'
import { memoryDatabase } from '../../electron/store/file/database.ts'
import { compareTables, replayAll } from '../../electron/store/verify/verify.ts'

/** What is not as it was made when everything that is in no order is read backwards. */
export function differencesBackwards(db: ReadableDb): string[] {
  const fresh = memoryDatabase()
  fresh.pragma('reverse_unordered_selects = ON')
  try {
    replayAll(db, fresh)
    return compareTables(db, fresh)
  } finally {
    fresh.close()
  }
}
