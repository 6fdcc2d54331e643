/** Retrieval: the segments that a combination of codes, coders, qualifiers and attributes picks out. */
import { type CancelSignal, NEVER } from '../../../shared/cancel.ts'
import type { CodeId, CoderId, CodingId } from '../../../shared/contract/basics.ts'
import type { Progress } from '../../../shared/contract/events.ts'
import type { Qualifiers } from '../../../shared/contract/qualifiers.ts'
import type { FoundSegment, RetrievalQuery, RetrievalResult } from '../../../shared/contract/retrieval.ts'
import { Problem } from '../../../shared/problem.ts'
import {
  codesInstead,
  coveredByAll,
  gapBetween,
  liesWithin,
  overlaps,
  type Stretch,
} from '../../../shared/segments.ts'
import { inTreeOrder } from '../codebook/tree.ts'
import { cutWords } from '../codings/codings.ts'
import { isOwn } from '../codings/counted.ts'
import { type ReadableDb, sure } from '../file/connection.ts'
import { fromJson, type Json } from '../file/json.ts'
import { filterClause } from '../notes/filter.ts'
import { ASKED_CODERS } from '../team/coders.ts'
import { NOT_BLIND, notesKeptFrom } from '../team/rounds.ts'
import { byNote } from './by-note.ts'

export type RetrievalArgs = {
  /** Whose progress and codings the filter of notes speaks of. */
  coderId: CoderId
  /** Who will see the segments: what a blind round keeps from them is left out. Null: nobody who codes. */
  viewer: CoderId | null
  query: RetrievalQuery
  limit: number
}

/** In ms: by time and not by notes, since one with very many codings can take as long as thousands. */
const TELL_MS = 150

type Options = { signal?: CancelSignal; onProgress?: (progress: Progress) => void }

type CodedRow = {
  id: CodingId
  noteNum: number
  codeId: CodeId
  coderId: CoderId
  span: Stretch | null
  qualifiers: Qualifiers
  hasMemo: boolean
}
type Found = { span: Stretch | null; codings: CodedRow[] }

/** The codes a question names, and with them whatever lies below when that is asked for. */
class CodeSets {
  readonly #below = new Map<CodeId, Set<CodeId>>()

  constructor(db: ReadableDb, query: RetrievalQuery) {
    const codes = db
      .prepare<[], { id: CodeId; parentId: CodeId | null }>(
        'SELECT code.id, parent.id AS parentId FROM code LEFT JOIN code AS parent ON parent.num = code.parent',
      )
      .all()
    const wanted = [...query.codeIds, ...query.otherIds, ...query.withoutIds]
    for (const id of wanted) this.#below.set(id, new Set([id]))
    if (!query.includeChildren) return
    const parentOf = new Map(codes.map(({ id, parentId }) => [id, parentId]))
    for (const { id } of inTreeOrder(codes)) {
      for (let up = parentOf.get(id) ?? null; up !== null; up = parentOf.get(up) ?? null)
        this.#below.get(up)?.add(id)
    }
  }

  of(id: CodeId): ReadonlySet<CodeId> {
    return this.#below.get(id) ?? new Set([id])
  }

  /** Every code the question needs to see; null when it asks about all of them. */
  needed(query: RetrievalQuery): readonly CodeId[] | null {
    if (query.codeIds.length === 0) return null
    return [...this.ofAll([...query.codeIds, ...query.otherIds, ...query.withoutIds])]
  }

  /** All that any of these stand for. */
  ofAll(ids: readonly CodeId[]): ReadonlySet<CodeId> {
    return new Set(ids.flatMap((id) => [...this.of(id)]))
  }
}

/** Answers the question for the codings of one note. */
class Question {
  readonly #query: RetrievalQuery
  readonly #asked: ReadonlySet<CodeId>
  readonly #groups: ReadonlyArray<ReadonlySet<CodeId>>
  readonly #others: ReadonlySet<CodeId>
  readonly #without: ReadonlySet<CodeId>
  readonly #qualifiers: ReadonlyArray<[string, ReadonlySet<string | null>]>

  constructor(query: RetrievalQuery, sets: CodeSets) {
    this.#query = query
    this.#asked = sets.ofAll(query.codeIds)
    this.#groups = query.codeIds.map((id) => sets.of(id))
    this.#others = sets.ofAll(query.otherIds)
    this.#without = sets.ofAll(query.withoutIds)
    this.#qualifiers = Object.entries(query.qualifiers).map(([name, values]) => [name, new Set(values)])
  }

