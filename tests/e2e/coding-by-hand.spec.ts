/** Coding as hands do it: from a memo back into the text, over what is selected, twice over, on notes that are finished. */
import { expect, type Page } from '@playwright/test'
import { temporaryFolder, test } from './app.ts'
import { expectNoBarriers } from './barriers.ts'
import {
  active,
  addCoder,
  announcer,
  applyByName,
  codings,
  openUncoded,
  placeOf,
  SIZE,
  saved,
  selected,
  selectWords,
  text,
} from './coding-steps.ts'
import { find, hitCount, hits } from './steps.ts'

/** From the left edge of some words to the right edge of others, as a hand goes. */
async function drag(page: Page, from: string, to = from): Promise<void> {
  const [start, end] = [await placeOf(page, from), await placeOf(page, to)]
  await page.mouse.move(start.left - 2, start.y + 2)
  await page.mouse.move(start.left + 1, start.y)
  await page.mouse.down()
  await page.mouse.move((start.left + end.right) / 2, (start.y + end.y) / 2 + 1, { steps: 3 })
  await page.mouse.move(end.right - 1, end.y, { steps: 3 })
  await page.mouse.up()
}

async function openListed(page: Page, words: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Filter notes' }).fill(words)
  await page.getByRole('listbox', { name: 'Notes' }).getByRole('option').first().click()
  await expect(text(page)).toBeVisible()
}

const memo = (page: Page) => page.getByRole('textbox', { name: /^Memo/ }).first()
const question = (page: Page) => page.getByRole('region', { name: 'Finished notes' })

