/** A person's process as the soak sees it: told what to do, believed about what the store has confirmed, and killed. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { OpeningNotice } from '../../../shared/contract/project.ts'
import type { ProblemMessage } from '../../../shared/problem.ts'
import type { Model } from './facts.ts'
import type { Order, Said } from './orders.ts'

const WORKER = fileURLToPath(new URL('./faults-worker.js', import.meta.url))

/** Root may write everywhere: what is write-protected is tried by somebody who may not, but reads all. */
const NOBODY = [
  ...['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '--securebits=+no_setuid_fixup'],
  ...['--inh-caps=+dac_read_search', '--ambient-caps=+dac_read_search'],
]

export class Person {
  readonly #process: ChildProcess
  readonly #isGone: Promise<unknown>
  readonly #model: Model
  #onDone: () => void = () => {}
  notices: OpeningNotice[] = []
  refusals: ProblemMessage[] = []
  /** What it wrote besides what it was to say: nothing, unless it broke. */
  broken = ''

  constructor(model: Model, isNobody = false) {
    this.#model = model
    const [program = '', ...args] = [...(isNobody ? NOBODY : []), process.execPath, WORKER]
    this.#process = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] })
    this.#isGone = once(this.#process, 'exit')
    this.#process.stdin?.on('error', () => {})
    this.#process.stderr?.on('data', (part) => {
      this.broken += part
    })
    if (this.#process.stdout)
      createInterface({ input: this.#process.stdout }).on('line', (line) => this.#hear(line))
    this.#process.once('exit', () => this.#onDone())
  }

  #hear(line: string): void {
    // A line that was being written when the process was killed is cut short; it is not heard.
    if (!line.endsWith('}')) return
    const said = JSON.parse(line) as Said
    if ('begun' in said) this.#model.begin(said.begun)
    else if ('confirmed' in said) this.#model.confirm()
    else if ('opened' in said) this.notices = said.opened
    else if ('done' in said) this.#onDone()
    else {
      this.#model.refuse()
      this.refusals.push(said.refused)
    }
  }

  /** Resolves when it is carried out, or when the process has gone. */
  tell(order: Order): Promise<void> {
    return new Promise((resolve) => {
      this.#onDone = resolve
      this.#process.stdin?.write(`${JSON.stringify(order)}\n`)
      if (this.#process.exitCode !== null || this.#process.signalCode !== null) resolve()
    })
  }

  get hasEnded(): boolean {
    return this.#process.exitCode !== null || this.#process.signalCode !== null
  }

  /** Ends it at once, and waits until everything it said is heard. */
  async kill(): Promise<void> {
    const isHeard = this.hasEnded ? null : once(this.#process, 'close')
    this.#process.kill('SIGKILL')
    await this.#isGone
    await isHeard
  }
}
