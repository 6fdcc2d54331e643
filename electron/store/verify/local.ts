/** Whether what belongs to this copy of the file alone may stand there: it is no evidence, but it steers the program. */
import { z } from 'zod'
import type { CoderId } from '../../../shared/contract/basics.ts'
import { RecentCodes } from '../../../shared/contract/codes.ts'
import { type ReadableDb, sure } from '../file/connection.ts'
import { findNum } from '../file/lookup.ts'
import type { RowOf } from '../file/table-definitions.ts'
import { type Entry, entryHash } from '../journal/entry.ts'
import { IDENTITY, IDENTITY_NAME, JOINED_FOR, SOME_TEXTS } from '../team/laptops.ts'
import { KEY_NAME, KeptKey } from '../team/signing-keys.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const NUMBER = /^\d+$/

const HEX = z.string().regex(/^[0-9a-f]+$/)
const Verifier = z.strictObject({ N: z.int(), r: z.int(), p: z.int(), salt: HEX, hash: HEX.length(64) })
const Tries = z.strictObject({ wrong: z.int().min(0), at: z.number() })
const Removal = z.strictObject({ by: z.string(), at: z.number() })

type Check = (db: ReadableDb, value: string) => boolean

const isMark: Check = (_db, value) => UUID.test(value)
const isCoder: Check = (db, value) => findNum(db, 'coder', value as CoderId) !== null
const fits =
  (parse: (value: unknown) => { success: boolean }): Check =>
  (_db, value) => {
    try {
      return parse(JSON.parse(value)).success
    } catch {
      return false
    }
  }

/** Their whole names, and what may stand under them. */
const VALUES: Readonly<Record<string, Check>> = {
  // No entry of this copy without its name, and no copy without an entry: making the project is the first.
  replica: (db, value) => db.prepare('SELECT 1 FROM journal WHERE replica = ?').get(value) !== undefined,
  'active-coder': isCoder,
  // A second pass that was undone may have spoken.
  'consensus-speaker': (db, value) =>
    isCoder(db, value) ||
    db
      .prepare(
        `SELECT 1 FROM journal WHERE kind LIKE 'coder.%'
         AND CASE WHEN json_valid(payload) THEN payload ->> '$.id' END = ?`,
      )
      .get(value) !== undefined,
  'undo-floor': (db, value) =>
    NUMBER.test(value) &&
    Number(value) <= sure(db.prepare<[], number>('SELECT coalesce(max(seq), 0) FROM journal').pluck().get()),
  [JOINED_FOR]: isCoder,
  [SOME_TEXTS]: (_db, value) => value === 'on',
  'mark.file': isMark,
  'mark.log': isMark,
  view: () => true,
  backups: (_db, value) => value === 'on' || value === 'off',
}

/** What their names begin with; a person, and perhaps a note, follows. */
const FAMILIES: ReadonlyArray<readonly [RegExp, Check]> = [
  [/^pin:./, fits((value) => Verifier.safeParse(value))],
  [/^pin-tries:./, fits((value) => Tries.safeParse(value))],
  [/^pin-removed:./, fits((value) => Removal.safeParse(value))],
  [/^recent\../, fits((value) => RecentCodes.safeParse(value))],
  [/^reading\.[^.]+\../s, (_db, value) => NUMBER.test(value)],
  [/^reading\../, (_db, value) => value !== ''],
  [/^replica\.[0-9a-f]{32}$/, isMark],
  [new RegExp(`^${IDENTITY_NAME.replace('.', '\\.')}.`), (_db, value) => IDENTITY.test(value)],
  [/^folder-sent\.[0-9a-f]{12}$/, (_db, value) => /^[0-9a-f]{64}$/.test(value)],
  [/^texts-sent\../, fits((value) => z.array(z.string().regex(/^[0-9a-f]{16}$/)).safeParse(value))],
  [/^without-word\.[0-9a-f]{64}$/, (_db, value) => value === '1'],
  [/^replica-file\.[0-9a-f]{32}$/, (_db, value) => /^[0-9a-f]{32}$/.test(value)],
  [new RegExp(`^${KEY_NAME.replace('.', '\\.')}.`), fits((value) => isKey(value))],
]

