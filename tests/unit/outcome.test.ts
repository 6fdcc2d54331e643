/** What decisions put in the consensus layer. */
import { describe, expect, it } from 'vitest'
import { type Choice, outcomeOf, overlapOf } from '../../electron/store/decisions/outcome.ts'
import type { CodeId, CodingId } from '../../shared/contract/basics.ts'
import type { DisagreementSegment } from '../../shared/contract/disagreements.ts'
import { coderId } from '../ids.ts'

/** "A X 0-10", "B X whole neg": coder, code, place and, if it has one, the value of a qualifier. */
function segment(words: string): DisagreementSegment {
  const [who = '', code = '', place = '', assertion] = words.split(' ')
  const [start, end] = place.split('-').map(Number)
  return {
    id: words as CodingId,
    coderId: coderId(who),
    codeId: code as CodeId,
    span: place === 'whole' ? null : { start: Number(start), end: Number(end) },
    qualifiers: assertion === undefined ? {} : { assertion },
  }
}

const outcome = (codings: readonly string[], choice: Choice) =>
  outcomeOf(codings.map(segment), choice).map(({ codeId, span, qualifiers }) =>
    [codeId, span ? `${span.start}-${span.end}` : 'whole', ...Object.values(qualifiers)].join(' '),
  )

const CROSSING = ['A X 0-10', 'B X 4-15', 'B Y 20-25']

describe('a decision', () => {
  it('for one coder, or for all, takes their codings as they are', () => {
    expect(outcome(CROSSING, { decision: 'coder', coderId: coderId('B') })).toEqual(['X 4-15', 'Y 20-25'])
    expect(outcome(['A X 0-10'], { decision: 'coder', coderId: coderId('B') })).toEqual([])
    expect(outcome(CROSSING, { decision: 'both' })).toEqual(['X 0-10', 'X 4-15', 'Y 20-25'])
    expect(outcome(['A X 0-9 neg', 'B X 0-9', 'C X 0-9 aff'], { decision: 'both' })).toEqual([
      'X 0-9 neg',
      'X 0-9 aff',
    ])
  })

  it('for the union or the intersection is made code by code, of those who gave the code', () => {
    expect(outcome(CROSSING, { decision: 'union' })).toEqual(['X 0-15', 'Y 20-25'])
    expect(outcome(CROSSING, { decision: 'intersection' })).toEqual(['X 4-10', 'Y 20-25'])
    expect(outcome(['A X 0-20', 'B X 2-5', 'B X 8-12'], { decision: 'intersection' })).toEqual([
      'X 2-5',
      'X 8-12',
    ])
    expect(outcome(['A X whole', 'B X whole neg'], { decision: 'union' })).toEqual(['X whole neg'])
  })

  it('for words that are not there, or that contradict each other, is refused', () => {
    const chain = ['A X 0-10', 'B X 8-20', 'C X 18-30']
    expect(() => outcome(chain, { decision: 'intersection' })).toThrow(/no words in common/)
    expect(() => outcome(['A X 0-9 neg', 'B X 0-8 aff'], { decision: 'union' })).toThrow(
      /contradict each other in assertion/,
    )
  })

  it('for somebody’s own words keeps what the coders of that code said without contradiction', () => {
    const own = (codeId: string) => ({
      codeId: codeId as CodeId,
      span: { start: 1, end: 2 },
      usual: { time: 'now' },
    })
    const choice = (codeId: string): Choice => ({ decision: 'own', own: [own(codeId)] })
    expect(outcome(['A X 0-9 neg', 'B X 0-8'], choice('X'))).toEqual(['X 1-2 neg'])
    expect(outcome(['A X 0-9 neg', 'B X 0-8 aff'], choice('X'))).toEqual(['X 1-2'])
    expect(outcome(['A X 0-9 neg'], choice('Z'))).toEqual(['Z 1-2 now'])
  })

  it('for nothing, or later, makes nothing', () => {
    expect(outcome(CROSSING, { decision: 'neither' })).toEqual([])
    expect(outcome(CROSSING, { decision: 'later' })).toEqual([])
  })
})

describe('overlap', () => {
  it('is the share of all words that every coder gave the code', () => {
    const share = (...codings: string[]) => overlapOf(codings.map(segment), ({ start, end }) => end - start)
    expect(share('A X 0-10', 'B X 0-8')).toBe(0.8)
    expect(share('A X 0-10', 'B X 5-15')).toBe(5 / 15)
    expect(share('A X 0-10', 'B X 8-20', 'C X 18-30')).toBe(0)
  })
})
