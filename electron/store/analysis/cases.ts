import type { ReadableDb } from '../file/connection.ts'

/** Ids of cases by number. */
export const casesByNum = (db: ReadableDb): ReadonlyMap<number, string> =>
  new Map(db.prepare<[], [number, string]>('SELECT num, id FROM casefile').raw().all())

/** The number of each note's case, counted from 0; a note without a case stands alone. */
export function casesOf(caseNums: ReadonlyArray<number | null>): Uint32Array {
  const numberOf = new Map<number, number>()
  let next = 0
  return Uint32Array.from(caseNums, (caseNum) => {
    const known = caseNum === null ? undefined : numberOf.get(caseNum)
    if (known !== undefined) return known
    if (caseNum !== null) numberOf.set(caseNum, next)
    return next++
  })
}
