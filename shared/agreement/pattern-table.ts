import type { PatternCounts } from './binary.ts'
import { checkCoders, patternCounts } from './binary.ts'

/**
 * What the coders did with one code, entry by entry and sorted by note: in note `notes[e]` there are `amounts[e]`
 * units with pattern number `patterns[e]`. Units to which nobody applied the code have no entry.
 */
export interface PatternRow {
  readonly notes: Uint32Array
  readonly patterns: Uint32Array
  readonly amounts: Float64Array
}

/** Codes side by side on the same notes. A pattern is a bit mask: bit g set when coder g applied the code. */
export interface PatternTable {
  readonly coders: number
  /** masks by pattern number; never 0 */
  readonly masks: readonly number[]
  /** units of each note */
  readonly sizes: Float64Array
  readonly rows: readonly PatternRow[]
}

/** Units by pattern of one row over all notes, those nobody applied the code to included. */
export function totalOf({ coders, masks, sizes }: PatternTable, row: PatternRow): PatternCounts {
  const counts = new Float64Array(masks.length)
  let rest = sizes.reduce((sum, size) => sum + size, 0)
  row.patterns.forEach((pattern, entry) => {
    const amount = row.amounts[entry] as number
    counts[pattern] = (counts[pattern] as number) + amount
    rest -= amount
  })
  return patternCounts(coders, [
    [0, rest],
    ...masks.flatMap((mask, pattern): Array<[number, number]> => {
      const count = counts[pattern] as number
      return count > 0 ? [[mask, count]] : []
    }),
  ])
}

/** A table of whatever patterns its rows have, note after note. For data that is not read from a project. */
export function patternTable(
  coders: number,
  sizes: readonly number[],
  rows: ReadonlyArray<Iterable<readonly [note: number, mask: number, amount: number]>>,
): PatternTable {
  const builder = new PatternTableBuilder(coders)
  for (const row of rows) {
    builder.begin()
    for (const [note, mask, amount] of row) builder.add(note, mask, amount)
  }
  return builder.build(Float64Array.from(sizes))
}

/** Collects entries row by row. */
export class PatternTableBuilder {
  readonly #coders: number
  readonly #numberOf = new Map<number, number>()
  readonly #rows: PatternRow[] = []
  #notes: number[] | null = null
  #patterns: number[] = []
  #amounts: number[] = []

  /** @param coders 1 … 20 */
  constructor(coders: number) {
    checkCoders(coders)
    this.#coders = coders
  }

  /** Ends the row before, if any, and begins the next. */
  begin(): void {
    this.#end()
    this.#notes = []
    this.#patterns = []
    this.#amounts = []
  }

  /** Leaves the row that was begun out of the table. */
  drop(): void {
    this.#notes = null
  }

  /** `amount` units of this note with this mask; a mask of 0 adds nothing. Notes must come in order. */
  add(note: number, mask: number, amount: number): void {
    if (mask === 0 || amount === 0) return
    let pattern = this.#numberOf.get(mask)
    if (pattern === undefined) {
      pattern = this.#numberOf.size
      this.#numberOf.set(mask, pattern)
    }
    this.#notes?.push(note)
    this.#patterns.push(pattern)
    this.#amounts.push(amount)
  }

  /** The table. @param sizes units of each note */
  build(sizes: Float64Array): PatternTable {
    this.#end()
    return { coders: this.#coders, masks: [...this.#numberOf.keys()], sizes, rows: this.#rows }
  }

  #end(): void {
    if (this.#notes === null) return
    this.#rows.push({
      notes: Uint32Array.from(this.#notes),
      patterns: Uint32Array.from(this.#patterns),
      amounts: Float64Array.from(this.#amounts),
    })
    this.#notes = null
  }
}
