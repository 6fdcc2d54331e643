/** The codebook: a tree of codes. A code that has done its work is retired, so that its codings keep their meaning. */
import { z } from 'zod'
import { CODE_TEXT_FIELDS, CODE_TEXTS } from '../../../shared/code-fields.ts'
import { CodeId, type CoderId } from '../../../shared/contract/basics.ts'
import { type Code, CodeChanges, type CodeRow } from '../../../shared/contract/codes.ts'
import { Problem } from '../../../shared/problem.ts'
import { type ReadableDb, sure } from '../file/connection.ts'
import { findNum, nameOf, numOf } from '../file/lookup.ts'
import { defineChange, itemByItem, type ReduceContext } from '../journal/change.ts'
import type { Tables } from '../journal/tables.ts'
import { codeCounts } from './counts.ts'
import {
  COLUMN_OF,
  type CodeTableRow,
  columnsOf,
  FIELD_WORDS,
  NewCode,
  NOTHING_SAID,
  SELECTED,
  toFields,
} from './fields.ts'
import { assertCodebookOpen } from './freeze.ts'
import { inTreeOrder } from './tree.ts'

const siblings = (db: ReadableDb, parent: number | null): number[] =>
  db
    .prepare<[number | null], number>('SELECT num FROM code WHERE parent IS ? ORDER BY position, num')
    .pluck()
    .all(parent)

/** Behind all siblings there are; where one was taken out there may be gaps. */
export const positionAfter = (db: ReadableDb, parent: number | null): number =>
  sure(
    db
      .prepare<[number | null], number>('SELECT coalesce(max(position), -1) + 1 FROM code WHERE parent IS ?')
      .pluck()
      .get(parent),
  )

const renumber = (tables: Tables, nums: readonly number[]) => {
  nums.forEach((num, position) => {
    tables.update('code', num, { position })
  })
}

const parentNum = (db: ReadableDb, parentId: CodeId | null) =>
  parentId === null ? null : numOf(db, 'code', parentId)

/** One key, one code: the newest claim wins and the older code loses its key. */
function freeShortcut(
  db: ReadableDb,
  tables: Tables,
  shortcut: string | null | undefined,
  except: number | null,
): void {
  if (!shortcut) return
  const holders = db
    .prepare<[string], number>('SELECT num FROM code WHERE shortcut = ? ORDER BY num')
    .pluck()
    .all(shortcut)
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
    name: code.name,
    colour: code.colour,
    shortcut: code.shortcut,
    is_folder: Number(code.isFolder),
    ...columnsOf(code),
    is_retired: Number(code.isRetired),
    defined_version: codebookVersion(db) + 1,
  })
  if (code.afterId === undefined) return
  const before = siblings(db, parent).filter((sibling) => sibling !== num)
  const at = before.indexOf(numOf(db, 'code', code.afterId))
  if (at !== -1) renumber(tables, before.toSpliced(at + 1, 0, num))
}

/** A code of a file or template has the same id on every computer: where another has added it too it is there once. */
const isThere = ({ db, isFolded }: ReduceContext, { id }: NewCode): boolean =>
  isFolded && findNum(db, 'code', id) !== null

/** Whether a code is `ancestor` or lies somewhere below it. */
export const isWithin = (db: ReadableDb, num: number | null, ancestor: number): boolean =>
  db
    .prepare(
      `WITH RECURSIVE above(num) AS (
         SELECT @num UNION SELECT code.parent FROM code JOIN above ON code.num = above.num WHERE code.parent IS NOT NULL
       ) SELECT 1 FROM above WHERE num = @ancestor`,
    )
    .get({ num, ancestor }) !== undefined

export type CodeMove = { id: CodeId; parentId: CodeId | null; position: number }

/**
 * For reducers: puts codes in their places among new siblings, one after the other. Only where each comes to stand in the
 * end is written: a thousand siblings are sorted by writing each of them once.
 */
