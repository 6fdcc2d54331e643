/** What every figure of agreement begins with, read once: who and where, units, questions, spans. */
import type { AgreementScope } from '../../../shared/contract/agreement.ts'
import type { CodeId } from '../../../shared/contract/basics.ts'
import type { ReadableDb } from '../file/connection.ts'
import { SpanReader } from './code-spans.ts'
import { type Selection, select } from './compared.ts'
import { checkpoint, type JobOptions } from './progress.ts'
import { type AskedCode, questionsOf } from './questions.ts'
import { cutNotes, type UnitRule, type Units } from './units.ts'

export type Prepared = {
  selection: Selection
  /** Of the counted notes, by their places in `selection`. */
  units: Units
  questions: readonly AskedCode[]
  reader: SpanReader
}

/** What is asked about, and the units it is asked of: those of the scope, unless `cut` says others. */
type Asked = { codeIds: readonly CodeId[] | null; cut?: UnitRule }

/** @throws Problem `cancelled`; `not-found` where a coder, round or filter names what is gone */
export function prepare(
  db: ReadableDb,
  scope: AgreementScope,
  { codeIds, cut = scope }: Asked,
  options: JobOptions,
): Prepared {
  const selection = select(db, scope, options.viewer)
  const total = selection.counted.length
  const units = cutNotes(db, cut, selection.counted, (done) =>
    checkpoint(options, { done, total, words: 'notes read' }),
  )
  return {
    selection,
    units,
    questions: questionsOf(db, scope, codeIds),
    reader: new SpanReader(db, selection),
  }
}

/** The questions one by one, with their places, saying how far the reading is. Throws `cancelled`. */
export function* readByQuestion(
  { questions }: Pick<Prepared, 'questions'>,
  options: JobOptions,
): Generator<[at: number, question: AskedCode]> {
  for (const [at, question] of questions.entries()) {
    checkpoint(options, { done: at, total: questions.length, words: 'codes read' })
    yield [at, question]
  }
}
