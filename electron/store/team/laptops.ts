/**
 * Laptops: copies of the project that somebody joined with. Each has an age key of its own, whose public half stands in
 * the journal; packages for its person are encrypted for it.
 */
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import { z } from 'zod'
import { CoderId } from '../../../shared/contract/basics.ts'
import { Problem } from '../../../shared/problem.ts'
import type { ReadableDb, WritableDb } from '../file/connection.ts'
import { nameOf } from '../file/lookup.ts'
import { readLocal, writeLocal } from '../file/values.ts'
import { defineChange } from '../journal/change.ts'
import { getCoder } from './coders.ts'
import { KEY_NAME } from './signing-keys.ts'

/** Before the replica: the private half, which lies in the encrypted file alone. */
export const IDENTITY_NAME = 'age-identity.'
export const IDENTITY = /^AGE-SECRET-KEY-1[0-9A-Z]{58}$/

/** Whose copy this is, where it was made from a package. */
export const JOINED_FOR = 'joined-for'
/** Whether notes may be without their texts: those that a package did not bring. */
export const SOME_TEXTS = 'some-texts'

export const laptopChanges = {
  /**
   * Whose laptop a copy is, and which key packages for it are encrypted with. As the first entry of a copy it says that
   * nobody else writes there.
   */
  'laptop.add': defineChange({
    payload: z.strictObject({ coder: CoderId, recipient: z.string().regex(/^age1[0-9a-z]{58}$/) }),
    isUndoable: false,
    // It changes no table: the journal itself is where a laptop is known from.
    reduce: ({ db, entry }, { coder }) => {
      getCoder(db, coder)
      // Whoever could show a key for another would be sent what is theirs.
      if (entry.coder !== coder)
        throw new Problem(
          'not-allowed',
          'Everybody shows the key of their own laptop alone. Nothing was changed.',
        )
    },
    label: (db, { coder }) => `showed the key of a laptop of ${nameOf(db, 'coder', coder)}`,
  }),
}

/** A new pair for a copy: what opens packages for it, and what they are encrypted with. */
export async function newAgeKeys(): Promise<{ identity: string; recipient: string }> {
  const identity = await generateX25519Identity()
  return { identity, recipient: await identityToRecipient(identity) }
}

export const keepIdentity = (db: WritableDb, replica: string, identity: string): void =>
  writeLocal(db, IDENTITY_NAME + replica, identity)

/** The private keys that this copy has. */
export const ownIdentities = (db: ReadableDb): string[] =>
  db
    .prepare<[string], string>('SELECT value FROM local WHERE name LIKE ? ORDER BY name')
    .pluck()
    .all(`${IDENTITY_NAME}%`)

/**
 * The copies of the project that this file was: it goes on as another one where an older state was put in its place, or
 * where it was copied. Each leaves a key here.
 */
export const ownReplicas = (db: ReadableDb): string[] =>
  db
    .prepare<[string, string], string>(
      'SELECT name FROM local WHERE name LIKE ? OR name LIKE ? ORDER BY name',
    )
    .pluck()
    .all(`${IDENTITY_NAME}%`, `${KEY_NAME}%`)
    .map((name) => name.split('.')[1] ?? '')

/** The public keys of a person's laptops. */
export const recipientsOf = (db: ReadableDb, coder: CoderId): string[] =>
  db
    .prepare<[string], string>(
      `SELECT DISTINCT payload ->> '$.recipient' FROM journal
       WHERE kind = 'laptop.add' AND payload ->> '$.coder' = ?
         AND NOT EXISTS (SELECT 1 FROM void WHERE void.seq = journal.seq) ORDER BY seq`,
    )
    .pluck()
    .all(coder)

/** Whom this copy was made for from a package; null for any other copy. */
export const joinedFor = (db: ReadableDb): CoderId | null => readLocal<CoderId>(db, JOINED_FOR)

/** Before the id of a coder: hashes (their first digits) of the texts that packages brought them. */
export const TEXTS_SENT = 'texts-sent.'
const DIGITS = 16

/** Of these texts those that no package has brought a person yet. */
export function notSentYet<T extends { hash: string }>(
  db: ReadableDb,
  coder: CoderId,
  texts: readonly T[],
): T[] {
  const sent = new Set(JSON.parse(readLocal(db, TEXTS_SENT + coder) ?? '[]') as string[])
  return texts.filter(({ hash }) => !sent.has(hash.slice(0, DIGITS)))
}

export function noteSent(db: WritableDb, coder: CoderId, texts: ReadonlyArray<{ hash: string }>): void {
  const sent = JSON.parse(readLocal(db, TEXTS_SENT + coder) ?? '[]') as string[]
  const all = new Set([...sent, ...texts.map(({ hash }) => hash.slice(0, DIGITS))])
  if (all.size > sent.length) writeLocal(db, TEXTS_SENT + coder, JSON.stringify([...all]))
}

/** Whether this copy may have notes whose texts it was not given. */
export const hasSomeTexts = (db: ReadableDb): boolean => readLocal(db, SOME_TEXTS) !== null
