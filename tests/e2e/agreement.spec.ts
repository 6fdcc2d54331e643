/** Agreement on the sample project by keyboard: from a low figure to the text behind it and back, and confused codes. */
import { expect, type Locator, type Page } from '@playwright/test'
import { test } from './app.ts'
import { barriers, setTheme } from './barriers.ts'

const SIZE = { width: 1440, height: 900 }
const byCode = (page: Page) => page.getByRole('table', { name: 'Agreement by code' })
const confused = (page: Page) => page.getByRole('table', { name: 'Confused codes' })
const passages = (page: Page) => page.getByRole('complementary', { name: 'Passages' })

async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let step = 0; step < 80; step++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not reach ${target}.`)
}

async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key)
}

async function computed(page: Page): Promise<void> {
  await press(page, 'Control+6')
  await tabTo(page, page.getByRole('button', { name: 'Compute agreement' }).first())
  await press(page, 'Enter')
  await expect(byCode(page)).toBeVisible()
}

const focusedLabel = (page: Page) =>
  page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '')

async function expectNoBarriers(page: Page): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await setTheme(page, theme)
    expect(await barriers(page)).toEqual([])
  }
}

test('the keyboard leads from the lowest kappa to the passages the coders disagree on, and back', async ({
  launch,
}) => {
  const { page } = await launch({ size: SIZE })
  await computed(page)
  await tabTo(page, byCode(page).getByRole('button', { name: 'Sort by Cohen’s kappa' }))
  // The highest first, then the lowest.
  await press(page, 'Enter', 'Enter')
  await expect(byCode(page).getByRole('columnheader', { name: /Cohen/ })).toHaveAttribute(
    'aria-sort',
    'ascending',
  )
  // Past percent and "neither" to what only the second coder said; then down to the first row that has some.
  await press(page, 'ArrowLeft', 'ArrowLeft', 'ArrowLeft', 'ArrowDown')
  const label = await focusedLabel(page)
  expect(label).toMatch(/, Only Ben: \d+\. Show the passages$/)
  const count = Number(/: (\d+)\./.exec(label)?.[1])
  await press(page, 'Enter')
  await expect(passages(page)).toBeFocused()
  await expect(passages(page).getByRole('listitem')).toHaveCount(count)
  await expectNoBarriers(page)

  await tabTo(page, passages(page).locator('.quote').first())
  await press(page, 'Enter')
  await expect(page.getByRole('button', { name: 'Back to Agreement' })).toBeVisible()
  await press(page, 'Alt+ArrowLeft')
  await expect(byCode(page)).toBeVisible()
  await expect(passages(page)).toBeFocused()
  await press(page, 'Escape')
  await expect(passages(page)).toBeHidden()
})

test('Escape in the passages gives the keyboard back to the count they were opened from', async ({
  launch,
}) => {
  const { page } = await launch({ size: SIZE })
  await computed(page)
  await tabTo(page, byCode(page).getByRole('button', { name: 'Sort by Both' }))
  await press(page, 'Enter', 'ArrowDown')
  const label = await focusedLabel(page)
  expect(label).toMatch(/, Both: [1-9]\d*\. Show the passages$/)
  await press(page, 'Enter')
  await expect(passages(page)).toBeFocused()
  await press(page, 'Escape')
  await expect(passages(page)).toBeHidden()
  expect(await focusedLabel(page)).toBe(label)
})

test('confused codes are listed, most frequent first, and each opens the text both coders read differently', async ({
  launch,
}) => {
  const { page } = await launch({ size: SIZE })
  await press(page, 'Control+6')
  await tabTo(page, page.getByRole('radio', { name: 'By note' }))
  await press(page, 'ArrowRight')
  await computed(page)
  await tabTo(page, page.getByRole('tab', { name: 'By code' }))
  await press(page, 'ArrowRight')
  await expect(confused(page)).toBeVisible()
  await expect(
    page.getByText(/over the same characters of the text, and neither applied both there/),
  ).toBeVisible()
  await tabTo(page, confused(page).getByRole('button', { name: 'Sort by number of characters' }))
  await press(page, 'ArrowDown')
  const counts = (await confused(page).locator('.cell-button').allTextContents()).map((words) =>
    Number(words.replace(',', '')),
  )
  expect(counts.length).toBeGreaterThan(1)
  expect(counts).toEqual([...counts].sort((a, b) => b - a))
  await press(page, 'Enter')
  await expect(passages(page)).toBeFocused()
  const quotes = await passages(page).locator('mark').allTextContents()
  expect(quotes.reduce((sum, quote) => sum + [...quote].length, 0)).toBe(counts[0])
  await expectNoBarriers(page)
})