/** The private half must not lie there as it is. */
const isKey = (value: unknown): { success: boolean } => {
  const { success, data } = KeptKey.safeParse(value)
  return { success: success && /^-----BEGIN ENCRYPTED PRIVATE KEY-----\n/.test(data.privateKey) }
}

type Taken = { taken: Array<{ replica: string; from: number; to: number }> }

/** How many entries of a merge are not in the journal; those that are came in by another merge, where it is undone. */
function missingOf(db: ReadableDb, payload: string): number {
  const count = db
    .prepare<[string, number, number], number>(
      'SELECT count(*) FROM journal WHERE replica = ? AND replica_seq BETWEEN ? AND ?',
    )
    .pluck()
  try {
    const { taken } = JSON.parse(payload) as Taken
    return taken.reduce(
      (sum, { replica, from, to }) => sum + to - from + 1 - sure(count.get(replica, from, to)),
      0,
    )
  } catch {
    // What a merge says that was changed since is nothing to go by.
    return 0
  }
}

/** Entries of merges that were undone: each as it was written, all of a merge but those that came another way. */
export function checkSetAside(db: ReadableDb): string[] {
  const merges = new Map(
    db
      .prepare<[], { step: string; payload: string }>(
        `SELECT step, payload FROM journal WHERE kind = 'project.merge' AND step IN (SELECT step FROM set_aside)`,
      )
      .all()
      .map(({ step, payload }) => [step, missingOf(db, payload)]),
  )
  const rows = db.prepare<[], RowOf<'set_aside'>>('SELECT id, step, entry FROM set_aside ORDER BY id').all()
  const counts = new Map<string, number>()
  for (const { step } of rows) counts.set(step, (counts.get(step) ?? 0) + 1)
  return [
    ...rows
      .filter((row) => !isAsWritten(row))
      .map(({ id }) => `set_aside ${id}: the entry was changed after it was written`),
    ...[...counts]
      .filter(([step, count]) => merges.get(step) !== count)
      .map(([step]) => `set_aside: what lies aside is not what the merge ${step} brought`),
  ]
}

/** Each names an entry that is there and whose predecessor is not. */
export const checkGaps = (db: ReadableDb): string[] =>
  db
    .prepare<[], RowOf<'gap'>>(
      `SELECT replica, replica_seq FROM gap WHERE NOT EXISTS (SELECT 1 FROM journal
         WHERE journal.replica = gap.replica AND journal.replica_seq = gap.replica_seq)
       OR EXISTS (SELECT 1 FROM journal
         WHERE journal.replica = gap.replica AND journal.replica_seq = gap.replica_seq - 1)`,
    )
    .all()
    .map(
      ({ replica, replica_seq }) => `gap: before entry ${replica_seq} of copy ${replica} nothing is missing`,
    )

function isAsWritten({ id, entry }: RowOf<'set_aside'>): boolean {
  try {
    const written = JSON.parse(entry) as Entry
    return written.id === id && entryHash(written) === written.hash
  } catch {
    return false
  }
}

/** Every copy has a name. */
const NEEDED = ['replica'] as const

export function checkLocal(db: ReadableDb): string[] {
  const rows = db
    .prepare<
      [],
      {
        name: string
        value: string
      }
    >('SELECT name, value FROM local ORDER BY name')
    .all()
  const names = new Set(rows.map(({ name }) => name))
  return [
    ...rows.flatMap(({ name, value }) => {
      const check = Object.hasOwn(VALUES, name)
        ? VALUES[name]
        : FAMILIES.find(([names]) => names.test(name))?.[1]
      if (!check) return [`local: this program keeps nothing under the name ${name}`]
      return check(db, value) ? [] : [`local: what is kept as ${name} cannot be right`]
    }),
    ...NEEDED.filter((name) => !names.has(name)).map((name) => `local: ${name} is missing`),
  ]
}
