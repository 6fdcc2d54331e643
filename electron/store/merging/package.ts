/** Packages: what travels between laptops as one file, out to a coder and back to a lead. */
import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { basename } from 'node:path'
import { v7 as uuid } from 'uuid'
import type { CoderId } from '../../../shared/contract/basics.ts'
import { Problem } from '../../../shared/problem.ts'
import { readProblem } from '../exchange/decode.ts'
import { type PackageContent, type PackageLine, readLines, writeLines } from '../exchange/packages/lines.ts'
import { isSealed, type Lock, seal, unseal } from '../exchange/packages/sealed.ts'
import type { ReadableDb, WritableDb } from '../file/connection.ts'
import { readSetting } from '../file/values.ts'
import { PROJECT_ACTOR } from '../journal/change.ts'
import type { Entry } from '../journal/entry.ts'
import { getCoder, leads } from '../team/coders.ts'
import { joinedFor, noteSent, notSentYet, ownIdentities, ownReplicas, recipientsOf } from '../team/laptops.ts'
import type { SealRow } from '../team/seals.ts'
import { copySource } from './source.ts'
import { Travelling } from './travels.ts'

export type PackageOrder = {
  /** For whom. */
  receiver: CoderId
  /** Null: for a coder those that no package has brought them yet; none for a lead, and none on the way back. */
  hasTexts: boolean | null
  /** For a receiver whose keys are not known yet. */
  passphrase: string
  /** Who makes it. */
  by?: CoderId
}

/** What is in a package, for whoever gives it away. */
export type PackageReport = {
  entries: number
  /** How many texts of notes. */
  texts: number
  /** Whether only keys of the receiver open it; the passphrase does otherwise. */
  isForKeys: boolean
}

/** `sent` is to be called when the file is written: its texts do not go again. */
export type MadePackage = { file: Uint8Array; report: PackageReport; sent(): void }

type Packing = { readonly db: WritableDb; readonly journal: { readonly replica: string } }

/** @throws Problem `not-found` for a receiver who is nobody here, `bad-arguments` for a layer that is no person */
export async function makePackage(
  { db, journal }: Packing,
  { receiver, hasTexts, passphrase, by = PROJECT_ACTOR }: PackageOrder,
): Promise<MadePackage> {
  const { layer, name, role } = getCoder(db, receiver)
  if (layer !== 'own')
    throw new Problem(
      'bad-arguments',
      `${name} is a layer, not a person: no package goes there. Nothing was written.`,
    )
  const recipients = recipientsOf(db, receiver)
  const { entries, gaps } = chosen(db, receiver, new Set([journal.replica, ...ownReplicas(db)]))
  const wanted = hasTexts ?? (joinedFor(db) !== null || role === 'lead' ? false : null)
  const texts = textsToSend(db, receiver, wanted)
  const isBeginning = wanted !== false && recipients.length === 0
  const here = copySource(db, '')
  const lines = function* (): Generator<PackageLine> {
    for (const { seq: _seq, ...entry } of entries) yield { entry }
    for (const each of sealsOf(here.seals(), entries, gaps)) yield { seal: each }
    for (const text of texts) yield { text }
    if (texts.length > 0) for (const word of here.words()) yield { word }
  }
  const head = {
    id: uuid(),
    project: { id: readSetting(db, 'id') ?? '', title: readSetting(db, 'title') ?? '' },
    ...{ by, for: receiver, made: Date.now(), hasTexts: isBeginning || texts.length > 0, gaps },
  }
  const lock: Lock = recipients.length > 0 ? { recipients } : { passphrase }
  const file = await seal(writeLines(head, lines()), lock)
  const report = { entries: entries.length, texts: texts.length, isForKeys: recipients.length > 0 }
  return { file, report, sent: () => noteSent(db, receiver, texts) }
}

