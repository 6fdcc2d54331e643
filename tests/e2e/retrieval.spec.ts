/** Segments of any combination of codes, in the real program: asked for, read, recoded and taken away. */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, type Page } from '@playwright/test'
import { temporaryFolder, test } from './app.ts'
import { barriers, expectNoBarriers } from './barriers.ts'

const SIZE = { width: 1440, height: 900 }

const list = (page: Page) => page.getByRole('listbox', { name: 'Segments' })
const segments = (page: Page) => list(page).getByRole('option')
const count = (page: Page) => page.locator('.segments-count')
const active = (page: Page) => page.locator('.grouped-active')
const toast = (page: Page) => page.locator('.toast').last()
const add = (page: Page, label: string) => page.getByRole('button', { name: `${label}: add a code` })

/** "20 segments in 17 of 73 notes, 10 of 20 cases" as numbers. */
async function totals(page: Page): Promise<number[]> {
  return [...((await count(page).textContent()) ?? '').matchAll(/[\d,]+/g)].map(([digits]) =>
    Number(digits.replaceAll(',', '')),
  )
}

/** Goes there by key and chooses codes by typing. */
async function ask(page: Page, ...codes: string[]): Promise<void> {
  await page.keyboard.press('Control+5')
  await expect(add(page, 'Coded with')).toBeFocused()
  await chooseCodes(page, codes)
}

/** Once the question is taken back: asks another by typing. */
async function askAnew(page: Page, ...codes: string[]): Promise<void> {
  await expect(count(page)).toHaveText(/^664 segments/)
  await add(page, 'Coded with').focus()
  await chooseCodes(page, codes)
}

async function chooseCodes(page: Page, codes: readonly string[]): Promise<void> {
  await expect(count(page)).toContainText('of 73 notes')
  await page.keyboard.press('Enter')
  for (const code of codes) {
    await expect(page.getByRole('combobox', { name: 'Coded with: code by name' })).toBeFocused()
    await page.keyboard.type(code)
    await page.keyboard.press('Enter')
  }
  await page.keyboard.press('Escape')
  await expect(add(page, 'Coded with')).toBeFocused()
}

/** From the question to the list, by the key that goes around panes. */
async function enterList(page: Page): Promise<void> {
  await page.keyboard.press('F6')
  await expect(page.locator('[data-pane=segments]').locator(':focus')).toBeVisible()
  await list(page).focus()
}

