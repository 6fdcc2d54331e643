/** Importing a CSV of notes, against inserting the same rows into a table, plain or encrypted, in one transaction. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import Database from 'better-sqlite3'
import { toCsv } from '../../electron/store/exchange/tables/csv.ts'
import { Project } from '../../electron/store/project.ts'
import { chance, inFolder, median, noteText, PASSPHRASE, report, time } from './bench.ts'

type Row = { id: string; case: string; text: string }

function rows(count: number): Row[] {
  const random = chance(count)
  return Array.from({ length: count }, (_, at) => ({
    id: `N${at}`,
    case: `YP${Math.floor(at / 4)}`,
    text: noteText(random, 400 + Math.floor(random() * 3_600)),
  }))
}

function insertRaw(path: string, notes: readonly Row[], isEncrypted: boolean): void {
  const db = new Database(path)
  if (isEncrypted) {
    db.pragma(`cipher='sqlcipher'`)
    db.key(Buffer.from(PASSPHRASE))
  }
  db.pragma('synchronous = FULL')
  db.exec(`
    CREATE TABLE note (num INTEGER PRIMARY KEY, id TEXT UNIQUE, casefile TEXT, text TEXT) STRICT;
    CREATE VIRTUAL TABLE note_fts USING fts5 (text, content = 'note', content_rowid = 'num', tokenize = "unicode61 remove_diacritics 2")`)
  const insert = db.prepare('INSERT INTO note (id, casefile, text) VALUES (?, ?, ?)')
  const index = db.prepare('INSERT INTO note_fts (rowid, text) VALUES (?, ?)')
  db.transaction(() => {
    for (const note of notes) index.run(insert.run(note.id, note.case, note.text).lastInsertRowid, note.text)
  })()
  db.close()
}

/** Sizes to run; the whole size of a trust takes minutes: UNDERSTORY_BENCH_NOTES=100000. */
const sizes = process.env.UNDERSTORY_BENCH_NOTES
  ? [Number(process.env.UNDERSTORY_BENCH_NOTES)]
  : [1_000, 10_000]
const runs = process.env.UNDERSTORY_BENCH_NOTES ? 1 : 3

const CLI = fileURLToPath(new URL('../cli/cli.js', import.meta.url))

/** Imports with the built command line, files read in its own thread. */
async function importByCommand(project: string, csv: string, identifiers: string): Promise<Used> {
  const script = `import(${JSON.stringify(pathToFileURL(CLI).href)}).then(({ runCli }) => runCli(process.argv.slice(1))).then((code) => { process.exitCode = code })`
  const child = spawn(
    process.execPath,
    ['-e', script, '--', 'import', project, csv, '--identifiers', identifiers, '--json'],
    {
      env: { ...process.env, UNDERSTORY_PASSPHRASE: PASSPHRASE },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  )
  let used: Used = { peakMB: 0, userMs: 0 }
  const watch = setInterval(() => {
    used = usedBy(child.pid) ?? used
  }, 100)
  const [code] = (await once(child, 'close')) as [number]
  clearInterval(watch)
  if (code !== 0) throw new Error(`the import ended with ${code}`)
  return used
}

/** The most memory a process held, and how long the processors worked for it, in all its threads. */
type Used = { peakMB: number; userMs: number }
/** Of the kernel's clock, in ms. */
const TICK = 10

/** As the kernel tells; null where it does not, or the process has gone. */
function usedBy(pid: number | undefined): Used | null {
  try {
    const peak = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
    const user = Number(
      readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /, '')
        .split(' ')[11],
    )
    return { peakMB: Math.round(peak / 1024), userMs: user * TICK }
  } catch {
    return null
  }
}

const ratio = (value: number, to: number) => Number((value / to).toPrecision(3))

for (const size of sizes) {
  await inFolder(async (folder) => {
    const notes = rows(size)
    const csv = join(folder, 'notes.csv')
    writeFileSync(
      csv,
      toCsv(
        ['note_id', 'case_id', 'text'],
        notes.map((note) => [note.id, note.case, note.text]),
      ),
    )
    const times: Record<'plain' | 'encrypted' | 'off' | 'report', number[]> = {
      ...{ plain: [], encrypted: [], off: [], report: [] },
    }
    const users: typeof times = { plain: [], encrypted: [], off: [], report: [] }
    const peaks = { off: 0, report: 0 }
    // In turn, so that a machine that slows down or speeds up meanwhile does so for all alike.
    for (let run = 0; run < runs; run++) {
      for (const raw of ['plain', 'encrypted'] as const) {
        const cpu = process.cpuUsage()
        const file = join(folder, `${raw}-${run}.db`)
        times[raw].push(await time(1, () => insertRaw(file, notes, raw === 'encrypted')))
        users[raw].push(process.cpuUsage(cpu).user / 1_000)
        rmSync(file)
      }
      for (const identifiers of ['off', 'report'] as const) {
        const file = join(folder, `${identifiers}-${run}.understory`)
        Project.create(file, PASSPHRASE, { title: 'Bench' }).close()
        const imported = async () => {
          const { peakMB, userMs } = await importByCommand(file, csv, identifiers)
          peaks[identifiers] = Math.max(peaks[identifiers], peakMB)
          users[identifiers].push(userMs)
        }
        times[identifiers].push(await time(1, imported))
        rmSync(file)
      }
    }
    const is =
      'the same rows inserted raw into one plain table with the same full-text index, in one transaction'
    const baseline = { ms: median(times.plain), is }
    for (const identifiers of ['off', 'report'] as const) {
      const job = `import ${size} notes, identifiers ${identifiers}`
      const user = median(users[identifiers])
      report(job, median(times[identifiers]), baseline, {
        ratioToEncrypted: ratio(median(times[identifiers]), median(times.encrypted)),
        userMs: user,
        userRatio: ratio(user, median(users.plain)),
        peakMB: peaks[identifiers],
      })
    }
  })
}
