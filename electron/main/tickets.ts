/**
 * Tickets stand for the paths a person picked and for what they were picked for. The page only ever holds the ticket;
 * the store is told the rest. So a page, whatever became of it, cannot name a file nobody picked, nor have a file that
 * was picked to be read written over.
 */
import { randomUUID } from 'node:crypto'
import path from 'node:path'
import type { Picked, StoreControl, TicketPurpose } from '../../shared/bridge.ts'

type TicketNotice = Extract<StoreControl, { type: 'ticket' }>

const OPEN: TicketPurpose = 'open-project'

export class Tickets {
  readonly #issued = new Map<string, { paths: readonly string[]; purpose: TicketPurpose }>()
  readonly #announce: (notice: TicketNotice) => void

  /** `announce` tells the store; it is called before a ticket is handed out. */
  constructor(announce: (notice: TicketNotice) => void) {
    this.#announce = announce
  }

  /** A ticket for one pick of one or more paths. */
  issue(paths: readonly [string, ...string[]], purpose: TicketPurpose): Picked {
    const ticket = randomUUID()
    this.#issued.set(ticket, { paths, purpose })
    this.#announce({ type: 'ticket', ticket, paths: [...paths], purpose })
    return { ticket, name: nameOf(paths) }
  }

  /** The ticket that a project is opened by: the one that already stands for exactly this path, or a new one. */
  issueOnce(file: string): Picked {
    for (const [ticket, { paths, purpose }] of this.#issued) {
      if (purpose === OPEN && paths[0] === file) return { ticket, name: nameOf([file]) }
    }
    return this.issue([file], OPEN)
  }

  /**
   * The path of the project a ticket was picked for, to open it or to make it; undefined for any other ticket. From
   * now on it is there, and the ticket opens it.
   */
  projectOf(ticket: string): string | undefined {
    const issued = this.#issued.get(ticket)
    if (issued?.purpose !== OPEN && issued?.purpose !== 'project') return undefined
    const { paths } = issued
    if (issued.purpose !== OPEN) {
      this.#issued.set(ticket, { paths, purpose: OPEN })
      this.#announce({ type: 'ticket', ticket, paths: [...paths], purpose: OPEN })
    }
    return paths[0]
  }

  /** Everything handed out so far, for a store process that was started again. */
  notices(): TicketNotice[] {
    return [...this.#issued].map(([ticket, { paths, purpose }]) => ({
      type: 'ticket',
      ticket,
      paths: [...paths],
      purpose,
    }))
  }
}

function nameOf([first, ...others]: readonly [string, ...string[]]): string {
  const name = path.basename(first)
  return others.length === 0 ? name : `${name} and ${others.length} more`
}
