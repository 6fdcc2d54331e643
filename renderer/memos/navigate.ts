/** The way from a memo to what it is about or links to, and back with Alt+Left. */
import type { CodingId, NoteId } from '../../shared/contract/basics.ts'
import type { Coding } from '../../shared/contract/codings.ts'
import type { MemoSubject } from '../../shared/memo.ts'
import { showCode } from '../codebook/selection.ts'
import { setView } from '../library/note-view.ts'
import { setPreferences } from '../preferences.ts'
import { jumpToNote } from '../state/coding.ts'
import { useCoding } from '../state/on-screen.ts'
import { complain, leaveFor } from '../state/session.ts'
import { store } from '../store.ts'
import { wantMemo } from './memo-focus.ts'

export const keyOfSubject = (about: MemoSubject): string =>
  about.kind === 'project' ? 'project' : `${about.kind} ${about.id}`

export const askForMemo = (about: MemoSubject): void => wantMemo(keyOfSubject(about))

async function showCodingById(id: CodingId): Promise<void> {
  try {
    const coding = await store.codings.get({ id })
    setPreferences({ isDetailsOpen: true })
    jumpToCoding(coding)
  } catch (error) {
    complain(error)
  }
}

/** Opens the coding's note at its words, with the coding selected; where it is another coder's, at the words alone. */
export function jumpToCoding({ id, noteId, span }: Pick<Coding, 'id' | 'noteId' | 'span'>): void {
  jumpToNote(noteId, span)
  selectWhenShown(noteId, id)
}

/** The note may still be on its way; the coding is selected once it is there. */
function selectWhenShown(noteId: NoteId, id: CodingId): void {
  const isThere = ({ codings }: { codings: readonly { id: string }[] }) =>
    codings.some((coding) => coding.id === id)
  if (isThere(useCoding.getState())) {
    useCoding.setState({ activeId: id })
    return
  }
  const stop = useCoding.subscribe((state) => {
    if (state.noteId === noteId && !isThere(state)) return
    stop()
    if (state.noteId === noteId) useCoding.setState({ activeId: id })
  })
}

/** Shows what a memo is about or links to. */
export function openSubject(subject: MemoSubject): void {
  switch (subject.kind) {
    case 'coding':
      void showCodingById(subject.id)
      break
    case 'note':
      jumpToNote(subject.id, null)
      break
    case 'code':
      showCode(subject.id)
      leaveFor('codebook')
      break
    case 'case':
      setView({ query: '', status: null, attributes: [], caseId: subject.id })
      leaveFor('notes')
      break
    case 'project':
      leaveFor('memos')
  }
}
