/**
 * Is this file what its journal says? Does SQLite find the file sound and its schema the one this program makes, does
 * every entry's hash fit its content and its predecessor, does replaying the journal into an empty database give the
 * same tables, does everything else follow from them (see schema-classes.ts), and do the seals fit?
 */
import { createHash } from 'node:crypto'
import { type CancelSignal, NEVER } from '../../../shared/cancel.ts'
import type { CoderId } from '../../../shared/contract/basics.ts'
import type { Progress } from '../../../shared/contract/events.ts'
import type { ProjectCopy, VerifyReport } from '../../../shared/contract/project.ts'
import { Problem } from '../../../shared/problem.ts'
import { atOneMoment, type ReadableDb, sure, type WritableDb } from '../file/connection.ts'
import { memoryDatabase } from '../file/database.ts'
import { DOMAIN_TABLES } from '../file/table-definitions.ts'
import { countKeptEntries } from '../history/list.ts'
import { wallTime } from '../journal/clock.ts'
import { type Entry, entryHash, FIRST_HASH } from '../journal/entry.ts'
import { foldEntry } from '../journal/fold.ts'
import { kinds } from '../kinds.ts'
import { countCodings, notesKeptFrom } from '../team/rounds.ts'
import { checkSeals } from '../team/seals.ts'
import { checkGaps, checkLocal, checkSetAside } from './local.ts'
import { checkFile, checkSchema } from './schema.ts'
import { type Compared, REPLAYED } from './schema-classes.ts'
import { checkTexts } from './texts.ts'

/** More findings than this say nothing new; the count is given instead. */
const MOST_PROBLEMS = 20

type Options = {
  signal?: CancelSignal
  onProgress?: (progress: Progress) => void
  /** Whose eyes the counts are for: all is checked, and what a blind round keeps from them is not counted. */
  viewer?: CoderId | null
}

/** All of it as it is at one moment: what others change meanwhile is not looked at. */
export function verify(db: ReadableDb, options: Options = {}): VerifyReport {
  return atOneMoment(db, () => verifyNow(db, options))
}

function verifyNow(
  db: ReadableDb,
  { signal = NEVER, onProgress = () => {}, viewer = null }: Options,
): VerifyReport {
  const count = (table: string) => sure(db.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get())
  const entries = count('journal')
  const watch = (words: string) => (done: number) => {
    if (signal.aborted) throw new Problem('cancelled', 'The check was cancelled. Nothing was changed.')
    if (done % 500 === 0) onProgress({ done, total: entries, words })
  }
  const fresh = memoryDatabase()
  try {
    const sqlite = [...checkFile(db), ...checkSchema(db, fresh)]
    const { problems: chain, copies } = checkChain(db, watch('checking the chain'))
    const texts = checkTexts(db)
    const replay = [...texts, ...checkReplay(db, fresh, watch('replaying the journal'))]
    const local = [...checkLocal(db), ...checkSetAside(db), ...checkGaps(db)]
    const { seals, unsealed, problems: broken } = checkSeals(db)
    const isBlinded = notesKeptFrom(db, viewer).size > 0
    const problems = [...sqlite, ...chain, ...replay, ...local, ...broken]
    return {
      ok: problems.length === 0,
      sqlite: sqlite.length === 0,
      chain: chain.length === 0,
      replay: replay.length === 0,
      local: local.length === 0,
      notes: count('note'),
      codings: countCodings(db, viewer),
      entries: entries - countKeptEntries(db, viewer),
      // Who sealed what says who worked, and how much.
      copies: isBlinded ? [] : copies,
      seals: isBlinded ? [] : seals,
      unsealed: isBlinded ? null : unsealed,
      problems: shorten(problems),
    }
  } finally {
    fresh.close()
  }
}

const shorten = (problems: string[]) =>
  problems.length <= MOST_PROBLEMS
    ? problems
    : [...problems.slice(0, MOST_PROBLEMS), `and ${problems.length - MOST_PROBLEMS} more`]

const nameEntry = (entry: Entry) => {
  let at = String(entry.wall)
  try {
    at = wallTime(entry.wall)
  } catch {
    // A tampered clock has no time to show; its raw text says as much.
  }
  return `journal entry ${entry.seq} (${entry.kind}, ${at}, id ${entry.id})`
}

