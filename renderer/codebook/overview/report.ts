/** How the codebook is used: computed by the store, and again, after a pause, when codings change. */
import type { CoderId } from '../../../shared/contract/basics.ts'
import type { CodebookOverview } from '../../../shared/contract/codebook.ts'
import type { CodeRow } from '../../../shared/contract/codes.ts'
import type { Topic } from '../../../shared/contract/events.ts'
import { type Job, useFigures } from '../../queries/use-job.ts'
import { useCoder } from '../../state/session.ts'
import { store } from '../../store.ts'

/** What makes the figures old: also who looks, for blind rounds. */
const TOPICS: readonly Topic[] = ['codings', 'codes', 'notes', 'status', 'rounds', 'coders']

/** `coder` null counts the codings of all coders. */
export function useOverview(coder: CoderId | null): Job<CodebookOverview> {
  const viewer = useCoder()
  return useFigures(JSON.stringify([viewer, coder]), TOPICS, (options) =>
    store.codebook.overview({ coderIds: coder === null ? null : [coder] }, options),
  )
}

/** A code with what is known of its use; `byCoder` in the order of the report's coders. */
export type Use = { code: CodeRow; path: string; codings: number; notes: number; byCoder: readonly number[] }

export type Which = 'all' | 'unused' | 'broad'

/** Over-broad: in more than this share (0-1) of the notes that have any code. Retired codes count as neither. */
export function usesOf(
  report: CodebookOverview,
  codes: readonly CodeRow[],
  paths: (code: CodeRow) => string,
): Use[] {
  const known = new Map(report.codes.map((each) => [each.codeId, each]))
  return codes
    .filter((code) => !code.isFolder && (!code.isRetired || known.has(code.id)))
    .map((code) => {
      const use = known.get(code.id)
      return {
        code,
        path: paths(code),
        codings: use?.codings ?? 0,
        notes: use?.notes ?? 0,
        byCoder: use?.byCoder ?? report.coders.map(() => 0),
      }
    })
}

export const isUnused = (use: Use): boolean => use.codings === 0
export const isBroad = (use: Use, notesCoded: number, threshold: number): boolean =>
  notesCoded > 0 && use.notes / notesCoded > threshold
