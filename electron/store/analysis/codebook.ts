/** How the codebook is used: by whom, how widely, which codes come together and which are taken for one another. */
import { type CancelSignal, NEVER } from '../../../shared/cancel.ts'
import type { Progress } from '../../../shared/contract.ts'
import type { CodebookOverview } from '../../../shared/model.ts'
import { Problem } from '../../../shared/problem.ts'
import { overlaps, type Stretch } from '../../../shared/segments.ts'
import { listCoders, listPeople } from '../coders.ts'
import type { Db } from '../database.ts'
import { byNote } from './by-note.ts'

export type OverviewArgs = { coderIds: string[] | null }
type Options = { signal?: CancelSignal; onProgress?: (progress: Progress) => void }
type Row = { noteNum: number; code: string; coder: string; span: Stretch | null }

/** Pairs a screen shows; more of them say no more. */
const MOST_PAIRS = 300

class PairCounts {
  readonly #counts = new Map<string, number>()

  add(first: string, second: string): void {
    const key = JSON.stringify([first, second])
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1)
  }

  /** The most frequent pairs, most first. */
  top(): Array<{ first: string; second: string; times: number }> {
    return [...this.#counts]
      .sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]))
      .slice(0, MOST_PAIRS)
      .map(([key, times]) => {
        const [first, second] = JSON.parse(key) as [string, string]
        return { first, second, times }
      })
  }
}

class Tally {
  readonly codings = new Map<string, number[]>()
  readonly notes = new Map<string, number>()
  readonly together = new PairCounts()
  readonly confused = new PairCounts()
  readonly #coderAt: Map<string, number>
  notesCoded = 0

  constructor(coders: readonly string[]) {
    this.#coderAt = new Map(coders.map((id, at) => [id, at]))
  }

  take(rows: readonly Row[]): void {
    this.notesCoded++
    const codes = [...new Set(rows.map(({ code }) => code))].sort()
    for (const code of codes) this.notes.set(code, (this.notes.get(code) ?? 0) + 1)
    codes.forEach((first, at) => {
      for (const second of codes.slice(at + 1)) this.together.add(first, second)
    })
    for (const { code, coder } of rows) {
      const counts = this.codings.get(code) ?? new Array<number>(this.#coderAt.size).fill(0)
      const at = this.#coderAt.get(coder) as number
      counts[at] = (counts[at] as number) + 1
      this.codings.set(code, counts)
    }
    if (new Set(rows.map(({ coder }) => coder)).size > 1) this.#confusions(rows)
  }

  /** A said X; B, who did not say X in any of those words, said Y. */
  #confusions(rows: readonly Row[]): void {
    const coders = new Set(rows.map(({ coder }) => coder))
    for (const row of rows) {
      if (row.span === null) continue
      for (const other of coders) {
        if (other === row.coder) continue
        const theirs = rows.filter(
          ({ coder, span }) => coder === other && span !== null && overlaps(span, row.span),
        )
        if (theirs.some(({ code }) => code === row.code)) continue
        for (const code of new Set(theirs.map(({ code }) => code))) this.confused.add(row.code, code)
      }
    }
  }
}

/** Counts over the codings of these coders (null: everybody's own). Throws `cancelled`. */
export function overviewOf(
  db: Db,
  { coderIds }: OverviewArgs,
  { signal = NEVER, onProgress }: Options = {},
): CodebookOverview {
  const asked = coderIds === null ? listPeople(db) : listCoders(db).filter(({ id }) => coderIds.includes(id))
  const coders = asked.map(({ id }) => id)
  const tally = new Tally(coders)
  let read = 0
  for (const rows of byNote(codingsOf(db, coders))) {
    if (signal.aborted) throw new Problem('cancelled', 'The overview was cancelled.')
    if (++read % 1_000 === 0) onProgress?.({ done: read, total: null, words: 'notes counted' })
    tally.take(rows)
  }
  return {
    notes: db.prepare('SELECT count(*) FROM note').pluck().get() as number,
    notesCoded: tally.notesCoded,
    coders,
    codes: [...tally.codings].map(([codeId, byCoder]) => ({
      codeId,
      codings: byCoder.reduce((sum, count) => sum + count, 0),
      notes: tally.notes.get(codeId) as number,
      byCoder,
    })),
    together: tally.together.top().map(({ first, second, times }) => ({
      first,
      second,
      both: times,
      notesFirst: tally.notes.get(first) as number,
      notesSecond: tally.notes.get(second) as number,
    })),
    confused: tally.confused.top(),
  }
}

function* codingsOf(db: Db, coders: readonly string[]): Generator<Row> {
  const rows = db
    .prepare(
      `SELECT coding.note AS noteNum, code.id AS code, coder.id AS coder, coding.start_at AS start, coding.end_at AS end
       FROM coding JOIN code ON code.num = coding.code JOIN coder ON coder.num = coding.coder
       WHERE coder.id IN (SELECT value FROM json_each(?)) ORDER BY coding.note`,
    )
    .iterate(JSON.stringify(coders)) as IterableIterator<
    Omit<Row, 'span'> & { start: number | null; end: number | null }
  >
  for (const { start, end, ...row } of rows)
    yield { ...row, span: start === null || end === null ? null : { start, end } }
}
