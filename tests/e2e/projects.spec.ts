/** From one project to another, and the lock: the way back leads to the same place, and meanwhile nothing is there. */
import path from 'node:path'
import { expect, type Page } from '@playwright/test'
import { type RunningApp, temporaryFolder, test } from './app.ts'
import { expectNoBarriers } from './barriers.ts'
import { openUncoded, press, SIZE, text } from './coding-steps.ts'
import { find, searchField } from './steps.ts'

const PASSPHRASE = 'four plain words here'

const palette = (page: Page) => page.getByRole('combobox', { name: 'Find a place, command, code or note' })
const options = (page: Page) => page.getByRole('dialog', { name: 'Find' }).getByRole('option')
const option = (page: Page, name: string | RegExp) => options(page).filter({ hasText: name })
const places = (page: Page) => page.getByRole('navigation', { name: 'Places' })
const place = (page: Page, name: string) => expect(page.locator('html')).toHaveAttribute('data-place', name)

/** By name, as the palette has it. */
async function command(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await palette(page).fill(name)
  await expect(options(page).first()).toContainText(name)
  await page.keyboard.press('Enter')
}

async function fillNewProject(page: Page, title: string): Promise<void> {
  await expect(page.getByRole('textbox', { name: 'Title' })).toBeFocused()
  await page.keyboard.type(title)
  await press(page, 'Tab')
  await page.keyboard.type('Rosa')
  await press(page, 'Tab')
  await page.keyboard.type(PASSPHRASE)
  await press(page, 'Tab')
  await page.keyboard.type(PASSPHRASE)
  await press(page, 'Enter')
}

/** Makes a project from within the one that is open. */
async function makeProject({ page, answerSave }: RunningApp, file: string, title: string): Promise<void> {
  await answerSave(file)
  await command(page, 'New project')
  await fillNewProject(page, title)
  await expect(page.getByRole('banner').getByText(title)).toBeVisible()
}

/** What the window's own menu has, by its ids. */
const menuItem = ({ app }: RunningApp, id: string) =>
  app.evaluate(({ Menu }, id) => {
    const item = Menu.getApplicationMenu()?.getMenuItemById(id)
    return item && { label: item.label, enabled: item.enabled, accelerator: item.accelerator ?? null }
  }, id)

test('nothing is left of a locked project, and others are found from inside it', async ({ launch }) => {
  const running = await launch({ size: SIZE })
  const { page } = running
  await test.step('nothing of the notes, memos and codes is in the page while the project is locked', async () => {
    await openUncoded(page)
    const [sentence = ''] = /[A-Za-z0-9 ,.]{20,}/.exec(await text(page).innerText()) ?? []
    expect(sentence).not.toBe('')
    await find(page, 'school')
    await expect(page.getByRole('listbox', { name: 'Hits' })).toBeVisible()
    await page.keyboard.press('Control+5')
    await expect(page.getByRole('listbox', { name: 'Segments' })).toBeVisible()
    await page.keyboard.press('Control+7')
    await expect(page.getByRole('table', { name: 'Codes and where they occur' })).toBeVisible()
    await page.keyboard.press('Control+3')
    await expect(page.getByRole('tree', { name: 'Codebook' })).toBeVisible()
    await page.keyboard.press('Control+2')
    await expect(text(page)).toBeVisible()
    // A toast and what a screen reader was told may quote a code.
    await page.keyboard.press('Control+a')
    await page.keyboard.press('/')
    await page.keyboard.type('domestic abuse')
    await press(page, 'Enter')
    await press(page, 'Delete')
    await expect(page.locator('.toast')).toContainText('Removed')
    const code = /“(.+)”/.exec(await page.locator('.toast').innerText())?.[1] ?? ''
    expect(code).not.toBe('')
    const before = await memoryOf(page)
    expect(before.includes(sentence)).toBe(true)

    await page.keyboard.press('Control+l')
    await expect(page.getByRole('button', { name: 'Unlock' })).toBeFocused()
    const document = await page.content()
    for (const words of [sentence, code]) expect(document).not.toContain(words)
    await expect(page).toHaveTitle('Locked – Understory')
    const after = await memoryOf(page)
    expect(after.includes(sentence)).toBe(false)
    await page.keyboard.press('Enter')
  })

  await test.step('a new project, another and a recent one are found by name from inside a project, by keyboard alone', async () => {
    const folder = await temporaryFolder('projects')
    const first = path.join(folder, 'first.understory')
    await expect(text(page)).toBeFocused()

    await test.step('a new project is asked for over the one that is open; put away, nothing has changed', async () => {
      await command(page, 'New project')
      await expect(page.getByRole('dialog', { name: 'New project' })).toBeVisible()
      await expectNoBarriers(page, 'new project')
      await press(page, 'Escape')
      await expect(page.getByRole('dialog', { name: 'New project' })).toBeHidden()
      await expect(text(page)).toBeFocused()
    })

    await test.step('made, it takes the place of the other', async () => {
      await makeProject(running, first, 'First study')
      await place(page, 'notes')
    })

    await test.step('a wrong passphrase leaves the project that is open as it is', async () => {
      await makeProject(running, path.join(folder, 'second.understory'), 'Second study')
      await page.keyboard.press('Control+3')
      await place(page, 'codebook')
      await page.keyboard.press('Control+k')
      await palette(page).fill('open recent')
      await expect(option(page, /Open first/)).toBeVisible()
      // The one that is open is no way to anywhere.
      await expect(option(page, /Open second/)).toBeHidden()
      await palette(page).fill('open first')
      await expect(option(page, /Open first/)).toHaveAttribute('aria-selected', 'true')
      await press(page, 'Enter')
      await expect(page.getByRole('dialog', { name: 'Open first' })).toBeVisible()
      await expect(page.getByLabel('Passphrase')).toBeFocused()
      await page.keyboard.type('not the right one')
      await press(page, 'Enter')
      await expect(page.getByRole('alert')).toContainText('does not open the project')
      await expect(page.getByRole('banner').getByText('Second study')).toBeVisible()
      await place(page, 'codebook')
    })

    await test.step('the right one leads there', async () => {
      await page.getByLabel('Passphrase').fill(PASSPHRASE)
      await press(page, 'Enter')
      await expect(page.getByRole('banner').getByText('First study')).toBeVisible()
      await expect(page.getByRole('dialog')).toBeHidden()
    })

    await test.step('a file is picked by name and by key', async () => {
      await running.answerOpen([path.join(folder, 'second.understory')])
      await command(page, 'Open project')
      await expect(page.getByRole('dialog', { name: 'Open second' })).toBeVisible()
      await press(page, 'Escape')
      await page.keyboard.press('Control+Alt+o')
      await expect(page.getByRole('dialog', { name: 'Open second' })).toBeVisible()
      await press(page, 'Escape')
    })

    await test.step('closed, the start screen is there', async () => {
      await command(page, 'Close project')
      await expect(page.getByRole('button', { name: 'New project' })).toBeVisible()
      await expect(page.getByRole('button', { name: /first/ })).toBeVisible()
    })
  })
})

