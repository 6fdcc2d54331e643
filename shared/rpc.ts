/**
 * A small typed RPC over anything that behaves like a MessagePort. Both ends check with the contract's schemas:
 * the server the arguments before a handler sees them, the client the result before a screen does.
 *
 * Messages: call `{id, verb, args}` -> reply `{id, value, took}` or `{id, problem}`; a job also sends `{id, progress}`
 * and obeys `{abort: id}`; the server announces changes with `{event}`.
 */
import { type CancelSignal, CancelToken } from './cancel.ts'
import type { ChangeEvent, Progress } from './contract/events.ts'
import { type ArgsOf, type CheckedArgsOf, contract, type ResultOf, type VerbName } from './contract/index.ts'
import { misfit } from './misfit.ts'
import { asProblem, Problem, type ProblemMessage } from './problem.ts'

export type PortLike = {
  postMessage(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
}

type Call = { id: number; verb: string; args: unknown }
type Abort = { abort: number }
type Reply =
  | { id: number; value: unknown; took: number }
  | { id: number; problem: ProblemMessage }
  | { id: number; progress: Progress }
  | { event: ChangeEvent }

export type CallContext = { signal: CancelSignal; progress(report: Progress): void }
export type Handlers = {
  [V in VerbName]: (args: CheckedArgsOf<V>, context: CallContext) => ResultOf<V> | Promise<ResultOf<V>>
}

export type CallOptions = {
  signal?: CancelSignal
  onProgress?: (progress: Progress) => void
  /** The ms the answer was worked on, without those the call waited behind others. */
  onTook?: (ms: number) => void
}

const isVerb = (name: unknown): name is VerbName => typeof name === 'string' && Object.hasOwn(contract, name)

/** Checks arguments and runs one verb; the command line uses this without any port. */
export async function runVerb<V extends VerbName>(
  handlers: Handlers,
  verb: V,
  args: unknown,
  context: CallContext,
): Promise<ResultOf<V>> {
  const checked = contract[verb].args.safeParse(args)
  if (!checked.success) throw misfit(checked.error, verb)
  const handler = handlers[verb] as (args: unknown, context: CallContext) => unknown
  return (await handler(checked.data, context)) as ResultOf<V>
}

/** A port that is served. */
export type Served = {
  /** Announces a change on it. */
  announce(event: ChangeEvent): void
  /** Nobody listens there any more: jobs that were asked for on it are cancelled. What writes is not, and is finished. */
  end(): void
}

/** Serves a port; `onTook` hears what was asked and how many ms it was worked on. */
export function serve(
  port: PortLike,
  handlers: Handlers,
  onTook: (verb: VerbName, ms: number) => void = () => {},
): Served {
  const running = new Map<number, CancelToken>()
  const jobs = new Set<CancelToken>()
  const send = (reply: Reply) => port.postMessage(reply)

  const answer = async (call: Call) => {
    const token = new CancelToken()
    running.set(call.id, token)
    if (isVerb(call.verb) && contract[call.verb].kind === 'job') jobs.add(token)
    const start = Date.now()
    try {
      if (!isVerb(call.verb))
        throw new Problem(
          'bad-arguments',
          'This was asked in a way that is not known here. Nothing was changed.',
        )
      const value = await runVerb(handlers, call.verb, call.args, {
        signal: token,
        progress: (progress) => send({ id: call.id, progress }),
      })
      const took = Date.now() - start
      onTook(call.verb, took)
      send({ id: call.id, value, took })
    } catch (error) {
      send({ id: call.id, problem: asProblem(error).toMessage() })
    } finally {
      running.delete(call.id)
      jobs.delete(token)
    }
  }

  port.onMessage((message) => {
    if (typeof message !== 'object' || message === null) return
    if ('abort' in message) running.get((message as Abort).abort)?.cancel()
    else if ('verb' in message) void answer(message as Call)
  })
  return {
    announce: (event) => send({ event }),
    end: () => {
      for (const token of jobs) token.cancel()
    },
  }
}

type Pending = {
  verb: VerbName
  call: Call
  resolve(value: unknown): void
  reject(problem: Problem): void
  onProgress: ((progress: Progress) => void) | undefined
  onTook: ((ms: number) => void) | undefined
}

/** The calling end. Calls made before a port is there wait for it; a lost port fails what was under way. */
export class StoreClient {
  #port: PortLike | null = null
  #nextId = 1
  readonly #pending = new Map<number, Pending>()
  readonly #queue: Call[] = []
  readonly #listeners = new Set<(event: ChangeEvent) => void>()

  connect(port: PortLike): void {
    this.#failPending()
    this.#port = port
    port.onMessage((message) => {
      if (this.#port === port) this.#receive(message as Reply)
    })
    for (const call of this.#queue.splice(0)) port.postMessage(call)
  }

  /** Called when the store process has gone: everything under way fails, later calls wait for the next port. */
  disconnect(): void {
    this.#port = null
    this.#failPending()
  }

  /** True while a change has not been confirmed yet. */
  get isSaving(): boolean {
    return [...this.#pending.values()].some(({ verb }) => contract[verb].kind === 'write')
  }

  onChange(listener: (event: ChangeEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  call<V extends VerbName>(verb: V, args: ArgsOf<V>, options: CallOptions = {}): Promise<ResultOf<V>> {
    const call: Call = { id: this.#nextId++, verb, args }
    const { signal, onProgress, onTook } = options
    return new Promise<ResultOf<V>>((resolve, reject) => {
      this.#pending.set(call.id, {
        verb,
        call,
        resolve: (value) => resolve(value as ResultOf<V>),
        reject,
        onProgress,
        onTook,
      })
      if (this.#port) this.#port.postMessage(call)
      else this.#queue.push(call)
      signal?.addEventListener('abort', () => this.#abort(call), { once: true })
    })
  }

  /** What still waits for a port was never asked: it is over at once. */
  #abort(call: Call): void {
    const at = this.#queue.indexOf(call)
    if (at === -1) {
      this.#port?.postMessage({ abort: call.id })
      return
    }
    this.#queue.splice(at, 1)
    const pending = this.#pending.get(call.id)
    this.#pending.delete(call.id)
    pending?.reject(new Problem('cancelled', 'This was cancelled. Nothing was changed.'))
  }

  #receive(reply: Reply): void {
    if ('event' in reply) {
      for (const listener of this.#listeners) listener(reply.event)
      return
    }
    const pending = this.#pending.get(reply.id)
    if (!pending) return
    if ('progress' in reply) {
      pending.onProgress?.(reply.progress)
      return
    }
    this.#pending.delete(reply.id)
    if ('problem' in reply) {
      pending.reject(new Problem(reply.problem.code, reply.problem.sentence))
      return
    }
    pending.onTook?.(reply.took)
    const checked = contract[pending.verb].result.safeParse(reply.value)
    if (checked.success) pending.resolve(checked.data)
    else pending.reject(new Problem('internal', `${pending.verb}: the store's answer was not understood.`))
  }

  #failPending(): void {
    const waiting = new Set(this.#queue.map((call) => call.id))
    for (const [id, pending] of this.#pending) {
      if (waiting.has(id)) continue
      this.#pending.delete(id)
      pending.reject(
        new Problem(
          'store-stopped',
          'The part of the program that keeps the project file stopped and was restarted. Everything shown as saved is safe; open the project again.',
        ),
      )
    }
  }
}
