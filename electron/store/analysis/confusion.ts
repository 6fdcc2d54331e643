/** Which codes two coders took for one another: one applied X where the other applied Y. */
import { spanUnion } from '../../../shared/agreement/index.ts'
import { type CancelSignal, NEVER } from '../../../shared/cancel.ts'
import type { Progress } from '../../../shared/contract.ts'
import type { AgreementUnit, ConfusionCell, ConfusionReport } from '../../../shared/model.ts'
import { Problem } from '../../../shared/problem.ts'
import { codePaths, listCodes } from '../codes.ts'
import type { Db } from '../database.ts'
import { numOf } from '../lookup.ts'
import { SpanReader, type SpansByNote, select } from './compared.ts'

export type ConfusionArgs = { coderIds: readonly string[]; unit: AgreementUnit }
type Options = { signal?: CancelSignal; onProgress?: (progress: Progress) => void }

/** Pairs a screen shows; more of them say no more. */
const MOST_PAIRS = 2_000

/** The codes of each coder over one stretch of a note, and how many units that is. */
type Piece = { first: ReadonlySet<number>; second: ReadonlySet<number>; units: number }
type Lists = [first: Array<[number, number]>, second: Array<[number, number]>]

/**
 * Counts over the notes both coders finished, in the unit given: a note counts as one, or each code point of its text.
 * A unit is a confusion of X with Y where the first coder applied X and not Y, and the second Y and not X: text that
 * both gave the same codes, among others, is none of those. Throws `cancelled`.
 */
export function computeConfusion(
  db: Db,
  { coderIds, unit }: ConfusionArgs,
  { signal = NEVER, onProgress }: Options = {},
): ConfusionReport {
  const selection = select(db, coderIds)
  const [first, second] = selection.coders
  if (!first || !second || selection.coders.length > 2)
    throw new Problem('bad-arguments', 'Confused codes are shown for two coders.')
  const rows = listCodes(db)
  const paths = codePaths(rows)
  const codes = rows.filter((code) => !code.isFolder)
  const reader = new SpanReader(db, selection)
  const checkPoint = (done: number, total: number, words: string) => {
    if (signal.aborted) throw new Problem('cancelled', 'The calculation was cancelled. Nothing was changed.')
    onProgress?.({ done, total, words })
  }
  const byNote = new Map<number, Map<number, Lists>>()
  codes.forEach((code, at) => {
    checkPoint(at, codes.length, 'codes read')
    gather(byNote, at, reader.read(numOf(db, 'code', code.id)))
  })
  const tally = new Tally(codes.length)
  selection.counted.forEach((note, at) => {
    if (at % 500 === 0) checkPoint(at, selection.counted.length, 'notes compared')
    tally.addNote(piecesOf(byNote.get(note.num) ?? new Map(), unit))
  })
  const idOf = (at: number) => codes[at]?.id ?? ''
  const confused = tally.confused(idOf)
  return {
    unit,
    coders: [first, second],
    notes: selection.counted.length,
    codes: codes.flatMap(({ id, name }, at) => {
      const { both, onlyFirst, onlySecond } = tally.marginsOf(at)
      if (both + onlyFirst + onlySecond === 0) return []
      return [{ codeId: id, code: paths.get(id) ?? name, both, onlyFirst, onlySecond }]
    }),
    confused: confused.slice(0, MOST_PAIRS),
    total: confused.length,
  }
}

function gather(byNote: Map<number, Map<number, Lists>>, code: number, spans: SpansByNote): void {
  for (const [noteNum, lists] of spans) {
    const codes = byNote.get(noteNum) ?? new Map<number, Lists>()
    byNote.set(noteNum, codes.set(code, lists.map(spanUnion) as Lists))
  }
}

/** The note as one piece, or cut at every edge of a span. Text that nobody coded is left out. */
function* piecesOf(codes: ReadonlyMap<number, Lists>, unit: AgreementUnit): Generator<Piece> {
  if (unit === 'note') {
    const used = (coder: 0 | 1) =>
      new Set([...codes].filter(([, lists]) => lists[coder].length > 0).map(([code]) => code))
    yield { first: used(0), second: used(1), units: 1 }
    return
  }
  const edges: Array<{ at: number; coder: 0 | 1; code: number }> = []
  for (const [code, lists] of codes)
    for (const coder of [0, 1] as const)
      for (const span of lists[coder]) for (const at of span) edges.push({ at, coder, code })
  edges.sort((a, b) => a.at - b.at)
  const now: [Set<number>, Set<number>] = [new Set(), new Set()]
  let from = 0
  for (const { at, coder, code } of edges) {
    if (at > from && now[0].size + now[1].size > 0) yield { first: now[0], second: now[1], units: at - from }
    from = at
    // A coder's spans of one code are united, so that each edge begins or ends it.
    if (!now[coder].delete(code)) now[coder].add(code)
  }
}

class Tally {
  readonly #size: number
  readonly #both: number[]
  readonly #onlyFirst: number[]
  readonly #onlySecond: number[]
  /** By pair of codes, as first times the number of codes plus second. */
  readonly #pairs = new Map<number, { units: number; notes: number; seen: number }>()
  #note = 0

  constructor(size: number) {
    this.#size = size
    this.#both = new Array<number>(size).fill(0)
    this.#onlyFirst = new Array<number>(size).fill(0)
    this.#onlySecond = new Array<number>(size).fill(0)
  }

  addNote(pieces: Iterable<Piece>): void {
    this.#note++
    for (const { first, second, units } of pieces) {
      const onlyFirst = [...first].filter((code) => !second.has(code))
      const onlySecond = [...second].filter((code) => !first.has(code))
      for (const code of first) if (second.has(code)) add(this.#both, code, units)
      for (const code of onlyFirst) add(this.#onlyFirst, code, units)
      for (const code of onlySecond) add(this.#onlySecond, code, units)
      for (const mine of onlyFirst) for (const theirs of onlySecond) this.#addPair(mine, theirs, units)
    }
  }

  #addPair(first: number, second: number, units: number): void {
    const key = first * this.#size + second
    const pair = this.#pairs.get(key) ?? { units: 0, notes: 0, seen: 0 }
    pair.units += units
    if (pair.seen !== this.#note) pair.notes++
    pair.seen = this.#note
    this.#pairs.set(key, pair)
  }

  marginsOf(code: number): { both: number; onlyFirst: number; onlySecond: number } {
    return {
      both: this.#both[code] ?? 0,
      onlyFirst: this.#onlyFirst[code] ?? 0,
      onlySecond: this.#onlySecond[code] ?? 0,
    }
  }

  /** Most units first, then in the order of the codebook. */
  confused(idOf: (code: number) => string): ConfusionCell[] {
    return [...this.#pairs]
      .sort(([a, { units }], [b, { units: others }]) => others - units || a - b)
      .map(([key, { units, notes }]) => ({
        firstCodeId: idOf(Math.floor(key / this.#size)),
        secondCodeId: idOf(key % this.#size),
        units,
        notes,
      }))
  }
}

const add = (counts: number[], at: number, units: number) => {
  counts[at] = (counts[at] ?? 0) + units
}
