/** Opening a project of many notes until its first screen is known, and what the derivation of the key alone takes. */
import { pbkdf2Sync } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { Project } from '../../electron/store/project.ts'
import { inFolder, PASSPHRASE, report, time } from './bench.ts'
import { CODINGS_PER_NOTE, makeStudy } from './study.ts'

/** UNDERSTORY_BENCH_NOTES=100000 runs the size of a trust: 1.6 million codings. */
const NOTES = Number(process.env.UNDERSTORY_BENCH_NOTES ?? 2_000)
const RUNS = 7
/** As SQLCipher 4 derives the key of a file. */
const ROUNDS = 256_000
const KEY_BYTES = 32
const SALT_BYTES = 16

function saltOf(file: string): Buffer {
  const salt = Buffer.alloc(SALT_BYTES)
  const open = openSync(file, 'r')
  readSync(open, salt, 0, SALT_BYTES, 0)
  closeSync(open)
  return salt
}

await inFolder(async (folder) => {
  const file = join(folder, 'bench.understory')
  makeStudy(file, NOTES).project.close()
  const salt = saltOf(file)
  const derived = await time(RUNS, () => void pbkdf2Sync(PASSPHRASE, salt, ROUNDS, KEY_BYTES, 'sha512'))
  const marks = { settingsFolder: join(folder, 'settings') }
  const before = process.cpuUsage()
  const opened = await time(RUNS, () => {
    const project = Project.open(file, PASSPHRASE, marks)
    project.info()
    project.close()
  })
  const userMs = Math.round(process.cpuUsage(before).user / 1_000 / RUNS)
  const codings = 2 * NOTES * CODINGS_PER_NOTE
  report(
    `open a project of ${NOTES} notes and ${codings} codings`,
    opened,
    { ms: derived, is: 'deriving the key alone, 256,000 rounds of PBKDF2' },
    { userMs },
  )
})
