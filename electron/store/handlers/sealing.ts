/** What leaves through the window is sealed then, so that what its journal line names stands under a seal. */
import type { Handlers } from '../../../shared/rpc.ts'
import { wrapped } from './wrapped.ts'

const LEAVES = /\.(export[A-Z]\w*|printable)$/

/** The same handlers; `seal` is called once something has left the project by one of them. What is refused seals nothing. */
export const sealingExports = (handlers: Handlers, seal: () => void): Handlers =>
  wrapped(handlers, (verb, handler) => {
    if (!LEAVES.test(verb)) return handler
    return async (args, context) => {
      const left = await handler(args, context)
      seal()
      return left
    }
  })
