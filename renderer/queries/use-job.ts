/**
 * Long calculations of the store: how far they are, how to end them, and what they gave before while they are done
 * anew. What was calculated for one person is never shown to another.
 */
import { type QueryKey, skipToken, useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import type { CancelToken } from '../../shared/cancel.ts'
import type { CoderId } from '../../shared/contract/basics.ts'
import type { Progress, Topic } from '../../shared/contract/events.ts'
import { useCoder } from '../state/session.ts'
import { FIGURES_PAUSE, queryClient } from './client.ts'
import { cancelRunning, type Run, runJob, runningFor, useRunning } from './running-jobs.ts'

export type { JobOptions } from './running-jobs.ts'

/** What a calculation gave, and when it was begun, in ms. */
type Done<T> = { data: T; begunAt: number }

async function done<T>(work: Promise<T>): Promise<Done<T>> {
  const begunAt = Date.now()
  return { data: await work, begunAt }
}

/** Ends the jobs that still run: newer ones take their place. */
export const cancelJobs = (): void => cancelRunning('job')

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
              done(
                runJob(
                  queryKey,
                  (options) => runner.current(options),
                  name === 'job' ? null : context.signal,
                ),
              ),
      // What was cancelled is calculated again when somebody comes back to look.
      retryOnMount: name === 'figures',
      meta: { ...(topics && { topics }), ...(pause !== undefined && { pause }) },
    },
    queryClient,
  )
  const running = useRunning(queryKey)
  const before = useRef<{ coder: CoderId; done: Done<T> } | null>(null)
  if (asked.data !== undefined) before.current = { coder, done: asked.data }
  else if (before.current?.coder !== coder) before.current = null
  const wasCancelled = asked.error?.code === 'cancelled'
  const shown = key === null ? undefined : (asked.data ?? before.current?.done)
  return {
    data: shown?.data ?? null,
    begunAt: shown?.begunAt ?? 0,
    token: running?.token ?? null,
    progress: running?.progress ?? null,
    isRunning: key !== null && asked.isFetching,
    problem: wasCancelled ? null : (asked.error?.message ?? null),
    wasCancelled,
    cancel: () => runningFor(queryKey)?.token.cancel(),
    again: () => void asked.refetch(),
  }
}

/** The calculation of this key; null: none. It starts when it is first looked at, and stands as it was asked for. */
export const useJob = <T>(key: string | null, run: Run<T>): Job<T> =>
  useCalculation({ name: 'job', key, run })

/** Figures of the whole project: calculated while they are looked at, and again when what they count has changed. */
export const useFigures = <T>(key: string, topics: readonly Topic[], run: Run<T>): Job<T> =>
  useCalculation({ name: 'figures', key, run, topics, pause: FIGURES_PAUSE })
