/**
 * The files that nothing else may be written over while they are used: every project that is open in this thread, and
 * what a command reads beside it. Whoever opens one says so here; whoever writes asks here.
 */
import { realpathSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { identityOf } from './open-files.ts'

/** An open database, or what stands for a file that is used as long as the command runs. */
export type UsedFile = { readonly name: string; readonly open: boolean }

/** What SQLite keeps beside a database while it is open. */
export const COMPANIONS = ['', '-wal', '-shm', '-journal'] as const

const used = new Set<UsedFile>()

/** From now on, for as long as it is open, nothing is written over this file. */
export function keepApart(file: UsedFile): void {
  for (const one of used) if (!one.open) used.delete(one)
  used.add(file)
}

/** The name of the used file that would be lost if `path` were replaced, whatever `path` calls it; null for none. */
export function usedFileAt(path: string): string | null {
  const asked = placeOf(path)
  const inode = inodeOf(path)
  for (const { name, open } of used) {
    if (!open) continue
    for (const companion of COMPANIONS) {
      const ways = [`${name}${companion}`, `${placeOf(name)}${companion}`]
      const isSame = ways.some((way) => placeOf(way) === asked || (inode !== null && inodeOf(way) === inode))
      if (isSame) return basename(name)
    }
  }
  return null
}

/** Every path to a file, or to where one would be made, is one path here: links are followed, also those of folders. */
export function placeOf(path: string): string {
  try {
    return foldedName(realpathSync(path))
  } catch {
    // Not there yet; its folder may be reached through a link all the same.
  }
  try {
    return foldedName(join(realpathSync(dirname(path)), basename(path)))
  } catch {
    return foldedName(path)
  }
}

/** Two spellings are one file where the system takes no notice of capitals. */
const foldedName = (path: string): string =>
  process.platform === 'linux' ? path : path.normalize('NFC').toLowerCase()

/** The same for all names of a file. Null also where it cannot be asked. */
function inodeOf(path: string): string | null {
  try {
    return identityOf(path)
  } catch {
    return null
  }
}
