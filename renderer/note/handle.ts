import type { TextSelection } from '../state/coding.ts'
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
}

export const noteHandle: { current: NoteHandle | null } = { current: null }
