/** Composes the main process: what starts in which order. What each part does stands in its own file. */
import path from 'node:path'
import { app, powerMonitor } from 'electron'
import { keepMemoryOutOfDumps } from '../guard/core-dumps.ts'
import { forbidNetwork } from '../guard/network-guard.ts'
import { AppMenu } from './app-menu.ts'
import { runHeadless } from './headless.ts'
import { headlessArguments, projectFileIn } from './launch-arguments.ts'
import { lockDown, switchNetworkOff, takeNoDebugger } from './lockdown.ts'
import { FIRST_MENU, setMenu } from './menu.ts'
import { askAfterStoreStopped } from './message-boxes.ts'
import { PAGE_FOLDER, resourcesFolder, STORE_FILE, sampleFile } from './paths.ts'
import { openPagePreferences } from './preferences.ts'
import { ProjectWindow } from './project-window.ts'
import { declarePageScheme, servePage } from './protocol.ts'
import { RecentProjects } from './recent-projects.ts'
import { StoreProcess } from './store-process.ts'
import { Tickets } from './tickets.ts'
import { offerVerbs } from './verbs.ts'
import { openWindowState } from './window-state.ts'

performance.mark('understory:main')
forbidNetwork()
keepMemoryOutOfDumps()

app.setName('Understory')
// A folder of one's choice makes a portable installation, and gives each test its own.
app.setPath('userData', process.env.UNDERSTORY_USER_DATA ?? path.join(app.getPath('appData'), 'Understory'))

const command = headlessArguments(process.argv)
// Electron waits for this module: it does not become ready, and starts nothing for a screen, until the command is done.
if (command) await runHeadless(command)
// The lock is kept in the folder above, so it comes after it.
else if (app.requestSingleInstanceLock()) run()
else app.quit()

function run(): void {
  beforeReady()
  const userData = app.getPath('userData')
  const windowState = openWindowState(userData)
  const recent = new RecentProjects(userData)
  let isFirstStart = recent.entries.length === 0
  /** Once: a store that has to be started again opens what it is asked for. */
  const takeFirstStart = () => {
    const isSampleNext = isFirstStart && projectWindow.launchFile === null
    isFirstStart = false
    return isSampleNext
  }
  const tickets = new Tickets((notice) => store.tell(notice))
  const store = new StoreProcess({
    file: STORE_FILE,
    introduction: () => [
      {
        type: 'configure',
        resourcesFolder: resourcesFolder(app.getAppPath()),
        sampleFile: sampleFile(userData),
        settingsFolder: userData,
        isSampleNext: takeFirstStart(),
      },
      ...tickets.notices(),
    ],
    askToGoOn: (reason) => askAfterStoreStopped(projectWindow.current, reason),
    giveUp: () => app.quit(),
  })
  const projectWindow = new ProjectWindow(
    windowState,
    store,
    (file) => tickets.issueOnce(file),
    projectFileIn(process.argv.slice(1), process.cwd()),
  )

  followTheSystem(projectWindow)
  stopWithTheStore(store)
  void app.whenReady().then(() => {
    performance.mark('understory:ready')
    lockDown()
    servePage(PAGE_FOLDER)
    const preferences = openPagePreferences(userData)
    const menu = new AppMenu({ projectWindow, tickets, recent, preferences })
    offerVerbs({ projectWindow, tickets, windowState, recent, preferences, menu, store })
    // Both start in the same turn: the store is ready about when the page has painted.
    store.start()
    projectWindow.show()
    performance.mark('understory:window-made')
    menu.show()
    lockWithTheComputer(projectWindow)
  })
}

function beforeReady(): void {
  // As root, as in containers, Chromium cannot start with a sandbox: a development run may go without, a package not.
  if (app.isPackaged || !app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
  takeNoDebugger()
  switchNetworkOff()
  declarePageScheme()
  // Electron would put one of its own there; what this one asks for there is no page yet to do.
  setMenu(FIRST_MENU, () => {})
}

/** What the operating system and further starts of the program ask for. */
function followTheSystem(projectWindow: ProjectWindow): void {
  app.on('second-instance', (_event, args, workingFolder) => {
    projectWindow.openFromOutside(projectFileIn(args.slice(1), workingFolder))
  })
  app.on('open-file', (event, file) => {
    event.preventDefault()
    projectWindow.openFromOutside(file)
  })
  app.on('activate', () => {
    if (app.isReady()) projectWindow.show()
  })
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
}

/** Whoever locks the computer or closes its lid has left the project too. */
function lockWithTheComputer(projectWindow: ProjectWindow): void {
  const lock = () => projectWindow.lock()
  powerMonitor.on('lock-screen', lock)
  powerMonitor.on('suspend', lock)
}

/** The store closes the project file before the program ends, so that the project is one file when it is shut. */
function stopWithTheStore(store: StoreProcess): void {
  app.on('will-quit', (event) => {
    if (!store.isRunning) return
    event.preventDefault()
    void store.stop().then(() => app.exit())
  })
}
