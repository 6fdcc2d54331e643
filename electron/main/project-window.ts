/** The one window over its life: opened, closed, brought forward, filled again after a fault or for another project. */
import { app, type BrowserWindow } from 'electron'
import { MENU_MESSAGE, type MenuAct, type Picked } from '../../shared/bridge.ts'
import { askAfterPageStopped } from './message-boxes.ts'
import type { JsonFile } from './preferences.ts'
import type { StoreProcess } from './store-process.ts'
import { comeForward, openWindow } from './window.ts'
import type { WindowState } from './window-state.ts'

export class ProjectWindow {
  readonly #state: JsonFile<WindowState>
  readonly #store: StoreProcess
  readonly #ticketFor: (file: string) => Picked
  #window: BrowserWindow | null = null
  #launchFile: string | null

  /** `launchFile` is the project file the program was started with, if any. */
  constructor(
    state: JsonFile<WindowState>,
    store: StoreProcess,
    ticketFor: (file: string) => Picked,
    launchFile: string | null,
  ) {
    this.#state = state
    this.#store = store
    this.#ticketFor = ticketFor
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

  /** Asks the page for what the menu was asked for. Without a window, as on a Mac, one is made and starts anew. */
  ask(act: MenuAct): void {
    const page = this.#window?.webContents
    this.show()
    page?.send(MENU_MESSAGE, act)
  }

  /** Locks the project that is open, wherever the window is. */
  lock(): void {
    this.#window?.webContents.send(MENU_MESSAGE, { command: 'lock' } satisfies MenuAct)
  }

  /** A second start of the program, or a double click on a project file while it runs. */
  openFromOutside(file: string | null): void {
    const isPageShown = this.#window !== null
    if (app.isReady()) this.show()
    if (file === null) return
    // A page that is still to load asks what it was launched for; one that is there asks for the passphrase, and the
    // project it shows stays until the other one is open.
    if (isPageShown) this.ask({ command: 'openFile', picked: this.#ticketFor(file) })
    else this.#launchFile = file
  }

  async #onPageGone(window: BrowserWindow, reason: string): Promise<void> {
    if (reason === 'clean-exit') return
    if (!(await askAfterPageStopped(window, reason))) app.quit()
    else if (!window.isDestroyed()) window.webContents.reload()
  }
}
