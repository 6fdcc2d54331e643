/** Importing a CSV of notes, against inserting the same rows into an encrypted table in one transaction. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { toCsv } from '../../electron/store/exchange/table-csv.ts'
import { importNotes } from '../../electron/store/import-notes.ts'
import { PROJECT_ACTOR } from '../../electron/store/journal.ts'
import { Project } from '../../electron/store/project.ts'
import { chance, inFolder, noteText, PASSPHRASE, report, time } from './bench.ts'

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
    const baseline = await time(runs, (run) => insertPlainly(join(folder, `plain-${run}.db`), notes))
    for (const identifiers of ['off', 'report'] as const) {
      const ms = await time(runs, async (run) => {
        const project = Project.create(join(folder, `${identifiers}-${run}.understory`), PASSPHRASE, {
          title: 'Bench',
        })
        await importNotes(project, PROJECT_ACTOR, [csv], { map: null, dryRun: false, identifiers })
        project.close()
      })
      const is =
        'the same rows inserted raw into one encrypted table with the same full-text index, in one transaction'
      report(
        `import ${size} notes, identifiers ${identifiers}`,
        ms,
        { ms: baseline, is },
        {
          peakMB: Math.round(process.resourceUsage().maxRSS / 1024),
        },
      )
    }
  })
}
