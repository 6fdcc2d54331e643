/** The frame around the work: keys of one's own, history, the look of things, the palette, menus, settings. */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { keptChoices, temporaryFolder, test } from './app.ts'
import { expectNoBarriers, setTheme } from './barriers.ts'
import { codeAs } from './seat-steps.ts'

const { expect } = test

const SIZE = { width: 1440, height: 900 }

const keySheet = (page: Page) => page.getByRole('dialog', { name: 'Keys' })
const keyRow = (page: Page, label: string) => keySheet(page).getByRole('button', { name: label })

test('what took long, the journal and the palette', async ({ launch }) => {
  const { page, answerSave, userData } = await launch({ size: SIZE })
  await test.step('what took long is listed for whoever finds the program slow, and Escape puts it away', async () => {
    const sheet = page.getByRole('dialog', { name: 'What took long' })
    await page.keyboard.press('Shift+F1')
    await expect(sheet).toBeFocused()
    // On a quick machine nothing did.
    await expect(sheet.getByRole('table').or(sheet.getByText('Nothing took long so far.'))).toBeVisible()
    await expectNoBarriers(page)
    await page.keyboard.press('Escape')
    await expect(sheet).toBeHidden()
  })

  await test.step('the journal is looked through by who, what and words, and taken away as a table', async () => {
    await mark(page, 2)
    await page.keyboard.press('Control+8')
    const table = page.getByRole('table', { name: 'Journal' })
    await expect(table.getByRole('row').nth(1)).toContainText('Marked note')
    await page.getByLabel('Who', { exact: true }).selectOption('Ben')
    await expect(table.getByRole('row').nth(1)).toContainText('Ben')
    await page.getByLabel('What was changed').selectOption('Coders')
    await expect(table.getByRole('row')).toHaveCount(2)
    await page.getByRole('button', { name: 'Clear filters' }).click()
    await page.getByLabel('Words in the journal').fill('finished marked')
    await expect(page.getByText(/entries found, newest first/)).toBeVisible()
    await expect(table.getByRole('row').nth(1)).toContainText('Marked')
    await expectNoBarriers(page, 'journal')

    const file = path.join(userData, 'trail.csv')
    await answerSave(file)
    await page.getByRole('button', { name: 'Export the journal (.csv)' }).click()
    await expect(page.getByText('The whole journal was written to trail.csv').first()).toBeVisible()
    const lines = (await readFile(file, 'utf8')).trim().split('\n')
    expect(lines[0]).toBe('seq,time,coder,kind,label,undone,hash')
    expect(lines.length).toBeGreaterThan(100)
    expect(lines.at(-1)).toMatch(/,note\.setStatus,.*,no,[0-9a-f]{64}$/)
  })

  await test.step('the palette finds commands, codes, notes, cases, memos and coders, and what was used last first', async () => {
    await find(page, 'journal')
    await expect(inPalette(page, 'Go to Journal')).toContainText('Ctrl8')
    await page.keyboard.press('Enter')
    await expect(page.locator('html')).toHaveAttribute('data-place', 'journal')
    await page.keyboard.press('Control+K')
    await expect(palette(page).getByText('Recent')).toBeVisible()
    await expect(palette(page).getByRole('option').first()).toHaveAccessibleName('Go to Journal')
    await expectNoBarriers(page, 'palette')
    await page.keyboard.press('Escape')

    await find(page, 'code as ben')
    await inPalette(page, 'Code as Ben').click()
    await expect(page.getByRole('contentinfo')).toContainText('Ben')

    await find(page, 'YP03')
    await inPalette(page, /^YP03 5 notes/).click()
    await expect(page.locator('html')).toHaveAttribute('data-place', 'notes')
    await expect(page.getByRole('table', { name: 'Notes' }).getByRole('row').nth(1)).toContainText('YP03')

    await find(page, 'N013')
    await inPalette(page, 'Full initial assessment, crisis pathway').click()
    await expect(noteText(page)).toHaveAccessibleName(/Full initial assessment/)

    await find(page, 'neglect')
    await inPalette(page, 'Neglect: supervision').click()
    await expect(page.locator('html')).toHaveAttribute('data-place', 'codebook')
    await codeAs(page, 'Amara')
  })

  await test.step('the palette finds the views inside places by their names', async () => {
    const html = page.locator('html')
    const views: [words: string, place: string, name: string][] = [
      ['attributes', 'notes', 'Attributes of notes and cases'],
      ['qualifiers', 'codebook', 'Qualifiers'],
      ['recheck', 'codebook', 'Recheck'],
      ['co-occur', 'codebook', 'Overview: codes that co-occur'],
      ['rounds', 'agreement', 'Rounds'],
      ['confused codes', 'agreement', 'Confused codes'],
      ['cases', 'memos', 'Memos on cases'],
    ]
    for (const [words, place, name] of views) {
      await find(page, words)
      await inPalette(page, new RegExp(`^${name}`)).click()
      await expect(html).toHaveAttribute('data-place', place)
    }
    await find(page, 'pairs of coders')
    await expect(inPalette(page, /^Pairs of coders/)).toHaveAttribute('aria-selected', 'true')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('tab', { name: 'Pairs of coders' })).toHaveAttribute('aria-selected', 'true')
    await find(page, 'proposals')
    await expect(palette(page).getByRole('option', { selected: true })).toHaveAccessibleName(/^Proposals/)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('tab', { name: 'Proposals' })).toHaveAttribute('aria-selected', 'true')
    await page.keyboard.press('Control+2')
    await expect(noteText(page)).toBeVisible()
  })

  await test.step('code colours stay apart in high contrast, and what is chosen shows without tints', async () => {
    await setTheme(page, 'contrast')
    const colours = await page
      .getByRole('tree', { name: 'Codebook' })
      .locator('.swatch')
      .evaluateAll((swatches) =>
        swatches.slice(0, 8).map((swatch) => getComputedStyle(swatch).backgroundColor),
      )
    expect(new Set(colours).size).toBe(colours.length)
    await page.emulateMedia({ forcedColors: 'active' })
    const chosen = page.locator('.virtual-row-active').first()
    expect(await chosen.evaluate((row) => getComputedStyle(row).outlineStyle)).toBe('solid')
    const forced = await page
      .locator('.swatch')
      .first()
      .evaluate((swatch) => getComputedStyle(swatch).backgroundColor)
    expect(forced).not.toMatch(/rgba?\(0, 0, 0/)
  })
})

