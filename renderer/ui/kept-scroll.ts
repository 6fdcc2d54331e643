/** Lists and tables stand as they stood when a person comes back to their place: sorted so, scrolled so far. */
import { type RefObject, useCallback, useEffect, useLayoutEffect } from 'react'
import { createKept, keepView } from '../state/kept-view.ts'
import { useSession } from '../state/session.ts'

type Kept = { top: number; visit: number }
let tops = new Map<string, Kept>()
let visit = 0

useSession.subscribe((now, before) => {
  if (now.place !== before.place || now.phase !== before.phase) visit++
  if (now.phase !== 'open' && before.phase === 'open') tops = new Map()
})
keepView(
  'scroll',
  () => [...tops],
  (kept) => {
    tops = new Map(kept)
    // Restored where the place is drawn next, which is another visit than any that is kept.
    visit = Math.max(visit, ...[...tops.values()].map((each) => each.visit)) + 1
  },
)

/** `isFilled`: there is something to scroll. In one visit a list that comes anew, as for other words, begins at its top. */
export function useKeptScroll(host: RefObject<HTMLElement | null>, label: string, isFilled: boolean): void {
  const key = useSession((state) => `${state.place} ${label}`)
  useLayoutEffect(() => {
    const kept = tops.get(key)
    if (isFilled && host.current && kept && kept.visit !== visit) host.current.scrollTop = kept.top
  }, [host, key, isFilled])
  useEffect(() => {
    const element = host.current
    if (!element) return
    const onScroll = () => tops.set(key, { top: element.scrollTop, visit })
    element.addEventListener('scroll', onScroll, { passive: true })
    return () => element.removeEventListener('scroll', onScroll)
  }, [host, key])
}

type Sort = { column: string; isDown: boolean } | null
const useSorts = createKept<{ sorts: Readonly<Record<string, Sort>> }>('sorts', { sorts: {} })

export function useKeptSort(label: string, first: Sort): [Sort, (change: (before: Sort) => Sort) => void] {
  const key = useSession((state) => `${state.place} ${label}`)
  const kept = useSorts((state) => state.sorts[key])
  const sort = kept === undefined ? first : kept
  const change = useCallback(
    (next: (before: Sort) => Sort) =>
      useSorts.setState(({ sorts }) => ({ sorts: { ...sorts, [key]: next(sort) } })),
    [key, sort],
  )
  return [sort, change]
}
