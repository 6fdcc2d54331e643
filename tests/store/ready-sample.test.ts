/** The sample that comes with the program, laid down by a first start: the same as one made there, and everybody's own. */
import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { Project } from '../../electron/store/project.ts'
import { createSample, makeReadySample, openSample, SAMPLE_PASSPHRASE } from '../../electron/store/sample.ts'
import { verify } from '../../electron/store/verify/verify.ts'
import { temporaryFolder } from './temporary-project.ts'

const RESOURCES = fileURLToPath(new URL('../../resources', import.meta.url))

/** Outlives each test, as no temporary folder of theirs does. */
const program = mkdtempSync(join(tmpdir(), 'understory-test-'))
const readyMade = join(program, 'sample.understory')
const open: Project[] = []
beforeAll(() => {
  const key = makeReadySample(readyMade, RESOURCES, join(program, 'settings'))
  writeFileSync(`${readyMade}.key`, JSON.stringify(key))
})
afterAll(() => rmSync(program, { recursive: true, force: true }))
afterEach(() => {
  for (const project of open.splice(0)) project.close()
})

function layIn(folder: string, settingsFolder = join(folder, 'settings')): Project {
  const path = join(folder, 'Sample project.understory')
  const project = openSample(path, RESOURCES, { settingsFolder }, readyMade)
  open.push(project)
  return project
}

function change(project: Project, value: string): string {
  return project.change(project.activeCoder().id, 'project.set', { name: 'title', value }).entry.replica
}

it('holds what one holds that is made on the spot, and nothing of it can be undone', () => {
  const laid = layIn(temporaryFolder())
  const made = createSample(join(temporaryFolder(), 'made.understory'), RESOURCES)
  open.push(made)
  const known = ({
    id: _id,
    fileName: _file,
    activeCoderId: _active,
    coders,
    ...info
  }: ReturnType<Project['info']>) => ({
    ...info,
    coders: coders.map(({ name }) => name),
  })
  expect(known(laid.info())).toEqual(known(made.info()))
  expect(laid.journal.state(laid.activeCoder().id)).toEqual({ undo: null, redo: null })
  expect(verify(laid.db)).toMatchObject({ ok: true, problems: [] })
})

it('opens without the key that comes with it too', () => {
  const alone = join(temporaryFolder(), 'sample.understory')
  copyFileSync(readyMade, alone)
  const path = join(temporaryFolder(), 'Sample project.understory')
  const project = openSample(path, RESOURCES, undefined, alone)
  open.push(project)
  expect(verify(project.db)).toMatchObject({ ok: true, problems: [] })
})

it('is for its owner alone, and leaves the one that came with the program as it is', () => {
  const before = readFileSync(readyMade)
  const laid = layIn(temporaryFolder())
  change(laid, 'Mine')
  laid.close()
  if (process.platform !== 'win32') expect(statSync(laid.path).mode & 0o777).toBe(0o600)
  expect(readFileSync(readyMade).equals(before)).toBe(true)
})

it('is a replica of its own wherever it is laid down', () => {
  const replicas = [layIn(temporaryFolder()), layIn(temporaryFolder())].map((laid) => change(laid, 'Another'))
  expect(new Set(replicas).size).toBe(2)
  for (const laid of open) expect(verify(laid.db)).toMatchObject({ ok: true, problems: [] })
})

it('laid down again where somebody took it away, misses nothing of the one before', () => {
  const folder = temporaryFolder()
  const first = layIn(folder)
  change(first, 'Worked on')
  first.close()
  rmSync(first.path)
  const again = layIn(folder)
  expect(again.notices).toEqual([])
  expect(again.info().title).not.toBe('Worked on')
})

it('opens by its passphrase wherever it is, and by no other', () => {
  const laid = layIn(temporaryFolder())
  laid.close()
  expect(() => Project.open(laid.path, 'another passphrase')).toThrow(
    expect.objectContaining({ code: 'wrong-passphrase' }),
  )
  open.push(Project.open(laid.path, SAMPLE_PASSPHRASE))
})

it('is made on the spot where none comes with the program', () => {
  const path = join(temporaryFolder(), 'Sample project.understory')
  const project = openSample(path, RESOURCES, undefined, join(program, 'missing.understory'))
  open.push(project)
  expect(project.info()).toMatchObject({ isSample: true, notes: layIn(temporaryFolder()).info().notes })
})
