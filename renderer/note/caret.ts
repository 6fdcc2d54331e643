/**
 * The reading caret: text that cannot be edited has none of its own, so the keys move the document's selection
 * (which knows about lines, words and graphemes) and the view draws a caret where its focus is.
 */
import type { TextSelection } from '../state/coding.ts'
import type { OffsetMap } from './offset-map.ts'

type Step = { direction: 'forward' | 'backward'; unit: string; times: number }
type Jump = { to: number }

/** What a key means to the caret; null when it is none of its keys. */
export function caretMove(
  event: KeyboardEvent,
  map: OffsetMap,
  selection: TextSelection,
  linesInView: number,
): Step | Jump | null {
  if (event.altKey) return null
  const isMod = event.ctrlKey || event.metaKey
  const step = (direction: Step['direction'], unit: string, times = 1): Step => ({ direction, unit, times })
  switch (event.key) {
    case 'ArrowLeft':
      return step('backward', isMod ? 'word' : 'character')
    case 'ArrowRight':
      return step('forward', isMod ? 'word' : 'character')
    case 'ArrowUp':
      return isMod ? { to: paragraphEdge(map, selection.focus, -1) } : step('backward', 'line')
    case 'ArrowDown':
      return isMod ? { to: paragraphEdge(map, selection.focus, 1) } : step('forward', 'line')
    case 'Home':
      return isMod ? { to: 0 } : step('backward', 'lineboundary')
    case 'End':
      return isMod ? { to: map.text.length } : step('forward', 'lineboundary')
    case 'PageUp':
      return isMod ? null : step('backward', 'line', linesInView)
    case 'PageDown':
      return isMod ? null : step('forward', 'line', linesInView)
    default:
      return null
  }
}

/** The start of the paragraph, or of the next that is not empty. */
export function paragraphEdge(map: Pick<OffsetMap, 'text'>, offset: number, direction: 1 | -1): number {
  const { text } = map
  if (direction === 1) {
    const end = text.indexOf('\n', offset)
    if (end === -1) return text.length
    let at = end
    while (text[at] === '\n') at++
    return at
  }
  let at = offset
  while (at > 0 && text[at - 1] === '\n') at--
  return at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1
}

export function readSelection(map: OffsetMap): TextSelection | null {
  const selection = document.getSelection()
  if (!selection) return null
  const anchor = map.toOffset(selection.anchorNode, selection.anchorOffset)
  const focus = map.toOffset(selection.focusNode, selection.focusOffset)
  return anchor === null || focus === null ? null : { anchor, focus }
}

export function writeSelection(map: OffsetMap, { anchor, focus }: TextSelection): void {
  const from = map.toPlace(anchor)
  const to = map.toPlace(focus)
  document.getSelection()?.setBaseAndExtent(from.node, from.offset, to.node, to.offset)
}

/** What the page has as its selection is what is selected here: for copying, and for whoever listens to the page. */
export function mirrorSelection(map: OffsetMap, selection: TextSelection): void {
  const now = readSelection(map)
  if (now?.anchor !== selection.anchor || now.focus !== selection.focus) writeSelection(map, selection)
}

/** Moves or extends and returns where it ended; never leaves the note. */
export function moveCaret(
  map: OffsetMap,
  from: TextSelection,
  move: Step | Jump,
  isExtending: boolean,
): TextSelection {
  if ('to' in move) {
    const next = { anchor: isExtending ? from.anchor : move.to, focus: move.to }
    writeSelection(map, next)
    return next
  }
  writeSelection(map, from)
  const selection = document.getSelection()
  let last = from
  for (let i = 0; i < move.times; i++) {
    selection?.modify(isExtending ? 'extend' : 'move', move.direction, move.unit)
    const now = readSelection(map)
    if (!now) break
    last = now
  }
  if (!readSelection(map)) {
    // The step left the note: stay, or go to its very edge.
    const edge = move.direction === 'forward' ? map.text.length : 0
    last = { anchor: isExtending ? from.anchor : edge, focus: edge }
  }
  writeSelection(map, last)
  return last
}
