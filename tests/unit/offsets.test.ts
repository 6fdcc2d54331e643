import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assignLanes, covering } from '../../shared/intervals.ts'
import { codePointLength, OffsetConverter, splitsPair } from '../../shared/offsets.ts'

const text = fc.string({
  unit: fc.constantFrom('a', 'é', '\n', '🐕', '👩‍👧', 'e\u0301', '\ud800'),
  maxLength: 60,
})

describe('offsets', () => {
  it('count code points as the language does', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(codePointLength(value)).toBe([...value].length)
      }),
    )
  })

  it('go to code points and back without loss at every code point', () => {
    fc.assert(
      fc.property(text, (value) => {
        const converter = new OffsetConverter(value)
        let units = 0
        const points = [...value]
        for (let point = 0; point <= points.length; point++) {
          expect(converter.toUnits(point)).toBe(units)
          expect(converter.toCodePoints(units)).toBe(point)
          units += points[point]?.length ?? 0
        }
      }),
    )
  })

  it('refuse positions outside the text', () => {
    const converter = new OffsetConverter('a🐕')
    expect(() => converter.toUnits(3)).toThrow(RangeError)
    expect(() => converter.toCodePoints(4)).toThrow(RangeError)
    expect(() => converter.toCodePoints(-1)).toThrow(RangeError)
    expect(() => converter.toUnits(0.5)).toThrow(RangeError)
  })

  it('notice a cut through a surrogate pair', () => {
    expect(splitsPair('a🐕b', 2)).toBe(true)
    expect(splitsPair('a🐕b', 1)).toBe(false)
    expect(splitsPair('a🐕b', 3)).toBe(false)
  })
})

const intervals = fc.array(
  fc
    .tuple(fc.nat(60), fc.integer({ min: 1, max: 20 }))
    .map(([start, length]) => ({ start, end: start + length })),
  { maxLength: 30 },
)

describe('lanes', () => {
  it('never put two overlapping intervals in one lane', () => {
    fc.assert(
      fc.property(intervals, (list) => {
        const { lanes } = assignLanes(list)
        list.forEach((a, i) => {
          list.forEach((b, j) => {
            if (i < j && a.start < b.end && b.start < a.end) expect(lanes[i]).not.toBe(lanes[j])
          })
        })
      }),
    )
  })

  it('use no more lanes than the deepest overlap', () => {
    fc.assert(
      fc.property(intervals, (list) => {
        const depth = Math.max(0, ...list.map(({ start }) => covering(list, start).length))
        expect(assignLanes(list).count).toBe(depth)
      }),
    )
  })
})