  /**
   * Codes come together within one coder's work: what two coders read differently in the same words is no
   * co-occurrence. Only `instead` asks what another coder said.
   */
  segmentsOf(codings: readonly CodedRow[]): Found[] {
    const found = this.#related(codings)
    const against = codings.filter(({ codeId }) => this.#without.has(codeId))
    return against.length === 0
      ? found
      : found.filter(({ span }) => !against.some((other) => overlaps(span, other.span)))
  }

  #related(codings: readonly CodedRow[]): Found[] {
    const asked = codings.filter((coding) => this.#isAsked(coding))
    if (this.#query.relation === 'all') return this.#covered(asked)
    const others = codings.filter(({ codeId }) => this.#others.has(codeId))
    return asked
      .filter((coding) => this.#fits(coding, others, codings))
      .map((coding) => ({ span: coding.span, codings: [coding] }))
  }

  #fits(coding: CodedRow, others: readonly CodedRow[], all: readonly CodedRow[]): boolean {
    const { relation, distance } = this.#query
    if (relation === 'any') return true
    if (relation === 'instead') {
      const instead = codesInstead(readingOf(coding), all.map(readingOf))
      return [...instead].some((code) => this.#others.has(code))
    }
    return others.some(
      (other) =>
        other !== coding &&
        other.coderId === coding.coderId &&
        (relation === 'within'
          ? liesWithin(coding.span, other.span)
          : gapBetween(coding.span, other.span) <= distance),
    )
  }

  #covered(asked: readonly CodedRow[]): Found[] {
    const coders = new Set(asked.map(({ coderId }) => coderId))
    const found = [...coders].flatMap((coder) =>
      this.#coveredBy(asked.filter(({ coderId }) => coderId === coder)),
    )
    return sameOnce(found).sort(inTheText)
  }

  #coveredBy(own: readonly CodedRow[]): Found[] {
    const groups = this.#groups.map((codes) => own.filter(({ codeId }) => codes.has(codeId)))
    return coveredByAll(groups).map((span) => ({
      span,
      codings: own.filter((coding) => overlaps(coding.span, span)),
    }))
  }

  #isAsked({ codeId, span, qualifiers }: CodedRow): boolean {
    if (this.#query.codeIds.length > 0 && !this.#asked.has(codeId)) return false
    if (span === null && !this.#query.includeWholeNotes) return false
    return this.#qualifiers.every(([name, values]) => values.has(qualifiers[name] ?? null))
  }
}

const readingOf = ({ codeId, coderId, span }: CodedRow) => ({ code: codeId, coder: coderId, span })

/** The whole note comes first, of stretches that begin together the longest. */
const inTheText = (a: Found, b: Found): number =>
  (a.span?.start ?? -1) - (b.span?.start ?? -1) || (b.span?.end ?? 0) - (a.span?.end ?? 0)

/** The same stretch found by several coders is one segment, made of all their codings. */
function sameOnce(found: readonly Found[]): Found[] {
  const byPlace = new Map<string, Found>()
  for (const { span, codings } of found) {
    const place = span === null ? 'all' : `${span.start}-${span.end}`
    byPlace.set(place, { span, codings: [...(byPlace.get(place)?.codings ?? []), ...codings] })
  }
  return [...byPlace.values()]
}

type NoteRow = { id: string; title: string; caseId: string | null; date: string | null; body: string }

/** Finds the segments in the order of notes, then of the text. Throws `cancelled`. */
export function retrieve(
  db: ReadableDb,
  { coderId, viewer, query, limit }: RetrievalArgs,
  { signal = NEVER, onProgress }: Options = {},
): RetrievalResult {
  const sets = new CodeSets(db, query)
  const question = new Question(query, sets)
  const noteOf = db.prepare<[number], NoteRow>(
    `SELECT note.id, note.shown_title AS title, casefile.id AS caseId, note.date, note_text.body FROM note
     JOIN note_text ON note_text.hash = note.text_hash LEFT JOIN casefile ON casefile.num = note.casefile
     WHERE note.num = ?`,
  )
  const caseOf = db.prepare<[number], number | null>('SELECT casefile FROM note WHERE num = ?').pluck()
  const segments: FoundSegment[] = []
  const cases = new Set<number>()
  let total = 0
  let notes = 0
  let read = 0
  // The first note is told of at once: whoever waits sees that it has begun.
  let told = Number.NEGATIVE_INFINITY
  for (const codings of byNote(codingsOf(db, { coderId, viewer, query }, sets.needed(query)))) {
    if (signal.aborted) throw new Problem('cancelled', 'The retrieval was cancelled.')
    read++
    if (performance.now() - told >= TELL_MS) {
      told = performance.now()
      onProgress?.({ done: read, total: null, words: 'notes looked through' })
    }
    const found = question.segmentsOf(codings)
    if (found.length === 0) continue
    const { noteNum } = codings[0] as CodedRow
    const casefile = sure(caseOf.get(noteNum))
    if (casefile !== null) cases.add(casefile)
    notes++
    total += found.length
    if (segments.length >= limit) continue
    const note = sure(noteOf.get(noteNum))
    for (const each of found.slice(0, limit - segments.length)) segments.push(toSegment(note, each))
  }
  const looked = lookedThrough(db, query, coderId)
  const heldBack = asksOthers(query, coderId) ? notesKeptFrom(db, viewer).size : 0
  return { total, notes, cases: cases.size, looked, heldBack, segments }
}

/** Whether codings of anybody but the reader are looked for. */
const asksOthers = ({ coderIds, relation, withoutIds }: RetrievalQuery, coderId: CoderId): boolean =>
  !isOwn(coderIds, coderId) || relation === 'instead' || withoutIds.length > 0

/** The denominators of every count: all notes that fit the filter, and the cases they belong to. */
function lookedThrough(
  db: ReadableDb,
  { filter }: RetrievalQuery,
  coderId: CoderId,
): RetrievalResult['looked'] {
  const { where, values } = filterClause(filter, coderId)
  return sure(
    db
      .prepare<object, RetrievalResult['looked']>(
        `SELECT count(*) AS notes, count(DISTINCT note.casefile) AS cases
       FROM note LEFT JOIN casefile ON casefile.num = note.casefile WHERE ${where}`,
      )
      .get(values),
  )
}

function toSegment({ body, ...note }: NoteRow, { span, codings }: Found): FoundSegment {
  return {
    noteId: note.id,
    noteTitle: note.title,
    caseId: note.caseId,
    date: note.date,
    span,
    codings: codings.map(({ id, codeId, coderId, qualifiers, hasMemo }) => ({
      id,
      codeId,
      coderId,
      qualifiers,
      hasMemo,
    })),
    ...cutWords(body, span),
  }
}

/** The codings of the notes that fit the filter, note by note, in the order of the text; whole-note ones first. */
function* codingsOf(
  db: ReadableDb,
  { coderId, viewer, query }: Omit<RetrievalArgs, 'limit'>,
  codeIds: readonly CodeId[] | null,
): Generator<CodedRow> {
  const { where, values } = filterClause(query.filter, coderId)
  const rows = db
    .prepare<
      object,
      Omit<CodedRow, 'span' | 'qualifiers' | 'hasMemo'> & {
        start: number | null
        end: number | null
        qualifiers: Json<Qualifiers>
        hasMemo: number
      }
    >(
      `SELECT coding.id, coding.note AS noteNum, code.id AS codeId, coder.id AS coderId, coding.start_at AS start,
              coding.end_at AS end, coding.qualifiers, EXISTS (SELECT 1 FROM memo WHERE memo.coding = coding.num) AS hasMemo
       FROM coding
       JOIN note ON note.num = coding.note
       JOIN code ON code.num = coding.code
       JOIN coder ON coder.num = coding.coder
       LEFT JOIN casefile ON casefile.num = note.casefile
       WHERE ${where} AND ${ASKED_CODERS} AND ${NOT_BLIND}
         AND (@codes IS NULL OR code.id IN (SELECT value FROM json_each(@codes)))
       ORDER BY coding.note, coding.start_at, coding.end_at DESC, coding.num`,
    )
    .iterate({
      ...values,
      viewer,
      coderIds: query.coderIds && JSON.stringify(query.coderIds),
      codes: codeIds && JSON.stringify(codeIds),
    })
  for (const { start, end, qualifiers, hasMemo, ...row } of rows) {
    yield {
      ...row,
      span: start === null || end === null ? null : { start, end },
      qualifiers: fromJson(qualifiers),
      hasMemo: hasMemo === 1,
    }
  }
}
