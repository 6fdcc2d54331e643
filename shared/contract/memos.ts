/** Memos. */
import { z } from 'zod'
import { MemoDocument, MemoSubject, MemoType } from '../memo.ts'
import { CodeId, CoderId, MemoId, NoteId, PlainSpan } from './basics.ts'
import { By, Done, read, type Verb, write } from './verb.ts'

/** A memo in a list: `text` may be cut. `noteId`, `codeId` and `span` are where it leads, when it is about a coding too. */
export const MemoRow = z.strictObject({
  id: MemoId,
  about: MemoSubject,
  noteId: NoteId.nullable(),
  codeId: CodeId.nullable(),
  span: PlainSpan.nullable(),
  noteTitle: z.string().nullable(),
  coderId: CoderId,
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
  coderIds: z.array(CoderId).optional(),
  /** Of the memos on codings only this coder's: nobody sees how others coded before it is time. */
  codingMemosOf: CoderId.optional(),
  words: z.string().max(500).optional(),
  offset: z.int().min(0),
  limit: z.int().min(1).max(20_000),
})
export type MemoQuery = z.infer<typeof MemoQuery>

export const memosVerbs = {
  'memos.list': read(
    () => MemoQuery,
    () => z.strictObject({ total: z.int().min(0), rows: z.array(MemoRow) }),
  ),
  'memos.get': read(
    () => z.strictObject({ id: MemoId }),
    () => Memo,
  ),
  'memos.add': write(
    () =>
      z.strictObject({
        ...By,
        id: MemoId,
        about: MemoSubject,
        type: MemoType.nullable(),
        title: z.string().trim().max(300),
        body: MemoDocument,
      }),
    () => Memo,
  ),
  'memos.update': write(
    () =>
      z.strictObject({
        ...By,
        id: MemoId,
        type: MemoType.nullable().optional(),
        title: z.string().trim().max(300).optional(),
        body: MemoDocument.optional(),
      }),
    () => Memo,
  ),
  'memos.remove': write(
    () => z.strictObject({ ...By, id: MemoId }),
    () => Done,
  ),
} as const satisfies Record<string, Verb>
