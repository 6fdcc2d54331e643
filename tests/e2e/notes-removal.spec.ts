/** The table of notes by mouse and keyboard: a row opens wherever it is pressed, and ticked notes are removed and come back. */
import type { Page } from '@playwright/test'
import { test } from './app.ts'
import { expectNoBarriers } from './barriers.ts'
import { codings } from './steps.ts'

const { expect } = test

const SIZE = { width: 1440, height: 900 }

const table = (page: Page) => page.getByRole('table', { name: 'Notes' })
const row = (page: Page, text: string) => table(page).getByRole('row').filter({ hasText: text })
const facts = (page: Page) => page.getByRole('complementary', { name: 'About the note' })
const bar = (page: Page) => page.getByRole('region', { name: 'Remove notes' })
const toast = (page: Page) => page.locator('.toast').last()

async function toNotes(page: Page, words: string, count: number): Promise<void> {
  await page.keyboard.press('Control+1')
  await page.getByLabel('Filter notes').fill(words)
  await expect(table(page)).toHaveAttribute('aria-rowcount', String(count + 1))
}

test('a row of the notes opens wherever it is pressed, and the keyboard goes on from there', async ({
  launch,
}) => {
  const { page } = await launch({ size: SIZE })
  await toNotes(page, 'YP19', 3)
  await row(page, 'N068').getByRole('cell').filter({ hasText: 'YP19' }).click()
  await expect(facts(page).getByRole('heading', { level: 2 })).toHaveText(
    'Referral from disabled children’s team',
  )
  await expect(row(page, 'N068').getByRole('button')).toBeFocused()

  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(facts(page).getByRole('heading', { level: 2 })).toHaveText('Screening: not accepted')
  await page.getByRole('button', { name: /^clinician role/ }).click()
  await expect(page.getByRole('combobox', { name: 'clinician role' })).toBeFocused()
  await page.keyboard.press('Escape')

  await row(page, 'N069').getByRole('button').focus()
  await page.keyboard.press('Enter')
  await expect(page.locator('html')).toHaveAttribute('data-place', 'code')
  await expect(page.locator('.note-title')).toHaveText('Screening: not accepted')
  await expect(page.locator('.note-meta')).toContainText('Team: CAMHS SPA')
})

test('ticked notes are removed and brought back by keyboard, with what was coded in them', async ({
  launch,
}) => {
  const { page } = await launch({ size: SIZE })
  await toNotes(page, 'YP19', 3)
  await row(page, 'N068').getByRole('button').focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
  await expect(page.getByText('2 notes ticked')).toBeVisible()

  await test.step('the bar says what goes, and Escape leaves it', async () => {
    await page.keyboard.press('Delete')
    await expect(bar(page)).toContainText(
      /Removes 2 notes with \d+ codings of 2 coders \(Amara \d+, Ben \d+\)/,
    )
    await expectNoBarriers(page, 'removing notes')
    await page.keyboard.press('Escape')
    await expect(bar(page)).toHaveCount(0)
    await expect(row(page, 'N069').getByRole('button')).toBeFocused()
  })

  await test.step('Enter removes them, Ctrl+Z brings them back', async () => {
    const footer = page.getByRole('contentinfo')
    const all = Number(/of (\d+) notes finished/.exec((await footer.textContent()) ?? '')?.[1])
    await page.keyboard.press('Delete')
    await expect(bar(page).getByRole('button', { name: 'Remove 2 notes' })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(table(page)).toHaveAttribute('aria-rowcount', '2')
    await expect(footer).toContainText(`of ${all - 2} notes finished`, { timeout: 1_000 })
    await expect(toast(page)).toContainText('Removed 2 notes')
    await expect(toast(page).getByRole('button', { name: 'Undo' })).toBeVisible()
    await expect(table(page)).toBeFocused()
    await page.keyboard.press('Control+z')
    await expect(table(page)).toHaveAttribute('aria-rowcount', '4')
    await expect(footer).toContainText(`of ${all} notes finished`, { timeout: 1_000 })
    await expect(row(page, 'N069')).toContainText('9')
  })

  await test.step('nothing is wrong with the project, and the codings are there', async () => {
    await page.keyboard.press('Control+8')
    await page.getByRole('button', { name: 'Verify the project' }).click()
    await expect(page.getByRole('status').filter({ hasText: /^Verified: all / })).toBeVisible()
    await page.keyboard.press('Control+2')
    await expect(codings(page)).toHaveCount(9)
  })
})

test('a note is removed from its menu, and from the note list by the palette', async ({ launch }) => {
  const { page } = await launch({ size: SIZE })
  await toNotes(page, 'YP19', 3)
  await row(page, 'N069').getByRole('cell').filter({ hasText: 'YP19' }).click({ button: 'right' })
  await page.getByRole('menuitem', { name: /^Remove this note/ }).click()
  await expect(bar(page)).toContainText('Removes “Screening: not accepted” with')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(bar(page)).toHaveCount(0)

  await page.keyboard.press('Control+2')
  const title = (await page.locator('.note-title').textContent()) ?? ''
  await page.keyboard.press('Control+k')
  await page.keyboard.type('Remove notes')
  await page.keyboard.press('Enter')
  await expect(bar(page)).toContainText(`Removes “${title}”`)
  await bar(page).getByRole('button', { name: 'Remove 1 note' }).click()
  await expect(toast(page)).toContainText(`Removed “${title}”`)
  await expect(page.locator('.note-title')).not.toHaveText(title)
  await toast(page).getByRole('button', { name: 'Undo' }).click()
  await expect(toast(page)).toContainText('Undone: removed note')
})
