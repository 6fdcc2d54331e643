/** Qualifiers: what a coding says besides its code, set up, given by key and by mouse, and found again. */
import { expect, type Page } from '@playwright/test'
import { test } from './app.ts'
import { expectNoBarriers } from './barriers.ts'

const SIZE = { width: 1440, height: 900 }

const text = (page: Page) => page.getByRole('textbox', { name: /^Text of/ })
const saved = (page: Page) => expect(page.getByTestId('saved')).toHaveText('Saved')
const announcer = (page: Page) => page.getByTestId('announcer')
const inspector = (page: Page) => page.getByRole('region', { name: 'Codings of this note' })
const codings = (page: Page) => inspector(page).getByRole('option')
const value = (page: Page, of: string, name: string) =>
  page.getByRole('group', { name: of, exact: true }).getByRole('button', { name, exact: true })

async function addUsualFive(page: Page): Promise<void> {
  await page.keyboard.press('Control+3')
  await page.getByRole('button', { name: 'Qualifiers', exact: true }).click()
  await page.getByRole('button', { name: 'Add the usual five' }).click()
  await expect(page.getByRole('region', { name: 'told by' })).toBeVisible()
  await saved(page)
}

async function codeFirstWords(page: Page, code: string): Promise<void> {
  await page.keyboard.press('Control+2')
  await page.getByRole('textbox', { name: 'Filter notes' }).fill('not started')
  await page.getByRole('listbox', { name: 'Notes' }).getByRole('option').first().click()
  await expect(codings(page)).toHaveCount(0)
  await text(page).focus()
  await page.keyboard.press('Control+Home')
  for (let i = 0; i < 3; i++) await page.keyboard.press('Control+Shift+ArrowRight')
  await page.keyboard.press('/')
  await page.keyboard.type(code)
  await page.keyboard.press('Enter')
  await expect(codings(page)).toHaveCount(1)
  await saved(page)
}

test('qualifiers are set up, given by key and by mouse, found again, told of and renamed', async ({
  launch,
}) => {
  const { page } = await launch({ size: SIZE })
  await addUsualFive(page)
  await expectNoBarriers(page, 'setting up')

  await test.step('Shift and a letter says something of the selected coding, and takes it back', async () => {
    await codeFirstWords(page, 'emotional ab')

    await expect(text(page)).toBeFocused()
    await page.keyboard.press('Shift+N')
    await expect(announcer(page)).toContainText('assertion: negated')
    await expect(value(page, 'assertion', 'negated')).toHaveAttribute('aria-pressed', 'true')
    await page.keyboard.press('Shift+S')
    await expect(codings(page).first()).toContainText('neg sib')
    await expect(page.locator('.stripe-says')).toHaveText('neg sib')
    await saved(page)

    await page.keyboard.press('Shift+N')
    await expect(announcer(page)).toContainText('negated cleared')
    await expect(codings(page).first()).not.toContainText('neg')
    await page.keyboard.press('Control+z')
    await expect(codings(page).first()).toContainText('neg sib')
    // It is said when it is through, which is after the list shows it.
    await expect(announcer(page)).toContainText('Undone')
    // The selected text is let go of first, then the coding.
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Shift+N')
    await expect(announcer(page)).toContainText('Select a coding first')
  })

  await test.step('the mouse sets values in the inspector, and its filter finds them', async () => {
    await codeFirstWords(page, 'county lines')
    await value(page, 'assertion', 'possible').click()
    await expect(value(page, 'assertion', 'possible')).toHaveAttribute('aria-pressed', 'true')
    await value(page, 'assertion', 'alleged').click()
    await expect(value(page, 'assertion', 'possible')).toHaveAttribute('aria-pressed', 'false')
    await saved(page)
    const filter = page.getByRole('textbox', { name: 'Filter codings by code, qualifier or words' })
    await filter.fill('possible')
    await expect(codings(page)).toHaveCount(0)
    await filter.fill('alleged county')
    await expect(codings(page)).toHaveCount(1)
    await filter.fill('')
  })

  await test.step('a code’s usual values come with every new coding', async () => {
    await page.keyboard.press('Control+3')
    await page
      .getByRole('tree', { name: 'Codebook' })
      .getByRole('treeitem', { name: 'Radicalisation' })
      .click()
    await value(page, 'time', 'future risk').click()
    await expect(value(page, 'time', 'future risk')).toHaveAttribute('aria-pressed', 'true')
    await saved(page)
    await codeFirstWords(page, 'radicalisation')
    await expect(codings(page).first()).toContainText('fut')
  })

  await test.step('the history of a coding is told in words', async () => {
    await codeFirstWords(page, 'gangs')
    await page.keyboard.press('Shift+P')
    await saved(page)
    const toggle = page.getByRole('button', { name: /^History of this coding/ })
    await expect(toggle).toHaveAttribute('aria-expanded', 'false')
    await toggle.focus()
    await page.keyboard.press('Enter')
    const steps = page.getByRole('list', { name: 'History of this coding' }).getByRole('listitem')
    await expect(steps).toHaveCount(2)
    await expect(steps.first()).toContainText('Applied Gangs')
    await expect(steps.last()).toContainText('possible')
  })

  await test.step('qualifiers have no barrier in any theme', async () => {
    await page.keyboard.press('Shift+N')
    await expectNoBarriers(page, 'a coding with qualifiers and its history')
  })

  await test.step('a key that is taken is refused with a sentence, and a renamed value stays on its codings', async () => {
    await codeFirstWords(page, 'gangs')
    await page.keyboard.press('Shift+N')
    await saved(page)

    await page.keyboard.press('Control+3')
    await page.getByRole('button', { name: 'Qualifiers', exact: true }).click()
    const key = page.getByRole('textbox', { name: 'Key of “past”' })
    await key.focus()
    await page.keyboard.type('n')
    await expect(page.getByRole('alert')).toHaveText(
      'Shift+N is already the key of “negated” (assertion). Choose another key for “past”.',
    )
    await page.keyboard.press('Escape')
    await expect(key).toHaveValue('T')

    const name = page
      .getByRole('region', { name: 'assertion' })
      .getByRole('textbox', { name: 'Value' })
      .nth(1)
    await expect(name).toHaveValue('negated')
    await name.fill('denied')
    await page.keyboard.press('Tab')
    await expect(page.getByRole('textbox', { name: 'Short form of “denied”' })).toBeFocused()
    await page.keyboard.type('den')
    await page.keyboard.press('Enter')
    await saved(page)
    await page.keyboard.press('Control+2')
    await expect(codings(page).first()).toContainText('den')
    await codings(page).first().click()
    await expect(value(page, 'assertion', 'denied')).toHaveAttribute('aria-pressed', 'true')
  })
})
