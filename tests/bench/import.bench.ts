/** Importing a CSV of notes, against inserting the same rows into an encrypted table in one transaction. */
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

function insertPlainly(path: string, notes: readonly Row[]): void {
  const db = new Database(path)
  db.pragma(`cipher='sqlcipher'`)
  db.key(Buffer.from(PASSPHRASE))
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

/** Imports with the built command line, files read in its own thread; says the most memory it held, in MB. */
async function importByCommand(project: string, csv: string, identifiers: string): Promise<number> {
  const script = `import(${JSON.stringify(pathToFileURL(CLI).href)}).then(({ runCli }) => runCli(process.argv.slice(1))).then((code) => { process.exitCode = code })`
  const child = spawn(
    process.execPath,
    ['-e', script, '--', 'import', project, csv, '--identifiers', identifiers, '--json'],
    {
      env: { ...process.env, UNDERSTORY_PASSPHRASE: PASSPHRASE },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  )
  let peak = 0
  const watch = setInterval(() => {
    peak = Math.max(peak, peakOf(child.pid))
  }, 100)
  const [code] = (await once(child, 'close')) as [number]
  clearInterval(watch)
  if (code !== 0) throw new Error(`the import ended with ${code}`)
  return Math.round(peak / 1024)
}

/** The kernel's own high-water mark of a process, in kB; 0 where there is none to read. */
function peakOf(pid: number | undefined): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)
  } catch {
    return 0
  }
}

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
    const times = { plain: [] as number[], off: [] as number[], report: [] as number[] }
    const peaks = { off: 0, report: 0 }
    // In turn, so that a machine that slows down or speeds up meanwhile does so for all alike.
    for (let run = 0; run < runs; run++) {
      times.plain.push(await time(1, () => insertPlainly(join(folder, `plain-${run}.db`), notes)))
      for (const identifiers of ['off', 'report'] as const) {
        const file = join(folder, `${identifiers}-${run}.understory`)
        Project.create(file, PASSPHRASE, { title: 'Bench' }).close()
        const imported = async () => {
          peaks[identifiers] = Math.max(peaks[identifiers], await importByCommand(file, csv, identifiers))
        }
        times[identifiers].push(await time(1, imported))
        rmSync(file)
      }
    }
    const is =
      'the same rows inserted raw into one encrypted table with the same full-text index, in one transaction'
    const baseline = { ms: median(times.plain), is }
    for (const identifiers of ['off', 'report'] as const) {
      const job = `import ${size} notes, identifiers ${identifiers}`
      report(job, median(times[identifiers]), baseline, { peakMB: peaks[identifiers] })
    }
  })
}
