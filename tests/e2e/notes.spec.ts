/** Notes come in from a file dropped on the window, are looked through, sorted and put in order, and nothing is lost. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { bookOf, inlineRows, pdfOf, pdfText } from '../unit/exchange/office-files.ts'
import { type RunningApp, temporaryFolder, test } from './app.ts'
import { barriers, expectNoBarriers } from './barriers.ts'
import { drop, dropFile, mapColumns, outcome, tabTo } from './steps.ts'

const { expect } = test

const SIZE = { width: 1440, height: 900 }

/** Row 3 has no text, row 5 has the id of row 2 with another text; the NHS number is one of the reserved test range. */
const EXTRACT = [
  'ref,young_person,seen,team,risk,narrative',
  'X1,YP1,2021-03-04,CAMHS North,3,"Seen with mum. NHS number 999 000 0026 on the letter."',
  'X2,YP1,2021-04-01,N. CAMHS,1,',
  'X3,YP2,2021-05-11,CAMHS North,,"Settled at school, no worries this week."',
  'X1,YP3,2021-06-01,CAMHS South,2,"Quite another text under an id that is taken."',
  'X4,YP3,2021-07-01,N. CAMHS,2,"Phoned the school, no answer on two days."',
].join('\r\n')

const row = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text })
const shownIds = (page: Page) =>
  page.getByRole('table', { name: 'Notes' }).getByRole('cell').filter({ hasText: /^X\d$/ }).allTextContents()

async function dropExtract(page: Page): Promise<void> {
  await dropFile(page, 'extract.csv', EXTRACT)
  await expect(page.getByLabel('What narrative is')).toBeVisible()
}

/** Maps the extract by hand where the guess cannot know: whose risk it is, and that "ref" is the note id. */
const mapExtract = (page: Page) =>
  mapColumns(page, {
    ref: 'Note id',
    young_person: 'Case id',
    seen: 'Date',
    team: 'About the note: category',
    risk: 'About the note: number',
    narrative: 'Text of the note',
  })

async function importExtract(page: Page): Promise<void> {
  await dropExtract(page)
  await mapExtract(page)
  await page.getByRole('button', { name: 'Import notes' }).click()
  await page.getByRole('button', { name: 'Done', exact: true }).click()
}

async function showColumns(page: Page, names: readonly string[]): Promise<void> {
  await page.getByRole('button', { name: 'Columns' }).click()
  for (const name of names) await page.getByRole('checkbox', { name, exact: true }).check()
  await page.keyboard.press('Escape')
}

