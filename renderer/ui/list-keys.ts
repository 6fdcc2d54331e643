/** Rows of a list that a page key goes past: all in sight but one. */
export const pageOf = (list: HTMLElement | null, rowHeight: number): number =>
  Math.max(1, Math.floor((list?.clientHeight ?? 0) / rowHeight) - 1)

/** The row that a key leads to from the active one; undefined for keys that move in no list, or in an empty one. */
export function rowAfterKey(key: string, active: number, count: number, page: number): number | undefined {
  const moves: Record<string, number> = {
    ArrowDown: active + 1,
    ArrowUp: active - 1,
    Home: 0,
    End: count - 1,
    PageDown: active + page,
    PageUp: active - page,
  }
  const next = moves[key]
  return next === undefined || count === 0 ? undefined : Math.max(0, Math.min(count - 1, next))
}
