/** A codebook that is looked at before it is taken in: from a file or from what the program brings. */
import { keepPreviousData, queryOptions, skipToken, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { create } from 'zustand'
import type { CoderId } from '../../../shared/contract/basics.ts'
import type { CodebookImportPreview, CodebookSource } from '../../../shared/contract/codebook.ts'
import type { Template } from '../../../shared/contract/codes.ts'
import { orProblem, queryClient } from '../../queries/client.ts'
import { undo } from '../../state/coding.ts'
import { coderId, goTo, saving, say, useCoder, useSession } from '../../state/session.ts'
import { store } from '../../store.ts'
import { counted, formatCount } from '../../ui/Feedback.tsx'
import { showView, useCodebook } from '../selection.ts'
import { allTicks, firstTicks, type Ticks, toggleBranch } from './choice.ts'

type Importing = {
  /** Null while nothing is being imported. */
  source: CodebookSource | null
  /** What it is called, for the head. */
  name: string
  /** Null until the person ticks something: then what is certain is ticked. */
  ticks: Ticks | null
  activeKey: string | null
  isBusy: boolean
}

const NOTHING: Importing = {
  source: null,
  name: '',
  ticks: null,
  activeKey: null,
  isBusy: false,
}

export const useCodebookImport = create<Importing>(() => NOTHING)
const { getState, setState } = useCodebookImport

export const TEMPLATES: readonly { template: Exclude<Template, 'empty'>; label: string }[] = [
  { template: 'safeguarding', label: 'Safeguarding in CAMHS notes' },
  { template: 'referral', label: 'Referral to CAMHS' },
  { template: 'cin-factors', label: 'Children in need census factors' },
  { template: 'aces', label: 'Adverse childhood experiences (ten)' },
  { template: 'aces-expanded', label: 'Expanded adverse experiences (five more)' },
]

/** Of the census; later years have the codes of the last one seen. */
export const CENSUS_YEARS = [2024, 2023, 2022, 2021, 2020, 2019, 2018, 2017] as const

const previewOf = (coder: CoderId, source: CodebookSource) =>
  queryOptions<CodebookImportPreview>({
    queryKey: ['codebook-import', coder, source],
    queryFn: () => orProblem(store.codes.previewImport({ source })),
    // While it is looked at the project may change, by undo for one.
    meta: { topics: ['codes'] },
  })

/** What stays ticked of what can be ticked. */
const ticksIn = ({ items }: CodebookImportPreview, ticks: Ticks | null): Ticks => {
  if (ticks === null) return firstTicks(items)
  const tickable = allTicks(items)
  return new Set([...ticks].filter((key) => tickable.has(key)))
}

/** What the file or template would bring, and what of it is ticked. */
export function usePreview() {
  const coder = useCoder()
  const { source, ticks, activeKey } = useCodebookImport()
  const { data, error } = useQuery(
    {
      ...(source ? previewOf(coder, source) : { queryKey: ['nothing'], queryFn: skipToken }),
      // Of another year, or of names that are taken apart, until that is read.
      placeholderData: keepPreviousData,
    },
    queryClient,
  )
  const preview = error ? undefined : data
  const ticked = useMemo(() => preview && ticksIn(preview, ticks), [preview, ticks])
  return {
    problem: error?.message ?? null,
    shown: preview &&
      ticked && { preview, ticks: ticked, activeKey: activeKey ?? preview.items[0]?.key ?? null },
  }
}

const previewNow = (): CodebookImportPreview | undefined => {
  const { source } = getState()
  return source ? queryClient.getQueryData(previewOf(coderId(), source).queryKey) : undefined
}

/** Shows what a file or template would bring. */
export function lookAt(source: CodebookSource, name: string): void {
  setState({ ...NOTHING, source, name })
  goTo('codebook')
}

export function lookAtTemplate(template: Template): void {
  const year = template === 'cin-factors' ? CENSUS_YEARS[0] : null
  lookAt({ template, year }, TEMPLATES.find((each) => each.template === template)?.label ?? '')
}

export async function lookAtFile(): Promise<void> {
  const picked = await window.bridge.pickCodebook()
  if (picked) lookAt({ ticket: picked.ticket, isSplit: false }, picked.name)
}

export function chooseYear(year: number): void {
  const { source } = getState()
  if (!source || 'ticket' in source) return
  setState({ source: { ...source, year }, ticks: null, activeKey: null })
}

/** Takes names such as "Harm::Neglect" apart, or leaves them. */
export function chooseSplit(isSplit: boolean): void {
  const { source } = getState()
  if (!source || 'template' in source) return
  setState({ source: { ...source, isSplit }, ticks: null, activeKey: null })
}

export const setTicks = (ticks: Ticks): void => setState({ ticks })
export const showItem = (activeKey: string): void => setState({ activeKey })

export function toggle(key: string): void {
  const preview = previewNow()
  if (preview) setState(({ ticks }) => ({ ticks: toggleBranch(preview.items, ticksIn(preview, ticks), key) }))
}

export const closeImport = (): void => setState(NOTHING)

export async function importTicked(): Promise<void> {
  const { source, isBusy, name } = getState()
  const preview = previewNow()
  if (!source || !preview || isBusy) return
  const take = [...ticksIn(preview, getState().ticks)]
  if (take.length === 0) return
  setState({ isBusy: true })
  const work = store.codes.import({ coderId: coderId(), source, digest: preview.digest, take })
  const report = await saving(work).catch(() => null)
  setState({ isBusy: false })
  if (!report) return void queryClient.invalidateQueries({ queryKey: previewOf(coderId(), source).queryKey })
  closeImport()
  showView('codes')
  say(`${name}: ${counted(report.added, 'code')} added, ${formatCount(report.updated)} changed`, {
    label: 'Undo',
    run: () => void undo(),
  })
}

/** Whoever is led to a code or a view wants to see that. */
useCodebook.subscribe((now, before) => {
  if (now.view !== before.view || now.activeId !== before.activeId) closeImport()
})

useSession.subscribe((now, before) => {
  if (now.phase !== before.phase || now.project?.id !== before.project?.id) closeImport()
})
