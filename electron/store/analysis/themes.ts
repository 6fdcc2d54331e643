/** Theme tables: how many notes, cases and codings carry each code, and how that differs by one attribute. */
import { type CancelSignal, NEVER } from '../../../shared/cancel.ts'
import type { Coder } from '../../../shared/contract/coders.ts'
import type { Progress } from '../../../shared/contract/events.ts'
import type { Attribute } from '../../../shared/contract/notes.ts'
import type { QualifierFilter, Qualifiers } from '../../../shared/contract/qualifiers.ts'
import type { ThemeBase, ThemeReport, ThemeRow, ThemeScope } from '../../../shared/contract/themes.ts'
import { Problem } from '../../../shared/problem.ts'
import { themeHeading, themeRule } from '../../../shared/theme-words.ts'
import { codePlaces } from '../codebook/codes.ts'
import { codePaths } from '../codebook/tree.ts'
import { affirmedOnly, firstUnasked, isOwn } from '../codings/counted.ts'
import type { Db } from '../file/connection.ts'
import { numOf } from '../file/lookup.ts'
import { listAttributes } from '../notes/notes.ts'
import { listCoders, listPeople } from '../team/coders.ts'
import { notesKeptFrom } from '../team/rounds.ts'
import { byNote } from './by-note.ts'

export type ThemeArgs = {
  scope: ThemeScope
  /** Who will see the table: what a blind round keeps from them is left out. Null: nobody who codes. */
  viewer: string | null
}

/** Shares of the finished notes of everybody, affirmed mentions alone where the project tells them apart. */
export const WHOLE_SCOPE: ThemeScope = {
  by: null,
  coderIds: null,
  notes: 'finished',
  affirmedOnly: true,
  qualifiers: {},
}

/** In ms: by time and not by notes, since one with very many codings can take as long as thousands. */
const TELL_MS = 150

type Options = { signal?: CancelSignal; onProgress?: (progress: Progress) => void }
type NoteInfo = { casefile: number | null; group: number }
type Groups = { values: Array<string | null>; notes: Map<number, NoteInfo> }

function findAttribute(db: Db, by: ThemeScope['by']): Attribute | null {
  if (!by) return null
  const found = listAttributes(db).find(({ name, of }) => name === by.name && of === by.of)
  if (!found)
    throw new Problem('not-found', `There is no ${by.of} attribute called ${by.name} in this project.`)
  return found
}

const numeric = (kind: Attribute['kind']) => kind === 'number'

function sortValues(values: Iterable<string | null>, kind: Attribute['kind']): Array<string | null> {
  const present = [...values].filter((value): value is string => value !== null)
  present.sort((a, b) => (numeric(kind) ? Number(a) - Number(b) : a.localeCompare(b, 'en-GB')))
  return [...present, null]
}

/** Puts every note into the group of its value; a missing value is a group of its own, shown last. */
function groupNotes(db: Db, by: Attribute | null): Groups {
  const rows = db
    .prepare(
      `SELECT note.num, note.casefile, ${
        by === null
          ? 'NULL'
          : by.of === 'note'
            ? `(SELECT value FROM json_each(note.attributes) WHERE key = @name)`
            : `(SELECT value FROM json_each(casefile.attributes) WHERE key = @name)`
      } AS value FROM note LEFT JOIN casefile ON casefile.num = note.casefile ORDER BY note.num`,
    )
    .all(by === null ? {} : { name: by.name }) as Array<{
    num: number
    casefile: number | null
    value: string | null
  }>
  const values = by === null ? [] : sortValues(new Set(rows.map(({ value }) => value)), by.kind)
  if (values.length > 0 && !rows.some(({ value }) => value === null)) values.pop()
  const place = new Map(values.map((value, index) => [value, index]))
  const notes = new Map(
    rows.map(({ num, casefile, value }) => [num, { casefile, group: place.get(value) ?? -1 }]),
  )
  return { values, notes }
}

/** Distinct notes and cases, overall and per group. */
class Tally {
  codings = 0
  readonly notes = new Set<number>()
  readonly cases = new Set<number>()
  readonly #groupNotes: Array<Set<number>>
  readonly #groupCases: Array<Set<number>>

  constructor(groups: number) {
    this.#groupNotes = Array.from({ length: groups }, () => new Set())
    this.#groupCases = Array.from({ length: groups }, () => new Set())
  }

  /** One coding in this note. */
  add(note: number, info: NoteInfo): void {
    this.codings++
    this.see(note, info)
  }

