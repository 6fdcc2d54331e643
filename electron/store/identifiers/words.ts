/**
 * The project's own words for the identifier check: never report these, always report those; and its masks.
 *
 * A listed word may be a name that is later redacted, and then it must be nowhere in the file. So the words never
 * enter the journal. A list is a setting whose value holds word ids; `identifier_word` says which word an id stands
 * for, and a redaction that takes a word out of every note deletes its row there. An id is a commitment: the SHA-256
 * of the word behind a random salt of its own. While the row is there `verify` can tell whether somebody changed the
 * word; once word and salt are gone, no list of names tried one by one leads back from the id to the word.
 *
 * Undoing a change of a list brings its ids back; ids without a word are simply no longer in the list.
 */
import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { CoderId } from '../../../shared/contract/basics.ts'
import type { IdentifierWords } from '../../../shared/contract/identifiers.ts'
import { DEFAULT_MASKS } from '../../../shared/identifiers/masks.ts'
import { type ReadableDb, sure, type WritableDb } from '../file/connection.ts'
import { sha256 } from '../file/hash.ts'
import type { RowOf } from '../file/table-definitions.ts'
import { readLocal, readSetting, writeLocal } from '../file/values.ts'
import type { AnyChange } from '../journal/change.ts'
import type { Changes } from '../journal/changes.ts'
import type { projectChanges } from '../settings/settings.ts'

const Ids = z.array(z.string())

const SETTINGS = { allow: 'identifiers.allow', deny: 'identifiers.deny', masks: 'masks' } as const

function readWords(db: ReadableDb, name: string, otherwise: readonly string[] = []): string[] {
  const stored = readSetting(db, name)
  if (stored === null) return [...otherwise]
  const ids = Ids.safeParse(JSON.parse(stored))
  if (!ids.success) return [...otherwise]
  const words = db
    .prepare<[string], string>(
      'SELECT DISTINCT word FROM identifier_word WHERE id IN (SELECT value FROM json_each(?))',
    )
    .pluck()
    .all(JSON.stringify(ids.data))
  return words.sort()
}

export const readIdentifierWords = (db: ReadableDb): IdentifierWords => ({
  allow: readWords(db, SETTINGS.allow),
  deny: readWords(db, SETTINGS.deny),
  masks: readWords(db, SETTINGS.masks, DEFAULT_MASKS),
})

const idOf = (salt: string, word: string): string => sha256(`${salt} ${word}`)

type WordRow = RowOf<'identifier_word'>

/** The id of a word the file has, or a new row's. */
function rowFor(db: ReadableDb, word: string): WordRow {
  const known = db
    .prepare<[string], WordRow>(
      'SELECT id, salt, word FROM identifier_word WHERE word = ? ORDER BY id LIMIT 1',
    )
    .get(word)
  if (known) return known
  const salt = randomBytes(32).toString('hex')
  return { id: idOf(salt, word), salt, word }
}

/**
 * The words of another copy of the project that may be listed here too; to be called before its entries come in. A word
 * that this copy has listed before and has no more was taken out of the notes: it stays away.
 */
export function wordsToTakeOver(db: ReadableDb, words: readonly WordRow[]): WordRow[] {
  const listed = new Set([...listedIds(db).keys(), ...idsAside(db)])
  return words.filter(({ id, salt, word }) => !listed.has(id) && idOf(salt, word) === id)
}

/** Adds those that an entry lists; to be called when the other copy's entries are in. */
export function addListedWords(db: WritableDb, words: readonly WordRow[]): void {
  if (words.length === 0) return
  const listed = listedIds(db)
  const insert = db.prepare(
    'INSERT INTO identifier_word (id, salt, word) VALUES (@id, @salt, @word) ON CONFLICT (id) DO NOTHING',
  )
  for (const row of words) if (listed.has(row.id)) insert.run(row)
}

/** Changes the lists that are given; each is trimmed and without repeats, so that equal lists are equal. */
export function saveIdentifierWords(
  project: Changes<typeof projectChanges>,
  coderId: CoderId,
  words: { [list in keyof IdentifierWords]?: string[] | undefined },
): void {
  const { db } = project
  const rows = new Map<string, WordRow>()
  const rowOf = (word: string): WordRow => {
    const row = rows.get(word) ?? rowFor(db, word)
    rows.set(word, row)
    return row
  }
  const changes = (Object.keys(SETTINGS) as Array<keyof typeof SETTINGS>).flatMap(
    (list): AnyChange<typeof projectChanges>[] => {
      const given = words[list]
      if (given === undefined) return []
      const listed = new Set(given.map((word) => word.trim()).filter((word) => word !== ''))
      // In the order of ids: the order of the words would say something about them.
      const value = JSON.stringify([...listed].map((word) => rowOf(word).id).sort())
      return [{ kind: 'project.set', payload: { name: SETTINGS[list], value } }]
    },
  )
  if (changes.length === 0) return
  project.changeTogether(coderId, changes, () => {
    const insert = db.prepare(
      'INSERT INTO identifier_word (id, salt, word) VALUES (@id, @salt, @word) ON CONFLICT (id) DO NOTHING',
    )
    for (const row of rows.values()) insert.run(row)
  })
}

