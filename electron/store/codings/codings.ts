/** Codings: coder + note + range (or the whole note) + code, with a memo and qualifiers. */
import { z } from 'zod'
import { CodeId, type CoderId, CodingId, NoteId, Offset } from '../../../shared/contract/basics.ts'
import type { Coding, CountedCodings, Segment } from '../../../shared/contract/codings.ts'
import { Qualifiers } from '../../../shared/contract/qualifiers.ts'
import { splitsPair } from '../../../shared/offsets.ts'
import { Problem } from '../../../shared/problem.ts'
import { codebookVersionOf, newestCodebookEntry } from '../codebook/codes.ts'
import { type ReadableDb, sure } from '../file/connection.ts'
import { fromJson, type Json, toJson } from '../file/json.ts'
import { nameOf, numOf } from '../file/lookup.ts'
import type { Cell, RowOf } from '../file/table-definitions.ts'
import { defineChange, itemByItem, type ReduceContext, unchanged } from '../journal/change.ts'
import { deleteCoding, insertCodingMemo } from '../memos/memos.ts'
import { textOfNote } from '../notes/notes.ts'
import { placer, Texts, textsNow } from '../notes/on-text.ts'
import { ASKED_CODERS } from '../team/coders.ts'
import { NOT_BLIND, NOT_BLIND_CODING } from '../team/rounds.ts'
import { COUNTED, countedValues } from './counted.ts'

const NewCoding = z.strictObject({
  id: CodingId,
  note: NoteId,
  code: CodeId,
  start: Offset.nullable(),
  end: Offset.nullable(),
  memo: z.string().optional(),
  qualifiers: Qualifiers.optional(),
})
export type NewCoding = z.infer<typeof NewCoding>

/** The range must lie in the note; the journal, not the screen, is the last to check. */
export function assertRange(note: RowOf<'note'>, { start, end }: Pick<NewCoding, 'start' | 'end'>): void {
  if (start === null && end === null) return
  const { length } = note
  if (start === null || end === null || start >= end || end > length) {
    throw new Problem(
      'bad-arguments',
      `The range ${start}–${end} does not lie in note ${note.id}, which has ${length} characters. Nothing was changed.`,
    )
  }
}

export function assertApplicable(code: RowOf<'code'>): void {
  if (code.is_folder === 1) {
    throw new Problem('bad-arguments', `${code.name} is a folder and cannot be applied. Choose a code in it.`)
  }
}

/** A coding belongs to its coder; nobody changes another's. */
export function ownCoding({ db, tables, entry }: ReduceContext, id: CodingId): RowOf<'coding'> {
  const row = tables.row('coding', numOf(db, 'coding', id))
  if (row.coder !== numOf(db, 'coder', entry.coder)) {
    throw new Problem(
      'conflict',
      'This coding is another coder’s; only they can change it. Nothing was changed.',
    )
  }
  return row
}

const idOf = ({ id }: { id: CodingId }) => id

type Applied = { coder: number; version: number; place: ReturnType<typeof placer> }

function applyCoding(context: ReduceContext, coding: NewCoding, { coder, version, place }: Applied): void {
  const { db, tables, entry } = context
  const note = tables.row('note', numOf(db, 'note', coding.note))
  const code = tables.row('code', numOf(db, 'code', coding.code))
  const { start, end } = place(note, coding)
  assertRange(note, { start, end })
  assertApplicable(code)
  const num = tables.insert('coding', {
    id: coding.id,
    note: note.num,
    coder,
    code: code.num,
    start_at: start,
    end_at: end,
    qualifiers: coding.qualifiers ? toJson(coding.qualifiers) : code.qualifiers,
    codebook_version: version,
    created_at: entry.wall,
  })
  if (coding.memo) insertCodingMemo(context, coding.id, num, coding.memo)
}

export const codingChanges = {
  'codings.apply': defineChange({
    payload: z.strictObject({
      codings: z.array(NewCoding).min(1),
      texts: Texts,
      /** The entry that made the codebook as the coder saw it. */
      codebook: z.string().nullable().optional(),
    }),
    upcasters: [unchanged],
    complete: (db, payload) => ({
      ...payload,
      texts: textsNow(db, new Set(payload.codings.map(({ note }) => note))),
      codebook: newestCodebookEntry(db),
    }),
    reduce: (context, { codings, texts, codebook }) => {
      const { db, entry } = context
      const coder = numOf(db, 'coder', entry.coder)
      const version = codebookVersionOf(db, codebook)
      const place = placer(db, texts)
      itemByItem(context, codings, idOf, (coding) => applyCoding(context, coding, { coder, version, place }))
    },
    label: (db, { codings }) => {
      const names = [...new Set(codings.map((coding) => coding.code))]
      const notes = new Set(codings.map((coding) => coding.note)).size
      // In several notes at once: what an undo would take back elsewhere must be seen.
      if (notes > 1 && names.length === 1)
        return `applied ${nameOf(db, 'code', sure(names[0]))} to ${codings.length} segments in ${notes} notes`
      if (codings.length > 3) return `applied ${codings.length} codings`
      return `applied ${names.map((id) => nameOf(db, 'code', id)).join(', ')}`
    },
  }),
  'codings.remove': defineChange({
    payload: z.strictObject({ codings: z.array(z.strictObject({ id: CodingId, code: CodeId })).min(1) }),
    reduce: (context, { codings }) => {
      itemByItem(context, codings, idOf, ({ id }) => deleteCoding(context, ownCoding(context, id).num))
    },
    label: (db, { codings }) =>
      codings.length > 3
        ? `removed ${codings.length} codings`
        : `removed ${codings.map(({ code }) => nameOf(db, 'code', code)).join(', ')}`,
  }),
}

