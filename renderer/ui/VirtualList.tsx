// biome-ignore-all lint/a11y/noStaticElementInteractions: the role (listbox or tree) is given by the owner; the list itself has the keyboard
// biome-ignore-all lint/a11y/useAriaPropsSupportedByRole: the role (listbox or tree) is given by the owner; the list itself has the keyboard
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the role (listbox or tree) is given by the owner; the list itself has the keyboard
import { useVirtualizer } from '@tanstack/react-virtual'
import {
  type HTMLAttributes,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type Ref,
  useEffect,
  useImperativeHandle,
  useRef,
} from 'react'
import { useKeptScroll } from './kept-scroll.ts'
import './list.css'
import { pageOf, rowAfterKey } from './list-keys.ts'

export type VirtualListHandle = { focus(): void; scrollTo(index: number): void }

type Props = {
  label: string
  count: number
  rowHeight: number
  /** The row the keyboard is on, or -1. */
  active: number
  onActive(index: number): void
  /** Enter or a click. */
  onOpen?: (index: number) => void
  keyOf(index: number): string
  row(index: number, isActive: boolean): ReactNode
  rowProps?: (index: number) => HTMLAttributes<HTMLDivElement>
  onKeyDown?: (event: KeyboardEvent) => void
  /** The menu of a row is asked for, with the right button or the Menu key: what, and where it may stand. */
  onMenu?: (index: number, x: number, y: number) => void
  role?: 'listbox' | 'tree'
  /** Several rows can be chosen; which are is said by `rowProps`. */
  isMulti?: boolean
  className?: string
  ref?: Ref<VirtualListHandle>
}

/** A list of any length: only what is in sight is in the page. Keyboard: arrows, Home, End, Page Up and Down. */
export function VirtualList(props: Props) {
  const { label, count, rowHeight, active, role = 'listbox', className = '', ref } = props
  const host = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => host.current,
    estimateSize: () => rowHeight,
    overscan: 6,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: another row height makes every measure old
  useEffect(() => {
    virtual.measure()
  }, [rowHeight, virtual])
  useEffect(() => {
    if (active >= 0 && active < count) virtual.scrollToIndex(active, { align: 'auto' })
  }, [active, count, virtual])
  useKeptScroll(host, label, count > 0)
  useImperativeHandle(ref, () => ({
    focus: () => host.current?.focus(),
    scrollTo: (index) => virtual.scrollToIndex(index, { align: 'auto' }),
  }))

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== host.current) return
    props.onKeyDown?.(event)
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return
    const next = rowAfterKey(event.key, active, count, pageOf(host.current, rowHeight))
    if (next !== undefined) {
      event.preventDefault()
      props.onActive(next)
    } else if (event.key === 'Enter' && active >= 0) {
      event.preventDefault()
      props.onOpen?.(active)
    }
  }

  const onContextMenu = (event: MouseEvent) => {
    if (!props.onMenu) return
    const pressed = (event.target as HTMLElement).closest<HTMLElement>('[data-at]')
    const index = pressed ? Number(pressed.dataset.at) : active
    const row = pressed ?? host.current?.querySelector(`[data-at="${index}"]`)
    if (!row) return
    event.preventDefault()
    const box = row.getBoundingClientRect()
    // From the keyboard the list itself is asked, at no place in particular.
    if (pressed) props.onMenu(index, event.clientX, event.clientY)
    else props.onMenu(index, box.left + 24, box.bottom)
  }

  const items = virtual.getVirtualItems()
  const idOf = (index: number) => `${role}-${label}-${props.keyOf(index)}`.replace(/\s+/g, '-')
  const isActiveShown = items.some((item) => item.index === active)
  return (
    <div
      ref={host}
      className={`virtual ${className}`}
      role={role}
      aria-label={label}
      aria-multiselectable={props.isMulti}
      tabIndex={0}
      aria-activedescendant={isActiveShown ? idOf(active) : undefined}
      onKeyDown={onKeyDown}
      onContextMenu={onContextMenu}
    >
      <div className="virtual-space" role="none" style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => (
          <div
            key={props.keyOf(item.index)}
            id={idOf(item.index)}
            data-at={item.index}
            role={role === 'tree' ? 'treeitem' : 'option'}
            aria-selected={item.index === active}
            aria-setsize={role === 'listbox' ? count : undefined}
            aria-posinset={role === 'listbox' ? item.index + 1 : undefined}
            className={item.index === active ? 'virtual-row virtual-row-active' : 'virtual-row'}
            style={{ height: rowHeight, transform: `translateY(${item.start}px)` }}
            onClick={() => {
              props.onActive(item.index)
              props.onOpen?.(item.index)
            }}
            {...props.rowProps?.(item.index)}
          >
            {props.row(item.index, item.index === active)}
          </div>
        ))}
      </div>
    </div>
  )
}
