/** What a command is given to change a project with: the kinds of change it makes, and nothing else of the project. */
import type { CoderId } from '../../../shared/contract/basics.ts'
import type { ChangeEvent } from '../../../shared/contract/events.ts'
import type { WritableDb } from '../file/connection.ts'
import type { AnyChange, Kinds, PayloadOf } from './change.ts'
import type { Committed } from './journal.ts'

export interface Changes<K extends Kinds> {
  readonly db: WritableDb

  /** Makes one change and announces it; with `step`, as part of a step that there is already. */
  change<N extends keyof K & string>(
    coderId: CoderId,
    kind: N,
    payload: PayloadOf<K, N>,
    step?: string,
  ): Committed

  /**
   * Several entries as one undoable step in one transaction: all of it happens, or nothing. `before` and `after` run
   * in the same transaction, around the entries.
   */
  changeTogether(
    coderId: CoderId,
    changes: readonly AnyChange<K>[],
    before?: () => void,
    after?: () => void,
  ): void

  /** Everything that `work` changes, or nothing of it, in one transaction; announced as one change when it is durable. */
  allOrNothing<T>(work: () => T): T

  /** Tells everybody who looks that something is not as it was. */
  announce(event: ChangeEvent): void
}
