/** The details of the selected coding: in a place of their own, which leaves the words of the note where they are. */
import { expect, type Page } from '@playwright/test'
import { keptChoices, temporaryFolder, test } from './app.ts'
import { expectNoBarriers } from './barriers.ts'
import { codings, openUncoded, press, SIZE, saved, selectFrom, text } from './coding-steps.ts'
import { pressEach, tabTo } from './steps.ts'

const drawer = (page: Page) => page.getByRole('region', { name: 'Selected coding' })
const memo = (page: Page) => drawer(page).getByRole('textbox', { name: 'Memo', exact: true })
const height = (page: Page) => page.getByRole('separator', { name: 'Height of the details' })

async function addUsualFive(page: Page): Promise<void> {
  await page.keyboard.press('Control+3')
  await page.getByRole('button', { name: 'Qualifiers', exact: true }).click()
  await page.getByRole('button', { name: 'Add the usual five' }).click()
  await saved(page)
  await page.keyboard.press('Control+2')
  await expect(text(page)).toBeFocused()
}

async function openLong(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'Filter notes' }).fill('Full initial assessment')
  await page.getByRole('textbox', { name: 'Filter notes' }).press('Enter')
  await expect(text(page)).toHaveAccessibleName(/Full initial assessment/)
  await expect(codings(page)).not.toHaveCount(0)
}

/** The words that stand first in sight, and where. */
const firstInSight = (page: Page) =>
  page.getByTestId('note-scroll').evaluate((view) => {
    const top = view.getBoundingClientRect().top
    const column = view.querySelector('.note-text')?.getBoundingClientRect().left ?? 0
    const caret = document.caretPositionFromPoint(column + 4, top + 40)
    if (!caret) throw new Error('no words in sight')
    const range = document.createRange()
    range.setStart(caret.offsetNode, caret.offset)
    const words = caret.offsetNode.textContent?.slice(caret.offset, caret.offset + 12) ?? ''
    return { words, top: Math.round(range.getClientRects()[0]?.top ?? 0) }
  })

/** Whether all words painted as the active coding are in the sight of the note. */
const isActiveInSight = (page: Page) =>
  page.getByTestId('note-scroll').evaluate((view) => {
    const frame = view.getBoundingClientRect()
    const ranges = [...(CSS.highlights.get('note-active') ?? [])] as unknown as StaticRange[]
    return (
      ranges.length > 0 &&
      ranges.every((range) => {
        const live = document.createRange()
        live.setStart(range.startContainer, range.startOffset)
        live.setEnd(range.endContainer, range.endOffset)
        return [...live.getClientRects()].every(
          ({ top, bottom }) => top >= frame.top - 1 && bottom <= frame.bottom + 1,
        )
      })
    )
  })

for (const size of [SIZE, { width: 1100, height: 700 }]) {
  test(`with five qualifiers the memo is seen without scrolling at ${size.width} × ${size.height}`, async ({
    launch,
  }) => {
    const { page } = await launch({ size })
    await addUsualFive(page)
    await press(page, ']')
    await expect(drawer(page).locator('.qualifier')).toHaveCount(5)
    await expect(memo(page)).toBeInViewport({ ratio: 1 })
    for (const qualifier of await drawer(page).locator('.qualifier').all())
      await expect(qualifier).toBeInViewport({ ratio: 1 })
    await page.keyboard.press('m')
    await expect(memo(page)).toBeFocused()
    await expect(memo(page)).toBeInViewport({ ratio: 1 })
  })
}

