/** Agreement on the sample project by keyboard: from a low figure to the text behind it and back, and confused codes. */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, type Page } from '@playwright/test'
import { parse } from 'csv-parse/sync'
import type { CoderId } from '../../shared/contract/basics.ts'
import { coderId } from '../ids.ts'
import { temporaryFolder, test } from './app.ts'
import { expectNoBarriers } from './barriers.ts'
import { pressEach, tabTo } from './steps.ts'

const SIZE = { width: 1440, height: 900 }
const byCode = (page: Page) => page.getByRole('table', { name: 'Agreement by code' })
const confused = (page: Page) => page.getByRole('table', { name: 'Confused codes' })
const reading = (page: Page) => page.getByRole('complementary', { name: 'Reading' })
const segments = (page: Page) => page.getByRole('complementary', { name: 'Segments' })

async function computed(page: Page): Promise<void> {
  await pressEach(page, 'Control+6')
  await tabTo(page, page.getByRole('button', { name: 'Compute agreement' }).first())
  await pressEach(page, 'Enter')
  await expect(byCode(page)).toBeVisible()
  await expect(page.getByTestId('announcer')).toHaveText('Agreement computed')
}

const focusedLabel = (page: Page) =>
  page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '')

/** Back to what stands above the table, from wherever in it the keyboard is. */
const toTabs = (page: Page) => tabTo(page, page.getByRole('tab', { name: 'By code' }), 'Shift+Tab')

