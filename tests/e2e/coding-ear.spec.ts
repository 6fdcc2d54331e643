/** Coding by keyboard and ear: to a coding's entry and back, where the keyboard is after a removal, what is said. */
import { expect, type Page } from '@playwright/test'
import { test } from './app.ts'
import {
  announcer,
  applyByName,
  codings,
  openUncoded,
  press,
  SIZE,
  saved,
  selectFrom,
  selectWords,
  text,
  toStart,
} from './coding-steps.ts'

const list = (page: Page) => page.getByRole('listbox', { name: 'Codings', exact: true })
const statusAt = (page: Page, character: number) =>
  expect(page.locator('.statusbar')).toContainText(`character ${character} of`)
const isOnPage = (page: Page) => page.evaluate(() => document.activeElement === document.body)

/** Codes the first words of the first three sentences, each with another code. */
async function codeThree(page: Page): Promise<void> {
  for (const [at, name] of ['county lines', 'radicalisation', 'neglect'].entries()) {
    await selectFrom(page, at, 2)
    await applyByName(page, name)
    await expect(codings(page)).toHaveCount(at + 1)
  }
  await saved(page)
}

test('coding by keyboard and ear, in one note after another', async ({ launch }) => {
  const { page } = await launch({ size: SIZE })
  await test.step('one key leads from the caret to the entry of its coding, and one back to where the caret was', async () => {
    await openUncoded(page)
    await codeThree(page)
    await toStart(page)
    await press(page, 'Escape')
    await press(page, 'ArrowRight', 20)
    await statusAt(page, 20)
    // However many codings are gone through on the way.
    await press(page, ']', 2)
    await expect(announcer(page)).toContainText(/^Selected .+: “.+”/)
    await page.keyboard.press('Alt+ArrowRight')
    await expect(list(page)).toBeFocused()
    await expect(list(page).locator('[aria-selected=true]')).toHaveCount(1)
    await press(page, 'ArrowUp')
    await press(page, 'Enter')
    await page.keyboard.press('Alt+ArrowLeft')
    await expect(text(page)).toBeFocused()
    await statusAt(page, 20)
    await expect(announcer(page)).toContainText('Back at “')
    await expect(page.locator('.caret')).toBeInViewport()

    // The same to the entry alone, also while its pane is put away.
    await toStart(page)
    await press(page, 'ArrowRight', 2)
    await page.keyboard.press('Control+Shift+B')
    await expect(list(page)).toHaveCount(0)
    await page.keyboard.press('Alt+ArrowRight')
    await expect(list(page)).toBeFocused()
    await page.keyboard.press('Alt+ArrowLeft')
    await expect(text(page)).toBeFocused()
    await statusAt(page, 2)
  })

  await test.step('after a removal the keyboard is on the neighbour, at last in the text, and the code and its words are said', async () => {
    await openUncoded(page)
    await codeThree(page)
    await expect(announcer(page)).toContainText(/^Applied Neglect.* to “.+”/)
    await toStart(page)
    await page.keyboard.press(']')
    await page.keyboard.press('Alt+ArrowRight')
    const selected = list(page).locator('[aria-selected=true]')
    await expect(selected).toContainText('County lines')
    await page.keyboard.press('Delete')
    await expect(codings(page)).toHaveCount(2)
    await expect(announcer(page)).toContainText(/^Removed “County lines” from “.+”/)
    await expect(list(page)).toBeFocused()
    await expect(selected).toContainText('Radicalisation')
    // By the button of the details, with the last of the list before it.
    await page.keyboard.press('ArrowDown')
    await page.getByRole('button', { name: 'Remove this coding' }).focus()
    await page.keyboard.press('Enter')
    await expect(codings(page)).toHaveCount(1)
    await expect(list(page)).toBeFocused()
    await expect(selected).toContainText('Radicalisation')
    await page.keyboard.press('Delete')
    await expect(codings(page)).toHaveCount(0)
    await expect(text(page)).toBeFocused()
  })

  await test.step('the keyboard never falls out of the page when what has it goes away', async () => {
    await openUncoded(page)
    await toStart(page)
    for (const name of ['county lines', 'radicalisation']) {
      await press(page, 'w')
      await applyByName(page, name)
    }
    const chips = page.getByRole('list', { name: 'Codes of the whole note' })
    await expect(chips.getByRole('listitem')).toHaveCount(2)
    await chips.getByRole('button', { name: /^Remove County lines/ }).focus()
    await page.keyboard.press('Enter')
    await expect(chips.getByRole('listitem')).toHaveCount(1)
    await expect(chips.getByRole('button', { name: 'Radicalisation', exact: true })).toBeFocused()
    await chips.getByRole('button', { name: /^Remove Radicalisation/ }).focus()
    await page.keyboard.press('Enter')
    await expect(chips).toHaveCount(0)
    await expect.poll(() => isOnPage(page)).toBe(false)
    await expect(page.locator('main :focus')).toHaveCount(1)

    // An answer to a notice: the keyboard goes back to the work.
    await text(page).focus()
    await page.locator('.toast').last().getByRole('button', { name: 'Undo' }).focus()
    await page.keyboard.press('Enter')
    await expect(chips.getByRole('listitem')).toHaveCount(1)
    await expect(text(page)).toBeFocused()

    // A memo that is removed.
    await page.keyboard.press('Control+4')
    await page.getByRole('button', { name: 'New project memo' }).click()
    await page.keyboard.type('A thought.')
    await expect(page.getByTestId('memo-state')).toHaveText('Saved')
    await page.getByRole('button', { name: 'Remove this memo' }).focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('button', { name: 'Remove this memo' })).toHaveCount(0)
    await expect.poll(() => isOnPage(page)).toBe(false)
    await page.keyboard.press('Control+2')
  })

  await test.step('how much is read aloud while the caret moves over codes is the person’s choice', async () => {
    await openUncoded(page)
    await selectWords(page, 3)
    await applyByName(page, 'county lines')
    await saved(page)
    await page.keyboard.press('Control+End')
    await expect(page.getByTestId('codings-here')).toHaveText('No coding here')
    await page.keyboard.press('Control+Home')
    await expect(announcer(page)).toHaveText(/^Coded: County lines[^“]*$/)

    await page.keyboard.press('Control+,')
    await page
      .getByRole('radiogroup', { name: 'Read aloud while the caret moves over codes' })
      .getByRole('radio', { name: 'Names and words' })
      .check()
    await page.keyboard.press('Escape')
    await text(page).focus()
    await page.keyboard.press('Control+End')
    await expect(announcer(page)).toContainText('No code here')
    await page.keyboard.press('Control+Home')
    await expect(announcer(page)).toHaveText(/^Coded: County lines, “.+”$/)

    // From the palette to the next: nothing.
    await page.keyboard.press('Control+k')
    await page.keyboard.type('read aloud over codes')
    await page.keyboard.press('Enter')
    await expect(announcer(page)).toHaveText('Read aloud over codes: nothing')
    await text(page).focus()
    await page.keyboard.press('Control+End')
    await expect(page.getByTestId('codings-here')).toHaveText('No coding here')
    await page.keyboard.press(']')
    await expect(announcer(page)).toHaveText(/^Selected County lines: “.+”$/)
  })

  await test.step('with the system’s own colours the caret and the frame of the text are drawn', async () => {
    await openUncoded(page)
    await page.emulateMedia({ forcedColors: 'active' })
    await toStart(page)
    await press(page, 'ArrowRight', 5)
    const drawn = await page.evaluate(() => {
      const probe = document.createElement('div')
      probe.style.cssText = 'color: CanvasText; background: Canvas; forced-color-adjust: none'
      document.body.append(probe)
      const system = { ink: getComputedStyle(probe).color, ground: getComputedStyle(probe).backgroundColor }
      probe.remove()
      const caret = document.querySelector('.caret') as HTMLElement
      const frame = getComputedStyle(document.querySelector('.note-scroll') as HTMLElement)
      return { system, caret: getComputedStyle(caret).backgroundColor, frame: frame.outlineStyle }
    })
    expect(drawn.caret).toBe(drawn.system.ink)
    expect(drawn.caret).not.toBe(drawn.system.ground)
    expect(drawn.frame).toBe('solid')
  })
})
