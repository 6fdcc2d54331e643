/** The codebook: a tree of codes. A code that has done its work is retired, so that its codings keep their meaning. */
import { z } from 'zod'
import {
  type Code,
  CodeChanges,
  CodeExtras,
  CodeFields,
  type CodeRow,
  Id,
  type Qualifiers,
} from '../../shared/model.ts'
import { Problem } from '../../shared/problem.ts'
import { defineChange, type ReduceContext } from './change.ts'
import { codeCounts } from './code-counts.ts'
import { assertCodebookOpen } from './codebook-freeze.ts'
import type { Db } from './database.ts'
import { nameOf, numOf } from './lookup.ts'
import type { Cell, Row, Tables } from './tables.ts'

/** A code to be added: its place among its siblings is the last, or right after the one named. */
export const NewCode = z.strictObject({
  ...CodeFields.shape,
  ...CodeExtras.partial().shape,
  id: Id,
  parentId: Id.nullable(),
  isRetired: z.boolean(),
  afterId: Id.optional(),
})
export type NewCode = z.infer<typeof NewCode>

/** A code at the top level of which nothing is said but its name. */
export const emptyCode = (id: string, name: string): NewCode => ({
  id,
  parentId: null,
  name,
  colour: null,
  definition: '',
  useWhen: '',
  doNotUseWhen: '',
  example: '',
  source: '',
  shortcut: null,
  isFolder: false,
  isRetired: false,
})

/** The column of each field. */
export const COLUMN_OF = {
  name: 'name',
  colour: 'colour',
  definition: 'definition',
  useWhen: 'use_when',
  doNotUseWhen: 'do_not_use_when',
  example: 'example',
  source: 'source',
  shortcut: 'shortcut',
  isFolder: 'is_folder',
  shortLabel: 'short_label',
  counterExample: 'counter_example',
  remarks: 'remarks',
  theme: 'theme',
  exampleCodingId: 'example_coding',
  counterExampleCodingId: 'counter_example_coding',
  qualifiers: 'qualifiers',
} as const satisfies Record<keyof CodeChanges, string>

/** The fields that say what a code means: a change of these calls for another look at its codings. */
const MEANING: ReadonlyArray<keyof CodeChanges> = ['definition', 'useWhen', 'doNotUseWhen']

/** What a new code has where nothing is said. */
const NOTHING_SAID: Record<string, Cell> = {
  short_label: '',
  counter_example: '',
  remarks: '',
  theme: '',
  example_coding: null,
  counter_example_coding: null,
  qualifiers: '{}',
}

function cell(value: string | boolean | null | Qualifiers): Cell {
  if (typeof value === 'boolean') return Number(value)
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value
}

function columnsOf(fields: CodeChanges): Record<string, Cell> {
  const columns: Record<string, Cell> = {}
  for (const [field, column] of Object.entries(COLUMN_OF)) {
    const value = fields[field as keyof CodeChanges]
    if (value !== undefined) columns[column] = cell(value)
  }
  return columns
}

const siblings = (db: Db, parent: number | null): number[] =>
  db.prepare('SELECT num FROM code WHERE parent IS ? ORDER BY position, num').pluck().all(parent) as number[]

/** Behind all siblings there are; where one was taken out there may be gaps. */
export const positionAfter = (db: Db, parent: number | null): number =>
  db
    .prepare('SELECT coalesce(max(position), -1) + 1 FROM code WHERE parent IS ?')
    .pluck()
    .get(parent) as number

const renumber = (tables: Tables, nums: readonly number[]) => {
  nums.forEach((num, position) => {
    tables.update('code', num, { position })
  })
}

const parentNum = (db: Db, parentId: string | null) =>
  parentId === null ? null : numOf(db, 'code', parentId)

/** One key, one code: the newest claim wins and the older code loses its key. */
function freeShortcut(
  db: Db,
  tables: Tables,
  shortcut: string | null | undefined,
  except: number | null,
): void {
  if (!shortcut) return
  const holders = db.prepare('SELECT num FROM code WHERE shortcut = ?').pluck().all(shortcut) as number[]
  for (const num of holders) if (num !== except) tables.update('code', num, { shortcut: null })
}

/** For reducers: adds a code, as the last of its siblings where it does not say after which. */
export function addCode(context: ReduceContext, code: NewCode): void {
  const { db, tables } = context
  const parent = parentNum(db, code.parentId)
  freeShortcut(db, tables, code.shortcut, null)
  const num = tables.insert('code', {
    id: code.id,
    parent,
    position: positionAfter(db, parent),
    ...NOTHING_SAID,
    ...columnsOf(code),
    is_retired: Number(code.isRetired),
    defined_version: codebookVersion(db) + 1,
  })
  if (code.afterId === undefined) return
  const before = siblings(db, parent).filter((sibling) => sibling !== num)
  const at = before.indexOf(numOf(db, 'code', code.afterId))
  if (at !== -1) renumber(tables, before.toSpliced(at + 1, 0, num))
}

