/** Changing codings that are there: moving an edge, another code, qualifiers, splitting, uniting. Each keeps its memos. */
import { z } from 'zod'
import { CodeId, type CoderId, CodingId, Offset } from '../../../shared/contract/basics.ts'
import type { Coding } from '../../../shared/contract/codings.ts'
import type { JournalRow } from '../../../shared/contract/history.ts'
import { Qualifiers } from '../../../shared/contract/qualifiers.ts'
import { Problem } from '../../../shared/problem.ts'
import { codebookVersion } from '../codebook/codes.ts'
import type { ReadableDb } from '../file/connection.ts'
import { toJson } from '../file/json.ts'
import { findNum, nameOf, numOf } from '../file/lookup.ts'
import type { NewRow, RowOf } from '../file/table-definitions.ts'
import { defineChange, itemByItem, type ReduceContext, unchanged } from '../journal/change.ts'
import type { Changes } from '../journal/changes.ts'
import type { EntryRows } from '../journal/entry.ts'
import { ENTRIES_ABOUT } from '../journal/subjects.ts'
import { moveMemos } from '../memos/memos.ts'
import { notesOf, placer, Texts, textsNow } from '../notes/on-text.ts'
import { assertApplicable, assertRange, assertWholeCharacters, getCoding, ownCoding } from './codings.ts'
import { qualifiersOf, takeInTwins } from './same-coding.ts'

/** What becomes of one coding; parts that are left out stay as they are. Null, null makes it a whole-note coding. */
const CodingChange = z.strictObject({
  id: CodingId,
  range: z.strictObject({ start: Offset.nullable(), end: Offset.nullable() }).optional(),
  code: CodeId.optional(),
  qualifiers: Qualifiers.optional(),
})
export type CodingChange = z.infer<typeof CodingChange>

function columnsOf(
  { db, tables }: ReduceContext,
  row: RowOf<'coding'>,
  change: CodingChange,
  place: ReturnType<typeof placer>,
): Partial<NewRow<'coding'>> {
  const columns: Partial<NewRow<'coding'>> = {}
  if (change.range) {
    const note = tables.row('note', row.note)
    const { start, end } = place(note, change.range)
    assertRange(note, { start, end })
    columns.start_at = start
    columns.end_at = end
  }
  if (change.code !== undefined) {
    const code = numOf(db, 'code', change.code)
    assertApplicable(tables.row('code', code))
    columns.code = code
    columns.codebook_version = codebookVersion(db)
  }
  if (change.qualifiers !== undefined) columns.qualifiers = toJson(change.qualifiers)
  return columns
}

/** All changes are made before twins are looked for, so that two codings can change places. */
function changeAll(context: ReduceContext, changes: readonly CodingChange[], texts: Texts): void {
  const place = placer(context.db, texts)
  const idOf = ({ id }: CodingChange) => id
  itemByItem(context, changes, idOf, (change) => {
    const row = ownCoding(context, change.id)
    context.tables.update('coding', row.num, columnsOf(context, row, change, place))
  })
  for (const { id, range, code } of changes) {
    const num = range || code !== undefined ? findNum(context.db, 'coding', id) : null
    // It may have gone into another of the same step.
    if (num !== null) takeInTwins(context, num)
  }
}

type Split = { id: CodingId; at: number; newId: CodingId; texts?: Texts | undefined }

function splitCoding(context: ReduceContext, { id, at: counted, newId, texts }: Split): void {
  const { db, tables, entry } = context
  const { num, ...row } = ownCoding(context, id)
  // The word that the second begins with: where it went there is nothing to split at.
  const at = placer(db, texts)(tables.row('note', row.note), { start: counted, end: counted + 1 }).start
  if (row.start_at === null || row.end_at === null || at <= row.start_at || at >= row.end_at) {
    throw new Problem('bad-arguments', 'Put the caret inside the coding to split it. Nothing was changed.')
  }
  tables.update('coding', num, { end_at: at })
  tables.insert('coding', { ...row, id: newId, start_at: at, created_at: entry.wall })
}

/**
 * Where qualifiers contradict each other, those of the coding named first stand. A coding that the united one now says
 * the same as goes into it too.
 */
function uniteCodings(context: ReduceContext, ids: readonly CodingId[]): void {
  const { tables } = context
  const rows = ids.map((id) => ownCoding(context, id))
  if (new Set(ids).size < ids.length)
    throw new Problem('bad-arguments', 'A coding cannot be united with itself. Nothing was changed.')
  const [first, ...others] = rows
  if (
    !first ||
    others.some((row) => row.code !== first.code || row.note !== first.note) ||
    rows.some(isWhole)
  ) {
    throw new Problem(
      'bad-arguments',
      'Only codings of one code in one note can be united. Nothing was changed.',
    )
  }
  const qualifiers = Object.assign({}, ...rows.toReversed().map(qualifiersOf))
  tables.update('coding', first.num, {
    start_at: Math.min(...rows.map((row) => Number(row.start_at))),
    end_at: Math.max(...rows.map((row) => Number(row.end_at))),
    qualifiers: toJson(qualifiers),
  })
  for (const { num } of others) {
    moveMemos(context, num, first.num)
    tables.delete('coding', num)
  }
  takeInTwins(context, first.num)
}

