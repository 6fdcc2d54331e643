/**
 * Stands where the runtime's own starter stands: runs the program's script, and when that has quit, runs it anew on
 * other settings in the same process. Nothing of the program knows of it. UNDERSTORY_E2E_APP says where the program lies.
 *
 * Tests call `globalThis.starter`: `quit()`, then `begin({ userData, args })`.
 */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import electron, { app, clipboard, dialog, ipcMain, protocol } from 'electron'

const place = process.env.UNDERSTORY_E2E_APP ?? ''
const { main, name, version } = JSON.parse(readFileSync(path.join(place, 'package.json'), 'utf8'))
const firstDialogs = { ...dialog }
const firstListeners = new Map(app.eventNames().map((event) => [event, app.rawListeners(event)]))
let starts = 0
let keptView = null

// To a window that opens while it attaches, Playwright may not attach at all. It calls this when it has.
const isAttached = new Promise((resolve) => {
  globalThis.__playwright_run = resolve
})
const { whenReady } = app
app.whenReady = () => isAttached.then(() => whenReady.call(app))

Object.defineProperty(process, 'defaultApp', { enumerable: true, value: true })
app.setName(name)
app.setVersion(version)
app.setAppPath(place)
globalThis.starter = { quit, begin }
await run()

/** A module is run once by its address: each start has its own. */
function run() {
  const script = pathToFileURL(path.join(place, main))
  starts += 1
  script.search = `?start=${starts}`
  return import(script.href)
}

/** Begins anew: `userData` is the folder of settings, `args` what stands on the command line behind the program. */
async function begin({ userData, args }) {
  process.env.UNDERSTORY_USER_DATA = userData
  process.argv = [process.argv[0], place, ...args]
  // Chromium takes these only before it is ready, and keeps them.
  app.enableSandbox = () => {}
  protocol.registerSchemesAsPrivileged = () => {}
  await run()
}

/** Quits as a person quits, and puts back what outlives windows and store. Resolves when only the process is left. */
async function quit() {
  await keepPageProcess()
  // The zoom of an address outlives its window.
  for (const window of electron.BrowserWindow.getAllWindows()) window.webContents.setZoomFactor(1)
  const { exit } = app
  await new Promise((resolve) => {
    app.exit = resolve
    // Heard last: where the program has nothing left to wait for, it would end now.
    app.once('will-quit', (event) => {
      if (event.defaultPrevented) return
      event.preventDefault()
      resolve()
    })
    app.quit()
  })
  app.exit = exit
  const { defaultSession } = electron.session
  takeListeners(app, (event) => firstListeners.get(event) ?? [])
  for (const emitter of [electron.powerMonitor, defaultSession]) takeListeners(emitter, () => [])
  ipcMain._invokeHandlers.clear()
  defaultSession.protocol.unhandle('app')
  await defaultSession.clearStorageData()
  clipboard.clear()
  Object.assign(dialog, firstDialogs)
  performance.clearMarks()
}

/**
 * From the first quit on a view without a window holds the process that draws pages, so that what it has compiled of the
 * page's script stays; the page itself, with all it had in memory, goes with its window.
 */
async function keepPageProcess() {
  if (keptView) return
  app.commandLine.appendSwitch('process-per-site')
  keptView = new electron.WebContentsView({ webPreferences: { sandbox: true } })
  await keptView.webContents.loadURL('app://bundle/kept')
}

/** All but those to be kept and the runtime's own, whose events begin with "-" or are about listeners. */
function takeListeners(emitter, keptOf) {
  for (const event of emitter.eventNames()) {
    if (/^(-|newListener|removeListener)/.test(String(event))) continue
    for (const listener of emitter.rawListeners(event))
      if (!keptOf(event).includes(listener)) emitter.removeListener(event, listener)
  }
}
