import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Candidate, drawNotes, largestRemainder, sampleSize } from '../../shared/draw.ts'

const candidates: fc.Arbitrary<Candidate[]> = fc.uniqueArray(
  fc.record({
    id: fc.string({ minLength: 1, maxLength: 6 }),
    value: fc.constantFrom(null, 'North', 'South', 'East'),
  }),
  { selector: ({ id }) => id, minLength: 1, maxLength: 60 },
)
/** Notes, how many of them to draw, and a seed. */
const draw = candidates.chain((notes) =>
  fc.tuple(fc.constant(notes), fc.integer({ min: 1, max: notes.length }), fc.nat()),
)
const plain = (count: number): Candidate[] =>
  Array.from({ length: count }, (_, at) => ({ id: `N${at}`, value: null }))

describe('the size of a sample', () => {
  it('is the nearest whole number of notes, halves up, and one at least', () => {
    expect(sampleSize({ percent: 10 }, 200)).toBe(20)
    expect(sampleSize({ percent: 10 }, 25)).toBe(3)
    expect(sampleSize({ percent: 10 }, 24)).toBe(2)
    expect(sampleSize({ percent: 1 }, 12)).toBe(1)
    expect(sampleSize({ percent: 100 }, 12)).toBe(12)
    expect(sampleSize({ count: 12 }, 12)).toBe(12)
  })

  it('is refused where there are not so many notes, or none', () => {
    expect(() => sampleSize({ count: 13 }, 12)).toThrow(/12 notes to draw from, not 13/)
    expect(() => sampleSize({ percent: 10 }, 0)).toThrow(/no notes/)
  })
})

describe('shares by largest remainder', () => {
  it('are those of the worked example: 10 of 21, 5 and 4', () => {
    // Quotas 7, 1⅔ and 1⅓: the one that is left over goes to the second.
    expect(largestRemainder([21, 5, 4], 10)).toEqual([7, 2, 1])
  })

  it('go to the larger, then the earlier stratum where remainders are equal', () => {
    expect(largestRemainder([1, 3], 2)).toEqual([0, 2])
    expect(largestRemainder([3, 1], 2)).toEqual([2, 0])
    expect(largestRemainder([2, 2], 1)).toEqual([1, 0])
  })

  it('add up, and lie less than one note from the quota, never above what there is', () => {
    const sizes = fc.array(fc.nat(500), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(sizes, fc.double({ min: 0, max: 1, noNaN: true }), (of, part) => {
        const all = of.reduce((sum, each) => sum + each, 0)
        const size = Math.floor(all * part)
        const shares = largestRemainder(of, size)
        expect(shares.reduce((sum, each) => sum + each, 0)).toBe(size)
        shares.forEach((share, at) => {
          const own = of[at] as number
          expect(share).toBeLessThanOrEqual(own)
          expect(Math.abs(share - (all === 0 ? 0 : (own * size) / all))).toBeLessThan(1)
        })
      }),
    )
  })
})

describe('a draw', () => {
  it('gives so many different notes, of each stratum what it says, and every stratum is named', () => {
    fc.assert(
      fc.property(draw, ([notes, size, seed]) => {
        const { ids, strata } = drawNotes(notes, size, seed)
        const valueById = new Map(notes.map(({ id, value }) => [id, value]))
        expect(new Set(ids).size).toBe(size)
        expect(ids.every((id) => valueById.has(id))).toBe(true)
        expect(new Set(strata.map(({ value }) => value))).toEqual(new Set(valueById.values()))
        for (const { value, notes: all, drawn } of strata) {
          expect(all).toBe(notes.filter((note) => note.value === value).length)
          expect(drawn).toBe(ids.filter((id) => valueById.get(id) === value).length)
        }
        if (strata.some(({ value }) => value === null)) expect(strata.at(-1)?.value).toBeNull()
      }),
    )
  })

  it('is the same for the same seed and notes, in whatever order they are', () => {
    const shuffled = draw.chain(([notes, size, seed]) =>
      fc.tuple(
        fc.constant(notes),
        fc.shuffledSubarray(notes, { minLength: notes.length }),
        fc.constant(size),
        fc.constant(seed),
      ),
    )
    fc.assert(
      fc.property(shuffled, ([notes, again, size, seed]) => {
        expect(drawNotes(again, size, seed)).toEqual(drawNotes(notes, size, seed))
      }),
    )
  })

  it('is another for another seed', () => {
    const draws = [1, 2, 3, 4].map((seed) => drawNotes(plain(200), 20, seed).ids.join())
    expect(new Set(draws).size).toBe(4)
  })

  it('takes every note about as often as any other', () => {
    const times = new Map<string, number>()
    const rounds = 4_000
    for (let seed = 0; seed < rounds; seed++)
      for (const id of drawNotes(plain(10), 3, seed).ids) times.set(id, (times.get(id) ?? 0) + 1)
    // Each is drawn with probability .3; five standard deviations of 4,000 such draws are 145.
    for (const count of times.values()) expect(Math.abs(count - rounds * 0.3)).toBeLessThan(145)
    expect(times.size).toBe(10)
  })

  it('stays what it was in the first version, so that a published seed can be drawn again', () => {
    expect(drawNotes(plain(20), 4, 1).ids).toEqual(['N19', 'N2', 'N8', 'N9'])
  })
})