/** Whether a code is `ancestor` or lies somewhere below it. */
export const isWithin = (db: Db, num: number | null, ancestor: number): boolean =>
  db
    .prepare(
      `WITH RECURSIVE above(num) AS (
         SELECT @num UNION SELECT code.parent FROM code JOIN above ON code.num = above.num WHERE code.parent IS NOT NULL
       ) SELECT 1 FROM above WHERE num = @ancestor`,
    )
    .get({ num, ancestor }) !== undefined

export type CodeMove = { id: string; parentId: string | null; position: number }

/**
 * For reducers: puts codes in their places among new siblings, one after the other. Only where each comes to stand in the
 * end is written: a thousand siblings are sorted by writing each of them once.
 */
export function arrangeCodes({ db, tables }: ReduceContext, moves: readonly CodeMove[]): void {
  const parents = new Map<number, number | null>()
  const orders = new Map<number | null, number[]>()
  const parentOf = (num: number): number | null =>
    parents.has(num)
      ? (parents.get(num) ?? null)
      : ((tables.get('code', num)?.parent ?? null) as number | null)
  const orderOf = (parent: number | null): number[] => {
    const known = orders.get(parent) ?? siblings(db, parent)
    orders.set(parent, known)
    return known
  }
  for (const { id, parentId, position } of moves) {
    const num = numOf(db, 'code', id)
    const parent = parentNum(db, parentId)
    // A code moved under itself or its own child would vanish from the tree.
    for (let above = parent; above !== null; above = parentOf(above))
      if (above === num)
        throw new Problem('conflict', 'A code cannot be moved into itself or one of its own children.')
    const before = orderOf(parentOf(num))
    before.splice(before.indexOf(num), 1)
    const after = orderOf(parent)
    after.splice(Math.min(position, after.length), 0, num)
    parents.set(num, parent)
  }
  for (const [parent, order] of orders)
    order.forEach((num, position) => {
      tables.update('code', num, { parent, position })
    })
}

/** For reducers: changes fields of a code, and marks when its meaning changed. */
export function updateCode({ db, tables }: ReduceContext, id: string, changes: CodeChanges): void {
  const num = numOf(db, 'code', id)
  freeShortcut(db, tables, changes.shortcut, num)
  const before = tables.get('code', num) as Row
  const means = MEANING.some(
    (field) => changes[field] !== undefined && changes[field] !== before[COLUMN_OF[field]],
  )
  tables.update('code', num, {
    ...columnsOf(changes),
    ...(means ? { defined_version: codebookVersion(db) + 1 } : {}),
  })
}

export const codeChanges = {
  /** Several codes at once (a template, a file) or one; parents come before their children. */
  'codes.add': defineChange({
    payload: z.strictObject({ source: z.string(), codes: z.array(NewCode).min(1) }),
    reduce: (context, { codes }) => {
      assertCodebookOpen(context)
      for (const code of codes) addCode(context, code)
    },
    label: (_db, { source, codes }) =>
      codes.length === 1
        ? `created the ${codes[0]?.isFolder ? 'folder' : 'code'} ${codes[0]?.name}`
        : `added ${codes.length} codes from ${source}`,
  }),
  'codes.update': defineChange({
    payload: z.strictObject({
      changes: z.array(z.strictObject({ id: Id, fields: CodeChanges })).min(1),
    }),
    reduce: (context, { changes }) => {
      // A key is a help at this desk; the instrument stays what it is.
      const isMoreThanKeys = changes.some(({ fields }) =>
        Object.keys(fields).some((field) => field !== 'shortcut'),
      )
      if (isMoreThanKeys) assertCodebookOpen(context)
      for (const { id, fields } of changes) updateCode(context, id, fields)
    },
    label: (db, { changes }) => {
      const [first] = changes
      if (!first) return 'changed no code'
      const fields = [
        ...new Set(changes.flatMap(({ fields }) => Object.keys(fields) as (keyof CodeChanges)[])),
      ]
      const isOne = changes.length === 1
      if (isOne && fields.length === 1 && fields[0] === 'name')
        return `renamed a code to ${first.fields.name}`
      const what = isOne ? nameOf(db, 'code', first.id) : `${changes.length} codes`
      return fields.length > 4
        ? `changed ${what}`
        : `changed the ${fields.map((field) => FIELD_WORDS[field]).join(', ')} of ${what}`
    },
  }),
  'codes.setRetired': defineChange({
    payload: z.strictObject({ ids: z.array(Id).min(1), isRetired: z.boolean() }),
    reduce: (context, { ids, isRetired }) => {
      assertCodebookOpen(context)
      const { db, tables } = context
      for (const id of ids) tables.update('code', numOf(db, 'code', id), { is_retired: Number(isRetired) })
    },
    label: (db, { ids, isRetired }) => {
      const what =
        ids.length === 1 ? `the code ${nameOf(db, 'code', ids[0] as string)}` : `${ids.length} codes`
      return `${isRetired ? 'retired' : 'restored'} ${what}`
    },
  }),
}

