/**
 * Which entries of the journal touched a row: for the history of a coding, of those that were taken away, and of what
 * was written on them. Kept for the tables that are asked, in runs of rows, so that a bulk change is one line.
 */
import type { WritableDb } from '../file/connection.ts'

/** A memo on a coding is about the coding too. */
const ASKED = ['coding', 'memo', 'kept_identifier'] as const
export type Asked = (typeof ASKED)[number]

const isAsked = (table: string): table is Asked => (ASKED as readonly string[]).includes(table)

/** Shorter runs are kept row by row: a row is looked for by its number, and each run beside it is looked at. */
const SHORTEST_RUN = 1_000

type Run = { about: Asked; first: number; last: number }

/** Collects the rows that one entry touches. */
export class Subjects {
  readonly #rows = new Map<Asked, Set<number>>()

  add(table: string, num: number): void {
    if (!isAsked(table)) return
    const rows = this.#rows.get(table)
    if (rows) rows.add(num)
    else this.#rows.set(table, new Set([num]))
  }

  save(db: WritableDb, seq: number): void {
    if (this.#rows.size === 0) return
    const insert = db.prepare(
      'INSERT INTO subject (about, first, last, seq) VALUES (@about, @first, @last, @seq)',
    )
    for (const [about, rows] of this.#rows) for (const run of runsOf(about, rows)) insert.run({ ...run, seq })
  }
}

function* runsOf(about: Asked, rows: ReadonlySet<number>): Generator<Run> {
  const nums = [...rows].sort((a, b) => a - b)
  for (let from = 0, to = 0; from < nums.length; from = to) {
    const first = nums[from] as number
    for (to = from + 1; nums[to] === first + (to - from); ) to++
    if (to - from >= SHORTEST_RUN) yield { about, first, last: first + (to - from) - 1 }
    else for (let num = first; num < first + (to - from); num++) yield { about, first: num, last: num }
  }
}

/**
 * SQL with the parameters @about and @num: the numbers of the entries that touched the row, in a column `seq`, in no
 * order.
 */
export const ENTRIES_ABOUT = `SELECT seq FROM subject WHERE about = @about AND first = @num
  UNION SELECT seq FROM subject WHERE about = @about AND last > first AND last >= @num AND first <= @num`