  see(note: number, { casefile, group }: NoteInfo): void {
    this.notes.add(note)
    this.#groupNotes[group]?.add(note)
    if (casefile === null) return
    this.cases.add(casefile)
    this.#groupCases[group]?.add(casefile)
  }

  cells(): ThemeRow['cells'] {
    return this.#groupNotes.map((notes, index) => ({
      notes: notes.size,
      cases: this.#groupCases[index]?.size ?? 0,
    }))
  }
}

/** The notes that count, the codings in them that do, and what was left out of both. */
type Base = {
  coders: Coder[]
  /** Finished notes by the coder's number; null: every note counts, for every coder. */
  finished: ReadonlyMap<number, ReadonlySet<number>> | null
  coderNums: ReadonlySet<number>
  notes: ReadonlySet<number>
  heldBack: number
  hasAssertion: boolean
  affirmedOnly: boolean
  qualifiers: QualifierFilter
}

function finishedBy(db: Db, coder: number): ReadonlySet<number> {
  const notes = db
    .prepare(`SELECT note FROM note_status WHERE coder = ? AND status = 'finished'`)
    .pluck()
    .all(coder) as number[]
  return new Set(notes)
}

/**
 * A coder's codings count in the notes that this coder finished, and a note counts when one of the coders finished it:
 * so no half-coded note is read as one without the code, and no finished work is lost where notes are shared out.
 * Notes that a blind round keeps from the viewer do not count at all, unless only the viewer's own work is asked for.
 */
function baseOf(db: Db, { scope, viewer }: ThemeArgs, all: ReadonlyMap<number, NoteInfo>): Base {
  const { coderIds } = scope
  const coders = coderIds === null ? listPeople(db) : listCoders(db).filter(({ id }) => coderIds.includes(id))
  const coderNums = coders.map(({ id }) => numOf(db, 'coder', id))
  const finished =
    scope.notes === 'all' ? null : new Map(coderNums.map((coder) => [coder, finishedBy(db, coder)]))
  const done =
    finished === null ? [...all.keys()] : [...new Set([...finished.values()].flatMap((own) => [...own]))]
  const kept = isOwn(coderIds, viewer) ? new Set<number>() : notesKeptFrom(db, viewer)
  const notes = new Set(done.filter((note) => !kept.has(note)))
  const affirmed = affirmedOnly(db)
  const asksItself = affirmed !== null && Object.keys(affirmed).some((name) => name in scope.qualifiers)
  const isAffirmed = scope.affirmedOnly && affirmed !== null && !asksItself
  return {
    coders,
    finished,
    coderNums: new Set(coderNums),
    notes,
    heldBack: done.length - notes.size,
    hasAssertion: affirmed !== null,
    affirmedOnly: isAffirmed,
    qualifiers: isAffirmed ? { ...affirmed, ...scope.qualifiers } : scope.qualifiers,
  }
}

type CodingRow = { noteNum: number; code: number; coder: number; qualifiers: string }

/** All codings note by note, in the order of an index: nothing is sorted, and work can stop at any note. */
const everyCoding = (db: Db): Iterable<CodingRow> =>
  db
    .prepare(
      'SELECT note AS noteNum, code, coder, qualifiers FROM coding INDEXED BY coding_note ORDER BY note',
    )
    .iterate() as IterableIterator<CodingRow>

/** Codings that say something not asked for, by what they say. */
class SetAside {
  readonly #asked: QualifierFilter
  readonly #counts = new Map<string, ThemeBase['setAside'][number]>()
  /** What codings say, as it is stored: few say something of their own. */
  readonly #known = new Map<string, string | null>()

  constructor(asked: QualifierFilter) {
    this.#asked = asked
  }

