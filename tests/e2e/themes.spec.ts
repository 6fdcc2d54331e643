/** Themes by keyboard: whose codings, which notes and what they say is chosen, said, and led back to the text. */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, type Page } from '@playwright/test'
import { temporaryFolder, test } from './app.ts'
import { expectNoBarriers } from './barriers.ts'
import { applyByName, codings, openUncoded, SIZE, saved, selectWords } from './coding-steps.ts'
import { pressEach, tabTo } from './steps.ts'

const table = (page: Page) => page.getByRole('table', { name: 'Codes and where they occur' })
const heading = (page: Page, words: RegExp | string) => page.getByRole('heading', { level: 2, name: words })
const segments = (page: Page) => page.getByRole('complementary', { name: 'Segments' })
const whose = (page: Page) => page.getByLabel('Whose codings')
const figure = (page: Page, name: RegExp) => page.getByRole('button', { name })

async function openThemes(page: Page): Promise<void> {
  await pressEach(page, 'Control+7')
  await expect(table(page)).toBeFocused()
}

test('themes say what they count, of one coder or all, and with negated mentions or without', async ({
  launch,
}) => {
  const { page, answerSave } = await launch({ size: SIZE })
  await test.step('the table says whose codings of which notes it counts, and leads to exactly these', async () => {
    await openThemes(page)
    await expect(
      heading(page, 'Codings of Amara and Ben together, each in the notes they finished (68 of 73 notes)'),
    ).toBeVisible()

    await test.step('one coder, the notes this coder finished', async () => {
      await tabTo(page, whose(page), 'Shift+Tab')
      await page.keyboard.type('Ben')
      await expect(heading(page, /^Ben’s codings, finished notes only \(\d+ of 73\)$/)).toBeVisible()
      await expectNoBarriers(page, 'Themes')
    })

    await test.step('a figure opens what it counts, no more and no less', async () => {
      const notes = figure(page, /^Neglect, Notes: /)
      const said = (await notes.getAttribute('aria-label')) ?? ''
      const [, counted] = /: (\d+) \d+ % of \d+\. /.exec(said) ?? []
      await tabTo(page, notes)
      await pressEach(page, 'Enter')
      await expect(segments(page)).toContainText(new RegExp(`codings? in ${counted} notes? of`))
      await expect(segments(page)).toContainText('Ben’s codings, finished notes only')
      await expectNoBarriers(page, 'Themes with segments')
    })

    await test.step('all notes instead, with another n', async () => {
      await tabTo(page, page.getByRole('radio', { name: 'Finished notes' }), 'Shift+Tab')
      await pressEach(page, 'ArrowRight')
      await expect(heading(page, 'Ben’s codings, all notes, finished or not (73 of 73)')).toBeVisible()
      await expect(figure(page, /^Neglect, Notes: \d+ \d+ % of 73\. Show the segments$/)).toBeVisible()
      await expect(segments(page)).toHaveCount(0)
    })

    await test.step('the file says the same', async () => {
      const file = path.join(await temporaryFolder('themes'), 'themes.csv')
      await answerSave(file)
      await tabTo(page, page.getByRole('button', { name: 'Export CSV' }), 'Shift+Tab')
      await pressEach(page, 'Enter')
      await expect(page.getByText('Table written to themes.csv').first()).toBeVisible()
      const [header, , ...rows] = (await readFile(file, 'utf8')).trimEnd().split('\n')
      expect(header).toMatch(/^level,code,path,notes,notes_percent,.*,counted$/)
      expect(rows.find((row) => row.includes(',Neglect,'))).toContain('Maltreatment > Neglect')
      for (const row of rows) expect(row).toContain('Ben’s codings, all notes, finished or not (73 of 73)')
    })
    await page.getByRole('radio', { name: 'Finished notes' }).check()
  })

  await test.step('negated mentions do not count as present, until they are asked for', async () => {
    const name = 'Fabricated or induced illness'
    await pressEach(page, 'Control+3')
    await page.getByRole('button', { name: 'Qualifiers', exact: true }).press('Enter')
    await page.getByRole('button', { name: 'Add the usual five' }).press('Enter')
    await expect(page.getByRole('region', { name: 'told by' })).toBeVisible()
    await saved(page)
    await pressEach(page, 'Control+2')
    await openUncoded(page)
    await selectWords(page, 3)
    await applyByName(page, name)
    await expect(codings(page)).toHaveCount(1)
    await pressEach(page, 'Shift+N')
    await expect(page.getByTestId('announcer')).toContainText('assertion: negated')
    await pressEach(page, 'f')
    await saved(page)

    await openThemes(page)
    await tabTo(page, whose(page), 'Shift+Tab')
    await page.keyboard.type('Amara')
    await expect(
      heading(page, /^Amara’s codings, finished notes only \(66 of 73\), affirmed only$/),
    ).toBeVisible()
    await expect(page.getByText('1 coding set aside: assertion negated 1.')).toBeVisible()
    const row = table(page).getByRole('row').filter({ hasText: name })
    await expect(row.getByRole('button')).toHaveCount(0)
    await expectNoBarriers(page, 'Themes of a project with qualifiers')

    await tabTo(page, page.getByRole('checkbox', { name: 'Affirmed only' }))
    await pressEach(page, 'Space')
    await expect(heading(page, /, negated and other mentions too$/)).toBeVisible()
    await row.getByRole('button', { name: `${name}, Notes: 1 2 % of 66. Show the segments` }).press('Enter')
    await expect(segments(page)).toContainText('1 coding in 1 note of 1 case')
  })
})
