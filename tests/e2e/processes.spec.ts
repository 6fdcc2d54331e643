/** The program as a set of processes: what starts, stops and comes back, and what the person sees of it. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import { PORT_LOST_MESSAGE, PORT_MESSAGE } from '../../shared/bridge.ts'
import { commandLine, temporaryFolder, test } from './app.ts'

const { expect } = test
test.use({ inOwnProcess: true })

declare global {
  interface Window {
    storePort: MessagePort
    storeMessages: { text: string; ports: number }[]
  }
}

/** Collects what the preload script tells the page about the store, from now on. */
const collectStoreMessages = (page: Page) =>
  page.evaluate(() => {
    window.storeMessages = []
    window.addEventListener('message', ({ data, ports }) => {
      window.storeMessages.push({ text: String(data), ports: ports.length })
    })
  })

const storeMessages = (page: Page) => page.evaluate(() => window.storeMessages)

const storePid = (app: ElectronApplication) =>
  app.evaluate(
    ({ app: electron }) => electron.getAppMetrics().find(({ name }) => name === 'Understory store')?.pid,
  )

async function killStore(app: ElectronApplication): Promise<number> {
  await expect.poll(() => storePid(app)).toBeDefined()
  const pid = await storePid(app)
  if (pid === undefined) throw new Error('There is no store process.')
  process.kill(pid, 'SIGKILL')
  return pid
}

/** Answers native questions with the button of this number and keeps what they asked. */
const answerQuestions = (app: ElectronApplication, response: number) =>
  app.evaluate(({ dialog }, button) => {
    const asked: string[] = []
    Object.assign(globalThis, { asked })
    const answer = async (...args: unknown[]) => {
      const { message } = args.at(-1) as { message: string }
      asked.push(message)
      return { response: button, checkboxChecked: false }
    }
    Object.assign(dialog, { showMessageBox: answer })
  }, response)

const questions = (app: ElectronApplication) =>
  app.evaluate(() => (globalThis as unknown as { asked: string[] }).asked)

/** Calls the store over the page's own port, which is caught when the page loads again. */
async function takePort(page: Page): Promise<(verb: string, args: unknown) => Promise<unknown>> {
  await page.addInitScript(() => {
    window.addEventListener('message', ({ ports }) => {
      if (ports[0]) window.storePort = ports[0]
    })
  })
  await page.reload()
  await page.waitForFunction(() => window.storePort !== undefined)
  let id = 1_000_000
  return (verb, args) =>
    page.evaluate(
      (call) =>
        new Promise<unknown>((resolve, reject) => {
          const onReply = ({ data }: MessageEvent) => {
            if (data.id !== call.id || 'progress' in data) return
            window.storePort.removeEventListener('message', onReply)
            if ('problem' in data) reject(new Error(`${data.problem.code}: ${data.problem.sentence}`))
            else resolve(data.value)
          }
          window.storePort.addEventListener('message', onReply)
          window.storePort.start()
          window.storePort.postMessage(call)
        }),
      { id: id++, verb, args },
    )
}

const READY = 'html[data-ready="true"]'

test('a store that stops is started again: the page is told, then gets a new port', async ({ launch }) => {
  const { app, page } = await launch()
  await collectStoreMessages(page)
  const first = await killStore(app)
  await expect
    .poll(() => storeMessages(page))
    .toEqual([
      { text: PORT_LOST_MESSAGE, ports: 0 },
      { text: PORT_MESSAGE, ports: 1 },
    ])
  expect(await storePid(app)).not.toBe(first)
})

test('a store that stops a fourth time in a minute waits for the person', async ({ launch }) => {
  const { app, page } = await launch()
  await answerQuestions(app, 0)
  await collectStoreMessages(page)
  for (let stop = 1; stop <= 4; stop++) {
    expect(await questions(app)).toEqual([])
    await killStore(app)
    await expect.poll(async () => (await storeMessages(page)).length).toBe(2 * stop)
  }
  expect(await questions(app)).toEqual([expect.stringContaining('stopped several times')])
  expect((await storeMessages(page)).at(-1)).toEqual({ text: PORT_MESSAGE, ports: 1 })
})

