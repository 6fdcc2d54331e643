/** Changing codings that are there: moving an edge, another code, qualifiers, splitting, uniting. Each keeps its memos. */
import { z } from 'zod'
import { Id, type JournalRow, Offset, Qualifiers } from '../../shared/model.ts'
import { Problem } from '../../shared/problem.ts'
import { defineChange, type ReduceContext } from './change.ts'
import { clockMillis } from './clock.ts'
import { codebookVersion } from './codes.ts'
import { assertApplicable, assertRange, assertWholeCharacters, getCoding, ownCoding } from './codings.ts'
import type { Db } from './database.ts'
import type { Journal } from './journal.ts'
import { nameOf, numOf } from './lookup.ts'
import { moveMemos } from './memos.ts'
import type { Project } from './project.ts'
import type { Cell, Row } from './tables.ts'

/** What becomes of one coding; parts that are left out stay as they are. Null, null makes it a whole-note coding. */
const CodingChange = z.strictObject({
  id: Id,
  range: z.strictObject({ start: Offset.nullable(), end: Offset.nullable() }).optional(),
  code: Id.optional(),
  qualifiers: Qualifiers.optional(),
})
export type CodingChange = z.infer<typeof CodingChange>

function columnsOf({ db, tables }: ReduceContext, row: Row, change: CodingChange): Record<string, Cell> {
  const columns: Record<string, Cell> = {}
  if (change.range) {
    assertRange(tables.get('note', row.note as number) as Row, change.range)
    columns.start_at = change.range.start
    columns.end_at = change.range.end
  }
  if (change.code !== undefined) {
    const code = numOf(db, 'code', change.code)
    assertApplicable(tables.get('code', code) as Row)
    columns.code = code
    columns.codebook_version = codebookVersion(db)
  }
  if (change.qualifiers !== undefined) columns.qualifiers = JSON.stringify(change.qualifiers)
  return columns
}

/** Another coding of this coder that says the same of the same words. */
const twinOf = (db: Db, row: Row): number | undefined =>
  db
    .prepare(
      `SELECT num FROM coding WHERE note = @note AND coder = @coder AND code = @code
         AND start_at IS @start_at AND end_at IS @end_at AND num <> @num`,
    )
    .pluck()
    .get(row) as number | undefined

/** Two codings that now say the same become one; its memos are kept. */
function changeCoding(context: ReduceContext, change: CodingChange): void {
  const { db, tables } = context
  const before = ownCoding(context, change.id)
  tables.update('coding', before.num, columnsOf(context, before, change))
  if (!change.range && change.code === undefined) return
  const twin = twinOf(db, tables.get('coding', before.num) as Row)
  if (twin === undefined) return
  moveMemos(context, before.num, twin)
  tables.delete('coding', before.num)
}

function splitCoding(context: ReduceContext, id: string, at: number, newId: string): void {
  const { tables, entry } = context
  const { num, ...row } = ownCoding(context, id)
  if (row.start_at === null || at <= (row.start_at as number) || at >= (row.end_at as number)) {
    throw new Problem(
      'bad-arguments',
      'The caret must stand inside the coding to split it. Nothing was changed.',
    )
  }
  tables.update('coding', num, { end_at: at })
  tables.insert('coding', { ...row, id: newId, start_at: at, created_at: clockMillis(entry.hlc) })
}

function uniteCodings(context: ReduceContext, ids: readonly string[]): void {
  const { tables } = context
  const rows = ids.map((id) => ownCoding(context, id))
  const [first, ...others] = rows as [Row, ...Row[]]
  if (others.some((row) => row.code !== first.code || row.note !== first.note) || rows.some(isWhole)) {
    throw new Problem(
      'bad-arguments',
      'Only codings of one code in one note can be united. Nothing was changed.',
    )
  }
  const qualifiers = Object.assign(
    {},
    ...rows.toReversed().map((row) => JSON.parse(row.qualifiers as string)),
  )
  tables.update('coding', first.num, {
    start_at: Math.min(...rows.map((row) => row.start_at as number)),
    end_at: Math.max(...rows.map((row) => row.end_at as number)),
    qualifiers: JSON.stringify(qualifiers),
  })
  for (const { num } of others) {
    moveMemos(context, num, first.num)
    tables.delete('coding', num)
  }
}

const isWhole = (row: Row) => row.start_at === null

const codeNameOf = (db: Db, codingId: string): string =>
  (db
    .prepare('SELECT code.name FROM coding JOIN code ON code.num = coding.code WHERE coding.id = ?')
    .pluck()
    .get(codingId) as string | undefined) ?? 'a coding'

export const codingEdits = {
  'codings.change': defineChange({
    payload: z.strictObject({ changes: z.array(CodingChange).min(1) }),
    reduce: (context, { changes }) => {
      for (const change of changes) changeCoding(context, change)
    },
    label: (db, { changes }) => {
      const [first] = changes as [CodingChange]
      const of = changes.length === 1 ? codeNameOf(db, first.id) : `${changes.length} codings`
      if (first.code !== undefined)
        return changes.length === 1
          ? `recoded to ${nameOf(db, 'code', first.code)}`
          : `recoded ${of} to ${nameOf(db, 'code', first.code)}`
      return first.range ? `moved the edges of ${of}` : `changed the qualifiers of ${of}`
    },
  }),
  'coding.split': defineChange({
    payload: z.strictObject({ id: Id, at: Offset, newId: Id }),
    reduce: (context, { id, at, newId }) => splitCoding(context, id, at, newId),
    label: (db, { id }) => `split ${codeNameOf(db, id)}`,
  }),
  'codings.unite': defineChange({
    payload: z.strictObject({ ids: z.array(Id).min(2) }),
    reduce: (context, { ids }) => uniteCodings(context, ids),
    label: (db, { ids }) => `united ${ids.length} codings of ${codeNameOf(db, ids[0] as string)}`,
  }),
}

/** Changes codings as one undoable step; edges never cut a character in half. */
export function changeCodings(
  project: Project,
  coderId: string,
  changes: ReadonlyArray<{
    id: string
    span?: { start: number; end: number } | null | undefined
    codeId?: string | undefined
    qualifiers?: Qualifiers | undefined
  }>,
): void {
  const { db } = project
  const payload = changes.map(({ id, span, codeId, qualifiers }): CodingChange => {
    if (span) assertWholeCharacters(db, getCoding(db, id).noteId, span)
    return {
      id,
      ...(span === undefined ? {} : { range: { start: span?.start ?? null, end: span?.end ?? null } }),
      ...(codeId === undefined ? {} : { code: codeId }),
      ...(qualifiers === undefined ? {} : { qualifiers }),
    }
  })
  project.change(coderId, 'codings.change', { changes: payload })
}

/** Every journal entry that names this coding, oldest first, and the undoing of any of them. */
export function codingHistory(db: Db, journal: Journal, id: string): JournalRow[] {
  const seqs = db
    .prepare(
      `WITH own AS (
         SELECT seq, step FROM journal
         WHERE (kind LIKE 'coding%' OR kind LIKE 'memo%') AND instr(payload, @id) > 0
       )
       SELECT seq FROM own
       UNION SELECT journal.seq FROM journal JOIN own ON journal.undoes = own.step
       ORDER BY seq LIMIT 500`,
    )
    .pluck()
    .all({ id: JSON.stringify(id) }) as number[]
  return journal.rowsOf(seqs)
}
