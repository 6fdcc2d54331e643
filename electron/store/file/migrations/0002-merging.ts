import type { WritableDb } from '../connection.ts'

/**
 * What merging needs. `void` says of an entry that stands in the journal why it does nothing in its place, as a whole
 * (`part` is empty) or in part (the id of what was left out). `set_aside` keeps the entries of a merge that was undone,
 * in this copy of the file alone, until it is done again. `gap` names entries that stand without the one before them, which
 * was not for this copy. Two laptops may put the same word on an identifier list, each
 * under an id of its own.
 */
export function merging(db: WritableDb): void {
  db.exec(`
    CREATE TABLE void (
      seq INTEGER NOT NULL REFERENCES journal (seq),
      part TEXT NOT NULL,
      reason TEXT NOT NULL,
      PRIMARY KEY (seq, part)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE gap (
      replica TEXT NOT NULL,
      replica_seq INTEGER NOT NULL,
      PRIMARY KEY (replica, replica_seq)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE set_aside (
      id TEXT PRIMARY KEY,
      step TEXT NOT NULL,
      entry TEXT NOT NULL
    ) STRICT;
    CREATE INDEX set_aside_step ON set_aside (step);

    ALTER TABLE identifier_word RENAME TO identifier_word_before;
    CREATE TABLE identifier_word (
      id TEXT PRIMARY KEY,
      salt TEXT NOT NULL,
      word TEXT NOT NULL
    ) STRICT;
    INSERT INTO identifier_word SELECT id, salt, word FROM identifier_word_before;
    DROP TABLE identifier_word_before;
    CREATE INDEX identifier_word_word ON identifier_word (word);
  `)
}
