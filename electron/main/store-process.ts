/**
 * Owns the store process: starts it, tells it what it must know, hands its ports to the page, and starts it again
 * when it stops unasked. Nothing here knows what the store does.
 */
import { setTimeout } from 'node:timers/promises'
import { app, MessageChannelMain, type UtilityProcess, utilityProcess, type WebContents } from 'electron'
import { PORT_LOST_MESSAGE, PORT_MESSAGE, type StoreControl, type StoreReport } from '../../shared/bridge.ts'
import type { VerbName } from '../../shared/contract/index.ts'
import { isOurAddress } from './page-address.ts'
import { RestartAllowance } from './restart-allowance.ts'

const SERVICE_NAME = 'Understory store'
const RESTARTS = { most: 3, windowMs: 60_000 }
/** Closing a large project means a checkpoint of its write-ahead log; after this long it is left to the next opening. */
const STOP_WITHIN_MS = 5_000

export type StoreProcessOptions = {
  /** The built entry of the store. */
  readonly file: string
  /** What every new process is told before it serves anything, in this order. */
  readonly introduction: () => StoreControl[]
  /** It stopped too often; resolves to true when it shall be started again. `reason` is Electron's word for why. */
  readonly askToGoOn: (reason: string) => Promise<boolean>
  /** It shall not be started again; without it there is nothing to do. */
  readonly giveUp: () => void
}

export class StoreProcess {
  readonly #options: StoreProcessOptions
  readonly #allowance = new RestartAllowance(RESTARTS.most, RESTARTS.windowMs)
  #child: UtilityProcess | null = null
  #isReady = false
  #isStopping = false
  #page: WebContents | null = null
  /** True from the page's scripts having run until it navigates, reloads or crashes. */
  #isPageListening = false
  #lastReason = 'unknown'

  constructor(options: StoreProcessOptions) {
    this.#options = options
    app.on('child-process-gone', (_event, details) => {
      if (details.serviceName === SERVICE_NAME || details.name === SERVICE_NAME)
        this.#lastReason = details.reason
    })
  }

  get isRunning(): boolean {
    return this.#child !== null
  }

  start(): void {
    if (this.#child || this.#isStopping) return
    const child = utilityProcess.fork(this.#options.file, [], {
      serviceName: SERVICE_NAME,
      env: cleanedEnvironment(),
      stdio: 'inherit',
    })
    this.#child = child
    child.on('message', (report: StoreReport) => {
      if (report.type === 'ready') this.#becomeReady(child)
    })
    child.once('exit', (code) => this.#onExit(child, code))
  }

  /** Tells the running store something; one that is still starting hears it in its introduction. */
  tell(control: StoreControl): void {
    if (this.#isReady) this.#child?.postMessage(control)
  }

  /** From now on this page is served: now, after each reload, and after each restart of the store. */
  serve(page: WebContents): void {
    this.#page = page
    this.#isPageListening = false
    page.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) this.#isPageListening = false
    })
    page.on('dom-ready', () => {
      this.#isPageListening = true
      this.#connect()
    })
    page.on('render-process-gone', () => {
      this.#isPageListening = false
    })
    page.once('destroyed', () => {
      if (this.#page === page) this.#page = null
      this.#isPageListening = false
    })
  }

  /**
   * Has the project file closed, so that it is one file when it is shut, and ends the process. Resolves when it has
   * gone; a store that does not answer is ended all the same, and its log is read in at the next opening.
   */
  async stop(): Promise<void> {
    this.#isStopping = true
    const child = this.#child
    if (!child) return
    const hasGone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    if (this.#isReady) await Promise.race([closeProject(child), hasGone, setTimeout(STOP_WITHIN_MS)])
    child.kill()
    await Promise.race([hasGone, setTimeout(STOP_WITHIN_MS)])
  }

  /**
   * Ends the process that held a project, whose keys and texts go back to the system with its memory, and starts one
   * that has never known any. Resolves when the old one has gone; the page gets a port to the new one by itself.
   */
  async renew(): Promise<void> {
    const child = this.#child
    if (!child || this.#isStopping) return
    const hasGone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    // Its end is no fault now, and nothing more is asked of it.
    this.#child = null
    this.#isReady = false
    child.kill()
    await Promise.race([hasGone, setTimeout(STOP_WITHIN_MS)])
    endByForce(child)
    await hasGone
    this.start()
  }

  #becomeReady(child: UtilityProcess): void {
    if (child !== this.#child || this.#isReady) return
    for (const control of this.#options.introduction()) child.postMessage(control)
    this.#isReady = true
    performance.mark('understory:store-ready')
    this.#connect()
  }

  /** Hands a fresh pair of ports to the store and to the main frame of our page, if both are there. */
  #connect(): void {
    const frame = this.#page?.mainFrame
    if (!this.#child || !this.#isReady || !frame || !this.#isPageListening || !isOurAddress(frame.url)) return
    const { port1, port2 } = new MessageChannelMain()
    this.#child.postMessage({ type: 'serve' } satisfies StoreControl, [port1])
    frame.postMessage(PORT_MESSAGE, null, [port2])
  }

  #onExit(child: UtilityProcess, code: number): void {
    if (child !== this.#child) return
    this.#child = null
    this.#isReady = false
    if (this.#isStopping) return
    console.error(`The store process stopped with code ${code} (${this.#lastReason}).`)
    if (this.#isPageListening) this.#page?.mainFrame.postMessage(PORT_LOST_MESSAGE, null)
    void this.#startAgain()
  }

  async #startAgain(): Promise<void> {
    if (!this.#allowance.take(Date.now())) {
      const isWanted = await this.#options.askToGoOn(this.#lastReason)
      if (!isWanted) {
        this.#options.giveUp()
        return
      }
      this.#allowance.renew()
    }
    this.start()
  }
}

/** For one that was asked to end and has not. */
function endByForce({ pid }: UtilityProcess): void {
  if (pid === undefined) return
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It ended in between.
  }
}

const CLOSE: VerbName = 'project.close'

/** Asks over a port of its own, as a page would, and waits for the answer. Ending a process asks nobody on Windows. */
async function closeProject(child: UtilityProcess): Promise<void> {
  const { port1, port2 } = new MessageChannelMain()
  const isAnswered = new Promise<void>((resolve) => port2.once('message', () => resolve()))
  port2.start()
  child.postMessage({ type: 'serve' } satisfies StoreControl, [port1])
  port2.postMessage({ id: 1, verb: CLOSE, args: {} })
  await isAnswered
}

/** What a process needs to find its folders and speak the person's language; nothing that changes how Node runs. */
const PASSED_ON = new Set([
  'APPDATA',
  'HOME',
  'LANG',
  'LANGUAGE',
  'LOCALAPPDATA',
  'PATH',
  'SYSTEMROOT',
  'TEMP',
  'TMP',
  'TMPDIR',
  'TZ',
  'USERPROFILE',
  'WINDIR',
])

function cleanedEnvironment(): Record<string, string> {
  const kept: Record<string, string> = {}
  for (const [name, value] of Object.entries(process.env)) {
    const isKept = PASSED_ON.has(name.toUpperCase()) || name.startsWith('LC_')
    if (isKept && value !== undefined) kept[name] = value
  }
  return kept
}
