/**
 * Seals: how far the journal has come, signed. The chain of hashes shows a slip; whoever rewrites an entry can make all
 * hashes anew. A seal cannot be made anew without the private key of whoever made it.
 *
 * They stand in a table of their own, so that sealing does not make the journal longer. A seal is about the entries of
 * one computer (replica): their numbers and hashes stay as they are when others' entries are put between them.
 */
import type { SealOccasion } from '../../shared/model.ts'
import type { Db } from './database.ts'
import type { Project } from './project.ts'
import { readSetting } from './settings.ts'

export type SealRow = {
  replica: string
  /** The number of the newest entry of that computer, and its hash. */
  entries: number
  hash: string
  coder: string
  public_key: string
  signature: string
  /** ms */
  wall: number
  occasion: string
}

export type Head = { replica: string; entries: number; hash: string; wall: number }

/** The newest entry of this copy; null before there is one. */
export const headOf = (db: Db, replica: string): Head | null =>
  (db
    .prepare(
      `SELECT replica, replica_seq AS entries, hash, wall FROM journal
       WHERE replica = ? ORDER BY replica_seq DESC LIMIT 1`,
    )
    .get(replica) as Head | undefined) ?? null

/** What is signed. Every field of the seal is in it, and the project, so that no seal fits another file. */
const signedWords = (db: Db, seal: Omit<SealRow, 'public_key' | 'signature'>): string =>
  JSON.stringify([
    'understory seal 1',
    readSetting(db, 'id'),
    seal.replica,
    seal.entries,
    seal.hash,
    seal.coder,
    seal.wall,
    seal.occasion,
  ])

/**
 * Seals all entries of this copy as `coderId`. @returns whether there is a new seal: not where the same key has sealed
 * the same entries before, nor where whoever sits there has not given the PIN that opens their key
 */
export function sealEntries(project: Project, coderId: string, occasion: SealOccasion): boolean {
  const { db, journal, keys } = project
  return journal.transaction(() => {
    const signer = keys.signerOf(coderId)
    const head = headOf(db, journal.replica)
    if (!signer || !head) return false
    const { coder, publicKey } = signer
    const { replica, entries, hash } = head
    if (db.prepare('SELECT 1 FROM seal WHERE hash = ? AND public_key = ?').get(hash, publicKey)) return false
    const seal = { replica, entries, hash, coder, wall: Date.now(), occasion }
    db.prepare(
      `INSERT INTO seal (replica, entries, hash, coder, public_key, signature, wall, occasion)
       VALUES (@replica, @entries, @hash, @coder, @publicKey, @signature, @wall, @occasion)`,
    ).run({ ...seal, publicKey, signature: signer.sign(signedWords(db, seal)) })
    return true
  })
}
