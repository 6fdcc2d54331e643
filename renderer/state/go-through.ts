/** Going from coding to coding in the note on screen: which one is looked at, by place and one after the other. */
import type { CodingId } from '../../shared/contract/basics.ts'
import type { Coding } from '../../shared/contract/codings.ts'
import { covering } from '../../shared/intervals.ts'
import { sendCaretTo } from './caret-trips.ts'
import { nameOf } from './coding.ts'
import { useCoding } from './on-screen.ts'
import { segmentLabel } from './segment-label.ts'
import { announce } from './session.ts'

const { setState, getState } = useCoding

/** The codings of a stretch that cover a position, shortest first. */
export function codingsAt(position: number): Coding[] {
  const spans = getState().codings.flatMap((coding) => (coding.span ? [{ ...coding.span, coding }] : []))
  return covering(spans, position).map((span) => span.coding)
}

/** Selects what lies at a position; pressed again there, the next one of those that overlap. */
export function activateAt(position: number): void {
  const here = codingsAt(position)
  const at = here.findIndex((coding) => coding.id === getState().activeId)
  const next = (at + 1) % Math.max(1, here.length)
  activate(here[next]?.id ?? null, here.length > 1 ? `, ${next + 1} of ${here.length} here` : '')
}

export function activate(id: CodingId | null, more = ''): void {
  setState({ activeId: id })
  const coding = getState().codings.find((other) => other.id === id)
  if (coding) announce(`Selected ${nameOf(coding.codeId)}${more}: ${segmentLabel(coding.span)}`)
}

/** Goes to the coding before or after the caret and shows it. */
export function stepCoding(direction: 1 | -1): void {
  const { codings, activeId, selection } = getState()
  const spans = codings.filter((coding) => coding.span)
  if (spans.length === 0) {
    announce('No codings in this note yet')
    return
  }
  const at = spans.findIndex((coding) => coding.id === activeId)
  let next = at + direction
  if (at === -1) {
    const caret = selection?.focus ?? 0
    const after = spans.findIndex((coding) => (coding.span?.start ?? 0) >= caret)
    next = direction === 1 ? after : after === -1 ? spans.length - 1 : after - 1
  }
  const coding = spans[(next + spans.length) % spans.length] as Coding
  showCoding(coding)
}

export function showCoding(coding: Coding): void {
  activate(coding.id)
  if (!coding.span) return
  const selection = { anchor: coding.span.start, focus: coding.span.start }
  sendCaretTo(selection)
  setState({ target: coding.span, selection })
}
