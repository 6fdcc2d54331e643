/** Changing what is coded: edges, another code, splitting, uniting; by key and by mouse, and undone again. */
import { expect } from '@playwright/test'
import { test } from './app.ts'
import { expectNoBarriers } from './barriers.ts'
import {
  active,
  announcer,
  applyByName,
  codings,
  noteText,
  openUncoded,
  placeOf,
  press,
  SIZE,
  saved,
  selectFrom,
  selectWords,
  text,
  toStart,
} from './coding-steps.ts'

test('an edge is taken, moved with the painting following, and kept or given up, by key alone', async ({
  launch,
}) => {
  const { page } = await launch({ size: SIZE })
  await openUncoded(page)
  await selectWords(page, 3)
  await applyByName(page, 'county lines')
  await expect(codings(page)).toHaveCount(1)
  await saved(page)
  const before = await active(page)
  await page.keyboard.press('e')
  await expect(announcer(page)).toContainText('End edge of County lines')
  await press(page, 'Control+ArrowRight', 2)
  const wider = await active(page)
  expect(wider.startsWith(before)).toBe(true)
  expect(wider.length).toBeGreaterThan(before.length + 2)
  await page.keyboard.press('Escape')
  expect(await active(page)).toBe(before)

  await page.keyboard.press('e')
  await press(page, 'Control+ArrowRight', 2)
  await page.keyboard.press('e')
  await expect(announcer(page)).toContainText('Start edge')
  await press(page, 'ArrowRight', 2)
  await expect(announcer(page)).toContainText('Starts with')
  await page.keyboard.press('Enter')
  await expect(announcer(page)).toContainText('Edge moved')
  await saved(page)
  const kept = await active(page)
  expect(kept).toBe(wider.slice(2))
  await expect(text(page)).toBeFocused()
  await page.keyboard.press('Control+z')
  await expect.poll(() => active(page)).toBe(before)
  await expect(announcer(page)).toContainText('moved the edges')
})

test('an edge stops before the other, and goes to the end of the sentence by full stop', async ({
  launch,
}) => {
  const { page } = await launch({ size: SIZE })
  await openUncoded(page)
  await selectWords(page, 1)
  await applyByName(page, 'county lines')
  const before = await active(page)
  const hint = page.getByTestId('edge-hint')
  await expect(hint).toBeHidden()
  await page.keyboard.press('e')
  await expect(hint).toContainText('Moving the end of “County lines”')
  await expect(hint).toContainText('Esc cancel')
  await press(page, 'ArrowLeft', before.length + 3)
  expect(await active(page)).toBe(before.slice(0, 1))
  await page.keyboard.press('.')
  expect((await active(page)).length).toBeGreaterThan(before.length)
  await page.keyboard.press('Escape')
  await expect(hint).toBeHidden()
  expect(await active(page)).toBe(before)
})

test('an edge is dragged with the mouse', async ({ launch }) => {
  const { page } = await launch({ size: SIZE })
  await openUncoded(page)
  await selectWords(page, 2)
  await applyByName(page, 'county lines')
  await saved(page)
  const before = await active(page)
  const words = (await noteText(page)).split('\n')[0] ?? ''
  const wanted = words.split(/\s+/).slice(0, 5).join(' ')
  const place = await placeOf(page, wanted)
  const handle = page.locator('[data-edge=end]')
  await expect(handle, 'no handle stands in the way of a selection').toHaveCount(0)
  await page.keyboard.press('Escape')
  await expect(handle).toBeVisible()
  const box = await handle.boundingBox()
  if (!box) throw new Error('the coding has no handle at its end')
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await page.mouse.down()
  await page.mouse.move(place.right, place.y, { steps: 8 })
  expect(await active(page)).toBe(wanted)
  await page.mouse.up()
  await saved(page)
  expect(await active(page)).toBe(wanted)
  await page.keyboard.press('Control+z')
  await expect.poll(() => active(page)).toBe(before)
})

test('an edge dragged by mouse ends with a word where words are selected, with Alt and by key at any character', async ({
  launch,
}) => {
  const { page } = await launch({ size: SIZE })
  await openUncoded(page)
  const [words = ''] = /\b[a-z]{3,}(?: [a-z]{4,}){2}\b/.exec(await noteText(page)) ?? []
  const first = await placeOf(page, words)
  await page.mouse.dblclick(first.left + 5, first.y)
  await applyByName(page, 'county lines')
  await saved(page)
  expect(words.startsWith(await active(page))).toBe(true)
  await expect(page.getByRole('radio', { name: 'word' })).toBeChecked()
  await page.keyboard.press('Escape')
  const inside = await placeOf(page, words.slice(0, -1))
  const box = await page.locator('[data-edge=end]').boundingBox()
  if (!box) throw new Error('the coding has no handle at its end')
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await page.mouse.down()
  await page.mouse.move(inside.right, inside.y, { steps: 6 })
  expect(await active(page)).toBe(words)
  await page.keyboard.down('Alt')
  await page.mouse.move(inside.right, inside.y + 1, { steps: 2 })
  expect(await active(page)).toBe(words.slice(0, -1))
  await page.keyboard.up('Alt')
  await page.mouse.move(inside.right, inside.y, { steps: 2 })
  await page.mouse.up()
  expect(await active(page)).toBe(words)
  await page.keyboard.press('e')
  await page.keyboard.press('ArrowLeft')
  expect(await active(page)).toBe(words.slice(0, -1))
  await page.keyboard.press('Escape')
})