  takes(qualifiers: string): boolean {
    let key = this.#known.get(qualifiers)
    if (key === undefined) {
      const unasked = firstUnasked(JSON.parse(qualifiers) as Qualifiers, this.#asked)
      key = unasked && JSON.stringify(unasked)
      this.#known.set(qualifiers, key)
      if (unasked && key !== null && !this.#counts.has(key)) this.#counts.set(key, { ...unasked, codings: 0 })
    }
    if (key === null) return false
    const count = this.#counts.get(key)
    if (count) count.codings++
    return true
  }

  list(): ThemeBase['setAside'] {
    return [...this.#counts.values()].sort((a, b) => b.codings - a.codings)
  }
}

/**
 * Notes, cases and codings per code, overall and per value of one attribute; a folder counts what lies below it, a
 * code its own codings. Every share is one of the notes (cases) that count, see `baseOf`; `base` says in words which.
 * Throws `not-found` for an unknown attribute, `cancelled`.
 */
export function computeThemes(
  db: Db,
  { scope, viewer }: ThemeArgs,
  { signal = NEVER, onProgress }: Options = {},
): ThemeReport {
  const attribute = findAttribute(db, scope.by)
  const { values, notes } = groupNotes(db, attribute)
  const base = baseOf(db, { scope, viewer }, notes)
  const codes = codePlaces(db)
  const tallies = new Map(codes.map((code) => [code.id, new Tally(values.length)]))
  const byNum = new Map(codes.map((code) => [code.num, code.id]))
  const folders = foldersAbove(codes)
  const setAside = new SetAside(base.qualifiers)
  let read = 0
  // The first note is told of at once: whoever waits sees that it has begun.
  let told = Number.NEGATIVE_INFINITY
  for (const codings of byNote(everyCoding(db))) {
    if (signal.aborted) throw new Problem('cancelled', 'The counting was cancelled.')
    read++
    if (performance.now() - told >= TELL_MS) {
      told = performance.now()
      onProgress?.({ done: read, total: notes.size, words: 'notes counted' })
    }
    const { noteNum } = codings[0] as CodingRow
    if (!base.notes.has(noteNum)) continue
    const info = notes.get(noteNum) as NoteInfo
    for (const { code, coder, qualifiers } of codings) {
      if (!base.coderNums.has(coder) || base.finished?.get(coder)?.has(noteNum) === false) continue
      if (setAside.takes(qualifiers)) continue
      const codeId = byNum.get(code) as string
      for (const id of [codeId, ...(folders.get(codeId) ?? [])]) tallies.get(id)?.add(noteNum, info)
    }
  }
  const all = tallyOf(notes, values.length)
  const counted = tallyOf(new Map([...notes].filter(([num]) => base.notes.has(num))), values.length)
  const totals = counted.cells()
  return {
    by: attribute,
    coderIds: scope.coderIds ? [...scope.coderIds] : [],
    base: {
      ...baseWords(base, { notes: all.notes.size, cases: all.cases.size }, scope.notes),
      setAside: setAside.list(),
    },
    notes: counted.notes.size,
    cases: counted.cases.size,
    groups: values.map((value, index) => ({
      value,
      notes: totals[index]?.notes ?? 0,
      cases: totals[index]?.cases ?? 0,
    })),
    rows: themeRows(codes, tallies),
  }
}

function tallyOf(notes: ReadonlyMap<number, NoteInfo>, groups: number): Tally {
  const tally = new Tally(groups)
  for (const [note, info] of notes) tally.see(note, info)
  return tally
}

function baseWords(
  base: Base,
  outOf: ThemeBase['outOf'],
  notes: ThemeBase['notes'],
): Omit<ThemeBase, 'setAside'> {
  const { coders, heldBack, hasAssertion, affirmedOnly, qualifiers } = base
  const said = { coders, notes, qualifiers, affirmedOnly, hasAssertion, outOf }
  const whole = { ...said, counted: base.notes.size }
  return { ...said, heldBack, words: themeHeading(whole), rule: themeRule(whole) }
}

type CodeRow = ReturnType<typeof codePlaces>[number]

function themeRows(codes: readonly CodeRow[], tallies: ReadonlyMap<string, Tally>): ThemeRow[] {
  const depths = new Map<string, number>()
  const paths = codePaths(codes)
  return codes.map((code) => {
    const depth = code.parentId === null ? 0 : (depths.get(code.parentId) ?? 0) + 1
    depths.set(code.id, depth)
    const tally = tallies.get(code.id) as Tally
    return {
      codeId: code.id,
      code: code.name,
      path: paths.get(code.id) ?? code.name,
      depth,
      isFolder: code.isFolder,
      notes: tally.notes.size,
      cases: tally.cases.size,
      codings: tally.codings,
      cells: tally.cells(),
    }
  })
}

/** For each code the folders it lies in, nearest first. */
function foldersAbove(codes: readonly CodeRow[]): Map<string, string[]> {
  const above = new Map<string, string[]>()
  const byId = new Map(codes.map((code) => [code.id, code]))
  for (const code of codes) {
    const parent = code.parentId === null ? undefined : byId.get(code.parentId)
    const inherited = parent ? (above.get(parent.id) ?? []) : []
    above.set(code.id, parent?.isFolder ? [parent.id, ...inherited] : inherited)
  }
  return above
}
