/**
 * The application menu: what every program of the platform has, and nothing the page does itself. Undo and redo have
 * no role here: Ctrl+Z belongs to the page, where it undoes coding as well as typing.
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

const viewMenu: MenuItemConstructorOptions = {
  label: '&View',
  submenu: [
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
  ],
}

const windowMenu: MenuItemConstructorOptions = {
  label: '&Window',
  role: 'window',
  submenu: isMac ? [{ role: 'minimize' }, { role: 'zoom' }, { role: 'front' }] : [{ role: 'minimize' }],
}

const developerMenu: MenuItemConstructorOptions = {
  label: '&Develop',
  submenu: [{ role: 'reload' }, { role: 'toggleDevTools' }],
}
