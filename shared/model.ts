/**
 * The nouns of the field as schemas; the types are inferred from them, so what is checked at a boundary and
 * what the compiler knows cannot drift apart. Times are ISO 8601 in UTC. Ids are opaque text: a note's id is
 * the id its source gave it ("007" stays "007"), every other id is a UUID version 7.
 */
import { z } from 'zod'
import { FIRST_TEXTS, LATER_TEXTS } from './code-fields.ts'
import { IDENTIFIER_KINDS } from './identifiers/finding.ts'
import { MemoDocument, MemoSubject, MemoType } from './memo.ts'

export const Id = z.string().min(1).max(400)
export const Offset = z.int().min(0)

export const AttributeKind = z.enum(['text', 'category', 'number', 'date', 'boolean'])
export type AttributeKind = z.infer<typeof AttributeKind>
export const AttributeOwner = z.enum(['note', 'case'])
export type AttributeOwner = z.infer<typeof AttributeOwner>

/** A property of a note or of a case; values are kept as text and read by `kind`. */
export const Attribute = z.strictObject({
  name: z.string().min(1).max(200),
  of: AttributeOwner,
  kind: AttributeKind,
})
export type Attribute = z.infer<typeof Attribute>
export const AttributeValues = z.record(z.string(), z.string())
export type AttributeValues = z.infer<typeof AttributeValues>

export const NoteStatus = z.enum(['not started', 'in progress', 'finished'])
export type NoteStatus = z.infer<typeof NoteStatus>

/** A note's number in this file, never given to another; short to send, and says nothing. */
export const NoteNum = z.int().min(1)

/** A row of the note list: everything but the text. `length` is in characters as people see them. */
export const NoteRow = z.strictObject({
  num: NoteNum,
  id: Id,
  title: z.string(),
  caseId: z.string().nullable(),
  date: z.string().nullable(),
  length: z.int().min(0),
  status: NoteStatus,
  codings: z.int().min(0),
  /** Values of the attributes asked for, in that order; absent when none were asked for. */
  cells: z.array(z.string().nullable()).optional(),
})
export type NoteRow = z.infer<typeof NoteRow>

/** What goes with notes that are removed. */
export const NoteRemoval = z.strictObject({
  /** Of a single note: what it is called. */
  name: z.string().nullable(),
  /** Of a single note without a title: its id, since others may begin with the same words. */
  id: z.string().nullable(),
  codings: z.array(z.strictObject({ coderId: Id, codings: z.int().min(0) })),
  memos: z.int().min(0),
  /** The rounds they leave, by name. */
  rounds: z.array(z.string()),
  /** A blind round keeps from whoever asks what others did in some of them: it is not counted here, and goes too. */
  isKept: z.boolean(),
  /** Why they cannot be removed by whoever asks, in words. */
  refusal: z.string().nullable(),
})
export type NoteRemoval = z.infer<typeof NoteRemoval>

export const Note = z.strictObject({
  id: Id,
  title: z.string(),
  caseId: z.string().nullable(),
  date: z.string().nullable(),
  text: z.string(),
  textHash: z.string(),
  attributes: AttributeValues,
  caseAttributes: AttributeValues,
})
export type Note = z.infer<typeof Note>

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
  id: Id,
  /** Room for what a second pass adds to a name: "Amara (again)". */
  name: z.string().min(1).max(140),
  role: CoderRole,
  layer: CoderLayer,
  /** Of a second pass: whose it is. */
  person: Id.nullable(),
})
export type Coder = z.infer<typeof Coder>

/** What let somebody take another's place: that one's PIN, a lead, or nothing, where there is no PIN to ask for. */
export const SatDownBy = z.enum(['pin', 'lead', 'open'])
export type SatDownBy = z.infer<typeof SatDownBy>
/** What it takes for whoever sits there to code as this coder. */
export const Chair = z.strictObject({
  coderId: Id,
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
  sitting: Id.nullable(),
  /** Who sat there last. */
  remembered: Id,
  /** Everybody, with second passes; the consensus layer only while somebody sits. */
  chairs: z.array(Chair),
})
export type Chairs = z.infer<typeof Chairs>

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
  id: Id,
  name: CoderName,
  /** Nobody who codes in it sees the others' codings of a note of it before all of them finished that note. */
  isBlind: z.boolean(),
  /** Null where the notes were chosen by hand. */
  drawn: RoundDrawn.nullable(),
  createdAt: z.string(),
}
/** Notes given to coders, in file order. */
export const Round = z.strictObject({ ...RoundFields, coderIds: z.array(Id), noteIds: z.array(Id) })
export type Round = z.infer<typeof Round>
/** A round in a list: how many notes, and how many of them each coder finished. */
export const RoundRow = z.strictObject({
  ...RoundFields,
  notes: z.int().min(0),
  coders: z.array(z.strictObject({ coderId: Id, finished: z.int().min(0) })),
})
export type RoundRow = z.infer<typeof RoundRow>

/** A blind round that keeps a note's other codings from somebody, and who has not finished the note yet. */
export const BlindRound = z.strictObject({ roundId: Id, name: z.string(), waitingFor: z.array(Id).min(1) })
export type BlindRound = z.infer<typeof BlindRound>

