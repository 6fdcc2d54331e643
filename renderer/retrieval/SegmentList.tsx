import { useVirtualizer, type VirtualItem } from '@tanstack/react-virtual'
import { ChevronDown, ChevronUp, NotebookPen } from 'lucide-react'
import { type KeyboardEvent, type Ref, useEffect, useImperativeHandle, useMemo, useRef } from 'react'
import type { CodeRow, Coder, Segment } from '../../shared/model.ts'
import { shortDate } from '../coding/NoteList.tsx'
import { commandFor } from '../keys/own-keys.ts'
import { runCommand } from '../keys/use-command.ts'
import { useSession } from '../state/session.ts'
import { counted } from '../ui/Feedback.tsx'
import { pageOf, rowAfterKey } from '../ui/list-keys.ts'
import { Swatch } from '../ui/Swatch.tsx'
import { Tick } from '../ui/Tick.tsx'
import type { Arranged, Group, Grouping } from './arrange.ts'
import { growContext, moveTo, openSegment, toggleGroup, toggleSegment, useRetrieval } from './retrieval.ts'
import { SegmentText } from './SegmentText.tsx'

type Row = { group: Group; segment: number | null }
export type SegmentListHandle = { focus(): void }

const HEAD = 36
const SEGMENT = 54

const rowsOf = ({ groups }: Arranged): Row[] =>
  groups.flatMap((group) => {
    const rows: Row[] = [{ group, segment: null }]
    for (let segment = group.first; segment <= group.last; segment++) rows.push({ group, segment })
    return rows
  })

/** Where the list was, for the way back: how far down, and how high each row had become. */
const left: { shown: Arranged | null; offset: number; measures: VirtualItem[] } = {
  shown: null,
  offset: 0,
  measures: [],
}

function useRows(shown: Arranged) {
  const host = useRef<HTMLDivElement>(null)
  const rows = useMemo(() => rowsOf(shown), [shown])
  const rowOfSegment = useMemo(() => {
    const at: number[] = []
    for (const [row, { segment }] of rows.entries()) if (segment !== null) at[segment] = row
    return at
  }, [rows])
  const isBack = left.shown === shown
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => host.current,
    estimateSize: (index) => (rows[index]?.segment === null ? HEAD : SEGMENT),
    overscan: 8,
    // The head of the group stays in sight at the top, over the rows.
    scrollPaddingStart: HEAD,
    getItemKey: (index) => {
      const { segment, group } = rows[index] as Row
      return segment === null ? `head ${shown.keys[group.first]}` : (shown.keys[segment] as string)
    },
    initialOffset: isBack ? left.offset : 0,
    initialMeasurementsCache: isBack ? left.measures : [],
  })
  const latest = useRef({ shown, virtual })
  latest.current = { shown, virtual }
  useEffect(
    () => () => {
      const { shown, virtual } = latest.current
      left.shown = shown
      left.offset = virtual.scrollOffset ?? 0
      left.measures = virtual.measurementsCache
    },
    [],
  )
  return { host, rows, rowOfSegment, virtual, isBack }
}

/** Segments under the notes or cases they are from. The keyboard goes from one to the next. */
export function SegmentList({
  shown,
  codes,
  ref,
}: {
  shown: Arranged
  codes: ReadonlyMap<string, CodeRow>
  ref?: Ref<SegmentListHandle>
}) {
  const active = useRetrieval((state) => state.active)
  const chosen = useRetrieval((state) => state.chosen)
  const groupBy = useRetrieval((state) => state.groupBy)
  const { host, rows, rowOfSegment, virtual, isBack } = useRows(shown)
  useImperativeHandle(ref, () => ({ focus: () => host.current?.focus() }))
  const isFirst = useRef(true)
  useEffect(() => {
    const wasFirst = isFirst.current
    isFirst.current = false
    const row = rowOfSegment[active]
    if (row === undefined || (wasFirst && isBack)) return
    virtual.scrollToIndex(row, { align: 'auto' })
  }, [active, rowOfSegment, virtual, isBack])

  const onKeyDown = (event: KeyboardEvent) => {
    const command = commandFor(event, 'retrieval')
    if (command && runCommand(command)) return event.preventDefault()
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
    if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') {
      growContext(active, event.key === 'ArrowRight' ? 1 : -1)
      return event.preventDefault()
    }
    const page = pageOf(host.current, SEGMENT)
    const next = rowAfterKey(event.key, active, shown.segments.length, page)
    if (next === undefined) return
    event.preventDefault()
    moveTo(next)
  }

  const items = virtual.getVirtualItems()
  const top = virtual.scrollOffset ?? 0
  const topRow = rows[items.find((item) => item.end > top)?.index ?? 0]
  const isActiveShown = items.some((item) => rows[item.index]?.segment === active)
  return (
    <div
      ref={host}
      className="virtual segment-list"
      role="listbox"
      aria-label="Segments"
      aria-multiselectable="true"
      tabIndex={0}
      aria-activedescendant={isActiveShown ? `segment-${active}` : undefined}
      onKeyDown={onKeyDown}
    >
      {topRow && (
        <div className="segment-head-fixed" aria-hidden="true">
          <GroupHead group={topRow.group} shown={shown} by={groupBy} chosen={chosen} />
        </div>
      )}
      <div className="virtual-space" role="none" style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const { group, segment } = rows[item.index] as Row
          return (
            <div
              key={item.key}
              role="none"
              data-index={item.index}
              ref={virtual.measureElement}
              className="segment-place"
              style={{ transform: `translateY(${item.start}px)` }}
            >
              {segment === null ? (
                <GroupHead group={group} shown={shown} by={groupBy} chosen={chosen} />
              ) : (
                <SegmentRow
                  index={segment}
                  shown={shown}
                  codes={codes}
                  by={groupBy}
                  isActive={segment === active}
                />
              )}
            </div>
          )
        })}
      </div>
    </div>
  )
}

