/** The journal of an open project as people read it. */
import type { CoderId } from '../../../shared/contract/basics.ts'
import type {
  HistoryStep,
  HistorySteps,
  JournalFilter,
  JournalRow,
} from '../../../shared/contract/history.ts'
import type { ReadableDb } from '../file/connection.ts'
import { wallTime } from '../journal/clock.ts'
import type { Journal } from '../journal/journal.ts'
import { redoTargets, type StepRow, undoTargets } from '../journal/undo-targets.ts'
import { type JournalPage, listJournal, someEntries } from './list.ts'
import { EntryPlaces } from './places.ts'

export class History {
  readonly #db: ReadableDb
  readonly #journal: Journal

  constructor(db: ReadableDb, journal: Journal) {
    this.#db = db
    this.#journal = journal
  }

  /** A page as `viewer` may see it; null is nobody who codes, whom no blind round keeps anything from. */
  list(
    before: number | null,
    limit: number,
    filter: JournalFilter = {},
    viewer: CoderId | null = null,
  ): JournalPage {
    return listJournal(this.#db, this.#journal, { before, limit, ...filter }, viewer)
  }

  /** Some entries, oldest first. */
  rowsOf(seqs: readonly number[], viewer: CoderId | null = null): JournalRow[] {
    return someEntries(this.#db, this.#journal.labels, seqs, viewer)
  }

  /** What undo and redo would do, one press after the other. */
  steps(coder: CoderId, limit: number, viewer: CoderId | null = null): HistorySteps {
    const { kinds, labels } = this.#journal
    const places = new EntryPlaces(this.#db, viewer)
    const toStep = ({ step, wall }: StepRow): HistoryStep => {
      const { first, count } = labels.firstOf(step)
      const seen = first && count === 1 ? places.of(first) : null
      return { step, label: labels.ofStep(step), where: seen?.where ?? null, at: wallTime(wall) }
    }
    return {
      done: undoTargets(this.#db, kinds, coder, limit).map(toStep),
      undone: redoTargets(this.#db, coder, limit).map(toStep),
    }
  }
}
