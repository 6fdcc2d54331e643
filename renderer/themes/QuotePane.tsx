import { useVirtualizer } from '@tanstack/react-virtual'
import { X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { CountedCodings, Quote } from '../../shared/contract/codings.ts'
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
export function QuotePane({
  asked,
  counted: table,
  onClose,
}: {
  asked: AskedQuotes
  /** The table the figure is of: counted anew, its quotes are fetched anew. */
  counted: object
  onClose(): void
}) {
  const [counts, setCounts] = useState<Counts | null>(null)
  const [quotes, setQuotes] = useState<Quote[]>([])
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
      setQuotes((before) => [...before.slice(0, offset), ...answer.quotes])
    } catch (error) {
      setProblem(asProblem(error).message)
    }
  }
  const latest = useRef(fetchPage)
  latest.current = fetchPage
  // Another table has other quotes behind its figures.
  useEffect(() => {
    asking.current = -1
    wanted.current = table
    void latest.current(0)
  }, [table])

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
    if (counts !== null && quotes.length < counts.total && last >= quotes.length - 10)
      void latest.current(quotes.length)
  }, [last, quotes.length, counts])

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
