/**
 * What is in a backup, and how it stands to the project as it is now. What a blind round keeps from who looks, now or
 * in the backup, is not counted: then there are their own entries and codings alone.
 */
import type { BackupComparison, BackupContents, BackupLook } from '../../../shared/contract/backups.ts'
import type { CoderId } from '../../../shared/contract/basics.ts'
import { asProblem } from '../../../shared/problem.ts'
import { isSound } from '../file/backup.ts'
import { type ReadableDb, sure } from '../file/connection.ts'
import { APPLICATION_ID, openReadOnly } from '../file/database.ts'
import { type Head, headOf, sameEntryIn } from '../file/journal-head.ts'
import { readSetting } from '../file/values.ts'
import { wallTime } from '../journal/clock.ts'
import { notesKeptFrom } from '../team/rounds.ts'

/** Whose eyes it is for: a coder, a script (all is shown), or somebody on the start screen (nobody's codings are). */
export type Eyes = { viewer: CoderId | null; isAnonymous: boolean }

export type LookOrder = { backup: string; isAnonymous: boolean }

/** `project` is null where it cannot be read. Whatever is wrong with the backup is said of it, not thrown. */
export function lookAtBackup(
  project: ReadableDb | null,
  { backup, isAnonymous }: LookOrder,
  viewer: CoderId | null,
  passphrase: string,
): BackupLook {
  let db: ReadableDb | null = null
  try {
    db = openReadOnly(backup, passphrase)
    const why = whyNot(db, project)
    if (why !== null) return { contents: null, problem: why, comparison: null }
    const isPartial = [db, project].some((one) => one !== null && notesKeptFrom(one, viewer).size > 0)
    const counted = isPartial ? viewer : null
    return {
      contents: contentsOf(db, { viewer, isAnonymous }, isPartial),
      problem: null,
      comparison: project && compare(project, db, counted),
    }
  } catch (error) {
    return { contents: null, problem: inWords(error), comparison: null }
  } finally {
    db?.close()
  }
}

const DAMAGED = 'This backup is damaged: it cannot be read to its end.'

function inWords(error: unknown): string {
  const { code } = asProblem(error)
  if (code === 'wrong-passphrase')
    return 'The passphrase does not open this backup: it is damaged, or has another passphrase.'
  return code === 'file-not-found' ? 'This backup is not there any more.' : DAMAGED
}

/** Why a file that opens is no backup of this project. */
export function whyNot(db: ReadableDb, project: ReadableDb | null): string | null {
  if (db.pragma('application_id', { simple: true }) !== APPLICATION_ID || headOf(db) === null)
    return 'This is no backup of a project.'
  if (!isSound(db)) return DAMAGED
  const [own, other] = [project && readSetting(project, 'id'), readSetting(db, 'id')]
  return own === null || own === other ? null : 'This is a backup of another project.'
}

const count = (db: ReadableDb, sql: string, ...values: unknown[]): number =>
  sure(
    db
      .prepare<unknown[], number>(`SELECT count(*) FROM ${sql}`)
      .pluck()
      .get(...values),
  )

const MINE = 'WHERE (@coder IS NULL OR coder = @coder)'

function contentsOf(db: ReadableDb, { viewer, isAnonymous }: Eyes, isPartial: boolean): BackupContents {
  const newest = headOf(db)
  const coders = db
    .prepare<object, { name: string; codings: number }>(
      `SELECT coder.name, count(*) AS codings FROM coding JOIN coder ON coder.num = coding.coder
       WHERE @isPartial = 0 OR coder.id = @viewer GROUP BY coder.num ORDER BY coder.num`,
    )
    .all({ isPartial: Number(isPartial), viewer })
  return {
    title: readSetting(db, 'title') ?? '',
    notes: count(db, 'note'),
    entries: count(db, `journal ${MINE}`, { coder: isPartial ? viewer : null }),
    coders: isAnonymous ? null : coders,
    newest: newest && !isPartial ? wallTime(newest.wall) : null,
    head: newest && !isPartial ? newest.hash : null,
    isPartial,
  }
}

/** `coder`: only this one's changes are counted; null counts all. */
export function compare(project: ReadableDb, backup: ReadableDb, coder: CoderId | null): BackupComparison {
  const common = lastCommon(project, backup)
  const after = (db: ReadableDb, seq: number) => count(db, `journal ${MINE} AND seq > @seq`, { coder, seq })
  const later = after(project, common?.here ?? 0)
  const more = after(backup, common?.there ?? 0)
  const notes = [project, backup].map(
    (db) => new Set(db.prepare<[], string>('SELECT id FROM note').pluck().all()),
  ) as [Set<string>, Set<string>]
  const without = (some: Set<string>, others: Set<string>) => [...some].filter((id) => !others.has(id)).length
  return {
    later,
    more,
    notesLater: without(notes[0], notes[1]),
    notesMore: without(notes[1], notes[0]),
    partsAt: common && coder === null && later > 0 && more > 0 ? wallTime(common.wall) : null,
  }
}

/** The newest entry that both have, by its place in each; null for projects that have nothing in common. */
function lastCommon(
  project: ReadableDb,
  backup: ReadableDb,
): { here: number; there: number; wall: number } | null {
  const entries = backup
    .prepare<[], Head>('SELECT seq, id, hash, wall FROM journal ORDER BY seq DESC')
    .iterate()
  for (const entry of entries) {
    const same = sameEntryIn(project, entry)
    if (same) return { here: same.seq, there: entry.seq, wall: entry.wall }
  }
  return null
}
