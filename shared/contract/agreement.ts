/** Agreement between coders. */
import { z } from 'zod'
import { CodeId, CoderId, NoteId, Offset, RoundId } from './basics.ts'
import { Coder } from './coders.ts'
import { ExportCheck, ExportChoice } from './exports.ts'
import { NoteFilter } from './notes.ts'
import { QualifierPart } from './qualifiers.ts'
import { job, read, Ticket, type Verb } from './verb.ts'

/**
 * What is compared. Paragraphs and sentences are those of `shared/sentences.ts`; a character is a code point.
 */
export const AgreementUnit = z.enum(['note', 'paragraph', 'sentence', 'character'])
export type AgreementUnit = z.infer<typeof AgreementUnit>

export const AgreementFormat = z.enum(['docx', 'xlsx', 'csv'])
export type AgreementFormat = z.infer<typeof AgreementFormat>

/** Reliability data with a row for each unit and coder, or a row for each unit and a column for each coder. */
export const ReliabilityForm = z.enum(['long', 'wide'])
export type ReliabilityForm = z.infer<typeof ReliabilityForm>

/** What is drawn with replacement for the intervals: notes, or cases with all their notes. */
export const Resampled = z.enum(['note', 'case'])
export type Resampled = z.infer<typeof Resampled>

/** Who and what is compared, and which notes count. */
export const AgreementScope = z.strictObject({
  coderIds: z.array(CoderId).min(2).max(20),
  unit: AgreementUnit,
  /**
   * A coder applied a code to a unit when more than this share of its characters is covered; 0: any of them. Nothing
   * to characters, which are covered or not.
   */
  share: z.number().min(0).lt(1).optional(),
  /** A code counts as applied where a code below it was. */
  withChildren: z.boolean().optional(),
  /** Each code is compared by the values of this qualifier too. */
  qualifier: z.string().nullable().optional(),
  /** Only these notes; the others are left out. */
  filter: NoteFilter.pick({ attributes: true, caseId: true }).nullable().optional(),
  /** Only the notes of this round. */
  roundId: RoundId.nullable().optional(),
})
export type AgreementScope = z.infer<typeof AgreementScope>

/** How the intervals are made. */
export const AgreementIntervals = z.strictObject({
  replicates: z.int().min(0).max(100_000),
  resampled: Resampled.default('note'),
  seed: z.int().min(0),
})
export type AgreementIntervals = z.infer<typeof AgreementIntervals>

/** A coefficient with the reason where it is undefined; never 1 or 0 in place of "undefined". */
export const Figure = z.strictObject({ value: z.number().nullable(), reason: z.string().nullable() })
export type Figure = z.infer<typeof Figure>

export const Interval = z.tuple([z.number(), z.number()])
export type Interval = z.infer<typeof Interval>

export const AGREEMENT_STATISTICS = [
  'percent',
  'positive',
  'negative',
  'cohen',
  'scott',
  'fleiss',
  'krippendorff',
  'ac1',
  'brennanPrediger',
  'pabak',
  'prevalence',
  'bias',
] as const

export const AgreementStatistic = z.enum(AGREEMENT_STATISTICS)
export type AgreementStatistic = z.infer<typeof AgreementStatistic>

/** How far coders agree on one yes or no question. */
export const Agreed = z.strictObject({
  n: z.int().min(0),
  /** Units by who applied the code; only for two coders. */
  counts: z.strictObject({ both: z.int(), first: z.int(), second: z.int(), neither: z.int() }).nullable(),
  /** Units by how many of the coders applied the code. */
  spread: z.strictObject({ all: z.int(), some: z.int(), none: z.int() }),
  /** Units in which each coder applied the code, in the order of the coders asked for. */
  applied: z.array(z.int().min(0)),
  figures: z.record(AgreementStatistic, Figure),
  /** 95 % percentile limits from resampling, for the coefficients that have one. */
  interval: z.partialRecord(AgreementStatistic, Interval),
  /**
   * 95 % limits from a standard error, which takes the units for independent: Cohen's kappa of two coders by note.
   * Not truncated; none where kappa is undefined or its standard error is 0.
   */
  analyticInterval: z.partialRecord(AgreementStatistic, Interval),
  /** Replicates that had no variation and were left out of the interval. */
  skippedReplicates: z.int().min(0),
})
export type Agreed = z.infer<typeof Agreed>

export const CodeAgreement = Agreed.extend({
  codeId: CodeId,
  code: z.string(),
  /** Null: all codings of the code, whatever they say besides. */
  part: QualifierPart.nullable(),
})
export type CodeAgreement = z.infer<typeof CodeAgreement>