test('figures computed once are gone through by keyboard, from one reading of them to the next', async ({
  launch,
}) => {
  const { page } = await launch({ size: SIZE })
  await computed(page)

  await test.step('the keyboard leads from the lowest kappa to the segments the coders disagree on, and back', async () => {
    await tabTo(page, byCode(page).getByRole('button', { name: 'Sort by Cohen’s kappa' }))
    // The highest first, then the lowest.
    await pressEach(page, 'Enter', 'Enter')
    await expect(byCode(page).getByRole('columnheader', { name: /Cohen/ })).toHaveAttribute(
      'aria-sort',
      'ascending',
    )
    // Past percent, prevalence and "neither" to what only the second coder said; then down to the first row that has some.
    await pressEach(page, 'ArrowLeft', 'ArrowLeft', 'ArrowLeft', 'ArrowLeft', 'ArrowDown')
    const label = await focusedLabel(page)
    expect(label).toMatch(/, Only Ben: \d+\. Show the segments$/)
    const count = Number(/: (\d+)\./.exec(label)?.[1])
    await pressEach(page, 'Enter')
    await expect(segments(page)).toBeFocused()
    await expect(segments(page).getByRole('listitem')).toHaveCount(count)
    await expectNoBarriers(page)

    await tabTo(page, segments(page).locator('.listed-segment').first())
    await pressEach(page, 'Enter')
    await expect(page.getByRole('button', { name: 'Back to Agreement' })).toBeVisible()
    await pressEach(page, 'Alt+ArrowLeft')
    await expect(byCode(page)).toBeVisible()
    await expect(segments(page)).toBeFocused()
    await pressEach(page, 'Escape')
    await expect(segments(page)).toBeHidden()
  })

  await toTabs(page)
  await test.step('Escape in the segments gives the keyboard back to the count they were opened from', async () => {
    await tabTo(page, byCode(page).getByRole('button', { name: 'Sort by Both' }))
    await pressEach(page, 'Enter', 'ArrowDown')
    const label = await focusedLabel(page)
    expect(label).toMatch(/, Both: [1-9]\d*\. Show the segments$/)
    await pressEach(page, 'Enter')
    await expect(segments(page)).toBeFocused()
    await pressEach(page, 'Escape')
    await expect(segments(page)).toBeHidden()
    expect(await focusedLabel(page)).toBe(label)
  })

  await toTabs(page)
  await test.step('a row is read in words, which lead to the text and back to the row', async () => {
    await tabTo(page, byCode(page).getByRole('button', { name: 'Sort by Only Amara' }))
    await pressEach(page, 'Enter')
    await pressEach(page, 'ArrowDown', 'ArrowLeft', 'ArrowLeft')
    const row = byCode(page).getByRole('rowheader').first().getByRole('button')
    await expect(row).toBeFocused()
    await pressEach(page, 'Enter')
    await expect(row).toHaveAttribute('aria-pressed', 'true')
    await expect(reading(page)).toBeFocused()
    await expect(reading(page)).toContainText(
      /Amara gave this code to \d+ of \d+ notes, Ben to \d+, both to \d+\./,
    )
    await expectNoBarriers(page)
    await tabTo(page, reading(page).getByRole('button', { name: /^Only Amara: / }))
    await pressEach(page, 'Enter')
    await expect(segments(page)).toBeFocused()
    await pressEach(page, 'Escape')
    await expect(reading(page)).toBeFocused()
    await pressEach(page, 'Escape')
    await expect(reading(page)).toBeHidden()
    await expect(row).toBeFocused()
  })

  await toTabs(page)
  await test.step('a column head leads to the definition and worked example of its figure, to every other one, and back', async () => {
    const head = byCode(page).getByRole('button', { name: 'What is Cohen’s kappa?' })
    await tabTo(page, head)
    await expect(page.getByRole('tooltip')).toContainText('Of the agreement that chance leaves open')
    await pressEach(page, 'Enter')
    const pane = page.getByRole('complementary', { name: 'Definition' })
    await expect(pane).toBeFocused()
    await expect(pane.getByRole('heading', { name: 'Cohen’s kappa' })).toBeVisible()
    await expect(pane.getByText('κ = (pₒ − pₑ) / (1 − pₑ)')).toBeVisible()
    await expect(pane.getByRole('listitem').last()).toHaveText('κ = (0.85 − 0.6) / (1 − 0.6) = 0.625')
    await expectNoBarriers(page)

    await tabTo(page, pane.getByRole('button', { name: 'Next measure' }))
    await pressEach(page, 'Enter')
    await expect(pane.getByRole('heading', { name: 'Standard error of Cohen’s kappa' })).toBeVisible()
    await expect(page.getByTestId('announcer')).toHaveText('Standard error of Cohen’s kappa')

    const all = pane.getByRole('button', { name: 'All measures' })
    await tabTo(page, all, 'Shift+Tab')
    await pressEach(page, 'Enter')
    const names = pane.getByRole('navigation', { name: 'All measures' })
    await expect(names.getByRole('button', { name: 'Standard error of Cohen’s kappa' })).toBeFocused()
    await expectNoBarriers(page)
    await pressEach(page, 'Home', 'ArrowDown', 'Enter')
    await expect(pane.getByRole('heading', { name: 'Positive agreement' })).toBeVisible()
    await expect(pane.getByRole('listitem').last()).toHaveText('2 · 4 / 11 ≈ 0.7273')
    await expect(all).toBeFocused()

    await pressEach(page, 'Enter')
    await expect(names).toBeVisible()
    await pressEach(page, 'Escape')
    await expect(names).toBeHidden()
    await expect(all).toBeFocused()
    await pressEach(page, 'Escape')
    await expect(pane).toBeHidden()
    await expect(head).toBeFocused()
  })

  await toTabs(page)
  await test.step('limits from the literature are drawn only when they are asked for', async () => {
    const marks = byCode(page).locator('.interval').first().locator('.interval-mark')
    await expect(byCode(page).locator('.interval').first()).toBeVisible()
    await expect(marks).toHaveCount(0)
    await page.getByRole('button', { name: 'Options' }).click()
    await page.getByLabel('Limits drawn in the plots').selectOption('Krippendorff: .667 and .800')
    await expect(marks).toHaveCount(2)
  })

  await toTabs(page)
  await test.step('a code is read by every unit side by side, and one of them is chosen from there', async () => {
    await tabTo(page, byCode(page).getByRole('button', { name: 'Sort by Both' }))
    await pressEach(page, 'Enter', 'ArrowDown', 'ArrowLeft', 'ArrowLeft', 'Enter')
    const units = reading(page).getByRole('table', { name: 'By each unit' })
    await expect(units.getByRole('rowheader')).toHaveText([
      'Note',
      'Paragraph',
      'Sentence',
      'Character',
      'Free spans',
    ])
    const numbers = (await units.getByRole('row').allTextContents()).slice(1)
    for (const row of numbers) expect(row).toMatch(/\d/)
    await expectNoBarriers(page)
    await tabTo(page, units.getByRole('button', { name: 'Sentence' }))
    await pressEach(page, 'Enter')
    await expect(page.getByRole('radio', { name: 'By sentence' })).toBeChecked()
    await expect(page.getByText(/the same set of codes in [\d,]+ of [\d,]+ sentences/)).toBeVisible()
  })

  await toTabs(page)
  await test.step('free spans, pairs of coders and steps of time each have a view, and lead to the text', async () => {
    await tabTo(page, page.getByRole('tab', { name: 'By code' }), 'Shift+Tab')
    await pressEach(page, 'ArrowRight')
    const spans = page.getByRole('table', { name: 'Agreement on spans' })
    await expect(spans).toBeVisible()
    await expectNoBarriers(page)
    await tabTo(page, spans.getByRole('button', { name: 'Sort by Only Ben' }))
    await pressEach(page, 'Enter', 'ArrowDown')
    const label = await focusedLabel(page)
    const count = Number(/, Only Ben: (\d+)\./.exec(label)?.[1])
    expect(count).toBeGreaterThan(0)
    await pressEach(page, 'Enter')
    await expect(segments(page).getByRole('listitem')).toHaveCount(count)
    await pressEach(page, 'Escape')
    expect(await focusedLabel(page)).toBe(label)

    await page.getByRole('tab', { name: 'Pairs of coders' }).click()
    const pair = page.getByRole('button', { name: /^Amara and Ben: ?0\.\d\d .* Compare the two$/ })
    await expect(pair).toBeVisible()
    await expectNoBarriers(page)

    await page.getByRole('tab', { name: 'Over time' }).click()
    const steps = page.getByRole('table', { name: 'Agreement over time' })
    await expect(steps.getByRole('row')).toHaveCount(2)
    await expectNoBarriers(page)
    await page.getByRole('tab', { name: 'Pairs of coders' }).click()
    await tabTo(page, pair)
    await pressEach(page, 'Enter')
    await expect(byCode(page)).toBeVisible()
  })
})