test('rows have menus, and the bars say who codes', async ({ launch }) => {
  const { page } = await launch({ size: SIZE })
  await test.step('rows have menus by the right button and by Shift+F10', async () => {
    const notes = page.getByRole('listbox', { name: 'Notes' })
    const codes = page.getByRole('tree', { name: 'Codebook' })
    const menu = (name: string) => page.getByRole('menu', { name })

    await test.step('a note is marked finished from its row, without being opened', async () => {
      const opened = await noteText(page).getAttribute('aria-label')
      const row = notes.getByRole('option').filter({ hasText: 'Closing summary' })
      await row.click({ button: 'right' })
      await menu('Note').getByRole('menuitem', { name: 'Mark finished' }).click()
      await expect(row.getByRole('img', { name: 'finished' })).toBeVisible()
      await expect(noteText(page)).toHaveAttribute('aria-label', opened ?? '')
      await page.keyboard.press('Control+Z')
    })

    await test.step('the keyboard opens the menu of the row it is on, and gets back to the list', async () => {
      await notes.focus()
      await page.keyboard.press('Shift+F10')
      await expect(menu('Note')).toBeVisible()
      await expect(menu('Note').getByRole('menuitem').first()).toBeFocused()
      await page.keyboard.press('Escape')
      await expect(notes).toBeFocused()
    })

    await test.step('a code is renamed and recoloured where it stands', async () => {
      await codes.focus()
      await page.keyboard.press('Home')
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Shift+F10')
      await expect(menu('Code').getByRole('menuitem', { name: 'Apply' })).toBeVisible()
      await menu('Code').getByRole('menuitem', { name: 'Rename' }).press('Enter')
      await page.keyboard.type('Neglect of the child')
      await page.keyboard.press('Enter')
      const row = codes.getByRole('treeitem', { name: /Neglect of the child/ })
      await expect(row).toBeVisible()
      const before = await row
        .locator('.swatch')
        .evaluate((swatch) => getComputedStyle(swatch).backgroundColor)
      await row.click({ button: 'right' })
      await expectNoBarriers(page, 'menu of a code')
      await menu('Code').getByRole('menuitem', { name: 'Change the colour' }).click()
      await page.getByRole('button', { name: 'Magenta' }).click()
      await expect(row.locator('.swatch')).not.toHaveCSS('background-color', before)
    })

    await test.step('from a code the way leads to what it codes', async () => {
      await codes.getByRole('treeitem', { name: /Neglect of the child/ }).click({ button: 'right' })
      await menu('Code').getByRole('menuitem', { name: 'Retrieve what it codes' }).click()
      await expect(page.locator('html')).toHaveAttribute('data-place', 'retrieval')
      await expect(page.getByText(/segments? in /).first()).toBeVisible()
    })

    await test.step('the codebook has the menu too', async () => {
      await page.keyboard.press('Control+3')
      await expect(page.locator('html')).toHaveAttribute('data-place', 'codebook')
      await expect(codes.getByRole('treeitem', { selected: true })).toBeVisible()
      await codes.focus()
      await page.keyboard.press('Shift+F10')
      await expect(menu('Code').getByRole('menuitem', { name: 'New code beside this one' })).toBeVisible()
      await expect(menu('Code').getByRole('menuitem', { name: 'Show in the codebook' })).toBeHidden()
    })
    await page.keyboard.press('Escape')
  })

  await test.step('the status bar says who codes, where the caret is and what is coded there', async () => {
    const bar = page.getByRole('contentinfo')
    await page.keyboard.press('Control+2')
    await noteText(page).focus()
    await page.keyboard.press('Control+Home')
    await expect(bar).toContainText(/Paragraph 1 of \d+, character 0 of/)
    await page.keyboard.press(']')
    await expect(page.getByTestId('codings-here')).toHaveText(/\d+ codings? here/)
    await page.keyboard.press('Shift+ArrowRight')
    await expect(bar).toContainText('1 character selected')
    await bar.getByRole('button', { name: 'Coding as Amara' }).click()
    await page.getByRole('menuitemradio', { name: 'Ben' }).click()
    await expect(bar.getByRole('button', { name: 'Coding as Ben' })).toBeVisible()
    await codeAs(page, 'Amara')
  })

  await test.step('a coder is added from the menu of coders by keyboard alone', async () => {
    await page.getByRole('button', { name: /^Coder:/ }).focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('menuitemradio').first()).toBeFocused()
    await page.keyboard.press('Tab')
    await expect(page.getByRole('button', { name: 'Add coder…' })).toBeFocused()
    await page.keyboard.press('Enter')
    await page.keyboard.type('Wren')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('button', { name: 'Coder: Wren' })).toBeFocused()
  })
})

