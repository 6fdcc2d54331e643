/** What a verb is, and what many verbs share. */
import { z } from 'zod'
import { Id } from './basics.ts'

export type VerbKind = 'read' | 'write' | 'job'

export type Verb<A extends z.ZodType = z.ZodType, R extends z.ZodType = z.ZodType> = {
  readonly kind: VerbKind
  readonly args: A
  readonly result: R
}

/** Answers from what is stored. */
export const read = <A extends z.ZodType, R extends z.ZodType>(args: A, result: R) =>
  ({ kind: 'read', args, result }) as const
/** Changes what is stored. */
export const write = <A extends z.ZodType, R extends z.ZodType>(args: A, result: R) =>
  ({ kind: 'write', args, result }) as const
/** Takes long: says how far it is, and can be cancelled. */
export const job = <A extends z.ZodType, R extends z.ZodType>(args: A, result: R) =>
  ({ kind: 'job', args, result }) as const

export const Nothing = z.strictObject({})
export const Done = z.strictObject({})
/** An opaque word for a path that a person picked. */
export const Ticket = z.string().min(8).max(100)
export const Passphrase = z.string().min(1).max(1_000)
/** Every change names who makes it. */
export const By = { coderId: Id }
