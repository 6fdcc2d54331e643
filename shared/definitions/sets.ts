/** Alpha over whole sets of codes, worked on four notes. */
import { type Definition, is, shown, worked } from './definition.ts'

/** The codes each coder gave each note. */
export const SETS: ReadonlyArray<readonly [readonly string[], readonly string[]]> = [
  [['neglect'], ['neglect']],
  [['neglect', 'school'], ['neglect']],
  [[], []],
  [['school'], ['neglect', 'school']],
]

const nameOf = (codes: readonly string[]): string => (codes.length === 0 ? '{ }' : `{${codes.join(', ')}}`)

function distanceOf(a: readonly string[], b: readonly string[]): number {
  const both = a.filter((code) => b.includes(code)).length
  const either = a.length + b.length - both
  if (either === 0) return 0
  const isWithin = both === Math.min(a.length, b.length)
  const monotonicity = both === either ? 1 : both === 0 ? 0 : isWithin ? 2 / 3 : 1 / 3
  return 1 - (both / either) * monotonicity
}

const values = SETS.flat()
const distances = SETS.map(([a, b]) => distanceOf(a, b))
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
const observed = (2 * sum(distances)) / values.length
const distinct = [...new Map(values.map((codes) => [nameOf(codes), codes])).values()]
const timesOf = (codes: readonly string[]): number =>
  values.filter((other) => nameOf(other) === nameOf(codes)).length
const pairs = distinct.flatMap((a, at) =>
  distinct.slice(at + 1).map((b) => ({ a, b, times: timesOf(a) * timesOf(b), distance: distanceOf(a, b) })),
)
const chance = sum(pairs.map(({ times, distance }) => times * distance))
const expected = (2 * chance) / (values.length * (values.length - 1))
const value = 1 - observed / expected

export const setAlpha: Definition = {
  name: 'Alpha over sets of codes (MASI)',
  symbol: 'α',
  words:
    'Agreement on all codes of a unit at once: two coders who share some of its codes agree in part. The more the two sets have in common, the less they are apart.',
  formula: [
    'α = 1 − Dₒ / Dₑ',
    'Dₒ: mean distance of the sets given to the same unit; Dₑ: mean distance of any two sets given.',
    'Distance of sets A and B: 1 − J · M, J = |A ∩ B| / |A ∪ B|; M = 1 where they are equal, 2/3 where one lies within the other, 1/3 where they overlap, 0 where they share nothing.',
    'Two empty sets are 0 apart, an empty set and another 1. Weights rounded to .67 and .33 give slightly other values.',
    'With the Jaccard distance 1 − J it is the same without M.',
  ],
  undefinedWhen: 'no unit was seen by two coders, or every unit was given the same set (0/0)',
  source:
    'Passonneau 2006, Measuring agreement on set-valued items (MASI) for semantic and pragmatic annotation',
  example: worked(
    SETS.map(([a, b], at) => `Note ${at + 1}: Amara ${nameOf(a)}, Ben ${nameOf(b)}`),
    [
      `Distances within the notes: ${distances.map(shown).join(', ')}`,
      `Dₒ = 2 · (${distances.map(shown).join(' + ')}) / ${values.length} ${is(observed)}`,
      `How often each set was given: ${distinct.map((codes) => `${nameOf(codes)} ${timesOf(codes)}`).join(', ')}`,
      ...pairs
        .filter(({ distance }) => distance < 1)
        .map(
          ({ a, b, distance }) =>
            `${nameOf(a)} and ${nameOf(b)}: 1 − ${shown(a.filter((code) => b.includes(code)).length / new Set([...a, ...b]).size)} · 2/3 ${is(distance)}`,
        ),
      'Every other two sets are 1 apart.',
      `Dₑ = 2 · (${pairs.map(({ times, distance }) => `${times} · ${shown(distance)}`).join(' + ')}) / (${values.length} · ${values.length - 1}) ${is(expected)}`,
      `α = 1 − ${shown(observed)} / ${shown(expected)} ${is(value)}`,
    ],
    value,
  ),
}
