/** The check for identifiers on a project of its own, in the real program. Every name and number is invented. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, type Page } from '@playwright/test'
import { type RunningApp, temporaryFolder, test } from './app.ts'
import { barriers, expectNoBarriers } from './barriers.ts'
import { check, codings, find, finding, findings, hitCount, searchField } from './steps.ts'

const SIZE = { width: 1440, height: 900 }
const PASSPHRASE = 'four plain words here'
/** 943 476 5919 has a right check digit; it belongs to nobody: it is the NHS's own example. */
const NOTES = [
  'id,young_person,date,note',
  '001,P1,2024-01-02,"Seen at home. NHS number 943 476 5919. Mother was upset all week. Dr Jones will call."',
  '002,P1,2024-01-09,"Call from Dr Jones. Settled at school, no worries."',
  '003,P2,2024-02-01,"ZZZZZ did not attend. Write to j.smith@example.org about it."',
].join('\n')

const text = (page: Page) => page.getByRole('textbox', { name: /^Text of/ })

async function makeProject({ page, answerOpen, answerSave }: RunningApp): Promise<void> {
  const folder = await temporaryFolder('identifiers')
  writeFileSync(path.join(folder, 'notes.csv'), NOTES)
  await page.keyboard.press('Control+Shift+W')
  await page.getByRole('button', { name: 'New project' }).click()
  await page.getByRole('textbox', { name: 'Title' }).fill('Study')
  await page.getByRole('textbox', { name: 'Your name as a coder' }).fill('Rosa')
  await page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE)
  await page.getByLabel('Passphrase again').fill(PASSPHRASE)
  await answerSave(path.join(folder, 'study.understory'))
  await page.getByRole('button', { name: 'Choose where to keep it' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-place', 'notes')
  await answerOpen([path.join(folder, 'notes.csv')])
  await page.getByRole('button', { name: 'Import files' }).first().click()
  await page.getByRole('button', { name: 'Import notes' }).click()
  await expect(page.getByText('3 notes imported').first()).toBeVisible()
}

/** Finds words by the search and gives them a code: the shortest way to a coding at a known place. */
async function codeWords(page: Page, words: string, code: string): Promise<void> {
  await find(page, `"${words}"`)
  await expect(hitCount(page)).toHaveText('1 hit in 1 note')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
  await page.keyboard.press('/')
  await page.keyboard.type(code)
  await page.keyboard.press('Enter')
  await expect(page.locator('.toast').first()).toContainText('to 1 hit')
}

test('two identifiers are reviewed: one is redacted for good, one is kept, and a coding beside it stays', async ({
  launch,
}) => {
  const running = await launch({ size: SIZE })
  const { page } = running
  await makeProject(running)
  await codeWords(page, 'Mother was upset', 'emotional abuse')
  await check(page, 4)
  await expect(findings(page).nth(0)).toContainText('943 476 5919')
  await expect(findings(page).nth(0)).toContainText('check digit correct')

  await page.keyboard.press('r')
  await expect(finding(page)).toContainText('This removes the text from the note permanently.')
  await page.keyboard.press('Escape')
  await expect(findings(page)).toHaveCount(4)
  await page.keyboard.press('r')
  await page.getByRole('button', { name: 'Redact as ZZZZZ' }).click()
  await expect(findings(page)).toHaveCount(3)
  await expect(page.locator('.toast').last()).toContainText('One place redacted')
  await expect(finding(page).locator('.excerpt')).toContainText('NHS number ZZZZZ. Mother was upset')
  await expect(page.locator('body')).not.toContainText('943 476')

  // The next finding stands after the redaction, in the same note: its place moved with the text.
  await expect(finding(page).locator('.excerpt-current')).toHaveText('Jones')
  await page.keyboard.press('e')
  await expect(findings(page)).toHaveCount(2)
  await expect(page.locator('.toast').last()).toContainText('Kept “Jones”')
  await page.keyboard.press('Control+z')
  await expect(findings(page)).toHaveCount(3)
  await page.keyboard.press('e')
  await expect(findings(page)).toHaveCount(2)

  await page.keyboard.press('Control+2')
  await page.getByRole('textbox', { name: 'Filter notes' }).fill('001')
  await page.getByRole('listbox', { name: 'Notes' }).getByRole('option').first().click()
  await expect(text(page)).toContainText('NHS number ZZZZZ. Mother was upset all week. Dr Jones will call.')
  await expect(codings(page)).toHaveCount(1)
  await expect(codings(page)).toContainText('Mother was upset')
  await page.keyboard.press('Control+f')
  await searchField(page).fill('943')
  await expect(page.getByText('No hits in any note.')).toBeVisible()
})

test('what a check finds is looked at, kept out of an export, redacted all at once, and masks are shown', async ({
  launch,
}) => {
  const running = await launch({ size: SIZE })
  const { page, answerSave } = running
  await makeProject(running)
  await test.step('the review has no barrier in any theme', async () => {
    await makeProject(running)
    await page.keyboard.press('Control+i')
    await expect(page.getByRole('button', { name: 'Run check' })).toBeVisible()
    await expectNoBarriers(page)
    await check(page, 4)
    await expectNoBarriers(page)
    await page.keyboard.press('Shift+R')
    await expect(page.getByRole('button', { name: /^Redact as/ })).toBeFocused()
    await expectNoBarriers(page)
    await page.keyboard.press('Escape')
    await page.getByRole('radio', { name: 'Words and masks' }).check()
    await expectNoBarriers(page)
  })

  await test.step('a codebook that quotes a name is not written before somebody says how', async () => {
    await makeProject(running)
    await page.keyboard.press('Control+3')
    await page.getByRole('button', { name: 'New code' }).first().click()
    await page.getByLabel('Name of the new code').fill('Quoted')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('treeitem', { name: 'Quoted' })).toBeVisible()
    await page.getByRole('textbox', { name: 'Typical example' }).fill('“Mum Sarah rang”, she said.')
    await page.keyboard.press('Tab')
    await expect(page.getByTestId('saved')).toHaveText('Saved')

    const file = path.join(await temporaryFolder('export'), 'book.csv')
    await answerSave(file)
    const bar = page.getByRole('region', { name: 'Possible identifiers in the export' })
    const exportCsv = async () => {
      await page.getByRole('button', { name: 'Export', exact: true }).click()
      const choices = page.getByRole('form', { name: 'Export the codebook' })
      await choices.getByRole('radio', { name: 'CSV' }).check()
      await choices.getByRole('button', { name: 'Export', exact: true }).click()
      await expect(bar).toContainText('1 possible identifier in 1 text. book.csv has not been written.')
    }
    await exportCsv()
    expect(existsSync(file)).toBe(false)

    await expect(bar.getByRole('button', { name: 'Show findings' })).toBeFocused()
    await page.keyboard.press('Enter')
    const found = bar.getByRole('button', { name: /^Sarah/ })
    await expect(found).toContainText('Example of Quoted')
    await expect(bar).not.toContainText(/\bclean\b/i)
    expect(await barriers(page)).toEqual([])
    await page.getByRole('treeitem').first().click()
    await found.click()
    await expect(page.getByRole('treeitem', { name: 'Quoted' })).toHaveAttribute('aria-selected', 'true')

    await bar.getByRole('button', { name: 'Export with them masked' }).click()
    await expect(page.locator('.toast').last()).toContainText('with 1 possible identifier masked')
    await expect(bar).toHaveCount(0)
    expect(readFileSync(file, 'utf8')).toContain('Mum [NAME] rang')
    await expect(page.getByRole('textbox', { name: 'Typical example' })).toHaveValue(
      '“Mum Sarah rang”, she said.',
    )

    await exportCsv()
    await page.keyboard.press('Escape')
    await expect(page.locator('.toast').last()).toContainText('Export cancelled')
    expect(readFileSync(file, 'utf8')).toContain('Mum [NAME] rang')
    await exportCsv()
    await bar.getByRole('button', { name: 'Export as it is' }).click()
    await expect(page.locator('.toast').last()).toContainText('with 1 possible identifier as it is')
    expect(readFileSync(file, 'utf8')).toContain('Mum Sarah rang')
  })

  await test.step('all like it are counted first, and a word can be ignored everywhere', async () => {
    await makeProject(running)
    await check(page, 4)
    await page.keyboard.press('j')
    await expect(finding(page).getByRole('heading')).toHaveText('Jones')
    await page.getByRole('textbox', { name: 'Replace with' }).fill('[NAME]')
    await page.getByRole('listbox', { name: 'Possible identifiers' }).focus()
    await page.keyboard.press('Shift+R')
    await expect(finding(page)).toContainText('occurs 2 times in 2 notes')
    await expect(page.getByRole('button', { name: 'Redact all 2 as [NAME]' })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(findings(page)).toHaveCount(2)

    await page.getByRole('combobox', { name: 'Kind' }).selectOption({ label: 'Email address (1)' })
    await expect(findings(page)).toHaveCount(1)
    await page.getByRole('listbox', { name: 'Possible identifiers' }).focus()
    await page.keyboard.press('i')
    await expect(page.getByText('None of this kind are left to review.')).toBeVisible()
    await page.getByRole('button', { name: 'Show all kinds' }).click()
    await page.keyboard.press('e')
    await expect(
      // A screen reader is told the same words.
      page
        .getByText(
          /^No possible identifier is left to review in \d+ notes?\. The check cannot find every identifier/,
        )
        .first(),
    ).toBeVisible()
    await expect(page.locator('body')).not.toContainText(/\bclean\b|de-identified/i)

    await page.getByRole('radio', { name: 'Words and masks' }).check()
    await expect(page.getByLabel(/^Never report/)).toHaveValue('j.smith@example.org')
  })

  await test.step('the masks of the project are what the note shows as chips', async () => {
    await makeProject(running)
    await page.keyboard.press('Control+i')
    await page.getByRole('radio', { name: 'Words and masks' }).check()
    await page.getByLabel(/^Masks/).fill('school\nSettled')
    await page.keyboard.press('Control+s')
    await expect(page.locator('.toast').last()).toContainText('Words and masks saved')
    await page.keyboard.press('Control+2')
    await page.getByRole('textbox', { name: 'Filter notes' }).fill('002')
    await page.getByRole('listbox', { name: 'Notes' }).getByRole('option').first().click()
    await expect(text(page)).toContainText('Settled at school')
    await expect
      .poll(() => page.evaluate(() => [...(CSS.highlights.get('note-mask') ?? [])].map(String).length))
      .toBe(2)
  })
})
