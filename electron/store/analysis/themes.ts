/** Theme tables: how many notes, cases and codings carry each code, and how that differs by one attribute. */
import { type CancelSignal, NEVER } from '../../../shared/cancel.ts'
import type { CoderId } from '../../../shared/contract/basics.ts'
import type { Coder } from '../../../shared/contract/coders.ts'
import type { Progress } from '../../../shared/contract/events.ts'
import type { Attribute } from '../../../shared/contract/notes.ts'
import type { QualifierFilter } from '../../../shared/contract/qualifiers.ts'
import type { ThemeBase, ThemeReport, ThemeRow, ThemeScope } from '../../../shared/contract/themes.ts'
import { Problem } from '../../../shared/problem.ts'
import { themeHeading, themeRule } from '../../../shared/theme-words.ts'
import { type CodePlace, codePlaces } from '../codebook/codes.ts'
import { codePaths } from '../codebook/tree.ts'
import { affirmedOnly, isOwn } from '../codings/counted.ts'
import type { ReadableDb } from '../file/connection.ts'
import { numOf } from '../file/lookup.ts'
import { listAttributes } from '../notes/notes.ts'
import { listCoders, listPeople } from '../team/coders.ts'
import { notesKeptFrom } from '../team/rounds.ts'
import { countThemes, type NoteInfo, type Tally, tallyOf } from './theme-count.ts'

export type ThemeArgs = {
  scope: ThemeScope
  /** Who will see the table: what a blind round keeps from them is left out. Null: nobody who codes. */
  viewer: CoderId | null
}

/** Shares of the finished notes of everybody, affirmed mentions alone where the project tells them apart. */
export const WHOLE_SCOPE: ThemeScope = {
  by: null,
  coderIds: null,
  notes: 'finished',
  affirmedOnly: true,
  qualifiers: {},
}

type Options = { signal?: CancelSignal; onProgress?: (progress: Progress) => void }
type Groups = { values: Array<string | null>; notes: Map<number, NoteInfo> }

function findAttribute(db: ReadableDb, by: ThemeScope['by']): Attribute | null {
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
function groupNotes(db: ReadableDb, by: Attribute | null): Groups {
  const rows = db
    .prepare<
      [unknown],
      {
        num: number
        casefile: number | null
        value: string | null
      }
    >(
      `SELECT note.num, note.casefile, ${
        by === null
          ? 'NULL'
          : by.of === 'note'
            ? `(SELECT value FROM json_each(note.attributes) WHERE key = @name)`
            : `(SELECT value FROM json_each(casefile.attributes) WHERE key = @name)`
      } AS value FROM note LEFT JOIN casefile ON casefile.num = note.casefile ORDER BY note.num`,
    )
    .all(by === null ? {} : { name: by.name })
  const values = by === null ? [] : sortValues(new Set(rows.map(({ value }) => value)), by.kind)
  if (values.length > 0 && !rows.some(({ value }) => value === null)) values.pop()
  const place = new Map(values.map((value, index) => [value, index]))
  const notes = new Map(
    rows.map(({ num, casefile, value }) => [num, { casefile, group: place.get(value) ?? -1 }]),
  )
  return { values, notes }
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

function finishedBy(db: ReadableDb, coder: number): ReadonlySet<number> {
  const notes = db
    .prepare<[number], number>(`SELECT note FROM note_status WHERE coder = ? AND status = 'finished'`)
    .pluck()
    .all(coder)
  return new Set(notes)
}

/**
 * A coder's codings count in the notes that this coder finished, and a note counts when one of the coders finished it:
 * so no half-coded note is read as one without the code, and no finished work is lost where notes are shared out.
 * Notes that a blind round keeps from the viewer do not count at all, unless only the viewer's own work is asked for.
 */
function baseOf(db: ReadableDb, { scope, viewer }: ThemeArgs, all: ReadonlyMap<number, NoteInfo>): Base {
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

/**
 * Notes, cases and codings per code, overall and per value of one attribute; a folder counts what lies below it, a
 * code its own codings. Every share is one of the notes (cases) that count, see `baseOf`; `base` says in words which.
 * Throws `not-found` for an unknown attribute, `cancelled`.
 */
export function computeThemes(
  db: ReadableDb,
  { scope, viewer }: ThemeArgs,
  { signal = NEVER, onProgress }: Options = {},
): ThemeReport {
  const attribute = findAttribute(db, scope.by)
  const { values, notes } = groupNotes(db, attribute)
  const base = baseOf(db, { scope, viewer }, notes)
  const codes = codePlaces(db)
  const placement = { notes, groups: values.length }
  const { tallies, setAside } = countThemes(db, { ...base, codes, placement }, { signal, onProgress })
  const all = tallyOf(notes.keys(), placement)
  const counted = tallyOf(base.notes, placement)
  return {
    by: attribute,
    coderIds: scope.coderIds ? [...scope.coderIds] : [],
    base: {
      ...baseWords(base, { notes: all.notes, cases: all.cases }, scope.notes),
      setAside,
    },
    notes: counted.notes,
    cases: counted.cases,
    groups: values.map((value, index) => ({
      value,
      notes: counted.cells[index]?.notes ?? 0,
      cases: counted.cells[index]?.cases ?? 0,
    })),
    rows: themeRows(codes, tallies),
  }
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

type CodeRow = CodePlace

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
      notes: tally.notes,
      cases: tally.cases,
      codings: tally.codings,
      cells: tally.cells,
    }
  })
}
