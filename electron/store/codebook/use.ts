/** How one code is used: how often, in how many notes, and by whom. */
import type { CodeId, CoderId } from '../../../shared/contract/basics.ts'
import type { CodeUse } from '../../../shared/contract/codes.ts'
import { type ReadableDb, sure } from '../file/connection.ts'
import { numOf } from '../file/lookup.ts'
import { NOT_BLIND, notesKeptFrom } from '../team/rounds.ts'

/**
 * Codings and notes of a code for each coder who used it, in the order of coders, second passes and the consensus as
 * coders of their own; what a blind round keeps from the viewer is not counted. @throws `not-found`
 */
export function codeUseOf(db: ReadableDb, codeId: CodeId, viewer: CoderId | null): CodeUse {
  const values = { code: numOf(db, 'code', codeId), viewer }
  const from = `FROM coding JOIN note ON note.num = coding.note JOIN coder ON coder.num = coding.coder
    WHERE coding.code = @code AND ${NOT_BLIND}`
  const byCoder = db
    .prepare<object, CodeUse['byCoder'][number]>(
      `SELECT coder.id AS coderId, count(*) AS codings, count(DISTINCT coding.note) AS notes ${from}
       GROUP BY coder.num ORDER BY coder.num`,
    )
    .all(values)
  const own = sure(
    db
      .prepare<object, Pick<CodeUse, 'codings' | 'notes'>>(
        `SELECT count(*) AS codings, count(DISTINCT coding.note) AS notes ${from} AND coder.layer = 'own'`,
      )
      .get(values),
  )
  return { ...own, byCoder, heldBack: notesKeptFrom(db, viewer).size }
}
