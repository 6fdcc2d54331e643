import fc from 'fast-check'
import { MISSING, type ReliabilityData, reliabilityData } from '../../../shared/agreement/index.ts'
import type { Plain } from './naive.ts'

/** Random units × coders: 2 … 4 coders, 1 … 9 units, 2 … 4 categories. */
export interface Sample {
  readonly q: number
  readonly values: Plain
}

function sampleOf(
  cell: (q: number) => fc.Arbitrary<number | null>,
  coders: fc.Arbitrary<number>,
): fc.Arbitrary<Sample> {
  return fc
    .tuple(coders, fc.integer({ min: 1, max: 9 }), fc.integer({ min: 2, max: 4 }))
    .chain(([m, n, q]) =>
      fc
        .array(fc.array(cell(q), { minLength: n, maxLength: n }), { minLength: m, maxLength: m })
        .map((values) => ({ q, values })),
    )
}

const category = (q: number): fc.Arbitrary<number> => fc.integer({ min: 0, max: q - 1 })
const upToFour = fc.integer({ min: 2, max: 4 })

/** No missing values. */
export const completeSample = sampleOf(category, upToFour)
/** No missing values, two coders. */
export const pairSample = sampleOf(category, fc.constant(2))

const hasNoEmptyCoder = ({ values }: Sample): boolean =>
  values.every((column) => column.some((value) => value !== null))
const orMissing = (q: number): fc.Arbitrary<number | null> => fc.option(category(q), { freq: 3 })
/** With missing values, and no coder without data. */
export const gappySample = sampleOf(orMissing, upToFour).filter(hasNoEmptyCoder)
/** The same of two coders. */
export const gappyPairSample = sampleOf(orMissing, fc.constant(2)).filter(hasNoEmptyCoder)

/** The numbers 0 … n − 1 in any order. */
export const orderOf = (n: number): fc.Arbitrary<number[]> =>
  fc.shuffledSubarray(
    Array.from({ length: n }, (_, index) => index),
    { minLength: n, maxLength: n },
  )

/** The library's form of plain values. */
export function dataFrom({ q, values }: Sample): ReliabilityData {
  return reliabilityData(
    values.map((column) => Int8Array.from(column, (value) => value ?? MISSING)),
    q,
  )
}

/** Spans on a text of up to 60 characters, up to 4 coders, overlaps and touching spans included. */
export const spanSample = fc.integer({ min: 1, max: 60 }).chain((length) =>
  fc
    .array(
      fc.array(
        fc
          .tuple(fc.integer({ min: 0, max: length }), fc.integer({ min: 0, max: length }))
          .map(([a, b]): [number, number] => [Math.min(a, b), Math.max(a, b)]),
        { maxLength: 6 },
      ),
      { minLength: 1, maxLength: 4 },
    )
    .map((coders) => ({ length, coders })),
)
