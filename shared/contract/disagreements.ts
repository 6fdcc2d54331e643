/** Disagreements between coders, and what somebody who may decides about them. */
import { z } from 'zod'
import type { CodeId, CoderId, CodingId, DisagreementId, NoteId, Span } from './basics.ts'
import type { Qualifiers } from './qualifiers.ts'

/**
 * What compared coders disagree about (electron/store/analysis/clusters.ts says what belongs to one disagreement):
 *
 * - `missed`: words that some of them coded and one of them or more did not code at all.
 * - `code`: the same or overlapping words have other codes.
 * - `edges`: all gave the code to overlapping words, not all to the same.
 * - `qualifier`: the same code on the same words, with other qualifiers.
 * - `note`: a code of the whole note that not all gave, or gave with other qualifiers.
 */
export const DisagreementKind = z.enum(['missed', 'code', 'edges', 'qualifier', 'note'])
export type DisagreementKind = z.infer<typeof DisagreementKind>

/** A coding that is part of a disagreement. */
export type DisagreementSegment = {
  id: CodingId
  coderId: CoderId
  codeId: CodeId
  /** UTF-16 units; null: the whole note. */
  span: Span | null
  qualifiers: Qualifiers
}

/** One thing to decide about, in one note; segments by position, then in the order of the coders. */
export type Disagreement = {
  id: DisagreementId
  noteId: NoteId
  kind: DisagreementKind
  segments: DisagreementSegment[]
}

/** What all compared coders coded alike: nothing to decide about, but it can be taken over. */
export type Agreed = Omit<Disagreement, 'kind'> & { kind: 'agreed' }
