/** Which steps a coder can undo or do again, next first. */
import type { CoderId } from '../../../shared/contract/basics.ts'
import type { ReadableDb, WritableDb } from '../file/connection.ts'
import { writeLocal } from '../file/values.ts'
import type { Kinds } from './change.ts'

/** `by`: in whose name the step is undone, which is who made it. */
/** `wall`: what the clock of its computer said, in ms. */
export type StepRow = { step: string; seq: number; wall: number; by: CoderId }

/** Every step a coder could undo or redo; SQLite takes -1 for no limit. */
export const ALL = -1

/** The last entry that belongs to the making of this file, under a name of its own: what a person undoes is after it. */
export const UNDO_FLOOR = 'undo-floor'

/** What has been done until now made the project, and is nobody's to undo: the notes and codings of the sample. */
export function forbidUndoSoFar(db: WritableDb): void {
  const last = db.prepare('SELECT max(seq) FROM journal').pluck().get()
  writeLocal(db, UNDO_FLOOR, String(last))
}

/** SQL over `journal`: whether the entry does what it says in its place. */
const IS_IN_EFFECT = `NOT EXISTS (SELECT 1 FROM void WHERE void.seq = journal.seq AND part = '')`

const notUndoable = (kinds: Kinds) =>
  Object.entries(kinds)
    .filter(([, { isUndoable }]) => !isUndoable)
    .map(([kind]) => `'${kind}'`)
    .join(', ')

const MADE: ReadonlySet<string> = new Set(['coder.codeAgain', 'coder.addConsensus'])
const MAKES_CODER = `('coder.codeAgain', 'coder.addConsensus')`

/**
 * SQL over `journal`: a second pass or consensus layer that somebody has worked in, or been given notes for, stays;
 * undo goes on to what was done before it was made.
 */
const IS_UNUSED = `NOT EXISTS (SELECT 1 FROM journal AS work WHERE work.coder = journal.payload ->> '$.id')
  AND NOT EXISTS (SELECT 1 FROM round_coder JOIN coder ON coder.num = round_coder.coder
    WHERE coder.id = journal.payload ->> '$.id')`

type KindRow = StepRow & { kind: string }

/** Whether this step made a layer of coding, or did so again, that is in use by now. */
function madeUsedLayer(db: ReadableDb, { step, kind }: KindRow): boolean {
  if (kind !== 'redo' && !MADE.has(kind)) return false
  const made = db
    .prepare(
      `WITH RECURSIVE chain(step) AS (
         SELECT @step UNION SELECT journal.undoes FROM chain JOIN journal USING (step) WHERE undoes IS NOT NULL)
       SELECT (${IS_UNUSED}) FROM chain JOIN journal USING (step) WHERE kind IN ${MAKES_CODER}`,
    )
    .pluck()
    .get({ step })
  return made === 0
}

/**
 * A redo makes its target's changes again, so it can itself be undone like the change it brought back. Whoever has
 * just begun a second pass is that pass from then on: before anything else its beginning is what they undo.
 */
export function undoTargets(db: ReadableDb, kinds: Kinds, coder: CoderId, limit: number): StepRow[] {
  const steps = new Map<string, StepRow>()
  // Asked after every change: it must stop at the first rows, however long the journal is.
  const rows = db
    .prepare<[string], KindRow>(
      `SELECT step, seq, wall, coder AS by, kind FROM journal JOIN effect USING (seq)
       WHERE coder = ? AND kind <> 'undo' AND is_undone = 0 AND ${IS_IN_EFFECT} AND kind NOT IN (${notUndoable(kinds)})
         AND seq > coalesce((SELECT CAST(value AS INTEGER) FROM local WHERE name = '${UNDO_FLOOR}'), 0)
       ORDER BY seq DESC`,
    )
    .iterate(coder)
  for (const row of rows) {
    if (steps.has(row.step) || madeUsedLayer(db, row)) continue
    steps.set(row.step, row)
    if (steps.size === limit) break
  }
  return steps.size > 0 ? [...steps.values()] : beginningOf(db, coder)
}

/** The step that made this layer of coding, or did so again, as long as nobody has worked in it. */
function beginningOf(db: ReadableDb, coder: CoderId): StepRow[] {
  const isLayer = db.prepare(`SELECT 1 FROM coder WHERE id = ? AND layer <> 'own'`).get(coder)
  if (!isLayer) return []
  return db
    .prepare<[string], StepRow>(
      `WITH RECURSIVE own(step) AS (
         SELECT step FROM journal WHERE kind IN ${MAKES_CODER} AND payload ->> '$.id' = ? AND ${IS_UNUSED}
         UNION SELECT journal.step FROM journal JOIN own ON journal.undoes = own.step)
       SELECT step, seq, wall, journal.coder AS by FROM own JOIN journal USING (step) JOIN effect USING (seq)
       JOIN coder ON coder.id = journal.coder
       WHERE kind <> 'undo' AND is_undone = 0 ORDER BY seq DESC LIMIT 1`,
    )
    .all(coder)
}

/** Who sat down, and who set a PIN: nothing of the project changed, so what was undone before can still be done again. */
const NO_WORK = `'coder.sitDown', 'coder.setPin'`

/** Undos that nothing has followed but other undos and redos. */
export function redoTargets(db: ReadableDb, coder: CoderId, limit: number): StepRow[] {
  return db
    .prepare<object, StepRow>(
      `SELECT step, seq, wall, coder AS by FROM journal JOIN effect USING (seq)
       WHERE coder = @coder AND kind = 'undo' AND is_undone = 0 AND ${IS_IN_EFFECT} AND seq > coalesce(
         (SELECT max(seq) FROM journal WHERE coder = @coder AND kind NOT IN ('undo', 'redo', ${NO_WORK})), 0)
       ORDER BY seq DESC LIMIT @limit`,
    )
    .all({ coder, limit })
}
