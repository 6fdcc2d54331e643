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
import {
  kappaOf,
  limitsWords,
  ownName,
  prevalenceOf,
  twoDecimals,
} from '../../../../shared/agreement-words.ts'
import type {
  Agreed,
  AgreementReport,
  AgreementStatistic,
  CodeAgreement,
  Interval,
  MeanAgreement,
} from '../../../../shared/contract/agreement.ts'
import { listed } from '../../../../shared/listed.ts'
import { longDate } from '../dates.ts'
import { runsOf, TEXT_WIDTH, type WordFile, wordDocument } from '../office/word-document.ts'
import { TextPen } from '../office/xml-text.ts'
import { type AgreementAbout, codersOf, isAnalytic, isPair, methodsOf, unitsCompared } from './methods.ts'

const whole = new Intl.NumberFormat('en-GB')

/** `mean`: what the row of means says; nothing where a mean has no sense. */
type PrintedColumn = { head: string; share: number; of(agreed: Agreed): string; mean: string }
type PrintedRow = { cells: readonly string[]; isPart?: boolean; isRuled?: boolean }

/** The document as a .docx file. */
export function agreementDocx(report: AgreementReport, about: AgreementAbout): Promise<WordFile> {
  const pen = new TextPen()
  const used = report.codes.filter(isUsed)
  const unused = report.codes.filter((code) => !isUsed(code) && code.part === null)
  return wordDocument(
    pen,
    { title: `Agreement in ${about.project}`, under: `${longDate(about.date)}\n${about.journal}` },
    [
      ...methodsOf(report, about).map(
        (text, at) =>
          new Paragraph({ children: figureRuns(pen, text), spacing: { after: at === 0 ? 100 : 220 } }),
      ),
      new Paragraph({
        keepNext: true,
        spacing: { after: 80 },
        children: [
          new TextRun({ text: 'Table 1. ', bold: true }),
          ...figureRuns(pen, captionOf(report), { italics: true }),
        ],
      }),
      tableOf(pen, report, used),
      ...notesOf(report, unused).map(
        (text, at) =>
          new Paragraph({
            style: 'Label',
            children: figureRuns(pen, text),
            spacing: { before: at === 0 ? 80 : 0, line: 240 },
          }),
      ),
    ],
  )
}

/** Word may end a line after a minus sign; a word joiner keeps it with its number. */
const withNumber = (text: string): string => text.replace(/−(?=\d)/g, '−\u2060')

const figureRuns: typeof runsOf = (pen, text, look) => runsOf(pen, withNumber(text), look)

const isUsed = ({ applied }: Pick<Agreed, 'applied'>): boolean => applied.some((units) => units > 0)

const captionOf = (report: AgreementReport): string =>
  `Agreement of ${codersOf(report)} by code (n = ${unitsCompared(report)} for every code).`

const percent = (value: number): string => (100 * value).toFixed(1)

const shownValue = (value: number | null, name: AgreementStatistic): string =>
  value === null ? '–' : name === 'percent' ? percent(value) : twoDecimals(value)

const limitsOf = (limits: Interval | null | undefined): string => (limits ? limitsWords(limits) : '–')

function prevalence(agreed: Agreed): string {
  const share = prevalenceOf(agreed)
  return share === null ? '–' : percent(share)
}

function columnsOf(report: AgreementReport): PrintedColumn[] {
  const kappa = kappaOf(report.coders.length)
  const meanOf = (name: AgreementStatistic): MeanAgreement => report.overall[name]
  const figure = (head: string, share: number, name: AgreementStatistic): PrintedColumn => ({
    ...{ head, share, of: ({ figures }) => shownValue(figures[name].value, name) },
    mean: shownValue(meanOf(name).mean, name),
  })
  const limits = (name: AgreementStatistic): PrintedColumn => ({
    ...{ head: '95 % CI', share: 0.145, of: ({ interval }) => limitsOf(interval[name]) },
    mean: limitsOf(meanOf(name).interval),
  })
  const analytic: PrintedColumn = {
    ...{ head: '95 % CI', share: 0.145, of: ({ analyticInterval }) => limitsOf(analyticInterval.cohen) },
    mean: '',
  }
  const isResampled = report.replicates > 0
  const columns = [
    { head: 'Prev. %', share: 0.07, of: prevalence, mean: '' },
    figure('Agree %', 0.075, 'percent'),
    figure('κ', 0.065, kappa),
    ...(isResampled ? [limits(kappa)] : isAnalytic(report) ? [analytic] : []),
    figure('α', 0.065, 'krippendorff'),
    ...(isResampled ? [limits('krippendorff')] : []),
    figure('AC1', 0.065, 'ac1'),
  ]
  return columns
}

