/** What keys do in the text of a note: commands, the reading caret, edges of codings, and the codes' own keys. */
import type { KeyboardEvent } from 'react'
import type { CodeRow } from '../../shared/contract/codes.ts'
import type { Snap } from '../../shared/sentences.ts'
import { pressQualifier } from '../codes/qualifiers.ts'
import { commandFor } from '../keys/own-keys.ts'
import { runCommand } from '../keys/use-command.ts'
import { selectText, type TextSelection, useCoding } from '../state/coding.ts'
import { applyNumbered } from '../state/coding-edits.ts'
import { edgeOffset, keepEdge, leaveEdge, moveEdgeTo, stepEdge } from '../state/edge.ts'
import { bySentence } from '../state/selecting.ts'
import { caretMove, moveCaret, writeSelection } from './caret.ts'
import { caretBox } from './hit.ts'
import type { OffsetMap } from './offset-map.ts'
import { tellCodesAt } from './read-aloud.ts'

export type NoteKeys = {
  map: OffsetMap
  scroller: HTMLElement | null
  codes: readonly CodeRow[]
  onApply(code: CodeRow): void
}

/** Acts on a key pressed in the text. Answers what it was: the caret is drawn only once keys have moved it. */
export function pressKey(event: KeyboardEvent, keys: NoteKeys): 'caret' | 'command' | null {
  const what = actOn(event, keys)
  if (!what) return null
  event.preventDefault()
  if (what === 'command') event.stopPropagation()
  return what
}

function actOn(event: KeyboardEvent, keys: NoteKeys): 'caret' | 'command' | null {
  if (edgeOffset() !== null) {
    if (pressForEdge(event, keys)) return 'caret'
    // Another command: what is on screen is kept first.
    if (commandFor(event, 'note')) keepEdge()
  }
  const command = commandFor(event, 'note')
  const isCaret = command === 'nextSentence' || command === 'previousSentence'
  if (isCaret) return pressForSentence(command === 'nextSentence' ? 1 : -1, event.shiftKey, keys)
  if (command && runCommand(command)) return 'command'
  if (isPlain(event) && /^[1-9]$/.test(event.key)) {
    applyNumbered(Number(event.key))
    return 'command'
  }
  if (pressQualifier(event)) return 'command'
  if (moveByKey(event, keys)) return 'caret'
  const code = codeOfKey(event, keys.codes)
  if (!code) return null
  keys.onApply(code)
  return 'command'
}

const isPlain = (event: KeyboardEvent) => !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey

const selectionNow = (): TextSelection => useCoding.getState().selection ?? { anchor: 0, focus: 0 }

function pressForSentence(direction: 1 | -1, isExtending: boolean, keys: NoteKeys): 'caret' {
  select(keys, bySentence(keys.map.text, selectionNow(), direction, isExtending))
  return 'caret'
}

/** Selects, keeps the moving end in sight and says which codes are there. */
export function select(
  { map, scroller }: Pick<NoteKeys, 'map' | 'scroller'>,
  selection: TextSelection,
): void {
  writeSelection(map, selection)
  selectText(selection)
  keepInSight(map, selection.focus, scroller)
  tellCodesAt(selection.focus)
}

const linesInView = (scroller: HTMLElement | null) =>
  Math.max(1, Math.floor((scroller?.clientHeight ?? 400) / 26) - 3)

function moveByKey(event: KeyboardEvent, { map, scroller }: NoteKeys): boolean {
  const from = selectionNow()
  const move = caretMove(event.nativeEvent, map, from, linesInView(scroller))
  if (!move) return false
  const next = moveCaret(map, from, move, event.shiftKey)
  selectText(next)
  keepInSight(map, next.focus, scroller)
  tellCodesAt(next.focus)
  return true
}

/** While an edge is taken, the caret's keys move it. */
function pressForEdge(event: KeyboardEvent, { map, scroller }: NoteKeys): boolean {
  const command = commandFor(event, 'note')
  const unit = unitOf(event, command)
  if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) keepEdge()
  else if (event.key === 'Escape') leaveEdge()
  else if (command === 'takeEdge') return runCommand('takeEdge')
  else if (unit) stepEdge(unit.direction, unit.unit)
  else {
    const at = edgeOffset() ?? 0
    const move = caretMove(event.nativeEvent, map, { anchor: at, focus: at }, linesInView(scroller))
    if (!move) return false
    moveEdgeTo(moveCaret(map, { anchor: at, focus: at }, move, false).focus)
  }
  showEdge(map, scroller)
  return true
}

function unitOf(event: KeyboardEvent, command: string | null): { direction: 1 | -1; unit: Snap } | null {
  if (command === 'nextSentence' || command === 'previousSentence')
    return { direction: command === 'nextSentence' ? 1 : -1, unit: 'sentence' }
  if (event.altKey || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')) return null
  const direction = event.key === 'ArrowRight' ? 1 : -1
  return { direction, unit: event.ctrlKey || event.metaKey ? 'word' : 'character' }
}

/** The caret stands at the edge in hand. */
export function showEdge(map: OffsetMap, scroller: HTMLElement | null): void {
  const at = edgeOffset()
  if (at === null) return
  writeSelection(map, { anchor: at, focus: at })
  selectText({ anchor: at, focus: at })
  keepInSight(map, at, scroller)
}

/** Scrolls as little as brings a position into sight, with some lines around it. */
export function keepInSight(map: OffsetMap, offset: number, scroller: HTMLElement | null): void {
  if (!scroller) return
  const box = caretBox(map, offset)
  const frame = scroller.getBoundingClientRect()
  const margin = 64
  if (box.top < frame.top + margin) scroller.scrollTop -= frame.top + margin - box.top
  else if (box.top + box.height > frame.bottom - margin)
    scroller.scrollTop += box.top + box.height - frame.bottom + margin
}

function codeOfKey(event: KeyboardEvent, codes: readonly CodeRow[]): CodeRow | undefined {
  if (!isPlain(event) || !/^[a-z0-9]$/i.test(event.key)) return undefined
  const key = event.key.toLowerCase()
  return codes.find((code) => code.shortcut === key && !code.isRetired && !code.isFolder)
}
