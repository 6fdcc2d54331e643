/** The menu as it is now: drawn again when a project is opened or left, when one is remembered, and for other keys. */
import path from 'node:path'
import type { MenuCommand, MenuOffer } from '../../shared/bridge.ts'
import { FIRST_MENU, MENU_KEYS, type MenuState, setMenu } from './menu.ts'
import { isJsonObject, type JsonFile, type JsonObject } from './preferences.ts'
import type { ProjectWindow } from './project-window.ts'
import type { RecentProjects } from './recent-projects.ts'
import type { Tickets } from './tickets.ts'

export type AppMenuOptions = {
  readonly projectWindow: ProjectWindow
  readonly tickets: Tickets
  readonly recent: RecentProjects
  readonly preferences: JsonFile<JsonObject>
}

const isCommand = (name: string): name is MenuCommand => Object.hasOwn(MENU_KEYS, name)
const isKeyList = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((keys) => typeof keys === 'string' && keys !== '')

export class AppMenu {
  readonly #options: AppMenuOptions
  #offer: MenuOffer = FIRST_MENU.offer
  #shown = ''

  constructor(options: AppMenuOptions) {
    this.#options = options
  }

  /** What the page says; a page that is gone shows no project. */
  setOffer(offer: MenuOffer): void {
    this.#offer = offer
    this.show()
  }

  /** Draws the menu where anything in it has changed: on some systems an open menu closes by it. */
  show(): void {
    const state = this.#state()
    const key = JSON.stringify(state)
    if (key === this.#shown) return
    this.#shown = key
    setMenu(state, (act) => this.#options.projectWindow.ask(act))
  }

  #state(): MenuState {
    const { recent, tickets } = this.#options
    return {
      ...FIRST_MENU,
      offer: this.#offer,
      recent: recent.entries.map(({ file }) => ({
        name: path.basename(file, '.understory'),
        act: { command: 'openFile', picked: tickets.issueOnce(file) },
      })),
      ownKeys: this.#ownKeys(),
    }
  }

  #ownKeys(): MenuState['ownKeys'] {
    const { keys } = this.#options.preferences.value
    if (!isJsonObject(keys)) return {}
    const own: Partial<Record<MenuCommand, readonly string[]>> = {}
    for (const [name, list] of Object.entries(keys)) if (isCommand(name) && isKeyList(list)) own[name] = list
    return own
  }
}
