/**
 * Seals: how far the journal has come, signed. The chain of hashes shows a slip; whoever rewrites an entry can make all
 * hashes anew. A seal cannot be made anew without the private key of whoever made it.
 *
 * They stand in a table of their own, so that sealing does not make the journal longer. A seal is about the entries of
 * one computer (replica): their numbers and hashes stay as they are when others' entries are put between them.
 */
import { createPublicKey, verify } from 'node:crypto'
import type { CoderId } from '../../../shared/contract/basics.ts'
import type { Seal, SealOccasion } from '../../../shared/contract/project.ts'
import { hasTable, type ReadableDb, sure, type WritableDb } from '../file/connection.ts'
import { nameOf } from '../file/lookup.ts'
import { readSetting } from '../file/values.ts'
import { PROJECT_ACTOR } from '../journal/change.ts'
import { isTime, shortTime, wallTime } from '../journal/clock.ts'
import type { Journal } from '../journal/journal.ts'
import type { SigningKeys } from './signing-keys.ts'

export type SealRow = {
  replica: string
  /** The number of the newest entry of that computer, and its hash. */
  entries: number
  hash: string
  coder: CoderId
  public_key: string
  signature: string
  /** ms */
  wall: number
  occasion: string
}

type Head = { replica: string; entries: number; hash: string }

/** The newest entry of this copy; null before there is one. */
const ownHead = (db: ReadableDb, replica: string): Head | null =>
  db
    .prepare<[string], Head>(
      `SELECT replica, replica_seq AS entries, hash FROM journal
       WHERE replica = ? ORDER BY replica_seq DESC LIMIT 1`,
    )
    .get(replica) ?? null

/** What is signed. Every field of the seal is in it, and the project, so that no seal fits another file. */
const signedWords = (db: ReadableDb, seal: Omit<SealRow, 'public_key' | 'signature'>): string =>
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

/** What it takes to seal a journal. */
type Sealing = {
  readonly db: WritableDb
  readonly journal: Pick<Journal, 'replica' | 'transaction'>
  readonly keys: Pick<SigningKeys, 'signerOf'>
}

/**
 * Seals all entries of this copy as `person`. @returns whether there is a new seal: not where the same key has sealed
 * the same entries before, nor where whoever sits there has not given the PIN that opens their key
 */
export function sealEntries(project: Sealing, person: CoderId, occasion: SealOccasion): boolean {
  const { db, journal, keys } = project
  return journal.transaction(() => {
    const signer = keys.signerOf(person)
    const head = ownHead(db, journal.replica)
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

/** Seals of another copy of the project, which speak for themselves; to be called when its entries are in. */
export function takeOverSeals(db: WritableDb, seals: readonly SealRow[]): void {
  const insert = db.prepare(
    `INSERT INTO seal (replica, entries, hash, coder, public_key, signature, wall, occasion)
     VALUES (@replica, @entries, @hash, @coder, @public_key, @signature, @wall, @occasion)
     ON CONFLICT (hash, public_key) DO NOTHING`,
  )
  const isThere = db.prepare('SELECT 1 FROM journal WHERE replica = ? AND replica_seq = ?')
  for (const row of seals) if (isThere.get(row.replica, row.entries)) insert.run(row)
}

/** What entries of merges that were undone say of seals: they and their seals are here again when it is done again. */
function hashesAside(db: ReadableDb): ReadonlySet<string> {
  if (!hasTable(db, 'set_aside')) return new Set()
  return new Set(
    db
      .prepare<[], string>(`SELECT CASE WHEN json_valid(entry) THEN entry ->> '$.hash' END FROM set_aside`)
      .pluck()
      .all(),
  )
}

type Known = { entry: number; replica: string; coder: CoderId; publicKey: string }
type Place = { seq: number; hash: string }

/**
 * Which entries are sealed by whom, and which seals do not fit. Entries are given by their number in this file; a seal
 * that was taken away with its entries is not missed by anything in the file.
 */
export function checkSeals(db: ReadableDb): { seals: Seal[]; unsealed: number; problems: string[] } {
  const aside = hashesAside(db)
  const rows = db
    .prepare<[], SealRow>('SELECT * FROM seal ORDER BY entries, wall')
    .all()
    .filter(({ hash }) => !aside.has(hash))
  const known = db
    .prepare<[], Known>(
      `SELECT replica_seq AS entry, replica, payload ->> '$.coder' AS coder, payload ->> '$.publicKey' AS publicKey
       FROM journal WHERE kind = 'coder.key' AND json_valid(payload)`,
    )
    .all()
  const find = db.prepare<[string, number], Place>(
    'SELECT seq, hash FROM journal WHERE replica = ? AND replica_seq = ?',
  )
  const seals: Seal[] = []
  const problems: string[] = []
  let [reached, good, isBroken] = [0, 0, false]
  for (const row of rows) {
    const place = find.get(row.replica, row.entries)
    const to = place?.seq ?? row.entries
    const from = Math.min(reached + 1, to)
    const fault = isSigned(db, row) ? keyFault(known, row) : 'its signature does not fit it'
    const isThere = place?.hash === row.hash
    const by = `sealed by ${whoIs(db, row.coder)}`
    if (fault)
      problems.push(`seals: the seal of ${timeOf(row)} (entries 1 to ${to}, ${by}) is no good: ${fault}`)
    // What was changed breaks every later seal too: the first says from where on.
    else if (!isThere && !isBroken)
      problems.push(
        `seals: entries ${Math.min(good + 1, row.entries)} to ${row.entries} were taken off or rewritten since ${timeOf(row)}, ${by}`,
      )
    isBroken ||= !fault && !isThere
    const isGood = !fault && isThere
    if (isGood) good = to
    seals.push({
      coderId: row.coder,
      coder: whoIs(db, row.coder),
      at: isTime(row.wall) ? wallTime(row.wall) : String(row.wall),
      occasion: row.occasion,
      from,
      to,
      isGood,
    })
    reached = Math.max(reached, to)
  }
  const last = sure(db.prepare<[], number>('SELECT coalesce(max(seq), 0) FROM journal').pluck().get())
  return { seals, unsealed: Math.max(0, last - good), problems }
}

function isSigned(db: ReadableDb, row: SealRow): boolean {
  try {
    const key = createPublicKey({ key: bytesOf(row.public_key), format: 'der', type: 'spki' })
    return verify(null, Buffer.from(signedWords(db, row), 'utf8'), key, bytesOf(row.signature))
  } catch {
    // No key at all, or none of this kind.
    return false
  }
}

/** Base64 as this program writes it, and in no other way. */
function bytesOf(base64: string): Buffer {
  const bytes = Buffer.from(base64, 'base64')
  if (bytes.toString('base64') !== base64) throw new Error('not base64')
  return bytes
}

/** The key must have been made known before, on the computer that the seal is of, as a key of whoever sealed. */
function keyFault(known: readonly Known[], { replica, coder, public_key, entries }: SealRow): string | null {
  const isKnown = known.some(
    (key) =>
      key.publicKey === public_key && key.coder === coder && key.replica === replica && key.entry <= entries,
  )
  return isKnown ? null : 'the journal does not know its key as theirs'
}

const whoIs = (db: ReadableDb, coder: CoderId): string =>
  coder === PROJECT_ACTOR ? 'a command' : nameOf(db, 'coder', coder)

const timeOf = ({ wall }: SealRow): string => (isTime(wall) ? shortTime(wall) : String(wall))
