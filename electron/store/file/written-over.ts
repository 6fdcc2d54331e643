/**
 * Has another program written over the open file, in its place? A copy onto it (`cp`, some sync programs) leaves path,
 * device and number as they are; what SQLite goes on writing then lands in a file that is half this, half that.
 *
 * Whoever writes by SQLite says so in the index of the log first. So a file that changed while the index stayed as it
 * was, in pages that are encrypted anew whenever they are written, was changed by somebody else.
 */
import { type BigIntStats, closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { figureOf, type ReadableDb } from './connection.ts'

type Handles = { file: number; index: number; users: number }
/** How the file was when it was last known to be ours; `pages` are the numbers of those whose bytes were read. */
type Seen = Pick<BigIntStats, 'mtimeNs' | 'size'> & { index: string; pages: readonly number[]; bytes: string }

/**
 * Closing any handle on a file gives up the locks this process has on it, SQLite's too. So these stay open, one pair
 * for a file, until nobody here uses it.
 */
const handles = new Map<string, Handles>()

/** Looked at besides those that every session writes. */
const SAMPLES = 64

export class WrittenOver {
  readonly #db: ReadableDb
  readonly #identity: string
  readonly #handles: Handles
  readonly #pageSize: number
  #seen: Seen
  #isSo = false
  #isReleased = false

  /** `identity` tells the file from others of its name; the index of its log must be there. */
  constructor(db: ReadableDb, path: string, identity: string) {
    this.#db = db
    this.#identity = identity
    this.#pageSize = figureOf(db, 'page_size')
    const known = handles.get(identity)
    this.#handles = known ?? { file: openSync(path, 'r'), index: openSync(`${path}-shm`, 'r'), users: 0 }
    this.#handles.users += 1
    handles.set(identity, this.#handles)
    this.#seen = this.#look()
  }

  /** `found`: what the system says of the file now. Costs nothing while that is as it was. */
  isSo(found: BigIntStats): boolean {
    if (this.#isAsSeen(found)) return this.#isSo
    const { size, index, pages, bytes } = this.#seen
    this.#isSo = this.#readIndex() === index && (found.size !== size || this.#readPages(pages) !== bytes)
    if (!this.#isSo) this.#seen = this.#look()
    return this.#isSo
  }

  /** Our own change is through; it may have folded the log into the file. */
  confirmed(found: BigIntStats): void {
    if (!this.#isAsSeen(found)) this.#seen = this.#look()
  }

  /** To be called after SQLite has closed the file. */
  release(): void {
    if (this.#isReleased) return
    this.#isReleased = true
    this.#handles.users -= 1
    if (this.#handles.users > 0) return
    handles.delete(this.#identity)
    closeSync(this.#handles.file)
    closeSync(this.#handles.index)
  }

  /** Also where nothing more is to be seen: it was written over once, or is closed. */
  #isAsSeen({ mtimeNs, size }: BigIntStats): boolean {
    if (this.#isSo || this.#isReleased) return true
    return mtimeNs === this.#seen.mtimeNs && size === this.#seen.size
  }

  #look(): Seen {
    const { mtimeNs, size } = fstatSync(this.#handles.file, { bigint: true })
    const pages = this.#pagesOf(Number(size))
    return { mtimeNs, size, index: this.#readIndex(), pages, bytes: this.#readPages(pages) }
  }

  /** Salts of the log, and how much of it is in the file or about to be (SQLite's "WAL-index format"). */
  #readIndex(): string {
    const at = (offset: number, length: number) => bytesAt(this.#handles.index, offset, length)
    return [at(32, 8), at(96, 4), at(128, 4)].join()
  }

  /** Those in which a session leaves its mark (see log-mark.ts), the first, the last, and some between. */
  #pagesOf(size: number): number[] {
    const marked = this.#db
      .prepare<[], number>(`SELECT pageno FROM dbstat WHERE name = 'local'`)
      .pluck()
      .all()
    const count = Math.floor(size / this.#pageSize)
    const step = Math.max(1, Math.floor(count / SAMPLES))
    const pages = new Set([1, count, ...marked])
    for (let page = 1; page <= count; page += step) pages.add(page)
    return [...pages]
  }

  #readPages(pages: readonly number[]): string {
    return pages.map((page) => bytesAt(this.#handles.file, (page - 1) * this.#pageSize, 64)).join()
  }
}

/** In hex; shorter where the file ends. */
function bytesAt(handle: number, at: number, length: number): string {
  const bytes = Buffer.alloc(length)
  return bytes.subarray(0, readSync(handle, bytes, 0, length, at)).toString('hex')
}
