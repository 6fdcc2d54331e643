/** How agreement was measured, in sentences that can stand in a section on methods. */
import { asPercent, kappaOf, limitsWords, twoDecimals } from '../../../../shared/agreement-words.ts'
import type { AgreementReport, AgreementUnit, Interval } from '../../../../shared/contract/agreement.ts'
import type { Round } from '../../../../shared/contract/rounds.ts'
import { listed } from '../../../../shared/listed.ts'
import { longDate } from '../dates.ts'

/** What a report does not know of itself. */
export type AgreementAbout = {
  project: string
  /** Version of Understory that wrote the file. */
  program: string
  codebookVersion: number
  /** The round whose notes were compared, if they were those of one, with how it began. */
  round: (Round & { begunWith: number; codedBefore: number }) | null
  /** When the file is written. */
  date: string
  /** Which journal it is from, in a line. */
  journal: string
}

const whole = new Intl.NumberFormat('en-GB')
const notes = (count: number) => `${whole.format(count)} ${count === 1 ? 'note' : 'notes'}`

export const isPair = ({ coders }: AgreementReport): boolean => coders.length === 2
export const codersOf = ({ coders }: AgreementReport): string => listed(coders.map(({ name }) => name))

/** "60 notes", "1,204 sentences": what every code was compared on. */
export const unitsCompared = ({ unit, codes }: AgreementReport): string => {
  const n = codes[0]?.n ?? 0
  return `${whole.format(n)} ${unit}${n === 1 ? '' : 's'}`
}

/** First who coded which notes and how these were chosen, then how agreement was measured and what it is overall. */
export const methodsOf = (report: AgreementReport, about: AgreementAbout): [string, string] => [
  [...chosenWords(report, about), ...leftWords(report)].join(' '),
  [
    unitWords(report),
    codeWords(report),
    indexWords(report),
    intervalWords(report),
    ...overallWords(report),
  ].join(' '),
]

function chosenWords(report: AgreementReport, { round }: AgreementAbout): string[] {
  const { counted, left } = report.notes
  const all = counted.length + left.length
  const share = all === 0 ? '' : ` (${asPercent(counted.length / all)})`
  const together = isPair(report) ? 'both' : 'all of them'
  if (round === null)
    return [
      `${codersOf(report)} each finished coding ${whole.format(counted.length)} of the ${whole.format(all)} notes of the project${share}; agreement was computed on all notes finished by ${together}.`,
    ]
  return [
    drawnWords(round, all),
    `${codersOf(report)} each finished ${whole.format(counted.length)} of these, ${all === 0 ? '' : `${asPercent(counted.length / all)} of the ${notes(all)} of the project, `}on which agreement was computed.`,
  ]
}

/** How the notes of a round came to be in it. */
function drawnWords(round: NonNullable<AgreementAbout['round']>, all: number): string {
  const { name, noteIds, drawn, createdAt, begunWith: begun } = round
  const gone = begun - noteIds.length
  const removed =
    gone > 0
      ? ` ${whole.format(gone)} of them ${gone === 1 ? 'was' : 'were'} removed from the project since.`
      : ''
  const blind = `${removed} ${blindWords(round)}`.trim()
  const on = `on ${longDate(createdAt)}`
  if (drawn === null)
    return `For double coding, ${whole.format(begun)} of the ${notes(all + gone)} were chosen by hand ${on} (round “${name}”). ${blind}`
  const sample =
    'percent' in drawn.sample ? `${drawn.sample.percent} % of the notes` : notes(drawn.sample.count)
  const strata = drawn.stratifiedBy
    ? `, stratified by ${drawn.stratifiedBy.name} of the ${drawn.stratifiedBy.of}`
    : ''
  return `For double coding, a random sample of ${sample}${strata}, was drawn ${on} with seed ${drawn.seed} (round “${name}”): ${whole.format(begun)} of ${notes(drawn.outOf)}. ${blind}`
}

/** A note that was coded before the round began was not hidden then: the round cannot vouch for it. */
function blindWords({ isBlind, codedBefore }: NonNullable<AgreementAbout['round']>): string {
  if (!isBlind) return 'They could see each other’s coding.'
  const blind = 'Until all had finished a note, they did not see each other’s coding of it'
  return codedBefore === 0
    ? `${blind}.`
    : `${blind} from then on; ${notes(codedBefore)} had been coded by at least one of them before, when they could.`
}