test('a question is asked by keyboard, and what it finds leaves as a file', async ({ launch }) => {
  const { page, answerSave } = await launch({ size: SIZE })
  await test.step('a question is built by keyboard, a segment opens in its note, and the way back keeps the list', async () => {
    await ask(page, 'emotional abuse', 'neglect')
    await expect(count(page)).toHaveText(/^\d+ segments in \d+ of 73 notes, \d+ of 20 cases$/)
    const [found = 0] = await totals(page)
    await expect(segments(page).first()).toHaveAttribute('aria-setsize', String(found))

    await enterList(page)
    for (let step = 0; step < 4; step++) await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Space')
    await page.keyboard.press('ArrowRight')
    await expect(active(page).locator('.segment-wide mark')).toBeVisible()
    const quote = (await active(page).locator('mark').textContent()) ?? ''
    const opened = (await active(page).locator('.segment-wide').textContent()) ?? ''
    await page.keyboard.press('ArrowRight')
    await expect
      .poll(async () => (await active(page).locator('.segment-wide').textContent())?.length)
      .toBeGreaterThan(opened.length)
    await page.keyboard.press('ArrowLeft')

    await page.keyboard.press('Enter')
    await expect(page.locator('html')).toHaveAttribute('data-place', 'code')
    await expect(page.locator('.note-page')).toContainText(quote)
    await page.keyboard.press('Alt+ArrowLeft')
    await expect(list(page)).toBeFocused()
    await expect(active(page)).toHaveAttribute('aria-posinset', '5')
    await expect(active(page)).toHaveAttribute('aria-selected', 'true')
    await expect(active(page).locator('.segment-wide mark')).toHaveText(quote)

    await page.keyboard.press('g')
    await expect(page.getByRole('radio', { name: 'By case' })).toBeChecked()
    await expect(page.locator('.grouped-head-title').first()).toHaveText(/^YP\d+/)
    await expect(active(page).locator('mark')).toHaveText(quote)
  })

  await test.step('the ticked segments leave as a file, after the check for identifiers', async () => {
    const folder = await temporaryFolder('quotes')
    await page.getByRole('button', { name: 'Clear query' }).click()
    await askAnew(page, 'emotional abuse')
    await list(page).focus()
    await page.keyboard.press('Space')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Space')
    const exportAs = async (ending: string, label: string) => {
      const file = path.join(folder, `segments.${ending}`)
      await answerSave(file)
      await page.keyboard.press('Control+e')
      await expect(page.getByRole('menu', { name: 'Export the segments' })).toBeVisible()
      await page.getByRole('menuitem', { name: label }).press('Enter')
      await expect(toast(page)).toContainText(`segments written to segments.${ending}`)
      await expect(toast(page)).toContainText(/Checked \d+ texts for possible identifiers: none found/)
      await list(page).focus()
      return readFileSync(file)
    }
    const csv = (await exportAs('csv', '.csv')).toString('utf8')
    expect(csv.trimEnd().split('\n').length).toBeGreaterThanOrEqual(3)
    expect(csv).toContain('Emotional abuse')
    for (const [ending, label] of [
      ['docx', '.docx'],
      ['xlsx', '.xlsx'],
    ] as const) {
      const bytes = await exportAs(ending, label)
      expect(bytes.subarray(0, 2).toString()).toBe('PK')
    }

    // A code in somebody's own words carries a name: the file waits until it is said what becomes of it.
    await page.keyboard.press('Control+Shift+a')
    await page.keyboard.press('q')
    await page.keyboard.type('Mum Sarah rang')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('button', { name: 'Apply, keep finished' }).click()
    await expect(toast(page)).toContainText('Applied “Mum Sarah rang” to 1 segment')
    await page.getByRole('button', { name: 'Clear query' }).click()
    await expect(count(page)).toHaveText(/^665 segments/)
    const file = path.join(folder, 'named.csv')
    await answerSave(file)
    await page.getByRole('button', { name: 'Export', exact: true }).click()
    await page.getByRole('menuitem', { name: '.csv' }).click()
    const bar = page.getByRole('region', { name: 'Possible identifiers in the export' })
    await expect(bar).toContainText('1 possible identifier in 1 text. named.csv has not been written.')
    expect(existsSync(file)).toBe(false)
    expect(await barriers(page)).toEqual([])
    await bar.getByRole('button', { name: 'Export with them masked' }).click()
    await expect(toast(page)).toContainText(
      '665 segments written to named.csv, with 1 possible identifier masked',
    )
    expect(readFileSync(file, 'utf8')).toContain('Mum [NAME] rang')
  })
})

