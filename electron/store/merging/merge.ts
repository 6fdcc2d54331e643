/** Taking in what another copy of the project holds: as one step, or not at all. */
import { basename, resolve } from 'node:path'
import { type CancelSignal, NEVER } from '../../../shared/cancel.ts'
import type { CoderId } from '../../../shared/contract/basics.ts'
import type { Progress } from '../../../shared/contract/events.ts'
import type { MergeReport } from '../../../shared/contract/merging.ts'
import { asProblem, Problem } from '../../../shared/problem.ts'
import { atOneMoment, figureOf, type ReadableDb, type WritableDb } from '../file/connection.ts'
import { APPLICATION_ID, openBeside } from '../file/database.ts'
import { MIGRATIONS } from '../file/migrate.ts'
import { identityOf } from '../file/open-files.ts'
import { addListedWords, noteWordsGone, wordsToTakeOver } from '../identifiers/words.ts'
import { PROJECT_ACTOR } from '../journal/change.ts'
import type { Changes } from '../journal/changes.ts'
import type { Entry } from '../journal/entry.ts'
import type { Journal } from '../journal/journal.ts'
import { type AllKinds, kinds } from '../kinds.ts'
import { erase } from '../notes/redactions.ts'
import { checkSeals, takeOverSeals } from '../team/seals.ts'
import { Conflicts } from './conflicts.ts'
import { changeEntries, type Folded, type Unnumbered } from './entry-set.ts'
import { assertSameProject, type Incoming, incomingFrom } from './incoming.ts'
import { settleTexts, takeTexts } from './redactions.ts'
import { leaveNoneAside } from './undo.ts'

export type MergeOptions = {
  /** Says what would happen, and changes nothing. */
  dryRun?: boolean
  /** Who takes it in. */
  by?: CoderId
  signal?: CancelSignal
  onProgress?: (progress: Progress) => void
}

type Merging = Pick<Changes<AllKinds>, 'db' | 'change' | 'changeTogether' | 'allOrNothing' | 'announce'> & {
  readonly path: string
  readonly journal: Pick<Journal, 'takingIn'>
}

/** Ends a dry run, with everything it did taken back. */
class DryRun extends Error {}

/**
 * Takes in another copy of the project. What is there already is known by its entries: a second time nothing happens.
 *
 * @throws Problem where the copy is another study's, damaged, forged or of a newer program; then nothing was changed
 */
export function mergeCopy(
  project: Merging,
  path: string,
  passphrase: string,
  options: MergeOptions = {},
): MergeReport {
  const name = basename(path)
  const file = resolve(path)
  if (identityOf(file) === identityOf(project.path))
    throw new Problem('bad-arguments', `${name} is this project itself. Nothing was changed.`)
  return withCopy(file, passphrase, (other) => {
    assertSameProject(project.db, other, name)
    assertSealed(other, name)
    return mergeFrom(project, other, name, options)
  })
}

/** Reads a copy as it is at one moment, whoever works in it meanwhile. @throws Problem where it cannot be read */
function withCopy<T>(file: string, passphrase: string, work: (other: ReadableDb) => T): T {
  const name = basename(file)
  const other = orDamaged(name, () => openBeside(file, passphrase))
  try {
    return atOneMoment(other, () => {
      assertProject(other, name)
      orDamaged(name, () => assertWhole(other, name))
      return work(other)
    })
  } finally {
    other.close()
  }
}

const broken = (name: string, cause?: unknown): Problem =>
  new Problem(
    'project-damaged',
    `${name} cannot be merged: the file is damaged. Nothing was changed; ask for another copy.`,
    { cause },
  )

function orDamaged<T>(name: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw asProblem(error).code === 'project-damaged' && !(error instanceof Problem)
      ? broken(name, error)
      : error
  }
}

function assertWhole(other: ReadableDb, name: string): void {
  const [found] = other.pragma('quick_check(1)') as Array<{ quick_check: string }>
  if (found?.quick_check !== 'ok') throw broken(name)
}

function assertProject(other: ReadableDb, name: string): void {
  const schema = figureOf(other, 'user_version')
  if (figureOf(other, 'application_id') !== APPLICATION_ID || schema < 1)
    throw new Problem('not-a-project', `${name} is not an Understory project. Nothing was changed.`)
  if (schema > MIGRATIONS.length)
    throw new Problem(
      'newer-project',
      `${name} was made with a newer version of Understory. Nothing was changed; install that version to merge it.`,
    )
}

function assertSealed(other: ReadableDb, name: string): void {
  const [problem] = checkSeals(other).problems
  if (problem !== undefined)
    throw new Problem('project-damaged', `${name} cannot be merged: ${problem}. Nothing was changed.`)
}

