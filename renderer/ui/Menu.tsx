import { Check, type LucideIcon } from 'lucide-react'
// The parts that radix's menus are made of: its own open from a button alone, these from any place on the screen.
import { Menu as Layer } from 'radix-ui/internal'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { Keys } from './Button.tsx'
import { type Anchor, EDGE, GAP, useVirtual } from './Floating.tsx'

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

/** The item of a menu that is focused when it opens: what is chosen, else the first. */
function focusFirst(menu: HTMLElement | null): void {
  const checked = menu?.querySelector<HTMLElement>('[aria-checked=true]')
  const first = menu?.querySelector<HTMLElement>('[role^=menuitem]')
  ;(checked ?? first)?.focus({ preventScroll: true })
}

const MOVES: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowDown: (at, last) => (at === last ? 0 : at + 1),
  ArrowUp: (at, last) => (at === 0 ? last : at - 1),
  Home: () => 0,
  PageUp: () => 0,
  End: (_, last) => last,
  PageDown: (_, last) => last,
}

/**
 * Radix moves the focus a moment after the key, and Enter takes what has the focus: pressed quickly, the item before.
 * Here the focus moves with the key, and Enter waits its turn behind a letter that looks for an item.
 */
function keepUp(event: KeyboardEvent<HTMLElement>): void {
  const { key, target, currentTarget, ctrlKey, metaKey, altKey, shiftKey } = event
  const items = [...currentTarget.querySelectorAll<HTMLElement>('[role^=menuitem]')]
  const at = items.indexOf(target as HTMLElement)
  if (at === -1 || ctrlKey || metaKey || altKey || shiftKey) return
  const move = MOVES[key]
  if (move) items[move(at, items.length - 1)]?.focus()
  else if (key === 'Enter')
    window.setTimeout(() => items.find((item) => item === document.activeElement)?.click())
  else return
  event.preventDefault()
  event.stopPropagation()
}

export function Menu({
  anchor,
  align = 'start',
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
  const { layer, virtual } = useVirtual(anchor)
  const [before] = useState(() => document.activeElement as HTMLElement | null)
  return (
    <Layer.Root open modal={false} onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Layer.Anchor virtualRef={virtual} />
      <Layer.Portal>
        <Layer.Content
          ref={layer}
          className="floating"
          // The menu is the list inside: a form below it would be no part of a menu.
          role="none"
          aria-orientation={undefined}
          align={align}
          sideOffset={GAP}
          collisionPadding={EDGE}
          onKeyDownCapture={keepUp}
          onKeyDown={(event) => {
            if (event.target instanceof HTMLInputElement) return
            const foot = event.currentTarget.querySelector<HTMLElement>('.menu-extra :is(button, input)')
            if (event.key === 'Tab' && foot && !event.shiftKey) {
              event.preventDefault()
              foot.focus()
            } else if (event.key === 'Tab') onClose()
            // What is under the menu in the tree of the page has keys of its own.
            if (isOwnKey(event)) event.stopPropagation()
          }}
          onEscapeKeyDown={(event) => {
            event.preventDefault()
            event.stopPropagation()
            onClose()
            before?.focus({ preventScroll: true })
          }}
          onFocusOutside={(event) => event.preventDefault()}
          onCloseAutoFocus={(event) => event.preventDefault()}
        >
          <MenuList label={label} items={items} onClose={onClose} />
          {extra && (
            // biome-ignore lint/a11y/noStaticElementInteractions: what is typed here looks for no item
            <div className="menu-extra" onKeyDown={(event) => event.stopPropagation()}>
              {extra}
            </div>
          )}
        </Layer.Content>
      </Layer.Portal>
    </Layer.Root>
  )
}

function MenuList({ label, items, onClose }: { label: string; items: MenuItem[]; onClose(): void }) {
  const menu = useRef<HTMLDivElement>(null)
  // Here and not around the layer, which puts its content into the page only after its own effects.
  useEffect(() => focusFirst(menu.current), [])
  return (
    <div ref={menu} className="menu" role="menu" aria-label={label}>
      {items.map((item, index) =>
        item === 'line' ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have nothing else to be known by
          <Layer.Separator key={`line-${index}`} className="menu-line" />
        ) : (
          <Layer.Item
            key={item.id}
            role={item.isChecked === undefined ? 'menuitem' : 'menuitemradio'}
            aria-checked={item.isChecked}
            // It can be focused, so that why it cannot be done is read out.
            aria-disabled={item.whyNot ? true : undefined}
            textValue={item.label}
            className={`row-button menu-item${item.isDanger ? ' menu-item-danger' : ''}`}
            onSelect={(event) => {
              event.preventDefault()
              if (item.whyNot) return
              onClose()
              item.onSelect()
            }}
          >
            <ItemContent item={item} />
          </Layer.Item>
        ),
      )}
    </div>
  )
}

const isOwnKey = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean =>
  !ctrlKey && !metaKey && !altKey && (/^(Arrow|Home|End|Page|Enter)/.test(key) || key.length === 1)

function ItemContent({ item }: { item: Exclude<MenuItem, 'line'> }) {
  return (
    <>
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
    </>
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
