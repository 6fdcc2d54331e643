/** The tickets main has told of: which paths each stands for, and what they were picked for. */
import type { StoreControl, TicketPurpose } from '../../../shared/bridge.ts'
import { Problem } from '../../../shared/problem.ts'

type TicketNotice = Extract<StoreControl, { type: 'ticket' }>

export class KnownTickets {
  readonly #notices = new Map<string, TicketNotice>()

  /** What is told of a ticket later goes over what was told before. */
  take(notice: TicketNotice): void {
    this.#notices.set(notice.ticket, notice)
  }

  /**
   * The paths a ticket stands for, for a verb that takes tickets of these purposes: what a person picked to be read is
   * never written to, and what was picked for one kind of file does not become another. Throws `bad-arguments`.
   */
  pathsOf(ticket: string, purposes: readonly TicketPurpose[]): string[] {
    const notice = this.#notices.get(ticket)
    if (!notice)
      throw new Problem('bad-arguments', 'This choice of file is no longer known. Choose the file again.')
    if (!purposes.includes(notice.purpose))
      throw new Problem(
        'bad-arguments',
        'This file was chosen for something else. Nothing was changed; choose a file for this.',
      )
    return notice.paths
  }
}
