/** The codebook as a whole: versions, proposals, import and export, how it is used. */
import { z } from 'zod'
import { CodeId, CoderId, CodingId, Id, ProposalId } from './basics.ts'
import { CodeChanges, Template } from './codes.ts'
import { Segment } from './codings.ts'
import { ExportCheck, ExportChoice } from './exports.ts'
import { By, Done, job, Nothing, read, Ticket, type Verb, write } from './verb.ts'

/** One state of the codebook: every change of a code makes the next. */
export const CodebookVersion = z.strictObject({
  version: z.int().min(0),
  name: z.string().nullable(),
  at: z.string(),
  by: z.string(),
  label: z.string(),
})
export type CodebookVersion = z.infer<typeof CodebookVersion>

export const CodebookChange = z.strictObject({
  codeId: CodeId,
  name: z.string(),
  kind: z.enum(['added', 'removed', 'renamed', 'moved', 'reworded', 'retired', 'restored', 'recoloured']),
  words: z.string(),
  before: z.string().optional(),
  after: z.string().optional(),
})

/** A code as it was in a version, as far as versions are compared. */
export const VersionedCode = z.strictObject({
  id: CodeId,
  parentId: CodeId.nullable(),
  name: z.string(),
  colour: z.string().nullable(),
  isRetired: z.boolean(),
  /** Written fields by what a person calls them: definition, rule when to use ... */
  fields: z.record(z.string(), z.string()),
})
export type VersionedCode = z.infer<typeof VersionedCode>

/** What a coder would change in the codebook, and what became of it. */
export const Proposal = z.strictObject({
  id: ProposalId,
  coderId: CoderId,
  /** Null proposes a new code. */
  codeId: CodeId.nullable(),
  fields: CodeChanges,
  reason: z.string(),
  status: z.enum(['open', 'accepted', 'declined']),
  decidedBy: CoderId.nullable(),
  answer: z.string(),
  createdAt: z.string(),
  decidedAt: z.string().nullable(),
})
export type Proposal = z.infer<typeof Proposal>

/** How the codebook is used, for the question whether it still fits. Pairs are given by how often they occur. */
export const CodebookOverview = z.strictObject({
  /** Notes with at least one coding by these coders, and notes in the project. */
  notesCoded: z.int().min(0),
  notes: z.int().min(0),
  /** Notes in which a blind round keeps the others’ codings from whoever looks: those are not counted. */
  heldBack: z.int().min(0),
  coders: z.array(CoderId),
  codes: z.array(
    z.strictObject({
      codeId: CodeId,
      codings: z.int().min(0),
      notes: z.int().min(0),
      /** Codings by each coder, in the order of `coders`. */
      byCoder: z.array(z.int().min(0)),
    }),
  ),
  /** Codes that one coder gave in the same note: how many notes have both so, and how many have each. */
  together: z.array(
    z.strictObject({
      first: CodeId,
      second: CodeId,
      both: z.int().min(1),
      notesFirst: z.int(),
      notesSecond: z.int(),
    }),
  ),
  /** Codings of the first code where another coder, in overlapping words, gave the second and not the first. */
  confused: z.array(z.strictObject({ first: CodeId, second: CodeId, times: z.int().min(1) })),
})
export type CodebookOverview = z.infer<typeof CodebookOverview>

export const CodebookImportReport = z.strictObject({
  added: z.int().min(0),
  same: z.int().min(0),
  updated: z.int().min(0),
  warnings: z.array(z.string()),
})
export type CodebookImportReport = z.infer<typeof CodebookImportReport>

/** One code of a file or template, beside what the project has. */
export const CodebookImportItem = z.strictObject({
  /** What the file calls it; names it when choosing what to take. */
  key: Id,
  parentKey: Id.nullable(),
  name: z.string(),
  isFolder: z.boolean(),
  /** `conflict`: it is not certain which code it is; it is taken only where somebody says so. */
  kind: z.enum(['new', 'changed', 'same', 'conflict']),
  /** Why it is not certain, in words; empty otherwise. */
  conflict: z.string(),
  /** The code of the project that would change; null for a new one. */
  codeId: CodeId.nullable(),
  /** Each field that differs, by what a person calls it; of a new code each that says something. */
  changes: z.array(z.strictObject({ field: z.string(), now: z.string(), inFile: z.string() })),
})
export type CodebookImportItem = z.infer<typeof CodebookImportItem>

export const CodebookImportPreview = z.strictObject({
  /** "codebook.qdc", "the template Safeguarding and adversity". */
  source: z.string(),
  /** Of what was read: an import says it, so that nothing else is taken than what was shown. */
  digest: z.string(),
  items: z.array(CodebookImportItem),
  /** There are names such as "Harm::Neglect", which could be taken apart. */
  canSplit: z.boolean(),
  warnings: z.array(z.string()),
})
export type CodebookImportPreview = z.infer<typeof CodebookImportPreview>

