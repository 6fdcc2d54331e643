/** How the codebook is used: by whom, how widely, which codes co-occur and which are confused between coders. */
import { type CancelSignal, NEVER } from '../../../shared/cancel.ts'
import type { CodeId, CoderId } from '../../../shared/contract/basics.ts'
import type { CodebookOverview } from '../../../shared/contract/codebook.ts'
import type { Progress } from '../../../shared/contract/events.ts'
import { Problem } from '../../../shared/problem.ts'
import { codesInstead, type Stretch } from '../../../shared/segments.ts'
import { isOwn } from '../codings/counted.ts'
import { type ReadableDb, sure } from '../file/connection.ts'
import { fromJson, type Json, toJson } from '../file/json.ts'
import { listCoders, listPeople } from '../team/coders.ts'
import { NOT_BLIND, notesKeptFrom } from '../team/rounds.ts'
import { byNote } from './by-note.ts'

export type OverviewArgs = {
  coderIds: CoderId[] | null
  /** Who will see the figures: what a blind round keeps from them is not counted. Null: nobody who codes. */
  viewer: CoderId | null
}
type Options = { signal?: CancelSignal; onProgress?: (progress: Progress) => void }
type Row = { noteNum: number; code: CodeId; coder: CoderId; span: Stretch | null }

/** In ms, between two words on how far it is. */
const TELL_MS = 150

/** Pairs a screen shows; more of them say no more. */
const MOST_PAIRS = 300

class PairCounts {
  readonly #counts = new Map<Json<[CodeId, CodeId]>, number>()

  add(first: CodeId, second: CodeId): void {
    const key = toJson<[CodeId, CodeId]>([first, second])
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1)
  }

  /** The most frequent pairs, most first. */
  top(): Array<{ first: CodeId; second: CodeId; times: number }> {
    return [...this.#counts]
      .sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]))
      .slice(0, MOST_PAIRS)
      .map(([key, times]) => {
        const [first, second] = fromJson(key)
        return { first, second, times }
      })
  }
}

class Tally {
  readonly codings = new Map<CodeId, number[]>()
  readonly notes = new Map<CodeId, number>()
  readonly together = new PairCounts()
  readonly confused = new PairCounts()
  readonly #coderAt: Map<string, number>
  notesCoded = 0

  constructor(coders: readonly CoderId[]) {
    this.#coderAt = new Map(coders.map((id, at) => [id, at]))
  }

  take(rows: readonly Row[]): void {
    this.notesCoded++
    for (const code of new Set(rows.map(({ code }) => code)))
      this.notes.set(code, (this.notes.get(code) ?? 0) + 1)
    for (const pair of pairsWithinCoders(rows)) this.together.add(...pair)
    for (const { code, coder } of rows) {
      const counts = this.codings.get(code) ?? new Array<number>(this.#coderAt.size).fill(0)
      const at = this.#coderAt.get(coder) as number
      counts[at] = (counts[at] as number) + 1
      this.codings.set(code, counts)
    }
    if (new Set(rows.map(({ coder }) => coder)).size > 1) this.#confusions(rows)
  }

  #confusions(rows: readonly Row[]): void {
    for (const row of rows) for (const code of codesInstead(row, rows)) this.confused.add(row.code, code)
  }
}

/** Pairs of codes that one coder gave in a note, each once: what two coders read differently is no co-occurrence. */
function pairsWithinCoders(rows: readonly Row[]): Array<[CodeId, CodeId]> {
  const byCoder = new Map<string, Set<CodeId>>()
  for (const { coder, code } of rows) byCoder.set(coder, (byCoder.get(coder) ?? new Set()).add(code))
  const pairs = new Map<string, [CodeId, CodeId]>()
  for (const own of byCoder.values()) {
    const codes = [...own].sort()
    codes.forEach((first, at) => {
      for (const second of codes.slice(at + 1)) pairs.set(JSON.stringify([first, second]), [first, second])
    })
  }
  return [...pairs.values()]
}

/**
 * Counts over the codings of these coders (null: everybody's own). Codes co-occur where one coder gave both in a note;
 * they are confused where one coder gave the first and another, in overlapping words, the second and not the first.
 * Throws `cancelled`.
 */
export function overviewOf(
  db: ReadableDb,
  { coderIds, viewer }: OverviewArgs,
  { signal = NEVER, onProgress }: Options = {},
): CodebookOverview {
  const asked = coderIds === null ? listPeople(db) : listCoders(db).filter(({ id }) => coderIds.includes(id))
  const coders = asked.map(({ id }) => id)
  const tally = new Tally(coders)
  let read = 0
  let told = Number.NEGATIVE_INFINITY
  for (const rows of byNote(codingsOf(db, coders, viewer))) {
    if (signal.aborted) throw new Problem('cancelled', 'The overview was cancelled.')
    read++
    if (performance.now() - told >= TELL_MS) {
      told = performance.now()
      onProgress?.({ done: read, total: null, words: 'notes counted' })
    }
    tally.take(rows)
  }
  return {
    notes: sure(db.prepare<[], number>('SELECT count(*) FROM note').pluck().get()),
    notesCoded: tally.notesCoded,
    heldBack: isOwn(coderIds, viewer) ? 0 : notesKeptFrom(db, viewer).size,
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

function* codingsOf(db: ReadableDb, coders: readonly CoderId[], viewer: CoderId | null): Generator<Row> {
  const rows = db
    .prepare<object, Omit<Row, 'span'> & { start: number | null; end: number | null }>(
      `SELECT coding.note AS noteNum, code.id AS code, coder.id AS coder, coding.start_at AS start, coding.end_at AS end
       FROM coding JOIN code ON code.num = coding.code JOIN coder ON coder.num = coding.coder
         JOIN note ON note.num = coding.note
       WHERE coder.id IN (SELECT value FROM json_each(@coders)) AND ${NOT_BLIND} ORDER BY coding.note`,
    )
    .iterate({ coders: JSON.stringify(coders), viewer })
  for (const { start, end, ...row } of rows)
    yield { ...row, span: start === null || end === null ? null : { start, end } }
}
