import { asPercent, kappaOf, twoDecimals } from '../../shared/agreement-words.ts'
import type { Agreed, AgreementReport, AgreementStatistic } from '../../shared/contract/agreement.ts'
import type { CodeId } from '../../shared/contract/basics.ts'

export { DEFINITIONS } from '../../shared/agreement-definitions.ts'

/** The figures shown in tables, in this order. */
export const shownOf = (coders: number): readonly AgreementStatistic[] => [
  'percent',
  kappaOf(coders),
  'krippendorff',
  'ac1',
]

export const SHORT_NAMES: Partial<Record<AgreementStatistic, string>> = {
  percent: 'Agreement',
  cohen: 'Kappa',
  fleiss: 'Kappa',
  krippendorff: 'Alpha',
  ac1: 'AC1',
}

/** What a cell shows: the number, or the word with its reason; never a number for what has none. */
export function figureWords(
  agreed: Pick<Agreed, 'figures'>,
  statistic: AgreementStatistic,
): { words: string; reason: string | null } {
  const figure = agreed.figures[statistic]
  if (!figure || figure.value === null)
    return { words: 'undefined', reason: figure?.reason ?? 'No units to compare.' }
  return { words: valueWords(figure.value, statistic), reason: null }
}

export const valueWords = (value: number, statistic: AgreementStatistic): string =>
  statistic === 'percent' ? asPercent(value) : twoDecimals(value)

/** Limits the literature asks for, drawn in the plots if one wishes so; they are conventions, not tests. */
export type Lines = 'none' | 'krippendorff' | 'landisKoch'
export const LINES: Record<Lines, { label: string; marks: readonly number[] }> = {
  none: { label: 'No limits drawn', marks: [] },
  krippendorff: { label: 'Krippendorff: .667 and .800', marks: [0.667, 0.8] },
  landisKoch: { label: 'Landis and Koch: .2, .4, .6, .8', marks: [0.2, 0.4, 0.6, 0.8] },
}

/** A figure of one code, or its mean over all. */
export function figureOver(
  { codes, overall }: Pick<AgreementReport, 'codes' | 'overall'>,
  statistic: AgreementStatistic,
  codeId: CodeId | null,
): { value: number | null; interval: readonly [number, number] | null } {
  if (codeId === null) return { value: overall[statistic].mean, interval: overall[statistic].interval }
  const row = codes.find((code) => code.codeId === codeId && code.part === null)
  return { value: row?.figures[statistic].value ?? null, interval: row?.interval[statistic] ?? null }
}
