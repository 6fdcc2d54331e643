/** Memos: what a coder thinks about the project, a case, a note, a code or a coding. Theirs to change, everyone's to read. */
import { z } from 'zod'
import {
  type CodeId,
  type CoderId,
  type CodingId,
  MemoId,
  type NoteId,
} from '../../../shared/contract/basics.ts'
import type { Memo, MemoQuery, MemoRow } from '../../../shared/contract/memos.ts'
import {
  MAX_MEMO_LENGTH,
  MemoDocument,
  MemoSubject,
  MemoType,
  memoFromText,
  memoText,
} from '../../../shared/memo.ts'
import { Problem } from '../../../shared/problem.ts'
import { type ReadableDb, sure } from '../file/connection.ts'
import { fromJson, type Json, toJson } from '../file/json.ts'
import { findNum, nameOf, numOf } from '../file/lookup.ts'
import type { Cell, NewRow, RowOf } from '../file/table-definitions.ts'
import { defineChange, type ReduceContext } from '../journal/change.ts'
import { NOT_BLIND_MEMO } from '../team/rounds.ts'

const Title = z.string().trim().max(300)

const SUBJECT_TABLES = { case: 'casefile', note: 'note', code: 'code', coding: 'coding' } as const

type SubjectColumns = Pick<NewRow<'memo'>, 'casefile' | 'note' | 'code' | 'coding'>

function subjectColumns(db: ReadableDb, about: MemoSubject): SubjectColumns {
  const columns: SubjectColumns = { casefile: null, note: null, code: null, coding: null }
  if (about.kind !== 'project') {
    const table = SUBJECT_TABLES[about.kind]
    columns[table] = numOf(db, table, about.id)
  }
  return columns
}

function bodyColumns(document: MemoDocument): Pick<NewRow<'memo'>, 'body' | 'text'> {
  const text = memoText(document)
  if (text.length > MAX_MEMO_LENGTH)
    throw new Problem(
      'bad-arguments',
      `A memo has at most ${MAX_MEMO_LENGTH} characters. What was saved before is safe; divide the text between two memos.`,
    )
  return { body: toJson(document), text }
}

function ownMemo({ db, tables, entry }: ReduceContext, id: MemoId): RowOf<'memo'> {
  const row = tables.row('memo', numOf(db, 'memo', id))
  if (row.coder !== numOf(db, 'coder', entry.coder)) {
    throw new Problem(
      'conflict',
      'This memo is another coder’s; only they can change it. Nothing was changed.',
    )
  }
  return row
}

/** Writes down a memo in passing, for a change that brings one along. */
export function insertMemo(
  { db, tables, entry }: ReduceContext,
  memo: { id: MemoId; about: SubjectColumns; type: MemoType | null; title: string; body: MemoDocument },
): void {
  const at = entry.wall
  tables.insert('memo', {
    id: memo.id,
    ...memo.about,
    coder: numOf(db, 'coder', entry.coder),
    type: memo.type,
    title: memo.title,
    ...bodyColumns(memo.body),
    created_at: at,
    changed_at: at,
  })
}

/** A memo typed in one line beside a new coding; it takes the coding's id, which no other memo can have. */
export function insertCodingMemo(
  context: ReduceContext,
  codingId: CodingId,
  num: number,
  text: string,
): void {
  const about = { casefile: null, note: null, code: null, coding: num }
  // The same text names both.
  const id = codingId as string as MemoId
  insertMemo(context, { id, about, type: null, title: '', body: memoFromText(text) })
}

const memosOfCoding = (db: ReadableDb, coding: number) =>
  db.prepare<[number], number>('SELECT num FROM memo WHERE coding = ? ORDER BY num').pluck().all(coding)

/** The memos of a coding that becomes part of another go with it. */
export function moveMemos({ db, tables }: ReduceContext, from: number, to: number): void {
  for (const num of memosOfCoding(db, from)) tables.update('memo', num, { coding: to })
}

/** Takes a coding away, and its coder's memos with it; undo brings back both. What others wrote on it stays with the note. */
export function deleteCoding({ db, tables }: Pick<ReduceContext, 'db' | 'tables'>, coding: number): void {
  const own = db.prepare<[number], number>(
    'SELECT memo.num FROM memo JOIN coding ON coding.num = memo.coding AND coding.coder = memo.coder WHERE coding.num = ? ORDER BY memo.num',
  )
  for (const num of own.pluck().all(coding)) tables.delete('memo', num)
  tables.delete('coding', coding)
}

const SUBJECT_WORDS = { project: 'the project', case: 'case', note: 'note', code: 'code', coding: 'a coding' }

