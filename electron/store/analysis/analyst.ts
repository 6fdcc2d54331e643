/** Who runs analysis jobs: a worker thread in the app, the same thread on the command line. */
import { Worker } from 'node:worker_threads'
import type { Progress } from '../../../shared/contract.ts'
import { Problem, type ProblemMessage } from '../../../shared/problem.ts'
import type { CallContext } from '../../../shared/rpc.ts'
import type { Project } from '../project.ts'
import { type JobArgs, type JobName, type JobResult, runJob } from './jobs.ts'
import type { WorkerOrder } from './worker.ts'

export type Analyst = {
  run<J extends JobName>(
    project: Project,
    name: J,
    args: JobArgs<J>,
    context: CallContext,
  ): Promise<JobResult<J>>
}

/** Runs jobs where it stands; the caller waits. */
export const inlineAnalyst: Analyst = {
  run: async (project, name, args, { signal, progress }) =>
    runJob(project.path, name, args, { signal, onProgress: progress, passphrase: project.passphrase }),
}

type WorkerMessage = { progress: Progress } | { value: unknown } | { problem: ProblemMessage }

/** Runs each job in a worker thread made from the built worker file. */
export const workerAnalyst = (workerFile: URL): Analyst => ({
  run: (project, name, args, { signal, progress }) =>
    new Promise((resolve, reject) => {
      const stop = new Int32Array(new SharedArrayBuffer(4))
      const order: WorkerOrder = { path: project.path, passphrase: project.passphrase, name, args, stop }
      const worker = new Worker(workerFile, { workerData: order })
      signal.addEventListener('abort', () => Atomics.store(stop, 0, 1), { once: true })
      worker.on('message', (message: WorkerMessage) => {
        if ('progress' in message) progress(message.progress)
        else if ('problem' in message) reject(new Problem(message.problem.code, message.problem.sentence))
        else resolve(message.value as never)
      })
      worker.once('error', reject)
      worker.once('exit', () =>
        reject(new Problem('internal', 'The calculation stopped without a result. Nothing was changed.')),
      )
    }),
})
