/** The store's verbs as the page asks them, on real files, with jobs done where they stand. */
import { createHandlers, type Surroundings } from '../../electron/store/handlers/handlers.ts'
import { type Analyst, inlineAnalyst } from '../../electron/store/jobs/analyst.ts'
import { NEVER } from '../../shared/cancel.ts'
import type { ArgsOf, ResultOf, VerbName } from '../../shared/contract/index.ts'
import { type CallContext, runVerb } from '../../shared/rpc.ts'

export const CONTEXT: CallContext = { signal: NEVER, progress: () => {} }

export const openHandlers = (
  pathsOf: Surroundings['pathsOf'],
  analyst: Analyst = inlineAnalyst,
  settingsFolder?: string,
) =>
  createHandlers({
    resourcesFolder: '',
    sampleFile: '',
    analyst,
    pathsOf,
    announce: () => {},
    ...(settingsFolder === undefined ? {} : { settingsFolder }),
  })

/** Asks through the contract: what goes in and what comes out is checked. */
export const asking =
  (handlers: ReturnType<typeof openHandlers>) =>
  <V extends VerbName>(verb: V, args: ArgsOf<V>): Promise<ResultOf<V>> =>
    runVerb(handlers, verb, args, CONTEXT)
