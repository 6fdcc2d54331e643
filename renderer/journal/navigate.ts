/** The way from an entry of the journal to what it touched. */
import { create } from 'zustand'
import type { JournalPlace } from '../../shared/contract/history.ts'
import { showRound } from '../library/note-view.ts'
import { jumpToCoding, openSubject } from '../memos/navigate.ts'
import { jumpToNote } from '../state/coding.ts'
import { leaveFor, useSession } from '../state/session.ts'

type BulkEntry = { seq: number; words: string }

/** The entry whose parts are listed beside the journal. */
export const useParts = create<{ entry: BulkEntry | null }>(() => ({ entry: null }))
export const showParts = (entry: BulkEntry | null): void => useParts.setState({ entry })

/** The entry is named as the journal named it to whoever sat there. */
useSession.subscribe((now, before) => {
  if (now.project?.id !== before.project?.id || now.coderId !== before.coderId) showParts(null)
})

export function openPlace(place: JournalPlace): void {
  if (place.kind === 'note') {
    const { noteId, span, codingId } = place
    if (codingId === undefined) jumpToNote(noteId, span)
    else jumpToCoding({ id: codingId, noteId, span })
  } else if (place.kind === 'subject') openSubject(place.about)
  else {
    showRound(place.roundId)
    leaveFor('notes')
  }
}
