/**
 * Moving an edge of a coding: choose the edge, move it with the painting following, then keep it or give it up.
 * Whatever takes the person elsewhere keeps what is on screen; it can be undone.
 */
import { create } from 'zustand'
import type { CodingId, NoteId } from '../../shared/contract/basics.ts'
import { splitsPair } from '../../shared/offsets.ts'
import { type Snap, steppedEdge } from '../../shared/sentences.ts'
import { store } from '../store.ts'
import { nameOf } from './coding.ts'
import { changeCodings, codingInHand } from './coding-edits.ts'
import { type Range, showDraft, useCoding } from './on-screen.ts'
import { announce, coderId, save, say } from './session.ts'

export type Side = 'start' | 'end'
export type Edge = { id: CodingId; noteId: NoteId; side: Side; from: Range; span: Range }

export const useEdge = create<{ edge: Edge | null }>(() => ({ edge: null }))
const current = (): Edge | null => useEdge.getState().edge

/** Where the edge in hand stands; null while none is. */
export function edgeOffset(): number | null {
  const edge = current()
  return edge === null ? null : edge.span[edge.side]
}

/** Takes an edge of the coding in hand: the end first, the other one when one is taken already. */
export function takeEdge(side?: Side): boolean {
  const before = current()
  if (before) {
    const other = before.side === 'end' ? 'start' : 'end'
    useEdge.setState({ edge: { ...before, side: side ?? other } })
    announce(`${side === undefined ? sideName(other) : sideName(side)} edge`)
    return true
  }
  const coding = codingInHand()
  if (!coding?.span) {
    say('Select a coding first: click it, or go to it with [ and ].')
    return false
  }
  const taken = side ?? 'end'
  const { id, noteId, span } = coding
  useCoding.setState({ activeId: id })
  useEdge.setState({ edge: { id, noteId, side: taken, from: span, span } })
  announce(
    `${sideName(taken)} edge of ${nameOf(coding.codeId)}. Arrow keys move it, E goes to the other edge, Enter saves, Escape cancels.`,
  )
  return true
}

const sideName = (side: Side): string => (side === 'end' ? 'End' : 'Start')

/** Puts the edge in hand at a position; it stops one character before the other edge. */
export function moveEdgeTo(offset: number): void {
  const edge = current()
  const { note, codings } = useCoding.getState()
  const coding = codings.find((other) => other.id === edge?.id)
  if (!edge || !note || !coding) return
  const { text } = note
  const bounded =
    edge.side === 'end'
      ? Math.max(steppedEdge(text, edge.span.start, 1, 'character'), Math.min(offset, text.length))
      : Math.min(steppedEdge(text, edge.span.end, -1, 'character'), Math.max(offset, 0))
  const whole = splitsPair(text, bounded) ? bounded + (edge.side === 'end' ? 1 : -1) : bounded
  if (whole === edge.span[edge.side]) return
  const span = { ...edge.span, [edge.side]: whole }
  useEdge.setState({ edge: { ...edge, span } })
  showDraft({ ...coding, span })
  tellPlace(text, edge.side, whole)
}

/** Moves the edge in hand by a character, word or sentence. */
export function stepEdge(direction: 1 | -1, unit: Snap): void {
  const at = edgeOffset()
  const { note } = useCoding.getState()
  if (at !== null && note) moveEdgeTo(steppedEdge(note.text, at, direction, unit))
}

const SAID = 24
const wordsAfter = (text: string, at: number): string => {
  const end = at + SAID
  return text.slice(at, splitsPair(text, end) ? end - 1 : end).trim()
}
const wordsBefore = (text: string, at: number): string => {
  const start = Math.max(0, at - SAID)
  return text.slice(splitsPair(text, start) ? start + 1 : start, at).trim()
}

let telling = 0
/** A screen reader hears the words at the edge when it rests. */
function tellPlace(text: string, side: Side, at: number): void {
  window.clearTimeout(telling)
  telling = window.setTimeout(() => {
    announce(
      side === 'end' ? `Ends after “${wordsBefore(text, at)}”` : `Starts with “${wordsAfter(text, at)}”`,
    )
  }, 250)
}

export function keepEdge(): void {
  const edge = current()
  if (!edge) return
  const { id, from, span } = edge
  useEdge.setState({ edge: null })
  window.clearTimeout(telling)
  const isMoved = from.start !== span.start || from.end !== span.end
  const isHere = useCoding.getState().noteId === edge.noteId
  // First the change, then away with the draft: what is painted stays as it is.
  if (isMoved && isHere) void changeCodings([{ id, span }])
  else if (isMoved) save(store.codings.change({ coderId: coderId(), changes: [{ id, span }] }))
  showDraft(null)
  announce(isMoved ? 'Edge moved' : 'Edge not moved')
}

export function leaveEdge(): void {
  if (!current()) return
  useEdge.setState({ edge: null })
  window.clearTimeout(telling)
  showDraft(null)
  announce('Cancelled. Edge not moved')
}

useCoding.subscribe((now, before) => {
  const edge = current()
  if (!edge || (now.activeId === before.activeId && now.noteId === before.noteId)) return
  if (now.noteId === edge.noteId && !now.codings.some((coding) => coding.id === edge.id)) leaveEdge()
  else if (now.activeId !== edge.id || now.noteId !== edge.noteId) keepEdge()
})