/** `#rrggbb` from the palette, or null for a code that has none of its own. */
export const Colour = z.string().regex(/^#[0-9a-f]{6}$/)

/** What a coding says besides its code, by the qualifier's name: `{assertion: 'negated'}`. */
export const Qualifiers = z.record(z.string().min(1).max(100), z.string().max(500))
export type Qualifiers = z.infer<typeof Qualifiers>

/** A qualifier of this project: one of its values, or none, may be given to each coding. */
export const QualifierDefinition = z.strictObject({
  name: z.string().trim().min(1).max(100),
  values: z
    .array(
      z.strictObject({
        name: z.string().trim().min(1).max(100),
        /** What fits on a stripe: one to three characters. */
        short: z.string().min(1).max(3),
        /** Pressed with Shift while a coding is selected. */
        key: z
          .string()
          .regex(/^[a-z0-9]$/)
          .nullable(),
      }),
    )
    .min(1)
    .max(30),
})
export type QualifierDefinition = z.infer<typeof QualifierDefinition>

/** A value, or (value null) the qualifier itself, got another name: what codings say follows. */
export const QualifierRename = z.strictObject({
  qualifier: z.string().min(1).max(100),
  value: z.string().min(1).max(100).nullable(),
  to: z.string().trim().min(1).max(100),
})
export type QualifierRename = z.infer<typeof QualifierRename>

export const QualifierUse = z.strictObject({
  qualifier: z.string(),
  value: z.string(),
  codings: z.int().min(1),
})
export type QualifierUse = z.infer<typeof QualifierUse>

/** Values a coding must have, by qualifier; null stands for none given. */
export const QualifierFilter = z.record(z.string(), z.array(z.string().nullable()).min(1))
export type QualifierFilter = z.infer<typeof QualifierFilter>

export const CodeFields = z.strictObject({
  name: z.string().trim().min(1).max(500),
  colour: Colour.nullable(),
  ...FIRST_TEXTS,
  /** One character that applies the code while the note has focus. */
  shortcut: z
    .string()
    .regex(/^[a-z0-9]$/)
    .nullable(),
  /** A folder groups codes and cannot be applied itself. */
  isFolder: z.boolean(),
})
export type CodeFields = z.infer<typeof CodeFields>

/** What an entry of the codebook may say beyond that; a new code may leave all of it out. */
export const CodeExtras = z.strictObject({
  ...LATER_TEXTS,
  /** Codings that stand as the typical example and as the example of what does not belong here. */
  exampleCodingId: Id.nullable(),
  counterExampleCodingId: Id.nullable(),
  /** What a new coding with this code is taken to say, until the coder says otherwise. */
  qualifiers: Qualifiers,
})
export type CodeExtras = z.infer<typeof CodeExtras>

/** Some fields of a code, to change them. */
export const CodeChanges = z.strictObject({ ...CodeFields.shape, ...CodeExtras.shape }).partial()
export type CodeChanges = z.infer<typeof CodeChanges>

export const Code = z.strictObject({
  ...CodeFields.shape,
  ...CodeExtras.shape,
  id: Id,
  /** Its number in this file: what was made later has a greater one. */
  num: z.int().min(1),
  parentId: Id.nullable(),
  /** Place among its siblings, 0-based. */
  position: z.int().min(0),
  isRetired: z.boolean(),
  /** The codebook version in which the meaning last changed: codings of an earlier one may need another look. */
  definedVersion: z.int().min(0),
})
export type Code = z.infer<typeof Code>

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
  codeId: Id,
  name: z.string(),
  kind: z.enum(['added', 'removed', 'renamed', 'moved', 'reworded', 'retired', 'restored', 'recoloured']),
  words: z.string(),
  before: z.string().optional(),
  after: z.string().optional(),
})

/** A code as it was in a version, as far as versions are compared. */
export const VersionedCode = z.strictObject({
  id: Id,
  parentId: Id.nullable(),
  name: z.string(),
  colour: z.string().nullable(),
  isRetired: z.boolean(),
  /** Written fields by what a person calls them: definition, rule when to use ... */
  fields: z.record(z.string(), z.string()),
})
export type VersionedCode = z.infer<typeof VersionedCode>

/** What a coder would change in the codebook, and what became of it. */
export const Proposal = z.strictObject({
  id: Id,
  coderId: Id,
  /** Null proposes a new code. */
  codeId: Id.nullable(),
  fields: CodeChanges,
  reason: z.string(),
  status: z.enum(['open', 'accepted', 'declined']),
  decidedBy: Id.nullable(),
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
  coders: z.array(Id),
  codes: z.array(
    z.strictObject({
      codeId: Id,
      codings: z.int().min(0),
      notes: z.int().min(0),
      /** Codings by each coder, in the order of `coders`. */
      byCoder: z.array(z.int().min(0)),
    }),
  ),
  /** Codes that one coder gave in the same note: how many notes have both so, and how many have each. */
  together: z.array(
    z.strictObject({
      first: Id,
      second: Id,
      both: z.int().min(1),
      notesFirst: z.int(),
      notesSecond: z.int(),
    }),
  ),
  /** Codings of the first code where another coder, in overlapping words, gave the second and not the first. */
  confused: z.array(z.strictObject({ first: Id, second: Id, times: z.int().min(1) })),
})
export type CodebookOverview = z.infer<typeof CodebookOverview>

/** How one code is used by people; `byCoder` names second passes and the consensus, too. */
export const CodeUse = z.strictObject({
  codings: z.int().min(0),
  notes: z.int().min(0),
  byCoder: z.array(z.strictObject({ coderId: Id, codings: z.int().min(1), notes: z.int().min(1) })),
  /** Notes in which a blind round keeps the others’ codings from whoever looks: those are not counted. */
  heldBack: z.int().min(0),
})
export type CodeUse = z.infer<typeof CodeUse>

