/** Figures of the whole project: computed by the store, and again, after a pause, when what they count has changed. */
import { useEffect, useRef, useState } from 'react'
import { CancelToken } from '../shared/cancel.ts'
import type { Progress, Topic } from '../shared/contract/events.ts'
import { asProblem } from '../shared/problem.ts'
import { client } from './store.ts'

/** In ms: codings come one after the other. */
const PAUSE = 600

type State<T> = {
  /** The last answer, of an earlier question while another is being worked on. */
  data: T | null
  /** Of the work that is going on. */
  token: CancelToken | null
  progress: Progress | null
  problem: string | null
  wasCancelled: boolean
}
export type Computed<T> = State<T> & { again(): void }
export type ComputeOptions = { signal: CancelToken; onProgress(progress: Progress): void }

/** The answer to the question that `key` stands for; `topics`: what makes it old. */
export function useComputed<T>(
  key: string,
  topics: readonly Topic[],
  run: (options: ComputeOptions) => Promise<T>,
): Computed<T> {
  const [state, setState] = useState<State<T>>({
    data: null,
    token: null,
    progress: null,
    problem: null,
    wasCancelled: false,
  })
  const [times, setTimes] = useState(0)
  const runner = useRef(run)
  runner.current = run
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the question, the times for asking again
  useEffect(() => {
    const token = new CancelToken()
    let isCurrent = true
    const put = (change: Partial<State<T>>) => {
      if (isCurrent) setState((before) => ({ ...before, ...change }))
    }
    const over = { token: null, progress: null }
    put({ token, progress: null, problem: null, wasCancelled: false })
    runner.current({ signal: token, onProgress: (progress) => put({ progress }) }).then(
      (data) => put({ ...over, data }),
      (error) => {
        const { code, message } = asProblem(error)
        const wasCancelled = code === 'cancelled'
        put({ ...over, wasCancelled, problem: wasCancelled ? null : message })
      },
    )
    return () => {
      isCurrent = false
      token.cancel()
    }
  }, [key, times])
  const wanted = useRef(topics)
  wanted.current = topics
  useEffect(() => {
    let timer = 0
    const stop = client.onChange((event) => {
      if (!event.topics.some((topic) => wanted.current.includes(topic))) return
      window.clearTimeout(timer)
      timer = window.setTimeout(() => setTimes((before) => before + 1), PAUSE)
    })
    return () => {
      window.clearTimeout(timer)
      stop()
    }
  }, [])
  return { ...state, again: () => setTimes((before) => before + 1) }
}
