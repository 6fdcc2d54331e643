/** Backups that the program makes by itself, looked at and put in place on the screen. */
import { readdirSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, type Page } from '@playwright/test'
import { codingsOfNote } from '../../electron/store/codings/codings.ts'
import { openReadOnly } from '../../electron/store/file/database.ts'
import { makeBackup } from '../../electron/store/file/make-backup.ts'
import { PROJECT_ACTOR } from '../../electron/store/journal/change.ts'
import { Project } from '../../electron/store/project.ts'
import type { CoderId } from '../../shared/contract/basics.ts'
import { addCode, addNotes, applyCode } from '../store/project-content.ts'
import { temporaryFolder, test } from './app.ts'
import { expectNoBarriers } from './barriers.ts'
import { applyByName, codings, SIZE, saved, selectWords, text } from './coding-steps.ts'

const PASSPHRASE = 'four plain words here'

async function makeStudy(): Promise<{ file: string; amara: CoderId }> {
  const file = path.join(await temporaryFolder('backups'), 'study.understory')
  const project = Project.create(file, PASSPHRASE, { title: 'Study' })
  const amara = project.addCoder('Amara').id
  project.activate(amara)
  addNotes(project, PROJECT_ACTOR, { N1: 'Mum shouted. Police came twice. Nobody was hurt.' })
  const neglect = addCode(project, PROJECT_ACTOR, 'Neglect')
  addCode(project, PROJECT_ACTOR, 'Poverty')
  applyCode(project, amara, 'N1', neglect, [0, 3])
  project.close()
  return { file, amara }
}

async function unlock(page: Page): Promise<void> {
  await page.getByLabel('Passphrase').fill(PASSPHRASE)
  await page.keyboard.press('Enter')
}

const sheet = (page: Page) => page.getByRole('dialog', { name: 'Backups' })

async function command(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.keyboard.type(name)
  await page.getByRole('option', { name }).first().waitFor()
  await page.keyboard.press('Enter')
}

async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.UNDERSTORY_PICTURES
  if (folder) await page.screenshot({ path: path.join(folder, `${name}.png`) })
}

test('a backup made on opening is put in place by keyboard, and the file before is kept with all that was done since', async ({
  launch,
}) => {
  const { file, amara } = await makeStudy()
  const { page, close } = await launch({ args: [file], size: SIZE })
  await unlock(page)
  await expect(text(page)).toBeVisible()
  await command(page, 'Show backups')
  await expect(sheet(page).getByText(/^Last: .*, in “study backups” beside the project$/)).toBeVisible({
    timeout: 30_000,
  })
  await page.keyboard.press('Escape')
  await selectWords(page, 2)
  await applyByName(page, 'Poverty')
  await saved(page)
  await expect(codings(page)).toHaveCount(2)

  await command(page, 'Show backups')
  const rows = sheet(page).getByRole('listitem')
  await expect(rows).toHaveCount(1)
  await expect(rows).toContainText('on opening')
  await expect(rows).toContainText(/1 change later than this backup\./)
  await expect(rows).toContainText('1 note, ')
  await expect(rows).toContainText('Amara 1 coding')
  await expectNoBarriers(page, 'backups')
  await picture(page, 'backups')
  const restore = rows.getByRole('button', { name: /^Restore the backup of / })
  await restore.focus()
  await page.keyboard.press('Enter')
  await expect(rows.getByRole('button', { name: 'Put it in place' })).toBeFocused()
  await expectNoBarriers(page, 'backup asked for')
  await picture(page, 'backup-asked')
  await page.keyboard.press('Enter')
  const told = page.getByRole('alert').filter({ hasText: 'is in place.' })
  await expect(told).toContainText('is kept beside it as “study (kept ')
  await expect(sheet(page)).toHaveCount(0)
  await expect(codings(page)).toHaveCount(1)
  await picture(page, 'restored')
  await close()

  const [kept] = readdirSync(path.dirname(file)).filter((name) => name.includes('(kept '))
  const count = (one: string) => {
    const project = Project.open(one, PASSPHRASE)
    try {
      return codingsOfNote(project.db, 'N1', [amara]).length
    } finally {
      project.close()
    }
  }
  expect([count(file), count(path.join(path.dirname(file), kept as string))]).toEqual([1, 2])
})

test('a project that is damaged leads to its backups, and so does the list of projects', async ({
  launch,
}) => {
  const { file } = await makeStudy()
  const db = openReadOnly(file, PASSPHRASE)
  makeBackup(db, { path: file, reason: 'hourly', now: Date.now() - 3_600_000 }, PASSPHRASE)
  db.close()
  const userData = await temporaryFolder('user')
  const first = await launch({ userData, args: [file], size: SIZE })
  await unlock(first.page)
  await expect(text(first.page)).toBeVisible()
  await first.close()
  const bytes = await readFile(file)
  bytes.fill(7, 100, 200)
  bytes.fill(7, 5_000, 5_100)
  writeFileSync(file, bytes)

  const { page } = await launch({ userData, size: SIZE })
  await expect(page.getByRole('button', { name: 'Its backups' })).toHaveAccessibleDescription('study')
  await picture(page, 'start')
  await page.getByRole('button', { name: 'Its backups' }).click()
  await unlock(page)
  const rows = page.getByRole('region', { name: 'Backups' }).getByRole('listitem')
  await expect(rows).toContainText('1 note, ')
  await expect(rows).not.toContainText('Amara')
  await expect(rows).toContainText('The project itself cannot be read')
  await expectNoBarriers(page, 'backups on the start screen')
  await picture(page, 'start-backups')
  await page.getByRole('button', { name: 'Back', exact: true }).click()

  await page.getByRole('button', { name: /^study/ }).click()
  await unlock(page)
  await expect(page.getByRole('alert')).toContainText('damaged')
  await page.getByRole('button', { name: 'Its backups' }).click()
  await rows.getByRole('button', { name: /^Restore/ }).click()
  await page.getByRole('button', { name: 'Put it in place' }).click()
  await expect(text(page)).toBeVisible()
  await expect(codings(page)).toHaveCount(1)
  await expect(page.getByRole('alert')).toContainText('is in place.')
})
