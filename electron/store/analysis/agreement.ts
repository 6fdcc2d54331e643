/** Reads the codings of the compared coders and hands them, code by code, to the statistics in shared/agreement. */
import {
  addPatternCounts,
  type BinaryAgreement,
  type BinaryCoefficient,
  binaryAgreement,
  bootstrapOverNotes,
  characterCounts,
  cohenInterval,
  crossTable,
  macroAverage,
  type PatternCounts,
  spanUnion,
  toTwoCoderCounts,
} from '../../../shared/agreement/index.ts'
import { type CancelSignal, NEVER } from '../../../shared/cancel.ts'
import type { Progress } from '../../../shared/contract.ts'
import {
  AGREEMENT_STATISTICS,
  type AgreementReport,
  type AgreementStatistic,
  type AgreementUnit,
  type CodeAgreement,
  type Figure,
  type Resampled,
} from '../../../shared/model.ts'
import { Problem } from '../../../shared/problem.ts'
import { codePaths, listCodes } from '../codes.ts'
import type { Db } from '../database.ts'
import { numOf } from '../lookup.ts'
import { type Selection, SpanReader, type SpansByNote, select } from './compared.ts'

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
  resampled: Resampled
  seed: number
}

type Options = { signal?: CancelSignal; onProgress?: (progress: Progress) => void }

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
    resampled: args.resampled,
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
    ...intervalsOf(drawnTogether(patterns, selection, args.resampled), args, signal),
    analyticInterval: coders === 2 && args.unit === 'note' ? analyticInterval(total) : {},
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

/** The patterns of what is drawn: notes, or the notes of each case added up; a note without a case stands alone. */
function drawnTogether(
  patterns: readonly PatternCounts[],
  { coders, counted }: Selection,
  resampled: Resampled,
): readonly PatternCounts[] {
  if (resampled === 'note') return patterns
  const alone: PatternCounts[] = []
  const cases = new Map<number, PatternCounts[]>()
  for (const [index, { caseNum }] of counted.entries()) {
    const own = patterns[index] as PatternCounts
    const known = caseNum === null ? alone : cases.get(caseNum)
    if (known) known.push(own)
    else if (caseNum !== null) cases.set(caseNum, [own])
  }
  return [...[...cases.values()].map((notes) => addPatternCounts(coders.length, notes)), ...alone]
}

/** Limits of Cohen's kappa from its standard error. Never for characters: those of one note are not independent. */
function analyticInterval(total: PatternCounts): CodeAgreement['analyticInterval'] {
  const { both, first, second, neither } = toTwoCoderCounts(total)
  const { low, high, degenerate } = cohenInterval(
    crossTable(Float64Array.of(both, first, second, neither), 2),
  )
  return low.value === null || high.value === null || degenerate ? {} : { cohen: [low.value, high.value] }
}

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
