/** What every verb works with: the project that is open, who sits at it, and the way to files and jobs. */
import type { TicketPurpose } from '../../../shared/bridge.ts'
import type { CoderId } from '../../../shared/contract/basics.ts'
import type { Coder } from '../../../shared/contract/coders.ts'
import type { ChangeEvent } from '../../../shared/contract/events.ts'
import type { Opening } from '../../../shared/contract/project.ts'
import type { CallContext, Handlers } from '../../../shared/rpc.ts'
import type { BackupKeeper } from '../backups/keeper.ts'
import type { ReadableDb } from '../file/connection.ts'
import type { JobArgs, JobName, JobResult } from '../jobs/jobs.ts'
import type { MarkPlace } from '../journal/progress-mark.ts'
import type { Project } from '../project.ts'
import type { SampleAhead } from './sample-ahead.ts'

/** The handlers of some aggregates. */
export type VerbsOf<A extends string> = Pick<Handlers, Extract<keyof Handlers, `${A}.${string}`>>

/** The answer of a verb that only says it is done. */
export const done = {}

export type Desk = {
  /** The one that is open. @throws Problem `no-project` */
  project(): Project
  /** Null while none is open. */
  opened(): Project | null
  /** Its database. @throws Problem `no-project` */
  db(): ReadableDb
  /** Whose eyes see the answer: what a blind round keeps from them is for the store to know, not for the page to say. */
  viewer(): CoderId
  /** Who sits at the project that is open; null where nobody has said yet who they are. */
  sitting(): Coder | null
  noteSeated(): void
  /** Every job answers whoever sits here: none can forget what a blind round hides from them. */
  run<J extends JobName>(name: J, args: JobArgs<J>, context: CallContext): Promise<JobResult<J>>
  /** The path a ticket stands for. @throws Problem `bad-arguments` for an unknown one and for one of another purpose */
  pathOf(ticket: string, ...purposes: readonly TicketPurpose[]): string
  pathsOf(ticket: string, purposes: readonly TicketPurpose[]): string[]
  /** Null where no backups are made unasked. */
  keeper(): BackupKeeper | null
  /** Opens `next` in the place of the project that is open; `isOpened`: it was there before. */
  use(next: Project, isOpened?: boolean): Promise<Opening>
  /** Closes the project that is open, whatever reads it. */
  leave(): Promise<void>
  announce(event: ChangeEvent): void
  readonly marks: MarkPlace | undefined
  readonly sample: SampleAhead
  readonly resourcesFolder: string
  /** The built file of the thread that reads files for an import. */
  readonly screeningWorker: URL | undefined
}