function GroupHead({
  group,
  shown,
  by,
  chosen,
}: {
  group: Group
  shown: Arranged
  by: Grouping
  chosen: ReadonlySet<string>
}) {
  const { first, last, notes } = group
  const { noteTitle, caseId, date } = shown.segments[first] as Segment
  const count = last - first + 1
  let ticked = 0
  if (chosen.size > 0)
    for (let at = first; at <= last; at++) if (chosen.has(shown.keys[at] as string)) ticked++
  const facts = by === 'note' ? [caseId, shortDate(date)] : [counted(notes, 'note')]
  return (
    <div className="segment-head">
      <Tick
        state={ticked === 0 ? 'none' : ticked === count ? 'all' : 'some'}
        onPress={() => toggleGroup(first)}
      />
      <span className="segment-head-title">{by === 'note' ? noteTitle : (caseId ?? 'No case')}</span>
      <span className="segment-head-facts number">{facts.filter(Boolean).join(' · ')}</span>
      <span className="segment-head-count number">
        {ticked > 0 && ticked < count ? `${ticked} of ` : ''}
        {counted(count, 'segment')}
      </span>
    </div>
  )
}

function SegmentRow({
  index,
  shown,
  codes,
  by,
  isActive,
}: {
  index: number
  shown: Arranged
  codes: ReadonlyMap<string, CodeRow>
  by: Grouping
  isActive: boolean
}) {
  const key = shown.keys[index] as string
  const isChosen = useRetrieval((state) => state.chosen.has(key))
  const level = useRetrieval((state) => state.levels.get(key) ?? 0)
  const segment = shown.segments[index] as Segment
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the list has the keyboard
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list has the keyboard
    <div
      id={`segment-${index}`}
      role="option"
      aria-selected={isChosen}
      aria-setsize={shown.segments.length}
      aria-posinset={index + 1}
      className={isActive ? 'segment-row segment-active' : 'segment-row'}
      onClick={() => moveTo(index)}
      onDoubleClick={() => openSegment(index)}
    >
      <Tick state={isChosen ? 'all' : 'none'} onPress={() => toggleSegment(index)} />
      <span className="segment-body">
        {by === 'case' && (
          <span className="segment-note number">
            {[segment.noteTitle, shortDate(segment.date)].filter(Boolean).join(' · ')}
          </span>
        )}
        <SegmentText segment={segment} codes={codes} level={level} />
      </span>
      <Facts segment={segment} codes={codes} />
      <More index={index} level={level} />
    </div>
  )
}

type Fact = { codeId: string; coders: Set<string>; qualifiers: Set<string>; hasMemo: boolean }

/** Codings of one code are told as one line: who coded so, and in which sense. */
function factsOf({ codings }: Segment): Fact[] {
  const facts = new Map<string, Fact>()
  for (const { codeId, coderId, qualifiers, hasMemo } of codings) {
    const fact = facts.get(codeId) ?? { codeId, coders: new Set(), qualifiers: new Set(), hasMemo: false }
    fact.coders.add(coderId)
    for (const value of Object.values(qualifiers)) fact.qualifiers.add(value)
    fact.hasMemo ||= hasMemo
    facts.set(codeId, fact)
  }
  return [...facts.values()]
}

const NO_CODERS: Coder[] = []

function Facts({ segment, codes }: { segment: Segment; codes: ReadonlyMap<string, CodeRow> }) {
  const coders = useSession((state) => state.project?.coders ?? NO_CODERS)
  const facts = useMemo(() => factsOf(segment), [segment])
  // One coder's work is said once, in the question; only where there are several does each row say whose it is.
  const isOfOne =
    useRetrieval(({ setup }) => setup.coders === 'me' || setup.coders.length === 1) || coders.length < 2
  return (
    <span className="segment-facts">
      {facts.map((fact) => {
        const names = [...fact.coders].map((id) => coders.find((coder) => coder.id === id)?.name)
        const who = isOfOne ? '' : names.filter(Boolean).join(', ')
        return (
          <span key={fact.codeId} className="segment-fact">
            <Swatch colour={codes.get(fact.codeId)?.colour ?? null} />
            <span className="segment-code">{codes.get(fact.codeId)?.name ?? 'Code'}</span>
            <span className="segment-who">
              {who && (
                <span className="segment-coder" title={who}>
                  {who}
                </span>
              )}
              {who && fact.qualifiers.size > 0 && ' · '}
              {[...fact.qualifiers].join(' · ')}
              {fact.hasMemo && (
                <>
                  {(who || fact.qualifiers.size > 0) && ' '}
                  <NotebookPen size={12} aria-hidden="true" />
                  <span className="visually-hidden">, has a memo</span>
                </>
              )}
            </span>
          </span>
        )
      })}
    </span>
  )
}

/** For the mouse; the keyboard has its arrows. */
function More({ index, level }: { index: number; level: number }) {
  return (
    <span className="segment-more">
      <span
        aria-hidden="true"
        title="More context"
        onClick={(event) => {
          event.stopPropagation()
          growContext(index, 1)
        }}
        onDoubleClick={(event) => event.stopPropagation()}
      >
        <ChevronDown size={16} />
      </span>
      {level > 0 && (
        <span
          aria-hidden="true"
          title="Less context"
          onClick={(event) => {
            event.stopPropagation()
            growContext(index, -1)
          }}
          onDoubleClick={(event) => event.stopPropagation()}
        >
          <ChevronUp size={16} />
        </span>
      )}
    </span>
  )
}
