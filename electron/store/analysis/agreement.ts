/** Reads the codings of the compared coders and hands them, code by code, to the statistics in shared/agreement. */
import {
  addPatternCounts,
  type BinaryAgreement,
  type BinaryCoefficient,
  binaryAgreement,
  bootstrapOverNotes,
  characterCounts,
  macroAverage,
  type PatternCounts,
  spanUnion,
  toTwoCoderCounts,
} from '../../../shared/agreement/index.ts'
import { type CancelSignal, NEVER } from '../../../shared/cancel.ts'
import type { Progress } from '../../../shared/contract.ts'
import {
  AGREEMENT_STATISTICS,
  type AgreementCell,
  type AgreementPassage,
  type AgreementReport,
  type AgreementStatistic,
  type AgreementUnit,
  type CodeAgreement,
  type Coder,
  type Figure,
} from '../../../shared/model.ts'
import { OffsetConverter } from '../../../shared/offsets.ts'
import { Problem } from '../../../shared/problem.ts'
import { getCoder } from '../coders.ts'
import { codePaths, listCodes } from '../codes.ts'
import { cutQuote } from '../codings.ts'
import type { Db } from '../database.ts'
import { numOf } from '../lookup.ts'

/** Coefficients that get an interval from resampling notes; the two indices describe the table and get none. */
const WITH_INTERVAL = AGREEMENT_STATISTICS.filter(
  (name): name is Exclude<AgreementStatistic, 'prevalence' | 'bias'> =>
    name !== 'prevalence' && name !== 'bias',
) satisfies readonly BinaryCoefficient[]

export type AgreementArgs = {
  coderIds: readonly string[]
  unit: AgreementUnit
  /** Null: every code that is not a folder. */
  codeIds: readonly string[] | null
  replicates: number
  seed: number
}

type Options = { signal?: CancelSignal; onProgress?: (progress: Progress) => void }

/** A note that every compared coder finished. `units` in UTF-16, `characters` in code points. */
type CountedNote = { num: number; id: string; units: number; characters: number }

type Selection = {
  coders: Coder[]
  coderNums: number[]
  counted: CountedNote[]
  left: AgreementReport['notes']['left']
}

function selectCoders(db: Db, ids: readonly string[]): { coders: Coder[]; coderNums: number[] } {
  if (new Set(ids).size !== ids.length) {
    throw new Problem(
      'bad-arguments',
      'A coder cannot be compared with themselves here. Choose different coders.',
    )
  }
  const coderNums = ids.map((id) => numOf(db, 'coder', id))
  return { coders: ids.map((id) => getCoder(db, id)), coderNums }
}

/** Only notes that all compared coders marked finished count; the others are named with who is missing. */
function select(db: Db, coderIds: readonly string[]): Selection {
  const { coders, coderNums } = selectCoders(db, coderIds)
  const finished = new Map<number, Set<number>>()
  const marks = db
    .prepare(
      `SELECT note, coder FROM note_status WHERE status = 'finished' AND coder IN (SELECT value FROM json_each(?))`,
    )
    .all(JSON.stringify(coderNums)) as Array<{ note: number; coder: number }>
  for (const { note, coder } of marks) {
    const of = finished.get(note) ?? new Set<number>()
    finished.set(note, of.add(coder))
  }
  const counted: CountedNote[] = []
  const left: Selection['left'] = []
  const notes = db
    .prepare('SELECT num, id, length AS units, characters FROM note ORDER BY num')
    .all() as CountedNote[]
  for (const note of notes) {
    const missing = coders.filter((_, index) => !finished.get(note.num)?.has(coderNums[index] as number))
    if (missing.length === 0) counted.push(note)
    else
      left.push({ note: note.id, reason: `not finished by ${missing.map((coder) => coder.name).join(', ')}` })
  }
  return { coders, coderNums, counted, left }
}

/** One code's spans by note: for each note a list per coder. A whole-note coding covers the whole text. */
type SpansByNote = Map<number, Array<Array<[number, number]>>>

class SpanReader {
  readonly #db: Db
  readonly #selection: Selection
  readonly #notes: Map<number, CountedNote>
  readonly #place: Map<number, number>
  readonly #converters = new Map<number, OffsetConverter>()

  constructor(db: Db, selection: Selection) {
    this.#db = db
    this.#selection = selection
    this.#notes = new Map(selection.counted.map((note) => [note.num, note]))
    this.#place = new Map(selection.coderNums.map((num, index) => [num, index]))
  }

