/** Disagreements between coders, and what somebody who may decides about them. */
import { z } from 'zod'
import {
  CodeId,
  type CoderId,
  CodingId,
  type DisagreementId,
  type NoteId,
  Offset,
  type Span,
} from './basics.ts'
import { Qualifiers } from './qualifiers.ts'

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

/** What can be decided about; agreements are taken over by the same road. */
export const DecidedKind = z.enum([...DisagreementKind.options, 'agreed'])
export type DecidedKind = z.infer<typeof DecidedKind>

/**
 * - `coder`: the codings of one coder stand, as they are.
 * - `both`: everybody's stand, as they are.
 * - `union`, `intersection`: the words that any, or all, of those who gave a code gave it, code by code.
 * - `own`: another code or other words.
 * - `neither`: nothing stands.
 * - `later`: not decided; it stays among what is to be decided.
 */
export const DecisionWord = z.enum(['coder', 'both', 'union', 'intersection', 'own', 'neither', 'later'])
export type DecisionWord = z.infer<typeof DecisionWord>

/** A coding as it was when something was decided; UTF-16 units, null: the whole note. */
export const DecidedCoding = z.strictObject({
  id: CodingId,
  code: CodeId,
  start: Offset.nullable(),
  end: Offset.nullable(),
  qualifiers: Qualifiers,
})
export type DecidedCoding = z.infer<typeof DecidedCoding>

/** What was decided about: between whom, their codings as they were, and the text they were in (first digits of its hash). */
export type DecisionBasis = { coders: CoderId[]; text: string; codings: DecidedCoding[] }