/** A row of the codebook with the number of codings by everyone, second passes and consensus apart. */
export const CodeRow = Code.extend({ codings: z.int().min(0), notes: z.int().min(0) })
export type CodeRow = z.infer<typeof CodeRow>

/** The codes a coder used last: newest first, and in the places of their keys 1 to 9. */
export const RecentCodes = z.strictObject({ newest: z.array(Id).max(9), numbered: z.array(Id).max(9) })
export type RecentCodes = z.infer<typeof RecentCodes>

/** A range of a note's text in UTF-16 units, half-open; null stands for the whole note. */
export const Span = z
  .strictObject({ start: Offset, end: Offset })
  .refine((span) => span.start < span.end, { message: 'the end must lie after the start' })
export type Span = z.infer<typeof Span>

export const Coding = z.strictObject({
  id: Id,
  noteId: Id,
  coderId: Id,
  codeId: Id,
  span: z.strictObject({ start: Offset, end: Offset }).nullable(),
  memo: z.string(),
  qualifiers: Qualifiers,
  /** The codebook version (a count of its changes) this coding was made under. */
  codebookVersion: z.int().min(0),
  createdAt: z.string(),
})
export type Coding = z.infer<typeof Coding>

/** Some of the notes; an absent part does not restrict. Progress and codes are those of the coder who asks. */
export const NoteFilter = z.strictObject({
  attributes: z
    .array(
      z.strictObject({
        of: AttributeOwner,
        name: z.string(),
        /** Null asks for notes where the value is missing. */
        values: z.array(z.string().nullable()).min(1),
      }),
    )
    .max(50)
    .optional(),
  caseId: z.string().optional(),
  codeId: Id.optional(),
  status: NoteStatus.optional(),
  roundId: Id.optional(),
})
export type NoteFilter = z.infer<typeof NoteFilter>

export const NoteSort = z.strictObject({
  by: z.enum(['file', 'id', 'title', 'date', 'case', 'length', 'status', 'codings', 'attribute']),
  /** Which attribute, when sorting by one. */
  attribute: z.strictObject({ of: AttributeOwner, name: z.string() }).optional(),
  descending: z.boolean(),
})
export type NoteSort = z.infer<typeof NoteSort>

/** How far a coder is with all notes. */
export const NoteProgress = z.strictObject({ notes: z.int().min(0), finished: z.int().min(0) })
export type NoteProgress = z.infer<typeof NoteProgress>

/** Cases that have notes; `total` counts also those past the limit. */
export const CaseList = z.strictObject({
  total: z.int().min(0),
  cases: z.array(z.strictObject({ id: Id, notes: z.int().min(1) })),
})
export type CaseList = z.infer<typeof CaseList>

/** Values of an attribute, most frequent first; `total` counts also those past the limit. */
export const AttributeValueCounts = z.strictObject({
  total: z.int().min(0),
  values: z.array(z.strictObject({ value: z.string(), count: z.int().min(1) })),
  missing: z.int().min(0),
})
export type AttributeValueCounts = z.infer<typeof AttributeValueCounts>

const Passage = { before: z.string(), quote: z.string(), after: z.string() }
const PlainSpan = z.strictObject({ start: Offset, end: Offset })

export const SearchHit = z.strictObject({
  noteId: Id,
  noteTitle: z.string(),
  caseId: z.string().nullable(),
  date: z.string().nullable(),
  span: PlainSpan,
  ...Passage,
})
export type SearchHit = z.infer<typeof SearchHit>

export const SearchResult = z.strictObject({
  /** Places found in all; `hits` holds the first of them. */
  total: z.int().min(0),
  notes: z.int().min(0),
  hits: z.array(SearchHit),
})
export type SearchResult = z.infer<typeof SearchResult>

