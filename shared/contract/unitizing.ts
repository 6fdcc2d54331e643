/** Agreement on where codes begin and end. */
import { z } from 'zod'
import { AgreementIntervals, AgreementScope, Figure, Interval, Resampled } from './agreement.ts'
import { CodeId } from './basics.ts'
import { Coder } from './coders.ts'
import { QualifierPart } from './qualifiers.ts'
import { job, type Verb } from './verb.ts'

/** Figures over free spans. `boundary`: of two coders; `alphaU` and it have no interval. */
export const UNITIZING_STATISTICS = [
  'uAlpha',
  'f1',
  'f1Exact',
  'precision',
  'recall',
  'alphaU',
  'boundary',
] as const

export const UnitizingStatistic = z.enum(UNITIZING_STATISTICS)
export type UnitizingStatistic = z.infer<typeof UnitizingStatistic>

/** How far coders agree on where a code begins and ends. */
export const CodeUnitizing = z.strictObject({
  codeId: CodeId,
  code: z.string(),
  part: QualifierPart.nullable(),
  /** Spans each coder made. */
  spans: z.array(z.int().min(0)),
  /** Of two coders: spans matched one to one, and those that have no partner. */
  matched: z.strictObject({ both: z.int(), first: z.int(), second: z.int() }).nullable(),
  figures: z.record(UnitizingStatistic, Figure),
  interval: z.partialRecord(UnitizingStatistic, Interval),
})
export type CodeUnitizing = z.infer<typeof CodeUnitizing>

/** The codes right below one, as values of which each stretch of text has one at most: undefined where they overlap. */
export const DomainUnitizing = z.strictObject({
  codeId: CodeId,
  code: z.string(),
  uAlpha: Figure,
  barUAlpha: Figure,
  cuAlpha: Figure,
  cuCoverage: Figure,
  values: z.array(z.strictObject({ codeId: CodeId, code: z.string(), kuAlpha: Figure, kuCoverage: Figure })),
})
export type DomainUnitizing = z.infer<typeof DomainUnitizing>

export const UnitizingReport = z.strictObject({
  coders: z.array(Coder),
  scope: AgreementScope,
  /** Two spans match when their intersection is at least this share of their union. */
  least: z.number(),
  notes: z.int().min(0),
  /** Code points of the notes together. */
  characters: z.int().min(0),
  codes: z.array(CodeUnitizing),
  domains: z.array(DomainUnitizing),
  replicates: z.int().min(0),
  resampled: Resampled,
  seed: z.int(),
})
export type UnitizingReport = z.infer<typeof UnitizingReport>

export const unitizingVerbs = {
  /** Agreement on where codes begin and end. The unit of the scope says nothing here. */
  'agreement.unitizing': job(
    () =>
      z.strictObject({
        ...AgreementScope.shape,
        ...AgreementIntervals.shape,
        codeIds: z.array(CodeId).nullable(),
        least: z.number().min(0).max(1),
      }),
    () => UnitizingReport,
  ),
} as const satisfies Record<string, Verb>
