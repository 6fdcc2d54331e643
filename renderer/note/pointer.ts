/**
 * What the mouse does in the text. The page's own way to select is not used: it remembers where a selection began
 * through everything that is done elsewhere, and takes a press on selected words for the begin of a drag. Here a press
 * always begins a new selection where it is, and nothing else selects before it is released.
 */
import { type RefObject, useEffect } from 'react'
import { splitsPair } from '../../shared/offsets.ts'
import type { TextSpan } from '../../shared/sentences.ts'
import { carryTo, dropCarried, putDown } from '../coding/dragging.ts'
import { usePreferences } from '../preferences.ts'
import { selectedRange, selectText, type TextSelection, useCoding } from '../state/coding.ts'
import { activate, activateAt } from '../state/go-through.ts'
import { rollWhile } from './auto-scroll.ts'
import { mirrorSelection } from './caret.ts'
import { offsetAtPoint, offsetNearPoint } from './hit.ts'
import type { OffsetMap } from './offset-map.ts'
import { pressed, reach, unitOf } from './pointer-selection.ts'

/** Less movement than this, in pixels, is a hand that presses, not one that drags. */
const STILL = 4
/** What is pressed for itself, not for the text beside or under it. */
const OWN_PRESS = 'button, a, input, select, .note-intro, [data-coding], [data-edge], [draggable="true"]'

type Press = {
  presses: number
  x: number
  y: number
  origin: TextSpan
  hasMoved: boolean
  /** The words the press began on, while it may still be meant to carry them to a code. */
  words: TextSelection | null
}

let press: Press | null = null
/** While the button is held, what is selected follows the pointer alone. */
export const isPressed = (): boolean => press !== null

type Live = RefObject<{ map: OffsetMap } | null>

export function usePointer(
  live: Live,
  root: RefObject<HTMLElement | null>,
  scroller: RefObject<HTMLElement | null>,
): void {
  useEffect(() => {
    const view = scroller.current
    if (!view) return
    const onMouseDown = (event: MouseEvent) => {
      const map = live.current?.map
      const text = root.current
      if (event.button !== 0 || !map || !text || !isForText(event, view)) return
      event.preventDefault()
      begin(event, map, text, view)
    }
    view.addEventListener('mousedown', onMouseDown)
    return () => view.removeEventListener('mousedown', onMouseDown)
  }, [live, root, scroller])
}

function isForText(event: MouseEvent, view: HTMLElement): boolean {
  if ((event.target as Element).closest(OWN_PRESS)) return false
  // On the bar that scrolls.
  return event.offsetX < view.clientWidth || event.target !== view
}

function begin(event: MouseEvent, map: OffsetMap, root: HTMLElement, view: HTMLElement): void {
  const offset = offsetUnder(map, root, view, event.clientX, event.clientY)
  const { selection } = useCoding.getState()
  const isExtending = event.shiftKey && selection !== null && event.detail === 1
  const origin =
    isExtending && selection
      ? { start: selection.anchor, end: selection.anchor }
      : pressed(map.text, offset, event.detail)
  const range = selectedRange()
  const isOnWords =
    !isExtending && event.detail === 1 && range && range.start <= offset && offset <= range.end
  press = {
    presses: event.detail,
    x: event.clientX,
    y: event.clientY,
    origin,
    hasMoved: isExtending,
    words: isOnWords ? selection : null,
  }
  // Coming from a field the ring would be drawn; the hand knows where it is.
  root.dataset.byMouse = ''
  root.focus({ preventScroll: true })
  const show = (next: TextSelection) => {
    const now = useCoding.getState().selection
    if (now?.anchor !== next.anchor || now.focus !== next.focus) selectText(next)
    mirrorSelection(map, next)
  }
  if (isExtending) show(reach(map.text, origin, offset, unitOf(1, unitNow(event))))
  else if (origin.start < origin.end) show({ anchor: origin.start, focus: origin.end })
  else if (!isOnWords) show({ anchor: offset, focus: offset })
  follow(event, map, root, view, show)
}

const unitNow = (event: { altKey: boolean }) => (event.altKey ? 'character' : usePreferences.getState().snap)

/** Until the button is released. */
function follow(
  start: MouseEvent,
  map: OffsetMap,
  root: HTMLElement,
  view: HTMLElement,
  show: (selection: TextSelection) => void,
): void {
  const { note } = useCoding.getState()
  const onMove = (event: MouseEvent, isScrolled: boolean) => {
    // Another note came on screen under the hand.
    if (!press || useCoding.getState().note !== note) return
    const way = Math.abs(event.clientX - press.x) + Math.abs(event.clientY - press.y)
    if (way > STILL || isScrolled) press.hasMoved = true
    if (!press.hasMoved) return
    if (press.words && carryTo(event, map.text.slice(...ends(press.words)))) return show(press.words)
    const offset = offsetUnder(map, root, view, event.clientX, event.clientY)
    show(reach(map.text, press.origin, offset, unitOf(press.presses, unitNow(event))))
  }
  const onUp = (event: MouseEvent) => {
    const done = press
    press = null
    if (!done || useCoding.getState().note !== note) return putDown()
    if (dropCarried()) return
    const { selection } = useCoding.getState()
    // Selected anew, be it the same words as before.
    if (done.hasMoved && selection) selectText({ ...selection })
    if (!done.hasMoved && done.presses === 1) {
      const offset = offsetUnder(map, root, view, event.clientX, event.clientY)
      show({ anchor: offset, focus: offset })
      const at = offsetAtPoint(map, event.clientX, event.clientY)
      if (at === null) activate(null)
      else activateAt(at)
    }
  }
  rollWhile(view, start, onMove, onUp)
}

const ends = ({ anchor, focus }: TextSelection): [number, number] => [
  Math.min(anchor, focus),
  Math.max(anchor, focus),
]

/** The position nearest to a point, also of one beside, above or below the text; never one out of sight. */
function offsetUnder(map: OffsetMap, root: HTMLElement, view: HTMLElement, x: number, y: number): number {
  const text = root.getBoundingClientRect()
  const frame = view.getBoundingClientRect()
  if (y >= text.bottom && text.bottom <= frame.bottom) return map.text.length
  if (y < text.top && text.top >= frame.top) return 0
  const inside = (value: number, least: number, most: number) => Math.max(least, Math.min(value, most))
  const offset = offsetNearPoint(
    map,
    inside(x, text.left + 1, text.right - 1),
    inside(y, Math.max(text.top, frame.top) + 2, Math.min(text.bottom, frame.bottom) - 2),
  )
  const found = offset ?? useCoding.getState().selection?.focus ?? 0
  return splitsPair(map.text, found) ? found - 1 : found
}