  /** Spans in code points, so that figures are those of any other tool that counts characters. */
  read(codeNum: number): SpansByNote {
    const byNote: SpansByNote = new Map()
    const rows = this.#db
      .prepare(
        `SELECT note, coder, start_at, end_at FROM coding
         WHERE code = ? AND coder IN (SELECT value FROM json_each(?)) ORDER BY note`,
      )
      .raw()
      .iterate(codeNum, JSON.stringify(this.#selection.coderNums)) as IterableIterator<
      [number, number, number | null, number | null]
    >
    // The rows must be read to the end before the texts of notes are looked up on the same connection.
    for (const [noteNum, coder, start, end] of [...rows]) {
      const note = this.#notes.get(noteNum)
      if (!note) continue
      const perCoder = byNote.get(noteNum) ?? this.#selection.coderNums.map(() => [])
      byNote.set(noteNum, perCoder)
      perCoder[this.#place.get(coder) as number]?.push(this.#inCodePoints(note, start, end))
    }
    return byNote
  }

  #inCodePoints(note: CountedNote, start: number | null, end: number | null): [number, number] {
    if (start === null || end === null) return [0, note.characters]
    if (note.characters === note.units) return [start, end]
    const converter = this.#converters.get(note.num) ?? new OffsetConverter(textOf(this.#db, note.num))
    this.#converters.set(note.num, converter)
    return [converter.toCodePoints(start), converter.toCodePoints(end)]
  }
}

const textOf = (db: Db, noteNum: number) =>
  db
    .prepare('SELECT body FROM note JOIN note_text ON note_text.hash = note.text_hash WHERE note.num = ?')
    .pluck()
    .get(noteNum) as string

/** Pattern counts per note for one code, in the order of the counted notes. */
function patternsPerNote(selection: Selection, spans: SpansByNote, unit: AgreementUnit): PatternCounts[] {
  const coders = selection.coderNums.length
  const single = new Map<number, PatternCounts>()
  const onePattern = (mask: number) => {
    const known = single.get(mask)
    if (known) return known
    const made = { coders, counts: new Map([[mask, 1]]) }
    single.set(mask, made)
    return made
  }
  return selection.counted.map((note) => {
    const perCoder = spans.get(note.num)
    if (unit === 'note') {
      return onePattern(
        perCoder ? perCoder.reduce((mask, own, g) => (own.length > 0 ? mask | (1 << g) : mask), 0) : 0,
      )
    }
    if (!perCoder) return { coders, counts: new Map([[0, note.characters]]) }
    return characterCounts(perCoder.map(spanUnion), note.characters)
  })
}

/**
 * Agreement of two or more coders, per code. Unit `note`: the code was applied anywhere in the note. Unit
 * `character`: each code point of the note; a coder's own overlapping spans count once.
 */
export function computeAgreement(
  db: Db,
  args: AgreementArgs,
  { signal = NEVER, onProgress }: Options = {},
): AgreementReport {
  const selection = select(db, args.coderIds)
  const reader = new SpanReader(db, selection)
  const rows = listCodes(db)
  const paths = codePaths(rows)
  const wanted = args.codeIds ? new Set(args.codeIds) : null
  const codes = rows.filter((code) => !code.isFolder && (wanted ? wanted.has(code.id) : true))
  const results: CodeAgreement[] = []
  for (const [index, code] of codes.entries()) {
    if (signal.aborted) throw new Problem('cancelled', 'The calculation was cancelled. Nothing was changed.')
    onProgress?.({ done: index, total: codes.length, words: 'codes' })
    const patterns = patternsPerNote(selection, reader.read(numOf(db, 'code', code.id)), args.unit)
    results.push(agreementOfCode(code.id, paths.get(code.id) ?? code.name, patterns, selection, args, signal))
  }
  return {
    unit: args.unit,
    coders: selection.coders,
    notes: { counted: selection.counted.map((note) => note.id), left: selection.left },
    codes: results,
    overall: overallOf(results),
    replicates: args.replicates,
    seed: args.seed,
  }
}

function agreementOfCode(
  codeId: string,
  path: string,
  patterns: readonly PatternCounts[],
  selection: Selection,
  args: AgreementArgs,
  signal: CancelSignal,
): CodeAgreement {
  const coders = selection.coders.length
  const total = addPatternCounts(coders, patterns)
  const agreement = binaryAgreement(total)
  return {
    codeId,
    code: path,
    n: agreement.n,
    counts: coders === 2 ? toTwoCoderCounts(total) : null,
    applied: selection.coders.map((_, g) => appliedBy(total, g)),
    figures: figuresOf(agreement),
    ...intervalsOf(patterns, args, signal),
  }
}

function appliedBy(total: PatternCounts, coder: number): number {
  let applied = 0
  for (const [mask, count] of total.counts) if (mask & (1 << coder)) applied += count
  return applied
}

const figuresOf = (agreement: BinaryAgreement): Record<AgreementStatistic, Figure> =>
  Object.fromEntries(
    AGREEMENT_STATISTICS.map((name) => [
      name,
      { value: agreement[name].value, reason: agreement[name].reason },
    ]),
  ) as Record<AgreementStatistic, Figure>

function intervalsOf(
  patterns: readonly PatternCounts[],
  { replicates, seed }: AgreementArgs,
  signal: CancelSignal,
): Pick<CodeAgreement, 'interval' | 'skippedReplicates'> {
  // A code nobody applied has no variation in any resample either.
  const isUsed = patterns.some((note) => [...note.counts.keys()].some((mask) => mask !== 0))
  if (replicates === 0 || !isUsed) return { interval: {}, skippedReplicates: 0 }
  const result = bootstrapOverNotes(patterns, {
    replicates,
    seed,
    statistics: WITH_INTERVAL,
    shouldStop: () => signal.aborted,
  })
  const interval: CodeAgreement['interval'] = {}
  let skippedReplicates = 0
  for (const name of WITH_INTERVAL) {
    const found = result.intervals.get(name)
    if (!found) continue
    if (found.distribution) interval[name] = [found.distribution.low, found.distribution.high]
    if (name === 'krippendorff') skippedReplicates = found.undefined
  }
  return { interval, skippedReplicates }
}

/** Averages over the codes somebody applied; an unused code agrees on nothing and would only flatter them. */
function overallOf(all: readonly CodeAgreement[]): AgreementReport['overall'] {
  const codes = all.filter(({ applied }) => applied.some((units) => units > 0))
  const entries = AGREEMENT_STATISTICS.map((name) => {
    const defined = codes.flatMap(({ figures }) =>
      figures[name].value === null ? [] : [figures[name].value],
    )
    const { mean, codes: count } = macroAverage(defined.map((value) => ({ value, reason: null })))
    return [name, { mean: mean.value, codes: count }] as const
  })
  return Object.fromEntries(entries) as AgreementReport['overall']
}

type PassageArgs = {
  coderIds: readonly string[]
  unit: AgreementUnit
  codeId: string
  cell: AgreementCell
  offset: number
  limit: number
}

const CELL_MASK: Record<AgreementCell, number> = { neither: 0, first: 1, second: 2, both: 3 }

/** The text behind a count of the two-coder table: whole notes, or the stretches of characters of that pattern. */
export function passagesOf(db: Db, args: PassageArgs): { total: number; passages: AgreementPassage[] } {
  const selection = select(db, args.coderIds)
  const spans = unitsSpans(db, selection, numOf(db, 'code', args.codeId))
  const found = selection.counted.flatMap((note) =>
    passagesInNote(note, spans.get(note.num), args.unit, CELL_MASK[args.cell]).map((passage) => ({
      note,
      ...passage,
    })),
  )
  const page = found.slice(args.offset, args.offset + args.limit)
  return {
    total: found.length,
    passages: page.map(({ note, span, show }) => toPassage(db, note.id, args.cell, span, show)),
  }
}

/** As SpanReader, but in UTF-16 units: passages are shown on screen. */
function unitsSpans(db: Db, selection: Selection, codeNum: number): SpansByNote {
  const inUnits = {
    ...selection,
    counted: selection.counted.map((note) => ({ ...note, characters: note.units })),
  }
  return new SpanReader(db, inUnits).read(codeNum)
}

type Stretch = { span: { start: number; end: number } | null; show: { start: number; end: number } | null }

function passagesInNote(
  note: CountedNote,
  perCoder: Array<Array<[number, number]>> | undefined,
  unit: AgreementUnit,
  mask: number,
): Stretch[] {
  const unions = (perCoder ?? [[], []]).map(spanUnion)
  if (unit === 'note') {
    const own = unions.reduce((bits, spans, g) => (spans.length > 0 ? bits | (1 << g) : bits), 0)
    if (own !== mask) return []
    const first = unions.flat().sort((a, b) => a[0] - b[0])[0]
    const show = first ? { start: first[0], end: first[1] } : null
    return [{ span: show, show }]
  }
  return stretchesOf(unions, note.units, mask).map((span) => ({ span, show: span }))
}

/** Maximal stretches of text where exactly the coders in `mask` applied the code. */
function stretchesOf(unions: ReadonlyArray<ReadonlyArray<[number, number]>>, length: number, mask: number) {
  const edges = [...new Set([0, length, ...unions.flat(2)])].sort((a, b) => a - b)
  const stretches: Array<{ start: number; end: number }> = []
  for (let i = 0; i + 1 < edges.length; i++) {
    const start = edges[i] as number
    const end = edges[i + 1] as number
    const bits = unions.reduce(
      (sum, spans, g) => (spans.some(([s, e]) => s <= start && start < e) ? sum | (1 << g) : sum),
      0,
    )
    const last = stretches.at(-1)
    if (bits !== mask || start === end) continue
    if (last && last.end === start) last.end = end
    else stretches.push({ start, end })
  }
  return stretches
}

/** Longest quote shown for a passage; "neither" can be a whole note. */
const LONGEST_QUOTE = 600

function toPassage(
  db: Db,
  noteId: string,
  cell: AgreementCell,
  span: Stretch['span'],
  show: Stretch['show'],
): AgreementPassage {
  const row = db
    .prepare(
      `SELECT note.title, casefile.id AS caseId, note_text.body FROM note
       JOIN note_text ON note_text.hash = note.text_hash
       LEFT JOIN casefile ON casefile.num = note.casefile WHERE note.id = ?`,
    )
    .get(noteId) as { title: string; caseId: string | null; body: string }
  const shown = show && { start: show.start, end: Math.min(show.end, show.start + LONGEST_QUOTE) }
  return { noteId, noteTitle: row.title, caseId: row.caseId, cell, span, ...cutQuote(row.body, shown) }
}