/** One chain per copy of the file; each but the first parts from an entry that stands before it. */
function checkChain(
  db: ReadableDb,
  watch: (done: number) => void,
): { problems: string[]; copies: ProjectCopy[] } {
  const problems: string[] = []
  const copies = new Map<string, ProjectCopy>()
  const heads = new Map<string, { replicaSeq: number; hash: string }>()
  const find = db
    .prepare<[string, number], number>('SELECT seq FROM journal WHERE hash = ? AND seq < ?')
    .pluck()
  const isGap = db.prepare<[string, number], number>(
    `SELECT 1 FROM gap WHERE replica = ? AND replica_seq = ? AND NOT EXISTS (SELECT 1 FROM journal
       WHERE journal.replica = gap.replica AND journal.replica_seq = gap.replica_seq - 1)`,
  )
  let done = 0
  let expectedSeq = 1
  for (const entry of db.prepare<[], Entry>('SELECT * FROM journal ORDER BY seq').iterate()) {
    watch(done++)
    if (entry.seq !== expectedSeq)
      problems.push(`journal: entries ${expectedSeq} to ${entry.seq - 1} are missing`)
    expectedSeq = entry.seq + 1
    const parts = heads.has(entry.replica) ? undefined : find.get(entry.prev_hash, entry.seq)
    const from = parts === undefined ? FIRST_HASH : entry.prev_hash
    const head = heads.get(entry.replica) ?? { replicaSeq: 0, hash: from }
    const copy = copies.get(entry.replica) ?? {
      partedAfter: parts ?? null,
      entries: 0,
    }
    copies.set(entry.replica, { ...copy, entries: copy.entries + 1 })
    const isAfterGap = isGap.get(entry.replica, entry.replica_seq) !== undefined
    if (isAfterGap) {
      // What it continues is not in this copy: its own hash says what it is.
      if (entryHash(entry) !== entry.hash)
        problems.push(`${nameEntry(entry)} was changed after it was written`)
      heads.set(entry.replica, { replicaSeq: entry.replica_seq, hash: entry.hash })
      continue
    }
    if (entry.replica_seq !== head.replicaSeq + 1) {
      problems.push(`${nameEntry(entry)} does not follow entry ${head.replicaSeq} of its computer`)
    }
    const isOrphan = head.replicaSeq === 0 && head.hash === FIRST_HASH && entry.seq > 1
    if (entry.prev_hash !== head.hash || isOrphan)
      problems.push(`${nameEntry(entry)} does not continue the chain before it`)
    if (entryHash(entry) !== entry.hash) problems.push(`${nameEntry(entry)} was changed after it was written`)
    heads.set(entry.replica, { replicaSeq: entry.replica_seq, hash: entry.hash })
  }
  return { problems, copies: [...copies.values()] }
}

/**
 * Replays every entry into an empty database in memory. @throws what a reducer throws, naming the entry, unless the file
 * has it as void too
 */
export function replayAll(db: ReadableDb, into: WritableDb, watch: (done: number) => void = () => {}): void {
  let done = 0
  const isVoid = db.prepare(`SELECT 1 FROM void WHERE seq = ? AND part = ''`)
  into.transaction(() => {
    for (const entry of db.prepare<[], Entry>('SELECT * FROM journal ORDER BY seq').iterate()) {
      watch(done++)
      try {
        const unfit = foldEntry(kinds, into, entry).find(({ part }) => part === '')
        if (unfit && !isVoid.get(entry.seq)) throw new Problem('conflict', unfit.reason)
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

function checkReplay(db: ReadableDb, fresh: WritableDb, watch: (done: number) => void): string[] {
  try {
    replayAll(db, fresh, watch)
    return compareTables(db, fresh)
  } catch (error) {
    if (error instanceof Problem && error.code === 'project-damaged') return [error.message]
    throw error
  }
}

/** Names the first row of each table that differs; an empty list means that both hold the same. */
export const compareTables = (stored: ReadableDb, replayed: ReadableDb): string[] =>
  Object.entries(REPLAYED).flatMap(([table, compared]) => compareTable(stored, replayed, table, compared))

const rowsOf = (db: ReadableDb, table: string, { columns, key }: Compared) =>
  db
    .prepare<[], unknown[]>(`SELECT ${key}, ${columns.join(', ')} FROM ${table} ORDER BY ${key}`)
    .raw()
    .iterate()

function compareTable(stored: ReadableDb, replayed: ReadableDb, table: string, compared: Compared): string[] {
  const left = rowsOf(stored, table, compared)
  const right = rowsOf(replayed, table, compared)
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

/** A fingerprint of all domain tables, for tests that compare states. */
export function fingerprint(db: ReadableDb): string {
  const hash = createHash('sha256')
  for (const [table, columns] of Object.entries(DOMAIN_TABLES))
    for (const row of rowsOf(db, table, { columns: Object.keys(columns), key: 'num' }))
      hash.update(`${table}${JSON.stringify(row)}\n`)
  return hash.digest('hex')
}
