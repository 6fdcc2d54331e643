/** Memos: written where the thought comes, saved by themselves, found again, and the way there and back. */
import { expect, type Page } from '@playwright/test'
import { temporaryFolder, test } from './app.ts'
import { expectNoBarriers } from './barriers.ts'
import { addCoder } from './coding-steps.ts'
import { codeAs } from './seat-steps.ts'

const SIZE = { width: 1440, height: 900 }

const text = (page: Page) => page.getByRole('textbox', { name: /^Text of/ })
const inspector = (page: Page) => page.getByRole('region', { name: 'Codings of this note' })
const codings = (page: Page) => inspector(page).getByRole('option')
const memo = (page: Page) => page.getByRole('textbox', { name: 'Memo', exact: true })
const memoState = (page: Page) => page.getByTestId('memo-state')
const listed = (page: Page) => page.getByRole('listbox', { name: 'Memos' }).getByRole('option')

/** Notes with several codings, none of them with a memo. */
const FIRST = 'Screening: not accepted'
const SECOND = 'Risk assessment and consultation to the home'
/** The first coding of this one is of the whole note. */
const THIRD = 'Triage: not accepted'
const FOURTH = 'Discharge summary'

/** Opens a note with codings and looks at its first coding in the text. */
async function lookAtCoding(page: Page, note: string): Promise<void> {
  await page.keyboard.press('Control+2')
  await page.getByRole('textbox', { name: 'Filter notes' }).fill(note)
  await page.getByRole('listbox', { name: 'Notes' }).getByRole('option').first().click()
  await expect(codings(page).nth(1)).toBeVisible()
  await text(page).focus()
  await page.keyboard.press('Control+Home')
  await page.keyboard.press(']')
  await expect(memo(page)).toBeVisible()
}

