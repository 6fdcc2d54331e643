/**
 * Tickets stand for the paths a person picked. The page only ever holds the ticket; the store is told what it stands
 * for. So a page, whatever became of it, cannot name a file nobody picked.
 */
import { randomUUID } from 'node:crypto'
import path from 'node:path'
import type { Picked, StoreControl } from '../../shared/bridge.ts'

type TicketNotice = Extract<StoreControl, { type: 'ticket' }>

export class Tickets {
  readonly #paths = new Map<string, readonly string[]>()
  readonly #announce: (notice: TicketNotice) => void

  /** `announce` tells the store; it is called before a ticket is handed out. */
  constructor(announce: (notice: TicketNotice) => void) {
    this.#announce = announce
  }

  /** A ticket for one pick of one or more paths. */
  issue(paths: readonly [string, ...string[]]): Picked {
    const ticket = randomUUID()
    this.#paths.set(ticket, paths)
    this.#announce({ type: 'ticket', ticket, paths: [...paths] })
    return { ticket, name: nameOf(paths) }
  }

  /** The ticket that already stands for exactly this path, or a new one. */
  issueOnce(file: string): Picked {
    for (const [ticket, paths] of this.#paths) {
      if (paths.length === 1 && paths[0] === file) return { ticket, name: nameOf([file]) }
    }
    return this.issue([file])
  }

  /** The one path a ticket stands for; undefined for an unknown ticket and for a pick of several files. */
  fileOf(ticket: string): string | undefined {
    const paths = this.#paths.get(ticket)
    return paths?.length === 1 ? paths[0] : undefined
  }

  /** Everything handed out so far, for a store process that was started again. */
  notices(): TicketNotice[] {
    return [...this.#paths].map(([ticket, paths]) => ({ type: 'ticket', ticket, paths: [...paths] }))
  }
}

function nameOf([first, ...others]: readonly [string, ...string[]]): string {
  const name = path.basename(first)
  return others.length === 0 ? name : `${name} and ${others.length} more`
}