test('confused codes are listed, most frequent first, and each opens the text both coders read differently', async ({
  launch,
}) => {
  const { page } = await launch({ size: SIZE })
  await pressEach(page, 'Control+6')
  await tabTo(page, page.getByRole('radio', { name: 'By note' }))
  await pressEach(page, 'ArrowRight', 'ArrowRight', 'ArrowRight')
  await expect(page.getByRole('radio', { name: 'By character' })).toBeChecked()
  await computed(page)
  await tabTo(page, page.getByRole('tab', { name: 'By code' }), 'Shift+Tab')
  await pressEach(page, 'ArrowRight', 'ArrowRight')
  await expect(confused(page)).toBeVisible()
  await expect(page.getByText(/over the same characters of the text, and neither applied both/)).toBeVisible()
  await tabTo(page, confused(page).getByRole('button', { name: 'Sort by number of characters' }))
  await pressEach(page, 'ArrowDown')
  const counts = (await confused(page).locator('.cell-button').allTextContents()).map((words) =>
    Number(words.replace(',', '')),
  )
  expect(counts.length).toBeGreaterThan(1)
  expect(counts).toEqual([...counts].sort((a, b) => b - a))
  await pressEach(page, 'Enter')
  await expect(segments(page)).toBeFocused()
  // The pane has the keyboard before its segments have been read.
  const marked = async () =>
    (await segments(page).locator('mark').allTextContents()).reduce(
      (sum, quote) => sum + [...quote].length,
      0,
    )
  await expect.poll(marked).toBe(counts[0])
  await expectNoBarriers(page)
})

