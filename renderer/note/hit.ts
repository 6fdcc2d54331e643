import type { CodingId } from '../../shared/contract/basics.ts'
import { idFromPage } from '../ids.ts'
import type { OffsetMap } from './offset-map.ts'

/** The coding whose stripe in the margin this is; null elsewhere. */
export function codingInMargin(target: EventTarget | null): CodingId | null {
  const { coding } = (target as Element).closest<HTMLElement>('[data-coding]')?.dataset ?? {}
  return coding ? idFromPage(coding) : null
}

/** The position in the note under a point of the window; null outside its text. */
export function offsetAtPoint(map: OffsetMap, x: number, y: number): number | null {
  const caret = document.caretPositionFromPoint(x, y)
  if (!caret) return null
  const offset = map.toOffset(caret.offsetNode, caret.offset)
  if (offset === null) return null
  return isNear(map, offset, x, y) ? offset : null
}

/** The position nearest to a point of the window, also beside or between the lines; null far from any text. */
export function offsetNearPoint(map: OffsetMap, x: number, y: number): number | null {
  const caret = document.caretPositionFromPoint(x, y)
  return caret ? map.toOffset(caret.offsetNode, caret.offset) : null
}

/** A press on the blank right of a short line finds its last character; that is not a press on the coding there. */
function isNear(map: OffsetMap, offset: number, x: number, y: number): boolean {
  const box = boxAt(map, Math.max(0, offset - 1), Math.min(map.text.length, offset + 1))
  return box !== null && x >= box.left - 6 && x <= box.right + 6 && y >= box.top - 8 && y <= box.bottom + 8
}

/** Where a stretch of text stands in the window. Lays out its paragraph, so ask only for what is in sight. */
export function boxAt(map: OffsetMap, start: number, end: number): DOMRect | null {
  const from = map.toPlace(start)
  const to = map.toPlace(end)
  if (from.node.nodeType !== Node.TEXT_NODE) return (from.node as HTMLElement).getBoundingClientRect()
  const range = document.createRange()
  range.setStart(from.node, from.offset)
  if (to.node === from.node) range.setEnd(to.node, to.offset)
  else range.setEnd(from.node, (from.node as Text).length)
  const boxes = range.getClientRects()
  return boxes[boxes.length - 1] ?? range.getBoundingClientRect()
}

/** Where the caret stands before the character at `offset`: a box without width, one line high. */
export function caretBox(map: OffsetMap, offset: number): { left: number; top: number; height: number } {
  const { node, offset: at } = map.toPlace(offset)
  if (node.nodeType !== Node.TEXT_NODE) {
    const box = (node as HTMLElement).getBoundingClientRect()
    return { left: box.left, top: box.top, height: box.height }
  }
  const range = document.createRange()
  range.setStart(node, at)
  range.collapse(true)
  const boxes = range.getClientRects()
  const box = boxes[boxes.length - 1] ?? (node.parentElement as HTMLElement).getBoundingClientRect()
  return { left: box.left, top: box.top, height: box.height }
}
