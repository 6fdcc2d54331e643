/**
 * Undoing a merge: the entries that came in leave the journal again and lie aside in this copy of the file, until the
 * merge is done again. The undo itself stays in the journal, as every other.
 */
import { NEVER } from '../../../shared/cancel.ts'
import { Problem } from '../../../shared/problem.ts'
import type { WritableDb } from '../file/connection.ts'
import { fromJson, type Json, toJson } from '../file/json.ts'
import type { PayloadOf } from '../journal/change.ts'
import { type Entry, isReversal } from '../journal/entry.ts'
import type { AllKinds } from '../kinds.ts'
import { changeEntries, type Unnumbered } from './entry-set.ts'

type Taken = PayloadOf<AllKinds, 'project.merge'>['taken']

const QUIETLY = { signal: NEVER, onProgress: () => {} }

/**
 * What an undo or redo that was just written means for merges: nothing for most. To be called in its transaction.
 *
 * @returns whether entries left or came
 * @throws Problem `conflict` where a merge cannot be undone: it brought a redaction, or later entries follow what it brought
 */
export function followReversal(db: WritableDb, { undoes }: Pick<Entry, 'undoes'>): boolean {
  const merge = mergeBehind(db, undoes)
  if (!merge) return false
  const aside = db
    .prepare<[string], Json<Unnumbered>>('SELECT entry FROM set_aside WHERE step = ?')
    .pluck()
    .all(merge.step)
  if (aside.length > 0) {
    db.prepare('DELETE FROM set_aside WHERE step = ?').run(merge.step)
    changeEntries(db, { added: aside.map((entry) => fromJson(entry)) }, QUIETLY)
  } else setAside(db, merge)
  return true
}

/** The merge that a chain of undos and redos goes back to. */
function mergeBehind(db: WritableDb, step: string | null): Entry | null {
  const find = db.prepare<[string], Entry>('SELECT * FROM journal WHERE step = ? ORDER BY seq LIMIT 1')
  for (let behind = step; behind !== null; ) {
    const entry = find.get(behind)
    if (!entry) return null
    if (!isReversal(entry.kind)) return entry.kind === 'project.merge' ? entry : null
    behind = entry.undoes
  }
  return null
}

function setAside(db: WritableDb, { step, payload }: Entry): void {
  const { taken } = fromJson(payload as Json<{ taken: Taken }>)
  const select = db.prepare<object, Entry>(
    'SELECT * FROM journal WHERE replica = @replica AND replica_seq BETWEEN @from AND @to ORDER BY seq',
  )
  const later = db.prepare('SELECT 1 FROM journal WHERE replica = @replica AND replica_seq > @to LIMIT 1')
  const entries = taken.flatMap((run) => {
    if (later.get(run))
      throw new Problem(
        'conflict',
        'A later merge brought what follows on this one. Nothing was changed; undo that merge first.',
      )
    return select.all(run)
  })
  if (entries.some(({ kind }) => kind === 'note.redact'))
    throw new Problem(
      'conflict',
      'This merge took words out of notes (a redaction), and they are not in this file any more. Nothing was changed; what came in can be taken away piece by piece, and nothing of it is lost.',
    )
  const keep = db.prepare('INSERT INTO set_aside (id, step, entry) VALUES (?, ?, ?)')
  for (const { seq: _seq, ...entry } of entries) keep.run(entry.id, step, toJson(entry))
  const ids = new Set(entries.map(({ id }) => id))
  const firstRemoved = Math.min(...entries.map(({ seq }) => seq))
  changeEntries(db, { isRemoved: ({ id }) => ids.has(id), firstRemoved }, QUIETLY)
}