export const IdentifierFinding = z.strictObject({
  noteId: Id,
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

/** A memo in a list: `text` may be cut. `noteId`, `codeId` and `span` are where it leads, when it is about a coding too. */
export const MemoRow = z.strictObject({
  id: Id,
  about: MemoSubject,
  noteId: Id.nullable(),
  codeId: Id.nullable(),
  span: PlainSpan.nullable(),
  noteTitle: z.string().nullable(),
  coderId: Id,
  type: MemoType.nullable(),
  title: z.string(),
  text: z.string(),
  createdAt: z.string(),
  changedAt: z.string(),
})
export type MemoRow = z.infer<typeof MemoRow>
export const Memo = MemoRow.extend({ body: MemoDocument })
export type Memo = z.infer<typeof Memo>

/** Some of the memos; an absent part does not restrict. */
export const MemoQuery = z.strictObject({
  about: MemoSubject.optional(),
  kinds: z.array(z.enum(['project', 'case', 'note', 'code', 'coding'])).optional(),
  /** Null stands for memos without a type. */
  types: z.array(MemoType.nullable()).optional(),
  coderIds: z.array(Id).optional(),
  /** Of the memos on codings only this coder's: nobody sees how others coded before it is time. */
  codingMemosOf: Id.optional(),
  words: z.string().max(500).optional(),
  offset: z.int().min(0),
  limit: z.int().min(1).max(20_000),
})
export type MemoQuery = z.infer<typeof MemoQuery>

/**
 * Which coded segments to fetch. `any`: every coding of one of the codes. `all`: the stretches that all the codes
 * cover. `near`: codings of the codes that have a coding of `otherIds` at most `distance` characters away (0: they
 * touch or overlap). `within`: those that lie inside one. These are looked for within each coder's own codings.
 * `instead`: codings in whose words another coder gave one of `otherIds` and not this code. Everybody's own codings,
 * unless `coderIds` says whose.
 */
export const RetrievalQuery = z.strictObject({
  /** Empty stands for every code. */
  codeIds: z.array(Id).max(2_000),
  includeChildren: z.boolean(),
  relation: z.enum(['any', 'all', 'near', 'within', 'instead']),
  otherIds: z.array(Id).max(2_000),
  distance: z.int().min(0).max(1_000_000),
  /** Segments that a coding of these touches, whoever made it, are left out. */
  withoutIds: z.array(Id).max(2_000),
  coderIds: z.array(Id).nullable(),
  qualifiers: QualifierFilter,
  includeWholeNotes: z.boolean(),
  filter: NoteFilter,
})
export type RetrievalQuery = z.infer<typeof RetrievalQuery>

export const Segment = z.strictObject({
  noteId: Id,
  noteTitle: z.string(),
  caseId: z.string().nullable(),
  date: z.string().nullable(),
  /** Null stands for the whole note. */
  span: PlainSpan.nullable(),
  /** The codings this segment is made of. */
  codings: z.array(
    z.strictObject({ id: Id, codeId: Id, coderId: Id, qualifiers: Qualifiers, hasMemo: z.boolean() }),
  ),
  ...Passage,
})
export type Segment = z.infer<typeof Segment>

export const RetrievalResult = z.strictObject({
  /** Segments found in all; `segments` holds the first of them, in the order of notes. */
  total: z.int().min(0),
  notes: z.int().min(0),
  cases: z.int().min(0),
  /** What was looked through, coded or not: the notes that fit the filter, and their cases. */
  looked: z.strictObject({ notes: z.int().min(0), cases: z.int().min(0) }),
  /** Notes of which a blind round keeps others' codings from the reader, where those are asked for. */
  heldBack: z.int().min(0),
  segments: z.array(Segment),
})
export type RetrievalResult = z.infer<typeof RetrievalResult>

/** Kinds of file that segments are exported as. */
export const QuotesFormat = z.enum(['csv', 'xlsx', 'docx'])
export type QuotesFormat = z.infer<typeof QuotesFormat>

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
  place: z.strictObject({ noteId: Id, start: Offset, end: Offset }).nullable(),
  /** In which code's entry it was typed. */
  codeId: Id.nullable(),
})
export type ExportFinding = z.infer<typeof ExportFinding>

export const ExportCheck = z.strictObject({
  /** Quotes and other texts that were looked through, and how many of them hold something. */
  passages: z.int().min(0),
  withFindings: z.int().min(0),
  /** Possible identifiers in all; `findings` holds the first of them. */
  total: z.int().min(0),
  findings: z.array(ExportFinding),
})
export type ExportCheck = z.infer<typeof ExportCheck>

/** A coding as the text it covers, for lists of quotes. */
export const Quote = z.strictObject({
  codingId: Id,
  noteId: Id,
  noteTitle: z.string(),
  caseId: z.string().nullable(),
  date: z.string().nullable(),
  coderId: Id,
  codeId: Id,
  span: z.strictObject({ start: Offset, end: Offset }).nullable(),
  before: z.string(),
  quote: z.string(),
  after: z.string(),
  memo: z.string(),
})
export type Quote = z.infer<typeof Quote>

/**
 * What is compared. Paragraphs and sentences are those of `shared/sentences.ts`; a character is a code point.
 */
export const AgreementUnit = z.enum(['note', 'paragraph', 'sentence', 'character'])
export type AgreementUnit = z.infer<typeof AgreementUnit>

export const AgreementFormat = z.enum(['docx', 'xlsx', 'csv'])
export type AgreementFormat = z.infer<typeof AgreementFormat>

/** Reliability data with a row for each unit and coder, or a row for each unit and a column for each coder. */
export const ReliabilityForm = z.enum(['long', 'wide'])
export type ReliabilityForm = z.infer<typeof ReliabilityForm>

/** What is drawn with replacement for the intervals: notes, or cases with all their notes. */
export const Resampled = z.enum(['note', 'case'])
export type Resampled = z.infer<typeof Resampled>

/** Who and what is compared, and which notes count. */
export const AgreementScope = z.strictObject({
  coderIds: z.array(Id).min(2).max(20),
  unit: AgreementUnit,
  /**
   * A coder applied a code to a unit when more than this share of its characters is covered; 0: any of them. Nothing
   * to characters, which are covered or not.
   */
  share: z.number().min(0).lt(1).optional(),
  /** A code counts as applied where a code below it was. */
  withChildren: z.boolean().optional(),
  /** Each code is compared by the values of this qualifier too. */
  qualifier: z.string().nullable().optional(),
  /** Only these notes; the others are left out. */
  filter: NoteFilter.pick({ attributes: true, caseId: true }).nullable().optional(),
  /** Only the notes of this round. */
  roundId: Id.nullable().optional(),
})
export type AgreementScope = z.infer<typeof AgreementScope>

