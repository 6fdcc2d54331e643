/** The hits of a search in the note that was opened from it; gone when the text changes or the person is done. */
import { create } from 'zustand'
import type { NoteId } from '../../shared/contract/basics.ts'
import { openNote, type Range } from '../state/coding.ts'
import { announce, useSession } from '../state/session.ts'
import { client } from '../store.ts'

type Marks = { noteId: NoteId | null; ranges: readonly Range[]; at: number; query: string }

const NONE: Marks = { noteId: null, ranges: [], at: 0, query: '' }

export const useMarks = create<Marks>(() => NONE)

export const clearMarks = (): void => useMarks.setState(NONE)

export function setMarks(noteId: NoteId, ranges: readonly Range[], at: number, query: string): void {
  useMarks.setState({ noteId, ranges, at, query })
}

/** Goes round: after the last hit comes the first. */
export function stepMark(step: 1 | -1): void {
  const { noteId, ranges, at } = useMarks.getState()
  if (noteId === null || ranges.length === 0) return
  const next = (at + step + ranges.length) % ranges.length
  useMarks.setState({ at: next })
  void openNote(noteId, ranges[next])
  announce(`Hit ${next + 1} of ${ranges.length}`)
}

client.onChange((event) => {
  const { noteId } = useMarks.getState()
  if (noteId === null || !event.topics.includes('notes')) return
  if (event.noteIds === null || event.noteIds.includes(noteId)) clearMarks()
})

useSession.subscribe((now, before) => {
  if (now.phase !== 'open' && before.phase === 'open') clearMarks()
})
