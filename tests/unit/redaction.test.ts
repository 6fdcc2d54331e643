import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Cut, cutText, moveSpan } from '../../shared/redaction.ts'

const LENGTH = 60
const text = Array.from({ length: LENGTH }, (_, at) => String.fromCharCode(0x4e00 + at)).join('')

/** Sorted cuts apart from each other, with masks of their own kind of letter. */
const cuts = fc.array(fc.tuple(fc.nat(LENGTH), fc.nat(4)), { minLength: 2, maxLength: 8 }).map((pairs) => {
  const edges = [...new Set(pairs.map(([at]) => at))].sort((a, b) => a - b)
  const made: Array<Cut & { text: string }> = []
  for (let i = 0; i + 1 < edges.length; i += 2) {
    const mask = pairs[i]?.[1] ?? 0
    made.push({ start: edges[i] as number, end: edges[i + 1] as number, mask, text: 'Z'.repeat(mask) })
  }
  return made
})
const span = fc
  .tuple(fc.nat(LENGTH - 1), fc.integer({ min: 1, max: 20 }))
  .map(([start, length]) => ({ start, end: Math.min(LENGTH, start + length) }))

describe('a redaction', () => {
  it('keeps every span’s quote exactly, apart from what was taken out of it', () => {
    fc.assert(
      fc.property(cuts, span, (list, range) => {
        const after = cutText(
          text,
          list.map(({ start, end, text: mask }) => ({ start, end, mask })),
        )
        const moved = moveSpan(list, range)
        const quote = moved ? after.slice(moved.start, moved.end) : ''
        const kept = [...text.slice(range.start, range.end)].filter((_, at) => {
          const place = range.start + at
          return !list.some(({ start, end }) => start <= place && place < end)
        })
        expect(quote.replaceAll('Z', '')).toBe(kept.join(''))
      }),
    )
  })

  it('leaves spans that touch no cut with the same characters', () => {
    fc.assert(
      fc.property(cuts, span, (list, range) => {
        fc.pre(list.every(({ start, end }) => end <= range.start || range.end <= start))
        const after = cutText(
          text,
          list.map(({ start, end, text: mask }) => ({ start, end, mask })),
        )
        const moved = moveSpan(list, range)
        expect(moved && after.slice(moved.start, moved.end)).toBe(text.slice(range.start, range.end))
      }),
    )
  })
})
