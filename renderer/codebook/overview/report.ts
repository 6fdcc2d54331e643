/** How the codebook is used: computed by the store, and again, after a pause, when codings change. */
import { useEffect, useState } from 'react'
import { CancelToken } from '../../../shared/cancel.ts'
import type { Progress } from '../../../shared/contract.ts'
import type { CodebookOverview, CodeRow } from '../../../shared/model.ts'
import { asProblem } from '../../../shared/problem.ts'
import { client, store } from '../../store.ts'

const PAUSE = 600

type Report = { report: CodebookOverview | null; progress: Progress | null; problem: string | null }
const NOTHING: Report = { report: null, progress: null, problem: null }

/** `coder` null counts the codings of all coders. */
export function useOverview(coder: string | null): Report & { cancel(): void } {
  const [state, setState] = useState<Report>(NOTHING)
  const [token, setToken] = useState<CancelToken | null>(null)
  useEffect(() => {
    let current = new CancelToken()
    let timer = 0
    const compute = () => {
      current.cancel()
      const mine = new CancelToken()
      current = mine
      setToken(mine)
      const put = (change: Partial<Report>) => {
        if (current === mine) setState((before) => ({ ...before, ...change }))
      }
      store.codebook
        .overview(
          { coderIds: coder === null ? null : [coder] },
          { signal: mine, onProgress: (progress) => put({ progress }) },
        )
        .then(
          (report) => put({ report, progress: null, problem: null }),
          (error) => {
            const { code, message } = asProblem(error)
            put({ progress: null, problem: code === 'cancelled' ? null : message })
          },
        )
    }
    compute()
    const stop = client.onChange(({ topics }) => {
      if (!topics.some((topic) => topic === 'codings' || topic === 'codes' || topic === 'notes')) return
      window.clearTimeout(timer)
      timer = window.setTimeout(compute, PAUSE)
    })
    return () => {
      window.clearTimeout(timer)
      stop()
      current.cancel()
    }
  }, [coder])
  return { ...state, cancel: () => token?.cancel() }
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
