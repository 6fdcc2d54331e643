/** The shape of a kind of change: what its payload is, how it is reduced to the tables, how it reads in words. */
import type { z } from 'zod'
import { CoderId } from '../../../shared/contract/basics.ts'
import { Problem } from '../../../shared/problem.ts'
import type { ReadableDb } from '../file/connection.ts'
import type { Tables } from './tables.ts'

/** Who acts where nobody in particular does: the program itself, and scripts, which act for the lead. */
export const PROJECT_ACTOR = CoderId.parse('project')

export type ReduceContext = {
  readonly db: ReadableDb
  readonly tables: Tables
  readonly entry: {
    readonly seq: number
    readonly id: string
    readonly coder: CoderId
    readonly wall: number
  }
  /** Whether the entry is there already and put in its place among others: what it was made on may be another by now. */
  readonly isFolded: boolean
  /**
   * A part of the change that cannot be made. While the change is being made it is refused as a whole (`problem` is
   * thrown); an entry that is put in its place does the rest, and why the part is void is written down.
   *
   * @param part the id of what is left out
   */
  leaveOut(part: string, problem: Problem): void
}

/** Makes a payload of the next version of one; depends on the payload alone, and stays as it is for ever. */
export type Upcaster = (older: unknown) => unknown

export type Change<S extends z.ZodType = z.ZodType> = {
  readonly payload: S
  /** Whether a person can undo it (making a project cannot be). */
  readonly isUndoable: boolean
  /**
   * How payloads of earlier versions become today's: the first makes version 2 of version 1, and so on. An old entry
   * has to be replayed as it was made: what a reducer has come to do since, a payload must ask for, and those that an
   * upcaster makes do not.
   */
  readonly upcasters: readonly Upcaster[]
  /**
   * Adds to a new payload what it was made on (the text that its positions are counted in, the codebook): another
   * computer may put it among changes that its maker did not know of.
   */
  complete(db: ReadableDb, payload: z.output<S>): z.output<S>
  /** Must depend on the payload, the entry and the tables alone: replay runs it again and compares. */
  reduce(context: ReduceContext, payload: z.output<S>): void
  /** In words for the audit trail and the undo menu, e.g. "applied Neglect". */
  label(db: ReadableDb, payload: z.output<S>): string
}

export const defineChange = <S extends z.ZodType>(
  change: Omit<Change<S>, Usual> & Partial<Pick<Change<S>, Usual>>,
): Change<S> => ({ isUndoable: true, upcasters: [], complete: (_db, payload) => payload, ...change })

/** What most kinds have in common. */
type Usual = 'isUndoable' | 'upcasters' | 'complete'

/** An upcaster for fields that may be left out: a payload of before them has none, and is taken as it was made. */
export const unchanged: Upcaster = (older) => older

/** Makes a change item by item: one that does not fit where the entry is put is left out, by its id. */
export function itemByItem<T>(
  { leaveOut }: ReduceContext,
  items: readonly T[],
  idOf: (item: T) => string,
  work: (item: T) => void,
): void {
  for (const item of items) {
    try {
      work(item)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      leaveOut(idOf(item), error)
    }
  }
}

/** The version that new payloads of this kind have, from 1. */
export const versionOf = ({ upcasters }: Pick<Change, 'upcasters'>): number => upcasters.length + 1

/**
 * A payload as this program would write it today, of one of any version.
 * @throws Problem `newer-project` for a version that this program does not know
 */
export function upcast({ upcasters }: Pick<Change, 'upcasters'>, version: number, payload: unknown): unknown {
  if (!Number.isInteger(version) || version < 1 || version > upcasters.length + 1)
    throw new Problem(
      'newer-project',
      `A change in this project has version ${version}, which this version of Understory does not know. Nothing was changed; install the newest version to open it.`,
    )
  return upcasters.slice(version - 1).reduce((older, upcaster) => upcaster(older), payload)
}

/** Kinds of change by name. */
export type Kinds = Readonly<Record<string, Change>>

/** What is written down of a change of this kind. */
export type PayloadOf<K extends Kinds, N extends keyof K> = z.input<K[N]['payload']>

/** A kind of change with a payload of that kind. */
export type AnyChange<K extends Kinds> = {
  [N in keyof K & string]: { kind: N; payload: PayloadOf<K, N> }
}[keyof K & string]
