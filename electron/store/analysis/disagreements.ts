/** What coders disagree about in the notes that all of them finished, note by note. */
import type { CodeId, CoderId, CodingId, DisagreementId, RoundId } from '../../../shared/contract/basics.ts'
import type { Agreed, Disagreement, DisagreementSegment } from '../../../shared/contract/disagreements.ts'
import type { Qualifiers } from '../../../shared/contract/qualifiers.ts'
import { Problem } from '../../../shared/problem.ts'
import { type ReadableDb, sure } from '../file/connection.ts'
import { sha256 } from '../file/hash.ts'
import { fromJson, type Json } from '../file/json.ts'
import { compareSegments, type Segment } from './clusters.ts'
import { type CountedNote, type Selection, select } from './compared.ts'
import { checkpoint, type JobOptions } from './progress.ts'

/** People who are compared at once. */
export const MOST_COMPARED = 10

/** One note: what its coders disagree about, and what all of them coded alike. */
export type NoteDisagreements = { note: CountedNote; disagreements: Disagreement[]; agreed: Agreed[] }

/** Which notes count, and why others do not, as for figures of agreement. @throws Problem `bad-arguments`, `not-found` */
export function selectCompared(
  db: ReadableDb,
  { coderIds, roundId }: { coderIds: readonly CoderId[]; roundId: RoundId | null },
  { viewer }: JobOptions = {},
): Selection {
  const count = coderIds.length
  if (count < 2 || count > MOST_COMPARED)
    throw new Problem('bad-arguments', `From two to ${MOST_COMPARED} coders are compared, not ${count}.`)
  return select(db, { coderIds: [...coderIds], roundId, filter: null }, viewer)
}

/** Goes through the counted notes in the order of the project, one at a time. Throws `cancelled`. */
export function* readDisagreements(
  db: ReadableDb,
  { coders, coderNums, counted }: Selection,
  options: JobOptions = {},
): Generator<NoteDisagreements> {
  const read = readerOf(db, coderNums)
  const coderIds = coders.map(({ id }) => id)
  const total = counted.length
  for (const [at, note] of counted.entries()) {
    if (at % 200 === 0) checkpoint(options, { done: at, total, words: 'notes compared' })
    const { disagreements, agreed } = compareSegments(read(note.num), coders.length)
    const named = <K extends Compared['kind']>(kind: K, rows: readonly Row[]) => ({
      id: disagreementId(note.id, kind, rows, coderIds),
      noteId: note.id,
      kind,
      segments: rows.map((row) => segmentOf(row, coderIds)),
    })
    yield {
      note,
      disagreements: disagreements.map(({ kind, segments }) => named(kind, segments)),
      agreed: agreed.map((segments) => named('agreed', segments)),
    }
  }
}

type Compared = Disagreement | Agreed
type Row = Segment & { id: CodingId; code: CodeId }

function segmentOf(row: Row, coderIds: readonly CoderId[]): DisagreementSegment {
  const { id, coder, code, start, end, qualifiers } = row
  const span = start === null || end === null ? null : { start, end }
  return { id, coderId: sure(coderIds[coder]), codeId: code, span, qualifiers }
}

function readerOf(db: ReadableDb, coderNums: readonly number[]): (note: number) => Row[] {
  const placeOf = new Map(coderNums.map((num, place) => [num, place]))
  const statement = db.prepare<[number, string], Omit<Row, 'qualifiers'> & { qualifiers: Json<Qualifiers> }>(
    `SELECT coding.id, coding.coder, code.id AS code, start_at AS start, end_at AS end, coding.qualifiers
     FROM coding JOIN code ON code.num = coding.code
     WHERE note = ? AND coder IN (SELECT value FROM json_each(?))`,
  )
  const coders = JSON.stringify(coderNums)
  return (note) =>
    statement.all(note, coders).map(({ coder, qualifiers, ...row }) => ({
      ...row,
      coder: placeOf.get(coder) ?? 0,
      qualifiers: fromJson(qualifiers),
    }))
}

/**
 * The same whenever and wherever it is asked: the first 16 hex digits of the SHA-256 of note, kind, and the sorted ids of
 * the codings and of all compared coders. It is another one as soon as another coding is part of it, and not when an
 * edge of one moves.
 */
const disagreementId = (
  noteId: string,
  kind: Compared['kind'],
  codings: ReadonlyArray<{ id: CodingId }>,
  coderIds: readonly string[],
): DisagreementId =>
  sha256(JSON.stringify([noteId, kind, codings.map(({ id }) => id).sort(), coderIds.toSorted()])).slice(
    0,
    16,
  ) as DisagreementId
