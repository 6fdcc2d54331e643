/** From a count of an agreement table to the text behind it. */
import { matchSpans } from '../../../shared/agreement/index.ts'
import type {
  AgreementBehind,
  AgreementCell,
  AgreementPassage,
  AgreementScope,
  QualifierPart,
} from '../../../shared/model.ts'
import { OffsetConverter } from '../../../shared/offsets.ts'
import { cutQuote } from '../codings.ts'
import type { Db } from '../database.ts'
import { numOf } from '../lookup.ts'
import { type Question, type Span, SpanReader } from './code-spans.ts'
import { type CountedNote, type Selection, select } from './compared.ts'
import { checkpoint, type JobOptions, questionsOf } from './patterns.ts'
import { cutNotes, stretchesOf, type Units, unionOf } from './units.ts'

export type PassageArgs = AgreementScope & { behind: AgreementBehind; offset: number; limit: number }

/** In code points; null: the note as a whole. */
type Place = Span | null

const CELL_MASK: Record<AgreementCell, number> = { neither: 0, first: 1, second: 2, both: 3 }

/**
 * The text behind a count of the two-coder table: units of that pattern; for characters, the longest stretches of
 * them. A note that is the unit shows the first of what was applied in it.
 */
export function passagesOf(
  db: Db,
  args: PassageArgs,
  options: JobOptions = {},
): { total: number; passages: AgreementPassage[] } {
  const selection = select(db, args)
  if (args.behind.kind === 'spans') return spansBehind(db, selection, args, args.behind)
  const { listsOf, mask } = patternOf(db, selection, args.behind, args)
  const all = [...selection.counted.keys()]
  const asked = mask === 0 ? all : all.filter((at) => listsOf(at).some((spans) => spans.length > 0))
  const notes = asked.map((at) => selection.counted[at] as CountedNote)
  const units = cutNotes(db, args, notes, (done) =>
    checkpoint(options, { done, total: notes.length, words: 'notes read' }),
  )
  const found = notes.flatMap((note, at) => {
    const unions = listsOf(asked[at] as number).map(unionOf)
    const places =
      args.unit === 'character'
        ? charactersOf(unions, note.characters, mask)
        : unitsOf(units, at, unions, mask, args.unit === 'note')
    return places.map((span) => ({ note, span }))
  })
  const page = found.slice(args.offset, args.offset + args.limit)
  return { total: found.length, passages: page.map(({ note, span }) => toPassage(db, note, span)) }
}

/** What must lie over a unit (the bits of `mask`) and what must not (the other lists), note by note. */
function patternOf(
  db: Db,
  selection: Selection,
  behind: Exclude<AgreementBehind, { kind: 'spans' }>,
  { withChildren }: PassageArgs,
): { listsOf: (at: number) => Span[][]; mask: number } {
  const reader = new SpanReader(db, selection)
  const spansOf = (question: Question) => {
    const byNote = new Map<number, Span[][]>()
    for (const { at, lists } of reader.spans(question)) byNote.set(at, lists)
    return (at: number) => byNote.get(at) ?? [[], []]
  }
  if (behind.kind === 'count')
    return { listsOf: spansOf(questionOf(db, behind, withChildren)), mask: CELL_MASK[behind.cell] }
  const [ofFirst, ofSecond] = [behind.firstCodeId, behind.secondCodeId].map((id) =>
    spansOf({ codeNums: [numOf(db, 'code', id)], part: null }),
  ) as [(at: number) => Span[][], (at: number) => Span[][]]
  return {
    listsOf: (at) => {
      const [first, notSecond] = ofFirst(at) as [Span[], Span[]]
      const [notFirst, second] = ofSecond(at) as [Span[], Span[]]
      return [first, second, notFirst, notSecond]
    },
    mask: 3,
  }
}

/** Throws `not-found` where the code is gone. */
function questionOf(
  db: Db,
  { codeId, part = null }: { codeId: string; part?: QualifierPart | null | undefined },
  withChildren: boolean | undefined,
): Question {
  numOf(db, 'code', codeId)
  const [question] = questionsOf(db, { withChildren }, [codeId])
  return { codeNums: question?.codeNums ?? [], part }
}

/** Spans that have a partner (those of the first coder are shown), or have none. */
function spansBehind(
  db: Db,
  selection: Selection,
  { withChildren, offset, limit }: PassageArgs,
  behind: Extract<AgreementBehind, { kind: 'spans' }>,
): { total: number; passages: AgreementPassage[] } {
  const reader = new SpanReader(db, selection)
  const found: Array<{ note: CountedNote; span: Span }> = []
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
  return {
    total: found.length,
    passages: found.slice(offset, offset + limit).map(({ note, span }) => toPassage(db, note, span)),
  }
}

/** The units of a note that have exactly this mask. */
function unitsOf(
  units: Units,
  at: number,
  unions: readonly Span[][],
  mask: number,
  isWhole: boolean,
): Place[] {
  const masks = units.masks(at, unions)
  const places: Place[] = []
  for (let unit = 0; unit < units.size(at); unit++) {
    if ((masks.get(unit) ?? 0) !== mask) continue
    places.push(isWhole ? firstOf(unions) : units.place(at, unit))
  }
  return places
}

const firstOf = (unions: readonly Span[][]): Place => unions.flat().sort((a, b) => a[0] - b[0])[0] ?? null

/** Longest stretches of text where exactly the lists in `mask` lie. */
const charactersOf = (unions: readonly Span[][], length: number, asked: number): Span[] =>
  stretchesOf(unions, length).flatMap(({ mask, start, end }) => (mask === asked ? [[start, end]] : []))

/** Longest quote shown for a passage; "neither" can be a whole note. */
const LONGEST_QUOTE = 600

function toPassage(db: Db, { id: noteId }: CountedNote, place: Place): AgreementPassage {
  const row = db
    .prepare(
      `SELECT note.title, casefile.id AS caseId, note_text.body FROM note
       JOIN note_text ON note_text.hash = note.text_hash
       LEFT JOIN casefile ON casefile.num = note.casefile WHERE note.id = ?`,
    )
    .get(noteId) as { title: string; caseId: string | null; body: string }
  const span = place && inUnits(row.body, place)
  const shown = span && { start: span.start, end: Math.min(span.end, span.start + LONGEST_QUOTE) }
  return { noteId, noteTitle: row.title, caseId: row.caseId, span, ...cutQuote(row.body, shown) }
}

/** From code points to the positions of the screen. */
function inUnits(text: string, [start, end]: Span): { start: number; end: number } {
  const converter = new OffsetConverter(text)
  return { start: converter.toUnits(start), end: converter.toUnits(end) }
}
