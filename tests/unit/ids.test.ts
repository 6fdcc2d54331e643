import { describe, expect, it } from 'vitest'
import { CodeId, CoderId, CodingId, Id, MemoId, ProposalId, RoundId } from '../../shared/contract/basics.ts'
import { codeId, coderId, noteId } from '../ids.ts'

describe('an id', () => {
  it('is not taken for one of another kind', () => {
    const takesCode = (code: CodeId) => code
    expect(takesCode(codeId('c'))).toBe('c')
    // @ts-expect-error: a note is no code.
    expect(takesCode(noteId('N1'))).toBe('N1')
    // @ts-expect-error: neither is a coder.
    expect(takesCode(coderId('amara'))).toBe('amara')
    // @ts-expect-error: nor just any text.
    expect(takesCode('c')).toBe('c')
  })

  it('of each kind is the same text, checked by the same schema', () => {
    for (const kind of [CodeId, CoderId, CodingId, MemoId, RoundId, ProposalId]) expect(kind).toBe(Id)
    expect(CodeId.parse('007')).toBe('007')
    expect(CodeId.safeParse('').success).toBe(false)
  })
})
