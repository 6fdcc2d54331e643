import { type PointerEvent, type RefObject, useLayoutEffect, useState } from 'react'
import { splitsPair } from '../../shared/offsets.ts'
import { snapped } from '../../shared/sentences.ts'
import { usePreferences } from '../preferences.ts'
import { useCoding, wordsInHand } from '../state/coding.ts'
import { keepEdge, leaveEdge, moveEdgeTo, type Side, takeEdge, useEdge } from '../state/edge.ts'
import { codeColour } from '../ui/palette.ts'
import { rollBy } from './auto-scroll.ts'
import { noteHandle } from './handle.ts'
import { boxAt, offsetNearPoint } from './hit.ts'
import { lineAt, type OffsetMap } from './offset-map.ts'
import './edges.css'

type Place = { left: number; top: number; height: number }
type Live = RefObject<{ map: OffsetMap } | null>

/** A handle at either end of the coding that is looked at, for the mouse; the keyboard has E. */
export function EdgeHandles({
  live,
  body,
  scroller,
  codes,
  sight,
}: {
  live: Live
  body: RefObject<HTMLElement | null>
  scroller: RefObject<HTMLElement | null>
  codes: ReadonlyMap<string, { colour: string | null }>
  /** Another one whenever what is in sight was measured again. */
  sight: unknown
}) {
  const active = useCoding((state) => state.codings.find(({ id }) => id === state.activeId))
  const span = active?.span ?? null
  const color = codeColour(codes.get(active?.codeId ?? '')?.colour ?? null)
  const taken = useEdge((state) => state.edge?.side ?? null)
  // Who selects text beside or over a coding means the text; a handle there would catch the press.
  const isSelecting = useCoding((state) => wordsInHand(state) !== null)
  const [places, setPlaces] = useState<Record<Side, Place | null>>({ start: null, end: null })
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured again with what is in sight
  useLayoutEffect(() => {
    const map = live.current?.map
    const frame = body.current?.getBoundingClientRect()
    const view = scroller.current?.getBoundingClientRect()
    const placeOf = (side: Side) =>
      span && map && frame && view ? placeOfEdge(map, span, side, frame, view) : null
    setPlaces({ start: placeOf('start'), end: placeOf('end') })
  }, [span, sight, live, body, scroller])

  const onPointerDown = (event: PointerEvent, side: Side) => {
    const map = live.current?.map
    if (event.button !== 0 || !map) return
    event.preventDefault()
    takeEdge(side)
    dragEdge(map, side, scroller.current)
  }
  if (isSelecting && taken === null) return null
  return (['start', 'end'] as const).map((side) => {
    const place = places[side]
    return (
      place && (
        <div
          key={side}
          className={`edge edge-${side}${taken === side ? ' edge-taken' : ''}`}
          style={{ left: place.left, top: place.top, height: place.height, color }}
          aria-hidden="true"
        >
          <span
            className="edge-knob"
            data-edge={side}
            onPointerDown={(event) => onPointerDown(event, side)}
          />
        </div>
      )
    )
  })
}

/** Where an edge stands in the note; null out of sight, where measuring would lay out text nobody sees. */
function placeOfEdge(
  map: OffsetMap,
  span: { start: number; end: number },
  side: Side,
  frame: DOMRect,
  view: DOMRect,
): Place | null {
  if (span.end > map.text.length) return null
  const at = side === 'start' ? span.start : span.end - 1
  const line = map.paragraph(lineAt(map.starts, at)).getBoundingClientRect()
  if (line.bottom < view.top - 40 || line.top > view.bottom + 40) return null
  const box = boxAt(map, at, at + 1)
  if (!box) return null
  const left = side === 'start' ? box.left : box.right
  return { left: left - frame.left, top: box.top - frame.top, height: box.height }
}

/** While the button is held the edge follows the pointer; at the rim of the pane the text moves on. */
function dragEdge(map: OffsetMap, side: Side, scroller: HTMLElement | null): void {
  const at = { x: 0, y: 0, isFree: false }
  let frame = 0
  const follow = () => {
    const offset = offsetNearPoint(map, at.x, at.y)
    if (offset !== null) moveEdgeTo(snappedEdge(map.text, offset, side, at.isFree))
  }
  const roll = () => {
    const step = scroller ? rollBy(scroller.getBoundingClientRect(), at.y) : 0
    if (step !== 0 && scroller) {
      scroller.scrollTop += step
      follow()
    }
    frame = requestAnimationFrame(roll)
  }
  const onMove = (event: globalThis.PointerEvent) => {
    at.x = event.clientX
    at.y = event.clientY
    at.isFree = event.altKey
    follow()
    if (frame === 0) frame = requestAnimationFrame(roll)
  }
  const end = (isKept: boolean) => {
    cancelAnimationFrame(frame)
    document.documentElement.classList.remove('edge-dragging')
    window.removeEventListener('pointermove', onMove)
    window.removeEventListener('pointerup', onUp)
    window.removeEventListener('keydown', onKey, true)
    if (isKept) keepEdge()
    else leaveEdge()
    noteHandle.current?.focus()
  }
  const onUp = () => end(true)
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    end(false)
  }
  document.documentElement.classList.add('edge-dragging')
  window.addEventListener('pointermove', onMove)
  window.addEventListener('pointerup', onUp)
  window.addEventListener('keydown', onKey, true)
}

/** To the end of the word or sentence under the pointer, as the snap setting says; with Alt (`isFree`) by character. */
function snappedEdge(text: string, offset: number, side: Side, isFree: boolean): number {
  const { snap } = usePreferences.getState()
  const whole = splitsPair(text, offset) ? offset + 1 : offset
  if (isFree || snap === 'character') return whole
  const unit =
    side === 'end'
      ? snapped(text, { start: Math.max(0, whole - 1), end: whole }, snap)
      : snapped(text, { start: whole, end: Math.min(text.length, whole + 1) }, snap)
  return unit[side]
}
