/** Versions of the codebook, looking again, proposals, and the codebook as a file out and in: by keyboard alone. */
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, type Page } from '@playwright/test'
import { readDocx } from '../../electron/store/exchange/notes/docx.ts'
import { readPdf } from '../../electron/store/exchange/notes/pdf.ts'
import { temporaryFolder, test } from './app.ts'
import { expectNoBarriers } from './barriers.ts'
import { announcer, press, SIZE, saved } from './coding-steps.ts'
import { tabTo } from './steps.ts'

const tree = (page: Page) => page.getByRole('tree', { name: 'Codebook', exact: true })
const versions = (page: Page) => page.getByRole('listbox', { name: 'Versions' })
const again = (page: Page) => page.getByRole('listbox', { name: 'Codings to recheck' })
const code = (page: Page, name: string) => page.getByRole('treeitem', { name })

/** Goes on with Tab as a person does who knows what they look for. */
/** The codebook with the keyboard in its tree, on the second code. */
async function onNeglect(page: Page): Promise<void> {
  await page.keyboard.press('Control+3')
  await expect(tree(page)).toBeVisible()
  await tabTo(page, tree(page))
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('Neglect')
}

/** By the last entry of the menu *Add*, which has the keyboard once it is there. */
async function pickFile(page: Page): Promise<void> {
  await tabTo(page, page.getByRole('button', { name: 'Add', exact: true }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitem').first()).toBeFocused()
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
}

async function redefine(page: Page, words: string): Promise<void> {
  const definition = page.getByRole('textbox', { name: 'Definition', exact: true })
  await tabTo(page, definition)
  await page.keyboard.press('Control+End')
  await page.keyboard.type(words)
  await page.keyboard.press('Tab')
  await saved(page)
}

test('the codebook is printed, written, read, named, changed, rechecked and frozen', async ({ launch }) => {
  const { app, page, answerSave, answerOpen } = await launch({ size: SIZE })
  await test.step('the codebook goes to the printer as its own pages, and leaves the window as it was', async () => {
    // The printer's dialog is the system's own; what it would be given is read from the window itself.
    await page.evaluate(() => {
      window.print = () => {}
    })
    await onNeglect(page)
    await tabTo(page, page.getByRole('button', { name: 'Export', exact: true }))
    await page.keyboard.press('Enter')
    await expect(page.getByRole('radio', { name: 'Word' })).toBeFocused()
    await page.keyboard.press('ArrowLeft')
    await expect(page.getByRole('radio', { name: 'Print' })).toBeChecked()
    await page.keyboard.press('Enter')
    await expect(announcer(page)).toContainText('61 codes sent to the print dialog')
    await expect(tree(page)).toBeVisible()
    await expect(page.locator('.print-document')).toBeHidden()

    const bytes = await app.evaluate(async ({ BrowserWindow }) =>
      (await BrowserWindow.getAllWindows()[0]?.webContents.printToPDF({ pageSize: 'A4' }))?.toString(
        'base64',
      ),
    )
    const file = path.join(await temporaryFolder('print'), 'codebook.pdf')
    await writeFile(file, Buffer.from(bytes ?? '', 'base64'))
    const { text } = await readPdf(file)
    const words = text.replace(/\s+/g, ' ')
    expect(words).toContain('Codebook: Sample project: safeguarding in CAMHS notes')
    expect(words).toContain('1.1 Neglect')
    expect(words).toContain('Persistent failure to meet a child')
    // The last code is there too: all pages were laid out, and nothing of the window around them.
    expect(words).toMatch(/Past involvement|No involvement recorded/)
    expect(words).not.toContain('Filter codes')

    await page.evaluate(() => window.dispatchEvent(new Event('afterprint')))
    await expect(page.locator('.print-document')).toHaveCount(0)
  })

  await test.step('the codebook goes out for Word, and a file comes in after a look at what it brings', async () => {
    const folder = await temporaryFolder('codebook')
    const docx = path.join(folder, 'appendix.docx')
    await answerSave(docx)
    await onNeglect(page)
    await tabTo(page, page.getByRole('button', { name: 'Export', exact: true }))
    await page.keyboard.press('Enter')
    await expect(page.getByRole('radio', { name: 'Word' })).toBeFocused()
    await expectNoBarriers(page)
    await page.keyboard.press('Enter')
    await expect(announcer(page)).toContainText('61 codes written to appendix.docx')
    const words = await readDocx(docx)
    expect(words).toContain('Codebook: Sample project: safeguarding in CAMHS notes')
    expect(words).toContain('1.1 Neglect')
    expect(words).toContain('Persistent failure to meet a child')

    const csv = path.join(folder, 'team.csv')
    await writeFile(
      csv,
      'name,parent,definition\nMaltreatment,,\nNeglect,Maltreatment,Needs are not met.\nGaming,,Plays all night.\nShopping,,Buys too much.\n',
    )
    await answerOpen([csv])
    await pickFile(page)
    await expect(page.getByRole('heading', { name: 'team.csv' })).toBeVisible()
    const items = page.getByRole('tree', { name: 'Codes to import' })
    await expect(items).toBeFocused()
    await expectNoBarriers(page)
    await page.keyboard.press('Home')
    await page.keyboard.press('ArrowDown')
    const item = page.getByRole('region', { name: 'What would change' })
    await expect(item).toContainText('Persistent failure')
    await expect(item).toContainText('Needs are not met.')
    await page.keyboard.press('End')
    await expect(item).toContainText('Buys too much.')
    await page.keyboard.press('Space')
    await expect(code(page, 'Shopping')).toHaveAttribute('aria-checked', 'false')

    // Leaving it changes nothing.
    await page.keyboard.press('Escape')
    await expect(tree(page)).toBeVisible()
    await expect(code(page, 'Gaming')).toHaveCount(0)

    await pickFile(page)
    await expect(items).toBeFocused()
    await page.keyboard.press('End')
    await page.keyboard.press('Space')
    await tabTo(page, page.getByRole('button', { name: /^Import 2 codes/ }))
    await page.keyboard.press('Enter')
    await expect(announcer(page)).toContainText('team.csv: 1 code added, 1 changed')
    await page.keyboard.press('Control+3')
    await tabTo(page, tree(page))
    await page.keyboard.press('End')
    await expect(code(page, 'Gaming')).toBeVisible()
    await expect(code(page, 'Shopping')).toHaveCount(0)
    await page.keyboard.press('Control+z')
    await expect(code(page, 'Gaming')).toHaveCount(0)
  })

  await test.step('a version gets a name, a definition changes, and the codings under the old one are gone through', async () => {
    await onNeglect(page)
    await press(page, 'Control+Alt+PageDown', 2)
    await tabTo(page, versions(page))
    await page.keyboard.press('F2')
    await page.keyboard.type('v1.0 agreed')
    await page.keyboard.press('Enter')
    await expect(versions(page).getByRole('option').first()).toContainText('v1.0 agreed')
    await expect(versions(page)).toBeFocused()

    await press(page, 'Control+Alt+PageUp', 2)
    await onNeglect(page)
    await redefine(page, ' Online as well.')
    await press(page, 'Control+Alt+PageDown', 2)
    await expect(page.getByRole('list', { name: 'What changed' })).toContainText(
      '“Neglect” has another definition',
    )
    await expect(page.getByRole('list', { name: 'What changed' })).toContainText('Online as well.')
    await expectNoBarriers(page)

    await press(page, 'Control+Alt+PageDown')
    await expect(again(page)).toBeVisible()
    await tabTo(page, again(page))
    const left = async (): Promise<number> =>
      Number(await again(page).getByRole('option').first().getAttribute('aria-setsize'))
    const all = await left()
    expect(all).toBeGreaterThan(5)
    await expect(page.getByRole('region', { name: 'Segment' })).toContainText('Since it was coded')
    await expectNoBarriers(page)

    await page.keyboard.press('y')
    await expect.poll(left).toBe(all - 1)
    await page.keyboard.press('c')
    await page.keyboard.type('emotional ab')
    await page.keyboard.press('Enter')
    await expect.poll(left).toBe(all - 2)
    await expect(again(page)).toBeFocused()
    await page.keyboard.press('Delete')
    await expect.poll(left).toBe(all - 3)
    await page.keyboard.press('Control+z')
    await expect.poll(left).toBe(all - 2)
    for (let now = all - 2; now > 1; now--) {
      await page.keyboard.press('y')
      await expect.poll(left).toBe(now - 1)
    }
    await page.keyboard.press('y')
    await expect(page.getByText('Nothing to recheck')).toBeVisible()
    await saved(page)
    await press(page, 'Control+Alt+PageUp', 3)
  })

  await test.step('in a frozen codebook a coder proposes, and the lead declines with a reason or accepts', async () => {
    await page.keyboard.press('Control+3')
    await page.getByRole('button', { name: 'Freeze' }).click()
    await expect(page.getByText('Frozen', { exact: true })).toBeVisible()
    await page.getByRole('button', { name: 'Coder: Amara' }).click()
    await page.getByRole('menuitemradio', { name: 'Ben' }).click()
    await expect(page.getByText('Frozen: propose changes, a lead decides')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Open for changes' })).toHaveCount(0)

    await onNeglect(page)
    await press(page, 'Control+Alt+PageDown', 4)
    for (const words of ['Clearer.', 'Shorter.']) {
      await page.getByRole('button', { name: 'Propose a change' }).click()
      await expect(page.getByRole('combobox', { name: 'Code' })).toBeFocused()
      await tabTo(page, page.getByRole('textbox', { name: 'Definition', exact: true }))
      await page.keyboard.press('Control+a')
      await page.keyboard.type(`Needs are not met. ${words}`)
      await tabTo(page, page.getByRole('textbox', { name: 'Why' }))
      await page.keyboard.type(words)
      await expectNoBarriers(page)
      await tabTo(page, page.getByRole('button', { name: 'Propose', exact: true }))
      await page.keyboard.press('Enter')
      await expect(page.getByText('A lead decides about it.', { exact: true })).toBeVisible()
    }

    await page.getByRole('button', { name: 'Coder: Ben' }).click()
    await page.getByRole('menuitemradio', { name: 'Amara' }).click()
    const proposals = page.getByRole('listbox', { name: 'Proposals' }).getByRole('option')
    await proposals.filter({ hasText: 'Shorter.' }).click()
    await expect(page.getByRole('button', { name: 'Decline' })).toBeDisabled()
    await expectNoBarriers(page)
    await page.getByRole('textbox', { name: 'Answer' }).fill('Says less than before.')
    await page.getByRole('button', { name: 'Decline' }).click()
    await expect(proposals.filter({ hasText: 'Shorter.' })).toContainText('Declined')
    await proposals.filter({ hasText: 'Clearer.' }).click()
    await page.getByRole('button', { name: 'Accept' }).click()
    await expect(proposals.filter({ hasText: 'Clearer.' })).toContainText('Accepted')
    await press(page, 'Control+Alt+PageUp', 4)
    await expect(page.getByRole('textbox', { name: 'Definition', exact: true })).toHaveValue(
      'Needs are not met. Clearer.',
    )
  })
})
