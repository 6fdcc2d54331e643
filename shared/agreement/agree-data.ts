import { codedStatistics, numericScale } from './agree-coded.ts'
import type { Entry } from './agree-entry.ts'
import { entry } from './agree-entry.ts'
import type { RawCase } from './agree-input.ts'
import { AgreementInputError, readCases, readCoded, readMasses, readSpans } from './agree-input.ts'
import { boundaryStatistics, spanStatistics, unitizingStatistics } from './agree-spans.ts'
import type { AlphaBootstrapKind } from './alpha-bootstrap.ts'
import { bootstrapAlpha, shareBelow } from './alpha-bootstrap.ts'
import type { Metric } from './krippendorff.ts'
import { defined, undefinedBecause } from './reasons.ts'

/** Resamples of a `bootstrap` case unless told otherwise: as many as the gold file's own values rest on. */
export const AGREE_DATA_REPLICATES = 100_000

/** Statistics of one case. `droppedCoders` names coders without any data, left out before computing. */
export interface AgreeDataResult {
  readonly id: string
  readonly results: Entry[]
  readonly droppedCoders?: readonly string[]
}

export interface AgreeDataOptions {
  readonly seed: number
  /** resamples of a `bootstrap` case */
  readonly replicates?: number | undefined
}

/**
 * Computes every statistic that applies to each case of a document in the gold-file schema (or a bare list of cases,
 * or one case). `expected` is ignored. Results come in input order, `stat` and `params` spelt as in the gold file,
 * `value` null with a `reason` where undefined.
 *
 * @throws AgreementInputError with a sentence naming the case, when the input cannot be read
 */
export function agreeData(input: unknown, options: AgreeDataOptions): AgreeDataResult[] {
  const cases = readCases(input)
  return cases.map((raw) => {
    try {
      return caseResult(raw, cases, options)
    } catch (error) {
      if (error instanceof RangeError) throw new AgreementInputError(`Case "${raw.id}": ${error.message}`)
      throw error
    }
  })
}

function caseResult(raw: RawCase, cases: readonly RawCase[], options: AgreeDataOptions): AgreeDataResult {
  const { id } = raw
  if (raw.type === 'boundary') return { id, results: boundaryStatistics(readMasses(raw)) }
  if (raw.type === 'bootstrap') return { id, results: bootstrapStatistics(raw, cases, options) }
  if (raw.type === 'gamma') {
    const stats = ['gamma_observed_disorder', 'gamma']
    return { id, results: stats.map((stat) => entry(stat, {}, undefinedBecause('not offered'))) }
  }
  if (raw.type === 'spans' || raw.type === 'unitizing') {
    const spans = readSpans(raw)
    const results = raw.type === 'spans' ? spanStatistics(spans) : unitizingStatistics(spans)
    return withDropped(id, results, spans.dropped)
  }
  const coded = readCoded(raw)
  return withDropped(id, codedStatistics(coded, raw.tags.includes('anonymous-coders')), coded.dropped)
}

function withDropped(id: string, results: Entry[], droppedCoders: readonly string[]): AgreeDataResult {
  return droppedCoders.length === 0 ? { id, results } : { id, results, droppedCoders }
}

const METRICS: readonly Metric[] = ['nominal', 'ordinal', 'interval', 'ratio']
const KINDS: readonly AlphaBootstrapKind[] = ['unit', 'hk']

/** Distribution of alpha for the matrix or table case the bootstrap case refers to. */
function bootstrapStatistics(raw: RawCase, cases: readonly RawCase[], options: AgreeDataOptions): Entry[] {
  const where = `Case "${raw.id}"`
  const base = cases.find(({ id, type }) => id === raw.data.case && (type === 'matrix' || type === 'table'))
  if (base === undefined) {
    throw new AgreementInputError(
      `${where}: the matrix or table ${JSON.stringify(raw.data.case)} is not in the input.`,
    )
  }
  const metric = METRICS.find((name) => name === raw.data.metric)
  const kind = KINDS.find((name) => name === raw.data.bootstrap)
  if (metric === undefined)
    throw new AgreementInputError(`${where}: "metric" must be one of ${METRICS.join(', ')}.`)
  if (kind === undefined) throw new AgreementInputError(`${where}: "bootstrap" must be unit or hk.`)
  const coded = readCoded(base)
  const { replicates = AGREE_DATA_REPLICATES, seed } = options
  const scale = numericScale(coded.labels)
  const { estimates, distribution, reason } = bootstrapAlpha(coded.data, {
    kind,
    metric,
    scale,
    replicates,
    seed,
  })
  if (distribution === null) {
    const none = undefinedBecause(reason ?? 'no variation')
    const stats = ['q025', 'median', 'q975', 'mean', 'sd', 'p_below_667', 'p_below_800']
    return stats.map((stat) => entry(stat, {}, none))
  }
  return [
    entry('q025', {}, defined(distribution.low)),
    entry('median', {}, defined(distribution.median)),
    entry('q975', {}, defined(distribution.high)),
    entry('mean', {}, defined(distribution.mean)),
    entry('sd', {}, defined(distribution.sd)),
    entry('p_below_667', {}, defined(shareBelow(estimates, 0.667))),
    entry('p_below_800', {}, defined(shareBelow(estimates, 0.8))),
  ]
}
