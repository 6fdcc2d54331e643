import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { openReadOnly } from '../../electron/store/file/database.ts'
import { makeBackup } from '../../electron/store/file/make-backup.ts'
import { json, LAUNCHER, launched, PASSPHRASE, understory, workFolder } from './command.ts'

const folder = workFolder()

/** A project with two notes and a coding, backed up, and one coding and one note more. */
async function makeStudy(name: string): Promise<{ path: string; backup: string }> {
  const own = join(folder, name)
  mkdirSync(own)
  const path = join(own, 'study.understory')
  const write = (file: string, text: string) => {
    writeFileSync(join(own, file), text)
    return join(own, file)
  }
  await json(['create', path])
  await json([
    'import',
    path,
    write('notes.csv', 'note_id,text\nN1,Mum shouted. Police came.\nN2,A quiet week.\n'),
  ])
  await json(['codebook', 'import', path, write('book.csv', 'name\nNeglect\n'), '--no-backup'])
  const one = write('one.csv', 'note,code,start,end\nN1,Neglect,0,3\n')
  await json(['code', path, '--coder', 'Amara', '--from', one, '--no-backup'])
  const db = openReadOnly(path, PASSPHRASE)
  makeBackup(db, { path, reason: 'hourly', now: new Date(2026, 10, 30, 9, 0, 0).getTime() }, PASSPHRASE)
  db.close()
  const two = write('two.csv', 'note,code,start,end\nN1,Neglect,4,11\n')
  await json(['code', path, '--coder', 'Ben', '--from', two, '--no-backup'])
  await json(['import', path, write('more.csv', 'note_id,text\nN3,School rang.\n'), '--no-backup'])
  const [backup] = readdirSync(join(own, 'study backups'))
  return { path, backup: backup as string }
}

type Listed = {
  folder: string
  backups: { name: string; notes: number; codings: object; problem: string | null; comparison: object }[]
}

describe('restore', () => {
  it('lists the backups with what is in them, and puts one in place; the file before is kept', async () => {
    const { path, backup } = await makeStudy('first')
    const before = readFileSync(path)
    const listed = await json<Listed>(['restore', path, '--list'])
    expect(listed).toMatchObject({ project: path, folder: join(folder, 'first', 'study backups') })
    expect(listed.backups).toEqual([
      expect.objectContaining({
        name: backup,
        at: new Date(2026, 10, 30, 9, 0, 0).toISOString(),
        reason: 'hourly',
        notes: 2,
        codings: { Amara: 1 },
        head: expect.stringMatching(/^[0-9a-f]{64}$/),
        problem: null,
        comparison: expect.objectContaining({ more: 0, notesLater: 1, notesMore: 0, partsAt: null }),
      }),
    ])
    expect((await understory(['restore', path])).stdout).toMatch(
      /changes? later than this backup; 1 note not in it/,
    )
    expect(readFileSync(path).equals(before)).toBe(true)

    const restored = await json<{ restored: string; kept: string }>(['restore', path, '--from', backup])
    expect(restored).toEqual({
      project: path,
      restored: backup,
      kept: expect.stringMatching(/^study \(kept .*\)\.understory$/),
    })
    const kept = join(folder, 'first', restored.kept)
    expect(readFileSync(kept).equals(before)).toBe(true)
    const codings = async (file: string) => (await json<unknown[]>(['codings', file])).length
    expect([await codings(path), await codings(kept)]).toEqual([1, 2])
    expect(await json(['verify', path])).toMatchObject({ ok: true, notes: 2, codings: 1 })
  })

  it('refuses while the project is open elsewhere, and what is no backup of it, in one line', async () => {
    const { path, backup } = await makeStudy('second')
    const other = (await makeStudy('third')).path
    const before = readFileSync(path)
    const holder = spawn(process.execPath, ['--input-type=module', '-e', HOLD, path, PASSPHRASE], {
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    await once(holder.stdout, 'data')
    const busy = launched(['restore', path, '--from', backup])
    holder.stdin.end()
    await once(holder, 'exit')
    expect([busy.status, busy.stderr]).toEqual([
      1,
      expect.stringMatching(/^error project-busy: study\.understory is open.* Nothing was changed/),
    ])
    for (const from of [other, path, join(folder, 'nowhere.understory')]) {
      const { status, stderr } = await understory(['restore', path, '--from', from])
      expect([status, stderr], from).toEqual([1, expect.stringMatching(/^error [a-z-]+: [^\n]+\n$/)])
    }
    expect(readFileSync(path).equals(before)).toBe(true)
    expect(readdirSync(join(folder, 'second')).filter((name) => /kept|restored/.test(name))).toEqual([])
    expect(existsSync(join(folder, 'second', 'study backups', basename(backup)))).toBe(true)
  })
})

/** Another program that has the project open. */
const HOLD = `
  import Database from 'better-sqlite3'
  const db = new Database(process.argv[1])
  db.pragma("cipher='sqlcipher'")
  db.key(Buffer.from(process.argv[2]))
  db.prepare('SELECT count(*) FROM journal').get()
  process.stdout.write('open')
  process.stdin.on('end', () => db.close()).resume()
`

const canMount =
  process.platform === 'linux' &&
  spawnSync('unshare', ['-rm', 'sh', '-c', `mount -t tmpfs -o size=1m none ${folder}`]).status === 0

describe.skipIf(!canMount)('restore on a disk that is full', () => {
  it('leaves everything as it was and says so', async () => {
    const { path, backup } = await makeStudy('fourth')
    const disk = join(folder, 'disk')
    mkdirSync(disk)
    const { stdout } = spawnSync(
      'unshare',
      [
        '-rm',
        'sh',
        '-c',
        `mount -t tmpfs -o size=8m none ${disk} && cp ${path} ${disk}/ &&
         cat /dev/zero > ${disk}/filler 2>/dev/null
         node ${LAUNCHER} restore ${disk}/study.understory --from "${join(folder, 'fourth', 'study backups', backup)}" 2>&1
         cmp ${path} ${disk}/study.understory && echo same
         ls -A ${disk}`,
      ],
      { encoding: 'utf8', env: { ...process.env, UNDERSTORY_PASSPHRASE: PASSPHRASE } },
    )
    expect(stdout).toMatch(/^error (disk-full|write-failed): [^\n]+\nsame\nfiller\nstudy\.understory\n/)
    expect(stdout).not.toMatch(/kept|restored|part/)
  })
})
