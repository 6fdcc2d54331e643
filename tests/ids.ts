/** Ids of things as tests write them down. */
import type { CaseId, CodeId, CoderId, CodingId, MemoId, NoteId, RoundId } from '../shared/contract/basics.ts'

export const noteId = (text: string) => text as NoteId
export const caseId = (text: string) => text as CaseId
export const codeId = (text: string) => text as CodeId
export const coderId = (text: string) => text as CoderId
export const codingId = (text: string) => text as CodingId
export const memoId = (text: string) => text as MemoId
export const roundId = (text: string) => text as RoundId