test('palette and window’s menu have every way, and lead from project to project', async ({ launch }) => {
  const running = await launch({ size: SIZE })
  const { page, app } = running
  await test.step('every place and every export is in the palette, and what is nowhere suggests a new project', async () => {
    await page.keyboard.press('Control+k')
    for (const name of ['agreement', 'themes', 'codebook', 'segments', 'codings', 'journal']) {
      await palette(page).fill(`export ${name}`)
      await expect(options(page).first()).toContainText('Export')
    }
    await palette(page).fill('recent')
    await expect(options(page).first()).toContainText('No other project was opened on this computer')
    await palette(page).fill('back up')
    await expect(options(page).first()).toContainText('Back up the project')
    for (const name of [
      'Notes',
      'Code',
      'Codebook',
      'Memos',
      'Retrieval',
      'Agreement',
      'Themes',
      'Journal',
    ]) {
      await palette(page).fill(`go to ${name.toLowerCase()}`)
      await expect(options(page).first()).toContainText(`Go to ${name}`)
    }
    await palette(page).fill('export themes')
    await press(page, 'Enter')
    await place(page, 'themes')

    await page.keyboard.press('Control+k')
    await palette(page).fill('export segments')
    await press(page, 'Enter')
    await place(page, 'retrieval')
    await expect(page.getByRole('menu', { name: 'Export the segments' })).toBeVisible()
    await press(page, 'Escape')

    await page.keyboard.press('Control+k')
    await palette(page).fill('qqxxzz')
    await expect(option(page, 'No match. Try “new project”')).toHaveAttribute('aria-selected', 'true')
    await expectNoBarriers(page, 'palette')
    await press(page, 'Enter')
    await expect(page.getByRole('dialog', { name: 'New project' })).toBeVisible()
    await press(page, 'Escape')
  })

  await test.step('the window’s menu has every export and every place of the palette, with their keys', async () => {
    const listed = (id: string) =>
      app.evaluate(
        ({ Menu }, id) =>
          Menu.getApplicationMenu()
            ?.getMenuItemById(id)
            ?.submenu?.items.map(({ label, enabled }) => (enabled ? label : `${label} (off)`)) ?? [],
        id,
      )
    const pressItem = (id: string) =>
      app.evaluate(({ Menu }, id) => Menu.getApplicationMenu()?.getMenuItemById(id)?.click(), id)
    const EXPORTS = ['Agreement', 'Themes', 'Codebook', 'Segments (codings)', 'Journal']
    await expect.poll(() => listed('export')).toEqual(EXPORTS)
    const [notes, code, ...others] = await listed('go')
    expect([notes, code]).toEqual(['Notes', 'Code'])
    expect(others).toEqual([
      'Codebook',
      'Memos',
      'Retrieval',
      'Agreement',
      'Themes',
      'Journal',
      'Search all notes',
      'Check for identifiers',
    ])
    expect(await menuItem(running, 'placeThemes')).toMatchObject({ accelerator: 'CmdOrCtrl+7' })
    expect(await menuItem(running, 'backUp')).toMatchObject({ label: 'Back up the project', enabled: true })

    await pressItem('exportJournal')
    await place(page, 'journal')
    await pressItem('placeCodebook')
    await place(page, 'codebook')
    await command(page, 'Close project')
    await expect(page.getByRole('button', { name: 'New project' })).toBeVisible()
    await expect.poll(() => listed('export')).toEqual(EXPORTS.map((name) => `${name} (off)`))
    expect(await listed('go')).toContain('Notes (off)')
    await page.getByRole('button', { name: 'Sample project' }).click()
    await expect(text(page)).toBeVisible()
  })

  await test.step('the window’s menu has the ways between projects, and offers what can be done', async () => {
    const pressItem = (id: string) =>
      app.evaluate(({ Menu }, id) => Menu.getApplicationMenu()?.getMenuItemById(id)?.click(), id)
    await expect.poll(() => menuItem(running, 'lock')).toMatchObject({ label: 'Lock', enabled: true })
    expect(await menuItem(running, 'newProject')).toMatchObject({ label: 'New project', enabled: true })
    expect(await menuItem(running, 'openProject')).toMatchObject({ label: 'Open project…', enabled: true })
    expect(await menuItem(running, 'openRecent')).toMatchObject({ enabled: false })
    await pressItem('newProject')
    await running.answerSave(path.join(await temporaryFolder('menu'), 'study & more.understory'))
    await fillNewProject(page, 'Study')
    await expect(page.getByRole('banner').getByText('Study')).toBeVisible()
    await expect.poll(() => menuItem(running, 'openRecent')).toMatchObject({ enabled: true })
    const recent = await app.evaluate(
      ({ Menu }) =>
        Menu.getApplicationMenu()
          ?.getMenuItemById('openRecent')
          ?.submenu?.items.map(({ label }) => label) ?? [],
    )
    expect(recent).toEqual(['study && more'])
    await pressItem('closeProject')
    await expect(page.getByRole('button', { name: 'New project' })).toBeVisible()
    await expect.poll(() => menuItem(running, 'closeProject')).toMatchObject({ enabled: false })
    await app.evaluate(({ Menu }) =>
      Menu.getApplicationMenu()?.getMenuItemById('openRecent')?.submenu?.items[0]?.click(),
    )
    await expect(page.getByLabel('Passphrase')).toBeFocused()
    await page.keyboard.type(PASSPHRASE)
    await press(page, 'Enter')
    await expect(page.getByRole('banner').getByText('Study')).toBeVisible()
  })

  await test.step('the first code of an empty codebook is named where it stands, and the tree keeps the keyboard', async () => {
    const tree = page.getByRole('tree', { name: 'Codebook' })
    await command(page, 'Close project')
    await page.getByRole('button', { name: 'Sample project' }).click()
    await expect(text(page)).toBeVisible()
    await running.answerSave(path.join(await temporaryFolder('empty'), 'study.understory'))
    await command(page, 'New project')
    await page.getByLabel('Start with this codebook').selectOption('empty')
    await page.getByRole('textbox', { name: 'Title' }).focus()
    await fillNewProject(page, 'Study')
    await expect(page.getByRole('banner').getByText('Study')).toBeVisible()
    await page.keyboard.press('Control+3')
    await expect(page.getByText('The codebook is empty.')).toBeVisible()
    await page.getByRole('button', { name: 'New code', exact: true }).press('Enter')
    await page.getByLabel('Name of the new code').fill('Hope')
    await page.keyboard.press('Enter')
    await expect(tree.getByRole('treeitem', { name: 'Hope' })).toHaveAttribute('aria-selected', 'true')
    await expect(tree).toBeFocused()
  })
})

