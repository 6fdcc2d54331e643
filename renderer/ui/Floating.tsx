import { Popover } from 'radix-ui'
import { type ReactNode, useMemo, useRef, useState } from 'react'
import './floating.css'

export type Anchor = { left: number; top: number; right: number; bottom: number }

/** How far a layer stands from what it belongs to, and from the edges of the window, in pixels. */
export const GAP = 4
export const EDGE = 8

/**
 * What a floating layer stands by: a place on the screen, which need not be an element. Where the layer fits neither
 * below nor above, it may cover the place: seen whole, it is of more use than scrolled beside it.
 */
export function useVirtual({ left, top, right, bottom }: Anchor) {
  const layer = useRef<HTMLDivElement>(null)
  const virtual = useMemo(() => {
    const getBoundingClientRect = () => {
      const height = layer.current?.offsetHeight ?? 0
      const lowest = window.innerHeight - EDGE - height - GAP
      const isBeside = bottom <= lowest || top - GAP - height >= EDGE
      const width = Math.max(0, right - left)
      return isBeside ? new DOMRect(left, top, width, bottom - top) : new DOMRect(left, lowest, width, 0)
    }
    return { current: { getBoundingClientRect } }
  }, [left, top, right, bottom])
  return { layer, virtual }
}

/**
 * Something that floats near an anchor, inside the window, until Esc or a press elsewhere.
 * Never modal: the page behind stays as it is. Focus goes back to where it was when it closes by Esc.
 */
export function Floating({
  anchor,
  align = 'start',
  width,
  label,
  onClose,
  children,
}: {
  anchor: Anchor
  align?: 'start' | 'end'
  width?: number | undefined
  label: string
  onClose(): void
  children: ReactNode
}) {
  const { layer, virtual } = useVirtual(anchor)
  // Before anything inside takes the focus, which its own effects do earlier than those here.
  const [before] = useState(() => document.activeElement as HTMLElement | null)
  return (
    <Popover.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Popover.Anchor virtualRef={virtual} />
      <Popover.Portal>
        <Popover.Content
          ref={layer}
          className="floating"
          aria-label={label}
          align={align}
          sideOffset={GAP}
          collisionPadding={EDGE}
          style={{ width }}
          onEscapeKeyDown={(event) => {
            event.preventDefault()
            event.stopPropagation()
            onClose()
            // What is focused again may be longer than the window, as the text of a note is: it stays where it was.
            before?.focus({ preventScroll: true })
          }}
          // What it leads to takes the focus before it is gone, and is not what it closes for.
          onFocusOutside={(event) => event.preventDefault()}
          onCloseAutoFocus={(event) => event.preventDefault()}
        >
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
