/** How the codes used last take their places. Pure. */
import type { CodeId } from '../../shared/contract/basics.ts'

/** As many as there are keys. */
const MOST = 9

export type RecentCodes = {
  /** Newest first. */
  newest: readonly CodeId[]
  /** The same codes in places that stay: the first has the key 1. */
  numbered: readonly CodeId[]
}

/** With a code used just now. A new one takes the number of the one used longest ago. */
export function withCode({ newest, numbered }: RecentCodes, codeId: CodeId): RecentCodes {
  const next = [codeId, ...newest.filter((id) => id !== codeId)].slice(0, MOST)
  if (numbered.includes(codeId)) return { newest: next, numbered }
  if (numbered.length < MOST) return { newest: next, numbered: [...numbered, codeId] }
  const oldest = numbered.findLastIndex((id) => !next.includes(id))
  return { newest: next, numbered: numbered.map((id, at) => (at === oldest ? codeId : id)) }
}