export const LeftNote = z.strictObject({ note: NoteId, reason: z.string() })

/** Mean of a coefficient over the codes somebody applied and where it is defined, with how many those are. */
export const MeanAgreement = z.strictObject({
  mean: z.number().nullable(),
  codes: z.int().min(0),
  interval: Interval.nullable(),
})
export type MeanAgreement = z.infer<typeof MeanAgreement>

/** What is computed of one choice of coders and notes. */
const AgreementFigures = {
  codes: z.array(CodeAgreement),
  overall: z.record(AgreementStatistic, MeanAgreement),
  /** The tables of all codes somebody applied added up: each code in each unit is one question. Null: none was. */
  pooled: Agreed.nullable(),
}

export const AgreementReport = z.strictObject({
  unit: AgreementUnit,
  coders: z.array(Coder),
  scope: AgreementScope,
  notes: z.strictObject({ counted: z.array(NoteId), left: z.array(LeftNote) }),
  ...AgreementFigures,
  replicates: z.int().min(0),
  resampled: Resampled,
  seed: z.int(),
})
export type AgreementReport = z.infer<typeof AgreementReport>

/** Agreement of two of the coders, on the notes both finished. */
export const PairAgreement = z.strictObject({
  coderIds: z.tuple([CoderId, CoderId]),
  notes: z.int().min(0),
  ...AgreementFigures,
})
export type PairAgreement = z.infer<typeof PairAgreement>

/** Every pair of the coders, the first of each before the second in the order asked for. */
export const PairsReport = z.strictObject({
  scope: AgreementScope,
  coders: z.array(Coder),
  pairs: z.array(PairAgreement),
})
export type PairsReport = z.infer<typeof PairsReport>

/** What agreement is followed over: when the last of the coders finished a note, or the rounds notes were given in. */
export const SeriesBy = z.enum(['week', 'month', 'round'])
export type SeriesBy = z.infer<typeof SeriesBy>

/** `key`: the Monday of the week as 2026-03-02, the month as 2026-03, or the id of the round; `label`: its name. */
export const SeriesStep = z.strictObject({
  key: z.string(),
  label: z.string(),
  notes: z.int().min(1),
  ...AgreementFigures,
})
export type SeriesStep = z.infer<typeof SeriesStep>

/** In the order of time; a step without notes that count is left out. */
export const SeriesReport = z.strictObject({
  scope: AgreementScope,
  by: SeriesBy,
  coders: z.array(Coder),
  steps: z.array(SeriesStep),
})
export type SeriesReport = z.infer<typeof SeriesReport>

/** Agreement on all codes of a unit together: alpha with the MASI distance between the sets the coders gave it. */
export const SetAgreement = z.strictObject({
  scope: AgreementScope,
  coders: z.array(Coder),
  notes: z.int().min(0),
  /** Units; `different`: distinct sets that occur, the empty one among them where a coder gave nothing. */
  n: z.int().min(0),
  different: z.int().min(0),
  /** Units to which all coders gave the same set, and those among them to which nobody gave anything. */
  same: z.int().min(0),
  empty: z.int().min(0),
  masi: Figure,
  jaccard: Figure,
  /** 95 % limits of the MASI alpha; null also where there are too many different sets to resample. */
  interval: Interval.nullable(),
})
export type SetAgreement = z.infer<typeof SetAgreement>

/**
 * Which units stand behind a count of the agreement table: by who of two coders applied the code, or by how many of
 * any number of them did.
 */
export const AgreementCell = z.enum(['both', 'first', 'second', 'neither', 'all', 'some', 'none'])
export type AgreementCell = z.infer<typeof AgreementCell>

/**
 * What the segments are asked for: a count of one code, or a confusion of two coders, which is text where the first
 * coder applied one code and the second another, and neither applied both.
 */
export const AgreementBehind = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('count'),
    codeId: CodeId,
    cell: AgreementCell,
    part: QualifierPart.nullable().optional(),
  }),
  z.strictObject({ kind: z.literal('confusion'), firstCodeId: CodeId, secondCodeId: CodeId }),
  /** Spans of one code with a partner, or without one; `least` as in `UnitizingReport`. */
  z.strictObject({
    kind: z.literal('spans'),
    codeId: CodeId,
    cell: z.enum(['both', 'first', 'second']),
    least: z.number(),
    part: QualifierPart.nullable().optional(),
  }),
])
export type AgreementBehind = z.infer<typeof AgreementBehind>

