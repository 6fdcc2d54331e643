/**
 * Does the path of a project still lead to the file that is open? Programs that keep folders alike delete and replace
 * files behind the back of whoever has them open; what is written then goes to a file that nobody will ever find.
 */
import { type BigIntStats, existsSync } from 'node:fs'
import { basename } from 'node:path'
import { Problem } from '../../../shared/problem.ts'
import type { ReadableDb } from './connection.ts'
import { asIdentity, identityOf, statsOf } from './open-files.ts'
import { WrittenOver } from './written-over.ts'

/** What is not where it was: the file itself, the log beside it, or what was in the file. */
export type Lost = 'file' | 'log' | 'content' | null

export class FileGuard {
  readonly #path: string
  readonly #file: string | null
  #log: string | null
  /** Null where nobody but us can have the file open: there is no index of its log then. */
  readonly #content: WrittenOver | null

  /** To be made while the path is known to lead to the file that `db` has open. */
  constructor(path: string, db: ReadableDb) {
    this.#path = path
    this.#file = identityOf(path)
    this.#log = identityOf(`${path}-wal`)
    this.#content =
      this.#file !== null && existsSync(`${path}-shm`) ? new WrittenOver(db, path, this.#file) : null
  }

  /** Two questions to the system, some millionths of a second: it is asked before every change is confirmed. */
  get lost(): Lost {
    const found = askedFor(this.#path)
    if (found === null || asIdentity(found) !== this.#file) return 'file'
    if (this.#content?.isSo(found)) return 'content'
    // The log is made by the first change, and stays as long as the file is open.
    this.#log ??= identityOf(`${this.#path}-wal`)
    return this.#log !== null && isElsewhere(`${this.#path}-wal`, this.#log) ? 'log' : null
  }

  /** A change is through. What it folded into the file is known from now on. */
  confirmed(): void {
    const found = this.#content && askedFor(this.#path)
    if (found) this.#content?.confirmed(found)
  }

  /** To be called after the file was closed. */
  release(): void {
    this.#content?.release()
  }

  /** @throws Problem `file-lost` */
  assertThere(): void {
    const { lost } = this
    if (lost === null) return
    const name = basename(this.#path)
    throw new Problem('file-lost', wordsFor(lost, name))
  }
}

function wordsFor(lost: Exclude<Lost, null>, name: string): string {
  if (lost === 'content')
    return `Another program has written over ${name} while it was open, such as with an older copy. Nothing more is saved. Close the project: what lies there now is kept beside it with its log. Then open the newest backup, or ${name} as it is now.`
  return lost === 'file'
    ? `${name} is no longer where it was opened: it was moved, renamed, deleted or replaced. Nothing more is saved; everything up to now is still here. Save a copy and go on in that.`
    : `The log of ${name} was deleted or replaced by another program. Nothing more is saved; everything up to now is still here. Close the project, which puts it into the file, and open it again.`
}

/** Null for what is not there; a folder that cannot be asked (a network drive that has gone) leads nowhere. */
function askedFor(path: string): BigIntStats | null {
  try {
    return statsOf(path) ?? null
  } catch {
    return null
  }
}

const isElsewhere = (path: string, identity: string | null): boolean => {
  const found = askedFor(path)
  return (found && asIdentity(found)) !== identity
}
