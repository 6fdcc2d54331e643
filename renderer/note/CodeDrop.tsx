import { type RefObject, useEffect, useState } from 'react'
import { createPortal } from 'react-dom'
import type { CodingId } from '../../shared/contract/basics.ts'
import { paragraphAt, sentenceAt, wordAt } from '../../shared/sentences.ts'
import { codeInDrag, endDrag } from '../coding/dragging.ts'
import {
  type Applicable,
  applyCodesTo,
  nameOf,
  type Range,
  trimmed,
  useCoding,
  wordsInHand,
} from '../state/coding.ts'
import { recode } from '../state/coding-edits.ts'
import { noteHandle } from './handle.ts'
import { codingInMargin, offsetNearPoint } from './hit.ts'
import type { OffsetMap } from './offset-map.ts'
import type { Painter } from './paint.ts'

/** Where a code would land: on a stretch of the text, or on a coding in the margin, which it then becomes. */
type Target = { words: string; span: Range; codingId: CodingId | null }

type Live = RefObject<{ map: OffsetMap; painter: Painter } | null>
type Words = { x: number; y: number; words: string }

/**
 * Takes codes that are dragged onto the note: onto the words in hand, else onto the sentence under the pointer (with
 * Shift the paragraph, with Alt the word); a coding in the margin gets the code instead of its own. What would be coded
 * is painted meanwhile.
 */
export function CodeDrop({ live, body }: { live: Live; body: RefObject<HTMLElement | null> }) {
  const [words, setWords] = useState<Words | null>(null)
  useEffect(() => {
    const host = body.current
    if (!host) return
    const show = (target: Target | null, event?: DragEvent) => {
      live.current?.painter.setDrop(target?.span ?? null)
      setWords(target && event ? { x: event.clientX, y: event.clientY, words: target.words } : null)
    }
    const targetOf = (event: DragEvent): { code: Applicable; target: Target } | null => {
      const code = codeInDrag(event as unknown as React.DragEvent)
      const target = code && live.current && targetAt(live.current.map, event, code)
      return code && target ? { code, target } : null
    }
    const onOver = (event: DragEvent) => {
      const found = targetOf(event)
      show(found?.target ?? null, event)
      if (!found || !event.dataTransfer) return
      event.preventDefault()
      event.dataTransfer.dropEffect = 'copy'
    }
    const onLeave = (event: DragEvent) => {
      if (!host.contains(event.relatedTarget as Node | null)) show(null)
    }
    const onDrop = (event: DragEvent) => {
      const found = targetOf(event)
      show(null)
      if (!found) return
      event.preventDefault()
      endDrag()
      land(found.code, found.target)
    }
    host.addEventListener('dragover', onOver)
    host.addEventListener('dragleave', onLeave)
    host.addEventListener('drop', onDrop)
    return () => {
      host.removeEventListener('dragover', onOver)
      host.removeEventListener('dragleave', onLeave)
      host.removeEventListener('drop', onDrop)
    }
  }, [live, body])
  if (!words) return null
  return createPortal(
    <div className="drop-words" style={{ left: words.x + 14, top: words.y + 18 }}>
      {words.words}
    </div>,
    document.body,
  )
}

function targetAt(map: OffsetMap, event: DragEvent, code: Applicable): Target | null {
  const { codings } = useCoding.getState()
  const inMargin = codingInMargin(event.target)
  const coding = codings.find(({ id }) => id === inMargin)
  if (coding?.span)
    return {
      words: `Recode “${nameOf(coding.codeId)}” to “${code.name}”`,
      span: coding.span,
      codingId: coding.id,
    }
  const offset = offsetNearPoint(map, event.clientX, event.clientY)
  if (offset === null) return null
  const selection = wordsInHand()
  if (selection && selection.start <= offset && offset <= selection.end)
    return {
      words: `“${code.name}” to the selection`,
      span: trimmed(map.text, selection),
      codingId: null,
    }
  const unitAt = event.shiftKey ? paragraphAt : event.altKey ? wordAt : sentenceAt
  const span = unitAt(map.text, offset)
  const unit = event.shiftKey ? 'paragraph' : event.altKey ? 'word' : 'sentence (Shift: paragraph, Alt: word)'
  return span && { words: `“${code.name}” to this ${unit}`, span, codingId: null }
}

function land(code: Applicable, { span, codingId }: Target): void {
  const coding = useCoding.getState().codings.find(({ id }) => id === codingId)
  if (coding) void recode(coding, code)
  else void applyCodesTo([code], span)
  noteHandle.current?.focus()
}
