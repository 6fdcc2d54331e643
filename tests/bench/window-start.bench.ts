/**
 * From the start of the process until the sample can be worked on, on a first start: its first note painted and the list
 * of notes filled. Beside it a window with nothing in it, started in turn with it; and what all processes hold in memory.
 * Nothing is attached while it starts: it is asked afterwards, over the port that a development build listens on.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { chromium, errors, type Page } from '@playwright/test'
import { inFolder, median, report } from './bench.ts'

const APPLICATION = fileURLToPath(new URL('../..', import.meta.url))
const RUNS = Number(process.env.UNDERSTORY_RUNS ?? 7)
const PATIENCE = 60_000
/** In ms; takes a tenth of a second where it ends. */
const ATTACHING = 10_000
const TRIES = 5

const BARE = `
const { app, BrowserWindow } = require('electron')
app.setPath('userData', process.env.UNDERSTORY_USER_DATA)
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1440, height: 900, show: false })
  window.once('ready-to-show', () => window.show())
  window.loadURL('data:text/html,<title>Bare</title><p class="bare">Nothing')
})
`

type Started = { ms: number; megabytes: number }

/** The tool now and then never ends attaching to a window that opens meanwhile: such a start says nothing. */
async function start(folder: string, application: string, isUsable: () => boolean): Promise<Started> {
  for (let left = TRIES; left > 1; left--) {
    try {
      return await startOnce(folder, application, isUsable)
    } catch (error) {
      if (!(error instanceof errors.TimeoutError)) throw error
    }
  }
  return startOnce(folder, application, isUsable)
}

async function startOnce(folder: string, application: string, isUsable: () => boolean): Promise<Started> {
  const user = join(folder, `user-${Math.random().toString(36).slice(2)}`)
  mkdirSync(user)
  const given = (process.env.UNDERSTORY_ELECTRON_ARGS ?? '').split(' ').filter(Boolean)
  const began = Date.now()
  const child = spawn(
    process.env.UNDERSTORY_ELECTRON as string,
    [...given, '--remote-debugging-port=0', application],
    { env: { ...process.env, UNDERSTORY_USER_DATA: user }, stdio: 'ignore' },
  )
  try {
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${await portOf(user)}`, {
      timeout: ATTACHING,
    })
    try {
      const page = await firstPage(() => browser.contexts()[0]?.pages() ?? [])
      await page.waitForFunction(isUsable, undefined, { polling: 'raf', timeout: PATIENCE })
      const ms = Date.now() - began
      return { ms, megabytes: memoryOf(child) }
    } finally {
      await browser.close()
    }
  } finally {
    child.kill('SIGTERM')
    await new Promise((resolve) => child.once('exit', resolve))
  }
}

async function portOf(user: string): Promise<string> {
  const file = join(user, 'DevToolsActivePort')
  for (const began = Date.now(); Date.now() - began < PATIENCE; await wait(20)) {
    const [port] = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
    if (port) return port
  }
  throw new Error('Electron does not listen.')
}

async function firstPage(pages: () => Page[]): Promise<Page> {
  for (const began = Date.now(); Date.now() - began < PATIENCE; await wait(10)) {
    const [page] = pages()
    if (page) return page
  }
  throw new Error('There is no window.')
}

/** What this process and all it started hold, in MB, shared pages by their share; 0 where the system does not say. */
function memoryOf({ pid }: ChildProcess): number {
  if (process.platform !== 'linux' || pid === undefined) return 0
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => [Number(name), parentOf(name)]),
  )
  const isOurs = (of: number | undefined): boolean =>
    of === pid || (of !== undefined && of > 1 && isOurs(parents.get(of)))
  const shares = [...parents.keys()].filter(isOurs).map(shareOf)
  return Math.round(shares.reduce((sum, each) => sum + each, 0) / 1_024)
}

const readProcess = (of: string | number, file: string): string => {
  try {
    return readFileSync(`/proc/${of}/${file}`, 'utf8')
  } catch {
    return ''
  }
}
const parentOf = (of: string) => Number(/\nPPid:\s+(\d+)/.exec(readProcess(of, 'status'))?.[1] ?? 0)
const shareOf = (of: number) => Number(/\nPss:\s+(\d+)/.exec(readProcess(of, 'smaps_rollup'))?.[1] ?? 0)

await inFolder(async (folder) => {
  const bare = join(folder, 'bare')
  mkdirSync(bare)
  writeFileSync(join(bare, 'package.json'), JSON.stringify({ name: 'bare', main: 'main.cjs' }))
  writeFileSync(join(bare, 'main.cjs'), BARE)
  const starts: { bare: Started[]; ours: Started[] } = { bare: [], ours: [] }
  for (let run = 0; run < RUNS; run++) {
    starts.bare.push(await start(folder, bare, () => document.querySelector('.bare') !== null))
    starts.ours.push(
      await start(
        folder,
        APPLICATION,
        () =>
          (document.querySelector('.note-text')?.textContent?.length ?? 0) > 40 &&
          document.querySelectorAll('[role=option]').length > 3,
      ),
    )
  }
  const of = (each: Started[], what: keyof Started) => median(each.map((one) => one[what]))
  report(
    'start until the sample can be worked on',
    of(starts.ours, 'ms'),
    { ms: of(starts.bare, 'ms'), is: 'a window with nothing in it' },
    {
      best: Math.min(...starts.ours.map(({ ms }) => ms)),
      megabytes: of(starts.ours, 'megabytes'),
      bareMegabytes: of(starts.bare, 'megabytes'),
      runs: RUNS,
    },
  )
})
