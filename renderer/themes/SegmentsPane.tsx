import { useVirtualizer } from '@tanstack/react-virtual'
import { X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { CountedCodings, Quote } from '../../shared/model.ts'
import { asProblem } from '../../shared/problem.ts'
import { shortDate } from '../coding/NoteList.tsx'
import { jumpToNote } from '../state/coding.ts'
import { useSession } from '../state/session.ts'
import { store } from '../store.ts'
import { IconButton } from '../ui/Button.tsx'
import { counted } from '../ui/Feedback.tsx'

export type AskedSegments = {
  codeId: string
  code: string
  includeChildren: boolean
  coderIds: string[] | null
  attribute: { name: string; of: 'note' | 'case'; value: string | null } | null
  /** Which of the codings the figure counts. */
  counted: CountedCodings
  /** The column the figure stands in, in words. */
  column: string
  /** What the whole table counts, in words. */
  base: string
}

type Counts = { total: number; notes: number; cases: number }

const PAGE = 100

const countsInWords = ({ total, notes, cases }: Counts): string =>
  `${counted(total, 'coding')} in ${counted(notes, 'note')} of ${counted(cases, 'case')}`

/** Quotes of a code, fetched page by page as they come into sight. */
export function SegmentsPane({
  asked,
  counted: table,
  onClose,
}: {
  asked: AskedSegments
  /** The table the figure is of: counted anew, its segments are fetched anew. */
  counted: object
  onClose(): void
}) {
  const [counts, setCounts] = useState<Counts | null>(null)
  const [segments, setSegments] = useState<Quote[]>([])
  const [problem, setProblem] = useState<string | null>(null)
  const host = useRef<HTMLDivElement>(null)
  const asking = useRef(-1)
  const wanted = useRef(table)
  const coders = useSession((state) => state.project?.coders ?? [])

  const fetchPage = async (offset: number) => {
    if (asking.current >= offset) return
    asking.current = offset
    const { codeId, includeChildren, coderIds, attribute, counted: what } = asked
    try {
      const answer = await store.codings.quotes({
        codeId,
        includeChildren,
        coderIds,
        attribute,
        counted: what,
        offset,
        limit: PAGE,
      })
      // Of a table that has been counted anew meanwhile.
      if (wanted.current !== table) return
      const { total, notes, cases } = answer
      setCounts({ total, notes, cases })
      setSegments((before) => [...before.slice(0, offset), ...answer.quotes])
    } catch (error) {
      setProblem(asProblem(error).message)
    }
  }
  const latest = useRef(fetchPage)
  latest.current = fetchPage
  // Another table has other segments behind its figures.
  useEffect(() => {
    asking.current = -1
    wanted.current = table
    void latest.current(0)
  }, [table])

  const virtual = useVirtualizer({
    count: segments.length,
    getScrollElement: () => host.current,
    estimateSize: () => 104,
    overscan: 6,
    getItemKey: (index) => segments[index]?.codingId ?? index,
  })
  const items = virtual.getVirtualItems()
  const last = items.at(-1)?.index ?? -1
  useEffect(() => {
    if (counts !== null && segments.length < counts.total && last >= segments.length - 10)
      void latest.current(segments.length)
  }, [last, segments.length, counts])

  return (
    <aside className="passages" aria-label="Segments" data-pane="quotes">
      <div className="passages-head">
        <div>
          <h2>{asked.code}</h2>
          <p className="number">
            {asked.attribute ? `${asked.attribute.name.replaceAll('_', ' ')}: ${asked.column}, ` : ''}
            {counts === null ? 'reading' : countsInWords(counts)}
          </p>
          <p>{asked.base}</p>
        </div>
        <IconButton icon={X} label="Close" onClick={onClose} />
      </div>
      {problem && <p className="field-problem">{problem}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key */}
      <section className="quotes" ref={host} aria-label="Segments of the code" tabIndex={0}>
        <ul style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {items.map((item) => {
            const segment = segments[item.index] as Quote
            return (
              <li
                key={item.key}
                data-index={item.index}
                ref={virtual.measureElement}
                className="quote-place"
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <button
                  type="button"
                  className="quote"
                  onClick={() => jumpToNote(segment.noteId, segment.span)}
                >
                  <span className="quote-source number">
                    {[segment.noteTitle, segment.caseId, shortDate(segment.date)].filter(Boolean).join(' · ')}
                    <span>{coders.find((coder) => coder.id === segment.coderId)?.name}</span>
                  </span>
                  <span className="quote-text">
                    {segment.span === null && <em>Whole note: </em>}
                    {segment.before && <span className="quote-context">…{segment.before}</span>}
                    <mark>
                      {segment.quote.length > 600 ? `${segment.quote.slice(0, 600)}…` : segment.quote}
                    </mark>
                    {segment.after && <span className="quote-context">{segment.after}…</span>}
                  </span>
                  {segment.memo && <span className="quote-memo">Memo: {segment.memo}</span>}
                </button>
              </li>
            )
          })}
        </ul>
      </section>
    </aside>
  )
}
