/**
 * A note that is one long paragraph, as a transcript pasted whole is: what a key costs follows what is in sight. What is
 * counted is how often the page is asked where some text stands, for that, unlike time, is the same on every machine.
 */
import path from 'node:path'
import { expect, type Page } from '@playwright/test'
import { v7 as uuid } from 'uuid'
import { Project } from '../../electron/store/project.ts'
import { codingId } from '../ids.ts'
import { addCode, addNotes } from '../store/project-content.ts'
import { temporaryFolder, test } from './app.ts'
import { codings, press, SIZE, saved, selected, text } from './coding-steps.ts'

const PASSPHRASE = 'long'
/** Every word stands once. */
const TEXT = Array.from({ length: 2_500 }, (_, at) => `w${String(at).padStart(4, '0')}`).join(' ')
const titleOf = (id: string) => `Note ${id}`
const IN_SIGHT = 20
const OUT_OF_SIGHT = 380

declare global {
  interface Window {
    measured?: number
  }
}

/** `few` has codings where the note begins, `many` the same and more behind, `whole` a single one over all of it. */
async function makeProject(): Promise<string> {
  const file = path.join(await temporaryFolder('long'), 'long.understory')
  const project = Project.create(file, PASSPHRASE, { title: 'Long notes' })
  const coder = project.addCoder('Amara').id
  project.activate(coder)
  addNotes(project, coder, { few: TEXT, many: `${TEXT} `, whole: `${TEXT}  ` }, 'YP1', titleOf)
  const code = addCode(project, coder, 'Alpha')
  const over = (note: string, spans: readonly (readonly [number, number])[]) =>
    project.change(coder, 'codings.apply', {
      codings: spans.map(([start, end]) => ({ id: codingId(uuid()), note, code, start, end })),
    })
  const near = Array.from({ length: IN_SIGHT }, (_, at) => [at * 60, at * 60 + 40] as const)
  const far = Array.from({ length: OUT_OF_SIGHT }, (_, at) => [5_000 + at * 25, 5_020 + at * 25] as const)
  over('few', near)
  over('many', [...near, ...far])
  over('whole', [[10, TEXT.length - 10]])
  project.close()
  return file
}

async function openProject(page: Page): Promise<void> {
  await page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE)
  await page.keyboard.press('Enter')
  await expect(text(page)).toBeVisible()
}

async function openNote(page: Page, name: string): Promise<void> {
  await page
    .getByRole('listbox', { name: 'Notes' })
    .getByRole('option')
    .filter({ hasText: titleOf(name) })
    .click()
  await expect(page.getByRole('textbox', { name: `Text of ${titleOf(name)}` })).toBeVisible()
  await expect(page.locator('.stripe').first()).toBeVisible()
}

/** How often the page was asked for boxes of text while something was done and had come on screen. */
async function measuredDuring(page: Page, act: () => Promise<void>): Promise<number> {
  await page.evaluate(() => {
    window.measured = 0
  })
  await act()
  return page.evaluate(() => window.measured ?? 0)
}

test('what is measured at each act does not grow with the codings out of sight', async ({ launch }) => {
  const { page } = await launch({ size: SIZE, args: [await makeProject()] })
  await openProject(page)
  await page.evaluate(() => {
    const { getClientRects } = Range.prototype
    Range.prototype.getClientRects = function () {
      window.measured = (window.measured ?? 0) + 1
      return getClientRects.call(this)
    }
  })
  const countsOf = async (name: string) => {
    await openNote(page, name)
    await text(page).focus()
    await press(page, 'Control+Home')
    const before = await codings(page).first().getAttribute('aria-setsize')
    const caret = await measuredDuring(page, () => press(page, 'ArrowRight', 5))
    const applied = await measuredDuring(page, async () => {
      await press(page, 'Control+Shift+ArrowRight', 2)
      await page.keyboard.press('/')
      await page.keyboard.type('Alpha')
      await page.keyboard.press('Enter')
      await expect(codings(page).first()).toHaveAttribute('aria-setsize', String(Number(before) + 1))
      await saved(page)
    })
    await page.keyboard.press('e')
    const edge = await measuredDuring(page, () => press(page, 'Control+ArrowRight', 5))
    await page.keyboard.press('Escape')
    return { caret, applied, edge }
  }
  const few = await countsOf('few')
  const many = await countsOf('many')
  for (const act of ['caret', 'applied', 'edge'] as const) {
    expect(few[act], act).toBeGreaterThan(0)
    // A measure more or less, as frames fall; the codings out of sight would be 760 a time.
    expect(many[act], act).toBeLessThan(few[act] + 300)
  }
})

