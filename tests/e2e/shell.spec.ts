/** The frame around the work: keys of one's own, history, the look of things, the palette, menus, settings. */
import type { Page } from '@playwright/test'
import { launchApp, temporaryFolder, test } from './app.ts'
import { barriers, setTheme } from './barriers.ts'

const { expect } = test

const SIZE = { width: 1440, height: 900 }

const keySheet = (page: Page) => page.getByRole('dialog', { name: 'Keys' })
const keyRow = (page: Page, label: string) => keySheet(page).getByRole('button', { name: label })

/** Places, sheets and panels must be without barriers in every theme; the person's own theme stays chosen. */
async function expectNoBarriers(page: Page, where: string): Promise<void> {
  const found: string[] = []
  for (const theme of ['light', 'dark', 'contrast'] as const) {
    await setTheme(page, theme)
    found.push(...(await barriers(page)).map((barrier) => `${where}, ${theme}: ${barrier}`))
  }
  await setTheme(page, 'light')
  expect(found).toEqual([])
}

test('keys are found, changed, taken from each other and reset, by keyboard alone', async ({ launch }) => {
  const { page } = await launch({ size: SIZE })
  await page.keyboard.press('F1')
  await expect(keySheet(page).getByLabel('Find a command or a key')).toBeFocused()
  await page.keyboard.type('lock and close')
  await page.keyboard.press('ArrowDown')
  await expect(keyRow(page, 'Lock and close the project')).toBeFocused()

  await test.step('free keys are taken at once', async () => {
    await page.keyboard.press('Enter')
    await expect(page.getByRole('textbox', { name: 'New keys for Lock and close' })).toBeFocused()
    await page.keyboard.press('Control+Alt+L')
    await expect(keyRow(page, 'Lock and close the project')).toContainText('Ctrl Alt L')
    await expect(keyRow(page, 'Lock and close the project')).toContainText('changed')
    await expect(keyRow(page, 'Lock and close the project')).toBeFocused()
  })

  await test.step('keys in use say by what, and can be taken over', async () => {
    await page.keyboard.press('Enter')
    await page.keyboard.press('Control+C')
    await expect(keySheet(page).getByRole('alert')).toContainText('Ctrl+C belongs to “Copy”')
    await page.keyboard.press('Control+3')
    await expect(keySheet(page).getByRole('alert')).toContainText('Ctrl+3 means “Go to Codebook”')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await expect(keyRow(page, 'Lock and close the project')).toContainText('Ctrl 3')
  })

  await test.step('tooltips and what the keys do follow', async () => {
    await page.keyboard.press('Escape')
    await expect(keySheet(page)).toBeHidden()
    const lock = page.getByRole('button', { name: 'Lock', exact: true })
    await lock.focus()
    await page.keyboard.press('Shift')
    await expect(page.getByRole('tooltip')).toContainText('Ctrl3')
    await page.keyboard.press('Control+L')
    await expect(page.getByRole('navigation', { name: 'Places' })).toBeVisible()
    await page.keyboard.press('Control+3')
    await expect(page.getByRole('button', { name: 'New project' })).toBeVisible()
  })

  await test.step('one press resets them all, and that can be undone', async () => {
    await page.keyboard.press('F1')
    await page.getByRole('button', { name: 'Reset all keys' }).click()
    await expect(keyRow(page, 'Go to Codebook')).toContainText('Ctrl 3')
    await page.getByRole('button', { name: 'Undo', exact: true }).click()
    await expect(keyRow(page, 'Go to Codebook')).toContainText('no keys')
    await page.getByRole('button', { name: 'Reset all keys' }).click()
    await expect(keyRow(page, 'Lock and close the project')).toContainText('Ctrl L')
  })
})

test('own keys are there after a restart, and a key of a code is not taken unnoticed', async () => {
  const userData = await temporaryFolder('keys')
  const first = await launchApp({ userData, size: SIZE })
  await first.page.keyboard.press('F1')
  await keyRow(first.page, 'Write a memo on the selected coding').click()
  await first.page.keyboard.press('Control+Shift+M')
  await expect(keyRow(first.page, 'Write a memo on the selected coding')).toContainText('Ctrl Shift M')
  await expectNoBarriers(first.page, 'keys')
  // Written a moment after the change.
  await first.page.waitForTimeout(500)
  await first.close()
  const second = await launchApp({ userData, size: SIZE })
  await second.page.keyboard.press('F1')
  await expect(keyRow(second.page, 'Write a memo on the selected coding')).toContainText('Ctrl Shift M')
  await second.close()
})
