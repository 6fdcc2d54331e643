/** What several end-to-end tests do on their way: going by keyboard, dropping files, mapping a table, looking through identifiers, searching. */
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, type Locator, type Page } from '@playwright/test'
import { temporaryFolder } from './app.ts'

export async function pressEach(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key)
}

/** Moves the focus with Tab, as a person would, and fails where it does not come by. */
export async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  // To look it up at every step costs more than the steps; only what was drawn anew on the way is looked up again.
  let element = await target.elementHandle()
  for (let step = 0; step < 80; step++) {
    const at = await element?.evaluate((node) =>
      node.isConnected ? node === document.activeElement : 'gone',
    )
    if (at === true) return
    if (at === 'gone') element = await target.elementHandle()
    else await page.keyboard.press(key)
  }
  throw new Error(`${key} does not reach ${target}.`)
}

/** A drop as the operating system makes it: with paths, which no script of the page could give. */
export async function drop(page: Page, files: readonly string[], isLookedAt = false): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const data = { items: [], files: [...files], dragOperationsMask: 1 }
  const at = { x: 500, y: 400, data }
  await session.send('Input.dispatchDragEvent', { type: 'dragEnter', ...at })
  await session.send('Input.dispatchDragEvent', { type: 'dragOver', ...at })
  if (isLookedAt) await expect(page.getByText(/^Drop to import/)).toBeVisible()
  await session.send('Input.dispatchDragEvent', { type: 'drop', ...at })
  await session.detach()
}

/** Writes a file and drops it on the window; the import sheet opens. Returns its path. */
export async function dropFile(page: Page, name: string, content: string | Buffer): Promise<string> {
  const file = path.join(await temporaryFolder('dropped'), name)
  await writeFile(file, content)
  await drop(page, [file], true)
  await expect(page.getByRole('heading', { name: `Import ${name}` })).toBeVisible()
  return file
}

/** Says what each column is, by the names on the sheet. */
export async function mapColumns(page: Page, roles: Readonly<Record<string, string>>): Promise<void> {
  for (const [column, role] of Object.entries(roles))
    await page.getByLabel(`What ${column} is`).selectOption(role)
}

export const outcome = (page: Page) => page.getByRole('region', { name: 'What the import does' })

export const finding = (page: Page) => page.getByRole('region', { name: 'In the note' })
export const findings = (page: Page) =>
  page.getByRole('listbox', { name: 'Possible identifiers' }).getByRole('option')

/** Runs the check over all notes and waits for so many findings. */
export async function check(page: Page, count: number): Promise<void> {
  await page.keyboard.press('Control+i')
  await page.getByRole('button', { name: 'Run check' }).click()
  await expect(findings(page)).toHaveCount(count)
}

export const searchField = (page: Page) => page.getByRole('textbox', { name: 'Search all notes' })
export const hits = (page: Page) => page.getByRole('listbox', { name: 'Hits' }).getByRole('option')
export const hitCount = (page: Page) => page.locator('.choice-count')

export async function find(page: Page, query: string): Promise<void> {
  await page.keyboard.press('Control+f')
  await expect(searchField(page)).toBeFocused()
  await searchField(page).fill(query)
  await page.keyboard.press('Enter')
}

export const codings = (page: Page) =>
  page.getByRole('listbox', { name: 'Codings', exact: true }).getByRole('option')
