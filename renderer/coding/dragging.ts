/** Dragging between note and codes: selected text onto a code, a code onto text or onto a coding in the margin. */
import type { DragEvent } from 'react'
import { create } from 'zustand'
import { type Applicable, applyCode, selectedRange, useCoding } from '../state/coding.ts'
import { showCarried } from '../ui/carried.ts'

const SELECTION = 'application/x-understory-selection'
const CODE = 'application/x-understory-code'

/** What is on its way, and the code it is over. The page may not read what is dragged before it is dropped. */
export const useDrag = create<{ code: Applicable | null; over: string | null }>(() => ({
  code: null,
  over: null,
}))

const carries = (event: DragEvent, type: string) => event.dataTransfer.types.includes(type)

/** The selected words start their way to a code. Their text stays in the program. */
export function startSelectionDrag(event: DragEvent): void {
  const range = selectedRange()
  const text = useCoding.getState().note?.text
  if (!range || text === undefined) {
    event.preventDefault()
    return
  }
  event.dataTransfer.clearData()
  event.dataTransfer.setData(SELECTION, 'selection')
  event.dataTransfer.effectAllowed = 'copy'
  showCarried(event, text.slice(range.start, range.end))
}

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

/** Makes something that stands for a code take selected text. */
export function selectionDrop(code: Applicable) {
  return {
    onDragOver: (event: DragEvent) => {
      if (!carries(event, SELECTION) || code.isFolder || code.isRetired) return
      event.preventDefault()
      event.dataTransfer.dropEffect = 'copy'
      if (useDrag.getState().over !== code.id) useDrag.setState({ over: code.id })
    },
    onDragLeave: (event: DragEvent) => {
      const isInside = event.currentTarget.contains(event.relatedTarget as Node | null)
      if (!isInside && useDrag.getState().over === code.id) useDrag.setState({ over: null })
    },
    onDrop: (event: DragEvent) => {
      if (!carries(event, SELECTION)) return
      event.preventDefault()
      endDrag()
      void applyCode(code)
    },
  }
}
