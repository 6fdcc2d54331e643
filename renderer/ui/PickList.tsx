import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import './picklist.css'

export type PickItem = {
  id: string
  group: string
  content: ReactNode
  /** Read out and used in tests. */
  name: string
  /** The words of `content` are read out instead of `name`. */
  isSaidByContent?: true
  onPick(): void
  /** Set where several can be taken at once; Shift+Enter and a press with Ctrl or Shift change it. */
  isTicked?: boolean
  onTick?(): void
}

/**
 * A box to type in and a list under it: the palette and the quick-code box. The keyboard stays in the box; arrows
 * move, Enter takes, Ctrl+Enter takes the other way where there is one.
 *
 * Ours stands after a trial of cmdk: there something is always marked, so that Enter alone would apply a code nobody
 * chose; Home and End move the list and not the caret in what was typed; no Page keys; 107 entries followed a letter in
 * 43 to 56 ms instead of 37 to 39.
 */
export function PickList({
  label,
  placeholder,
  query,
  onQuery,
  items,
  empty,
  head,
  isNothingFirst = false,
  foot,
  onModEnter,
  onActive,
}: {
  label: string
  placeholder: string
  query: string
  onQuery(query: string): void
  items: readonly PickItem[]
  empty: string
  /** Said under the box, and read out with it. */
  head?: ReactNode
  /** Nothing is marked until something is typed or an arrow pressed: Enter alone takes nothing. */
  isNothingFirst?: boolean
  foot?: ReactNode
  onModEnter?: () => void
  /** Told which entry the keyboard or the pointer is on. */
  onActive?: (id: string | null) => void
}) {
  const first = isNothingFirst && query === '' ? -1 : 0
  const [active, setActive] = useState(first)
  const input = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const id = useId()
  useEffect(() => input.current?.focus({ preventScroll: true }), [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new query starts at the best match
  useEffect(() => setActive(first), [query, first])
  useEffect(() => {
    list.current?.querySelector(`[data-index="${active}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [active])
  const at = Math.min(active, items.length - 1)
  const activeId = items[at]?.id ?? null
  const tell = useRef(onActive)
  tell.current = onActive
  useEffect(() => tell.current?.(activeId), [activeId])

  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Record<string, number> = {
      ArrowDown: (at + 1) % Math.max(1, items.length),
      ArrowUp: (Math.max(at, 0) - 1 + items.length) % Math.max(1, items.length),
      PageDown: Math.min(items.length - 1, at + 8),
      PageUp: Math.max(0, at - 8),
    }
    const next = moves[event.key]
    if (next !== undefined) {
      event.preventDefault()
      setActive(next)
    } else if (event.key === 'Enter') {
      event.preventDefault()
      event.stopPropagation()
      if ((event.ctrlKey || event.metaKey) && onModEnter) onModEnter()
      else if (event.shiftKey && items[at]?.onTick) items[at].onTick()
      else items[at]?.onPick()
    }
  }
  let group = ''
  return (
    <div className="picklist">
      <input
        ref={input}
        className="picklist-input"
        role="combobox"
        aria-label={label}
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-describedby={head ? `${id}-head` : undefined}
        aria-activedescendant={items[at] ? `${id}-${at}` : undefined}
        placeholder={placeholder}
        value={query}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onQuery(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {head && (
        <p id={`${id}-head`} className="picklist-head">
          {head}
        </p>
      )}
      <div ref={list} id={`${id}-list`} className="picklist-list" role="listbox" aria-label={label}>
        {items.map((item, index) => {
          const isNewGroup = item.group !== group
          group = item.group
          return (
            <div key={item.id} role="none">
              {isNewGroup && item.group && (
                <div className="picklist-group" role="presentation">
                  {item.group}
                </div>
              )}
              {/* biome-ignore lint/a11y/useKeyWithClickEvents: the box above has the keyboard */}
              <div
                id={`${id}-${index}`}
                data-index={index}
                role="option"
                tabIndex={-1}
                aria-label={item.isSaidByContent ? undefined : item.name}
                aria-selected={index === at}
                aria-checked={item.isTicked}
                className={index === at ? 'picklist-item picklist-item-active' : 'picklist-item'}
                onPointerMove={() => active !== index && setActive(index)}
                onPointerDown={(event) => event.preventDefault()}
                onClick={(event) => {
                  const isTick = event.ctrlKey || event.metaKey || event.shiftKey
                  if (isTick && item.onTick) item.onTick()
                  else item.onPick()
                }}
              >
                {item.content}
              </div>
            </div>
          )
        })}
      </div>
      {items.length === 0 && <p className="picklist-empty">{empty}</p>}
      {foot && <div className="picklist-foot">{foot}</div>}
    </div>
  )
}