/** Ids that were ever listed, and in which entry last. */
function listedIds(db: ReadableDb): Map<string, number> {
  const listed = new Map<string, number>()
  const lists = db
    .prepare<[string], { seq: number; payload: string }>(
      `SELECT seq, payload FROM journal WHERE kind = 'project.set'
       AND CASE WHEN json_valid(payload) THEN payload ->> '$.name' END IN (SELECT value FROM json_each(?)) ORDER BY seq`,
    )
    .all(JSON.stringify(Object.values(SETTINGS)))
  for (const { seq, payload } of lists)
    for (const [id] of payload.matchAll(/[0-9a-f]{64}/g)) listed.set(id, seq)
  return listed
}

/** Ids that are listed by entries of merges that were undone. */
function idsAside(db: ReadableDb): Set<string> {
  const lists = db
    .prepare<[], string>(
      `SELECT entry ->> '$.payload' FROM set_aside
       WHERE CASE WHEN json_valid(entry) THEN entry ->> '$.kind' END = 'project.set'`,
    )
    .pluck()
    .all()
  return new Set(lists.flatMap((payload) => payload.match(/[0-9a-f]{64}/g) ?? []))
}

/** Before the id of a word that is listed in another copy, and that this one has forgotten or never had. */
const WITHOUT_WORD = 'without-word.'

/** After a merge: words that neither copy has are not missed, whichever entry listed them. */
export function noteWordsGone(db: WritableDb): void {
  const isThere = db.prepare('SELECT 1 FROM identifier_word WHERE id = ?')
  for (const id of listedIds(db).keys()) if (!isThere.get(id)) writeLocal(db, WITHOUT_WORD + id, '1')
}

/**
 * Listed words that are not what was put on the list, that nobody put there, or that are gone though nothing was
 * redacted since.
 */
export function checkIdentifierWords(db: ReadableDb): string[] {
  const rows = db.prepare<[], WordRow>('SELECT id, salt, word FROM identifier_word').all()
  const lastRedaction = sure(
    db
      .prepare<[], number>(`SELECT coalesce(max(seq), 0) FROM journal WHERE kind = 'note.redact'`)
      .pluck()
      .get(),
  )
  const listed = listedIds(db)
  const aside = idsAside(db)
  const there = new Set(rows.map(({ id }) => id))
  const named = (id: string) => `identifier_word: a word of the identifier lists (${id.slice(0, 8)})`
  return [
    ...rows
      .filter(({ id, salt, word }) => idOf(salt, word) !== id)
      .map(({ id }) => `${named(id)} is not the one put there`),
    ...rows
      .filter(({ id }) => !listed.has(id) && !aside.has(id))
      .map(({ id }) => `${named(id)} was put there by no entry`),
    ...[...listed]
      .filter(
        ([id, seq]) => !there.has(id) && seq > lastRedaction && readLocal(db, WITHOUT_WORD + id) === null,
      )
      .map(([id]) => `${named(id)} is missing`),
  ]
}

const fold = (text: string): string => text.trim().toLocaleLowerCase('en-GB')
const tokensOf = (folded: string): string[] => folded.match(/[\p{L}\p{N}\p{M}]+/gu) ?? []
const isLetter = (character: string | undefined) => character !== undefined && /[\p{L}\p{N}]/u.test(character)

/** Whether `words` stand in `text` as words of their own; both folded. */
function standsIn(text: string, words: string): boolean {
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
    if (!isLetter(text[at - 1]) && !isLetter(text[at + words.length])) return true
  }
  return false
}

/**
 * To be called in the transaction of a redaction, when the notes have changed: forgets listed words that `removed`
 * (the texts taken out) would live on in. A listed word goes when it shares a word with what was removed, or holds it,
 * or is held by it, and that part stands in no note any more. Returns how many words went.
 */
export function forgetRemovedWords(db: WritableDb, removed: readonly string[]): number {
  const rows = db.prepare<[], Pick<WordRow, 'id' | 'word'>>('SELECT id, word FROM identifier_word').all()
  if (rows.length === 0) return 0
  const texts = [...new Set(removed.map(fold))].filter((text) => tokensOf(text).length > 0)
  const tokens = new Set(texts.flatMap(tokensOf))
  const isInNotes = noteSearch(db)
  const gone = rows.filter(({ word }) => {
    const listed = fold(word)
    const shared = tokensOf(listed).filter((token) => tokens.has(token))
    if (shared.length === 0) return false
    const whole = texts.filter((text) => standsIn(listed, text))
    const parts = texts.some((text) => standsIn(text, listed))
      ? [...shared, ...whole, listed]
      : [...shared, ...whole]
    return parts.some((part) => !isInNotes(part))
  })
  const drop = db.prepare('DELETE FROM identifier_word WHERE id = ?')
  for (const { id } of gone) drop.run(id)
  return gone.length
}

/** Tells whether folded words stand in any note, as words of their own; each is looked up once. */
function noteSearch(db: ReadableDb): (part: string) => boolean {
  const known = new Map<string, boolean>()
  const bodies = db
    .prepare<[string], string>(
      `SELECT note_text.body FROM note_fts JOIN note_text ON note_text.num = note_fts.rowid
       JOIN note ON note.text_hash = note_text.hash WHERE note_fts MATCH ?`,
    )
    .pluck()
  const search = (part: string): boolean => {
    // The index folds more than capitals (é is e), so what it finds is looked at again.
    const found = bodies.iterate(`"${part.replaceAll('"', '""')}"`)
    for (const body of found) if (standsIn(fold(body), part)) return true
    return false
  }
  return (part) => {
    const answer = known.get(part) ?? search(part)
    known.set(part, answer)
    return answer
  }
}
