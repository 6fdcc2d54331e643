import { describe, expect, it } from 'vitest'
import { ALL_CONTEXT, wordsAround } from '../../../renderer/ui/words-around.ts'

/** As the store sends them: cut wherever they are long enough. */
const BEFORE = `part${' whole'.repeat(19)} a`
const AFTER = `${'whole '.repeat(19)}cutoff`

describe('the words around a place', () => {
  it('begin and end with the note where it does', () => {
    expect(wordsAround({ before: 'Seen at ', after: ' today.' }, ALL_CONTEXT)).toEqual({
      before: 'Seen at ',
      after: ' today.',
    })
    expect(wordsAround({ before: '', after: '' }, ALL_CONTEXT)).toEqual({ before: '', after: '' })
  })

  it('are whole words, with dots where there is more', () => {
    expect([BEFORE.length, AFTER.length]).toEqual([ALL_CONTEXT, ALL_CONTEXT])
    const { before, after } = wordsAround({ before: BEFORE, after: AFTER }, ALL_CONTEXT)
    expect(before).toBe(`… ${'whole '.repeat(19)}a`)
    expect(after).toBe(`${'whole '.repeat(18)}whole …`)
  })

  it('are fewer where fewer are asked for', () => {
    const { before, after } = wordsAround({ before: BEFORE, after: AFTER }, 20)
    expect(before).toBe('… whole whole whole a')
    expect(after).toBe('whole whole whole …')
  })
})
