import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import type { CodeRow } from '../../shared/model.ts'
import { announce } from '../state/session.ts'
import { CodePreview } from './CodePreview.tsx'

/** Rest on a code, in ms, before its card is shown; the keyboard is read out to only after a longer one. */
const REST = { pointer: 450, keys: 250, voice: 900 }

/** What a code means, in the column of the panel, while the code has the keyboard or the pointer rests on it. */
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
  useEffect(() => {
    setShown(null)
    if (!code) return
    const timer = window.setTimeout(() => setShown(code), isByKeys ? REST.keys : REST.pointer)
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
      const row = rowOf(host, shown.id)?.getBoundingClientRect()
      const panel = host.getBoundingClientRect()
      const column = (host.parentElement ?? host).getBoundingClientRect()
      setPlace(placeIn(column, panel, row ?? panel, words.offsetHeight))
    }
    settle()
    const observer = new ResizeObserver(settle)
    observer.observe(words)
    return () => observer.disconnect()
  }, [panel, shown])
  if (!shown) return null
  return createPortal(
    <div ref={card} className="floating code-card" data-testid="code-card" style={place ?? { opacity: 0 }}>
      <CodePreview code={shown} path={path} />
    </div>,
    document.body,
  )
}

type Place = { left: number; top: number; width: number; maxHeight: number }

/** Less room under the row than this, in px, and the card goes above it. */
const LEAST = 200
const GAP = 4

/** Over the list of codings, else over other codes, never over the row itself: the note is what is being read. */
function placeIn(column: DOMRect, panel: DOMRect, row: DOMRect, height: number): Place {
  const { left, width } = { left: column.left + GAP, width: column.width - 2 * GAP }
  const below = column.bottom - row.bottom - 2 * GAP
  const above = row.top - column.top - 2 * GAP
  if (below < LEAST && above > below) {
    const maxHeight = Math.min(height, above)
    return { left, width, top: row.top - GAP - maxHeight, maxHeight }
  }
  const maxHeight = Math.min(height, below)
  const top = Math.max(row.bottom + GAP, Math.min(panel.bottom, column.bottom - GAP - maxHeight))
  return { left, width, top, maxHeight: Math.min(maxHeight, column.bottom - GAP - top) }
}

const rowOf = (host: HTMLElement, id: string): Element | null =>
  [...host.querySelectorAll('[role=treeitem]')].find((row) => row.id.endsWith(id)) ?? null