/** True while the process is there. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

test('locking and closing end the process that held the project, and another serves the next', async ({
  launch,
}) => {
  const { app, page } = await launch()
  await expect.poll(() => storePid(app)).toBeDefined()
  for (const [leave, comeBack] of [
    ['Control+l', 'Unlock'],
    ['Control+Shift+W', 'Sample project'],
  ] as const) {
    await expect(page.getByRole('listbox', { name: 'Notes' })).toBeVisible()
    const held = (await storePid(app)) ?? 0
    expect(isRunning(held)).toBe(true)
    await page.keyboard.press(leave)
    await expect(page.getByRole('button', { name: comeBack })).toBeVisible()
    await expect.poll(() => isRunning(held)).toBe(false)
    await page.getByRole('button', { name: comeBack }).click()
    await expect(page.getByRole('listbox', { name: 'Notes' })).toBeVisible()
    expect(await storePid(app)).not.toBe(held)
  }
})

test('a page that is loaded again gets a port again', async ({ launch }) => {
  const { page } = await launch()
  await page.addInitScript(() => {
    window.storeMessages = []
    window.addEventListener('message', ({ data, ports }) => {
      window.storeMessages.push({ text: String(data), ports: ports.length })
    })
  })
  await page.reload()
  await page.locator(READY).waitFor({ state: 'attached' })
  await expect.poll(() => storeMessages(page)).toEqual([{ text: PORT_MESSAGE, ports: 1 }])
})

test('a page whose process stops is shown again when the person wants it', async ({ launch }) => {
  const { app, page } = await launch()
  await answerQuestions(app, 0)
  await app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer()
  })
  await expect.poll(() => questions(app)).toEqual([expect.stringContaining('stopped showing its contents')])
  const isReady = () =>
    app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
        'document.documentElement.dataset.ready',
      ),
    )
  await expect.poll(isReady).toBe('true')
  expect(page.url()).toBe('app://bundle/index.html')
})

test('quitting closes the project: one file is left, and it opens again', async ({ launch }) => {
  const folder = await temporaryFolder('files')
  const file = path.join(folder, 'Study.understory')
  const passphrase = 'correct horse battery staple'
  const first = await launch()
  const call = await takePort(first.page)
  await first.answerSave(file)
  const picked = await first.page.evaluate(() => window.bridge.pickNewProject('Study'))
  await call('project.create', {
    ticket: picked?.ticket,
    passphrase,
    title: 'Study',
    coderName: 'Ann',
    template: 'empty',
  })
  expect((await readdir(folder)).length).toBeGreaterThan(1)
  await first.close()
  expect(await readdir(folder)).toEqual(['Study.understory'])

  const second = await launch({ args: [file] })
  const callAgain = await takePort(second.page)
  const ticket = await second.page.evaluate(async () => (await window.bridge.launch()).file?.ticket)
  expect(await callAgain('project.open', { ticket, passphrase })).toMatchObject({ title: 'Study' })
})

test('the window comes back as it was left', async ({ launch }) => {
  const userData = await temporaryFolder('user')
  const bounds = { x: 30, y: 40, width: 1010, height: 640 }
  const first = await launch({ userData })
  await first.app.evaluate(
    ({ BrowserWindow }, wanted) => BrowserWindow.getAllWindows()[0]?.setBounds(wanted),
    bounds,
  )
  await expect.poll(() => first.page.evaluate(() => innerWidth)).toBe(bounds.width)
  await first.page.evaluate(() => window.bridge.setTheme('dark'))
  await first.page.evaluate(() => window.bridge.writePreferences({ panes: { left: 240 } }))
  await first.close()

  const second = await launch({ userData })
  const size = await second.app.evaluate(({ BrowserWindow, nativeTheme }) => ({
    bounds: BrowserWindow.getAllWindows()[0]?.getBounds(),
    theme: nativeTheme.themeSource,
  }))
  expect(size).toEqual({ bounds, theme: 'dark' })
  expect(await second.page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(true)
  expect(await second.page.evaluate(() => window.bridge.readPreferences())).toEqual({ panes: { left: 240 } })
})

test('damaged settings do not keep the program from starting, and are kept', async ({ launch }) => {
  const userData = await temporaryFolder('user')
  for (const name of ['window.json', 'recent.json', 'preferences.json']) {
    await writeFile(path.join(userData, name), '{"bounds": ')
  }
  const { page } = await launch({ userData })
  const { isFirstStart } = await page.evaluate(() => window.bridge.launch())
  expect(isFirstStart).toBe(true)
  await page.evaluate(() => window.bridge.readPreferences())
  for (const name of ['window.json', 'recent.json', 'preferences.json']) {
    expect(await readFile(path.join(userData, `${name}.bad`), 'utf8')).toBe('{"bounds": ')
  }
})

test('a project file on the command line is what the program is launched for', async ({ launch }) => {
  const file = path.join(await temporaryFolder('files'), 'Study.understory')
  const { page } = await launch({ args: [file] })
  const launched = await page.evaluate(() => window.bridge.launch())
  expect(launched).toMatchObject({
    file: { ticket: expect.any(String), name: 'Study.understory' },
    isFirstStart: true,
    version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    platform: process.platform,
  })
})

test('a second start hands its file to the first and ends', async ({ launch }) => {
  const userData = await temporaryFolder('user')
  const file = path.join(await temporaryFolder('files'), 'Second.understory')
  const { page } = await launch({ userData })
  const [program, ...args] = commandLine([file])
  const second = spawn(program, args, {
    env: { ...process.env, UNDERSTORY_USER_DATA: userData },
    stdio: 'ignore',
  })
  const [code] = await once(second, 'exit')
  expect(code).toBe(0)
  // The project on screen stays until the other one is open.
  const sheet = page.getByRole('dialog', { name: 'Open Second' })
  await expect(sheet.getByLabel('Passphrase')).toBeFocused()
  await expect(
    page.getByRole('button', { name: 'Sample project: safeguarding in CAMHS notes' }),
  ).toBeAttached()
})

test('the menu leaves the page’s keys to the page', async ({ launch }) => {
  const { app } = await launch()
  const roles = await app.evaluate(({ Menu }) => {
    const rolesOf = (menu: Electron.Menu | null): string[] =>
      (menu?.items ?? []).flatMap((item) => [String(item.role ?? ''), ...rolesOf(item.submenu ?? null)])
    return rolesOf(Menu.getApplicationMenu())
  })
  expect(roles).toEqual(expect.arrayContaining(['copy', 'paste', 'selectall', 'togglefullscreen']))
  expect(roles).not.toContain('undo')
  expect(roles).not.toContain('redo')
})

test('behind --headless the program is the command line: no window, one line of error, an exit code', async () => {
  const folder = await temporaryFolder('files')
  const [program, ...args] = commandLine(['--headless', 'verify', path.join(folder, 'none.understory')])
  const env = { ...process.env, UNDERSTORY_USER_DATA: folder, UNDERSTORY_PASSPHRASE: 'x', DISPLAY: '' }
  const command = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const output = { stdout: '', stderr: '' }
  command.stdout.on('data', (part) => {
    output.stdout += part
  })
  command.stderr.on('data', (part) => {
    output.stderr += part
  })
  const [code] = await once(command, 'close')
  expect(code).toBe(1)
  expect(output.stdout).toBe('')
  // Where there is no desktop bus, as in containers, Chromium may say so in lines of its own: [process:time:ERROR:...].
  const said = output.stderr.split('\n').filter((line) => line !== '' && !/^\[\d+:[\d/.]+:/.test(line))
  expect(said).toEqual([expect.stringMatching(/^error file-not-found: /)])
})
