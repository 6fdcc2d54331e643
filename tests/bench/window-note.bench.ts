/**
 * Long notes in the window: how long one takes to be painted with its codings, how long a code takes to be painted
 * and to be durable, and how evenly frames come while it is scrolled. A time ends with the frame after the paint. What
 * the browser itself says of a key (Event Timing, W3C), which holds the rasterizer too, is given beside it.
 */
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { v7 as uuid } from 'uuid'
import { Project } from '../../electron/store/project.ts'
import type { CodeId } from '../../shared/contract/basics.ts'
import { codingId } from '../ids.ts'
import { addNotes, newCode } from '../store/project-content.ts'
import { chance, inFolder, median, noteText, PASSPHRASE, percentile, report } from './bench.ts'
import { type BenchWindow, framesDuring, inWindow } from './window.ts'

const CODES = 60
const OPENINGS = 7
const APPLIED = 60
const SCROLLED = 150
/** Pixels a frame: a quick turn of the wheel, some four screens a second, and as fast as one flings. */
const SPEEDS = [
  { pixels: 60, goalMs: 17 },
  { pixels: 120, goalMs: null },
] as const

const titleOf = (id: string) => `Note ${id}`
type LongNote = { id: string; characters: number; codings: number; goalMs: number | null }
const NOTES: readonly LongNote[] = [
  { id: 'letter', characters: 4_000, codings: 20, goalMs: null },
  { id: 'long', characters: 200_000, codings: 2_000, goalMs: 150 },
  { id: 'very-long', characters: 1_000_000, codings: 5_000, goalMs: null },
]

/** Paragraphs of some 320 characters, with an empty line between some, as reports have. */
function longText(random: () => number, characters: number): string {
  const lines: string[] = []
  for (let length = 0; length < characters; length += (lines.at(-1)?.length ?? 0) + 1) {
    lines.push(lines.length % 5 === 4 ? '' : noteText(random, 60 + Math.floor(random() * 520)))
  }
  return lines.join('\n').slice(0, characters)
}

function makeProject(file: string): void {
  const project = Project.create(file, PASSPHRASE, { title: 'Bench' })
  const coder = project.addCoder('Amara').id
  project.activate(coder)
  const random = chance(7)
  addNotes(project, coder, { first: noteText(random, 1_500) }, 'YP1', titleOf)
  addNotes(
    project,
    coder,
    Object.fromEntries(NOTES.map(({ id, characters }) => [id, longText(random, characters)])),
    'YP1',
    titleOf,
  )
  const codes = Array.from({ length: CODES }, (_, at) => ({
    ...newCode(`Code ${at}`),
    colour: ['#67aaed', '#e48393', '#4cbb97', '#d89a3f'][at % 4] as string,
    shortcut: at === 0 ? 'z' : null,
  }))
  project.change(coder, 'codes.add', { source: 'a benchmark', codes })
  for (const { id, characters, codings } of NOTES) {
    const spans = Array.from({ length: codings }, () => {
      const start = Math.floor(random() * (characters - 400))
      return { start, end: start + 10 + Math.floor(random() * 250) }
    })
    project.change(coder, 'codings.apply', {
      codings: spans.map((span) => ({
        id: codingId(uuid()),
        note: id,
        code: codes[Math.floor(random() * CODES)]?.id as CodeId,
        ...span,
      })),
    })
  }
  project.close()
}

/** Opens a note from the list and resolves with the ms until the frame after it was painted with its codings. */
function openNote(page: Page, id: string): Promise<number> {
  return page.evaluate(
    ({ id, title }) =>
      new Promise<number>((resolve, reject) => {
        setTimeout(() => reject(new Error(`${id} was not shown`)), 20_000)
        const rows = [...document.querySelectorAll<HTMLElement>('.note-list [role=option]')]
        const row = rows.find((each) => each.querySelector('.note-row-title')?.textContent === title)
        const isShown = () =>
          document.querySelector('.note-text')?.getAttribute('aria-label') === `Text of ${title}` &&
          (id === 'first' || [...CSS.highlights.keys()].some((name) => name.startsWith('code-')))
        const started = performance.now()
        row?.click()
        const look = () => {
          if (!isShown()) requestAnimationFrame(look)
          else requestAnimationFrame(() => resolve(performance.now() - started))
        }
        requestAnimationFrame(look)
      }),
    { id, title: titleOf(id) },
  )
}

async function timeOpening(page: Page, { id, characters, codings, goalMs }: LongNote): Promise<void> {
  const plain: number[] = []
  const opened: number[] = []
  for (let run = 0; run < OPENINGS; run++) {
    plain.push(await openNote(page, 'first'))
    await page.waitForTimeout(400)
    opened.push(await openNote(page, id))
    await page.waitForTimeout(700)
  }
  report(
    `open a note of ${characters / 1_000} KB with ${codings} codings, painted`,
    median(opened),
    { ms: median(plain), is: 'opening a note of 1.5 KB without codings in the same window' },
    { worst: Math.max(...opened), goalMs },
  )
}

/**
 * In ms from the key. `painted`: until the frame after the one that holds the code begins. `presented`: until that one
 * is on the display, in steps of 8 and not under 16. `saved`: until the page says "Saved", because the store has
 * answered that it is on the disk.
 */
type Applied = { painted: number; presented: number; saved: number }
const QUICKEST = 16

declare global {
  interface Window {
    benchSpot?: { text: Text; start: number; end: number }
    benchApplied?: Promise<Applied>
  }
}

