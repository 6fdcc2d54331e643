/** Who sits down: with their PIN, by keyboard, in the menu, on the seat screen and after a lock. */
import { expect, type Page } from '@playwright/test'
import { test } from './app.ts'
import { expectNoBarriers } from './barriers.ts'
import { announcer, SIZE, text } from './coding-steps.ts'
import { choose, codeAs, coderButton, codeWithPin, PIN_OF, setPin, settings } from './seat-steps.ts'
import { pressEach, tabTo } from './steps.ts'

const seats = (page: Page) => page.getByRole('list', { name: 'Who codes here' })
const pinOf = (page: Page, name: string) => page.getByLabel(`PIN of ${name}`)

async function makeProject(
  page: Page,
  answerSave: (file: string) => Promise<void>,
  file: string,
): Promise<void> {
  await answerSave(file)
  await pressEach(page, 'Control+N')
  await page.getByLabel('Title').fill('Shared')
  await page.getByLabel('Your name as a coder').fill('Amara')
  await page.getByLabel('Passphrase', { exact: true }).fill('correct horse')
  await page.getByLabel('Passphrase again').fill('correct horse')
  await pressEach(page, 'Enter')
  await expect(coderButton(page, 'Amara')).toBeVisible()
}

test('with PINs: asked for where a coder is chosen, opened by a lead, and after a lock', async ({
  launch,
}) => {
  const { page, answerSave, userData } = await launch({ size: SIZE })
  await test.step('whoever has a PIN is asked for it where they are chosen; a wrong one says so, and Escape leaves', async () => {
    await setPin(page, 'Amara')
    await codeAs(page, 'Ben')
    await choose(page, 'Amara')
    await expect(pinOf(page, 'Amara')).toBeFocused()
    await expectNoBarriers(page, 'PIN in the menu')
    await page.keyboard.type('not this one')
    await pressEach(page, 'Enter')
    await expect(page.getByRole('alert')).toHaveText('This is not the PIN of Amara.')
    await expect(pinOf(page, 'Amara')).toBeFocused()
    await expect(pinOf(page, 'Amara')).toHaveValue('')
    await expectNoBarriers(page, 'a wrong PIN')
    await pressEach(page, 'Escape')
    await expect(pinOf(page, 'Amara')).toHaveCount(0)
    await expect(coderButton(page, 'Ben')).toBeFocused()
    await codeWithPin(page, 'Amara')
    await expect(announcer(page)).toHaveText('Amara is coding now')

    await test.step('from the palette too, and then the keyboard goes back to the note', async () => {
      await codeAs(page, 'Ben')
      await text(page).focus()
      await pressEach(page, 'Control+K')
      await page.keyboard.type('Code as Amara')
      await pressEach(page, 'Enter')
      await expect(pinOf(page, 'Amara')).toBeFocused()
      await pressEach(page, 'Escape')
      await expect(text(page)).toBeFocused()
    })

    await test.step('and the journal says who came, without the PIN', async () => {
      await codeWithPin(page, 'Amara')
      await pressEach(page, 'Control+8')
      const journal = page.getByRole('main', { name: 'Journal' })
      await expect(journal).toContainText('Made room for Amara, who gave their PIN')
      await expect(journal).toContainText('Made room for Ben, who has no PIN')
      await expect(journal).toContainText('Set the PIN of Amara')
      await expect(journal).not.toContainText(PIN_OF.Amara ?? '')
    })
  })

  await test.step('a lead opens another’s place with their own PIN, and removes one that was forgotten', async () => {
    await codeAs(page, 'Ben')
    await setPin(page, 'Ben')
    await codeWithPin(page, 'Amara')
    await choose(page, 'Ben')
    await tabTo(page, page.getByRole('button', { name: 'As a lead' }))
    await pressEach(page, 'Enter')
    await expect(page.getByLabel('Your own PIN')).toBeFocused()
    await page.keyboard.type(PIN_OF.Amara ?? '')
    await pressEach(page, 'Enter')
    await expect(coderButton(page, 'Ben')).toBeVisible()

    await codeWithPin(page, 'Amara')
    await pressEach(page, 'Control+,')
    await settings(page).getByRole('button', { name: 'Remove the PIN' }).focus()
    await pressEach(page, 'Enter')
    await expectNoBarriers(page, 'removing a PIN')
    await page.keyboard.type(PIN_OF.Amara ?? '')
    await pressEach(page, 'Enter')
    await expect(announcer(page)).toHaveText('The PIN of Ben is removed')
    await pressEach(page, 'Escape')
    await codeAs(page, 'Ben')
    await expect(page.getByText(/^Your PIN was removed by Amara on/)).toBeVisible()
    await codeWithPin(page, 'Amara')
  })

  await test.step('the seat screen leads back to the projects', async () => {
    await pressEach(page, 'Control+L')
    await page.getByRole('button', { name: 'Unlock' }).click()
    await expect(pinOf(page, 'Amara')).toBeFocused()
    await tabTo(page, page.getByRole('button', { name: 'Close the project' }))
    await pressEach(page, 'Enter')
    await expect(page.getByRole('heading', { name: 'Understory' })).toBeVisible()
  })

  await test.step('a project opens to whoever sat there last with their PIN, and shows nothing before', async () => {
    await makeProject(page, answerSave, `${userData}/shared.understory`)
    await page.getByRole('button', { name: /^Coder: / }).click()
    await page.getByRole('button', { name: 'Add coder…' }).click()
    await page.getByRole('textbox', { name: 'Name of the new coder' }).fill('Ben')
    await pressEach(page, 'Enter')
    await expect(coderButton(page, 'Ben')).toBeVisible()
    await codeAs(page, 'Amara')
    await setPin(page, 'Amara')

    await test.step('passphrase, then PIN', async () => {
      await pressEach(page, 'Control+Shift+W')
      await page.getByRole('button', { name: /^shared/ }).click()
      await page.getByLabel('Passphrase').fill('correct horse')
      await pressEach(page, 'Enter')
      await expect(pinOf(page, 'Amara')).toBeFocused()
      await expect(page.getByRole('banner')).toHaveCount(0)
      await expectNoBarriers(page, 'the seat screen')
      await page.keyboard.type('not this one')
      await pressEach(page, 'Enter')
      await expect(page.getByRole('alert')).toHaveText('This is not the PIN of Amara.')
      await expect(pinOf(page, 'Amara')).toBeFocused()
      await expectNoBarriers(page, 'a wrong PIN on the seat screen')
      await page.keyboard.type(PIN_OF.Amara ?? '')
      await pressEach(page, 'Enter')
      await expect(coderButton(page, 'Amara')).toBeVisible()
    })

    await test.step('both at once after a lock, back to where it was left', async () => {
      await pressEach(page, 'Control+3')
      await expect(page.locator('html')).toHaveAttribute('data-place', 'codebook')
      await pressEach(page, 'Control+L')
      await expect(page.getByLabel('Passphrase')).toBeFocused()
      await expectNoBarriers(page, 'the lock screen with a PIN')
      await page.keyboard.type('correct horse')
      await tabTo(page, pinOf(page, 'Amara'))
      await page.keyboard.type(PIN_OF.Amara ?? '')
      await pressEach(page, 'Enter')
      await expect(coderButton(page, 'Amara')).toBeVisible()
      await expect(page.locator('html')).toHaveAttribute('data-place', 'codebook')
    })

    await test.step('a wrong PIN opens the file and asks again; another sits down in their stead', async () => {
      await pressEach(page, 'Control+L')
      await page.getByLabel('Passphrase').fill('correct horse')
      await pinOf(page, 'Amara').fill('not this one')
      await pressEach(page, 'Enter')
      await expect(page.getByRole('alert')).toHaveText('This is not the PIN of Amara.')
      await expect(pinOf(page, 'Amara')).toBeFocused()
      await tabTo(page, seats(page).getByRole('button', { name: /^Ben/ }))
      await pressEach(page, 'Enter')
      await expect(coderButton(page, 'Ben')).toBeVisible()
      // What Amara had on her screen is not for Ben.
      await expect(page.locator('html')).not.toHaveAttribute('data-place', 'codebook')
    })
  })
})

