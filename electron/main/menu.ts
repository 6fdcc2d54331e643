/**
 * The application menu: what every program of the platform has, and nothing the page does itself. Undo and redo have
 * no role here: Ctrl+Z belongs to the page, where it undoes coding as well as typing. Every key here is one that
 * renderer/keys.ts gives to nobody, except those a person takes for the page: the page sees a key first, and what it
 * acts on does not reach the menu.
 */
import { app, Menu, type MenuItemConstructorOptions } from 'electron'

const isMac = process.platform === 'darwin'

export function setMenu(): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(template()))
}

function template(): MenuItemConstructorOptions[] {
  const own: MenuItemConstructorOptions[] = isMac ? [{ role: 'appMenu' }] : []
  const developers: MenuItemConstructorOptions[] = app.isPackaged ? [] : [developerMenu]
  return [...own, fileMenu, editMenu, viewMenu, windowMenu, ...developers]
}

const fileMenu: MenuItemConstructorOptions = {
  label: '&File',
  submenu: isMac ? [{ role: 'close' }] : [{ role: 'close' }, { type: 'separator' }, { role: 'quit' }],
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
