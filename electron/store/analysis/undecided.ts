/** Disagreements beside what was decided about them. */
import type { CodeId, CoderId, RoundId } from '../../../shared/contract/basics.ts'
import type { Agreed, Disagreement } from '../../../shared/contract/disagreements.ts'
import { isSettled, type Standing, standingReader } from '../decisions/standing.ts'
import type { ReadableDb } from '../file/connection.ts'
import type { CountedNote, Selection } from './compared.ts'
import { readDisagreements, selectCompared } from './disagreements.ts'
import type { JobOptions } from './progress.ts'

export type CompareScope = {
  coderIds: readonly CoderId[]
  roundId: RoundId | null
  /** Only what is about one of these; null: whatever it is about. */
  codeIds: ReadonlySet<CodeId> | null
}

export const isAbout = ({ segments }: Disagreement | Agreed, { codeIds }: CompareScope): boolean =>
  codeIds === null || segments.some(({ codeId }) => codeIds.has(codeId))

/** A disagreement with what was decided about it, in the order of the project. */
export function* readStanding(
  db: ReadableDb,
  selection: Selection,
  scope: CompareScope,
  options: JobOptions = {},
): Generator<{ note: CountedNote; about: Disagreement | Agreed; standing: Standing | null }> {
  const standingIn = standingReader(db, scope.coderIds)
  for (const { note, disagreements, agreed } of readDisagreements(db, selection, options)) {
    const standingOf = standingIn(note.num)
    for (const about of [...disagreements, ...agreed]) yield { note, about, standing: standingOf(about) }
  }
}

/** Disagreements that are still to be decided: never, or put off, or about codings that have changed since. */
export function countUndecided(db: ReadableDb, scope: CompareScope, options: JobOptions = {}): number {
  let left = 0
  for (const { about, standing } of readStanding(db, selectCompared(db, scope), scope, options))
    if (about.kind !== 'agreed' && isAbout(about, scope) && !isSettled(standing)) left++
  return left
}
