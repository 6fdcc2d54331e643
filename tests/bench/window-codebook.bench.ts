/**
 * A codebook of 10,000 codes in the window: how evenly frames come while its tree is scrolled and while the keyboard
 * goes down it, and how long the filter takes to answer a letter. A time ends with the frame after the paint.
 */
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { Project } from '../../electron/store/project.ts'
import type { CodeId } from '../../shared/contract/basics.ts'
import { addNotes, newCode } from '../store/project-content.ts'
import { chance, inFolder, median, noteText, PASSPHRASE, percentile, report } from './bench.ts'
import { type BenchWindow, framesDuring, inWindow } from './window.ts'

const CODES = 10_000
/** Codes in a folder, and codes under each tenth of them. */
const IN_FOLDER = 50
const SCROLLED = 200
const PRESSED = 60
const TYPED = ['n', 'ne', 'neg', 'mo ba', 'zz', 'st th er', 'a', '12']

function makeProject(file: string): void {
  const project = Project.create(file, PASSPHRASE, { title: 'Bench' })
  const coder = project.addCoder('Amara').id
  project.activate(coder)
  const random = chance(11)
  addNotes(project, coder, { first: noteText(random, 1_500) })
  const codes: ReturnType<typeof newCode>[] = []
  let folder: CodeId | null = null
  let parent: CodeId | null = null
  for (let at = 0; at < CODES; at++) {
    const isFolder = at % IN_FOLDER === 0
    const name = `${noteText(random, 28)} ${at}`
    const code: ReturnType<typeof newCode> = {
      ...newCode(name),
      isFolder,
      parentId: isFolder ? null : at % 10 > 4 ? parent : folder,
    }
    if (isFolder) folder = code.id
    if (isFolder || at % 10 === 0) parent = code.id
    codes.push(code)
  }
  project.change(coder, 'codes.add', { source: 'a benchmark', codes })
  project.close()
}

const frame = { ms: 1000 / 60, is: 'one frame at 60 a second' }

async function timeScrolling(page: Page): Promise<void> {
  const idle = await framesDuring(page, () => page.waitForTimeout(1_500))
  const scrolled = await framesDuring(page, () =>
    page.evaluate(
      (steps) =>
        new Promise<void>((resolve) => {
          const view = document.querySelector('.codebook-tree [role=tree]') as HTMLElement
          let step = 0
          const next = () => {
            view.scrollTop += 140
            if (++step < steps) requestAnimationFrame(next)
            else resolve()
          }
          requestAnimationFrame(next)
        }),
      SCROLLED,
    ),
  )
  report(
    `scroll a tree of ${CODES} codes, p95 of frame intervals`,
    scrolled.p95,
    { ms: idle.p95, is: 'p95 of frame intervals of the same window at rest' },
    { scrolled, goalMs: 17 },
  )
}

async function timeKeys(page: Page): Promise<void> {
  await page.locator('.codebook-tree [role=tree]').focus()
  await page.keyboard.press('Home')
  const moved = await framesDuring(page, async () => {
    for (let at = 0; at < PRESSED; at++) await page.keyboard.press('ArrowDown')
  })
  report(`go down a tree of ${CODES} codes by key, p95 of frame intervals`, moved.p95, frame, { moved })
}

/** Types into the filter and resolves with the ms until the frame after the tree shows what was found. */
function filter(page: Page, words: string): Promise<number> {
  return page.evaluate(
    (words) =>
      new Promise<number>((resolve, reject) => {
        setTimeout(() => reject(new Error(`nothing was shown for ${words}`)), 20_000)
        const box = document.querySelector('.codebook-tree .filter-input') as HTMLInputElement
        const foot = document.querySelector('.codebook-tree .place-foot .number') as HTMLElement
        const before = foot.textContent
        const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set
        const started = performance.now()
        setValue?.call(box, words)
        box.dispatchEvent(new Event('input', { bubbles: true }))
        const look = () => {
          if (foot.textContent === before) requestAnimationFrame(look)
          else requestAnimationFrame(() => resolve(performance.now() - started))
        }
        requestAnimationFrame(look)
      }),
    words,
  )
}

async function timeFilter(page: Page): Promise<void> {
  const times: number[] = []
  for (const words of [...TYPED, ...TYPED]) {
    times.push(await filter(page, words))
    await page.waitForTimeout(120)
    await filter(page, '')
    await page.waitForTimeout(120)
  }
  report(`filter a tree of ${CODES} codes, painted`, percentile(times, 0.95), frame, {
    median: median(times),
    goalMs: 33,
  })
}

await inFolder(async (folder) => {
  const file = join(folder, 'bench.understory')
  makeProject(file)
  await inWindow(folder, file, async ({ page }: BenchWindow) => {
    await page.locator('.note-text').waitFor()
    await page.keyboard.press('Control+3')
    await page.locator('.codebook-tree [role=treeitem]').first().waitFor()
    await page.waitForTimeout(1_500)
    await timeScrolling(page)
    await timeKeys(page)
    await timeFilter(page)
  })
})