test('in the middle of a long paragraph its codes are painted, and a coding that goes on has its bar and name', async ({
  launch,
}) => {
  const { page } = await launch({ size: SIZE, args: [await makeProject()] })
  await openProject(page)
  await openNote(page, 'whole')
  await text(page).focus()
  await page.locator('.note-scroll').evaluate((view) => {
    view.scrollTop = view.scrollHeight / 2
  })
  const view = (await page.locator('.note-scroll').boundingBox()) as { y: number; height: number }
  await expect
    .poll(async () => {
      const bar = (await page.locator('.stripe').boundingBox()) as { y: number; height: number }
      return bar.y < view.y && bar.y + bar.height > view.y + view.height
    })
    .toBe(true)
  await expect(page.locator('.stripe-label')).toBeInViewport()
  await openNote(page, 'many')
  await page.locator('.note-scroll').evaluate((scroller) => {
    scroller.scrollTop = scroller.scrollHeight / 2
  })
  // Painted is what stands where the sight is, and not everything.
  const paintedAt = (height: number) =>
    page.evaluate((height) => {
      const frame = document.querySelector('.note-scroll')?.getBoundingClientRect() as DOMRect
      const isThere = (range: StaticRange) => {
        const live = document.createRange()
        live.setStart(range.startContainer, range.startOffset)
        live.setEnd(range.endContainer, range.endOffset)
        const { top, bottom } = live.getBoundingClientRect()
        return bottom > frame.top + height - 40 && top < frame.top + height + 40
      }
      const painted = [...CSS.highlights]
        .filter(([name]) => name.startsWith('code-'))
        .flatMap(([, ranges]) => [...(ranges as unknown as Iterable<StaticRange>)])
      return { here: painted.filter(isThere).length, all: painted.length }
    }, height)
  await expect.poll(async () => (await paintedAt(view.height / 2)).here).toBeGreaterThan(0)
  await expect.poll(async () => (await paintedAt(20)).here).toBeGreaterThan(0)
  await expect.poll(async () => (await paintedAt(view.height - 20)).here).toBeGreaterThan(0)
  expect((await paintedAt(0)).all).toBeLessThan(IN_SIGHT + OUT_OF_SIGHT)
})

test('words are selected and coded over the joints of a long paragraph as anywhere', async ({ launch }) => {
  const { page } = await launch({ size: SIZE, args: [await makeProject()] })
  await openProject(page)
  await openNote(page, 'few')
  const pieces = await page
    .locator('.note-text > p span')
    .evaluateAll((spans) => spans.map((span) => span.textContent ?? ''))
  expect(pieces.length).toBeGreaterThan(1)
  expect(pieces.join('')).toBe(TEXT)
  const joint = pieces[0]?.length as number
  // From the last word of the first piece on.
  await page.evaluate((joint) => {
    const node = document
      .createTreeWalker(document.querySelector('.note-text > p') as Node, NodeFilter.SHOW_TEXT)
      .nextNode() as Node
    document.getSelection()?.setBaseAndExtent(node, joint - 6, node, joint - 6)
  }, joint)
  await text(page).focus()
  await press(page, 'Control+Shift+ArrowRight', 2)
  expect((await selected(page)).trim()).toBe(TEXT.slice(joint - 6, joint + 5))
  await page.keyboard.press('/')
  await page.keyboard.type('Alpha')
  await page.keyboard.press('Enter')
  await saved(page)
  await expect(codings(page).filter({ hasText: TEXT.slice(joint - 6, joint + 5) })).toHaveCount(1)
  // Back over the joint: every step is one character.
  await press(page, 'ArrowLeft', 8)
  await expect(page.getByText(`character ${(joint + 5 - 8).toLocaleString('en-GB')} of`)).toBeVisible()
})
