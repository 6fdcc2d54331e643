/** That entries of other computers came in: where from, and which. What they do is theirs; this says only that they came. */
import { z } from 'zod'
import { defineChange } from '../journal/change.ts'

/** Entries of one copy of the project (`replica`), by their numbers there, both included. */
const Run = z.strictObject({ replica: z.string(), from: z.int().min(1), to: z.int().min(1) })

export const mergeChanges = {
  'project.merge': defineChange({
    payload: z.strictObject({
      source: z.string(),
      entries: z.int().min(1),
      taken: z.array(Run).min(1),
    }),
    // It changes no table: undoing it takes the entries themselves out again (merging/undo.ts).
    reduce: () => {},
    label: (_db, { source, entries }) =>
      `took in ${entries} ${entries === 1 ? 'change' : 'changes'} from ${source}`,
  }),
}
