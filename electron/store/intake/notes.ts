/** The import job: reads notes from files, says what would happen, and adds them as one undoable step. */
import { setImmediate } from 'node:timers/promises'
import { type CancelSignal, NEVER } from '../../../shared/cancel.ts'
import type { CoderId } from '../../../shared/contract/basics.ts'
import type { Progress } from '../../../shared/contract/events.ts'
import type { ImportMap, ImportReport } from '../../../shared/contract/note-import.ts'
import type { Attribute, AttributeValues } from '../../../shared/contract/notes.ts'
import { visibleName } from '../../../shared/names.ts'
import { Problem } from '../../../shared/problem.ts'
import { attributesOf } from '../exchange/notes/read.ts'
import type { Query, ReadableDb } from '../file/connection.ts'
import { foldRarely } from '../file/database.ts'
import { fromJson, type Json } from '../file/json.ts'
import { readIdentifierWords } from '../identifiers/words.ts'
import type { Changes } from '../journal/changes.ts'
import type { ImportedCase, ImportedNote, noteChanges } from '../notes/notes.ts'
import { openingsTogether } from '../notes/opening.ts'
import { dropStagedTexts, type HashedText, keepStagedTexts, stageTexts } from '../notes/texts.ts'
import { CANCELLED, type IdentifierMode, type ScreenedNote, screenHere, screenInWorker } from './screening.ts'

export type ImportOptions = {
  map: ImportMap | null
  dryRun: boolean
  identifiers: IdentifierMode
  /** Whether nobody works in this process while notes come in. */
  isAlone?: boolean
  /** The built file of the thread that reads; without it the files are read in this thread. */
  screeningWorker?: URL | undefined
  /** Waited for once, before the first text is put into the file: until then nothing speaks against the import. */
  beforeFirst?: () => void | Promise<void>
  signal?: CancelSignal
  onProgress?: (progress: Progress) => void
}

/** Texts are staged so many characters at a time: whoever codes meanwhile waits for one such transaction at most. */
const STAGED_CHARACTERS = 1_000_000
/**
 * And so many where nobody codes in this process: hashes fall all over their index, so that each transaction writes much
 * of it, and few write less. The first is small all the same, so that what a full disk refuses is known soon.
 */
const STAGED_ALONE = 4_000_000

/** Notes per journal entry: small enough to read, large enough to be quick. */
const ENTRY_NOTES = 500

type Accepted = { note: ImportedNote; opening: string; caseAttributes: Record<string, string> }

/** A value as it is said in a line. */
const short = (value: string): string => `“${value.length > 40 ? `${value.slice(0, 40).trimEnd()}…` : value}”`

/** Decides for each incoming note whether it is new, already there, or refused, against the project and the file. */
class DuplicateCheck {
  readonly report: ImportReport = {
    notes: {
      added: 0,
      duplicate: 0,
      ...{ duplicates: [], sameText: [], rejected: [], leftOut: [], warnings: [] },
    },
    cases: 0,
    attributes: 0,
    identifiers: {},
  }
  readonly accepted: Accepted[] = []
  /** The notes of these files so far, by id. */
  readonly #seen = new Map<string, Seen>()
  /** The first of them with each text. */
  readonly #texts = new Map<string, Seen>()
  readonly #stored: Query<[string], string>
  readonly #redacted: Query<[string, string]>
  readonly #storedText: Query<[string], string>
  #attributes: Attribute[] = []
  #caseAttributes: ReadonlySet<string> = new Set()
  readonly #storedCase: Query<[string], Json<AttributeValues>>
  /** What is known of each case of these files so far: the first value stands. */
  readonly #cases = new Map<string, Record<string, string>>()

  readonly #manyFiles: boolean