test('a table is mapped, tried and taken back, and then its notes are put in order', async ({ launch }) => {
  const { page } = await launch({ size: SIZE })
  await test.step('a table dropped on the window is mapped, tried, imported and taken back', async () => {
    const before = page.url()
    await dropExtract(page)
    expect(page.url()).toBe(before)
    await mapExtract(page)

    await test.step('the trial says what would come in and stores nothing', async () => {
      await page.getByRole('button', { name: 'Try the import' }).click()
      await expect(outcome(page)).toContainText('3notes would be added')
      await expect(outcome(page)).toContainText('2rows refused')
      await expect(outcome(page)).toContainText('1 possible identifier found: 1 NHS number.')
      const refused = outcome(page).getByRole('listbox', { name: 'Refused rows' }).getByRole('option')
      await expect(refused).toHaveCount(2)
      await expect(refused.nth(1)).toContainText(
        'a note with the id X1 is in these files before (row 1) with another text',
      )
      await page.getByRole('button', { name: 'Copy the list' }).click()
      await expect(page.getByText('2 refused rows copied').first()).toBeVisible()
    })

    await test.step('the import can be left and come back to, and is undone as one step', async () => {
      await page.getByRole('button', { name: 'Import notes' }).click()
      await expect(page.getByRole('heading', { name: 'Imported' })).toBeVisible()
      await page.keyboard.press('Control+3')
      await page.keyboard.press('Control+1')
      await page.getByRole('button', { name: 'Undo the import' }).click()
      await expect(
        page.getByText('The import has been undone. The project is as it was before.'),
      ).toBeVisible()
      await page.getByRole('button', { name: 'Done', exact: true }).click()
      await page.getByLabel('Filter notes').fill('X3')
      await expect(page.getByText('No note matches these filters.')).toBeVisible()
      await page.getByRole('button', { name: 'Clear filters' }).first().click()
    })

    await test.step('the next such table is mapped as this one was', async () => {
      await dropExtract(page)
      await expect(page.getByText('Mapped as in your last import.')).toBeVisible()
      await expect(page.getByLabel('What ref is')).toHaveValue('noteId')
      await page.getByRole('button', { name: 'Use the suggestion instead' }).click()
      await expect(page.getByText('Mapped as in your last import.')).toBeHidden()
    })
    await page.getByRole('button', { name: 'Close' }).click()
  })

  await test.step('notes are filtered and sorted by attributes, edited and their values grouped', async () => {
    await importExtract(page)
    await page.getByLabel('Filter notes').fill('X')
    await showColumns(page, ['team', 'risk'])

    await test.step('sort by a figure; what is missing stands last', async () => {
      await page.getByRole('button', { name: /^Sort by risk/ }).click()
      await expect.poll(() => shownIds(page)).toEqual(['X1', 'X4', 'X3'])
      await page.getByRole('button', { name: /^Sort by risk/ }).press('Enter')
      await expect.poll(() => shownIds(page)).toEqual(['X4', 'X1', 'X3'])
      await expect(row(page, 'X3')).toContainText('missing')
    })

    await test.step('filter by two values, one of them the missing one', async () => {
      await page.getByRole('button', { name: 'Attribute', exact: true }).click()
      await page.getByRole('menuitem', { name: 'risk' }).click()
      await page.getByRole('checkbox', { name: '(missing)' }).check()
      await page.getByRole('checkbox', { name: '3', exact: true }).check()
      await page.keyboard.press('Escape')
      await expect.poll(() => shownIds(page)).toEqual(['X1', 'X3'])
      await expect(page.getByText(/^\d+ of 76 notes$/)).toBeVisible()
      await page.getByRole('button', { name: 'Do not filter by risk' }).click()
      await expect.poll(() => shownIds(page)).toHaveLength(3)
    })

    await test.step('filter by case and by status', async () => {
      await page.getByRole('button', { name: 'Case', exact: true }).click()
      await page.getByRole('combobox', { name: 'Case' }).fill('YP2')
      await expect(page.getByRole('option', { name: 'YP2', selected: true })).toBeVisible()
      await page.keyboard.press('Enter')
      await expect.poll(() => shownIds(page)).toEqual(['X3'])
      await page.getByRole('button', { name: 'Do not filter by case' }).click()
      await page.getByLabel('Filter notes').fill('X3')
      await page.getByLabel('Status', { exact: true }).selectOption('Finished')
      await expect(page.getByText('No note matches these filters.')).toBeVisible()
      await page.getByRole('button', { name: 'Clear filters' }).first().click()
      await page.getByLabel('Filter notes').fill('X')
    })

    await test.step('give a note the value it lacks, and take that back', async () => {
      await row(page, 'X3').getByRole('button').click()
      await page.getByRole('button', { name: 'risk: missing. Change' }).click()
      await page.getByRole('combobox', { name: 'risk' }).fill('high')
      await page.keyboard.press('Enter')
      await expect(page.getByText('Write a number, such as 14 or 2.5.')).toBeVisible()
      await page.getByRole('combobox', { name: 'risk' }).fill('5')
      await page.keyboard.press('Enter')
      await expect(page.getByRole('button', { name: 'risk: 5. Change' })).toBeVisible()
      await page.getByRole('button', { name: 'Undo', exact: true }).click()
      await expect(page.getByRole('button', { name: 'risk: missing. Change' })).toBeVisible()
    })

    await test.step('make two spellings of a team one, and take that back', async () => {
      await page.getByRole('button', { name: 'Attributes' }).click()
      await page.getByRole('button', { name: /^team / }).click()
      const values = page.getByRole('listbox', { name: 'Values of team' }).getByRole('option')
      await expect(values.filter({ hasText: 'CAMHS North' })).toContainText('2')
      await values.filter({ hasText: 'CAMHS North' }).click()
      await values.filter({ hasText: 'N. CAMHS' }).click()
      await expect(page.getByLabel('2 values become')).toHaveValue('CAMHS North')
      await page.getByRole('button', { name: 'Merge the values' }).click()
      await expect(values.filter({ hasText: 'N. CAMHS' })).toHaveCount(0)
      await expect(values.filter({ hasText: 'CAMHS North' })).toContainText('3')
      await page.getByRole('button', { name: 'Undo', exact: true }).last().click()
      await expect(values.filter({ hasText: 'N. CAMHS' })).toHaveCount(1)
    })

    await test.step('add an attribute of the case', async () => {
      await page.getByRole('button', { name: 'All attributes' }).click()
      await page.getByRole('textbox', { name: 'Name' }).fill('Looked after')
      await page.getByLabel('Attribute of').selectOption('Of cases')
      await page.getByLabel('Kind', { exact: true }).selectOption('Kind: yes or no')
      await page.getByRole('button', { name: 'Add attribute' }).click()
      await expect(page.getByRole('button', { name: 'Looked after yes or no' })).toBeVisible()
    })
  })
})

