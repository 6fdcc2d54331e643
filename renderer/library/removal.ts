/** Notes that are about to be removed: asked for in the table of notes or in the note list, and what is said of it. */
import { create } from 'zustand'
import type { Coder } from '../../shared/contract/coders.ts'
import type { NoteRemoval } from '../../shared/contract/notes.ts'
import { closeNote, currentRow, undo } from '../state/coding.ts'
import { coderId, saving, say, useSession } from '../state/session.ts'
import { store } from '../store.ts'
import { counted } from '../ui/Feedback.tsx'
import { setView, useNoteView } from './note-view.ts'
import { untickAll } from './ticks.ts'

type Asked = { nums: readonly number[]; in: 'table' | 'list' } | null
export const useRemoval = create<{ asked: Asked }>(() => ({ asked: null }))
const { setState } = useRemoval

useSession.subscribe((now, before) => {
  if (now.project?.id !== before.project?.id || now.place !== before.place || now.coderId !== before.coderId)
    leaveRemoval()
})

export function askToRemove(nums: readonly number[], where: 'table' | 'list'): void {
  if (nums.length > 0) setState({ asked: { nums, in: where } })
}
export const leaveRemoval = (): void => setState({ asked: null })

const listed = (parts: readonly string[]): string =>
  parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`

/** "Amara’s 14 codings", or "14 codings of 2 coders (Amara 10, Ben 4)". */
function codingWords(codings: NoteRemoval['codings'], coders: readonly Pick<Coder, 'id' | 'name'>[]): string {
  const nameOf = (id: string) => coders.find((coder) => coder.id === id)?.name ?? 'a coder'
  const all = codings.reduce((sum, each) => sum + each.codings, 0)
  const [only] = codings
  if (codings.length === 1 && only) return `${counted(all, 'coding')} of ${nameOf(only.coderId)}`
  const each = codings.map((one) => `${nameOf(one.coderId)} ${one.codings}`).join(', ')
  return `${counted(all, 'coding')} of ${counted(codings.length, 'coder')} (${each})`
}

/** “Home visit”, “Settled week.” (N3) of a note without a title, or "2 notes". */
export function notesInWords(count: number, called: Pick<NoteRemoval, 'name' | 'id'> | undefined): string {
  if (count !== 1 || !called?.name) return counted(count, 'note')
  return called.id === null ? `“${called.name}”` : `“${called.name}” (${called.id})`
}

/** "Removes 2 notes with 14 codings of 2 coders (Amara 10, Ben 4) and 3 memos." */
export function removalWords(
  count: number,
  { codings, memos, rounds, isKept, ...called }: NoteRemoval,
  coders: readonly Pick<Coder, 'id' | 'name'>[],
): string {
  const it = count === 1 ? 'it' : 'them'
  const parts = [
    ...(codings.length > 0 ? [codingWords(codings, coders)] : []),
    ...(memos > 0 ? [counted(memos, 'memo')] : []),
    ...(rounds.length > 0 ? [`${count === 1 ? 'its' : 'their'} place in ${listed(rounds)}`] : []),
    ...(isKept ? [`whatever a blind round hides from you on ${it}`] : []),
  ]
  const what = notesInWords(count, called)
  return parts.length > 0
    ? `Removes ${what} with ${listed(parts)}.`
    : `Removes ${what}. There are no codings or memos on ${it}.`
}

/** The note that is open or looked at goes from the screen with the rest. */
export async function removeNow(
  nums: readonly number[],
  called: Pick<NoteRemoval, 'name' | 'id'> | undefined,
): Promise<boolean> {
  const open = currentRow()
  const isDone = await saving(store.notes.remove({ coderId: coderId(), nums: [...nums] })).then(
    () => true,
    () => false,
  )
  if (!isDone) return false
  leaveRemoval()
  untickAll()
  if (useNoteView.getState().side?.kind === 'facts') setView({ side: null })
  if (open && nums.includes(open.num)) closeNote()
  say(`Removed ${notesInWords(nums.length, called)}`, { label: 'Undo', run: () => void undo() })
  return true
}
