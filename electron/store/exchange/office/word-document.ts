/** What every Word document of ours looks like: page, faces, headings, the foot with the page number. */
import {
  AlignmentType,
  BorderStyle,
  convertMillimetersToTwip,
  Document,
  type FileChild,
  Footer,
  type ITableBordersOptions,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  TextRun,
} from 'docx'
import { type TextPen, xmlText } from './xml-text.ts'

/** Faces every office program has. */
const SERIF = 'Georgia'
const SANS = 'Calibri'
export const GREY = '595959'

const NO_LINE = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const
const HAIRLINE = { style: BorderStyle.SINGLE, size: 2, color: 'BFBFBF' } as const

/** Tables with hairlines between the rows and none between the columns. */
export const ROW_LINES: ITableBordersOptions = {
  top: HAIRLINE,
  bottom: HAIRLINE,
  left: NO_LINE,
  right: NO_LINE,
  insideHorizontal: HAIRLINE,
  insideVertical: NO_LINE,
}

/** Text with its line ends kept, as the runs of one paragraph. */
export function runsOf(
  pen: TextPen,
  text: string,
  style: { italics?: boolean; bold?: boolean; color?: string } = {},
): TextRun[] {
  return pen
    .text(text)
    .split('\n')
    .map((line, at) => new TextRun({ text: line, ...style, ...(at > 0 ? { break: 1 } : {}) }))
}

/** The bytes of a .docx file, and how many characters of its texts it cannot hold. */
export type WordFile = { bytes: Buffer; leftOut: number }

/** A document on A4 with a title, the line under it, and the page number at the foot; `pen` wrote its texts. */
export async function wordDocument(
  pen: TextPen,
  { title, under }: { title: string; under: string },
  children: readonly FileChild[],
): Promise<WordFile> {
  const document = new Document({
    title: xmlText(title),
    creator: 'Understory',
    description: xmlText(under),
    styles: STYLES,
    sections: [
      {
        properties: { page: { size: A4, margin: MARGINS } },
        footers: { default: foot(title) },
        children: [
          new Paragraph({ style: 'Title', children: runsOf(pen, title) }),
          new Paragraph({ style: 'Under', children: runsOf(pen, under) }),
          ...children,
        ],
      },
    ],
  })
  return { bytes: await Packer.toBuffer(document), leftOut: pen.leftOut }
}

const A4 = { width: convertMillimetersToTwip(210), height: convertMillimetersToTwip(297) }
const MARGINS = {
  top: convertMillimetersToTwip(24),
  bottom: convertMillimetersToTwip(22),
  left: convertMillimetersToTwip(24),
  right: convertMillimetersToTwip(24),
}

/** Width of the text on the page, in twentieths of a point. */
export const TEXT_WIDTH = A4.width - MARGINS.left - MARGINS.right

const foot = (title: string) =>
  new Footer({
    children: [
      new Paragraph({
        alignment: AlignmentType.RIGHT,
        children: [
          new TextRun({ text: `${xmlText(title).slice(0, 80)}   `, font: SANS, size: 16, color: GREY }),
          new TextRun({
            children: [PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES],
            font: SANS,
            size: 16,
            color: GREY,
          }),
        ],
      }),
    ],
  })

const heading = (size: number, before: number) => ({
  run: { font: SANS, size, bold: true, color: '1A1A1A' },
  paragraph: { spacing: { before, after: 80 }, keepNext: true },
})

const STYLES = {
  default: {
    document: {
      run: { font: SERIF, size: 21 },
      paragraph: { spacing: { line: 288, lineRule: LineRuleType.AUTO, after: 60 } },
    },
    title: {
      run: { font: SANS, size: 40, bold: true, color: '1A1A1A' },
      paragraph: { spacing: { after: 60 } },
    },
    heading1: heading(28, 360),
    heading2: heading(24, 300),
    heading3: heading(22, 240),
    heading4: heading(21, 220),
    heading5: heading(21, 220),
    heading6: heading(21, 220),
  },
  paragraphStyles: [
    {
      id: 'Under',
      name: 'Under the title',
      basedOn: 'Normal',
      run: { font: SANS, size: 20, color: GREY },
      paragraph: { spacing: { after: 320 } },
    },
    {
      id: 'Label',
      name: 'Label',
      basedOn: 'Normal',
      run: { font: SANS, size: 18, color: GREY },
      paragraph: { spacing: { after: 40 } },
    },
    {
      id: 'Figure',
      name: 'Figure in a table',
      basedOn: 'Normal',
      run: { font: SANS, size: 17 },
      paragraph: { spacing: { line: 240, after: 0 } },
    },
    {
      id: 'Contents',
      name: 'Contents',
      basedOn: 'Normal',
      run: { font: SANS, size: 19 },
      paragraph: { spacing: { line: 260, after: 0 } },
    },
  ],
}
