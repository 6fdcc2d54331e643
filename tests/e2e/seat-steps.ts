/** Who sits down: PINs, and changing to another coder as a person does by keyboard. */
import { expect, type Page } from '@playwright/test'

/** Those of the people in the sample project, and of whoever tests add. */
export const PIN_OF: Readonly<Record<string, string>> = {
  Amara: 'grey heron 41',
  Ben: '271828 ben',
  Chidi: 'Ä quiet würd',
}

export const coderButton = (page: Page, name: string) =>
  page.getByRole('button', { name: `Coder: ${name}`, exact: true })
export const settings = (page: Page) => page.getByRole('dialog', { name: 'Settings' })

/** Chooses who codes, in the menu at the top right. */
export async function choose(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: /^Coder: / }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitemradio', { name, exact: true }).focus()
  await page.keyboard.press('Enter')
}

/** Whoever codes now sets their PIN in the settings. */
export async function setPin(page: Page, name: string): Promise<void> {
  const pin = PIN_OF[name] ?? ''
  await page.keyboard.press('Control+,')
  await settings(page).getByRole('button', { name: 'Set your PIN' }).focus()
  await page.keyboard.press('Enter')
  await expect(settings(page).getByLabel('Your new PIN', { exact: true })).toBeFocused()
  await page.keyboard.type(pin)
  await page.keyboard.press('Tab')
  await page.keyboard.type(pin)
  await page.keyboard.press('Enter')
  await expect(settings(page).getByRole('button', { name: 'Change your PIN' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(settings(page)).toHaveCount(0)
}

/** Changes to a coder who has no PIN. */
export async function codeAs(page: Page, name: string): Promise<void> {
  await choose(page, name)
  await expect(coderButton(page, name)).toBeVisible()
}

/** Changes to a coder who has a PIN, which is asked for. */
export async function codeWithPin(page: Page, name: string): Promise<void> {
  await choose(page, name)
  await expect(page.getByLabel(`PIN of ${name}`)).toBeFocused()
  await page.keyboard.type(PIN_OF[name] ?? '')
  await page.keyboard.press('Enter')
  await expect(coderButton(page, name)).toBeVisible()
}

/** Everybody sits down and sets their PIN, and the first of them codes in the end: what a team does before a blind round. */
export async function setPins(page: Page, names: readonly string[]): Promise<void> {
  const [first = '', ...others] = names
  await setPin(page, first)
  for (const name of others) {
    await codeAs(page, name)
    await setPin(page, name)
  }
  await codeWithPin(page, first)
}
