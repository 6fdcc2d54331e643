import { X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { JournalPart } from '../../shared/contract/history.ts'
import { useRowHeight } from '../preferences.ts'
import { useStoreForEach } from '../queries/use-store.ts'
import { IconButton } from '../ui/Button.tsx'
import { counted, ProblemNote } from '../ui/Feedback.tsx'
import { VirtualList, type VirtualListHandle } from '../ui/VirtualList.tsx'
import { withPlace } from './entry-labels.ts'
import { openPlace, showParts } from './navigate.ts'

const PAGE = 200

/** Parts by place in the list, page by page as they come into sight. */
function usePages(seq: number) {
  const [offsets, setOffsets] = useState<readonly number[]>([0])
  const pages = useStoreForEach(
    'journal.parts',
    offsets.map((offset) => ({ seq, offset, limit: PAGE })),
  )
  const byOffset = new Map(offsets.map((offset, at) => [offset, pages[at]?.data]))
  return {
    total: pages[0]?.data?.total ?? null,
    problem: pages.find(({ problem }) => problem)?.problem?.message ?? null,
    partAt: (index: number): JournalPart | undefined =>
      byOffset.get(index - (index % PAGE))?.parts[index % PAGE],
    ask: (index: number) => {
      const offset = index - (index % PAGE)
      setOffsets((before) => (before.includes(offset) ? before : [...before, offset]))
    },
  }
}

/** What a bulk entry touched, one by one: Enter or a click opens it. */
export function PartsPane({ entry }: { entry: { seq: number; words: string } }) {
  const { total, problem, partAt, ask } = usePages(entry.seq)
  const [active, setActive] = useState(0)
  const list = useRef<VirtualListHandle>(null)
  const opener = useRef(document.activeElement as HTMLElement | null)
  const rowHeight = useRowHeight() + 16
  const isFilled = total !== null && total > 0
  useEffect(() => {
    if (isFilled) list.current?.focus()
  }, [isFilled])
  const close = () => {
    showParts(null)
    opener.current?.focus()
  }
  return (
    <aside
      className="side journal-parts"
      aria-label="What the entry touched"
      data-pane="parts"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        close()
      }}
    >
      <div className="side-head">
        <h2>{entry.words}</h2>
        <IconButton icon={X} label="Close" onClick={close} />
      </div>
      {problem && <ProblemNote>{problem}</ProblemNote>}
      {total !== null && (
        <p className="journal-parts-count number">{counted(total, 'part')}, in the order they were touched</p>
      )}
      {isFilled && (
        <VirtualList
          ref={list}
          label="Parts"
          count={total}
          rowHeight={rowHeight}
          active={active}
          onActive={setActive}
          onOpen={(index) => {
            const place = partAt(index)?.place
            if (place) openPlace(place)
          }}
          keyOf={(index) => partAt(index)?.key ?? String(index)}
          row={(index) => {
            const part = partAt(index)
            if (!part) queueMicrotask(() => ask(index))
            return part && <PartRow part={part} />
          }}
        />
      )}
    </aside>
  )
}

function PartRow({ part }: { part: JournalPart }) {
  return (
    <div className="journal-part" title={withPlace(part)}>
      <span className="journal-part-label">{part.label === '' ? 'something removed' : withPlace(part)}</span>
      {part.where === null && part.place === null && part.label !== '' && (
        <span className="journal-part-gone">removed, or hidden from you</span>
      )}
    </div>
  )
}
