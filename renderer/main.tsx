import { createRoot } from 'react-dom/client'
import { asProblem } from '../shared/problem.ts'
import { DropOverlay } from './library/DropOverlay.tsx'
import { guardWindow } from './memos/drafts.ts'
import { startPreferences } from './preferences.ts'
import { App } from './shell/App.tsx'
import './shell/kept-places.ts'
import { listenToMenu } from './shell/menu.ts'
import { arrive, askFor, fileOf } from './shell/opening.ts'
import { comeUpLocked } from './state/leaving.ts'
import { complain, enterProject, leaveProject, useSession } from './state/session.ts'
import { connectStore, store } from './store.ts'
import './ui/tokens.css'

connectStore(() => {
  if (useSession.getState().phase !== 'open') return
  leaveProject()
  complain(
    new Error(
      'The part of the program that keeps the project file stopped and was restarted. Everything shown as saved is safe; open the project again.',
    ),
  )
})

/** A page that was loaded anew while nobody sat at the project begins again with its passphrase. */
async function closeUnseated(): Promise<null> {
  await store.project.close({}).catch(() => {})
  return null
}

/** A project file that was double-clicked, else the sample on a first start, else the list of projects. */
async function start(): Promise<void> {
  // Asked for at once: each answer comes from another process.
  const [open, launch] = await Promise.all([
    store.project.info({}).catch(closeUnseated),
    window.bridge.launch(),
    startPreferences(),
  ])
  if (open) return enterProject(open, await fileOf(open))
  if (comeUpLocked()) return
  if (launch.file) askFor({ name: 'unlock', picked: launch.file })
  if (launch.isFirstStart && !launch.file) {
    try {
      return await arrive(await store.project.openSample({}), null)
    } catch (error) {
      complain(asProblem(error))
    }
  }
  useSession.setState({ phase: 'closed' })
}

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <>
      <App />
      <DropOverlay />
    </>,
  )
}
guardWindow()
listenToMenu()
void start()
