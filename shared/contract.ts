/**
 * The one map of verbs between the page (or the command line) and the store: what goes in, what comes out, and
 * whether it reads, writes or is a long job with progress and abort. Both sides check with these schemas.
 *
 * No verb takes a file path: the main process shows the dialogs and hands the page a ticket, an opaque word that
 * the store turns back into the path the person picked.
 */
import { z } from 'zod'
import { MemoDocument, MemoSubject, MemoType } from './memo.ts'
import {
  AgreementBehind,
  AgreementFormat,
  AgreementIntervals,
  AgreementPassage,
  AgreementReport,
  AgreementScope,
  Attribute,
  AttributeOwner,
  AttributeValueCounts,
  BackupLook,
  BackupRow,
  BackupState,
  BlindRound,
  CaseList,
  Chairs,
  Code,
  CodebookChange,
  CodebookFormat,
  CodebookImportPreview,
  CodebookImportReport,
  CodebookOverview,
  CodebookParts,
  CodebookVersion,
  CodeChanges,
  CodeFields,
  CodeRow,
  Coder,
  CoderName,
  CoderRole,
  CodeUse,
  Coding,
  Colour,
  ConfusionReport,
  CountedCodings,
  ExportCheck,
  ExportChoice,
  FinishedRule,
  HistoryState,
  HistorySteps,
  Id,
  IdentifierScan,
  IdentifierWords,
  ImportMap,
  ImportPreview,
  ImportReport,
  JournalFilter,
  JournalPart,
  JournalRow,
  Memo,
  MemoQuery,
  MemoRow,
  Note,
  NoteFilter,
  NoteNum,
  NoteProgress,
  NoteRemoval,
  NoteRow,
  NoteSort,
  NoteStatus,
  Opening,
  PairsReport,
  ProjectInfo,
  Proposal,
  QualifierDefinition,
  QualifierRename,
  Qualifiers,
  QualifierUse,
  Quote,
  QuotesFormat,
  RecentCodes,
  ReliabilityForm,
  RetrievalQuery,
  RetrievalResult,
  RoundDraw,
  RoundPreview,
  RoundRow,
  SearchResult,
  SeriesBy,
  SeriesReport,
  SetAgreement,
  Span,
  Template,
  ThemeReport,
  ThemeScope,
  UnitizingReport,
  VerifyReport,
  VersionedCode,
} from './model.ts'
import { Pin } from './pin.ts'

export type VerbKind = 'read' | 'write' | 'job'

export type Verb<A extends z.ZodType = z.ZodType, R extends z.ZodType = z.ZodType> = {
  readonly kind: VerbKind
  readonly args: A
  readonly result: R
}

const read = <A extends z.ZodType, R extends z.ZodType>(args: A, result: R) =>
  ({ kind: 'read', args, result }) as const
const write = <A extends z.ZodType, R extends z.ZodType>(args: A, result: R) =>
  ({ kind: 'write', args, result }) as const
const job = <A extends z.ZodType, R extends z.ZodType>(args: A, result: R) =>
  ({ kind: 'job', args, result }) as const

const Nothing = z.strictObject({})
const Done = z.strictObject({})
const Ticket = z.string().min(8).max(100)
const Passphrase = z.string().min(1).max(1_000)
/**
 * Where a codebook comes from: a file (`isSplit`: names such as "Harm::Neglect" are taken apart), or what the program
 * brings; `year` picks the census codes in force then.
 */
export const CodebookSource = z.union([
  z.strictObject({ ticket: Ticket, isSplit: z.boolean() }),
  z.strictObject({ template: Template, year: z.int().min(2000).max(2100).nullable() }),
])
export type CodebookSource = z.infer<typeof CodebookSource>
/** Every change names who makes it. */
/** What the check for identifiers let out of a codebook. */
const CodebookGivenOut = z.strictObject({
  /** False where the check found something and nobody has said yet what to do about it. */
  isWritten: z.boolean(),
  codes: z.int().min(0),
  warnings: z.array(z.string()),
  check: ExportCheck,
})
/** What was undone or done again, and where. */
const StepDone = z.strictObject({ label: z.string(), where: z.string().nullable(), noteId: Id.nullable() })
const By = { coderId: Id }
/** A project that is not open, as it is asked for on the start screen. */
const Unopened = { ticket: Ticket, passphrase: Passphrase }
/** Whose backups; null: those of the project that is open. */
const BackupsOf = z.strictObject(Unopened).nullable()
const BackupName = z.string().min(1).max(300)
/** Attributes whose values each row should carry. */
const Columns = z.array(z.strictObject({ of: AttributeOwner, name: z.string().min(1) })).max(12)
/** Rows are asked for by page, so that checking one never holds up the screen. */
export const MOST_NOTE_ROWS = 500

