/**
 * What everything in the project file is to the journal, in one place. *Verify* goes by it, and
 * tests/store/verify-schema.test.ts fails for a table, column, trigger or view that is not in it.
 *
 * - journalled: it is the journal, what reducers made of it, or what it names by a hash.
 * - derived: it follows from what is journalled; *Verify* makes it anew and compares.
 * - local: of this copy of the file alone; no more can be said of it than that it may stand there.
 * - seal: signatures, which speak for themselves.
 */
import { DOMAIN_TABLES } from '../file/table-definitions.ts'

export type Kept = 'journalled' | 'derived' | 'local' | 'seal'

const DOMAIN = Object.fromEntries(Object.keys(DOMAIN_TABLES).map((table) => [table, 'journalled'] as const))

export const TABLE_CLASSES: Readonly<Record<string, Kept>> = {
  ...DOMAIN,
  journal: 'journalled',
  note_text: 'journalled',
  identifier_word: 'journalled',
  effect: 'derived',
  subject: 'derived',
  void: 'derived',
  codebook: 'derived',
  codebook_version: 'derived',
  staged_text: 'derived',
  sqlite_sequence: 'derived',
  note_fts: 'derived',
  note_fts_data: 'derived',
  note_fts_idx: 'derived',
  note_fts_docsize: 'derived',
  note_fts_config: 'derived',
  local: 'local',
  set_aside: 'local',
  gap: 'local',
  seal: 'seal',
}

/** They keep what is derived. Indexes are their tables', and SQLite itself compares them. */
export const TRIGGER_CLASSES: Readonly<Record<string, Kept>> = {
  note_text_added: 'derived',
  note_text_removed: 'derived',
  note_added: 'derived',
  note_text_replaced: 'derived',
}

/** There are none. */
export const VIEW_CLASSES: Readonly<Record<string, Kept>> = {}

/** Columns of journalled tables that no entry wrote. */
export const DERIVED_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  note: ['opening', 'shown_title'],
}

export type Compared = { columns: readonly string[]; key: string }

/** Tables that replaying the journal makes anew, row by row. */
export const REPLAYED: Readonly<Record<string, Compared>> = {
  ...Object.fromEntries(
    Object.entries(DOMAIN_TABLES).map(([table, columns]) => [
      table,
      { columns: ['num', ...Object.keys(columns)], key: 'num' },
    ]),
  ),
  effect: { columns: ['seq', 'changes', 'is_undone'], key: 'seq' },
  subject: { columns: ['about', 'first', 'seq', 'last'], key: 'about, first, seq, last' },
  void: { columns: ['seq', 'part', 'reason'], key: 'seq, part' },
  codebook: { columns: ['num', 'version'], key: 'num' },
  codebook_version: { columns: ['version', 'seq'], key: 'version' },
  sqlite_sequence: { columns: ['name', 'seq'], key: 'name' },
}

/** What SQLite keeps for itself to find its way, and may make at any time. */
export const isPlannersOwn = (name: string): boolean => name.startsWith('sqlite_stat')
