/** The worker thread that runs one analysis job, so that coding never waits for a bootstrap. */
import { parentPort, workerData } from 'node:worker_threads'
import { asProblem } from '../../../shared/problem.ts'
import { type JobArgs, type JobName, runJob } from './jobs.ts'

export type WorkerOrder = {
  path: string
  passphrase: string
  name: JobName
  args: unknown
  /** One shared flag: not zero means stop. */
  stop: Int32Array
}

const order = workerData as WorkerOrder
const signal = {
  get aborted() {
    return Atomics.load(order.stop, 0) !== 0
  },
  addEventListener: () => {},
}

try {
  const value = runJob(order.path, order.name, order.args as JobArgs<JobName>, {
    signal,
    passphrase: order.passphrase,
    onProgress: (progress) => parentPort?.postMessage({ progress }),
  })
  parentPort?.postMessage({ value })
} catch (error) {
  parentPort?.postMessage({ problem: asProblem(error).toMessage() })
}
