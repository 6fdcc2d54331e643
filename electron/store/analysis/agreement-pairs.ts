/** Agreement of every two of the compared coders, each on the notes those two finished. */
import type { PairsReport } from '../../../shared/contract/agreement.ts'
import type { CoderId } from '../../../shared/contract/basics.ts'
import type { ReadableDb } from '../file/connection.ts'
import { getCoder } from '../team/coders.ts'
import { type AgreementArgs, computeAgreement } from './agreement.ts'
import { checkpoint, type JobOptions } from './progress.ts'

/** The same for two coders as `computeAgreement`. Throws `cancelled`. */
export function computePairs(db: ReadableDb, args: AgreementArgs, options: JobOptions = {}): PairsReport {
  const { codeIds: _codes, replicates: _replicates, resampled: _resampled, seed: _seed, ...scope } = args
  const { coderIds } = scope
  const asked = coderIds.flatMap((first, g) =>
    coderIds.slice(g + 1).map((second): [CoderId, CoderId] => [first, second]),
  )
  const pairs = asked.map((pair, at) => {
    checkpoint(options, { done: at, total: asked.length, words: 'pairs of coders' })
    // The work within a pair is not reported: two counts at once would run back and forth.
    const { onProgress: _report, ...quiet } = options
    const { notes, codes, overall, pooled } = computeAgreement(db, { ...args, coderIds: pair }, quiet)
    return { coderIds: pair, notes: notes.counted.length, codes, overall, pooled }
  })
  return { scope, coders: coderIds.map((id) => getCoder(db, id)), pairs }
}
