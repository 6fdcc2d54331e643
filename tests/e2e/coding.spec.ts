/** The main job end to end: coding notes by key and by mouse, and every place fit for every eye. */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, type Page } from '@playwright/test'
import { temporaryFolder, test } from './app.ts'
import { expectNoBarriers } from './barriers.ts'
import {
  addCoder,
  announcer,
  applyByName,
  codings,
  openUncoded,
  SIZE,
  saved,
  selectWords,
  text,
} from './coding-steps.ts'
import { codeAs } from './seat-steps.ts'

const painted = (page: Page) =>
  page.evaluate(() => [...CSS.highlights.keys()].filter((name) => name.startsWith('code-')).length)

test('notes are coded, one after another, and what was coded is there after a restart', async ({
  launch,
}) => {
  const userData = await temporaryFolder('coding')
  const first = await launch({ userData, size: SIZE })
  await test.step('a first start opens the sample, ready to code', async () => {
    const { page } = first
    await expect(page.locator('html')).toHaveAttribute('data-place', 'code')
    await expect(page.getByText('Sample, invented notes')).toBeVisible()
    await expect(text(page)).toBeVisible()
  })

  const { page } =
    await test.step('a code goes on by keyboard alone, is undone and done again, and is there after a restart', async () => {
      const { page } = first
      await openUncoded(page)
      const title = (await page.getByRole('heading', { level: 1 }).textContent()) ?? ''
      await selectWords(page, 3)
      await applyByName(page, 'emotional ab')
      await expect(text(page)).toBeFocused()
      await expect(codings(page)).toHaveCount(1)
      await expect(announcer(page)).toContainText('Applied Emotional abuse')
      expect(await painted(page)).toBe(1)
      await saved(page)

      await page.keyboard.press('Control+z')
      await expect(codings(page)).toHaveCount(0)
      await expect(announcer(page)).toContainText('Undone')
      await page.keyboard.press('Control+y')
      await expect(codings(page)).toHaveCount(1)
      await saved(page)
      await first.close()

      const again = await launch({ userData, size: SIZE })

      const sample = again.page.getByRole('button', { name: 'Sample project' })
      if (await sample.isVisible()) await sample.click()
      await again.page.getByRole('textbox', { name: 'Filter notes' }).fill(title)
      await again.page.getByRole('listbox', { name: 'Notes' }).getByRole('option').first().click()
      await expect(codings(again.page)).toHaveCount(1)
      return again
    })

  await test.step('the mouse selects, a press on a code applies it, a press on the text finds it again', async () => {
    await openUncoded(page)
    const line = page.locator('.note-text p').first()
    const box = await line.boundingBox()
    if (!box) throw new Error('the note has no first line')
    await page.mouse.move(box.x + 2, box.y + 12)
    await page.mouse.down()
    await page.mouse.move(box.x + 90, box.y + 12, { steps: 6 })
    await page.mouse.up()
    await page
      .getByRole('tree', { name: 'Codebook' })
      .getByRole('treeitem', { name: 'Radicalisation' })
      .click()
    await expect(codings(page)).toHaveCount(1)
    await saved(page)

    await text(page).focus()
    await page.keyboard.press('Control+End')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('button', { name: 'Remove this coding' })).toHaveCount(0)
    await page.mouse.click(box.x + 30, box.y + 12)
    await expect(page.getByRole('button', { name: 'Remove this coding' })).toBeVisible()
    await text(page).focus()
    await page.keyboard.press('Delete')
    await expect(codings(page)).toHaveCount(0)
    await saved(page)
  })

  await test.step('overlapping codes lie in lanes and are gone through with one key', async () => {
    await openUncoded(page)
    await selectWords(page, 4)
    await applyByName(page, 'county lines')
    await selectWords(page, 2)
    await applyByName(page, 'radicalisation')
    await expect(codings(page)).toHaveCount(2)
    const names = await page.evaluate(() =>
      [...CSS.highlights.keys()].filter((name) => name.startsWith('code-')),
    )
    expect(names.map((name) => name.at(-1)).sort()).toEqual(['0', '1'])
    await page.keyboard.press('Control+Home')
    await page.keyboard.press('o')
    const details = page.locator('.coding-drawer strong')
    const one = (await details.textContent()) ?? ''
    await page.keyboard.press('o')
    await expect(details).not.toHaveText(one)
  })

  await test.step('a new code is made in passing and applied to the selection', async () => {
    await openUncoded(page)
    await selectWords(page, 2)
    await page.keyboard.press('q')
    await page.keyboard.type('Sibling placed elsewhere')
    await page.keyboard.press('Control+Enter')
    await expect(codings(page)).toHaveCount(1)
    await page.getByRole('textbox', { name: 'Filter codes' }).fill('sibling')
    await expect(page.getByRole('treeitem', { name: /Sibling placed elsewhere/ })).toBeVisible()
    await saved(page)
    await page.getByRole('textbox', { name: 'Filter codes' }).fill('')
  })

  await test.step('the whole note takes codes too, with a memo', async () => {
    await openUncoded(page)
    await text(page).focus()
    await page.keyboard.press('w')
    await expect(page.getByRole('checkbox', { name: 'Whole note' })).toBeChecked()
    await applyByName(page, 'referral accepted')
    await expect(
      page.getByRole('list', { name: 'Codes of the whole note' }).getByRole('listitem'),
    ).toHaveCount(1)
    await page.keyboard.press('m')
    await page.keyboard.type('Clear from the first line.')
    await page.keyboard.press('Escape')
    await saved(page)
    await expect(codings(page).first()).toContainText('memo')
    const chip = page.getByRole('list', { name: 'Codes of the whole note' }).getByRole('listitem')
    await expect(chip.getByRole('img', { name: 'has a memo' })).toBeVisible()

    // In sight: the tree has followed the code that was applied.
    const code = page.getByRole('tree', { name: 'Codebook' }).getByRole('treeitem', { name: 'Self-harm' })
    await expect(code.getByRole('img', { name: 'has a memo' })).toHaveCount(0)
    await code.click({ button: 'right' })
    await page.getByRole('menu', { name: 'Code' }).getByRole('menuitem', { name: 'Write a memo' }).click()
    await expect(page.locator('html')).toHaveAttribute('data-place', 'codebook')
    await expect(page.locator('[contenteditable=true]:focus')).toBeVisible()
    await page.keyboard.type('Where does it begin?')
    await saved(page)
    await page.keyboard.press('Control+2')
    await expect(code.getByRole('img', { name: 'has a memo' })).toBeVisible()
  })

  await test.step('a coder sees only their own codings', async () => {
    await openUncoded(page)
    await selectWords(page, 2)
    await applyByName(page, 'gangs')
    await expect(codings(page)).toHaveCount(1)
    await saved(page)
    await addCoder(page, 'Chidi')
    await expect(codings(page)).toHaveCount(0)
    expect(await painted(page)).toBe(0)
    await codeAs(page, 'Amara')
  })

  await test.step('finishing a note goes on to the next', async () => {
    await page.getByRole('textbox', { name: 'Filter notes' }).fill('YP01')
    await page.getByRole('listbox', { name: 'Notes' }).getByRole('option').first().click()
    const heading = page.getByRole('heading', { level: 1 })
    const before = (await heading.textContent()) ?? ''
    await text(page).focus()
    await page.keyboard.press('Control+Enter')
    await expect(heading).not.toHaveText(before)
    await saved(page)
  })
})

