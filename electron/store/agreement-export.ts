/** Agreement as files a person takes away: the whole table as CSV or workbook, or a page for a paper. */
import { partCell } from '../../shared/agreement-words.ts'
import {
  AGREEMENT_STATISTICS,
  type AgreementFormat,
  type AgreementReport,
  type AgreementStatistic,
} from '../../shared/model.ts'
import { agreementDocx } from './exchange/agreement-docx.ts'
import { type Cell, toCsv, writeFileAtomically } from './exchange/table-csv.ts'
import { toXlsx } from './exchange/table-xlsx.ts'

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

/** Writes the report as the format says; the file is whole or not there. */
export async function writeAgreement(
  path: string,
  format: AgreementFormat,
  report: AgreementReport,
  project: string,
): Promise<void> {
  await writeFileAtomically(path, await bytesOf(format, report, project))
}

async function bytesOf(
  format: AgreementFormat,
  report: AgreementReport,
  project: string,
): Promise<string | Uint8Array> {
  if (format === 'docx') return agreementDocx(report, project)
  const { header, rows } = agreementTable(report)
  if (format === 'csv') return toCsv(header, rows)
  const columns = header.map((name) => ({
    name,
    width: name === 'code' ? 40 : Math.max(10, name.length + 2),
  }))
  return (await toXlsx('Agreement', columns, rows)).bytes
}