test('figures from before a change say so, wherever in the program it was made', async ({ launch }) => {
  const { page } = await launch({ size: SIZE })
  const old = page.getByText('has changed since. Compute again to update the figures.')
  await computed(page)
  await expect(old).toBeHidden()
  await pressEach(page, 'Control+2')
  await page.getByRole('textbox', { name: 'Filter notes' }).fill('not started')
  await page.getByRole('listbox', { name: 'Notes' }).getByRole('option').first().click()
  await page.getByRole('textbox', { name: /^Text of/ }).focus()
  await pressEach(page, 'Control+Home', 'Control+Shift+ArrowRight', '/')
  await page.keyboard.type('county lines')
  await pressEach(page, 'Enter')
  await expect(page.getByRole('region', { name: 'Codings of this note' }).getByRole('option')).toHaveCount(1)
  await pressEach(page, 'Control+6')
  await expect(old).toHaveText(/^The project/)
  await page.getByRole('button', { name: 'Compute again' }).click()
  await expect(old).toBeHidden()
  await page.getByRole('radio', { name: 'By sentence' }).check()
  await expect(old).toHaveText(/^The setting/)
})

test('only the notes and codes asked for are compared, and closed options say so', async ({ launch }) => {
  const { page } = await launch({ size: SIZE })
  await pressEach(page, 'Control+6')
  await tabTo(page, page.getByRole('button', { name: 'Options' }))
  await pressEach(page, 'Enter')
  await page.getByLabel('Notes by attribute').selectOption({ index: 1 })
  await page.getByLabel('Parents include children').check()
  await page.getByLabel('Resamples of').selectOption('of cases')
  await expectNoBarriers(page)
  await page.getByRole('button', { name: 'Options' }).click()
  await expect(page.getByText(/^with children, .+: .+, cases resampled$/)).toBeVisible()
  await computed(page)
  // Parents that hold no codings of their own have rows now.
  await expect(byCode(page).getByRole('rowheader', { name: /^Maltreatment/ })).toBeVisible()
  await page.getByRole('button', { name: /notes? counted/ }).click()
  await expect(page.getByRole('region', { name: 'Notes behind the figures' })).toContainText(
    'outside the filter',
  )
})

/** Opens the menu of exports and presses the entry of this name, by keyboard. */
async function exportAs(page: Page, name: RegExp): Promise<void> {
  await tabTo(page, page.getByRole('button', { name: 'Export' }), 'Shift+Tab')
  await pressEach(page, 'Enter')
  const item = page.getByRole('menuitem', { name })
  await expect(page.getByRole('menuitem').first()).toBeFocused()
  for (let step = 0; step < 10; step++) {
    if (await item.evaluate((element) => element === document.activeElement)) break
    await pressEach(page, 'ArrowDown')
  }
  await expect(item).toBeFocused()
  await pressEach(page, 'Enter')
}

const read = async (file: string): Promise<Array<Record<string, string>>> =>
  parse(await readFile(file, 'utf8'), { columns: true })

