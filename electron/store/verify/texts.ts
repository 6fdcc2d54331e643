/** Whether the texts of notes, their index and the words of the identifier lists are what the journal names. */
import { besideFile, type ReadableDb, sure, type WritableDb } from '../file/connection.ts'
import { sha256 } from '../file/hash.ts'
import { openingOf } from '../file/migrations/0001-first.ts'
import { checkIdentifierWords } from '../identifiers/words.ts'
import { hasSomeTexts } from '../team/laptops.ts'

type StoredText = { num: number; hash: string; body: string; opening: string }
type StoredNote = { id: string; hash: string; length: number; opening: string }

/** All that lies beside the journal and is named by it. */
export const checkTexts = (db: ReadableDb): string[] => [
  ...checkNotes(db),
  ...checkStaged(db),
  ...checkIdentifierWords(db),
  ...checkIndex(db),
]

/** Every note's text must be there and be the text that was imported, and what stands for its title its first words. */
function checkNotes(db: ReadableDb): string[] {
  const isPartial = hasSomeTexts(db)
  const notes = db
    .prepare<[], StoredNote>('SELECT id, text_hash AS hash, length, opening FROM note ORDER BY num')
    .all()
  const unclaimed = new Map<string, number>()
  const texts = new Map<string, { isSame: boolean; length: number; opening: string }>()
  const wanted = new Set(notes.map(({ hash }) => hash))
  const rows = db
    .prepare<[], StoredText>(
      `SELECT num, hash, body, ${openingOf('body')} AS opening FROM note_text ORDER BY num`,
    )
    .iterate()
  for (const { num, hash, body, opening } of rows) {
    texts.set(hash, { isSame: sha256(body) === hash, length: body.length, opening })
    if (!wanted.has(hash)) unclaimed.set(hash, num)
  }
  return [
    ...notes.flatMap(({ id, hash, length, opening }) => {
      const text = texts.get(hash)
      if (!text) return isPartial ? [] : [`note ${id}: its text is missing`]
      if (!text.isSame || text.length !== length)
        return [`note ${id}: its text is not the text that was imported`]
      if (text.opening !== opening)
        return [`note ${id}: what stands for its title is not how its text begins`]
      return []
    }),
    ...checkUnclaimed(db, unclaimed, (hash) => texts.get(hash)?.isSame === true),
  ]
}

/** Texts that no note has now: of an import that was undone, which the journal names, or of one under way. */
function checkUnclaimed(
  db: ReadableDb,
  unclaimed: ReadonlyMap<string, number>,
  isSame: (hash: string) => boolean,
): string[] {
  if (unclaimed.size === 0) return []
  const named = namedIn(db, `kind LIKE 'note%'`, /"textHash":"([0-9a-f]{64})"/g)
  const first = sure(
    db
      .prepare<[], number | null>('SELECT min(num) FROM staged_text JOIN note_text USING (hash)')
      .pluck()
      .get(),
  )
  return [...unclaimed].flatMap(([hash, num]) => {
    const name = `note_text ${num} (${hash.slice(0, 8)})`
    if (!isSame(hash)) return [`${name}: the text is not the one put there`]
    if (named.has(hash) || (first !== null && num >= first)) return []
    return [`${name}: no journal entry brought this text`]
  })
}

/** Texts staged by an import under way: one row that names the first of them. */
function checkStaged(db: ReadableDb): string[] {
  const rows = db
    .prepare<[], { hash: string; isThere: number; isNotes: number }>(
      `SELECT hash, EXISTS (SELECT 1 FROM note_text WHERE note_text.hash = staged_text.hash) AS isThere,
              EXISTS (SELECT 1 FROM note WHERE text_hash = staged_text.hash) AS isNotes FROM staged_text`,
    )
    .all()
  return rows.flatMap(({ hash, isThere, isNotes }, at) =>
    at === 0 && isThere && !isNotes
      ? []
      : [`staged_text: ${hash.slice(0, 8)} is no text of an import under way`],
  )
}

