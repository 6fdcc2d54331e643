/** Rounds of coding. */
import { z } from 'zod'
import { CoderId, NoteId, RoundId } from './basics.ts'
import { CoderName } from './coders.ts'
import { AttributeOwner } from './notes.ts'
import { By, Done, Nothing, read, type Verb, write } from './verb.ts'

/** How many of the notes a round draws. */
export const RoundSample = z.union([
  z.strictObject({ percent: z.number().gt(0).max(100) }),
  z.strictObject({ count: z.int().min(1).max(10_000_000) }),
])
export type RoundSample = z.infer<typeof RoundSample>

/** How notes are drawn at random: the same seed and the same notes give the same draw. */
export const RoundDraw = z.strictObject({
  sample: RoundSample,
  /** Each value gets its share of the sample. */
  stratifiedBy: z.strictObject({ of: AttributeOwner, name: z.string().min(1) }).nullable(),
  seed: z.int().min(0),
})
export type RoundDraw = z.infer<typeof RoundDraw>

/** A draw that took place: `outOf` is how many notes there were to draw from. */
export const RoundDrawn = RoundDraw.extend({ outOf: z.int().min(1) })
export type RoundDrawn = z.infer<typeof RoundDrawn>

/** Notes with one value of the attribute (null: missing), and how many of them are drawn. */
export const Stratum = z.strictObject({
  value: z.string().nullable(),
  notes: z.int().min(1),
  drawn: z.int().min(0),
})
export type Stratum = z.infer<typeof Stratum>

export const RoundPreview = z.strictObject({
  outOf: z.int().min(0),
  drawn: z.int().min(0),
  /** Notes drawn that somebody has coded, whoever it was: no round was blind to that. */
  codedAlready: z.int().min(0),
  /** None where the draw is not stratified. */
  strata: z.array(Stratum),
})
export type RoundPreview = z.infer<typeof RoundPreview>

const RoundFields = {
  id: RoundId,
  name: CoderName,
  /** Nobody who codes in it sees the others' codings of a note of it before all of them finished that note. */
  isBlind: z.boolean(),
  /** Null where the notes were chosen by hand. */
  drawn: RoundDrawn.nullable(),
  createdAt: z.string(),
}

/** Notes given to coders, in file order. */
export const Round = z.strictObject({ ...RoundFields, coderIds: z.array(CoderId), noteIds: z.array(NoteId) })
export type Round = z.infer<typeof Round>

/** A round in a list: how many notes, and how many of them each coder finished. */
export const RoundRow = z.strictObject({
  ...RoundFields,
  notes: z.int().min(0),
  coders: z.array(z.strictObject({ coderId: CoderId, finished: z.int().min(0) })),
})
export type RoundRow = z.infer<typeof RoundRow>

/** A blind round that keeps a note's other codings from somebody, and who has not finished the note yet. */
export const BlindRound = z.strictObject({
  roundId: RoundId,
  name: z.string(),
  waitingFor: z.array(CoderId).min(1),
})
export type BlindRound = z.infer<typeof BlindRound>

export const roundsVerbs = {
  /** Newest first. */
  'rounds.list': read(
    () => Nothing,
    () => z.array(RoundRow),
  ),
  /** What a draw would give. */
  'rounds.preview': read(
    () => z.strictObject({ draw: RoundDraw }),
    () => RoundPreview,
  ),
  /** Gives notes to coders: drawn at random here, or those named. Only a lead does. */
  'rounds.add': write(
    () =>
      z.strictObject({
        ...By,
        id: RoundId,
        name: CoderName,
        coderIds: z.array(CoderId).min(1).max(20),
        isBlind: z.boolean(),
        notes: z.union([
          z.strictObject({ draw: RoundDraw }),
          z.strictObject({ noteIds: z.array(NoteId).min(1).max(1_000_000) }),
        ]),
      }),
    () => RoundRow,
  ),
  'rounds.rename': write(
    () => z.strictObject({ ...By, id: RoundId, name: CoderName }),
    () => Done,
  ),
  /** Codings and progress stay as they are. */
  'rounds.remove': write(
    () => z.strictObject({ ...By, id: RoundId }),
    () => Done,
  ),
  /** The blind round that keeps the others' codings of this note from this coder now, if one does. */
  'rounds.blindTo': read(
    () => z.strictObject({ coderId: CoderId, noteId: NoteId }),
    () => BlindRound.nullable(),
  ),
} as const satisfies Record<string, Verb>
