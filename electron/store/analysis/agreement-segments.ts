/** From a count of an agreement table to the text behind it. */
import { matchSpans } from '../../../shared/agreement/index.ts'
import type {
  AgreementBehind,
  AgreementCell,
  AgreementScope,
  AgreementSegment,
} from '../../../shared/contract/agreement.ts'
import type { CodeId } from '../../../shared/contract/basics.ts'
import type { QualifierPart } from '../../../shared/contract/qualifiers.ts'
import { OffsetConverter } from '../../../shared/offsets.ts'
import { cutWords } from '../codings/codings.ts'
import { type ReadableDb, sure } from '../file/connection.ts'
import { numOf } from '../file/lookup.ts'
import { type Question, type Span, SpanReader } from './code-spans.ts'
import { type CountedNote, type Selection, select } from './compared.ts'
import { checkpoint, type JobOptions } from './progress.ts'
import { questionsOf } from './questions.ts'
import { cutNotes, stretchesOf, type Units, unionOf } from './units.ts'

export type SegmentArgs = AgreementScope & {
  behind: AgreementBehind
  offset: number
  limit: number
}

export type Segments = { total: number; segments: AgreementSegment[] }
type Found = { note: CountedNote; span: Place }

/** In code points; null: the note as a whole. */
type Place = Span | null

/** Whether units with this mask are meant, and whether text nobody coded is among them. */
type Pattern = { fits(mask: number): boolean; hasUncoded: boolean }

function patternOf(cell: AgreementCell, coders: number): Pattern {
  const full = 2 ** coders - 1
  const exactly = (mask: number): Pattern => ({ fits: (own) => own === mask, hasUncoded: mask === 0 })
  if (cell === 'first') return exactly(1)
  if (cell === 'second') return exactly(2)
  if (cell === 'some') return { fits: (mask) => mask !== 0 && mask !== full, hasUncoded: false }
  return exactly(cell === 'both' || cell === 'all' ? full : 0)
}

/**
 * The text behind a count of the tables: units of that pattern; for characters, the longest stretches of
 * them. A note that is the unit shows the first of what was applied in it.
 */
export function segmentsOf(db: ReadableDb, args: SegmentArgs, options: JobOptions = {}): Segments {
  const selection = select(db, args, options.viewer)
  if (args.behind.kind === 'spans') return pageOf(db, args, spansBehind(db, selection, args, args.behind))
  const { listsOf, pattern } = meantBy(db, selection, args.behind, args)
  const all = [...selection.counted.keys()]
  const asked = pattern.hasUncoded ? all : all.filter((at) => listsOf(at).some((spans) => spans.length > 0))
  const notes = asked.map((at) => selection.counted[at] as CountedNote)
  const units = cutNotes(db, args, notes, (done) =>
    checkpoint(options, { done, total: notes.length, words: 'notes read' }),
  )
  const found = notes.flatMap((note, at) => {
    const unions = listsOf(asked[at] as number).map(unionOf)
    const places =
      args.unit === 'character'
        ? charactersOf(unions, note.characters, pattern)
        : unitsOf(units, at, unions, pattern, args.unit === 'note')
    return places.map((span) => ({ note, span }))
  })
  return pageOf(db, args, found)
}

function pageOf(db: ReadableDb, { offset, limit }: SegmentArgs, found: readonly Found[]): Segments {
  return {
    total: found.length,
    segments: found.slice(offset, offset + limit).map(({ note, span }) => toSegment(db, note, span)),
  }
}

/** Spans note by note, as lists of which each has a bit of the masks that are meant. */
function meantBy(
  db: ReadableDb,
  selection: Selection,
  behind: Exclude<AgreementBehind, { kind: 'spans' }>,
  { withChildren }: SegmentArgs,
): { listsOf: (at: number) => Span[][]; pattern: Pattern } {
  const reader = new SpanReader(db, selection)
  const spansOf = (question: Question) => {
    const byNote = new Map<number, Span[][]>()
    for (const { at, lists } of reader.spans(question)) byNote.set(at, lists)
    const nothing = selection.coders.map((): Span[] => [])
    return (at: number) => byNote.get(at) ?? nothing
  }
  if (behind.kind === 'count')
    return {
      listsOf: spansOf(questionOf(db, behind, withChildren)),
      pattern: patternOf(behind.cell, selection.coders.length),
    }
  const [ofFirst, ofSecond] = [behind.firstCodeId, behind.secondCodeId].map((id) =>
    spansOf({ codeNums: [numOf(db, 'code', id)], part: null }),
  ) as [(at: number) => Span[][], (at: number) => Span[][]]
  return {
    listsOf: (at) => {
      const [first, notSecond] = ofFirst(at) as [Span[], Span[]]
      const [notFirst, second] = ofSecond(at) as [Span[], Span[]]
      return [first, second, notFirst, notSecond]
    },
    // The first two, and neither of the others.
    pattern: { fits: (mask) => mask === 3, hasUncoded: false },
  }
}