/** Selects a stretch that is in sight, applies a code by its key, and times paint and the store's answer. */
async function applyOne(page: Page, at: number): Promise<Applied> {
  await page.evaluate(
    ({ at, of }) => {
      const view = document.querySelector('.note-scroll') as HTMLElement
      const box = view.getBoundingClientRect()
      const texts = [...document.querySelectorAll<HTMLElement>('.note-text p')].filter((paragraph) => {
        const { top, bottom } = paragraph.getBoundingClientRect()
        return bottom > box.top + 60 && top < box.bottom - 60 && (paragraph.textContent ?? '').length > 55
      })
      // Whole words, and never the same twice: what is there already is not applied again.
      const words = texts.flatMap((paragraph) => {
        const text = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT).nextNode() as Text
        return [...text.data.matchAll(/\w+/g)].map(({ 0: word, index }) => ({
          text,
          start: index,
          end: index + word.length,
        }))
      })
      const { text, start, end } = words[Math.floor((at * words.length) / of)] as (typeof words)[number]
      window.benchSpot = { text, start, end }
      document.getSelection()?.setBaseAndExtent(text, start, text, end)
      document.querySelector<HTMLElement>('.note-text')?.focus({ preventScroll: true })
    },
    { at, of: APPLIED },
  )
  // As fast as anyone goes from one coding to the next.
  await page.waitForTimeout(300)
  await page.evaluate((quickest) => {
    const spot = window.benchSpot
    const isSpot = (range: AbstractRange) =>
      range.startContainer === spot?.text && range.startOffset === spot.start && range.endOffset === spot.end
    const painted = () =>
      [...CSS.highlights].filter(([name, ranges]) => name.startsWith('code-') && [...ranges].some(isSpot))
        .length
    const status = document.querySelector('[data-testid=saved]') as HTMLElement
    const before = painted()
    window.benchApplied = new Promise<Applied>((resolve, reject) => {
      setTimeout(() => reject(new Error('the code was not painted or not saved')), 10_000)
      let presented = quickest
      let paintedIn = 0
      new PerformanceObserver((list, observer) => {
        for (const { name, duration } of list.getEntries()) {
          if (name !== 'keydown') continue
          presented = Math.max(quickest, duration)
          observer.disconnect()
        }
      }).observe({ type: 'event', durationThreshold: quickest } as PerformanceObserverInit)
      const time = () => {
        const started = performance.now()
        const observer = new MutationObserver(() => {
          if (status.textContent !== 'Saved') return
          observer.disconnect()
          const saved = performance.now() - started
          // The browser tells its times a little later.
          setTimeout(() => resolve({ painted: paintedIn, presented, saved }), 250)
        })
        observer.observe(status, { childList: true, characterData: true, subtree: true })
        const look = () => {
          if (painted() <= before) requestAnimationFrame(look)
          else
            requestAnimationFrame(() => {
              paintedIn = performance.now() - started
            })
        }
        requestAnimationFrame(look)
      }
      // Before the page itself hears of the key.
      addEventListener('keydown', time, { once: true, capture: true })
    })
  }, QUICKEST)
  await page.keyboard.press('z')
  return page.evaluate(() => window.benchApplied as Promise<Applied>)
}

async function timeApplying(page: Page, { id, characters, codings }: LongNote): Promise<void> {
  await openNote(page, id)
  await page.waitForTimeout(600)
  const applied: Applied[] = []
  for (let at = 0; at < APPLIED; at++) applied.push(await applyOne(page, at))
  const painted = applied.map((each) => each.painted)
  const presented = applied.map((each) => each.presented)
  const saved = applied.map((each) => each.saved)
  const frame = { ms: 1000 / 60, is: 'one frame at 60 a second' }
  report(
    `apply a code in a note of ${characters / 1_000} KB with ${codings} codings, painted`,
    percentile(painted, 0.95),
    frame,
    {
      median: median(painted),
      goalMs: 33,
      presented: { median: median(presented), p95: percentile(presented, 0.95) },
    },
  )
  report(
    `apply a code in a note of ${characters / 1_000} KB with ${codings} codings, durable`,
    percentile(saved, 0.95),
    frame,
    { median: median(saved), goalMs: 50 },
  )
}

async function timeScrolling(page: Page, { id, characters, codings }: LongNote): Promise<void> {
  await openNote(page, id)
  await page.waitForTimeout(600)
  const idle = await framesDuring(page, () => page.waitForTimeout(1_500))
  for (const { pixels, goalMs } of SPEEDS) {
    const scrolled = await framesDuring(page, () =>
      page.evaluate(
        ({ steps, pixels }) =>
          new Promise<void>((resolve) => {
            const view = document.querySelector('.note-scroll') as HTMLElement
            view.scrollTop = 0
            let step = 0
            const next = () => {
              view.scrollTop += pixels
              if (++step < steps) requestAnimationFrame(next)
              else resolve()
            }
            requestAnimationFrame(next)
          }),
        { steps: SCROLLED, pixels },
      ),
    )
    report(
      `scroll a note of ${characters / 1_000} KB with ${codings} codings by ${60 * pixels} pixels a second, p95 of frame intervals`,
      scrolled.p95,
      { ms: idle.p95, is: 'p95 of frame intervals of the same window at rest' },
      { scrolled, goalMs },
    )
    await page.waitForTimeout(500)
  }
}

await inFolder(async (folder) => {
  const file = join(folder, 'bench.understory')
  makeProject(file)
  await inWindow(folder, file, async ({ page }: BenchWindow) => {
    await page
      .getByRole('option')
      .filter({ hasText: titleOf('very-long') })
      .waitFor()
    await page.waitForTimeout(1_000)
    for (const note of NOTES) {
      await timeOpening(page, note)
      await timeApplying(page, note)
      await timeScrolling(page, note)
    }
  })
})
