/**
 * The tables of the newest schema with what their columns hold: rows and statements are typed by it, and
 * tests/store/table-definitions.test.ts compares it with the schema itself.
 */
import type {
  CodeId,
  CoderId,
  CodingId,
  DisagreementId,
  MemoId,
  ProposalId,
  RoundId,
} from '../../../shared/contract/basics.ts'
import type { CoderLayer, CoderRole } from '../../../shared/contract/coders.ts'
import type { CodeChanges } from '../../../shared/contract/codes.ts'
import type {
  DecidedCoding,
  DecidedKind,
  DecisionBasis,
  DecisionWord,
} from '../../../shared/contract/disagreements.ts'
import type {
  AttributeKind,
  AttributeOwner,
  AttributeValues,
  NoteStatus,
} from '../../../shared/contract/notes.ts'
import type { SealOccasion } from '../../../shared/contract/project.ts'
import type { Qualifiers } from '../../../shared/contract/qualifiers.ts'
import type { RoundDrawn } from '../../../shared/contract/rounds.ts'
import type { MemoDocument, MemoType } from '../../../shared/memo.ts'
import type { Cut } from '../../../shared/redaction.ts'
import type { Json } from './json.ts'

export type Cell = string | number | null

/** `T` is what it is read as: nothing of it is there when the program runs. */
export type Column<T extends Cell = Cell> = {
  readonly holds: 'TEXT' | 'INTEGER'
  readonly isNullable: boolean
  readonly reads?: T
}

const text = <T extends string = string>(): Column<T> => ({ holds: 'TEXT', isNullable: false })
const json = <T>(): Column<Json<T>> => text()
const integer = (): Column<number> => ({ holds: 'INTEGER', isNullable: false })
const orNull = <T extends Cell>({ holds }: Column<T>): Column<T | null> => ({ holds, isNullable: true })
/** The number of a row of another table. */
const row = integer

/** Domain tables with their columns besides `num`, which changes write. Replay compares exactly these, in this order. */
export const DOMAIN_TABLES = {
  setting: { name: text(), value: text() },
  coder: {
    id: text<CoderId>(),
    name: text(),
    role: text<CoderRole>(),
    layer: text<CoderLayer>(),
    person: orNull(row()),
  },
  attribute: { owner: text<AttributeOwner>(), name: text(), kind: text<AttributeKind>() },
  casefile: { id: text(), attributes: json<AttributeValues>() },
  note: {
    id: text(),
    casefile: orNull(row()),
    title: text(),
    date: orNull(text()),
    text_hash: text(),
    length: integer(),
    characters: integer(),
    attributes: json<AttributeValues>(),
  },
  note_status: { note: row(), coder: row(), status: text<NoteStatus>(), changed_at: integer() },
  round: {
    id: text<RoundId>(),
    name: text(),
    is_blind: integer(),
    drawn: orNull(json<RoundDrawn>()),
    created_at: integer(),
  },
  round_coder: { round: row(), coder: row() },
  round_note: { round: row(), note: row() },
  redaction: { note: row(), entry: integer(), cuts: json<Cut[]>() },
  kept_identifier: { note: row(), start_at: integer(), end_at: integer() },
  code: {
    id: text<CodeId>(),
    parent: orNull(row()),
    position: integer(),
    name: text(),
    colour: orNull(text()),
    definition: text(),
    use_when: text(),
    do_not_use_when: text(),
    example: text(),
    source: text(),
    shortcut: orNull(text()),
    short_label: text(),
    counter_example: text(),
    remarks: text(),
    theme: text(),
    example_coding: orNull(text<CodingId>()),
    counter_example_coding: orNull(text<CodingId>()),
    qualifiers: json<Qualifiers>(),
    defined_version: integer(),
    is_folder: integer(),
    is_retired: integer(),
  },
  coding: {
    id: text<CodingId>(),
    note: row(),
    coder: row(),
    code: row(),
    start_at: orNull(integer()),
    end_at: orNull(integer()),
    qualifiers: json<Qualifiers>(),
    codebook_version: integer(),
    created_at: integer(),
  },
  memo: {
    id: text<MemoId>(),
    casefile: orNull(row()),
    note: orNull(row()),
    code: orNull(row()),
    coding: orNull(row()),
    coder: row(),
    type: orNull(text<MemoType>()),
    title: text(),
    body: json<MemoDocument>(),
    text: text(),
    created_at: integer(),
    changed_at: integer(),
  },
  gone_code: { id: text<CodeId>(), name: text(), merged_into: orNull(text<CodeId>()) },
  version_name: { version: integer(), name: text() },
  proposal: {
    id: text<ProposalId>(),
    coder: row(),
    code: orNull(text<CodeId>()),
    fields: json<CodeChanges>(),
    reason: text(),
    status: text<'open' | 'accepted' | 'declined'>(),
    decided_by: orNull(row()),
    answer: text(),
    created_at: integer(),
    decided_at: orNull(integer()),
  },
  decision: {
    id: text<DisagreementId>(),
    note: row(),
    kind: text<DecidedKind>(),
    decision: text<DecisionWord>(),
    chosen: orNull(row()),
    decided_by: orNull(row()),
    decided_at: integer(),
    reason: text(),
    basis: json<DecisionBasis>(),
    made: json<DecidedCoding[]>(),
  },
} as const satisfies Record<string, Record<string, Column>>

