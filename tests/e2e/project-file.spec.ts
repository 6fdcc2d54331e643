/** What a person is told about the file of the project: it is gone, or what lay beside it was not its own. */
import { copyFile, readdir, rename } from 'node:fs/promises'
import path from 'node:path'
import { expect, type Page } from '@playwright/test'
import { codingsOfNote } from '../../electron/store/codings/codings.ts'
import { makeBackup } from '../../electron/store/file/make-backup.ts'
import { PROJECT_ACTOR } from '../../electron/store/journal/change.ts'
import { Project } from '../../electron/store/project.ts'
import type { CoderId } from '../../shared/contract/basics.ts'
import { addCode, addNotes } from '../store/project-content.ts'
import { temporaryFolder, test } from './app.ts'
import { expectNoBarriers } from './barriers.ts'
import { applyByName, codings, SIZE, saved, selectWords, text } from './coding-steps.ts'

const PASSPHRASE = 'four plain words here'

async function makeStudy(): Promise<{ file: string; amara: CoderId }> {
  const file = path.join(await temporaryFolder('file'), 'study.understory')
  const project = Project.create(file, PASSPHRASE, { title: 'Study' })
  const amara = project.addCoder('Amara').id
  project.activate(amara)
  addNotes(project, PROJECT_ACTOR, { N1: 'Mum shouted. Police came twice. Nobody was hurt.' })
  addCode(project, PROJECT_ACTOR, 'Neglect')
  addCode(project, PROJECT_ACTOR, 'Poverty')
  project.close()
  return { file, amara }
}

test('a file that is gone is said once, nothing more counts as saved, and a copy holds all that was', async ({
  launch,
}) => {
  const { file, amara } = await makeStudy()
  const { page, answerSave } = await launch({ args: [file], size: SIZE })
  await page.getByLabel('Passphrase').fill(PASSPHRASE)
  await page.keyboard.press('Enter')
  await expect(text(page)).toBeVisible()
  await selectWords(page, 1)
  await applyByName(page, 'Neglect')
  await saved(page)
  await expect(codings(page)).toHaveCount(1)

  await rename(file, `${file}.elsewhere`)
  const alert = page.getByRole('alert').filter({ hasText: 'study.understory is no longer where it was' })
  await selectWords(page, 2)
  await applyByName(page, 'Poverty')
  await expect(alert).toHaveCount(1)
  await expect(page.getByTestId('saved')).toHaveText(/^Not saved: /)
  await expect(codings(page)).toHaveCount(1)
  await selectWords(page, 3)
  await applyByName(page, 'Poverty')
  await expect(codings(page)).toHaveCount(1)
  await expect(alert).toHaveCount(1)
  await expect(page.getByRole('alert')).toHaveCount(1)
  await expectNoBarriers(page, 'file lost')

  const copy = path.join(path.dirname(file), 'copy.understory')
  await answerSave(copy)
  await alert.getByRole('button', { name: 'Save a copy' }).click()
  await expect(page.getByText('A backup was written to copy.understory')).toHaveCount(1)
  const kept = Project.open(copy, PASSPHRASE)
  expect(codingsOfNote(kept.db, 'N1', [amara])).toHaveLength(1)
  kept.close()

  await rename(`${file}.elsewhere`, file)
  await selectWords(page, 2)
  await applyByName(page, 'Poverty')
  await saved(page)
  await expect(alert).toHaveCount(0)
  await expect(codings(page)).toHaveCount(2)
})

test('a log that lay beside a file put in its place is named on opening, until it is put away', async ({
  launch,
}) => {
  const { file } = await makeStudy()
  const older = `${file}.older`
  await copyFile(file, older)
  const project = Project.open(file, PASSPHRASE)
  for (let at = 0; at < 5; at++) addCode(project, PROJECT_ACTOR, `Later ${at}`)
  const log = `${file}-wal`
  await copyFile(log, `${log}.kept`)
  project.close()
  await copyFile(older, file)
  await rename(`${log}.kept`, log)

  const { page } = await launch({ args: [file], size: SIZE })
  await page.getByLabel('Passphrase').fill(PASSPHRASE)
  await page.keyboard.press('Enter')
  const notice = page
    .getByRole('alert')
    .filter({ hasText: 'A log lay beside study.understory that is not its own' })
  await expect(notice).toHaveCount(1)
  await expect(text(page)).toBeVisible()
  await expectNoBarriers(page, 'notice on opening')
  await notice.getByRole('button', { name: 'Put away' }).click()
  await expect(notice).toHaveCount(0)
  const beside = await readdir(path.dirname(file))
  expect(beside.filter((name) => name.includes('(set aside '))).toHaveLength(1)
})

test('a file that holds less than it did here says what is missing, and leads to a backup', async ({
  launch,
}) => {
  const { file } = await makeStudy()
  const userData = await temporaryFolder('user')
  await copyFile(file, `${file}.older`)
  const later = Project.open(file, PASSPHRASE)
  addCode(later, PROJECT_ACTOR, 'Later')
  makeBackup(later.db, { path: file, reason: 'hourly', now: Date.now() }, PASSPHRASE)
  later.close()
  const unlock = async (page: Page) => {
    await page.getByLabel('Passphrase').fill(PASSPHRASE)
    await page.keyboard.press('Enter')
    await expect(text(page)).toBeVisible()
  }
  const first = await launch({ userData, args: [file], size: SIZE })
  await unlock(first.page)
  await selectWords(first.page, 1)
  await applyByName(first.page, 'Neglect')
  await saved(first.page)
  await expect(codings(first.page)).toHaveCount(1)
  await expect(first.page.getByRole('alert')).toHaveCount(0)
  await first.close()
  await copyFile(`${file}.older`, file)

  const { page } = await launch({ userData, args: [file], size: SIZE })
  await unlock(page)
  const notice = page.getByRole('alert').filter({ hasText: 'holds less than it did on this computer' })
  await expect(notice).toContainText(/at least \d changes are missing/)
  await expect(notice).toContainText(
    /The newest backup is of .* and holds [1-9] changes? that the project does not/,
  )
  await expect(notice.getByRole('button', { name: 'Open a backup' })).toBeVisible()
  await expect(notice.getByRole('button', { name: 'Show backups' })).toBeVisible()
  await expectNoBarriers(page, 'notice of a loss')
  if (process.env.UNDERSTORY_PICTURE) await page.screenshot({ path: process.env.UNDERSTORY_PICTURE })
})
