/** Theme tables: how many notes, cases and codings carry each code, and how that differs by one attribute. */
import type { Attribute, ThemeReport, ThemeRow } from '../../../shared/model.ts'
import { Problem } from '../../../shared/problem.ts'
import { ASKED_CODERS } from '../coders.ts'
import { listCodes } from '../codes.ts'
import type { Db } from '../database.ts'
import { listAttributes } from '../notes.ts'

export type ThemeArgs = {
  by: { name: string; of: Attribute['of'] } | null
  /** Null: everybody's own codings, without second passes and the consensus. */
  coderIds: readonly string[] | null
}

type NoteInfo = { casefile: number | null; group: number }
type Groups = { values: Array<string | null>; notes: Map<number, NoteInfo> }

function findAttribute(db: Db, by: ThemeArgs['by']): Attribute | null {
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

  add(note: number, { casefile, group }: NoteInfo, codings: number): void {
    this.codings += codings
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

/** A folder counts what lies below it; a code counts its own codings. */
export function computeThemes(db: Db, { by, coderIds }: ThemeArgs): ThemeReport {
  const attribute = findAttribute(db, by)
  const groups = groupNotes(db, attribute)
  const codes = listCodes(db)
  const tallies = new Map(codes.map((code) => [code.id, new Tally(groups.values.length)]))
  const folders = foldersAbove(codes)
  const rows = db
    .prepare(
      `SELECT code.id, coding.note, count(*) FROM coding
       JOIN code ON code.num = coding.code JOIN coder ON coder.num = coding.coder
       WHERE ${ASKED_CODERS}
       GROUP BY coding.code, coding.note`,
    )
    .raw()
    .iterate({ coderIds: coderIds && JSON.stringify(coderIds) }) as IterableIterator<[string, number, number]>
  for (const [codeId, note, codings] of rows) {
    const info = groups.notes.get(note) as NoteInfo
    for (const id of [codeId, ...(folders.get(codeId) ?? [])]) tallies.get(id)?.add(note, info, codings)
  }
  const all = new Tally(groups.values.length)
  for (const [note, info] of groups.notes) all.add(note, info, 0)
  const totals = all.cells()
  return {
    by: attribute,
    coderIds: coderIds ? [...coderIds] : [],
    notes: all.notes.size,
    cases: all.cases.size,
    groups: groups.values.map((value, index) => ({
      value,
      notes: totals[index]?.notes ?? 0,
      cases: totals[index]?.cases ?? 0,
    })),
    rows: themeRows(codes, tallies),
  }
}

type CodeRow = ReturnType<typeof listCodes>[number]

function themeRows(codes: readonly CodeRow[], tallies: ReadonlyMap<string, Tally>): ThemeRow[] {
  const depths = new Map<string, number>()
  return codes.map((code) => {
    const depth = code.parentId === null ? 0 : (depths.get(code.parentId) ?? 0) + 1
    depths.set(code.id, depth)
    const tally = tallies.get(code.id) as Tally
    return {
      codeId: code.id,
      code: code.name,
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