test('memos are written, found and read, and kept when the window is closed at once', async ({ launch }) => {
  const userData = await temporaryFolder('memos')
  const first = await launch({ userData, size: SIZE })
  const { page } = first
  await test.step('memos are searched and filtered, lead to what they are about, and Alt+Left leads back', async () => {
    await page.keyboard.press('Control+4')
    await expect(listed(page).first()).toBeVisible()
    await expect.poll(() => listed(page).count()).toBeGreaterThan(3)
    const all = await listed(page).count()
    await page.getByRole('textbox', { name: 'Search memos' }).fill('autism')
    await expect(listed(page)).toHaveCount(1)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await expect(memo(page)).toContainText('autism')
    await page.keyboard.press('Control+Enter')
    await expect(page.locator('html')).toHaveAttribute('data-place', 'code')
    await expect(memo(page)).toContainText('autism')
    await page.keyboard.press('Alt+ArrowLeft')
    await expect(page.locator('html')).toHaveAttribute('data-place', 'memos')
    await expect(listed(page)).toHaveCount(1)
    await expect(memo(page)).toContainText('autism')
    await page.getByRole('textbox', { name: 'Search memos' }).fill('')
    await page.getByRole('combobox', { name: 'Subject' }).selectOption('project')
    await page.getByRole('button', { name: 'Clear filters' }).click()
    await expect(listed(page)).toHaveCount(all)
  })

  await test.step('memos have no barrier in any theme', async () => {
    await page.keyboard.press('Control+4')
    await listed(page).nth(1).click()
    await memo(page).click()
    await expectNoBarriers(page)
    await page.keyboard.type(' [[neg')
    await expect(page.getByRole('option', { name: /^Neglect/ }).first()).toBeVisible()
    await expectNoBarriers(page)
    await page.keyboard.press('Escape')
    await lookAtCoding(page, FIRST)
    await page.keyboard.press('m')
    await expectNoBarriers(page)
    await page.keyboard.press('Escape')
  })

  await test.step('a memo on a coding is written, formatted, linked, saved and undone by keyboard alone', async () => {
    await lookAtCoding(page, FIRST)
    await page.keyboard.press('m')
    await expect(memo(page)).toBeFocused()
    await page.keyboard.type('Is the ')
    await page.keyboard.press('Control+b')
    await page.keyboard.type('threshold')
    await page.keyboard.press('Control+b')
    await page.keyboard.type(' met? See [[')
    await page.keyboard.type('emotional abuse')
    await expect(page.getByRole('option', { name: /^Emotional abuse/ })).toBeVisible()
    await page.keyboard.press('Enter')
    await expect(memo(page)).toBeFocused()
    await expect(memo(page).locator('.memo-link')).toHaveText('Emotional abuse')
    await page.keyboard.type('too.')
    await expect(memo(page)).toHaveText('Is the threshold met? See Emotional abuse too.')
    await expect(memo(page).locator('.memo-bold')).toHaveText('threshold')
    await expect(memoState(page)).toHaveText('Saved', { timeout: 10_000 })
    await page.keyboard.press('Enter')
    await page.keyboard.type('- one')
    await page.keyboard.press('Enter')
    await page.keyboard.type('two')
    await expect(memo(page).getByRole('listitem')).toHaveText(['one', 'two'])
    // In the editor the editor's own undo, which leaves what was coded alone.
    await page.keyboard.press('Control+z')
    await expect(memo(page)).not.toContainText('two')
    await page.keyboard.press('Control+y')
    await expect(memo(page)).toContainText('two')
    await page.keyboard.press('Escape')
    await expect(text(page)).toBeFocused()
    await expect(memoState(page)).toHaveText('Saved', { timeout: 10_000 })
    await expect(codings(page).filter({ hasText: 'memo' }).first()).toBeVisible()
    // Outside the project's undo takes the sitting back at once, and brings it again.
    await page.keyboard.press('Control+z')
    await expect(memo(page)).toHaveText('')
    await page.keyboard.press('Control+y')
    await expect(memo(page)).toContainText('Is the threshold met?')
  })

  await test.step('who leaves a memo and is back before it is saved goes on with the same one, letter by letter', async () => {
    await lookAtCoding(page, SECOND)
    const { keyboard } = page
    await keyboard.press('m')
    await keyboard.type('One. ')
    for (const words of ['Two. ', 'Three. ', 'Four. ']) {
      // Never waiting for anything: away to the next coding, back, and on.
      for (const keys of ['Escape', ']', '[', 'm']) await keyboard.press(keys)
      await keyboard.type(words)
    }
    await expect(memo(page)).toHaveText('One. Two. Three. Four.')
    await expect(memoState(page)).toHaveText('Saved', { timeout: 10_000 })
    await expect(memo(page)).toHaveCount(1)
    await keyboard.press('Escape')
    for (const keys of [']', '[']) await keyboard.press(keys)
    await expect(memo(page)).toHaveText('One. Two. Three. Four.')
    await expect(memo(page)).toHaveCount(1)
  })

  await test.step('keys pressed before the memo is on screen go to it in their order, and past it after Escape', async () => {
    await lookAtCoding(page, THIRD)
    await expect(codings(page).nth(1)).toHaveAttribute('aria-selected', 'true')
    const count = await codings(page).count()
    // All at once: the program has no time in between to show anything.
    await page.evaluate(() => {
      const keys = ['m', ...'Onx', 'Backspace', ...'e', 'Enter', ...'two', 'Escape', ']', 'm', ...'Next']
      for (const key of keys) {
        const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
        document.activeElement?.dispatchEvent(event)
      }
    })
    await expect(memo(page)).toHaveText('Next')
    await expect(memo(page)).toBeFocused()
    await expect(codings(page).nth(2)).toHaveAttribute('aria-selected', 'true')
    await page.keyboard.press('Escape')
    await page.keyboard.press('[')
    await expect(memo(page).locator('p')).toHaveText(['One', 'two'])
    await expect(codings(page)).toHaveCount(count)
  })

  await test.step('codes, notes and cases take memos by mouse, and another coder reads them', async () => {
    await page.keyboard.press('Control+3')
    await page
      .getByRole('tree', { name: 'Codebook' })
      .getByRole('treeitem', { name: 'Radicalisation' })
      .click()
    const onCode = page.getByRole('region', { name: 'Memos on this code' })
    await onCode.getByRole('textbox', { name: 'Memo' }).click()
    await page.keyboard.type('Worth keeping?')
    await onCode.getByRole('button', { name: /^Bold/ }).click()
    await page.keyboard.type(' Yes.')
    await expect(onCode.locator('.memo-bold')).toHaveText(' Yes.')
    await expect(memoState(page)).toHaveText('Saved', { timeout: 10_000 })

    await addCoder(page, 'Chidi')
    await expect(onCode.getByRole('group', { name: 'Memo by Amara' })).toHaveText('Worth keeping? Yes.')
    await expect(onCode.getByRole('textbox', { name: 'Memo' })).toHaveText('')
    // Of codings only one's own memos are listed.
    await page.keyboard.press('Control+4')
    await expect(listed(page)).toHaveCount(1)
    await listed(page).first().click()
    await expect(page.getByRole('group', { name: 'Memo by Amara' })).toBeVisible()
    await codeAs(page, 'Amara')
  })

  await test.step('the memo on a note is opened by key, typed as a thing to do, and seen in the list', async () => {
    await lookAtCoding(page, FIRST)
    await page.keyboard.press('Control+m')
    await expect(page.getByRole('region', { name: 'Memo on this note' })).toBeVisible()
    await expect(memo(page)).toBeFocused()
    await page.keyboard.type('Ask for the letter that followed.')
    await page.getByRole('combobox', { name: 'Type of memo' }).selectOption('to do')
    await expect(memoState(page)).toHaveText('Saved', { timeout: 10_000 })
    await memo(page).focus()
    await page.keyboard.press('Escape')
    await expect(text(page)).toBeFocused()
    await expect(inspector(page).getByRole('button', { name: '1 memo on this note' })).toBeVisible()

    await page.keyboard.press('Control+4')
    const list = page.getByRole('region', { name: 'Memos', exact: true })
    await list.getByRole('combobox', { name: 'Type of memo' }).selectOption('to do')
    await expect(listed(page)).toHaveCount(1)
    await expect(listed(page).first()).toContainText('to do')
    await list.getByRole('combobox', { name: 'Type of memo' }).selectOption({ index: 0 })
  })

  await test.step('words are kept when another coding is chosen, the project is locked or the window is closed at once', async () => {
    await lookAtCoding(page, FOURTH)
    await page.keyboard.press('m')
    await page.keyboard.type('Kept on leaving.')
    await codings(page).nth(3).click()
    await expect(memo(page)).toHaveText('')
    await memo(page).click()
    await page.keyboard.type('Kept on locking.')
    await page.keyboard.press('Control+l')
    await page.getByRole('button', { name: 'Unlock' }).press('Enter')
    await expect(text(page)).toBeVisible()
    await page.keyboard.press('Control+4')
    await expect(listed(page).filter({ hasText: 'Kept on leaving.' })).toBeVisible()
    await expect(listed(page).filter({ hasText: 'Kept on locking.' })).toBeVisible()
    await page.getByRole('button', { name: 'New project memo' }).click()
    await expect(memo(page)).toBeFocused()
    await page.keyboard.type('Kept on closing.')
    await expect(memo(page)).toHaveText('Kept on closing.')
    const window = await first.app.browserWindow(page)
    const isClosed = page.waitForEvent('close')
    await window.evaluate((shown) => shown.close())
    await isClosed
    await first.app.waitForEvent('close').catch(() => {})

    const again = await launch({ userData, size: SIZE })

    const sample = again.page.getByRole('button', { name: 'Sample project' })
    if (await sample.isVisible()) await sample.click()
    await expect(text(again.page)).toBeVisible()
    await again.page.getByRole('button', { name: 'Memos', exact: true }).click()
    await expect(again.page.locator('html')).toHaveAttribute('data-place', 'memos')
    await expect(listed(again.page).filter({ hasText: 'Kept on closing.' })).toBeVisible()
  })
})

test.describe('with a clock of its own, which no later start could get rid of', () => {
  test.use({ inOwnProcess: true })

  test('looking at a memo changes nothing', async ({ launch }) => {
    const { page } = await launch({ size: SIZE })
    await page.clock.install()
    await page.keyboard.press('Control+4')
    await listed(page).nth(1).click()
    await expect(memo(page)).not.toHaveText('')
    await memo(page).click()
    await page.keyboard.press('ArrowRight')
    await expect(memoState(page)).toHaveText('Saved')
    await page.clock.runFor(1_900)
    await expect(memoState(page)).toHaveText('Saved')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+z')
    // No step was made; and how the sample was made is nobody's to undo.
    await expect(page.getByTestId('announcer')).toHaveText('There is nothing to undo.')
  })
})
