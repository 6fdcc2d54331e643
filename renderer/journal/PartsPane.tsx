import { X } from 'lucide-react'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { JournalPart } from '../../shared/contract/history.ts'
import { asProblem } from '../../shared/problem.ts'
import { useRowHeight } from '../preferences.ts'
import { store } from '../store.ts'
import { IconButton } from '../ui/Button.tsx'
import { counted, ProblemNote } from '../ui/Feedback.tsx'
import { VirtualList, type VirtualListHandle } from '../ui/VirtualList.tsx'
import { withPlace } from './entry-labels.ts'
import { openPlace, showParts } from './navigate.ts'

const PAGE = 200

/** Parts by place in the list, page by page as they come into sight. */
function usePages(seq: number) {
  const [total, setTotal] = useState<number | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [parts, setParts] = useState<ReadonlyMap<number, JournalPart>>(new Map())
  const asked = useRef(new Set<number>())
  const ask = useCallback(
    (index: number) => {
      const offset = index - (index % PAGE)
      if (asked.current.has(offset)) return
      asked.current.add(offset)
      store.journal.parts({ seq, offset, limit: PAGE }).then(
        (page) => {
          setTotal(page.total)
          setParts(
            (before) => new Map([...before, ...page.parts.map((part, at) => [offset + at, part] as const)]),
          )
        },
        (error) => setProblem(asProblem(error).message),
      )
    },
    [seq],
  )
  useEffect(() => ask(0), [ask])
  return { total, problem, parts, ask }
}

/** What a bulk entry touched, one by one: Enter or a click opens it. */
export function PartsPane({ entry }: { entry: { seq: number; words: string } }) {
  const { total, problem, parts, ask } = usePages(entry.seq)
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
            const place = parts.get(index)?.place
            if (place) openPlace(place)
          }}
          keyOf={(index) => parts.get(index)?.key ?? String(index)}
          row={(index) => {
            const part = parts.get(index)
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
