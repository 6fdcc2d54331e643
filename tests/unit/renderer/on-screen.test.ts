import { beforeEach, describe, expect, it } from 'vitest'
import type { Coding } from '../../../shared/contract/codings.ts'
import { codeId, coderId, codingId } from '../../ids.ts'

// The page's clock, timers and frames are the test's own.
Object.assign(globalThis, { window: globalThis, requestAnimationFrame: (run: () => void) => setTimeout(run) })
const { forgetCodings, paintAhead, showCodings, showDraft, useCoding } = await import(
  '../../../renderer/state/on-screen.ts'
)
const { adjoining } = await import('../../../renderer/state/coding-edits.ts')

const coding = (id: string, start: number, end: number, code = 'neglect'): Coding => ({
  id: codingId(id),
  noteId: 'n1',
  coderId: coderId('amara'),
  codeId: codeId(code),
  span: { start, end },
  memo: '',
  qualifiers: {},
  codebookVersion: 0,
  createdAt: '2024-01-01T00:00:00.000Z',
})
const shown = () => useCoding.getState().codings.map(({ id, span }) => `${id} ${span?.start}-${span?.end}`)
const refusal = () => Promise.reject(new Error('refused'))

beforeEach(() => {
  forgetCodings()
  useCoding.setState({ noteId: 'n1', activeId: null })
  showCodings([coding('a', 0, 5), coding('b', 3, 9)])
})

describe('a change that the store has not confirmed', () => {
  it('is on screen at once and stays when the store takes it', async () => {
    const sent = paintAhead({ noteId: 'n1', put: [coding('c', 1, 2)], gone: [codingId('b')] }, () =>
      Promise.resolve(),
    )
    expect(shown()).toEqual(['a 0-5', 'c 1-2'])
    expect(await sent).toBe(true)
    expect(shown()).toEqual(['a 0-5', 'c 1-2'])
  })

  it('is taken back when the store refuses it, added, changed or removed', async () => {
    const patch = { noteId: 'n1', put: [coding('c', 1, 2), coding('a', 0, 7)], gone: [codingId('b')] }
    const sent = paintAhead(patch, refusal)
    expect(shown()).toEqual(['a 0-7', 'c 1-2'])
    expect(await sent).toBe(false)
    expect(shown()).toEqual(['a 0-5', 'b 3-9'])
  })

  it('stays painted over what the store says meanwhile', async () => {
    let answer = (_: unknown) => {}
    const sent = paintAhead(
      { noteId: 'n1', put: [], gone: [codingId('b')] },
      () => new Promise((resolve) => (answer = resolve)),
    )
    showCodings([coding('a', 0, 5), coding('b', 3, 9), coding('d', 8, 9)])
    expect(shown()).toEqual(['a 0-5', 'd 8-9'])
    answer(null)
    await sent
    expect(shown()).toEqual(['a 0-5', 'd 8-9'])
  })

  it('of another coder or note never comes on this screen', async () => {
    const sent = paintAhead({ noteId: 'n1', put: [coding('c', 1, 2)], gone: [] }, () => Promise.resolve())
    forgetCodings()
    showCodings([])
    await sent
    expect(shown()).toEqual([])
    await paintAhead({ noteId: 'n2', put: [coding('c', 1, 2)], gone: [] }, () => Promise.resolve())
    expect(shown()).toEqual([])
  })
})

describe('an edge on its way', () => {
  it('is shown, and does not bring back a coding that is gone', () => {
    showDraft(coding('a', 0, 8))
    expect(shown()).toEqual(['a 0-8', 'b 3-9'])
    showCodings([coding('b', 3, 9)])
    expect(shown()).toEqual(['b 3-9'])
    showDraft(null)
  })
})

describe('codings to unite', () => {
  it('overlap or adjoin with blanks between, one after the other, and have the same code', () => {
    const text = 'aaaa bbbb, cccc dddd'
    const first = coding('a', 0, 4)
    const all = [
      first,
      coding('b', 5, 9),
      coding('x', 2, 6, 'other'),
      coding('c', 11, 15),
      coding('d', 14, 20),
    ]
    expect(adjoining(first, all, text).map(({ id }) => id)).toEqual(['a', 'b'])
    expect(adjoining(all[4] as Coding, all, text).map(({ id }) => id)).toEqual(['d', 'c'])
  })
})
