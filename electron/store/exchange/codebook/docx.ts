/** A codebook as a Word document, fit for the appendix of a paper: the hierarchy, then a table for each code. */
import {
  type FileChild,
  HeadingLevel,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TabStopType,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx'
import { GREY, ROW_LINES, runsOf, TEXT_WIDTH, type WordFile, wordDocument } from '../office/word-document.ts'
import { TextPen, xmlText } from '../office/xml-text.ts'
import {
  type CodebookDocument,
  countWords,
  type DocumentCode,
  QUALIFIERS_INTRO,
  subtitle,
} from './document.ts'

const LEVELS = [
  HeadingLevel.HEADING_2,
  HeadingLevel.HEADING_3,
  HeadingLevel.HEADING_4,
  HeadingLevel.HEADING_5,
  HeadingLevel.HEADING_6,
] as const
const LABEL_WIDTH = 1_900
/** Deeper levels are not set further in: the words need the width. */
const DEEPEST_INDENT = 6

/** The document as a .docx file. */
export function codebookDocx(document: CodebookDocument): Promise<WordFile> {
  const pen = new TextPen()
  const { codes, notes } = document
  const children: FileChild[] = [
    new Paragraph({ heading: HeadingLevel.HEADING_1, children: runsOf(pen, 'Hierarchy') }),
    ...(notes === null ? [] : [countHead()]),
    ...codes.map((code) => lineOf(code)),
    new Paragraph({ heading: HeadingLevel.HEADING_1, children: runsOf(pen, 'Definitions') }),
  ]
  if (notes !== null)
    children.push(new Paragraph({ style: 'Label', children: runsOf(pen, countNote(notes)) }))
  for (const code of codes) children.push(...sectionOf(pen, code, notes))
  children.push(...qualifierSection(pen, document))
  return wordDocument(
    pen,
    { title: document.title, under: `${subtitle(document)}\n${document.journal}` },
    children,
  )
}

const countNote = (notes: number) =>
  `Counts are codings by all coders together, second passes and the consensus layer not included; each definition gives how many of the ${notes} notes have at least one, and who applied the code.`

function qualifierSection(pen: TextPen, { qualifiers }: CodebookDocument): FileChild[] {
  if (qualifiers.length === 0) return []
  const rows = qualifiers.map(({ name, values }) => ({ label: name, lines: [{ text: values.join(', ') }] }))
  return [
    new Paragraph({ heading: HeadingLevel.HEADING_1, children: runsOf(pen, 'Qualifiers') }),
    new Paragraph({ style: 'Label', keepNext: true, children: runsOf(pen, QUALIFIERS_INTRO) }),
    tableOf(pen, rows),
  ]
}

/** Stands over the counts of the hierarchy. */
const countHead = () =>
  new Paragraph({
    style: 'Contents',
    keepNext: true,
    tabStops: [{ type: TabStopType.RIGHT, position: TEXT_WIDTH }],
    children: [new TextRun({ text: '\tCodings', color: GREY })],
  })

function lineOf({ number, depth, name, isFolder, isRetired, counts }: DocumentCode): Paragraph {
  const runs = [
    new TextRun({ text: `${number}\t`, color: GREY }),
    new TextRun({
      // Counted where the name stands over its definition.
      text: xmlText(name),
      bold: isFolder || depth === 0,
      ...(isRetired ? { color: GREY } : {}),
    }),
  ]
  if (isRetired) runs.push(new TextRun({ text: '  retired', color: GREY, italics: true }))
  if (counts && !isFolder) runs.push(new TextRun({ text: `\t${counts.codings}`, color: GREY }))
  // Names begin at one line however wide their numbers are, and a long name goes on under itself.
  const hanging = 300 + 110 * number.length
  const left = 280 * Math.min(depth, DEEPEST_INDENT) + hanging
  return new Paragraph({
    style: 'Contents',
    keepNext: isFolder,
    indent: { left, hanging },
    tabStops: [
      { type: TabStopType.LEFT, position: left },
      { type: TabStopType.RIGHT, position: TEXT_WIDTH },
    ],
    children: runs,
  })
}

function sectionOf(pen: TextPen, code: DocumentCode, notes: number | null): FileChild[] {
  const { number, depth, name, isRetired, isFolder, counts, colour } = code
  const level = LEVELS[Math.min(depth, LEVELS.length - 1)] ?? HeadingLevel.HEADING_2
  const mark = colour === null ? [] : [new TextRun({ text: '■ ', color: colour.slice(1) })]
  const heading = new Paragraph({
    heading: level,
    children: [
      ...mark,
      ...runsOf(pen, `${number} ${name}`),
      ...(isRetired ? [new TextRun({ text: ' (retired)', color: GREY, bold: false })] : []),
    ],
  })
  const rows = rowsOf(code, counts && !isFolder ? countWords(counts, notes) : null)
  return rows.length === 0 ? [heading] : [heading, tableOf(pen, rows)]
}

type Row = { label: string; lines: Array<{ text: string; italics?: boolean; color?: string }> }

function rowsOf({ parts }: DocumentCode, used: string | null): Row[] {
  const written = parts.map(({ label, text, from }) => ({
    label,
    lines:
      from === null
        ? text.split(/\n\s*\n/).map((line) => ({ text: line.trim() }))
        : [
            { text, italics: true },
            { text: from, color: GREY },
          ],
  }))
  return used === null ? written : [...written, { label: 'Used', lines: [{ text: used }] }]
}

const lengthOf = ({ lines }: Row): number => lines.reduce((sum, { text }) => sum + text.length, 0)

/** A third of a page of text; longer tables go on where the page ends, between two rows. */
const KEPT_TOGETHER = 1_200
/** A part of a few lines stays on one page; a very long one may break. */
const KEPT_ROW = 1_500

function tableOf(pen: TextPen, rows: readonly Row[]): Table {
  const isKept = rows.reduce((sum, row) => sum + lengthOf(row), 0) < KEPT_TOGETHER
  return new Table({
    width: { size: TEXT_WIDTH, type: WidthType.DXA },
    columnWidths: [LABEL_WIDTH, TEXT_WIDTH - LABEL_WIDTH],
    layout: TableLayoutType.FIXED,
    borders: ROW_LINES,
    rows: rows.map((row, at) => {
      // The heading keeps with the first row; that row, and in a short table each but the last, with the next.
      const keepNext = at < rows.length - 1 && (isKept || at === 0)
      const texts = row.lines.map(
        ({ text, ...style }) => new Paragraph({ keepNext, children: runsOf(pen, text, style) }),
      )
      return new TableRow({
        cantSplit: lengthOf(row) < KEPT_ROW,
        children: [
          cell(LABEL_WIDTH, [new Paragraph({ style: 'Label', keepNext, children: runsOf(pen, row.label) })]),
          cell(TEXT_WIDTH - LABEL_WIDTH, texts),
        ],
      })
    }),
  })
}

const cell = (width: number, children: Paragraph[]) =>
  new TableCell({
    width: { size: width, type: WidthType.DXA },
    verticalAlign: VerticalAlign.TOP,
    margins: { top: 50, bottom: 30, left: 0, right: 100 },
    children,
  })
