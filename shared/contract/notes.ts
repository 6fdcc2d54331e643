/** Notes, their cases and attributes, and how far each coder is. */
import { z } from 'zod'
import { CaseId, CodeId, CoderId, Id, NoteId, RoundId } from './basics.ts'
import { By, Done, Nothing, read, type Verb, write } from './verb.ts'

export const AttributeKind = z.enum(['text', 'category', 'number', 'date', 'boolean'])
export type AttributeKind = z.infer<typeof AttributeKind>

export const AttributeOwner = z.enum(['note', 'case'])
export type AttributeOwner = z.infer<typeof AttributeOwner>

/** A property of a note or of a case; values are kept as text and read by `kind`. */
export const Attribute = z.strictObject({
  name: z.string().min(1).max(200),
  of: AttributeOwner,
  kind: AttributeKind,
})
export type Attribute = z.infer<typeof Attribute>

export const AttributeValues = z.record(z.string(), z.string())
export type AttributeValues = z.infer<typeof AttributeValues>

export const NoteStatus = z.enum(['not started', 'in progress', 'finished'])
export type NoteStatus = z.infer<typeof NoteStatus>

/** A note's number in this file, never given to another; short to send, and says nothing. */
export const NoteNum = z.int().min(1)

/** A row of the note list: everything but the text. `length` is in characters as people see them. */
export const NoteRow = z.strictObject({
  num: NoteNum,
  id: NoteId,
  title: z.string(),
  caseId: z.string().nullable(),
  date: z.string().nullable(),
  length: z.int().min(0),
  status: NoteStatus,
  codings: z.int().min(0),
  /** Values of the attributes asked for, in that order; absent when none were asked for. */
  cells: z.array(z.string().nullable()).optional(),
})
export type NoteRow = z.infer<typeof NoteRow>

/** What goes with notes that are removed. */
export const NoteRemoval = z.strictObject({
  /** Of a single note: what it is called. */
  name: z.string().nullable(),
  /** Of a single note without a title: its id, since others may begin with the same words. */
  id: z.string().nullable(),
  codings: z.array(z.strictObject({ coderId: CoderId, codings: z.int().min(0) })),
  memos: z.int().min(0),
  /** The rounds they leave, by name. */
  rounds: z.array(z.string()),
  /** A blind round keeps from whoever asks what others did in some of them: it is not counted here, and goes too. */
  isKept: z.boolean(),
  /** Why they cannot be removed by whoever asks, in words. */
  refusal: z.string().nullable(),
})
export type NoteRemoval = z.infer<typeof NoteRemoval>

export const Note = z.strictObject({
  id: NoteId,
  title: z.string(),
  caseId: z.string().nullable(),
  date: z.string().nullable(),
  text: z.string(),
  textHash: z.string(),
  attributes: AttributeValues,
  caseAttributes: AttributeValues,
})
export type Note = z.infer<typeof Note>

/** Some of the notes; an absent part does not restrict. Progress and codes are those of the coder who asks. */
export const NoteFilter = z.strictObject({
  attributes: z
    .array(
      z.strictObject({
        of: AttributeOwner,
        name: z.string(),
        /** Null asks for notes where the value is missing. */
        values: z.array(z.string().nullable()).min(1),
      }),
    )
    .max(50)
    .optional(),
  caseId: z.string().optional(),
  codeId: CodeId.optional(),
  status: NoteStatus.optional(),
  roundId: RoundId.optional(),
})
export type NoteFilter = z.infer<typeof NoteFilter>

export const NoteSort = z.strictObject({
  by: z.enum(['file', 'id', 'title', 'date', 'case', 'length', 'status', 'codings', 'attribute']),
  /** Which attribute, when sorting by one. */
  attribute: z.strictObject({ of: AttributeOwner, name: z.string() }).optional(),
  descending: z.boolean(),
})
export type NoteSort = z.infer<typeof NoteSort>

/** How far a coder is with all notes. */
export const NoteProgress = z.strictObject({ notes: z.int().min(0), finished: z.int().min(0) })
export type NoteProgress = z.infer<typeof NoteProgress>

/** Cases that have notes; `total` counts also those past the limit. */
export const CaseList = z.strictObject({
  total: z.int().min(0),
  cases: z.array(z.strictObject({ id: CaseId, notes: z.int().min(1) })),
})
export type CaseList = z.infer<typeof CaseList>

/** Values of an attribute, most frequent first; `total` counts also those past the limit. */
export const AttributeValueCounts = z.strictObject({
  total: z.int().min(0),
  values: z.array(z.strictObject({ value: z.string(), count: z.int().min(1) })),
  missing: z.int().min(0),
})
export type AttributeValueCounts = z.infer<typeof AttributeValueCounts>

