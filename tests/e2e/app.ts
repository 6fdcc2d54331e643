/**
 * Starts the real program for an end-to-end test, each time in a fresh folder of settings, and has it quit again.
 * scripts/e2e.mjs says by environment variables which Electron is used:
 *
 * - UNDERSTORY_ELECTRON: the executable, of a development runtime or of a packed program
 * - UNDERSTORY_ELECTRON_ARGS: further arguments for it, separated by spaces
 * - UNDERSTORY_E2E_TMP: the folder that temporary files are made in
 * - UNDERSTORY_E2E_APP: another built application to start in place of this checkout
 */
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { test as base, type ElectronApplication, type Page, type TestInfo } from '@playwright/test'
import { environmentWith, launchElectron, STARTER } from '../launch.ts'
import { KeptProcess, type Started } from './kept.ts'

export type LaunchOptions = {
  /** Settings folder to start with; kept afterwards. Without it a fresh one is made and removed. */
  userData?: string
  /** Command line arguments, such as a project file. */
  args?: readonly string[]
  /** Size of the page in CSS pixels. */
  size?: { width: number; height: number }
}

export type RunningApp = {
  readonly app: ElectronApplication
  readonly page: Page
  readonly userData: string
  /** What main and store wrote to their output so far. */
  output(): string
  /** Files or folders the next open dialogs return; null: the person cancels. */
  answerOpen(paths: readonly string[] | null): Promise<void>
  /** File the next save dialogs return; null: the person cancels. */
  answerSave(file: string | null): Promise<void>
  /** Ends the program; when the test has failed by then, a picture of the page is kept. */
  close(): Promise<void>
}

const checkout = fileURLToPath(new URL('../..', import.meta.url))
const READY = 'html[data-ready="true"]'

export const temporaryFolder = (name: string): Promise<string> =>
  mkdtemp(path.join(process.env.UNDERSTORY_E2E_TMP ?? tmpdir(), `understory-${name}-`))

/**
 * What is chosen on this computer, as the settings folder has it now. To be polled where the program is to end and
 * begin again: the page writes a moment after the last choice.
 */
export async function keptChoices(userData: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(path.join(userData, 'preferences.json'), 'utf8').catch(() => '{}'))
}

/**
 * Resolves when the page shows its first screen. With `kept`, in a process that is kept for the next start; without it,
 * in a process of its own.
 */
export async function launchApp(
  { userData: folder, args = [], size }: LaunchOptions = {},
  kept: KeptProcess | null = null,
): Promise<RunningApp> {
  const userData = folder ?? (await temporaryFolder('user'))
  const { app, page, written } = kept ? await kept.start(userData, args, start) : await start(userData, args)
  const writtenBefore = written.length
  if (size) await resize(app, page, size)
  await page.locator(READY).waitFor({ state: 'attached' })
  let isClosed = false

  return {
    app,
    page,
    userData,
    output: () => written.slice(writtenBefore).join(''),
    answerOpen: (paths) =>
      app.evaluate(({ dialog }, filePaths) => {
        dialog.showOpenDialog = async () => ({
          canceled: filePaths === null,
          filePaths: [...(filePaths ?? [])],
        })
      }, paths),
    answerSave: (file) =>
      app.evaluate(({ dialog }, filePath) => {
        dialog.showSaveDialog = async () => ({ canceled: filePath === null, filePath: filePath ?? '' })
      }, file),
    close: async () => {
      if (isClosed) return
      isClosed = true
      const isWell = !hasFailed(base.info())
      if (!isWell) await keepEvidence(page, base.info(), written)
      if (kept && isWell) await kept.quit({ app, written })
      else await app.close()
      if (folder !== undefined) return
      if (kept) await kept.remove(userData)
      else await rm(userData, { recursive: true, force: true })
    },
  }
}

async function start(userData: string, given: readonly string[]): Promise<Started> {
  const [executablePath, ...args] = isPacked()
    ? commandLine(given)
    : [executable(), ...givenArguments(), STARTER, ...given]
  const app = await launchElectron({
    executablePath,
    args,
    // The tool adds --no-sandbox by itself unless told not to.
    chromiumSandbox: !givenArguments().includes('--no-sandbox'),
    env: environmentWith(userData, application()),
  })
  const written = collectOutput(app)
  return { app, written, page: await app.firstWindow() }
}

type Fixtures = {
  /** For tests about processes, starting and ending: each start in a process of its own. */
  inOwnProcess: boolean
  /** Like `launchApp`, but what it started is closed after the test, whatever happened. */
  launch: (options?: LaunchOptions) => Promise<RunningApp>
}

export const test = base.extend<Fixtures, { kept: KeptProcess }>({
  kept: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter to learn which fixtures are needed.
    async ({}, use) => {
      const kept = new KeptProcess()
      await use(kept)
      await kept.end()
    },
    { scope: 'worker' },
  ],
  inOwnProcess: [false, { option: true }],
  launch: async ({ inOwnProcess, kept }, use) => {
    const started: RunningApp[] = []
    await use(async (options) => {
      // A packed program has its own starter in it.
      const running = await launchApp(options, inOwnProcess || isPacked() ? null : kept)
      started.push(running)
      return running
    })
    for (const running of started.reverse()) await running.close()
  },
})

function executable(): string {
  const file = process.env.UNDERSTORY_ELECTRON
  if (!file) throw new Error('UNDERSTORY_ELECTRON is not set: run the end-to-end tests with "npm run e2e".')
  return file
}

const givenArguments = () => (process.env.UNDERSTORY_ELECTRON_ARGS ?? '').split(' ').filter(Boolean)

/** A packed program carries its application; a development runtime is told where it is. */
const isPacked = () => existsSync(path.join(path.dirname(executable()), 'resources', 'app.asar'))
const application = () => process.env.UNDERSTORY_E2E_APP ?? checkout

type CommandLine = [program: string, ...args: string[]]

/** Program and arguments, for tests that start it without the help of the tool. */
export const commandLine = (args: readonly string[]): CommandLine => [
  executable(),
  ...givenArguments(),
  ...(isPacked() ? [] : [application()]),
  ...args,
]

function collectOutput(app: ElectronApplication): string[] {
  const written: string[] = []
  const { stdout, stderr } = app.process()
  for (const stream of [stdout, stderr]) stream?.on('data', (part: Buffer) => written.push(part.toString()))
  return written
}

async function resize(app: ElectronApplication, page: Page, size: { width: number; height: number }) {
  const window = await app.browserWindow(page)
  await window.evaluate((shown, { width, height }) => shown.setContentSize(width, height), size)
  await page.waitForFunction(({ width, height }) => innerWidth === width && innerHeight === height, size)
}

const hasFailed = (info: TestInfo) => info.status !== info.expectedStatus || info.errors.length > 0

async function keepEvidence(page: Page, info: TestInfo, written: readonly string[]): Promise<void> {
  await info.attach('output of the program', { body: written.join(''), contentType: 'text/plain' })
  if (page.isClosed()) return
  const file = info.outputPath(`page-${Date.now()}.png`)
  await page.screenshot({ path: file })
  await info.attach('page', { path: file, contentType: 'image/png' })
}
