import { useDeferredValue, useEffect, useState } from 'react'
import { Floating } from '../ui/Floating.tsx'
import { type PickItem, PickList } from '../ui/PickList.tsx'
import {
  asksForRecent,
  closePalette,
  suggestion,
  useCaseItems,
  useCodeItems,
  useCoderItems,
  useCommandItems,
  useMemoItems,
  useNoteItems,
  useProjectItems,
} from './palette-items.tsx'
import { useViewItems } from './palette-views.tsx'

const WIDTH = 560

/** Everything by name: places and commands, codes, notes, cases, memos, coders. */
export function CommandPalette() {
  const [query, setQuery] = useState('')
  const [anchor] = useState(() => ({
    left: (window.innerWidth - WIDTH) / 2,
    right: 0,
    top: 40,
    bottom: 40,
  }))
  // What is taken may open something of its own, which gives the keyboard back to where it was before the palette.
  const [before] = useState(() => document.activeElement)
  const taking = (item: PickItem): PickItem => ({
    ...item,
    onPick: () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true })
      item.onPick()
    },
  })
  // What the store looks for follows the typing; what is here already keeps up with it.
  const asked = useDeferredValue(query)
  const projects = useProjectItems(query)
  const isRecent = asksForRecent(query)
  const items = [
    ...(isRecent ? projects : []),
    ...useCommandItems(query),
    ...useViewItems(query),
    ...(isRecent ? [] : projects),
    ...useCoderItems(query),
    ...useCodeItems(query),
    ...useCaseItems(asked),
    ...useNoteItems(asked),
    ...useMemoItems(asked),
  ]
  const isNothing = useLasts(items.length === 0 ? query : null)
  return (
    <Floating anchor={anchor} width={WIDTH} label="Find" onClose={closePalette}>
      <PickList
        label="Find a place, command, code or note"
        placeholder="Find a place, command, code, note, case, memo or coder"
        query={query}
        onQuery={setQuery}
        items={(isNothing ? [suggestion()] : items).map(taking)}
        empty="Looking…"
      />
    </Floating>
  )
}

/** In ms: notes and memos have answered by then; a line that comes and goes is worse than none. */
const PAUSE = 250

/** True once the same query has found nothing for a while. */
function useLasts(query: string | null): boolean {
  const [empty, setEmpty] = useState<string | null>(null)
  useEffect(() => {
    if (query === null) return
    const timer = window.setTimeout(() => setEmpty(query), PAUSE)
    return () => window.clearTimeout(timer)
  }, [query])
  return query !== null && empty === query
}
