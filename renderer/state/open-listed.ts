/** Opening notes by their place in a list. */
import { loadRow, type NoteOrder } from '../queries/note-rows.ts'
import { currentRow, openNote } from './coding.ts'
import { announce, coderId } from './session.ts'

/** Opens the note at a place of a list. */
export async function openListed(order: NoteOrder, index: number): Promise<void> {
  const num = order[index]
  const row = num === undefined ? null : await loadRow(coderId(), num)
  if (row) await openNote(row.id)
}

/** `order` is how the notes are listed, so that "next" is what a person sees as next. */
export function openNeighbour(order: NoteOrder, step: 1 | -1): void {
  const row = currentRow()
  const next = (row ? order.indexOf(row.num) : -1) + step
  if (next >= 0 && next < order.length) void openListed(order, next)
  else announce(step === 1 ? 'This is the last note' : 'This is the first note')
}
