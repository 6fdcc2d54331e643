/** Leaving a project: everything is saved first, and the page is empty of it before the file is closed or changed. */
import { flushSync } from 'react-dom'
import type { Picked } from '../../shared/bridge.ts'
import { keepPreferences } from '../preferences.ts'
import { client, store } from '../store.ts'
import { bringView, takeView } from './kept-view.ts'
import {
  allSaved,
  announce,
  complain,
  enterProject,
  type Locked,
  leaveProject,
  say,
  setAside,
  useSession,
} from './session.ts'

const leaving = new Set<() => Promise<boolean>>()
/** Work to be done before the project closes; false stands for "something is not saved". */
export function beforeLeaving(work: () => Promise<boolean>): void {
  leaving.add(work)
}

/** Fields save when they are left, but for those that ask which project to go to. True when nothing is left to save. */
async function areFieldsSaved(): Promise<boolean> {
  const { activeElement: field } = document
  if (field instanceof HTMLElement && !field.closest('.start-form')) field.blur()
  if (useSession.getState().unsaved === 0) return true
  await allSaved()
  return !useSession.getState().lastSaveFailed
}

async function isEverythingSaved(): Promise<boolean> {
  const areSaved = await areFieldsSaved()
  const done = await Promise.all([...leaving].map((work) => work()))
  return areSaved && done.every(Boolean)
}

/** What was written and not saved yet is saved now, as whoever wrote it; false where something could not be. */
export async function isAllKept(): Promise<boolean> {
  const { activeElement: focused } = document
  const isSaved = await isEverythingSaved()
  // Nobody leaves: the keyboard stays where it was.
  if (focused instanceof HTMLElement && document.activeElement === document.body)
    focused.focus({ preventScroll: true })
  if (isSaved) return true
  say('Not everything could be saved, so nobody else can code yet. Copy what you wrote, and try again.')
  return false
}

let hasWarned = false
/** What could not be saved keeps the project open once; a person who goes again leaves it, a clock never does. */
async function isReadyToLeave(by: 'person' | 'clock'): Promise<boolean> {
  if ((await isEverythingSaved()) || (hasWarned && by === 'person')) {
    hasWarned = false
    return true
  }
  hasWarned = by === 'person'
  say(
    'Not everything could be saved, so the project stays open. Copy your unsaved text; close or lock once more to leave without it.',
  )
  return false
}

let going: Promise<void> | null = null
/** Asked for twice at once, it is done once: a second would close the project that is opened after the first. */
function once(go: () => Promise<void>): Promise<void> {
  going ??= go().finally(() => {
    going = null
  })
  return going
}

/** Whoever sits there, if they have a PIN: it is asked for again. */
async function whoseIsPin(): Promise<string | null> {
  const seats = await store.coders.chairs({}).catch(() => null)
  const own = seats?.chairs.find(({ coderId }) => coderId === seats.sitting)
  return own?.hasPin ? own.name : null
}

/** Ends the process that held keys and texts, once its file is closed: what is asked from now on waits for a new one. */
async function endStore(): Promise<void> {
  client.disconnect()
  await window.bridge.renewStore().catch(complain)
}

/** Closes the file, which takes its keys away, and shows the way back to the same place. */
export const lockProject = (by: 'person' | 'clock' = 'person', why: string | null = null): Promise<void> =>
  once(async () => {
    const { project, file } = useSession.getState()
    if (!project || !(await isReadyToLeave(by))) return
    // Without it the person comes back to where a first visit begins; that must not keep the project open.
    await store.reading.keepView({ view: takeView() }).catch(() => {})
    const pinOf = await whoseIsPin()
    await store.project.close({}).catch(complain)
    await endStore()
    const locked: Locked = { title: project.title, isSample: project.isSample, why, pinOf }
    await keepPreferences()
    startAfresh({ locked, file })
  })

/** What a page that was loaded anew for a lock is told: kept in memory, with the window's place in its history. */
type Afresh = { locked: Locked; file: Picked | null }

/** Loading the page anew takes less; it is kept from it only by a memo that could not be saved, whose words stay. */
const AFRESH_WITHIN = 3_000

/**
 * A page forgets what it has drawn only by and by: a new one has never known the project. The unlock screen is for
 * that one to show: what is typed into one that is on its way out would be lost.
 */
function startAfresh(told: Afresh): void {
  setAside()
  window.history.replaceState(told, '')
  window.location.reload()
  window.setTimeout(comeUpLocked, AFRESH_WITHIN)
}

export const forgetLock = (): void => window.history.replaceState(null, '')

const isAfresh = (state: unknown): state is Afresh =>
  typeof state === 'object' && state !== null && 'locked' in state && 'file' in state

/** Shows the unlock screen where the page was loaded anew by a lock. */
export function comeUpLocked(): boolean {
  const { state } = window.history
  if (!isAfresh(state)) return false
  leaveProject(state.locked)
  useSession.setState({ file: state.file })
  announce('Locked')
  return true
}

export const closeProject = (): Promise<void> =>
  once(async () => {
    forgetLock()
    const { phase } = useSession.getState()
    if (phase === 'locked') return leaveProject()
    if (phase !== 'seat' && (phase !== 'open' || !(await isReadyToLeave('person')))) return
    await store.project.close({}).catch(complain)
    leaveProject()
    await endStore()
  })

/**
 * Before another project is tried in place of the one that is open: that one is saved and taken off the page, so that
 * nothing of it is asked of the other. Answers with how to show it again, or null where it has to stay.
 */
export async function makeRoom(): Promise<(() => Promise<void>) | null> {
  const { phase, file } = useSession.getState()
  if (phase !== 'open') return async () => {}
  if (!(await isReadyToLeave('person'))) return null
  const view = takeView()
  // At once: what the parts of the page still have to say goes to the project it is about.
  flushSync(setAside)
  return async () => {
    // One that is damaged cannot say any more what it is: there is nothing to go back to.
    const project = await store.project.info({}).catch(() => null)
    if (!project) return leaveProject()
    enterProject(project, file)
    bringView(view)
  }
}
