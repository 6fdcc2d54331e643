/** The journal on screen: page after page as far as a person scrolls, and current while they look. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { JournalFilter, JournalRow } from '../../shared/contract/history.ts'
import { useCoder } from '../state/session.ts'
import { store } from '../store.ts'
import { orProblem, queryClient } from './client.ts'

const PAGE = 200

export type Pages = {
  rows: readonly JournalRow[]
  /** Null while words are looked for. */
  total: number | null
  /** Where the next page begins; null at the journal's first entry, undefined before the first page. */
  next: number | null | undefined
  problem: string | null
  /** A blind round keeps what others did from whoever reads. */
  isPartial: boolean
  more(): void
}

const FIRST: number | null = null

/** What is loaded of the journal under a filter, and how to load more. An undo marks entries far down: all is reread. */
export function useJournalPages(filter: JournalFilter): Pages {
  const coder = useCoder()
  const { data, error, isFetching, fetchNextPage } = useInfiniteQuery(
    {
      // With the coder: whoever sits down next asks for themselves.
      queryKey: ['journal', coder, filter],
      queryFn: ({ pageParam }) =>
        orProblem(store.journal.list({ ...filter, before: pageParam, limit: PAGE })),
      initialPageParam: FIRST,
      getNextPageParam: ({ next }) => next,
      meta: { topics: ['history'] },
    },
    queryClient,
  )
  const pages = data?.pages
  const last = pages?.at(-1)
  return {
    rows: useMemo(() => pages?.flatMap(({ rows }) => rows) ?? [], [pages]),
    total: last?.total ?? null,
    next: last?.next,
    problem: error?.message ?? null,
    isPartial: last?.isPartial ?? false,
    more: () => {
      if (!isFetching && typeof last?.next === 'number') void fetchNextPage({ cancelRefetch: false })
    },
  }
}