type CodingTableRow = {
  id: CodingId
  noteId: NoteId
  coderId: CoderId
  codeId: CodeId
  start_at: number | null
  end_at: number | null
  memo: string
  qualifiers: Json<Qualifiers>
  codebookVersion: number
  created_at: number
}

/** The words of all memos on a coding, oldest first. */
export const MEMO_OF_CODING = `coalesce((SELECT group_concat(text, char(10)) FROM
  (SELECT text FROM memo WHERE memo.coding = coding.num ORDER BY memo.num)), '')`

const SELECT_CODINGS = `
  SELECT coding.id, note.id AS noteId, coder.id AS coderId, code.id AS codeId, coding.start_at, coding.end_at,
         ${MEMO_OF_CODING} AS memo, coding.qualifiers, coding.codebook_version AS codebookVersion, coding.created_at
  FROM coding
  JOIN note ON note.num = coding.note
  JOIN coder ON coder.num = coding.coder
  JOIN code ON code.num = coding.code`

const toCoding = ({ start_at, end_at, qualifiers, created_at, ...row }: CodingTableRow): Coding => ({
  ...row,
  span: start_at === null || end_at === null ? null : { start: start_at, end: end_at },
  qualifiers: fromJson(qualifiers),
  createdAt: new Date(created_at).toISOString(),
})

/** The codings of a note in reading order, whole-note ones first. */
export function codingsOfNote(db: ReadableDb, noteId: NoteId, coderIds: readonly CoderId[]): Coding[] {
  const rows = db
    .prepare<[string, string], CodingTableRow>(
      `${SELECT_CODINGS} WHERE note.id = ? AND coder.id IN (SELECT value FROM json_each(?))
       ORDER BY coding.start_at, coding.end_at DESC, coding.num`,
    )
    .all(noteId, JSON.stringify(coderIds))
  return rows.map(toCoding)
}

export function getCoding(db: ReadableDb, id: string, viewer: CoderId | null = null): Coding {
  const row = db
    .prepare<object, CodingTableRow>(`${SELECT_CODINGS} WHERE coding.id = @id AND ${NOT_BLIND_CODING}`)
    .get({ id, viewer })
  if (!row) throw new Problem('not-found', 'There is no such coding in this project (any more).')
  return toCoding(row)
}

/** Every coding that fits, in the order of notes, then position. */
export function* allCodings(
  db: ReadableDb,
  filter: { coderId: CoderId | null; codeId: CodeId | null },
): Generator<Coding> {
  const rows = db
    .prepare<object, CodingTableRow>(
      `${SELECT_CODINGS} WHERE (@coderId IS NULL OR coder.id = @coderId) AND (@codeId IS NULL OR code.id = @codeId)
       ORDER BY note.num, coding.start_at, coding.end_at DESC, coding.num`,
    )
    .iterate(filter)
  for (const row of rows) yield toCoding(row)
}

/** Code id of each coding that is to be removed, so that the journal can say what went. */
export function codesOfCodings(
  db: ReadableDb,
  ids: readonly CodingId[],
): Array<{ id: CodingId; code: CodeId }> {
  const find = db
    .prepare<[CodingId], CodeId>(
      'SELECT code.id FROM coding JOIN code ON code.num = coding.code WHERE coding.id = ?',
    )
    .pluck()
  return ids.map((id) => {
    const code = find.get(id)
    if (code === undefined)
      throw new Problem('not-found', 'There is no such coding in this project (any more).')
    return { id, code }
  })
}

/** Refuses a range that would cut a character (an emoji is two units) in half. */
export function assertWholeCharacters(
  db: ReadableDb,
  noteId: NoteId,
  span: { start: number; end: number } | null,
): void {
  if (span === null) return
  const note = db
    .prepare<[string], { length: number; characters: number }>(
      'SELECT length, characters FROM note WHERE id = ?',
    )
    .get(noteId)
  if (!note || note.length === note.characters) return
  const text = textOfNote(db, noteId)
  if (splitsPair(text, span.start) || splitsPair(text, span.end)) {
    throw new Problem(
      'bad-arguments',
      'The selection would cut a character in half. Nothing was changed; select all of it.',
    )
  }
}

