/** Scrolling that goes after the page around the note: it gives way, and what is read stays in sight or in its place. */
import type { Range } from '../state/coding.ts'
import { useCoding } from '../state/on-screen.ts'
import { boxAt, caretBox, offsetNearPoint } from './hit.ts'
import type { OffsetMap } from './offset-map.ts'

/** In px: so much of the note is seen above and below what is brought in sight. */
const MARGIN = 12

const isCalm = () =>
  document.documentElement.dataset.motion === 'none' ||
  window.matchMedia('(prefers-reduced-motion: reduce)').matches

/**
 * Scrolls as little as shows a stretch of the note: all of it, or where it is longer than the sight the line of it the
 * caret is on. Nothing moves where that is in sight already, or ends in sight: what is read stays where it is.
 */
export function bringInSight(map: OffsetMap, range: Range, scroller: HTMLElement): void {
  const frame = scroller.getBoundingClientRect()
  const all = stretch(map, range)
  const fits = all.bottom - all.top <= frame.height - 2 * MARGIN
  const { top, bottom } = fits ? all : lineOfCaret(map, range)
  const by =
    bottom > frame.bottom - MARGIN
      ? bottom - frame.bottom + MARGIN
      : bottom < frame.top + MARGIN
        ? top - frame.top - MARGIN
        : 0
  if (by !== 0) scroller.scrollBy({ top: by, behavior: isCalm() ? 'instant' : 'smooth' })
}

type Stretch = { top: number; bottom: number }

function stretch(map: OffsetMap, { start, end }: Range): Stretch {
  const first = boxAt(map, start, Math.min(start + 1, map.text.length))
  const last = boxAt(map, Math.max(start, end - 1), end)
  const top = first?.top ?? last?.top ?? 0
  return { top, bottom: last?.bottom ?? top }
}

function lineOfCaret(map: OffsetMap, { start, end }: Range): Stretch {
  const caret = useCoding.getState().selection?.focus ?? start
  const { top, height } = caretBox(map, Math.max(start, Math.min(caret, end)))
  return { top, bottom: top + height }
}

/** Runs a change that may break the lines anew; the first line in sight is where it was afterwards. */
export function keepPlace(map: OffsetMap, scroller: HTMLElement, change: () => void): void {
  const frame = scroller.getBoundingClientRect()
  const column = map.paragraph(0).getBoundingClientRect()
  const isScrolled = scroller.scrollTop > 0 && column.top < frame.top
  const offset = isScrolled ? offsetNearPoint(map, column.left + 4, frame.top + MARGIN) : null
  const before = offset === null ? 0 : caretBox(map, offset).top - frame.top
  change()
  if (offset === null) return
  const now = caretBox(map, offset).top - scroller.getBoundingClientRect().top
  // Where nothing is to be made up for, what the change set scrolling goes on.
  if (now !== before) scroller.scrollTop += now - before
}
