/** The segments behind a figure of the theme table, page by page as far as a person scrolls. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Segment } from '../../shared/contract/codings.ts'
import type { Topic } from '../../shared/contract/events.ts'
import type { ArgsOf } from '../../shared/contract/index.ts'
import { useCoder } from '../state/session.ts'
import { store } from '../store.ts'
import { FIGURES_PAUSE, orProblem, queryClient } from './client.ts'

const PAGE = 100
const TOPICS: readonly Topic[] = ['codings', 'codes', 'notes', 'memos', 'status', 'rounds', 'coders']

export type CountedSegments = {
  segments: readonly Segment[]
  /** Of all of them; null until the first are read. */
  counts: { total: number; notes: number; cases: number } | null
  problem: string | null
  more(): void
}

export function useCountedSegments(
  asked: Omit<ArgsOf<'codings.segments'>, 'offset' | 'limit'>,
): CountedSegments {
  const coder = useCoder()
  const { data, error, isFetching, fetchNextPage } = useInfiniteQuery(
    {
      queryKey: ['segments', coder, asked],
      queryFn: ({ pageParam }) =>
        orProblem(store.codings.segments({ ...asked, offset: pageParam, limit: PAGE })),
      initialPageParam: 0,
      getNextPageParam: ({ total }, pages) => (pages.length * PAGE < total ? pages.length * PAGE : null),
      // With the table that they are behind.
      meta: { topics: TOPICS, pause: FIGURES_PAUSE },
    },
    queryClient,
  )
  const pages = data?.pages
  const last = pages?.at(-1)
  return {
    segments: useMemo(() => pages?.flatMap(({ segments }) => segments) ?? [], [pages]),
    counts: last ? { total: last.total, notes: last.notes, cases: last.cases } : null,
    problem: error?.message ?? null,
    more: () => {
      if (!isFetching) void fetchNextPage({ cancelRefetch: false })
    },
  }
}
