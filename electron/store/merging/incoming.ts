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
import type { Source } from './source.ts'

/** @throws Problem `bad-arguments` for a copy of another study */
export function assertSameProject(own: ReadableDb, { name, projectId, projectTitle }: Source): void {
  const mine = readSetting(own, 'id')
  if (mine !== projectId || mine === null)
    throw new Problem(
      'bad-arguments',
      `${name} belongs to another study (${projectTitle ?? 'without a title'}). Nothing was changed.`,
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
  /** Entries among them that stand without the one before them. */
  gaps: ReadonlyArray<{ replica: string; replica_seq: number }>
}

type Known = Pick<Entry, 'hash' | 'hlc'>

/**
 * What another copy of the project, or a package, brings.
 *
 * @throws Problem `project-damaged` where anything in its journal is not as it was written, or where the two copies
 *   have gone on as one (the file was copied without the program noticing); `newer-project` for kinds of change that this
 *   program does not know
 */
export function incomingFrom(own: ReadableDb, source: Source, kinds: Kinds): Incoming {
  const { name } = source
  const known = own.prepare<[string, number], Known>(
    'SELECT hash, hlc FROM journal WHERE replica = ? AND replica_seq = ?',
  )
  const knownId = own.prepare<[string], string>('SELECT hash FROM journal WHERE id = ?').pluck()
  const knownHash = own.prepare<[string], Known>('SELECT hash, hlc FROM journal WHERE hash = ?')
  const after = own.prepare<[string, number], string>(
    'SELECT prev_hash FROM journal WHERE replica = ? AND replica_seq = ?',
  )
  const heads = new Map<string, Known & Pick<Entry, 'replica_seq'>>()
  const hashes = new Map<string, Known>([[FIRST_HASH, { hash: FIRST_HASH, hlc: '' }]])
  const ids = new Set<string>()
  const found: Unnumbered[] = []
  const gaps: Array<Incoming['gaps'][number]> = []
  let total = 0
  for (const entry of source.entries()) {
    total++
    const { replica, replica_seq, prev_hash } = entry
    const words = `entry ${total} (${entry.kind})`
    if (entryHash(entry) !== entry.hash) throw damaged(name, `${words} was changed after it was written.`)
    const head = heads.get(replica)
    const before = head?.replica_seq === replica_seq - 1 ? head : known.get(replica, replica_seq - 1)
    const isGap = before === undefined && source.isGap(replica, replica_seq)
    if (replica_seq <= (head?.replica_seq ?? 0) || (replica_seq > 1 && before === undefined && !isGap))
      throw damaged(name, `${words} stands without the one before it.`)
    const parent = before ?? hashes.get(prev_hash) ?? knownHash.get(prev_hash)
    if (parent === undefined ? !isGap : before !== undefined && prev_hash !== before.hash)
      throw damaged(name, `${words} does not continue the entry before it.`)
    const [, millis, clock] = CLOCK.exec(entry.hlc) ?? []
    if (
      clock !== replica ||
      entry.hlc <= (parent?.hlc ?? '') ||
      Number(millis) > LATEST_READ ||
      !isTime(entry.wall)
    )
      throw damaged(name, `${words} has a clock that cannot be right.`)
    if (ids.has(entry.id)) throw damaged(name, `${words} has the id of another entry.`)
    ids.add(entry.id)
    heads.set(replica, entry)
    hashes.set(entry.hash, entry)
    const mine = known.get(replica, replica_seq)
    if (mine && mine.hash !== entry.hash)
      throw damaged(
        name,
        `it and this project have gone on from one copy without the program noticing; ${words} is another here.`,
      )
    if (mine) continue
    if (knownId.get(entry.id) !== undefined) throw damaged(name, `${words} has the id of another entry here.`)
    const next = after.pluck().get(replica, replica_seq + 1) as string | undefined
    if (next !== undefined && next !== entry.hash)
      throw damaged(name, `${words} is not what this copy’s entries continue.`)
    assertReadable(kinds, entry, name, words)
    if (isGap) gaps.push({ replica, replica_seq })
    found.push(entry)
  }
  const counts = new Map([...heads].map(([replica, { replica_seq }]) => [replica, replica_seq]))
  return { entries: found, known: total - found.length, heads: counts, gaps }
}

/** A payload that this program cannot read is no reason to take in the rest. */
function assertReadable(kinds: Kinds, entry: Unnumbered, name: string, words: string): void {
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

function isReadable(kind: Change, entry: Unnumbered): boolean {
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
