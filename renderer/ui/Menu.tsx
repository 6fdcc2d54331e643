import { Check, type LucideIcon } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { Keys } from './Button.tsx'
import { type Anchor, Floating } from './Floating.tsx'

export type MenuItem =
  | 'line'
  | {
      id: string
      label: string
      icon?: LucideIcon
      keys?: string
      isChecked?: boolean
      isDanger?: boolean
      /** Why it cannot be done now, in words that stand under it; null when it can. */
      whyNot?: string | null
      onSelect(): void
    }

function itemsOf(menu: HTMLElement | null): HTMLButtonElement[] {
  return menu ? [...menu.querySelectorAll<HTMLButtonElement>('[role^=menuitem]')] : []
}

/** Moves the focus with the arrows, Home, End and by the first letter. */
function moveFocus(event: KeyboardEvent, menu: HTMLElement | null) {
  const items = itemsOf(menu)
  const at = items.indexOf(document.activeElement as HTMLButtonElement)
  const steps: Record<string, number> = {
    ArrowDown: (at + 1) % items.length,
    ArrowUp: (at - 1 + items.length) % items.length,
    Home: 0,
    End: items.length - 1,
  }
  let next = steps[event.key]
  if (next === undefined && event.key.length === 1 && !event.ctrlKey) {
    const order = [...items.slice(at + 1), ...items.slice(0, at + 1)]
    const found = order.find((item) =>
      (item.textContent ?? '').trim().toLowerCase().startsWith(event.key.toLowerCase()),
    )
    next = found ? items.indexOf(found) : undefined
  }
  if (next === undefined) return
  event.preventDefault()
  event.stopPropagation()
  items[next]?.focus()
}

export function Menu({
  anchor,
  align,
  label,
  items,
  extra,
  onClose,
}: {
  anchor: Anchor
  align?: 'start' | 'end'
  label: string
  items: MenuItem[]
  /** A small form at the foot of the menu. */
  extra?: ReactNode
  onClose(): void
}) {
  const menu = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const items = itemsOf(menu.current)
    const checked = items.find((item) => item.getAttribute('aria-checked') === 'true')
    ;(checked ?? items[0])?.focus()
  }, [])
  return (
    <Floating anchor={anchor} align={align ?? 'start'} label={label} role="none" onClose={onClose}>
      <div
        ref={menu}
        className="menu"
        role="menu"
        aria-label={label}
        tabIndex={-1}
        onKeyDown={(event) => {
          if (event.target instanceof HTMLInputElement) return
          if (event.key === 'Tab') onClose()
          moveFocus(event, menu.current)
        }}
      >
        {items.map((item, index) =>
          item === 'line' ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have nothing else to be known by
            <div key={`line-${index}`} className="menu-line" role="none" />
          ) : (
            // biome-ignore lint/a11y/useAriaPropsSupportedByRole: both roles are menu items; only a radio is checked
            <button
              key={item.id}
              type="button"
              role={item.isChecked === undefined ? 'menuitem' : 'menuitemradio'}
              aria-checked={item.isChecked}
              aria-disabled={item.whyNot ? true : undefined}
              className={`row-button menu-item${item.isDanger ? ' menu-item-danger' : ''}`}
              onClick={() => {
                if (item.whyNot) return
                onClose()
                item.onSelect()
              }}
            >
              <span className="menu-mark">
                {item.isChecked ? (
                  <Check size={16} aria-hidden="true" />
                ) : (
                  item.icon && <item.icon size={16} strokeWidth={1.75} aria-hidden="true" />
                )}
              </span>
              <span className="menu-words">
                {item.label}
                {item.whyNot && <span className="menu-why"> {item.whyNot}</span>}
              </span>
              {item.keys && <Keys combination={item.keys} />}
            </button>
          ),
        )}
      </div>
      {extra && <div className="menu-extra">{extra}</div>}
    </Floating>
  )
}

/** Opens a menu under what is pressed; `button` receives what it needs to be the opener. */
export function useMenu(label: string, items: () => MenuItem[], align: 'start' | 'end' = 'start') {
  const [anchor, setAnchor] = useState<Anchor | null>(null)
  const opener = useRef<HTMLElement | null>(null)
  const close = () => {
    setAnchor(null)
    opener.current?.focus()
  }
  return {
    isOpen: anchor !== null,
    open: (element: HTMLElement) => {
      opener.current = element
      setAnchor(element.getBoundingClientRect())
    },
    /** Where the pointer is; what has the keyboard now gets it back. */
    openAt: (x: number, y: number) => {
      opener.current = document.activeElement as HTMLElement | null
      setAnchor({ left: x, right: x, top: y, bottom: y })
    },
    close,
    menu: anchor && <Menu anchor={anchor} align={align} label={label} items={items()} onClose={close} />,
  }
}