test('keys, layers, coders and a backup are set by who uses them', async ({ launch }) => {
  const { page, answerSave, answerOpen, userData } = await launch({ size: SIZE })
  await test.step('keys are found, changed, taken from each other and reset, by keyboard alone', async () => {
    await page.keyboard.press('F1')
    await expect(keySheet(page).getByLabel('Find a command or a key')).toBeFocused()
    await page.keyboard.type('lock')
    await page.keyboard.press('ArrowDown')
    await expect(keyRow(page, 'Lock')).toBeFocused()

    await test.step('free keys are taken at once', async () => {
      await page.keyboard.press('Enter')
      await expect(page.getByRole('textbox', { name: 'New keys for Lock' })).toBeFocused()
      await page.keyboard.press('Control+Alt+L')
      await expect(keyRow(page, 'Lock')).toContainText('Ctrl Alt L')
      await expect(keyRow(page, 'Lock')).toContainText('changed')
      await expect(keyRow(page, 'Lock')).toBeFocused()
    })

    await test.step('keys in use say by what, and can be taken over', async () => {
      await page.keyboard.press('Enter')
      await page.keyboard.press('Control+C')
      await expect(keySheet(page).getByRole('alert')).toContainText('Ctrl+C is already the key of “Copy”')
      await page.keyboard.press('Control+3')
      await expect(keySheet(page).getByRole('alert')).toContainText(
        'Ctrl+3 is already the key of “Go to Codebook”',
      )
      await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      await expect(keyRow(page, 'Lock')).toContainText('Ctrl 3')
    })

    await test.step('tooltips and what the keys do follow', async () => {
      await page.keyboard.press('Escape')
      await expect(keySheet(page)).toBeHidden()
      const lock = page.getByRole('button', { name: 'Lock', exact: true })
      await lock.focus()
      await page.keyboard.press('Shift')
      await expect(page.getByRole('tooltip')).toContainText('Ctrl3')
      await page.keyboard.press('Control+L')
      await expect(page.getByRole('navigation', { name: 'Places' })).toBeVisible()
      await page.keyboard.press('Control+3')
      await expect(page.getByRole('button', { name: 'Unlock' })).toBeFocused()
    })

    await test.step('one press resets them all, and that can be undone', async () => {
      await page.keyboard.press('F1')
      await page.getByRole('button', { name: 'Reset all keys' }).click()
      await expect(keyRow(page, 'Go to Codebook')).toContainText('Ctrl 3')
      await page.getByRole('button', { name: 'Undo', exact: true }).click()
      await expect(keyRow(page, 'Go to Codebook')).toContainText('no keys')
      await page.getByRole('button', { name: 'Reset all keys' }).click()
      await expect(keyRow(page, 'Lock')).toContainText('Ctrl L')
    })
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Unlock' }).press('Enter')
    await expect(noteText(page)).toBeVisible()
  })

  await test.step('a coder codes again as a second pass, and a lead lays the consensus over it, by keyboard alone', async () => {
    const coder = (name: string) =>
      settings(page)
        .getByRole('list', { name: 'Coders' })
        .getByRole('listitem')
        .filter({ has: page.getByText(name, { exact: true }) })
    const pressOn = async (name: string) => {
      await settings(page).getByRole('button', { name }).focus()
      await page.keyboard.press('Enter')
    }
    await page.keyboard.press('Control+,')
    await pressOn('Code again (second pass)')
    await expect(coder('Amara (again)')).toContainText('coding now')
    await expect(coder('Amara (again)')).toContainText('Second pass')
    // A second pass decides nothing: it neither leads nor can be made to.
    await expect(coder('Amara (again)').getByRole('combobox', { name: /^Role of/ })).toHaveCount(0)
    await expect(settings(page).getByRole('button', { name: 'Add the consensus layer' })).toHaveCount(0)

    await pressOn('Code as Amara')
    await pressOn('Add the consensus layer')
    await expect(coder('Consensus')).toContainText('Consensus layer')
    await expect(settings(page).getByRole('list', { name: 'Coders' })).toBeFocused()
    await expect(settings(page).getByRole('button', { name: 'Add the consensus layer' })).toHaveCount(0)
    await expectNoBarriers(page, 'coders with layers')

    await pressOn('Code as Ben')
    await expect(coder('Consensus').getByRole('button', { name: 'Code as Consensus' })).toHaveCount(0)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Coder: Ben' }).focus()
    await page.keyboard.press('Enter')
    const consensus = page.getByRole('menuitemradio', { name: /^Consensus/ })
    await expect(consensus).toContainText('Only a lead or an adjudicator edits the consensus layer')
    await consensus.focus()
    await page.keyboard.press('Enter')
    await expect(consensus).toBeVisible()
    await page.getByRole('menuitemradio', { name: 'Amara', exact: true }).focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('button', { name: 'Coder: Amara' })).toBeVisible()

    await page.keyboard.press('Control+z')
    await page.keyboard.press('Control+,')
    await expect(coder('Amara (again)')).toBeVisible()
    await expect(coder('Consensus')).toHaveCount(0)
    await page.keyboard.press('Escape')
  })

  await test.step('the title, coders and a backup are in the settings, and the backup opens', async () => {
    await page.keyboard.press('Control+,')
    await settings(page).getByLabel('Title').fill('Pilot study')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('banner').getByText('Pilot study')).toBeVisible()
    await settings(page).getByRole('button', { name: 'Rename Ben' }).click()
    await page.keyboard.type('Benita')
    await page.keyboard.press('Enter')
    await expect(settings(page).getByText('Benita', { exact: true })).toBeVisible()
    await settings(page).getByRole('button', { name: 'Add a coder' }).click()
    await page.keyboard.type('Chidi')
    await page.keyboard.press('Enter')
    const chidi = settings(page).getByRole('listitem').filter({ hasText: 'Chidi' })
    // Whoever adds a colleague goes on as themselves.
    await expect(chidi).not.toContainText('coding now')
    await chidi.getByRole('button', { name: 'Code as Chidi' }).press('Enter')
    await expect(chidi).toContainText('coding now')

    const file = path.join(userData, 'copy.understory')
    await answerSave(file)
    await settings(page).getByRole('button', { name: 'Back up now' }).click()
    await expect(settings(page).getByText(/Last: copy\.understory in /)).toBeVisible()
    await settings(page).getByRole('button', { name: 'Verify the project' }).click()
    await expect(settings(page).getByText(/Verified: all [\d,]+ entries are intact/)).toBeVisible({
      timeout: 30_000,
    })
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+Shift+W')
    await answerOpen([file])
    await page.getByRole('button', { name: 'Open a project' }).click()
    await expect(page.getByRole('heading', { name: 'copy' })).toBeVisible()
  })
})

