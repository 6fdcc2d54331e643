/** What happens to whole codes and to the codings under them: merge, split, delete, arrange, look again. */
import { z } from 'zod'
import { CodeId, type CoderId, CodingId } from '../../../shared/contract/basics.ts'
import type { Segment } from '../../../shared/contract/codings.ts'
import { Problem } from '../../../shared/problem.ts'
import { assertApplicable, ownCoding, selectSegments } from '../codings/codings.ts'
import { uniteTwins } from '../codings/same-coding.ts'
import { type ReadableDb, sure } from '../file/connection.ts'
import { nameOf, numOf } from '../file/lookup.ts'
import type { RowOf } from '../file/table-definitions.ts'
import { defineChange, itemByItem, type ReduceContext, unchanged } from '../journal/change.ts'
import { deleteCoding } from '../memos/memos.ts'
import { NOT_BLIND_CODING, NOT_BLIND_MEMO, notesKeptFrom } from '../team/rounds.ts'
import { arrangeCodes, codebookVersionOf, isWithin, newestCodebookEntry, positionAfter } from './codes.ts'
import { assertCodebookOpen } from './freeze.ts'
import { inTreeOrder } from './tree.ts'

const numsOf = (db: ReadableDb, sql: string, num: number) =>
  db.prepare<[number], number>(sql).pluck().all(num)
const childrenOf = (db: ReadableDb, code: number) =>
  numsOf(db, 'SELECT num FROM code WHERE parent = ? ORDER BY position, num', code)
const codingsOf = (db: ReadableDb, code: number) =>
  numsOf(db, 'SELECT num FROM coding WHERE code = ? ORDER BY num', code)
const memosOf = (db: ReadableDb, code: number) =>
  numsOf(db, 'SELECT num FROM memo WHERE code = ? ORDER BY num', code)

/** The name stays known, so that the journal can still say which code it was. A template's code may go twice. */
function forgetCode({ db, tables }: ReduceContext, row: RowOf<'code'>, mergedInto: CodeId | null): void {
  const gone = { id: row.id, name: row.name, merged_into: mergedInto }
  const before = db.prepare<[string], number>('SELECT num FROM gone_code WHERE id = ?').pluck().get(gone.id)
  tables.delete('code', row.num)
  if (before === undefined) tables.insert('gone_code', gone)
  else tables.update('gone_code', before, gone)
}

/**
 * Codings keep their coder, note and range; those of one coder that now say the same become one (`same-coding`), and
 * nobody's work is counted twice. Children and memos of the merged code go to the one that stays.
 */
function mergeCode(context: ReduceContext, into: RowOf<'code'>, id: CodeId): void {
  const { db, tables } = context
  const row = tables.row('code', numOf(db, 'code', id))
  if (row.num === into.num) throw new Problem('bad-arguments', 'A code cannot be merged with itself.')
  if (isWithin(db, into.num, row.num))
    throw new Problem(
      'conflict',
      `${into.name} lies inside ${row.name}. Move it out first. Nothing was changed.`,
    )
  const moved = codingsOf(db, row.num)
  for (const num of moved) tables.update('coding', num, { code: into.num })
  uniteTwins(context, moved)
  for (const num of memosOf(db, row.num)) tables.update('memo', num, { code: into.num })
  let position = positionAfter(db, into.num)
  for (const num of childrenOf(db, row.num))
    tables.update('code', num, { parent: into.num, position: position++ })
  forgetCode(context, row, into.id)
}

/** These codes and all below them, children before their parents. */
function wholeBranches(db: ReadableDb, ids: readonly CodeId[]): RowOf<'code'>[] {
  const rows = db
    .prepare<[], RowOf<'code'> & { parentId: CodeId | null }>(
      'SELECT code.*, parent.id AS parentId FROM code LEFT JOIN code AS parent ON parent.num = code.parent ORDER BY code.num',
    )
    .all()
  const gone = new Set(ids)
  const branch = inTreeOrder(rows).filter((row) => {
    if (!gone.has(row.id) && (row.parentId === null || !gone.has(row.parentId))) return false
    gone.add(row.id)
    return true
  })
  return branch.reverse()
}

function deleteCodes(context: ReduceContext, ids: readonly CodeId[]): void {
  const { db, tables } = context
  for (const id of ids) numOf(db, 'code', id)
  for (const row of wholeBranches(db, ids)) {
    for (const num of codingsOf(db, row.num)) deleteCoding(context, num)
    for (const num of memosOf(db, row.num)) tables.delete('memo', num)
    forgetCode(context, tables.row('code', row.num), null)
  }
}

const ARRANGED = {
  move: 'moved',
  sort: 'sorted',
  promote: 'moved up a level',
  demote: 'moved down a level',
} as const