test('without PINs: one is set, changed and removed, and a blind round says who has none', async ({
  launch,
}) => {
  const { page } = await launch({ size: SIZE })
  await test.step('a PIN is changed and removed with the one there is', async () => {
    await setPin(page, 'Amara')
    await pressEach(page, 'Control+K')
    await page.keyboard.type('Set or change your PIN')
    await pressEach(page, 'Enter')
    const current = settings(page).getByLabel('Your PIN now')
    await expect(current).toBeFocused()
    await expectNoBarriers(page, 'changing a PIN')
    await page.keyboard.type('not this one')
    await tabTo(page, settings(page).getByRole('button', { name: 'Remove the PIN' }))
    await pressEach(page, 'Enter')
    await expect(settings(page).getByRole('alert')).toHaveText(/^This is not the PIN of Amara/)
    await expect(current).toBeFocused()
    await page.keyboard.type(PIN_OF.Amara ?? '')
    await tabTo(page, settings(page).getByRole('button', { name: 'Remove the PIN' }))
    await pressEach(page, 'Enter')
    await expect(settings(page).getByRole('button', { name: 'Set your PIN' })).toBeVisible()
    await settings(page).getByRole('button', { name: 'Set your PIN' }).focus()
    await pressEach(page, 'Enter')
    await page.keyboard.type('12345')
    await expect(settings(page).getByRole('alert')).toHaveText('At least 6 characters.')
    await pressEach(page, 'Escape')
    await expect(settings(page)).toBeVisible()
    await expect(settings(page).getByLabel('Your new PIN', { exact: true })).toHaveCount(0)
    await pressEach(page, 'Escape')
  })

  await test.step('before a blind round begins it says who has no PIN, and then nobody changes to or from them', async () => {
    await pressEach(page, 'Control+6')
    await tabTo(page, page.getByRole('tab', { selected: true }))
    await pressEach(page, 'End')
    await tabTo(page, page.getByRole('button', { name: 'Draw a round' }))
    await pressEach(page, 'Enter')
    const form = page.getByRole('form', { name: 'Draw a round' })
    await expect(form.getByText(/^Amara and Ben have no PIN/)).toBeVisible()
    await expectNoBarriers(page, 'a round without PINs')
    await tabTo(page, form.getByRole('checkbox', { name: 'Ben' }))
    await pressEach(page, 'Space')
    await expect(
      form.getByText(/Ben has no PIN and is not in the round: whoever opens the project/),
    ).toBeVisible()
    await pressEach(page, 'Space')
    await tabTo(page, form.getByRole('button', { name: /^Draw \d+ notes$/ }))
    await pressEach(page, 'Enter')
    await expect(form).toHaveCount(0)
    await page.getByRole('button', { name: /^Coder: / }).focus()
    await pressEach(page, 'Enter')
    const ben = page.getByRole('menuitemradio', { name: /^Ben/ })
    await expect(ben).toContainText('only Ben’s own PIN lets anybody code as Ben here, and Ben has none')
    await expectNoBarriers(page, 'the menu in a blind round')
    await ben.focus()
    await pressEach(page, 'Enter')
    await expect(ben).toBeVisible()
    await pressEach(page, 'Escape')
    await expect(coderButton(page, 'Amara')).toBeVisible()
  })
})
