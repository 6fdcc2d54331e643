/** What an entry does to the tables: its change made, or the step it goes back to played back. */
import type { NoteId } from '../../../shared/contract/basics.ts'
import type { Topic } from '../../../shared/contract/events.ts'
import { Problem } from '../../../shared/problem.ts'
import type { ReadableDb, WritableDb } from '../file/connection.ts'
import { fromJson, toJson } from '../file/json.ts'
import type { RowOf, TableName } from '../file/table-definitions.ts'
import { type Change, type Kinds, upcast } from './change.ts'
import { type Entry, insertEntry, isReversal } from './entry.ts'
import { Tables } from './tables.ts'

const TOPIC_OF: Record<TableName, Topic> = {
  setting: 'project',
  coder: 'coders',
  attribute: 'notes',
  casefile: 'notes',
  note: 'notes',
  note_status: 'status',
  round: 'rounds',
  round_coder: 'rounds',
  round_note: 'rounds',
  redaction: 'notes',
  kept_identifier: 'identifiers',
  code: 'codes',
  coding: 'codings',
  memo: 'memos',
  gone_code: 'codes',
  version_name: 'codes',
  proposal: 'proposals',
}

/** More touched notes than this are announced as "possibly all". */
const MANY_NOTES = 500

/** A note that comes back needs its text, which a redaction of another note with the same text may have taken out. */
function assertTextsAreThere(db: ReadableDb, tables: Tables): void {
  const find = db
    .prepare(
      'SELECT id FROM note WHERE num BETWEEN ? AND ? AND NOT EXISTS (SELECT 1 FROM note_text WHERE hash = text_hash)',
    )
    .pluck()
  for (const change of tables.changes) {
    const id = change[0] === '+' && change[1] === 'note' ? find.get(change[2], change[3]) : undefined
    if (id === undefined) continue
    throw new Problem(
      'conflict',
      `The text of note ${id} was taken out of this file when the same words were redacted elsewhere. Nothing was changed; import the note again.`,
    )
  }
}

/** Writes down what an entry did, and that the codebook has another version where it changed a code. */
export function saveEffect(db: WritableDb, entry: Entry, tables: Tables): void {
  if (tables.changes.some((change) => change[1] === 'code')) {
    // The version only ever grows, also when a change is undone: a coding's version names one state of the book.
    db.prepare('UPDATE codebook SET version = version + 1').run()
    db.prepare('INSERT INTO codebook_version (version, seq) SELECT version, ? FROM codebook').run(entry.seq)
  }
  db.prepare('INSERT INTO effect (seq, changes) VALUES (?, ?)').run(entry.seq, toJson(tables.changes))
  tables.subjects.save(db, entry.seq)
}

/** What is to be announced of what was written. */
export function announced(db: ReadableDb, tables: Tables): { topics: Topic[]; noteIds: NoteId[] | null } {
  const topics = new Set<Topic>(tables.changes.map((change) => TOPIC_OF[change[1]]))
  topics.add('history')
  if (tables.touchedNotes.size > MANY_NOTES) return { topics: [...topics], noteIds: null }
  const idOf = db.prepare<[number], string>('SELECT id FROM note WHERE num = ?').pluck()
  const noteIds: NoteId[] = []
  for (const num of tables.touchedNotes) {
    const id = idOf.get(num)
    // A note that is gone now (an import undone) has no id to name any more.
    if (id === undefined) return { topics: [...topics], noteIds: null }
    noteIds.push(id)
  }
  return { topics: [...topics], noteIds }
}

/** Reduces an entry from what was written down. */
function reduceChange(kinds: Kinds, db: ReadableDb, tables: Tables, entry: Entry): void {
  const kind = kinds[entry.kind]
  if (!kind) throw new Problem('internal', `There is no kind of change called ${entry.kind}.`)
  kind.reduce({ db, tables, entry }, kind.payload.parse(payloadOf(kind, entry)))
}

/** What was written down, in the form that this program writes. @throws Problem `newer-project` */
export const payloadOf = (kind: Pick<Change, 'upcasters'>, { version, payload }: Entry): unknown =>
  upcast(kind, version, fromJson(payload))

/** Plays back every entry of a step, latest first, and marks them as undone. */
function revertStep(db: WritableDb, tables: Tables, step: string): void {
  const effects = db
    .prepare<[string], Pick<RowOf<'effect'>, 'seq' | 'changes'>>(
      `SELECT seq, changes, undoes, kind FROM journal JOIN effect USING (seq) WHERE step = ? ORDER BY seq DESC`,
    )
    .all(step)
  try {
    for (const effect of effects) {
      tables.revert(fromJson(effect.changes), effect.seq)
      db.prepare('UPDATE effect SET is_undone = 1 WHERE seq = ?').run(effect.seq)
    }
  } catch (error) {
    const code = (error as { code?: string }).code ?? ''
    if (!code.startsWith('SQLITE_CONSTRAINT')) throw error
    throw new Problem(
      'conflict',
      'This cannot be undone any more: later work by someone depends on it. Nothing was changed; remove that work first.',
      { cause: error },
    )
  }
}

/** Goes back to a step; the texts of notes that come back have to be there. */
export function goBack(db: WritableDb, tables: Tables, step: string): void {
  revertStep(db, tables, step)
  assertTextsAreThere(db, tables)
}

/** Applies an existing entry to `db` exactly as it was first applied; used by replay (and by merging). */
export function replayEntry(kinds: Kinds, db: WritableDb, entry: Entry): void {
  insertEntry(db, entry)
  const tables = new Tables(db)
  if (isReversal(entry.kind)) revertStep(db, tables, entry.undoes as string)
  else reduceChange(kinds, db, tables, entry)
  saveEffect(db, entry, tables)
}
