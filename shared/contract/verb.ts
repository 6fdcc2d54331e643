/** What a verb is, and what many verbs share. */
import { z } from 'zod'
import { lazily } from '../lazily.ts'
import { CoderId } from './basics.ts'

export type VerbKind = 'read' | 'write' | 'job'

export type Verb<A extends z.ZodType = z.ZodType, R extends z.ZodType = z.ZodType> = {
  readonly kind: VerbKind
  readonly args: A
  readonly result: R
}

/** Schemas are made when a verb is first used: a start needs few of them. */
function verb<K extends VerbKind, A extends z.ZodType, R extends z.ZodType>(
  kind: K,
  makeArgs: () => A,
  makeResult: () => R,
): { readonly kind: K; readonly args: A; readonly result: R } {
  const [args, result] = [lazily(makeArgs), lazily(makeResult)]
  return {
    kind,
    get args() {
      return args()
    },
    get result() {
      return result()
    },
  }
}

/** Answers from what is stored. */
export const read = <A extends z.ZodType, R extends z.ZodType>(args: () => A, result: () => R) =>
  verb('read', args, result)
/** Changes what is stored. */
export const write = <A extends z.ZodType, R extends z.ZodType>(args: () => A, result: () => R) =>
  verb('write', args, result)
/** Takes long: says how far it is, and can be cancelled. */
export const job = <A extends z.ZodType, R extends z.ZodType>(args: () => A, result: () => R) =>
  verb('job', args, result)

export const Nothing = z.strictObject({})
export const Done = z.strictObject({})
/** An opaque word for a path that a person picked. */
export const Ticket = z.string().min(8).max(100)
export const Passphrase = z.string().min(1).max(1_000)
/** Every change names who makes it. */
export const By = { coderId: CoderId }
