/**
 * Replicas: which copy of the project an entry was made in. A file that was copied goes on as another replica before its
 * first entry, so that no two entries of one replica ever follow the same one. A file that was moved is the same, and so
 * is one that two computers take turns with: each goes on with its own.
 *
 * The file holds which replica each device writes in it, and of new files and of scripts, which keep nothing elsewhere,
 * which file it was (another may be a copy, or the same put elsewhere: then it is one more replica, which does no harm);
 * each device holds, in the program's own settings folder, where it last worked on a replica. The first entry of a replica continues the newest that was in the file: there they part.
 */
import { randomUUID } from 'node:crypto'
import { existsSync, realpathSync } from 'node:fs'
import { hostname, userInfo } from 'node:os'
import { join } from 'node:path'
import { v7 as uuid } from 'uuid'
import type { ReadableDb, WritableDb } from '../file/connection.ts'
import { sha256 } from '../file/hash.ts'
import { identityOf } from '../file/open-files.ts'
import { keepInSettings, readFromSettings } from '../file/settings-folder.ts'
import { readLocal, writeLocal } from '../file/values.ts'
import type { MarkPlace } from './progress-mark.ts'

const REPLICA = 'replica'
/** Before a device's digest: the replica it writes. */
const OF_DEVICE = 'replica.'

/** Before a device's digest: which file it was that it wrote, where nothing of that is kept outside. */
const FILE_OF_DEVICE = 'replica-file.'

/** As many hex digits tell devices apart; the file says no more of any. */
const DIGITS = 32

const digest = (...parts: readonly string[]) => sha256(JSON.stringify(parts)).slice(0, DIGITS)

/** What can be said of an account on a computer of which nothing is kept. */
const deviceByName = () => digest(userInfo().username, hostname())

/**
 * The account on this computer; a settings folder that was taken along to another is another device. Where nothing is
 * kept (scripts keep nothing, and some settings folders cannot be written to) it goes by names alone.
 */
function deviceOf({ settingsFolder, isGuest }: MarkPlace): string {
  if (!isGuest && readFromSettings(settingsFolder, 'device') === null)
    onlyIfPossible(() => keepInSettings(settingsFolder, 'device', randomUUID()))
  const own = readFromSettings(settingsFolder, 'device')
  return own === null ? deviceByName() : digest(own, hostname())
}

const fileDigest = (path: string) => digest(identityOf(path) ?? '')

const placeFile = (replica: string): string => join('replicas', `${sha256(replica)}.txt`)

/** Without it a copy is not told from the file: no reason to stop anybody's work. */
function onlyIfPossible(work: () => void): void {
  try {
    work()
  } catch {
    // The next change tries again.
  }
}

/** What an open file is to the device it is open on. */
export type Home = {
  /** The replica that its next entry belongs to; another than before where the file is a copy. */
  readonly replica: string
  /** Writes that down in the file, as part of the first entry. */
  settle(): void
  /** The change is durable: this is where the replica is worked on. */
  settled(): void
}

/**
 * @param path of the open file
 * @param isOlder whether it held more when it was worked on here last: what is made now follows other entries
 */
export function homeOf(db: WritableDb, path: string, marks: MarkPlace, isOlder: boolean): Home {
  const { settingsFolder, isGuest = false } = marks
  const device = deviceOf(marks)
  const real = realpathSync(path)
  const before = ownReplica(db, device)
  const other = before === null ? null : readFromSettings(settingsFolder, placeFile(before))
  const identity = fileDigest(real)
  const written = readLocal(db, FILE_OF_DEVICE + device) ?? readLocal(db, FILE_OF_DEVICE + deviceByName())
  // A file that nothing is known of may be one of many that are alike.
  const isCopy =
    other === null
      ? written !== identity
      : other !== real && existsSync(other) && identityOf(other) !== identityOf(real)
  const isFileKept = isGuest || device === deviceByName()
  const isOwn = before !== null && !isCopy && !isOlder
  const replica = isOwn ? before : uuid()
  // Scripts keep up what is kept already, and begin nothing.
  const isPlaceKept = !isGuest || (isOwn && other !== null)
  let isPlaceDue = false
  return {
    replica,
    settle: () => {
      for (const name of [REPLICA, OF_DEVICE + device])
        if (readLocal(db, name) !== replica) writeLocal(db, name, replica)
      if (isFileKept && readLocal(db, FILE_OF_DEVICE + device) !== identity)
        writeLocal(db, FILE_OF_DEVICE + device, identity)
      isPlaceDue = isPlaceKept && (!isOwn || other !== real)
    },
    settled: () => {
      if (isPlaceDue) onlyIfPossible(() => keepInSettings(settingsFolder, placeFile(replica), real))
      isPlaceDue = false
    },
  }
}

/**
 * The replica this device wrote last in this file; of a file that no device is known of (it is new, or a script's) the
 * one there is. Null for a device that has written nothing in it.
 */
function ownReplica(db: ReadableDb, device: string): string | null {
  const own = readLocal(db, OF_DEVICE + device) ?? readLocal(db, OF_DEVICE + deviceByName())
  if (own !== null) return own
  const isAnybodys =
    db.prepare('SELECT 1 FROM local WHERE name LIKE ? LIMIT 1').get(`${OF_DEVICE}%`) === undefined
  return isAnybodys ? readLocal(db, REPLICA) : null
}

/** A new replica, which is no device’s yet, but of whoever goes on with this file here; it seals with keys of its own. */
export function beginReplica(db: WritableDb, path: string): void {
  writeLocal(db, REPLICA, uuid())
  for (const names of [OF_DEVICE, FILE_OF_DEVICE])
    db.prepare('DELETE FROM local WHERE name LIKE ?').run(`${names}%`)
  writeLocal(db, FILE_OF_DEVICE + deviceByName(), fileDigest(path))
}
