/** What belongs to one disagreement, on hand-made notes and against a model that compares everything with everything. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Compared, compareSegments, type Segment } from '../../electron/store/analysis/clusters.ts'
import { someOf } from '../random.ts'

/** "A X 0-10", "B X whole neg": coder, code, place and, if it has one, the value of a qualifier. */
function segment(words: string): Segment {
  const [who = '', code = '', place = '', assertion] = words.split(' ')
  const [start = '', end = ''] = place.split('-')
  return {
    id: words,
    coder: 'ABC'.indexOf(who),
    code,
    start: place === 'whole' ? null : Number(start),
    end: place === 'whole' ? null : Number(end),
    qualifiers: assertion === undefined ? {} : { assertion },
  }
}

function compare(codings: readonly string[], coders = 2) {
  const { disagreements, agreed } = compareSegments(codings.map(segment), coders)
  return {
    disagreements: disagreements.map(({ kind, segments }) => [kind, ...segments.map(({ id }) => id)]),
    agreed: agreed.map((each) => each.map(({ id }) => id)),
  }
}
const disagreements = (codings: readonly string[], coders = 2) => compare(codings, coders).disagreements

describe('two coders', () => {
  it('agree on the same words, the same code and the same qualifiers', () => {
    expect(compare(['A X 0-10', 'B X 0-10', 'A Y 20-30 neg', 'B Y 20-30 neg'])).toEqual({
      disagreements: [],
      agreed: [
        ['A X 0-10', 'B X 0-10'],
        ['A Y 20-30 neg', 'B Y 20-30 neg'],
      ],
    })
  })

  it('have missed what the other coded where they coded nothing, each code by itself', () => {
    expect(disagreements(['A X 0-10', 'A Y 2-8', 'B Z 10-20'])).toEqual([
      ['missed', 'A X 0-10'],
      ['missed', 'A Y 2-8'],
      ['missed', 'B Z 10-20'],
    ])
  })

  it('differ in the code on the same or on overlapping words', () => {
    expect(disagreements(['A X 0-10', 'B Y 0-10'])).toEqual([['code', 'A X 0-10', 'B Y 0-10']])
    expect(disagreements(['A X 0-10', 'B Y 5-15', 'A Z 12-20'])).toEqual([
      ['code', 'A X 0-10', 'B Y 5-15', 'A Z 12-20'],
    ])
  })

  it('differ in a further code where both have coded, which takes nothing of what they agree on', () => {
    expect(compare(['A X 0-10', 'B X 0-10', 'A Y 2-8'])).toEqual({
      disagreements: [['code', 'A Y 2-8']],
      agreed: [['A X 0-10', 'B X 0-10']],
    })
  })

  it('differ in the edges of a code: nested, crossing, in pieces', () => {
    expect(disagreements(['A X 0-10', 'B X 2-5'])).toEqual([['edges', 'A X 0-10', 'B X 2-5']])
    expect(disagreements(['A X 0-10', 'B X 5-15'])).toEqual([['edges', 'A X 0-10', 'B X 5-15']])
    expect(disagreements(['A X 0-10', 'B X 0-4', 'B X 4-10'])).toEqual([
      ['edges', 'B X 0-4', 'A X 0-10', 'B X 4-10'],
    ])
    expect(disagreements(['A X 0-10', 'A X 5-15', 'B X 0-10'])).toEqual([
      ['edges', 'A X 0-10', 'B X 0-10', 'A X 5-15'],
    ])
  })

  it('do not meet where their words only touch', () => {
    expect(disagreements(['A X 0-10', 'B X 10-20'])).toEqual([
      ['missed', 'A X 0-10'],
      ['missed', 'B X 10-20'],
    ])
  })

  it('differ in the qualifiers of the same words, also where one says nothing', () => {
    expect(disagreements(['A X 0-10 neg', 'B X 0-10 aff'])).toEqual([
      ['qualifier', 'A X 0-10 neg', 'B X 0-10 aff'],
    ])
    expect(disagreements(['A X 0-10 neg', 'B X 0-10'])).toEqual([['qualifier', 'A X 0-10 neg', 'B X 0-10']])
    expect(disagreements(['A X 0-10 neg', 'A X 0-10 aff', 'B X 0-10 aff'])).toEqual([
      ['qualifier', 'A X 0-10 aff', 'A X 0-10 neg', 'B X 0-10 aff'],
    ])
  })

  it('differ in codes of the whole note, which are compared with one another alone', () => {
    expect(
      compare(['A X whole', 'B X 0-10', 'A Y whole', 'B Y whole', 'B Z whole neg', 'A Z whole']),
    ).toEqual({
      disagreements: [
        ['note', 'A X whole'],
        ['note', 'A Z whole', 'B Z whole neg'],
        ['missed', 'B X 0-10'],
      ],
      agreed: [['A Y whole', 'B Y whole']],
    })
  })

  it('are not moved apart by a long coding over several disagreements', () => {
    expect(disagreements(['A X 0-100', 'B X 0-90', 'A Y 20-30', 'B Z 20-30'])).toEqual([
      ['edges', 'B X 0-90', 'A X 0-100'],
      ['code', 'A Y 20-30', 'B Z 20-30'],
    ])
  })
})

