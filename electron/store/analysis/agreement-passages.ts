/** From a count of an agreement table to the text behind it. */
import { spanUnion } from '../../../shared/agreement/index.ts'
import type {
  AgreementBehind,
  AgreementCell,
  AgreementPassage,
  AgreementUnit,
} from '../../../shared/model.ts'
import { cutQuote } from '../codings.ts'
import type { Db } from '../database.ts'
import { numOf } from '../lookup.ts'
import { type CountedNote, type Selection, select, unitsSpans } from './compared.ts'

export type PassageArgs = {
  coderIds: readonly string[]
  unit: AgreementUnit
  behind: AgreementBehind
  offset: number
  limit: number
}

type Spans = Array<[number, number]>
type Stretch = { start: number; end: number } | null

const CELL_MASK: Record<AgreementCell, number> = { neither: 0, first: 1, second: 2, both: 3 }

/** The text behind a count of the two-coder table: whole notes, or the stretches of characters of that pattern. */
export function passagesOf(db: Db, args: PassageArgs): { total: number; passages: AgreementPassage[] } {
  const selection = select(db, args.coderIds)
  const { listsOf, mask } = patternOf(db, selection, args.behind)
  const found = selection.counted.flatMap((note) =>
    passagesInNote(note, listsOf(note.num), args.unit, mask).map((span) => ({ note, span })),
  )
  const page = found.slice(args.offset, args.offset + args.limit)
  return { total: found.length, passages: page.map(({ note, span }) => toPassage(db, note.id, span)) }
}

/** What must lie over a unit (the bits of `mask`) and what must not (the other lists), note by note. */
function patternOf(
  db: Db,
  selection: Selection,
  behind: AgreementBehind,
): { listsOf: (noteNum: number) => Spans[]; mask: number } {
  const spansOf = (codeId: string) => {
    const byNote = unitsSpans(db, selection, numOf(db, 'code', codeId))
    return (noteNum: number) => byNote.get(noteNum) ?? [[], []]
  }
  if (behind.kind === 'count') return { listsOf: spansOf(behind.codeId), mask: CELL_MASK[behind.cell] }
  const [ofFirst, ofSecond] = [spansOf(behind.firstCodeId), spansOf(behind.secondCodeId)]
  return {
    listsOf: (noteNum) => {
      const [first, notSecond] = ofFirst(noteNum) as [Spans, Spans]
      const [notFirst, second] = ofSecond(noteNum) as [Spans, Spans]
      return [first, second, notFirst, notSecond]
    },
    mask: 3,
  }
}

function passagesInNote(
  note: CountedNote,
  lists: readonly Spans[],
  unit: AgreementUnit,
  mask: number,
): Stretch[] {
  const unions = lists.map(spanUnion)
  if (unit === 'character') return stretchesOf(unions, note.units, mask)
  const own = unions.reduce((bits, spans, g) => (spans.length > 0 ? bits | (1 << g) : bits), 0)
  if (own !== mask) return []
  const first = unions.flat().sort((a, b) => a[0] - b[0])[0]
  return [first ? { start: first[0], end: first[1] } : null]
}

/** Maximal stretches of text where exactly the lists in `mask` lie. */
function stretchesOf(unions: ReadonlyArray<ReadonlyArray<[number, number]>>, length: number, mask: number) {
  const edges = [...new Set([0, length, ...unions.flat(2)])].sort((a, b) => a - b)
  const stretches: Array<{ start: number; end: number }> = []
  for (let i = 0; i + 1 < edges.length; i++) {
    const start = edges[i] as number
    const end = edges[i + 1] as number
    const bits = unions.reduce(
      (sum, spans, g) => (spans.some(([s, e]) => s <= start && start < e) ? sum | (1 << g) : sum),
      0,
    )
    const last = stretches.at(-1)
    if (bits !== mask || start === end) continue
    if (last && last.end === start) last.end = end
    else stretches.push({ start, end })
  }
  return stretches
}

/** Longest quote shown for a passage; "neither" can be a whole note. */
const LONGEST_QUOTE = 600

function toPassage(db: Db, noteId: string, span: Stretch): AgreementPassage {
  const row = db
    .prepare(
      `SELECT note.title, casefile.id AS caseId, note_text.body FROM note
       JOIN note_text ON note_text.hash = note.text_hash
       LEFT JOIN casefile ON casefile.num = note.casefile WHERE note.id = ?`,
    )
    .get(noteId) as { title: string; caseId: string | null; body: string }
  const shown = span && { start: span.start, end: Math.min(span.end, span.start + LONGEST_QUOTE) }
  return { noteId, noteTitle: row.title, caseId: row.caseId, span, ...cutQuote(row.body, shown) }
}
