/**
 * The whole job as a person does it, in the real program on real files: notes in, codes applied by two people,
 * agreement, themes, codebook out, close, reopen. Only the operating system's file dialogs are answered for them.
 */
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { launchApp, type RunningApp, temporaryFolder, test } from './app.ts'

const { expect } = test

const PASSPHRASE = 'battery staple'
const NOTES = [
  'note_id,brc_id,note_date,note_type,text',
  '001,YP1,2021-03-04,Letter,"Mum shouted at ZZZZZ most evenings. Police were called twice last year."',
  '002,YP1,2021-04-01,Triage,"Settled at school. No thoughts of self-harm 🐕 this week."',
  '003,YP2,2021-05-11,Letter,"Left home alone on most nights. ""Nobody asks"", she said.\r\nSchool are providing food."',
].join('\r\n')

test.describe('the main job', () => {
  let running: RunningApp
  let folder: string
  let project: string

  test.beforeAll(async () => {
    folder = await temporaryFolder('files')
    project = path.join(folder, 'Ward study.understory')
    await writeFile(path.join(folder, 'notes.csv'), NOTES)
  })

  // Also after a failure, so that the next test finds the file as a closed program leaves it.
  test.afterEach(() => running.close())

  test('from an empty folder to a published codebook, and everything is there after reopening', async () => {
    running = await launchApp({ size: { width: 1440, height: 900 } })
    const { page } = running

    await test.step('make a new encrypted project', async () => {
      await page.keyboard.press('Control+Shift+W')
      await page.getByRole('button', { name: 'New project' }).click()
      await page.getByLabel('Title').fill('Ward study')
      await page.getByLabel('Your name as a coder').fill('Amara')
      await page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE)
      await page.getByLabel('Passphrase again').fill(PASSPHRASE)
      await page.getByLabel('Start with this codebook').selectOption('Empty codebook')
      await running.answerSave(project)
      await page.getByRole('button', { name: 'Choose where to keep it' }).click()
      await expect(page.getByRole('button', { name: 'Coder: Amara' })).toBeVisible()
    })

    await test.step('import a CSV of notes after a dry run', async () => {
      await page.keyboard.press('Control+1')
      await running.answerOpen([path.join(folder, 'notes.csv')])
      await page.getByRole('button', { name: 'Import files' }).first().click()
      await expect(page.getByLabel('What text is')).toHaveValue(/./)
      await page.getByRole('button', { name: 'Try the import' }).click()
      await expect(page.getByRole('status').filter({ hasText: '3' }).first()).toBeVisible()
      await page.getByRole('button', { name: 'Import notes' }).click()
      await page.getByRole('button', { name: 'Done', exact: true }).click()
      await expect(page.getByRole('cell', { name: '001', exact: true })).toBeVisible()
    })

    await test.step('make codes in the codebook, by keyboard', async () => {
      await page.keyboard.press('Control+3')
      for (const name of ['Emotional abuse', 'Neglect']) {
        await page.getByRole('button', { name: 'New code' }).first().click()
        await page.getByLabel('Name of the new code').fill(name)
        await page.keyboard.press('Enter')
        await expect(page.getByRole('treeitem', { name })).toBeVisible()
      }
      await page.getByLabel('Definition').fill('Persistent failure to meet basic needs.')
      await page.keyboard.press('Tab')
    })

    await test.step('code overlapping spans as Amara, with mouse and keyboard', async () => {
      await page.keyboard.press('Control+2')
      await openNote(page, '001')
      await selectByMouse(page, 'Mum shouted at ZZZZZ')
      await page.getByRole('treeitem', { name: 'Emotional abuse' }).click()
      await expect(codings(page)).toHaveCount(1)
      // By keyboard: from the start of the text, four words, then the name of the code.
      await noteText(page).press('Control+Home')
      for (let word = 0; word < 6; word++) await page.keyboard.press('Control+Shift+ArrowRight')
      await page.keyboard.press('/')
      await page.keyboard.type('negl')
      await page.keyboard.press('Enter')
      await expect(codings(page)).toHaveCount(2)
      await page.keyboard.press('f')
      await openNote(page, '003')
      await selectByMouse(page, 'Left home alone')
      await page.getByRole('treeitem', { name: 'Neglect' }).click()
      await expect(codings(page)).toHaveCount(1)
      await noteText(page).press('f')
      await openNote(page, '002')
      await noteText(page).press('f')
      await expect(page.getByText('3 of 3 notes finished')).toBeVisible()
    })

    await test.step('take a coding back and bring it again', async () => {
      await openNote(page, '003')
      await expect(codings(page)).toHaveCount(1)
      await selectByMouse(page, 'providing food')
      await page.getByRole('treeitem', { name: 'Neglect' }).click()
      await page.getByRole('button', { name: 'Apply, keep finished' }).click()
      await expect(codings(page)).toHaveCount(2)
      await page.keyboard.press('Control+z')
      await expect(codings(page)).toHaveCount(1)
      await page.keyboard.press('Control+Shift+z')
      await expect(codings(page)).toHaveCount(2)
      await page.keyboard.press('Control+z')
      await expect(codings(page)).toHaveCount(1)
    })

    await test.step('code again as Ben, who does not see Amara’s work', async () => {
      await page.getByRole('button', { name: 'Coder: Amara' }).click()
      await page.getByRole('button', { name: 'Add coder…' }).click()
      await page.getByLabel('Name of the new coder').fill('Ben')
      await page.keyboard.press('Enter')
      await expect(page.getByRole('button', { name: 'Coder: Ben' })).toBeVisible()
      await openNote(page, '001')
      await expect(codings(page)).toHaveCount(0)
      await selectByMouse(page, 'Mum shouted')
      await page.getByRole('treeitem', { name: 'Emotional abuse' }).click()
      await expect(codings(page)).toHaveCount(1)
      await noteText(page).press('f')
      for (const id of ['002', '003']) {
        await openNote(page, id)
        await noteText(page).press('f')
      }
      await expect(page.getByText('3 of 3 notes finished')).toBeVisible()
    })

    await test.step('see agreement, down to the segments', async () => {
      await page.keyboard.press('Control+6')
      await page.getByRole('button', { name: 'Compute agreement' }).first().click()
      // Emotional abuse: both in 001, neither elsewhere. Neglect: Amara alone in 001 and 003.
      const row = page.getByRole('row').filter({ hasText: 'Emotional abuse' })
      await expect(row).toContainText('1.00')
      const neglect = page.getByRole('row').filter({ hasText: 'Neglect' })
      await neglect.getByRole('button', { name: /Amara.*: 2\. Show the segments/ }).click()
      await expect(page.getByRole('complementary', { name: 'Segments' })).toContainText('Left home alone')
    })

    await test.step('see themes, down to the segments', async () => {
      await page.keyboard.press('Control+7')
      const neglect = page.getByRole('row').filter({ hasText: 'Neglect' })
      await neglect
        .getByRole('button', { name: /notes: 2/i })
        .first()
        .click()
      await expect(page.getByRole('complementary', { name: 'Segments' })).toContainText('Left home alone')
    })

    await test.step('export the codebook', async () => {
      const file = path.join(folder, 'codebook.qdc')
      await page.keyboard.press('Control+3')
      await running.answerSave(file)
      await page.getByRole('button', { name: 'Export' }).click()
      const choices = page.getByRole('form', { name: 'Export the codebook' })
      await choices.getByRole('radio', { name: 'REFI-QDA' }).check()
      await choices.getByRole('button', { name: 'Export' }).click()
      await expect(page.getByText('2 codes written to codebook.qdc').first()).toBeVisible()
      const xml = await readFile(file, 'utf8')
      expect(xml).toContain('urn:QDA-XML:codebook:1.0')
      expect(xml).toContain('name="Neglect"')
      expect(xml).toContain('Persistent failure to meet basic needs.')
    })

    await running.app.close()

    await test.step('the file on disk is encrypted', async () => {
      const bytes = await readFile(project)
      expect(bytes.subarray(0, 16).toString('latin1')).not.toBe('SQLite format 3\0')
      expect(bytes.includes('shouted')).toBe(false)
    })
  })

  test('a wrong passphrase says so; the right one brings everything back', async () => {
    running = await launchApp({ args: [project], size: { width: 1440, height: 900 } })
    const { page } = running
    await page.getByLabel('Passphrase').fill('not this one')
    await page.getByRole('button', { name: 'Open', exact: true }).click()
    await expect(page.getByText(/passphrase does not open the project/)).toBeVisible()
    await page.getByLabel('Passphrase').fill(PASSPHRASE)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('button', { name: 'Coder: Ben' })).toBeVisible()
    await page.keyboard.press('Control+2')
    await openNote(page, '001')
    await expect(codings(page)).toHaveCount(1)
    await page.getByRole('button', { name: 'Coder: Ben' }).click()
    await page.getByRole('menuitemradio', { name: 'Amara' }).click()
    await expect(codings(page)).toHaveCount(2)
    // Undo reaches across the restart.
    await page.keyboard.press('Control+8')
    await page.getByRole('button', { name: 'Verify the project' }).click()
    await expect(page.getByRole('status').filter({ hasText: /^Verified: all / })).toBeVisible()
  })
})

