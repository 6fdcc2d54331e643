/**
 * The one place of the page that keeps what the store has answered. When an answer is old is for the store's
 * announcements to say (invalidation.ts), never for a clock, a window that gets the focus or a network.
 */
import { notifyManager, QueryClient } from '@tanstack/react-query'
import type { Topic } from '../../shared/contract/events.ts'
import { asProblem, type Problem } from '../../shared/problem.ts'

declare module '@tanstack/react-query' {
  interface Register {
    defaultError: Problem
    queryMeta: {
      /** Announcements of these make it old; without any it stands as it was asked for. */
      topics?: readonly Topic[]
      /** In ms: a calculation waits until nothing was announced for so long. */
      pause?: number
      /** Somebody is going through it: it outlives any number of other answers. */
      isLasting?: boolean
    }
  }
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: Number.POSITIVE_INFINITY,
      // A refusal is an answer: asked again, it would be the same.
      retry: false,
      retryOnMount: false,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      // There is no network, and the store is there without one.
      networkMode: 'always',
      // Comparing 100,000 notes with those of before costs more than showing the few in sight.
      structuralSharing: false,
    },
  },
})

// Before the next paint: what a change has just emptied is not on screen for another frame.
notifyManager.setScheduler(queueMicrotask)

/** What goes wrong on the way to an answer, as what screens can show. */
export const orProblem = <T>(answer: Promise<T>): Promise<T> =>
  answer.catch((error: unknown) => {
    throw asProblem(error)
  })

/** In ms: codings come one after the other, and what counts them all waits for the last. */
export const FIGURES_PAUSE = 600
