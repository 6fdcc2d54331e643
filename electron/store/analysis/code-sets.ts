/** Agreement on all codes of a unit together: how far apart the sets of codes are that coders gave it. */
import {
  type AlphaParts,
  forEachResample,
  intervalOf,
  MOST_SETS_RESAMPLED,
  reliabilityData,
  SetRegister,
  setAlpha,
  setAlphaOfCounts,
  setCount,
  setPatterns,
} from '../../../shared/agreement/index.ts'
import type {
  AgreementIntervals,
  AgreementScope,
  Figure,
  SetAgreement,
} from '../../../shared/contract/agreement.ts'
import { Problem } from '../../../shared/problem.ts'
import type { ReadableDb } from '../file/connection.ts'
import { casesOf } from './cases.ts'
import { type Prepared, prepare, readByQuestion } from './prepared.ts'
import { type JobOptions, loopOf } from './progress.ts'
import { codesAlone } from './questions.ts'
import { unionOf } from './units.ts'

export type SetsArgs = AgreementScope & AgreementIntervals

const figureOf = ({ alpha: { value, reason } }: AlphaParts): Figure => ({ value, reason })

/** Over all codes that are not folders, as they were applied. Throws `bad-arguments` by character, and `cancelled`. */
export function computeSets(db: ReadableDb, args: SetsArgs, options: JobOptions = {}): SetAgreement {
  const { replicates, resampled, seed, ...scope } = args
  if (scope.unit === 'character')
    throw new Problem('bad-arguments', 'Sets of codes are compared by note, paragraph or sentence.')
  const prepared = prepare(db, codesAlone(scope), { codeIds: null }, options)
  const { selection } = prepared
  const { units, noteOf } = unitsOf(prepared, options)
  const register = new SetRegister()
  const empty = register.idOf([])
  const columns = selection.coders.map((_, g) => {
    const column = new Int32Array(noteOf.length).fill(empty)
    for (const [unit, lists] of units) column[unit] = register.idOf(lists[g] ?? [])
    return column
  })
  const sets = register.sets()
  const patterns = setPatterns(reliabilityData(columns, setCount(sets)))
  const masi = setAlpha(patterns, sets)
  const same = (unit: number) => columns.every((column) => column[unit] === columns[0]?.[unit])
  const places = [...noteOf.keys()]
  return {
    scope,
    coders: selection.coders,
    notes: selection.counted.length,
    n: noteOf.length,
    different: new Set(columns.flatMap((column) => [...new Set(column)])).size,
    same: places.filter(same).length,
    empty: places.filter((unit) => columns.every((column) => column[unit] === empty)).length,
    masi: figureOf(masi),
    jaccard: figureOf(setAlpha(patterns, sets, 'jaccard')),
    interval: replicates === 0 || setCount(sets) > MOST_SETS_RESAMPLED ? null : limits(),
  }

  function limits(): [number, number] | null {
    const alphaOf = setAlphaOfCounts(patterns, sets)
    const drawnWith =
      resampled === 'case' ? casesOf(selection.counted.map(({ caseNum }) => caseNum)) : undefined
    const drawOf = noteOf.map((note) => drawnWith?.[note] ?? note)
    const draws = drawnWith ? new Set(drawnWith).size : selection.counted.length
    const estimates = new Float64Array(replicates)
    const counts = new Float64Array(patterns.counts.length)
    let found = 0
    if (draws < 2) return null
    const loop = loopOf(options, replicates)
    forEachResample(draws, { replicates, seed, ...loop }, (times) => {
      counts.fill(0)
      patterns.patternOf.forEach((pattern, unit) => {
        if (pattern >= 0)
          counts[pattern] = (counts[pattern] as number) + (times[drawOf[unit] as number] as number)
      })
      const { value } = alphaOf(counts).alpha
      if (value !== null) estimates[found++] = value
    })
    loop.onProgress(1)
    const { distribution } = intervalOf(estimates.subarray(0, found), {
      ...{ replicates, draws, stopped: false, level: 0.95, reason: null },
    })
    return distribution && [distribution.low, distribution.high]
  }
}

/** The codes each coder gave each unit that anybody coded; and which counted note each unit lies in. */
type CodedUnits = { units: Map<number, number[][]>; noteOf: Uint32Array }

function unitsOf(prepared: Prepared, options: JobOptions): CodedUnits {
  const { selection, units: cut, reader } = prepared
  const total = selection.counted.length
  const sizes = cut.sizes()
  const starts = new Uint32Array(total)
  const noteOf = new Uint32Array(sizes.reduce((sum, size) => sum + size, 0))
  let start = 0
  sizes.forEach((size, note) => {
    starts[note] = start
    noteOf.fill(note, start, start + size)
    start += size
  })
  const units = new Map<number, number[][]>()
  for (const [number, code] of readByQuestion(prepared, options)) {
    for (const { at, lists } of reader.spans(code)) {
      for (const [own, mask] of cut.masks(at, lists.map(unionOf))) {
        const unit = (starts[at] as number) + own
        const given = units.get(unit) ?? selection.coders.map(() => [])
        units.set(unit, given)
        given.forEach((list, g) => {
          if (mask & (1 << g)) list.push(number)
        })
      }
    }
  }
  return { units, noteOf }
}
