// biome-ignore-all lint/a11y/useFocusableInteractive: the list itself has the keyboard
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the list itself has the keyboard
import { useVirtualizer, type VirtualItem } from '@tanstack/react-virtual'
import {
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
} from 'react'
import './grouped-list.css'
import { pageOf, rowAfterKey } from './list-keys.ts'
import { Tick } from './Tick.tsx'

export type GroupedListHandle = { focus(): void }
/** A head and the places, in the order shown, of the rows under it. */
export type RowGroup = { first: number; last: number }
type Row<G> = { group: G; at: number | null }

/** Where a list was, for the way back: how far down, and how high each row had become. */
export type ListMemory = { of: unknown; offset: number; measures: VirtualItem[] }
export const noMemory = (): ListMemory => ({ of: null, offset: 0, measures: [] })

const HEAD = 36
const ROW = 54

type Props<G extends RowGroup> = {
  label: string
  groups: readonly G[]
  count: number
  keyOf(index: number): string
  /** The row the keyboard is on. */
  active: number
  /** Another one where something else is ticked. */
  chosen: ReadonlySet<unknown>
  isChosen(index: number): boolean
  onActive(index: number): void
  onOpen(index: number): void
  onToggle(index: number): void
  onToggleGroup(first: number): void
  /** Commands of the place come before what the list does with a key. */
  onKeyDown(event: KeyboardEvent): void
  head(group: G): HeadWords
  row(index: number): ReactNode
  /** What is listed, and where that was when it was left. */
  memory?: ListMemory
  listed: unknown
  ref?: Ref<GroupedListHandle>
}

/** The head of a group: what it is, facts of it, and what its rows are called in numbers. */
export type HeadWords = { title: string; facts: string; count: string }

function useGroupedRows<G extends RowGroup>({ groups, keyOf, listed, memory }: Props<G>) {
  const host = useRef<HTMLDivElement>(null)
  const rows = useMemo(
    () =>
      groups.flatMap((group) => {
        const own: Row<G>[] = [{ group, at: null }]
        for (let at = group.first; at <= group.last; at++) own.push({ group, at })
        return own
      }),
    [groups],
  )
  const rowOf = useMemo(() => {
    const places: number[] = []
    for (const [row, { at }] of rows.entries()) if (at !== null) places[at] = row
    return places
  }, [rows])
  const isBack = memory !== undefined && memory.of === listed
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => host.current,
    estimateSize: (index) => (rows[index]?.at === null ? HEAD : ROW),
    overscan: 8,
    // The head of the group stays in sight at the top, over the rows.
    scrollPaddingStart: HEAD,
    getItemKey: (index) => {
      const { at, group } = rows[index] as Row<G>
      return at === null ? `head ${keyOf(group.first)}` : keyOf(at)
    },
    initialOffset: isBack ? memory.offset : 0,
    initialMeasurementsCache: isBack ? memory.measures : [],
  })
  const latest = useRef({ listed, virtual })
  latest.current = { listed, virtual }
  useEffect(
    () => () => {
      if (!memory) return
      const { listed, virtual } = latest.current
      Object.assign(memory, {
        of: listed,
        offset: virtual.scrollOffset ?? 0,
        measures: virtual.measurementsCache,
      })
    },
    [memory],
  )
  return { host, rows, rowOf, virtual, isBack }
}

/** How many rows of a group are ticked: counted when its head comes into sight, once for each choice. */
function useTicked<G extends RowGroup>({ groups, chosen, isChosen }: Props<G>): (group: G) => number {
  // biome-ignore lint/correctness/useExhaustiveDependencies: other groups and another choice have other counts
  const counts = useMemo(() => new Map<G, number>(), [groups, chosen])
  return (group) => {
    let count = counts.get(group)
    if (count !== undefined) return count
    count = 0
    if (chosen.size > 0) for (let at = group.first; at <= group.last; at++) if (isChosen(at)) count++
    counts.set(group, count)
    return count
  }
}

/** Rows under heads, as many as there are; the keyboard goes from row to row, whole groups can be ticked. */
export function GroupedList<G extends RowGroup>(props: Props<G>) {
  const { label, count, active, isChosen, ref } = props
  const tickedIn = useTicked(props)
  const { host, rows, rowOf, virtual, isBack } = useGroupedRows(props)
  useImperativeHandle(ref, () => ({ focus: () => host.current?.focus() }))
  const isFirst = useRef(true)
  useEffect(() => {
    const wasFirst = isFirst.current
    isFirst.current = false
    const row = rowOf[active]
    if (row === undefined || (wasFirst && isBack)) return
    virtual.scrollToIndex(row, { align: 'auto' })
  }, [active, rowOf, virtual, isBack])

  const onKeyDown = (event: KeyboardEvent) => {
    props.onKeyDown(event)
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
    const next = rowAfterKey(event.key, active, count, pageOf(host.current, ROW))
    if (next === undefined) return
    event.preventDefault()
    props.onActive(next)
  }

  const idOf = (at: number) => `${label}-${at}`.toLowerCase()
  const items = virtual.getVirtualItems()
  const top = virtual.scrollOffset ?? 0
  const topRow = rows[items.find((item) => item.end > top)?.index ?? 0]
  const isActiveShown = items.some((item) => rows[item.index]?.at === active)
  const headOf = (group: G) => (
    <GroupHead
      group={group}
      words={props.head(group)}
      ticked={tickedIn(group)}
      onToggle={props.onToggleGroup}
    />
  )
  return (
    <div
      ref={host}
      className="virtual grouped"
      role="listbox"
      aria-label={label}
      aria-multiselectable="true"
      tabIndex={0}
      aria-activedescendant={isActiveShown ? idOf(active) : undefined}
      onKeyDown={onKeyDown}
    >
      {topRow && (
        <div className="grouped-head-fixed" aria-hidden="true">
          {headOf(topRow.group)}
        </div>
      )}
      <div className="virtual-space" role="none" style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const { group, at } = rows[item.index] as Row<G>
          return (
            <div
              key={item.key}
              role="none"
              data-index={item.index}
              ref={virtual.measureElement}
              className="grouped-place"
              style={{ transform: `translateY(${item.start}px)` }}
            >
              {at === null ? (
                headOf(group)
              ) : (
                <div
                  id={idOf(at)}
                  role="option"
                  aria-selected={isChosen(at)}
                  aria-setsize={count}
                  aria-posinset={at + 1}
                  className={at === active ? 'grouped-row grouped-active' : 'grouped-row'}
                  onClick={() => props.onActive(at)}
                  onDoubleClick={() => props.onOpen(at)}
                >
                  <Tick state={isChosen(at) ? 'all' : 'none'} onPress={() => props.onToggle(at)} />
                  {props.row(at)}
                </div>
              )}
            </div>
          )
        })}
      </div>
    </div>
  )
}

type HeadProps = {
  group: RowGroup
  words: HeadWords
  /** How many of its rows are. */
  ticked: number
  onToggle(first: number): void
}

function GroupHead({ group: { first, last }, words, ticked, onToggle }: HeadProps) {
  const count = last - first + 1
  const state = ticked === 0 ? 'none' : ticked === count ? 'all' : 'some'
  return (
    <div className="grouped-head">
      <Tick state={state} onPress={() => onToggle(first)} />
      <span className="grouped-head-title">{words.title}</span>
      <span className="grouped-head-facts number">{words.facts}</span>
      <span className="grouped-head-count number">
        {state === 'some' ? `${ticked} of ` : ''}
        {words.count}
      </span>
    </div>
  )
}