/** Characters of context on each side of a segment. */
const CONTEXT = 120
/** A whole-note coding is quoted by the note's first characters. */
const WHOLE_NOTE_WORDS = 240

/** Cuts a passage and its context out of a text, never through a surrogate pair. */
export function cutWords(
  text: string,
  span: { start: number; end: number } | null,
): { before: string; words: string; after: string } {
  const snap = (offset: number) => (splitsPair(text, offset) ? offset - 1 : offset)
  if (span === null) {
    return { before: '', words: text.slice(0, snap(Math.min(WHOLE_NOTE_WORDS, text.length))), after: '' }
  }
  const from = snap(Math.max(0, span.start - CONTEXT))
  const to = snap(Math.min(text.length, span.end + CONTEXT))
  return {
    before: text.slice(from, span.start),
    words: text.slice(span.start, span.end),
    after: text.slice(span.end, to),
  }
}

export type SegmentFilter = {
  codeId: CodeId
  includeChildren: boolean
  /** Null: everybody's own. */
  coderIds: readonly CoderId[] | null
  attribute: { name: string; of: 'note' | 'case'; value: string | null } | null
  /** Only what a table of themes counts; all codings when left out. */
  counted?: CountedCodings | undefined
  offset: number
  limit: number
}

/** The codes meant by a code and, if asked for, everything below it. */
const CODE_AND_BELOW = `
  WITH RECURSIVE wanted(num) AS (
    SELECT num FROM code WHERE id = @codeId
    UNION SELECT code.num FROM code JOIN wanted ON code.parent = wanted.num WHERE @includeChildren = 1
  )`

const FROM_QUOTES = `
  FROM coding
  JOIN wanted ON wanted.num = coding.code
  JOIN note ON note.num = coding.note
  JOIN coder ON coder.num = coding.coder
  JOIN code ON code.num = coding.code
  LEFT JOIN casefile ON casefile.num = note.casefile
  WHERE ${ASKED_CODERS} AND ${NOT_BLIND} AND ${COUNTED}
    AND (@attributeName IS NULL OR
         (SELECT each.value FROM json_each(CASE @attributeOf WHEN 'note' THEN note.attributes ELSE casefile.attributes END) AS each
          WHERE each.key = @attributeName) IS @attributeValue)`

/**
 * Quotes of a code, in the order of notes, one page at a time, with how many there are and in how many notes and
 * cases; without what a blind round keeps from the viewer, if there is one.
 */
export function segmentsOfCode(
  db: ReadableDb,
  filter: SegmentFilter,
  viewer: CoderId | null = null,
): { total: number; notes: number; cases: number; segments: Segment[] } {
  const values = {
    viewer,
    ...countedValues(filter.counted, filter.coderIds, viewer),
    codeId: filter.codeId,
    includeChildren: Number(filter.includeChildren),
    coderIds: filter.coderIds && JSON.stringify(filter.coderIds),
    attributeName: filter.attribute?.name ?? null,
    attributeOf: filter.attribute?.of ?? null,
    attributeValue: filter.attribute?.value ?? null,
  }
  const counts = sure(
    db
      .prepare<object, { total: number; notes: number; cases: number }>(
        `${CODE_AND_BELOW} SELECT count(*) AS total, count(DISTINCT note.num) AS notes,
         count(DISTINCT note.casefile) AS cases ${FROM_QUOTES}`,
      )
      .get(values),
  )
  const segments = selectSegments(db, {
    before: CODE_AND_BELOW,
    from: `${FROM_QUOTES} ORDER BY note.num, coding.start_at, coding.num LIMIT @limit OFFSET @offset`,
    values: { ...values, limit: filter.limit, offset: filter.offset },
  })
  return { ...counts, segments }
}

/**
 * Quotes by a query of its own: `before` stands before SELECT, `from` after it, and it names `coding`, `note`,
 * `coder`, `code` and `casefile`.
 */
export function selectSegments(
  db: ReadableDb,
  { before, from, values }: { before: string; from: string; values: Record<string, Cell> },
): Segment[] {
  const rows = db
    .prepare<
      object,
      Omit<Segment, 'span' | 'before' | 'words' | 'after'> & {
        start_at: number | null
        end_at: number | null
        body: string
      }
    >(
      `${before}
       SELECT coding.id AS codingId, note.id AS noteId, note.shown_title AS noteTitle, casefile.id AS caseId, note.date,
              coder.id AS coderId, code.id AS codeId, coding.start_at, coding.end_at, ${MEMO_OF_CODING} AS memo,
              (SELECT body FROM note_text WHERE hash = note.text_hash) AS body
       ${from}`,
    )
    .all(values)
  return rows.map(({ start_at, end_at, body, ...row }) => {
    const span = start_at === null || end_at === null ? null : { start: start_at, end: end_at }
    return { ...row, span, ...cutWords(body, span) }
  })
}
