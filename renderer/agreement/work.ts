/** What is compared and what came of it, kept while the person looks at a passage in a note and comes back. */
import { useEffect, useRef, useState } from 'react'
import type { Measure } from '../../shared/agreement-definitions.ts'
import { CancelToken } from '../../shared/cancel.ts'
import type { Progress } from '../../shared/contract.ts'
import type { AgreementReport, AgreementUnit, ConfusionReport, RoundRow } from '../../shared/model.ts'
import { asProblem } from '../../shared/problem.ts'
import { useStore } from '../queries.ts'
import { useSession } from '../state/session.ts'
import { client, store } from '../store.ts'
import type { Lines } from './figures.ts'
import type { Asked } from './PassagePane.tsx'

export type Setup = {
  coderIds: string[]
  unit: AgreementUnit
  replicates: string
  /** Null: all notes. */
  roundId: string | null
}
export type View = 'codes' | 'confused' | 'rounds'
/** What stands beside the table. */
export type Beside =
  | { kind: 'reading'; codeId: string }
  /** `readingOf`: the code whose reading the passages were opened from, to go back to. */
  | { kind: 'passages'; asked: Asked; readingOf: string | null }
  | { kind: 'definition'; measure: Measure }

type Work = {
  report: AgreementReport | null
  /** Of two coders only. */
  confusion: ConfusionReport | null
  progress: Progress | null
  token: CancelToken | null
  problem: string | null
  isOld: boolean
}

const IDLE: Work = {
  report: null,
  confusion: null,
  progress: null,
  token: null,
  problem: null,
  isOld: false,
}
/** The same draws each time, so that two people see the same interval. */
export const SEED = 1

type Kept = { setup: Setup; work: Work; view: View; beside: Beside | null; lines: Lines; project: string }
let kept: Kept | null = null

/** The setting, the reports and the way they are looked at. */
export function useAgreement() {
  const project = useSession((state) => state.project)
  const mine = kept && kept.project === project?.id ? kept : null
  const [setup, setSetup] = useState<Setup>(
    mine?.setup ?? {
      coderIds: (project?.coders ?? []).slice(0, 2).map((coder) => coder.id),
      unit: 'note',
      replicates: '1000',
      roundId: null,
    },
  )
  const [work, setWork] = useState<Work>(mine?.work ?? IDLE)
  const [view, setView] = useState<View>(mine?.view ?? 'codes')
  const [beside, setBeside] = useState<Beside | null>(mine?.beside ?? null)
  const [lines, setLines] = useState<Lines>(mine?.lines ?? 'none')
  const opener = useRef<Element | null>(null)
  useEffect(() => {
    kept = { setup, work: { ...work, token: null }, view, beside, lines, project: project?.id ?? '' }
  }, [setup, work, view, beside, lines, project])
  useEffect(
    () =>
      client.onChange((event) => {
        if (event.topics.some((topic) => ['codings', 'status', 'codes'].includes(topic))) {
          setWork((before) => (before.report ? { ...before, isOld: true } : before))
        }
      }),
    [],
  )
  const { data: rounds } = useStore('rounds.list', project ? {} : null)
  const isRoundGone =
    rounds !== undefined && setup.roundId !== null && !rounds.some(({ id }) => id === setup.roundId)
  useEffect(() => {
    if (!isRoundGone) return
    setSetup((before) => ({ ...before, roundId: null }))
    setWork((before) => ({ ...before, isOld: true }))
  }, [isRoundGone])
  const change = (changes: Partial<Setup>) => {
    setSetup((before) => ({ ...before, ...changes }))
    setWork((before) => ({ ...before, isOld: true }))
    setBeside(null)
  }
  const compute = async ({ coderIds, unit, replicates, roundId }: Setup = setup) => {
    const token = new CancelToken()
    setWork((before) => ({ ...before, token, progress: null, problem: null }))
    setBeside(null)
    const options = {
      signal: token,
      onProgress: (progress: Progress) => setWork((before) => ({ ...before, progress })),
    }
    try {
      const report = await store.agreement.compute(
        { coderIds, unit, roundId, codeIds: null, replicates: Number(replicates), seed: SEED },
        options,
      )
      const confusion =
        coderIds.length === 2 ? await store.agreement.confusion({ coderIds, unit, roundId }, options) : null
      setWork({ ...IDLE, report, confusion })
    } catch (error) {
      const { code, message } = asProblem(error)
      setWork((before) => ({ ...before, token: null, problem: code === 'cancelled' ? null : message }))
    }
  }
  /** Compares the coders of a round on its notes. */
  const compare = (round: RoundRow) => {
    const next = { ...setup, roundId: round.id, coderIds: round.coders.map(({ coderId }) => coderId) }
    change(next)
    setView('codes')
    void compute(next)
  }
  const show = (next: View) => {
    setView(next)
    setBeside(null)
  }
  /** What opened it gets the keyboard back when it is closed. */
  const open = (next: Beside) => {
    if (!document.activeElement?.closest('aside')) opener.current = document.activeElement
    setBeside(next)
  }
  const close = () => {
    if (beside?.kind === 'passages' && beside.readingOf !== null) {
      setBeside({ kind: 'reading', codeId: beside.readingOf })
      return
    }
    setBeside(null)
    if (opener.current instanceof HTMLElement) opener.current.focus()
  }
  return { setup, change, work, compute, compare, view, show, beside, open, close, lines, setLines }
}
