import { type RefObject, useEffect, useState } from 'react'
import { createPortal } from 'react-dom'
import type { CodeRow } from '../../shared/contract/codes.ts'
import { byIdOf, pathOf } from '../codes/codes.ts'
import { useCoding } from '../state/coding.ts'
import { coderMark, useOthers } from './others.ts'
import './stripe-card.css'

/** Rest of the pointer, in ms, before the card is shown. */
const REST = 320

type Shown = { id: string; left: number; top: number }

/** What the code of a coding in the margin is called and means, while the pointer rests on its bar or name. */
export function StripeCard({
  body,
  codes,
}: {
  body: RefObject<HTMLElement | null>
  codes: readonly CodeRow[]
}) {
  const [shown, setShown] = useState<Shown | null>(null)
  useEffect(() => {
    const host = body.current
    let timer = 0
    let over: string | null = null
    const onMove = (event: PointerEvent) => {
      const mark = (event.target as Element).closest<HTMLElement>('[data-coding]')
      const id = mark?.dataset.coding ?? null
      if (id === over) return
      over = id
      window.clearTimeout(timer)
      setShown(null)
      if (!mark || !id) return
      timer = window.setTimeout(() => {
        const box = mark.getBoundingClientRect()
        setShown({ id, left: box.left, top: Math.min(event.clientY, box.bottom) + 14 })
      }, REST)
    }
    const hide = () => {
      over = null
      window.clearTimeout(timer)
      setShown(null)
    }
    host?.addEventListener('pointermove', onMove)
    host?.addEventListener('pointerleave', hide)
    host?.addEventListener('pointerdown', hide)
    return () => {
      hide()
      host?.removeEventListener('pointermove', onMove)
      host?.removeEventListener('pointerleave', hide)
      host?.removeEventListener('pointerdown', hide)
    }
  }, [body])
  const own = useCoding((state) => state.codings.find(({ id }) => id === shown?.id))
  const other = useOthers((state) => state.codings.find(({ id }) => id === shown?.id))
  const codeId = (own ?? other)?.codeId
  const code = codes.find(({ id }) => id === codeId)
  if (!shown || !code) return null
  const path = pathOf(code, byIdOf(codes))
  return createPortal(
    <div
      role="tooltip"
      className="stripe-card"
      style={{
        left: Math.min(shown.left, window.innerWidth - 296),
        top: Math.min(shown.top, window.innerHeight - 140),
      }}
    >
      <strong>{code.name}</strong>
      {other && <span>Coded by {coderMark(other.coderId).name}</span>}
      {path && <span>{path}</span>}
      {code.definition && <p>{code.definition}</p>}
    </div>,
    document.body,
  )
}
