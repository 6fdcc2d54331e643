/**
 * What everything else is made of: ids, positions in a text. Times are ISO 8601 in UTC. Ids are opaque text: a note's id
 * is the id its source gave it ("007" stays "007"), every other id is a UUID version 7. Each kind of id is a type of its own,
 * and nothing else when the program runs.
 */
import { z } from 'zod'

export const Id = z.string().min(1).max(400)

export const NoteId = Id
export type NoteId = z.infer<typeof NoteId>
export const CaseId = Id
export type CaseId = z.infer<typeof CaseId>
export const CodeId = Id.brand<'CodeId', 'inout'>()
export type CodeId = z.infer<typeof CodeId>
/** Of a layer of codings: a person, a second pass, the consensus. */
export const CoderId = Id.brand<'CoderId', 'inout'>()
export type CoderId = z.infer<typeof CoderId>
export const CodingId = Id.brand<'CodingId', 'inout'>()
export type CodingId = z.infer<typeof CodingId>
export const MemoId = Id.brand<'MemoId', 'inout'>()
export type MemoId = z.infer<typeof MemoId>
export const RoundId = Id.brand<'RoundId', 'inout'>()
export type RoundId = z.infer<typeof RoundId>
export const ProposalId = Id.brand<'ProposalId', 'inout'>()
export type ProposalId = z.infer<typeof ProposalId>

/** Follows from what it is about (electron/store/analysis/disagreements.ts): the same on every computer. */
export const DisagreementId = Id.brand<'DisagreementId', 'inout'>()
export type DisagreementId = z.infer<typeof DisagreementId>

export type AnyId = NoteId | CaseId | CodeId | CoderId | CodingId | MemoId | RoundId | ProposalId

export const Offset = z.int().min(0)

/** `#rrggbb` from the palette, or null for a code that has none of its own. */
export const Colour = z.string().regex(/^#[0-9a-f]{6}$/)

/** A range of a note's text in UTF-16 units, half-open; null stands for the whole note. */
export const Span = z
  .strictObject({ start: Offset, end: Offset })
  .refine((span) => span.start < span.end, { message: 'the end must lie after the start' })
export type Span = z.infer<typeof Span>

/** Words of a note, with some of what stands around them. */
export const WordsInPlace = { before: z.string(), words: z.string(), after: z.string() }

export const PlainSpan = z.strictObject({ start: Offset, end: Offset })
