/** What the soak tells a person's process to do, and what that says of it: a JSON line each. */
import type { OpeningNotice } from '../../../shared/contract/project.ts'
import type { ProblemMessage } from '../../../shared/problem.ts'

export type Order =
  | { do: 'open'; path: string; settingsFolder: string }
  /** Works for so many acts; -1: until it is killed. */
  | { do: 'work'; acts: number; seed: number }
  | { do: 'backup'; path: string }
  | { do: 'close' }
  | { do: 'end' }

/** What is there after a change and was not before, and the other way round: see `factsOf`. */
export type Effect = { add: string[]; remove: string[] }

export type Said =
  | { opened: OpeningNotice[] }
  /** An act is sent to the store. */
  | { begun: Effect }
  /** The store has confirmed it. */
  | { confirmed: true }
  | { refused: ProblemMessage }
  /** The order is carried out, as far as it could be. */
  | { done: Order['do'] }
