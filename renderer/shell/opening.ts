/** The ways into a project: a new one, a file that is picked, one of those opened before, the sample, the locked one. */
import { useEffect, useState } from 'react'
import { create } from 'zustand'
import type { Picked, RecentProject } from '../../shared/bridge.ts'
import { CancelToken } from '../../shared/cancel.ts'
import type { CoderId } from '../../shared/contract/basics.ts'
import type { Progress } from '../../shared/contract/events.ts'
import type { Opening, OpeningNotice, ProjectInfo } from '../../shared/contract/project.ts'
import { asProblem } from '../../shared/problem.ts'
import type { CallOptions } from '../../shared/rpc.ts'
import { bringView } from '../state/kept-view.ts'
import { closeProject, forgetLock, makeRoom } from '../state/leaving.ts'
import { type AskedAtDoor, askSeat, enterProject, useSession } from '../state/session.ts'
import { store } from '../store.ts'

/** What the start screen, or the sheet over an open project, asks. */
export type Step =
  | { name: 'choose' }
  | { name: 'new' }
  | { name: 'unlock'; picked: Picked }
  | { name: 'backups'; picked: Picked }
const CHOOSE: Step = { name: 'choose' }
export const useStep = create<{ step: Step }>(() => ({ step: CHOOSE }))

/** In an open project a sheet asks, and the project stays until another is there. */
export function askFor(step: Step): void {
  useStep.setState({ step })
  const { phase } = useSession.getState()
  if (phase === 'locked' || phase === 'seat') void closeProject()
  else if (phase === 'open' && step.name !== 'choose')
    useSession.setState({ panel: step.name === 'new' ? 'newProject' : 'openProject' })
}

export const stepBack = (): void => useStep.setState({ step: CHOOSE })

export async function pickAndOpen(): Promise<void> {
  const picked = await window.bridge.pickProject()
  if (picked) askFor({ name: 'unlock', picked })
}

/** The file's name as a project's, where the project itself cannot say its title yet. */
export const nameOfFile = ({ name }: Picked): string => name.replace(/\.understory$/, '')

/** Projects opened on this computer, without the one that is open; asked for anew when that changes. */
export function useRecentProjects(): RecentProject[] {
  const [recent, setRecent] = useState<RecentProject[]>([])
  const open = useSession((state) => state.file?.ticket)
  useEffect(() => {
    window.bridge.recentProjects().then(setRecent, () => {})
  }, [])
  return recent.filter(({ ticket }) => ticket !== open)
}

/** A page that was loaded again finds a project open: of the files of its name the one opened last. */
export async function fileOf({ fileName, isSample }: ProjectInfo): Promise<Picked | null> {
  if (isSample) return null
  const recent = await window.bridge.recentProjects().catch(() => [])
  return recent.find(({ name }) => name === fileName) ?? null
}

type Way = {
  open(options: CallOptions): Promise<Opening>
  file: Picked | null
  /** The project was locked: everything stands as it was. */
  isReturn?: boolean
  /** Given with the passphrase, for whoever sat there last. */
  pin?: string
}

/** Opens a project with progress, a way to stop and words for what went wrong; one that was open stays if it fails. */
export function useOpening() {
  const [progress, setProgress] = useState<Progress | null>(null)
  const [token, setToken] = useState<CancelToken | null>(null)
  const [problem, setProblem] = useState<{ code: string; words: string } | null>(null)
  const run = async (way: Way) => {
    if (token) return
    const mine = new CancelToken()
    setToken(mine)
    setProgress(null)
    setProblem(null)
    try {
      await enter(way, { signal: mine, onProgress: setProgress })
    } catch (error) {
      const { code, message } = asProblem(error)
      if (code !== 'cancelled') setProblem({ code, words: message })
    } finally {
      setToken(null)
    }
  }
  return { run, isBusy: token !== null, problem, progress, cancel: () => token?.cancel() }
}

async function enter({ open, file, isReturn = false, pin = '' }: Way, options: CallOptions): Promise<void> {
  const goBack = await makeRoom()
  if (!goBack) return
  let opened: Opening
  try {
    opened = await open(options)
  } catch (error) {
    await goBack()
    throw error
  }
  if (file) await window.bridge.rememberProject(file.ticket)
  useSession.setState({ panel: 'none' })
  forgetLock()
  await arrive(opened, file, isReturn, pin)
}

/** Shows the project, or who is to sit down at it first; `pin` is that of whoever sat there last, if it was given. */
export async function arrive(
  opened: Opening,
  file: Picked | null,
  isReturn = false,
  pin = '',
): Promise<void> {
  if (!('chairs' in opened)) {
    const { notices, ...project } = opened
    return comeIn(project, file, notices, isReturn)
  }
  const seat: AskedAtDoor = { ...opened, file, isReturn, problem: null }
  if (pin === '') return askSeat(seat)
  try {
    await sitDownAt(seat, opened.remembered, pin)
  } catch (error) {
    askSeat({ ...seat, problem: asProblem(error).message })
  }
}

async function comeIn(
  project: ProjectInfo,
  file: Picked | null,
  notices: readonly OpeningNotice[],
  isReturn: boolean,
): Promise<void> {
  // Taken in any case: it is of the last lock, and lies in the file no longer than that.
  const { view } = await store.reading.takeView({}).catch(() => ({ view: null }))
  enterProject(project, file, notices)
  if (isReturn && view !== null) bringView(view)
  stepBack()
}

/** Somebody sits down at the project that is open. @throws Problem `wrong-pin`, which is for the field to say */
export async function sitDownAt(seat: AskedAtDoor, coderId: CoderId, pin: string | null): Promise<void> {
  const { words } = await store.coders.activate({ coderId, pin })
  const project = await store.project.info({})
  if (!project) return
  const told = words === null ? [] : [{ words, isLoss: false }]
  // What was on the screen is for whoever left it there.
  const isReturn = seat.isReturn && coderId === seat.remembered
  await comeIn(project, seat.file, [...seat.notices, ...told], isReturn)
}
