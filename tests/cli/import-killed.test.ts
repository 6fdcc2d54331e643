/** An import whose process is killed half-way, with texts of it in the file already. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { toCsv } from '../../electron/store/exchange/tables/csv.ts'
import { Project } from '../../electron/store/project.ts'
import { fingerprint, verify } from '../../electron/store/verify/verify.ts'
import { chance, noteText } from '../bench/bench.ts'
import { addCode, addNotes, applyCode } from '../store/project-content.ts'
import { temporaryFolder } from '../store/temporary-project.ts'
import { LAUNCHER, PASSPHRASE } from './command.ts'

const NOTES = 6_000

const logSize = (path: string): number => statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0

it('leaves the project as it was, its texts and its index with it', async () => {
  const folder = temporaryFolder()
  const path = join(folder, 'study.understory')
  const project = Project.create(path, PASSPHRASE, { title: 'A study' })
  const amara = project.addCoder('Amara').id
  addNotes(project, amara, { N1: 'Mum shouted.' })
  applyCode(project, amara, 'N1', addCode(project, amara, 'Sleep'), [0, 3])
  const before = fingerprint(project.db)
  project.close()
  const random = chance(1)
  const rows = Array.from({ length: NOTES }, (_, at) => [`I${at}`, 'YP1', noteText(random, 2_500)])
  const table = join(folder, 'notes.csv')
  writeFileSync(table, toCsv(['note_id', 'case_id', 'text'], rows))

  const importing = spawn(process.execPath, [LAUNCHER, 'import', path, table, '--no-backup'], {
    env: { ...process.env, UNDERSTORY_PASSPHRASE: PASSPHRASE },
    stdio: 'ignore',
  })
  const gone = once(importing, 'exit')
  // The first texts are four million characters.
  while (importing.exitCode === null && logSize(path) < 4_000_000) await setImmediate()
  importing.kill('SIGKILL')
  expect((await gone)[1]).toBe('SIGKILL')

  const again = Project.open(path, PASSPHRASE)
  expect(fingerprint(again.db)).toEqual(before)
  expect(again.db.prepare('SELECT count(*) FROM note_text').pluck().get()).toBe(1)
  expect(again.db.prepare(`SELECT count(*) FROM note_fts WHERE note_fts MATCH 'the'`).pluck().get()).toBe(0)
  expect(again.db.prepare(`SELECT count(*) FROM note_fts WHERE note_fts MATCH 'mum'`).pluck().get()).toBe(1)
  expect(verify(again.db).problems).toEqual([])
  again.close()
})
