/** Possible identifiers. */
import { z } from 'zod'
import { IDENTIFIER_KINDS } from '../identifiers/finding.ts'
import { NoteId, Offset, Span } from './basics.ts'
import { By, Done, job, Nothing, read, type Verb, write } from './verb.ts'

export const IdentifierFinding = z.strictObject({
  noteId: NoteId,
  noteTitle: z.string(),
  kind: z.enum(IDENTIFIER_KINDS),
  start: Offset,
  end: Offset,
  text: z.string(),
  /** `checked`: right check digit or on the project's list; `format`: has the form; `likely`: by the words around. */
  confidence: z.enum(['checked', 'format', 'likely']),
})
export type IdentifierFinding = z.infer<typeof IdentifierFinding>

export const IdentifierScan = z.strictObject({
  notes: z.int().min(0),
  /** Possible identifiers found in all; `findings` holds the first of them. */
  total: z.int().min(0),
  kinds: z.partialRecord(z.enum(IDENTIFIER_KINDS), z.int().min(0)),
  findings: z.array(IdentifierFinding),
})
export type IdentifierScan = z.infer<typeof IdentifierScan>

export const IdentifierWords = z.strictObject({
  /** Never reported. */
  allow: z.array(z.string().min(1).max(200)).max(10_000),
  /** Always reported. */
  deny: z.array(z.string().min(1).max(200)).max(10_000),
  /** What the source put in place of identifiers; # stands for any digit. */
  masks: z.array(z.string().min(1).max(100)).max(200),
})
export type IdentifierWords = z.infer<typeof IdentifierWords>

export const identifiersVerbs = {
  'identifiers.scan': job(
    () => z.strictObject({ limit: z.int().min(1).max(20_000) }),
    () => IdentifierScan,
  ),
  'identifiers.words': read(
    () => Nothing,
    () => IdentifierWords,
  ),
  'identifiers.setWords': write(
    () => z.strictObject({ ...By, words: IdentifierWords.partial() }),
    () => IdentifierWords,
  ),
  /** This one is no identifier: leave it and do not report it again. */
  'identifiers.keep': write(
    () => z.strictObject({ ...By, noteId: NoteId, span: Span }),
    () => Done,
  ),
  /** Every place where the same words stand, for "redact all like it". */
  'identifiers.places': job(
    () => z.strictObject({ text: z.string().min(1).max(1_000) }),
    () => z.array(z.strictObject({ noteId: NoteId, start: z.int().min(0), end: z.int().min(1) })),
  ),
  /** Takes text out of notes for good: the one act without undo. Codings move with it. */
  'identifiers.redact': write(
    () =>
      z.strictObject({
        ...By,
        ranges: z
          .array(z.strictObject({ noteId: NoteId, start: z.int().min(0), end: z.int().min(1) }))
          .min(1)
          .max(100_000),
        mask: z.string().max(40),
      }),
    /**
     * `words`: those that left the identifier lists, as they stand in no note any more. `isErased`: false where the disk
     * was too full to write over what was taken out; it is as soon as there is room.
     */
    () => z.strictObject({ notes: z.int().min(0), words: z.int().min(0), isErased: z.boolean() }),
  ),
} as const satisfies Record<string, Verb>
