/** Taking in what another copy of the project holds: as one step, or not at all. */
import { basename, resolve } from 'node:path'
import { type CancelSignal, NEVER } from '../../../shared/cancel.ts'
import type { CoderId } from '../../../shared/contract/basics.ts'
import { type Progress, TOPICS } from '../../../shared/contract/events.ts'
import type { MergeReport } from '../../../shared/contract/merging.ts'
import { Problem } from '../../../shared/problem.ts'
import type { PackageContent } from '../exchange/packages/lines.ts'
import type { ReadableDb, WritableDb } from '../file/connection.ts'
import { payloadAs } from '../file/json.ts'
import { nameOf } from '../file/lookup.ts'
import { identityOf } from '../file/open-files.ts'
import { addListedWords, noteWordsGone, wordsToTakeOver } from '../identifiers/words.ts'
import { PROJECT_ACTOR } from '../journal/change.ts'
import type { Changes } from '../journal/changes.ts'
import type { Entry } from '../journal/entry.ts'
import type { Journal } from '../journal/journal.ts'
import { type AllKinds, kinds } from '../kinds.ts'
import type { ImportedNote } from '../notes/notes.ts'
import { erase } from '../notes/redactions.ts'
import { joinedFor } from '../team/laptops.ts'
import { checkSeals, takeOverSeals } from '../team/seals.ts'
import { Conflicts } from './conflicts.ts'
import { withCopy } from './copy.ts'
import { changeEntries, type Folded, type Unnumbered } from './entry-set.ts'
import { assertSameProject, type Incoming, incomingFrom } from './incoming.ts'
import { settleTexts, takeTexts } from './redactions.ts'
import { copySource, packageSource, type Source } from './source.ts'
import { leaveNoneAside } from './undo.ts'

export type MergeOptions = {
  /** Says what would happen, and changes nothing. */
  dryRun?: boolean
  /** Who takes it in. */
  by?: CoderId
  /** When nothing speaks against it any more, and before it is confirmed. */
  beforeConfirmed?: () => void
  signal?: CancelSignal
  onProgress?: (progress: Progress) => void
}

export type Merging = Pick<
  Changes<AllKinds>,
  'db' | 'change' | 'changeTogether' | 'allOrNothing' | 'announce'
> & {
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
    const source = copySource(other, name)
    assertSameProject(project.db, source)
    assertSealed(other, name)
    return mergeFrom(project, source, options)
  })
}

/**
 * Takes in an opened package.
 *
 * @throws Problem `not-allowed` for one that is for somebody else; else as `mergeCopy`
 */
export function mergePackage(
  project: Merging,
  content: PackageContent,
  name: string,
  options: MergeOptions = {},
): MergeReport {
  const source = packageSource(content, name)
  assertSameProject(project.db, source)
  const own = joinedFor(project.db)
  if (own !== null && content.head.for !== own) {
    const [receiver, mine] = [content.head.for as CoderId, own].map((id) => nameOf(project.db, 'coder', id))
    throw new Problem(
      'not-allowed',
      `${name} is a package for ${receiver}, and this copy of the project is ${mine}’s. Nothing was changed.`,
    )
  }
  return mergeFrom(project, source, options)
}

function assertSealed(db: ReadableDb, name: string): void {
  const [problem] = checkSeals(db).problems
  if (problem !== undefined)
    throw new Problem('project-damaged', `${name} cannot be merged: ${problem}. Nothing was changed.`)
}

