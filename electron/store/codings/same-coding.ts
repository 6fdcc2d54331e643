/**
 * When two codings are one: the same coder gave the same words of the same note the same code, and what they say
 * besides does not contradict. Then one stays, with the memos and qualifiers of both. Where a qualifier has another
 * value the two say different things (a past mention, a mention now): both stay, so that no word is lost.
 */
import type { Qualifiers } from '../../../shared/contract/qualifiers.ts'
import type { Query, ReadableDb } from '../file/connection.ts'
import { fromJson, toJson } from '../file/json.ts'
import type { RowOf } from '../file/table-definitions.ts'
import type { ReduceContext } from '../journal/change.ts'
import { moveMemos } from '../memos/memos.ts'

/** What two codings must share to be one, in the numbers and units of the tables. */
export type CodingPlace = Readonly<Pick<RowOf<'coding'>, 'note' | 'coder' | 'code' | 'start_at' | 'end_at'>>

export type Contradiction = { qualifier: string; there: string; given: string }

/** The qualifiers that two codings give different values. */
export const contradictions = (there: Qualifiers, given: Qualifiers): Contradiction[] =>
  Object.entries(given).flatMap(([qualifier, value]) => {
    const before = there[qualifier] ?? value
    return before === value ? [] : [{ qualifier, there: before, given: value }]
  })

const isOne = (there: Qualifiers, given: Qualifiers): boolean => contradictions(there, given).length === 0

export const qualifiersOf = ({ qualifiers }: Pick<RowOf<'coding'>, 'qualifiers'>): Qualifiers =>
  fromJson(qualifiers)

const placeOf = ({ note, coder, code, start_at, end_at }: CodingPlace): CodingPlace => ({
  ...{ note, coder, code, start_at, end_at },
})

const finders = new WeakMap<ReadableDb, Query<[CodingPlace], RowOf<'coding'>>>()

/** The codings of one coder and code on the same words, the first made first: one look into an index. */
export function codingsAt(db: ReadableDb, place: CodingPlace): RowOf<'coding'>[] {
  const find =
    finders.get(db) ??
    db.prepare<CodingPlace, RowOf<'coding'>>(
      `SELECT * FROM coding WHERE code = @code AND coder = @coder AND note = @note
         AND start_at IS @start_at AND end_at IS @end_at ORDER BY num`,
    )
  finders.set(db, find)
  return find.all(place)
}

/** One coding goes, the other keeps what both say. */
function takeIn(context: ReduceContext, kept: number, gone: RowOf<'coding'>): void {
  const { tables } = context
  const qualifiers = { ...qualifiersOf(gone), ...qualifiersOf(tables.row('coding', kept)) }
  tables.update('coding', kept, { qualifiers: toJson(qualifiers) })
  moveMemos(context, gone.num, kept)
  tables.delete('coding', gone.num)
}

/** For reducers: a coding that was changed takes in those that now say the same; it is in its coder's hand and stays. */
export function takeInTwins(context: ReduceContext, num: number): void {
  const { db, tables } = context
  for (const twin of codingsAt(db, placeOf(tables.row('coding', num)))) {
    if (twin.num !== num && isOne(qualifiersOf(tables.row('coding', num)), qualifiersOf(twin)))
      takeIn(context, num, twin)
  }
}

/**
 * For reducers that give many codings another code, whoever made them: of those that now say the same the first made
 * stays, and is the example of a code where another was.
 */
export function uniteTwins(context: ReduceContext, nums: readonly number[]): void {
  const { db, tables } = context
  for (const num of nums) {
    const row = tables.get('coding', num)
    if (!row) continue
    const kept: number[] = []
    for (const each of codingsAt(db, placeOf(row))) {
      const first = kept.find((other) => isOne(qualifiersOf(tables.row('coding', other)), qualifiersOf(each)))
      if (first === undefined) kept.push(each.num)
      else {
        passOnExamples(context, each, tables.row('coding', first))
        takeIn(context, first, each)
      }
    }
  }
}

function passOnExamples({ db, tables }: ReduceContext, gone: RowOf<'coding'>, kept: RowOf<'coding'>): void {
  for (const column of ['example_coding', 'counter_example_coding'] as const) {
    const codes = db
      .prepare<[string], number>(`SELECT num FROM code WHERE ${column} = ? ORDER BY num`)
      .pluck()
      .all(gone.id)
    for (const code of codes) tables.update('code', code, { [column]: kept.id })
  }
}