const isWhole = (row: RowOf<'coding'>) => row.start_at === null

const codeNameOf = (db: ReadableDb, codingId: CodingId): string =>
  db
    .prepare<[string], string>(
      'SELECT code.name FROM coding JOIN code ON code.num = coding.code WHERE coding.id = ?',
    )
    .pluck()
    .get(codingId) ?? 'a coding'

export const codingEdits = {
  'codings.change': defineChange({
    payload: z.strictObject({ changes: z.array(CodingChange).min(1), texts: Texts }),
    upcasters: [unchanged],
    complete: (db, payload) => {
      const moved = payload.changes.filter(({ range }) => range).map(({ id }) => id)
      return moved.length === 0 ? payload : { ...payload, texts: textsNow(db, notesOf(db, moved)) }
    },
    reduce: (context, { changes, texts }) => changeAll(context, changes, texts),
    label: (db, { changes }) => {
      const [first] = changes as [CodingChange]
      const of = changes.length === 1 ? codeNameOf(db, first.id) : `${changes.length} codings`
      if (first.code !== undefined)
        return changes.length === 1
          ? `recoded to ${nameOf(db, 'code', first.code)}`
          : `recoded ${of} to ${nameOf(db, 'code', first.code)}`
      if (first.range) return `moved the edges of ${of}`
      const said = Object.values(first.qualifiers ?? {}).join(', ')
      if (changes.length > 1) return `changed the qualifiers of ${of}`
      return said === '' ? `cleared the qualifiers of ${of}` : `set the qualifiers of ${of}: ${said}`
    },
  }),
  'coding.split': defineChange({
    payload: z.strictObject({ id: CodingId, at: Offset, newId: CodingId, texts: Texts }),
    upcasters: [unchanged],
    complete: (db, payload) => ({ ...payload, texts: textsNow(db, notesOf(db, [payload.id])) }),
    reduce: splitCoding,
    label: (db, { id }) => `split ${codeNameOf(db, id)}`,
  }),
  'codings.unite': defineChange({
    payload: z.strictObject({ ids: z.array(CodingId).min(2) }),
    reduce: (context, { ids }) => uniteCodings(context, ids),
    label: (db, { ids }) => `united ${ids.length} codings of ${codeNameOf(db, ids[0] as CodingId)}`,
  }),
}

/** Whether a change would leave its coding as it is: then it is no step to undo. */
function isIdle(coding: Coding, { range, code, qualifiers }: CodingChange): boolean {
  const { span, codeId } = coding
  const isSameRange = !range || (range.start === (span?.start ?? null) && range.end === (span?.end ?? null))
  const isSameCode = code === undefined || code === codeId
  return isSameRange && isSameCode && (qualifiers === undefined || isSame(qualifiers, coding.qualifiers))
}

function isSame(a: Qualifiers, b: Qualifiers): boolean {
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name])
}

/** Changes codings as one undoable step; edges never cut a character in half. Nothing to change is no step. */
export function changeCodings(
  project: Changes<typeof codingEdits>,
  coderId: CoderId,
  changes: ReadonlyArray<{
    id: CodingId
    span?: { start: number; end: number } | null | undefined
    codeId?: CodeId | undefined
    qualifiers?: Qualifiers | undefined
  }>,
): void {
  const { db } = project
  const payload = changes.flatMap(({ id, span, codeId, qualifiers }): CodingChange[] => {
    const coding = getCoding(db, id)
    if (span) assertWholeCharacters(db, coding.noteId, span)
    const change = {
      id,
      ...(span === undefined ? {} : { range: { start: span?.start ?? null, end: span?.end ?? null } }),
      ...(codeId === undefined ? {} : { code: codeId }),
      ...(qualifiers === undefined ? {} : { qualifiers }),
    }
    return coding.coderId === coderId && isIdle(coding, change) ? [] : [change]
  })
  if (payload.length > 0) project.change(coderId, 'codings.change', { changes: payload })
}

/** Entries of a coding's history that are shown; older ones are in the audit trail. */
const HISTORY_LENGTH = 500

/**
 * What happened to a coding and to its memos, oldest first, with every undoing and doing again of it; the newest 500.
 * Nothing for a coding that is gone: the audit trail has it.
 */
export function codingHistory(
  db: ReadableDb,
  history: EntryRows,
  id: CodingId,
  viewer: CoderId | null,
): JournalRow[] {
  const seqs = db
    .prepare<object, number>(`${ENTRIES_ABOUT} ORDER BY seq DESC LIMIT @limit`)
    .pluck()
    .all({ about: 'coding', num: findNum(db, 'coding', id) ?? 0, limit: HISTORY_LENGTH })
  return history.rowsOf(seqs, viewer)
}
