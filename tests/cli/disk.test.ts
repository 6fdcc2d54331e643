import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { json, LAUNCHER, PASSPHRASE, workFolder } from './command.ts'

const folder = workFolder()

/** A disk of its own, in memory, that only the command under test sees. */
const canMount =
  process.platform === 'linux' &&
  spawnSync('unshare', ['-rm', 'sh', '-c', `mount -t tmpfs -o size=1m none ${folder}`]).status === 0

/** Runs a shell script on a disk of 8 MB mounted at `$DISK`, where `say` runs the command line and prints its exit code. */
function onSmallDisk(script: string): string {
  const disk = join(folder, 'disk')
  const setUp = `
    mkdir -p ${disk} && mount -t tmpfs -o size=8m none ${disk} && cp ${folder}/study.understory ${disk}/ || exit 99
    say() { node ${LAUNCHER} "$@" 2>&1; echo "exit $?"; }`
  const { stdout, stderr, status } = spawnSync('unshare', ['-rm', 'sh', '-c', `${setUp}\n${script}`], {
    encoding: 'utf8',
    env: { ...process.env, UNDERSTORY_PASSPHRASE: PASSPHRASE, DISK: disk },
  })
  if (status === 99) throw new Error(`There is no small disk: ${stderr}`)
  return stdout
}

async function makeStudy(): Promise<void> {
  const project = join(folder, 'study.understory')
  writeFileSync(join(folder, 'notes.csv'), 'note_id,text\nN1,Mum shouted. Police came twice.\n')
  writeFileSync(join(folder, 'codings.csv'), 'note,code,start,end\nN1,Neglect,0,11\n')
  writeFileSync(join(folder, 'book.csv'), 'name\nNeglect\n')
  await json(['create', project])
  await json(['import', project, join(folder, 'notes.csv')])
  await json(['codebook', 'import', project, join(folder, 'book.csv')])
}

describe.skipIf(!canMount)('a project on a disk that takes no more', () => {
  it('says so in one line, keeps what it had, and takes the change once there is space', async () => {
    await makeStudyOnce()
    const code = `say code $DISK/study.understory --from ${folder}/codings.csv --coder Amara --no-backup`
    const said = onSmallDisk(`
      cat /dev/zero > $DISK/filler 2>/dev/null
      ${code}
      rm $DISK/filler
      say verify $DISK/study.understory
      ${code}
      say verify $DISK/study.understory
      ls $DISK`)
    const [refused, , empty, , , ...rest] = said.split('\n')
    expect(refused).toMatch(/^error (disk-full|write-failed): .*Nothing was changed/)
    expect(said).toMatch(/^error [^\n]+\nexit 1\n/)
    expect(empty).toMatch(/ok|order/i)
    expect(rest.join('\n')).not.toMatch(/error/)
    expect(said.trim().endsWith('study.understory')).toBe(true)
  })

  it('says so when the disk can only be read', async () => {
    await makeStudyOnce()
    const said = onSmallDisk(`
      mount -o remount,ro $DISK
      say code $DISK/study.understory --from ${folder}/codings.csv --coder Amara
      mount -o remount,rw $DISK
      say verify $DISK/study.understory`)
    expect(said).toMatch(/^error (read-only|write-failed): [^\n]*Nothing was changed[^\n]*\nexit 1\n/)
    expect(said.trim().endsWith('exit 0')).toBe(true)
  })
})

describe.skipIf(!canMount)('a project whose import filled the disk', () => {
  it('opens all the same, says how much room is needed, and is one file again once there is room', async () => {
    await makeStudyOnce()
    const words = (row: number) => `${row} ${Math.sqrt(row + 1)} `.repeat(100)
    const rows = Array.from({ length: 3_000 }, (_, row) => `B${row},${words(row)}`)
    writeFileSync(join(folder, 'big.csv'), `note_id,text\n${rows.join('\n')}\n`)
    const said = onSmallDisk(`
      say import $DISK/study.understory ${folder}/big.csv --no-backup
      cat /dev/zero > $DISK/filler 2>/dev/null
      say notes $DISK/study.understory
      rm -f $DISK/study.understory-shm
      cat /dev/zero >> $DISK/filler 2>/dev/null
      say verify $DISK/study.understory
      rm $DISK/filler
      mount -o remount,size=64m $DISK
      say verify $DISK/study.understory
      ls $DISK`)
    const [refused, , first, ...rest] = said.split('\n')
    const need = /^note: The disk is full: .* All of it is there and can be read; free about \d+ MB before/
    expect(refused).toMatch(/^error (disk-full|write-failed): /)
    expect(first).toMatch(need)
    expect(rest.filter((line) => line.startsWith('note: '))).toEqual([expect.stringMatching(need)])
    expect(rest.filter((line) => /^exit|^ok|^study|^error/.test(line))).toEqual([
      'exit 0',
      'ok',
      'exit 0',
      'ok',
      'exit 0',
      'study.understory',
    ])
  })
})

let isMade = false
async function makeStudyOnce(): Promise<void> {
  if (!isMade) await makeStudy()
  isMade = true
}