export type TableName = keyof typeof DOMAIN_TABLES
/** A row of whichever domain table. */
export type AnyRow = Record<string, Cell> & { num: number }

/** What one write did: rows inserted (a run of nums), one row deleted (all of it), or columns [before, after]. */
export type Write =
  | ['+', TableName, number, number]
  | ['-', TableName, AnyRow]
  | ['~', TableName, number, Record<string, [Cell, Cell]>]

/** Tables that no reducer writes, with all their columns. */
export const OTHER_TABLES = {
  local: { name: text(), value: text() },
  journal: {
    seq: integer(),
    id: text(),
    replica: text(),
    replica_seq: integer(),
    /** Where it stands in the order of all entries. */
    hlc: text(),
    /** What the clock of its computer said, in ms: the time that people read. */
    wall: integer(),
    coder: text<CoderId>(),
    /** A kind of change (see kinds.ts), `undo` or `redo`. */
    kind: text(),
    /** Which form the payload has (see change.ts). */
    version: integer(),
    payload: json<unknown>(),
    /** Entries of one step are undone together (the chunks of an import); a lone entry is its own step. */
    step: text(),
    /** The step this entry undoes, for `undo` and `redo`. */
    undoes: orNull(text()),
    prev_hash: text(),
    hash: text(),
  },
  effect: { seq: integer(), is_undone: integer(), changes: json<Write[]>() },
  subject: {
    about: text<'coding' | 'memo' | 'kept_identifier'>(),
    first: integer(),
    last: integer(),
    seq: integer(),
  },
  seal: {
    replica: text(),
    entries: integer(),
    hash: text(),
    coder: text<CoderId>(),
    public_key: text(),
    signature: text(),
    wall: integer(),
    occasion: text<SealOccasion>(),
  },
  /** Why an entry does nothing in its place, or which part of it and why. */
  void: { seq: integer(), part: text(), reason: text() },
  /** Entries that stand without the one before them. */
  gap: { replica: text(), replica_seq: integer() },
  /** Entries of a merge (by its step) that was undone, as they were. */
  set_aside: { id: text(), step: text(), entry: json<unknown>() },
  note_text: { num: integer(), hash: text(), body: text() },
  staged_text: { hash: text() },
  identifier_word: { id: text(), salt: text(), word: text() },
  codebook: { num: integer(), version: integer() },
  codebook_version: { version: integer(), seq: integer() },
} as const satisfies Record<string, Record<string, Column>>

type Columns = typeof DOMAIN_TABLES & typeof OTHER_TABLES
type Reads<C> = C extends Column<infer T> ? T : never
type Cells<T extends keyof Columns> = { -readonly [C in keyof Columns[T]]: Reads<Columns[T][C]> }

/** A row of a domain table as it is put there: it gets its `num` then. */
export type NewRow<T extends TableName> = Cells<T>
/** A row of a table as it is read. */
export type RowOf<T extends keyof Columns> = T extends TableName ? { num: number } & Cells<T> : Cells<T>
