/** Search over every note of the sample, and codes for what was found, in the real program. */
import { expect, type Page } from '@playwright/test'
import { test } from './app.ts'
import { barriers, setTheme } from './barriers.ts'

const SIZE = { width: 1440, height: 900 }
/** The sample's 73 notes hold these words side by side seven times. */
const PHRASE = '"protection plan"'

const field = (page: Page) => page.getByRole('textbox', { name: 'Search all notes' })
const hits = (page: Page) => page.getByRole('listbox', { name: 'Hits' }).getByRole('option')
const count = (page: Page) => page.locator('.choice-count')
const active = (page: Page) => page.locator('.hit-active')
async function find(page: Page, query: string): Promise<void> {
  await page.keyboard.press('Control+f')
  await expect(field(page)).toBeFocused()
  await field(page).fill(query)
  await page.keyboard.press('Enter')
}

test('five of seven hits get a code in one step, and one undo takes it back', async ({ launch }) => {
  const { page } = await launch({ size: SIZE })
  await find(page, PHRASE)
  await expect(count(page)).toHaveText(/^7 hits in \d notes$/)
  await expect(hits(page)).toHaveCount(7)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Control+a')
  await expect(page.locator('.hit-list [aria-selected=true]')).toHaveCount(7)
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
  const apply = page.getByRole('button', { name: 'Apply a code to 5 hits' })
  await expect(apply).toBeEnabled()

  await page.keyboard.press('/')
  await page.keyboard.type('county lines')
  await page.keyboard.press('Enter')
  await expect(page.locator('.toast')).toContainText('Applied “County lines')
  await expect(page.locator('.toast')).toContainText('to 5 hits')
  await expect(page.getByTestId('saved')).toHaveText('Saved')

  // The last hit was chosen: its note carries the code over just these words.
  await page.getByRole('listbox', { name: 'Hits' }).focus()
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await expect(page.locator('html')).toHaveAttribute('data-place', 'code')
  const coding = page.getByRole('listbox', { name: 'Codings' }).getByRole('option', { name: /County lines/ })
  await expect(coding).toContainText(/protection plan/i)

  await page.keyboard.press('Control+z')
  await expect(coding).toHaveCount(0)
  await page.keyboard.press('Control+6')
  await expect(page.getByRole('table', { name: 'Journal' })).toContainText('undone')
})

test('a hit opens in its note with the others marked, and the way back keeps the results', async ({
  launch,
}) => {
  const { page } = await launch({ size: SIZE })
  await find(page, 'police')
  await expect(count(page)).toHaveText(/hits in/)
  await page.keyboard.press('ArrowDown')
  for (let step = 0; step < 4; step++) await page.keyboard.press('ArrowDown')
  await expect(active(page)).toHaveAttribute('aria-posinset', '5')
  await page.keyboard.press('Enter')
  await expect(page.locator('html')).toHaveAttribute('data-place', 'code')
  const bar = page.getByRole('region', { name: 'Hits of the search' })
  await expect(bar).toContainText('police')
  expect(await page.evaluate(() => CSS.highlights.get('note-hit')?.size)).toBeGreaterThan(0)
  await page.keyboard.press('F3')
  await bar.getByRole('button', { name: 'Stop showing the hits' }).click()
  await expect(bar).toHaveCount(0)
  expect(await page.evaluate(() => CSS.highlights.has('note-hit'))).toBe(false)

  await page.keyboard.press('Alt+ArrowLeft')
  await expect(active(page)).toHaveAttribute('aria-posinset', '5')
  await expect(page.getByRole('listbox', { name: 'Hits' })).toBeFocused()
})

test('an incomplete search is explained while typing, a pattern keeps to its case', async ({ launch }) => {
  const { page } = await launch({ size: SIZE })
  await page.keyboard.press('Control+f')
  await expect(field(page)).toBeFocused()
  await page.keyboard.type('"protection')
  await expect(page.getByRole('status')).toContainText('This search is not complete')
  await page.keyboard.type(' plan"')
  await expect(hits(page)).toHaveCount(7)

  await page.getByRole('radio', { name: 'Pattern' }).check()
  await field(page).fill('\\bMUM\\b')
  await expect(count(page)).toHaveText(/hits? in/)
  await page.getByRole('checkbox', { name: 'Match case' }).check()
  await expect(page.getByText('No hits in any note.')).toBeVisible()
})

test('filters keep to a case and to values, and sentences are coded whole', async ({ launch }) => {
  const { page } = await launch({ size: SIZE })
  await find(page, 'school')
  const all = await count(page).textContent()
  await page.getByRole('combobox', { name: 'Case' }).selectOption('YP01')
  await expect(count(page)).not.toHaveText(all ?? '')
  await expect(page.locator('.hit-note-facts').first()).toContainText('YP01')
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await expect(count(page)).toHaveText(all ?? '')

  await page.getByRole('combobox', { name: 'Filter by an attribute' }).selectOption({ index: 1 })
  await page.getByRole('checkbox').first().check()
  await expect(count(page)).not.toHaveText(all ?? '')
  await page.keyboard.press('Escape')

  await page.getByRole('radio', { name: 'Sentence' }).check()
  await page.getByRole('listbox', { name: 'Hits' }).focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('q')
  await page.keyboard.type('county lines')
  await page.keyboard.press('Enter')
  await expect(page.locator('.toast')).toContainText('to 1 sentence')
})

for (const theme of ['light', 'dark', 'contrast'] as const) {
  test(`search has no barrier in the ${theme} theme`, async ({ launch }) => {
    const { page } = await launch({ size: SIZE })
    await setTheme(page, theme)
    await page.keyboard.press('Control+f')
    await expect(field(page)).toBeFocused()
    expect(await barriers(page)).toEqual([])
    await find(page, 'police')
    await expect(count(page)).toHaveText(/hits in/)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Space')
    expect(await barriers(page)).toEqual([])
    await page.keyboard.press('/')
    await expect(page.getByRole('combobox', { name: 'Apply a code by name' })).toBeVisible()
    expect(await barriers(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('listbox', { name: 'Hits' }).focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('region', { name: 'Hits of the search' })).toBeVisible()
    expect(await barriers(page)).toEqual([])
  })
}
