import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { json, PASSPHRASE, type Ran, understory, workFolder } from './command.ts'

const folder = workFolder()
const at = (name: string) => join(folder, name)
const project = at('study.understory')

const run = (...args: readonly string[]): Promise<Ran> => understory(args)

beforeAll(async () => {
  writeFileSync(at('notes.csv'), 'note_id,text\nN1,Mum shouted. Police came twice.\n')
  writeFileSync(at('book.csv'), 'name\nNeglect\n')
  writeFileSync(at('codings.csv'), 'note,code,start,end\nN1,Neglect,0,11\n')
  await json(['create', project])
  await json(['import', project, at('notes.csv')])
  await json(['codebook', 'import', project, at('book.csv')])
  for (const coder of ['Amara', 'Ben'])
    await json(['code', project, '--from', at('codings.csv'), '--coder', coder, '--finished', 'listed'])
  copyFileSync(project, at('kept.understory'))
})

/** A project that one command spoilt is not what the next one meets. */
beforeEach(() => {
  rmSync(project)
  copyFileSync(at('kept.understory'), project)
})

/** Every command that writes a file, with the ending of that file. */
const WRITERS: ReadonlyArray<readonly [words: string, ending: string, args: readonly string[]]> = [
  ['codings', '.csv', ['codings', project, '-o']],
  ['codings as JSON', '.json', ['codings', project, '-o']],
  ['the codebook', '.qdc', ['codebook', 'export', project, '-o']],
  ['the codebook as a page', '.html', ['codebook', 'export', project, '-o']],
  ['segments', '.xlsx', ['retrieve', project, '-o']],
  ['agreement', '.docx', ['agree', project, '--coders', 'Amara,Ben', '--bootstrap', '0', '-o']],
  ['log of disagreements', '.csv', ['disagreements', project, '--coders', 'Amara,Ben', '-o']],
  ['reliability data', '.csv', ['agree', project, '--coders', 'Amara,Ben', '--data', 'long', '-o']],
  [
    'where coders differ',
    '.csv',
    ['agree', project, '--coders', 'Amara,Ben', '--bootstrap', '0', '--diagnosis'],
  ],
  ['themes', '.csv', ['themes', project, '-o']],
  ['a backup', '.understory', ['backup', project, '-o']],
]

const digest = (file: string) => readFileSync(file).toString('base64')
const refused = ({ status, stderr }: Ran) => {
  expect(stderr).toMatch(/^error [a-z-]+: [^\n]+\n$/)
  expect(status).not.toBe(0)
  return stderr
}

describe.each(WRITERS)('writing %s', (words, ending, args) => {
  const named = (start: string) => at(`${start} ${words}${ending}`)

  it('never replaces the project, whatever it is called', async () => {
    const before = digest(project)
    refused(await run(...args, project))
    const names = ['hard', 'soft'].map(named)
    linkSync(project, names[0] as string)
    symlinkSync(project, names[1] as string)
    for (const name of names) expect(refused(await run(...args, name))).toMatch(/project|already/)
    expect(lstatSync(names[1] as string).isSymbolicLink()).toBe(true)
    expect(statSync(names[0] as string).ino).toBe(statSync(project).ino)
    expect(digest(project)).toBe(before)
  })

  it('never replaces a copy of the project that has its own ending', async () => {
    const copy = named('copy')
    copyFileSync(project, copy)
    const before = digest(copy)
    refused(await run(...args, copy))
    expect(digest(copy)).toBe(before)
  })

  it('is for its own user alone, and leaves nothing else in the folder', async () => {
    const place = named('place')
    mkdirSync(place)
    const file = join(place, `out${ending}`)
    writeFileSync(`${file}.part`, 'somebody else’s')
    const { status, stderr } = await run(...args, file)
    expect(stderr).not.toMatch(/^error/m)
    expect(status).toBe(0)
    expect(readdirSync(place).sort()).toEqual([`out${ending}`, `out${ending}.part`])
    expect(readFileSync(`${file}.part`, 'utf8')).toBe('somebody else’s')
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('refuses an ending that is not its own, and what is no file', async () => {
    expect(refused(await run(...args, at('out.exe')))).toMatch(/\.[a-z]+/)
    expect(existsSync(at('out.exe'))).toBe(false)
    const fifo = named('fifo')
    spawnSync('mkfifo', [fifo])
    refused(await run(...args, fifo))
    expect(lstatSync(fifo).isFIFO()).toBe(true)
    const device = named('null')
    symlinkSync('/dev/null', device)
    refused(await run(...args, device))
    expect(statSync(device).isCharacterDevice()).toBe(true)
  })
})

describe('the files of one command', () => {
  it('are never written over each other, nor over the one the passphrase was read from', async () => {
    const both = at('both.csv')
    refused(
      await run(
        'agree',
        project,
        '--coders',
        'Amara,Ben',
        '--bootstrap',
        '0',
        '--diagnosis',
        both,
        '-o',
        both,
      ),
    )
    expect(existsSync(both)).toBe(false)
    writeFileSync(at('key.csv'), PASSPHRASE)
    refused(await run('codings', project, '--passphrase-file', at('key.csv'), '-o', at('key.csv')))
    expect(readFileSync(at('key.csv'), 'utf8')).toBe(PASSPHRASE)
  })

  it('are all written or none: a second one that cannot be written is seen before the first is', async () => {
    const args = ['agree', project, '--coders', 'Amara,Ben', '--bootstrap', '0']
    refused(await run(...args, '--diagnosis', at('first.csv'), '-o', at('nowhere/second.csv')))
    expect(existsSync(at('first.csv'))).toBe(false)
  })
})

describe('making a project', () => {
  it('refuses an ending that is not a project’s, and a name whose log is still there', async () => {
    refused(await run('create', at('new.csv')))
    expect(existsSync(at('new.csv'))).toBe(false)
    writeFileSync(at('gone.understory-wal'), 'what is left of another project')
    refused(await run('create', at('gone.understory')))
    expect(existsSync(at('gone.understory'))).toBe(false)
    expect(readFileSync(at('gone.understory-wal'), 'utf8')).toBe('what is left of another project')
  })
})
