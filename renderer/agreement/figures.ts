import { asPercent, twoDecimals } from '../../shared/agreement-words.ts'
import type { AgreementStatistic, CodeAgreement } from '../../shared/model.ts'

export { DEFINITIONS } from '../../shared/agreement-definitions.ts'

export const SHOWN: readonly AgreementStatistic[] = ['percent', 'cohen', 'krippendorff', 'ac1', 'prevalence']

/** What a cell shows: the number, or the word with its reason; never a number for what has none. */
export function figureWords(
  code: CodeAgreement,
  statistic: AgreementStatistic,
): { words: string; reason: string | null } {
  const figure = code.figures[statistic]
  if (!figure || figure.value === null)
    return { words: 'undefined', reason: figure?.reason ?? 'No units to compare.' }
  return {
    words: statistic === 'percent' ? asPercent(figure.value) : twoDecimals(figure.value),
    reason: null,
  }
}

/** Limits the literature asks for, drawn in the plots if one wishes so; they are conventions, not tests. */
export type Lines = 'none' | 'krippendorff' | 'landisKoch'
export const LINES: Record<Lines, { label: string; marks: readonly number[] }> = {
  none: { label: 'No limits drawn', marks: [] },
  krippendorff: { label: 'Krippendorff: .667 and .800', marks: [0.667, 0.8] },
  landisKoch: { label: 'Landis and Koch: .2, .4, .6, .8', marks: [0.2, 0.4, 0.6, 0.8] },
}
