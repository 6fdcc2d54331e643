/** Where a coder was reading: found again when a note is opened, kept while they scroll. */
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react'
import type { Note } from '../../shared/contract/notes.ts'
import { useCoding } from '../state/coding.ts'
import { coderId } from '../state/session.ts'
import { store } from '../store.ts'
import { caretBox, offsetNearPoint } from './hit.ts'
import type { OffsetMap } from './offset-map.ts'

type Live = RefObject<{ map: OffsetMap } | null>
type Scroller = RefObject<HTMLElement | null>

/** Scrolling rests for this long, in ms, before its place is kept. */
const REST = 900
/** While it scrolls, in ms, a place is looked for this often: finding one costs a good part of a frame. */
const CADENCE = 200
/** What scrolls within this time, in ms, of opening or jumping is not the reader. */
const SETTLING = 500

/** Opens a note where this coder left it, and keeps where they are. A jump to a segment is neither. */
export function useReading(live: Live, scroller: Scroller, note: Note): void {
  const shown = useRef<string | null>(null)
  useLayoutEffect(() => {
    const isNew = shown.current !== note.id
    shown.current = note.id
    const { target, readFrom } = useCoding.getState()
    if (isNew && !target && live.current && scroller.current)
      goToOffset(live.current.map, scroller.current, readFrom)
  }, [live, scroller, note])

  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const coder = coderId()
    let since = performance.now()
    let timer = 0
    let position = useCoding.getState().readFrom
    let looked = 0
    const look = () => {
      if (!live.current) return
      looked = performance.now()
      position = offsetOnTop(live.current.map, element)
      useCoding.setState({ readFrom: position })
    }
    const keep = () => {
      timer = 0
      // Nothing is lost when it fails: the note opens a little further up.
      store.reading.keep({ coderId: coder, noteId: note.id, position }).catch(() => {})
    }
    const soon = () => {
      window.clearTimeout(timer)
      timer = window.setTimeout(() => {
        if (looked > 0) look()
        keep()
      }, REST)
    }
    const onScroll = () => {
      const now = performance.now()
      if (now - since < SETTLING) return
      if (now - looked >= CADENCE) look()
      soon()
    }
    const leave = useCoding.subscribe((now, before) => {
      if (now.target && now.target !== before.target) since = performance.now()
    })
    // The note is the one opened last, also when it is only looked at.
    soon()
    element.addEventListener('scroll', onScroll, { passive: true })
    return () => {
      element.removeEventListener('scroll', onScroll)
      leave()
      if (timer === 0) return
      window.clearTimeout(timer)
      keep()
    }
  }, [live, scroller, note.id])
}

/** Room over the first line, as much as its distance to the next. */
const HEADROOM = 12

function goToOffset(map: OffsetMap, scroller: HTMLElement, offset: number): void {
  if (offset <= 0 || offset >= map.text.length) {
    scroller.scrollTop = 0
    return
  }
  scroller.scrollTop += caretBox(map, offset).top - scroller.getBoundingClientRect().top - HEADROOM
}

/** The position whose line stands first in sight; 0 while the head of the note is to be seen. */
function offsetOnTop(map: OffsetMap, scroller: HTMLElement): number {
  const view = scroller.getBoundingClientRect()
  const text = map.paragraph(0).getBoundingClientRect()
  if (text.top >= view.top) return 0
  return offsetNearPoint(map, text.left + 2, view.top + HEADROOM + 8) ?? useCoding.getState().readFrom
}
