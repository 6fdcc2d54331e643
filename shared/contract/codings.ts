/** Codings, and the segments they make. */
import { z } from 'zod'
import { CodeId, CoderId, CodingId, Colour, NoteId, Offset, Span } from './basics.ts'
import { CodeFields } from './codes.ts'
import { JournalRow } from './history.ts'
import { Attribute, FinishedRule } from './notes.ts'
import { QualifierFilter, Qualifiers } from './qualifiers.ts'
import { By, Done, read, type Verb, write } from './verb.ts'

export const Coding = z.strictObject({
  id: CodingId,
  noteId: NoteId,
  coderId: CoderId,
  codeId: CodeId,
  span: z.strictObject({ start: Offset, end: Offset }).nullable(),
  memo: z.string(),
  qualifiers: Qualifiers,
  /** The codebook version (a count of its changes) this coding was made under. */
  codebookVersion: z.int().min(0),
  createdAt: z.string(),
})
export type Coding = z.infer<typeof Coding>

/** A coding as the text it covers, for lists of segments. */
export const Segment = z.strictObject({
  codingId: CodingId,
  noteId: NoteId,
  noteTitle: z.string(),
  caseId: z.string().nullable(),
  date: z.string().nullable(),
  coderId: CoderId,
  codeId: CodeId,
  span: z.strictObject({ start: Offset, end: Offset }).nullable(),
  before: z.string(),
  words: z.string(),
  after: z.string(),
  memo: z.string(),
})
export type Segment = z.infer<typeof Segment>

/** Notes that whoever is counted has finished, or every note. */
export const CountedNotes = z.enum(['finished', 'all'])
export type CountedNotes = z.infer<typeof CountedNotes>

/** The codings behind one figure of a table of themes; `inCases`: only those in notes that belong to a case. */
export const CountedCodings = z.strictObject({
  notes: CountedNotes,
  qualifiers: QualifierFilter,
  inCases: z.boolean(),
})
export type CountedCodings = z.infer<typeof CountedCodings>

export const codingsVerbs = {
  'codings.get': read(
    () => z.strictObject({ id: CodingId }),
    () => Coding,
  ),
  /** Without the others' codings where a blind round keeps them from whoever works here now. */
  'codings.ofNote': read(
    () => z.strictObject({ noteId: NoteId, coderIds: z.array(CoderId) }),
    () => z.array(Coding),
  ),
  /** One range, one or several codes; ids are made by the caller so that it can paint at once. */
  'codings.apply': write(
    () =>
      z.strictObject({
        ...By,
        noteId: NoteId,
        span: Span.nullable(),
        codings: z
          .array(
            z.strictObject({
              id: CodingId,
              codeId: CodeId,
              memo: z.string().max(20_000).optional(),
              qualifiers: Qualifiers.optional(),
            }),
          )
          .min(1)
          .max(200),
        /** The note is finished and becomes one in progress in the same step. */
        reopens: z.boolean().optional(),
      }),
    () => z.array(Coding),
  ),
  /** Makes a code at the top of the codebook and applies it to a stretch of a note (null: all of it), as one step. */
  'codings.applyNew': write(
    () =>
      z.strictObject({
        ...By,
        noteId: NoteId,
        span: Span.nullable(),
        id: CodingId,
        code: z.strictObject({ id: CodeId, name: CodeFields.shape.name, colour: Colour.nullable() }),
        reopens: z.boolean().optional(),
      }),
    () => Coding,
  ),
  /**
   * One code on many ranges of many notes (null, null: the whole note), as one undoable step; what the coder already
   * has is left as it is.
   */
  'codings.applyToRanges': write(
    () =>
      z.strictObject({
        ...By,
        codeId: CodeId,
        ranges: z
          .array(
            z.strictObject({
              noteId: NoteId,
              start: z.int().min(0).nullable(),
              end: z.int().min(1).nullable(),
            }),
          )
          .min(1)
          .max(100_000),
        /** For ranges in notes that the coder marked finished; `ask` changes nothing while there are some. */
        finished: z.enum([...FinishedRule.options, 'leave']).optional(),
      }),
    () =>
      z.strictObject({
        added: z.int().min(0),
        duplicate: z.int().min(0),
        /** Of those added: they overlap others of the same code and coder, which counts the words twice. */
        overlapping: z.int().min(0),
        finished: z.strictObject({ notes: z.int().min(0), ranges: z.int().min(0) }),
      }),
  ),
  'codings.remove': write(
    () => z.strictObject({ ...By, ids: z.array(CodingId).min(1).max(10_000) }),
    () => Done,
  ),
  /** Moves edges (null, null: the whole note), gives another code or other qualifiers; one undoable step. */
  'codings.change': write(
    () =>
      z.strictObject({
        ...By,
        changes: z
          .array(
            z.strictObject({
              id: CodingId,
              span: Span.nullable().optional(),
              codeId: CodeId.optional(),
              qualifiers: Qualifiers.optional(),
            }),
          )
          .min(1)
          .max(10_000),
      }),
    () => Done,
  ),
  /** Cuts a coding in two; the part from `at` on gets the new id. Memos stay with the first part. */
  'codings.split': write(
    () => z.strictObject({ ...By, id: CodingId, at: z.int().min(1), newId: CodingId }),
    () => Done,
  ),
  /** Makes codings of one code in one note one coding, from the first's start to the last's end. */
  'codings.unite': write(
    () => z.strictObject({ ...By, ids: z.array(CodingId).min(2).max(1_000) }),
    () => Done,
  ),
  /** What happened to a coding, oldest first. */
  'codings.history': read(
    () => z.strictObject({ id: CodingId }),
    () => z.array(JournalRow),
  ),
  'codings.segments': read(
    () =>
      z.strictObject({
        codeId: CodeId,
        includeChildren: z.boolean(),
        coderIds: z.array(CoderId).nullable(),
        attribute: z
          .strictObject({ name: z.string(), of: Attribute.shape.of, value: z.string().nullable() })
          .nullable(),
        /** Only what a table of themes counts; all codings when left out. */
        counted: CountedCodings.optional(),
        offset: z.int().min(0),
        limit: z.int().min(1).max(500),
      }),
    () =>
      z.strictObject({
        total: z.int().min(0),
        notes: z.int().min(0),
        cases: z.int().min(0),
        segments: z.array(Segment),
      }),
  ),
} as const satisfies Record<string, Verb>