function subjectWords(db: ReadableDb, about: MemoSubject): string {
  if (about.kind === 'code') return nameOf(db, 'code', about.id)
  if (about.kind === 'case' || about.kind === 'note') return `${SUBJECT_WORDS[about.kind]} ${about.id}`
  return SUBJECT_WORDS[about.kind]
}

export const memoChanges = {
  'memo.add': defineChange({
    payload: z.strictObject({
      id: MemoId,
      about: MemoSubject,
      type: MemoType.nullable(),
      title: Title,
      body: MemoDocument,
    }),
    reduce: (context, { about, ...memo }) =>
      insertMemo(context, { ...memo, about: subjectColumns(context.db, about) }),
    label: (db, { about }) => `wrote a memo on ${subjectWords(db, about)}`,
  }),
  'memo.update': defineChange({
    payload: z.strictObject({
      id: MemoId,
      type: MemoType.nullable().optional(),
      title: Title.optional(),
      body: MemoDocument.optional(),
    }),
    reduce: (context, { id, type, title, body }) => {
      const { num } = ownMemo(context, id)
      context.tables.update('memo', num, {
        ...(type === undefined ? {} : { type }),
        ...(title === undefined ? {} : { title }),
        ...(body === undefined ? {} : bodyColumns(body)),
        changed_at: context.entry.wall,
      })
    },
    label: (db, { id }) => `changed a memo on ${subjectWords(db, memoSubject(db, id))}`,
  }),
  'memo.remove': defineChange({
    payload: z.strictObject({ id: MemoId, about: MemoSubject }),
    reduce: (context, { id }) => context.tables.delete('memo', ownMemo(context, id).num),
    label: (db, { about }) => `removed a memo on ${subjectWords(db, about)}`,
  }),
}

/** Words written without a break of more than this belong together, in ms. */
const SITTING = 10 * 60_000

/**
 * A memo is saved at every pause; what is written in one sitting is one step to undo. The step to add to when the
 * coder's latest change was to this memo and not long ago.
 */
export function sittingOf(db: ReadableDb, coderId: CoderId, id: MemoId, now: number): string | undefined {
  const last = db
    .prepare<
      [string],
      Pick<RowOf<'journal'>, 'kind' | 'step' | 'wall'> &
        Pick<RowOf<'effect'>, 'is_undone'> & { payload: Json<{ id: MemoId }> }
    >(
      `SELECT kind, payload, step, wall, is_undone FROM journal JOIN effect USING (seq)
       WHERE coder = ? ORDER BY seq DESC LIMIT 1`,
    )
    .get(coderId)
  if (!last || last.is_undone === 1 || !['memo.add', 'memo.update'].includes(last.kind)) return undefined
  const isSame = fromJson(last.payload).id === id
  return isSame && Math.abs(now - last.wall) < SITTING ? last.step : undefined
}

type MemoTableRow = {
  id: MemoId
  coderId: CoderId
  type: MemoType | null
  title: string
  body: Json<MemoDocument>
  text: string
  createdAt: number
  changedAt: number
  caseId: string | null
  noteId: NoteId | null
  codeId: CodeId | null
  codingId: CodingId | null
  /** Of a coding: its note and its code. */
  codingNoteId: string | null
  noteTitle: string | null
  codingCodeId: CodeId | null
  start: number | null
  end: number | null
}

const FROM_MEMOS = `
  FROM memo
  JOIN coder ON coder.num = memo.coder
  LEFT JOIN casefile ON casefile.num = memo.casefile
  LEFT JOIN note ON note.num = memo.note
  LEFT JOIN code ON code.num = memo.code
  LEFT JOIN coding ON coding.num = memo.coding
  LEFT JOIN note AS coded_note ON coded_note.num = coding.note
  LEFT JOIN code AS coded_as ON coded_as.num = coding.code`

const MEMO_COLUMNS = `
  memo.id, coder.id AS coderId, memo.type, memo.title, memo.created_at AS createdAt, memo.changed_at AS changedAt,
  casefile.id AS caseId, note.id AS noteId, code.id AS codeId, coding.id AS codingId,
  coalesce(note.shown_title, coded_note.shown_title) AS noteTitle, coded_note.id AS codingNoteId, coded_as.id AS codingCodeId, coding.start_at AS start, coding.end_at AS end`

function subjectOf(row: Omit<MemoTableRow, 'body' | 'text'>): MemoSubject {
  if (row.caseId !== null) return { kind: 'case', id: row.caseId }
  if (row.noteId !== null) return { kind: 'note', id: row.noteId }
  if (row.codeId !== null) return { kind: 'code', id: row.codeId }
  if (row.codingId !== null) return { kind: 'coding', id: row.codingId }
  return { kind: 'project' }
}

