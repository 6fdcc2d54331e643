/** How a job says how far it is, and ends where it is cancelled. */
import { type CancelSignal, NEVER } from '../../../shared/cancel.ts'
import type { CoderId } from '../../../shared/contract/basics.ts'
import type { Progress } from '../../../shared/contract/events.ts'
import { Problem } from '../../../shared/problem.ts'

export type JobOptions = {
  signal?: CancelSignal
  onProgress?: (progress: Progress) => void
  /** Who looks: notes that a blind round keeps from them do not count. Null: nobody who codes. */
  viewer?: CoderId | null
}

/** Throws `cancelled` once it was asked for; reports how far the work is. */
export function checkpoint({ signal = NEVER, onProgress }: JobOptions, progress: Progress): void {
  if (signal.aborted) throw new Problem('cancelled', 'The calculation was cancelled. Nothing was changed.')
  onProgress?.(progress)
}

/** How a bootstrap of so many replicates reports and is ended: at once where it was asked to. */
export const loopOf = (
  options: JobOptions,
  replicates: number,
): { shouldStop(): boolean; onProgress(share: number): void } => ({
  shouldStop: () => options.signal?.aborted === true,
  onProgress: (share) =>
    checkpoint(options, {
      done: Math.round(share * replicates),
      total: replicates,
      words: 'resamples',
    }),
})
