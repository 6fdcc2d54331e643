import { type KeyboardEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { CodingId } from '../../shared/contract/basics.ts'
import type { CodeRow } from '../../shared/contract/codes.ts'
import type { Note } from '../../shared/contract/notes.ts'
import { useStore } from '../queries/use-store.ts'
import { useMarks } from '../search/marks.ts'
import { type Range, selectedRange, selectText, useCoding } from '../state/coding.ts'
import { activate } from '../state/go-through.ts'
import { CodeDrop } from './CodeDrop.tsx'
import { mirrorSelection, readSelection } from './caret.ts'
import { EdgeHandles } from './EdgeHandles.tsx'
import { noteHandle } from './handle.ts'
import { boxAt, caretBox } from './hit.ts'
import { pressKey, select, showEdge } from './keyboard.ts'
import { findMasks } from './masks.ts'
import { NoteMenu } from './NoteMenu.tsx'
import { bringInSight, keepPlace } from './scroll-into-view.ts'
import './note.css'
import { useOthers } from './others.ts'
import { Painter } from './paint.ts'
import {
  EMPTY_SIGHT,
  type Going,
  type Measured,
  type MeasureRef,
  measureSight,
  NOTHING_READY,
  type Sight,
  useMeasuring,
} from './paint-window.ts'
import { isPressed, usePointer } from './pointer.ts'
import { useReading } from './reading-position.ts'
import { StripeCard } from './StripeCard.tsx'
import { Stripes } from './stripes.tsx'
import { LONG, type Surface, showText } from './surface.ts'

type Live = Surface & Omit<Measured, 'map'>
type CaretPlace = { left: number; top: number; height: number }

const NO_HITS: readonly Range[] = []

/** The text of a note with its codes, margin and reading caret. */
export function NoteView({
  note,
  codes,
  scroller,
  onApply,
}: {
  note: Note
  codes: readonly CodeRow[]
  scroller: React.RefObject<HTMLDivElement | null>
  onApply(code: CodeRow): void
}) {
  const body = useRef<HTMLDivElement>(null)
  const root = useRef<HTMLDivElement>(null)
  const live = useRef<Live | null>(null)
  const [sight, setSight] = useState<Sight>(EMPTY_SIGHT)
  const [caret, setCaret] = useState<CaretPlace | null>(null)
  const [isKeyboard, setKeyboard] = useState(false)
  const [isFocused, setFocused] = useState(false)
  const activeId = useCoding((state) => state.activeId)
  const codeMap = useMemo(() => new Map(codes.map((code) => [code.id, code])), [codes])

  const measureCaret = useRef(() => {})
  measureCaret.current = () => {
    if (live.current && body.current) setCaret(caretPlace(live.current, body.current))
  }
  const measure = useRef((_going: Going) => {})
  measure.current = (going) => {
    if (live.current && body.current && scroller.current) {
      setSight(measureSight(live.current, body.current, scroller.current, going))
      measureCaret.current()
    }
  }

  useLayoutEffect(() => {
    const element = root.current
    if (!element) return
    const surface = showText(element, note.text)
    const painter = new Painter(surface.map)
    live.current = { ...surface, painter, columns: new Map(), otherColumns: new Map(), ready: NOTHING_READY }
    return () => {
      live.current = null
      painter.dispose()
      surface.dispose()
    }
  }, [note])

  usePainting(live, root, note, codeMap, measure, measureCaret)
  useMasks(live, note)
  useHits(live, note)
  useMeasuring(live, body, scroller, measure)
  useReading(live, scroller, note)
  useTarget(live, root, scroller, note)
  useSelectionReading(live, root)
  usePointer(live, root, scroller)

  useEffect(() => {
    noteHandle.current = {
      focus: () => root.current?.focus({ preventScroll: true }),
      anchor: () => anchorOf(live.current, scroller.current),
      select: (selection) =>
        live.current && select({ map: live.current.map, scroller: scroller.current }, selection),
      showEdge: () => live.current && showEdge(live.current.map, scroller.current),
      bringInSight: (range) =>
        live.current && scroller.current && bringInSight(live.current.map, range, scroller.current),
      keepPlace: (change) =>
        live.current && scroller.current ? keepPlace(live.current.map, scroller.current, change) : change(),
    }
    return () => {
      noteHandle.current = null
    }
  }, [scroller])

  const onKeyDown = (event: KeyboardEvent) => {
    delete root.current?.dataset.byMouse
    const map = live.current?.map
    if (map && pressKey(event, { map, scroller: scroller.current, codes, onApply }) === 'caret')
      setKeyboard(true)
  }

  return (
    <div className="note-body" ref={body}>
      {isFocused && isKeyboard && caret && (
        <div className="caret-line" style={{ top: caret.top - 3, height: caret.height + 6 }} />
      )}
      {/* biome-ignore lint/a11y/useSemanticElements: a text of paragraphs that codes are painted over */}
      <div
        ref={root}
        className="note-text"
        role="textbox"
        aria-multiline="true"
        aria-readonly="true"
        aria-label={`Text of ${note.title}`}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onPointerDown={() => setKeyboard(false)}
        onDragStart={(event) => event.preventDefault()}
        onFocus={() => {
          setFocused(true)
          if (isPressed()) return
          const { selection } = useCoding.getState()
          if (live.current) mirrorSelection(live.current.map, selection ?? { anchor: 0, focus: 0 })
          if (!selection) selectText({ anchor: 0, focus: 0 })
          if (root.current?.matches(':focus-visible')) setKeyboard(true)
        }}
        onBlur={() => {
          setFocused(false)
          delete root.current?.dataset.byMouse
        }}
      />
      {isFocused && caret && (
        <div
          className="caret"
          style={{ left: caret.left - 1, top: caret.top - 1, height: caret.height + 2 }}
        />
      )}
      <EdgeHandles live={live} body={body} scroller={scroller} codes={codeMap} sight={sight} />
      <CodeDrop live={live} body={body} />
      <StripeCard body={body} codes={codes} />
      <NoteMenu live={live} body={body} codes={codes} />
      <Stripes
        stripes={sight.stripes}
        codes={codeMap}
        activeId={activeId}
        from={sight.from}
        to={sight.to}
        onActivate={(id) => activateOrSelect(id)}
      />
    </div>
  )
}

/** One's own coding is chosen; of another's the words are selected. The keyboard is in the text afterwards. */
function activateOrSelect(id: CodingId): void {
  noteHandle.current?.focus()
  const other = useOthers.getState().codings.find((coding) => coding.id === id)
  if (!other) activate(id)
  else if (other.span) noteHandle.current?.select({ anchor: other.span.start, focus: other.span.end })
}

type LiveRef = React.RefObject<Live | null>

/** Painting follows the state without React: a coding is on screen in the next frame. */
function usePainting(
  live: LiveRef,
  root: React.RefObject<HTMLElement | null>,
  note: Note,
  codes: ReadonlyMap<string, CodeRow>,
  measure: MeasureRef,
  measureCaret: React.RefObject<() => void>,
) {
  useLayoutEffect(() => {
    const painter = live.current?.painter
    if (!painter) return
    const spansOf = (codings = useCoding.getState().codings) =>
      codings.flatMap((coding) =>
        coding.span && coding.noteId === note.id && coding.span.end <= note.text.length
          ? [{ id: coding.id, codeId: coding.codeId, ...coding.span }]
          : [],
      )
    painter.setCodes(new Map([...codes].map(([id, code]) => [id, code.colour])))
    painter.setSpans(spansOf())
    painter.setActive(useCoding.getState().activeId)
    painter.setSelection(selectedRange())
    measure.current('nowhere')
    const { selection } = useCoding.getState()
    if (live.current && selection && document.activeElement === root.current)
      mirrorSelection(live.current.map, selection)
    const stopPainting = useCoding.subscribe((now, before) => {
      if (now.note !== note) return
      if (now.codings !== before.codings) {
        live.current?.columns.clear()
        painter.setSpans(spansOf(now.codings))
      }
      if (now.activeId !== before.activeId) painter.setActive(now.activeId)
      if (now.selection === before.selection) return
      painter.setSelection(selectedRange(now))
      measureCaret.current()
      const map = live.current?.map
      // A selection in another field is left alone.
      if (map && now.selection && (document.activeElement === root.current || readSelection(map)))
        mirrorSelection(map, now.selection)
    })
    // The margin follows the codes, and may do so some frames later.
    const stopMeasuring = useCoding.subscribeScreen((now, before) => {
      if (now.note === note && now.codings !== before.codings) measure.current('nowhere')
    })
    const stopOthers = useOthers.subscribe(() => measure.current('nowhere'))
    return () => {
      stopPainting()
      stopMeasuring()
      stopOthers()
    }
  }, [live, root, note, codes, measure, measureCaret])
}

/** The project's own masks as dim chips. */
function useMasks(live: LiveRef, note: Note) {
  const { data: words } = useStore('identifiers.words', {})
  const masks = words?.masks
  useLayoutEffect(() => {
    if (!masks) return
    const paint = () => live.current?.painter.setMasks(findMasks(note.text, masks))
    if (note.text.length <= LONG) return paint()
    // Looking through a long text takes longer than a frame: the text is shown first.
    const idle = requestIdleCallback(paint)
    return () => cancelIdleCallback(idle)
  }, [live, note, masks])
}

/** What a search found in this note, while it was opened from there. */
function useHits(live: LiveRef, note: Note) {
  const ranges = useMarks((state) => (state.noteId === note.id ? state.ranges : NO_HITS))
  useLayoutEffect(() => {
    live.current?.painter.setHits(ranges.filter((range) => range.end <= note.text.length))
  }, [live, note, ranges])
}

/** Brings a segment that was asked for into the middle of the sight. */
function useTarget(
  live: LiveRef,
  root: React.RefObject<HTMLDivElement | null>,
  scroller: React.RefObject<HTMLDivElement | null>,
  note: Note,
) {
  const target = useCoding((state) => state.target)
  useLayoutEffect(() => {
    const surface = live.current
    const view = scroller.current
    if (!surface || !view || !target || useCoding.getState().note !== note) return
    const box = boxAt(surface.map, target.start, Math.min(target.start + 1, surface.map.text.length))
    const frame = view.getBoundingClientRect()
    if (box && (box.top < frame.top + 40 || box.bottom > frame.bottom - 60)) {
      view.scrollTop += box.top - frame.top - frame.height / 3
    }
    // What is selected by now is mirrored as the text takes the focus.
    root.current?.focus({ preventScroll: true })
    useCoding.setState({ target: null })
  }, [target, live, root, scroller, note])
}

/** What a screen reader or another program selects in the text is taken over, while the text has the keyboard. */
function useSelectionReading(live: LiveRef, root: React.RefObject<HTMLElement | null>) {
  useEffect(() => {
    const onChange = () => {
      if (isPressed() || document.activeElement !== root.current) return
      const surface = live.current
      const next = surface && readSelection(surface.map)
      if (!next) return
      const { selection } = useCoding.getState()
      if (selection?.anchor !== next.anchor || selection.focus !== next.focus) selectText(next)
    }
    document.addEventListener('selectionchange', onChange)
    return () => document.removeEventListener('selectionchange', onChange)
  }, [live, root])
}

function caretPlace({ map }: Live, body: HTMLElement): CaretPlace | null {
  const { selection } = useCoding.getState()
  if (!selection) return null
  const box = caretBox(map, selection.focus)
  const frame = body.getBoundingClientRect()
  return { left: box.left - frame.left, top: box.top - frame.top, height: box.height }
}

function anchorOf(surface: Live | null, scroller: HTMLElement | null) {
  const frame = scroller?.getBoundingClientRect() ?? new DOMRect(100, 100, 400, 400)
  const { selection } = useCoding.getState()
  if (!surface || !selection)
    return { left: frame.left + 80, right: frame.right, top: frame.top + 80, bottom: frame.top + 80 }
  const at = Math.max(selection.anchor, selection.focus)
  const start = caretBox(surface.map, Math.min(selection.anchor, selection.focus))
  const end = caretBox(surface.map, at)
  const top = Math.max(frame.top, Math.min(start.top, frame.bottom - 40))
  const bottom = Math.max(frame.top + 20, Math.min(end.top + end.height + 6, frame.bottom - 20))
  return { left: end.left, right: end.left, top, bottom }
}
