/**
 * Starts the real program for an end-to-end test, each time in a fresh folder of settings, and ends it again.
 * scripts/e2e.mjs says by environment variables which Electron is used:
 *
 * - UNDERSTORY_ELECTRON: the executable, of a development runtime or of a packed program
 * - UNDERSTORY_ELECTRON_ARGS: further arguments for it, separated by spaces
 * - UNDERSTORY_E2E_TMP: the folder that temporary files are made in
 * - UNDERSTORY_E2E_APP: another built application to start in place of this checkout
 */
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { test as base, type ElectronApplication, type Page, type TestInfo } from '@playwright/test'
import { environmentWith, launchElectron } from '../launch.ts'

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

/** Resolves when the page shows its first screen. */
export async function launchApp(options: LaunchOptions = {}): Promise<RunningApp> {
  const userData = options.userData ?? (await temporaryFolder('user'))
  const [executablePath, ...args] = commandLine(options.args ?? [])
  const app = await launchElectron({
    executablePath,
    args,
    // The tool adds --no-sandbox by itself unless told not to.
    chromiumSandbox: !givenArguments().includes('--no-sandbox'),
    env: environmentWith(userData),
  })
  const written = collectOutput(app)
  const page = await app.firstWindow()
  if (options.size) await resize(app, page, options.size)
  await page.locator(READY).waitFor({ state: 'attached' })

  return {
    app,
    page,
    userData,
    output: () => written.join(''),
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
      await keepEvidence(page, base.info(), written)
      await app.close()
      if (options.userData === undefined) await rm(userData, { recursive: true, force: true })
    },
  }
}

/** A test with `launch`: like `launchApp`, but what it started is closed after the test, whatever happened. */
export const test = base.extend<{ launch: typeof launchApp }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter to learn which fixtures are needed.
  launch: async ({}, use) => {
    const started: RunningApp[] = []
    await use(async (options) => {
      const running = await launchApp(options)
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

/** Program and arguments, for tests that start it without the help of the tool. */
export function commandLine(args: readonly string[]): [program: string, ...args: string[]] {
  const program = executable()
  // A packed program carries its application; a development runtime is told where it is.
  const isPacked = existsSync(path.join(path.dirname(program), 'resources', 'app.asar'))
  const application = isPacked ? [] : [process.env.UNDERSTORY_E2E_APP ?? checkout]
  return [program, ...givenArguments(), ...application, ...args]
}

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

async function keepEvidence(page: Page, info: TestInfo, written: readonly string[]): Promise<void> {
  if (info.status === info.expectedStatus && info.errors.length === 0) return
  await info.attach('output of the program', { body: written.join(''), contentType: 'text/plain' })
  if (page.isClosed()) return
  const file = info.outputPath(`page-${Date.now()}.png`)
  await page.screenshot({ path: file })
  await info.attach('page', { path: file, contentType: 'image/png' })
}
