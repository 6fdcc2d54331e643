/** Agreement of two or more coders, per code: from the table of patterns to the figures and their intervals. */
import {
  addPatternCounts,
  type BinaryAgreement,
  type BinaryCoefficient,
  binaryAgreement,
  bootstrapPatterns,
  cohenInterval,
  crossTable,
  type Intervals,
  macroAverage,
  type PatternBootstrap,
  type PatternCounts,
  type PatternTable,
  toTwoCoderCounts,
  totalOf,
} from '../../../shared/agreement/index.ts'
import {
  AGREEMENT_STATISTICS,
  type Agreed,
  type AgreementIntervals,
  type AgreementReport,
  type AgreementScope,
  type AgreementStatistic,
  type CodeAgreement,
  type Figure,
} from '../../../shared/contract/agreement.ts'
import type { CodeId } from '../../../shared/contract/basics.ts'
import type { ReadableDb } from '../file/connection.ts'
import { casesOf } from './cases.ts'
import type { Selection } from './compared.ts'
import { tabulate } from './patterns.ts'
import { prepare } from './prepared.ts'
import { type JobOptions, loopOf } from './progress.ts'
import type { AskedCode } from './questions.ts'

/** Coefficients that get an interval from resampling; the two indices describe the table and get none. */
const WITH_INTERVAL = AGREEMENT_STATISTICS.filter(
  (name): name is Exclude<AgreementStatistic, 'prevalence' | 'bias'> =>
    name !== 'prevalence' && name !== 'bias',
) satisfies readonly BinaryCoefficient[]

export type AgreementArgs = AgreementScope &
  AgreementIntervals & {
    /** Null: every code that is not a folder. */
    codeIds: readonly CodeId[] | null
  }

/**
 * Agreement of two or more coders, per code, over all codes as their mean, and over their tables added up. Units and
 * when a code counts as applied to one: `AgreementScope`; a coder's own overlapping spans count once.
 */
export function computeAgreement(
  db: ReadableDb,
  args: AgreementArgs,
  options: JobOptions = {},
): AgreementReport {
  const { codeIds, replicates, resampled, seed, ...scope } = args
  const prepared = prepare(db, scope, { codeIds }, options)
  const { selection } = prepared
  const { table, asked } = tabulate(prepared, scope, options)
  const figures = figuresOfTable(
    table,
    asked,
    selection,
    { ...args, isOfNotes: scope.unit === 'note' },
    options,
  )
  return {
    unit: scope.unit,
    coders: selection.coders,
    scope,
    notes: { counted: selection.counted.map((note) => note.id), left: selection.left },
    ...figures,
    replicates,
    resampled,
    seed,
  }
}

type Figures = Pick<AgreementReport, 'codes' | 'overall' | 'pooled'>

/** All figures of a table. `isOfNotes`: its units are notes, which a standard error may take for independent. */
export function figuresOfTable(
  table: PatternTable,
  asked: readonly AskedCode[],
  selection: Selection,
  { isOfNotes, ...intervals }: AgreementIntervals & { isOfNotes: boolean },
  options: JobOptions,
): Figures {
  // The parts of a code are in the code already: they count in no mean.
  const counted = asked.map(({ part }) => part === null)
  const limits = limitsOf(table, selection, counted, intervals, options)
  const totals = table.rows.map((row) => totalOf(table, row))
  const codes = asked.map(({ codeId, code, part }, at): CodeAgreement => {
    const total = totals[at] as PatternCounts
    const isUsed = (table.rows[at]?.notes.length ?? 0) > 0
    return {
      codeId,
      code,
      part,
      ...agreedOn(total, isUsed ? limits?.rows[at] : undefined),
      analyticInterval: isOfNotes && table.coders === 2 ? analyticInterval(total) : {},
    }
  })
  const used = totals.filter((_, at) => counted[at] && (table.rows[at]?.notes.length ?? 0) > 0)
  return {
    codes,
    overall: overallOf(
      codes.filter(({ part }) => part === null),
      limits?.mean,
    ),
    pooled: used.length === 0 ? null : agreedOn(addPatternCounts(table.coders, used), limits?.pooled),
  }
}

function limitsOf(
  table: PatternTable,
  { counted: notes }: Selection,
  counted: readonly boolean[],
  { replicates, resampled, seed }: AgreementIntervals,
  options: JobOptions,
): PatternBootstrap | null {
  if (replicates === 0) return null
  const loop = loopOf(options, replicates)
  const found = bootstrapPatterns(table, {
    replicates,
    seed,
    statistics: WITH_INTERVAL,
    counted,
    drawnWith: resampled === 'case' ? casesOf(notes.map(({ caseNum }) => caseNum)) : undefined,
    ...loop,
  })
  // Throws where it was stopped.
  loop.onProgress(1)
  return found
}

/** The figures of one table, without limits from a standard error. */
function agreedOn(total: PatternCounts, limits: Intervals | undefined): Agreed {
  const agreement = binaryAgreement(total)
  const interval: Agreed['interval'] = {}
  for (const name of WITH_INTERVAL) {
    const found = limits?.get(name)?.distribution
    if (found) interval[name] = [found.low, found.high]
  }
  return {
    n: agreement.n,
    counts: total.coders === 2 ? toTwoCoderCounts(total) : null,
    spread: spreadOf(total),
    applied: Array.from({ length: total.coders }, (_, g) => appliedBy(total, g)),
    figures: figuresOf(agreement),
    interval,
    analyticInterval: {},
    skippedReplicates: limits?.get('krippendorff')?.undefined ?? 0,
  }
}

function spreadOf({ coders, counts }: PatternCounts): Agreed['spread'] {
  const full = 2 ** coders - 1
  const of = (isMeant: (mask: number) => boolean) =>
    [...counts].reduce((sum, [mask, count]) => (isMeant(mask) ? sum + count : sum), 0)
  return {
    all: of((mask) => mask === full),
    some: of((mask) => mask !== full && mask !== 0),
    none: of((mask) => mask === 0),
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

/** Limits of Cohen's kappa from its standard error. Never for characters: those of one note are not independent. */
function analyticInterval(total: PatternCounts): CodeAgreement['analyticInterval'] {
  const { both, first, second, neither } = toTwoCoderCounts(total)
  const { low, high, degenerate } = cohenInterval(
    crossTable(Float64Array.of(both, first, second, neither), 2),
  )
  return low.value === null || high.value === null || degenerate ? {} : { cohen: [low.value, high.value] }
}

/** Averages over the codes somebody applied; an unused code agrees on nothing and would only flatter them. */
function overallOf(all: readonly CodeAgreement[], limits: Intervals | undefined): AgreementReport['overall'] {
  const codes = all.filter(({ applied }) => applied.some((units) => units > 0))
  const entries = AGREEMENT_STATISTICS.map((name) => {
    const defined = codes.flatMap(({ figures }) =>
      figures[name].value === null ? [] : [figures[name].value],
    )
    const { mean, codes: count } = macroAverage(defined.map((value) => ({ value, reason: null })))
    const found = WITH_INTERVAL.find((each) => each === name)
    const distribution = found && mean.value !== null ? limits?.get(found)?.distribution : undefined
    const interval = distribution ? [distribution.low, distribution.high] : null
    return [name, { mean: mean.value, codes: count, interval }] as const
  })
  return Object.fromEntries(entries) as AgreementReport['overall']
}
