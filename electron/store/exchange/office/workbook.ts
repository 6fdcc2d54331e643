/** A workbook of a spreadsheet program (.xlsx), read row by row. Source: ECMA-376 part 1, 18.2-18.4 and 18.8. */
import { basename, posix } from 'node:path'
import type { CancelSignal } from '../../../../shared/cancel.ts'
import { Problem } from '../../../../shared/problem.ts'
import type { Tally } from '../tally.ts'
import { MAX_SMALL_PART, mainPart, readRelations } from './parts.ts'
import { besidesRows } from './sheet-besides.ts'
import {
  builtInStyle,
  columnOf,
  type NumberStyle,
  numberText,
  styleOfPattern,
  unescapeCell,
} from './sheet-cells.ts'
import { SharedStrings } from './sheet-strings.ts'
import { parseWholeXml, parseXml, type XmlHandlers } from './xml-parts.ts'
import { damagedZip, wrongKind, ZipParts } from './zip-parts.ts'

export const WORKBOOK = 'an Excel workbook (.xlsx)'

const MAX_SHEET_PART = 4_000_000_000
const MAX_SHEETS = 1_000
/** What a spreadsheet can hold itself. */
const MAX_SHEET_COLUMNS = 16_384
const MAX_ROW_CHARACTERS = 100_000_000
/** One text may stand in many cells: a file of 30 KB can name gigabytes. Up to here nobody asks. */
const UNFOLDED_UNASKED = 20_000_000
/** So many times the size of the file, its cells may unfold to; notes unfold to some ten times, categories to fifty. */
const MOST_UNFOLDED = 500

export type Sheet = { name: string; part: string }
/** `number` is the row's own, from 1; cells stand at their column's place, empty ones are ''. */
export type SheetRow = { number: number; cells: string[] }

export class Workbook {
  /** The sheets of rows that a person sees when opening the workbook; hidden ones and charts are left out. */
  readonly sheets: readonly Sheet[]
  /** Names of the sheets of rows that are hidden. */
  readonly hidden: readonly string[]
  /** Size of the file. */
  readonly bytes: number
  readonly #zip: ZipParts
  readonly #strings: string | null
  readonly #styles: readonly NumberStyle[]
  readonly #is1904: boolean

  private constructor(zip: ZipParts, content: Content, styles: readonly NumberStyle[]) {
    this.#zip = zip
    this.bytes = zip.bytes
    this.sheets = content.sheets
    this.hidden = content.hidden
    this.#strings = content.strings
    this.#is1904 = content.is1904
    this.#styles = styles
  }

  /** Throws Problem `file-not-found`, `file-unreadable`, `too-large`. */
  static async open(path: string): Promise<Workbook> {
    const zip = await ZipParts.open(path, WORKBOOK)
    try {
      const main = await mainPart(zip, WORKBOOK)
      const content = await readContent(zip, main)
      return new Workbook(zip, content, content.styles === null ? [] : await readStyles(zip, content.styles))
    } catch (error) {
      zip.close()
      throw error
    }
  }

