/** Imports by script make a backup first, as those in the window do. */
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { backupFolder, backupsOf } from '../../electron/store/file/backup-names.ts'
import { openReadOnly } from '../../electron/store/file/database.ts'
import { writeLocal } from '../../electron/store/file/values.ts'
import { PROJECT_ACTOR } from '../../electron/store/journal/change.ts'
import { Project } from '../../electron/store/project.ts'
import { fingerprint, verify } from '../../electron/store/verify/verify.ts'
import { addCode, addNotes } from '../store/project-content.ts'
import { PASSPHRASE, workFolder } from './command.ts'
import { runAll } from './in-one-process.ts'

const folder = workFolder()
const at = (name: string) => join(folder, name)
const LAUNCHER = fileURLToPath(new URL('../../scripts/understory.mjs', import.meta.url))

function makeProject(name: string, fill: (project: Project) => void): string {
  Project.create(at(name), PASSPHRASE, { title: 'A study' }, fill).close()
  return at(name)
}
const fill = (project: Project) => {
  addNotes(project, PROJECT_ACTOR, { N1: 'Mum shouted. Police came twice.' })
  addCode(project, PROJECT_ACTOR, 'Neglect')
}
const STUDY = makeProject('study.understory', fill)
const SWITCHED_OFF = makeProject('off.understory', (project) => {
  fill(project)
  writeLocal(project.db, 'backups', 'off')
})
const EMPTY = makeProject('empty.understory', (project) => addCode(project, PROJECT_ACTOR, 'Neglect'))

const FILES = {
  'more.csv': 'note_id,text\nN2,A quiet week.\n',
  'book.csv': 'name\nViolence\n',
  'codings.csv': 'note,code,start,end\nN1,Neglect,0,3\n',
  'wrong.csv': 'note,code,start,end\nN1,Neglect,0,9999\n',
  'no-codes.csv': 'name\n',
}

let count = 0
/** A copy of a project in a folder of its own, with the files that are imported. */
function copyOf(project: string): string {
  const own = at(`place-${++count}`)
  mkdirSync(own)
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(own, name), text)
  copyFileSync(project, join(own, 'study.understory'))
  return join(own, 'study.understory')
}

const run = (path: string, ...commands: ReadonlyArray<readonly string[]>) =>
  runAll(commands.map((args) => ({ folder: dirname(path), args })))

function stateOf(file: string): string {
  const db = openReadOnly(file, PASSPHRASE)
  try {
    expect(verify(db)).toMatchObject({ ok: true })
    return fingerprint(db)
  } finally {
    db.close()
  }
}

const P = 'study.understory'
const IMPORTS: ReadonlyArray<readonly [words: string, args: readonly string[]]> = [
  ['notes', ['import', P, 'more.csv']],
  ['a codebook', ['codebook', 'import', P, 'book.csv']],
  ['codings', ['code', P, '--coder', 'Amara', '--from', 'codings.csv']],
]

describe.each(IMPORTS)('importing %s into a project with notes', (_words, args) => {
  it('makes one of all that was there, where the window makes its own, and says so', () => {
    const path = copyOf(STUDY)
    const [imported, list, again] = run(path, [...args, '--json'], ['restore', P, '--list', '--json'], args)
    const [backup, ...others] = backupsOf(path, null)
    expect([backup?.reason, others]).toEqual(['import', []])
    expect([imported?.status, imported?.stderr]).toEqual([
      0,
      `note: What was there before is kept in “study backups” as “${backup?.name}”.\n`,
    ])
    expect(() => JSON.parse(imported?.stdout ?? '')).not.toThrow()
    expect(JSON.parse(list?.stdout ?? '').backups).toEqual([
      expect.objectContaining({ name: backup?.name, reason: 'import', problem: null }),
    ])
    // What brings nothing new asks for no backup.
    expect([again?.status, again?.stderr]).toEqual([0, ''])
    expect(stateOf(backup?.path as string)).toBe(stateOf(STUDY))
    expect(stateOf(path)).not.toBe(stateOf(STUDY))
    expect(readdirSync(backupFolder(path))).toEqual([backup?.name])
  })

  it('makes none when told so, or where backups are switched off', () => {
    const [told, off] = [copyOf(STUDY), copyOf(SWITCHED_OFF)]
    const all = runAll([
      { folder: dirname(told), args: [...args, '--no-backup'] },
      { folder: dirname(off), args },
    ])
    expect(all.map(({ status, stderr }) => [status, stderr])).toEqual([
      [0, ''],
      [0, ''],
    ])
    expect([told, off].map((path) => existsSync(backupFolder(path)))).toEqual([false, false])
  })

  it('goes on with a line on stderr where there can be none', () => {
    const path = copyOf(STUDY)
    writeFileSync(backupFolder(path), 'no folder')
    const [imported] = run(path, args)
    expect(imported?.status).toBe(0)
    expect(imported?.stderr).toMatch(
      /^warning: No backup could be made: the folder “study backups” [^\n]* The import goes on without a backup\.\n$/,
    )
    expect(imported?.stderr).not.toContain('hour')
    expect(stateOf(path)).not.toBe(stateOf(STUDY))
  })
})

describe('no backup is made', () => {
  it('of a project without notes, nor before a trial', () => {
    const [empty, path] = [copyOf(EMPTY), copyOf(STUDY)]
    const done = [
      ...run(empty, ['codebook', 'import', P, 'book.csv'], ['import', P, 'more.csv']),
      ...run(
        path,
        ['import', P, 'more.csv', '--dry-run'],
        ['codebook', 'import', P, 'book.csv', '--dry-run'],
      ),
    ]
    expect(done.map(({ status }) => status)).toEqual([0, 0, 0, 0])
    expect([empty, path].map((one) => existsSync(backupFolder(one)))).toEqual([false, false])
  })

  it('for an import that is refused', () => {
    const path = copyOf(STUDY)
    const before = readdirSync(dirname(path))
    const refused = run(
      path,
      ['import', P, 'none.csv'],
      ['codebook', 'import', P, 'no-codes.csv'],
      ['code', P, '--coder', 'Amara', '--from', 'wrong.csv'],
    )
    expect(refused.map(({ status }) => status)).toEqual([1, 1, 1])
    expect(readdirSync(dirname(path))).toEqual(before)
  })
})

const canMount =
  process.platform === 'linux' &&
  spawnSync('unshare', ['-rm', 'sh', '-c', `mount -t tmpfs -o size=1m none ${folder}`]).status === 0

describe.skipIf(!canMount)('an import on a disk that has little room left', () => {
  it('leaves that room to the import, and says so', () => {
    const disk = at('disk')
    mkdirSync(disk)
    const path = copyOf(STUDY)
    const script = `mount -t tmpfs -o size=16m none ${disk} && cp ${dirname(path)}/* ${disk}/ && cd ${disk} &&
      node ${LAUNCHER} code ${P} --coder Amara --from codings.csv 2>&1
      echo "exit $?"; ls -R ${disk}`
    const { stdout } = spawnSync('unshare', ['-rm', 'sh', '-c', script], {
      encoding: 'utf8',
      env: { ...process.env, UNDERSTORY_PASSPHRASE: PASSPHRASE },
    })
    expect(stdout).toMatch(/^warning: The disk has too little room for a backup [^\n]* without a backup\.\n/)
    expect(stdout).toMatch(/1 codings added[^\n]*\nexit 0\n/)
    expect(stdout).not.toMatch(/backups:|before import|\.part/)
  })
})
