/** What an entry does to the tables: its change made, or the step it goes back to played back. */
import type { CoderId, NoteId } from '../../../shared/contract/basics.ts'
import type { Topic } from '../../../shared/contract/events.ts'
import { Problem, type ProblemCode } from '../../../shared/problem.ts'
import type { ReadableDb, WritableDb } from '../file/connection.ts'
import { fromJson, toJson } from '../file/json.ts'
import { findNum } from '../file/lookup.ts'
import type { RowOf, TableName } from '../file/table-definitions.ts'
import { type Change, type Kinds, PROJECT_ACTOR, type ReduceContext, upcast } from './change.ts'
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
  decision: 'decisions',
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

/** A change that is being made: it happens as a whole, or is refused. */
export const beingMade = (db: ReadableDb, tables: Tables, entry: Entry): ReduceContext => ({
  ...{ db, tables, entry, isFolded: false },
  leaveOut: (_part, problem) => {
    throw problem
  },
})

/** Reduces an entry from what was written down. */
function reduceChange(kinds: Kinds, context: ReduceContext, entry: Entry): void {
  const kind = kinds[entry.kind]
  if (!kind) throw new Problem('internal', `There is no kind of change called ${entry.kind}.`)
  kind.reduce(context, kind.payload.parse(payloadOf(kind, entry)))
}

/** What was written down, in the form that this program writes. @throws Problem `newer-project` */
export const payloadOf = (
  kind: Pick<Change, 'upcasters'>,
  { version, payload }: Pick<Entry, 'version' | 'payload'>,
): unknown => upcast(kind, version, fromJson(payload))

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

/** Why an entry does nothing in its place, or, with the id of what was left out, a part of it. */
export type Void = { part: string; reason: string }

/**
 * Puts an entry in its place: behind all that `db` holds. What cannot be applied there is void: the entry stands in the
 * journal, does nothing, and says why; what comes of it depends on the entries before it alone. To be called within a
 * transaction.
 */
export function foldEntry(kinds: Kinds, db: WritableDb, entry: Entry): Void[] {
  insertEntry(db, entry)
  const { tables, voids } = applied(kinds, db, entry)
  saveEffect(db, entry, tables)
  const save = db.prepare('INSERT INTO void (seq, part, reason) VALUES (?, ?, ?)')
  for (const { part, reason } of voids) save.run(entry.seq, part, reason)
  return voids
}

function applied(kinds: Kinds, db: WritableDb, entry: Entry): { tables: Tables; voids: Void[] } {
  const tables = new Tables(db)
  const voids = new Map<string, string>()
  const leaveOut = (part: string, problem: Problem) => void voids.set(part, reasonOf(problem))
  try {
    db.transaction(() => {
      assertMayWrite(db, entry)
      if (isReversal(entry.kind)) revertIfItHolds(kinds, db, tables, entry)
      else reduceChange(kinds, { db, tables, entry, isFolded: true, leaveOut }, entry)
    })()
    return { tables, voids: [...voids].map(([part, reason]) => ({ part, reason })) }
  } catch (error) {
    const problem = asUnfit(error)
    if (!problem) throw error
    return { tables: new Tables(db), voids: [{ part: '', reason: reasonOf(problem) }] }
  }
}

/** What an undo goes back to must hold, and be theirs who undo it. */
function revertIfItHolds(kinds: Kinds, db: WritableDb, tables: Tables, { undoes, coder }: Entry): void {
  const step = undoes as string
  const there = db
    .prepare<[string], { coder: CoderId; kind: string; holds: number }>(
      `SELECT coder, kind, is_undone = 0 AND NOT EXISTS (SELECT 1 FROM void WHERE void.seq = effect.seq AND part = '') AS holds
       FROM journal JOIN effect USING (seq) WHERE step = ?`,
    )
    .all(step)
  if (!there.some(({ holds }) => holds === 1))
    throw new Problem(
      'conflict',
      'What it goes back to does not hold here: it is void itself, or was undone before.',
    )
  if (there.some((each) => each.coder !== coder))
    throw new Problem('not-allowed', 'It goes back to what somebody else has done.')
  if (there.every(({ kind }) => !isReversal(kind) && kinds[kind]?.isUndoable === false))
    throw new Problem('not-allowed', 'It goes back to what nobody can undo.')
  if (there.some(({ kind }) => kind === 'note.redact'))
    throw new Problem('not-allowed', 'It goes back to what nobody can undo: words taken out of notes.')
  revertStep(db, tables, step)
}

/** What a change says that does not fit where it is put. */
const UNFIT: ReadonlySet<ProblemCode> = new Set(['bad-arguments', 'conflict', 'not-allowed', 'not-found'])

/** Null for what is no fault of the entry's place. */
function asUnfit(error: unknown): Problem | null {
  if (error instanceof Problem) return UNFIT.has(error.code) ? error : null
  if (!((error as { code?: string }).code ?? '').startsWith('SQLITE_CONSTRAINT')) return null
  return new Problem('conflict', 'What it needs is not there any more, or something else has its place.')
}

/** A sentence of a refusal without its end, which is about a change that is not made. */
const reasonOf = ({ message }: Problem): string => message.replace(/ Nothing was changed\b.*$/s, '')

/** What the program itself writes on every laptop. */
const PROGRAMS_OWN: ReadonlySet<string> = new Set(['coder.key', 'project.merge', 'undo', 'redo'])

type Laptop = { id: CoderId; name: string; role: string }

/** Whose laptop a copy is, where somebody joined with it: its first entry says so. */
const laptopOf = (db: ReadableDb, replica: string): Laptop | undefined =>
  db
    .prepare<[string], Laptop>(
      `SELECT coder.id, coder.name, coder.role FROM journal JOIN coder ON coder.id = payload ->> '$.coder'
       WHERE replica = ? AND replica_seq = 1 AND kind = 'laptop.add'`,
    )
    .get(replica)

/**
 * Nobody acts who is no coder of this project, and on a coder's laptop nobody but they themselves, in whatever layer.
 *
 * @throws Problem `not-allowed`
 */
export function assertMayWrite(
  db: ReadableDb,
  { coder, kind, replica }: Pick<Entry, 'coder' | 'kind' | 'replica'>,
): void {
  const isSomebody = coder === PROJECT_ACTOR || kind === 'coder.add' || findNum(db, 'coder', coder) !== null
  if (!isSomebody)
    throw new Problem(
      'not-allowed',
      'Whoever asks for this is no coder of this project. Nothing was changed.',
    )
  const laptop = laptopOf(db, replica)
  if (!laptop || laptop.role === 'lead' || coder === laptop.id) return
  if (coder === PROJECT_ACTOR ? PROGRAMS_OWN.has(kind) : isLayerOf(db, coder, laptop)) return
  throw new Problem(
    'not-allowed',
    `This copy of the project is ${laptop.name}’s: nobody else works in it. Nothing was changed.`,
  )
}

/** A second pass of theirs, or the consensus where they may speak for it. */
const isLayerOf = (db: ReadableDb, coder: CoderId, { id, role }: Laptop): boolean =>
  db
    .prepare(
      `SELECT 1 FROM coder LEFT JOIN coder AS person ON person.num = coder.person
       WHERE coder.id = @coder AND (person.id = @id OR coder.layer = 'consensus' AND @role = 'adjudicator')`,
    )
    .get({ coder, id, role }) !== undefined