/** What happens when a note that its coder marked finished is to be coded. */
export const FinishedRule = z.enum(['ask', 'reopen', 'code'])
export type FinishedRule = z.infer<typeof FinishedRule>

/** Attributes whose values each row should carry. */
const Columns = z.array(z.strictObject({ of: AttributeOwner, name: z.string().min(1) })).max(12)
/** Rows are asked for by page, so that checking one never holds up the screen. */
export const MOST_NOTE_ROWS = 500

export const notesVerbs = {
  'attributes.add': write(
    () => z.strictObject({ ...By, attribute: Attribute }),
    () => Done,
  ),
  /** Gives one note or case a value; null takes it away. */
  'attributes.setValue': write(
    () =>
      z.strictObject({
        ...By,
        of: AttributeOwner,
        name: z.string().min(1),
        id: Id,
        value: z.string().max(10_000).nullable(),
      }),
    () => Done,
  ),
  /** Makes several values of an attribute one, everywhere, as one undoable step. */
  'attributes.groupValues': write(
    () =>
      z.strictObject({
        ...By,
        of: AttributeOwner,
        name: z.string().min(1),
        from: z.array(z.string()).min(1),
        to: z.string().min(1).max(10_000),
      }),
    () => z.strictObject({ changed: z.int().min(0) }),
  ),
  'attributes.list': read(
    () => Nothing,
    () => z.array(Attribute.extend({ values: z.array(z.string()).max(200) })),
  ),

  /** How often each value stands, in notes or in cases. */
  'attributes.values': read(
    () => z.strictObject({ of: AttributeOwner, name: z.string().min(1), limit: z.int().min(1).max(5_000) }),
    () => AttributeValueCounts,
  ),
  'cases.list': read(
    () => z.strictObject({ query: z.string().max(400), limit: z.int().min(1).max(1_000) }),
    () => CaseList,
  ),

  /** All notes, or those that fit, in file order or sorted, as their numbers: 4 bytes a note. */
  'notes.order': read(
    () =>
      z.strictObject({
        coderId: CoderId,
        /** Words that must all stand in title, case, date, id or status. */
        query: z.string().max(1_000).optional(),
        filter: NoteFilter.optional(),
        sort: NoteSort.optional(),
      }),
    () => z.instanceof(Uint32Array<ArrayBuffer>),
  ),
  /** The rows of some notes, in the order asked for; a note that is gone is left out. */
  'notes.rows': read(
    () =>
      z.strictObject({
        coderId: CoderId,
        nums: z.array(NoteNum).max(MOST_NOTE_ROWS),
        columns: Columns.optional(),
      }),
    () => z.array(NoteRow).max(MOST_NOTE_ROWS),
  ),
  'notes.row': read(
    () => z.strictObject({ coderId: CoderId, noteId: NoteId }),
    () => NoteRow.nullable(),
  ),
  /** Where the coder left off: the note opened last, else the first in progress, the first not started, the first. */
  'notes.resume': read(
    () => z.strictObject({ coderId: CoderId }),
    () => z.strictObject({ noteId: NoteId.nullable() }),
  ),
  'notes.progress': read(
    () => z.strictObject({ coderId: CoderId }),
    () => NoteProgress,
  ),
  'notes.get': read(
    () => z.strictObject({ noteId: NoteId }),
    () => Note,
  ),
  'notes.setStatus': write(
    () => z.strictObject({ ...By, noteId: NoteId, status: NoteStatus }),
    () => Done,
  ),
  'notes.previewRemoval': read(
    () => z.strictObject({ nums: z.array(NoteNum).min(1).max(100_000) }),
    () => NoteRemoval,
  ),
  /** With all codings, memos, marks and places in rounds; undo brings all of it back. */
  'notes.remove': write(
    () => z.strictObject({ ...By, nums: z.array(NoteNum).min(1).max(100_000) }),
    () => Done,
  ),
  /** How far down this coder was in a note, as a text position. */
  'reading.position': read(
    () => z.strictObject({ coderId: CoderId, noteId: NoteId }),
    () => z.strictObject({ position: z.int().min(0) }),
  ),
  /** Kept in this copy of the file; not part of the journal. */
  'reading.keep': write(
    () => z.strictObject({ coderId: CoderId, noteId: NoteId, position: z.int().min(0) }),
    () => Done,
  ),
  /** How the screen stands, in its own words: in this copy of the file, so that none of it stays in a locked page. */
  'reading.keepView': write(
    () => z.strictObject({ view: z.string().max(500_000) }),
    () => Done,
  ),
  /** What was kept, which is gone from the file with this answer; null when nothing was. */
  'reading.takeView': write(
    () => Nothing,
    () => z.strictObject({ view: z.string().nullable() }),
  ),
} as const satisfies Record<string, Verb>
