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
  db.exec('CREATE TABLE note (id TEXT PRIMARY KEY, casefile TEXT, text TEXT) STRICT')
  const insert = db.prepare('INSERT INTO note VALUES (?, ?, ?)')
  db.transaction(() => {
    for (const note of notes) insert.run(note.id, note.case, note.text)
  })()
  db.close()
}

for (const size of [1_000, 10_000]) {
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
    const baseline = await time(3, (run) => insertPlainly(join(folder, `plain-${run}.db`), notes))
    for (const identifiers of ['off', 'report'] as const) {
      const ms = await time(3, async (run) => {
        const project = Project.create(join(folder, `${identifiers}-${run}.understory`), PASSPHRASE, {
          title: 'Bench',
        })
        await importNotes(project, PROJECT_ACTOR, [csv], { map: null, dryRun: false, identifiers })
        project.close()
      })
      const is =
        'the same rows inserted into one encrypted table in one transaction, creating and closing included'
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
