/**
 * From a file on the desk to coded text, in one go: a table is dropped on the window, mapped, tried and imported; what
 * the check finds is looked at and partly taken out; a phrase is found and coded; one undo takes that back. Every name
 * and number is invented; the NHS number is one of the reserved test range.
 */
import { test } from './app.ts'
import {
  check,
  codings,
  dropFile,
  find,
  finding,
  findings,
  hitCount,
  hits,
  mapColumns,
  outcome,
} from './steps.ts'

const { expect } = test

/** Seven rows speak of the placement, no note of the sample does; row 3 has no text. */
const EXTRACT = [
  'ref,young_person,seen,team,narrative',
  'W1,YPA,2021-03-04,North,"NHS number 999 000 0026 on the letter. The kinship placement was settled."',
  'W2,YPA,2021-04-01,North,"A kinship placement was asked for. Call from Dr Jones."',
  'W3,YPB,2021-04-02,South,',
  'W4,YPB,2021-05-11,South,"Wants to leave the kinship placement. No contact this week."',
  'W5,YPB,2021-06-01,South,"The kinship placement ended."',
  'W6,YPC,2021-06-02,North,"Kinship placement, second visit. Quiet and tired."',
  'W7,YPC,2021-06-20,North,"Back in the kinship placement."',
  'W8,YPC,2021-07-01,North,"Review of the kinship placement put off."',
].join('\r\n')

test('a dropped table becomes notes that are checked, searched and coded', async ({ launch }) => {
  const { page } = await launch({ size: { width: 1440, height: 900 } })

  await test.step('drop a table on the window and say what its columns are', async () => {
    await dropFile(page, 'extract.csv', EXTRACT)
    await mapColumns(page, {
      ref: 'Note id',
      young_person: 'Case id',
      seen: 'Date',
      team: 'About the note: category',
      narrative: 'Text of the note',
    })
  })

  await test.step('try it: nothing is stored, and one row is refused', async () => {
    await page.getByRole('button', { name: 'Try the import' }).click()
    await expect(outcome(page)).toContainText('Trial: nothing has been stored')
    await expect(outcome(page)).toContainText('7notes would be added')
    await expect(outcome(page).getByRole('option')).toHaveText(/Row 3.*empty text/)
  })

  await test.step('import, and go on to the check from there', async () => {
    await page.getByRole('button', { name: 'Import notes' }).click()
    await expect(outcome(page)).toContainText('7notes added')
    await expect(outcome(page)).toContainText('2 possible identifiers found')
    await page.getByRole('button', { name: 'Check them now' }).click()
  })

  await test.step('look at both: one is taken out for good, one is kept', async () => {
    await check(page, 2)
    await expect(findings(page).nth(0)).toContainText('999 000 0026')
    await page.keyboard.press('r')
    await page.getByRole('button', { name: 'Redact as ZZZZZ' }).click()
    await expect(findings(page)).toHaveCount(1)
    await expect(finding(page).getByRole('heading')).toHaveText('Jones')
    await page.keyboard.press('e')
    await expect(page.getByText(/^No possible identifier is left to review/).first()).toBeVisible()
  })

  await test.step('find a phrase and choose five of its seven hits', async () => {
    await find(page, '"kinship placement"')
    await expect(hitCount(page)).toHaveText('7 hits in 7 notes')
    await expect(hits(page)).toHaveCount(7)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Control+a')
    await expect(page.locator('.grouped [aria-selected=true]')).toHaveCount(7)
    await page.keyboard.press('Space')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Space')
    await expect(page.getByRole('button', { name: 'Apply a code to 5 hits' })).toBeEnabled()
  })

  await test.step('give them a code in one step', async () => {
    await page.keyboard.press('/')
    await page.keyboard.type('county lines')
    await page.keyboard.press('Enter')
    await expect(page.locator('.toast').last()).toContainText('Applied “County lines')
    await expect(page.locator('.toast').last()).toContainText('to 5 hits')
    await expect(page.getByTestId('saved')).toHaveText('Saved')
    // The last hit was chosen: its note carries the code over just these words.
    await page.getByRole('listbox', { name: 'Hits' }).focus()
    await page.keyboard.press('End')
    await page.keyboard.press('Enter')
    await expect(page.locator('html')).toHaveAttribute('data-place', 'code')
    await expect(codings(page)).toHaveCount(1)
    await expect(codings(page)).toContainText(/County lines/)
    await expect(codings(page)).toContainText('kinship placement')
  })

  await test.step('undo takes back all five, and the journal says so', async () => {
    await page.keyboard.press('Control+z')
    await expect(codings(page)).toHaveCount(0)
    await page.keyboard.press('Control+8')
    await expect(page.getByRole('table', { name: 'Journal' })).toContainText('undone')
    await page.getByRole('button', { name: 'Verify the project' }).click()
    await expect(page.getByRole('status').filter({ hasText: /^Verified: all / })).toBeVisible()
  })
})