test('a question is looked at, changed with the mouse, and what it finds recoded', async ({ launch }) => {
  const { page } = await launch({ size: SIZE })
  await test.step('retrieval has no barrier in any theme', async () => {
    await ask(page, 'self-harm')
    await expectNoBarriers(page)
    await list(page).focus()
    await page.keyboard.press('Space')
    await page.keyboard.press('ArrowRight')
    await expect(active(page).locator('.segment-wide')).toBeVisible()
    await expectNoBarriers(page)
    await page.keyboard.press('r')
    await expect(page.getByRole('combobox', { name: 'Apply a code by name' })).toBeVisible()
    await expectNoBarriers(page)
    await page.keyboard.press('Escape')
    await add(page, 'But not with').click()
    await expectNoBarriers(page)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Clear query' }).click()
  })

  await test.step('near, within, together and without answer as they change, with the mouse', async () => {
    await page.getByRole('button', { name: 'Retrieval' }).click()
    const choose = async (label: string, code: string) => {
      await add(page, label).click()
      await page.getByRole('combobox', { name: `${label}: code by name` }).fill(code)
      await page.locator('.picklist').getByRole('option').filter({ hasText: code }).first().click()
      await page.keyboard.press('Escape')
    }
    const relation = page.getByRole('combobox', { name: 'How the codes belong together' })
    await choose('Coded with', 'Self-harm')
    await expect(count(page)).not.toHaveText(/^664/)
    const [alone = 0] = await totals(page)

    await relation.selectOption('near')
    await expect(page.getByRole('status').filter({ hasText: 'Choose a code' })).toBeVisible()
    await choose('Near', 'Suicidal thoughts or behaviour')
    await expect(count(page)).toBeVisible()
    const [near = 0] = await totals(page)
    expect(near).toBeLessThan(alone)
    await page.getByRole('spinbutton', { name: 'Most characters between them' }).fill('100000')
    await expect.poll(async () => (await totals(page))[0]).toBeGreaterThan(near)

    await relation.selectOption('any')
    await choose('But not with', 'Domestic abuse: child sees, hears or experiences')
    await expect.poll(async () => (await totals(page))[0]).toBeLessThan(alone)
    await page.getByRole('combobox', { name: 'Case' }).selectOption('YP01')
    await expect(count(page)).toHaveText(/of \d+ notes, 1 of 1 case$/)
    await page.getByRole('button', { name: 'Clear query' }).click()
    await expect(count(page)).toHaveText(/^664 segments/)

    await page.getByRole('button', { name: 'me', exact: true }).click()
    await page.getByRole('checkbox', { name: 'Ben' }).check()
    await expect(count(page)).toHaveText(/^1,\d\d\d segments/)
    await page.getByRole('checkbox', { name: 'Ben' }).uncheck()
    await page.keyboard.press('Escape')
    await expect(count(page)).toHaveText(/^664 segments/)
  })

  await test.step('ticked segments are recoded and un-coded in one step each, and others’ work stays', async () => {
    await askAnew(page, 'emotional abuse')
    await expect(count(page)).not.toHaveText(/^664/)
    const [mine = 0] = await totals(page)
    await page.getByRole('button', { name: 'me', exact: true }).click()
    await page.getByRole('checkbox', { name: 'Ben' }).check()
    await page.keyboard.press('Escape')
    await expect.poll(async () => (await totals(page))[0]).toBeGreaterThan(mine)
    const [all = 0] = await totals(page)

    await list(page).focus()
    await page.keyboard.press('Control+a')
    await page.keyboard.press('r')
    await page.keyboard.type('county lines')
    await page.keyboard.press('Enter')
    await expect(toast(page)).toContainText(`Recoded ${mine} codings to “County lines”`)
    await expect(toast(page)).toContainText(`${all - mine} by other coders`)
    await expect.poll(async () => (await totals(page))[0]).toBe(all - mine)
    await expect(list(page)).toBeFocused()
    await page.keyboard.press('Delete')
    await expect(toast(page)).toContainText('Nothing was changed')

    await page.keyboard.press('Control+z')
    await expect.poll(async () => (await totals(page))[0]).toBe(all)
    await page.keyboard.press('Control+a')
    await page.keyboard.press('Delete')
    await expect(toast(page)).toContainText(`Removed “Emotional abuse” from ${mine} segment`)
    await expect.poll(async () => (await totals(page))[0]).toBe(all - mine)
    await toast(page).getByRole('button', { name: 'Undo' }).click()
    await expect.poll(async () => (await totals(page))[0]).toBe(all)

    await list(page).focus()
    await page.keyboard.press('Control+Shift+a')
    for (const [key, name] of [
      ['r', 'Recode'],
      ['Delete', 'Remove code'],
    ] as const) {
      await expect(page.getByRole('button', { name })).toHaveAttribute('aria-disabled', 'true')
      await list(page).focus()
      await page.keyboard.press(key)
      await expect(toast(page)).toContainText(
        'Tick segments first: Space ticks the selected one, Ctrl+A all.',
      )
      await expect(page.locator('.toast').filter({ hasText: 'Nothing was changed' })).not.toHaveCount(0)
    }
    await expect.poll(async () => (await totals(page))[0]).toBe(all)
    await page.keyboard.press('q')
    await expect(page.getByPlaceholder('Add a code to this segment')).toBeFocused()
    await page.keyboard.type('county lines')
    await page.keyboard.press('Enter')
    // It stands in a note that is finished.
    await page.getByRole('button', { name: 'Apply, keep finished' }).click()
    await expect(toast(page)).toContainText('Applied “County lines” to 1 segment')
  })
})