export const codebookEdits = {
  'codes.merge': defineChange({
    payload: z.strictObject({ into: CodeId, from: z.array(CodeId).min(1) }),
    reduce: (context, { into, from }) => {
      assertCodebookOpen(context)
      const target = context.tables.row('code', numOf(context.db, 'code', into))
      assertApplicable(target)
      for (const id of from) mergeCode(context, target, id)
    },
    label: (db, { into, from }) =>
      `merged ${from.map((id) => nameOf(db, 'code', id)).join(', ')} into ${nameOf(db, 'code', into)}`,
  }),
  /** With everything below them and every coding under any of them. */
  'codes.delete': defineChange({
    payload: z.strictObject({ ids: z.array(CodeId).min(1) }),
    reduce: (context, { ids }) => {
      assertCodebookOpen(context)
      deleteCodes(context, ids)
    },
    label: (db, { ids }) =>
      ids.length > 3
        ? `deleted ${ids.length} codes`
        : `deleted ${ids.map((id) => nameOf(db, 'code', id)).join(', ')}`,
  }),
  /** Puts several codes in their places, one after the other. */
  'codes.arrange': defineChange({
    payload: z.strictObject({
      how: z.enum(['move', 'sort', 'promote', 'demote']),
      moves: z
        .array(z.strictObject({ id: CodeId, parentId: CodeId.nullable(), position: z.int().min(0) }))
        .min(1),
    }),
    reduce: (context, { moves }) => {
      assertCodebookOpen(context)
      arrangeCodes(context, moves)
    },
    label: (db, { how, moves }) =>
      moves.length === 1
        ? `${ARRANGED[how]} ${nameOf(db, 'code', sure(moves[0]).id)}`
        : `${ARRANGED[how]} ${moves.length} codes`,
  }),
  /** Gives codings another code whoever made them: the codebook changes, the coders' work stays theirs. */
  'codings.reassign': defineChange({
    payload: z.strictObject({
      how: z.enum(['split', 'move']),
      from: CodeId,
      moves: z.array(z.strictObject({ coding: CodingId, code: CodeId })).min(1),
    }),
    reduce: (context, { moves }) => {
      assertCodebookOpen(context)
      const { db, tables } = context
      const moved: number[] = []
      const idOf = (move: { coding: CodingId }) => move.coding
      itemByItem(context, moves, idOf, ({ coding, code }) => {
        const target = numOf(db, 'code', code)
        assertApplicable(tables.row('code', target))
        const num = numOf(db, 'coding', coding)
        tables.update('coding', num, { code: target })
        moved.push(num)
      })
      uniteTwins(context, moved)
    },
    label: (db, { how, from, moves }) =>
      `${how === 'split' ? 'split' : 'moved'} ${moves.length} codings of ${nameOf(db, 'code', from)}`,
  }),
  /** The coder has looked again: these codings are right under the codebook as it is now. */
  'codings.confirm': defineChange({
    payload: z.strictObject({ ids: z.array(CodingId).min(1), codebook: z.string().nullable().optional() }),
    upcasters: [unchanged],
    complete: (db, payload) => ({ ...payload, codebook: newestCodebookEntry(db) }),
    reduce: (context, { ids, codebook }) => {
      const codebook_version = codebookVersionOf(context.db, codebook)
      itemByItem(
        context,
        ids,
        (id) => id,
        (id) => context.tables.update('coding', ownCoding(context, id).num, { codebook_version }),
      )
    },
    label: (_db, { ids }) => (ids.length === 1 ? 'confirmed a coding' : `confirmed ${ids.length} codings`),
  }),
}

/** What would go if these codes were deleted. */
export function previewRemoval(
  db: ReadableDb,
  ids: readonly CodeId[],
  viewer: CoderId | null,
): {
  codes: string[]
  codings: Array<{ coderId: CoderId; codings: number }>
  notes: number
  memos: number
  isPartial: boolean
} {
  const branch = wholeBranches(db, ids).reverse()
  const nums = JSON.stringify(branch.map(({ num }) => num))
  const codings = db
    .prepare<object, { coderId: CoderId; codings: number }>(
      `SELECT coder.id AS coderId, count(*) AS codings FROM coding JOIN coder ON coder.num = coding.coder
       WHERE coding.code IN (SELECT value FROM json_each(@nums)) AND ${NOT_BLIND_CODING}
       GROUP BY coder.num ORDER BY coder.num`,
    )
    .all({ nums, viewer })
  const notes = sure(
    db
      .prepare<object, number>(
        `SELECT count(DISTINCT note) FROM coding
       WHERE code IN (SELECT value FROM json_each(@nums)) AND ${NOT_BLIND_CODING}`,
      )
      .pluck()
      .get({ nums, viewer }),
  )
  const memos = sure(
    db
      .prepare<object, number>(
        `SELECT count(*) FROM memo LEFT JOIN coding ON coding.num = memo.coding
       WHERE coalesce(memo.code, coding.code) IN (SELECT value FROM json_each(@nums)) AND ${NOT_BLIND_MEMO}`,
      )
      .pluck()
      .get({ nums, viewer }),
  )
  const isPartial = notesKeptFrom(db, viewer).size > 0
  return { codes: branch.map(({ name }) => name), codings, notes, memos, isPartial }
}

const TO_RECHECK = `
  FROM coding
  JOIN note ON note.num = coding.note
  JOIN coder ON coder.num = coding.coder
  JOIN code ON code.num = coding.code
  LEFT JOIN casefile ON casefile.num = note.casefile
  WHERE coder.id = @coderId AND coding.codebook_version < code.defined_version
    AND (@codeId IS NULL OR code.id = @codeId)`

/** A coder's codings made before the meaning of their code last changed, code by code in the order of the tree. */
export function codingsToRecheck(
  db: ReadableDb,
  {
    coderId,
    codeId,
    offset,
    limit,
  }: { coderId: CoderId; codeId: CodeId | null; offset: number; limit: number },
): { total: number; codes: Array<{ codeId: CodeId; codings: number }>; segments: Segment[] } {
  const counts = db
    .prepare<object, { codeId: CodeId; codings: number }>(
      `SELECT code.id AS codeId, count(*) AS codings ${TO_RECHECK} GROUP BY code.num ORDER BY code.num`,
    )
    .all({ coderId, codeId: null })
  const asked = codeId === null ? counts : counts.filter((each) => each.codeId === codeId)
  return {
    total: asked.reduce((sum, { codings }) => sum + codings, 0),
    codes: counts,
    segments: selectSegments(db, {
      before: '',
      from: `${TO_RECHECK} ORDER BY code.num, note.num, coding.start_at, coding.num LIMIT @limit OFFSET @offset`,
      values: { coderId, codeId, limit, offset },
    }),
  }
}
