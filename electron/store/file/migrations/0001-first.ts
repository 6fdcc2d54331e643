import type { WritableDb } from '../connection.ts'

/** Characters of a note's beginning that stand for its title where it has none; the end is cut between words. */
const OPENING = 80

/** SQL: `text` on one line, its first words alone, with an ellipsis where there is more. */
export const openingOf = (text: string): string => `(
  SELECT CASE WHEN length(line) <= ${OPENING} THEN line
    ELSE coalesce(nullif(rtrim(rtrim(head, replace(head, ' ', ''))), ''), substr(head, 1, ${OPENING})) || '…' END
  FROM (SELECT line, substr(line, 1, ${OPENING + 1}) AS head FROM (
    SELECT trim(replace(replace(replace(flat, '    ', ' '), '  ', ' '), '  ', ' ')) AS line FROM (
      SELECT replace(replace(replace(substr(${text}, 1, 400), char(10), ' '), char(9), ' '), char(160), ' ') AS flat))))`

const OPENING_OF_NEW = `coalesce((SELECT ${openingOf('body')} FROM note_text WHERE hash = new.text_hash), '')`

/**
 * The first schema.
 *
 * `journal` is the truth. The domain tables are what its reducers made of it and are written by nothing else; each
 * has an integer `num` that is never reused, by which `effect` names the rows an entry touched, and `subject` those that
 * are asked for their history, in runs (subjects.ts). Columns that may be long stand last: whatever reads those before
 * them does not walk through the pages that a long one overflows to. `note_text` holds
 * the texts by hash (the journal names only the hash), so that an import can be undone and redone; `note_fts` is its
 * full-text index, kept by triggers, with deletions that leave nothing behind. `redaction` says how positions in a note
 * moved when text was taken out. `codebook_version`
 * says which entry made each version of the codebook; `gone_code` keeps the names of codes that were deleted or merged,
 * so that the journal can still be read. `local` holds
 * what belongs to this copy of the file alone. `seal` holds signatures under how far the journal had come.
 * `staged_text` lists texts of an import still under way.
 * `note.opening` is no part of what the journal says: triggers keep it the first words of the text that is in the file
 * now, so that a list can name an untitled note (`shown_title`) without reading texts, and nothing redacted stays in it.
 * `round` gives notes to coders; `drawn` says as JSON how its notes were drawn. A row of `coder` is a layer of coding:
 * a person's own, a second pass of theirs, or the consensus.
 * `identifier_word` holds the words of the identifier lists, which the journal names by salted hash alone.
 */
