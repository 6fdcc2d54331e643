/** Where the keys take the caret and the selection by sentence, by unit and to what is not coded yet. */
import { codePointLength } from '../../shared/offsets.ts'
import {
  grown,
  nextSentence,
  paragraphs,
  previousSentence,
  SNAPS,
  type Snap,
  sentenceEnd,
  shrunk,
  snapped,
  type TextSpan,
} from '../../shared/sentences.ts'
import { oneLine, shortened } from '../../shared/shortened.ts'
import { setPreferences, usePreferences } from '../preferences.ts'
import { sendCaretTo } from './caret-trips.ts'
import { type TextSelection, useCoding } from './on-screen.ts'
import { announce } from './session.ts'

const { setState, getState } = useCoding

/** The caret or, when extending, the selection's end, one sentence on or back. */
export function bySentence(
  text: string,
  { anchor, focus }: TextSelection,
  direction: 1 | -1,
  isExtending: boolean,
): TextSelection {
  if (direction === -1) {
    const to = previousSentence(text, focus)
    return { anchor: isExtending ? anchor : to, focus: to }
  }
  if (!isExtending) {
    const to = nextSentence(text, focus)
    return { anchor: to, focus: to }
  }
  return { anchor, focus: sentenceEnd(text, focus) }
}

/** What was selected before each growing, so that shrinking goes back the way it came. */
let trail: TextSelection[] = []
let reached: TextSelection | null = null

const isSame = (one: TextSelection | null, other: TextSelection | null) =>
  one?.anchor === other?.anchor && one?.focus === other?.focus

const rangeOf = ({ anchor, focus }: TextSelection): TextSpan => ({
  start: Math.min(anchor, focus),
  end: Math.max(anchor, focus),
})

/** The next larger selection (word, sentence, paragraph, note); null when everything is selected. */
export function grow(text: string, selection: TextSelection): TextSelection | null {
  const wide = grown(text, rangeOf(selection))
  if (!wide) return null
  if (!isSame(reached, selection)) trail = []
  trail.push(selection)
  reached = { anchor: wide.start, focus: wide.end }
  return reached
}

/** The next smaller one: back the way it grew, else around where the caret is. */
export function shrink(text: string, selection: TextSelection): TextSelection {
  const back = isSame(reached, selection) ? trail.pop() : undefined
  if (!back) trail = []
  const range = rangeOf(selection)
  const home = selection.focus === range.end ? Math.max(range.start, range.end - 1) : range.start
  const small = shrunk(text, range, home)
  reached = back ?? { anchor: small.start, focus: small.end }
  return reached
}

/** What has just been selected, in words. */
export function tellSelection(text: string, selection: TextSelection): void {
  const { start, end } = rangeOf(selection)
  const selected = text.slice(start, end)
  const words = oneLine(selected)
  if (words === '') announce('Nothing selected')
  else if (words.length <= 120) announce(`Selected: ${words}`)
  else announce(`Selected ${codePointLength(selected)} characters: ${shortened(words, 100)}`)
}

export const SNAP_WORDS = { character: 'characters', word: 'words', sentence: 'sentences' } as const

/** What the setting made of a selection, and what it was: another choice begins from that again. */
let widenedFrom: { exact: TextSelection; shown: TextSelection } | null = null

/** Says what the mouse takes at least from now on; what is selected is widened to it. The keys stay exact. */
export function setSnap(snap: Snap): void {
  setPreferences({ snap })
  const { note, selection } = getState()
  if (note && selection && selection.anchor !== selection.focus) {
    // The very selection it made: one made anew, be it of the same words, is what the person means.
    const exact = widenedFrom?.shown === selection ? widenedFrom.exact : selection
    const { start, end } = snapped(note.text, rangeOf(exact), snap)
    const isBackward = exact.focus < exact.anchor
    const shown = isBackward ? { anchor: end, focus: start } : { anchor: start, focus: end }
    widenedFrom = { exact, shown }
    setState({ selection: shown })
  }
  announce(snap === 'character' ? 'Selects characters' : `Selects whole ${SNAP_WORDS[snap]}`)
}

/** The next of: characters, words, sentences. */
export function stepSnap(): void {
  const { snap } = usePreferences.getState()
  setSnap(SNAPS[(SNAPS.indexOf(snap) + 1) % SNAPS.length] ?? 'character')
}

/** Paragraphs that no coding of this coder touches. */
export function uncodedParagraphs(text: string, spans: readonly TextSpan[]): TextSpan[] {
  return paragraphs(text).filter(
    (paragraph) => !spans.some((span) => span.start < paragraph.end && paragraph.start < span.end),
  )
}

/** Goes to the next or previous paragraph without a code, round the end of the note. */
export function stepUncoded(direction: 1 | -1): void {
  const { note, codings, selection } = getState()
  if (!note) return
  const spans = codings.flatMap(({ span }) => span ?? [])
  const open = uncodedParagraphs(note.text, spans)
  if (open.length === 0) {
    announce('Every paragraph has a code')
    return
  }
  const caret = selection?.focus ?? -1
  const here = open.findIndex(({ start, end }) => start <= caret && caret <= end)
  const after = open.findIndex(({ start }) => start > caret)
  const before = open.findLastIndex(({ end }) => end < caret)
  const next =
    direction === 1 ? (after === -1 ? 0 : after) : before === -1 || before === here ? open.length - 1 : before
  const paragraph = open[next] as TextSpan
  const to = { anchor: paragraph.start, focus: paragraph.start }
  sendCaretTo(to)
  setState({ target: paragraph, selection: to })
  const words = shortened(note.text.slice(paragraph.start, paragraph.end), 80)
  announce(`Paragraph without a code, ${next + 1} of ${open.length}: ${words}`)
}
