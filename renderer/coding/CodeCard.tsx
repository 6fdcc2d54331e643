import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import type { CodeRow } from '../../shared/contract/codes.ts'
import { CodePreview } from '../codes/CodePreview.tsx'
import { announce } from '../state/session.ts'

/** Rest on a code, in ms, before its card is shown; the keyboard is read out to only after a longer one. */
const REST = { pointer: 450, keys: 250, voice: 900 }
/** In ms: a card that is shown goes on to the next code after this, and stays so long when none is pointed at. */
const NEXT = 90
const LINGER = 180

/** What a code means, beside the list of codes, while the code has the keyboard or the pointer rests on it. */
export function CodeCard({
  panel,
  code,
  path,
  isByKeys,
}: {
  panel: RefObject<HTMLElement | null>
  code: CodeRow | null
  path: string
  isByKeys: boolean
}) {
  const [shown, setShown] = useState<CodeRow | null>(null)
  const [place, setPlace] = useState<Place | null>(null)
  const card = useRef<HTMLDivElement>(null)
  const isHeld = useRef(false)
  const isShown = useRef(false)
  isShown.current = shown !== null
  useEffect(() => {
    if (!code) {
      const timer = window.setTimeout(() => !isHeld.current && setShown(null), LINGER)
      return () => window.clearTimeout(timer)
    }
    // Going down the list it says something else and does not come and go.
    const rest = isShown.current ? NEXT : isByKeys ? REST.keys : REST.pointer
    const timer = window.setTimeout(() => setShown(code), rest)
    const voice = window.setTimeout(
      () => isByKeys && code.definition && announce(code.definition),
      REST.voice,
    )
    return () => {
      window.clearTimeout(timer)
      window.clearTimeout(voice)
    }
  }, [code, isByKeys])
  useLayoutEffect(() => {
    const host = panel.current
    const words = card.current?.firstElementChild
    if (!shown || !host || !(words instanceof HTMLElement)) return
    const settle = () => {
      const panel = host.getBoundingClientRect()
      setPlace(
        placeBeside({
          panel,
          column: (host.parentElement ?? host).getBoundingClientRect(),
          row: rowOf(host, shown.id)?.getBoundingClientRect() ?? panel,
          words: document.querySelector('.note-text')?.getBoundingClientRect().right ?? 0,
          height: words.offsetHeight,
        }),
      )
    }
    settle()
    const observer = new ResizeObserver(settle)
    observer.observe(words)
    return () => observer.disconnect()
  }, [panel, shown])
  if (!shown) return null
  return createPortal(
    <div
      ref={card}
      className="floating code-card"
      data-testid="code-card"
      style={place ?? { opacity: 0 }}
      onPointerEnter={() => {
        isHeld.current = true
      }}
      onPointerLeave={() => {
        isHeld.current = false
        setShown(null)
      }}
    >
      <CodePreview code={shown} path={path} />
    </div>,
    document.body,
  )
}

type Place = { left: number; top: number; width: number; maxHeight: number }
type Around = {
  /** The codes, and the column they stand in with the list of codings. */
  panel: DOMRect
  column: DOMRect
  row: DOMRect
  /** Where the words of the note end, in px from the left of the window. */
  words: number
  height: number
}

const GAP = 4
const WIDTH = 300
/** In px: narrower or lower than this, a card cannot be read. */
const LEAST = { width: 220, height: 180 }

/**
 * Never over the codes that are chosen from. Beside them over the margin of the note; where that would hide its words,
 * under them over the list of codings; where there is no room for either, beside them all the same.
 */
function placeBeside({ panel, column, row, words, height }: Around): Place {
  const margin = panel.left - Math.max(words, 0) - 2 * GAP
  const below = column.bottom - panel.bottom - 2 * GAP
  if (margin < LEAST.width && below >= LEAST.height)
    return {
      left: column.left + GAP,
      width: column.width - 2 * GAP,
      top: panel.bottom + GAP,
      maxHeight: below,
    }
  const width = margin < LEAST.width ? WIDTH : Math.min(WIDTH, margin)
  const isLeft = panel.left >= width + 2 * GAP
  const maxHeight = Math.min(height, column.height - 2 * GAP)
  return {
    left: isLeft ? panel.left - GAP - width : panel.right + GAP,
    width,
    top: Math.max(column.top + GAP, Math.min(row.top, column.bottom - GAP - maxHeight)),
    maxHeight,
  }
}

const rowOf = (host: HTMLElement, id: string): Element | null =>
  [...host.querySelectorAll('[role=treeitem]')].find((row) => row.id.endsWith(id)) ?? null