test('what is dropped comes in, and nothing of what is cancelled or is no note', async ({ launch }) => {
  const running: RunningApp = await launch({ size: SIZE })
  const { page } = running
  await test.step('several files, a codebook and what is no file end in the right place or a clear sentence', async () => {
    const folder = await temporaryFolder('mixed')
    const files = ['a.txt', 'b.txt', 'book.qdc', 'study.understory'].map((name) => path.join(folder, name))
    const [a = '', b = '', book = '', project = ''] = files
    await writeFile(a, 'The first note.')
    await writeFile(b, 'The second note.')
    await writeFile(
      book,
      '<?xml version="1.0" encoding="utf-8"?><CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes><Code guid="1b4c2d5e-0000-4000-8000-000000000001" name="Dropped code" isCodable="true"/></Codes></CodeBook>',
    )
    await writeFile(project, 'not really')

    await drop(page, [a, b])
    await expect(page.getByRole('heading', { name: 'Import a.txt and 1 more' })).toBeVisible()
    await expect(page.getByText('2 files · each a note')).toBeVisible()
    await page.getByRole('button', { name: 'Close' }).click()

    await drop(page, [book, a])
    await expect(page.getByText(/Drop a codebook \(\.qdc\) by itself/).first()).toBeVisible()
    await drop(page, [project])
    await expect(page.getByText(/That is a whole project/).first()).toBeVisible()
    await drop(page, [book])
    await expect(page.locator('html')).toHaveAttribute('data-place', 'codebook')
    await expect(page.getByRole('tree', { name: 'Codes to import' })).toContainText('Dropped code')
    await page.getByRole('button', { name: 'Import 1 code', exact: true }).click()
    await page.getByRole('tree', { name: 'Codebook' }).press('End')
    await expect(page.getByRole('treeitem', { name: 'Dropped code' })).toBeVisible()

    // Files the page makes itself lie on no disk, and anything else is no file: no ticket for either.
    const forged = await page.evaluate(async () => [
      await window.bridge.ticketForFiles([new File(['x'], '/etc/passwd')]),
      await window.bridge.ticketForFiles([{ name: '/etc/passwd', size: 1 }]),
      await window.bridge.ticketForFiles([]),
    ])
    expect(forged).toEqual([null, null, null])
    await expect(page.locator('.drop')).toHaveCount(0)
  })

  await test.step('a running import says how fast it is, and when it is cancelled nothing has come in', async () => {
    const words =
      'Seen at home with mum, settled at school, low in mood on two evenings of this week. '.repeat(12)
    const rows = Array.from({ length: 60_000 }, (_, row) => `C${row},YP${row % 900},"${row} ${words}"`)
    await dropFile(page, 'large.csv', ['note_id,case_id,text', ...rows].join('\n'))
    await page.getByRole('button', { name: 'Import notes' }).click()
    const bar = page.getByRole('progressbar', { name: 'Importing notes' })
    await expect(bar).toHaveAttribute('aria-valuetext', /rows a second · about/)
    await page.getByRole('button', { name: 'Cancel the import' }).click()
    await expect(page.getByText('The import was cancelled. Nothing was imported.')).toBeVisible()
    await page.getByRole('button', { name: 'Close' }).click()
    await expect(page.getByText('73 notes', { exact: false }).first()).toBeVisible()
    await page.getByLabel('Filter notes').fill('C1')
    await expect(page.getByText('No note matches these filters.')).toBeVisible()
  })

  await test.step('further headings of a survey are left out, said, and taken or left by keyboard', async () => {
    const survey = await readFile(new URL('../fixtures/cases/survey-headings.csv', import.meta.url))
    const more = 'R_2,The worker was kind.\nR_1,The worker was kind.\n'
    await dropFile(page, 'survey.csv', Buffer.concat([survey, Buffer.from(more)]))
    const wording = page.getByRole('checkbox', { name: /^Row 1, left out: the wording of questions/ })
    await expect(wording).not.toBeChecked()
    await expect(page.getByRole('checkbox', { name: /^Row 2, left out: the import ids/ })).not.toBeChecked()
    const note = page.getByRole('checkbox', { name: 'Row 3', exact: true })
    await expect(note).toBeChecked()

    await test.step('a row is taken, and another left out, with the space bar', async () => {
      await tabTo(page, wording)
      await page.keyboard.press('Space')
      await expect(page.getByRole('checkbox', { name: 'Row 1', exact: true })).toBeChecked()
      await tabTo(page, note)
      await page.keyboard.press('Space')
      await page.getByRole('button', { name: 'Try the import' }).click()
      await expect(outcome(page)).toContainText('3notes would be added')
      await expect(outcome(page)).toContainText('2rows that are not notes left out')
      await note.or(page.getByRole('checkbox', { name: 'Row 3, left out' })).check()
      await page.getByRole('checkbox', { name: 'Row 1', exact: true }).uncheck()
    })

    await test.step('the trial names what is left out, what is there twice, and whose text another has', async () => {
      await page.getByRole('button', { name: 'Try the import' }).click()
      await expect(outcome(page)).toContainText('2notes would be added')
      await expect(outcome(page)).toContainText(
        'Rows 1, 2 are not notes (headings, totals) and were left out.',
      )
      const rows = (name: string) => outcome(page).getByRole('listbox', { name }).getByRole('option')
      await expect(rows('Rows left out')).toHaveCount(2)
      await expect(rows('Notes already there')).toContainText('note R_1 is in these files before (row 3)')
      await expect(rows('Notes with the same text as another')).toContainText(
        'note R_2 has the same text as note R_1 (row 3)',
      )
      expect(await barriers(page)).toEqual([])
    })

    await test.step('all of them can be taken at once', async () => {
      await page.getByRole('button', { name: 'Import them anyway' }).click()
      await expect(outcome(page)).toContainText('4notes would be added')
      await expect(page.getByRole('checkbox', { name: 'Row 2', exact: true })).toBeChecked()
    })

    await test.step('another row can hold the names of the columns', async () => {
      await page
        .getByLabel('Column names')
        .selectOption({ label: 'Response ID · Please tell us what happened.' })
      await expect(page.getByLabel('What Response ID is')).toBeVisible()
      await page.getByLabel('Column names').selectOption('1')
      await page.getByRole('button', { name: 'Import notes' }).click()
      await expect(outcome(page)).toContainText('2notes added')
    })
    await page.getByRole('button', { name: 'Done', exact: true }).click()
  })

  await test.step('a workbook is read from the sheet that is chosen', async () => {
    const sheets = [
      { name: 'Read me', data: inlineRows([['about'], ['Extract of July']]) },
      {
        name: 'Notes',
        data: inlineRows([
          ['note_id', 'text'],
          ['B1', 'Seen at home.'],
          ['B2', 'Settled.'],
        ]),
      },
      {
        name: 'Old',
        data: inlineRows([
          ['note_id', 'text'],
          ['B9', 'Seen long ago.'],
        ]),
      },
    ]
    await dropFile(page, 'book.xlsx', bookOf({ sheets }))
    const sheet = page.getByRole('combobox', { name: 'Sheet' })
    await expect(sheet).toHaveValue('Read me')
    await sheet.selectOption('Old')
    await expect(page.getByText('Seen long ago.', { exact: true })).toBeVisible()
    await sheet.selectOption('Notes')
    await expect(page.getByText('Seen at home.', { exact: true })).toBeVisible()
    await page.getByRole('button', { name: 'Import notes' }).click()
    await expect(outcome(page)).toContainText('2notes added')
    await page.getByRole('button', { name: 'Done', exact: true }).click()
    await page.getByLabel('Filter notes').fill('B2')
    await expect(page.getByRole('button', { name: 'Settled.', exact: true })).toBeVisible()
    await expect(row(page, 'B2')).toHaveCount(1)
  })

  await test.step('a folder dropped on the window comes in file by file, and says what of it cannot', async () => {
    const folder = path.join(await temporaryFolder('folder'), 'Ward 3')
    await mkdir(path.join(folder, 'June'), { recursive: true })
    await writeFile(path.join(folder, 'first.txt'), 'The first note.')
    await writeFile(path.join(folder, 'June', 'scan.pdf'), pdfOf([pdfText(['Typed page.']), '']))
    await writeFile(path.join(folder, 'June', 'photo.png'), 'no note')
    await drop(page, [folder])
    await expect(page.getByRole('heading', { name: 'Import Ward 3' })).toBeVisible()
    await expect(page.getByText('2 files · each a note')).toBeVisible()
    await page.getByRole('button', { name: 'Try the import' }).click()
    await expect(outcome(page)).toContainText('1note to check')
    await expect(outcome(page).getByRole('listbox', { name: 'Notes to check' })).toContainText(
      'page 2 of 2 has no text',
    )
    await page.getByRole('button', { name: 'Import notes' }).click()
    await expect(outcome(page)).toContainText('2notes added')
    await expect(outcome(page).getByRole('listbox', { name: 'Refused rows' })).toContainText('photo.png')
    await page.getByRole('button', { name: 'Done', exact: true }).click()
    await page.getByLabel('Filter notes').fill('scan')
    await expect(page.getByRole('cell', { name: 'June/scan', exact: true })).toBeVisible()
  })
})

