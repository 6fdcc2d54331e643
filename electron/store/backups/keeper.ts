/**
 * When backups are made: soon after a project is opened, every hour in which something changed, and before what comes
 * from outside. One at a time, on a connection of its own, in a pause of the work; what goes wrong is a sentence beside
 * the work, and is tried again.
 */
import { basename } from 'node:path'
import type { BackupReason, BackupState } from '../../../shared/contract/backups.ts'
import { asProblem } from '../../../shared/problem.ts'
import { backupFolder, backupsOf } from '../file/backup-names.ts'
import { type Head, headOf } from '../file/journal-head.ts'
import type { BackupOrder, BackupOutcome } from '../file/make-backup.ts'
import { readSetting } from '../file/values.ts'
import type { Project } from '../project.ts'
import { areMadeFor, areOn, switchBackups } from './automatic.ts'

/** The time in ms, and how to be called every so many of them until what is returned is called. */
export type Clock = { now(): number; every(ms: number, work: () => void): () => void }

export const SYSTEM_CLOCK: Clock = {
  now: Date.now,
  every: (ms, work) => {
    const timer = setInterval(work, ms)
    // It keeps no program from ending.
    timer.unref()
    return () => clearInterval(timer)
  },
}

const HOUR = 3_600_000
/** All in ms. How often it is looked whether a backup is due. */
export const LOOKED_EVERY = 5_000
/** What a person opens first should not wait for the disk. */
const AFTER_OPENING = 5_000
/** So long nothing is changed in a pause; without one, a backup waits no longer than that. */
const PAUSE = 3_000
const LONGEST_WAIT = 600_000

const GOES_ON = 'Work goes on and is saved; a backup is tried again in an hour.'

type Run = (order: BackupOrder) => Promise<BackupOutcome | null>

export class BackupKeeper {
  readonly #project: Project
  readonly #run: Run
  readonly #clock: Clock
  readonly #tell: () => void
  readonly #stop: () => void
  #due: number
  #dueFor: BackupReason
  #changedAt = Number.NEGATIVE_INFINITY
  #running: Promise<void> | null = null
  #head: Head | null = null
  #lastAt: number | null
  #problem: string | null = null
  #isFull = false

  /** `isOpened`: it was not made just now. `tell` is called when the state is another. */
  constructor(project: Project, isOpened: boolean, run: Run, clock: Clock, tell: () => void) {
    this.#project = project
    this.#run = run
    this.#clock = clock
    this.#tell = tell
    this.#due = clock.now() + (isOpened ? AFTER_OPENING : HOUR)
    this.#dueFor = isOpened ? 'opening' : 'hourly'
    this.#lastAt = backupsOf(project.path, readSetting(project.db, 'id'))[0]?.at ?? null
    this.#stop = clock.every(LOOKED_EVERY, () => this.#look())
  }

  get state(): BackupState {
    return {
      isOn: areOn(this.#project),
      folder: basename(backupFolder(this.#project.path)),
      lastAt: this.#lastAt === null ? null : new Date(this.#lastAt).toISOString(),
      problem: this.#problem,
      isFull: this.#isFull,
    }
  }

  /** Somebody works: a backup that is due waits for a pause. */
  noteChange(): void {
    this.#changedAt = this.#clock.now()
  }

  setOn(isOn: boolean): void {
    switchBackups(this.#project, isOn)
    this.#problem = null
    if (isOn) this.#due = this.#clock.now()
    this.#tell()
  }

  /** Before what comes from outside; done when there is a backup of all that is here, or when there can be none. */
  async before(reason: 'import' | 'merge'): Promise<void> {
    await this.#running
    if (areMadeFor(this.#project)) await this.#make(reason)
  }

  /** No more of them; done when the last has let go of the project's file. */
  async stop(): Promise<void> {
    this.#stop()
    await this.#running
  }

  #look(): void {
    const now = this.#clock.now()
    if (now < this.#due || this.#running) return
    const isBusy = now - this.#changedAt < PAUSE && now - this.#due < LONGEST_WAIT
    if (isBusy || !this.#project.db.open || !areMadeFor(this.#project)) return
    if (headOf(this.#project.db)?.hash === this.#head?.hash) {
      this.#due = now + HOUR
      return
    }
    void this.#make(this.#dueFor)
  }

  #make(reason: BackupReason): Promise<void> {
    const now = this.#clock.now()
    this.#due = now + HOUR
    this.#dueFor = 'hourly'
    this.#project.seal('backup')
    this.#running = this.#run({ path: this.#project.path, reason, now })
      .then(
        (outcome) => {
          this.#problem = null
          if (outcome === null) return
          this.#lastAt = outcome.at
          this.#head = outcome.head
          if (outcome.isNew) this.#isFull = outcome.isFull
        },
        (error: unknown) => {
          const { code, message } = asProblem(error)
          this.#problem = code === 'cancelled' ? null : `${message} ${GOES_ON}`
        },
      )
      .then(() => {
        this.#running = null
        this.#tell()
      })
    return this.#running
  }
}
