/** Which file a path leads to, and which files this process has open. */
import { type BigIntStats, statSync } from 'node:fs'

/** Device and number of a file, which another file of the same name does not have; null where there is none. */
export function identityOf(path: string): string | null {
  const found = statsOf(path)
  return found ? asIdentity(found) : null
}

/** What the system says of a file; undefined where there is none. */
export const statsOf = (path: string) => statSync(path, { bigint: true, throwIfNoEntry: false })
export const asIdentity = ({ dev, ino }: BigIntStats) => `${dev}:${ino}`

const openHere = new Map<string, number>()

/**
 * The files this process has open for writing. On Unix closing *any* handle on a file gives up every lock that the
 * process holds on it, SQLite's too; another program could then take away the log that is being written. So a file
 * that is open is not opened again but by SQLite, which knows about this.
 */
export const isOpenHere = (path: string): boolean => openHere.has(identityOf(path) ?? '')

/** @returns what is to be called when it is closed */
export function noteOpen(path: string): () => void {
  const identity = identityOf(path) ?? ''
  openHere.set(identity, (openHere.get(identity) ?? 0) + 1)
  return () => {
    const others = (openHere.get(identity) ?? 0) - 1
    if (others > 0) openHere.set(identity, others)
    else openHere.delete(identity)
  }
}
