/** A copy that the program keeps by itself, where closing a project would lose what is in it. */
import { existsSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import { backup } from './backup.ts'
import type { ReadableDb } from './connection.ts'
import { copyAsItLies } from './written-file.ts'

/** "2026-11-30 14.05.09" for names of files, in the time of this computer. */
export function fileStamp(now = new Date()): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const day = [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join('-')
  return `${day} ${[two(now.getHours()), two(now.getMinutes()), two(now.getSeconds())].join('.')}`
}

/** A name beside `path` that no file has: "study (kept 2026-11-30 14.05.09).understory". */
export function datedName(path: string, word: string): string {
  const ending = extname(path)
  const stem = join(dirname(path), `${basename(path, ending)} (${word} ${fileStamp()}`)
  for (let number = 1; ; number++) {
    const name = `${stem}${number === 1 ? '' : ` ${number}`})${ending}`
    if (!existsSync(name)) return name
  }
}

/** Writes everything the connection holds beside `path`. @returns the copy, or null where none could be written */
export function keepCopy(db: ReadableDb, passphrase: string, path: string): string | null {
  const copy = datedName(path, 'kept')
  try {
    backup(db, passphrase, copy)
    return copy
  } catch {
    // Closing goes on: the person was told that the file is lost, and that a copy is theirs to save.
    return null
  }
}

/**
 * Keeps a file that was written over, and the log beside it, as they lie: closing folds the one into the other, which do
 * not belong together. To be called right before that, as it gives up the locks on both.
 */
export function keepAsItLies(path: string): void {
  const copy = datedName(path, 'kept')
  try {
    copyAsItLies(path, copy)
    if (existsSync(`${path}-wal`)) copyAsItLies(`${path}-wal`, `${copy}-wal`)
  } catch {
    // Closing goes on: the person was told, and is led to the backups.
  }
}