function mergeFrom(project: Merging, source: Source, options: MergeOptions): MergeReport {
  const { db } = project
  const { name } = source
  const { dryRun = false, by = PROJECT_ACTOR, signal = NEVER, onProgress = () => {} } = options
  const incoming = incomingFrom(db, source, kinds)
  const report = new Reporting(db, incoming)
  if (incoming.entries.length === 0) return report.finished()
  let hasRedactions = false
  try {
    const takeIn = () => {
      const words = wordsToTakeOver(db, source.words())
      if (!dryRun) takeTexts(db, source, incoming.entries)
      const progress = (done: number, total: number) =>
        onProgress({ done, total, words: 'changes put in their places' })
      changeEntries(db, { added: incoming.entries }, { signal, onProgress: progress }, (folded) =>
        report.hear(folded),
      )
      noteGaps(db, incoming.gaps)
      report.finish()
      if (!dryRun) leaveNoneAside(db)
      takeOverSeals(db, source.seals())
      assertSealed(db, name)
      if (dryRun) throw new DryRun()
      addListedWords(db, words)
      hasRedactions = settleTexts(project, source)
      options.beforeConfirmed?.()
      noteWordsGone(db)
      // That others have met is nothing to undo; noted here it would be news there, and so on without end.
      if (incoming.entries.some(({ kind }) => kind !== 'project.merge'))
        project.change(by, 'project.merge', {
          source: name,
          entries: incoming.entries.length,
          taken: runsOf(incoming.entries),
        })
    }
    project.allOrNothing(() => project.journal.takingIn(takeIn))
  } catch (error) {
    if (!(error instanceof DryRun)) throw error
  }
  if (hasRedactions) erase(db)
  if (!dryRun) project.announce({ topics: [...TOPICS], noteIds: null })
  return report.finished()
}

/** What is kept of entries that stand without the one before them; nothing of those whose predecessor has come. */
export function noteGaps(db: WritableDb, gaps: Incoming['gaps']): void {
  const insert = db.prepare('INSERT INTO gap (replica, replica_seq) VALUES (?, ?) ON CONFLICT DO NOTHING')
  for (const { replica, replica_seq } of gaps) insert.run(replica, replica_seq)
  db.prepare(
    `DELETE FROM gap WHERE EXISTS (SELECT 1 FROM journal
       WHERE journal.replica = gap.replica AND journal.replica_seq = gap.replica_seq - 1)`,
  ).run()
}

type Run = { replica: string; from: number; to: number }

/** Entries of one copy that follow one another are one run. */
function runsOf(entries: readonly Unnumbered[]): Run[] {
  const runs: Run[] = []
  const open = new Map<string, Run>()
  for (const { replica, replica_seq } of entries.toSorted((a, b) => a.replica_seq - b.replica_seq)) {
    const run = open.get(replica)
    if (run?.to === replica_seq - 1) run.to = replica_seq
    else {
      const begun = { replica, from: replica_seq, to: replica_seq }
      open.set(replica, begun)
      runs.push(begun)
    }
  }
  return runs
}

type VoidRow = { id: string; part: string; coder: string | null; kind: string; reason: string }

/** Collects what the merge comes to, from before it to its end. */
class Reporting {
  readonly #db: WritableDb
  readonly #incoming: Incoming
  readonly #conflicts: Conflicts
  readonly #ids: ReadonlySet<string>
  readonly #voidBefore: ReadonlySet<string>
  readonly #notesBefore: ReadonlySet<string>
  readonly #report: MergeReport

  constructor(db: WritableDb, incoming: Incoming) {
    this.#db = db
    this.#incoming = incoming
    this.#conflicts = new Conflicts(db)
    this.#ids = new Set(incoming.entries.map(({ id }) => id))
    this.#voidBefore = new Set(this.#voids().map(keyOf))
    this.#notesBefore = this.#noteIds()
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
    const [now, other] = [this.#noteIds(), new Set(notes.differentTexts)]
    for (const id of this.#broughtNotes()) {
      if (!this.#notesBefore.has(id)) notes.new += Number(now.has(id))
      else if (!other.has(id)) notes.sameTexts++
    }
    this.#report.conflicts = this.#conflicts.list()
  }

  finished(): MergeReport {
    return this.#report
  }

  /** The notes that were imported there, each once. */
  #broughtNotes(): ReadonlySet<string> {
    const imports = this.#incoming.entries.filter(({ kind }) => kind === 'notes.import')
    return new Set(
      imports.flatMap(({ payload }) =>
        payloadAs<{ notes: ImportedNote[] }>(payload).notes.map(({ id }) => id),
      ),
    )
  }

  #noteIds(): ReadonlySet<string> {
    return new Set(this.#db.prepare<[], string>('SELECT id FROM note').pluck().all())
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
