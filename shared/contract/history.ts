/** Undo, redo and the journal. */
import { z } from 'zod'
import { MemoSubject } from '../memo.ts'
import { CoderId, CodingId, Id, NoteId, RoundId, Span } from './basics.ts'
import { By, Done, job, read, Ticket, type Verb, write } from './verb.ts'

export const HistoryStep = z.strictObject({
  step: Id,
  label: z.string(),
  /** Where it happened, after the label: "in CN88014: “weight loss”". */
  where: z.string().nullable(),
  at: z.string(),
})
export type HistoryStep = z.infer<typeof HistoryStep>

/** What undo would take back, next first, and what redo would bring back, next first. */
export const HistorySteps = z.strictObject({ done: z.array(HistoryStep), undone: z.array(HistoryStep) })
export type HistorySteps = z.infer<typeof HistorySteps>

export const HistoryState = z.strictObject({ undo: z.string().nullable(), redo: z.string().nullable() })
export type HistoryState = z.infer<typeof HistoryState>

/** What an entry of the journal is about. */
export const JOURNAL_SUBJECTS = [
  'codings',
  'codebook',
  'notes',
  'memos',
  'coders',
  'rounds',
  'project',
  'history',
] as const

export const JournalSubject = z.enum(JOURNAL_SUBJECTS)
export type JournalSubject = z.infer<typeof JournalSubject>

/** Some of the entries; an absent part does not restrict. */
export const JournalFilter = z.strictObject({
  coderId: CoderId.optional(),
  subject: JournalSubject.optional(),
  words: z.string().max(500).optional(),
})
export type JournalFilter = z.infer<typeof JournalFilter>

/** Where an entry of the journal, or a part of one, can be opened. */
export const JournalPlace = z.discriminatedUnion('kind', [
  /** `codingId` is the coding that was worked on, while it is there. */
  z.strictObject({
    kind: z.literal('note'),
    noteId: NoteId,
    span: Span.nullable(),
    codingId: CodingId.optional(),
  }),
  z.strictObject({ kind: z.literal('subject'), about: MemoSubject }),
  z.strictObject({ kind: z.literal('round'), roundId: RoundId }),
])
export type JournalPlace = z.infer<typeof JournalPlace>

/** One of the things that a bulk entry touched. */
export const JournalPart = z.strictObject({
  key: z.string(),
  label: z.string(),
  where: z.string().nullable(),
  place: JournalPlace.nullable(),
})
export type JournalPart = z.infer<typeof JournalPart>

export const JournalRow = z.strictObject({
  seq: z.int().min(1),
  id: Id,
  /** What the clock of the computer said when it was made. */
  at: z.string(),
  /** That clock and the order of the entries are more than a day apart. */
  isClockOff: z.boolean(),
  coder: z.string(),
  kind: z.string(),
  label: z.string(),
  /** Where it happened, after the label: "in CN88014: “weight loss”". */
  where: z.string().nullable(),
  /** Where it can be opened; null when that is gone, or in more than one place. */
  place: JournalPlace.nullable(),
  /** How many things it touched; more than one are listed apart. */
  parts: z.int().min(0),
  isUndone: z.boolean(),
})
export type JournalRow = z.infer<typeof JournalRow>

/** What was undone or done again, and where. */
const StepDone = z.strictObject({
  label: z.string(),
  where: z.string().nullable(),
  noteId: NoteId.nullable(),
})

export const historyVerbs = {
  'history.steps': read(
    () => z.strictObject({ coderId: CoderId, limit: z.int().min(1).max(500) }),
    () => HistorySteps,
  ),
  'history.state': read(
    () => z.strictObject({ coderId: CoderId }),
    () => HistoryState,
  ),
  'history.undo': write(
    () => z.strictObject({ ...By }),
    () => StepDone,
  ),
  'history.redo': write(
    () => z.strictObject({ ...By }),
    () => StepDone,
  ),
  /** Undoes or redoes until this step is the latest that holds; `isBefore`: until just before it. */
  'history.goTo': write(
    () => z.strictObject({ ...By, step: Id, isBefore: z.boolean() }),
    () => z.strictObject({ steps: z.int().min(0) }),
  ),
  /** Newest first. `next` is the `before` of the next page; a page may be short and still have one. */
  'journal.list': read(
    () => JournalFilter.extend({ before: z.int().min(1).nullable(), limit: z.int().min(1).max(1_000) }),
    () =>
      z.strictObject({
        /** Null while words are looked for or a blind round keeps entries. */
        total: z.int().min(0).nullable(),
        rows: z.array(JournalRow),
        next: z.int().min(1).nullable(),
        /** A blind round keeps what others did from who reads: entries of theirs may be missing here. */
        isPartial: z.boolean(),
      }),
  ),
  /** What a bulk entry touched, a page at a time. */
  'journal.parts': read(
    () => z.strictObject({ seq: z.int().min(1), offset: z.int().min(0), limit: z.int().min(1).max(500) }),
    () => z.strictObject({ total: z.int().min(0), parts: z.array(JournalPart) }),
  ),
  /** Every entry as a CSV table: who did what and when, what is undone, and the hash of each. */
  'journal.exportFile': job(
    () => z.strictObject({ ticket: Ticket }),
    () => Done,
  ),
} as const satisfies Record<string, Verb>
