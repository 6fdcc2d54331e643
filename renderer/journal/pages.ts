/** The journal on screen: page after page as far as a person scrolls, and current while they look. */
import { useCallback, useEffect, useRef, useState } from 'react'
import type { JournalFilter, JournalRow } from '../../shared/contract/history.ts'
import { asProblem } from '../../shared/problem.ts'
import { client, store } from '../store.ts'

const PAGE = 200
/** As many as one call may bring. */
const MOST = 1_000

export type Pages = {
  rows: readonly JournalRow[]
  /** Null while words are looked for. */
  total: number | null
  /** Where the next page begins; null at the journal's first entry, undefined before the first page. */
  next: number | null | undefined
  problem: string | null
  /** A blind round keeps what others did from whoever reads. */
  isPartial: boolean
}

const NOTHING: Pages = { rows: [], total: null, next: undefined, problem: null, isPartial: false }

/** Entries from the newest on, at least `wanted` of them where there are so many. */
async function fetchUpTo(filter: JournalFilter, wanted: number, isStale: () => boolean): Promise<Pages> {
  let pages = NOTHING
  do {
    const page = await store.journal.list({
      ...filter,
      before: pages.next ?? null,
      limit: Math.min(MOST, wanted - pages.rows.length),
    })
    pages = { ...page, rows: [...pages.rows, ...page.rows], problem: null }
  } while (!isStale() && typeof pages.next === 'number' && pages.rows.length < wanted)
  return pages
}

/** What is loaded of the journal under a filter, and how to load more. */
export function useJournalPages(filter: JournalFilter): Pages & { more(): void } {
  const [pages, setPages] = useState(NOTHING)
  const latest = useRef(pages)
  latest.current = pages
  const round = useRef(0)
  const isBusy = useRef(false)
  const key = JSON.stringify(filter)

  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the filter
  const load = useCallback(
    async (wanted: number) => {
      const mine = ++round.current
      isBusy.current = true
      try {
        const loaded = await fetchUpTo(filter, wanted, () => round.current !== mine)
        if (round.current === mine) setPages(loaded)
      } catch (error) {
        if (round.current === mine) setPages((before) => ({ ...before, problem: asProblem(error).message }))
      } finally {
        if (round.current === mine) isBusy.current = false
      }
    },
    [key],
  )

  useEffect(() => {
    setPages(NOTHING)
    void load(PAGE)
    // An undo marks entries far down: all that is on screen is read again.
    return client.onChange((event) => {
      if (event.topics.includes('history')) void load(Math.max(PAGE, latest.current.rows.length))
    })
  }, [load])

  const more = async () => {
    const { next, rows } = latest.current
    if (isBusy.current || typeof next !== 'number') return
    const mine = round.current
    isBusy.current = true
    try {
      const page = await store.journal.list({ ...filter, before: next, limit: PAGE })
      if (round.current === mine) setPages({ ...page, rows: [...rows, ...page.rows], problem: null })
    } catch (error) {
      if (round.current === mine) setPages((before) => ({ ...before, problem: asProblem(error).message }))
    } finally {
      if (round.current === mine) isBusy.current = false
    }
  }
  return { ...pages, more: () => void more() }
}
