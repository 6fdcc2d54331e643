import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  coveredByAll,
  gapBetween,
  liesWithin,
  overlaps,
  type Stretch,
  segmentKey,
} from '../../shared/segments.ts'
import { codeId } from '../ids.ts'

const LENGTH = 40
const span: fc.Arbitrary<Stretch> = fc
  .tuple(fc.nat(LENGTH - 1), fc.integer({ min: 1, max: 12 }))
  .map(([start, length]) => ({ start, end: Math.min(LENGTH, start + length) }))
const spanOrWhole = fc.option(span, { freq: 6 })

/** The characters a span covers, which is what the rules are about. */
const characters = (of: Stretch | null): Set<number> => {
  const { start, end } = of ?? { start: 0, end: LENGTH }
  return new Set(Array.from({ length: end - start }, (_, at) => start + at))
}

describe('two spans', () => {
  it('overlap where they share a character, whichever comes first', () => {
    fc.assert(
      fc.property(spanOrWhole, spanOrWhole, (a, b) => {
        const shared = [...characters(a)].some((at) => characters(b).has(at))
        expect(overlaps(a, b)).toBe(shared)
        expect(overlaps(b, a)).toBe(shared)
      }),
    )
  })

  it('are as far apart as there are characters between them, and 0 where they touch or overlap', () => {
    fc.assert(
      fc.property(span, span, (a, b) => {
        let between = 0
        const from = Math.min(a.end, b.end)
        const to = Math.max(a.start, b.start)
        for (let at = from; at < to; at++) between++
        expect(gapBetween(a, b)).toBe(between)
        expect(gapBetween(b, a)).toBe(between)
        if (overlaps(a, b)) expect(gapBetween(a, b)).toBe(0)
      }),
    )
    expect(gapBetween({ start: 0, end: 3 }, { start: 3, end: 5 })).toBe(0)
    expect(gapBetween(null, { start: 9, end: 10 })).toBe(0)
  })

  it('lie one in the other when every character does; only the whole note holds the whole note', () => {
    fc.assert(
      fc.property(span, spanOrWhole, (a, b) => {
        expect(liesWithin(a, b)).toBe([...characters(a)].every((at) => characters(b).has(at)))
      }),
    )
    expect(liesWithin(null, null)).toBe(true)
    expect(liesWithin(null, { start: 0, end: LENGTH })).toBe(false)
  })
})

describe('what all codes cover', () => {
  const group = fc.array(spanOrWhole, { minLength: 1, maxLength: 5 })
  const coded = (spans: readonly (Stretch | null)[]) =>
    spans.map((each) => ({ codeId: codeId('c'), span: each }))

  it('is exactly the characters that some coding of each of them covers', () => {
    fc.assert(
      fc.property(fc.array(group, { minLength: 1, maxLength: 4 }), (groups) => {
        const found = coveredByAll(groups.map(coded))
        const all = [...characters(null)].filter((at) =>
          groups.every((spans) => spans.some((each) => characters(each).has(at))),
        )
        const got = new Set(found.flatMap((each) => [...characters(each)]))
        expect([...got].sort((a, b) => a - b)).toEqual(all)
      }),
    )
  })

  it('comes as stretches in order that share no character, or as the whole note alone', () => {
    fc.assert(
      fc.property(fc.array(group, { minLength: 1, maxLength: 4 }), (groups) => {
        const found = coveredByAll(groups.map(coded))
        if (found.includes(null)) {
          expect(found).toEqual([null])
          return
        }
        for (let at = 1; at < found.length; at++)
          expect((found[at - 1] as Stretch).end).toBeLessThanOrEqual((found[at] as Stretch).start)
        for (const each of found) expect((each as Stretch).start).toBeLessThan((each as Stretch).end)
      }),
    )
  })

  it('is nothing when a code is not there at all', () => {
    expect(coveredByAll([])).toEqual([])
    expect(coveredByAll([coded([null]), []])).toEqual([])
  })
})

it('knows a segment by its coding, and by its place where several make it', () => {
  const one = { noteId: 'N1', span: { start: 2, end: 5 }, codings: [{ id: 'a' }] }
  expect(segmentKey(one)).toBe('a')
  expect(segmentKey({ ...one, codings: [{ id: 'a' }, { id: 'b' }] })).toBe('N1 2-5')
  expect(segmentKey({ ...one, span: null, codings: [{ id: 'a' }, { id: 'b' }] })).toBe('N1 all')
})
