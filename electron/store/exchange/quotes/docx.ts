/** Quotes as a Word document, fit for an appendix: what was asked, then the quotes under their notes or cases. */
import { BorderStyle, type FileChild, HeadingLevel, Paragraph, TextRun } from 'docx'
import { longDate } from '../dates.ts'
import { GREY, runsOf, type WordFile, wordDocument } from '../office/word-document.ts'
import { TextPen } from '../office/xml-text.ts'
import { groupsOf, type QuoteCoding, type QuoteRow, type QuoteSheet } from './sheet.ts'

const INDENT = 340

/** The document as a .docx file. */
export function quotesDocx(sheet: QuoteSheet): Promise<WordFile> {
  const pen = new TextPen()
  const children: FileChild[] = [
    new Paragraph({ children: runsOf(pen, sheet.question), spacing: { after: 80 } }),
    new Paragraph({ style: 'Label', children: runsOf(pen, sheet.counts) }),
  ]
  let number = 0
  for (const { key, rows } of groupsOf(sheet)) {
    children.push(...headOf(pen, sheet, key, rows))
    for (const row of rows) children.push(...quoteOf(pen, row, ++number, sheet.groupBy))
  }
  return wordDocument(
    pen,
    { title: `Quotes from ${sheet.project}`, under: `${longDate(sheet.date)}\n${sheet.journal}` },
    children,
  )
}

function headOf(
  pen: TextPen,
  { groupBy }: QuoteSheet,
  key: string | null,
  rows: readonly QuoteRow[],
): Paragraph[] {
  const [first] = rows as [QuoteRow]
  const title = groupBy === 'case' ? (key === null ? 'Notes without a case' : `Case ${key}`) : first.title
  const facts =
    groupBy === 'note'
      ? [...sourceOf(first, false), ...attributesOf(first, 'note'), ...attributesOf(first, 'case')]
      : key === null
        ? []
        : attributesOf(first, 'case')
  const count = `${rows.length} ${rows.length === 1 ? 'quote' : 'quotes'}`
  return [
    new Paragraph({ heading: HeadingLevel.HEADING_2, children: runsOf(pen, title) }),
    new Paragraph({ style: 'Label', keepNext: true, children: runsOf(pen, [...facts, count].join('  ·  ')) }),
  ]
}

const sourceOf = ({ note, title, caseId, date }: QuoteRow, isTitled: boolean): string[] =>
  [
    ...(isTitled ? [title] : []),
    ...(title === note ? [] : [`note ${note}`]),
    ...(caseId === null || isTitled ? [] : [`case ${caseId}`]),
    date?.slice(0, 10) ?? '',
  ].filter((part) => part !== '')

/** "team: North"; where the note's and the case's attribute share a name, which of them it is. */
const attributesOf = ({ attributes }: QuoteRow, of: 'note' | 'case'): string[] =>
  Object.entries(attributes[of])
    .filter(([, value]) => value !== '')
    .map(([name, value]) => {
      const words = name.replaceAll('_', ' ')
      const isShared = name in attributes.note && name in attributes.case
      return `${isShared ? `${words} (${of})` : words}: ${value}`
    })

/** The quote with its number, then in grey where it stands and how it was coded, then its memos. */
function quoteOf(pen: TextPen, row: QuoteRow, number: number, groupBy: QuoteSheet['groupBy']): Paragraph[] {
  const isWhole = row.start === null
  const quote = isWhole
    ? [new TextRun({ text: 'Whole note. ', italics: true }), ...runsOf(pen, row.quote)]
    : runsOf(pen, row.quote)
  const place = isWhole ? 'whole note' : `characters ${row.start}–${row.end}`
  const source = groupBy === 'case' ? [...sourceOf(row, true), place, ...attributesOf(row, 'note')] : [place]
  const memos = row.codings.filter(({ memo }) => memo !== '')
  return [
    new Paragraph({
      children: [new TextRun({ text: `${number}.\u2002`, color: GREY }), ...quote],
      indent: { left: INDENT },
      spacing: { before: 160, after: 40 },
      border: { left: { style: BorderStyle.SINGLE, size: 6, color: 'BFBFBF', space: 10 } },
      keepNext: true,
      keepLines: row.quote.length < 1_200,
    }),
    new Paragraph({
      style: 'Label',
      indent: { left: INDENT },
      keepNext: memos.length > 0,
      children: [...codedRuns(pen, row.codings), ...runsOf(pen, `\u2003${source.join('  ·  ')}`)],
    }),
    ...memos.map(
      ({ coder, memo }) =>
        new Paragraph({
          style: 'Label',
          indent: { left: INDENT },
          children: [new TextRun({ text: `Memo by ${coder}: `, italics: true }), ...runsOf(pen, memo)],
        }),
    ),
  ]
}

/** Each code once, with who applied it and in which sense. */
function codedRuns(pen: TextPen, codings: readonly QuoteCoding[]): TextRun[] {
  const byCode = new Map<string, QuoteCoding[]>()
  for (const coding of codings) byCode.set(coding.path, [...(byCode.get(coding.path) ?? []), coding])
  return [...byCode.values()].flatMap((own, index) => {
    const [first] = own as [QuoteCoding]
    const said = own.map(({ coder, qualifiers }) => {
      const values = Object.values(qualifiers)
      return values.length === 0 ? coder : `${coder}: ${values.join(', ')}`
    })
    return [
      ...runsOf(pen, `${index > 0 ? ';  ' : ''}${first.code}`, { bold: true, color: '1A1A1A' }),
      ...runsOf(pen, ` (${[...new Set(said)].join('; ')})`),
    ]
  })
}
