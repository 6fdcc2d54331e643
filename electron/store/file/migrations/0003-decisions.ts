import type { WritableDb } from '../connection.ts'

/**
 * What was decided about disagreements. `id` follows from what the disagreement is about. `decision` is a word, and
 * `chosen` the coder whose codings stand where that is what it says; `decided_by` is null where nobody in particular
 * decided. `basis` says as JSON what the codings were at that time, by which it is seen that one has changed since; `made`
 * the codings of the consensus layer that it stands for. Positions in both are counted in the text that `basis` names.
 */
export function decisions(db: WritableDb): void {
  db.exec(`
    CREATE TABLE decision (
      num INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      note INTEGER NOT NULL REFERENCES note (num),
      kind TEXT NOT NULL,
      decision TEXT NOT NULL,
      chosen INTEGER REFERENCES coder (num),
      decided_by INTEGER REFERENCES coder (num),
      decided_at INTEGER NOT NULL,
      reason TEXT NOT NULL,
      basis TEXT NOT NULL,
      made TEXT NOT NULL,
      CHECK ((decision = 'coder') = (chosen IS NOT NULL))
    ) STRICT;
    CREATE INDEX decision_note ON decision (note);
  `)
}
