/** The codes a coder used last, for the keys 1 to 9. They belong to this copy of the file: not journalled, not merged. */
import type { CodeId, CoderId } from '../../../shared/contract/basics.ts'
import { RecentCodes } from '../../../shared/contract/codes.ts'
import type { ReadableDb, WritableDb } from '../file/connection.ts'
import { findNum } from '../file/lookup.ts'
import { readLocal, writeLocal } from '../file/values.ts'

const MOST = 9
/** Codings looked at for a coder who never chose a code here; a bulk of one code hides what came before it. */
const LOOKED_AT = 2_000

const nameFor = (coderId: CoderId) => `recent.${coderId}`

/** What was kept, without codes that are gone by now; else the codes of the codings this coder made last. */
export function recentCodes(db: ReadableDb, coderId: CoderId): RecentCodes {
  const kept = readLocal(db, nameFor(coderId))
  if (kept === null) return ofCodings(db, coderId)
  const { newest, numbered } = RecentCodes.parse(JSON.parse(kept))
  const isThere = (id: CodeId) => findNum(db, 'code', id) !== null
  return { newest: newest.filter(isThere), numbered: numbered.filter(isThere) }
}

function ofCodings(db: ReadableDb, coderId: CoderId): RecentCodes {
  const found = db
    .prepare<object, CodeId>(
      `SELECT code.id FROM (SELECT code, num FROM coding WHERE coder = (SELECT num FROM coder WHERE id = @coderId)
                            ORDER BY num DESC LIMIT @looked) AS last
       JOIN code ON code.num = last.code GROUP BY last.code ORDER BY max(last.num) DESC LIMIT @most`,
    )
    .pluck()
    .all({ coderId, looked: LOOKED_AT, most: MOST })
  return { newest: found, numbered: found }
}

export function keepRecentCodes(db: WritableDb, coderId: CoderId, codes: RecentCodes): void {
  writeLocal(db, nameFor(coderId), JSON.stringify(codes))
}
