/** One backup: made beside the project where anything is new since the last one, and older ones put away. */
import { existsSync, mkdirSync, statfsSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import type { BackupReason } from '../../../shared/contract/backups.ts'
import { asProblem, Problem } from '../../../shared/problem.ts'
import { backup } from './backup.ts'
import { type BackupFile, backupFolder, backupsOf, newBackupPath } from './backup-names.ts'
import { MOST_ROOM, outdated } from './backup-rotation.ts'
import { figureOf, type ReadableDb } from './connection.ts'
import { openReadOnly } from './database.ts'
import { type Head, headOf } from './journal-head.ts'
import { readSetting } from './values.ts'
import { dropProjectFile, sweepDrafts, writeProblem } from './written-file.ts'

export type BackupOrder = {
  /** Of the project. */
  path: string
  reason: BackupReason
  /** In ms. */
  now: number
  /** Bytes that all backups together may take. */
  most?: number
}

export type BackupOutcome = {
  /** When the newest backup was made, in ms; this one, or the one that holds everything already. */
  at: number
  isNew: boolean
  /** What its file is called. */
  name: string
  /** Some were put away early, as all together would have taken too much room. */
  isFull: boolean
  /** Up to where the project is backed up. */
  head: Head
}

/** Bytes that a backup leaves free: it never takes the room that the next coding needs. */
const ROOM_FOR_WORK = 64_000_000

/**
 * Reads through `db`, which needs no right to write. Null for a project that is empty.
 * @throws Problem `disk-full`, `export-failed`, `write-failed`, in sentences about the backup; nothing is left behind
 */
export function makeBackup(
  db: ReadableDb,
  { path, reason, now, most = MOST_ROOM }: BackupOrder,
  passphrase: string,
): BackupOutcome | null {
  const head = headOf(db)
  const id = readSetting(db, 'id')
  if (head === null || id === null) return null
  const [newest] = backupsOf(path, id)
  if (newest && headIn(newest, passphrase)?.hash === head.hash)
    return { at: newest.at, isNew: false, name: newest.name, isFull: false, head }
  try {
    assertRoom(db, path)
    makeFolder(backupFolder(path))
    sweepDrafts(backupFolder(path), now)
    const file = newBackupPath(path, id, reason, now)
    backup(db, passphrase, file)
    return { at: now, isNew: true, name: basename(file), isFull: putAwayOld(path, id, file, now, most), head }
  } catch (error) {
    throw inWords(backupFolder(path), error)
  }
}

/** Null where it cannot be opened: then it is no backup. */
function headIn({ path }: BackupFile, passphrase: string): Head | null {
  let db: ReadableDb | null = null
  try {
    db = openReadOnly(path, passphrase)
    return headOf(db)
  } catch {
    return null
  } finally {
    db?.close()
  }
}

/** Its owner's alone, as what is in it. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return
  mkdirSync(folder, { mode: 0o700 })
}

function assertRoom(db: ReadableDb, path: string): void {
  const folder = backupFolder(path)
  const { bavail, bsize } = statfsSync(existsSync(folder) ? folder : dirname(path))
  if (bavail * bsize < figureOf(db, 'page_count') * figureOf(db, 'page_size') + ROOM_FOR_WORK)
    throw new Problem('disk-full', 'There is too little room.')
}

/** What was just made was just read through. @returns whether some had to go early */
function putAwayOld(path: string, id: string, file: string, now: number, most: number): boolean {
  const backups = backupsOf(path, id)
  const sound = backups.find((one) => one.path === file)
  if (!sound) return false
  const { gone, isFull } = outdated(backups, sound, now, most)
  for (const one of gone) dropProjectFile(one.path)
  return isFull
}

function inWords(folder: string, error: unknown): Problem {
  const problem = asProblem(writeProblem(folder, error))
  const say = (words: string) => new Problem(problem.code, words, { cause: error })
  if (problem.code === 'disk-full')
    return say('The disk has too little room for a backup beside the project.')
  if (problem.code === 'export-failed' || problem.code === 'read-only')
    return say(
      `No backup could be made: the folder “${basename(folder)}” beside the project cannot be written to.`,
    )
  return problem
}