export const contract = {
  'project.create': job(
    z.strictObject({
      ticket: Ticket,
      passphrase: Passphrase,
      title: z.string().max(300),
      coderName: CoderName,
      template: Template,
    }),
    Opening,
  ),
  /** Whoever sat there last sits down at once, unless they have a PIN: then nobody sits until `coders.activate`. */
  'project.open': job(z.strictObject({ ticket: Ticket, passphrase: Passphrase }), Opening),
  /** Opens the sample project; the first time it is made in the person's own folder. */
  'project.openSample': job(Nothing, Opening),
  'project.close': write(Nothing, Done),
  'project.info': read(Nothing, ProjectInfo.nullable()),
  'project.rename': write(z.strictObject({ ...By, title: z.string().trim().min(1).max(300) }), ProjectInfo),
  /** Whether the screens leave out agreement; a lead's to say. */
  'project.setReflexive': write(z.strictObject({ ...By, isReflexive: z.boolean() }), ProjectInfo),
  /** What happens when a finished note is to be coded; a lead's to say. */
  'project.setFinishedRule': write(z.strictObject({ ...By, rule: FinishedRule }), ProjectInfo),
  'project.verify': job(Nothing, VerifyReport),
  'project.backup': job(z.strictObject({ ticket: Ticket }), Done),

  'backups.state': read(Nothing, BackupState),
  /** Newest first, by their names alone. */
  'backups.list': job(z.strictObject({ of: BackupsOf }), z.array(BackupRow)),
  /** What is in one, and how it stands to the project as it is now. */
  'backups.look': job(z.strictObject({ of: BackupsOf, name: BackupName }), BackupLook),
  /** Puts one in the place of the project that is open, which is kept beside it. */
  'backups.restore': job(z.strictObject({ ...By, name: BackupName }), Opening),
  /** The same for a project that is not open: it may be damaged. */
  'backups.restoreClosed': job(z.strictObject({ ...Unopened, name: BackupName }), Opening),
  /** For this copy of the file alone; not part of the journal. */
  'backups.setOn': write(z.strictObject({ isOn: z.boolean() }), BackupState),

  'coders.list': read(Nothing, z.array(Coder)),
  'coders.add': write(z.strictObject({ ...By, name: CoderName }), Coder),
  'coders.rename': write(z.strictObject({ ...By, id: Id, name: CoderName }), Coder),
  'coders.setRole': write(z.strictObject({ ...By, id: Id, role: CoderRole }), Coder),
  /** A second pass of a person over their notes, as a coder of its own; the person's to begin, or a lead's. */
  'coders.codeAgain': write(z.strictObject({ ...By, person: Id, id: Id }), Coder),
  /** The layer in which agreed codings stand; one in a project, a lead's to begin. */
  'coders.addConsensus': write(z.strictObject({ ...By, id: Id }), Coder),
  /** What it takes to code as each of them; answered also while nobody sits. */
  'coders.chairs': read(Nothing, Chairs),
  /**
   * Who works at this computer now; remembered for the next opening. Another person's place takes their PIN if they
   * have one, or that of a lead who sits there (`asLead`), and is journalled; only after a lead may it be the consensus
   * layer. Throws `wrong-pin`, `not-allowed` where a blind round is in the way. `words`: what the person has to know.
   */
  'coders.activate': write(
    z.strictObject({ coderId: Id, pin: Pin.nullable().default(null), asLead: z.boolean().default(false) }),
    z.strictObject({ words: z.string().nullable() }),
  ),
  /** The PIN of whoever sits there: set, changed, or with null removed; `current` is the one there is. Throws `wrong-pin`. */
  'coders.setPin': write(z.strictObject({ ...By, current: Pin.nullable(), pin: Pin.nullable() }), Done),
  /** A lead removes another's PIN, which was forgotten; `pin` is the lead's own. Not in a blind round. */
  'coders.clearPin': write(z.strictObject({ ...By, id: Id, pin: Pin }), Done),

  /** Newest first. */
  'rounds.list': read(Nothing, z.array(RoundRow)),
  /** What a draw would give. */
  'rounds.preview': read(z.strictObject({ draw: RoundDraw }), RoundPreview),
  /** Gives notes to coders: drawn at random here, or those named. Only a lead does. */
  'rounds.add': write(
    z.strictObject({
      ...By,
      id: Id,
      name: CoderName,
      coderIds: z.array(Id).min(1).max(20),
      isBlind: z.boolean(),
      notes: z.union([
        z.strictObject({ draw: RoundDraw }),
        z.strictObject({ noteIds: z.array(Id).min(1).max(1_000_000) }),
      ]),
    }),
    RoundRow,
  ),
  'rounds.rename': write(z.strictObject({ ...By, id: Id, name: CoderName }), Done),
  /** Codings and progress stay as they are. */
  'rounds.remove': write(z.strictObject({ ...By, id: Id }), Done),
  /** The blind round that keeps the others' codings of this note from this coder now, if one does. */
  'rounds.blindTo': read(z.strictObject({ coderId: Id, noteId: Id }), BlindRound.nullable()),

  'attributes.add': write(z.strictObject({ ...By, attribute: Attribute }), Done),
  /** Gives one note or case a value; null takes it away. */
  'attributes.setValue': write(
    z.strictObject({
      ...By,
      of: AttributeOwner,
      name: z.string().min(1),
      id: Id,
      value: z.string().max(10_000).nullable(),
    }),
    Done,
  ),
  /** Makes several values of an attribute one, everywhere, as one undoable step. */
  'attributes.groupValues': write(
    z.strictObject({
      ...By,
      of: AttributeOwner,
      name: z.string().min(1),
      from: z.array(z.string()).min(1),
      to: z.string().min(1).max(10_000),
    }),
    z.strictObject({ changed: z.int().min(0) }),
  ),
  'attributes.list': read(Nothing, z.array(Attribute.extend({ values: z.array(z.string()).max(200) }))),

  /** How often each value stands, in notes or in cases. */
  'attributes.values': read(
    z.strictObject({ of: AttributeOwner, name: z.string().min(1), limit: z.int().min(1).max(5_000) }),
    AttributeValueCounts,
  ),

  'cases.list': read(
    z.strictObject({ query: z.string().max(400), limit: z.int().min(1).max(1_000) }),
    CaseList,
  ),

  /** All notes, or those that fit, in file order or sorted, as their numbers: 4 bytes a note. */
  'notes.order': read(
    z.strictObject({
      coderId: Id,
      /** Words that must all stand in title, case, date, id or status. */
      query: z.string().max(1_000).optional(),
      filter: NoteFilter.optional(),
      sort: NoteSort.optional(),
    }),
    z.instanceof(Uint32Array<ArrayBuffer>),
  ),
  /** The rows of some notes, in the order asked for; a note that is gone is left out. */
  'notes.rows': read(
    z.strictObject({
      coderId: Id,
      nums: z.array(NoteNum).max(MOST_NOTE_ROWS),
      columns: Columns.optional(),
    }),
    z.array(NoteRow).max(MOST_NOTE_ROWS),
  ),
  'notes.row': read(z.strictObject({ coderId: Id, noteId: Id }), NoteRow.nullable()),
  /** Where the coder left off: the note opened last, else the first in progress, the first not started, the first. */
  'notes.resume': read(z.strictObject({ coderId: Id }), z.strictObject({ noteId: Id.nullable() })),
  'notes.progress': read(z.strictObject({ coderId: Id }), NoteProgress),
  'notes.get': read(z.strictObject({ noteId: Id }), Note),
  'notes.setStatus': write(z.strictObject({ ...By, noteId: Id, status: NoteStatus }), Done),
  'notes.whatGoes': read(z.strictObject({ nums: z.array(NoteNum).min(1).max(100_000) }), NoteRemoval),
  /** With all codings, memos, marks and places in rounds; undo brings all of it back. */
  'notes.remove': write(z.strictObject({ ...By, nums: z.array(NoteNum).min(1).max(100_000) }), Done),
  'notes.previewImport': job(
    z.strictObject({
      ticket: Ticket,
      sheet: z.string().max(200).optional(),
      /** The row that holds the names of the columns; when left out, the first that looks so. */
      heading: z.int().min(1).max(1_000_000).optional(),
    }),
    ImportPreview,
  ),
  'notes.import': job(
    z.strictObject({
      ...By,
      ticket: Ticket,
      map: ImportMap.nullable(),
      dryRun: z.boolean(),
      /** Count possible identifiers, take them out before anything is stored, or do not look. */
      identifiers: z.enum(['report', 'redact', 'off']).optional(),
    }),
    ImportReport,
  ),

  'search.notes': job(
    z.strictObject({
      coderId: Id,
      query: z.string().max(2_000),
      mode: z.enum(['words', 'pattern']),
      matchCase: z.boolean(),
      filter: NoteFilter,
      limit: z.int().min(1).max(20_000),
    }),
    SearchResult,
  ),

  'identifiers.scan': job(z.strictObject({ limit: z.int().min(1).max(20_000) }), IdentifierScan),
  'identifiers.words': read(Nothing, IdentifierWords),
  'identifiers.setWords': write(z.strictObject({ ...By, words: IdentifierWords.partial() }), IdentifierWords),
  /** This one is no identifier: leave it and do not report it again. */
  'identifiers.keep': write(z.strictObject({ ...By, noteId: Id, span: Span }), Done),
  /** Every place where the same words stand, for "redact all like it". */
  'identifiers.places': job(
    z.strictObject({ text: z.string().min(1).max(1_000) }),
    z.array(z.strictObject({ noteId: Id, start: z.int().min(0), end: z.int().min(1) })),
  ),
  /** Takes text out of notes for good: the one act without undo. Codings move with it. */
  'identifiers.redact': write(
    z.strictObject({
      ...By,
      ranges: z
        .array(z.strictObject({ noteId: Id, start: z.int().min(0), end: z.int().min(1) }))
        .min(1)
        .max(100_000),
      mask: z.string().max(40),
    }),
    /**
     * `words`: those that left the identifier lists, as they stand in no note any more. `isErased`: false where the disk
     * was too full to write over what was taken out; it is as soon as there is room.
     */
    z.strictObject({ notes: z.int().min(0), words: z.int().min(0), isErased: z.boolean() }),
  ),

  'codes.list': read(Nothing, z.array(CodeRow)),
  /** The codes a coder used last; of a coder who never chose any here, those of their codings made last. */
  'codes.recent': read(z.strictObject({ coderId: Id }), RecentCodes),
  /** Kept in this copy of the file; not part of the journal. */
  'codes.keepRecent': write(z.strictObject({ coderId: Id, ...RecentCodes.shape }), Done),
  'codes.create': write(
    z.strictObject({
      ...By,
      id: Id.optional(),
      name: CodeFields.shape.name,
      parentId: Id.nullable(),
      /** The sibling it stands after; the last where none is said. */
      afterId: Id.nullable().optional(),
      colour: Colour.nullable().optional(),
      isFolder: z.boolean().optional(),
    }),
    Code,
  ),
  'codes.update': write(z.strictObject({ ...By, id: Id, changes: CodeChanges }), Code),
  /** The same change for several codes, as one undoable step. */
  'codes.updateAll': write(
    z.strictObject({ ...By, ids: z.array(Id).min(1).max(10_000), changes: CodeChanges }),
    Done,
  ),
  'codes.setRetired': write(
    z.strictObject({ ...By, ids: z.array(Id).min(1).max(10_000), isRetired: z.boolean() }),
    Done,
  ),
  /** Puts codes under another parent (null = top) at a place among its new siblings, one after the other; one undoable step. */
  'codes.arrange': write(
    z.strictObject({
      ...By,
      how: z.enum(['move', 'sort', 'promote', 'demote']),
      moves: z
        .array(z.strictObject({ id: Id, parentId: Id.nullable(), position: z.int().min(0) }))
        .min(1)
        .max(10_000),
    }),
    Done,
  ),
  /** Codings, children and memos of `from` go to `into`; nobody's coding is lost or made less. */
  'codes.merge': write(z.strictObject({ ...By, into: Id, from: z.array(Id).min(1).max(1_000) }), Done),
  'codes.use': read(z.strictObject({ codeId: Id }), CodeUse),
  'codes.whatGoes': read(
    z.strictObject({ ids: z.array(Id).min(1).max(10_000) }),
    z.strictObject({
      codes: z.array(z.string()),
      codings: z.array(z.strictObject({ coderId: Id, codings: z.int().min(0) })),
      /** Notes that have any of the codings. */
      notes: z.int().min(0),
      memos: z.int().min(0),
      /** A blind round keeps what others coded from who asks: more may go than is counted here. */
      isPartial: z.boolean(),
    }),
  ),
  'codes.delete': write(z.strictObject({ ...By, ids: z.array(Id).min(1).max(10_000) }), Done),
  /** Gives codings of one code another, whoever made them: splitting a code, or moving codings in bulk. */
  'codes.moveCodings': write(
    z.strictObject({
      ...By,
      how: z.enum(['split', 'move']),
      from: Id,
      moves: z
        .array(z.strictObject({ codingId: Id, codeId: Id }))
        .min(1)
        .max(100_000),
    }),
    Done,
  ),

  'codebook.state': read(Nothing, z.strictObject({ version: z.int().min(0), isFrozen: z.boolean() })),
  'codebook.freeze': write(z.strictObject({ ...By, isFrozen: z.boolean() }), Done),
  'codebook.versions': read(
    z.strictObject({
      before: z.int().min(0).nullable(),
      limit: z.int().min(1).max(500),
      namedOnly: z.boolean(),
    }),
    z.strictObject({ current: z.int().min(0), rows: z.array(CodebookVersion) }),
  ),
  'codebook.nameVersion': write(
    z.strictObject({ ...By, version: z.int().min(0), name: z.string().trim().min(1).max(200) }),
    Done,
  ),
  'codebook.compare': read(
    z.strictObject({ from: z.int().min(0), to: z.int().min(0) }),
    z.array(CodebookChange),
  ),
  /** The codebook as it was in a version, in the order of its tree. */
  'codebook.at': read(z.strictObject({ version: z.int().min(0) }), z.array(VersionedCode)),
  /** A coder's codings made under an earlier meaning of their code, in the order of codes and notes. */
  'codebook.toRecheck': read(
    z.strictObject({
      coderId: Id,
      codeId: Id.nullable(),
      offset: z.int().min(0),
      limit: z.int().min(1).max(500),
    }),
    z.strictObject({
      total: z.int().min(0),
      codes: z.array(z.strictObject({ codeId: Id, codings: z.int().min(1) })),
      quotes: z.array(Quote),
    }),
  ),
  'codebook.confirm': write(z.strictObject({ ...By, ids: z.array(Id).min(1).max(10_000) }), Done),
  'codebook.overview': job(z.strictObject({ coderIds: z.array(Id).nullable() }), CodebookOverview),

  'proposals.list': read(Nothing, z.array(Proposal)),
  'proposals.add': write(
    z.strictObject({
      ...By,
      id: Id,
      codeId: Id.nullable(),
      fields: CodeChanges,
      reason: z.string().trim().min(1).max(5_000),
    }),
    Done,
  ),
  'proposals.decide': write(
    z.strictObject({ ...By, id: Id, isAccepted: z.boolean(), answer: z.string().max(5_000) }),
    Done,
  ),

  'codes.addTemplate': write(z.strictObject({ ...By, template: Template }), CodebookImportReport),
  /** What an import would do, code by code. Changes nothing. */
  'codes.previewImport': job(z.strictObject({ source: CodebookSource }), CodebookImportPreview),
  /** Takes all codes, or those named by their keys in the preview, as one undoable step. Nothing is ever removed. */
  'codes.import': job(
    z.strictObject({
      ...By,
      source: CodebookSource,
      digest: z.string(),
      take: z.array(Id).max(100_000).nullable(),
    }),
    CodebookImportReport,
  ),
  'codes.exportFile': job(
    z.strictObject({
      ticket: Ticket,
      format: CodebookFormat,
      parts: CodebookParts.optional(),
      identifiers: ExportChoice.optional(),
    }),
    CodebookGivenOut,
  ),
  /** An HTML page for the printer; null where it is not to be printed yet. */
  'codes.printable': job(
    z.strictObject({ parts: CodebookParts, identifiers: ExportChoice }),
    CodebookGivenOut.extend({ html: z.string().nullable() }),
  ),

  'codings.get': read(z.strictObject({ id: Id }), Coding),
  /** Without the others' codings where a blind round keeps them from whoever works here now. */
  'codings.ofNote': read(z.strictObject({ noteId: Id, coderIds: z.array(Id) }), z.array(Coding)),
  /** One range, one or several codes; ids are made by the caller so that it can paint at once. */
  'codings.apply': write(
    z.strictObject({
      ...By,
      noteId: Id,
      span: Span.nullable(),
      codings: z
        .array(
          z.strictObject({
            id: Id,
            codeId: Id,
            memo: z.string().max(20_000).optional(),
            qualifiers: Qualifiers.optional(),
          }),
        )
        .min(1)
        .max(200),
      /** The note is finished and becomes one in progress in the same step. */
      reopens: z.boolean().optional(),
    }),
    z.array(Coding),
  ),
  /** Makes a code at the top of the codebook and applies it to a stretch of a note (null: all of it), as one step. */
  'codings.applyNew': write(
    z.strictObject({
      ...By,
      noteId: Id,
      span: Span.nullable(),
      id: Id,
      code: z.strictObject({ id: Id, name: CodeFields.shape.name, colour: Colour.nullable() }),
      reopens: z.boolean().optional(),
    }),
    Coding,
  ),
  /**
   * One code on many ranges of many notes (null, null: the whole note), as one undoable step; what the coder already
   * has is left as it is.
   */
  'codings.applyToRanges': write(
    z.strictObject({
      ...By,
      codeId: Id,
      ranges: z
        .array(
          z.strictObject({ noteId: Id, start: z.int().min(0).nullable(), end: z.int().min(1).nullable() }),
        )
        .min(1)
        .max(100_000),
      /** For ranges in notes that the coder marked finished; `ask` changes nothing while there are some. */
      finished: z.enum([...FinishedRule.options, 'leave']).optional(),
    }),
    z.strictObject({
      added: z.int().min(0),
      duplicate: z.int().min(0),
      /** Of those added: they overlap others of the same code and coder, which counts the words twice. */
      overlapping: z.int().min(0),
      finished: z.strictObject({ notes: z.int().min(0), ranges: z.int().min(0) }),
    }),
  ),
  'codings.remove': write(z.strictObject({ ...By, ids: z.array(Id).min(1).max(10_000) }), Done),
  /** Moves edges (null, null: the whole note), gives another code or other qualifiers; one undoable step. */
  'codings.change': write(
    z.strictObject({
      ...By,
      changes: z
        .array(
          z.strictObject({
            id: Id,
            span: Span.nullable().optional(),
            codeId: Id.optional(),
            qualifiers: Qualifiers.optional(),
          }),
        )
        .min(1)
        .max(10_000),
    }),
    Done,
  ),
  /** Cuts a coding in two; the part from `at` on gets the new id. Memos stay with the first part. */
  'codings.split': write(z.strictObject({ ...By, id: Id, at: z.int().min(1), newId: Id }), Done),
  /** Makes codings of one code in one note one coding, from the first's start to the last's end. */
  'codings.unite': write(z.strictObject({ ...By, ids: z.array(Id).min(2).max(1_000) }), Done),
  /** What happened to a coding, oldest first. */
  'codings.history': read(z.strictObject({ id: Id }), z.array(JournalRow)),
  'codings.quotes': read(
    z.strictObject({
      codeId: Id,
      includeChildren: z.boolean(),
      coderIds: z.array(Id).nullable(),
      attribute: z
        .strictObject({ name: z.string(), of: Attribute.shape.of, value: z.string().nullable() })
        .nullable(),
      /** Only what a table of themes counts; all codings when left out. */
      counted: CountedCodings.optional(),
      offset: z.int().min(0),
      limit: z.int().min(1).max(500),
    }),
    z.strictObject({
      total: z.int().min(0),
      notes: z.int().min(0),
      cases: z.int().min(0),
      quotes: z.array(Quote),
    }),
  ),

  'qualifiers.list': read(Nothing, z.array(QualifierDefinition)),
  'qualifiers.define': write(
    z.strictObject({
      ...By,
      qualifiers: z.array(QualifierDefinition).max(20),
      renamed: z.array(QualifierRename).max(50).optional(),
    }),
    z.array(QualifierDefinition),
  ),
  'qualifiers.use': read(Nothing, z.array(QualifierUse)),

  'memos.list': read(MemoQuery, z.strictObject({ total: z.int().min(0), rows: z.array(MemoRow) })),
  'memos.get': read(z.strictObject({ id: Id }), Memo),
  'memos.add': write(
    z.strictObject({
      ...By,
      id: Id,
      about: MemoSubject,
      type: MemoType.nullable(),
      title: z.string().trim().max(300),
      body: MemoDocument,
    }),
    Memo,
  ),
  'memos.update': write(
    z.strictObject({
      ...By,
      id: Id,
      type: MemoType.nullable().optional(),
      title: z.string().trim().max(300).optional(),
      body: MemoDocument.optional(),
    }),
    Memo,
  ),
  'memos.remove': write(z.strictObject({ ...By, id: Id }), Done),

  'retrieval.find': job(
    z.strictObject({ coderId: Id, query: RetrievalQuery, limit: z.int().min(1).max(20_000) }),
    RetrievalResult,
  ),
  /** All segments, or those picked by their keys (shared/segments.ts), with the question and counts where they fit. */
  'retrieval.exportFile': job(
    z.strictObject({
      ticket: Ticket,
      coderId: Id,
      query: RetrievalQuery,
      picked: z.array(z.string().min(1).max(1_000)).max(20_000).nullable(),
      groupBy: z.enum(['note', 'case']),
      format: QuotesFormat,
      identifiers: ExportChoice.optional(),
    }),
    z.strictObject({
      isWritten: z.boolean(),
      segments: z.int().min(0),
      warnings: z.array(z.string()),
      check: ExportCheck,
    }),
  ),

  /** How far down this coder was in a note, as a text position. */
  'reading.position': read(
    z.strictObject({ coderId: Id, noteId: Id }),
    z.strictObject({ position: z.int().min(0) }),
  ),
  /** Kept in this copy of the file; not part of the journal. */
  'reading.keep': write(z.strictObject({ coderId: Id, noteId: Id, position: z.int().min(0) }), Done),
  /** How the screen stands, in its own words: in this copy of the file, so that none of it stays in a locked page. */
  'reading.keepView': write(z.strictObject({ view: z.string().max(500_000) }), Done),
  /** What was kept, which is gone from the file with this answer; null when nothing was. */
  'reading.takeView': write(Nothing, z.strictObject({ view: z.string().nullable() })),

  'history.steps': read(z.strictObject({ coderId: Id, limit: z.int().min(1).max(500) }), HistorySteps),
  'history.state': read(z.strictObject({ coderId: Id }), HistoryState),
  'history.undo': write(z.strictObject({ ...By }), StepDone),
  'history.redo': write(z.strictObject({ ...By }), StepDone),
  /** Undoes or redoes until this step is the latest that holds; `isBefore`: until just before it. */
  'history.goTo': write(
    z.strictObject({ ...By, step: Id, isBefore: z.boolean() }),
    z.strictObject({ steps: z.int().min(0) }),
  ),
  /** Newest first. `next` is the `before` of the next page; a page may be short and still have one. */
  'journal.list': read(
    JournalFilter.extend({ before: z.int().min(1).nullable(), limit: z.int().min(1).max(1_000) }),
    z.strictObject({
      /** Null while words are looked for or a blind round keeps entries. */
      total: z.int().min(0).nullable(),
      rows: z.array(JournalRow),
      next: z.int().min(1).nullable(),
      /** A blind round keeps what others did from who reads: entries of theirs may be missing here. */
      isPartial: z.boolean(),
    }),
  ),
  /** What a bulk entry touched, a page at a time. */
  'journal.parts': read(
    z.strictObject({ seq: z.int().min(1), offset: z.int().min(0), limit: z.int().min(1).max(500) }),
    z.strictObject({ total: z.int().min(0), parts: z.array(JournalPart) }),
  ),
  /** Every entry as a CSV table: who did what and when, what is undone, and the hash of each. */
  'journal.exportFile': job(z.strictObject({ ticket: Ticket }), Done),

  'agreement.compute': job(
    z.strictObject({
      ...AgreementScope.shape,
      ...AgreementIntervals.shape,
      /** Null: every code that is not a folder, with the children's also folders. */
      codeIds: z.array(Id).nullable(),
    }),
    AgreementReport,
  ),
  /** Which codes two coders took for one another. */
  'agreement.confusion': job(
    z.strictObject({ ...AgreementScope.shape, coderIds: z.array(Id).length(2) }),
    ConfusionReport,
  ),
  /** Agreement on where codes begin and end. The unit of the scope says nothing here. */
  'agreement.unitizing': job(
    z.strictObject({
      ...AgreementScope.shape,
      ...AgreementIntervals.shape,
      codeIds: z.array(Id).nullable(),
      least: z.number().min(0).max(1),
    }),
    UnitizingReport,
  ),
  /** Every two of the coders by themselves. */
  'agreement.pairs': job(
    z.strictObject({
      ...AgreementScope.shape,
      ...AgreementIntervals.shape,
      codeIds: z.array(Id).nullable(),
    }),
    PairsReport,
  ),
  /** How agreement went over time, or from round to round. */
  'agreement.series': job(
    z.strictObject({
      ...AgreementScope.shape,
      ...AgreementIntervals.shape,
      codeIds: z.array(Id).nullable(),
      by: SeriesBy,
    }),
    SeriesReport,
  ),
  /** All codes of a note, paragraph or sentence together; characters are no such unit. */
  'agreement.sets': job(
    z.strictObject({ ...AgreementScope.shape, ...AgreementIntervals.shape }),
    SetAgreement,
  ),
  /** The text behind a count of the tables. */
  'agreement.passages': read(
    z.strictObject({
      ...AgreementScope.shape,
      behind: AgreementBehind,
      offset: z.int().min(0),
      limit: z.int().min(1).max(500),
    }),
    z.strictObject({
      total: z.int().min(0),
      passages: z.array(AgreementPassage),
    }),
  ),
  'agreement.exportFile': job(
    z.strictObject({
      ticket: Ticket,
      format: AgreementFormat,
      ...AgreementScope.shape,
      ...AgreementIntervals.shape,
    }),
    z.strictObject({ warnings: z.array(z.string()) }),
  ),

  /** Who applied which code to which unit, a row each, for R and other programs. */
  'agreement.exportData': job(
    z.strictObject({
      ticket: Ticket,
      form: ReliabilityForm,
      ...AgreementScope.shape,
      codeIds: z.array(Id).nullable(),
    }),
    z.strictObject({ rows: z.int().min(0) }),
  ),
  /** Each stretch of text that somebody gave a code, with who did, what kind of difference it is, and its words. */
  'agreement.exportDiagnosis': job(
    z.strictObject({
      ticket: Ticket,
      ...AgreementScope.shape,
      codeIds: z.array(Id).nullable(),
      identifiers: ExportChoice.optional(),
    }),
    z.strictObject({ isWritten: z.boolean(), rows: z.int().min(0), check: ExportCheck }),
  ),

  'themes.compute': job(ThemeScope, ThemeReport),
  'themes.exportFile': job(z.strictObject({ ticket: Ticket, ...ThemeScope.shape }), Done),
} as const satisfies Record<string, Verb>

export type Contract = typeof contract
export type VerbName = keyof Contract
export type ArgsOf<V extends VerbName> = z.input<Contract[V]['args']>
/** What a handler receives: checked and with defaults filled in. */
export type CheckedArgsOf<V extends VerbName> = z.output<Contract[V]['args']>
export type ResultOf<V extends VerbName> = z.output<Contract[V]['result']>

/** What a change touched, so that a screen fetches again only what it shows. */
export type Topic =
  | 'project'
  | 'coders'
  | 'notes'
  | 'codes'
  | 'codings'
  | 'memos'
  | 'proposals'
  | 'status'
  | 'rounds'
  | 'identifiers'
  | 'history'
  | 'backups'
/** Announced after a change is durable; `noteIds` null means "possibly all". */
export type ChangeEvent = { topics: Topic[]; noteIds: string[] | null }

/** How far a long job is: `done` of `total` (null while unknown), in the unit the words name. */
export type Progress = {
  done: number
  total: number | null
  words: string
  /** Of tables, which are read by the byte: the rows so far. */
  rows?: number
  /** Of a search: the hits since the last report, from the `from`th on, and how many there are so far. */
  found?: SearchResult & { from: number }
}
