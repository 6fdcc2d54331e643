/**
 * Does the path of a project still lead to the file that is open? Programs that keep folders alike delete and replace
 * files behind the back of whoever has them open; what is written then goes to a file that nobody will ever find.
 */
import { statSync } from 'node:fs'
import { basename } from 'node:path'
import { Problem } from '../../shared/problem.ts'

/** Device and number of a file, which another file of the same name does not have; null where there is none. */
export function identityOf(path: string): string | null {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false })
  return found ? `${found.dev}:${found.ino}` : null
}

/** What is not where it was: the file itself, or the log beside it. */
export type Lost = 'file' | 'log' | null

export class FileGuard {
  readonly #path: string
  readonly #file: string | null
  #log: string | null

  /** To be made while the path is known to lead to the file. */
  constructor(path: string) {
    this.#path = path
    this.#file = identityOf(path)
    this.#log = identityOf(`${path}-wal`)
  }

  /** Two questions to the system, some millionths of a second: it is asked before every change is confirmed. */
  get lost(): Lost {
    if (isElsewhere(this.#path, this.#file)) return 'file'
    // The log is made by the first change, and stays as long as the file is open.
    this.#log ??= identityOf(`${this.#path}-wal`)
    return this.#log !== null && isElsewhere(`${this.#path}-wal`, this.#log) ? 'log' : null
  }

  /** @throws Problem `file-lost` */
  assertThere(): void {
    const { lost } = this
    if (lost === null) return
    const name = basename(this.#path)
    throw new Problem(
      'file-lost',
      lost === 'file'
        ? `${name} is no longer where it was opened: it was moved, renamed, deleted or replaced. Nothing more is saved; everything up to now is still here. Save a copy and go on in that.`
        : `The log of ${name} was deleted or replaced by another program. Nothing more is saved; everything up to now is still here. Close the project, which puts it into the file, and open it again.`,
    )
  }
}

/** A folder that cannot be asked (a network drive that has gone) leads nowhere. */
function isElsewhere(path: string, identity: string | null): boolean {
  try {
    return identityOf(path) !== identity
  } catch {
    return true
  }
}

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