function toRow(row: MemoTableRow): MemoRow {
  return {
    id: row.id,
    about: subjectOf(row),
    noteId: row.noteId ?? row.codingNoteId,
    codeId: row.codeId ?? row.codingCodeId,
    span: row.start === null || row.end === null ? null : { start: row.start, end: row.end },
    noteTitle: row.noteTitle,
    coderId: row.coderId,
    type: row.type,
    title: row.title,
    text: row.text,
    createdAt: new Date(row.createdAt).toISOString(),
    changedAt: new Date(row.changedAt).toISOString(),
  }
}

/** What a memo is about. */
export function memoSubject(db: ReadableDb, id: MemoId): MemoSubject {
  const row = db
    .prepare<[string], Omit<MemoTableRow, 'body' | 'text'>>(
      `SELECT ${MEMO_COLUMNS} ${FROM_MEMOS} WHERE memo.id = ?`,
    )
    .get(id)
  return row ? subjectOf(row) : { kind: 'project' }
}

/** @throws Problem `not-found`, also where a blind round keeps it from the viewer */
export function getMemo(db: ReadableDb, id: MemoId, viewer: CoderId | null = null): Memo {
  const row = db
    .prepare<object, MemoTableRow>(
      `SELECT ${MEMO_COLUMNS}, memo.body, memo.text ${FROM_MEMOS} WHERE memo.id = @id AND ${NOT_BLIND_MEMO}`,
    )
    .get({ id, viewer })
  if (!row) throw new Problem('not-found', 'There is no such memo in this project (any more).')
  return { ...toRow(row), body: MemoDocument.parse(fromJson(row.body)) }
}

/** Words of a memo that a list shows. */
const EXCERPT = 280

/** Capitals and accents aside, as the search of the notes has it; SQLite's own lower() knows only a to z. */
const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase('en-GB')

const knowsFold = new WeakSet<ReadableDb>()
function offerFold(db: ReadableDb): void {
  if (knowsFold.has(db)) return
  knowsFold.add(db)
  db.function('fold', { deterministic: true }, (text) => fold(String(text)))
}

function queryClause(
  db: ReadableDb,
  query: MemoQuery,
  viewer: CoderId | null,
): { where: string; values: Record<string, Cell> } {
  const parts = [NOT_BLIND_MEMO]
  const values: Record<string, Cell> = { viewer }
  const { about } = query
  if (about?.kind === 'project') {
    parts.push('coalesce(memo.casefile, memo.note, memo.code, memo.coding) IS NULL')
  } else if (about) {
    const table = SUBJECT_TABLES[about.kind]
    parts.push(`memo.${table} = @subject`)
    values.subject = findNum(db, table, about.id) ?? -1
  }
  if (query.kinds) {
    const columns = query.kinds.map((kind) =>
      kind === 'project'
        ? 'coalesce(memo.casefile, memo.note, memo.code, memo.coding) IS NULL'
        : `memo.${SUBJECT_TABLES[kind]} IS NOT NULL`,
    )
    parts.push(`(${columns.join(' OR ') || '1 = 0'})`)
  }
  if (query.types) {
    parts.push(`coalesce(memo.type, '') IN (SELECT coalesce(value, '') FROM json_each(@types))`)
    values.types = JSON.stringify(query.types)
  }
  if (query.coderIds) {
    parts.push('coder.id IN (SELECT value FROM json_each(@coders))')
    values.coders = JSON.stringify(query.coderIds)
  }
  if (query.codingMemosOf !== undefined) {
    parts.push('(memo.coding IS NULL OR coder.id = @codingMemosOf)')
    values.codingMemosOf = query.codingMemosOf
  }
  offerFold(db)
  const words = fold(query.words ?? '')
    .split(/\s+/)
    .filter(Boolean)
  words.forEach((word, index) => {
    parts.push(`instr(fold(memo.title || ' ' || memo.text), @word${index}) > 0`)
    values[`word${index}`] = word
  })
  return { where: parts.join(' AND '), values }
}

/** Memos that fit, changed last first; `text` is cut for the list. All words must be in the title or the text. */
export function listMemos(
  db: ReadableDb,
  query: MemoQuery,
  viewer: CoderId | null = null,
): { total: number; rows: MemoRow[] } {
  const { where, values } = queryClause(db, query, viewer)
  const total = sure(
    db.prepare<object, number>(`SELECT count(*) ${FROM_MEMOS} WHERE ${where}`).pluck().get(values),
  )
  const rows = db
    .prepare<object, MemoTableRow>(
      `SELECT ${MEMO_COLUMNS}, substr(memo.text, 1, ${EXCERPT}) AS text ${FROM_MEMOS} WHERE ${where}
       ORDER BY memo.changed_at DESC, memo.num DESC LIMIT @limit OFFSET @offset`,
    )
    .all({ ...values, limit: query.limit, offset: query.offset })
  return { total, rows: rows.map(toRow) }
}
