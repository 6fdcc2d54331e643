import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { json, LAUNCHER, PASSPHRASE, understory, workFolder } from './command.ts'

const folder = workFolder()
const at = (name: string) => join(folder, name)
const project = at('study.understory')

beforeAll(async () => {
  writeFileSync(at('notes.csv'), 'note_id,text\nN1,Mum shouted. Police came twice.\n')
  writeFileSync(at('bad.csv'), 'note,code,start,end\nN1,Neglect,0,9999\n')
  await json(['create', project, '--template', 'safeguarding'])
  await json(['import', project, at('notes.csv')])
  mkdirSync(at('a-folder.understory'))
  writeFileSync(at('locked.csv'), 'note,code,start,end\n')
  chmodSync(at('locked.csv'), 0)
})

/** What each of these is refused with: a code, and a sentence that is not the system's. */
const REFUSED: ReadonlyArray<readonly [words: string, args: readonly string[], sentence: RegExp]> = [
  ['a lone star', ['search', project, '*'], /^error bad-arguments: This search has/],
  [
    'a folder as project',
    ['verify', at('a-folder.understory')],
    /a-folder\.understory is a folder, not a project/,
  ],
  ['a folder as table', ['code', project, '--coder', 'Ada', '--from', folder], /is a folder, not a file/],
  [
    'a missing table',
    ['code', project, '--coder', 'Ada', '--from', at('none.csv')],
    /There is no file none\.csv/,
  ],
  [
    'a missing passphrase file',
    ['verify', project, '--passphrase-file', at('none')],
    /There is no file none\b/,
  ],
  ['a blank at the end', ['backup', project, '-o', `${at('copy.understory')} `], /ends in a blank/],
  [
    'a refused table',
    ['code', project, '--coder', 'Ada', '--from', at('bad.csv')],
    /Nothing was changed|no code/,
  ],
]

describe.each(REFUSED)('%s', (_words, args, sentence) => {
  it('ends in one line that a person understands, and changes nothing', async () => {
    const before = await json<{ entries: number }>(['verify', project])
    const { status, stderr } = await understory(args)
    expect(stderr).toMatch(sentence)
    expect(stderr).not.toMatch(/E[A-Z]{4,}|fts5|SQLITE|\n.+\n/)
    expect(status).not.toBe(0)
    expect(await json(['verify', project])).toEqual(before)
  })
})

it('a reader of the output who goes away ends the command without a word', async () => {
  const env = { ...process.env, UNDERSTORY_PASSPHRASE: PASSPHRASE }
  const child = spawn(process.execPath, [LAUNCHER, 'codebook', 'export', '--help'], { env })
  child.stdout.destroy()
  let said = ''
  child.stderr.on('data', (part: Buffer) => {
    said += part.toString()
  })
  await once(child, 'exit')
  expect(said).toBe('')
})
