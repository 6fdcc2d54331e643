/** What another copy of the project brings, and what became of it. */
import { z } from 'zod'
import { lazily } from '../lazily.ts'

export const MergeReport = lazily(() =>
  z.strictObject({
    entries: z.strictObject({
      /** Came in; were there already. */
      new: z.int(),
      known: z.int(),
      /** Entries that do nothing in their place, or (with `part`, the id of what was left out) not all they say. */
      void: z.array(
        z.strictObject({
          entry: z.string(),
          part: z.string().optional(),
          coder: z.string(),
          kind: z.string(),
          reason: z.string(),
        }),
      ),
    }),
    /** Entries that came in, by the name of their coder. */
    coders: z.record(z.string(), z.int()),
    /** Fields that both have written without knowing of each other: what stands, what was lost, and who wrote that. */
    conflicts: z.array(
      z.strictObject({
        what: z.string(),
        field: z.string(),
        kept: z.string(),
        lost: z.string(),
        who: z.string(),
        entry: z.string(),
      }),
    ),
    notes: z.strictObject({ new: z.int(), sameTexts: z.int(), differentTexts: z.array(z.string()) }),
  }),
)
export type MergeReport = z.infer<ReturnType<typeof MergeReport>>
