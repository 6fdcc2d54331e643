/** Which codes two coders took for one another: one applied X where the other applied Y. */
import type { AgreementScope, ConfusionCell, ConfusionReport } from '../../../shared/contract/agreement.ts'
import type { CodeId } from '../../../shared/contract/basics.ts'
import { Problem } from '../../../shared/problem.ts'
import { type ReadableDb, sure } from '../file/connection.ts'
import type { Span } from './code-spans.ts'
import { prepare, readByQuestion } from './prepared.ts'
import { checkpoint, type JobOptions } from './progress.ts'
import { codesAlone } from './questions.ts'
import { type Units, unionOf } from './units.ts'

/** Pairs a screen shows; more of them say no more. */
const MOST_PAIRS = 2_000

/** The codes of each coder over one stretch of a note, and how many units that is. */
type Piece = { first: ReadonlySet<number>; second: ReadonlySet<number>; units: number }
type Lists = [first: Span[], second: Span[]]

/**
 * Counts over the notes both coders finished, in the unit given. A unit is a confusion of X with Y where the first
 * coder applied X and not Y, and the second Y and not X: text that both gave the same codes, among others, is none of
 * those. Codes as they were applied: neither children nor qualifiers are looked at. Throws `cancelled`.
 */
export function computeConfusion(
  db: ReadableDb,
  scope: AgreementScope,
  options: JobOptions = {},
): ConfusionReport {
  const prepared = prepare(db, codesAlone(scope), { codeIds: null }, options)
  const { selection, units, questions: codes, reader } = prepared
  const [first, second] = selection.coders
  if (!first || !second || selection.coders.length > 2)
    throw new Problem('bad-arguments', 'Confused codes are shown for two coders.')
  const total = selection.counted.length
  const byNote = new Map<number, Map<number, Lists>>()
  for (const [at, code] of readByQuestion(prepared, options))
    for (const { at: note, lists } of reader.spans(code)) gather(byNote, note, at, lists)
  const tally = new Tally(codes.length)
  selection.counted.forEach((_, at) => {
    if (at % 500 === 0) checkpoint(options, { done: at, total, words: 'notes compared' })
    const own = byNote.get(at)
    if (!own) return
    tally.addNote(scope.unit === 'character' ? charactersOf(own) : unitsOf(units, at, own))
  })
  const confused = tally.confused(codes.map(({ codeId }) => codeId))
  return {
    unit: scope.unit,
    scope,
    coders: [first, second],
    notes: total,
    codes: codes.flatMap(({ codeId, code }, at) => {
      const { both, onlyFirst, onlySecond } = tally.marginsOf(at)
      if (both + onlyFirst + onlySecond === 0) return []
      return [{ codeId, code, both, onlyFirst, onlySecond }]
    }),
    confused: confused.slice(0, MOST_PAIRS),
    total: confused.length,
  }
}

function gather(
  byNote: Map<number, Map<number, Lists>>,
  note: number,
  code: number,
  lists: readonly Span[][],
): void {
  const codes = byNote.get(note) ?? new Map<number, Lists>()
  byNote.set(note, codes.set(code, lists.map(unionOf) as Lists))
}

/** The units of a note that anybody coded, each as a piece. */
function* unitsOf(units: Units, at: number, codes: ReadonlyMap<number, Lists>): Generator<Piece> {
  const used = new Map<number, [Set<number>, Set<number>]>()
  for (const [code, lists] of codes) {
    for (const [unit, mask] of units.masks(at, lists)) {
      const own = used.get(unit) ?? [new Set(), new Set()]
      used.set(unit, own)
      for (const coder of [0, 1] as const) if (mask & (1 << coder)) own[coder].add(code)
    }
  }
  for (const [first, second] of used.values()) yield { first, second, units: 1 }
}

/** The note cut at every edge of a span. Text that nobody coded is left out. */
function* charactersOf(codes: ReadonlyMap<number, Lists>): Generator<Piece> {
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
  confused(ids: readonly CodeId[]): ConfusionCell[] {
    return [...this.#pairs]
      .sort(([a, { units }], [b, { units: others }]) => others - units || a - b)
      .map(([key, { units, notes }]) => ({
        firstCodeId: sure(ids[Math.floor(key / this.#size)]),
        secondCodeId: sure(ids[key % this.#size]),
        units,
        notes,
      }))
  }
}

const add = (counts: number[], at: number, units: number) => {
  counts[at] = (counts[at] ?? 0) + units
}
