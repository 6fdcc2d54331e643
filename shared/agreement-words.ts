/** What the figures of one code say, in plain words. Pure; no verdict of good or bad, which depends on the study. */
import type { Agreed, AgreementReport, AgreementUnit, CodeAgreement } from './contract/agreement.ts'
import type { QualifierPart } from './contract/qualifiers.ts'
import { lazily } from './lazily.ts'

/** "0.82", "−0.10": always two decimals, with a true minus. */
export const twoDecimals = (value: number): string =>
  value.toFixed(2).replace('-', '−').replace('−0.00', '0.00')

/** "81.3 %" of a share from 0 to 1. */
export const asPercent = (value: number): string => `${(100 * value).toFixed(1)} %`

/** The limits of an interval: "0.23 to 0.91". */
export const limitsWords = ([low, high]: readonly [number, number]): string =>
  `${twoDecimals(low)} to ${twoDecimals(high)}`

/** Which kappa is that of so many coders. */
export const kappaOf = (coders: number): 'cohen' | 'fleiss' => (coders === 2 ? 'cohen' : 'fleiss')

/** Share of the units that carry the code, on average over the coders; null where there is none. */
export const prevalenceOf = ({ applied, n }: Pick<Agreed, 'applied' | 'n'>): number | null =>
  n === 0 ? null : applied.reduce((sum, units) => sum + units, 0) / (n * applied.length)

/** The last part of the path of a code. */
export const ownName = (path: string): string => path.split(' > ').at(-1) ?? path

/** A code, with what its codings say where only some of them are meant. */
export const rowName = ({ code, part }: Pick<CodeAgreement, 'code' | 'part'>): string =>
  part === null ? code : `${code}, ${partWords(part)}`

/** "assertion: negated", or that nothing is said of it. */
export const partWords = ({ qualifier, value }: QualifierPart): string =>
  `${qualifier}: ${value ?? 'not set'}`

/** What a column for a qualifier says: its value, that none was given, or that all codings of the code are meant. */
export const partCell = (part: QualifierPart | null): string =>
  part === null ? '(all)' : (part.value ?? '(not said)')

/** Where high percent agreement and low kappa together are called a paradox of prevalence. */
export const PARADOX = { percentFrom: 0.8, kappaBelow: 0.6, prevalenceFrom: 0.6 } as const
/** An interval wider than this leaves open what the figure is worth. */
const WIDE = 0.4
/** So many one-sided units are needed before a lean to one side is said. */
const FEWEST_FOR_LEAN = 5

/** Below so many units one of them more or less moves every figure far. */
const FEWEST_UNITS = 10

const whole = lazily(() => new Intl.NumberFormat('en-GB'))
const counted = (count: number, unit: AgreementUnit) =>
  `${whole().format(count)} ${unit}${count === 1 ? '' : 's'}`

/** What is to be said of figures that rest on so few units that they say little; null where there are enough. */
export const tooFewWords = (units: number, unit: AgreementUnit): string | null =>
  units === 0 || units >= FEWEST_UNITS
    ? null
    : `Only ${counted(units, unit)} compared: figures from fewer than ${FEWEST_UNITS} say little, high or low.`

/** Percent agreement is high, kappa low, and the code so rare or common that this is what keeps kappa low. */
export function isParadox({ figures }: CodeAgreement): boolean {
  const [percent, kappa, prevalence] = [figures.percent.value, figures.cohen.value, figures.prevalence.value]
  return (
    percent !== null &&
    kappa !== null &&
    prevalence !== null &&
    percent >= PARADOX.percentFrom &&
    kappa < PARADOX.kappaBelow &&
    Math.abs(prevalence) >= PARADOX.prevalenceFrom
  )
}