test('history, keys and looks are as they were after a restart', async ({ launch }) => {
  const userData = await temporaryFolder('own')
  const first = await launch({ userData, size: SIZE })
  const { page } = first
  await test.step('the history goes back and forth by keyboard and mouse, stays current and survives a restart', async () => {
    await mark(page, 3)
    const end = await statusOfNote(page).textContent()
    await page.keyboard.press('Control+Alt+Z')
    await expect(steps(page)).toBeFocused()
    const now = steps(page).getByRole('option', { selected: true })
    await expect(now).toContainText('now')

    await test.step('arrows and Enter go back; what was undone stands above', async () => {
      for (const _ of [1, 2]) await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
      await expect(steps(page).getByText('undone')).toHaveCount(2)
      await expect(now).toContainText('now')
      await expect(page.getByTestId('announcer')).toHaveText(/2 steps undone/)
    })

    await test.step('a click goes forward again', async () => {
      await steps(page).getByRole('option').first().click()
      await expect(steps(page).getByText('undone')).toHaveCount(0)
      await expect(statusOfNote(page)).toHaveText(end ?? '')
    })

    await test.step('it follows what is done meanwhile', async () => {
      await page.keyboard.press('Control+Z')
      await expect(steps(page).getByText('undone')).toHaveCount(1)
      await expectNoBarriers(page, 'history')
      await page.keyboard.press('Escape')
      await expect(steps(page)).toBeHidden()
      await expect(page.getByRole('textbox', { name: /^Text of/ })).toBeFocused()
    })
  })

  await test.step('own keys are there after a restart, and a key of a code is not taken unnoticed', async () => {
    await first.page.keyboard.press('F1')
    await keyRow(first.page, 'Write a memo on the selected coding').click()
    await first.page.keyboard.press('Control+Alt+M')
    await expect(keyRow(first.page, 'Write a memo on the selected coding')).toContainText('Ctrl Alt M')
    await expectNoBarriers(first.page, 'keys')
    await expect.poll(() => keptChoices(userData)).toMatchObject({ keys: { memo: ['Mod+Alt+M'] } })
    await page.keyboard.press('Escape')
  })

  await test.step('how things look is chosen once, seen at once and remembered', async () => {
    await page.keyboard.press('Control+2')
    await expect(noteText(page)).toBeVisible()

    await test.step('the keys size the text of notes', async () => {
      await noteText(page).focus()
      for (const _ of [1, 2, 3]) await page.keyboard.press('Control+=')
      expect(await styleOf(page, 'fontSize')).toBe('20px')
      await page.keyboard.press('Control+-')
      expect(await styleOf(page, 'fontSize')).toBe('18px')
      await page.keyboard.press('Control+0')
      expect(await styleOf(page, 'fontSize')).toBe('16px')
      await expect(page.getByTestId('announcer')).toHaveText(/Text of notes: 16 pixels/)
    })

    await test.step('settings change theme, rows, spacing, typeface and motion', async () => {
      await page.keyboard.press('Control+,')
      await settings(page).getByRole('radio', { name: 'High contrast' }).check()
      await expect(page.locator('html')).toHaveAttribute('data-theme', 'contrast')
      await settings(page).getByRole('radio', { name: 'Double' }).check()
      expect(await px(styleOf(page, 'lineHeight'))).toBeCloseTo(16 * 2.1, 0)
      await settings(page).getByRole('radio', { name: 'Inter' }).check()
      expect(await styleOf(page, 'fontFamily')).toMatch(/^"?Inter/)
      await settings(page).getByRole('radio', { name: 'Roomy' }).check()
      const row = page.getByRole('tree', { name: 'Codebook' }).getByRole('treeitem').first()
      await expect.poll(async () => (await row.boundingBox())?.height).toBe(34)
      await settings(page).getByRole('radio', { name: 'None', exact: true }).check()
      const time = await settings(page).evaluate((element) => getComputedStyle(element).animationDuration)
      expect(time).toBe('0s')
      await expectNoBarriers(page, 'settings')
    })

    await test.step('the interface grows and the text of notes keeps its own size', async () => {
      const before = await page.evaluate(() => innerWidth)
      for (const _ of [1, 2])
        await page.getByRole('button', { name: 'Larger: size of the interface' }).click()
      await expect.poll(() => page.evaluate(() => innerWidth)).toBeLessThan(before * 0.9)
      const scale = before / (await page.evaluate(() => innerWidth))
      expect((await px(styleOf(page, 'fontSize'))) * scale).toBeCloseTo(16, 0)
    })
    await expect.poll(() => keptChoices(userData)).toMatchObject({ theme: 'contrast', uiSize: 15 })
  })

  await first.close()
  const second = await launch({ userData })

  await test.step('after a restart it looks as it did', async () => {
    await second.page.keyboard.press('Control+2')
    await expect(noteText(second.page)).toBeVisible()
    await expect(second.page.locator('html')).toHaveAttribute('data-theme', 'contrast')
    await expect(second.page.locator('html')).toHaveAttribute('data-density', 'roomy')
    expect(await styleOf(second.page, 'fontFamily')).toMatch(/^"?Inter/)
    const window = await second.app.browserWindow(second.page)
    expect(await window.evaluate((shown) => shown.webContents.getZoomFactor())).toBeCloseTo(15 / 13, 2)
  })

  await test.step('after a restart the undone step can still be had again', async () => {
    await second.page.getByRole('button', { name: 'Show history' }).click()
    await expect(steps(second.page).getByText('undone')).toHaveCount(1)
    await steps(second.page).getByRole('option').first().click()
    await expect(steps(second.page).getByText('undone')).toHaveCount(0)
    await second.page.keyboard.press('Escape')
  })

  await test.step('after a restart the keys are those that were chosen', async () => {
    await second.page.keyboard.press('F1')
    await expect(keyRow(second.page, 'Write a memo on the selected coding')).toContainText('Ctrl Alt M')
  })
})

const steps = (page: Page) => page.getByRole('listbox', { name: 'Steps' })
const statusOfNote = (page: Page) => page.locator('.note-bar-status')

/** Marks the note on screen finished and not, so many times. */
async function mark(page: Page, times: number): Promise<void> {
  await page.getByRole('textbox', { name: /^Text of/ }).focus()
  for (let time = 0; time < times; time++) {
    const before = await statusOfNote(page).textContent()
    await page.keyboard.press('f')
    await expect(statusOfNote(page)).not.toHaveText(before ?? '')
  }
  await expect(page.getByTestId('saved')).toHaveText('Saved')
}

const settings = (page: Page) => page.getByRole('dialog', { name: 'Settings' })
const noteText = (page: Page) => page.getByRole('textbox', { name: /^Text of/ })
const styleOf = (page: Page, property: 'fontSize' | 'lineHeight' | 'fontFamily') =>
  noteText(page).evaluate((element, name) => getComputedStyle(element)[name], property)
const px = async (value: Promise<string>) => Number.parseFloat(await value)

const palette = (page: Page) => page.getByRole('dialog', { name: 'Find' })
const inPalette = (page: Page, name: string | RegExp) => palette(page).getByRole('option', { name })

async function find(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+K')
  await palette(page).getByRole('combobox').fill(words)
}

test.describe('with a clock of its own, which no later start could get rid of', () => {
  test.use({ inOwnProcess: true })
  test('a project nobody works in is locked with everything saved, and asks for its passphrase', async ({
    launch,
  }) => {
    const { page, answerSave, userData } = await launch({ size: SIZE })
    await page.keyboard.press('Control+Shift+W')
    await answerSave(path.join(userData, 'study.understory'))
    await page.getByRole('button', { name: 'New project' }).click()
    await page.getByLabel('Title').fill('A study')
    await page.getByLabel('Your name as a coder').fill('Amara')
    await page.getByLabel('Passphrase', { exact: true }).fill('correct horse')
    await page.getByLabel('Passphrase again').fill('correct horse')
    await page.getByRole('button', { name: 'Choose where to keep it' }).click()
    await expect(page.getByRole('navigation', { name: 'Places' })).toBeVisible()
    await page.clock.install()
    await page.keyboard.press('Control+,')
    await settings(page).getByRole('radio', { name: '10', exact: true }).check()

    await test.step('whoever moves stays in', async () => {
      await page.clock.fastForward('09:00')
      await page.mouse.move(400, 400)
      await page.clock.fastForward('09:00')
      await expect(page.getByRole('navigation', { name: 'Places' })).toBeVisible()
    })

    await test.step('words still being typed are kept', async () => {
      await settings(page).getByLabel('Title').fill('A study of forty cases')
      // The store saves in its own time, not in that of the page's clock: where it is later, the lock tries again.
      await expect(async () => {
        await page.clock.fastForward('11:00')
        await page.clock.runFor(8_000)
        await expect(page.getByRole('heading', { name: 'A study of forty cases' })).toBeVisible({
          timeout: 1_000,
        })
      }).toPass({ timeout: 20_000 })
      await expect(page.getByText('Locked after 10 minutes without activity')).toBeVisible()
      await expect(page.getByLabel('Passphrase')).toBeFocused()
      await page.keyboard.type('correct horse')
      await page.keyboard.press('Enter')
      await expect(page.getByRole('banner').getByText('A study of forty cases')).toBeVisible()
    })
  })
})