/** Where the caret is and how far the note is scrolled. */
const reading = async (page: Page) => ({
  status: await page.locator('.statusbar').innerText(),
  top: await page.getByTestId('note-scroll').evaluate((element) => element.scrollTop),
})

test('lists and tables come back as they were, and so does all after a lock', async ({ launch }) => {
  const running = await launch({ size: { width: 1100, height: 700 } })
  const { app, page } = running
  await test.step('a table is sorted and scrolled as it was, and a list filtered, when one comes back', async () => {
    await expect(text(page)).toBeVisible()
    await page.getByRole('textbox', { name: 'Filter notes' }).fill('school')
    await page.keyboard.press('Control+3')
    await page.getByRole('tab', { name: 'Overview' }).click()
    const uses = page.getByRole('table', { name: 'Use of codes' })
    await uses.getByRole('button', { name: 'Sort by notes' }).press('Enter')
    const sorted = uses
      .getByRole('columnheader')
      .filter({ has: page.getByRole('button', { name: 'Sort by notes' }) })
    await expect(sorted).toHaveAttribute('aria-sort', 'descending')
    await uses.evaluate((element) => element.scrollTo({ top: 400 }))
    await expect.poll(() => uses.evaluate((element) => element.scrollTop)).toBe(400)
    await page.keyboard.press('Control+1')
    await page.keyboard.press('Control+3')
    await expect(sorted).toHaveAttribute('aria-sort', 'descending')
    await expect.poll(() => uses.evaluate((element) => element.scrollTop)).toBe(400)
    await page.keyboard.press('Control+2')
    await expect(page.getByRole('textbox', { name: 'Filter notes' })).toHaveValue('school')
  })

  await test.step('the project is locked when the computer is, and when it goes to sleep', async () => {
    // From one filter to another the list stays for a moment what it was.
    await page.getByRole('textbox', { name: 'Filter notes' }).fill('')
    await expect(page.getByRole('region', { name: 'Note list' }).locator('.filter-count')).toHaveText(/^\d+$/)
    await openUncoded(page)
    for (const sign of ['lock-screen', 'suspend']) {
      await app.evaluate(({ powerMonitor }, name) => void powerMonitor.emit(name), sign)
      await expect(page.getByRole('button', { name: 'Unlock' })).toBeFocused()
      await expect(text(page)).toBeHidden()
      await press(page, 'Enter')
      await expect(text(page)).toBeFocused()
    }
  })

  await test.step('a locked project comes back as it was: place, note, caret, scroll and filters', async () => {
    const folder = await temporaryFolder('lock')

    await test.step('the sample, with the caret and the scroll of a note', async () => {
      await openUncoded(page)
      await press(page, 'ArrowDown', 12)
      await press(page, 'Shift+ArrowRight', 3)
      const before = await reading(page)
      expect(before.status).toContain('3 characters selected')
      await page.keyboard.press('Control+l')
      const unlock = page.getByRole('button', { name: 'Unlock' })
      await expect(unlock).toBeFocused()
      await expect(page.getByRole('heading', { name: /^Sample project/ })).toBeVisible()
      await expect(places(page)).toBeHidden()
      await expectNoBarriers(page, 'locked sample')
      await press(page, 'Enter')
      await expect(text(page)).toBeFocused()
      await expect.poll(() => reading(page)).toEqual(before)
    })

    await test.step('a project of one’s own asks for its passphrase and leads to the same filters', async () => {
      await makeProject(running, path.join(folder, 'study.understory'), 'Study')
      await find(page, 'shouting')
      await page.keyboard.press('Control+8')
      await page.getByRole('textbox', { name: 'Words in the journal' }).fill('coder')
      await page.getByRole('combobox', { name: 'What was changed' }).selectOption('coders')
      await command(page, 'Lock')
      await expect(page.getByLabel('Passphrase')).toBeFocused()
      await expect(page.getByRole('heading', { name: 'Study' })).toBeVisible()
      await expectNoBarriers(page, 'locked')
      await page.keyboard.type('not the right one')
      await press(page, 'Enter')
      await expect(page.getByRole('alert')).toContainText('does not open the project')
      await page.keyboard.type(PASSPHRASE)
      await press(page, 'Enter')
      await place(page, 'journal')
      await expect(page.getByRole('textbox', { name: 'Words in the journal' })).toHaveValue('coder')
      await expect(page.getByRole('combobox', { name: 'What was changed' })).toHaveValue('coders')
      await page.keyboard.press('Control+f')
      await expect(searchField(page)).toHaveValue('shouting')
    })

    await test.step('the other way leads to the start screen', async () => {
      await page.keyboard.press('Control+l')
      await page.getByRole('button', { name: 'Open another project' }).press('Enter')
      await expect(page.getByRole('button', { name: 'New project' })).toBeVisible()
    })
  })
})

/** Everything the page's scripts can still reach, as one text. */
async function memoryOf(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page)
  const parts: string[] = []
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => parts.push(chunk))
  await session.send('HeapProfiler.enable')
  await session.send('HeapProfiler.collectGarbage')
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  await session.detach()
  return parts.join('')
}
