/**
 * Replicas: which copy of the project an entry was made in. A file that was copied goes on as another replica before its
 * first entry, so that no two entries of one replica ever follow the same one. A file that was moved is the same.
 *
 * The file holds which device it is worked on (`device`); each device holds, in the program's own settings folder, where
 * it last worked on a replica. The first entry of a replica continues the newest that was in the file: there they part.
 */
import { randomUUID } from 'node:crypto'
import { existsSync, realpathSync } from 'node:fs'
import { hostname, userInfo } from 'node:os'
import { join } from 'node:path'
import { v7 as uuid } from 'uuid'
import type { Db } from './database.ts'
import { identityOf } from './file-guard.ts'
import { sha256 } from './hash.ts'
import type { MarkPlace } from './progress-mark.ts'
import { clearLocal, readLocal, writeLocal } from './settings.ts'
import { keepInSettings, readFromSettings } from './settings-folder.ts'
import { KEY_NAME } from './signing-keys.ts'

export const REPLICA = 'replica'
export const DEVICE = 'device'

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
  /** Writes that down in the file, as part of the first change. */
  settle(): void
  /** The change is durable: this is where the replica is worked on. */
  settled(): void
}

/**
 * @param path of the open file
 * @param isOlder whether it held more when it was worked on here last: what is made now follows other entries
 */
export function homeOf(db: Db, path: string, marks: MarkPlace, isOlder: boolean): Home {
  const { settingsFolder, isGuest = false } = marks
  const device = deviceOf(marks)
  const real = realpathSync(path)
  const known = readLocal(db, REPLICA) ?? ''
  const madeOn = readLocal(db, DEVICE)
  // Where this device last worked on it.
  const other = readFromSettings(settingsFolder, placeFile(known))
  const isElsewhere = madeOn !== null && madeOn !== device && madeOn !== deviceByName()
  const isCopy =
    other !== null && other !== real && existsSync(other) && identityOf(other) !== identityOf(real)
  const isOwn = !isElsewhere && !isCopy && !isOlder
  const replica = isOwn ? known : uuid()
  // Scripts keep up what is kept already, and begin nothing.
  const isPlaceKept = !isGuest || (isOwn && other !== null)
  let isPlaceNew = isPlaceKept && (!isOwn || other !== real)
  return {
    replica,
    settle: () => {
      if (!isOwn) beginReplica(db, replica)
      if (!isOwn || madeOn !== device) writeLocal(db, DEVICE, device)
    },
    settled: () => {
      if (isPlaceNew) onlyIfPossible(() => keepInSettings(settingsFolder, placeFile(replica), real))
      isPlaceNew = false
    },
  }
}

/** From now on entries are this replica's, and seals are made with keys of its own; on whose device is found out anew. */
export function beginReplica(db: Db, replica: string = uuid()): void {
  db.transaction(() => {
    writeLocal(db, REPLICA, replica)
    clearLocal(db, DEVICE)
    db.prepare('DELETE FROM local WHERE name LIKE ?').run(`${KEY_NAME}%`)
  })()
}
