/** Projects that whoever asks may not read or write. Root may do both, so that somebody who may not is asked instead. */
import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { sha256 } from '../../electron/store/file/hash.ts'
import { PROJECT_ACTOR } from '../../electron/store/journal/change.ts'
import { Project } from '../../electron/store/project.ts'
import { addCode } from '../store/project-content.ts'
import { launched, PASSPHRASE, workFolder } from './command.ts'
import { AS_NOBODY, giveToNobody } from './other-user.ts'

const folder = workFolder()
const bundle = pathToFileURL(fileURLToPath(new URL('../../out/cli/cli.js', import.meta.url))).href
const runCli = `import(process.argv[1]).then(async ({ runCli }) => { process.exitCode = await runCli(process.argv.slice(2)) })`

function ask(args: readonly string[]) {
  const [program = '', ...before] = [...AS_NOBODY, process.execPath]
  const { status, stderr } = spawnSync(program, [...before, '-e', runCli, bundle, ...args], {
    encoding: 'utf8',
    env: { ...process.env, UNDERSTORY_PASSPHRASE: PASSPHRASE, HOME: folder },
  })
  return { status, stderr }
}

/** A clone may lie where only its owner goes. */
const canAsk =
  process.platform !== 'win32' && launched(['--version']).status === 0 && ask(['--version']).status === 0

/** A project and the log that a killed run has left beside it, both somebody's own. */
function leftover(name: string): string {
  const own = join(folder, name)
  mkdirSync(own)
  const path = join(own, 'study.understory')
  const project = Project.create(join(folder, `${name}.understory`), PASSPHRASE, { title: 'A study' })
  for (const code of ['Neglect', 'Violence']) addCode(project, PROJECT_ACTOR, code)
  for (const ending of ['', '-wal']) copyFileSync(project.path + ending, path + ending)
  project.close()
  giveToNobody([folder, own, path, `${path}-wal`])
  return path
}

const filesOf = (path: string) =>
  readdirSync(dirname(path)).map((name) => [name, sha256(readFileSync(join(dirname(path), name), 'latin1'))])

describe.skipIf(!canAsk)('a project with a log beside it', () => {
  it.each([
    [0o000, /^error file-unreadable: study\.understory cannot be read: .*Nothing was changed; ask/],
    [0o444, /^error read-only: study\.understory can only be read: .*open a copy that you may write to/],
  ])('of rights %i is refused for what is wrong with it, and stays as it is', (rights, sentence) => {
    const path = leftover(`rights-${rights}`)
    const before = filesOf(path)
    chmodSync(path, rights)
    const { status, stderr } = ask(['verify', path])
    expect([status, stderr.trim()]).toEqual([1, expect.stringMatching(sentence)])
    expect(filesOf(path)).toEqual(before)
  })
})
