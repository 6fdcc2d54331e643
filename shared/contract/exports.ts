/** The check for identifiers at export. */
import { z } from 'zod'
import { IDENTIFIER_KINDS } from '../identifiers/finding.ts'
import { CodeId, NoteId, Offset } from './basics.ts'
import { IdentifierFinding } from './identifiers.ts'

/** What to do with possible identifiers in what is exported: stop and ask, put masks in the file, or leave them. */
export const ExportChoice = z.enum(['ask', 'mask', 'asIs'])
export type ExportChoice = z.infer<typeof ExportChoice>

/** A possible identifier in something about to leave the project. */
export const ExportFinding = z.strictObject({
  /** What it stands in, in words: "Quote of N001", "Example of Neglect". */
  name: z.string(),
  kind: z.enum(IDENTIFIER_KINDS),
  confidence: IdentifierFinding.shape.confidence,
  text: z.string(),
  /** Where in a note; null for what somebody typed. */
  place: z.strictObject({ noteId: NoteId, start: Offset, end: Offset }).nullable(),
  /** In which code's entry it was typed. */
  codeId: CodeId.nullable(),
})
export type ExportFinding = z.infer<typeof ExportFinding>

export const ExportCheck = z.strictObject({
  /** Quotes and other texts that were looked through, and how many of them hold something. */
  checked: z.int().min(0),
  withFindings: z.int().min(0),
  /** Possible identifiers in all; `findings` holds the first of them. */
  total: z.int().min(0),
  findings: z.array(ExportFinding),
})
export type ExportCheck = z.infer<typeof ExportCheck>
