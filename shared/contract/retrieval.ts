/** Retrieval: the segments that a question picks out. */
import { z } from 'zod'
import { CodeId, CoderId, CodingId, NoteId, PlainSpan, WordsInPlace } from './basics.ts'
import { ExportCheck, ExportChoice } from './exports.ts'
import { NoteFilter } from './notes.ts'
import { QualifierFilter, Qualifiers } from './qualifiers.ts'
import { job, Ticket, type Verb } from './verb.ts'

/**
 * Which coded segments to fetch. `any`: every coding of one of the codes. `all`: the stretches that all the codes
 * cover. `near`: codings of the codes that have a coding of `otherIds` at most `distance` characters away (0: they
 * touch or overlap). `within`: those that lie inside one. These are looked for within each coder's own codings.
 * `instead`: codings in whose words another coder gave one of `otherIds` and not this code. Everybody's own codings,
 * unless `coderIds` says whose.
 */
export const RetrievalQuery = z.strictObject({
  /** Empty stands for every code. */
  codeIds: z.array(CodeId).max(2_000),
  includeChildren: z.boolean(),
  relation: z.enum(['any', 'all', 'near', 'within', 'instead']),
  otherIds: z.array(CodeId).max(2_000),
  distance: z.int().min(0).max(1_000_000),
  /** Segments that a coding of these touches, whoever made it, are left out. */
  withoutIds: z.array(CodeId).max(2_000),
  coderIds: z.array(CoderId).nullable(),
  qualifiers: QualifierFilter,
  includeWholeNotes: z.boolean(),
  filter: NoteFilter,
})
export type RetrievalQuery = z.infer<typeof RetrievalQuery>

export const FoundSegment = z.strictObject({
  noteId: NoteId,
  noteTitle: z.string(),
  caseId: z.string().nullable(),
  date: z.string().nullable(),
  /** Null stands for the whole note. */
  span: PlainSpan.nullable(),
  /** The codings this segment is made of. */
  codings: z.array(
    z.strictObject({
      id: CodingId,
      codeId: CodeId,
      coderId: CoderId,
      qualifiers: Qualifiers,
      hasMemo: z.boolean(),
    }),
  ),
  ...WordsInPlace,
})
export type FoundSegment = z.infer<typeof FoundSegment>

export const RetrievalResult = z.strictObject({
  /** Segments found in all; `segments` holds the first of them, in the order of notes. */
  total: z.int().min(0),
  notes: z.int().min(0),
  cases: z.int().min(0),
  /** What was looked through, coded or not: the notes that fit the filter, and their cases. */
  looked: z.strictObject({ notes: z.int().min(0), cases: z.int().min(0) }),
  /** Notes of which a blind round keeps others' codings from the reader, where those are asked for. */
  heldBack: z.int().min(0),
  segments: z.array(FoundSegment),
})
export type RetrievalResult = z.infer<typeof RetrievalResult>

/** Kinds of file that segments are exported as. */
export const QuotesFormat = z.enum(['csv', 'xlsx', 'docx'])
export type QuotesFormat = z.infer<typeof QuotesFormat>

export const retrievalVerbs = {
  'retrieval.find': job(
    () => z.strictObject({ coderId: CoderId, query: RetrievalQuery, limit: z.int().min(1).max(20_000) }),
    () => RetrievalResult,
  ),
  /** All segments, or those picked by their keys (shared/segments.ts), with the question and counts where they fit. */
  'retrieval.exportFile': job(
    () =>
      z.strictObject({
        ticket: Ticket,
        coderId: CoderId,
        query: RetrievalQuery,
        picked: z.array(z.string().min(1).max(1_000)).max(20_000).nullable(),
        groupBy: z.enum(['note', 'case']),
        format: QuotesFormat,
        identifiers: ExportChoice.optional(),
      }),
    () =>
      z.strictObject({
        isWritten: z.boolean(),
        segments: z.int().min(0),
        warnings: z.array(z.string()),
        check: ExportCheck,
      }),
  ),
} as const satisfies Record<string, Verb>
