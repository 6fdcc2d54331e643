/**
 * What a key costs in a note that is one long paragraph (a transcript pasted whole) against the same text and codings
 * in many paragraphs: applying a code, moving an edge by a step, moving the caret by a step. The cost follows what is in
 * sight, so the ratio is to stay near 1. A time ends with the frame after the one that shows it.
 */
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { v7 as uuid } from 'uuid'
import { Project } from '../../electron/store/project.ts'
import type { CodeId } from '../../shared/contract/basics.ts'
import { codingId } from '../ids.ts'
import { addNotes, newCode } from '../store/project-content.ts'
import { chance, inFolder, median, noteText, PASSPHRASE, percentile, report } from './bench.ts'
import { type BenchWindow, inWindow } from './window.ts'

const GOAL = 100
const CODES = 20
const STEPS = 24
const SIZES = [
  { characters: 15_000, codings: 200 },
  { characters: 300_000, codings: 400 },
] as const
type Size = (typeof SIZES)[number]
type Shape = 'one paragraph' | 'many paragraphs'

const titleOf = (id: string) => `Note of ${id}`
const idOf = ({ characters }: Size, shape: Shape) => `${characters}, ${shape}`

/** Some 300 characters a line; as one paragraph the line feeds are blanks, so that every position is the same. */
function textsOf({ characters }: Size, random: () => number): Record<Shape, string> {
  const lines: string[] = []
  for (let length = 0; length < characters; length += (lines.at(-1)?.length ?? 0) + 1)
    lines.push(noteText(random, 300))
  const many = lines.join('\n').slice(0, characters)
  return { 'many paragraphs': many, 'one paragraph': many.replaceAll('\n', ' ') }
}

function makeProject(file: string): void {
  const project = Project.create(file, PASSPHRASE, { title: 'Bench' })
  const coder = project.addCoder('Amara').id
  project.activate(coder)
  const random = chance(11)
  const codes = Array.from({ length: CODES }, (_, at) => ({
    ...newCode(`Code ${at}`),
    colour: ['#67aaed', '#e48393', '#4cbb97', '#d89a3f'][at % 4] as string,
    shortcut: at === 0 ? 'z' : null,
  }))
  project.change(coder, 'codes.add', { source: 'a benchmark', codes })
  for (const size of SIZES) {
    const texts = textsOf(size, random)
    for (const shape of ['one paragraph', 'many paragraphs'] as const) {
      const note = idOf(size, shape)
      addNotes(project, coder, { [note]: texts[shape] }, 'YP1', titleOf)
      const every = size.characters / size.codings
      project.change(coder, 'codings.apply', {
        codings: Array.from({ length: size.codings }, (_, at) => ({
          id: codingId(uuid()),
          note,
          code: codes[at % CODES]?.id as CodeId,
          start: Math.floor(at * every),
          end: Math.min(size.characters, Math.floor(at * every) + 80),
        })),
      })
    }
  }
  project.close()
}

async function open(page: Page, id: string): Promise<void> {
  await page
    .locator('.note-list [role=option]')
    .filter({ hasText: titleOf(id) })
    .click()
  await page.locator(`.note-text[aria-label="Text of ${titleOf(id)}"]`).waitFor()
  await page.locator('.stripe').first().waitFor()
  // What is made while the page is idle is made by then.
  await page.waitForTimeout(1_500)
}

/** Puts the caret, or selects some characters, at a position of the note, and brings it into the middle. */
async function select(page: Page, at: number, length: number): Promise<void> {
  await page.evaluate(
    ({ at, length }) => {
      let start = at
      for (const line of document.querySelectorAll('.note-text > p')) {
        const texts = document.createTreeWalker(line, NodeFilter.SHOW_TEXT)
        for (let node = texts.nextNode(); node; node = texts.nextNode()) {
          const text = node as Text
          if (start + length > text.length) {
            start = Math.max(0, start - text.length)
            continue
          }
          document.getSelection()?.setBaseAndExtent(text, start, text, start + length)
          const range = document.createRange()
          range.setStart(text, start)
          range.setEnd(text, start + 1)
          const view = document.querySelector('.note-scroll') as HTMLElement
          view.scrollTop += range.getBoundingClientRect().top - view.getBoundingClientRect().top - 300
          document.querySelector<HTMLElement>('.note-text')?.focus({ preventScroll: true })
          return
        }
        start = Math.max(0, start - 1)
      }
      throw new Error('the note is shorter than that')
    },
    { at, length },
  )
  // As fast as anyone goes from one act to the next; a scrolled note is at rest again by then.
  await page.waitForTimeout(400)
}

declare global {
  interface Window {
    benchStep?: Promise<number>
  }
}

/** Presses a key and resolves with the ms from it to the frame after what it changed: with `isInMargin` a new bar there. */
async function press(page: Page, key: string, isInMargin: boolean): Promise<number> {
  await page.evaluate((isInMargin) => {
    const bars = () => [...document.querySelectorAll<HTMLElement>('.stripe')].map((bar) => bar.dataset.coding)
    const before = new Set(bars())
    window.benchStep = new Promise<number>((resolve, reject) => {
      setTimeout(() => reject(new Error('nothing came of the key')), 10_000)
      const start = () => {
        const started = performance.now()
        const look = () => {
          if (isInMargin && !bars().some((id) => !before.has(id))) requestAnimationFrame(look)
          else requestAnimationFrame(() => resolve(performance.now() - started))
        }
        requestAnimationFrame(look)
      }
      addEventListener('keydown', start, { once: true, capture: true })
    })
  }, isInMargin)
  await page.keyboard.press(key)
  return page.evaluate(() => window.benchStep as Promise<number>)
}

type Act = 'apply a code' | 'move an edge by a step' | 'move the caret by a step'

async function timeActs(page: Page, size: Size, shape: Shape): Promise<Record<Act, number[]>> {
  await open(page, idOf(size, shape))
  const middle = Math.floor(size.characters / 2)
  const applied: number[] = []
  for (let at = 0; at < STEPS; at++) {
    await select(page, middle + at * 11, 5)
    applied.push(await press(page, 'z', true))
  }
  const edge: number[] = []
  await page.keyboard.press('e')
  for (let at = 0; at < STEPS; at++) {
    edge.push(await press(page, 'ArrowRight', false))
    await page.waitForTimeout(120)
  }
  await page.keyboard.press('Escape')
  await select(page, middle, 0)
  const caret: number[] = []
  for (let at = 0; at < STEPS; at++) {
    caret.push(await press(page, 'ArrowRight', false))
    await page.waitForTimeout(120)
  }
  return { 'apply a code': applied, 'move an edge by a step': edge, 'move the caret by a step': caret }
}

await inFolder(async (folder) => {
  const file = join(folder, 'bench.understory')
  makeProject(file)
  await inWindow(folder, file, async ({ page }: BenchWindow) => {
    await page.getByRole('option').first().waitFor()
    await page.waitForTimeout(1_000)
    for (const size of SIZES) {
      const many = await timeActs(page, size, 'many paragraphs')
      const one = await timeActs(page, size, 'one paragraph')
      for (const act of Object.keys(one) as Act[])
        report(
          `${act}, ${size.characters} characters with ${size.codings} codings in one paragraph`,
          median(one[act]),
          { ms: median(many[act]), is: 'the same text and codings in many paragraphs' },
          { p95: percentile(one[act], 0.95), goalMs: GOAL },
        )
    }
  })
})
