/**
 * Another copy of the project, as entries that may come in: every one of them, and those both have, must be what was
 * written. Nothing of a copy with one changed byte is taken.
 */
import { Problem } from '../../../shared/problem.ts'
import { type ReadableDb, sure } from '../file/connection.ts'
import { readSetting } from '../file/values.ts'
import type { Change, Kinds } from '../journal/change.ts'
import { isTime, LATEST_READ } from '../journal/clock.ts'
import { type Entry, entryHash, FIRST_HASH, isReversal } from '../journal/entry.ts'
import { payloadOf } from '../journal/fold.ts'
import type { Unnumbered } from './entry-set.ts'

/** @throws Problem `bad-arguments` for a copy of another study */
export function assertSameProject(own: ReadableDb, other: ReadableDb, name: string): void {
  const [mine, theirs] = [readSetting(own, 'id'), readSetting(other, 'id')]
  if (mine !== theirs || mine === null)
    throw new Problem(
      'bad-arguments',
      `${name} belongs to another study (${readSetting(other, 'title') ?? 'without a title'}). Nothing was changed.`,
    )
}

const damaged = (name: string, what: string): Problem =>
  new Problem('project-damaged', `${name} cannot be merged: ${what} Nothing was changed.`)

const CLOCK = /^(\d{13})-[0-9a-z]{4}-(.+)$/

export type Incoming = {
  /** What the other copy has and this one has not. */
  entries: Unnumbered[]
  /** How many it has that are here already. */
  known: number
  /** How far it knows each copy's entries. */
  heads: ReadonlyMap<string, number>
}

/**
 * What another copy of the project brings.
 *
 * @throws Problem `project-damaged` where anything in the other's journal is not as it was written, or where the two
 *   copies have gone on as one (the file was copied without the program noticing); `newer-project` for kinds of change
 *   that this program does not know
 */
export function incomingFrom(own: ReadableDb, other: ReadableDb, kinds: Kinds, name: string): Incoming {
  const known = own.prepare<[string, number], Pick<Entry, 'id' | 'hash'>>(
    'SELECT id, hash FROM journal WHERE replica = ? AND replica_seq = ?',
  )
  const knownId = own.prepare<[string], string>('SELECT hash FROM journal WHERE id = ?').pluck()
  const heads = new Map<string, Pick<Entry, 'replica_seq' | 'hash' | 'hlc'>>()
  /** Of each entry so far, its clock. */
  const hashes = new Map<string, string>([[FIRST_HASH, '']])
  const ids = new Set<string>()
  const found: Unnumbered[] = []
  let total = 0
  for (const entry of other.prepare<[], Entry>('SELECT * FROM journal ORDER BY seq').iterate()) {
    const { seq, ...rest } = entry
    total++
    const words = `entry ${seq} (${entry.kind})`
    if (entryHash(rest) !== entry.hash) throw damaged(name, `${words} was changed after it was written.`)
    const head = heads.get(entry.replica)
    if (entry.replica_seq !== (head?.replica_seq ?? 0) + 1)
      throw damaged(name, `${words} stands without the one before it.`)
    const before = hashes.get(entry.prev_hash)
    if (before === undefined || (head && entry.prev_hash !== head.hash))
      throw damaged(name, `${words} does not continue the entry before it.`)
    const [, millis, replica] = CLOCK.exec(entry.hlc) ?? []
    if (
      replica !== entry.replica ||
      entry.hlc <= before ||
      Number(millis) > LATEST_READ ||
      !isTime(entry.wall)
    )
      throw damaged(name, `${words} has a clock that cannot be right.`)
    if (ids.has(entry.id)) throw damaged(name, `${words} has the id of another entry.`)
    ids.add(entry.id)
    heads.set(entry.replica, entry)
    hashes.set(entry.hash, entry.hlc)
    const mine = known.get(entry.replica, entry.replica_seq)
    if (mine && mine.hash !== entry.hash)
      throw damaged(
        name,
        `it and this project have gone on from one copy without the program noticing; ${words} is another here.`,
      )
    if (mine) continue
    if (knownId.get(entry.id) !== undefined) throw damaged(name, `${words} has the id of another entry here.`)
    assertReadable(kinds, entry, name, words)
    found.push(rest)
  }
  const counts = new Map([...heads].map(([replica, { replica_seq }]) => [replica, replica_seq]))
  return { entries: found, known: total - found.length, heads: counts }
}

/** A payload that this program cannot read is no reason to take in the rest. */
function assertReadable(kinds: Kinds, entry: Entry, name: string, words: string): void {
  if (isReversal(entry.kind)) {
    if (entry.undoes === null) throw damaged(name, `${words} does not say what it goes back to.`)
    return
  }
  const kind = Object.hasOwn(kinds, entry.kind) ? kinds[entry.kind] : undefined
  if (!kind)
    throw new Problem(
      'newer-project',
      `${name} holds a kind of change (${entry.kind}) that this version of Understory does not know. Nothing was changed; install the newest version.`,
    )
  if (!isReadable(kind, entry)) throw damaged(name, `${words} does not say what its kind of change says.`)
}

function isReadable(kind: Change, entry: Entry): boolean {
  try {
    return kind.payload.safeParse(payloadOf(kind, entry)).success
  } catch (error) {
    if (error instanceof SyntaxError) return false
    throw error
  }
}

/** Hashes of the texts that entries name. */
export function textsNamed(entries: readonly Unnumbered[]): Set<string> {
  const hashes = new Set<string>()
  for (const { kind, payload } of entries) {
    if (kind !== 'notes.import' && kind !== 'note.redact') continue
    for (const [, hash] of payload.matchAll(/"textHash":"([0-9a-f]{64})"/g)) hashes.add(sure(hash))
  }
  return hashes
}
