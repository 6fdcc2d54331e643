/** The tables a person takes away: agreement and themes as CSV. Every figure keeps its n and its unit. */
import {
  AGREEMENT_STATISTICS,
  type AgreementReport,
  type AgreementStatistic,
  type ThemeReport,
} from '../../shared/model.ts'
import { toCsv, writeFileAtomically } from './exchange/table-csv.ts'

type CsvCell = string | number

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

export function agreementCsv(report: AgreementReport): string {
  const coders = report.coders.map(({ name }) => name)
  const header = [
    'code',
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
    'bootstrap_replicates',
    'seed',
  ]
  const rows = report.codes.map((code): CsvCell[] => [
    code.code,
    report.unit,
    code.n,
    report.notes.counted.length,
    ...(code.counts ? [code.counts.both, code.counts.first, code.counts.second, code.counts.neither] : []),
    ...code.applied,
    ...AGREEMENT_STATISTICS.flatMap((name): CsvCell[] => {
      const interval = code.interval[name]
      const figure = code.figures[name]
      return [figure.value ?? '', interval?.[0] ?? '', interval?.[1] ?? '', figure.reason ?? '']
    }),
    report.replicates,
    report.seed,
  ])
  return toCsv(header, rows)
}

export function themesCsv(report: ThemeReport): string {
  const groups = report.groups.map(({ value }) => value ?? '(missing)')
  const header = [
    'level',
    'code',
    'notes',
    'notes_percent',
    'cases',
    'cases_percent',
    'codings',
    ...groups.flatMap((group) => [`notes: ${group}`, `notes_percent: ${group}`, `cases: ${group}`]),
  ]
  const percent = (part: number, whole: number): CsvCell =>
    whole === 0 ? '' : Number(((100 * part) / whole).toFixed(4))
  const totals: CsvCell[] = [
    0,
    '(all notes)',
    report.notes,
    percent(report.notes, report.notes),
    report.cases,
    percent(report.cases, report.cases),
    '',
    ...report.groups.flatMap((group): CsvCell[] => [
      group.notes,
      percent(group.notes, group.notes),
      group.cases,
    ]),
  ]
  const rows = report.rows.map((row): CsvCell[] => [
    row.depth + 1,
    row.code,
    row.notes,
    percent(row.notes, report.notes),
    row.cases,
    percent(row.cases, report.cases),
    row.codings,
    ...row.cells.flatMap((cell, index): CsvCell[] => [
      cell.notes,
      percent(cell.notes, report.groups[index]?.notes ?? 0),
      cell.cases,
    ]),
  ])
  return toCsv(header, [totals, ...rows])
}

export const writeAgreementCsv = (path: string, report: AgreementReport): Promise<void> =>
  writeFileAtomically(path, agreementCsv(report))

export const writeThemesCsv = (path: string, report: ThemeReport): Promise<void> =>
  writeFileAtomically(path, themesCsv(report))
