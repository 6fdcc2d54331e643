/** Handlers around the store's own: what holds for many verbs is said once, and not in each of them. */
import type { VerbName } from '../../../shared/contract/index.ts'
import type { Handlers } from '../../../shared/rpc.ts'

type Handler = (args: object, context: unknown) => unknown

/** The same verbs, each answered by what `wrap` makes of its handler. */
export const wrapped = (handlers: Handlers, wrap: (verb: VerbName, handler: Handler) => Handler): Handlers =>
  Object.fromEntries(
    Object.entries(handlers).map(([verb, handler]) => [verb, wrap(verb as VerbName, handler as Handler)]),
  ) as Handlers
