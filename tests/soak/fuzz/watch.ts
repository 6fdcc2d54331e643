/** Looks at the file from beside while messages are sent: who wrote what, and whether anything changed that should not have. */
import { createHash } from 'node:crypto'
import type { ReadableDb } from '../../../electron/store/file/connection.ts'
import { openReadOnly } from '../../../electron/store/file/database.ts'
import { fingerprint } from '../../../electron/store/verify/verify.ts'
import type { CoderId } from '../../../shared/contract/basics.ts'

export type State = { seq: number; head: string; local: string }

export class Watch {
  readonly db: ReadableDb
  readonly #head
  readonly #since
  readonly #local
  readonly #codings

  constructor(path: string, passphrase: string) {
    this.db = openReadOnly(path, passphrase)
    this.#head = this.db.prepare('SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1')
    this.#since = this.db.prepare('SELECT coder, kind FROM journal WHERE seq > ?')
    // Marks are of sessions, not of messages; a wrong PIN is counted though it is refused.
    this.#local = this.db.prepare(
      `SELECT name, value FROM local WHERE name NOT LIKE 'mark.%' AND name NOT LIKE '%tries%' ORDER BY name`,
    )
    this.#codings = this.db.prepare(
      `SELECT coding.*, coder.id AS whose FROM coding JOIN coder ON coder.num = coding.coder WHERE coder.id <> ? ORDER BY coding.num`,
    )
  }

  get state(): State {
    const { seq, hash } = this.#head.get() as { seq: number; hash: string }
    return { seq, head: hash, local: JSON.stringify(this.#local.all()) }
  }

  writtenSince(seq: number): { coder: CoderId; kind: string }[] {
    return this.#since.all(seq) as { coder: CoderId; kind: string }[]
  }

  /** The codings of everybody else, in a word. */
  codingsBut(coder: CoderId): string {
    return createHash('sha256')
      .update(JSON.stringify(this.#codings.all(coder)))
      .digest('hex')
  }

  get fingerprint(): string {
    return fingerprint(this.db)
  }

  close(): void {
    this.db.close()
  }
}
