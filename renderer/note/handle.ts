import type { Anchor } from '../ui/Floating.tsx'

/** What the rest of the page may ask of the note on screen. */
export type NoteHandle = {
  focus(): void
  /** Where the selection (or the caret) is in the window, for things that open beside it. */
  anchor(): Anchor
}

export const noteHandle: { current: NoteHandle | null } = { current: null }
