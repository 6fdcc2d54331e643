/** The list of codings as a place for the keyboard: to the entry of a coding, and on to the next when one is removed. */
import type { CodingId } from '../../shared/contract/basics.ts'
import type { Coding } from '../../shared/contract/codings.ts'
import { keepingPlace, noteHandle } from '../note/handle.ts'
import { setPreferences, usePreferences } from '../preferences.ts'
import { sendCaretTo, takeLastPlace } from '../state/caret-trips.ts'
import { removeCoding, useCoding } from '../state/coding.ts'
import { codingInHand } from '../state/coding-edits.ts'
import { segmentLabel } from '../state/segment-label.ts'
import { announce, say } from '../state/session.ts'

const list = () =>
  document.querySelector<HTMLElement>('[data-pane="inspector"] [role="listbox"][aria-label="Codings"]')

/** From the caret to the entry of the coding that is looked at, or covers it; Alt+Left leads back. */
export function goToEntry(): void {
  const { selection } = useCoding.getState()
  if (!codingInHand()) {
    say('No coding here. Go to one with [ and ] first.')
    return
  }
  if (!usePreferences.getState().isCodePaneOpen) keepingPlace(() => setPreferences({ isCodePaneOpen: true }))
  if (selection) sendCaretTo(selection)
  const found = list()
  if (found) found.focus()
  else say('The filter hides this coding. Clear the filter to see it.')
}

/**
 * Removes a coding of the list `among`; its neighbour there is looked at then, and has the keyboard. Without one the
 * keyboard is in the text.
 */
export function removeAndGoOn(id: CodingId, among: readonly Coding[] = useCoding.getState().codings): void {
  const at = among.findIndex((coding) => coding.id === id)
  const neighbour = among[at + 1] ?? among[at - 1] ?? null
  void removeCoding(id)
  useCoding.setState({ activeId: neighbour?.id ?? null })
  const home = neighbour && list()
  if (home) home.focus()
  else noteHandle.current?.focus()
}

/** In characters: the words that tell where the caret is. */
const WORDS = 60

/** Puts the caret back where it was before it was sent elsewhere in this note. */
export function goBackInNote(): void {
  const place = takeLastPlace()
  if (!place || !noteHandle.current) return
  noteHandle.current.focus()
  noteHandle.current.select(place)
  announce(`Back at ${segmentLabel({ start: place.focus, end: place.focus + WORDS })}`)
}
