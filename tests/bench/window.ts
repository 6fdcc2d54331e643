/**
 * The real window for benchmarks: the built application in Electron, driven from outside. Rendering may be in software
 * here (a machine without a display), so what is measured is what is ours: script, style and layout, up to the frame
 * after the paint.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ElectronApplication, Page } from '@playwright/test'
import { environmentWith, launchElectron } from '../launch.ts'
import { median, PASSPHRASE, percentile } from './bench.ts'

const APPLICATION = fileURLToPath(new URL('../..', import.meta.url))
/** Read off the application: a benchmark is bundled, and lies elsewhere than its source. */
const STARTER = join(APPLICATION, 'tests', 'starter')
const SIZE = { width: 1440, height: 900 }
const READY = 'html[data-ready="true"]'

export type BenchWindow = { app: ElectronApplication; page: Page }

/** Opens a project file as a double click does, types its passphrase, and hands over the window once it is open. */
export async function inWindow(
  folder: string,
  project: string,
  work: (window: BenchWindow) => Promise<void>,
): Promise<void> {
  const executablePath = process.env.UNDERSTORY_ELECTRON
  if (!executablePath) throw new Error('UNDERSTORY_ELECTRON is not set: run this with "npm run bench".')
  const given = (process.env.UNDERSTORY_ELECTRON_ARGS ?? '').split(' ').filter(Boolean)
  const app = await launchElectron({
    executablePath,
    args: [...given, STARTER, project],
    chromiumSandbox: !given.includes('--no-sandbox'),
    env: environmentWith(join(folder, 'user'), APPLICATION),
  })
  try {
    const page = await app.firstWindow()
    const window = await app.browserWindow(page)
    await window.evaluate((shown, { width, height }) => shown.setContentSize(width, height), SIZE)
    await page.locator(READY).waitFor({ state: 'attached' })
    await page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE)
    await page.keyboard.press('Enter')
    await page.locator('html[data-place]').waitFor({ state: 'attached' })
    await work({ app, page })
  } finally {
    await app.close()
  }
}

export type Frames = {
  frames: number
  median: number
  p95: number
  p99: number
  worst: number
  /** Share of intervals over 33 ms: a frame or more was missed. */
  late: number
  /** The longest the page's own script, style and layout held it, in ms (long tasks are those over 50). */
  worstTask: number
}

declare global {
  interface Window {
    benchFrames?: { at: number[]; tasks: number[]; stop(): void }
  }
}

/** Records the intervals between animation frames, and long tasks, while something happens. */
export async function framesDuring(page: Page, work: () => Promise<void>): Promise<Frames> {
  await page.evaluate(() => {
    const at: number[] = []
    const tasks: number[] = []
    let frame = requestAnimationFrame(function next(now) {
      at.push(now)
      frame = requestAnimationFrame(next)
    })
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) tasks.push(entry.duration)
    })
    observer.observe({ type: 'longtask' })
    window.benchFrames = {
      at,
      tasks,
      stop: () => {
        cancelAnimationFrame(frame)
        observer.disconnect()
      },
    }
  })
  await work()
  const { at, tasks } = await page.evaluate(() => {
    window.benchFrames?.stop()
    return { at: window.benchFrames?.at ?? [], tasks: window.benchFrames?.tasks ?? [] }
  })
  const intervals = at.slice(1).map((now, index) => now - (at[index] as number))
  return framesOf(intervals, tasks)
}

const rounded = (value: number) => Math.round(value * 10) / 10

export function framesOf(intervals: readonly number[], tasks: readonly number[] = []): Frames {
  return {
    frames: intervals.length,
    median: rounded(median(intervals)),
    p95: rounded(percentile(intervals, 0.95)),
    p99: rounded(percentile(intervals, 0.99)),
    worst: rounded(Math.max(...intervals)),
    late: Math.round((1e4 * intervals.filter((each) => each > 33.4).length) / intervals.length) / 1e4,
    worstTask: rounded(Math.max(0, ...tasks)),
  }
}

/** What the kernel says of the store process, in MB: now, and the most it ever held (0 where it does not say). */
export async function storeMemory(app: ElectronApplication): Promise<{ nowMB: number; peakMB: number }> {
  const processes = await app.evaluate(({ app }) =>
    app.getAppMetrics().map(({ pid, name, serviceName, memory }) => ({
      pid,
      name: name ?? serviceName ?? '',
      kb: memory.workingSetSize,
    })),
  )
  const store = processes.find(({ name }) => name.includes('Understory store'))
  if (!store) return { nowMB: 0, peakMB: 0 }
  return { nowMB: Math.round(store.kb / 1024), peakMB: Math.round(peakOf(store.pid) / 1024) }
}

function peakOf(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)
  } catch {
    return 0
  }
}
