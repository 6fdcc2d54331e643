/**
 * The texts of notes, kept by hash beside the journal. An import first stages its texts in small transactions, so
 * that coding goes on meanwhile, and only then journals the notes; texts still staged when an import ends early
 * (cancelled, failed, killed) are taken out again.
 */
import type { Db } from './database.ts'

export type HashedText = { hash: string; body: string }

export function stageTexts(db: Db, texts: readonly HashedText[]): void {
  const insert = db.prepare('INSERT INTO note_text (hash, body) VALUES (?, ?) ON CONFLICT (hash) DO NOTHING')
  const mark = db.prepare('INSERT INTO staged_text (hash) VALUES (?) ON CONFLICT (hash) DO NOTHING')
  db.transaction(() => {
    for (const { hash, body } of texts) if (insert.run(hash, body).changes === 1) mark.run(hash)
  }).immediate()
}

/** Keeps what was staged; to be called in the transaction that journals the notes. */
export const keepStagedTexts = (db: Db): void => {
  db.prepare('DELETE FROM staged_text').run()
}

export function dropStagedTexts(db: Db): void {
  const staged = db.prepare('SELECT 1 FROM staged_text LIMIT 1').get()
  if (!staged) return
  db.transaction(() => {
    db.prepare('DELETE FROM note_text WHERE hash IN (SELECT hash FROM staged_text)').run()
    db.prepare('DELETE FROM staged_text').run()
  }).immediate()
}
