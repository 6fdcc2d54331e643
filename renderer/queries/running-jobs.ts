/**
 * Long calculations of the store while they run: how far each is, and how to end it. What they give is the answer of
 * the query they run for.
 */
import { type QueryKey, skipToken, useQuery } from '@tanstack/react-query'
import { CancelToken } from '../../shared/cancel.ts'
import type { Progress } from '../../shared/contract/events.ts'
import { orProblem, queryClient } from './client.ts'
import { whenSeatIsLeft } from './invalidation.ts'

export type JobOptions = { signal: CancelToken; onProgress(progress: Progress): void }
export type Run<T> = (options: JobOptions) => Promise<T>

/** A calculation under way. */
export type Running = { token: CancelToken; progress: Progress | null }

const keyOf = (key: QueryKey): QueryKey => ['running', ...key]
/** What runs for the query of this key. */
export const runningFor = (key: QueryKey): Running | null =>
  queryClient.getQueryData<Running>(keyOf(key)) ?? null
const setRunning = (key: QueryKey, running: Running | null): void => {
  queryClient.setQueryData(keyOf(key), running)
}

/** What runs for the query of this key, as it goes on. */
export function useRunning(key: QueryKey): Running | null {
  const { data } = useQuery<Running | null>({ queryKey: keyOf(key), queryFn: skipToken }, queryClient)
  return data ?? null
}

const tokens = new Map<CancelToken, QueryKey>()

/**
 * Runs a calculation for the query of this key; an earlier one for it ends. `signal`: of a calculation that ends when
 * nobody looks any more; without one it goes on.
 */
export async function runJob<T>(key: QueryKey, run: Run<T>, signal: AbortSignal | null): Promise<T> {
  runningFor(key)?.token.cancel()
  const token = new CancelToken()
  signal?.addEventListener('abort', () => token.cancel(), { once: true })
  const put = (next: Running | null) => {
    if (runningFor(key)?.token === token) setRunning(key, next)
  }
  tokens.set(token, key)
  setRunning(key, { token, progress: null })
  try {
    return await orProblem(run({ signal: token, onProgress: (progress) => put({ token, progress }) }))
  } finally {
    tokens.delete(token)
    put(null)
  }
}

/** Ends what still runs for queries whose key begins so, or for any. */
export function cancelRunning(name?: string): void {
  for (const [token, [first]] of tokens) if (name === undefined || first === name) token.cancel()
}
whenSeatIsLeft(cancelRunning)
