/** Where the keyboard is on coming somewhere: never nowhere. */
import { expect, type Page } from '@playwright/test'
import { temporaryFolder, test } from './app.ts'
import { announcer, openUncoded, press, SIZE, text } from './coding-steps.ts'

const place = (page: Page, name: string) => expect(page.locator('html')).toHaveAttribute('data-place', name)

test('a first start has the keyboard in the note, and every place in its list', async ({ launch }) => {
  const { page } = await launch({ size: SIZE })
  await expect(text(page)).toBeFocused()
  const arrivals = [
    ['Control+1', 'Notes', page.getByRole('table', { name: 'Notes' })],
    ['Control+3', 'Codebook', page.getByRole('tree', { name: 'Codebook' })],
    ['Control+6', 'Agreement', page.getByRole('button', { name: 'Compute agreement' }).last()],
    ['Control+7', 'Themes', page.getByRole('table', { name: 'Codes and where they occur' })],
    ['Control+8', 'Journal', page.getByRole('table', { name: 'Journal' })],
    ['Control+4', 'Memos', page.getByRole('listbox', { name: 'Memos' })],
    ['Control+i', 'Identifiers', page.getByRole('button', { name: 'Run check' })],
    ['Control+2', 'Code', text(page)],
  ] as const
  for (const [keys, name, main] of arrivals) {
    await page.keyboard.press(keys)
    await expect(main).toBeFocused()
    await expect(page.getByRole('main', { name })).toBeVisible()
    await expect(announcer(page)).toContainText(name)
  }
  await page.getByRole('button', { name: 'Journal', exact: true }).press('Enter')
  await expect(page.getByRole('table', { name: 'Journal' })).toBeFocused()
})

test('a place asked for while the project is being opened is gone to', async ({ launch }) => {
  const userData = await temporaryFolder('arrival')
  const { page } = await launch({ userData, size: SIZE })
  await page.keyboard.press('Control+Shift+W')
  // Not in part: the project on screen, until it is closed, is called "Sample project" and more.
  const sample = page.getByRole('button', { name: 'Sample project', exact: true })
  // Both before the page can draw anything between them.
  await sample.evaluate((button: HTMLButtonElement) => {
    button.click()
    window.dispatchEvent(new KeyboardEvent('keydown', { key: '4', ctrlKey: true, cancelable: true }))
  })
  await place(page, 'memos')
})

test('Enter in the filter of the notes opens the first that fits, and arrows go on from it', async ({
  launch,
}) => {
  const { page } = await launch({ size: SIZE })
  await openUncoded(page)
  const notes = page.getByRole('listbox', { name: 'Notes' })
  const filter = page.getByRole('textbox', { name: 'Filter notes' })
  await filter.fill('finished')
  await filter.press('Enter')
  await expect(notes).toBeFocused()
  await expect(notes.getByRole('option', { selected: true })).toHaveAttribute('aria-posinset', '1')
  await press(page, 'ArrowDown')
  await expect(notes.getByRole('option', { selected: true })).toHaveAttribute('aria-posinset', '2')
})