  /**
   * The rows of a sheet that have a cell, in constant memory. `onPart` hears which part of the sheet, 0 to 1, is read.
   * Columns from `width` on are not kept; `onBeyond` hears of each cell with something in it there. Throws Problem `file-unreadable`, `too-large`, `cancelled`.
   */
  async *rows(
    sheet: Sheet,
    options: {
      width?: number
      signal?: CancelSignal
      onPart?: (part: number) => void
      onBeyond?: (row: number) => void
    } = {},
  ): AsyncGenerator<SheetRow> {
    const { width = MAX_SHEET_COLUMNS, signal, onPart, onBeyond } = options
    const strings = new SharedStrings(this.#zip, this.#strings, signal ? { signal } : {})
    const collector = new RowCollector(this.#zip.path, width, onBeyond)
    const unfolded = { characters: 0 }
    const counted = countBytes(this.#zip.read(sheet.part, MAX_SHEET_PART))
    const size = this.#zip.sizeOf(sheet.part) || 1
    try {
      for await (const _ of parseXml(this.#zip.path, counted.chunks, collector.handlers, signal)) {
        for (const row of collector.take()) yield await this.#resolve(row, strings, unfolded)
        onPart?.(Math.min(1, counted.bytes() / size))
      }
    } finally {
      await strings.close()
    }
  }

  /** What hangs on a sheet and is in none of its cells: comments, pictures. Throws Problem `file-unreadable`, `too-large`. */
  besides({ part }: Sheet): Promise<Tally> {
    return besidesRows(this.#zip, part)
  }

  close(): void {
    this.#zip.close()
  }

  async #resolve(
    { number, cells }: RawRow,
    strings: SharedStrings,
    unfolded: { characters: number },
  ): Promise<SheetRow> {
    const texts: string[] = []
    for (const { column, type, style, value } of cells) {
      while (texts.length < column) texts.push('')
      texts[column] =
        type === 's' ? await this.#shared(value, strings, unfolded) : this.#text(type, style, value)
    }
    return { number, cells: texts }
  }

  async #shared(value: string, strings: SharedStrings, unfolded: { characters: number }): Promise<string> {
    if (value === '') return ''
    const index = Number(value)
    if (!Number.isInteger(index) || index < 0) throw damagedZip(this.#zip.path)
    if (!strings.has(index)) await strings.readTo(index)
    const text = strings.get(index)
    unfolded.characters += text.length
    const most = Math.max(UNFOLDED_UNASKED, this.bytes * MOST_UNFOLDED)
    if (unfolded.characters > most)
      throw new Problem(
        'too-large',
        `${basename(this.#zip.path)} is small, but the texts of its cells together are more than ${Math.round(most / 1_000_000)} million characters: the same texts stand in it again and again. Nothing was changed; if it is really yours, save the sheet as CSV and import that.`,
      )
    return text
  }

  #text(type: string, style: number, value: string): string {
    if (type === 'b') return value.trim() === '1' ? 'TRUE' : value.trim() === '0' ? 'FALSE' : value
    if (type === 'n') return numberText(value, this.#styles[style] ?? 'plain', this.#is1904)
    // A copy, as the value is a piece of the XML around it, which would stay in memory as long as an id is kept.
    return unescapeCell(Buffer.from(value).toString())
  }
}

function countBytes(source: AsyncGenerator<Buffer>): { chunks: AsyncGenerator<Buffer>; bytes: () => number } {
  let read = 0
  const chunks = async function* () {
    for await (const chunk of source) {
      read += chunk.length
      yield chunk
    }
  }
  return { chunks: chunks(), bytes: () => read }
}

type RawCell = { column: number; type: string; style: number; value: string }
type RawRow = { number: number; cells: RawCell[] }

/** Puts rows together from the tags of a sheet. */
class RowCollector {
  readonly handlers: XmlHandlers
  readonly #path: string
  readonly #width: number
  readonly #onBeyond: (row: number) => void
  #rows: RawRow[] = []
  #row: RawRow = { number: 0, cells: [] }
  #cell: RawCell | null = null
  #column = -1
  #characters = 0
  #isData = false
  #isValue = false
  #isHint = false

  constructor(path: string, width: number, onBeyond: (row: number) => void = () => {}) {
    this.#path = path
    this.#width = width
    this.#onBeyond = onBeyond
    this.handlers = {
      open: (name, attributes) => this.#open(name, attributes),
      close: (name) => this.#close(name),
      text: (text) => this.#text(text),
    }
  }

  /** The rows that are complete since the last call. */
  take(): RawRow[] {
    const rows = this.#rows
    this.#rows = []
    return rows
  }

  #open(name: string, attributes: Record<string, string>): void {
    if (name === 'sheetData') this.#isData = true
    else if (!this.#isData) return
    else if (name === 'row') this.#startRow(attributes.r)
    else if (name === 'c') this.#startCell(attributes)
    else if (name === 'v' || name === 't') this.#isValue = !this.#isHint
    else if (name === 'rPh') this.#isHint = true
  }

  #close(name: string): void {
    if (name === 'sheetData') this.#isData = false
    else if (!this.#isData) return
    else if (name === 'row') {
      if (this.#row.cells.length > 0) this.#rows.push(this.#row)
    } else if (name === 'c') this.#endCell()
    else if (name === 'v' || name === 't') this.#isValue = false
    else if (name === 'rPh') this.#isHint = false
  }

  #text(text: string): void {
    if (!this.#isValue || this.#cell === null) return
    this.#characters += text.length
    if (this.#characters > MAX_ROW_CHARACTERS) {
      throw new Problem(
        'too-large',
        `${basename(this.#path)} holds more than 100 million characters in row ${this.#row.number}. Nothing was changed; take them out of the workbook.`,
      )
    }
    this.#cell.value += text
  }

  #startRow(reference: string | undefined): void {
    const last = this.#row.number
    const number = Number(reference)
    // Rows need not carry their number, and then follow each other.
    this.#row = { number: Number.isInteger(number) && number > last ? number : last + 1, cells: [] }
    this.#column = -1
    this.#characters = 0
  }

  #startCell({ r, t, s }: Record<string, string>): void {
    const column = r === undefined ? this.#column + 1 : columnOf(r)
    if (column <= this.#column || column >= MAX_SHEET_COLUMNS) throw damagedZip(this.#path)
    this.#column = column
    this.#cell = { column, type: t ?? 'n', style: Number(s ?? 0), value: '' }
  }

  #endCell(): void {
    const cell = this.#cell
    this.#cell = null
    // Cells that have only a colour or a border are no content.
    if (cell === null || cell.value === '') return
    if (cell.column < this.#width) this.#row.cells.push(cell)
    else if (cell.value.trim() !== '') this.#onBeyond(this.#row.number)
  }
}

type Content = {
  sheets: Sheet[]
  hidden: string[]
  strings: string | null
  styles: string | null
  is1904: boolean
}

async function readContent(zip: ZipParts, main: string): Promise<Content> {
  const folder = posix.dirname(main)
  const relationsPart = `${folder}/_rels/${posix.basename(main)}.rels`
  if (!zip.has(relationsPart)) throw damagedZip(zip.path)
  const relations = await readRelations(zip, relationsPart, folder)
  const of = (type: string) => {
    const found = [...relations.values()].find((relation) => relation.type === type)
    return found && zip.has(found.part) ? found.part : null
  }
  const content: Content = {
    sheets: [],
    hidden: [],
    strings: of('sharedStrings'),
    styles: of('styles'),
    is1904: false,
  }
  let isWorkbook = false
  await parseWholeXml(zip.path, zip.read(main, MAX_SMALL_PART), {
    open: (name, attributes) => {
      isWorkbook ||= name === 'workbook'
      if (!isWorkbook) throw wrongKind(zip.path, WORKBOOK)
      if (name === 'workbookPr') content.is1904 = /^(1|true|on)$/.test(attributes.date1904 ?? '')
      if (name !== 'sheet') return
      const relation = relations.get(idOf(attributes) ?? '')
      if (relation?.type !== 'worksheet') return
      if (/hidden/i.test(attributes.state ?? '')) {
        if (content.hidden.length < MAX_SHEETS) content.hidden.push(attributes.name ?? '')
        return
      }
      if (!zip.has(relation.part) || content.sheets.length >= MAX_SHEETS) throw damagedZip(zip.path)
      content.sheets.push({ name: attributes.name ?? '', part: relation.part })
    },
  })
  return content
}

/** `r:id`, whatever the file calls the prefix; beside it stands `sheetId`, which is something else. */
const idOf = (attributes: Record<string, string>): string | undefined =>
  Object.entries(attributes).find(([name]) => /^[^:]+:id$/.test(name))?.[1]

/** Which style each kind of cell has, by the number cells carry. */
async function readStyles(zip: ZipParts, part: string): Promise<NumberStyle[]> {
  const patterns = new Map<number, NumberStyle>()
  const styles: NumberStyle[] = []
  let isCellStyles = false
  await parseWholeXml(zip.path, zip.read(part, MAX_SMALL_PART), {
    open: (name, attributes) => {
      const id = Number(attributes.numFmtId ?? 0)
      if (name === 'numFmt') patterns.set(id, styleOfPattern(attributes.formatCode ?? ''))
      else if (name === 'cellXfs') isCellStyles = true
      else if (name === 'xf' && isCellStyles) styles.push(patterns.get(id) ?? builtInStyle(id))
    },
    close: (name) => {
      if (name === 'cellXfs') isCellStyles = false
    },
  })
  return styles
}
