/** Who codes, and who sits here. */
import { z } from 'zod'
import { Pin } from '../pin.ts'
import { CoderId } from './basics.ts'
import { By, Done, Nothing, read, type Verb, write } from './verb.ts'

/** What each may change stands in roles.ts. */
export const CoderRole = z.enum(['lead', 'adjudicator', 'coder', 'reader'])
export type CoderRole = z.infer<typeof CoderRole>

export const CoderName = z.string().trim().min(1).max(120)

/**
 * What a row of codings stands for: a person's own first coding, a second pass of the same person (`again`), or what
 * was agreed on (`consensus`). Where "everybody" is counted, only `own` is: nobody counts twice.
 */
export const CoderLayer = z.enum(['own', 'again', 'consensus'])
export type CoderLayer = z.infer<typeof CoderLayer>

/** A lead may change the codebook while it is frozen and decides on proposals; the first coder of a project is one. */
export const Coder = z.strictObject({
  id: CoderId,
  /** Room for what a second pass adds to a name: "Amara (again)". */
  name: z.string().min(1).max(140),
  role: CoderRole,
  layer: CoderLayer,
  /** Of a second pass: whose it is. */
  person: CoderId.nullable(),
})
export type Coder = z.infer<typeof Coder>

/** What let somebody take another's place: that one's PIN, a lead, or nothing, where there is no PIN to ask for. */
export const SatDownBy = z.enum(['pin', 'lead', 'open'])
export type SatDownBy = z.infer<typeof SatDownBy>

/** What it takes for whoever sits there to code as this coder. */
export const Chair = z.strictObject({
  coderId: CoderId,
  name: z.string(),
  /** Whether the person whose chair it is has a PIN. */
  hasPin: z.boolean(),
  needs: z.enum(['nothing', 'pin', 'refused']),
  /** Whether a lead who sits there may open it with their own PIN instead. */
  mayLead: z.boolean(),
  /** Why it is refused, in a sentence; null where it is not. */
  whyNot: z.string().nullable(),
})
export type Chair = z.infer<typeof Chair>

export const Chairs = z.strictObject({
  /** Who sits there; null where nobody does yet. */
  sitting: CoderId.nullable(),
  /** Who sat there last. */
  remembered: CoderId,
  /** Everybody, with second passes; the consensus layer only while somebody sits. */
  chairs: z.array(Chair),
})
export type Chairs = z.infer<typeof Chairs>

export const codersVerbs = {
  'coders.list': read(
    () => Nothing,
    () => z.array(Coder),
  ),
  'coders.add': write(
    () => z.strictObject({ ...By, name: CoderName }),
    () => Coder,
  ),
  'coders.rename': write(
    () => z.strictObject({ ...By, id: CoderId, name: CoderName }),
    () => Coder,
  ),
  'coders.setRole': write(
    () => z.strictObject({ ...By, id: CoderId, role: CoderRole }),
    () => Coder,
  ),
  /** A second pass of a person over their notes, as a coder of its own; the person's to begin, or a lead's. */
  'coders.codeAgain': write(
    () => z.strictObject({ ...By, person: CoderId, id: CoderId }),
    () => Coder,
  ),
  /** The layer in which agreed codings stand; one in a project, a lead's to begin. */
  'coders.addConsensus': write(
    () => z.strictObject(By),
    () => Coder,
  ),
  /** What it takes to code as each of them; answered also while nobody sits. */
  'coders.chairs': read(
    () => Nothing,
    () => Chairs,
  ),
  /**
   * Who works at this computer now; remembered for the next opening. Another person's place takes their PIN if they
   * have one, or that of a lead who sits there (`asLead`), and is journalled; only after a lead may it be the consensus
   * layer. Throws `wrong-pin`, `not-allowed` where a blind round is in the way. `words`: what the person has to know.
   */
  'coders.activate': write(
    () =>
      z.strictObject({
        coderId: CoderId,
        pin: Pin.nullable().default(null),
        asLead: z.boolean().default(false),
      }),
    () => z.strictObject({ words: z.string().nullable() }),
  ),
  /** The PIN of whoever sits there: set, changed, or with null removed; `current` is the one there is. Throws `wrong-pin`. */
  'coders.setPin': write(
    () => z.strictObject({ ...By, current: Pin.nullable(), pin: Pin.nullable() }),
    () => Done,
  ),
  /** A lead removes another's PIN, which was forgotten; `pin` is the lead's own. Not in a blind round. */
  'coders.clearPin': write(
    () => z.strictObject({ ...By, id: CoderId, pin: Pin }),
    () => Done,
  ),
} as const satisfies Record<string, Verb>