/** From a copy that joined, a lead (or whoever it is of, elsewhere) gets what was done in it alone. */
function chosen(
  db: ReadableDb,
  receiver: CoderId,
  own: ReadonlySet<string>,
): { entries: Entry[]; gaps: Array<[string, number]> } {
  const travelling = new Travelling(db, receiver)
  const mine = joinedFor(db)
  const isWayBack = mine !== null && (mine === receiver || leads(db, receiver))
  const entries: Entry[] = []
  const gaps: Array<[string, number]> = []
  const last = new Map<string, number>()
  const hashes = new Set<string>()
  for (const entry of db.prepare<[], Entry>('SELECT * FROM journal ORDER BY seq').iterate()) {
    const goes = isWayBack ? own.has(entry.replica) : travelling.goes(entry)
    if (!goes) continue
    const before = last.get(entry.replica) ?? 0
    // Where a copy begins it parts from another, whose entries the receiver of a way back has.
    const isBeginning = entry.replica_seq === 1
    const isJoined = isBeginning
      ? isWayBack || entry.seq === 1 || hashes.has(entry.prev_hash)
      : entry.replica_seq === before + 1
    if (!isJoined) gaps.push([entry.replica, entry.replica_seq])
    last.set(entry.replica, entry.replica_seq)
    hashes.add(entry.hash)
    entries.push(entry)
  }
  return { entries, gaps }
}

/** Seals say how far a copy had come: they go where all of its entries go. */
function sealsOf(
  seals: readonly SealRow[],
  entries: readonly Entry[],
  gaps: ReadonlyArray<[string, number]>,
): SealRow[] {
  const ends = new Map<string, number>()
  for (const { replica, replica_seq } of entries) ends.set(replica, replica_seq)
  const broken = new Set(gaps.map(([replica]) => replica))
  return seals.filter(
    ({ replica, entries: count }) => !broken.has(replica) && count <= (ends.get(replica) ?? 0),
  )
}

type Text = { hash: string; body: string }

/** @param hasTexts null: those that no package has brought them yet */
function textsToSend(db: ReadableDb, receiver: CoderId, hasTexts: boolean | null): Text[] {
  if (hasTexts === false) return []
  const texts = textsFor(db, receiver)
  return hasTexts || recipientsOf(db, receiver).length === 0 ? texts : notSentYet(db, receiver, texts)
}

/** The texts of the notes in the receiver's rounds; of all notes where they are in none. */
const textsFor = (db: ReadableDb, receiver: CoderId): Text[] =>
  db
    .prepare<object, Text>(
      `WITH own AS (SELECT num FROM coder WHERE id = @receiver
         UNION SELECT coder.num FROM coder JOIN coder AS person ON person.num = coder.person WHERE person.id = @receiver),
       given AS (SELECT note FROM round_note WHERE round IN (SELECT round FROM round_coder WHERE coder IN own))
       SELECT DISTINCT hash, body FROM note JOIN note_text ON hash = text_hash
       WHERE NOT EXISTS (SELECT 1 FROM given) OR note.num IN given ORDER BY hash`,
    )
    .all({ receiver })

/** Whether a file is a package, by how it begins. @throws Problem where it cannot be read */
export const isPackage = (path: string): boolean =>
  orUnreadable(path, () => {
    const file = openSync(path, 'r')
    try {
      const beginning = Buffer.alloc(64)
      readSync(file, beginning)
      return isSealed(beginning)
    } finally {
      closeSync(file)
    }
  })

function orUnreadable<T>(path: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw readProblem(path, error)
  }
}

/**
 * @param db the copy of the project that is to open it, whose keys may; null for none
 * @throws Problem `wrong-passphrase`, `project-damaged`, `not-a-project` or `newer-project`
 */
export async function openPackage(
  path: string,
  db: ReadableDb | null,
  passphrase: string | null,
): Promise<PackageContent> {
  const name = basename(path)
  const file = orUnreadable(path, () => readFileSync(path))
  if (!isSealed(file))
    throw new Problem('not-a-project', `${name} is not a package of Understory. Nothing was changed.`)
  const identities = db ? ownIdentities(db) : []
  return readLines(await unseal(file, { identities, passphrase }, name), name)
}
