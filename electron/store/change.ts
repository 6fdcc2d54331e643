/** The shape of a kind of change: what its payload is, how it is reduced to the tables, how it reads in words. */
import type { z } from 'zod'
import type { Db } from './database.ts'
import type { Tables } from './tables.ts'

export type ReduceContext = {
  readonly db: Db
  readonly tables: Tables
  readonly entry: { readonly seq: number; readonly id: string; readonly coder: string; readonly wall: number }
}

export type Change<S extends z.ZodType = z.ZodType> = {
  readonly payload: S
  /** Whether a person can undo it (making a project cannot be). */
  readonly isUndoable: boolean
  /**
   * What every new entry says that those of earlier versions do not. An old entry has to be replayed as it was made:
   * a reducer that has come to do more does so only for entries that ask for it.
   */
  readonly now: Readonly<Record<string, unknown>>
  /** Must depend on the payload, the entry and the tables alone: replay runs it again and compares. */
  reduce(context: ReduceContext, payload: z.output<S>): void
  /** In words for the audit trail and the undo menu, e.g. "applied Neglect". */
  label(db: Db, payload: z.output<S>): string
}

export const defineChange = <S extends z.ZodType>(
  change: Omit<Change<S>, 'isUndoable' | 'now'> & Partial<Pick<Change<S>, 'isUndoable' | 'now'>>,
): Change<S> => ({ isUndoable: true, now: {}, ...change })
