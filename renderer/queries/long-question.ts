/**
 * Long questions that a person puts together and asks one at a time: the search, the retrieval, the check for
 * identifiers. What is asked is for the caller to hold.
 *
 * Each is one query of each coder, whatever is asked: the earlier answer stays on screen while another is worked on,
 * and thousands of hits are not kept for every letter somebody typed.
 */
import { type QueryKey, useQuery } from '@tanstack/react-query'
import type { CancelToken } from '../../shared/cancel.ts'
import type { CoderId } from '../../shared/contract/basics.ts'
import type { Progress, Topic } from '../../shared/contract/events.ts'
import { coderId, useCoder } from '../state/session.ts'
import { orProblem, queryClient } from './client.ts'
import { type JobOptions, runJob, runningFor, useRunning } from './running-jobs.ts'

type Spec<T> = {
  name: string
  /** Announcements of these make the answer old; without any it stands as it was asked for. */
  topics?: readonly Topic[]
  /** Whether a failure is tried again when somebody comes back to look. */
  retriesOnReturn?: boolean
  /** `show` puts on screen what is there so far. */
  run(options: JobOptions & { show(part: T): void }): Promise<T>
}

export type LongAnswer<T> = {
  /** Of an earlier question while another is being worked on, also after that has failed. */
  data: T | null
  token: CancelToken | null
  progress: Progress | null
  isRunning: boolean
  /** Why there is no answer, in the store's words. */
  problem: string | null
  wasCancelled: boolean
}

export type LongQuestion<T> = {
  /** The answer as it comes. Where `isAsked` says so, what is missing or old is asked for by being looked at. */
  useAnswer(isAsked: boolean): LongAnswer<T>
  /** The last answer, of who sits there; null before the first. */
  peek(): T | null
  isRunning(): boolean
  /** Asks, and ends what was being asked. */
  ask(): void
  /** Puts into the answer what a change has just made of it. */
  amend(change: (now: T) => T): void
  /** There is no answer any more, nor is one on its way. */
  forget(): void
  cancel(): void
}

export function longQuestion<T>({ name, topics, retriesOnReturn = false, run }: Spec<T>): LongQuestion<T> {
  const keyOf = (coder: CoderId): QueryKey => [name, coder]
  const isAskedFor = (key: QueryKey) => queryClient.getQueryState(key)?.fetchStatus === 'fetching'
  const optionsFor = (queryKey: QueryKey, isAsked: boolean) => ({
    queryKey,
    queryFn: () =>
      // It goes on while the person looks elsewhere: it does not ask whether anybody looks.
      runJob<T>(
        queryKey,
        (options) => {
          const show = (part: T) => {
            const isCurrent = runningFor(queryKey)?.token === options.signal && isAskedFor(queryKey)
            if (isCurrent) queryClient.setQueryData<T>(queryKey, part)
          }
          return run({ ...options, show })
        },
        null,
      ),
    meta: { isLasting: true, ...(isAsked && topics && { topics }) },
  })
  const keyNow = () => keyOf(coderId())
  const cancel = (): void => runningFor(keyNow())?.token.cancel()
  return {
    useAnswer: (isAsked) => {
      const queryKey = keyOf(useCoder())
      const { data, error, isFetching } = useQuery<T>(
        { ...optionsFor(queryKey, isAsked), enabled: isAsked, retryOnMount: retriesOnReturn },
        queryClient,
      )
      const running = useRunning(queryKey)
      const wasCancelled = error?.code === 'cancelled'
      return {
        data: data ?? null,
        token: running?.token ?? null,
        progress: running?.progress ?? null,
        isRunning: isFetching,
        problem: wasCancelled ? null : (error?.message ?? null),
        wasCancelled,
      }
    },
    peek: () => queryClient.getQueryData<T>(keyNow()) ?? null,
    isRunning: () => isAskedFor(keyNow()),
    ask: () => {
      const queryKey = keyNow()
      void queryClient.cancelQueries({ queryKey, exact: true }, { silent: true, revert: false })
      orProblem(queryClient.fetchQuery({ ...optionsFor(queryKey, true), staleTime: 0 })).catch(() => {})
    },
    amend: (change) => {
      queryClient.setQueryData<T>(keyNow(), (now) => (now === undefined ? now : change(now)))
    },
    forget: () => {
      cancel()
      queryClient.getQueryCache().find({ queryKey: keyNow() })?.reset()
    },
    cancel,
  }
}
