/**
 * Agreement of a large study in the window: how long the table of codes takes from the press of the button, how evenly
 * frames come meanwhile, and how soon a long calculation ends when it is cancelled. UNDERSTORY_BENCH_NOTES=100000 runs
 * the size of a trust: 1.6 million codings.
 */
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { inFolder, report } from './bench.ts'
import { CODES, makeStudy } from './study.ts'
import { type BenchWindow, framesDuring, inWindow } from './window.ts'

const NOTES = Number(process.env.UNDERSTORY_BENCH_NOTES ?? 5_000)
const LONG = 600_000

const frame = { ms: 1000 / 60, is: 'one frame at 60 a second' }
const of = `${NOTES} notes, ${CODES} codes, 2 coders`

const button = (page: Page) => page.getByRole('button', { name: /^Compute (agreement|again)$/ }).first()
const progress = (page: Page) => page.getByRole('progressbar')

/** Presses the button and waits for the figures; ms until no calculation of the table runs any more. */
async function compute(page: Page): Promise<number> {
  const start = performance.now()
  await button(page).click()
  await page.getByRole('table', { name: 'Agreement by code' }).waitFor({ timeout: LONG })
  await progress(page).waitFor({ state: 'detached', timeout: LONG })
  return performance.now() - start
}

async function withIntervals(page: Page, choice: string): Promise<void> {
  await page.getByLabel('Interval from').selectOption(choice)
}

async function timeTable(page: Page): Promise<void> {
  for (const choice of ['No interval', '1,000 resamples']) {
    await withIntervals(page, choice)
    let ms = 0
    const frames = await framesDuring(page, async () => {
      ms = await compute(page)
    })
    report(`agreement by note in the window, ${choice.toLowerCase()}, ${of}`, ms, frame, { frames })
  }
}

async function timeCancel(page: Page): Promise<void> {
  await withIntervals(page, '10,000 resamples')
  await button(page).click()
  await page.getByText(/resamples ·/).waitFor({ timeout: LONG })
  const start = performance.now()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByText('Cancelled. Nothing was changed.').waitFor()
  report(`cancel 10,000 resamples, ${of}`, performance.now() - start, frame)
}

await inFolder(async (folder) => {
  const file = join(folder, 'bench.understory')
  makeStudy(file, NOTES).project.close()
  await inWindow(folder, file, async ({ page }: BenchWindow) => {
    await page.keyboard.press('Control+6')
    await page.getByRole('button', { name: 'Options' }).click()
    await timeTable(page)
    await timeCancel(page)
  })
})
