/** A note opens where it was left, and the program opens with the note that was read last. */
import path from 'node:path'
import { expect, type Page } from '@playwright/test'
import { openReadOnly } from '../../electron/store/file/database.ts'
import { lastNoteRead, readingPosition } from '../../electron/store/notes/reading.ts'
import { SAMPLE_PASSPHRASE } from '../../electron/store/sample.ts'
import { listCoders } from '../../electron/store/team/coders.ts'
import { coderId } from '../ids.ts'
import { temporaryFolder, test } from './app.ts'
import { text } from './coding-steps.ts'

const SMALL = { width: 1100, height: 720 }
const scrolled = (page: Page) => page.getByTestId('note-scroll').evaluate((element) => element.scrollTop)
const heading = (page: Page) => page.getByRole('heading', { level: 1 })

/** Asks the file for the note Amara read last, and how far down she was in it. */
function readerOf(userData: string) {
  const db = openReadOnly(path.join(userData, 'Sample project.understory'), SAMPLE_PASSPHRASE)
  const amara = listCoders(db).find(({ name }) => name === 'Amara')?.id ?? coderId('')
  const titleOf = db.prepare('SELECT title FROM note WHERE id = ?').pluck()
  return {
    titleRead: () => titleOf.get(lastNoteRead(db, amara)) ?? '',
    position: () => readingPosition(db, amara, lastNoteRead(db, amara) ?? ''),
    close: () => db.close(),
  }
}

test('the place in each note and the last note are remembered', async ({ launch }) => {
  const userData = await temporaryFolder('reading')
  const first = await launch({ userData, size: SMALL })
  const { page } = first
  const notes = page.getByRole('listbox', { name: 'Notes' }).getByRole('option')
  // Few enough to be in the list all at once, so that its order stays.
  await page.getByRole('textbox', { name: 'Filter notes' }).fill('YP01')
  await notes.nth(2).click()
  await expect(notes.nth(2)).toHaveAttribute('aria-selected', 'true')
  await expect(text(page)).toBeVisible()
  const title = (await heading(page).textContent()) ?? ''
  const reader = readerOf(userData)
  // It is kept as opened well after what scrolls by opening it.
  await expect.poll(reader.titleRead).toBe(title)
  await page.getByTestId('note-scroll').hover()
  await page.mouse.wheel(0, 260)
  await expect.poll(() => scrolled(page)).toBeGreaterThan(120)
  const left = await scrolled(page)
  await expect.poll(reader.position).toBeGreaterThan(0)

  await notes.nth(1).click()
  await expect(heading(page)).not.toHaveText(title)
  expect(await scrolled(page)).toBe(0)
  // Else what is asked for below would hold from before.
  await expect.poll(reader.titleRead).not.toBe(title)
  await notes.nth(2).click()
  await expect(heading(page)).toHaveText(title)
  expect(Math.abs((await scrolled(page)) - left)).toBeLessThan(40)
  await expect.poll(reader.titleRead).toBe(title)
  reader.close()
  await first.close()

  const again = await launch({ userData, size: SMALL })
  const sample = again.page.getByRole('button', { name: 'Sample project' })
  if (await sample.isVisible()) await sample.click()
  await expect(heading(again.page)).toHaveText(title)
  await expect.poll(async () => Math.abs((await scrolled(again.page)) - left)).toBeLessThan(40)
})