test('every place is looked at, and then a project of one’s own is made', async ({ launch }) => {
  const { page, answerOpen, answerSave } = await launch({ size: SIZE })
  await test.step('no place has a barrier in any theme', async () => {
    const places = ['notes', 'code', 'codebook', 'memos', 'retrieval', 'agreement', 'themes', 'journal']
    for (const [key, place] of places.entries()) {
      await page.keyboard.press(`Control+${key + 1}`)
      await expect(page.locator('html')).toHaveAttribute('data-place', place)
      const compute = page.getByRole('button', { name: 'Compute agreement' }).first()
      if (place === 'agreement') {
        await compute.click()
        await expect(page.getByRole('table')).toBeVisible({ timeout: 30_000 })
      } else await expect(page.locator('main').locator(FILLED).first()).toBeVisible()
      await expectNoBarriers(page, place)
    }
    await page.keyboard.press('Control+Shift+W')
    await expect(page.getByRole('button', { name: 'New project' })).toBeVisible()
    await expectNoBarriers(page, 'start')
  })

  await test.step('a project of one’s own: made, filled from a table, locked and unlocked', async () => {
    const folder = await temporaryFolder('project')
    const file = path.join(folder, 'study.understory')
    const table = path.join(folder, 'notes.csv')
    writeFileSync(
      table,
      'id,young_person,date,note\nA1,P1,2024-01-02,"Seen at home. Settled."\nA2,P1,2024-01-09,"Did not attend."\n',
    )
    await page.keyboard.press('Control+Shift+W')
    await page.getByRole('button', { name: 'New project' }).click()
    await page.getByRole('textbox', { name: 'Title' }).fill('Study')
    await page.getByRole('textbox', { name: 'Your name as a coder' }).fill('Rosa')
    await page.getByLabel('Passphrase', { exact: true }).fill('four plain words here')
    await page.getByLabel('Passphrase again').fill('four plain words here')
    await answerSave(file)
    await page.getByRole('button', { name: 'Choose where to keep it' }).click()
    await expect(page.locator('html')).toHaveAttribute('data-place', 'notes')

    await answerOpen([table])
    await page.getByRole('button', { name: 'Import files' }).first().click()
    await page.getByRole('button', { name: 'Import notes' }).click()
    await expect(page.getByText('2 notes imported').first()).toBeVisible()
    await page.keyboard.press('Control+2')
    await expect(text(page)).toContainText('Seen at home.')

    await page.keyboard.press('Control+Shift+W')
    await page.getByRole('button', { name: /study/ }).click()
    await page.getByLabel('Passphrase').fill('wrong words')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('alert')).toContainText('does not open the project')
    await page.getByLabel('Passphrase').fill('four plain words here')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('button', { name: 'Coder: Rosa' })).toBeVisible()
  })
})

/** What a place shows once it is there. */
const FILLED = '[role=table], [role=tree], [role=listbox], form, fieldset'