const noteText = (page: Page) => page.getByRole('textbox', { name: /^Text of/ })

/** The list of the active coder's codings in the open note. */
const codings = (page: Page) =>
  page.getByRole('listbox', { name: 'Codings', exact: true }).getByRole('option')

async function openNote(page: Page, id: string): Promise<void> {
  await page.getByLabel('Filter notes').fill(id)
  const found = page.getByRole('region', { name: 'Note list' }).getByRole('option')
  await expect(found).toHaveCount(1)
  await found.click()
  await expect(page.locator('.note-meta')).toContainText(id)
  await expect(noteText(page)).toBeVisible()
  await page.getByLabel('Filter notes').fill('')
}

/** Drags the mouse over words of the open note, as a person selects them. */
async function selectByMouse(page: Page, words: string): Promise<void> {
  const box = await noteText(page).evaluate((root, words) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.textContent?.indexOf(words) ?? -1
      if (at < 0) continue
      const range = document.createRange()
      range.setStart(node, at)
      range.setEnd(node, at + words.length)
      const rects = [...range.getClientRects()]
      const first = rects[0] as DOMRect
      const last = rects.at(-1) as DOMRect
      return {
        x1: first.left,
        y1: first.top + first.height / 2,
        x2: last.right,
        y2: last.top + last.height / 2,
      }
    }
    throw new Error(`"${words}" is not on screen`)
  }, words)
  await page.mouse.move(box.x1 + 1, box.y1)
  await page.mouse.down()
  await page.mouse.move((box.x1 + box.x2) / 2, box.y1, { steps: 4 })
  await page.mouse.move(box.x2 - 1, box.y2, { steps: 4 })
  await page.mouse.up()
}
