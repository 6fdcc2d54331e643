/** Who works on which project, where in it, and what the screen has to say about it. */
import { create } from 'zustand'
import type { Picked } from '../../shared/bridge.ts'
import type { CoderId } from '../../shared/contract/basics.ts'
import type { Coder } from '../../shared/contract/coders.ts'
import type { AskedSeat, OpeningNotice, ProjectInfo } from '../../shared/contract/project.ts'
import { asProblem } from '../../shared/problem.ts'
import { idFromPage } from '../ids.ts'
import { askAnew, forgetAnswers } from '../queries/invalidation.ts'
import { client, store } from '../store.ts'

export const PLACES = [
  'notes',
  'identifiers',
  'search',
  'code',
  'codebook',
  'memos',
  'retrieval',
  'agreement',
  'themes',
  'journal',
] as const
export type Place = (typeof PLACES)[number]
export const PLACE_NAMES: Record<Place, string> = {
  notes: 'Notes',
  identifiers: 'Identifiers',
  search: 'Search',
  code: 'Code',
  codebook: 'Codebook',
  memos: 'Memos',
  retrieval: 'Retrieval',
  agreement: 'Agreement',
  themes: 'Themes',
  journal: 'Journal',
}

export type Toast = {
  id: number
  words: string
  isProblem: boolean
  action: { label: string; run(): void } | null
}

/** All that is known of a locked project in the page. `why` says what led to it, where that was no person. */
export type Locked = {
  title: string
  isSample: boolean
  why: string | null
  /** Whose PIN is asked for beside the passphrase; null where they have none. */
  pinOf: string | null
}

/** The file is open, and who sits there is asked; `isReturn`: it was locked, and whoever comes back finds what they left. */
export type AskedAtDoor = AskedSeat & { file: Picked | null; isReturn: boolean; problem: string | null }

export type Session = {
  phase: 'starting' | 'closed' | 'locked' | 'seat' | 'open'
  /** No query: who is in it and who sits there come and go in one step, for every screen at once. */
  project: ProjectInfo | null
  /** The file of the project that is open or locked; null for the sample, which the store finds by itself. */
  file: Picked | null
  /** What the unlock screen says; null unless the project is locked. */
  locked: Locked | null
  /** What the seat screen asks; null in every other phase. */
  seat: AskedAtDoor | null
  /** The active coder; empty while no project is open. */
  coderId: CoderId
  place: Place
  /** Asked for before the project was open. */
  wantedPlace: Place | null
  /** Where Alt+Left leads back to after a jump to a note. */
  cameFrom: Place | null
  toasts: Toast[]
  /** Changes sent and not yet confirmed by the store. */
  unsaved: number
  lastSaveFailed: boolean
  /** Why the last change is not saved, in the store's words. */
  saveProblem: string
  /** Nothing can be saved any more, because the file is not where it was: why, in the store's words. */
  lost: string | null
  /** What the store had to say when the project was opened; each stands until it is put away. */
  notices: readonly OpeningNotice[]
  announcement: string
  panel:
    | 'none'
    | 'palette'
    | 'shortcuts'
    | 'settings'
    | 'newProject'
    | 'openProject'
    | 'backups'
    | 'slowAnswers'
  /** The steps that can be undone stand beside the place. */
  isHistoryOpen: boolean
}

/** While no project is open. */
const NOBODY = idFromPage<CoderId>('')

export const useSession = create<Session>(() => ({
  phase: 'starting',
  project: null,
  file: null,
  locked: null,
  seat: null,
  coderId: NOBODY,
  place: 'code',
  wantedPlace: null,
  cameFrom: null,
  toasts: [],
  unsaved: 0,
  lastSaveFailed: false,
  saveProblem: '',
  lost: null,
  notices: [],
  announcement: '',
  panel: 'none',
  isHistoryOpen: false,
}))

const { setState, getState } = useSession

useSession.subscribe((now, before) => {
  if (now.phase === 'open' && before.phase === 'open' && now.coderId !== before.coderId) askAnew()
})

const NO_CODERS: readonly Coder[] = []
/** Everybody who codes in the open project, and the layers over them. */
export const useCoders = (): readonly Coder[] => useSession((state) => state.project?.coders ?? NO_CODERS)

export const useCoder = (): CoderId => useSession((state) => state.coderId)
/** Whether who works now leads. */
export const useLeads = (): boolean =>
  useSession(({ project, coderId }) => project?.coders.find((coder) => coder.id === coderId)?.role === 'lead')
/** Whether who works now may speak for the consensus: a lead, in a second pass too, or whoever does already. */
export const useMayAgree = (): boolean =>
  useSession(({ project, coderId }) => {
    const find = (id: string) => project?.coders.find((coder) => coder.id === id)
    const own = find(coderId)
    const role = find(own?.person ?? coderId)?.role
    return own?.layer === 'consensus' || role === 'lead' || role === 'adjudicator'
  })
export const coderId = (): CoderId => getState().coderId

let nextToast = 1
export function say(words: string, action: Toast['action'] = null): void {
  show(words, false, action)
}

export function complain(error: unknown): void {
  const problem = asProblem(error)
  if (problem.code === 'cancelled') return
  // It stays on the screen, once, as long as it is so.
  if (problem.code === 'file-lost') setState({ lost: problem.message })
  else show(problem.message, true, null)
}

function show(words: string, isProblem: boolean, action: Toast['action']): void {
  const id = nextToast++
  setState(({ toasts }) => ({
    toasts: [...stillNeeded(toasts, words, isProblem), { id, words, isProblem, action }],
  }))
  announce(words)
  window.setTimeout(() => dismiss(id), isProblem ? 12_000 : 5_000)
}

