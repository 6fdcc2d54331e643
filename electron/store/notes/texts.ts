/**
 * The texts of notes, kept by hash beside the journal. An import first stages its texts in small transactions, so
 * that coding goes on meanwhile, and only then journals the notes; texts still staged when an import ends early
 * (cancelled, failed, killed) are taken out again.
 *
 * `staged_text` names the first of them: later texts that no note has are staged too. To name each would cost as much
 * as storing half of it, as hashes fall all over their index.
 */
import { Problem } from '../../../shared/problem.ts'
import { sure, type WritableDb } from '../file/connection.ts'
import { withoutWaiting } from '../file/database.ts'

export type HashedText = { hash: string; body: string }

/** Texts per statement: two values each, well below the most that a statement takes. */
const STATEMENT_TEXTS = 500
/** The index merges its pieces once there are this many of a size; one large merge at a time only at `crisismerge`. */
const MERGING = { automerge: 16, crisismerge: 64 }

/**
 * Adds texts of an import that may still end early, in one transaction.
 *
 * Many texts go into one statement: the full-text index is kept by a trigger, and under a trigger it writes out what
 * it has gathered at the end of every statement. A text at a time makes a piece of index each, and merging those
 * takes longer than all the rest.
 */
export function stageTexts(db: WritableDb, texts: readonly HashedText[]): void {
  if (texts.length === 0) return
  const mark = db.prepare(
    `INSERT INTO staged_text (hash) SELECT hash FROM note_text
     WHERE num > ? AND NOT EXISTS (SELECT 1 FROM staged_text) ORDER BY num LIMIT 1`,
  )
  const staging = db.transaction(() => {
    mergeRarely(db)
    const before = db.prepare('SELECT coalesce(max(num), 0) FROM note_text').pluck().get()
    withoutDeletions(db, () => addTexts(db, texts))
    mark.run(before)
  })
  withoutWaiting(db, () => staging.immediate())
}

/** Adds texts for good; to be called in the transaction that journals the notes they belong to. */
export function addTexts(db: WritableDb, texts: readonly HashedText[]): void {
  for (let from = 0; from < texts.length; from += STATEMENT_TEXTS) {
    const some = texts.slice(from, from + STATEMENT_TEXTS)
    const rows = some.map(() => '(?, ?)').join(', ')
    db.prepare(`INSERT INTO note_text (hash, body) VALUES ${rows} ON CONFLICT (hash) DO NOTHING`).run(
      some.flatMap(({ hash, body }) => [hash, body]),
    )
  }
}

/**
 * While the index deletes without a trace, SQLite takes some of the long lists of places it writes down for deletions and
 * looks each up in all that is there (`fts5FlushOneHash` asks the first byte of a length of several): where nothing is
 * deleted it need not. Both settings are of one transaction, so that nobody sees the first.
 */
function withoutDeletions(db: WritableDb, work: () => void): void {
  configureIndex(db, 'secure-delete', 0)
  work()
  configureIndex(db, 'secure-delete', 1)
}

const configureIndex = (db: WritableDb, name: string, value: number) =>
  // As a literal: a bound number is a real one, which the index does not take.
  db.exec(`INSERT INTO note_fts (note_fts, rank) VALUES ('${name}', ${value})`)

/** Merging early and often writes the index several times over while it grows; the settings stay with the file. */
function mergeRarely(db: WritableDb): void {
  const known = db.prepare('SELECT v FROM note_fts_config WHERE k = ?').pluck()
  for (const [name, value] of Object.entries(MERGING))
    if (known.get(name) !== value) configureIndex(db, name, value)
}

/**
 * Keeps what was staged; to be called in the transaction that journals the notes. Texts that are not there any more
 * (another program has opened the file and swept, or a redaction took out the same words) stop it: no note without
 * its text.
 */
export function keepStagedTexts(db: WritableDb, hashes: readonly string[]): void {
  const missing = db
    .prepare(
      'SELECT 1 FROM json_each(?) WHERE NOT EXISTS (SELECT 1 FROM note_text WHERE hash = value) LIMIT 1',
    )
    .get(JSON.stringify(hashes))
  if (missing)
    throw new Problem(
      'conflict',
      'This project was changed elsewhere while the notes were read, and some of their texts went with it. No note was added; import them again.',
    )
  db.prepare('DELETE FROM staged_text').run()
}

/**
 * Takes staged texts out again. Taking single texts out of the index without a trace costs a hundred times what
 * putting them in did; making the index anew from the texts that stay is quicker.
 */
export function dropStagedTexts(db: WritableDb): void {
  // From the one that is named, if there is any: asked the other way round every text would be looked for.
  const first = sure(
    db
      .prepare<[], number | null>('SELECT min(num) FROM staged_text CROSS JOIN note_text USING (hash)')
      .pluck()
      .get(),
  )
  if (first === null) return
  db.transaction(() => {
    withoutTriggers(db, () => {
      db.prepare(
        `DELETE FROM note_text WHERE num >= ?
         AND NOT EXISTS (SELECT 1 FROM note WHERE note.text_hash = note_text.hash)`,
      ).run(first)
      db.prepare('DELETE FROM staged_text').run()
      db.exec(`INSERT INTO note_fts (note_fts) VALUES ('rebuild')`)
    })
  }).immediate()
}

/** Runs `work` while nothing keeps the index; to be called in a transaction, so that nobody sees it that way. */
function withoutTriggers(db: WritableDb, work: () => void): void {
  const triggers = db
    .prepare<[], { name: string; sql: string }>(
      `SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'note_text'`,
    )
    .all()
  for (const { name } of triggers) db.exec(`DROP TRIGGER ${name}`)
  work()
  for (const { sql } of triggers) db.exec(sql)
}
