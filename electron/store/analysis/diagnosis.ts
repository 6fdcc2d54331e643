/** Where in the text coders agree and differ, stretch by stretch, and what kind of difference it is. */
import { spanUnion } from '../../../shared/agreement/index.ts'
import type { AgreementScope } from '../../../shared/contract/agreement.ts'
import type { CodeId, NoteId } from '../../../shared/contract/basics.ts'
import type { Coder } from '../../../shared/contract/coders.ts'
import type { QualifierPart } from '../../../shared/contract/qualifiers.ts'
import { OffsetConverter } from '../../../shared/offsets.ts'
import type { ReadableDb } from '../file/connection.ts'
import { casesByNum } from './cases.ts'
import { type Span, textOf } from './code-spans.ts'
import type { CountedNote } from './compared.ts'
import { prepare, readByQuestion } from './prepared.ts'
import type { JobOptions } from './progress.ts'
import { type Stretch, stretchesOf, type Units, unionOf } from './units.ts'

/**
 * - `agreement`: everybody compared applied the code here.
 * - `boundary`: who did not apply it here applied it to text that overlaps or touches the same coded segment, which is
 *   the text without a gap that somebody gave this code: they differ about where it begins or ends.
 * - `elsewhere`: who did not apply it here applied it to other text of the same paragraph.
 * - `missed`: somebody who did not apply it here applied it nowhere in this paragraph.
 *
 * Of more than two coders it is the kind of the one furthest away, `missed` being the furthest. A paragraph is a line
 * that is not blank; a stretch over several belongs to all of them.
 */
export type DiagnosisKind = 'agreement' | 'boundary' | 'elsewhere' | 'missed'
const FAR: readonly DiagnosisKind[] = ['agreement', 'boundary', 'elsewhere', 'missed']

/** A longest stretch of a note over which the same coders applied a code, one or more of them. */
export type DiagnosisRow = {
  noteId: NoteId
  caseId: string | null
  code: string
  part: QualifierPart | null
  /** Half-open, in code points. */
  start: number
  end: number
  /** Bit g: the coder at g applied it. */
  mask: number
  kind: DiagnosisKind
  /** What is quoted of it, in UTF-16 units. */
  quote: { start: number; end: number; isCut: boolean }
}

export type Diagnosis = { coders: Coder[]; qualifier: string | null; rows: DiagnosisRow[] }
export type DiagnosisArgs = AgreementScope & { codeIds: readonly CodeId[] | null }

/** Longer text is quoted by its beginning, in code points; a coding of the whole note can be all of it. */
const LONGEST_QUOTE = 600

type Found = Stretch & { at: number; asked: number; kind: DiagnosisKind }

/**
 * Every stretch that one of the coders or more gave a code, in the notes all of them finished; by note and position,
 * then in the order of the codebook. The unit of the scope and its share say nothing here. Throws `cancelled`.
 */
export function diagnose(
  db: ReadableDb,
  { codeIds, ...scope }: DiagnosisArgs,
  options: JobOptions = {},
): Diagnosis {
  const prepared = prepare(db, scope, { codeIds, cut: { unit: 'paragraph' } }, options)
  const { units: paragraphs, questions, reader } = prepared
  const { coders, counted } = prepared.selection
  const found: Found[] = []
  for (const [asked, question] of readByQuestion(prepared, options)) {
    for (const { at, lists } of reader.spans(question)) {
      const unions = lists.map(unionOf)
      const note = counted[at] as CountedNote
      for (const stretch of stretchesOf(unions, note.characters))
        if (stretch.mask !== 0)
          found.push({ ...stretch, at, asked, kind: kindOf(stretch, unions, paragraphs, at) })
    }
  }
  found.sort((a, b) => a.at - b.at || a.start - b.start || a.end - b.end || a.asked - b.asked)
  const caseOf = casesByNum(db)
  const units = new UnitsOfNotes(db)
  const rows = found.map(({ at, asked, kind, mask, start, end }): DiagnosisRow => {
    const note = counted[at] as CountedNote
    const { code = '', part = null } = questions[asked] ?? {}
    const last = Math.min(end, start + LONGEST_QUOTE)
    return {
      noteId: note.id,
      caseId: note.caseNum === null ? null : (caseOf.get(note.caseNum) ?? null),
      ...{ code, part, start, end, mask, kind },
      quote: { start: units.of(note, start), end: units.of(note, last), isCut: last < end },
    }
  })
  return { coders, qualifier: scope.qualifier ?? null, rows }
}

function kindOf(
  { mask, start, end }: Stretch,
  unions: readonly Span[][],
  paragraphs: Units,
  at: number,
): DiagnosisKind {
  const segment = spanUnion(unions.flat()).find(([from, to]) => from <= start && end <= to) ?? [start, end]
  const around = paragraphsOver(paragraphs, at, start, end)
  const kinds = unions.flatMap((union, g): DiagnosisKind[] => {
    if (mask & (1 << g)) return []
    if (union.some((span) => overlap(span, segment))) return ['boundary']
    return [union.some((span) => around.some((one) => overlap(span, one))) ? 'elsewhere' : 'missed']
  })
  return FAR.findLast((kind) => kinds.includes(kind)) ?? 'agreement'
}

const overlap = (a: readonly [number, number], b: readonly [number, number]) => a[0] < b[1] && b[0] < a[1]

function paragraphsOver(paragraphs: Units, at: number, start: number, end: number): Span[] {
  const over: Span[] = []
  for (let unit = 0; unit < paragraphs.size(at); unit++) {
    const place = paragraphs.place(at, unit)
    if (overlap(place, [start, end])) over.push(place)
  }
  return over
}

/** From code points to UTF-16 units; the stretches of a note come one after another. */
class UnitsOfNotes {
  readonly #db: ReadableDb
  #note = -1
  #converter = new OffsetConverter('')

  constructor(db: ReadableDb) {
    this.#db = db
  }

  of({ num, units, characters }: CountedNote, position: number): number {
    if (units === characters) return position
    if (this.#note !== num) {
      this.#note = num
      this.#converter = new OffsetConverter(textOf(this.#db, num))
    }
    return this.#converter.toUnits(position)
  }
}
