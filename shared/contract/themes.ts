/** Theme tables. */
import { z } from 'zod'
import { CodeId, CoderId } from './basics.ts'
import { Coder } from './coders.ts'
import { CountedNotes } from './codings.ts'
import { Attribute } from './notes.ts'
import { QualifierFilter } from './qualifiers.ts'
import { Done, job, Ticket, type Verb } from './verb.ts'

export const ThemeRow = z.strictObject({
  codeId: CodeId,
  code: z.string(),
  /** "Abuse > Neglect": names alone can stand twice in a codebook. */
  path: z.string(),
  depth: z.int().min(0),
  isFolder: z.boolean(),
  notes: z.int().min(0),
  cases: z.int().min(0),
  codings: z.int().min(0),
  /** Crosstab cells in the order of `groups`: notes and cases of that group that carry the code. */
  cells: z.array(z.strictObject({ notes: z.int().min(0), cases: z.int().min(0) })),
})
export type ThemeRow = z.infer<typeof ThemeRow>

export const ThemeGroup = z.strictObject({
  value: z.string().nullable(),
  notes: z.int().min(0),
  cases: z.int().min(0),
})

/** What a table of themes is asked to count. */
export const ThemeScope = z.strictObject({
  by: z.strictObject({ name: z.string(), of: Attribute.shape.of }).nullable(),
  /** Whose codings; null: of all people together, without second passes and the consensus. */
  coderIds: z.array(CoderId).nullable(),
  notes: CountedNotes.default('finished'),
  /** Leaves out what is negated, possible, alleged ..., where the project says such a thing of its codings. */
  affirmedOnly: z.boolean().default(true),
  qualifiers: QualifierFilter.default({}),
})

export type ThemeScope = z.output<typeof ThemeScope>

/** What a table of themes counted, said in words wherever the table is shown or written. */
export const ThemeBase = z.strictObject({
  /** Whose codings, by name and layer. */
  coders: z.array(Coder),
  notes: CountedNotes,
  /** What a coding had to say to be counted, with what "affirmed only" stands for. */
  qualifiers: QualifierFilter,
  affirmedOnly: z.boolean(),
  /** The project says of codings whether they are affirmed or negated. */
  hasAssertion: z.boolean(),
  /** All notes and cases of the project, counted or not. */
  outOf: z.strictObject({ notes: z.int().min(0), cases: z.int().min(0) }),
  /** Notes that would be counted if a blind round did not keep them from whoever looks. */
  heldBack: z.int().min(0),
  /** Codings in counted notes that are not counted for what they say, by the first value that is not asked for. */
  setAside: z.array(
    z.strictObject({ qualifier: z.string(), value: z.string().nullable(), codings: z.int().min(1) }),
  ),
  /** "Ben’s codings, finished notes only (8 of 39), affirmed only". */
  words: z.string(),
  /** How the words are meant, in sentences. */
  rule: z.string(),
})
export type ThemeBase = z.infer<typeof ThemeBase>

export const ThemeReport = z.strictObject({
  by: Attribute.nullable(),
  coderIds: z.array(CoderId),
  base: ThemeBase,
  /** The notes that count and the cases they are of: what every share is a share of. */
  notes: z.int().min(0),
  cases: z.int().min(0),
  groups: z.array(ThemeGroup),
  rows: z.array(ThemeRow),
})
export type ThemeReport = z.infer<typeof ThemeReport>

export const themesVerbs = {
  'themes.compute': job(
    () => ThemeScope,
    () => ThemeReport,
  ),
  'themes.exportFile': job(
    () => z.strictObject({ ticket: Ticket, ...ThemeScope.shape }),
    () => Done,
  ),
} as const satisfies Record<string, Verb>
