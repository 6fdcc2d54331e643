import { asPercent, twoDecimals } from '../../shared/agreement-words.ts'
import type { AgreementStatistic, CodeAgreement } from '../../shared/model.ts'

/** What each figure is, in the words of the field, with its source. */
export const DEFINITIONS: Partial<Record<AgreementStatistic, { name: string; words: string }>> = {
  percent: {
    name: 'Percent agreement',
    words:
      'Share of units on which the coders agree, whether both applied the code or neither did. Not corrected for chance.',
  },
  cohen: {
    name: 'Cohen’s kappa',
    words:
      'Agreement beyond what two coders with these shares would reach by chance: (observed − expected) / (1 − expected). Cohen 1960. Undefined when both coders used one value only.',
  },
  krippendorff: {
    name: 'Krippendorff’s alpha',
    words:
      'One minus observed over expected disagreement, for two or more coders. The line is the 95 % interval from resampling notes. Krippendorff 2019.',
  },
  ac1: {
    name: 'Gwet’s AC1',
    words: 'A chance-corrected figure that stays stable when a code is very rare or very common. Gwet 2008.',
  },
  prevalence: {
    name: 'Prevalence index',
    words:
      'Both minus neither, divided by the number of units: near −1 for rare codes, near 1 for common ones. Kappa is low when it is extreme.',
  },
}

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
