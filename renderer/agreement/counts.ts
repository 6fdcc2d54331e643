/** The counts of a code, by name and with the way to their text. */
import { rowName } from '../../shared/agreement-words.ts'
import type { AgreementCell, AgreementReport, CodeAgreement } from '../../shared/contract/agreement.ts'
import { listed } from '../../shared/listed.ts'
import type { Asked } from './SegmentsPane.tsx'

/** The counts that are shown: by who of two coders applied the code, or by how many of more. */
export const cellsOf = ({ coders }: Pick<AgreementReport, 'coders'>): readonly AgreementCell[] =>
  coders.length === 2 ? ['both', 'first', 'second', 'neither'] : ['all', 'some', 'none']

export function countOf({ counts, spread }: CodeAgreement, cell: AgreementCell): number {
  if (cell === 'all' || cell === 'some' || cell === 'none') return spread[cell]
  return counts?.[cell] ?? 0
}

/** The question for the text behind one count of one code. */
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
    count: countOf(row, cell),
  }
}

/** What each count is called. */
export const cellNames = ({
  coders: [first, second],
}: Pick<AgreementReport, 'coders'>): Record<AgreementCell, string> => ({
  both: 'Both',
  first: `Only ${first?.name ?? ''}`,
  second: `Only ${second?.name ?? ''}`,
  neither: 'Neither',
  all: 'All',
  some: 'Some, not all',
  none: 'None',
})

/** "Amara, Ben and Chidi". */
export const namesOf = ({ coders }: Pick<AgreementReport, 'coders'>): string =>
  listed(coders.map(({ name }) => name))
