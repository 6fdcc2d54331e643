/**
 * The window while notes are imported: how evenly frames come, against the same window at rest, and what the store
 * process holds. An import that is cancelled half way must leave the project as it was.
 * UNDERSTORY_BENCH_NOTES=100000 runs the size of a trust.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { toCsv } from '../../electron/store/exchange/tables/csv.ts'
import { Project } from '../../electron/store/project.ts'
import { fingerprint } from '../../electron/store/verify/verify.ts'
import { addNotes } from '../store/project-content.ts'
import { chance, inFolder, noteText, PASSPHRASE, report } from './bench.ts'
import { type BenchWindow, framesDuring, inWindow, storeMemory } from './window.ts'

const NOTES = Number(process.env.UNDERSTORY_BENCH_NOTES ?? 10_000)
const BEFORE = 200
const LONGEST = 3_600_000

function writeNotes(file: string): void {
  const random = chance(NOTES)
  const rows = Array.from({ length: NOTES }, (_, at) => [
    `N${at}`,
    `YP${Math.floor(at / 4)}`,
    noteText(random, 400 + Math.floor(random() * 3_600)),
  ])
  writeFileSync(file, toCsv(['note_id', 'case_id', 'text'], rows))
}

function makeProject(file: string): void {
  const project = Project.create(file, PASSPHRASE, { title: 'Bench' })
  const coder = project.addCoder('Amara').id
  project.activate(coder)
  const random = chance(1)
  addNotes(
    project,
    coder,
    Object.fromEntries(Array.from({ length: BEFORE }, (_, at) => [`old-${at}`, noteText(random, 2_000)])),
  )
  project.close()
}

/** Everything the project says, texts and journal included, as one hash. */
function contentOf(file: string): string {
  const project = Project.open(file, PASSPHRASE)
  const texts = project.db
    .prepare("SELECT count(*) || ' ' || total(length(body)) FROM note_text")
    .pluck()
    .get()
  const entries = project.db.prepare('SELECT max(hash) FROM journal').pluck().get()
  const content = `${fingerprint(project.db)} ${texts} ${entries}`
  project.close()
  return content
}

async function prepareImport({ app, page }: BenchWindow, csv: string): Promise<void> {
  await app.evaluate(({ dialog }, file) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [file] })
  }, csv)
  await page.keyboard.press('Control+1')
  await page.getByRole('button', { name: 'Import files' }).first().click()
  await page.getByLabel('What text is').waitFor()
}

const importNow = (page: Page) => page.getByRole('button', { name: 'Import notes' }).click()

async function cancelHalfWay(page: Page): Promise<number> {
  const bar = page.getByRole('progressbar')
  await page.waitForFunction(() => {
    const shown = document.querySelector('[role=progressbar]')
    return Number(shown?.getAttribute('aria-valuenow')) > Number(shown?.getAttribute('aria-valuemax')) / 2
  })
  const started = performance.now()
  await page.getByRole('button', { name: 'Cancel the import' }).click()
  await page.getByText('The import was cancelled. Nothing was imported.').waitFor({ timeout: LONGEST })
  await bar.waitFor({ state: 'detached' })
  return performance.now() - started
}

await inFolder(async (folder) => {
  const csv = join(folder, 'notes.csv')
  const file = join(folder, 'bench.understory')
  writeNotes(csv)
  makeProject(file)
  const before = contentOf(file)

  let cancelled = 0
  await inWindow(folder, file, async (window) => {
    await prepareImport(window, csv)
    await importNow(window.page)
    cancelled = await cancelHalfWay(window.page)
  })
  if (contentOf(file) !== before) throw new Error('a cancelled import changed the project')

  await inWindow(folder, file, async (window) => {
    const { app, page } = window
    await prepareImport(window, csv)
    await page.waitForTimeout(1_500)
    const idle = await framesDuring(page, () => page.waitForTimeout(3_000))
    const atRest = await storeMemory(app)
    const started = performance.now()
    const during = await framesDuring(page, async () => {
      await importNow(page)
      await page.getByRole('heading', { name: 'Imported' }).waitFor({ timeout: LONGEST })
    })
    const { peakMB } = await storeMemory(app)
    report(
      `p95 of frame intervals while ${NOTES} notes are imported`,
      during.p95,
      { ms: idle.p95, is: 'p95 of frame intervals of the same window at rest' },
      {
        during,
        idle,
        importMs: Math.round(performance.now() - started),
        storeMB: { atRest: atRest.nowMB, peak: peakMB },
        cancelMs: Math.round(cancelled),
        unchangedAfterCancel: true,
      },
    )
  })
})