/** How the intervals are made. */
export const AgreementIntervals = z.strictObject({
  replicates: z.int().min(0).max(100_000),
  resampled: Resampled.default('note'),
  seed: z.int().min(0),
})
export type AgreementIntervals = z.infer<typeof AgreementIntervals>

/** A coefficient with the reason where it is undefined; never 1 or 0 in place of "undefined". */
export const Figure = z.strictObject({ value: z.number().nullable(), reason: z.string().nullable() })
export type Figure = z.infer<typeof Figure>

export const Interval = z.tuple([z.number(), z.number()])
export type Interval = z.infer<typeof Interval>

export const AGREEMENT_STATISTICS = [
  'percent',
  'positive',
  'negative',
  'cohen',
  'scott',
  'fleiss',
  'krippendorff',
  'ac1',
  'brennanPrediger',
  'pabak',
  'prevalence',
  'bias',
] as const
export const AgreementStatistic = z.enum(AGREEMENT_STATISTICS)
export type AgreementStatistic = z.infer<typeof AgreementStatistic>

/** The codings of a code that say this; `value` null: that say nothing of the qualifier. */
export const QualifierPart = z.strictObject({ qualifier: z.string(), value: z.string().nullable() })
export type QualifierPart = z.infer<typeof QualifierPart>

/** How far coders agree on one yes or no question. */
export const Agreed = z.strictObject({
  n: z.int().min(0),
  /** Units by who applied the code; only for two coders. */
  counts: z.strictObject({ both: z.int(), first: z.int(), second: z.int(), neither: z.int() }).nullable(),
  /** Units by how many of the coders applied the code. */
  spread: z.strictObject({ all: z.int(), some: z.int(), none: z.int() }),
  /** Units in which each coder applied the code, in the order of the coders asked for. */
  applied: z.array(z.int().min(0)),
  figures: z.record(AgreementStatistic, Figure),
  /** 95 % percentile limits from resampling, for the coefficients that have one. */
  interval: z.partialRecord(AgreementStatistic, Interval),
  /**
   * 95 % limits from a standard error, which takes the units for independent: Cohen's kappa of two coders by note.
   * Not truncated; none where kappa is undefined or its standard error is 0.
   */
  analyticInterval: z.partialRecord(AgreementStatistic, Interval),
  /** Replicates that had no variation and were left out of the interval. */
  skippedReplicates: z.int().min(0),
})
export type Agreed = z.infer<typeof Agreed>

export const CodeAgreement = Agreed.extend({
  codeId: Id,
  code: z.string(),
  /** Null: all codings of the code, whatever they say besides. */
  part: QualifierPart.nullable(),
})
export type CodeAgreement = z.infer<typeof CodeAgreement>

export const LeftNote = z.strictObject({ note: Id, reason: z.string() })

/** Mean of a coefficient over the codes somebody applied and where it is defined, with how many those are. */
export const MeanAgreement = z.strictObject({
  mean: z.number().nullable(),
  codes: z.int().min(0),
  interval: Interval.nullable(),
})
export type MeanAgreement = z.infer<typeof MeanAgreement>

/** What is computed of one choice of coders and notes. */
const AgreementFigures = {
  codes: z.array(CodeAgreement),
  overall: z.record(AgreementStatistic, MeanAgreement),
  /** The tables of all codes somebody applied added up: each code in each unit is one question. Null: none was. */
  pooled: Agreed.nullable(),
}

export const AgreementReport = z.strictObject({
  unit: AgreementUnit,
  coders: z.array(Coder),
  scope: AgreementScope,
  notes: z.strictObject({ counted: z.array(Id), left: z.array(LeftNote) }),
  ...AgreementFigures,
  replicates: z.int().min(0),
  resampled: Resampled,
  seed: z.int(),
})
export type AgreementReport = z.infer<typeof AgreementReport>

/** Agreement of two of the coders, on the notes both finished. */
export const PairAgreement = z.strictObject({
  coderIds: z.tuple([Id, Id]),
  notes: z.int().min(0),
  ...AgreementFigures,
})
export type PairAgreement = z.infer<typeof PairAgreement>

/** Every pair of the coders, the first of each before the second in the order asked for. */
export const PairsReport = z.strictObject({
  scope: AgreementScope,
  coders: z.array(Coder),
  pairs: z.array(PairAgreement),
})
export type PairsReport = z.infer<typeof PairsReport>

/** What agreement is followed over: when the last of the coders finished a note, or the rounds notes were given in. */
export const SeriesBy = z.enum(['week', 'month', 'round'])
export type SeriesBy = z.infer<typeof SeriesBy>

/** `key`: the Monday of the week as 2026-03-02, the month as 2026-03, or the id of the round; `label`: its name. */
export const SeriesStep = z.strictObject({
  key: z.string(),
  label: z.string(),
  notes: z.int().min(1),
  ...AgreementFigures,
})
export type SeriesStep = z.infer<typeof SeriesStep>

/** In the order of time; a step without notes that count is left out. */
export const SeriesReport = z.strictObject({
  scope: AgreementScope,
  by: SeriesBy,
  coders: z.array(Coder),
  steps: z.array(SeriesStep),
})
export type SeriesReport = z.infer<typeof SeriesReport>

