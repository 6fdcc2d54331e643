/** The four counts of two coders, by name and with the way to their text. */
import { rowName } from '../../shared/agreement-words.ts'
import type { AgreementCell, AgreementReport, CodeAgreement } from '../../shared/model.ts'
import type { Asked } from './PassagePane.tsx'

/** The question for the text behind one count of one code, of two coders. */
export function askedOf(
  { scope }: AgreementReport,
  row: CodeAgreement,
  cell: AgreementCell,
  words: string,
): Asked {
  return {
    scope,
    behind: { kind: 'count', codeId: row.codeId, cell, part: row.part },
    title: rowName(row),
    words,
    count: row.counts?.[cell] ?? 0,
  }
}

/** What each of the four counts of two coders is called. */
export const cellNames = ({ coders: [first, second] }: AgreementReport): Record<AgreementCell, string> => ({
  both: 'Both',
  first: `Only ${first?.name ?? ''}`,
  second: `Only ${second?.name ?? ''}`,
  neither: 'Neither',
})