/** The path where the name alone would not say which code it is. */
function namesOf(codes: readonly CodeAgreement[]): (code: CodeAgreement) => string {
  const names = [...new Set(codes.map(({ code }) => code))].map(ownName)
  const isAlone = (name: string) => names.indexOf(name) === names.lastIndexOf(name)
  return ({ code }) => (isAlone(ownName(code)) ? ownName(code) : code)
}

function rowsOf(
  report: AgreementReport,
  columns: readonly PrintedColumn[],
  used: readonly CodeAgreement[],
): PrintedRow[] {
  const nameOf = namesOf(report.codes)
  const { pooled } = report
  return [
    ...used.map((code) => ({
      isPart: code.part !== null,
      cells: [
        code.part === null ? nameOf(code) : (code.part.value ?? `${code.part.qualifier} not set`),
        ...columns.map(({ of }) => of(code)),
      ],
    })),
    ...(pooled === null
      ? []
      : [
          { isRuled: true, cells: ['Mean over codes', ...columns.map(({ mean }) => mean)] },
          { cells: ['All codes pooled', ...columns.map(({ of }) => of(pooled))] },
        ]),
  ]
}

const NONE = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const
const RULE = { style: BorderStyle.SINGLE, size: 8, color: '1A1A1A' } as const
const HAIRLINE = { style: BorderStyle.SINGLE, size: 4, color: '1A1A1A' } as const

/** Three rules, as journals set tables: above and under the head, and at the foot; a thin one over what sums up. */
function tableOf(pen: TextPen, report: AgreementReport, used: readonly CodeAgreement[]): Table {
  const columns = columnsOf(report)
  const nameShare = 1 - columns.reduce((sum, { share }) => sum + share, 0)
  const widths = [nameShare, ...columns.map(({ share }) => share)].map((share) =>
    Math.floor(share * TEXT_WIDTH),
  )
  const rows = rowsOf(report, columns, used)
  const toRow = ({ cells, isPart = false, isRuled = false }: PrintedRow, at: number) =>
    new TableRow({
      tableHeader: at === -1,
      cantSplit: true,
      children: cells.map((text, column) =>
        cell(pen, text, {
          width: widths[column] ?? 0,
          isName: column === 0,
          isPart,
          isHead: at === -1,
          borders: {
            top: at === -1 ? RULE : isRuled ? HAIRLINE : NONE,
            bottom: at === -1 || at === rows.length - 1 ? RULE : NONE,
            left: NONE,
            right: NONE,
          },
        }),
      ),
    })
  return new Table({
    width: { size: widths.reduce((sum, width) => sum + width, 0), type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    rows: [toRow({ cells: ['Code', ...columns.map(({ head }) => head)] }, -1), ...rows.map(toRow)],
  })
}

type CellLook = {
  width: number
  isName: boolean
  isPart: boolean
  isHead: boolean
  borders: ITableCellBorders
}

const cell = (pen: TextPen, text: string, { width, isName, isPart, isHead, borders }: CellLook) =>
  new TableCell({
    width: { size: width, type: WidthType.DXA },
    verticalAlign: isHead ? VerticalAlign.BOTTOM : VerticalAlign.TOP,
    margins: { top: 20, bottom: 14, left: isName ? 0 : 40, right: 40 },
    borders,
    children: [
      new Paragraph({
        style: 'Figure',
        keepNext: isHead,
        alignment: isName ? AlignmentType.LEFT : AlignmentType.RIGHT,
        ...(isName && isPart ? { indent: { left: 200 } } : {}),
        children: figureRuns(pen, text, { bold: isHead }),
      }),
    ],
  })

function notesOf(report: AgreementReport, unused: readonly CodeAgreement[]): string[] {
  const { pooled, overall } = report
  const means = [
    ['agreement', overall.percent],
    ['κ', overall[kappaOf(report.coders.length)]],
    ['α', overall.krippendorff],
    ['AC1', overall.ac1],
  ] as const
  const meanCodes = means.map(([name, { codes }]) => `${name} ${whole.format(codes)}`)
  const nameOf = namesOf(report.codes)
  return [
    `Prev., share of the ${report.unit}s with the code, averaged over the coders; κ, ${isPair(report) ? 'Cohen' : 'Fleiss'}; α, Krippendorff; AC1, Gwet; –, not defined, as when values do not vary.`,
    ...(pooled === null
      ? []
      : [
          `Mean: over the codes where the figure is defined (${listed(meanCodes)}). Pooled: their tables added up, n = ${whole.format(pooled.n)}.`,
        ]),
    ...(unused.length === 0
      ? []
      : [
          `Applied by nobody in these ${report.unit === 'note' ? 'notes' : 'texts'}: ${unused.map(nameOf).join(', ')}.`,
        ]),
  ]
}
