/** The journal says where each thing happened and leads there; what touched many things opens into its parts. */
import type { Page } from '@playwright/test'
import { test } from './app.ts'
import { expectNoBarriers } from './barriers.ts'
import { applyByName, openUncoded, SIZE, saved, selected, selectWords } from './coding-steps.ts'

const { expect } = test

const journal = (page: Page) => page.getByRole('table', { name: 'Journal' })
const newest = (page: Page) => journal(page).locator('[role=row][aria-rowindex="2"]')

test('a coding in the journal says its note and words, and opens there by Enter and by a click', async ({
  launch,
}) => {
  const { page } = await launch({ size: SIZE })
  await openUncoded(page)
  await selectWords(page, 3)
  const words = (await selected(page)).trim()
  await applyByName(page, 'Neglect')
  await saved(page)
  const title = (await page.locator('.note-title').textContent()) ?? ''
  await page.keyboard.press('Control+8')
  await expect(newest(page)).toContainText(`in ${title}: “${words}`)
  await expectNoBarriers(page, 'journal')

  await journal(page).focus()
  await page.keyboard.press('ArrowDown')
  await expect(newest(page).getByRole('button')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.locator('html')).toHaveAttribute('data-place', 'code')
  await expect(page.locator('.note-title')).toHaveText(title)
  await page.keyboard.press('Alt+ArrowLeft')
  await expect(page.locator('html')).toHaveAttribute('data-place', 'journal')

  await newest(page).getByRole('cell').first().click()
  await expect(page.locator('html')).toHaveAttribute('data-place', 'code')
  await page.keyboard.press('Control+z')
  await expect(page.locator('.toast').last()).toContainText(`in ${title}: “${words}`)
})

test('an import in the journal opens into its notes, and Escape leads back to its row', async ({
  launch,
}) => {
  const { page } = await launch({ size: SIZE })
  await page.keyboard.press('Control+8')
  await page.getByLabel('Words in the journal').fill('imported')
  await expect(newest(page)).toContainText('Imported 73 notes')
  await newest(page).getByRole('button').focus()
  await page.keyboard.press('Enter')
  const parts = page.getByRole('complementary', { name: 'What the entry touched' })
  await expect(parts).toContainText('73 parts')
  await expect(parts.getByRole('listbox', { name: 'Parts' })).toBeFocused()
  await expectNoBarriers(page, 'parts of an entry')
  await page.keyboard.press('Escape')
  await expect(parts).toHaveCount(0)
  await expect(newest(page).getByRole('button')).toBeFocused()

  await page.keyboard.press('Enter')
  await expect(parts.getByRole('listbox', { name: 'Parts' })).toBeFocused()
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await expect(page.locator('html')).toHaveAttribute('data-place', 'code')
  await expect(page.getByText('73 of 73')).toBeVisible()
})
