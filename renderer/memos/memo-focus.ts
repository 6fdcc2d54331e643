/**
 * Whose memo is to have the keyboard as soon as it is on screen. A quick hand does not wait for it: every key pressed
 * until then is held, in its order, and pressed again where the keyboard then is. Its letters must not become commands
 * of the note, its Backspace must not remove a coding, and its Escape must leave the memo, not the coding. What the
 * system does with a key by itself (arrows, Tab, pasting) it does not do again.
 */
import { create } from 'zustand'
import { combinationOf } from '../keys/combination.ts'
import { say, useSession } from '../state/session.ts'

/** What the memo is asked for by: see `focusKey` of MemoText. Null when none is on its way. */
export const useMemoFocus = create<{ wanted: string | null }>(() => ({ wanted: null }))

/** In ms: a memo that is not there by then does not come. */
const COMES_WITHIN = 5_000

type Taking = { root: HTMLElement; type(letter: string): void }

let held: KeyboardEventInit[] = []
let taking: Taking | null = null
let isPressing = false
let givingUp = 0

export function wantMemo(focusKey: string): void {
  useMemoFocus.setState({ wanted: focusKey })
  window.clearTimeout(givingUp)
  givingUp = window.setTimeout(giveUp, COMES_WITHIN)
  window.addEventListener('keydown', hold, { capture: true })
  window.addEventListener('pointerdown', giveUp, { capture: true })
}

// What is typed into the lock screen is for the lock screen.
useSession.subscribe(({ phase }) => phase !== 'open' && stop())

/** `root` has the keyboard now: it gets what was pressed meanwhile, its letters by `type`. */
export function takeKeyboard(root: HTMLElement, type: (letter: string) => void): void {
  useMemoFocus.setState({ wanted: null })
  taking = { root, type }
  pressNext()
}

/** Each key is pressed where the one before has led; a letter that no command is there does nothing, as in a note. */
function pressNext(): void {
  // One of them asked for another memo, which will take the rest.
  if (useMemoFocus.getState().wanted !== null) return
  const key = held.shift()
  if (!key) {
    stop()
    return
  }
  const at = document.activeElement ?? document.body
  isPressing = true
  const isFree = at.dispatchEvent(new KeyboardEvent('keydown', { ...key, bubbles: true, cancelable: true }))
  isPressing = false
  const isLetter = key.key?.length === 1 && !key.ctrlKey && !key.metaKey && !key.altKey
  if (isFree && isLetter && at === taking?.root) taking.type(key.key ?? '')
  // What a key changes is on screen, and the keyboard where it leads, before the next one.
  window.setTimeout(pressNext)
}

/** It did not come in time, or the person has gone elsewhere. */
function giveUp(): void {
  if (held.length > 0) say('The memo was not open yet: keys pressed meanwhile did nothing.')
  stop()
}

function stop(): void {
  held = []
  taking = null
  window.clearTimeout(givingUp)
  if (useMemoFocus.getState().wanted !== null) useMemoFocus.setState({ wanted: null })
  window.removeEventListener('keydown', hold, { capture: true })
  window.removeEventListener('pointerdown', giveUp, { capture: true })
}

function hold(event: KeyboardEvent): void {
  // A modifier alone does nothing; what an input method composes cannot be pressed again.
  if (isPressing || event.isComposing || combinationOf(event) === null) return
  event.preventDefault()
  event.stopImmediatePropagation()
  const { key, code, ctrlKey, metaKey, shiftKey, altKey } = event
  held.push({ key, code, ctrlKey, metaKey, shiftKey, altKey })
}
