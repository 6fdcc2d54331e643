/** Coding what was found in many notes: hits of a search, segments of a retrieval. */
import type { CodeId, CoderId, NoteId } from '../../../shared/contract/basics.ts'
import type { FinishedRule } from '../../../shared/contract/notes.ts'
import type { ApplyKinds } from '../codings/apply.ts'
import type { ReadableDb } from '../file/connection.ts'
import type { AnyChange } from '../journal/change.ts'
import type { Changes } from '../journal/changes.ts'
import type { noteChanges } from '../notes/notes.ts'
import { applyToRanges } from './codings.ts'

/** What it changes. */
type Kinds = ApplyKinds & typeof noteChanges

/** Of these notes those that this coder marked finished. */
export function finishedAmong(db: ReadableDb, coderId: CoderId, noteIds: Iterable<string>): Set<string> {
  const found = db
    .prepare<object, string>(
      `SELECT note.id FROM json_each(@noteIds) AS wanted JOIN note ON note.id = wanted.value
       JOIN note_status ON note_status.note = note.num AND note_status.status = 'finished'
       WHERE note_status.coder = (SELECT num FROM coder WHERE id = @coderId)`,
    )
    .pluck()
    .all({ coderId, noteIds: JSON.stringify([...new Set(noteIds)]) })
  return new Set(found)
}

/** The change that goes before codings of these notes, so that they are in progress again; none where none is finished. */
export function reopening(db: ReadableDb, coderId: CoderId, noteIds: Iterable<string>): AnyChange<Kinds>[] {
  const notes = [...finishedAmong(db, coderId, noteIds)]
  return notes.length === 0 ? [] : [{ kind: 'note.setStatus', payload: { notes, status: 'in progress' } }]
}

type Range = { noteId: NoteId; start: number | null; end: number | null }
export type AppliedToRanges = {
  added: number
  duplicate: number
  /** Of those added: they overlap what this coder coded with it before. */
  overlapping: number
  /** What stands in notes that are finished. */
  finished: { notes: number; ranges: number }
}

/** Which ranges share words with codings of this coder with this code. */
function partlyCoded(db: ReadableDb, coderId: CoderId, codeId: CodeId): (range: Range) => boolean {
  const find = db
    .prepare(
      `SELECT 1 FROM coding
       WHERE code = (SELECT num FROM code WHERE id = @codeId) AND coder = (SELECT num FROM coder WHERE id = @coderId)
         AND note = (SELECT num FROM note WHERE id = @noteId) AND start_at < @end AND @start < end_at LIMIT 1`,
    )
    .pluck()
  return (range) => range.start !== null && find.get({ codeId, coderId, ...range }) !== undefined
}

/** Which ranges lie in codings of this coder with this code already, whole; of whole notes those coded as such. */
function alreadyCoded(db: ReadableDb, coderId: CoderId, codeId: CodeId): (range: Range) => boolean {
  const find = db
    .prepare(
      `SELECT 1 FROM coding
       WHERE code = (SELECT num FROM code WHERE id = @codeId) AND coder = (SELECT num FROM coder WHERE id = @coderId)
         AND note = (SELECT num FROM note WHERE id = @noteId)
         AND CASE WHEN @start IS NULL THEN start_at IS NULL ELSE start_at <= @start AND @end <= end_at END LIMIT 1`,
    )
    .pluck()
  return (range) => find.get({ codeId, coderId, ...range }) !== undefined
}

/**
 * One code on many ranges, as one step; what this coder coded with it already, alone or as part of more, is left.
 * `ask` changes nothing where some stand in finished notes and says how many; `leave` leaves those out.
 */
export function applyToFound(
  project: Changes<Kinds>,
  coderId: CoderId,
  codeId: CodeId,
  ranges: readonly Range[],
  rule: FinishedRule | 'leave',
): AppliedToRanges {
  const isCoded = alreadyCoded(project.db, coderId, codeId)
  const open = ranges.filter((range) => !isCoded(range))
  const duplicate = ranges.length - open.length
  const done = finishedAmong(
    project.db,
    coderId,
    open.map(({ noteId }) => noteId),
  )
  const inFinished = open.filter(({ noteId }) => done.has(noteId)).length
  const finished = { notes: done.size, ranges: inFinished }
  if (rule === 'ask' && inFinished > 0) return { added: 0, duplicate, overlapping: 0, finished }
  const wanted = rule === 'leave' ? open.filter(({ noteId }) => !done.has(noteId)) : open
  const before = rule === 'reopen' ? reopening(project.db, coderId, done) : []
  const overlapping = wanted.filter(partlyCoded(project.db, coderId, codeId)).length
  const applied = applyToRanges(project, coderId, codeId, wanted, before)
  return { added: applied.added, duplicate: duplicate + applied.duplicate, overlapping, finished }
}