/** A few sentences on one row of the table of codes, from its counts to what keeps its figures low. */
export function readingOf(
  code: CodeAgreement,
  { coders, unit }: Pick<AgreementReport, 'coders' | 'unit'>,
): string[] {
  if (code.n === 0) return ['There is nothing to compare: no note is marked finished by all of these coders.']
  if (code.applied.every((units) => units === 0))
    return [
      `Nobody applied this code in the ${counted(code.n, unit)} compared, so they say nothing about it.`,
    ]
  const [one = '', ...others] = coders.map(({ name }, at) => {
    const units = whole().format(code.applied[at] ?? 0)
    return at === 0 ? `${name} gave this code to ${units} of ${counted(code.n, unit)}` : `${name} to ${units}`
  })
  const applied = [one, ...others].join(', ')
  const { counts } = code
  const tooFew = tooFewWords(code.n, unit)
  const warning = tooFew === null ? [] : [tooFew]
  if (counts === null) return [`${applied}.`, ...warning, ...alphaWords(code)]
  const [first, second] = coders.map(({ name }) => name) as [string, string]
  return [
    `${applied}, both to ${whole().format(counts.both)}.`,
    ...warning,
    percentWords(code, unit),
    ...kappaWords(code),
    ...intervalWords(code, 'cohen'),
    ...paradoxWords(code, counts, unit),
    ...leanWords(counts, first, second, unit),
  ]
}

function percentWords({ figures }: CodeAgreement, unit: AgreementUnit): string {
  const share = asPercent(figures.percent.value ?? 0)
  return `They agree on ${share} of the ${unit}s, those where neither applied it included.`
}

function kappaWords({ figures }: CodeAgreement): string[] {
  const { value, reason } = figures.cohen
  if (value === null) return [`Kappa is undefined: ${reason}.`]
  if (value <= 0)
    return [
      `Kappa is ${twoDecimals(value)}: no more agreement than chance alone would bring with such shares.`,
    ]
  return [
    `Kappa is ${twoDecimals(value)}: of the agreement that chance leaves open, they reached ${asPercent(value)}.`,
  ]
}

function alphaWords(code: CodeAgreement): string[] {
  const { value, reason } = code.figures.krippendorff
  if (value === null) return [`Alpha is undefined: ${reason}.`]
  return [
    `Alpha is ${twoDecimals(value)}: 1 is full agreement, 0 what chance alone would bring.`,
    ...intervalWords(code, 'krippendorff'),
  ]
}

function intervalWords({ interval }: CodeAgreement, of: 'cohen' | 'krippendorff'): string[] {
  const limits = interval[of]
  if (!limits) return []
  const [low, high] = limits
  const words = `Resampling the notes gives ${limitsWords(limits)} (95 % interval)`
  // Where every resample gives the same, as with a code in one note only, the interval says nothing.
  if (high === low) return []
  return high - low <= WIDE
    ? [`${words}.`]
    : [`${words}: too wide to say much. More notes coded by both would narrow it.`]
}

type Counts = NonNullable<CodeAgreement['counts']>

function paradoxWords(code: CodeAgreement, counts: Counts, unit: AgreementUnit): string[] {
  if (!isParadox(code)) return []
  const isRare = (code.figures.prevalence.value ?? 0) < 0
  const [agreed, key] = isRare ? [counts.both, 'applied'] : [counts.neither, 'left out']
  const open = agreed + counts.first + counts.second
  const ac1 = code.figures.ac1.value
  return [
    `Percent agreement is high and kappa low because the code is ${isRare ? 'rare' : 'nearly everywhere'}: chance alone would bring ${asPercent(chance(counts))}. Of the ${counted(open, unit)} where at least one of them ${isRare ? 'applied' : 'left out'} it, both ${key === 'applied' ? 'did' : 'did so'} in ${whole().format(agreed)}.`,
    ...(ac1 === null
      ? []
      : [
          `AC1, which ${isRare ? 'rarity' : 'frequency'} moves less, is ${twoDecimals(ac1)}. Report both, and say how many notes had the code.`,
        ]),
  ]
}

/** Expected agreement of Cohen's kappa. */
function chance({ both, first, second, neither }: Counts): number {
  const n = both + first + second + neither
  return ((both + first) * (both + second) + (neither + second) * (neither + first)) / (n * n)
}

function leanWords(
  { first, second }: Counts,
  nameOfFirst: string,
  nameOfSecond: string,
  unit: AgreementUnit,
): string[] {
  const apart = first + second
  const [more, one, other] =
    first >= second ? [first, nameOfFirst, nameOfSecond] : [second, nameOfSecond, nameOfFirst]
  if (apart < FEWEST_FOR_LEAN || more < 0.8 * apart) return []
  return [
    `Disagreement goes one way: ${one} applied it without ${other} in ${whole().format(more)} of ${counted(apart, unit)} where they differ. Read those against the definition.`,
  ]
}
