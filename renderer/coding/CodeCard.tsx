import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import type { CodeRow } from '../../shared/model.ts'
import { announce } from '../state/session.ts'
import { CodePreview } from './CodePreview.tsx'

/** Rest on a code, in ms, before its card is shown; the keyboard is read out to only after a longer one. */
const REST = { pointer: 450, keys: 250, voice: 900 }

/** What a code means, beside the panel, while the code there has the keyboard or the pointer rests on it. */
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
  const [place, setPlace] = useState<{ right: number; top: number } | null>(null)
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
    const element = card.current
    if (!shown || !host || !element) return
    const settle = () => {
      const row = rowOf(host, shown.id)?.getBoundingClientRect()
      const frame = host.getBoundingClientRect()
      const top = Math.min(row?.top ?? frame.top, window.innerHeight - element.offsetHeight - 8)
      setPlace({ right: window.innerWidth - frame.left + 8, top: Math.max(8, top) })
    }
    settle()
    const observer = new ResizeObserver(settle)
    observer.observe(element)
    return () => observer.disconnect()
  }, [panel, shown])
  if (!shown) return null
  return createPortal(
    <div
      ref={card}
      className="code-card"
      data-testid="code-card"
      style={{ right: place?.right ?? 0, top: place?.top ?? 0, opacity: place ? undefined : 0 }}
    >
      <CodePreview code={shown} path={path} />
    </div>,
    document.body,
  )
}

const rowOf = (host: HTMLElement, id: string): Element | null =>
  [...host.querySelectorAll('[role=treeitem]')].find((row) => row.id.endsWith(id)) ?? null
