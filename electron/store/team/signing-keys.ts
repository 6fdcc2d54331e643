/**
 * What each person signs with in this copy of the file: an Ed25519 pair, whose public half stands in the journal and
 * whose private half lies encrypted in the file, under the person's PIN. Who has none signs under the passphrase: what
 * they seal shows a change by somebody without it.
 */
import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
} from 'node:crypto'
import { z } from 'zod'
import type { CoderId } from '../../../shared/contract/basics.ts'
import type { WritableDb } from '../file/connection.ts'
import { keyBytes } from '../file/database.ts'
import { nameOf } from '../file/lookup.ts'
import { readLocal, writeLocal } from '../file/values.ts'
import { defineChange, PROJECT_ACTOR } from '../journal/change.ts'
import type { Journal } from '../journal/journal.ts'
import { stretched } from './pins.ts'

/** What the names begin with under which pairs are kept in `local`; the replica and the person follow. */
export const KEY_NAME = 'signing-key.'

/** `publicKey`: SPKI in base64; `privateKey`: encrypted PKCS #8 as PEM; `isPin`: under the PIN, not the passphrase. */
export const KeptKey = z.strictObject({ publicKey: z.string(), privateKey: z.string(), isPin: z.boolean() })
export type KeptKey = z.infer<typeof KeptKey>

type Secret = { words: string; isPin: boolean }
type Signing = {
  readonly db: WritableDb
  readonly passphrase: string
  readonly journal: Pick<Journal<typeof keyChanges>, 'replica' | 'commit'>
}

/** A person, their public half, and their signature in base64 under some words. */
export type Signer = { coder: CoderId; publicKey: string; sign(words: string): string }

/** Everybody is given by the person's id: a second pass and the consensus sign as the person who sits there. */
export class SigningKeys {
  readonly #project: Signing
  readonly #unlocked = new Map<string, Secret>()

  constructor(project: Signing) {
    this.#project = project
  }

  /** Whoever sits down signs from now on; `pin` is to be checked before, and null for who has none. */
  unlock(person: CoderId, pin: string | null): void {
    this.#unlocked.set(person, this.#secretOf(person, pin))
  }

  /** Whoever leaves the seat signs no more until they sit down again. */
  lock(person: CoderId): void {
    this.#unlocked.delete(person)
  }

  /**
   * A person's PIN was set, changed or taken away; to be called in the same transaction. Where the old one does not
   * open the pair (somebody forgot it, and a lead gave them another) the person gets a new pair; what the old one sealed
   * stays sealed.
   */
  rewrap(person: CoderId, fromPin: string | null, toPin: string | null): void {
    const known = this.#kept(person)
    const key = known && opened(known, this.#secretOf(person, fromPin))
    const secret = this.#secretOf(person, toPin)
    this.#keep(person, key ?? newKey(), secret)
    this.#unlocked.set(person, secret)
  }

  /**
   * Who signs for whoever sits there; to be called in a transaction, as a new pair first puts its public half into the
   * journal. Null where the pair is locked by a PIN that was not given.
   */
  signerOf(person: CoderId): Signer | null {
    const key = this.#keyOf(person)
    if (!key) return null
    const publicKey = publicHalf(key)
    this.#makeKnown(person, publicKey)
    return {
      coder: person,
      publicKey,
      sign: (words) => sign(null, Buffer.from(words, 'utf8'), key).toString('base64'),
    }
  }

  #keyOf(person: CoderId): KeyObject | null {
    const kept = this.#kept(person)
    const given = this.#unlocked.get(person)
    if (kept?.isPin && !given) return null
    const secret = given ?? this.#secretOf(person, null)
    const key = kept && opened(kept, secret)
    return key ?? this.#keep(person, newKey(), secret)
  }

  #nameFor(coder: CoderId): string {
    return `${KEY_NAME}${this.#project.journal.replica}.${coder}`
  }

  #kept(coder: CoderId): KeptKey | null {
    const kept = readLocal(this.#project.db, this.#nameFor(coder))
    return kept === null ? null : KeptKey.parse(JSON.parse(kept))
  }

  #keep(coder: CoderId, key: KeyObject, { words, isPin }: Secret): KeyObject {
    const privateKey = key.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: words })
    const kept: KeptKey = { publicKey: publicHalf(key), privateKey: String(privateKey), isPin }
    writeLocal(this.#project.db, this.#nameFor(coder), JSON.stringify(kept))
    return key
  }

  #makeKnown(coder: CoderId, publicKey: string): void {
    const { db, journal } = this.#project
    const isKnown = db
      .prepare(`SELECT 1 FROM journal WHERE kind = 'coder.key' AND payload ->> '$.publicKey' = ?`)
      .get(publicKey)
    if (!isKnown) journal.commit(PROJECT_ACTOR, 'coder.key', { coder, publicKey })
  }

  /** The passphrase is long and was made slow to try; it needs no more than to be told apart by person and copy. */
  #secretOf(person: CoderId, pin: string | null): Secret {
    const { passphrase, journal } = this.#project
    const salt = JSON.stringify(['understory signing key', journal.replica, person])
    const bytes =
      pin === null ? createHmac('sha256', keyBytes(passphrase)).update(salt).digest() : stretched(pin, salt)
    return { words: bytes.toString('hex'), isPin: pin !== null }
  }
}

const newKey = (): KeyObject => generateKeyPairSync('ed25519').privateKey

const publicHalf = (key: KeyObject): string =>
  createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64')

/** Null where the secret is another one. */
function opened({ privateKey }: KeptKey, { words }: Secret): KeyObject | null {
  try {
    return createPrivateKey({ key: privateKey, format: 'pem', passphrase: words })
  } catch {
    return null
  }
}

export const keyChanges = {
  'coder.key': defineChange({
    payload: z.strictObject({ coder: z.string().brand<'CoderId', 'inout'>(), publicKey: z.string().min(1) }),
    isUndoable: false,
    // It changes no table: the journal itself is where a key is known from.
    reduce: () => {},
    label: (db, { coder }) =>
      coder === PROJECT_ACTOR
        ? 'made a key for sealing by command line'
        : `made a key for sealing for ${nameOf(db, 'coder', coder)}`,
  }),
}