test('identifiers are taken out of an import, and nothing of importing has a barrier', async ({ launch }) => {
  const { page } = await launch({ size: { width: 1280, height: 720 } })
  await test.step('identifiers can be taken out before anything is stored', async () => {
    await dropExtract(page)
    await mapExtract(page)
    await page.getByRole('radio', { name: 'Redact' }).check()
    await page.getByRole('button', { name: 'Import notes' }).click()
    await expect(page.getByText('1 possible identifier found, redacted before storing')).toBeVisible()
    await page.getByRole('button', { name: 'Done', exact: true }).click()
    await page.getByLabel('Filter notes').fill('X1')
    await row(page, 'X1').getByRole('button').click()
    await expect(page.getByRole('complementary', { name: 'About the note' })).toContainText(
      'NHS number [NHS] on the',
    )
    await page.keyboard.press('Control+z')
    await expect(page.getByText('No note matches these filters.')).toBeVisible()
    await page.getByRole('button', { name: 'Clear filters' }).first().click()
  })

  await test.step('the import and the notes have no barrier in any theme', async () => {
    await dropExtract(page)
    await mapExtract(page)
    await expectNoBarriers(page, 'columns')
    await page.getByRole('button', { name: 'Try the import' }).click()
    await expect(page.getByRole('listbox', { name: 'Refused rows' })).toBeVisible()
    await expectNoBarriers(page, 'trial')
    await page.getByRole('button', { name: 'Import notes' }).click()
    await page.getByRole('button', { name: 'Done', exact: true }).waitFor()
    await expectNoBarriers(page, 'outcome')
    await page.getByRole('button', { name: 'Done', exact: true }).click()
    await showColumns(page, ['team', 'risk'])
    await page.getByLabel('Filter notes').fill('X3')
    await row(page, 'X3').getByRole('button').click()
    await page.getByRole('button', { name: 'risk: missing. Change' }).click()
    await expectNoBarriers(page, 'values')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Attribute', exact: true }).click()
    await page.getByRole('menuitem', { name: 'team' }).click()
    await expectNoBarriers(page, 'filter')
    await page.getByRole('button', { name: 'Group values' }).click()
    await page.getByRole('option').filter({ hasText: 'N. CAMHS' }).click()
    await expectNoBarriers(page, 'grouping')
  })
})