/** Agreement on all codes of a unit together: alpha with the MASI distance between the sets the coders gave it. */
export const SetAgreement = z.strictObject({
  scope: AgreementScope,
  coders: z.array(Coder),
  notes: z.int().min(0),
  /** Units; `different`: distinct sets that occur, the empty one among them where a coder gave nothing. */
  n: z.int().min(0),
  different: z.int().min(0),
  /** Units to which all coders gave the same set, and those among them to which nobody gave anything. */
  same: z.int().min(0),
  empty: z.int().min(0),
  masi: Figure,
  jaccard: Figure,
  /** 95 % limits of the MASI alpha; null also where there are too many different sets to resample. */
  interval: Interval.nullable(),
})
export type SetAgreement = z.infer<typeof SetAgreement>

/** Figures over free spans. `boundary`: of two coders; `alphaU` and it have no interval. */
export const UNITIZING_STATISTICS = [
  'uAlpha',
  'f1',
  'f1Exact',
  'precision',
  'recall',
  'alphaU',
  'boundary',
] as const
export const UnitizingStatistic = z.enum(UNITIZING_STATISTICS)
export type UnitizingStatistic = z.infer<typeof UnitizingStatistic>

/** How far coders agree on where a code begins and ends. */
export const CodeUnitizing = z.strictObject({
  codeId: Id,
  code: z.string(),
  part: QualifierPart.nullable(),
  /** Spans each coder made. */
  spans: z.array(z.int().min(0)),
  /** Of two coders: spans matched one to one, and those that have no partner. */
  matched: z.strictObject({ both: z.int(), first: z.int(), second: z.int() }).nullable(),
  figures: z.record(UnitizingStatistic, Figure),
  interval: z.partialRecord(UnitizingStatistic, Interval),
})
export type CodeUnitizing = z.infer<typeof CodeUnitizing>

/** The codes right below one, as values of which each stretch of text has one at most: undefined where they overlap. */
export const DomainUnitizing = z.strictObject({
  codeId: Id,
  code: z.string(),
  uAlpha: Figure,
  barUAlpha: Figure,
  cuAlpha: Figure,
  cuCoverage: Figure,
  values: z.array(z.strictObject({ codeId: Id, code: z.string(), kuAlpha: Figure, kuCoverage: Figure })),
})
export type DomainUnitizing = z.infer<typeof DomainUnitizing>

export const UnitizingReport = z.strictObject({
  coders: z.array(Coder),
  scope: AgreementScope,
  /** Two spans match when their intersection is at least this share of their union. */
  least: z.number(),
  notes: z.int().min(0),
  /** Code points of the notes together. */
  characters: z.int().min(0),
  codes: z.array(CodeUnitizing),
  domains: z.array(DomainUnitizing),
  replicates: z.int().min(0),
  resampled: Resampled,
  seed: z.int(),
})
export type UnitizingReport = z.infer<typeof UnitizingReport>

/**
 * Which units stand behind a count of the agreement table: by who of two coders applied the code, or by how many of
 * any number of them did.
 */
export const AgreementCell = z.enum(['both', 'first', 'second', 'neither', 'all', 'some', 'none'])
export type AgreementCell = z.infer<typeof AgreementCell>

/**
 * What the passages are asked for: a count of one code, or a confusion of two coders, which is text where the first
 * coder applied one code and the second another, and neither applied both.
 */
export const AgreementBehind = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('count'),
    codeId: Id,
    cell: AgreementCell,
    part: QualifierPart.nullable().optional(),
  }),
  z.strictObject({ kind: z.literal('confusion'), firstCodeId: Id, secondCodeId: Id }),
  /** Spans of one code with a partner, or without one; `least` as in `UnitizingReport`. */
  z.strictObject({
    kind: z.literal('spans'),
    codeId: Id,
    cell: z.enum(['both', 'first', 'second']),
    least: z.number(),
    part: QualifierPart.nullable().optional(),
  }),
])
export type AgreementBehind = z.infer<typeof AgreementBehind>

export const AgreementPassage = z.strictObject({
  noteId: Id,
  noteTitle: z.string(),
  caseId: z.string().nullable(),
  span: z.strictObject({ start: Offset, end: Offset }).nullable(),
  before: z.string(),
  quote: z.string(),
  after: z.string(),
})
export type AgreementPassage = z.infer<typeof AgreementPassage>

/** Units where the first coder applied one code and the second the other, and neither of them applied both. */
export const ConfusionCell = z.strictObject({
  firstCodeId: Id,
  secondCodeId: Id,
  units: z.int().min(1),
  /** Notes those units lie in. */
  notes: z.int().min(1),
})
export type ConfusionCell = z.infer<typeof ConfusionCell>

export const ConfusionReport = z.strictObject({
  unit: AgreementUnit,
  scope: AgreementScope,
  coders: z.tuple([Coder, Coder]),
  notes: z.int().min(0),
  /** Codes that either applied, with the units of both and of only one of the coders, as in `CodeAgreement`. */
  codes: z.array(
    z.strictObject({
      codeId: Id,
      code: z.string(),
      both: z.int().min(0),
      onlyFirst: z.int().min(0),
      onlySecond: z.int().min(0),
    }),
  ),
  /** The largest confusions, most units first; `total` says how many there are. */
  confused: z.array(ConfusionCell),
  total: z.int().min(0),
})
export type ConfusionReport = z.infer<typeof ConfusionReport>

