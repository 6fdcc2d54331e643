/**
 * Reliability data: who applied which code to which unit, row by row, as R and other programs take it. The rows of a
 * code add up to its counts in `computeAgreement`. Written as it is read: a large study never stands in memory.
 */
import { partCell } from '../../../shared/agreement-words.ts'
import type { AgreementScope, ReliabilityForm } from '../../../shared/contract/agreement.ts'
import type { CodeId } from '../../../shared/contract/basics.ts'
import { csvCells } from '../exchange/tables/csv.ts'
import { besideFile, type ReadableDb } from '../file/connection.ts'
import { assertMayWrite, writeFileAtomically } from '../file/written-file.ts'
import { casesByNum } from './cases.ts'
import type { NoteSpans, Question, Span } from './code-spans.ts'
import { type Prepared, prepare } from './prepared.ts'
import { checkpoint, type JobOptions } from './progress.ts'
import type { AskedCode } from './questions.ts'
import { stretchesOf, unionOf } from './units.ts'

export type DataArgs = AgreementScope & {
  form: ReliabilityForm
  /** Null: every code that `computeAgreement` takes. */
  codeIds: readonly CodeId[] | null
  path: string
}

/**
 * Columns of both forms. `code` is the path in the codebook; where codes are compared by a qualifier too, its value
 * stands beside it. `unit` counts from 1 within the note. `start` and `end` are code points, half-open, empty where
 * the note is the unit. By character there is a row for each longest stretch over which nobody's value changes, not
 * for each character: `characters` is how many it stands for, the weight of the row.
 */
const PLACE = ['note', 'case', 'unit', 'start', 'end'] as const

/** A piece is written once it has this many characters. */
const PIECE = 1 << 18
/** Notes between two looks at whether to go on. */
const STEP = 2_000

/** One unit as the start of its rows, with who applied the code. */
type UnitRow = { cells: string; mask: number }

/** Writes the CSV file, whole or not at all. Throws `cancelled`. */
export async function writeReliabilityData(
  db: ReadableDb,
  { path, form, codeIds, ...scope }: DataArgs,
  options: JobOptions = {},
): Promise<{ rows: number }> {
  assertMayWrite(path, ['.csv'])
  // One transaction, so that the file is the project of one moment, whoever codes meanwhile.
  const moment = besideFile(db)
  moment.exec('BEGIN')
  try {
    const data = new ReliabilityData(db, scope, prepare(db, scope, { codeIds }, options), form, options)
    await writeFileAtomically(path, '.csv', data.pieces())
    return { rows: data.rows }
  } finally {
    moment.exec('COMMIT')
  }
}

class ReliabilityData {
  /** Rows given so far. */
  rows = 0
  readonly #scope: AgreementScope
  readonly #form: ReliabilityForm
  readonly #options: JobOptions
  readonly #prepared: Prepared
  /** What each note's rows say of it. */
  readonly #notes: readonly string[]

  constructor(
    db: ReadableDb,
    scope: AgreementScope,
    prepared: Prepared,
    form: ReliabilityForm,
    options: JobOptions,
  ) {
    this.#scope = scope
    this.#form = form
    this.#options = options
    this.#prepared = prepared
    const caseOf = casesByNum(db)
    this.#notes = prepared.selection.counted.map(({ id, caseNum }) =>
      csvCells(id, caseNum === null ? '' : (caseOf.get(caseNum) ?? '')),
    )
  }

  /** The file, a piece at a time. */
  *pieces(): Generator<string> {
    yield `${csvCells(...this.#header())}\n`
    const { questions } = this.#prepared
    const total = questions.length * this.#notes.length
    let lines: string[] = []
    let size = 0
    for (const [asked, question] of questions.entries()) {
      if (question.part !== null && !this.#isApplied(question)) continue
      for (const [at, line] of this.#linesOf(question)) {
        if (line === null) {
          const done = asked * this.#notes.length + at
          checkpoint(this.#options, { done, total, words: 'codings by code and note' })
          continue
        }
        lines.push(line)
        size += line.length
        if (size < PIECE) continue
        yield lines.join('')
        lines = []
        size = 0
      }
    }
    yield lines.join('')
  }

  #header(): string[] {
    const { qualifier = null, unit } = this.#scope
    const fixed = [
      'code',
      ...(qualifier === null ? [] : [`qualifier_${qualifier}`]),
      ...PLACE,
      ...(unit === 'character' ? ['characters'] : []),
    ]
    if (this.#form === 'long') return [...fixed, 'coder', 'value']
    return [
      ...fixed,
      ...freeNames(
        this.#prepared.selection.coders.map(({ name }) => name),
        fixed,
      ),
    ]
  }

  /** As in the table of agreement: what nobody says has no rows of its own. */
  #isApplied(question: Question): boolean {
    for (const { at, lists } of this.#prepared.reader.spans(question))
      for (const { mask } of this.#rowsOf(at, lists)) if (mask !== 0) return true
    return false
  }

  /** The lines of one code, note by note; null now and then, at the note it has come to. */
  *#linesOf(question: AskedCode): Generator<[at: number, line: string | null]> {
    const code = this.#codeCells(question)
    const coders = this.#prepared.selection.coders.map(({ name }) => csvCells(name))
    const read = this.#prepared.reader.spans(question)
    let next = read.next().value as NoteSpans | undefined
    const none: Span[][] = coders.map(() => [])
    for (let at = 0; at < this.#notes.length; at++) {
      if (at % STEP === 0) yield [at, null]
      const lists = next?.at === at ? next.lists : none
      if (next?.at === at) next = read.next().value as NoteSpans | undefined
      for (const { cells, mask } of this.#rowsOf(at, lists)) {
        const values = coders.map((_, g) => (mask >> g) & 1)
        const start = `${code},${this.#notes[at]},${cells},`
        if (this.#form === 'wide') {
          this.rows++
          yield [at, `${start}${values.join(',')}\n`]
          continue
        }
        this.rows += coders.length
        yield [at, coders.map((coder, g) => `${start}${coder},${values[g]}\n`).join('')]
      }
    }
  }

  #codeCells({ code, part }: AskedCode): string {
    if ((this.#scope.qualifier ?? null) === null) return csvCells(code)
    return csvCells(code, partCell(part))
  }

  *#rowsOf(at: number, lists: readonly Span[][]): Generator<UnitRow> {
    const unions = lists.map(unionOf)
    if (this.#scope.unit === 'character') {
      const stretches = stretchesOf(unions, this.#prepared.units.size(at))
      for (const [index, { mask, start, end }] of stretches.entries())
        yield { cells: `${index + 1},${start},${end},${end - start}`, mask }
      return
    }
    const masks = this.#prepared.units.masks(at, unions)
    for (let unit = 0; unit < this.#prepared.units.size(at); unit++) {
      const [start, end] = this.#scope.unit === 'note' ? ['', ''] : this.#prepared.units.place(at, unit)
      yield { cells: `${unit + 1},${start},${end}`, mask: masks.get(unit) ?? 0 }
    }
  }
}

/** The names as heads of columns: a coder who is called like one of the others is told from it. */
function freeNames(names: readonly string[], taken: readonly string[]): string[] {
  const used = new Set([...taken, ...names].map((name) => name.toLowerCase()))
  return names.map((name) => {
    if (!taken.some((other) => other.toLowerCase() === name.toLowerCase())) return name
    let free = `coder ${name}`
    while (used.has(free.toLowerCase())) free = `coder ${free}`
    used.add(free.toLowerCase())
    return free
  })
}
