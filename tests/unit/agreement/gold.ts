import { readFileSync } from 'node:fs'

/** Value the gold file expects. */
export interface Expected {
  readonly stat: string
  readonly params: Readonly<Record<string, string | number>>
  readonly value: number | number[] | null
  readonly tolerance?: number
  readonly mcSd?: Readonly<Record<string, number>> | null
}

export type Label = string | number

/** A case of the gold file; which fields of `data` exist depends on `type`. */
export interface GoldCase {
  readonly id: string
  readonly type: string
  readonly tags?: readonly string[]
  readonly data: {
    readonly coders: ReadonlyArray<string | ReadonlyArray<readonly [number, number, string]>>
    readonly categories: readonly Label[]
    readonly values: ReadonlyArray<ReadonlyArray<Label | null>>
    readonly table: ReadonlyArray<readonly number[]>
    readonly positive?: Label
    readonly length: number
    readonly masses: readonly [number[], number[]]
    readonly case: string
  }
  readonly expected: readonly Expected[]
}

const file = new URL('../../fixtures/agreement/gold.json', import.meta.url)

/** The whole gold document. */
export const goldDocument = JSON.parse(readFileSync(file, 'utf8')) as { readonly cases: readonly GoldCase[] }

/** Cases of some types. */
export function casesOf(...types: string[]): GoldCase[] {
  return goldDocument.cases.filter(({ type }) => types.includes(type))
}

/** A statistic's name with its parameters, independent of their order. */
export function keyOf(stat: string, params: Readonly<Record<string, unknown>>): string {
  return `${stat} ${JSON.stringify(Object.entries(params).sort())}`
}

/** Largest difference from a deterministic gold value. */
export const DETERMINISTIC_TOLERANCE = 1e-9