function mergeFrom(project: Merging, other: ReadableDb, name: string, options: MergeOptions): MergeReport {
  const { db } = project
  const { dryRun = false, by = PROJECT_ACTOR, signal = NEVER, onProgress = () => {} } = options
  const incoming = incomingFrom(db, other, kinds, name)
  const report = new Reporting(db, incoming)
  if (incoming.entries.length === 0) return report.finished()
  let hasRedactions = false
  try {
    const takeIn = () => {
      const words = wordsToTakeOver(db, other)
      if (!dryRun) takeTexts(db, other, incoming.entries)
      const progress = (done: number, total: number) =>
        onProgress({ done, total, words: 'changes put in their places' })
      changeEntries(db, { added: incoming.entries }, { signal, onProgress: progress }, (folded) =>
        report.hear(folded),
      )
      report.finish()
      if (dryRun) throw new DryRun()
      leaveNoneAside(db)
      addListedWords(db, words)
      takeOverSeals(db, other)
      hasRedactions = settleTexts(project, other)
      noteWordsGone(db)
      const source = name
      project.change(by, 'project.merge', {
        source,
        entries: incoming.entries.length,
        taken: runsOf(incoming.entries),
      })
    }
    project.allOrNothing(() => project.journal.takingIn(takeIn))
  } catch (error) {
    if (!(error instanceof DryRun)) throw error
  }
  if (hasRedactions) erase(db)
  return report.finished()
}

/** Entries of each copy follow one another. */
function runsOf(entries: readonly Unnumbered[]): Array<{ replica: string; from: number; to: number }> {
  const runs = new Map<string, { replica: string; from: number; to: number }>()
  for (const { replica, replica_seq } of entries) {
    const run = runs.get(replica)
    runs.set(replica, {
      replica,
      from: Math.min(run?.from ?? replica_seq, replica_seq),
      to: Math.max(run?.to ?? replica_seq, replica_seq),
    })
  }
  return [...runs.values()]
}

type VoidRow = { id: string; part: string; coder: string | null; kind: string; reason: string }

/** Collects what the merge comes to, from before it to its end. */
class Reporting {
  readonly #db: WritableDb
  readonly #incoming: Incoming
  readonly #conflicts: Conflicts
  readonly #ids: ReadonlySet<string>
  readonly #voidBefore: ReadonlySet<string>
  readonly #notesBefore: number
  readonly #report: MergeReport

  constructor(db: WritableDb, incoming: Incoming) {
    this.#db = db
    this.#incoming = incoming
    this.#conflicts = new Conflicts(db)
    this.#ids = new Set(incoming.entries.map(({ id }) => id))
    this.#voidBefore = new Set(this.#voids().map(keyOf))
    this.#notesBefore = this.#count('note')
    this.#report = {
      entries: { new: incoming.entries.length, known: incoming.known, void: [] },
      coders: {},
      conflicts: [],
      notes: { new: 0, sameTexts: 0, differentTexts: [] },
    }
    if (incoming.entries.length > 0) this.#hearOwn()
  }

  /** What this copy has done that the other does not know of may stand before all that comes in. */
  #hearOwn(): void {
    const own = this.#db
      .prepare<[], Entry>(`SELECT * FROM journal WHERE kind NOT LIKE 'coding%' ORDER BY seq`)
      .iterate()
    const first = this.#incoming.entries.reduce((least, { hlc }) => (hlc < least ? hlc : least), '~')
    for (const entry of own) if (entry.hlc < first) this.#conflicts.hear({ entry }, this.#sideOf(entry))
  }

  #sideOf({ id, replica, replica_seq }: Entry): 'theirs' | 'mine' | null {
    if (this.#ids.has(id)) return 'theirs'
    return replica_seq > (this.#incoming.heads.get(replica) ?? 0) ? 'mine' : null
  }

  hear(folded: Folded): void {
    this.#conflicts.hear(folded, this.#sideOf(folded.entry))
  }

  /** To be called when all entries are in their places. */
  finish(): void {
    const { entries, coders, notes } = this.#report
    const nameOf = this.#db.prepare<[string], string>('SELECT name FROM coder WHERE id = ?').pluck()
    for (const { coder } of this.#incoming.entries) {
      const name = nameOf.get(coder) ?? 'the project'
      coders[name] = (coders[name] ?? 0) + 1
    }
    for (const row of this.#voids()) {
      if (this.#voidBefore.has(keyOf(row))) continue
      if (row.kind === 'notes.import' && row.part !== '') notes.differentTexts.push(row.part)
      entries.void.push({
        entry: row.id,
        ...(row.part === '' ? {} : { part: row.part }),
        coder: row.coder ?? 'the project',
        kind: row.kind,
        reason: row.reason,
      })
    }
    notes.new = this.#count('note') - this.#notesBefore
    notes.sameTexts = this.#broughtNotes() - notes.new - notes.differentTexts.length
    if (notes.sameTexts < 0) notes.sameTexts = 0
    this.#report.conflicts = this.#conflicts.list()
  }

  finished(): MergeReport {
    return this.#report
  }

  #broughtNotes(): number {
    return this.#incoming.entries.reduce(
      (sum, { kind, payload }) =>
        kind === 'notes.import' ? sum + (JSON.parse(payload) as { notes: unknown[] }).notes.length : sum,
      0,
    )
  }

  #count(table: 'note'): number {
    return this.#db.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0
  }

  #voids(): VoidRow[] {
    return this.#db
      .prepare<[], VoidRow>(
        `SELECT journal.id, void.part, coder.name AS coder, journal.kind, void.reason
         FROM void JOIN journal USING (seq) LEFT JOIN coder ON coder.id = journal.coder ORDER BY void.seq, void.part`,
      )
      .all()
  }
}

const keyOf = ({ id, part }: Pick<VoidRow, 'id' | 'part'>): string => `${id} ${part}`
