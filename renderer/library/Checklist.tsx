import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { formatCount } from '../ui/Feedback.tsx'
import { Checkbox } from '../ui/Field.tsx'
import { type Anchor, Floating } from '../ui/Floating.tsx'

export type ChecklistItem = { id: string; label: string; group?: string; isDim?: boolean; count?: number }

/** So many and more are worth a box to type in. */
const SEARCHED = 12

/** Several of a few things, in a list that stays open until Esc or a press elsewhere. */
export function Checklist({
  anchor,
  align = 'start',
  label,
  items,
  chosen,
  onToggle,
  onClose,
  foot,
}: {
  anchor: Anchor
  align?: 'start' | 'end'
  label: string
  items: readonly ChecklistItem[]
  chosen: ReadonlySet<string>
  onToggle(id: string): void
  onClose(): void
  foot?: ReactNode
}) {
  const host = useRef<HTMLDivElement>(null)
  const [query, setQuery] = useState('')
  const isLong = items.length > SEARCHED
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, and again when the values have come
  useEffect(() => {
    host.current?.querySelector<HTMLElement>('input')?.focus({ preventScroll: true })
  }, [items.length > 0])
  const wanted = query.trim().toLowerCase()
  const shown = wanted === '' ? items : items.filter((item) => item.label.toLowerCase().includes(wanted))
  let group: string | undefined
  return (
    <Floating anchor={anchor} align={align} label={label} width={280} onClose={onClose}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the arrows go from box to box, which Tab does too */}
      <div ref={host} className="checklist" onKeyDown={(event) => step(event, host.current)}>
        {isLong && (
          <input
            className="input"
            aria-label={`Find in ${label}`}
            placeholder="Type to find"
            value={query}
            spellCheck={false}
            onChange={(event) => setQuery(event.target.value)}
          />
        )}
        <div className="checklist-items">
          {shown.map((item) => {
            const isNewGroup = item.group !== undefined && item.group !== group
            group = item.group
            return (
              <div key={item.id}>
                {isNewGroup && <p className="checklist-group">{item.group}</p>}
                <Checkbox
                  checked={chosen.has(item.id)}
                  onChecked={() => onToggle(item.id)}
                  label={
                    <span className="checklist-label">
                      <span className={item.isDim ? 'missing' : undefined}>{item.label}</span>
                      {item.count !== undefined && (
                        <span className="checklist-count number">{formatCount(item.count)}</span>
                      )}
                    </span>
                  }
                />
              </div>
            )
          })}
          {shown.length === 0 && <p className="checklist-group">No match.</p>}
        </div>
        {foot && <div className="checklist-foot">{foot}</div>}
      </div>
    </Floating>
  )
}

function step(event: KeyboardEvent, host: HTMLElement | null): void {
  const way = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (way === undefined || !host) return
  const stops = [...host.querySelectorAll<HTMLElement>('input')]
  const next = stops[stops.indexOf(document.activeElement as HTMLElement) + way]
  if (!next) return
  event.preventDefault()
  next.focus()
}