  constructor(db: ReadableDb, manyFiles: boolean) {
    this.#manyFiles = manyFiles
    this.#stored = db.prepare<[string], string>('SELECT text_hash FROM note WHERE id = ?').pluck()
    this.#storedCase = db
      .prepare<[string], Json<AttributeValues>>('SELECT attributes FROM casefile WHERE id = ?')
      .pluck()
    this.#redacted = db
      .prepare<[string, string]>(
        `SELECT 1 FROM redaction JOIN note ON note.num = redaction.note JOIN effect ON effect.seq = redaction.entry
         WHERE note.id = ? AND instr(effect.changes, ?) > 0`,
      )
      .pluck()
    this.#storedText = db
      .prepare<[string], string>('SELECT id FROM note WHERE text_hash = ? ORDER BY num LIMIT 1')
      .pluck()
  }

  /** What notes and cases have besides their text; to be told before the first note. */
  set attributes(attributes: Attribute[]) {
    this.#attributes = attributes
    this.#caseAttributes = new Set(attributes.filter((each) => each.of === 'case').map((each) => each.name))
  }

  get attributes(): Attribute[] {
    return this.#attributes
  }

  /** Returns the text to store, or null when the note is a duplicate or refused. */
  take(incoming: ScreenedNote): HashedText | null {
    const { notes } = this.report
    if (incoming.remark !== undefined) return this.#say(notes.warnings, incoming, incoming.remark)
    if (incoming.leftOut !== undefined) return this.#say(notes.leftOut, incoming, incoming.leftOut)
    if (incoming.problem !== undefined) return this.#say(notes.rejected, incoming, incoming.problem)
    const { text: body, hash } = incoming
    const id = incoming.id ?? `n-${hash.slice(0, 16)}`
    const seen = this.#seen.get(id)
    const known = seen?.hash ?? this.#stored.get(id)
    const isRedacted = !seen && known !== undefined && known !== hash && this.#isTextBefore(id, hash)
    if (known === hash || isRedacted) {
      notes.duplicate++
      const where = seen ? this.#placeOf(seen) : 'already in the project'
      const how = isRedacted ? ', redacted since' : ' with the same text'
      return this.#say(notes.duplicates, incoming, `${shownId(incoming.id, id)} is ${where}${how}`)
    }
    if (known !== undefined) {
      const where = seen ? this.#placeOf(seen) : 'already there'
      return this.#say(notes.rejected, incoming, `a note with the id ${id} is ${where} with another text`)
    }
    this.#tellOfSameText(incoming, id)
    const { row, source } = incoming
    const mine = { id, hash, row, source }
    this.#seen.set(id, mine)
    if (!this.#texts.has(hash)) this.#texts.set(hash, mine)
    this.#accept(incoming, id)
    return { hash, body }
  }

  /** Whether the note had this text until something was redacted in it. */
  #isTextBefore(id: string, hash: string): boolean {
    return this.#redacted.get(id, `"text_hash":["${hash}",`) !== undefined
  }

