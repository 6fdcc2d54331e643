/** What can be done to one code or to several: each is one step that one undo takes back. */
import type { CodeId, CodingId } from '../../shared/contract/basics.ts'
import type { CodeRow } from '../../shared/contract/codes.ts'
import { undo } from '../state/coding.ts'
import { coderId, saving, say } from '../state/session.ts'
import { store } from '../store.ts'
import { counted } from '../ui/Feedback.tsx'
import type { Arranging } from './moves.ts'
import { ask, choose, showPane } from './selection.ts'

const UNDO = { label: 'Undo', run: () => void undo() }

/** “Neglect”, or "3 codes". */
export const namesOf = (codes: readonly CodeRow[]): string =>
  codes.length === 1 ? `“${codes[0]?.name}”` : counted(codes.length, 'code')

const isDone = (work: Promise<unknown>): Promise<boolean> =>
  saving(work).then(
    () => true,
    () => false,
  )

export async function arrange({ how, moves }: Arranging): Promise<void> {
  await isDone(store.codes.arrange({ coderId: coderId(), how, moves }))
}

/** Retires the codes, or restores them where all of them are retired. */
export async function retireOrRestore(codes: readonly CodeRow[]): Promise<void> {
  const isRetired = !codes.every((code) => code.isRetired)
  const changed = codes.filter((code) => code.isRetired !== isRetired)
  const ids = changed.map(({ id }) => id)
  if (ids.length === 0 || !(await isDone(store.codes.setRetired({ coderId: coderId(), ids, isRetired }))))
    return
  const its = changed.length === 1 ? 'Its' : 'Their'
  const kept = changed.some((code) => code.codings > 0) ? `. ${its} codings stay.` : ''
  say(isRetired ? `Retired ${namesOf(changed)}${kept}` : `Restored ${namesOf(changed)}`, UNDO)
}

export async function recolour(codes: readonly CodeRow[], colour: string): Promise<void> {
  const ids = codes.filter((code) => !code.isFolder).map(({ id }) => id)
  if (ids.length > 0) await isDone(store.codes.updateAll({ coderId: coderId(), ids, changes: { colour } }))
}

export async function deleteCodes(codes: readonly CodeRow[], words: string): Promise<void> {
  const ids = codes.map(({ id }) => id)
  if (!(await isDone(store.codes.delete({ coderId: coderId(), ids })))) return
  ask(null)
  showPane('entry')
  say(`Deleted ${words}`, UNDO)
}

export async function mergeCodes(into: CodeRow, from: readonly CodeRow[]): Promise<void> {
  const ids = from.map(({ id }) => id)
  if (!(await isDone(store.codes.merge({ coderId: coderId(), into: into.id, from: ids })))) return
  ask(null)
  choose([into.id])
  const codings = from.reduce((sum, code) => sum + code.codings, 0)
  say(`Merged ${namesOf(from)} into “${into.name}”: ${counted(codings, 'coding')} moved`, UNDO)
}

export async function moveCodings(
  how: 'split' | 'move',
  from: CodeRow,
  moves: readonly { codingId: CodingId; codeId: CodeId }[],
): Promise<boolean> {
  const work = store.codes.moveCodings({ coderId: coderId(), how, from: from.id, moves: [...moves] })
  if (!(await isDone(work))) return false
  const targets = new Set(moves.map(({ codeId }) => codeId)).size
  const where = targets === 1 ? 'another code' : counted(targets, 'other code')
  say(`Moved ${counted(moves.length, 'coding')} of “${from.name}” to ${where}`, UNDO)
  return true
}