test('the details open and close under the hand, are reached by key, and stand below the note or beside it', async ({
  launch,
}) => {
  const { page } = await launch({ size: SIZE })
  await test.step('pressing a coding, hiding and showing its details move no word of the note', async () => {
    await openLong(page)
    await text(page).focus()
    await pressEach(page, 'PageDown', 'PageDown', 'Escape', 'Escape')
    await expect(drawer(page)).toContainText('No coding is selected.')
    const before = await firstInSight(page)
    // The first that is in sight: names are made ready somewhat above it too.
    const inSight = await page.locator('.stripe-label').evaluateAll((labels) => {
      const top = document.querySelector('.note-scroll')?.getBoundingClientRect().top ?? 0
      return labels.findIndex((label) => label.getBoundingClientRect().top > top + 4)
    })
    await page.locator('.stripe-label').nth(inSight).click()
    await expect(drawer(page).locator('strong')).toBeVisible()
    expect(await firstInSight(page)).toEqual(before)
    await page.keyboard.press('Control+d')
    await expect(height(page)).toHaveCount(0)
    expect(await firstInSight(page)).toEqual(before)

    // What lies where the details open is brought in sight.
    await page.locator('.stripe-label').last().click()
    await page.keyboard.press('Control+d')
    await expect(height(page)).toBeVisible()
    await expect.poll(() => isActiveInSight(page)).toBe(true)
  })

  await test.step('a double press on the lowest coded word selects it: nothing comes up under the hand', async () => {
    await openLong(page)
    await text(page).focus()
    await pressEach(page, 'PageDown', 'Escape', 'Escape')
    const word = await page.getByTestId('note-scroll').evaluate((view) => {
      const bottom = view.getBoundingClientRect().bottom
      const painted = [...CSS.highlights].flatMap(([name, ranges]) =>
        name.startsWith('code-') ? ([...ranges] as unknown as StaticRange[]) : [],
      )
      const boxes = painted.map(({ startContainer, startOffset }) => {
        const range = document.createRange()
        range.setStart(startContainer, startOffset + 1)
        range.setEnd(startContainer, startOffset + 2)
        return range.getBoundingClientRect()
      })
      const [lowest] = boxes
        .filter((box) => box.bottom < bottom - 4)
        .sort((one, other) => other.top - one.top)
      return { x: lowest?.left ?? 0, y: ((lowest?.top ?? 0) + (lowest?.bottom ?? 0)) / 2 }
    })
    await page.mouse.move(word.x, word.y)
    for (const clickCount of [1, 2]) {
      await page.mouse.down({ clickCount })
      await page.mouse.up({ clickCount })
      if (clickCount === 1) await expect(drawer(page).locator('strong')).toBeVisible()
    }
    // The second press takes the word; had it fallen elsewhere nothing would be selected.
    await expect.poll(() => page.evaluate(() => CSS.highlights.get('note-selection')?.size)).toBe(1)
  })

  await test.step('what the code means and the history are shown by key, from one coding to the next', async () => {
    await openLong(page)
    await text(page).focus()
    await pressEach(page, ']', 'Control+Shift+k', 'Control+Shift+h')
    const meaning = drawer(page).getByRole('button', { name: 'Definition of the code' })
    await expect(meaning).toHaveAttribute('aria-expanded', 'true')
    await expect(drawer(page).getByRole('list', { name: 'History of this coding' })).toBeVisible()
    await page.keyboard.press(']')
    await expect(meaning).toHaveAttribute('aria-expanded', 'true')
    await expect(drawer(page).getByText('Use when', { exact: true })).toBeVisible()
  })

  await test.step('the details have no barrier, below the note and beside it', async () => {
    await addUsualFive(page)
    // Definition and history are still shown.
    await page.keyboard.press(']')
    await expect(drawer(page).getByRole('list', { name: 'History of this coding' })).toBeVisible()
    await expectNoBarriers(page, 'below')
    await page.keyboard.press('Control+Shift+d')
    await expect(page.getByRole('separator', { name: 'Width of the details' })).toBeVisible()
    await expectNoBarriers(page, 'beside')
    await page.keyboard.press('Control+Shift+d')
    await expect(height(page)).toBeVisible()
  })

  await test.step('the details are reached by F6, have the keys of the text, and Escape leads back', async () => {
    await openUncoded(page)
    await selectFrom(page, 2, 4)
    await pressEach(page, '1', 'F6')
    await expect(codings(page)).toHaveCount(1)
    await expect(drawer(page).locator(':focus')).toBeVisible()
    await page.keyboard.press('Shift+N')
    await expect(drawer(page).getByRole('button', { name: 'negated' })).toHaveAttribute(
      'aria-pressed',
      'true',
    )
    await page.keyboard.press('Escape')
    await expect(text(page)).toBeFocused()

    await tabTo(page, height(page))
    const tall = Number(await height(page).getAttribute('aria-valuenow'))
    await press(page, 'ArrowUp', 2)
    await expect(height(page)).toHaveAttribute('aria-valuenow', String(tall + 32))
    await page.keyboard.press('Home')
    await expect(height(page)).toHaveAttribute('aria-valuenow', '96')
    await page.keyboard.press('Escape')
    await expect(text(page)).toBeFocused()

    await pressEach(page, 'F6', 'Delete')
    await expect(codings(page)).toHaveCount(0)
    await expect(text(page)).toBeFocused()
    await saved(page)
  })
})

test('hidden by key, beside the note or below, in the size that was chosen: all of it is remembered', async ({
  launch,
}) => {
  const userData = await temporaryFolder('drawer')
  const first = await launch({ userData, size: SIZE })
  const { page } = first
  await openLong(page)
  await text(page).focus()
  await pressEach(page, 'PageDown', 'Escape', 'Escape')
  const before = await firstInSight(page)
  await page.keyboard.press('Control+Shift+d')
  const width = page.getByRole('separator', { name: 'Width of the details' })
  await expect(width).toBeVisible()
  const beside = await firstInSight(page)
  expect(Math.abs(beside.top - before.top), 'the line that is read stays').toBeLessThanOrEqual(27)
  await press(page, ']')
  await expect(drawer(page).locator('strong')).toBeVisible()
  const note = await page.getByRole('region', { name: 'Note', exact: true }).boundingBox()
  const details = await drawer(page).boundingBox()
  expect(details?.x).toBeGreaterThanOrEqual((note?.x ?? 0) + (note?.width ?? 0))
  const box = await width.boundingBox()
  if (!box) throw new Error('there is no line between them')
  await page.mouse.move(box.x, box.y + 200)
  await page.mouse.down()
  await page.mouse.move(box.x - 40, box.y + 200, { steps: 4 })
  await page.mouse.up()
  await expect(width).toHaveAttribute('aria-valuenow', '340')
  await expect(page.getByTestId('saved')).toHaveText('Saved')

  await page.keyboard.press('Control+d')
  await expect(width).toHaveCount(0)
  await expect(drawer(page).getByRole('button', { name: 'Show the details' })).toBeVisible()
  await expect
    .poll(() => keptChoices(userData))
    .toMatchObject({ isDetailsOpen: false, detailsPlace: 'beside', detailsWidth: 340 })
  await first.close()

  const again = await launch({ userData, size: SIZE })
  await expect(text(again.page)).toBeVisible()
  await expect(drawer(again.page).getByRole('button', { name: 'Show the details' })).toBeVisible()
  await again.page.keyboard.press('Control+d')
  await expect(again.page.getByRole('separator', { name: 'Width of the details' })).toHaveAttribute(
    'aria-valuenow',
    '340',
  )
  // A memo that is asked for opens what was hidden.
  await again.page.keyboard.press('Control+d')
  await text(again.page).focus()
  await pressEach(again.page, ']', 'm')
  await expect(memo(again.page)).toBeFocused()
})