export function first(db: WritableDb): void {
  db.exec(`
    CREATE TABLE local (
      name TEXT PRIMARY KEY,
      value TEXT NOT NULL
    ) STRICT;

    CREATE TABLE journal (
      seq INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      replica TEXT NOT NULL,
      replica_seq INTEGER NOT NULL,
      hlc TEXT NOT NULL,
      wall INTEGER NOT NULL,
      coder TEXT NOT NULL,
      kind TEXT NOT NULL,
      version INTEGER NOT NULL,
      step TEXT NOT NULL,
      undoes TEXT,
      prev_hash TEXT NOT NULL,
      hash TEXT NOT NULL,
      payload TEXT NOT NULL,
      UNIQUE (replica, replica_seq)
    ) STRICT;
    CREATE INDEX journal_step ON journal (step);
    CREATE INDEX journal_undoes ON journal (undoes) WHERE undoes IS NOT NULL;
    CREATE INDEX journal_coder ON journal (coder, seq);
    CREATE INDEX journal_key ON journal (seq) WHERE kind = 'coder.key';
    CREATE INDEX journal_layer ON journal (seq) WHERE kind IN ('coder.codeAgain', 'coder.addConsensus');
    CREATE INDEX journal_round ON journal (seq) WHERE kind = 'round.add';

    CREATE TABLE effect (
      seq INTEGER PRIMARY KEY REFERENCES journal (seq),
      is_undone INTEGER NOT NULL DEFAULT 0,
      changes TEXT NOT NULL
    ) STRICT;

    CREATE TABLE subject (
      about TEXT NOT NULL,
      first INTEGER NOT NULL,
      last INTEGER NOT NULL,
      seq INTEGER NOT NULL REFERENCES journal (seq),
      PRIMARY KEY (about, first, seq, last)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX subject_run ON subject (about, last, first, seq) WHERE last > first;

    CREATE TABLE seal (
      replica TEXT NOT NULL,
      entries INTEGER NOT NULL,
      hash TEXT NOT NULL,
      coder TEXT NOT NULL,
      public_key TEXT NOT NULL,
      signature TEXT NOT NULL,
      wall INTEGER NOT NULL,
      occasion TEXT NOT NULL,
      PRIMARY KEY (hash, public_key)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE note_text (
      num INTEGER PRIMARY KEY,
      hash TEXT NOT NULL UNIQUE,
      body TEXT NOT NULL
    ) STRICT;
    CREATE VIRTUAL TABLE note_fts USING fts5 (
      body, content = 'note_text', content_rowid = 'num', tokenize = "unicode61 remove_diacritics 2"
    );
    INSERT INTO note_fts (note_fts, rank) VALUES ('secure-delete', 1);
    CREATE TRIGGER note_text_added AFTER INSERT ON note_text BEGIN
      INSERT INTO note_fts (rowid, body) VALUES (new.num, new.body);
    END;
    CREATE TRIGGER note_text_removed AFTER DELETE ON note_text BEGIN
      INSERT INTO note_fts (note_fts, rowid, body) VALUES ('delete', old.num, old.body);
    END;

    CREATE TABLE staged_text (
      hash TEXT PRIMARY KEY
    ) STRICT;

    CREATE TABLE identifier_word (
      id TEXT PRIMARY KEY,
      salt TEXT NOT NULL,
      word TEXT NOT NULL UNIQUE
    ) STRICT;

    CREATE TABLE setting (
      num INTEGER PRIMARY KEY AUTOINCREMENT,
      name TEXT NOT NULL UNIQUE,
      value TEXT NOT NULL
    ) STRICT;

    CREATE TABLE coder (
      num INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      name TEXT NOT NULL,
      role TEXT NOT NULL,
      layer TEXT NOT NULL CHECK (layer IN ('own', 'again', 'consensus')),
      person INTEGER REFERENCES coder (num),
      CHECK ((layer = 'again') = (person IS NOT NULL))
    ) STRICT;

    CREATE TABLE attribute (
      num INTEGER PRIMARY KEY AUTOINCREMENT,
      owner TEXT NOT NULL CHECK (owner IN ('note', 'case')),
      name TEXT NOT NULL,
      kind TEXT NOT NULL,
      UNIQUE (owner, name)
    ) STRICT;

    CREATE TABLE casefile (
      num INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      attributes TEXT NOT NULL
    ) STRICT;

    CREATE TABLE note (
      num INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      casefile INTEGER REFERENCES casefile (num),
      title TEXT NOT NULL,
      date TEXT,
      text_hash TEXT NOT NULL,
      length INTEGER NOT NULL,
      characters INTEGER NOT NULL,
      opening TEXT NOT NULL DEFAULT '',
      attributes TEXT NOT NULL,
      shown_title TEXT NOT NULL
        GENERATED ALWAYS AS (CASE WHEN title IN ('', id) AND opening <> '' THEN opening ELSE title END) VIRTUAL
    ) STRICT;
    CREATE TRIGGER note_added AFTER INSERT ON note BEGIN
      UPDATE note SET opening = ${OPENING_OF_NEW} WHERE num = new.num;
    END;
    CREATE TRIGGER note_text_replaced AFTER UPDATE OF text_hash ON note BEGIN
      UPDATE note SET opening = ${OPENING_OF_NEW} WHERE num = new.num;
    END;
    CREATE INDEX note_casefile ON note (casefile);
    CREATE INDEX note_text_hash ON note (text_hash);

    CREATE TABLE redaction (
      num INTEGER PRIMARY KEY AUTOINCREMENT,
      note INTEGER NOT NULL,
      entry INTEGER NOT NULL,
      cuts TEXT NOT NULL
    ) STRICT;
    CREATE INDEX redaction_note ON redaction (note, entry);

    CREATE TABLE kept_identifier (
      num INTEGER PRIMARY KEY AUTOINCREMENT,
      note INTEGER NOT NULL REFERENCES note (num),
      start_at INTEGER NOT NULL,
      end_at INTEGER NOT NULL,
      UNIQUE (note, start_at, end_at)
    ) STRICT;

    CREATE TABLE note_status (
      num INTEGER PRIMARY KEY AUTOINCREMENT,
      note INTEGER NOT NULL REFERENCES note (num),
      coder INTEGER NOT NULL REFERENCES coder (num),
      status TEXT NOT NULL,
      changed_at INTEGER NOT NULL,
      UNIQUE (note, coder)
    ) STRICT;
    CREATE INDEX note_status_coder ON note_status (coder);

    CREATE TABLE round (
      num INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      name TEXT NOT NULL,
      is_blind INTEGER NOT NULL,
      drawn TEXT,
      created_at INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE round_coder (
      num INTEGER PRIMARY KEY AUTOINCREMENT,
      round INTEGER NOT NULL REFERENCES round (num),
      coder INTEGER NOT NULL REFERENCES coder (num),
      UNIQUE (round, coder)
    ) STRICT;
    CREATE INDEX round_coder_coder ON round_coder (coder);

    CREATE TABLE round_note (
      num INTEGER PRIMARY KEY AUTOINCREMENT,
      round INTEGER NOT NULL REFERENCES round (num),
      note INTEGER NOT NULL REFERENCES note (num),
      UNIQUE (round, note)
    ) STRICT;
    CREATE INDEX round_note_note ON round_note (note);

    CREATE TABLE code (
      num INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      parent INTEGER REFERENCES code (num),
      position INTEGER NOT NULL,
      name TEXT NOT NULL,
      colour TEXT,
      shortcut TEXT,
      short_label TEXT NOT NULL,
      theme TEXT NOT NULL,
      defined_version INTEGER NOT NULL,
      is_folder INTEGER NOT NULL,
      is_retired INTEGER NOT NULL,
      example_coding TEXT,
      counter_example_coding TEXT,
      qualifiers TEXT NOT NULL,
      definition TEXT NOT NULL,
      use_when TEXT NOT NULL,
      do_not_use_when TEXT NOT NULL,
      example TEXT NOT NULL,
      counter_example TEXT NOT NULL,
      remarks TEXT NOT NULL,
      source TEXT NOT NULL
    ) STRICT;
    CREATE INDEX code_parent ON code (parent, position);

    CREATE TABLE codebook (
      num INTEGER PRIMARY KEY CHECK (num = 1),
      version INTEGER NOT NULL
    ) STRICT;
    INSERT INTO codebook (num, version) VALUES (1, 0);

    CREATE TABLE codebook_version (
      version INTEGER PRIMARY KEY,
      seq INTEGER NOT NULL REFERENCES journal (seq)
    ) STRICT;

    CREATE TABLE version_name (
      num INTEGER PRIMARY KEY AUTOINCREMENT,
      version INTEGER NOT NULL UNIQUE,
      name TEXT NOT NULL
    ) STRICT;

    CREATE TABLE gone_code (
      num INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      name TEXT NOT NULL,
      merged_into TEXT
    ) STRICT;

    CREATE TABLE proposal (
      num INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      coder INTEGER NOT NULL REFERENCES coder (num),
      code TEXT,
      fields TEXT NOT NULL,
      reason TEXT NOT NULL,
      status TEXT NOT NULL,
      decided_by INTEGER REFERENCES coder (num),
      answer TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      decided_at INTEGER
    ) STRICT;

    CREATE TABLE coding (
      num INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      note INTEGER NOT NULL REFERENCES note (num),
      coder INTEGER NOT NULL REFERENCES coder (num),
      code INTEGER NOT NULL REFERENCES code (num),
      start_at INTEGER,
      end_at INTEGER,
      qualifiers TEXT NOT NULL,
      codebook_version INTEGER NOT NULL,
      created_at INTEGER NOT NULL,
      CHECK ((start_at IS NULL) = (end_at IS NULL)),
      CHECK (start_at IS NULL OR (0 <= start_at AND start_at < end_at))
    ) STRICT;
    CREATE INDEX coding_note ON coding (note, coder, start_at);
    CREATE INDEX coding_code ON coding (code, coder, note, start_at, end_at);
    CREATE INDEX coding_coder ON coding (coder);

    CREATE TABLE memo (
      num INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      casefile INTEGER REFERENCES casefile (num),
      note INTEGER REFERENCES note (num),
      code INTEGER REFERENCES code (num),
      coding INTEGER REFERENCES coding (num),
      coder INTEGER NOT NULL REFERENCES coder (num),
      type TEXT,
      title TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      changed_at INTEGER NOT NULL,
      body TEXT NOT NULL,
      text TEXT NOT NULL,
      CHECK ((casefile IS NOT NULL) + (note IS NOT NULL) + (code IS NOT NULL) + (coding IS NOT NULL) <= 1)
    ) STRICT;
    CREATE INDEX memo_casefile ON memo (casefile) WHERE casefile IS NOT NULL;
    CREATE INDEX memo_note ON memo (note) WHERE note IS NOT NULL;
    CREATE INDEX memo_code ON memo (code) WHERE code IS NOT NULL;
    CREATE INDEX memo_coding ON memo (coding) WHERE coding IS NOT NULL;
  `)
}
