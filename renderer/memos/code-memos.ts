import { useMemo } from 'react'
import { useStore } from '../queries/use-store.ts'

/** Which codes have a memo, by id; no more memos are looked through than a list of them shows. */
export function useCodesWithMemo(): ReadonlySet<string> {
  const { data } = useStore('memos.list', { kinds: ['code'], offset: 0, limit: 2_000 })
  return useMemo(
    () => new Set(data?.rows.flatMap(({ about }) => (about.kind === 'code' ? about.id : [])) ?? []),
    [data],
  )
}
