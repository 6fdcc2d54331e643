/** Notes on their way in. */
import { z } from 'zod'
import { AttributeKind, AttributeOwner } from './notes.ts'
import { By, job, Ticket, type Verb } from './verb.ts'

const RowNumbers = z.array(z.int().min(1)).max(10_000)

/** A row of a source with what is to be said about it; row 0 is the file as a whole. */
const RowReason = z.strictObject({ row: z.int().min(0), reason: z.string() })

/** Which column of a table feeds which part of a note; the JSON form is the CLI's MAP file. */
export const ImportMap = z.strictObject({
  text: z.string().min(1),
  noteId: z.string().optional(),
  caseId: z.string().optional(),
  date: z.string().optional(),
  title: z.string().optional(),
  /** Of workbooks: the sheet to read; when left out, the first one that has rows. */
  sheet: z.string().optional(),
  /** The row of the file that holds the names of the columns, from 1; when left out, the first that looks so. */
  heading: z.int().min(1).optional(),
  /** Rows that are no notes, counted under the headings from 1, besides those that look so. */
  leaveOut: RowNumbers.optional(),
  /** Rows to take though they look like further headings, units or totals. */
  take: RowNumbers.optional(),
  attributes: z
    .record(
      z.string().min(1),
      z.strictObject({ column: z.string(), of: AttributeOwner, kind: AttributeKind }),
    )
    .optional(),
})
export type ImportMap = z.infer<typeof ImportMap>

export const ImportPreview = z.strictObject({
  kind: z.enum(['table', 'texts']),
  files: z.array(z.string()),
  encoding: z.string(),
  columns: z.array(z.string()),
  /** The first rows as they would be read, one cell per column. */
  rows: z.array(z.array(z.string())),
  guess: ImportMap.nullable(),
  /** Of a workbook: the sheets to choose from, and the one that is shown. */
  sheets: z.array(z.string()).optional(),
  sheet: z.string().optional(),
  /** Of a table: the number of each of `rows`, counted under the headings from 1. */
  numbers: z.array(z.int().min(1)).optional(),
  /** Rows among them that look like no notes, with the reason; an import leaves them out unless it is told to take them. */
  notNotes: z.array(RowReason).optional(),
  /** The first rows of the file as they stand, by their number, to choose from; and the one that names the columns. */
  heads: z.array(z.strictObject({ row: z.int().min(1), words: z.string() })).optional(),
  heading: z.int().min(1).optional(),
})
export type ImportPreview = z.infer<typeof ImportPreview>

export const ImportReport = z.strictObject({
  notes: z.strictObject({
    added: z.int().min(0),
    duplicate: z.int().min(0),
    /** Those counted as duplicates: which note each is, and where that is. */
    duplicates: z.array(RowReason),
    /** Added under an id of their own though another note has the same text, with which one. */
    sameText: z.array(RowReason),
    rejected: z.array(RowReason),
    /** Rows that are no notes: further headings, units, totals. */
    leftOut: z.array(RowReason),
    /**
     * Notes that were taken though some of their source could not be read; with row 0, what of a whole file is in no
     * note.
     */
    warnings: z.array(RowReason),
  }),
  cases: z.int().min(0),
  attributes: z.int().min(0),
  identifiers: z.record(z.string(), z.int().min(0)),
})
export type ImportReport = z.infer<typeof ImportReport>

export const noteImportVerbs = {
  'notes.previewImport': job(
    () =>
      z.strictObject({
        ticket: Ticket,
        sheet: z.string().max(200).optional(),
        /** The row that holds the names of the columns; when left out, the first that looks so. */
        heading: z.int().min(1).max(1_000_000).optional(),
      }),
    () => ImportPreview,
  ),
  'notes.import': job(
    () =>
      z.strictObject({
        ...By,
        ticket: Ticket,
        map: ImportMap.nullable(),
        dryRun: z.boolean(),
        /** Count possible identifiers, take them out before anything is stored, or do not look. */
        identifiers: z.enum(['report', 'redact', 'off']).optional(),
      }),
    () => ImportReport,
  ),
} as const satisfies Record<string, Verb>
