/** A codebook that is looked at before it is taken in: from a file or from what the program brings. */
import { create } from 'zustand'
import type { CodebookImportPreview, CodebookSource } from '../../../shared/contract/codebook.ts'
import type { Template } from '../../../shared/contract/codes.ts'
import { asProblem } from '../../../shared/problem.ts'
import { undo } from '../../state/coding.ts'
import { coderId, goTo, saving, say, useSession } from '../../state/session.ts'
import { client, store } from '../../store.ts'
import { counted, formatCount } from '../../ui/Feedback.tsx'
import { showView, useCodebook } from '../selection.ts'
import { allTicks, firstTicks, type Ticks, toggleBranch } from './choice.ts'

type Importing = {
  /** Null while nothing is being imported. */
  source: CodebookSource | null
  /** What it is called, for the head. */
  name: string
  preview: CodebookImportPreview | null
  ticks: Ticks
  activeKey: string | null
  problem: string | null
  isBusy: boolean
}

const NOTHING: Importing = {
  source: null,
  name: '',
  preview: null,
  ticks: new Set(),
  activeKey: null,
  problem: null,
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

/** Shows what a file or template would bring. */
export function lookAt(source: CodebookSource, name: string): void {
  setState({ ...NOTHING, source, name })
  goTo('codebook')
  void look(true)
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
  setState({ source: { ...source, year }, activeKey: null })
  void look(true)
}

/** Takes names such as "Harm::Neglect" apart, or leaves them. */
export function chooseSplit(isSplit: boolean): void {
  const { source } = getState()
  if (!source || 'template' in source) return
  setState({ source: { ...source, isSplit }, activeKey: null })
  void look(true)
}

/** Reads again; the ticks stay when only the project has changed. */
async function look(isNew: boolean): Promise<void> {
  const { source } = getState()
  if (!source) return
  try {
    const preview = await store.codes.previewImport({ source })
    if (getState().source !== source) return
    const { ticks, activeKey } = getState()
    const tickable = allTicks(preview.items)
    setState({
      preview,
      problem: null,
      ticks: isNew ? firstTicks(preview.items) : new Set([...ticks].filter((key) => tickable.has(key))),
      activeKey: activeKey ?? preview.items[0]?.key ?? null,
    })
  } catch (error) {
    if (getState().source === source) setState({ preview: null, problem: asProblem(error).message })
  }
}

export const setTicks = (ticks: Ticks): void => setState({ ticks })
export const showItem = (activeKey: string): void => setState({ activeKey })

export function toggle(key: string): void {
  const { preview, ticks } = getState()
  if (preview) setState({ ticks: toggleBranch(preview.items, ticks, key) })
}

export const closeImport = (): void => setState(NOTHING)

export async function importTicked(): Promise<void> {
  const { source, preview, ticks, isBusy, name } = getState()
  if (!source || !preview || isBusy || ticks.size === 0) return
  setState({ isBusy: true })
  const work = store.codes.import({ coderId: coderId(), source, digest: preview.digest, take: [...ticks] })
  const report = await saving(work).catch(() => null)
  setState({ isBusy: false })
  if (!report) return void look(false)
  closeImport()
  showView('codes')
  say(`${name}: ${counted(report.added, 'code')} added, ${formatCount(report.updated)} changed`, {
    label: 'Undo',
    run: () => void undo(),
  })
}

/** While it is looked at the project may change, by undo for one. */
client.onChange(({ topics }) => {
  const { source, isBusy } = getState()
  if (source && !isBusy && topics.includes('codes')) void look(false)
})

/** Whoever is led to a code or a view wants to see that. */
useCodebook.subscribe((now, before) => {
  if (now.view !== before.view || now.activeId !== before.activeId) closeImport()
})

useSession.subscribe((now, before) => {
  if (now.phase !== before.phase || now.project?.id !== before.project?.id) closeImport()
})
