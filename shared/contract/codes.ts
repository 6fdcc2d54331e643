/** Codes. */
import { z } from 'zod'
import { FIRST_TEXTS, LATER_TEXTS } from '../code-fields.ts'
import { CodeId, CoderId, CodingId, Colour } from './basics.ts'
import { Qualifiers } from './qualifiers.ts'
import { By, Done, Nothing, read, type Verb, write } from './verb.ts'

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
  exampleCodingId: CodingId.nullable(),
  counterExampleCodingId: CodingId.nullable(),
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
  id: CodeId,
  /** Its number in this file: what was made later has a greater one. */
  num: z.int().min(1),
  parentId: CodeId.nullable(),
  /** Place among its siblings, 0-based. */
  position: z.int().min(0),
  isRetired: z.boolean(),
  /** The codebook version in which the meaning last changed: codings of an earlier one may need another look. */
  definedVersion: z.int().min(0),
})
export type Code = z.infer<typeof Code>

/** How one code is used by people; `byCoder` names second passes and the consensus, too. */
export const CodeUse = z.strictObject({
  codings: z.int().min(0),
  notes: z.int().min(0),
  byCoder: z.array(z.strictObject({ coderId: CoderId, codings: z.int().min(1), notes: z.int().min(1) })),
  /** Notes in which a blind round keeps the others’ codings from whoever looks: those are not counted. */
  heldBack: z.int().min(0),
})
export type CodeUse = z.infer<typeof CodeUse>

/** A row of the codebook with the number of codings by everyone, second passes and consensus apart. */
export const CodeRow = Code.extend({ codings: z.int().min(0), notes: z.int().min(0) })
export type CodeRow = z.infer<typeof CodeRow>

/** The codes a coder used last: newest first, and in the places of their keys 1 to 9. */
export const RecentCodes = z.strictObject({
  newest: z.array(CodeId).max(9),
  numbered: z.array(CodeId).max(9),
})
export type RecentCodes = z.infer<typeof RecentCodes>

export const Template = z.enum(['safeguarding', 'cin-factors', 'aces', 'aces-expanded', 'referral', 'empty'])
export type Template = z.infer<typeof Template>

export const codesVerbs = {
  'codes.list': read(
    () => Nothing,
    () => z.array(CodeRow),
  ),
  /** The codes a coder used last; of a coder who never chose any here, those of their codings made last. */
  'codes.recent': read(
    () => z.strictObject({ coderId: CoderId }),
    () => RecentCodes,
  ),
  /** Kept in this copy of the file; not part of the journal. */
  'codes.keepRecent': write(
    () => z.strictObject({ coderId: CoderId, ...RecentCodes.shape }),
    () => Done,
  ),
  'codes.create': write(
    () =>
      z.strictObject({
        ...By,
        id: CodeId.optional(),
        name: CodeFields.shape.name,
        parentId: CodeId.nullable(),
        /** The sibling it stands after; the last where none is said. */
        afterId: CodeId.nullable().optional(),
        colour: Colour.nullable().optional(),
        isFolder: z.boolean().optional(),
      }),
    () => Code,
  ),
  'codes.update': write(
    () => z.strictObject({ ...By, id: CodeId, changes: CodeChanges }),
    () => Code,
  ),
  /** The same change for several codes, as one undoable step. */
  'codes.updateAll': write(
    () => z.strictObject({ ...By, ids: z.array(CodeId).min(1).max(10_000), changes: CodeChanges }),
    () => Done,
  ),
  'codes.setRetired': write(
    () => z.strictObject({ ...By, ids: z.array(CodeId).min(1).max(10_000), isRetired: z.boolean() }),
    () => Done,
  ),
  /** Puts codes under another parent (null = top) at a place among its new siblings, one after the other; one undoable step. */
  'codes.arrange': write(
    () =>
      z.strictObject({
        ...By,
        how: z.enum(['move', 'sort', 'promote', 'demote']),
        moves: z
          .array(z.strictObject({ id: CodeId, parentId: CodeId.nullable(), position: z.int().min(0) }))
          .min(1)
          .max(10_000),
      }),
    () => Done,
  ),
  /** Codings, children and memos of `from` go to `into`; nobody's coding is lost or made less. */
  'codes.merge': write(
    () => z.strictObject({ ...By, into: CodeId, from: z.array(CodeId).min(1).max(1_000) }),
    () => Done,
  ),
  'codes.use': read(
    () => z.strictObject({ codeId: CodeId }),
    () => CodeUse,
  ),
  'codes.previewRemoval': read(
    () => z.strictObject({ ids: z.array(CodeId).min(1).max(10_000) }),
    () =>
      z.strictObject({
        codes: z.array(z.string()),
        codings: z.array(z.strictObject({ coderId: CoderId, codings: z.int().min(0) })),
        /** Notes that have any of the codings. */
        notes: z.int().min(0),
        memos: z.int().min(0),
        /** A blind round keeps what others coded from who asks: more may go than is counted here. */
        isPartial: z.boolean(),
      }),
  ),
  'codes.delete': write(
    () => z.strictObject({ ...By, ids: z.array(CodeId).min(1).max(10_000) }),
    () => Done,
  ),
  /** Gives codings of one code another, whoever made them: splitting a code, or moving codings in bulk. */
  'codes.moveCodings': write(
    () =>
      z.strictObject({
        ...By,
        how: z.enum(['split', 'move']),
        from: CodeId,
        moves: z
          .array(z.strictObject({ codingId: CodingId, codeId: CodeId }))
          .min(1)
          .max(100_000),
      }),
    () => Done,
  ),
} as const satisfies Record<string, Verb>
