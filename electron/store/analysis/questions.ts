/** The yes or no questions that agreement is about: codes, and codes by what their codings say. */
import type { AgreementScope } from '../../../shared/contract/agreement.ts'
import type { CodeId } from '../../../shared/contract/basics.ts'
import type { QualifierPart } from '../../../shared/contract/qualifiers.ts'
import { type CodePlace, codePlaces } from '../codebook/codes.ts'
import { readQualifiers } from '../codebook/qualifiers.ts'
import { codePaths } from '../codebook/tree.ts'
import type { ReadableDb } from '../file/connection.ts'
import type { Question } from './code-spans.ts'

/** A yes or no question: a code, or the codings of it that say one thing. */
export type AskedCode = Question & { codeId: CodeId; code: string }

/** What is asked: codes that are not folders, or these; with children also folders, for what lies below them. */
export function questionsOf(
  db: ReadableDb,
  { withChildren = false, qualifier = null }: Pick<AgreementScope, 'withChildren' | 'qualifier'>,
  codeIds: readonly CodeId[] | null,
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

/** A scope that asks for each code by itself, as it was applied. */
export const codesAlone = (scope: AgreementScope): AgreementScope => ({
  ...scope,
  withChildren: false,
  qualifier: null,
})

/** Each code's own number and those of all codes below it. */
function numsBelow(places: readonly CodePlace[]): Map<string, number[]> {
  const below = new Map(places.map(({ id, num }) => [id, [num]]))
  // In reading order children come after their parents: from the end, each is whole when it is handed up.
  for (const { id, parentId } of places.toReversed())
    if (parentId !== null) below.get(parentId)?.push(...(below.get(id) ?? []))
  return below
}

/** Values codings have, in the order they are defined in, the ones no longer defined after them; last, none. */
function valuesOf(db: ReadableDb, qualifier: string): Array<string | null> {
  const used = db
    .prepare<[string], string>(
      `SELECT DISTINCT said.value FROM coding, json_each(coding.qualifiers) AS said
       WHERE coding.qualifiers <> '{}' AND said.key = ? ORDER BY said.value`,
    )
    .pluck()
    .all(qualifier)
  const defined = readQualifiers(db).find(({ name }) => name === qualifier)?.values ?? []
  const known = defined.map(({ name }) => name)
  return [...known.filter((value) => used.includes(value)), ...used.filter((v) => !known.includes(v)), null]
}