export function arrangeCodes({ db, tables }: ReduceContext, moves: readonly CodeMove[]): void {
  const parents = new Map<number, number | null>()
  const orders = new Map<number | null, number[]>()
  const parentOf = (num: number): number | null =>
    parents.has(num) ? (parents.get(num) ?? null) : (tables.get('code', num)?.parent ?? null)
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
export function updateCode({ db, tables }: ReduceContext, id: CodeId, changes: CodeChanges): void {
  const num = numOf(db, 'code', id)
  freeShortcut(db, tables, changes.shortcut, num)
  const before = tables.row('code', num)
  const means = CODE_TEXT_FIELDS.some(
    (field) =>
      CODE_TEXTS[field].saysMeaning &&
      changes[field] !== undefined &&
      changes[field] !== before[COLUMN_OF[field]],
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
      for (const code of codes) if (!isThere(context, code)) addCode(context, code)
    },
    label: (_db, { source, codes }) =>
      codes.length === 1
        ? `created the ${codes[0]?.isFolder ? 'folder' : 'code'} ${codes[0]?.name}`
        : `added ${codes.length} codes from ${source}`,
  }),
  'codes.update': defineChange({
    payload: z.strictObject({
      changes: z.array(z.strictObject({ id: CodeId, fields: CodeChanges })).min(1),
    }),
    reduce: (context, { changes }) => {
      // A key is a help at this desk; the instrument stays what it is.
      const isMoreThanKeys = changes.some(({ fields }) =>
        Object.keys(fields).some((field) => field !== 'shortcut'),
      )
      if (isMoreThanKeys) assertCodebookOpen(context)
      const idOf = ({ id }: { id: CodeId }) => id
      itemByItem(context, changes, idOf, ({ id, fields }) => updateCode(context, id, fields))
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
    payload: z.strictObject({ ids: z.array(CodeId).min(1), isRetired: z.boolean() }),
    reduce: (context, { ids, isRetired }) => {
      assertCodebookOpen(context)
      const { db, tables } = context
      itemByItem(
        context,
        ids,
        (id) => id,
        (id) => tables.update('code', numOf(db, 'code', id), { is_retired: Number(isRetired) }),
      )
    },
    label: (db, { ids, isRetired }) => {
      const what = ids.length === 1 ? `the code ${nameOf(db, 'code', sure(ids[0]))}` : `${ids.length} codes`
      return `${isRetired ? 'retired' : 'restored'} ${what}`
    },
  }),
}

const FROM_CODES = 'FROM code LEFT JOIN code AS parent ON parent.num = code.parent'

/**
 * The whole codebook in reading order: every parent before its children, siblings by position. Counts leave out what a
 * blind round keeps from the viewer; null is kept from nothing.
 */
export function listCodes(db: ReadableDb, viewer: CoderId | null = null): CodeRow[] {
  const countsOf = codeCounts(db, viewer)
  return allCodes(db).map((code) => ({ ...code, ...countsOf(code.num) }))
}

/** The whole codebook as `listCodes` gives it, for work that needs no counts. */
export function allCodes(db: ReadableDb): Code[] {
  const rows = db
    .prepare<[], CodeTableRow>(`SELECT ${SELECTED} ${FROM_CODES} ORDER BY code.position, code.num`)
    .all()
  return inTreeOrder(rows.map(toFields))
}

/** What a code is called and where it stands, without counting what it was given to. */
export type CodePlace = {
  num: number
  id: CodeId
  parentId: CodeId | null
  name: string
  isFolder: boolean
}

/** The whole codebook in reading order, without the texts of the codes. */
export function codePlaces(db: ReadableDb): CodePlace[] {
  const rows = db
    .prepare<[], Omit<CodePlace, 'isFolder'> & { isFolder: number }>(
      `SELECT code.num, code.id, parent.id AS parentId, code.name, code.is_folder AS isFolder
       FROM code LEFT JOIN code AS parent ON parent.num = code.parent ORDER BY code.position, code.num`,
    )
    .all()
  return inTreeOrder(rows.map((row) => ({ ...row, isFolder: row.isFolder === 1 })))
}

/** Without what it was given to. @throws Problem `not-found` */
export function getCode(db: ReadableDb, id: string): Code {
  const row = db.prepare<[string], CodeTableRow>(`SELECT ${SELECTED} ${FROM_CODES} WHERE code.id = ?`).get(id)
  if (!row) throw new Problem('not-found', 'There is no such code in this project (any more).')
  return toFields(row)
}

/** The entry that made the codebook what it is; null where there has been none. */
export const newestCodebookEntry = (db: ReadableDb): string | null =>
  db
    .prepare<[], string>(
      'SELECT id FROM codebook_version AS made JOIN journal USING (seq) ORDER BY made.version DESC LIMIT 1',
    )
    .pluck()
    .get() ?? null

/** The version that an entry made; null where it made none here. */
export const versionOfEntry = (db: ReadableDb, entry: string): number | null =>
  db
    .prepare<[string], number>(
      'SELECT made.version FROM codebook_version AS made JOIN journal USING (seq) WHERE journal.id = ?',
    )
    .pluck()
    .get(entry) ?? null

/** The version that somebody saw whose newest entry of the codebook was this one; where it is not known, the present one. */
export function codebookVersionOf(db: ReadableDb, entry: string | null | undefined): number {
  if (entry === null) return 0
  return (entry === undefined ? null : versionOfEntry(db, entry)) ?? codebookVersion(db)
}

export const codebookVersion = (db: ReadableDb): number =>
  sure(db.prepare<[], number>('SELECT version FROM codebook').pluck().get())