export const AgreementSegment = z.strictObject({
  noteId: NoteId,
  noteTitle: z.string(),
  caseId: z.string().nullable(),
  span: z.strictObject({ start: Offset, end: Offset }).nullable(),
  before: z.string(),
  words: z.string(),
  after: z.string(),
})
export type AgreementSegment = z.infer<typeof AgreementSegment>

/** Units where the first coder applied one code and the second the other, and neither of them applied both. */
export const ConfusionCell = z.strictObject({
  firstCodeId: CodeId,
  secondCodeId: CodeId,
  units: z.int().min(1),
  /** Notes those units lie in. */
  notes: z.int().min(1),
})
export type ConfusionCell = z.infer<typeof ConfusionCell>

export const ConfusionReport = z.strictObject({
  unit: AgreementUnit,
  scope: AgreementScope,
  coders: z.tuple([Coder, Coder]),
  notes: z.int().min(0),
  /** Codes that either applied, with the units of both and of only one of the coders, as in `CodeAgreement`. */
  codes: z.array(
    z.strictObject({
      codeId: CodeId,
      code: z.string(),
      both: z.int().min(0),
      onlyFirst: z.int().min(0),
      onlySecond: z.int().min(0),
    }),
  ),
  /** The largest confusions, most units first; `total` says how many there are. */
  confused: z.array(ConfusionCell),
  total: z.int().min(0),
})
export type ConfusionReport = z.infer<typeof ConfusionReport>

export const agreementVerbs = {
  'agreement.compute': job(
    () =>
      z.strictObject({
        ...AgreementScope.shape,
        ...AgreementIntervals.shape,
        /** Null: every code that is not a folder, with the children's also folders. */
        codeIds: z.array(CodeId).nullable(),
      }),
    () => AgreementReport,
  ),
  /** Which codes two coders took for one another. */
  'agreement.confusion': job(
    () => z.strictObject({ ...AgreementScope.shape, coderIds: z.array(CoderId).length(2) }),
    () => ConfusionReport,
  ),
  /** Every two of the coders by themselves. */
  'agreement.pairs': job(
    () =>
      z.strictObject({
        ...AgreementScope.shape,
        ...AgreementIntervals.shape,
        codeIds: z.array(CodeId).nullable(),
      }),
    () => PairsReport,
  ),
  /** How agreement went over time, or from round to round. */
  'agreement.series': job(
    () =>
      z.strictObject({
        ...AgreementScope.shape,
        ...AgreementIntervals.shape,
        codeIds: z.array(CodeId).nullable(),
        by: SeriesBy,
      }),
    () => SeriesReport,
  ),
  /** All codes of a note, paragraph or sentence together; characters are no such unit. */
  'agreement.sets': job(
    () => z.strictObject({ ...AgreementScope.shape, ...AgreementIntervals.shape }),
    () => SetAgreement,
  ),
  /** The text behind a count of the tables. */
  'agreement.segments': read(
    () =>
      z.strictObject({
        ...AgreementScope.shape,
        behind: AgreementBehind,
        offset: z.int().min(0),
        limit: z.int().min(1).max(500),
      }),
    () =>
      z.strictObject({
        total: z.int().min(0),
        segments: z.array(AgreementSegment),
      }),
  ),
  'agreement.exportFile': job(
    () =>
      z.strictObject({
        ticket: Ticket,
        format: AgreementFormat,
        ...AgreementScope.shape,
        ...AgreementIntervals.shape,
      }),
    () => z.strictObject({ warnings: z.array(z.string()) }),
  ),

  /** Who applied which code to which unit, a row each, for R and other programs. */
  'agreement.exportData': job(
    () =>
      z.strictObject({
        ticket: Ticket,
        form: ReliabilityForm,
        ...AgreementScope.shape,
        codeIds: z.array(CodeId).nullable(),
      }),
    () => z.strictObject({ rows: z.int().min(0) }),
  ),
  /** Each stretch of text that somebody gave a code, with who did, what kind of difference it is, and its words. */
  'agreement.exportDiagnosis': job(
    () =>
      z.strictObject({
        ticket: Ticket,
        ...AgreementScope.shape,
        codeIds: z.array(CodeId).nullable(),
        identifiers: ExportChoice.optional(),
      }),
    () => z.strictObject({ isWritten: z.boolean(), rows: z.int().min(0), check: ExportCheck }),
  ),
} as const satisfies Record<string, Verb>
