/** Who runs analysis jobs: worker threads in the app, the same thread on the command line. */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { CoderId } from '../../../shared/contract/basics.ts'
import type { Progress } from '../../../shared/contract/events.ts'
import { Problem, type ProblemMessage } from '../../../shared/problem.ts'
import type { CallContext } from '../../../shared/rpc.ts'
import type { Project } from '../project.ts'
import type { JobArgs, JobContext, JobName, JobResult } from './jobs.ts'
import type { WorkerOrder } from './worker.ts'

/** `viewer`: who the answer is for, and null for nobody who codes: what a blind round hides from them is not in it. */
export type JobCall = CallContext & { viewer: CoderId | null }

/** What a job is given besides its question, whoever runs it. */
export const contextOf = ({ passphrase }: Project, { signal, progress, viewer }: JobCall): JobContext => ({
  signal,
  onProgress: progress,
  passphrase,
  viewer,
})

export type Analyst = {
  run<J extends JobName>(project: Project, name: J, args: JobArgs<J>, context: JobCall): Promise<JobResult<J>>
  /** Lets go of the project file; to be waited for before the project is closed. */
  release(): Promise<void>
}

/** Runs jobs where it stands; the caller waits. */
export const inlineAnalyst: Analyst = {
  run: (project, name, args, call) =>
    import('./jobs.ts').then(({ runJob }) => runJob(project.path, name, args, contextOf(project, call))),
  release: async () => {},
}

type WorkerMessage = { progress: Progress } | { value: unknown } | { problem: ProblemMessage }

/** How long a cancelled job may take to notice, in ms; then its thread is ended, and the next job gets another. */
const PATIENCE = 1_000
/** These write a file, and take away what they have begun of it; ended, they could not. */
const ENDS_BY_ITSELF: ReadonlySet<JobName> = new Set(['backup', 'keepBackup', 'reliabilityData'])

const stopped = () => new Problem('cancelled', 'This was cancelled. Nothing was changed.')

/** Runs jobs in threads made from the built worker file. A thread that is done waits for the next job of the project. */
export class WorkerAnalyst implements Analyst {
  readonly #file: URL
  readonly #threads = new Set<Worker>()
  readonly #idle: Worker[] = []

  constructor(workerFile: URL) {
    this.#file = workerFile
  }

  run<J extends JobName>(
    project: Project,
    name: J,
    args: JobArgs<J>,
    { signal, progress, viewer }: JobCall,
  ): Promise<JobResult<J>> {
    const worker = this.#idle.pop() ?? this.#start()
    const stop = new Int32Array(new SharedArrayBuffer(4))
    const order: WorkerOrder = {
      path: project.path,
      passphrase: project.passphrase,
      name,
      args,
      viewer,
      stop,
    }
    return new Promise((resolve, reject) => {
      let patience: NodeJS.Timeout | undefined
      let isSettled = false
      const settle = (finish: () => void) => {
        isSettled = true
        clearTimeout(patience)
        // One by one: the thread keeps listeners of its own that must stay.
        worker.off('message', onMessage)
        worker.off('error', onError)
        worker.off('exit', onExit)
        if (this.#threads.has(worker)) this.#idle.push(worker)
        finish()
      }
      const fail = (words: string) => {
        const isLetGo = !this.#threads.delete(worker)
        settle(() => reject(isLetGo ? stopped() : new Problem('internal', words)))
      }
      const onAbort = () => {
        Atomics.store(stop, 0, 1)
        // By then the thread may be at another's job.
        if (isSettled || ENDS_BY_ITSELF.has(name)) return
        patience = setTimeout(() => {
          this.#threads.delete(worker)
          settle(() => reject(stopped()))
          void worker.terminate()
        }, PATIENCE)
      }
      signal.addEventListener('abort', onAbort, { once: true })
      const onMessage = (message: WorkerMessage) => {
        if ('progress' in message) progress(message.progress)
        else if ('problem' in message) {
          settle(() => reject(new Problem(message.problem.code, message.problem.sentence)))
        } else settle(() => resolve(message.value as JobResult<J>))
      }
      const onError = (error: Error) => fail(error.message)
      const onExit = () => fail('The calculation stopped without a result. Nothing was changed.')
      worker.on('message', onMessage)
      worker.on('error', onError)
      worker.on('exit', onExit)
      worker.postMessage(order)
    })
  }

  async release(): Promise<void> {
    const idle = this.#idle.splice(0)
    const busy = [...this.#threads].filter((worker) => !idle.includes(worker))
    this.#threads.clear()
    for (const worker of busy) void worker.terminate()
    await Promise.all(
      idle.map(async (worker) => {
        const gone = once(worker, 'exit')
        worker.postMessage('close')
        const patience = setTimeout(() => void worker.terminate(), PATIENCE)
        await gone
        clearTimeout(patience)
      }),
    )
  }

  #start(): Worker {
    const worker = new Worker(this.#file)
    this.#threads.add(worker)
    return worker
  }
}
