/** Search over every note of the sample, and codes for what was found, in the real program. */
import { expect, type Page } from '@playwright/test'
import { test } from './app.ts'
import { expectNoBarriers } from './barriers.ts'
import { find, hitCount, hits, searchField } from './steps.ts'

const SIZE = { width: 1440, height: 900 }

const active = (page: Page) => page.locator('.grouped-active')

test('a search is typed, followed into its notes and back, filtered and coded', async ({ launch }) => {
  const { page } = await launch({ size: SIZE })
  await test.step('an incomplete search is explained while typing, a pattern keeps to its case', async () => {
    await page.keyboard.press('Control+f')
    await expect(searchField(page)).toBeFocused()
    await page.keyboard.type('"protection')
    await expect(page.getByRole('status')).toContainText('This search is not complete')
    await page.keyboard.type(' plan"')
    await expect(hits(page)).toHaveCount(7)

    await page.getByRole('radio', { name: 'Pattern' }).check()
    await searchField(page).fill('\\bMUM\\b')
    await expect(hitCount(page)).toHaveText(/hits? in/)
    await page.getByRole('checkbox', { name: 'Match case' }).check()
    await expect(page.getByText('No hits in any note.')).toBeVisible()
    await page.getByRole('checkbox', { name: 'Match case' }).uncheck()
    await page.getByRole('radio', { name: 'Words' }).check()
    await searchField(page).fill('')
  })

  await test.step('search has no barrier in any theme', async () => {
    await page.keyboard.press('Control+f')
    await expect(searchField(page)).toBeFocused()
    await expectNoBarriers(page)
    await find(page, 'police')
    await expect(hitCount(page)).toHaveText(/hits in/)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Space')
    await expectNoBarriers(page)
    await page.keyboard.press('/')
    await expect(page.getByRole('combobox', { name: 'Apply a code by name' })).toBeVisible()
    await expectNoBarriers(page)
    await page.keyboard.press('Escape')
    await page.getByRole('listbox', { name: 'Hits' }).focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('region', { name: 'Hits of the search' })).toBeVisible()
    await expectNoBarriers(page)
  })

  await test.step('a hit opens in its note with the others marked, and the way back keeps the results', async () => {
    await find(page, 'police')
    await expect(hitCount(page)).toHaveText(/hits in/)
    await page.keyboard.press('ArrowDown')
    for (let step = 0; step < 4; step++) await page.keyboard.press('ArrowDown')
    await expect(active(page)).toHaveAttribute('aria-posinset', '5')
    await page.keyboard.press('Enter')
    await expect(page.locator('html')).toHaveAttribute('data-place', 'code')
    const bar = page.getByRole('region', { name: 'Hits of the search' })
    await expect(bar).toContainText('police')
    await expect.poll(() => page.evaluate(() => CSS.highlights.get('note-hit')?.size ?? 0)).toBeGreaterThan(0)
    await page.keyboard.press('F3')
    await bar.getByRole('button', { name: 'Close the hits' }).click()
    await expect(bar).toHaveCount(0)
    expect(await page.evaluate(() => CSS.highlights.has('note-hit'))).toBe(false)

    await page.keyboard.press('Alt+ArrowLeft')
    await expect(active(page)).toHaveAttribute('aria-posinset', '5')
    await expect(page.getByRole('listbox', { name: 'Hits' })).toBeFocused()
  })

  await test.step('filters keep to a case and to values, and sentences are coded whole', async () => {
    await find(page, 'school')
    const all = '82 hits in 38 notes'
    await expect(hitCount(page)).toHaveText(all)
    await page.getByRole('combobox', { name: 'Case' }).selectOption('YP01')
    await expect(hitCount(page)).not.toHaveText(all)
    await expect(page.locator('.grouped-head-facts').first()).toContainText('YP01')
    await page.getByRole('button', { name: 'Clear filters' }).click()
    await expect(hitCount(page)).toHaveText(all)

    await page.getByRole('combobox', { name: 'Filter by an attribute' }).selectOption({ index: 1 })
    await page.getByRole('checkbox').first().check()
    await expect(hitCount(page)).not.toHaveText(all ?? '')
    await page.keyboard.press('Escape')

    await page.getByRole('radio', { name: 'Sentence' }).check()
    await page.getByRole('listbox', { name: 'Hits' }).focus()
    await page.keyboard.press('Space')
    await page.keyboard.press('q')
    await page.keyboard.type('county lines')
    await page.keyboard.press('Enter')
    // It stands in a note that is finished.
    await page.getByRole('button', { name: 'Apply, keep finished' }).click()
    await expect(page.locator('.toast')).toContainText('to 1 sentence')
  })
})
