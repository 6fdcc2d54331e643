import { useVirtualizer } from '@tanstack/react-virtual'
import { X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { CodeId, CoderId } from '../../shared/contract/basics.ts'
import type { CountedCodings, Segment } from '../../shared/contract/codings.ts'
import { ListedSegment } from '../codes/ListedSegment.tsx'
import { type CountedSegments, useCountedSegments } from '../queries/counted-segments.ts'
import { IconButton } from '../ui/Button.tsx'
import { counted } from '../ui/Feedback.tsx'

export type AskedSegments = {
  codeId: CodeId
  code: string
  includeChildren: boolean
  coderIds: CoderId[] | null
  attribute: { name: string; of: 'note' | 'case'; value: string | null } | null
  /** Which of the codings the figure counts. */
  counted: CountedCodings
  /** The column the figure stands in, in words. */
  column: string
  /** What the whole table counts, in words. */
  base: string
}

type Counts = NonNullable<CountedSegments['counts']>

const countsInWords = ({ total, notes, cases }: Counts): string =>
  `${counted(total, 'coding')} in ${counted(notes, 'note')} of ${counted(cases, 'case')}`

/** Segments of a code, fetched page by page as they come into sight. */
export function SegmentsPane({ asked, onClose }: { asked: AskedSegments; onClose(): void }) {
  const host = useRef<HTMLDivElement>(null)
  const { codeId, includeChildren, coderIds, attribute } = asked
  const { segments, counts, problem, more } = useCountedSegments({
    codeId,
    includeChildren,
    coderIds,
    attribute,
    counted: asked.counted,
  })
  const virtual = useVirtualizer({
    count: segments.length,
    getScrollElement: () => host.current,
    estimateSize: () => 104,
    overscan: 6,
    getItemKey: (index) => segments[index]?.codingId ?? index,
  })
  const items = virtual.getVirtualItems()
  const last = items.at(-1)?.index ?? -1
  const latest = useRef(more)
  latest.current = more
  useEffect(() => {
    if (counts !== null && segments.length < counts.total && last >= segments.length - 10) latest.current()
  }, [last, segments.length, counts])

  return (
    <aside className="segments-pane" aria-label="Segments" data-pane="segments">
      <div className="segments-pane-head">
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
      <section className="listed-segments" ref={host} aria-label="Segments of the code" tabIndex={0}>
        <ul style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {items.map((item) => {
            const segment = segments[item.index] as Segment
            return (
              <li
                key={item.key}
                data-index={item.index}
                ref={virtual.measureElement}
                className="listed-place"
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <ListedSegment segment={segment}>
                  {segment.memo && <span className="listed-memo">Memo: {segment.memo}</span>}
                </ListedSegment>
              </li>
            )
          })}
        </ul>
      </section>
    </aside>
  )
}
