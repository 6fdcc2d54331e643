/**
 * How far a project had come, kept outside it: a log that was cut off or lost, or an older copy in the file's place,
 * is a sound project that just holds less. The mark lies in the program's own settings folder and says nothing of what
 * is in the project; it is written some time after a change, so that no change waits for it.
 */
import { realpathSync } from 'node:fs'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { lazily } from '../../../shared/lazily.ts'
import type { ReadableDb } from '../file/connection.ts'
import { sha256 } from '../file/hash.ts'
import { headOf, sameEntryIn } from '../file/journal-head.ts'
import { keepInSettings, readFromSettings } from '../file/settings-folder.ts'
import { readSetting } from '../file/values.ts'
import { wallTime } from './clock.ts'

const Mark = z.object({
  project: z.string(),
  /** Entries of the journal, and the newest of them. */
  entries: z.int(),
  id: z.string(),
  hash: z.string(),
  /** When the newest was made. */
  at: z.string(),
  /** What the file begins with, in hex; it is no secret, and tells a damaged beginning from a wrong passphrase. */
  salt: z.string().optional(),
})
type Mark = z.infer<typeof Mark>

/** Where marks are; `isGuest` leaves projects alone that have none (scripts open many files once). */
export type MarkPlace = { settingsFolder: string; isGuest?: boolean }

const SOON = 1_000
const WHEN = lazily(() => new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' }))
const when = (at: string): string => WHEN().format(new Date(at))

export class ProgressMark {
  readonly #folder: string
  readonly #file: string
  readonly #path: string
  readonly #db: ReadableDb
  readonly #isGuest: boolean
  readonly #salt: string | undefined
  #known: Mark | null
  #timer: NodeJS.Timeout | null = null

  /** `salt` is what the file was seen to begin with before it was opened; null where it was open already, or new. */
  constructor(db: ReadableDb, path: string, place: MarkPlace, salt: string | null) {
    this.#db = db
    this.#path = path
    this.#isGuest = place.isGuest ?? false
    this.#folder = place.settingsFolder
    this.#file = fileFor(path)
    this.#known = readMark(this.#folder, this.#file)
    this.#salt = salt ?? this.#known?.salt
  }

  /**
   * What the file held on this computer before and does not hold now; null where nothing is missing. The mark stays as
   * it is until there is a new change.
   */
  missing(): string | null {
    const [mark, now] = [this.#known, this.#now()]
    if (!mark || !now || mark.project !== now.project) {
      this.note()
      return null
    }
    if (sameEntryIn(this.#db, mark)) {
      this.note()
      return null
    }
    const name = basename(this.#path)
    const count = mark.entries - now.entries
    return count > 0
      ? `${name} holds less than it did on this computer: at least ${count === 1 ? 'one change is' : `${count.toLocaleString('en-GB')} changes are`} missing, the last of them made on ${when(mark.at)}. What is here ends on ${when(now.at)}. It is an older copy, or the log beside it was lost or cut off.`
      : `${name} is another copy of the project than the one worked on here: changes made in that one up to ${when(mark.at)} are missing.`
  }

  /** What the file holds now is right, whatever it held here before: somebody put a backup in its place. */
  renew(): void {
    this.note()
    this.flush()
  }

  /** There is something new; it is written down soon. */
  note(): void {
    if (this.#timer || (this.#isGuest && !this.#known)) return
    this.#timer = setTimeout(() => this.flush(), SOON)
    // It keeps no program from ending.
    this.#timer.unref()
  }

  /** Writes down what is still to be written. A mark that cannot be is no reason to stop anybody's work. */
  flush(): void {
    if (!this.#timer) return
    clearTimeout(this.#timer)
    this.#timer = null
    try {
      const mark = this.#now()
      if (!mark || (mark.hash === this.#known?.hash && mark.salt === this.#known.salt)) return
      keepInSettings(this.#folder, this.#file, JSON.stringify(mark))
      this.#known = mark
    } catch {
      // The next change tries again.
    }
  }

  #now(): Mark | null {
    const newest = headOf(this.#db)
    const project = readSetting(this.#db, 'id')
    if (!newest || project === null) return null
    const { seq, id, hash, wall } = newest
    const mark = { project, entries: seq, id, hash, at: wallTime(wall) }
    return this.#salt === undefined ? mark : { ...mark, salt: this.#salt }
  }
}

const fileFor = (path: string): string => join('progress', `${sha256(realpathSync(path))}.json`)

/** What the file at this path began with when it was last worked on here. */
export const knownSalt = (path: string, place: MarkPlace): string | null =>
  readMark(place.settingsFolder, fileFor(path))?.salt ?? null

function readMark(settingsFolder: string, file: string): Mark | null {
  try {
    return Mark.parse(JSON.parse(readFromSettings(settingsFolder, file) ?? ''))
  } catch {
    return null
  }
}
