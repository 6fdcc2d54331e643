/** Dragging between note and codes: selected text onto a code, a code onto text or onto a coding in the margin. */
import type { DragEvent } from 'react'
import { create } from 'zustand'
import { peekAnswer } from '../queries/answers.ts'
import { type Applicable, applyCode } from '../state/coding.ts'
import { carriedLabel, showCarried } from '../ui/drag-label.ts'

const CODE = 'application/x-understory-code'

/** What is on its way, and the code it is over. The page may not read what is dragged before it is dropped. */
export const useDrag = create<{ code: Applicable | null; over: string | null }>(() => ({
  code: null,
  over: null,
}))

const carries = (event: DragEvent, type: string) => event.dataTransfer.types.includes(type)

export function startCodeDrag(event: DragEvent, code: Applicable): void {
  event.dataTransfer.setData(CODE, code.id)
  event.dataTransfer.effectAllowed = 'copy'
  useDrag.setState({ code, over: null })
  showCarried(event, code.name)
}

export const endDrag = (): void => useDrag.setState({ code: null, over: null })

/** The code that is being dragged, if this event is about one. */
export const codeInDrag = (event: DragEvent): Applicable | null =>
  carries(event, CODE) ? useDrag.getState().code : null

/** Makes something that stands for a code take words that are carried from the note. */
export const takesWords = (code: Applicable) =>
  code.isFolder || code.isRetired ? {} : { 'data-takes-words': code.id }

let label: HTMLElement | null = null

/** Shows words of the note under the pointer over what would take them; false where nothing there does. */
export function carryTo({ clientX, clientY }: { clientX: number; clientY: number }, words: string): boolean {
  const under = document.elementFromPoint(clientX, clientY)?.closest<HTMLElement>('[data-takes-words]')
  const over = under?.dataset.takesWords ?? null
  if (useDrag.getState().over !== over) useDrag.setState({ over })
  if (over === null) {
    label?.remove()
    label = null
    return false
  }
  label ??= document.body.appendChild(carriedLabel(words))
  label.style.left = `${clientX + 14}px`
  label.style.top = `${clientY + 18}px`
  return true
}

/** The code under the carried words is applied to them. False when none was there. */
export function dropCarried(): boolean {
  const { over } = useDrag.getState()
  const wasCarrying = label !== null
  putDown()
  const code = wasCarrying ? peekAnswer('codes.list', {})?.find(({ id }) => id === over) : undefined
  if (code) void applyCode(code)
  return wasCarrying
}

export function putDown(): void {
  label?.remove()
  label = null
  endDrag()
}
