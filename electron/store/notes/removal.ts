/**
 * Taking notes out of the project with all that was done in them. One undo brings back every row as it was: the text
 * stays in the file by its hash, as that of an import taken back does.
 */
import { z } from 'zod'
import { type CoderId, NoteId } from '../../../shared/contract/basics.ts'
import type { NoteRemoval } from '../../../shared/contract/notes.ts'
import { Problem } from '../../../shared/problem.ts'
import { type ReadableDb, sure } from '../file/connection.ts'
import { numOf } from '../file/lookup.ts'
import type { TableName } from '../file/table-definitions.ts'
import { type AnyChange, defineChange, itemByItem, type ReduceContext } from '../journal/change.ts'
import type { Changes } from '../journal/changes.ts'
import { leads } from '../team/coders.ts'
import { notesKeptFrom } from '../team/rounds.ts'

/** What goes with a note, in an order that leaves nothing pointing to what is gone: memos before codings, all before the note. */
const GOES: readonly [TableName, string][] = [
  [
    'memo',
    'SELECT num FROM memo WHERE note = @note OR coding IN (SELECT num FROM coding WHERE note = @note) ORDER BY num',
  ],
  ['decision', 'SELECT num FROM decision WHERE note = @note ORDER BY num'],
  ['coding', 'SELECT num FROM coding WHERE note = @note ORDER BY num'],
  ['note_status', 'SELECT num FROM note_status WHERE note = @note ORDER BY num'],
  ['round_note', 'SELECT num FROM round_note WHERE note = @note ORDER BY num'],
  ['kept_identifier', 'SELECT num FROM kept_identifier WHERE note = @note ORDER BY num'],
]

function removeNote({ db, tables }: ReduceContext, note: number): void {
  for (const [table, sql] of GOES)
    for (const num of db.prepare<object, number>(sql).pluck().all({ note })) tables.delete(table, num)
  tables.delete('note', note)
}

const OTHERS = `(SELECT num FROM coder WHERE coalesce(person, num) NOT IN
  (SELECT coalesce(person, num) FROM coder WHERE id = @coder))`

/**
 * A note that is more than this coder's own: others have worked on it, or are to. A blind round counts whoever is in
 * it, so that a refusal says nothing of whether others have begun.
 */
const SHARED_NOTE = `SELECT note.id FROM note WHERE note.num = @note AND (
  EXISTS (SELECT 1 FROM coding WHERE coding.note = note.num AND coding.coder IN ${OTHERS})
  OR EXISTS (SELECT 1 FROM note_status WHERE note_status.note = note.num AND note_status.coder IN ${OTHERS})
  OR EXISTS (SELECT 1 FROM memo WHERE memo.note = note.num AND memo.coder IN ${OTHERS})
  OR EXISTS (SELECT 1 FROM memo JOIN coding ON coding.num = memo.coding WHERE coding.note = note.num AND memo.coder IN ${OTHERS})
  OR EXISTS (SELECT 1 FROM round_note JOIN round ON round.num = round_note.round
    WHERE round_note.note = note.num AND (round.is_blind = 1 OR EXISTS
      (SELECT 1 FROM round_coder WHERE round_coder.round = round.num AND round_coder.coder IN ${OTHERS}))))`

/** Why this coder may not remove these notes, in words; null when they may. */
function refusal(db: ReadableDb, coderId: CoderId, notes: readonly number[]): string | null {
  if (leads(db, coderId)) return null
  const find = db.prepare<object, string>(SHARED_NOTE).pluck()
  for (const note of notes) {
    const id = find.get({ coder: coderId, note })
    if (id !== undefined)
      return `Other coders code note ${id}, or it is assigned to them. Only a lead removes such notes.`
  }
  return null
}

