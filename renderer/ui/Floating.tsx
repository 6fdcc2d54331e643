import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import './floating.css'

export type Anchor = { left: number; top: number; right: number; bottom: number }

/**
 * Something that floats near an anchor, inside the window, until Esc, a press elsewhere or the focus leaves it.
 * Never modal: the page behind stays as it is. Focus goes back to where it was when it closes by Esc.
 */
export function Floating({
  anchor,
  align = 'start',
  width,
  label,
  role = 'dialog',
  onClose,
  children,
}: {
  anchor: Anchor
  align?: 'start' | 'end'
  width?: number | undefined
  label: string
  role?: 'dialog' | 'none'
  onClose(): void
  children: ReactNode
}) {
  const box = useRef<HTMLDivElement>(null)
  const [place, setPlace] = useState<{ left: number; top: number } | null>(null)
  const close = useRef(onClose)
  close.current = onClose

  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const settle = () => {
      const { offsetWidth, offsetHeight } = element
      const wanted = align === 'start' ? anchor.left : anchor.right - offsetWidth
      const left = Math.max(8, Math.min(wanted, window.innerWidth - offsetWidth - 8))
      const fitsBelow = anchor.bottom + 4 + offsetHeight <= window.innerHeight - 8
      const above = anchor.top - 4 - offsetHeight
      const top =
        fitsBelow || above < 8 ? Math.min(anchor.bottom + 4, window.innerHeight - offsetHeight - 8) : above
      setPlace({ left, top: Math.max(8, top) })
    }
    settle()
    const observer = new ResizeObserver(settle)
    observer.observe(element)
    return () => observer.disconnect()
  }, [anchor, align])

  // Before anything inside takes the focus, which its own effects do earlier than those here.
  const [before] = useState(() => document.activeElement as HTMLElement | null)
  useEffect(() => {
    const onPress = (event: PointerEvent) => {
      if (!box.current?.contains(event.target as Node)) close.current()
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      event.stopPropagation()
      close.current()
      // What is focused again may be longer than the window, as the text of a note is: it stays where it was.
      before?.focus({ preventScroll: true })
    }
    window.addEventListener('pointerdown', onPress, true)
    const element = box.current
    element?.addEventListener('keydown', onKey)
    return () => {
      window.removeEventListener('pointerdown', onPress, true)
      element?.removeEventListener('keydown', onKey)
    }
  }, [before])

  return createPortal(
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: named only where it has a role
    <div
      ref={box}
      className="floating"
      role={role === 'none' ? undefined : role}
      aria-label={role === 'none' ? undefined : label}
      style={{ width, left: place?.left ?? 0, top: place?.top ?? 0, opacity: place ? undefined : 0 }}
    >
      {children}
    </div>,
    document.body,
  )
}
