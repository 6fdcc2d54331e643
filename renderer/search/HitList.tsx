import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, memo, type Ref, useEffect, useImperativeHandle, useMemo, useRef } from 'react'
import type { CodeRow, SearchHit } from '../../shared/model.ts'
import { shortDate } from '../coding/NoteList.tsx'
import { commandFor } from '../keys/own-keys.ts'
import { runCommand } from '../keys/use-command.ts'
import { counted } from '../ui/Feedback.tsx'
import { pageOf, rowAfterKey } from '../ui/list-keys.ts'
import { Tick } from '../ui/Tick.tsx'
import { type Unit, widen } from './expand-hit.ts'
import { HitCodes } from './HitCodes.tsx'

type Row = { first: number; last: number; hit: number | null }
export type HitListHandle = { focus(): void }

/** A line for every note, and its hits under it. */
function rowsOf(hits: readonly SearchHit[]): Row[] {
  const rows: Row[] = []
  for (let first = 0; first < hits.length; ) {
    let last = first
    while (hits[last + 1]?.noteId === hits[first]?.noteId) last++
    rows.push({ first, last, hit: null })
    for (let hit = first; hit <= last; hit++) rows.push({ first, last, hit })
    first = last + 1
  }
  return rows
}

const HEAD = 36
const HIT = 54

/** Hits grouped by note. The keyboard goes from hit to hit; Space chooses, Enter opens. */
export function HitList({
  hits,
  codes,
  active,
  chosen,
  unit,
  onActive,
  onOpen,
  onToggle,
  onToggleNote,
  ref,
}: {
  hits: readonly SearchHit[]
  codes: ReadonlyMap<string, CodeRow>
  active: number
  chosen: ReadonlySet<number>
  unit: Unit
  onActive(index: number): void
  onOpen(index: number): void
  onToggle(index: number): void
  onToggleNote(index: number): void
  ref?: Ref<HitListHandle>
}) {
  const host = useRef<HTMLDivElement>(null)
  const rows = useMemo(() => rowsOf(hits), [hits])
  const rowOfHit = useMemo(() => {
    const at: number[] = []
    for (const [row, { hit }] of rows.entries()) if (hit !== null) at[hit] = row
    return at
  }, [rows])
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => host.current,
    estimateSize: (index) => (rows[index]?.hit === null ? HEAD : HIT),
    overscan: 8,
  })
  useImperativeHandle(ref, () => ({ focus: () => host.current?.focus() }))
  useEffect(() => {
    const row = rowOfHit[active]
    if (row === undefined) return
    const isFirst = rows[row]?.first === active
    // The first hit of a note brings the line with the note's name into sight too.
    if (isFirst) virtual.scrollToIndex(row - 1, { align: 'auto' })
    virtual.scrollToIndex(row, { align: 'auto' })
  }, [active, rows, rowOfHit, virtual])

  const onKeyDown = (event: KeyboardEvent) => {
    const command = commandFor(event, 'search')
    if (command && runCommand(command)) return event.preventDefault()
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const next = rowAfterKey(event.key, active, hits.length, pageOf(host.current, HIT))
    if (next === undefined) return
    event.preventDefault()
    onActive(next)
  }

  const items = virtual.getVirtualItems()
  const isActiveShown = items.some((item) => rows[item.index]?.hit === active)
  return (
    <div
      ref={host}
      className="virtual hit-list"
      role="listbox"
      aria-label="Hits"
      aria-multiselectable="true"
      tabIndex={0}
      aria-activedescendant={isActiveShown ? `hit-${active}` : undefined}
      onKeyDown={onKeyDown}
    >
      <div className="virtual-space" role="none" style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const { first, last, hit } = rows[item.index] as Row
          const shown = hits[hit ?? first] as SearchHit
          return (
            <div
              key={item.key}
              role="none"
              data-index={item.index}
              ref={virtual.measureElement}
              className="hit-place"
              style={{ transform: `translateY(${item.start}px)` }}
            >
              {hit === null ? (
                <NoteHead
                  hit={shown}
                  count={last - first + 1}
                  chosen={countChosen(chosen, first, last)}
                  onToggle={() => onToggleNote(first)}
                />
              ) : (
                // biome-ignore lint/a11y/useFocusableInteractive: the list has the keyboard
                // biome-ignore lint/a11y/useKeyWithClickEvents: the list has the keyboard
                <div
                  id={`hit-${hit}`}
                  role="option"
                  aria-selected={chosen.has(hit)}
                  aria-setsize={hits.length}
                  aria-posinset={hit + 1}
                  className={hit === active ? 'hit hit-active' : 'hit'}
                  onClick={() => onActive(hit)}
                  onDoubleClick={() => onOpen(hit)}
                >
                  <Tick state={chosen.has(hit) ? 'all' : 'none'} onPress={() => onToggle(hit)} />
                  <HitText hit={shown} unit={unit} />
                  <HitCodes hit={shown} codes={codes} />
                </div>
              )}
            </div>
          )
        })}
      </div>
    </div>
  )
}

function countChosen(chosen: ReadonlySet<number>, first: number, last: number): number {
  if (chosen.size === 0) return 0
  let count = 0
  for (let at = first; at <= last; at++) if (chosen.has(at)) count++
  return count
}

function NoteHead({
  hit,
  count,
  chosen,
  onToggle,
}: {
  hit: SearchHit
  count: number
  chosen: number
  onToggle(): void
}) {
  return (
    <div className="hit-note">
      <Tick state={chosen === 0 ? 'none' : chosen === count ? 'all' : 'some'} onPress={onToggle} />
      <span className="hit-note-title">{hit.noteTitle}</span>
      <span className="hit-note-facts number">
        {[hit.caseId, shortDate(hit.date)].filter(Boolean).join(' · ')}
      </span>
      <span className="hit-note-count number">
        {chosen > 0 && chosen < count ? `${chosen} of ` : ''}
        {counted(count, 'hit')}
      </span>
    </div>
  )
}

/** As much as the store sends; less means that the note begins or ends there. */
const ALL_CONTEXT = 120
/** Enough to judge a hit in two lines; the note stands beside. A sentence is shown as far as it is known. */
const CONTEXT: Record<Unit, number> = { hit: 76, sentence: ALL_CONTEXT, paragraph: ALL_CONTEXT }

/** The words around a hit, from whole word to whole word. */
function contextOf({ before, after }: SearchHit, unit: Unit): { before: string; after: string } {
  const most = CONTEXT[unit]
  const isWhole = (context: string) => context.length < Math.min(most, ALL_CONTEXT)
  return {
    before: isWhole(before) ? before : `… ${before.slice(-most).replace(/^\S*\s+/, '')}`,
    after: isWhole(after) ? after : `${after.slice(0, most).replace(/\s+\S*$/, '')} …`,
  }
}

const HitText = memo(({ hit, unit }: { hit: SearchHit; unit: Unit }) => {
  const { before, after } = contextOf(hit, unit)
  const text = before + hit.quote + after
  const at = { start: before.length, end: before.length + hit.quote.length }
  const wide = widen(text, at, unit)
  const start = Math.min(wide.start, at.start)
  const end = Math.max(wide.end, at.end)
  return (
    <span className="hit-text">
      {text.slice(0, start)}
      <span className={unit === 'hit' ? '' : 'hit-wide'}>
        {text.slice(start, at.start)}
        <mark>{hit.quote}</mark>
        {text.slice(at.end, end)}
      </span>
      {text.slice(end)}
    </span>
  )
})