export const noteRemovals = {
  'notes.remove': defineChange({
    payload: z.strictObject({ notes: z.array(NoteId).min(1) }),
    reduce: (context, { notes }) => {
      const { db, entry } = context
      const nums: number[] = []
      itemByItem(
        context,
        notes,
        (id) => id,
        (id) => nums.push(numOf(db, 'note', id)),
      )
      const words = refusal(db, entry.coder, nums)
      if (words !== null) throw new Problem('not-allowed', `${words} Nothing was changed.`)
      for (const num of nums) removeNote(context, num)
    },
    label: (_db, { notes }) =>
      notes.length === 1 ? `removed note ${notes[0]}` : `removed ${notes.length} notes`,
  }),
}

/** Notes per journal entry, as an import has them. */
const ENTRY_NOTES = 500

/** Removes notes as one undoable step: all of them, or none. */
export function removeNotes(
  project: Changes<typeof noteRemovals>,
  coderId: CoderId,
  nums: readonly number[],
): void {
  const idOf = project.db.prepare<[number], string>('SELECT id FROM note WHERE num = ?').pluck()
  const ids = [...new Set(nums)].map((num) => {
    const id = idOf.get(num)
    if (id === undefined)
      throw new Problem('not-found', 'One of these notes is gone already. Nothing was changed.')
    return id
  })
  const changes = Array.from(
    { length: Math.ceil(ids.length / ENTRY_NOTES) },
    (_, at): AnyChange<typeof noteRemovals> => ({
      kind: 'notes.remove',
      payload: { notes: ids.slice(at * ENTRY_NOTES, (at + 1) * ENTRY_NOTES) },
    }),
  )
  project.changeTogether(coderId, changes)
}

/**
 * What would go with these notes. Of a note that a blind round keeps from the viewer only their own codings and memos
 * are counted, and `isKept` says that there may be more.
 */
export function previewRemoval(db: ReadableDb, viewer: CoderId, nums: readonly number[]): NoteRemoval {
  const kept = notesKeptFrom(db, viewer)
  const values = {
    notes: JSON.stringify(nums),
    kept: JSON.stringify(nums.filter((num) => kept.has(num))),
    viewer,
  }
  const shown = (note: string, coder: string) =>
    `(${note} NOT IN (SELECT value FROM json_each(@kept)) OR ${coder} = (SELECT num FROM coder WHERE id = @viewer))`
  const codings = db
    .prepare<object, NoteRemoval['codings'][number]>(
      `SELECT coder.id AS coderId, count(*) AS codings FROM coding JOIN coder ON coder.num = coding.coder
       WHERE coding.note IN (SELECT value FROM json_each(@notes)) AND ${shown('coding.note', 'coding.coder')}
       GROUP BY coder.num ORDER BY coder.num`,
    )
    .all(values)
  const memos = sure(
    db
      .prepare<object, number>(
        `SELECT count(*) FROM memo LEFT JOIN coding ON coding.num = memo.coding
       WHERE coalesce(memo.note, coding.note) IN (SELECT value FROM json_each(@notes))
         AND ${shown('coalesce(memo.note, coding.note)', 'memo.coder')}`,
      )
      .pluck()
      .get(values),
  )
  const rounds = db
    .prepare<object, string>(
      `SELECT name FROM round WHERE num IN (SELECT round FROM round_note WHERE note IN (SELECT value FROM json_each(@notes)))
       ORDER BY num`,
    )
    .pluck()
    .all(values)
  const names = db
    .prepare<[string], Pick<NoteRemoval, 'name' | 'id'>>(
      `SELECT shown_title AS name, CASE WHEN title = '' OR title = id THEN id END AS id
       FROM note WHERE num IN (SELECT value FROM json_each(?)) ORDER BY num LIMIT 2`,
    )
    .all(values.notes)
  const only = nums.length === 1 ? names[0] : undefined
  return {
    name: only?.name ?? null,
    id: only?.id ?? null,
    codings,
    memos,
    rounds,
    isKept: nums.some((num) => kept.has(num)),
    refusal: refusal(db, viewer, nums),
  }
}
