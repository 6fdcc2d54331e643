import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { keepApart, usedFileAt } from '../../electron/store/file/kept-apart.ts'
import { writeFileAtomically, writeProblem } from '../../electron/store/file/written-file.ts'
import { testFolder } from './exchange/folder.ts'

describe('writing a file', () => {
  const folder = testFolder()

  it('puts the whole new content under the name, given at once or in pieces', async () => {
    const path = `${folder.path}/out.csv`
    await writeFileAtomically(path, '.csv', 'first')
    expect(readFileSync(path, 'utf8')).toBe('first')
    await writeFileAtomically(path, '.csv', ['sec', Buffer.from('ond')])
    expect(readFileSync(path, 'utf8')).toBe('second')
    expect(readdirSync(folder.path)).toEqual(['out.csv'])
  })

  it('leaves the old file and nothing else when it fails half-way', async () => {
    const path = folder.file('out.csv', 'old')
    function* failing() {
      yield 'half'
      throw new Error('stopped')
    }
    await expect(writeFileAtomically(path, '.csv', failing())).rejects.toThrow('stopped')
    expect(readFileSync(path, 'utf8')).toBe('old')
    expect(readdirSync(folder.path)).toEqual(['out.csv'])
  })

  it('writes through a link to the file it leads to', async () => {
    const target = folder.file('real/out.csv', 'old')
    symlinkSync(target, `${folder.path}/link.csv`)
    await writeFileAtomically(`${folder.path}/link.csv`, '.csv', 'new')
    expect(readFileSync(target, 'utf8')).toBe('new')
  })

  it('says what stands in the way', async () => {
    await expect(writeFileAtomically(`${folder.path}/none/out.csv`, '.csv', 'x')).rejects.toMatchObject({
      code: 'export-failed',
      message: expect.stringMatching(/out\.csv was not written: its folder does not exist/),
    })
    mkdirSync(`${folder.path}/folder.csv`)
    await expect(writeFileAtomically(`${folder.path}/folder.csv`, '.csv', 'x')).rejects.toThrow(
      /there is a folder of that name/,
    )
    expect(readdirSync(folder.path)).toEqual(['folder.csv'])
    const problem = writeProblem('/x/out.csv', Object.assign(new Error('no space'), { code: 'ENOSPC' }))
    expect(problem).toMatchObject({
      code: 'disk-full',
      message: expect.stringContaining('out.csv was not written'),
    })
  })

  it('never replaces what a command reads, nor what SQLite keeps beside an open project', async () => {
    const passphrase = folder.file('key.csv', 'staple')
    keepApart({ name: passphrase, open: true })
    await expect(writeFileAtomically(passphrase, '.csv', 'x')).rejects.toThrow(/key\.csv, which is in use/)
    const project = { name: folder.file('study', 'pages'), open: true }
    keepApart(project)
    // A log that is not there yet is the project's all the same, through whichever folder it is named.
    mkdirSync(`${folder.path}/real`, { recursive: true })
    symlinkSync(folder.path, `${folder.path}/real/again`)
    for (const companion of ['-wal', '-shm', '-journal'])
      expect(usedFileAt(`${folder.path}/real/again/study${companion}`)).toBe('study')
    linkSync(project.name, `${folder.path}/other.csv`)
    await expect(writeFileAtomically(`${folder.path}/other.csv`, '.csv', 'x')).rejects.toThrow(/in use/)
    project.open = false
    await writeFileAtomically(`${folder.path}/other.csv`, '.csv', 'x')
    expect(readFileSync(project.name, 'utf8')).toBe('pages')
  })

  it('names an ending that is not its own, a blank at the end, and a link that leads nowhere', async () => {
    const write = (name: string) => writeFileAtomically(`${folder.path}/${name}`, ['.csv', '.json'], 'x')
    await expect(write('out.txt')).rejects.toThrow('out.txt: this is written as .csv or .json.')
    await expect(write('out.csv ')).rejects.toThrow('The name "out.csv " ends in a blank.')
    symlinkSync(`${folder.path}/none.csv`, `${folder.path}/nowhere.csv`)
    await expect(write('nowhere.csv')).rejects.toThrow(/a link that leads nowhere/)
  })

  it('takes a zip file or a text of any size for what they are', async () => {
    const zip = folder.file('book.xlsx', Buffer.concat([Buffer.from('PK'), randomBytes(8_190)]))
    await writeFileAtomically(zip, '.xlsx', 'new')
    const text = folder.file('long.csv', 'a,b\n'.repeat(1_024))
    await writeFileAtomically(text, '.csv', 'new')
    const pages = folder.file('pages.csv', randomBytes(8_192))
    await expect(writeFileAtomically(pages, '.csv', 'new')).rejects.toThrow(/holds an encrypted project/)
  })

  it('takes no notice of the rights that new files would get', async () => {
    const before = process.umask(0)
    try {
      await writeFileAtomically(`${folder.path}/out.csv`, '.csv', 'x')
    } finally {
      process.umask(before)
    }
    expect(statSync(`${folder.path}/out.csv`).mode & 0o777).toBe(0o600)
  })
})
