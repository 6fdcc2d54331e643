/** Codings as scripts and spreadsheets see them: names for ids, code points for UTF-16 units, quotes for ranges. */
import type { BothAttributes } from '../../shared/attributes.ts'
import type { CodeId } from '../../shared/contract/basics.ts'
import type { Coding } from '../../shared/contract/codings.ts'
import type { Qualifiers } from '../../shared/contract/qualifiers.ts'
import { OffsetConverter } from '../../shared/offsets.ts'

export type PublicCoding = {
  id: string
  note: string
  case: string | null
  coder: string
  code: string
  codeId: CodeId
  /** Code points; null for the whole note. */
  start: number | null
  end: number | null
  quote: string
  memo: string
  qualifiers: Qualifiers
  codebookVersion: number
  createdAt: string
  attributes: BothAttributes
}

/** The whole note is quoted in full: the row must stand on its own. */
export function codingForPeople(
  coding: Coding,
  text: string,
  caseId: string | null,
  attributes: BothAttributes,
  coders: ReadonlyMap<string, string>,
  paths: ReadonlyMap<string, string>,
  converter = new OffsetConverter(text),
): PublicCoding {
  const { span } = coding
  return {
    id: coding.id,
    note: coding.noteId,
    case: caseId,
    coder: coders.get(coding.coderId) ?? '',
    code: paths.get(coding.codeId) ?? '',
    codeId: coding.codeId,
    start: span && converter.toCodePoints(span.start),
    end: span && converter.toCodePoints(span.end),
    quote: span ? text.slice(span.start, span.end) : text,
    memo: coding.memo,
    qualifiers: coding.qualifiers,
    codebookVersion: coding.codebookVersion,
    createdAt: coding.createdAt,
    attributes,
  }
}
