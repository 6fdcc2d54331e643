/** A program that begins anew in a process that is kept (tests/starter) is in nothing different from a first start. */
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { expect } from '@playwright/test'
import { launchApp, type RunningApp, test } from './app.ts'
import { codings, openUncoded, SIZE, saved, selectWords } from './coding-steps.ts'
import { coderButton, setPin } from './seat-steps.ts'

/** All that a test could notice: the screen, the settings, the menu, the window, the main process, the system. */
async function pictureOf({ app, page, userData }: RunningApp) {
  await expect(page.getByRole('textbox', { name: /^Text of/ })).toBeFocused()
  const files = readdirSync(userData).filter((name) => /understory|backup|\.json/i.test(name))
  const screen = await page.locator('body').ariaSnapshot()
  const inPage = await page.evaluate(async () => ({
    root: { ...document.documentElement.dataset },
    size: [innerWidth, innerHeight, devicePixelRatio],
    preferences: await window.bridge.readPreferences(),
    recent: await window.bridge.recentProjects(),
    launch: await window.bridge.launch(),
    stored: [
      localStorage.length,
      sessionStorage.length,
      (await indexedDB.databases()).length,
      document.cookie,
    ],
    past: [history.length, history.state],
    media: ['dark', 'light'].filter((scheme) => matchMedia(`(prefers-color-scheme: ${scheme})`).matches),
  }))
  const inMain = await app.evaluate(async (electron) => {
    const { app, BrowserWindow, clipboard, dialog, ipcMain, Menu, nativeTheme, powerMonitor, session } =
      electron
    const listeners = (emitter: NodeJS.EventEmitter) =>
      Object.fromEntries(emitter.eventNames().map((name) => [name, emitter.listenerCount(name)]))
    const windows = BrowserWindow.getAllWindows()
    const itemsOf = (menu: Electron.Menu | null | undefined): unknown[] =>
      menu?.items.map(({ label, enabled, accelerator, submenu }) => [
        label,
        enabled,
        accelerator,
        itemsOf(submenu),
      ]) ?? []
    return {
      windows: windows.map((window) => [
        window.getBounds(),
        window.isVisible(),
        window.getBackgroundColor(),
        window.webContents.getZoomFactor(),
      ]),
      menu: itemsOf(Menu.getApplicationMenu()),
      listeners: [app, powerMonitor, session.defaultSession].map(listeners),
      handlers: [...(ipcMain as unknown as { _invokeHandlers: Map<string, unknown> })._invokeHandlers.keys()],
      dialogs: Object.values(dialog).map(String),
      theme: nativeTheme.themeSource,
      clipboard: clipboard.readText(),
      stores: app
        .getAppMetrics()
        .filter(({ type }) => type === 'Utility')
        .map(({ name }) => name),
      // The store and the window get ready beside each other.
      marks: performance
        .getEntriesByType('mark')
        .map(({ name }) => name)
        .sort(),
      paths: [app.getAppPath(), app.getVersion(), app.getName()],
    }
  })
  return { screen, inPage, inMain, files }
}

/** Leaves behind what a test can leave behind. */
async function dirty(running: RunningApp): Promise<void> {
  const { app, page, userData } = running
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
  await openUncoded(page)
  await selectWords(page, 2)
  await page.keyboard.press('/')
  await page.keyboard.type('Neglect')
  await page.keyboard.press('Enter')
  await expect(codings(page)).not.toHaveCount(0)
  await saved(page)
  await setPin(page, 'Amara')
  await running.answerOpen(null)
  await running.answerSave(path.join(userData, 'Another study.understory'))
  await page.evaluate(async () => {
    localStorage.setItem('left', 'behind')
    sessionStorage.setItem('left', 'behind')
    indexedDB.open('left')
    await window.bridge.writePreferences({ ...(await window.bridge.readPreferences()), density: 'roomy' })
    await window.bridge.setTheme('contrast')
    await window.bridge.setScale(1.5)
    const picked = await window.bridge.pickNewProject('Another study')
    if (picked) await window.bridge.rememberProject(picked.ticket)
  })
  await app.evaluate(({ app, BrowserWindow, clipboard, dialog, powerMonitor }) => {
    clipboard.writeText('left behind')
    dialog.showMessageBox = async () => ({ response: 1, checkboxChecked: false })
    app.on('browser-window-focus', () => {})
    powerMonitor.on('resume', () => {})
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 40, y: 30, width: 1000, height: 640 })
  })
  await page.keyboard.press('Control+Shift+W')
  await page.getByRole('button', { name: 'New project' }).click()
}

test('whatever a test left behind, the next start in the same process is as a first one', async ({
  launch,
}) => {
  const first = await launchApp({ size: SIZE })
  const asFirst = await pictureOf(first)
  await first.close()

  const before = await launch({ size: SIZE })
  await dirty(before)
  await before.close()
  const anew = await launch({ size: SIZE })
  expect(anew.app.process().pid).toBe(before.app.process().pid)
  await expect(coderButton(anew.page, 'Amara')).toBeVisible()
  expect(await pictureOf(anew)).toEqual(asFirst)
})
