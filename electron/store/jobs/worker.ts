/**
 * The worker thread that runs analysis jobs, one at a time, so that coding never waits for a bootstrap. It keeps its
 * connection between jobs: opening the encrypted file takes longer than most searches.
 */
import { parentPort } from 'node:worker_threads'
import type { CoderId } from '../../../shared/contract/basics.ts'
import { asProblem } from '../../../shared/problem.ts'
import { forbidNetwork } from '../../guard/network-guard.ts'
import type { ReadableDb } from '../file/connection.ts'
import { openReadOnly } from '../file/database.ts'
import { type JobArgs, type JobName, runJobOn } from './jobs.ts'

export type WorkerOrder = {
  path: string
  passphrase: string
  name: JobName
  args: unknown
  viewer: CoderId | null
  /** One shared flag: not zero means stop. */
  stop: Int32Array
}

forbidNetwork()

let db: ReadableDb | null = null

async function run(order: WorkerOrder): Promise<void> {
  const signal = {
    get aborted() {
      return Atomics.load(order.stop, 0) !== 0
    },
    addEventListener: () => {},
  }
  try {
    db ??= openReadOnly(order.path, order.passphrase)
    const value = await runJobOn(db, order.name, order.args as JobArgs<JobName>, {
      signal,
      passphrase: order.passphrase,
      viewer: order.viewer,
      onProgress: (progress) => parentPort?.postMessage({ progress }),
    })
    parentPort?.postMessage({ value })
  } catch (error) {
    parentPort?.postMessage({ problem: asProblem(error).toMessage() })
  }
}

parentPort?.on('message', (message: WorkerOrder | 'close') => {
  if (message !== 'close') {
    void run(message)
    return
  }
  db?.close()
  parentPort?.close()
})
