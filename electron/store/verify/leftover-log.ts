/**
 * Does the log beside a file belong to it? A run that was killed leaves its log; if somebody then puts a backup, an
 * older copy or another project in the file's place, SQLite folds the log into that and destroys it. So before SQLite
 * may write, the file is read with its log and without it. Nothing here changes the file or the log.
 *
 * Together they have to be a sound project whose journal goes on from the file's own. Pages of two states never pass
 * for one: every entry and every table is compared with what the journal says.
 */
import { copyFileSync, existsSync, linkSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import type { OpeningNotice } from '../../../shared/contract/project.ts'
import { Problem } from '../../../shared/problem.ts'
import { atOneMoment, type ReadableDb } from '../file/connection.ts'
import { openAlone, openReadOnly } from '../file/database.ts'
import { datedName } from '../file/kept-copy.ts'
import { isLogDamaged } from '../file/log-frames.ts'
import { isOfAnotherFile, type Marks, readMarks } from '../file/log-mark.ts'
import { MIGRATIONS } from '../file/migrate.ts'
import { isOpenHere } from '../file/open-files.ts'
import { verify } from './verify.ts'

/** How far a project goes: the newest entry of its journal, and its marks. */
type Reach = { head: { id: string; hash: string } | null; marks: Marks }

const codeOf = (error: unknown): string => String((error as { code?: unknown } | null)?.code ?? '')
/** What reading says of pages that are not of this file, or of a key that is not of this project. */
const isUnreadable = (error: unknown): boolean =>
  /^(SQLITE_NOTADB|SQLITE_CORRUPT|SQLITE_IOERR_DATA|SQLITE_IOERR_CORRUPTFS|wrong-passphrase|project-damaged)/.test(
    codeOf(error),
  )

const logOf = (path: string) => `${path}-wal`

/** Whether a run ended before it folded its log in, and nobody in this process has the file open. */
const hasLeftover = (path: string): boolean =>
  existsSync(logOf(path)) && statSync(logOf(path)).size > 0 && !isOpenHere(path)

/**
 * To be called before a project is opened for writing. A log that is not the file's own is given a dated name beside it.
 * @returns what there is to tell the person who opens the project
 * @throws Problem `wrong-passphrase`; `project-damaged` where neither the file nor both together are sound
 */
export function settleLog(path: string, passphrase: string): OpeningNotice[] {
  if (!existsSync(path) || !hasLeftover(path)) return []
  const alone = readAlone(path, (probe) => openAlone(probe, passphrase), reachOf)
  // Whoever has the file open is writing this log.
  if (alone === 'in use') return []
  const together = readTogether(
    path,
    (file) => openReadOnly(file, passphrase),
    (db) => ({ problems: problemsOf(db), isOwn: alone === null || goesOn(db, alone) }),
  )
  if (together === null && alone === null) {
    // Neither can be read: what opening says of the passphrase holds, and is said without a chance to write.
    openReadOnly(path, passphrase).close()
    throw neitherIsSound(path)
  }
  if (together?.isOwn && together.problems.length === 0) return keepDamaged(path)
  const own = readAlone(path, (probe) => openAlone(probe, passphrase), problemsOf)
  if (own === 'in use') return []
  // What is wrong with the file in any case is not the log's fault.
  if (together?.isOwn && together.problems.every((problem) => own?.includes(problem))) {
    // Folding a log into pages that cannot be read stops half way, with the log gone.
    if (together.problems.some(isOfPages)) throw neitherIsSound(path)
    return keepDamaged(path)
  }
  if (own === null || (together !== null && own.length > 0)) throw neitherIsSound(path)
  return [setAside(path)]
}

const isOfPages = (problem: string): boolean => problem.startsWith('database file:')

const neitherIsSound = (path: string) =>
  new Problem(
    'project-damaged',
    `${basename(path)} and the log beside it (${basename(logOf(path))}) do not make a sound project, and neither does the file alone. Neither was changed; make a copy of both before anything else, then open a backup.`,
  )

function setAside(path: string): OpeningNotice {
  const aside = datedName(logOf(path), 'set aside')
  renameSync(logOf(path), aside)
  return {
    isLoss: false,
    words: `A log lay beside ${basename(path)} that is not its own: a run that was cut off left it to another copy of this file. It was not read in, but set aside as “${basename(aside)}”; the project is what the file itself holds.`,
  }
}

/** What SQLite cannot read of a log it leaves out without a word, and folding in the rest removes it. */
function keepDamaged(path: string): OpeningNotice[] {
  if (!isLogDamaged(logOf(path))) return []
  const copy = datedName(logOf(path), 'damaged')
  copyFileSync(logOf(path), copy)
  return [
    {
      isLoss: true,
      words: `The log beside ${basename(path)} is damaged: the latest changes cannot be read from it and are missing. The project stands as it was before them; the log is kept as “${basename(copy)}”.`,
    },
  ]
}

function reachOf(db: ReadableDb): Reach {
  const head = db
    .prepare<[], NonNullable<Reach['head']>>('SELECT id, hash FROM journal ORDER BY seq DESC LIMIT 1')
    .get()
  return { head: head ?? null, marks: readMarks(db) }
}

/** Whether what the file holds with its log goes on from what it holds alone. */
function goesOn(db: ReadableDb, { head, marks }: Reach): boolean {
  if (isOfAnotherFile(marks, readMarks(db))) return false
  return (
    head === null || db.prepare('SELECT hash FROM journal WHERE id = ?').pluck().get(head.id) === head.hash
  )
}

const problemsOf = (db: ReadableDb): string[] => atOneMoment(db, () => problemsIn(db))

function problemsIn(db: ReadableDb): string[] {
  // What another version of the program made cannot be replayed here; opening says so.
  if (db.pragma('user_version', { simple: true }) !== MIGRATIONS.length) return []
  const count = (table: string) => db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()
  const effects = count('effect') === count('journal') ? [] : ['effects are not those of the journal']
  return [...verify(db).problems, ...effects]
}

/** Null where it cannot be read. */
function reading<T>(open: () => ReadableDb, read: (db: ReadableDb) => T): T | null {
  let db: ReadableDb | null = null
  try {
    db = open()
    return read(db)
  } catch (error) {
    if (isUnreadable(error)) return null
    throw error
  } finally {
    db?.close()
  }
}

/** Where there is no room left beside the file for reading it with its log, copies of both are read. */
function readTogether<T>(
  path: string,
  open: (file: string) => ReadableDb,
  read: (db: ReadableDb) => T,
): T | null {
  try {
    return reading(() => open(path), read)
  } catch (error) {
    const folder = mkdtempSync(join(tmpdir(), 'understory-'))
    try {
      const file = join(folder, 'project')
      copyFileSync(path, file)
      copyFileSync(logOf(path), logOf(file))
      return reading(() => open(file), read)
    } catch {
      throw error
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

/**
 * Reads the file without its log, under a second name for which there is none: a hard link, or a copy where the disk
 * knows no links. By the link it also shows whether anybody has the file open.
 */
function readAlone<T>(
  path: string,
  open: (probe: string) => ReadableDb,
  read: (db: ReadableDb) => T,
): T | null | 'in use' {
  const probe = secondName(path)
  if (probe === null) return null
  try {
    return reading(() => open(probe.file), read)
  } catch (error) {
    if (codeOf(error) === 'SQLITE_BUSY') return 'in use'
    throw error
  } finally {
    rmSync(probe.folder, { recursive: true, force: true })
  }
}

/** Whether another program has the file open. A file that cannot be read is not asked: it is open nowhere for long. */
export const isOpenElsewhere = (path: string, passphrase: string): boolean =>
  readAlone(
    path,
    (probe) => openAlone(probe, passphrase),
    () => true,
  ) === 'in use'

function secondName(path: string): { folder: string; file: string } | null {
  for (const [parent, make] of [
    [dirname(path), linkSync],
    [tmpdir(), copyFileSync],
  ] as const) {
    let folder: string | null = null
    try {
      folder = mkdtempSync(join(parent, '.understory-'))
      const file = join(folder, 'project')
      make(path, file)
      return { folder, file }
    } catch {
      if (folder !== null) rmSync(folder, { recursive: true, force: true })
    }
  }
  return null
}
