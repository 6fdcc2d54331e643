import { describe, expect, it } from 'vitest'
import { CodeId, Id } from '../../shared/contract/basics.ts'
import { codeId, noteId } from '../ids.ts'

describe('an id', () => {
  it('is not taken for one of another kind', () => {
    const takes = (code: CodeId) => code
    expect(takes(codeId('c'))).toBe('c')
    // @ts-expect-error: a note is no code.
    expect(takes(noteId('N1'))).toBe('N1')
    // @ts-expect-error: neither is just any text.
    expect(takes('c')).toBe('c')
  })

  it('of each kind is the same text, checked by the same schema', () => {
    expect(CodeId).toBe(Id)
    expect(CodeId.parse('007')).toBe('007')
    expect(CodeId.safeParse('').success).toBe(false)
  })
})
