/**
 * The encrypted project file: SQLite with SQLCipher version 4 (AES-256) pages. Everything that opens, keys or
 * closes one is here, so that no other module needs to know about pragmas or passphrases.
 */
import { accessSync, closeSync, existsSync, constants as modes, openSync, readSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import Database from 'better-sqlite3'
import { Problem } from '../../../shared/problem.ts'
import { figureOf, type ReadableDb, type WritableDb } from './connection.ts'
import { keepApart } from './kept-apart.ts'
import { migrate, type Updating } from './migrate.ts'
import { isOpenHere, noteOpen } from './open-files.ts'
import { saltOf } from './page-check.ts'
import { dropProjectFile, startProjectFile } from './written-file.ts'

/** What is to be called when a connection for writing is closed. */
const closings = new WeakMap<WritableDb, () => void>()

const SQLITE_HEADER = 'SQLite format 3\0'
/** "USTY", so that a decrypted copy can still be told from any other SQLite file. */
export const APPLICATION_ID = 0x55535459
const SMALLEST_FILE = 4_096
/** How long to wait for another program's write, in milliseconds. */
const BUSY_TIMEOUT = 5_000

/** Passphrases typed on different keyboards may be composed differently; NFC makes them the same bytes. */
export const keyBytes = (passphrase: string) => Buffer.from(passphrase.normalize('NFC'), 'utf8')

function applyKey(db: WritableDb, passphrase: string, known: string | null = null): void {
  // The library's SQLCipher 4 scheme (AES-256-CBC, HMAC-SHA512 per page, 256,000 rounds of PBKDF2).
  db.pragma(`cipher='sqlcipher'`)
  db.key(known === null ? keyBytes(passphrase) : Buffer.from(`x'${known}'`))
}

/** Passphrase and key by the salt that a file begins with. */
const knownKeys = new Map<string, { passphrase: string; key: string }>()

/**
 * For a passphrase that is no secret: a file with this salt, opened with it, has this key (both in hex), which then is
 * not derived again.
 */
export function knowKey(salt: string, passphrase: string, key: string): void {
  knownKeys.set(salt, { passphrase, key })
}

function keyKnownFor(path: string, passphrase: string): string | null {
  if (knownKeys.size === 0 || isOpenHere(path)) return null
  const known = knownKeys.get(saltOf(path) ?? '')
  return known?.passphrase === passphrase ? known.key : null
}

function setSafetyPragmas(db: WritableDb): void {
  db.pragma('foreign_keys = ON')
  db.pragma('trusted_schema = OFF')
  db.pragma('secure_delete = ON')
  db.pragma('temp_store = MEMORY')
  db.pragma(`busy_timeout = ${BUSY_TIMEOUT}`)
  db.pragma('cache_size = -65536')
}

function setWriterPragmas(db: WritableDb): void {
  db.pragma('journal_mode = WAL')
  // A coding that the screen shows as saved must survive a power cut.
  db.pragma('synchronous = FULL')
  db.pragma('checkpoint_fullfsync = ON')
  // The log may grow to 32 MB before it is folded in: a large import would otherwise write every page twice.
  db.pragma(`wal_autocheckpoint = ${LOG_PAGES}`)
}

/** Pages of the log before it is folded in: 32 MB, and 128 MB while many texts come in. */
const LOG_PAGES = 8_192
const LONG_LOG_PAGES = 32_768

/**
 * Until what it returns is called, the log is folded in less often: a page that changes many times while texts come in is
 * then written to the file fewer times.
 */
export function foldRarely(db: WritableDb): () => void {
  db.pragma(`wal_autocheckpoint = ${LONG_LOG_PAGES}`)
  return () => void db.pragma(`wal_autocheckpoint = ${LOG_PAGES}`)
}

/**
 * A transaction that a power cut may take back, as long as none is lost that came before it or makes use of it: the next
 * one that is waited for makes this one durable too.
 */
export function withoutWaiting(db: WritableDb, transaction: () => void): void {
  // Part of one that is waited for.
  if (db.inTransaction) {
    transaction()
    return
  }
  db.pragma('synchronous = NORMAL')
  try {
    transaction()
  } finally {
    db.pragma('synchronous = FULL')
  }
}

function readHeader(path: string): string {
  const file = openSync(path, 'r')
  try {
    const bytes = Buffer.alloc(16)
    readSync(file, bytes, 0, 16, 0)
    return bytes.toString('latin1')
  } finally {
    closeSync(file)
  }
}

function assertIsThere(path: string): void {
  if (!existsSync(path))
    throw new Problem(
      'file-not-found',
      `There is no file ${basename(path)}. It may have been moved or renamed.`,
    )
  if (statSync(path).isDirectory())
    throw new Problem('not-a-project', `${basename(path)} is a folder, not a project. Nothing was changed.`)
  if (!isAllowed(path, modes.R_OK))
    throw new Problem(
      'file-unreadable',
      `${basename(path)} cannot be read: it belongs to somebody else, or its rights do not allow it. Nothing was changed; ask whoever gave it to you.`,
    )
}

function isAllowed(path: string, mode: number): boolean {
  try {
    accessSync(path, mode)
    return true
  } catch {
    return false
  }
}

/**
 * Refuses what cannot be a project that is worked on before a passphrase is tried and a log looked at, so that the
 * message names the real fault. @throws Problem `file-not-found`, `not-a-project`, `file-unreadable` or `read-only`
 */
export function assertLooksLikeProject(path: string): void {
  assertIsThere(path)
  if (!isAllowed(path, modes.W_OK))
    throw new Problem(
      'read-only',
      `${basename(path)} can only be read: its rights or its disk do not let anything be written. Nothing was changed; open a copy that you may write to.`,
    )
  if (isOpenHere(path)) return
  const name = basename(path)
  const { size } = statSync(path)
  if (size < SMALLEST_FILE) {
    throw new Problem(
      'not-a-project',
      `${name} is too short to be an Understory project; it may be a broken copy. Nothing was changed.`,
    )
  }
  if (readHeader(path) === SQLITE_HEADER) {
    throw new Problem(
      'not-a-project',
      `${name} is an unencrypted database, not an Understory project. Nothing was changed.`,
    )
  }
}

/** The first read is where SQLCipher notices that the key is wrong. */
function assertKeyFits(db: ReadableDb, path: string): void {
  try {
    db.prepare('SELECT count(*) FROM sqlite_schema').get()
  } catch (error) {
    const code = (error as { code?: string }).code
    if (code !== 'SQLITE_NOTADB') throw error
    throw new Problem(
      'wrong-passphrase',
      `The passphrase does not open ${basename(path)}. Nothing was changed; check capitals and the keyboard layout and try again. If you are sure of it, the file may be damaged: open a backup.`,
      { cause: error },
    )
  }
}

/** `isAlone`: nobody else may have it open, here or elsewhere; `SQLITE_BUSY` where somebody has. */
function openKeyed(path: string, passphrase: string, options: Database.Options, isAlone = false): WritableDb {
  const known = keyKnownFor(path, passphrase)
  const db = new Database(path, { timeout: BUSY_TIMEOUT, ...options })
  keepApart(db)
  try {
    if (isAlone) db.pragma('locking_mode = EXCLUSIVE')
    applyKey(db, passphrase, known)
    assertKeyFits(db, path)
    setSafetyPragmas(db)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** Makes a new encrypted project file with the current schema. Throws `file-exists` rather than overwrite. */
export function createDatabase(path: string, passphrase: string): WritableDb {
  startProjectFile(path)
  const db = new Database(path, { timeout: BUSY_TIMEOUT })
  keepApart(db)
  try {
    applyKey(db, passphrase)
    setSafetyPragmas(db)
    db.pragma(`application_id = ${APPLICATION_ID}`)
    setWriterPragmas(db)
    migrate(db)
    closings.set(db, noteOpen(path))
    return db
  } catch (error) {
    db.close()
    dropProjectFile(path)
    throw error
  }
}

/** Folds the log in and empties it. @returns whether all of it is in the file now: not where somebody reads or writes */
export function foldLogIn(db: WritableDb): boolean {
  // What SQLite answers to this pragma.
  const [result] = db.pragma('wal_checkpoint(TRUNCATE)') as Array<{ busy: number }>
  return result?.busy === 0
}

/** Whether the last run ended before it folded its log in: killed, or a power cut. */
const hasLog = (path: string) => existsSync(`${path}-wal`) && statSync(`${path}-wal`).size > 0

/**
 * Folds in what a killed run has left, without waiting for others who have the file open. A redaction overwrites the
 * old words in the file only when its log is folded in. @returns whether all of it is in the file now
 */
export function foldLog(db: WritableDb): boolean {
  const timeout = db.pragma('busy_timeout', { simple: true })
  db.pragma('busy_timeout = 0')
  try {
    return foldLogIn(db)
  } finally {
    db.pragma(`busy_timeout = ${timeout}`)
  }
}

/**
 * Opens an existing project for reading and writing and brings its schema up to date. On a full disk it opens as well
 * as it can, and `tell` hears what there is to say about it.
 * Throws what `assertLooksLikeProject` throws, `wrong-passphrase` or `newer-project`; the file is then unchanged.
 */
export function openDatabase(
  path: string,
  passphrase: string,
  tell: (notice: string) => void = () => {},
  updating: (db: WritableDb) => Updating = () => ({}),
): WritableDb {
  assertLooksLikeProject(path)
  const isUnfinished = hasLog(path)
  const db = openForWriting(path, passphrase)
  try {
    migrate(db, updating(db))
    if (isUnfinished && !onFullDisk(() => foldLog(db))) tell(roomIsNeeded(db, path))
    closings.set(db, noteOpen(path))
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** Beside a file that others may open too SQLite keeps an index of the log; where there is no room for it, none may. */
function openForWriting(path: string, passphrase: string): WritableDb {
  const open = (isAlone: boolean) => {
    const db = openKeyed(path, passphrase, { fileMustExist: true }, isAlone)
    try {
      assertIsProject(db, path)
      setWriterPragmas(db)
      return db
    } catch (error) {
      db.close()
      throw error
    }
  }
  try {
    return open(false)
  } catch (error) {
    if (!isFull(error)) throw error
    return open(true)
  }
}

/** Whether no other connection can be opened beside this one. */
export const isAlone = (db: ReadableDb): boolean =>
  db.pragma('locking_mode', { simple: true }) === 'exclusive'

const isFull = (error: unknown): boolean =>
  /^SQLITE_(FULL|IOERR_(SHM|WRITE|FSYNC|TRUNCATE))/.test((error as { code?: string } | null)?.code ?? '')

/** What the project can do without for now. @returns false where the disk was too full for it */
export function onFullDisk(work: () => void): boolean {
  try {
    work()
    return true
  } catch (error) {
    if (!isFull(error)) throw error
    return false
  }
}

const MEGABYTE = 1_000_000

function roomIsNeeded(db: ReadableDb, path: string): string {
  const growth = figureOf(db, 'page_count') * figureOf(db, 'page_size') - statSync(path).size
  const room = Math.max(1, Math.ceil(growth / MEGABYTE))
  return `The disk is full: what lies in the log beside ${basename(path)} could not be put into the file. All of it is there and can be read; free about ${room} MB before you go on working.`
}

/** A second, read-only connection for analysis that must not make coding wait. */
export function openReadOnly(path: string, passphrase: string): ReadableDb {
  assertIsThere(path)
  return openKeyed(path, passphrase, { fileMustExist: true, readonly: true })
}

/**
 * Reads a project that is not open here. Who may not write leaves an empty log behind; where a log lies there, which may
 * be another file's, nothing may be folded in.
 */
export function openBeside(path: string, passphrase: string): ReadableDb {
  if (hasLog(path)) return openReadOnly(path, passphrase)
  assertIsThere(path)
  const db = openKeyed(path, passphrase, { fileMustExist: true })
  db.pragma('query_only = ON')
  return db
}

/**
 * Reads a file that nobody else has open, without the right to change it. @throws `SQLITE_BUSY` at once where somebody
 * has; to be given a name for which there is no log, as closing would fold that in
 */
export function openAlone(path: string, passphrase: string): ReadableDb {
  const db = openKeyed(path, passphrase, { fileMustExist: true, timeout: 0 }, true)
  db.pragma('query_only = ON')
  return db
}

function assertIsProject(db: ReadableDb, path: string): void {
  if (db.pragma('application_id', { simple: true }) === APPLICATION_ID) return
  throw new Problem('not-a-project', `${basename(path)} is not an Understory project. Nothing was changed.`)
}

/** An unencrypted database in memory with the current schema, for replaying a journal. */
export function memoryDatabase(): WritableDb {
  const db = new Database(':memory:')
  setSafetyPragmas(db)
  migrate(db)
  return db
}

/** An index of words in memory, which takes texts apart as the project's own does. */
export function wordIndex(): WritableDb {
  const db = new Database(':memory:')
  db.exec(`CREATE VIRTUAL TABLE folded USING fts5 (body, tokenize = "unicode61 remove_diacritics 2")`)
  return db
}

/**
 * Leaves one tidy file behind: the write-ahead log is folded in and removed. What cannot be tidied (a damaged file, a
 * full disk) must not keep it open: its log stays beside it, with all that is in it, and the next opening says so.
 */
export function closeDatabase(db: WritableDb): void {
  if (!db.open) return
  try {
    if (!db.readonly) {
      db.pragma('optimize')
      db.pragma('wal_checkpoint(TRUNCATE)')
    }
  } catch {
    // Closing says nothing about the file; opening does.
  } finally {
    db.close()
    closings.get(db)?.()
  }
}