test('figures computed once are written as a Word document and as data for R, by keyboard', async ({
  launch,
}) => {
  const { page, answerSave } = await launch({ size: SIZE })
  await computed(page)

  await test.step('the table for a paper is written as a Word document, by keyboard', async () => {
    const file = path.join(await temporaryFolder('agreement'), 'agreement.docx')
    await answerSave(file)
    await tabTo(page, page.getByRole('button', { name: 'Export' }), 'Shift+Tab')
    await pressEach(page, 'Enter')
    await expect(page.getByRole('menuitem', { name: /Table for a paper/ })).toBeFocused()
    await pressEach(page, 'Enter')
    await expect(page.getByTestId('announcer')).toHaveText('Agreement written to agreement.docx')
    expect((await readFile(file)).subarray(0, 2).toString()).toBe('PK')
  })

  await test.step('data for R are written by keyboard, and add up to the counts on the screen', async () => {
    const file = path.join(await temporaryFolder('reliability'), 'wide.csv')
    await answerSave(file)
    await exportAs(page, /a column for each coder/)
    await expect(page.getByTestId('announcer')).toHaveText(/^[\d,]+ rows written to wide\.csv$/)
    const rows = await read(file)
    expect(Object.keys(rows[0] ?? {})).toEqual([
      'code',
      'note',
      'case',
      'unit',
      'start',
      'end',
      'Amara',
      'Ben',
    ])
    const own = rows.filter(({ code }) => code === 'Maltreatment > Neglect')
    const cell = (amara: CoderId, ben: CoderId) =>
      own.filter((row) => row.Amara === amara && row.Ben === ben).length
    expect(cell(coderId('1'), coderId('1'))).toBeGreaterThan(0)
    for (const words of [
      `Both: ${cell(coderId('1'), coderId('1'))}`,
      `Neither: ${cell(coderId('0'), coderId('0'))}`,
    ])
      await expect(
        byCode(page).getByRole('button', { name: `Maltreatment > Neglect, ${words}. ` }),
      ).toBeVisible()
  })
})

/** A folder in somebody's own words, whose name stands in the path of each of its codes. */
async function nameFolder(page: Page, name: string): Promise<void> {
  await pressEach(page, 'Control+3')
  const tree = page.getByRole('tree', { name: 'Codebook' })
  await expect(tree).toBeFocused()
  await pressEach(page, 'Home', 'F2')
  await expect(page.getByRole('textbox', { name: 'Name' }).first()).toBeFocused()
  await pressEach(page, 'Control+a')
  await page.keyboard.type(name)
  await pressEach(page, 'Enter')
  await expect(tree.getByRole('treeitem').first()).toContainText(name)
}

test('where the coders differ is written with the words, after a question about possible identifiers', async ({
  launch,
}) => {
  const { page, answerSave } = await launch({ size: SIZE })
  await nameFolder(page, 'Mum Sarah rang')
  await computed(page)
  const file = path.join(await temporaryFolder('diagnosis'), 'diagnosis.csv')
  await answerSave(file)
  await exportAs(page, /Where coders agree and differ/)
  const bar = page.getByRole('region', { name: 'Possible identifiers in the export' })
  await expect(bar).toContainText('diagnosis.csv has not been written.')
  await expect(bar.getByRole('button', { name: 'Show findings' })).toBeFocused()
  expect(existsSync(file)).toBe(false)
  await expectNoBarriers(page)
  await tabTo(page, bar.getByRole('button', { name: 'Export with them masked' }))
  await pressEach(page, 'Enter')
  await expect(page.getByTestId('announcer')).toHaveText(
    /^[\d,]+ segments written to diagnosis\.csv, with \d+ possible identifiers masked$/,
  )
  const rows = await read(file)
  expect(rows[0]?.code).toMatch(/ > /)
  expect(rows.some(({ code }) => code === 'Mum [NAME] rang > Neglect')).toBe(true)
  expect(new Set(rows.map(({ kind }) => kind))).toEqual(
    new Set(['agreement', 'boundary', 'elsewhere', 'missed']),
  )
  expect(new Set(rows.map(({ pattern }) => pattern))).toEqual(new Set(['both', 'only Amara', 'only Ben']))
  for (const { start, end, characters } of rows) expect(Number(end) - Number(start)).toBe(Number(characters))
})