test('hands select, code and write, in one note after another', async ({ launch }) => {
  const { page } = await launch({ size: SIZE })
  await test.step('a press in the text begins a new selection, whatever was written or selected before', async () => {
    await openListed(page, 'T/C from home manager')
    await page.keyboard.press('f')
    await drag(page, 'No injuries')
    await applyByName(page, 'neglect')
    expect(await active(page)).toBe('No injuries')
    expect(await selected(page)).toBe('')
    await page.keyboard.press('m')
    await expect(memo(page)).toBeFocused()
    await page.keyboard.type('seen by the worker')
    await drag(page, 'Smelt of cannabis')
    expect(await selected(page)).toBe('Smelt of cannabis')
    for (const field of ['Filter codes', 'Filter codings']) {
      await page.getByRole('textbox', { name: field }).click()
      await page.keyboard.type('a')
      await page.getByRole('textbox', { name: field }).fill('')
      await drag(page, 'slept')
      expect(await selected(page)).toBe('slept')
    }
    // Beginning on what is selected.
    await drag(page, 'Smelt of cannabis')
    await drag(page, 'of', 'injuries')
    expect(await selected(page)).toBe('of cannabis. No injuries')
    await page.keyboard.press('f')
  })

  await test.step('words that were coded take the next code too, until something else is selected', async () => {
    await openUncoded(page)
    await selectWords(page, 3)
    await applyByName(page, 'county lines')
    const words = await active(page)
    await applyByName(page, 'radicalisation')
    await expect(codings(page)).toHaveCount(2)
    expect(await active(page)).toBe(words)
    await page.keyboard.press('Control+z')
    await page.keyboard.press('Control+z')
    await expect(codings(page)).toHaveCount(0)
    await expect.poll(() => selected(page), 'the words are selected again').toBe(words)
    await page.keyboard.press('w')
    await page.keyboard.press('Control+Shift+ArrowRight')
    await applyByName(page, 'neglect')
    await expect(codings(page).first()).not.toContainText('Whole note')
  })

  await test.step('letters typed while the memo is on its way are its own, not commands', async () => {
    await openUncoded(page)
    await selectWords(page, 3)
    await applyByName(page, 'county lines')
    await page.keyboard.type('mwe were told twice')
    await expect(memo(page)).toHaveText('we were told twice')
    await expect(codings(page)).toHaveCount(1)
  })

  await test.step('a code put over itself is said at once, and united by one key', async () => {
    await openUncoded(page)
    await selectWords(page, 3)
    await applyByName(page, 'county lines')
    await selectWords(page, 12)
    await applyByName(page, 'county lines')
    await expect(codings(page)).toHaveCount(2)
    await expect(announcer(page)).toContainText('Some of this text had it already and now has it twice')
    await page.keyboard.press('u')
    await expect(codings(page)).toHaveCount(1)
  })

  await test.step('hits that are coded already say so and are not coded twice; the ticks are gone after use', async () => {
    await find(page, 'cannabis')
    await expect(hitCount(page)).toContainText('hit')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Space')
    const chosen = hits(page).and(page.locator('[aria-selected=true]'))
    await expect(chosen).toHaveCount(1)
    const apply = async () => {
      await page.keyboard.press('/')
      await page.keyboard.type('county lines')
      await page.keyboard.press('Enter')
    }
    await apply()
    await question(page).getByRole('button', { name: 'Reopen and apply' }).click()
    await expect(announcer(page)).toContainText('Applied “County lines” to 1 hit')
    await expect(chosen).toHaveCount(0)
    await expect(
      hits(page)
        .first()
        .getByRole('img', { name: /County lines/ }),
    ).toBeVisible()
    await page.keyboard.press('Space')
    await apply()
    await expect(announcer(page)).toContainText('Nothing to add: 1 has it already')
    await page.keyboard.press('Control+2')
  })

  await test.step('a finished note asks before it takes a code; a double press on the button finishes it once', async () => {
    await openUncoded(page)
    const finish = page.getByRole('button', { name: 'Mark finished' })
    await finish.dblclick()
    await expect(page.getByRole('button', { name: 'Reopen', exact: true })).toBeVisible()
    await saved(page)
    await expect(page.getByRole('button', { name: 'Reopen', exact: true })).toBeVisible()

    await test.step('cancelled, nothing is coded', async () => {
      await selectWords(page, 3)
      await applyByName(page, 'county lines')
      await expect(question(page)).toContainText(
        'This note is marked finished. “County lines” is not applied yet.',
      )
      await expect(question(page).getByRole('button', { name: 'Reopen and apply' })).toBeFocused()
      await expectNoBarriers(page)
      await page.keyboard.press('Escape')
      await expect(question(page)).toBeHidden()
      await expect(codings(page)).toHaveCount(0)
      await expect(text(page)).toBeFocused()
    })

    await test.step('coded anyway it stays finished, and is not asked about again', async () => {
      await applyByName(page, 'county lines')
      await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      await expect(codings(page)).toHaveCount(1)
      await expect(page.getByRole('button', { name: 'Reopen', exact: true })).toBeVisible()
      await applyByName(page, 'radicalisation')
      await expect(codings(page)).toHaveCount(2)
    })

    await test.step('what is removed from it is said with what the note is', async () => {
      await page.keyboard.press('Delete')
      await expect(codings(page)).toHaveCount(1)
      await expect(page.locator('.toast').last()).toContainText('The note is still marked finished.')
      await page.keyboard.press('Control+z')
      await expect(codings(page)).toHaveCount(2)
    })

    await test.step('a lead makes reopening the rule of the project', async () => {
      await page.getByRole('button', { name: 'Settings' }).click()
      await page.getByLabel('A code on a finished note').selectOption('reopen')
      await page.keyboard.press('Escape')
      await page.getByRole('textbox', { name: 'Filter notes' }).fill('')
      await page.keyboard.press('Control+PageDown')
      await page.keyboard.press('Control+PageUp')
      await expect(codings(page)).toHaveCount(2)
      await selectWords(page, 12)
      await applyByName(page, 'neglect')
      await expect(codings(page)).toHaveCount(3)
      await expect(finish).toBeVisible()
      await page.keyboard.press('Control+z')
      await expect(codings(page)).toHaveCount(2)
      await expect(page.getByRole('button', { name: 'Reopen', exact: true })).toBeVisible()
    })
  })
})

test('each coder has their own recent codes, also after a restart', async ({ launch }) => {
  const userData = await temporaryFolder('recent')
  const first = await launch({ userData, size: SIZE })
  const strip = first.page.getByRole('list', { name: 'Recent codes' }).getByRole('button')
  await expect(strip).toHaveCount(9)
  await addCoder(first.page, 'Cleo')
  await expect(strip).toHaveCount(0)
  await openUncoded(first.page)
  await selectWords(first.page, 3)
  await applyByName(first.page, 'county lines')
  await expect(strip).toHaveText(/County lines/)
  await first.close()
  const again = await launch({ userData, size: SIZE })
  await expect(again.page.getByRole('list', { name: 'Recent codes' }).getByRole('button')).toHaveText(
    /County lines/,
  )
})