/** How many notes were left out for which reason, the most frequent first. */
export function leftByReason({ notes: { left } }: AgreementReport): Array<[reason: string, count: number]> {
  const counts = new Map<string, number>()
  for (const { reason } of left) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  return [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
}

function leftWords(report: AgreementReport): string[] {
  const reasons = leftByReason(report).map(([reason, count]) => `${whole.format(count)} ${reason}`)
  return [...filterWords(report), ...(reasons.length === 0 ? [] : [`Left out: ${reasons.join('; ')}.`])]
}

/** Which notes a filter let through. */
export function filterWords({ scope: { filter } }: AgreementReport): string[] {
  const parts = [
    ...(filter?.caseId === undefined ? [] : [`of case ${filter.caseId}`]),
    ...(filter?.attributes ?? []).map(
      ({ name, values }) =>
        `whose ${name.replaceAll('_', ' ')} is ${listed(
          values.map((value) => value ?? 'missing'),
          'or',
        )}`,
    ),
  ]
  return parts.length === 0 ? [] : [`Only notes ${listed(parts)} were compared.`]
}

const UNITS: Record<AgreementUnit, string> = {
  note: 'the note',
  paragraph: 'the paragraph, which is a line that is not blank',
  sentence:
    'the sentence, cut by fixed rules (at . ! ? and …, not after abbreviations, doses and initials, never across lines)',
  character: 'the character of the text',
}

/** The unit, and when a code counts for one. */
export function unitWords({ unit, scope: { share = 0 } }: AgreementReport): string {
  const start = `The unit was ${UNITS[unit]}:`
  if (unit === 'character')
    return `${start} overlapping spans of a coder were united, and text nobody coded counts as agreement that the code does not apply.`
  return share === 0
    ? `${start} a coder applied a code to it by applying it anywhere in it.`
    : `${start} a coder applied a code to it when more than ${asPercent(share)} of its characters were coded.`
}

function codeWords({ scope: { withChildren = false, qualifier = null } }: AgreementReport): string {
  const below = withChildren
    ? 'answered yes also where a code below it in the codebook was applied'
    : 'without the codes below it in the codebook'
  const said =
    qualifier === null
      ? 'Qualifiers of codings were not compared.'
      : `Codings were also compared by the values of their qualifier ${qualifier}; these rows count in no mean.`
  return `Each code was taken as a yes or no question of its own, ${below}. ${said}`
}

function indexWords(report: AgreementReport): string {
  const kappa = isPair(report) ? 'Cohen’s kappa (Cohen, 1960)' : 'Fleiss’ kappa (Fleiss, 1971)'
  return `Given are percent agreement, ${kappa}, Krippendorff’s alpha for nominal data (Krippendorff, 2019) and Gwet’s AC1 (Gwet, 2008).`
}

/** Whether the limits of kappa are those from its standard error: only where nothing was resampled. */
export const isAnalytic = ({ replicates, codes }: AgreementReport): boolean =>
  replicates === 0 && codes.some(({ analyticInterval }) => analyticInterval.cohen !== undefined)

function intervalWords(report: AgreementReport): string {
  if (isAnalytic(report))
    return 'Intervals of kappa are 95 % intervals from its standard error (Fleiss, Cohen and Everitt, 1969), which takes notes for independent; the others were not computed.'
  if (report.replicates === 0) return 'Intervals were not computed.'
  const drawn = report.resampled === 'case' ? 'cases with all their notes' : 'notes'
  return `Intervals are 95 % percentile intervals from ${whole.format(report.replicates)} bootstrap resamples of ${drawn} (seed ${report.seed}).`
}

const withLimits = (value: number, interval: Interval | null | undefined, more: string): string => {
  const limits = interval ? `95 % CI ${limitsWords(interval)}` : ''
  const inside = [limits, more].filter(Boolean).join('; ')
  return `${twoDecimals(value)}${inside ? ` (${inside})` : ''}`
}

/** Mean over codes and pooled table, each named, for kappa and alpha. */
function overallWords(report: AgreementReport): string[] {
  const of = [
    { name: kappaOf(report.coders.length), word: 'kappa' },
    { name: 'krippendorff', word: 'alpha' },
  ] as const
  const means = of.flatMap(({ name, word }) => {
    const { mean, codes, interval } = report.overall[name]
    if (mean === null) return []
    return [
      `${word} was ${withLimits(mean, interval, `${whole.format(codes)} ${codes === 1 ? 'code' : 'codes'}`)}`,
    ]
  })
  const { pooled } = report
  const sums = of.flatMap(({ name, word }) => {
    const value = pooled?.figures[name].value ?? null
    return value === null ? [] : [`${word} was ${withLimits(value, pooled?.interval[name], '')}`]
  })
  return [
    ...(means.length === 0 ? [] : [`As the mean over the codes where it is defined, ${listed(means)}.`]),
    ...(sums.length === 0
      ? []
      : [
          `With the tables of all codes pooled into one (n = ${whole.format(pooled?.n ?? 0)} answers), ${listed(sums)}.`,
        ]),
  ]
}
