/** The one project that is open: taking its place, who sits at it, its backups, and leaving it whatever happens. */
import { NEVER } from '../../../shared/cancel.ts'
import type { Coder } from '../../../shared/contract/coders.ts'
import { type ChangeEvent, TOPICS } from '../../../shared/contract/events.ts'
import type { Opening, ProjectInfo } from '../../../shared/contract/project.ts'
import { Problem } from '../../../shared/problem.ts'
import { BackupKeeper, type Clock } from '../backups/keeper.ts'
import type { BackupOrder } from '../file/make-backup.ts'
import type { Analyst } from '../jobs/analyst.ts'
import type { MarkPlace } from '../journal/progress-mark.ts'
import type { Project } from '../project.ts'
import { chairsFor, sitsAtOnce, takeWordOfRemoval } from '../team/chairs.ts'
import { NOBODY } from './seat.ts'

type Around = {
  analyst: Analyst
  announce(event: ChangeEvent): void
  clock: Clock | undefined
  marks: MarkPlace | undefined
}

/** What the screen starts with. A project that cannot tell (it is damaged) does not take the place of the one that is open. */
function infoOrClosed(next: Project): ProjectInfo {
  try {
    // A script-made project has no coder yet; asking for the info adds one, before anyone listens.
    return next.info()
  } catch (error) {
    next.close()
    throw error
  }
}

export class OpenProject {
  readonly #around: Around
  #open: Project | null = null
  #keeper: BackupKeeper | null = null
  /** Whether somebody sits at the project that is open: one who has a PIN is asked for it first. */
  #isSeated = false

  constructor(around: Around) {
    this.#around = around
  }

  /** Null while none is open. */
  get project(): Project | null {
    return this.#open
  }

  get keeper(): BackupKeeper | null {
    return this.#keeper
  }

  /** @throws Problem `no-project` */
  get(): Project {
    if (!this.#open) throw new Problem('no-project', 'No project is open. Open or create one first.')
    return this.#open
  }

  sitting(): Coder | null {
    return this.#isSeated ? this.get().activeCoder() : null
  }

  /** As `seated` asks: null while no project is open. */
  whoSits(): Coder | typeof NOBODY | null {
    return this.#open && (this.#isSeated ? this.#open.activeCoder() : NOBODY)
  }

  noteSeated(): void {
    this.#isSeated = true
  }

  /** Whatever closing runs into, no project is open afterwards. */
  close(): void {
    const closing = this.#open
    this.#open = null
    void this.#keeper?.stop()
    this.#keeper = null
    closing?.close()
  }

  /** Closes it when the threads that read the file too have let go: the last to do so folds the log in. */
  async leave(): Promise<void> {
    await this.#letGo().finally(() => this.close())
  }

  async #letGo(): Promise<void> {
    await this.#keeper?.stop()
    await this.#around.analyst.release()
  }

  /** Opens `next` in the place of the project that is open; `isOpened`: it was there before. */
  async use(next: Project, isOpened = true): Promise<Opening> {
    const { announce, marks } = this.#around
    const info = infoOrClosed(next)
    if (marks) next.compareWithMark(marks)
    try {
      await this.#letGo()
    } finally {
      this.close()
      this.#open = next
      this.#isSeated = sitsAtOnce(next)
    }
    next.signer = () => next.person()
    this.#keepBackups(next, isOpened)
    next.onChange((event) => {
      this.#keeper?.noteChange()
      announce(event)
    })
    announce({ topics: [...TOPICS], noteIds: null })
    if (!this.#isSeated) return { ...chairsFor(next, null), notices: [...next.notices] }
    const removal = takeWordOfRemoval(next, next.person())
    const told = removal === null ? [] : [{ words: removal, isLoss: false }]
    return { ...info, notices: [...next.notices, ...told] }
  }

  #keepBackups(next: Project, isOpened: boolean): void {
    const { analyst, announce, clock } = this.#around
    if (!clock) return
    const unseen = { signal: NEVER, progress: () => {}, viewer: null }
    const makeOne = (order: BackupOrder) => analyst.run(next, 'keepBackup', order, unseen)
    const tell = () => announce({ topics: ['backups'], noteIds: null })
    this.#keeper = new BackupKeeper(next, isOpened, makeOne, clock, tell)
  }
}
