/** Agreement as a page for a paper: how it was measured, then the table of codes as journals print it. */
import {
  AlignmentType,
  BorderStyle,
  type ITableCellBorders,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx'
import { asPercent, twoDecimals } from '../../../shared/agreement-words.ts'
import type { AgreementReport, AgreementStatistic, CodeAgreement } from '../../../shared/model.ts'
import { longDate } from './dates.ts'
import { runsOf, TEXT_WIDTH, wordDocument } from './word-document.ts'

const whole = new Intl.NumberFormat('en-GB')

type PrintedColumn = { head: string; share: number; of(code: CodeAgreement): string }

/** The document as the bytes of a .docx file. */
export function agreementDocx(report: AgreementReport, project: string): Promise<Buffer> {
  const used = report.codes.filter(isUsed)
  const unused = report.codes.filter((code) => !isUsed(code))
  const columns = columnsOf(report)
  return wordDocument({ title: `Agreement in ${project}`, under: longDate(new Date().toISOString()) }, [
    new Paragraph({ children: runsOf(methodsOf(report)), spacing: { after: 240 } }),
    new Paragraph({
      keepNext: true,
      spacing: { after: 100 },
      children: [
        new TextRun({ text: 'Table 1. ', bold: true }),
        ...runsOf(captionOf(report), { italics: true }),
      ],
    }),
    tableOf(columns, used),
    ...notesOf(report, unused).map(
      (text, at) =>
        new Paragraph({ style: 'Label', children: runsOf(text), spacing: { before: at === 0 ? 100 : 0 } }),
    ),
  ])
}

const isUsed = ({ applied }: CodeAgreement): boolean => applied.some((units) => units > 0)
const isPair = ({ coders }: AgreementReport): boolean => coders.length === 2
const kappaOf = (report: AgreementReport): 'cohen' | 'fleiss' => (isPair(report) ? 'cohen' : 'fleiss')
const listed = (parts: readonly string[]): string => `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`

/** A paragraph that can stand in a section on methods. */
export function methodsOf(report: AgreementReport): string {
  const { counted, left } = report.notes
  const all = counted.length + left.length
  const coders = listed(report.coders.map(({ name }) => name))
  const unit =
    report.unit === 'note'
      ? 'The unit was the note: a coder applied a code to a note by applying it anywhere in it.'
      : 'The unit was the character of the text: overlapping spans of a coder were united, and text nobody coded counts as agreement that the code does not apply.'
  const kappa = isPair(report) ? 'Cohen’s kappa (Cohen, 1960)' : 'Fleiss’ kappa (Fleiss, 1971)'
  const interval =
    report.replicates === 0
      ? 'Intervals were not computed.'
      : `Intervals are 95 % percentile intervals from ${whole.format(report.replicates)} bootstrap resamples of ${report.resampled}s (seed ${report.seed}).`
  const { mean, codes } = report.overall.krippendorff
  return [
    `${coders} each finished coding ${whole.format(counted.length)} of the ${whole.format(all)} notes of the project${all === 0 ? '' : ` (${asPercent(counted.length / all)})`}; agreement was computed on these.`,
    unit,
    `Each code was taken as a yes or no question of its own. Given are percent agreement, ${kappa}, Krippendorff’s alpha for nominal data (Krippendorff, 2019) and Gwet’s AC1 (Gwet, 2008).`,
    interval,
    ...(mean === null
      ? []
      : [`Mean alpha was ${twoDecimals(mean)} over the ${whole.format(codes)} codes where it is defined.`]),
  ].join(' ')
}

const captionOf = (report: AgreementReport): string =>
  `Agreement of ${listed(report.coders.map(({ name }) => name))} by code, on ${whole.format(report.notes.counted.length)} notes coded by all of them. Unit: ${report.unit}.`

const figure = (code: CodeAgreement, name: AgreementStatistic): string => {
  const value = code.figures[name].value
  return value === null ? '–' : name === 'percent' ? (100 * value).toFixed(1) : twoDecimals(value)
}

const interval = (code: CodeAgreement, name: AgreementStatistic): string => {
  const limits = code.interval[name]
  return limits ? `${twoDecimals(limits[0])} to ${twoDecimals(limits[1])}` : '–'
}

/** Share of the units that carry the code, on average over the coders. */
const prevalence = ({ applied, n }: CodeAgreement): string =>
  n === 0 ? '–' : ((100 * applied.reduce((sum, units) => sum + units, 0)) / (n * applied.length)).toFixed(1)

function columnsOf(report: AgreementReport): PrintedColumn[] {
  const kappa = kappaOf(report)
  return [
    { head: 'Code', share: 0.27, of: ({ code }) => code.split(' > ').at(-1) ?? code },
    { head: 'n', share: 0.085, of: ({ n }) => whole.format(n) },
    { head: 'Prev. %', share: 0.075, of: prevalence },
    { head: 'Agree %', share: 0.08, of: (code) => figure(code, 'percent') },
    { head: 'κ', share: 0.065, of: (code) => figure(code, kappa) },
    { head: '95 % CI', share: 0.145, of: (code) => interval(code, kappa) },
    { head: 'α', share: 0.065, of: (code) => figure(code, 'krippendorff') },
    { head: '95 % CI', share: 0.145, of: (code) => interval(code, 'krippendorff') },
    { head: 'AC1', share: 0.07, of: (code) => figure(code, 'ac1') },
  ]
}

const NONE = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const
const RULE = { style: BorderStyle.SINGLE, size: 8, color: '1A1A1A' } as const

/** Three rules, as journals set tables: above and under the head, and at the foot. */
function tableOf(columns: readonly PrintedColumn[], codes: readonly CodeAgreement[]): Table {
  const widths = columns.map(({ share }) => Math.floor(share * TEXT_WIDTH))
  const row = (cells: readonly string[], { isHead, isLast }: { isHead: boolean; isLast: boolean }) =>
    new TableRow({
      tableHeader: isHead,
      cantSplit: true,
      children: cells.map((text, at) =>
        cell(text, widths[at] ?? 0, at === 0, isHead, {
          top: isHead ? RULE : NONE,
          bottom: isHead || isLast ? RULE : NONE,
          left: NONE,
          right: NONE,
        }),
      ),
    })
  return new Table({
    width: { size: widths.reduce((sum, width) => sum + width, 0), type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    rows: [
      row(
        columns.map(({ head }) => head),
        { isHead: true, isLast: false },
      ),
      ...codes.map((code, at) =>
        row(
          columns.map(({ of }) => of(code)),
          { isHead: false, isLast: at === codes.length - 1 },
        ),
      ),
    ],
  })
}

const cell = (text: string, width: number, isFirst: boolean, isHead: boolean, borders: ITableCellBorders) =>
  new TableCell({
    width: { size: width, type: WidthType.DXA },
    verticalAlign: isHead ? VerticalAlign.BOTTOM : VerticalAlign.TOP,
    margins: { top: 30, bottom: 20, left: isFirst ? 0 : 40, right: 40 },
    borders,
    children: [
      new Paragraph({
        style: 'Figure',
        keepNext: isHead,
        alignment: isFirst ? AlignmentType.LEFT : AlignmentType.RIGHT,
        children: runsOf(text, { bold: isHead }),
      }),
    ],
  })

function notesOf(report: AgreementReport, unused: readonly CodeAgreement[]): string[] {
  return [
    `n, number of ${report.unit}s compared; Prev., share of them with the code, averaged over the coders; κ, ${isPair(report) ? 'Cohen' : 'Fleiss'}; α, Krippendorff; AC1, Gwet; CI, interval by resampling notes; –, not defined, as when the coders’ values do not vary.`,
    ...(unused.length === 0
      ? []
      : [
          `Applied by nobody in these notes: ${unused.map(({ code }) => code.split(' > ').at(-1)).join(', ')}.`,
        ]),
  ]
}
