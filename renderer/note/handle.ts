import { flushSync } from 'react-dom'
import type { Range, TextSelection } from '../state/coding.ts'
import type { Anchor } from '../ui/Floating.tsx'

/** What the rest of the page may ask of the note on screen. */
export type NoteHandle = {
  focus(): void
  /** Where the selection (or the caret) is in the window, for things that open beside it. */
  anchor(): Anchor
  /** Selects, and keeps the end that moves in sight. */
  select(selection: TextSelection): void
  /** Puts the caret at the edge of a coding that has been taken. */
  showEdge(): void
  /** Scrolls as little as shows a stretch again that something has come to stand over. */
  bringInSight(range: Range): void
  /** Makes a change of the page, and scrolls so that the line that is read is where it was. */
  keepPlace(change: () => void): void
}

export const noteHandle: { current: NoteHandle | null } = { current: null }

/** What is being read stays where it is while `change` gives the note another width. */
export function keepingPlace(change: () => void): void {
  const now = () => flushSync(change)
  if (noteHandle.current) noteHandle.current.keepPlace(now)
  else now()
}