export const ThemeRow = z.strictObject({
  codeId: Id,
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

/** Notes that whoever is counted has finished, or every note. */
export const CountedNotes = z.enum(['finished', 'all'])
export type CountedNotes = z.infer<typeof CountedNotes>

/** What a table of themes is asked to count. */
export const ThemeScope = z.strictObject({
  by: z.strictObject({ name: z.string(), of: Attribute.shape.of }).nullable(),
  /** Whose codings; null: of all people together, without second passes and the consensus. */
  coderIds: z.array(Id).nullable(),
  notes: CountedNotes.default('finished'),
  /** Leaves out what is negated, possible, alleged ..., where the project says such a thing of its codings. */
  affirmedOnly: z.boolean().default(true),
  qualifiers: QualifierFilter.default({}),
})
export type ThemeScope = z.output<typeof ThemeScope>

/** The codings behind one figure of a table of themes; `inCases`: only those in notes that belong to a case. */
export const CountedCodings = z.strictObject({
  notes: CountedNotes,
  qualifiers: QualifierFilter,
  inCases: z.boolean(),
})
export type CountedCodings = z.infer<typeof CountedCodings>

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
  coderIds: z.array(Id),
  base: ThemeBase,
  /** The notes that count and the cases they are of: what every share is a share of. */
  notes: z.int().min(0),
  cases: z.int().min(0),
  groups: z.array(ThemeGroup),
  rows: z.array(ThemeRow),
})
export type ThemeReport = z.infer<typeof ThemeReport>

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
  codeId: Id.nullable(),
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

/** When entries are sealed: a session ends, a copy is made, a document is written. */
export const SealOccasion = z.enum(['close', 'backup', 'export'])
export type SealOccasion = z.infer<typeof SealOccasion>

/** A stretch of entries that somebody signed with a key of theirs, on one computer. */
export const Seal = z.strictObject({
  coderId: z.string(),
  /** What they are called now. */
  coder: z.string(),
  at: z.string(),
  occasion: z.string(),
  /** The first and last entry that no seal before it is about; it is about all entries up to `to`. */
  from: z.int(),
  to: z.int(),
  /** The signature is that of a key which the journal knows as theirs, and the entries are those they sealed. */
  isGood: z.boolean(),
})
export type Seal = z.infer<typeof Seal>

/** A copy of the project file that entries were made in, after which entry it parted from the others (null: it is the first). */
export const ProjectCopy = z.strictObject({
  partedAfter: z.int().min(0).nullable(),
  entries: z.int().min(0),
})
export type ProjectCopy = z.infer<typeof ProjectCopy>

export const VerifyReport = z.strictObject({
  ok: z.boolean(),
  sqlite: z.boolean(),
  chain: z.boolean(),
  replay: z.boolean(),
  local: z.boolean(),
  notes: z.int().min(0),
  codings: z.int().min(0),
  entries: z.int().min(0),
  /** In the order of their first entries; none while a blind round keeps somebody's work from whoever asks. */
  copies: z.array(ProjectCopy),
  /** Oldest first; none while a blind round keeps somebody's work from whoever asks. */
  seals: z.array(Seal),
  /** Entries after the last that is sealed; null while a blind round keeps somebody's work from whoever asks. */
  unsealed: z.int().min(0).nullable(),
  problems: z.array(z.string()),
})
export type VerifyReport = z.infer<typeof VerifyReport>

/** What happens when a note that its coder marked finished is to be coded. */
export const FinishedRule = z.enum(['ask', 'reopen', 'code'])
export type FinishedRule = z.infer<typeof FinishedRule>

export const ProjectInfo = z.strictObject({
  id: Id,
  title: z.string(),
  /** The file's name without its folder: the page never learns paths. */
  fileName: z.string(),
  isSample: z.boolean(),
  /** Agreement is left out on the screens. */
  isReflexive: z.boolean(),
  finishedRule: FinishedRule,
  /** The clock of the computer that made the newest entry and the order of entries are more than a day apart. */
  isClockOff: z.boolean(),
  notes: z.int().min(0),
  cases: z.int().min(0),
  codes: z.int().min(0),
  codings: z.int().min(0),
  coders: z.array(Coder),
  activeCoderId: Id,
  attributes: z.array(Attribute),
})
export type ProjectInfo = z.infer<typeof ProjectInfo>

/** What opening a file has to tell whoever opens it; `isLoss`: something that was saved is not in it. */
export const OpeningNotice = z.strictObject({ words: z.string(), isLoss: z.boolean() })
export type OpeningNotice = z.infer<typeof OpeningNotice>

export const OpenedProject = z.strictObject({ ...ProjectInfo.shape, notices: z.array(OpeningNotice) })
export type OpenedProject = z.infer<typeof OpenedProject>
/** The file is open and nobody sits at it yet: until somebody gives their PIN nothing in it is shown. */
export const AskedSeat = z.strictObject({ ...Chairs.shape, notices: z.array(OpeningNotice) })
export type AskedSeat = z.infer<typeof AskedSeat>
/** What opening a project comes to. */
export const Opening = z.union([OpenedProject, AskedSeat])
export type Opening = z.infer<typeof Opening>

export const BackupReason = z.enum(['opening', 'hourly', 'import', 'merge', 'migration'])
export type BackupReason = z.infer<typeof BackupReason>

/** How it stands with the backups that the program makes by itself. */
export const BackupState = z.strictObject({
  isOn: z.boolean(),
  /** The name of the folder beside the project. */
  folder: z.string(),
  lastAt: z.string().nullable(),
  /** Why the last one could not be made. */
  problem: z.string().nullable(),
  /** Older ones were put away early, as all together would have taken too much room. */
  isFull: z.boolean(),
})
export type BackupState = z.infer<typeof BackupState>

