/**
 * The store process: the only writer of the project file. Main forks it, tells it where things are and which paths
 * tickets stand for, and hands it the port to the page.
 */
import { fileURLToPath } from 'node:url'
import type { MessagePortMain, ParentPort } from 'electron'
import type { StoreControl, StoreReport } from '../../shared/bridge.ts'
import { type Served, serve } from '../../shared/rpc.ts'
import { keepMemoryOutOfDumps } from '../guard/core-dumps.ts'
import { forbidNetwork } from '../guard/network-guard.ts'
import { SYSTEM_CLOCK } from './backups/keeper.ts'
import { createHandlers } from './handlers/handlers.ts'
import { KnownTickets } from './handlers/known-tickets.ts'
import { SlowAnswers } from './handlers/slow-answers.ts'
import { WorkerAnalyst } from './jobs/analyst.ts'

forbidNetwork()
keepMemoryOutOfDumps()

const parent: ParentPort = process.parentPort
const tickets = new KnownTickets()
let served: Served | null = null
let slow: SlowAnswers | null = null
let handlers: ReturnType<typeof createHandlers> | null = null

/** One page at a time: a reloaded page gets a new port, the old one falls silent, and what it asked for ends. */
function serveOn(port: MessagePortMain): void {
  if (!handlers) return
  served?.end()
  served = serve(
    {
      postMessage: (message) => port.postMessage(message),
      onMessage: (listener) => port.on('message', ({ data }) => listener(data)),
    },
    handlers,
    (verb, ms) => slow?.note(verb, ms),
  )
  port.start()
}

parent.on('message', ({ data, ports }) => {
  const control = data as StoreControl
  if (control.type === 'ticket') tickets.take(control)
  else if (control.type === 'configure') {
    slow = new SlowAnswers(control.settingsFolder)
    handlers = createHandlers({
      resourcesFolder: control.resourcesFolder,
      sampleFile: control.sampleFile,
      readySample: fileURLToPath(new URL('./sample.understory', import.meta.url)),
      settingsFolder: control.settingsFolder,
      analyst: new WorkerAnalyst(new URL('./analysis-worker.js', import.meta.url)),
      screeningWorker: new URL('./screening-worker.js', import.meta.url),
      pathsOf: (ticket, purposes) => tickets.pathsOf(ticket, purposes),
      announce: (event) => served?.announce(event),
      clock: SYSTEM_CLOCK,
    })
    if (control.isSampleNext) handlers.openSampleAhead()
  } else if (control.type === 'serve' && ports[0]) serveOn(ports[0])
})

process.once('exit', () => {
  slow?.flush()
  handlers?.closeProject()
})
// Asked to end from outside, it still leaves one tidy file.
process.once('SIGTERM', () => process.exit(0))

const ready: StoreReport = { type: 'ready' }
parent.postMessage(ready)
