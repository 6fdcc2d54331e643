/**
 * The application menu: what every program of the platform has, and the ways from one project to another. Undo and redo have
 * no role here: Ctrl+Z belongs to the page, where it undoes coding as well as typing. A key here is one that
 * renderer/keys.ts gives to nobody, or the one it gives to the same command: the page sees a key first, and what it
 * acts on does not reach the menu.
 */
import { app, Menu, type MenuItemConstructorOptions } from 'electron'
import type { MenuAct, MenuCommand, MenuEntry, MenuOffer } from '../../shared/bridge.ts'
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
  offer: MenuOffer
  recent: readonly RecentItem[]
  /** Keys the person took for these commands; an empty list is "none". */
  ownKeys: Readonly<Partial<Record<MenuCommand, readonly string[]>>>
}

const NOTHING: MenuOffer = { isProjectOpen: false, exports: [], project: [], places: [] }
export const FIRST_MENU: MenuState = { offer: NOTHING, recent: [], ownKeys: {} }

export function setMenu(state: MenuState, ask: (act: MenuAct) => void): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(template(state, ask)))
}

export function template(state: MenuState, ask: (act: MenuAct) => void): MenuItemConstructorOptions[] {
  const own: MenuItemConstructorOptions[] = isMac ? [{ role: 'appMenu' }] : []
  const developers: MenuItemConstructorOptions[] = app.isPackaged ? [] : [developerMenu]
  return [...own, fileMenu(state, ask), editMenu, viewMenu, goMenu(state, ask), windowMenu, ...developers]
}

/** Shown, but left to the page, which knows where a key means something else. Not every key can be said in a menu. */
const keysShown = (keys: string | null | undefined): MenuItemConstructorOptions =>
  keys && /^[\x21-\x7e]+$/.test(keys) ? { accelerator: accelerator(keys), registerAccelerator: false } : {}

const pageItems = (
  entries: readonly MenuEntry[],
  ask: (act: MenuAct) => void,
): MenuItemConstructorOptions[] =>
  entries.map(({ id, label, keys, isOffered }) => ({
    id,
    label: asLabel(label),
    enabled: isOffered,
    ...keysShown(keys),
    click: () => ask({ command: 'run', id }),
  }))

/** The places of the program, as its rail and its palette have them. */
const goMenu = ({ offer }: MenuState, ask: (act: MenuAct) => void): MenuItemConstructorOptions => ({
  id: 'go',
  label: '&Go',
  submenu: pageItems(offer.places, ask),
})

function fileMenu(
  { offer, recent, ownKeys }: MenuState,
  ask: (act: MenuAct) => void,
): MenuItemConstructorOptions {
  const { isProjectOpen } = offer
  const item = (command: MenuCommand, label: string, isOffered = true): MenuItemConstructorOptions => {
    const [keys] = ownKeys[command] ?? [MENU_KEYS[command]]
    return {
      id: command,
      label,
      enabled: isOffered,
      ...keysShown(keys),
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
      {
        id: 'export',
        label: 'Export',
        enabled: offer.exports.some(({ isOffered }) => isOffered),
        submenu: pageItems(offer.exports, ask),
      },
      ...pageItems(offer.project, ask),
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
