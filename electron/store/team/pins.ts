/**
 * PINs: what a person gives when they sit down. Here is what a PIN is checked with and how often it was given wrong; both
 * lie in `local`, travel with every copy of the file, and are in no journal, export or diagnosis.
 */
import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto'
import type { CoderId } from '../../../shared/contract/basics.ts'
import { isWellFormed, LEAST_PIN } from '../../../shared/pin.ts'
import { Problem } from '../../../shared/problem.ts'
import type { ReadableDb, WritableDb } from '../file/connection.ts'
import { keyBytes, onFullDisk } from '../file/database.ts'
import { fromJson, type Json, toJson } from '../file/json.ts'
import { clearLocal, readLocal, writeLocal } from '../file/values.ts'

/** A PIN is short: trying one takes 32 MB and some tenth of a second. */
const COST = { N: 2 ** 15, r: 8, p: 1 }
const MOST_MEMORY = 2 ** 26
const BYTES = 32

type Verifier = { N: number; r: number; p: number; salt: string; hash: string }
/** Wrong ones since the last right one, and when the last of them was given, in ms. */
type Tries = { wrong: number; at: number }

const verifierOf = (person: CoderId | '%') => `pin:${person}`
const triesOf = (person: CoderId | '%') => `pin-tries:${person}`

/** Bytes that only the PIN gives; other salts give others. */
export const stretched = (pin: string, salt: string | Buffer, { N, r, p } = COST): Buffer =>
  scryptSync(keyBytes(pin), salt, BYTES, { N, r, p, maxmem: MOST_MEMORY })

const hashOf = (pin: string, salt: string, cost: typeof COST): Buffer =>
  stretched(pin, Buffer.from(salt, 'hex'), cost)

export const hasPin = (db: ReadableDb, person: CoderId): boolean => readLocal(db, verifierOf(person)) !== null

/** @throws Problem `bad-arguments` for a PIN that is too short or one character over and over */
function assertGood(pin: string): void {
  const characters = [...pin.normalize('NFC')]
  const words = !isWellFormed(pin)
    ? 'This PIN has characters that cannot be kept.'
    : characters.length < LEAST_PIN
      ? `A PIN has at least ${LEAST_PIN} characters.`
      : new Set(characters).size === 1
        ? 'This PIN is one character over and over.'
        : null
  if (words !== null) throw new Problem('bad-arguments', `${words} Nothing was changed; choose another.`)
}

/** Keeps what this person's PIN is checked with from now on; null: they have none. @throws `bad-arguments` */
export function writePin(db: WritableDb, person: CoderId, pin: string | null): void {
  clearLocal(db, triesOf(person))
  if (pin === null) {
    clearLocal(db, verifierOf(person))
    return
  }
  assertGood(pin)
  const salt = randomBytes(16).toString('hex')
  const verifier: Verifier = { ...COST, salt, hash: hashOf(pin, salt, COST).toString('hex') }
  writeLocal(db, verifierOf(person), JSON.stringify(verifier))
}

/** So many wrong ones cost no wait: a finger slips. */
const FREE_TRIES = 5
const FIRST_WAIT = 30_000
const LONGEST_WAIT = 3_600_000

const waitAfter = (wrong: number): number =>
  wrong < FREE_TRIES ? 0 : Math.min(FIRST_WAIT * 2 ** (wrong - FREE_TRIES), LONGEST_WAIT)

/** Where the disk is too full to keep the count it is kept as long as the file is open. */
const unwritten = new WeakMap<ReadableDb, Map<string, Tries>>()

function readTries(db: ReadableDb, person: CoderId): Tries {
  const kept = readLocal<Json<Tries>>(db, triesOf(person))
  const tries = kept === null ? { wrong: 0, at: 0 } : fromJson(kept)
  const other = unwritten.get(db)?.get(person)
  return other && other.wrong > tries.wrong ? other : tries
}

function writeTries(db: WritableDb, person: CoderId, tries: Tries): void {
  if (onFullDisk(() => writeLocal(db, triesOf(person), toJson(tries)))) return
  const inMemory = unwritten.get(db) ?? new Map<string, Tries>()
  unwritten.set(db, inMemory.set(person, tries))
}

function forgetTries(db: WritableDb, person: CoderId): void {
  unwritten.get(db)?.delete(person)
  onFullDisk(() => clearLocal(db, triesOf(person)))
}

/** In ms; a clock that was set back makes no wait longer than it was. */
const waitLeft = ({ wrong, at }: Tries, now: number): number =>
  Math.min(waitAfter(wrong), Math.max(0, at + waitAfter(wrong) - now))

function inWords(wait: number): string {
  const seconds = Math.ceil(wait / 1_000)
  return seconds < 120 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`
}

/**
 * A try is counted, for good, before it is looked at: ending the program saves no try.
 * @returns how often it was given wrong before this, since it was last right
 * @throws Problem `wrong-pin`, also while a wait after wrong ones lasts, whatever is given
 */
export function checkPin(db: WritableDb, { id, name }: { id: CoderId; name: string }, pin: string): number {
  const kept = readLocal<Json<Verifier>>(db, verifierOf(id))
  if (kept === null) throw new Problem('wrong-pin', `${name} has no PIN. Nothing was changed.`)
  const now = Date.now()
  const tries = readTries(db, id)
  const left = waitLeft(tries, now)
  if (left > 0)
    throw new Problem(
      'wrong-pin',
      `A wrong PIN was given ${tries.wrong} times for ${name}. The next can be tried in ${inWords(left)}.`,
    )
  const counted = { wrong: tries.wrong + 1, at: now }
  writeTries(db, id, counted)
  const { salt, hash, ...cost } = fromJson(kept)
  if (!isWellFormed(pin) || !timingSafeEqual(hashOf(pin, salt, cost), Buffer.from(hash, 'hex'))) {
    const wait = waitAfter(counted.wrong)
    const next = wait > 0 ? ` The next can be tried in ${inWords(wait)}.` : ''
    throw new Problem('wrong-pin', `This is not the PIN of ${name}.${next}`)
  }
  forgetTries(db, id)
  return tries.wrong
}

/** How many wrong ones make it worth telling whoever the PIN belongs to. */
export const isWorthTelling = (wrong: number): boolean => wrong >= FREE_TRIES

type Row = { name: string; value: string }
const ROWS = `name LIKE '${verifierOf('%')}' OR name LIKE '${triesOf('%')}'`

/** Everybody's PINs as they are checked in this file, to be put into another copy of the project. */
export const pinsIn = (db: ReadableDb): Row[] =>
  db.prepare<[], Row>(`SELECT name, value FROM local WHERE ${ROWS}`).all()

/** These are the PINs from now on, and no others. */
export function putPins(db: WritableDb, pins: readonly Row[]): void {
  db.prepare(`DELETE FROM local WHERE ${ROWS}`).run()
  for (const { name, value } of pins) writeLocal(db, name, value)
}
