/** One coding made durable, against one row inserted and synced; opening a heavily coded note; undo. */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { v7 as uuid } from 'uuid'
import { codingsOfNote } from '../../electron/store/codings/codings.ts'
import { getNote } from '../../electron/store/notes/notes.ts'
import { Project } from '../../electron/store/project.ts'
import type { CodeId } from '../../shared/contract/basics.ts'
import { codingId } from '../ids.ts'
import { addCode, addNotes } from '../store/project-content.ts'
import { chance, inFolder, median, noteText, PASSPHRASE, percentile, report } from './bench.ts'

const RUNS = 300

function timeEach(work: (run: number) => void): number[] {
  return Array.from({ length: RUNS }, (_, run) => {
    const started = performance.now()
    work(run)
    return performance.now() - started
  })
}

function plainInserts(path: string): number[] {
  const db = new Database(path)
  db.pragma(`cipher='sqlcipher'`)
  db.key(Buffer.from(PASSPHRASE))
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.exec('CREATE TABLE coding (id TEXT PRIMARY KEY, start_at INTEGER, end_at INTEGER) STRICT')
  const insert = db.prepare('INSERT INTO coding VALUES (?, ?, ?)')
  const times = timeEach((run) => insert.run(uuid(), run, run + 10))
  db.close()
  return times
}

await inFolder((folder) => {
  const project = Project.create(join(folder, 'bench.understory'), PASSPHRASE, { title: 'Bench' })
  const coder = project.addCoder('Amara').id
  addNotes(project, coder, { N1: noteText(chance(1), 200_000) })
  const codes = Array.from({ length: 40 }, (_, at) => addCode(project, coder, `Code ${at}`))
  const plain = plainInserts(join(folder, 'plain.db'))
  const baseline = {
    ms: median(plain),
    is: 'one row inserted into one encrypted table, WAL, synchronous=FULL',
  }
  const applied = timeEach((run) => {
    const code = codes[run % codes.length] as CodeId
    project.change(coder, 'codings.apply', {
      codings: [{ id: codingId(uuid()), note: 'N1', code, start: run * 100, end: run * 100 + 250 }],
    })
  })
  report('apply one code, durable', median(applied), baseline, {
    p95: percentile(applied, 0.95),
    plainP95: percentile(plain, 0.95),
  })
  const undone = timeEach(() => project.undo(coder))
  report('undo one coding, durable', median(undone), baseline)

  const many = Array.from({ length: 2_000 }, (_, at) => ({
    id: codingId(uuid()),
    note: 'N1',
    code: codes[at % codes.length] as CodeId,
    start: at * 90,
    end: at * 90 + 300,
  }))
  project.change(coder, 'codings.apply', { codings: many })
  const text = project.db.prepare('SELECT body FROM note_text').pluck()
  const reading = timeEach(() => text.get())
  const opened = timeEach(() => {
    getNote(project.db, 'N1')
    codingsOfNote(project.db, 'N1', [coder])
  })
  report('read a note of 200,000 characters with 2,000 codings', median(opened), {
    ms: median(reading),
    is: 'SELECT of the text alone',
  })
  project.close()
})