  #tellOfSameText(incoming: ScreenedNote, id: string): void {
    const stored = this.#storedText.get(incoming.hash)
    const seen = this.#texts.get(incoming.hash)
    const other =
      stored !== undefined
        ? `note ${stored} of the project`
        : seen && `note ${seen.id} (${this.#rowOf(seen)})`
    if (other === undefined) return
    this.#say(this.report.notes.sameText, incoming, `note ${id} has the same text as ${other}`)
  }

  #rowOf({ row, source }: Seen): string {
    return this.#manyFiles ? `${source}, row ${row}` : `row ${row}`
  }

  #placeOf(seen: Seen): string {
    return `in these files before (${this.#rowOf(seen)})`
  }

  /** Counts what all notes together bring; to be called after the last one. */
  complete(db: ReadableDb): { report: ImportReport; cases: Map<string, ImportedCase> } {
    const cases = casesOf(this.accepted)
    this.report.cases = countNew(db, 'casefile', 'id', [...cases.keys()])
    this.report.attributes = this.#attributes.length
    return { report: this.report, cases }
  }

  #accept(incoming: ScreenedNote, id: string): void {
    const noteAttributes: Record<string, string> = {}
    const caseAttributes: Record<string, string> = {}
    for (const [name, value] of Object.entries(incoming.attributes)) {
      if (this.#caseAttributes.has(name)) caseAttributes[name] = value
      else noteAttributes[name] = value
    }
    const note: ImportedNote = {
      id,
      caseId: incoming.caseId,
      title: incoming.title ?? id,
      date: incoming.date,
      textHash: incoming.hash,
      length: incoming.text.length,
      characters: incoming.characters,
      attributes: noteAttributes,
    }
    this.accepted.push({ note, opening: incoming.opening, caseAttributes })
    this.report.notes.added++
    if (incoming.warning) this.#say(this.report.notes.warnings, incoming, incoming.warning)
    if (incoming.caseId !== null) this.#tellOfOtherValues(incoming, incoming.caseId, caseAttributes)
    for (const kind of incoming.kinds)
      this.report.identifiers[kind] = (this.report.identifiers[kind] ?? 0) + 1
  }

  /** A case has one value of each attribute. Another one is not taken, and never without a word. */
  #tellOfOtherValues(incoming: ScreenedNote, caseId: string, values: Record<string, string>): void {
    const stored = this.#storedCase.get(caseId)
    const known = this.#cases.get(caseId) ?? (stored === undefined ? {} : fromJson(stored))
    for (const [name, value] of Object.entries(values)) {
      const first = known[name]
      if (first === undefined || first === value) continue
      const words = `${visibleName(name)} of case ${caseId} is ${short(first)} already; ${short(value)} in this row was not taken`
      this.#say(this.report.notes.warnings, incoming, words)
    }
    this.#cases.set(caseId, { ...values, ...known })
  }

  #say(list: Array<{ row: number; reason: string }>, { row, source }: ScreenedNote, reason: string): null {
    // With several files a row number alone would not say where to look.
    list.push({ row, reason: this.#manyFiles ? `${source}: ${reason}` : reason })
    return null
  }
}

/** A note of the files being read, and where it stands in them. */
type Seen = { id: string; hash: string; row: number; source: string }

/** A note without an id of its own is known by its text. */
const shownId = (own: string | null, id: string): string => (own === null ? 'the note' : `note ${id}`)

/**
 * Imports notes. A dry run only reports. Cancelling or failing leaves the project as it was; coding goes on while
 * it runs. Notes already there with the same text are counted and skipped; the same id with another text is refused.
 */
export async function importNotes(
  project: Changes<typeof noteChanges>,
  coderId: CoderId,
  paths: string[],
  options: ImportOptions,
): Promise<ImportReport> {
  const { db } = project
  const check = new DuplicateCheck(db, paths.length > 1)
  const batches = screened(db, paths, check, options)
  if (options.dryRun) {
    for await (const batch of batches) for (const incoming of batch) check.take(incoming)
    return check.complete(db).report
  }
  const end = begin(project)
  const rest = foldRarely(db)
  try {
    await stage(project, check, batches, options)
    const { report, cases } = check.complete(db)
    commit(project, coderId, sourceOf(paths), check.attributes, check.accepted, cases)
    return report
  } catch (error) {
    dropStagedTexts(db)
    throw error
  } finally {
    rest()
    end()
  }
}

/** Staged texts do not say which import they are from. */
const importing = new WeakSet<Changes<typeof noteChanges>>()

function begin(project: Changes<typeof noteChanges>): () => void {
  if (importing.has(project)) {
    throw new Problem(
      'project-busy',
      'Notes are being imported already. Nothing was changed; wait for that import to end, or cancel it.',
    )
  }
  importing.add(project)
  return () => importing.delete(project)
}

/** Stages the new texts batch by batch; between two batches whoever codes has their turn. */
async function stage(
  { db }: Changes<typeof noteChanges>,
  check: DuplicateCheck,
  batches: AsyncGenerator<ScreenedNote[]>,
  { signal = NEVER, isAlone = false, beforeFirst }: ImportOptions,
): Promise<void> {
  let isFirst = true
  let most = STAGED_CHARACTERS
  let texts: HashedText[] = []
  let characters = 0
  const store = async () => {
    if (isFirst && texts.length > 0) {
      isFirst = false
      await beforeFirst?.()
    }
    stageTexts(db, texts)
    texts = []
    characters = 0
    if (isAlone) most = STAGED_ALONE
    await setImmediate()
  }
  for await (const batch of batches) {
    if (signal.aborted) throw new Problem('cancelled', CANCELLED)
    for (const incoming of batch) {
      const text = check.take(incoming)
      if (!text) continue
      texts.push(text)
      characters += text.body.length
    }
    if (characters >= most) await store()
  }
  await store()
}

