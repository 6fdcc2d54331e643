/** The table all agreement per code is computed from: who applied what, counted by unit and note. */
import { type PatternTable, PatternTableBuilder } from '../../../shared/agreement/index.ts'
import type { Question } from './code-spans.ts'
import { type Prepared, readByQuestion } from './prepared.ts'
import type { JobOptions } from './progress.ts'
import type { AskedCode } from './questions.ts'
import type { UnitRule } from './units.ts'

/** The table, and what each row of it asks. */
export type Tabulated = { table: PatternTable; asked: AskedCode[] }

/** Counts what was prepared for the same rule. Parts of codes that nobody applied have no row. Throws `cancelled`. */
export function tabulate(prepared: Prepared, rule: UnitRule, options: JobOptions): Tabulated {
  const builder = new PatternTableBuilder(prepared.selection.coders.length)
  const asked: AskedCode[] = []
  for (const [, question] of readByQuestion(prepared, options)) {
    builder.begin()
    const isUsed = addRow(builder, prepared, rule, question)
    if (isUsed || question.part === null) asked.push(question)
    else builder.drop()
  }
  return { table: builder.build(prepared.units.sizes()), asked }
}

/** Adds what one question found; false where nobody applied it. */
function addRow(
  builder: PatternTableBuilder,
  { reader, units }: Prepared,
  { unit, share = 0 }: UnitRule,
  question: Question,
): boolean {
  let isUsed = false
  if (unit === 'note' && share === 0) {
    for (const { at, mask } of reader.presence(question)) {
      builder.add(at, mask, 1)
      isUsed = true
    }
    return isUsed
  }
  for (const { at, lists } of reader.spans(question))
    units.visit(at, lists, (mask, count) => {
      builder.add(at, mask, count)
      isUsed = true
    })
  return isUsed
}