test('selecting beside and over a fresh coding moves none of its edges', async ({ launch }) => {
  const { page } = await launch({ size: SIZE })
  await openUncoded(page)
  await selectFrom(page, 1, 4)
  await applyByName(page, 'county lines')
  await saved(page)
  const before = await active(page)
  await page.keyboard.press('Escape')
  const first = await placeOf(page, before)
  // Over the coding itself, from its first letter to its last, and on from its end.
  await page.mouse.move(first.left + 1, first.y)
  await page.mouse.down()
  await page.mouse.move(first.right - 1, first.y, { steps: 6 })
  await page.mouse.up()
  await page.mouse.move(first.right + 1, first.y)
  await page.mouse.down()
  await page.mouse.move(first.right + 120, first.y, { steps: 6 })
  await page.mouse.up()
  expect(await page.evaluate(() => document.getSelection()?.toString().length ?? 0)).toBeGreaterThan(3)
  await page.keyboard.press('Escape')
  await page.keyboard.press('[')
  expect(await active(page)).toBe(before)
})

test('a coding is recoded, split and united again', async ({ launch }) => {
  const { page } = await launch({ size: SIZE })
  await openUncoded(page)
  await selectWords(page, 6)
  await applyByName(page, 'county lines')
  await expect(codings(page)).toHaveCount(1)
  await page.keyboard.press('r')
  await expect(page.getByRole('combobox', { name: 'Recode by name' })).toBeFocused()
  await page.keyboard.type('radicalisation')
  await page.keyboard.press('Enter')
  await expect(codings(page)).toHaveCount(1)
  await expect(codings(page).first()).toContainText('Radicalisation')
  await expect(announcer(page)).toContainText('Recoded')
  await saved(page)

  await page.keyboard.press('Control+Home')
  await press(page, 'Control+ArrowRight', 3)
  await page.keyboard.press('s')
  await expect(codings(page)).toHaveCount(2)
  await expect(announcer(page)).toContainText('Split Radicalisation')
  await saved(page)
  await page.keyboard.press('u')
  await expect(codings(page)).toHaveCount(1)
  await expect(announcer(page)).toContainText('United 2 codings')
  await saved(page)
  await page.keyboard.press('Control+z')
  await expect(codings(page)).toHaveCount(2)
  await page.keyboard.press('Control+z')
  await expect(codings(page)).toHaveCount(1)
  await page.keyboard.press('Control+z')
  await expect(codings(page).first()).toContainText('County lines')
})

test('a coding is split between words, and the list of codings has the acts in a menu', async ({
  launch,
}) => {
  const { page } = await launch({ size: SIZE })
  await openUncoded(page)
  await selectFrom(page, 1, 6)
  await applyByName(page, 'county lines')
  const whole = await active(page)
  await toStart(page)
  await press(page, '.', 1)
  await press(page, 'Control+ArrowRight', 3)
  await press(page, 'ArrowLeft', 2)
  await page.keyboard.press('s')
  await expect(codings(page)).toHaveCount(2)
  const second = await active(page)
  expect(whole.endsWith(second)).toBe(true)
  expect(whole.slice(0, -second.length)).toMatch(/\s$/)

  const list = page.getByRole('listbox', { name: 'Codings', exact: true })
  const menu = page.getByRole('menu', { name: 'Coding' })
  const item = (name: RegExp) => menu.getByRole('menuitem', { name })
  await codings(page).first().click()
  await list.focus()
  await page.keyboard.press('Shift+F10')
  await expect(item(/^Go to its text/)).toBeFocused()
  await expect(item(/^Split here Put the caret inside it first/)).toBeDisabled()
  await expect(item(/^Unite/)).toBeEnabled()
  await expectNoBarriers(page)
  await item(/^Unite/).press('Enter')
  await expect(codings(page)).toHaveCount(1)

  await codings(page).first().click({ button: 'right' })
  await expect(item(/^Unite .* No other coding of “County lines”/)).toBeDisabled()
  await expect(page.getByRole('button', { name: 'Unite', exact: true })).toBeDisabled()
  await item(/^Recode/).click()
  await page.keyboard.type('radicalisation')
  await page.keyboard.press('Enter')
  await expect(codings(page).first()).toContainText('Radicalisation')
  await codings(page).first().click({ button: 'right' })
  await item(/^Write a memo/).click()
  await expect(page.getByRole('textbox', { name: /memo/i }).and(page.locator(':focus'))).toBeVisible()
  await codings(page).first().click({ button: 'right' })
  await item(/^Remove/).click()
  await expect(codings(page)).toHaveCount(0)
})

test('acts without a coding in hand say what is missing and change nothing', async ({ launch }) => {
  const { page } = await launch({ size: SIZE })
  await openUncoded(page)
  await text(page).focus()
  for (const key of ['e', 'r', 'u']) {
    await page.keyboard.press(key)
    await expect(announcer(page)).toContainText('Select a coding first')
  }
  await page.keyboard.press('s')
  await expect(announcer(page)).toContainText('inside a coding')
  await page.keyboard.press('v')
  await expect(announcer(page)).toContainText('Select the words for the new code first')
  await expect(codings(page)).toHaveCount(0)
})
