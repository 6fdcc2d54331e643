/** One code on many stretches of many notes, as one step; asks first where some stand in notes that are finished. */
import type { CodeRow } from '../../shared/contract/codes.ts'
import type { ArgsOf, ResultOf } from '../../shared/contract/index.ts'
import { askFinished } from '../state/finished.ts'
import { rememberCode } from '../state/recent-codes.ts'
import { coderId, saving } from '../state/session.ts'
import { store } from '../store.ts'
import { counted } from '../ui/Feedback.tsx'

type Args = ArgsOf<'codings.applyToRanges'>

export async function applyToAll(
  code: Pick<CodeRow, 'id' | 'name'>,
  ranges: Args['ranges'],
  rule: NonNullable<Args['finished']>,
  onDone: (done: ResultOf<'codings.applyToRanges'>) => void,
): Promise<void> {
  const work = store.codings.applyToRanges({ coderId: coderId(), codeId: code.id, ranges, finished: rule })
  const done = await saving(work).catch(() => null)
  if (!done) return
  const { finished } = done
  if (rule === 'ask' && finished.ranges > 0)
    return askFinished({
      words: `${counted(finished.ranges, 'of them is', 'of them are')} in ${counted(finished.notes, 'note')} you marked finished. “${code.name}” is not applied yet.`,
      canLeave: finished.ranges < ranges.length,
      run: (answer) => void applyToAll(code, ranges, answer, onDone),
    })
  rememberCode(code.id)
  onDone(done)
}

/** Said like a coding by hand that overlaps another: its words count twice until the two are united. */
export const overlapWords = (overlapping: number): string =>
  overlapping === 0
    ? ''
    : `; ${counted(overlapping, 'overlaps a coding', 'overlap codings')} of yours with this code, which counts those words twice: open the note and unite them (U)`
