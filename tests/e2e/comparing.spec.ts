/** Other coders' codings beside one's own: never before one asks, and not before one has finished the note. */
import { expect, type Page } from '@playwright/test'
import { test } from './app.ts'
import { expectNoBarriers } from './barriers.ts'
import {
  addCoder,
  announcer,
  applyByName,
  codings,
  openUncoded,
  SIZE,
  saved,
  selected,
  selectWords,
  text,
  toStart,
} from './coding-steps.ts'

const others = (page: Page) => page.getByRole('listbox', { name: 'Codings of other coders' })
const KEY = 'Control+Shift+E'

async function codeAsChidi(page: Page): Promise<void> {
  await openUncoded(page)
  await selectWords(page, 3)
  await applyByName(page, 'gangs')
  await expect(codings(page)).toHaveCount(1)
  await saved(page)
  await addCoder(page, 'Chidi')
  await expect(codings(page)).toHaveCount(0)
}

test('a coder sees the others’ codings only after finishing the note, by keyboard alone', async ({
  launch,
}) => {
  const { page } = await launch({ size: SIZE })
  await codeAsChidi(page)
  await toStart(page)
  await page.keyboard.press(KEY)
  await expect(announcer(page)).toHaveText(/^Finish the note first/)
  await expect(others(page)).toBeHidden()
  await expect(page.locator('.stripe-other')).toHaveCount(0)

  await text(page).focus()
  await page.keyboard.press('f')
  await page.keyboard.press(KEY)
  await expect(others(page).getByRole('option').filter({ hasText: 'Gangs' })).not.toHaveCount(0)
  await expect(page.locator('.stripe-other')).not.toHaveCount(0)
  await expect(announcer(page)).toHaveText(/^\d+ codings? of other coders shown$/)
  // Own work stays own: nothing of theirs is among it.
  await expect(codings(page)).toHaveCount(0)

  await toStart(page)
  await page.keyboard.press('ArrowRight')
  await expect(announcer(page)).toHaveText(/^Coded: .*Gangs.* \(.+\)$/)

  await others(page).focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(text(page)).toBeFocused()
  expect(await selected(page)).not.toBe('')

  await page.keyboard.press('f')
  await expect(others(page)).toBeHidden()
  await expect(page.locator('.stripe-other')).toHaveCount(0)
})

test('the mouse shows the others’ codings, chooses one in the margin, and leaves them hidden for the next coder', async ({
  launch,
}) => {
  const { page } = await launch({ size: SIZE })
  await codeAsChidi(page)
  await page.getByRole('button', { name: 'Mark finished' }).click()
  await page.getByRole('button', { name: 'Show other coders’ codings' }).click()
  const theirs = page.locator('.stripe-label').filter({ hasText: /Gangs/ }).first()
  await theirs.click()
  await expect(text(page)).toBeFocused()
  expect(await selected(page)).not.toBe('')
  // It is theirs: nothing here takes it away.
  await page.keyboard.press('Delete')
  await expect(theirs).toBeVisible()
  await expectNoBarriers(page)
  await page.getByRole('button', { name: 'Coder: Chidi' }).click()
  await page.getByRole('menuitemradio', { name: 'Ben' }).click()
  await expect(page.getByRole('button', { name: 'Coder: Ben' })).toBeVisible()
  await expect(others(page)).toBeHidden()
  await expect(page.getByRole('button', { name: 'Show other coders’ codings' })).toHaveAttribute(
    'aria-pressed',
    'false',
  )
})
