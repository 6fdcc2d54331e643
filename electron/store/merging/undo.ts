/**
 * Undoing a merge: the entries that came in leave the journal again and lie aside in this copy of the file, until the
 * merge is done again. The undo itself stays in the journal, as every other. Neither takes anything from what others have
 * done since: where that would be void, it is refused.
 */
import { NEVER } from '../../../shared/cancel.ts'
import { Problem } from '../../../shared/problem.ts'
import type { ReadableDb, WritableDb } from '../file/connection.ts'
import { fromJson, type Json, toJson } from '../file/json.ts'
import type { PayloadOf } from '../journal/change.ts'
import { type Entry, isReversal } from '../journal/entry.ts'
import type { AllKinds } from '../kinds.ts'
import { changeEntries, type SetChange, type Unnumbered } from './entry-set.ts'
import { assertTextsHold } from './redactions.ts'

type Taken = PayloadOf<AllKinds, 'project.merge'>['taken']

const QUIETLY = { signal: NEVER, onProgress: () => {} }

/**
 * What an undo or redo that was just written means for merges: nothing for most. To be called in its transaction.
 *
 * @returns whether entries left or came
 * @throws Problem `conflict` where a merge cannot be undone or done again: it brought a redaction, or what came or was done
 *   since depends on it
 */
export function followReversal(db: WritableDb, { kind, undoes }: Pick<Entry, 'kind' | 'undoes'>): boolean {
  const merge = mergeBehind(db, undoes)
  if (!merge) return false
  if (kind === 'undo') setAside(db, merge)
  else bringBack(db, merge)
  assertTextsHold(db)
  return true
}

/** Entries that lay aside and came in another way lie there no more. */
export function leaveNoneAside(db: WritableDb): void {
  db.prepare('DELETE FROM set_aside WHERE id IN (SELECT id FROM journal)').run()
}

/** The merge that a chain of undos and redos goes back to. */
function mergeBehind(db: ReadableDb, step: string | null): Entry | null {
  const find = db.prepare<[string], Entry>('SELECT * FROM journal WHERE step = ? ORDER BY seq LIMIT 1')
  for (let behind = step; behind !== null; ) {
    const entry = find.get(behind)
    if (!entry) return null
    if (!isReversal(entry.kind)) return entry.kind === 'project.merge' ? entry : null
    behind = entry.undoes
  }
  return null
}

/** What a merge brought, as far as it is in the journal. */
function entriesOf(db: ReadableDb, { payload }: Entry): Entry[] {
  const { taken } = fromJson(payload as Json<{ taken: Taken }>)
  const select = db.prepare<object, Entry>(
    'SELECT * FROM journal WHERE replica = @replica AND replica_seq BETWEEN @from AND @to ORDER BY seq',
  )
  return taken.flatMap((run) => select.all(run))
}

const conflict = (why: string): Problem => new Problem('conflict', `${why} Nothing was changed.`)

function setAside(db: WritableDb, merge: Entry): void {
  const entries = entriesOf(db, merge)
  const ids = new Set(entries.map(({ id }) => id))
  assertNothingFollows(db, entries, ids)
  if (entries.some(({ kind }) => kind === 'note.redact'))
    throw new Problem(
      'conflict',
      'This merge took words out of notes (a redaction), and they are not in this file any more. Nothing was changed; what came in can be taken away piece by piece, and nothing of it is lost.',
    )
  const keep = db.prepare('INSERT INTO set_aside (id, step, entry) VALUES (?, ?, ?)')
  for (const { seq: _seq, ...entry } of entries) keep.run(entry.id, merge.step, toJson(entry))
  const firstRemoved = Math.min(...entries.map(({ seq }) => seq))
  changeKeepingWork(db, merge, { isRemoved: ({ id }) => ids.has(id), firstRemoved })
}

/** An entry continues another, of its own copy or of the one that it is a copy of; without that nobody could take it in. */
function assertNothingFollows(db: ReadableDb, entries: readonly Entry[], ids: ReadonlySet<string>): void {
  const hashes = new Set(entries.map(({ hash }) => hash))
  const all = db.prepare<[], Pick<Entry, 'id' | 'prev_hash'>>('SELECT id, prev_hash FROM journal').iterate()
  for (const { id, prev_hash } of all)
    if (hashes.has(prev_hash) && !ids.has(id))
      throw conflict('A later merge brought what follows on this one: that merge has to be undone first.')
}

function bringBack(db: WritableDb, merge: Entry): void {
  const aside = db
    .prepare<[string], Json<Unnumbered>>('SELECT entry FROM set_aside WHERE step = ?')
    .pluck()
    .all(merge.step)
    .map((entry) => fromJson(entry))
  if (entriesOf(db, merge).length > 0)
    throw conflict('What this merge brought has come in with another merge since.')
  const hashes = new Set(aside.map(({ hash }) => hash))
  const isThere = db.prepare('SELECT 1 FROM journal WHERE hash = ?')
  if (aside.some(({ prev_hash }) => !hashes.has(prev_hash) && !isThere.get(prev_hash)))
    throw conflict(
      'What this merge brought follows on another that was undone: that has to be done again first.',
    )
  db.prepare('DELETE FROM set_aside WHERE step = ?').run(merge.step)
  changeKeepingWork(db, merge, { added: aside })
}

/** @throws Problem `conflict` where something that was done after the merge would be void, and was not until now */
function changeKeepingWork(db: WritableDb, merge: Entry, change: SetChange): void {
  const voids = new Set(
    db
      .prepare<[], string>(`SELECT journal.id || ' ' || part FROM void JOIN journal USING (seq)`)
      .pluck()
      .all(),
  )
  changeEntries(db, change, QUIETLY, ({ entry, voids: now }) => {
    if (entry.hlc > merge.hlc && now.some(({ part }) => !voids.has(`${entry.id} ${part}`)))
      throw conflict('What was done since the merge depends on it: that has to be taken back first.')
  })
}