/** `qdc`, `csv` and `xlsx` can be read back; the others are for people. */
export const CodebookFormat = z.enum(['qdc', 'csv', 'xlsx', 'docx', 'html', 'md'])
export type CodebookFormat = z.infer<typeof CodebookFormat>

/** What a codebook for people shows besides the entries: quotes of linked codings, and how often codes were used. */
export const CodebookParts = z.strictObject({ examples: z.boolean(), counts: z.boolean() })
export type CodebookParts = z.infer<typeof CodebookParts>

/**
 * Where a codebook comes from: a file (`isSplit`: names such as "Harm::Neglect" are taken apart), or what the program
 * brings; `year` picks the census codes in force then.
 */
export const CodebookSource = z.union([
  z.strictObject({ ticket: Ticket, isSplit: z.boolean() }),
  z.strictObject({ template: Template, year: z.int().min(2000).max(2100).nullable() }),
])
export type CodebookSource = z.infer<typeof CodebookSource>

/** What the check for identifiers let out of a codebook. */
const CodebookGivenOut = z.strictObject({
  /** False where the check found something and nobody has said yet what to do about it. */
  isWritten: z.boolean(),
  codes: z.int().min(0),
  warnings: z.array(z.string()),
  check: ExportCheck,
})

export const codebookVerbs = {
  'codebook.state': read(
    () => Nothing,
    () => z.strictObject({ version: z.int().min(0), isFrozen: z.boolean() }),
  ),
  'codebook.freeze': write(
    () => z.strictObject({ ...By, isFrozen: z.boolean() }),
    () => Done,
  ),
  'codebook.versions': read(
    () =>
      z.strictObject({
        before: z.int().min(0).nullable(),
        limit: z.int().min(1).max(500),
        namedOnly: z.boolean(),
      }),
    () => z.strictObject({ current: z.int().min(0), rows: z.array(CodebookVersion) }),
  ),
  'codebook.nameVersion': write(
    () => z.strictObject({ ...By, version: z.int().min(0), name: z.string().trim().min(1).max(200) }),
    () => Done,
  ),
  'codebook.compare': read(
    () => z.strictObject({ from: z.int().min(0), to: z.int().min(0) }),
    () => z.array(CodebookChange),
  ),
  /** The codebook as it was in a version, in the order of its tree. */
  'codebook.at': read(
    () => z.strictObject({ version: z.int().min(0) }),
    () => z.array(VersionedCode),
  ),
  /** A coder's codings made under an earlier meaning of their code, in the order of codes and notes. */
  'codebook.toRecheck': read(
    () =>
      z.strictObject({
        coderId: CoderId,
        codeId: CodeId.nullable(),
        offset: z.int().min(0),
        limit: z.int().min(1).max(500),
      }),
    () =>
      z.strictObject({
        total: z.int().min(0),
        codes: z.array(z.strictObject({ codeId: CodeId, codings: z.int().min(1) })),
        segments: z.array(Segment),
      }),
  ),
  'codebook.confirm': write(
    () => z.strictObject({ ...By, ids: z.array(CodingId).min(1).max(10_000) }),
    () => Done,
  ),
  'codebook.overview': job(
    () => z.strictObject({ coderIds: z.array(CoderId).nullable() }),
    () => CodebookOverview,
  ),
  'proposals.list': read(
    () => Nothing,
    () => z.array(Proposal),
  ),
  'proposals.add': write(
    () =>
      z.strictObject({
        ...By,
        id: ProposalId,
        codeId: CodeId.nullable(),
        fields: CodeChanges,
        reason: z.string().trim().min(1).max(5_000),
      }),
    () => Done,
  ),
  'proposals.decide': write(
    () => z.strictObject({ ...By, id: ProposalId, isAccepted: z.boolean(), answer: z.string().max(5_000) }),
    () => Done,
  ),
  'codes.addTemplate': write(
    () => z.strictObject({ ...By, template: Template }),
    () => CodebookImportReport,
  ),
  /** What an import would do, code by code. Changes nothing. */
  'codes.previewImport': job(
    () => z.strictObject({ source: CodebookSource }),
    () => CodebookImportPreview,
  ),
  /** Takes all codes, or those named by their keys in the preview, as one undoable step. Nothing is ever removed. */
  'codes.import': job(
    () =>
      z.strictObject({
        ...By,
        source: CodebookSource,
        digest: z.string(),
        take: z.array(Id).max(100_000).nullable(),
      }),
    () => CodebookImportReport,
  ),
  'codes.exportFile': job(
    () =>
      z.strictObject({
        ticket: Ticket,
        format: CodebookFormat,
        parts: CodebookParts.optional(),
        identifiers: ExportChoice.optional(),
      }),
    () => CodebookGivenOut,
  ),
  /** An HTML page for the printer; null where it is not to be printed yet. */
  'codes.printable': job(
    () => z.strictObject({ parts: CodebookParts, identifiers: ExportChoice }),
    () => CodebookGivenOut.extend({ html: z.string().nullable() }),
  ),
} as const satisfies Record<string, Verb>
