/**
 * Long calculations of the store: how far they are, how to end them, and what they gave before while they are done
 * anew. What was calculated for one person is never shown to another.
 */
import { type QueryKey, skipToken, useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { CancelToken } from '../../shared/cancel.ts'
import type { Progress, Topic } from '../../shared/contract/events.ts'
import { useCoder } from '../state/session.ts'
import { FIGURES_PAUSE, orProblem, queryClient } from './client.ts'
import { whenSeatIsLeft } from './invalidation.ts'

export type JobOptions = { signal: CancelToken; onProgress(progress: Progress): void }
type Run<T> = (options: JobOptions) => Promise<T>

/** A calculation under way. */
type Work = { token: CancelToken; progress: Progress | null }
const WORK = 'work'
const workKey = (key: QueryKey): QueryKey => [WORK, ...key]
const workOf = (key: QueryKey): Work | null => queryClient.getQueryData<Work>(workKey(key)) ?? null
const setWork = (key: QueryKey, work: Work | null): void => {
  queryClient.setQueryData(workKey(key), work)
}

const running = new Set<CancelToken>()

/** What a calculation gave, and when it was begun, in ms. */
type Done<T> = { data: T; begunAt: number }

async function work<T>(key: QueryKey, run: Run<T>, signal: AbortSignal | null): Promise<Done<T>> {
  const token = new CancelToken()
  signal?.addEventListener('abort', () => token.cancel(), { once: true })
  const put = (next: Work | null) => {
    if (workOf(key)?.token === token) setWork(key, next)
  }
  running.add(token)
  setWork(key, { token, progress: null })
  const begunAt = Date.now()
  try {
    const onProgress = (progress: Progress) => put({ token, progress })
    return { data: await orProblem(run({ signal: token, onProgress })), begunAt }
  } finally {
    running.delete(token)
    put(null)
  }
}

/** Ends what is still running: a newer calculation takes its place. */
export function cancelJobs(): void {
  for (const token of running) token.cancel()
}
whenSeatIsLeft(cancelJobs)

export type Job<T> = {
  /** Of an earlier question while another is being worked on. */
  data: T | null
  /** When the calculation of `data` began, in ms: what changed later is not in it. */
  begunAt: number
  /** Of the work that is going on. */
  token: CancelToken | null
  progress: Progress | null
  isRunning: boolean
  problem: string | null
  wasCancelled: boolean
  cancel(): void
  again(): void
}

type Kind<T> = {
  name: 'job' | 'figures'
  key: string | null
  run: Run<T>
  topics?: readonly Topic[]
  pause?: number
}

function useCalculation<T>({ name, key, run, topics, pause }: Kind<T>): Job<T> {
  const coder = useCoder()
  const queryKey: QueryKey = [name, coder, key]
  const runner = useRef(run)
  runner.current = run
  const asked = useQuery<Done<T>>(
    {
      queryKey,
      queryFn:
        key === null
          ? skipToken
          : // A job goes on while the person looks elsewhere: it does not ask whether anybody looks.
            (context) =>
              work(queryKey, (options) => runner.current(options), name === 'job' ? null : context.signal),
      // What was cancelled is calculated again when somebody comes back to look.
      retryOnMount: name === 'figures',
      meta: { ...(topics && { topics }), ...(pause !== undefined && { pause }) },
    },
    queryClient,
  )
  const { data: underWay } = useQuery<Work | null>(
    { queryKey: workKey(queryKey), queryFn: skipToken },
    queryClient,
  )
  const before = useRef<{ coder: string; done: Done<T> } | null>(null)
  if (asked.data !== undefined) before.current = { coder, done: asked.data }
  else if (before.current?.coder !== coder) before.current = null
  const wasCancelled = asked.error?.code === 'cancelled'
  const done = key === null ? undefined : (asked.data ?? before.current?.done)
  return {
    data: done?.data ?? null,
    begunAt: done?.begunAt ?? 0,
    token: underWay?.token ?? null,
    progress: underWay?.progress ?? null,
    isRunning: key !== null && asked.isFetching,
    problem: wasCancelled ? null : (asked.error?.message ?? null),
    wasCancelled,
    cancel: () => workOf(queryKey)?.token.cancel(),
    again: () => void asked.refetch(),
  }
}

/** The calculation of this key; null: none. It starts when it is first looked at, and stands as it was asked for. */
export const useJob = <T>(key: string | null, run: Run<T>): Job<T> =>
  useCalculation({ name: 'job', key, run })

/** Figures of the whole project: calculated while they are looked at, and again when what they count has changed. */
export const useFigures = <T>(key: string, topics: readonly Topic[], run: Run<T>): Job<T> =>
  useCalculation({ name: 'figures', key, run, topics, pause: FIGURES_PAUSE })
