/**
 * Is this file what its journal says? Three questions: does SQLite find the file sound, does every entry's hash fit
 * its content and its predecessor, and does replaying the journal into an empty database give the same tables.
 */
import { createHash } from 'node:crypto'
import { type CancelSignal, NEVER } from '../../shared/cancel.ts'
import type { Progress } from '../../shared/contract.ts'
import type { VerifyReport } from '../../shared/model.ts'
import { Problem } from '../../shared/problem.ts'
import { wallTime } from './clock.ts'
import { type Db, memoryDatabase } from './database.ts'
import { sha256 } from './hash.ts'
import { checkIdentifierWords } from './identifier-settings.ts'
import { type Entry, entryHash, FIRST_HASH, replayEntry } from './journal.ts'
import { countKeptEntries } from './journal-list.ts'
import { openingOf } from './migrations/0001-first.ts'
import { countCodings } from './rounds.ts'
import { DOMAIN_TABLES, type TableName } from './tables.ts'

const TABLES = Object.keys(DOMAIN_TABLES) as TableName[]
/** More findings than this say nothing new; the count is given instead. */
const MOST_PROBLEMS = 20

type Options = {
  signal?: CancelSignal
  onProgress?: (progress: Progress) => void
  /** Whose eyes the counts are for: all is checked, and what a blind round keeps from them is not counted. */
  viewer?: string | null
}

export function verify(
  db: Db,
  { signal = NEVER, onProgress = () => {}, viewer = null }: Options = {},
): VerifyReport {
  const count = (table: string) => db.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number
  const entries = count('journal')
  const watch = (words: string) => (done: number) => {
    if (signal.aborted) throw new Problem('cancelled', 'The check was cancelled. Nothing was changed.')
    if (done % 500 === 0) onProgress({ done, total: entries, words })
  }
  const sqlite = checkFile(db)
  const chain = checkChain(db, watch('checking the chain'))
  const replay = [
    ...checkTexts(db),
    ...checkIdentifierWords(db),
    ...checkReplay(db, watch('replaying the journal')),
  ]
  const problems = [...sqlite, ...chain, ...replay]
  return {
    ok: problems.length === 0,
    sqlite: sqlite.length === 0,
    chain: chain.length === 0,
    replay: replay.length === 0,
    notes: count('note'),
    codings: countCodings(db, viewer),
    entries: entries - countKeptEntries(db, viewer),
    problems: shorten(problems),
  }
}

const shorten = (problems: string[]) =>
  problems.length <= MOST_PROBLEMS
    ? problems
    : [...problems.slice(0, MOST_PROBLEMS), `and ${problems.length - MOST_PROBLEMS} more`]

function checkFile(db: Db): string[] {
  const problems: string[] = []
  const integrity = db.pragma('integrity_check(20)', { simple: false }) as Array<{ integrity_check: string }>
  for (const { integrity_check: words } of integrity)
    if (words !== 'ok') problems.push(`database file: ${words}`)
  const broken = db.pragma('foreign_key_check') as Array<{ table: string; rowid: number; parent: string }>
  for (const { table, rowid, parent } of broken.slice(0, MOST_PROBLEMS)) {
    problems.push(`database file: ${table} ${rowid} points to a missing ${parent}`)
  }
  return problems
}

const nameEntry = (entry: Entry) => {
  let at = String(entry.wall)
  try {
    at = wallTime(entry.wall)
  } catch {
    // A tampered clock has no time to show; its raw text says as much.
  }
  return `journal entry ${entry.seq} (${entry.kind}, ${at}, id ${entry.id})`
}

function checkChain(db: Db, watch: (done: number) => void): string[] {
  const problems: string[] = []
  const heads = new Map<string, { replicaSeq: number; hash: string }>()
  let done = 0
  let expectedSeq = 1
  for (const entry of db.prepare('SELECT * FROM journal ORDER BY seq').iterate() as IterableIterator<Entry>) {
    watch(done++)
    if (entry.seq !== expectedSeq)
      problems.push(`journal: entries ${expectedSeq} to ${entry.seq - 1} are missing`)
    expectedSeq = entry.seq + 1
    const head = heads.get(entry.replica) ?? { replicaSeq: 0, hash: FIRST_HASH }
    if (entry.replica_seq !== head.replicaSeq + 1) {
      problems.push(`${nameEntry(entry)} does not follow entry ${head.replicaSeq} of its computer`)
    }
    if (entry.prev_hash !== head.hash)
      problems.push(`${nameEntry(entry)} does not continue the chain before it`)
    if (entryHash(entry) !== entry.hash) problems.push(`${nameEntry(entry)} was changed after it was written`)
    heads.set(entry.replica, { replicaSeq: entry.replica_seq, hash: entry.hash })
  }
  return problems
}

