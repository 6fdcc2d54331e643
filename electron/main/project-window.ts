/** The one window over its life: opened, closed, brought forward, filled again after a fault or for another project. */
import path from 'node:path'
import { app, type BrowserWindow } from 'electron'
import type { JsonFile } from './preferences.ts'
import type { StoreProcess } from './store-process.ts'
import { askAfterPageStopped, askToOpen } from './trouble.ts'
import { comeForward, openWindow } from './window.ts'
import type { WindowState } from './window-state.ts'

export class ProjectWindow {
  readonly #state: JsonFile<WindowState>
  readonly #store: StoreProcess
  #window: BrowserWindow | null = null
  #launchFile: string | null

  /** `launchFile` is the project file the program was started with, if any. */
  constructor(state: JsonFile<WindowState>, store: StoreProcess, launchFile: string | null) {
    this.#state = state
    this.#store = store
    this.#launchFile = launchFile
  }

  /** Null while it is closed, which on macOS does not end the program. */
  get current(): BrowserWindow | null {
    return this.#window
  }

  /** The project file the page is to open when it loads. */
  get launchFile(): string | null {
    return this.#launchFile
  }

  show(): void {
    if (this.#window) {
      comeForward(this.#window)
      return
    }
    const window = openWindow(this.#state)
    this.#window = window
    this.#store.serve(window.webContents)
    window.once('closed', () => {
      this.#window = null
    })
    window.webContents.on(
      'render-process-gone',
      (_event, { reason }) => void this.#onPageGone(window, reason),
    )
  }

  /** A second start of the program, or a double click on a project file while it runs. */
  async openFromOutside(file: string | null): Promise<void> {
    const isPageShown = this.#window !== null
    if (app.isReady()) this.show()
    if (file === null) return
    if (isPageShown && !(await askToOpen(this.#window, path.basename(file)))) return
    this.#launchFile = file
    // The page asks what it was launched for when it loads.
    if (isPageShown) this.#window?.webContents.reload()
  }

  async #onPageGone(window: BrowserWindow, reason: string): Promise<void> {
    if (reason === 'clean-exit') return
    if (!(await askAfterPageStopped(window, reason))) app.quit()
    else if (!window.isDestroyed()) window.webContents.reload()
  }
}
