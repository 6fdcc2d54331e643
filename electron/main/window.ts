/** The project window: how it is made, where it comes back to, when it is shown. */
import { app, BrowserWindow, screen, type WebPreferences } from 'electron'
import { PAGE_URL } from './page-address.ts'
import { iconFile, PRELOAD_FILE } from './paths.ts'
import type { JsonFile } from './preferences.ts'
import { applyTheme, backgroundFor } from './theme.ts'
import { boundsFor, MIN_SIZE, type WindowState } from './window-state.ts'

/** Most of these are Electron's defaults; they are said so that a change of a default changes nothing here. */
const webPreferences = (scale: number): WebPreferences => ({
  zoomFactor: scale,
  preload: PRELOAD_FILE,
  contextIsolation: true,
  sandbox: true,
  webSecurity: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  navigateOnDragDrop: false,
  webviewTag: false,
  spellcheck: false,
  devTools: !app.isPackaged,
})

/** Makes the window and begins to load the page; the window shows itself when there is something to see. */
export function openWindow(state: JsonFile<WindowState>): BrowserWindow {
  const { bounds, isMaximised, theme, scale } = state.value
  applyTheme(theme)
  const window = new BrowserWindow({
    ...boundsFor(bounds, workAreas()),
    minWidth: MIN_SIZE.width,
    minHeight: MIN_SIZE.height,
    title: app.getName(),
    backgroundColor: backgroundFor(theme),
    show: false,
    ...(process.platform === 'linux' && { icon: iconFile(app.getAppPath()) }),
    autoHideMenuBar: true,
    webPreferences: webPreferences(scale),
  })
  window.once('ready-to-show', () => {
    if (isMaximised) window.maximize()
    window.show()
    performance.mark('understory:window-shown')
  })
  window.on('close', () => rememberBounds(window, state))
  void window.loadURL(PAGE_URL)
  return window
}

/** The first is the screen the person works at. */
function workAreas() {
  const first = screen.getPrimaryDisplay()
  const others = screen.getAllDisplays().filter((display) => display.id !== first.id)
  return [first, ...others].map((display) => display.workArea)
}

function rememberBounds(window: BrowserWindow, state: JsonFile<WindowState>): void {
  try {
    state.write({ ...state.value, bounds: window.getNormalBounds(), isMaximised: window.isMaximized() })
  } catch {
    // A full disk must not keep the window from closing; it opens next time where it was the time before.
  }
}

/** Brings the window to the person, as a second start of the program asks. */
export function comeForward(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}
