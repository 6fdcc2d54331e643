/** The worker thread of an import: makes batches of screened notes, a few ahead of who takes them. */
import { parentPort, workerData } from 'node:worker_threads'
import type { Progress } from '../../../shared/contract/events.ts'
import { asProblem } from '../../../shared/problem.ts'
import { forbidNetwork } from '../../guard/network-guard.ts'
import { BATCHES_AHEAD, type ScreeningMessage, type ScreeningOrder, screenHere } from './screening.ts'

forbidNetwork()

let ahead = 0
let wake: () => void = () => {}
const send = (message: ScreeningMessage) => parentPort?.postMessage(message)

parentPort?.on('message', () => {
  ahead--
  wake()
})

async function run(order: ScreeningOrder): Promise<void> {
  try {
    const context = {
      onMap: (map: ScreeningOrder['map']) => send({ map }),
      onProgress: (progress: Progress) => send({ progress }),
    }
    for await (const batch of screenHere(order, context)) {
      send({ batch })
      if (++ahead < BATCHES_AHEAD) continue
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
    send({ end: true })
  } catch (error) {
    send({ problem: asProblem(error).toMessage() })
  }
}

void run(workerData as ScreeningOrder)
