/** What is compared: the notes that every coder finished, and what each applied to them, code by code. */
import type { AgreementReport, Coder } from '../../../shared/model.ts'
import { OffsetConverter } from '../../../shared/offsets.ts'
import { Problem } from '../../../shared/problem.ts'
import { getCoder } from '../coders.ts'
import type { Db } from '../database.ts'
import { numOf } from '../lookup.ts'

/** A note that every compared coder finished. `units` in UTF-16, `characters` in code points. */
export type CountedNote = {
  num: number
  id: string
  units: number
  characters: number
  caseNum: number | null
}

export type Selection = {
  coders: Coder[]
  coderNums: number[]
  counted: CountedNote[]
  left: AgreementReport['notes']['left']
}

function selectCoders(db: Db, ids: readonly string[]): { coders: Coder[]; coderNums: number[] } {
  if (new Set(ids).size !== ids.length) {
    throw new Problem(
      'bad-arguments',
      'A coder cannot be compared with themselves here. Choose different coders.',
    )
  }
  const coderNums = ids.map((id) => numOf(db, 'coder', id))
  return { coders: ids.map((id) => getCoder(db, id)), coderNums }
}

/** Only notes that all compared coders marked finished count; the others are named with who is missing. */
export function select(db: Db, coderIds: readonly string[]): Selection {
  const { coders, coderNums } = selectCoders(db, coderIds)
  const finished = new Map<number, Set<number>>()
  const marks = db
    .prepare(
      `SELECT note, coder FROM note_status WHERE status = 'finished' AND coder IN (SELECT value FROM json_each(?))`,
    )
    .all(JSON.stringify(coderNums)) as Array<{ note: number; coder: number }>
  for (const { note, coder } of marks) {
    const of = finished.get(note) ?? new Set<number>()
    finished.set(note, of.add(coder))
  }
  const counted: CountedNote[] = []
  const left: Selection['left'] = []
  const notes = db
    .prepare('SELECT num, id, length AS units, characters, casefile AS caseNum FROM note ORDER BY num')
    .all() as CountedNote[]
  for (const note of notes) {
    const missing = coders.filter((_, index) => !finished.get(note.num)?.has(coderNums[index] as number))
    if (missing.length === 0) counted.push(note)
    else
      left.push({ note: note.id, reason: `not finished by ${missing.map((coder) => coder.name).join(', ')}` })
  }
  return { coders, coderNums, counted, left }
}

/** One code's spans by note: for each note a list per coder. A whole-note coding covers the whole text. */
export type SpansByNote = Map<number, Array<Array<[number, number]>>>

export class SpanReader {
  readonly #db: Db
  readonly #selection: Selection
  readonly #notes: Map<number, CountedNote>
  readonly #place: Map<number, number>
  readonly #converters = new Map<number, OffsetConverter>()

  constructor(db: Db, selection: Selection) {
    this.#db = db
    this.#selection = selection
    this.#notes = new Map(selection.counted.map((note) => [note.num, note]))
    this.#place = new Map(selection.coderNums.map((num, index) => [num, index]))
  }

  /** Spans in code points, so that figures are those of any other tool that counts characters. */
  read(codeNum: number): SpansByNote {
    const byNote: SpansByNote = new Map()
    const rows = this.#db
      .prepare(
        `SELECT note, coder, start_at, end_at FROM coding
         WHERE code = ? AND coder IN (SELECT value FROM json_each(?)) ORDER BY note`,
      )
      .raw()
      .iterate(codeNum, JSON.stringify(this.#selection.coderNums)) as IterableIterator<
      [number, number, number | null, number | null]
    >
    // The rows must be read to the end before the texts of notes are looked up on the same connection.
    for (const [noteNum, coder, start, end] of [...rows]) {
      const note = this.#notes.get(noteNum)
      if (!note) continue
      const perCoder = byNote.get(noteNum) ?? this.#selection.coderNums.map(() => [])
      byNote.set(noteNum, perCoder)
      perCoder[this.#place.get(coder) as number]?.push(this.#inCodePoints(note, start, end))
    }
    return byNote
  }

  #inCodePoints(note: CountedNote, start: number | null, end: number | null): [number, number] {
    if (start === null || end === null) return [0, note.characters]
    if (note.characters === note.units) return [start, end]
    const converter = this.#converters.get(note.num) ?? new OffsetConverter(textOf(this.#db, note.num))
    this.#converters.set(note.num, converter)
    return [converter.toCodePoints(start), converter.toCodePoints(end)]
  }
}

const textOf = (db: Db, noteNum: number) =>
  db
    .prepare('SELECT body FROM note JOIN note_text ON note_text.hash = note.text_hash WHERE note.num = ?')
    .pluck()
    .get(noteNum) as string

/** As SpanReader, but in UTF-16 units: passages are shown on screen. */
export function unitsSpans(db: Db, selection: Selection, codeNum: number): SpansByNote {
  const inUnits = {
    ...selection,
    counted: selection.counted.map((note) => ({ ...note, characters: note.units })),
  }
  return new SpanReader(db, inUnits).read(codeNum)
}
