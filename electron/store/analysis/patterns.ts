/** The table all agreement per code is computed from: who applied what, counted by unit and note. */
import { type PatternTable, PatternTableBuilder } from '../../../shared/agreement/index.ts'
import { type CancelSignal, NEVER } from '../../../shared/cancel.ts'
import type { AgreementScope } from '../../../shared/contract/agreement.ts'
import type { Progress } from '../../../shared/contract/events.ts'
import type { QualifierPart } from '../../../shared/contract/qualifiers.ts'
import { Problem } from '../../../shared/problem.ts'
import { type CodePlace, codePlaces } from '../codebook/codes.ts'
import { readQualifiers } from '../codebook/qualifiers.ts'
import { codePaths } from '../codebook/tree.ts'
import type { Db } from '../file/connection.ts'
import { type Question, SpanReader } from './code-spans.ts'
import { type Selection, select } from './compared.ts'
import { cutNotes, type Units } from './units.ts'

export type JobOptions = {
  signal?: CancelSignal
  onProgress?: (progress: Progress) => void
  /** Who looks: notes that a blind round keeps from them do not count. Null: nobody who codes. */
  viewer?: string | null
}

/** Throws `cancelled` once it was asked for; reports how far the work is. */
export function checkpoint({ signal = NEVER, onProgress }: JobOptions, progress: Progress): void {
  if (signal.aborted) throw new Problem('cancelled', 'The calculation was cancelled. Nothing was changed.')
  onProgress?.(progress)
}

/** How a bootstrap of so many replicates reports and is ended: at once where it was asked to. */
export const loopOf = (
  options: JobOptions,
  replicates: number,
): { shouldStop(): boolean; onProgress(share: number): void } => ({
  shouldStop: () => options.signal?.aborted === true,
  onProgress: (share) =>
    checkpoint(options, {
      done: Math.round(share * replicates),
      total: replicates,
      words: 'resamples',
    }),
})

/** A yes or no question of the table: a code, or the codings of it that say one thing. */
export type AskedCode = Question & { codeId: string; code: string }

/** What is asked: codes that are not folders, or these; with children also folders, for what lies below them. */
export function questionsOf(
  db: Db,
  { withChildren = false, qualifier = null }: Pick<AgreementScope, 'withChildren' | 'qualifier'>,
  codeIds: readonly string[] | null,
): AskedCode[] {
  const places = codePlaces(db)
  const paths = codePaths(places)
  const wanted = codeIds ? new Set(codeIds) : null
  const below = withChildren ? numsBelow(places) : null
  const parts: Array<QualifierPart | null> = [
    null,
    ...(qualifier === null ? [] : valuesOf(db, qualifier).map((value) => ({ qualifier, value }))),
  ]
  return places
    .filter((code) => (wanted ? wanted.has(code.id) : true) && (withChildren || !code.isFolder))
    .flatMap((code) =>
      parts.map((part) => ({
        codeId: code.id,
        code: paths.get(code.id) ?? code.name,
        codeNums: below?.get(code.id) ?? [code.num],
        part,
      })),
    )
}

/** Each code's own number and those of all codes below it. */
function numsBelow(places: readonly CodePlace[]): Map<string, number[]> {
  const below = new Map(places.map(({ id, num }) => [id, [num]]))
  // In reading order children come after their parents: from the end, each is whole when it is handed up.
  for (const { id, parentId } of places.toReversed())
    if (parentId !== null) below.get(parentId)?.push(...(below.get(id) ?? []))
  return below
}

/** Values codings have, in the order they are defined in, the ones no longer defined after them; last, none. */
function valuesOf(db: Db, qualifier: string): Array<string | null> {
  const used = db
    .prepare(
      `SELECT DISTINCT said.value FROM coding, json_each(coding.qualifiers) AS said
       WHERE coding.qualifiers <> '{}' AND said.key = ? ORDER BY said.value`,
    )
    .pluck()
    .all(qualifier) as string[]
  const defined = readQualifiers(db).find(({ name }) => name === qualifier)?.values ?? []
  const known = defined.map(({ name }) => name)
  return [...known.filter((value) => used.includes(value)), ...used.filter((v) => !known.includes(v)), null]
}

/** The selection, the table, and what each row of it asks. */
export type Tabulated = { selection: Selection; table: PatternTable; asked: AskedCode[] }

/** Reads and counts. Parts of codes that nobody applied have no row. Throws `cancelled`. */
export function tabulate(
  db: Db,
  scope: AgreementScope,
  codeIds: readonly string[] | null,
  options: JobOptions,
): Tabulated {
  const selection = select(db, scope, options.viewer)
  const total = selection.counted.length
  const units = cutNotes(db, scope, selection.counted, (done) =>
    checkpoint(options, { done, total, words: 'notes read' }),
  )
  const reader = new SpanReader(db, selection)
  const questions = questionsOf(db, scope, codeIds)
  const builder = new PatternTableBuilder(selection.coders.length)
  const asked = questions.filter((question, at) => {
    checkpoint(options, { done: at, total: questions.length, words: 'codes read' })
    builder.begin()
    const isUsed = addRow(builder, reader, units, scope, question)
    if (!isUsed && question.part !== null) builder.drop()
    return isUsed || question.part === null
  })
  return { selection, table: builder.build(units.sizes()), asked }
}

/** Adds what one question found; false where nobody applied it. */
function addRow(
  builder: PatternTableBuilder,
  reader: SpanReader,
  units: Units,
  { unit, share = 0 }: AgreementScope,
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