describe('three coders', () => {
  it('have missed it as soon as one of them has', () => {
    expect(disagreements(['A X 0-10', 'B X 0-10'], 3)).toEqual([['missed', 'A X 0-10', 'B X 0-10']])
    expect(disagreements(['A X 0-10', 'B Y 5-15'], 3)).toEqual([['missed', 'A X 0-10', 'B Y 5-15']])
  })

  it('differ in the code where the third gave another', () => {
    expect(disagreements(['A X 0-10', 'B X 2-10', 'C Y 0-5'], 3)).toEqual([
      ['code', 'C Y 0-5', 'A X 0-10', 'B X 2-10'],
    ])
  })

  it('agree only where all do', () => {
    expect(compare(['A X 0-10', 'B X 0-10', 'C X 0-10', 'C Y 0-10'], 3)).toEqual({
      disagreements: [['code', 'C Y 0-10']],
      agreed: [['A X 0-10', 'B X 0-10', 'C X 0-10']],
    })
  })
})

/** The same rules, every coding and every cluster compared with every other. */
function naive(segments: readonly Segment[], coders: number): Set<string> {
  const meet = (a: Segment, b: Segment) =>
    a.start !== null && b.start !== null && a.start < Number(b.end) && b.start < Number(a.end)
  const closure = <T>(items: readonly T[], related: (a: T, b: T) => boolean): T[][] => {
    let groups = items.map((item) => [item])
    for (let merged = true; merged; ) {
      merged = false
      for (const [at, group] of groups.entries()) {
        const other = groups.findIndex(
          (each, to) => to > at && group.some((a) => each.some((b) => related(a, b))),
        )
        if (other === -1) continue
        groups = groups.flatMap((each, to) =>
          to === at ? [[...each, ...(groups[other] as T[])]] : to === other ? [] : [each],
        )
        merged = true
        break
      }
    }
    return groups
  }
  const said = (each: Segment) => JSON.stringify(each.qualifiers)
  const own = (group: readonly Segment[], coder: number) => group.filter((each) => each.coder === coder)
  const everyone = Array.from({ length: coders }, (_, coder) => coder)
  const isSame = (group: readonly Segment[], keyOf: (each: Segment) => string) =>
    everyone.every((coder) =>
      group.every((one) => own(group, coder).some((each) => keyOf(each) === keyOf(one))),
    )
  const edges = ({ start, end }: Segment) => `${start}-${end}`
  const found = new Set<string>()
  const give = (kind: string, group: readonly Segment[]) =>
    found.add(`${kind}: ${group.map(({ id }) => id).sort()}`)

  const whole = closure(
    segments.filter(({ start }) => start === null),
    (a, b) => a.code === b.code,
  )
  for (const group of whole) give(isSame(group, said) ? 'agreed' : 'note', group)
  const spans = segments.filter(({ start }) => start !== null)
  const clusters = closure(spans, (a, b) => a.code === b.code && meet(a, b))
  const isIn = (group: readonly Segment[], coder: number) => own(group, coder).length > 0
  const parts = clusters.filter((group) => !everyone.every((coder) => isIn(group, coder)))
  for (const group of clusters.filter((each) => !parts.includes(each)))
    if (isSame(group, (each) => edges(each) + said(each))) give('agreed', group)
    else give(isSame(group, edges) ? 'qualifier' : 'edges', group)
  const lacks = (a: readonly Segment[], b: readonly Segment[]) =>
    everyone.some((coder) => isIn(a, coder) && !isIn(b, coder))
  const joined = closure(
    parts,
    (a, b) => lacks(a, b) && lacks(b, a) && a.some((one) => b.some((other) => meet(one, other))),
  )
  for (const groups of joined) {
    const group = groups.flat()
    const isCodedByAll = everyone.every((coder) =>
      own(spans, coder).some((each) => group.some((one) => meet(each, one))),
    )
    give(isCodedByAll ? 'code' : 'missed', group)
  }
  return found
}

const asSet = ({ disagreements, agreed }: Compared<Segment>): Set<string> =>
  new Set([
    ...disagreements.map(({ kind, segments }) => `${kind}: ${segments.map(({ id }) => id).sort()}`),
    ...agreed.map((segments) => `agreed: ${segments.map(({ id }) => id).sort()}`),
  ])

const arbitrary = (coders: number) =>
  fc
    .array(
      fc.record({
        coder: fc.nat(coders - 1),
        code: fc.constantFrom('X', 'Y', 'Z'),
        place: fc.option(fc.tuple(fc.nat(20), fc.integer({ min: 1, max: 8 })), { freq: 7 }),
        qualifiers: fc.constantFrom({}, {}, { assertion: 'neg' }),
      }),
      { maxLength: 14 },
    )
    .map((rows) =>
      rows.map(
        ({ coder, code, place, qualifiers }, at): Segment => ({
          ...{ id: `c${at}`, coder, code, qualifiers },
          start: place === null ? null : place[0],
          end: place === null ? null : place[0] + place[1],
        }),
      ),
    )

describe('any codings', () => {
  it.each([2, 3, 4])('of %i coders fall into what a quadratic model finds', (coders) => {
    fc.assert(
      fc.property(arbitrary(coders), (segments) => {
        expect(asSet(compareSegments(segments, coders))).toEqual(naive(segments, coders))
      }),
      { numRuns: someOf(4_000) },
    )
  })

  it('are each in one disagreement or agreement, the same in whatever order they come', () => {
    fc.assert(
      fc.property(
        arbitrary(3).chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
        ),
        ([segments, shuffled]) => {
          const compared = compareSegments(segments, 3)
          expect(compareSegments(shuffled, 3)).toEqual(compared)
          const ids = [...compared.disagreements.map((each) => each.segments), ...compared.agreed].flat()
          expect(ids.map(({ id }) => id).sort()).toEqual(segments.map(({ id }) => id).sort())
        },
      ),
      { numRuns: someOf(1_000) },
    )
  })
})