/** Problems at once that anyone reads. */
const MOST_PROBLEMS = 2

/** What was done last makes what was done before it old news; a problem stands until it is read, and stands once. */
function stillNeeded(toasts: readonly Toast[], words: string, isProblem: boolean): Toast[] {
  const problems = toasts.filter((toast) => toast.isProblem && toast.words !== words)
  if (!isProblem) return problems
  return [...problems.slice(1 - MOST_PROBLEMS), ...toasts.filter((toast) => !toast.isProblem)]
}

/** An offer to undo is for the act it names: once anything else was done or undone, it would undo that. */
client.onChange(({ topics }) => {
  if (!topics.includes('history')) return
  setState(({ toasts }) => ({
    toasts: toasts.map((toast) => (toast.action?.label === 'Undo' ? { ...toast, action: null } : toast)),
  }))
})

export function dismiss(id: number): void {
  setState((state) => ({ toasts: state.toasts.filter((toast) => toast.id !== id) }))
}

/** Says something to a screen reader; the same words twice are still said twice. */
export function announce(words: string): void {
  const before = getState().announcement
  setState({ announcement: before === words ? `${words}\u00a0` : words })
}

/** Runs a change; "Saved" is shown only when the store has confirmed every one. Failures are shown and rethrown. */
export async function saving<T>(work: Promise<T>): Promise<T> {
  setState((state) => ({ unsaved: state.unsaved + 1 }))
  try {
    const result = await work
    setState({ lastSaveFailed: false, lost: null })
    return result
  } catch (error) {
    setState({ lastSaveFailed: true, saveProblem: asProblem(error).message })
    complain(error)
    throw error
  } finally {
    setState((state) => ({ unsaved: state.unsaved - 1 }))
  }
}

/** Resolves once nothing is being saved any more. */
export async function allSaved(): Promise<void> {
  while (getState().unsaved > 0)
    await new Promise<void>((resolve) => {
      const stop = useSession.subscribe(() => {
        stop()
        resolve()
      })
    })
}

/** Shows "Saving" until the work is done; what its failure means is for the caller to say. */
export async function underWay<T>(work: Promise<T>): Promise<T> {
  setState((state) => ({ unsaved: state.unsaved + 1 }))
  try {
    return await work
  } finally {
    setState((state) => ({ unsaved: state.unsaved - 1 }))
  }
}

/** For event handlers: the failure has been shown already, nothing more to do. */
export function save<T>(work: Promise<T>, then?: (result: T) => void): void {
  saving(work).then(then, () => {})
}

/** The places of a project: reflexive analysis leaves out figures of agreement. */
export const placesOf = (project: ProjectInfo | null): readonly Place[] =>
  project?.isReflexive ? PLACES.filter((place) => place !== 'agreement') : PLACES

/** Before the project is open: as soon as it is. To a place that the project leaves out nobody goes; why is said. */
export function goTo(place: Place): void {
  const { phase, project } = getState()
  if (phase !== 'open') setState({ wantedPlace: place })
  else if (placesOf(project).includes(place)) setState({ place, panel: 'none' })
  else say('Agreement is hidden: this project is set to reflexive analysis (Settings, This project)')
}

/** Goes to a place so that Alt+Left leads back. */
export function leaveFor(place: Place): void {
  setState((state) => ({ cameFrom: state.place === place ? state.cameFrom : state.place }))
  goTo(place)
}

export function showPanel(panel: Session['panel']): void {
  setState((state) => ({ panel: state.panel === panel ? 'none' : panel }))
}

/** `file` is what it was opened from; null for the sample. `notices` are what its opening had to say. */
export function enterProject(
  project: ProjectInfo,
  file: Picked | null,
  notices: readonly OpeningNotice[] = [],
): void {
  forgetAnswers()
  const { wantedPlace } = getState()
  setState({
    phase: 'open',
    project,
    file,
    locked: null,
    seat: null,
    coderId: project.activeCoderId,
    place: project.notes === 0 ? 'notes' : 'code',
    wantedPlace: null,
    cameFrom: null,
    lastSaveFailed: false,
    lost: null,
    notices,
  })
  if (wantedPlace) goTo(wantedPlace)
  document.title = `${project.title} – Understory`
}

/** The file is open, and nothing of it is shown yet. */
export function askSeat(seat: AskedAtDoor): void {
  leaveProject()
  setState({ phase: 'seat', seat, file: seat.file })
}

/**
 * Empties the page of the project: nothing of it stays but, while it is locked, its name. What the person was told
 * goes too, for it may quote the project.
 */
export function leaveProject(locked: Locked | null = null): void {
  setState(({ file }) => ({
    phase: locked ? 'locked' : 'closed',
    project: null,
    file: locked ? file : null,
    locked,
    seat: null,
    coderId: NOBODY,
    wantedPlace: null,
    cameFrom: null,
    panel: 'none',
    isHistoryOpen: false,
    toasts: [],
    lost: null,
    notices: [],
    announcement: '',
  }))
  forgetAnswers()
  document.title = locked ? 'Locked – Understory' : 'Understory'
}

/** While another project is tried, the page shows none; panels stay, for one of them asks for it. */
export function setAside(): void {
  setState({ phase: 'starting', project: null, coderId: NOBODY, cameFrom: null, isHistoryOpen: false })
  forgetAnswers()
}

export async function refreshProject(): Promise<void> {
  const project = await store.project.info({}).catch(() => null)
  if (!project || getState().phase !== 'open') return
  // A second pass that was just undone is nobody any more: who began it goes on.
  const isThere = project.coders.some(({ id }) => id === getState().coderId)
  setState(isThere ? { project } : { project, coderId: project.activeCoderId })
}
