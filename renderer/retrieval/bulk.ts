/** One act on many segments, as one step that one undo takes back. Only the coder's own codings are ever changed. */
import type { CodeId, CoderId } from '../../shared/contract/basics.ts'
import type { CodeRow } from '../../shared/contract/codes.ts'
import type { FoundSegment } from '../../shared/contract/retrieval.ts'
import { applyToAll, overlapWords } from '../codes/apply-to-all.ts'
import { undo } from '../state/coding.ts'
import { finishedRule } from '../state/finished.ts'
import { rememberCode } from '../state/recent-codes.ts'
import { coderId, saving, say } from '../state/session.ts'
import { store } from '../store.ts'
import { counted, formatCount } from '../ui/Feedback.tsx'

type PartOfSegment = FoundSegment['codings'][number]

/** What the act would touch: the coder's codings by code, and how many are others' and stay. */
export type Touched = {
  byCode: ReadonlyMap<CodeId, readonly PartOfSegment[]>
  own: readonly PartOfSegment[]
  others: number
}

/** As many as the store takes in one step. */
const MOST = 10_000

/** A coding that is part of several segments counts once. */
export function touchedBy(segments: readonly FoundSegment[], coder: CoderId): Touched {
  const codings = new Map(segments.flatMap(({ codings }) => codings.map((each) => [each.id, each] as const)))
  const own = [...codings.values()].filter((each) => each.coderId === coder)
  const byCode = new Map<CodeId, PartOfSegment[]>()
  for (const coding of own) byCode.set(coding.codeId, [...(byCode.get(coding.codeId) ?? []), coding])
  return { byCode, own, others: codings.size - own.length }
}

const UNDO = { label: 'Undo', run: () => void undo() }

const leftWords = (others: number): string =>
  others === 0
    ? ''
    : `; ${formatCount(others)} by other coders ${others === 1 ? 'was' : 'were'} left as ${others === 1 ? 'it is' : 'they are'}`

/** True, and said why, where there is nothing the coder may change, or too much for one step. */
function isRefused(codings: readonly unknown[], others: number): boolean {
  if (codings.length === 0 && others > 0)
    say(
      `${others === 1 ? 'This coding is' : `These ${formatCount(others)} codings are`} by other coders; only they can change them. Nothing was changed.`,
    )
  else if (codings.length > MOST)
    say(`At most ${formatCount(MOST)} codings can be changed in one step. Tick fewer. Nothing was changed.`)
  else return codings.length === 0
  return true
}

export async function recode(
  codings: readonly PartOfSegment[],
  others: number,
  code: Pick<CodeRow, 'id' | 'name'>,
): Promise<void> {
  const changed = codings.filter(({ codeId }) => codeId !== code.id)
  if (codings.length > 0 && changed.length === 0)
    return say(`All of them have the code “${code.name}” already. Nothing was changed.`)
  if (isRefused(changed, others)) return
  const changes = changed.map(({ id }) => ({ id, codeId: code.id }))
  const done = await saving(store.codings.change({ coderId: coderId(), changes })).catch(() => null)
  if (!done) return
  rememberCode(code.id)
  say(`Recoded ${counted(changed.length, 'coding')} to “${code.name}”${leftWords(others)}`, UNDO)
}

export async function removeCodings(
  codings: readonly PartOfSegment[],
  others: number,
  name: string | null,
): Promise<void> {
  if (isRefused(codings, others)) return
  const ids = codings.map(({ id }) => id)
  const done = await saving(store.codings.remove({ coderId: coderId(), ids })).catch(() => null)
  if (!done) return
  const what = counted(ids.length, 'coding')
  say(
    `Removed ${name === null ? what : `“${name}” from ${counted(ids.length, 'segment')}`}${leftWords(others)}`,
    UNDO,
  )
}

/** Codes the very stretches, whole notes as whole notes. */
export async function addCode(
  segments: readonly FoundSegment[],
  code: Pick<CodeRow, 'id' | 'name'>,
): Promise<void> {
  const ranges = segments.map(({ noteId, span }) => ({
    noteId,
    start: span?.start ?? null,
    end: span?.end ?? null,
  }))
  if (ranges.length === 0) return
  await applyToAll(code, ranges, finishedRule(), ({ added, duplicate, overlapping }) => {
    const already = `${formatCount(duplicate)} ${duplicate === 1 ? 'has' : 'have'} it already`
    if (added === 0) return say(`Nothing to add: ${already}.`)
    say(
      `Applied “${code.name}” to ${counted(added, 'segment')}${duplicate > 0 ? `; ${already}` : ''}${overlapWords(overlapping)}`,
      UNDO,
    )
  })
}