function screened(
  db: ReadableDb,
  paths: string[],
  check: DuplicateCheck,
  options: ImportOptions,
): AsyncGenerator<ScreenedNote[]> {
  const { map, identifiers, screeningWorker, signal = NEVER, onProgress } = options
  const order = { paths, map, identifiers, words: readIdentifierWords(db) }
  const context = {
    onMap: (found: ImportMap | null) => {
      check.attributes = found ? attributesOf(found) : []
    },
    signal,
    ...(onProgress ? { onProgress } : {}),
  }
  return screeningWorker ? screenInWorker(screeningWorker, order, context) : screenHere(order, context)
}

/** How their texts begin, each once, by its hash. */
const openingsOf = (accepted: readonly Accepted[]) =>
  new Map(accepted.map(({ note, opening }) => [note.textHash, opening]))

const sourceOf = (paths: readonly string[]) => {
  const name = (path: string) => path.split(/[\\/]/).filter(Boolean).at(-1) ?? path
  return paths.length === 1 ? name(paths[0] as string) : `${paths.length} files`
}

function countNew(db: ReadableDb, table: 'casefile', column: 'id', ids: readonly string[]): number {
  const known = db.prepare(`SELECT 1 FROM ${table} WHERE ${column} = ?`)
  return ids.filter((id) => known.get(id) === undefined).length
}

/** Cases in order of first mention; where rows of one case differ, the first value stands. */
function casesOf(accepted: readonly Accepted[]): Map<string, ImportedCase> {
  const cases = new Map<string, ImportedCase>()
  for (const { note, caseAttributes } of accepted) {
    if (note.caseId === null) continue
    const known = cases.get(note.caseId)
    if (known) known.attributes = { ...caseAttributes, ...known.attributes }
    else cases.set(note.caseId, { id: note.caseId, attributes: { ...caseAttributes } })
  }
  return cases
}

function commit(
  project: Changes<typeof noteChanges>,
  coderId: CoderId,
  source: string,
  attributes: Attribute[],
  accepted: readonly Accepted[],
  cases: Map<string, ImportedCase>,
): void {
  const payloads = entriesOf(accepted, cases).map((entry, index) => ({
    source,
    attributes: index === 0 ? attributes : [],
    ...entry,
  }))
  if (payloads.length === 0) return
  const changes = payloads.map((payload) => ({ kind: 'notes.import' as const, payload }))
  const openings = openingsOf(accepted)
  let writeOpenings = () => {}
  const before = () => {
    keepStagedTexts(project.db, [...openings.keys()])
    writeOpenings = openingsTogether(project.db, openings)
  }
  project.changeTogether(coderId, changes, before, () => writeOpenings())
}

/** Cuts the notes into entries; each case goes with the first entry that needs it. */
function entriesOf(
  accepted: readonly Accepted[],
  cases: ReadonlyMap<string, ImportedCase>,
): Array<{ notes: ImportedNote[]; cases: ImportedCase[] }> {
  const entries: Array<{ notes: ImportedNote[]; cases: ImportedCase[] }> = []
  const open = new Map(cases)
  for (let from = 0; from < accepted.length; from += ENTRY_NOTES) {
    const notes = accepted.slice(from, from + ENTRY_NOTES).map(({ note }) => note)
    const own: ImportedCase[] = []
    for (const { caseId } of notes) {
      const casefile = caseId === null ? undefined : open.get(caseId)
      if (!casefile) continue
      own.push(casefile)
      open.delete(casefile.id)
    }
    entries.push({ notes, cases: own })
  }
  return entries
}
