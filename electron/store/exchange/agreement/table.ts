/** Agreement as tables of figures: one for a CSV file, and the sheets of a workbook. */
import { DEFINITIONS } from '../../../../shared/agreement-definitions.ts'
import { asPercent, partCell } from '../../../../shared/agreement-words.ts'
import {
  AGREEMENT_STATISTICS,
  type AgreementReport,
  type AgreementStatistic,
} from '../../../../shared/contract/agreement.ts'
import type { Cell } from '../tables/csv.ts'
import type { SheetIn } from '../tables/xlsx.ts'
import { type AgreementAbout, codersOf, filterWords, leftByReason, methodsOf } from './methods.ts'

/** Column names as journals print them. */
const STATISTIC_TITLES: Record<AgreementStatistic, string> = {
  percent: 'percent_agreement',
  positive: 'positive_agreement',
  negative: 'negative_agreement',
  cohen: 'cohen_kappa',
  scott: 'scott_pi',
  fleiss: 'fleiss_kappa',
  krippendorff: 'krippendorff_alpha',
  ac1: 'gwet_ac1',
  brennanPrediger: 'brennan_prediger',
  pabak: 'pabak',
  prevalence: 'prevalence_index',
  bias: 'bias_index',
}

/** Every figure of every code with its interval, or the reason why there is none. */
export function agreementTable(report: AgreementReport): { header: string[]; rows: Cell[][] } {
  const coders = report.coders.map(({ name }) => name)
  const header = [
    'code',
    ...(report.scope.qualifier ? [`qualifier_${report.scope.qualifier}`] : []),
    'unit',
    'n_units',
    'n_notes',
    ...(report.coders.length === 2 ? ['both', 'first_only', 'second_only', 'neither'] : []),
    ...coders.map((name) => `applied_by_${name}`),
    ...AGREEMENT_STATISTICS.flatMap((name) => [
      STATISTIC_TITLES[name],
      `${STATISTIC_TITLES[name]}_low95`,
      `${STATISTIC_TITLES[name]}_high95`,
      `${STATISTIC_TITLES[name]}_undefined_because`,
    ]),
    `${STATISTIC_TITLES.cohen}_analytic_low95`,
    `${STATISTIC_TITLES.cohen}_analytic_high95`,
    'bootstrap_replicates',
    'resampled',
    'seed',
  ]
  const rows = report.codes.map((code): Cell[] => [
    code.code,
    ...(report.scope.qualifier ? [partCell(code.part)] : []),
    report.unit,
    code.n,
    report.notes.counted.length,
    ...(code.counts ? [code.counts.both, code.counts.first, code.counts.second, code.counts.neither] : []),
    ...code.applied,
    ...AGREEMENT_STATISTICS.flatMap((name): Cell[] => {
      const interval = code.interval[name]
      const figure = code.figures[name]
      return [figure.value ?? '', interval?.[0] ?? '', interval?.[1] ?? '', figure.reason ?? '']
    }),
    code.analyticInterval.cohen?.[0] ?? '',
    code.analyticInterval.cohen?.[1] ?? '',
    report.replicates,
    report.resampled,
    report.seed,
  ])
  return { header, rows }
}

/** Every figure of every code; then over all codes; the notes that counted; and what was done, with definitions. */
export function agreementSheets(report: AgreementReport, about: AgreementAbout): SheetIn[] {
  const { header, rows } = agreementTable(report)
  return [
    { name: 'Agreement', columns: header.map((name) => column(name, name === 'code' ? 40 : 0)), rows },
    overallSheet(report),
    notesSheet(report),
    aboutSheet(report, about),
  ]
}

const column = (name: string, width = 0) => ({ name, width: Math.max(width, 10, name.length + 2) })

/** Each coefficient as the mean over codes, and of the tables of all codes added up. */
function overallSheet({ overall, pooled }: AgreementReport): SheetIn {
  return {
    name: 'Overall and pooled',
    columns: [
      column('statistic', 22),
      ...['mean_over_codes', 'mean_low95', 'mean_high95', 'mean_of_codes'].map((name) => column(name)),
      ...['pooled', 'pooled_low95', 'pooled_high95', 'pooled_n'].map((name) => column(name)),
      column('pooled_undefined_because', 40),
    ],
    rows: AGREEMENT_STATISTICS.map((name): Cell[] => {
      const { mean, codes, interval } = overall[name]
      const figure = pooled?.figures[name]
      const limits = pooled?.interval[name]
      return [
        STATISTIC_TITLES[name],
        ...[mean, interval?.[0] ?? null, interval?.[1] ?? null, codes],
        ...[figure?.value ?? null, limits?.[0] ?? null, limits?.[1] ?? null, pooled?.n ?? null],
        figure ? figure.reason : 'nobody applied a code',
      ]
    }),
  }
}

const notesSheet = ({ notes: { counted, left } }: AgreementReport): SheetIn => ({
  name: 'Notes',
  columns: [column('note', 20), column('counted'), column('left_out_because', 60)],
  rows: [
    ...counted.map((note): Cell[] => [note, 'yes', '']),
    ...left.map(({ note, reason }): Cell[] => [note, 'no', reason]),
  ],
})

/** What somebody needs to compute it again, and what each figure is. */
function aboutSheet(report: AgreementReport, about: AgreementAbout): SheetIn {
  const { scope, notes, unit } = report
  const { round } = about
  const [chosen, measured] = methodsOf(report, about)
  const rows: Cell[][] = [
    ['Project', about.project],
    ['Written', about.date],
    ['Journal', about.journal],
    ['Written by', `Understory ${about.program}`],
    ['Version of the codebook', about.codebookVersion],
    ['Coders', codersOf(report)],
    ['Unit', unit],
    [
      'Share of a unit that must be coded',
      unit === 'character' ? '' : `more than ${asPercent(scope.share ?? 0)}`,
    ],
    ['Codes below count for a code', scope.withChildren ? 'yes' : 'no'],
    ['Compared by the qualifier', scope.qualifier ?? 'none'],
    ['Round', round === null ? 'none' : round.name],
    ['Filter', filterWords(report).join(' ') || 'none'],
    ['Notes counted', notes.counted.length],
    ['Notes left out', notes.left.length],
    ...leftByReason(report).map(([reason, count]): Cell[] => [`Left out: ${reason}`, count]),
    ['Bootstrap replicates', report.replicates],
    ['Resampled', report.replicates === 0 ? 'nothing' : `${report.resampled}s`],
    ['Seed', report.seed],
    ['Methods: notes', chosen],
    ['Methods: measures', measured],
    ...AGREEMENT_STATISTICS.map((name) => [`Definition of ${STATISTIC_TITLES[name]}`, definitionOf(name)]),
  ]
  return { name: 'About', columns: [column('item', 36), column('value', 110)], rows }
}

function definitionOf(name: AgreementStatistic): string {
  const { name: title, words, formula, undefinedWhen, source } = DEFINITIONS[name]
  return [`${title}. ${words}`, ...formula, `Undefined when ${undefinedWhen}.`, source].join('\n')
}
