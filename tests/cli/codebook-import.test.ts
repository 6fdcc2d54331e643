import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { CodebookImportPreview } from '../../shared/contract/codebook.ts'
import { json, understory, workFolder } from './command.ts'

const folder = workFolder()

it('says what a codebook would bring, code by code, and changes nothing until it is imported', async () => {
  const project = join(folder, 'study.understory')
  const file = join(folder, 'team.csv')
  writeFileSync(
    file,
    'name,parent,definition\nDecision,,\nReferral accepted,Decision,Taken on.\nGaming,,Plays.\n',
  )
  await understory(['create', project, '--template', 'referral'])
  const look = async () =>
    await json<CodebookImportPreview & { dryRun: true }>(['codebook', 'import', project, file, '--dry-run'])
  const first = await look()
  expect(first.dryRun).toBe(true)
  expect(first.items.map(({ name, kind }) => [name, kind])).toEqual([
    ['Decision', 'same'],
    ['Referral accepted', 'changed'],
    ['Gaming', 'new'],
  ])
  expect(first.items[1]?.changes).toMatchObject([{ field: 'definition', inFile: 'Taken on.' }])
  expect(await look()).toEqual(first)
  expect(await json(['codebook', 'import', project, file])).toMatchObject({ added: 1, updated: 1, same: 1 })
  expect((await look()).items.map(({ kind }) => kind)).toEqual(['same', 'same', 'same'])
})