export const BackupRow = z.strictObject({
  /** The name of its file. */
  name: z.string(),
  at: z.string(),
  reason: BackupReason,
})
export type BackupRow = z.infer<typeof BackupRow>

/** What is in a backup, read by opening it. */
export const BackupContents = z.strictObject({
  title: z.string(),
  notes: z.int().min(0),
  /** Entries of the journal. */
  entries: z.int().min(0),
  /** Codings of each coder who has any; null before anybody sits there. */
  coders: z.array(z.strictObject({ name: z.string(), codings: z.int().min(0) })).nullable(),
  /** When the newest change in it was made, and the hash of that entry. */
  newest: z.string().nullable(),
  head: z.string().nullable(),
  /** A blind round keeps others' work from who looks: entries and codings are their own alone. */
  isPartial: z.boolean(),
})
export type BackupContents = z.infer<typeof BackupContents>

/** How a backup stands to the project as it is now. */
export const BackupComparison = z.strictObject({
  /** Changes of the project that the backup does not hold, and of the backup that the project does not. */
  later: z.int().min(0),
  more: z.int().min(0),
  /** Notes of the project that are not in the backup, and of the backup that are not in the project. */
  notesLater: z.int().min(0),
  notesMore: z.int().min(0),
  /** When their common history ends, where both went on from there. */
  partsAt: z.string().nullable(),
})
export type BackupComparison = z.infer<typeof BackupComparison>

/** One of the two: what is in it, or why it cannot be put in place. */
export const BackupLook = z.strictObject({
  contents: BackupContents.nullable(),
  problem: z.string().nullable(),
  /** Null where the project itself cannot be read. */
  comparison: BackupComparison.nullable(),
})
export type BackupLook = z.infer<typeof BackupLook>

export const HistoryStep = z.strictObject({
  step: Id,
  label: z.string(),
  /** Where it happened, after the label: "in CN88014: “weight loss”". */
  where: z.string().nullable(),
  at: z.string(),
})
export type HistoryStep = z.infer<typeof HistoryStep>

/** What undo would take back, next first, and what redo would bring back, next first. */
export const HistorySteps = z.strictObject({ done: z.array(HistoryStep), undone: z.array(HistoryStep) })
export type HistorySteps = z.infer<typeof HistorySteps>

export const HistoryState = z.strictObject({ undo: z.string().nullable(), redo: z.string().nullable() })
export type HistoryState = z.infer<typeof HistoryState>

/** What an entry of the journal is about. */
export const JOURNAL_SUBJECTS = [
  'codings',
  'codebook',
  'notes',
  'memos',
  'coders',
  'rounds',
  'project',
  'history',
] as const
export const JournalSubject = z.enum(JOURNAL_SUBJECTS)
export type JournalSubject = z.infer<typeof JournalSubject>

/** Some of the entries; an absent part does not restrict. */
export const JournalFilter = z.strictObject({
  coderId: Id.optional(),
  subject: JournalSubject.optional(),
  words: z.string().max(500).optional(),
})
export type JournalFilter = z.infer<typeof JournalFilter>

/** Where an entry of the journal, or a part of one, can be opened. */
export const JournalPlace = z.discriminatedUnion('kind', [
  /** `codingId` is the coding that was worked on, while it is there. */
  z.strictObject({ kind: z.literal('note'), noteId: Id, span: Span.nullable(), codingId: Id.optional() }),
  z.strictObject({ kind: z.literal('subject'), about: MemoSubject }),
  z.strictObject({ kind: z.literal('round'), roundId: Id }),
])
export type JournalPlace = z.infer<typeof JournalPlace>

/** One of the things that a bulk entry touched. */
export const JournalPart = z.strictObject({
  key: z.string(),
  label: z.string(),
  where: z.string().nullable(),
  place: JournalPlace.nullable(),
})
export type JournalPart = z.infer<typeof JournalPart>

export const JournalRow = z.strictObject({
  seq: z.int().min(1),
  id: Id,
  /** What the clock of the computer said when it was made. */
  at: z.string(),
  /** That clock and the order of the entries are more than a day apart. */
  isClockOff: z.boolean(),
  coder: z.string(),
  kind: z.string(),
  label: z.string(),
  /** Where it happened, after the label: "in CN88014: “weight loss”". */
  where: z.string().nullable(),
  /** Where it can be opened; null when that is gone, or in more than one place. */
  place: JournalPlace.nullable(),
  /** How many things it touched; more than one are listed apart. */
  parts: z.int().min(0),
  isUndone: z.boolean(),
})
export type JournalRow = z.infer<typeof JournalRow>

export const Template = z.enum(['safeguarding', 'cin-factors', 'aces', 'aces-expanded', 'referral', 'empty'])
export type Template = z.infer<typeof Template>
/** `qdc`, `csv` and `xlsx` can be read back; the others are for people. */
export const CodebookFormat = z.enum(['qdc', 'csv', 'xlsx', 'docx', 'html', 'md'])
export type CodebookFormat = z.infer<typeof CodebookFormat>
/** What a codebook for people shows besides the entries: quotes of linked codings, and how often codes were used. */
export const CodebookParts = z.strictObject({ examples: z.boolean(), counts: z.boolean() })
export type CodebookParts = z.infer<typeof CodebookParts>
