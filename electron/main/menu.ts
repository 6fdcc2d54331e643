/**
 * The application menu: what every program of the platform has, and the ways from one project to another. Undo and redo have
 * no role here: Ctrl+Z belongs to the page, where it undoes coding as well as typing. A key here is one that
 * renderer/keys.ts gives to nobody, or the one it gives to the same command: the page sees a key first, and what it
 * acts on does not reach the menu.
 */
import { app, Menu, type MenuItemConstructorOptions } from 'electron'
import type { MenuAct, MenuCommand } from '../../shared/bridge.ts'
import { accelerator } from './accelerator.ts'

const isMac = process.platform === 'darwin'

/** As renderer/keys.ts has them; a person's own go over them. */
export const MENU_KEYS: Readonly<Record<MenuCommand, string>> = {
  newProject: 'Mod+N',
  openProject: 'Mod+Alt+O',
  lock: 'Mod+L',
  closeProject: 'Mod+Shift+W',
}

export type RecentItem = { name: string; act: MenuAct }
export type MenuState = {
  isProjectOpen: boolean
  recent: readonly RecentItem[]
  /** Keys the person took for these commands; an empty list is "none". */
  ownKeys: Readonly<Partial<Record<MenuCommand, readonly string[]>>>
}

export const FIRST_MENU: MenuState = { isProjectOpen: false, recent: [], ownKeys: {} }

export function setMenu(state: MenuState, ask: (act: MenuAct) => void): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(template(state, ask)))
}

function template(state: MenuState, ask: (act: MenuAct) => void): MenuItemConstructorOptions[] {
  const own: MenuItemConstructorOptions[] = isMac ? [{ role: 'appMenu' }] : []
  const developers: MenuItemConstructorOptions[] = app.isPackaged ? [] : [developerMenu]
  return [...own, fileMenu(state, ask), editMenu, viewMenu, windowMenu, ...developers]
}

function fileMenu(
  { isProjectOpen, recent, ownKeys }: MenuState,
  ask: (act: MenuAct) => void,
): MenuItemConstructorOptions {
  const item = (command: MenuCommand, label: string, isOffered = true): MenuItemConstructorOptions => {
    const [keys] = ownKeys[command] ?? [MENU_KEYS[command]]
    return {
      id: command,
      label,
      enabled: isOffered,
      // Shown, but left to the page, which knows where a key means something else.
      ...(keys === undefined ? {} : { accelerator: accelerator(keys), registerAccelerator: false }),
      click: () => ask({ command }),
    }
  }
  return {
    label: '&File',
    submenu: [
      item('newProject', 'New project'),
      item('openProject', 'Open project…'),
      {
        id: 'openRecent',
        label: 'Open recent',
        enabled: recent.length > 0,
        submenu: recent.map(({ name, act }) => ({ label: asLabel(name), click: () => ask(act) })),
      },
      { type: 'separator' },
      item('lock', 'Lock', isProjectOpen),
      item('closeProject', 'Close project', isProjectOpen),
      { type: 'separator' },
      { role: 'close' },
      ...(isMac ? [] : [{ type: 'separator' } as const, { role: 'quit' } as const]),
    ],
  }
}

/** In characters: a menu as wide as the screen helps nobody. */
const LONGEST = 60

/** An ampersand would underline the next letter. */
function asLabel(name: string): string {
  const short = name.length > LONGEST ? `${name.slice(0, LONGEST).trimEnd()}…` : name
  return short.replaceAll('&', '&&')
}

const editMenu: MenuItemConstructorOptions = {
  label: '&Edit',
  submenu: [
    { role: 'cut' },
    { role: 'copy' },
    { role: 'paste' },
    { role: 'pasteAndMatchStyle' },
    { role: 'delete' },
    { type: 'separator' },
    { role: 'selectAll' },
  ],
}

/** No zoom: the page's own settings size interface and notes, and Ctrl with + and - is theirs. */
const viewMenu: MenuItemConstructorOptions = {
  label: '&View',
  submenu: [{ role: 'togglefullscreen' }],
}

const windowMenu: MenuItemConstructorOptions = {
  label: '&Window',
  role: 'window',
  // Ctrl+M writes a memo on a note; pressed where there is none, the window must not go away.
  submenu: isMac
    ? [{ role: 'minimize' }, { role: 'zoom' }, { role: 'front' }]
    : [{ role: 'minimize', registerAccelerator: false }],
}

const developerMenu: MenuItemConstructorOptions = {
  label: '&Develop',
  submenu: [{ role: 'reload' }, { role: 'toggleDevTools' }],
}