type StoredText = { id: string; hash: string; length: number; body: string | null; isOpening: number | null }

/** Every note's text must be there and be the text that was imported, and what stands for its title its first words. */
function checkTexts(db: Db): string[] {
  const problems: string[] = []
  const rows = db
    .prepare(
      `SELECT note.id, note.text_hash AS hash, note.length, note_text.body,
              note.opening = ${openingOf('note_text.body')} AS isOpening
       FROM note LEFT JOIN note_text ON note_text.hash = note.text_hash`,
    )
    .iterate() as IterableIterator<StoredText>
  for (const { id, hash, length, body, isOpening } of rows) {
    if (body === null) problems.push(`note ${id}: its text is missing`)
    else if (body.length !== length || sha256(body) !== hash) {
      problems.push(`note ${id}: its text is not the text that was imported`)
    } else if (isOpening !== 1)
      problems.push(`note ${id}: what stands for its title is not how its text begins`)
  }
  return problems
}

/** Replays every entry into an empty database in memory. @throws what a reducer throws, naming the entry */
export function replayAll(db: Db, into: Db, watch: (done: number) => void = () => {}): void {
  let done = 0
  into.transaction(() => {
    for (const entry of db
      .prepare('SELECT * FROM journal ORDER BY seq')
      .iterate() as IterableIterator<Entry>) {
      watch(done++)
      try {
        replayEntry(into, entry)
      } catch (error) {
        if (error instanceof Problem && error.code === 'cancelled') throw error
        const words = error instanceof Error ? error.message : String(error)
        throw new Problem('project-damaged', `${nameEntry(entry)} cannot be replayed: ${words}`, {
          cause: error,
        })
      }
    }
  })()
}

function checkReplay(db: Db, watch: (done: number) => void): string[] {
  const fresh = memoryDatabase()
  try {
    replayAll(db, fresh, watch)
    return compareTables(db, fresh)
  } catch (error) {
    if (error instanceof Problem && error.code === 'project-damaged') return [error.message]
    throw error
  } finally {
    fresh.close()
  }
}

/** Names the first row of each table that differs; an empty list means that both hold the same. */
export function compareTables(stored: Db, replayed: Db): string[] {
  return [
    ...TABLES.flatMap((table) => compareTable(stored, replayed, table)),
    ...compareVersion(stored, replayed),
  ]
}

const rowsOf = (db: Db, table: TableName) =>
  db
    .prepare(`SELECT num, ${DOMAIN_TABLES[table].join(', ')} FROM ${table} ORDER BY num`)
    .raw()
    .iterate() as IterableIterator<unknown[]>

function compareTable(stored: Db, replayed: Db, table: TableName): string[] {
  const left = rowsOf(stored, table)
  const right = rowsOf(replayed, table)
  try {
    for (;;) {
      const a = left.next()
      const b = right.next()
      if (a.done && b.done) return []
      const stores = a.done ? null : JSON.stringify(a.value)
      const replays = b.done ? null : JSON.stringify(b.value)
      if (stores === replays) continue
      const num = (a.done ? b.value : a.value)?.[0]
      if (stores === null) return [`${table} ${num}: the journal has it, the table has not`]
      if (replays === null) return [`${table} ${num}: it is in the table, but no journal entry made it`]
      return [`${table} ${num}: the table does not hold what the journal says`]
    }
  } finally {
    left.return?.()
    right.return?.()
  }
}

function compareVersion(stored: Db, replayed: Db): string[] {
  const version = (db: Db) => db.prepare('SELECT version FROM codebook').pluck().get()
  return version(stored) === version(replayed) ? [] : ['codebook: its version is not what the journal says']
}

/** A fingerprint of all domain tables, for tests that compare states. */
export function fingerprint(db: Db): string {
  const hash = createHash('sha256')
  for (const table of TABLES)
    for (const row of rowsOf(db, table)) hash.update(`${table}${JSON.stringify(row)}\n`)
  return hash.digest('hex')
}
