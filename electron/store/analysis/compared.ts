/** What is compared: who, and the notes that count, with the others named and why they do not. */
import type { AgreementReport, AgreementScope } from '../../../shared/contract/agreement.ts'
import type { CoderId } from '../../../shared/contract/basics.ts'
import type { Coder } from '../../../shared/contract/coders.ts'
import { listed } from '../../../shared/listed.ts'
import { Problem } from '../../../shared/problem.ts'
import type { ReadableDb } from '../file/connection.ts'
import { numOf } from '../file/lookup.ts'
import { filterClause } from '../notes/filter.ts'
import { getCoder } from '../team/coders.ts'
import { getRound, notesKeptFrom, roundNoteNums } from '../team/rounds.ts'

/** A note that every compared coder finished. `units` in UTF-16, `characters` in code points. */
export type CountedNote = {
  num: number
  id: string
  units: number
  characters: number
  caseNum: number | null
}

/** The coders in the order asked for, and the notes in the order of the project. */
export type Selection = {
  coders: Coder[]
  coderNums: number[]
  counted: CountedNote[]
  left: AgreementReport['notes']['left']
}

export type WhoAndWhere = Pick<AgreementScope, 'coderIds' | 'filter' | 'roundId'>

function selectCoders(db: ReadableDb, ids: readonly CoderId[]): { coders: Coder[]; coderNums: number[] } {
  if (new Set(ids).size !== ids.length) {
    throw new Problem(
      'bad-arguments',
      'A coder cannot be compared with themselves here. Choose different coders.',
    )
  }
  const coderNums = ids.map((id) => numOf(db, 'coder', id))
  return { coders: ids.map((id) => getCoder(db, id)), coderNums }
}

/** Filters of agreement ask nothing of any one coder. */
const NOBODY = '' as CoderId

/** The notes a filter lets through; null: all. Filters of agreement never ask what one coder did. */
function notesWithin(db: ReadableDb, filter: WhoAndWhere['filter']): ReadonlySet<number> | null {
  if (!filter || (filter.caseId === undefined && (filter.attributes ?? []).length === 0)) return null
  const { where, values } = filterClause(filter, NOBODY)
  return new Set(
    db
      .prepare<object, number>(
        `SELECT note.num FROM note LEFT JOIN casefile ON casefile.num = note.casefile WHERE ${where}`,
      )
      .pluck()
      .all(values),
  )
}

/**
 * Refuses to write out what others coded in notes that a blind round keeps from the viewer.
 *
 * @throws Problem `not-allowed`
 */
export function assertNothingKept(db: ReadableDb, scope: WhoAndWhere, viewer: CoderId): void {
  const kept = notesKeptFrom(db, viewer)
  if (kept.size === 0 || scope.coderIds.every((id) => id === viewer)) return
  const inside = select(db, scope).counted.filter(({ num }) => kept.has(num)).length
  if (inside === 0) return
  throw new Problem(
    'not-allowed',
    `A blind round hides others’ codings in ${inside} of these notes until all its coders have finished them. Nothing was written; choose other notes, or export later.`,
  )
}

/**
 * Only notes that all compared coders marked finished count, and that no blind round keeps from the viewer: figures on
 * the others' work there would say what it is. The others are named with the reason, which says nothing of that work.
 */
export function select(
  db: ReadableDb,
  { coderIds, filter, roundId }: WhoAndWhere,
  viewer: CoderId | null = null,
): Selection {
  const kept = notesKeptFrom(db, viewer)
  const { coders, coderNums } = selectCoders(db, coderIds)
  const round = roundId ? { name: getRound(db, roundId).name, notes: roundNoteNums(db, roundId) } : null
  const within = notesWithin(db, filter)
  const finished = coderNums.map(
    (coder) =>
      new Set(
        db
          .prepare<[number], number>(`SELECT note FROM note_status WHERE coder = ? AND status = 'finished'`)
          .pluck()
          .all(coder),
      ),
  )
  const counted: CountedNote[] = []
  const left: Selection['left'] = []
  const notes = db
    .prepare<[], CountedNote>(
      'SELECT num, id, length AS units, characters, casefile AS caseNum FROM note ORDER BY num',
    )
    .all()
  for (const note of notes) {
    const why = leftBecause(note.num)
    if (why === null) counted.push(note)
    else left.push({ note: note.id, reason: why })
  }
  return { coders, coderNums, counted, left }

  function leftBecause(note: number): string | null {
    if (round?.notes.has(note) === false) return `not in the round “${round.name}”`
    if (within?.has(note) === false) return 'outside the filter'
    if (kept.has(note)) return 'hidden from you by a blind round'
    if (finished.every((own) => own.has(note))) return null
    const missing = coders.filter((_, at) => !finished[at]?.has(note))
    return `not finished by ${listed(missing.map(({ name }) => name))}`
  }
}
