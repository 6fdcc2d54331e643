/** Long calculations by key: each runs once, goes on while the person looks elsewhere, and can be cancelled. */
import { useCallback, useRef, useSyncExternalStore } from 'react'
import { CancelToken } from '../../shared/cancel.ts'
import type { Progress } from '../../shared/contract/events.ts'
import { asProblem } from '../../shared/problem.ts'
import { useSession } from '../state/session.ts'

type State = {
  data: unknown
  progress: Progress | null
  isRunning: boolean
  problem: string | null
  wasCancelled: boolean
}
type Entry = { state: State; token: CancelToken; listeners: Set<() => void> }
export type JobOptions = { signal: CancelToken; onProgress(progress: Progress): void }

/** Results kept for the way back; the oldest go first. */
const KEEP = 40
const IDLE: State = { data: null, progress: null, isRunning: false, problem: null, wasCancelled: false }
const entries = new Map<string, Entry>()

function start(key: string, run: (options: JobOptions) => Promise<unknown>): void {
  const token = new CancelToken()
  const entry: Entry = {
    state: { ...IDLE, isRunning: true },
    token,
    listeners: entries.get(key)?.listeners ?? new Set(),
  }
  entries.set(key, entry)
  const change = (changes: Partial<State>) => {
    entry.state = { ...entry.state, ...changes }
    for (const listener of entry.listeners) listener()
  }
  change({})
  run({ signal: token, onProgress: (progress) => change({ progress }) }).then(
    (data) => change({ data, isRunning: false, progress: null }),
    (error: unknown) => {
      const { code, message } = asProblem(error)
      const wasCancelled = code === 'cancelled'
      change({ isRunning: false, progress: null, wasCancelled, problem: wasCancelled ? null : message })
    },
  )
  for (const [oldest, { state, listeners }] of entries) {
    if (entries.size <= KEEP) break
    if (!state.isRunning && listeners.size === 0) entries.delete(oldest)
  }
}

/** Ends what is still running: a newer calculation takes its place. */
export function cancelJobs(): void {
  for (const { state, token } of entries.values()) if (state.isRunning) token.cancel()
}

/** Nothing of a project stays in memory once it is locked or closed. */
useSession.subscribe(({ project }) => {
  if (project !== null) return
  cancelJobs()
  entries.clear()
})

export type Job<T> = Omit<State, 'data'> & { data: T | null; cancel(): void; again(): void }

/**
 * The calculation of this key; null: none. It starts when it is first looked at. Until it is done, `data` is what the
 * key before gave, so that the screen does not empty.
 */
export function useJob<T>(key: string | null, run: (options: JobOptions) => Promise<T>): Job<T> {
  const runner = useRef(run)
  runner.current = run
  const before = useRef<T | null>(null)
  const subscribe = useCallback(
    (listener: () => void) => {
      if (key === null) return () => undefined
      if (!entries.has(key)) start(key, (options) => runner.current(options))
      const entry = entries.get(key) as Entry
      entry.listeners.add(listener)
      return () => entry.listeners.delete(listener)
    },
    [key],
  )
  const state = useSyncExternalStore(subscribe, () =>
    key === null ? IDLE : (entries.get(key)?.state ?? IDLE),
  )
  if (state.data !== null) before.current = state.data as T
  return {
    ...state,
    data: key === null ? null : ((state.data as T | null) ?? before.current),
    cancel: () => key !== null && entries.get(key)?.token.cancel(),
    again: () => key !== null && start(key, (options) => runner.current(options)),
  }
}
