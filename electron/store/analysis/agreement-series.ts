/** How agreement went: over the weeks or months in which notes were finished, or from round to round. */
import type { PatternTable } from '../../../shared/agreement/index.ts'
import type { SeriesBy, SeriesReport } from '../../../shared/contract/agreement.ts'
import type { ReadableDb } from '../file/connection.ts'
import { listRounds, roundNoteNums } from '../team/rounds.ts'
import { type AgreementArgs, figuresOfTable } from './agreement.ts'
import type { Selection } from './compared.ts'
import { tabulate } from './patterns.ts'
import { prepare } from './prepared.ts'
import { checkpoint, type JobOptions } from './progress.ts'

export type SeriesArgs = AgreementArgs & { by: SeriesBy }

/** Some of the counted notes, by their places, rising. */
type Step = { key: string; label: string; places: number[] }

/** Each step is measured by itself, as `computeAgreement` measures all notes. Throws `cancelled`. */
export function computeSeries(db: ReadableDb, args: SeriesArgs, options: JobOptions = {}): SeriesReport {
  const { codeIds, replicates, resampled, seed, by, ...scope } = args
  const prepared = prepare(db, scope, { codeIds }, options)
  const { selection } = prepared
  const { table, asked } = tabulate(prepared, scope, options)
  const steps = by === 'round' ? stepsByRound(db, selection) : stepsByTime(db, selection, by)
  return {
    scope,
    by,
    coders: selection.coders,
    steps: steps.map(({ key, label, places }, at) => {
      checkpoint(options, { done: at, total: steps.length, words: by === 'round' ? 'rounds' : `${by}s` })
      const own = { ...selection, counted: places.map((place) => selection.counted[place]) } as Selection
      const figures = figuresOfTable(
        tableOf(table, places),
        asked,
        own,
        { replicates, resampled, seed, isOfNotes: scope.unit === 'note' },
        options.signal ? { signal: options.signal } : {},
      )
      return { key, label, notes: places.length, ...figures }
    }),
  }
}

/** The table of some of its notes. */
function tableOf(table: PatternTable, places: readonly number[]): PatternTable {
  const newPlace = new Int32Array(table.sizes.length).fill(-1)
  places.forEach((place, at) => {
    newPlace[place] = at
  })
  return {
    ...table,
    sizes: Float64Array.from(places, (place) => table.sizes[place] as number),
    rows: table.rows.map(({ notes, patterns, amounts }) => {
      const isIn = (_: number, entry: number) => (newPlace[notes[entry] as number] as number) >= 0
      return {
        notes: notes.filter(isIn).map((note) => newPlace[note] as number),
        patterns: patterns.filter(isIn),
        amounts: amounts.filter(isIn),
      }
    }),
  }
}

/** In the order the rounds were made; a note may stand in several. */
function stepsByRound(db: ReadableDb, { counted }: Selection): Step[] {
  return listRounds(db)
    .toReversed()
    .flatMap(({ id, name }) => {
      const notes = roundNoteNums(db, id)
      const places = counted.flatMap(({ num }, at) => (notes.has(num) ? [at] : []))
      return places.length === 0 ? [] : [{ key: id, label: name, places }]
    })
}

/** By when the last of the coders finished each note, in UTC. */
function stepsByTime(db: ReadableDb, { counted, coderNums }: Selection, by: 'week' | 'month'): Step[] {
  const finished = new Map(
    db
      .prepare<[string], [number, number]>(
        `SELECT note, max(changed_at) FROM note_status
         WHERE status = 'finished' AND coder IN (SELECT value FROM json_each(?)) GROUP BY note`,
      )
      .raw()
      .all(JSON.stringify(coderNums)),
  )
  const places = new Map<string, number[]>()
  counted.forEach(({ num }, at) => {
    const key = (by === 'month' ? monthOf : mondayOf)(finished.get(num) ?? 0)
    const own = places.get(key)
    if (own) own.push(at)
    else places.set(key, [at])
  })
  return [...places]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, own]) => ({ key, label: key, places: own }))
}

const DAY = 86_400_000
const dayOf = (millis: number): string => new Date(millis).toISOString().slice(0, 10)
const monthOf = (millis: number): string => dayOf(millis).slice(0, 7)
/** 1970 began on a Thursday: three days before it was a Monday. */
const FIRST_MONDAY = -3 * DAY
const mondayOf = (millis: number): string =>
  dayOf(FIRST_MONDAY + 7 * DAY * Math.floor((millis - FIRST_MONDAY) / (7 * DAY)))
