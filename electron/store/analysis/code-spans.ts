/** What the compared coders applied, one question at a time, note by note. */
import type { QualifierPart } from '../../../shared/contract/qualifiers.ts'
import { OffsetConverter } from '../../../shared/offsets.ts'
import { type ReadableDb, sure } from '../file/connection.ts'
import type { CountedNote, Selection } from './compared.ts'

/** Half-open, in code points, so that figures are those of any other tool that counts characters. */
export type Span = [start: number, end: number]

/** Codings of any of these codes, by all or only those that say this of a qualifier. */
export type Question = { codeNums: readonly number[]; part: QualifierPart | null }

/** One note's spans, a list per coder in the order of the selection; `at` counts the selected notes. */
export type NoteSpans = { at: number; lists: Span[][] }

type Row = [note: number, start: number | null, end: number | null]

const SAYS = '(SELECT said.value FROM json_each(coding.qualifiers) AS said WHERE said.key = ?) IS ?'

export class SpanReader {
  readonly #db: ReadableDb
  readonly #selection: Selection
  /** Place among the counted notes by number, −1 for a note that does not count. */
  readonly #placeOf: Int32Array
  /** Of each counted note; all 0 between two questions. */
  readonly #masks: Uint32Array
  readonly #converters = new Map<number, OffsetConverter>()

  constructor(db: ReadableDb, selection: Selection) {
    this.#db = db
    this.#selection = selection
    this.#placeOf = new Int32Array((selection.counted.at(-1)?.num ?? 0) + 1).fill(-1)
    this.#masks = new Uint32Array(selection.counted.length)
    selection.counted.forEach((note, at) => {
      this.#placeOf[note.num] = at
    })
  }

  /** Notes in which anybody applied it, in order. A coding of the whole note covers all of its text. */
  *spans(question: Question): Generator<NoteSpans> {
    const rows = this.#selection.coderNums.map((coder) =>
      this.#read<Row>('note, start_at, end_at', question, coder),
    )
    const next = rows.map(() => 0)
    for (;;) {
      const note = Math.min(...rows.map((own, g) => own[next[g] as number]?.[0] ?? Number.POSITIVE_INFINITY))
      if (note === Number.POSITIVE_INFINITY) return
      const at = this.#placeOf[note] ?? -1
      const lists = rows.map((own, g) => {
        const spans: Span[] = []
        let row = own[next[g] as number]
        while (row?.[0] === note) {
          if (at >= 0) spans.push(this.#spanOf(this.#selection.counted[at] as CountedNote, row[1], row[2]))
          next[g] = (next[g] as number) + 1
          row = own[next[g] as number]
        }
        return spans
      })
      if (at >= 0) yield { at, lists }
    }
  }

  /** As `spans`, only who applied it at all: bit g for coder g. */
  *presence(question: Question): Generator<{ at: number; mask: number }> {
    const masks = this.#masks
    const found: number[] = []
    for (const [g, coder] of this.#selection.coderNums.entries()) {
      for (const note of this.#notes(question, coder)) {
        const at = this.#placeOf[note] ?? -1
        if (at < 0) continue
        const before = masks[at] as number
        if (before === 0) found.push(at)
        masks[at] = before | (1 << g)
      }
    }
    const places = Uint32Array.from(found).sort()
    for (const at of places) {
      yield { at, mask: masks[at] as number }
      masks[at] = 0
    }
  }

  /** Notes the coder gave it, in any order and perhaps more than once; from the index alone. */
  #notes({ codeNums, part }: Question, coder: number): number[] {
    const statement = this.#db
      .prepare<unknown[], number>(
        `SELECT DISTINCT note FROM coding WHERE code = ? AND coder = ? ${part ? `AND ${SAYS}` : ''}`,
      )
      .pluck()
    const says = part ? [part.qualifier, part.value] : []
    return codeNums.flatMap((code) => statement.all(code, coder, ...says))
  }

  #read<T extends readonly [note: number, ...unknown[]]>(
    columns: string,
    { codeNums, part }: Question,
    coder: number,
  ): T[] {
    const statement = this.#db
      .prepare<unknown[], T>(
        `SELECT ${columns} FROM coding WHERE code = ? AND coder = ? ${part ? `AND ${SAYS}` : ''} ORDER BY note`,
      )
      .raw()
    const says = part ? [part.qualifier, part.value] : []
    const [only] = codeNums
    if (codeNums.length === 1 && only !== undefined) return statement.all(only, coder, ...says)
    const rows = codeNums.flatMap((code) => statement.all(code, coder, ...says))
    return rows.sort(([a], [b]) => a - b)
  }

  #spanOf(note: CountedNote, start: number | null, end: number | null): Span {
    if (start === null || end === null) return [0, note.characters]
    if (note.characters === note.units) return [start, end]
    const converter = this.#converters.get(note.num) ?? new OffsetConverter(textOf(this.#db, note.num))
    this.#converters.set(note.num, converter)
    return [converter.toCodePoints(start), converter.toCodePoints(end)]
  }
}

/** The text of a note. */
export const textOf = (db: ReadableDb, noteNum: number): string =>
  sure(
    db
      .prepare<[number], string>(
        'SELECT body FROM note JOIN note_text ON note_text.hash = note.text_hash WHERE note.num = ?',
      )
      .pluck()
      .get(noteNum),
  )