/** What a person calls each field. */
export const FIELD_WORDS: Record<keyof CodeChanges, string> = {
  name: 'name',
  colour: 'colour',
  definition: 'definition',
  useWhen: 'rule when to use',
  doNotUseWhen: 'rule when not to use',
  example: 'example',
  source: 'source',
  shortcut: 'key',
  isFolder: 'kind',
  shortLabel: 'short label',
  counterExample: 'counter-example',
  remarks: 'notes',
  theme: 'theme',
  exampleCodingId: 'linked example',
  counterExampleCodingId: 'linked counter-example',
  qualifiers: 'usual qualifiers',
}

type CodeTableRow = {
  num: number
  id: string
  parentId: string | null
  position: number
  name: string
  colour: string | null
  definition: string
  useWhen: string
  doNotUseWhen: string
  example: string
  source: string
  shortcut: string | null
  shortLabel: string
  counterExample: string
  remarks: string
  theme: string
  exampleCodingId: string | null
  counterExampleCodingId: string | null
  qualifiers: string
  definedVersion: number
  isFolder: number
  isRetired: number
}

const FIELDS = `
  code.num, code.id, parent.id AS parentId, code.position, code.name, code.colour, code.definition,
  code.use_when AS useWhen, code.do_not_use_when AS doNotUseWhen, code.example, code.source, code.shortcut,
  code.qualifiers, code.short_label AS shortLabel, code.counter_example AS counterExample, code.remarks, code.theme,
  code.example_coding AS exampleCodingId, code.counter_example_coding AS counterExampleCodingId,
  code.defined_version AS definedVersion, code.is_folder AS isFolder, code.is_retired AS isRetired`
const FROM_CODES = 'FROM code LEFT JOIN code AS parent ON parent.num = code.parent'

const toFields = <Row extends { isFolder: number; isRetired: number; qualifiers: string }>({
  isFolder,
  isRetired,
  qualifiers,
  ...row
}: Row) => ({
  ...row,
  qualifiers: JSON.parse(qualifiers) as Qualifiers,
  isFolder: isFolder === 1,
  isRetired: isRetired === 1,
})

/**
 * The whole codebook in reading order: every parent before its children, siblings by position. Counts leave out what a
 * blind round keeps from the viewer; null is kept from nothing.
 */
export function listCodes(db: Db, viewer: string | null = null): CodeRow[] {
  const countsOf = codeCounts(db, viewer)
  return allCodes(db).map((code) => ({ ...code, ...countsOf(code.num) }))
}

/** The whole codebook as `listCodes` gives it, for work that needs no counts. */
export function allCodes(db: Db): Array<Code & { num: number }> {
  const rows = db
    .prepare(`SELECT ${FIELDS} ${FROM_CODES} ORDER BY code.position, code.num`)
    .all() as CodeTableRow[]
  return inTreeOrder(rows.map(toFields))
}

/** What a code is called and where it stands, without counting what it was given to. */
export type CodePlace = {
  num: number
  id: string
  parentId: string | null
  name: string
  isFolder: boolean
}

/** The whole codebook in reading order, without the texts of the codes. */
export function codePlaces(db: Db): CodePlace[] {
  const rows = db
    .prepare(
      `SELECT code.num, code.id, parent.id AS parentId, code.name, code.is_folder AS isFolder
       FROM code LEFT JOIN code AS parent ON parent.num = code.parent ORDER BY code.position, code.num`,
    )
    .all() as Array<Omit<CodePlace, 'isFolder'> & { isFolder: number }>
  return inTreeOrder(rows.map((row) => ({ ...row, isFolder: row.isFolder === 1 })))
}

/** Depth-first order without recursion: a codebook may be thousands of levels deep in a hostile file. */
export function inTreeOrder<T extends { id: string; parentId: string | null }>(rows: readonly T[]): T[] {
  const children = new Map<string | null, T[]>()
  for (const row of rows) {
    const list = children.get(row.parentId)
    if (list) list.push(row)
    else children.set(row.parentId, [row])
  }
  const ordered: T[] = []
  const waiting = (children.get(null) ?? []).toReversed()
  for (let row = waiting.pop(); row; row = waiting.pop()) {
    ordered.push(row)
    waiting.push(...(children.get(row.id) ?? []).toReversed())
  }
  return ordered
}

/** Without what it was given to. @throws Problem `not-found` */
export function getCode(db: Db, id: string): Code {
  const row = db.prepare(`SELECT ${FIELDS} ${FROM_CODES} WHERE code.id = ?`).get(id) as
    | CodeTableRow
    | undefined
  if (!row) throw new Problem('not-found', 'There is no such code in this project (any more).')
  return toFields(row)
}

export const codebookVersion = (db: Db): number =>
  db.prepare('SELECT version FROM codebook').pluck().get() as number

export const PATH_SEPARATOR = ' > '

/** Each code's path from the top, "A > B", by id. */
export function codePaths(
  codes: ReadonlyArray<{ id: string; parentId: string | null; name: string }>,
): Map<string, string> {
  const paths = new Map<string, string>()
  for (const code of inTreeOrder(codes)) {
    const parent = code.parentId === null ? undefined : paths.get(code.parentId)
    paths.set(code.id, parent === undefined ? code.name : `${parent}${PATH_SEPARATOR}${code.name}`)
  }
  return paths
}
