import { useVirtualizer } from '@tanstack/react-virtual'
import { X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { Quote } from '../../shared/model.ts'
import { asProblem } from '../../shared/problem.ts'
import { shortDate } from '../coding/NoteList.tsx'
import { jumpToNote } from '../state/coding.ts'
import { useSession } from '../state/session.ts'
import { store } from '../store.ts'
import { IconButton } from '../ui/Button.tsx'
import { counted } from '../ui/Feedback.tsx'

export type AskedQuotes = {
  codeId: string
  code: string
  includeChildren: boolean
  coderIds: string[] | null
  attribute: { name: string; of: 'note' | 'case'; value: string | null } | null
  column: string
}

const PAGE = 100

/** Quotes of a code, fetched page by page as they come into sight. */
export function QuotePane({ asked, onClose }: { asked: AskedQuotes; onClose(): void }) {
  const [total, setTotal] = useState<number | null>(null)
  const [quotes, setQuotes] = useState<Quote[]>([])
  const [problem, setProblem] = useState<string | null>(null)
  const host = useRef<HTMLDivElement>(null)
  const asking = useRef(-1)
  const coders = useSession((state) => state.project?.coders ?? [])

  const fetchPage = async (offset: number) => {
    if (asking.current >= offset) return
    asking.current = offset
    const { codeId, includeChildren, coderIds, attribute } = asked
    try {
      const answer = await store.codings.quotes({
        codeId,
        includeChildren,
        coderIds,
        attribute,
        offset,
        limit: PAGE,
      })
      setTotal(answer.total)
      setQuotes((before) => [...before.slice(0, offset), ...answer.quotes])
    } catch (error) {
      setProblem(asProblem(error).message)
    }
  }
  const latest = useRef(fetchPage)
  latest.current = fetchPage
  useEffect(() => void latest.current(0), [])

  const virtual = useVirtualizer({
    count: quotes.length,
    getScrollElement: () => host.current,
    estimateSize: () => 104,
    overscan: 6,
    getItemKey: (index) => quotes[index]?.codingId ?? index,
  })
  const items = virtual.getVirtualItems()
  const last = items.at(-1)?.index ?? -1
  useEffect(() => {
    if (total !== null && quotes.length < total && last >= quotes.length - 10)
      void latest.current(quotes.length)
  }, [last, quotes.length, total])

  return (
    <aside className="passages" aria-label="Quotes" data-pane="quotes">
      <div className="passages-head">
        <div>
          <h2>{asked.code}</h2>
          <p className="number">
            {asked.attribute ? `${asked.attribute.name.replaceAll('_', ' ')}: ${asked.column}, ` : ''}
            {total === null ? 'reading' : counted(total, 'coding')}
          </p>
        </div>
        <IconButton icon={X} label="Close" onClick={onClose} />
      </div>
      {problem && <p className="field-problem">{problem}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key */}
      <section className="quotes" ref={host} aria-label="Quotes of the code" tabIndex={0}>
        <ul style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {items.map((item) => {
            const quote = quotes[item.index] as Quote
            return (
              <li
                key={item.key}
                data-index={item.index}
                ref={virtual.measureElement}
                className="quote-place"
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <button type="button" className="quote" onClick={() => jumpToNote(quote.noteId, quote.span)}>
                  <span className="quote-source number">
                    {[quote.noteTitle, quote.caseId, shortDate(quote.date)].filter(Boolean).join(' · ')}
                    <span>{coders.find((coder) => coder.id === quote.coderId)?.name}</span>
                  </span>
                  <span className="quote-text">
                    {quote.span === null && <em>Whole note: </em>}
                    {quote.before && <span className="quote-context">…{quote.before}</span>}
                    <mark>{quote.quote.length > 600 ? `${quote.quote.slice(0, 600)}…` : quote.quote}</mark>
                    {quote.after && <span className="quote-context">{quote.after}…</span>}
                  </span>
                  {quote.memo && <span className="quote-memo">Memo: {quote.memo}</span>}
                </button>
              </li>
            )
          })}
        </ul>
      </section>
    </aside>
  )
}
