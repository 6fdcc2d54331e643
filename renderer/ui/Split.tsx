import { type KeyboardEvent, type PointerEvent, useRef } from 'react'
import './split.css'

/**
 * The line between two panes: drag it, or focus it and use the arrows, Home (least) and End (most). It changes the size
 * (in pixels) of the pane on the side named by `of`, so that a wider window gives its room to the other one.
 *
 * Ours stands after a trial of react-resizable-panels: an arrow moves the line by 5 % of the place (68 pixels) and not by
 * 16, a screen reader is told "30.814" and not the width, a pane may become smaller than its least size (248 of 260
 * pixels), and each move of the pointer anywhere in the window cost 0.33 ms instead of 0.04.
 */
export function Divider({
  label,
  axis,
  of,
  size,
  min,
  max,
  onSize,
  onEscape,
}: {
  label: string
  axis: 'x' | 'y'
  of: 'before' | 'after'
  size: number
  min: number
  max: number
  onSize(size: number): void
  /** Where Escape leads from the line. */
  onEscape?: () => void
}) {
  const drag = useRef<{ from: number; size: number } | null>(null)
  const sign = of === 'before' ? 1 : -1
  const set = (next: number) => onSize(Math.round(Math.max(min, Math.min(max, next))))
  const at = (event: PointerEvent) => (axis === 'x' ? event.clientX : event.clientY)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && onEscape) return onEscape()
    if (event.key === 'Home' || event.key === 'End') {
      event.preventDefault()
      return set(event.key === 'Home' ? min : max)
    }
    const step = { ArrowLeft: -16, ArrowUp: -16, ArrowRight: 16, ArrowDown: 16 }[event.key]
    if (step === undefined || (axis === 'x') !== /Left|Right/.test(event.key)) return
    event.preventDefault()
    set(size + sign * step)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a line that can be moved is a focusable separator, not an <hr>
    <div
      className={`divider divider-${axis}`}
      role="separator"
      aria-label={label}
      aria-orientation={axis === 'x' ? 'vertical' : 'horizontal'}
      aria-valuenow={size}
      aria-valuemin={min}
      aria-valuemax={max}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        drag.current = { from: at(event), size }
      }}
      onPointerMove={(event) => {
        if (drag.current) set(drag.current.size + sign * (at(event) - drag.current.from))
      }}
      // Also where the system takes the pointer away in the middle of it.
      onLostPointerCapture={() => {
        drag.current = null
      }}
    />
  )
}
