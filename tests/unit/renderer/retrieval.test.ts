import { describe, expect, it } from 'vitest'
import { arranged, type Place, placeIn } from '../../../renderer/retrieval/arrange.ts'
import type { NoteId } from '../../../shared/contract/basics.ts'
import type { FoundSegment, RetrievalResult } from '../../../shared/contract/retrieval.ts'

const segment = (noteId: NoteId, caseId: string | null, start: number): FoundSegment => ({
  noteId,
  noteTitle: noteId,
  caseId,
  date: null,
  span: { start, end: start + 5 },
  codings: [],
  before: '',
  words: 'words',
  after: '',
})
const found = (...segments: FoundSegment[]): RetrievalResult => ({
  total: segments.length,
  notes: 1,
  cases: 1,
  looked: { notes: 1, cases: 1 },
  heldBack: 0,
  segments,
})
const [A, B, C, D] = [
  segment('N1', 'YP2', 0),
  segment('N1', 'YP2', 10),
  segment('N2', 'YP1', 0),
  segment('N3', null, 0),
] as const

describe('the place of the keyboard in a list of segments', () => {
  const all = found(A, B, C, D)
  const at = (index: number): Place => ({ keys: arranged(all, 'note').keys, index })

  it('stays in the same list', () => {
    expect(placeIn(arranged(all, 'note'), at(2))).toBe(2)
  })
  it('is on the same segment in another grouping', () => {
    expect(arranged(all, 'case').segments).toEqual([C, A, B, D])
    expect(placeIn(arranged(all, 'case'), at(2))).toBe(0)
  })
  it('is on the next segment that is still there, else on the one before', () => {
    expect(placeIn(arranged(found(A, C, D), 'note'), at(1))).toBe(1)
    expect(placeIn(arranged(found(A, B), 'note'), at(3))).toBe(1)
    expect(placeIn(arranged(found(), 'note'), at(3))).toBe(0)
  })
  it('that was kept without its list is not past the end', () => {
    expect(placeIn(arranged(found(A, B), 'note'), { keys: null, index: 3 })).toBe(1)
    expect(placeIn(arranged(found(), 'note'), { keys: null, index: 3 })).toBe(0)
  })
})