/** Throws `not-found` where the code is gone. */
function questionOf(
  db: ReadableDb,
  { codeId, part = null }: { codeId: CodeId; part?: QualifierPart | null | undefined },
  withChildren: boolean | undefined,
): Question {
  numOf(db, 'code', codeId)
  const [question] = questionsOf(db, { withChildren }, [codeId])
  return { codeNums: question?.codeNums ?? [], part }
}

/** Spans that have a partner (those of the first coder are shown), or have none. */
function spansBehind(
  db: ReadableDb,
  selection: Selection,
  { withChildren }: SegmentArgs,
  behind: Extract<AgreementBehind, { kind: 'spans' }>,
): Found[] {
  const reader = new SpanReader(db, selection)
  const found: Found[] = []
  for (const { at, lists } of reader.spans(questionOf(db, behind, withChildren))) {
    const note = selection.counted[at] as CountedNote
    const [first, second] = lists.map((own) => own.map(([start, end]) => ({ start, end, value: 0 })))
    if (!first || !second) continue
    const partners = matchSpans(first, second, behind.least)
    const matched = new Set(partners)
    const shown =
      behind.cell === 'second'
        ? second.filter((_, span) => partners[span] === -1)
        : first.filter((_, span) => matched.has(span) === (behind.cell === 'both'))
    for (const { start, end } of shown) found.push({ note, span: [start, end] })
  }
  return found
}

/** The units of a note that are meant. */
function unitsOf(
  units: Units,
  at: number,
  unions: readonly Span[][],
  { fits }: Pattern,
  isWhole: boolean,
): Place[] {
  const masks = units.masks(at, unions)
  const places: Place[] = []
  for (let unit = 0; unit < units.size(at); unit++) {
    if (!fits(masks.get(unit) ?? 0)) continue
    places.push(isWhole ? firstOf(unions) : units.place(at, unit))
  }
  return places
}

const firstOf = (unions: readonly Span[][]): Place => unions.flat().sort((a, b) => a[0] - b[0])[0] ?? null

/** Longest stretches of text that are meant. */
function charactersOf(unions: readonly Span[][], length: number, { fits }: Pattern): Span[] {
  const found: Span[] = []
  for (const { mask, start, end } of stretchesOf(unions, length)) {
    if (!fits(mask)) continue
    const last = found.at(-1)
    if (last?.[1] === start) last[1] = end
    else found.push([start, end])
  }
  return found
}

/** Most characters shown of a segment; "neither" can be a whole note. */
const LONGEST_QUOTE = 600

function toSegment(db: ReadableDb, { id: noteId }: CountedNote, place: Place): AgreementSegment {
  const row = sure(
    db
      .prepare<[string], { title: string; caseId: string | null; body: string }>(
        `SELECT note.shown_title AS title, casefile.id AS caseId, note_text.body FROM note
       JOIN note_text ON note_text.hash = note.text_hash
       LEFT JOIN casefile ON casefile.num = note.casefile WHERE note.id = ?`,
      )
      .get(noteId),
  )
  const span = place && inUnits(row.body, place)
  const shown = span && { start: span.start, end: Math.min(span.end, span.start + LONGEST_QUOTE) }
  return { noteId, noteTitle: row.title, caseId: row.caseId, span, ...cutWords(row.body, shown) }
}

/** From code points to the positions of the screen. */
function inUnits(text: string, [start, end]: Span): { start: number; end: number } {
  const converter = new OffsetConverter(text)
  return { start: converter.toUnits(start), end: converter.toUnits(end) }
}
