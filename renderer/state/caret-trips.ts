/**
 * Where the caret was before a key or a list sent it elsewhere in the note: one key leads back there, however many steps
 * were made on the way.
 */
import { create } from 'zustand'
import { type TextSelection, useCoding } from './on-screen.ts'

/** More than anyone goes back. */
const MOST = 20

type Trips = {
  /** Places that were left, the last one last. */
  left: readonly TextSelection[]
  /** Where the caret was sent to; going on from there is the same trip. */
  landed: TextSelection | null
}

const NONE: Trips = { left: [], landed: null }
export const useCaretTrips = create<Trips>(() => NONE)

const isSame = (one: TextSelection | null | undefined, other: TextSelection | null | undefined) =>
  one?.anchor === other?.anchor && one?.focus === other?.focus

/** To be called before the caret is sent to a place. */
export function sendCaretTo(to: TextSelection): void {
  const { selection } = useCoding.getState()
  const { left, landed } = useCaretTrips.getState()
  const isOnTheWay = selection === null || isSame(selection, landed) || isSame(selection, left.at(-1))
  useCaretTrips.setState({ left: isOnTheWay ? left : [...left, selection].slice(-MOST), landed: to })
}

/** The place to go back to, which then is no longer one; null where there is none. */
export function takeLastPlace(): TextSelection | null {
  const { left } = useCaretTrips.getState()
  const last = left.at(-1)
  if (!last) return null
  useCaretTrips.setState({ left: left.slice(0, -1), landed: null })
  return last
}

export const forgetTrips = (): void => useCaretTrips.setState(NONE)

// A place is one of the text on screen.
useCoding.subscribe((now, before) => {
  if (now.note !== before.note) forgetTrips()
})