/** What a pattern finds in the payloads of some entries, those of merges that were undone among them. */
function namedIn(db: ReadableDb, where: string, pattern: RegExp): ReadonlySet<string> {
  const named = new Set<string>()
  const payloads = db
    .prepare<[], string>(
      `SELECT payload FROM (
         SELECT kind, payload FROM journal
         UNION ALL SELECT CASE WHEN json_valid(entry) THEN entry ->> '$.kind' END,
           CASE WHEN json_valid(entry) THEN entry ->> '$.payload' END FROM set_aside)
       WHERE ${where}`,
    )
    .pluck()
    .iterate()
  for (const payload of payloads)
    for (const found of payload.matchAll(pattern)) named.add(found[1] ?? found[0])
  return named
}

const PARTS = ['data', 'idx', 'docsize', 'config'] as const
/** Removed words leave no trace in the index; how often its pieces are merged is for imports to say. */
const SETTINGS: Readonly<Record<string, readonly unknown[]>> = {
  'secure-delete': [1],
  version: [4, 5],
  automerge: [16],
  crisismerge: [64],
}
const NEEDED = ['secure-delete', 'version'] as const

/** Pages of no piece of the index, and pieces without pages: a place to keep what was taken out. */
const STRAY = `WITH pages(piece) AS (SELECT id >> 37 FROM main.note_fts_data WHERE id NOT IN (1, 10))
  SELECT 1 WHERE EXISTS (SELECT piece FROM pages EXCEPT SELECT segid FROM main.note_fts_idx)
    OR EXISTS (SELECT segid FROM main.note_fts_idx EXCEPT SELECT piece FROM pages)`

/**
 * The index beside the texts. SQLite compares the two only where it may write; so what the index consists of is copied
 * beside the connection (in memory) and compared with the texts there. It does not follow the index from its terms to
 * their pages, as a search does; so each term is looked up too.
 */
function checkIndex(stored: ReadableDb): string[] {
  const db = besideFile(stored)
  const isGuarded = db.pragma('query_only', { simple: true }) === 1
  if (isGuarded) db.pragma('query_only = OFF')
  db.unsafeMode(true)
  try {
    const settings = db.prepare<[], { k: string; v: unknown }>('SELECT k, v FROM note_fts_config').all()
    const isWhole = NEEDED.every((name) => settings.some(({ k }) => k === name))
    const isUsual = settings.every(({ k, v }) => SETTINGS[k]?.includes(v))
    if (!isWhole || !isUsual) return ['search index: its settings are not those this program makes']
    return db.prepare(STRAY).get() === undefined && findsAll(db)
      ? []
      : ['search index: it does not hold what the texts of the notes do']
  } finally {
    db.exec(`DROP TABLE IF EXISTS temp.checked_terms; DROP TABLE IF EXISTS temp.checked;
      DROP VIEW IF EXISTS temp.checked_texts`)
    db.unsafeMode(false)
    if (isGuarded) db.pragma('query_only = ON')
  }
}

function findsAll(db: WritableDb): boolean {
  db.exec(`CREATE TEMP VIEW checked_texts AS SELECT num, body FROM main.note_text;
    CREATE VIRTUAL TABLE temp.checked USING fts5 (
      body, content = 'checked_texts', content_rowid = 'num', tokenize = "unicode61 remove_diacritics 2"
    );
    CREATE VIRTUAL TABLE temp.checked_terms USING fts5vocab ('temp', 'checked', 'row')`)
  try {
    for (const part of PARTS)
      db.exec(`DELETE FROM temp.checked_${part};
        INSERT INTO temp.checked_${part} SELECT * FROM main.note_fts_${part}`)
    db.exec(`INSERT INTO temp.checked (checked, rank) VALUES ('integrity-check', 1)`)
    const lost = db.prepare(
      `SELECT 1 FROM temp.checked_terms AS listed WHERE NOT EXISTS (
         SELECT 1 FROM temp.checked_terms AS found
         WHERE found.term = listed.term AND found.doc = listed.doc AND found.cnt = listed.cnt) LIMIT 1`,
    )
    return lost.get() === undefined
  } catch (error) {
    const code = (error as { code?: string }).code ?? ''
    if (!/^SQLITE_(CORRUPT|CONSTRAINT|MISMATCH|ERROR)/.test(code)) throw error
    return false
  }
}
