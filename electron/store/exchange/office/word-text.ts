/** The text of a part of a Word document, as it reads with all tracked changes accepted. Source: ECMA-376 part 1, 17. */
import type { LeftOutKind, Tally } from '../tally.ts'
import { WordField } from './word-field.ts'
import type { XmlHandlers } from './xml-parts.ts'

/**
 * What is not the author's last text: deleted and moved-away text, the older of two forms of the same drawing, how
 * East Asian words sound. Only deleted text is nowhere else, and is told of.
 */
const LEFT_OUT: ReadonlyMap<string, LeftOutKind | null> = new Map([
  ['del', 'deleted'],
  ['moveFrom', null],
  ['Fallback', null],
  ['rt', null],
])
/** What holds no text of the document itself, or none that can be read. */
const COUNTED: ReadonlyMap<string, LeftOutKind> = new Map([
  ['commentReference', 'comments'],
  ['blip', 'pictures'],
  ['imagedata', 'pictures'],
  ['chart', 'charts'],
  ['relIds', 'charts'],
  ['OLEObject', 'objects'],
  ['control', 'controls'],
  ['subDoc', 'links'],
])

/** On the mark of a paragraph or a row: with the change accepted it is no longer here. */
const TAKEN_AWAY = new Set(['del', 'moveFrom'])

/** Characters that Word stores as a tag. */
const CHARACTERS: Readonly<Record<string, string>> = {
  tab: '\t',
  ptab: '\t',
  br: '\n',
  cr: '\n',
  noBreakHyphen: '\u2011',
  softHyphen: '\u00ad',
}
/** The signs of symbol fonts that forms are ticked with; others keep the number they have in their font. */
const SYMBOLS: Readonly<Record<string, string>> = {
  F0FC: '✓',
  F0FB: '✗',
  F0FE: '☑',
  F0FD: '☒',
  F0A8: '◻',
  F06F: '□',
  F0A7: '▪',
  F0B7: '•',
  F0E0: '→',
}

type Paragraph = { text: string; boxes: string; isJoined: boolean }

export type WordTextOptions = {
  tally: Tally
  noteMark: (kind: 'footnote' | 'endnote', id: string) => string
  chunkText: (id: string) => string | null
  onLength: (added: number) => void
}

/**
 * Collects text from the tags of a part: a line for each paragraph, a line for each row of a table with tabs between
 * its cells, text boxes after the paragraph they hang on, answers of form fields at their place. `noteMark` gives what
 * stands in the text for a footnote, `chunkText` the text of an embedded part (null where it cannot be read);
 * `onLength` hears of every text added, and may throw; `tally` hears of what is not taken.
 */
export class WordText {
  readonly handlers: XmlHandlers
  readonly #options: WordTextOptions
  #field: WordField | null = null
  /** The tags that are open, the innermost last. */
  readonly #tags: string[] = []
  /** Open paragraphs, the innermost last: a text box is a paragraph inside a paragraph. */
  readonly #paragraphs: Paragraph[] = []
  /** Cells so far in each open row, the innermost last. */
  readonly #rows: number[] = []
  /** Number of open tags at which what is left out ends. */
  #leftOutTo: number | null = null
  /** What is left out at present, where it is told of. */
  #leftOutAs: LeftOutKind | null = null
  #properties = 0
  #isPlaceholder = false
  #text = ''
  #isEmpty = true
  /** What stands between the text so far and the next paragraph. */
  #joint = ''

  constructor(options: WordTextOptions) {
    this.#options = options
    this.handlers = {
      open: (name, attributes) => {
        this.#tags.push(name)
        if (this.#leftOutTo === null) this.#open(name, attributes)
      },
      close: (name) => {
        this.#tags.pop()
        if (this.#leftOutTo === null) this.#close(name)
        else if (this.#tags.length === this.#leftOutTo) this.#leftOutTo = null
      },
      text: (text) => {
        const tag = this.#tags.at(-1)
        if (this.#leftOutTo === null) {
          if (tag === 't') this.#add(text)
        } else if (this.#leftOutAs !== null && (tag === 't' || tag === 'delText')) {
          options.tally.add(this.#leftOutAs, text.length)
        }
      },
    }
  }

  /** The text, once all tags are through. */
  get text(): string {
    return this.#text
  }

  #open(name: string, attributes: Record<string, string>): void {
    if (this.#properties > 0 || isProperties(name)) this.#openProperty(name, attributes)
    else if (LEFT_OUT.has(name)) this.#leaveOut(this.#tags.length - 1, LEFT_OUT.get(name) ?? null)
    else if (name === 'sdtContent' && this.#isPlaceholder) {
      this.#leaveOut(this.#tags.length - 1, null)
      this.#isPlaceholder = false
    } else if (name === 'ffData') this.#field = new WordField()
    else if (this.#field !== null) this.#field.open(name, attributeOf(attributes, 'val'))
    else if (name === 'altChunk') this.#addChunk(attributeOf(attributes, 'id'))
    else if (COUNTED.has(name)) this.#count(COUNTED.get(name) as LeftOutKind)
    else if (name === 'p') this.#paragraphs.push({ text: '', boxes: '', isJoined: false })
    else if (name === 'tr') this.#startRow()
    else if (name === 'tc') this.#startCell()
    else if (name === 'sym') this.#add(symbolOf(attributes))
    else if (name === 'footnoteReference')
      this.#add(this.#options.noteMark('footnote', attributeOf(attributes, 'id')))
    else if (name === 'endnoteReference')
      this.#add(this.#options.noteMark('endnote', attributeOf(attributes, 'id')))
    else if (Object.hasOwn(CHARACTERS, name)) this.#add(CHARACTERS[name] as string)
  }

  /** Settings stand before what they are about. Some say that it is no text; a tab among them is a tab stop. */
  #openProperty(name: string, attributes: Record<string, string>): void {
    const [owner, parent] = [this.#tags.at(-3), this.#tags.at(-2)]
    if (isProperties(name)) this.#properties++
    else if (parent === 'rPr' && owner === 'pPr' && TAKEN_AWAY.has(name)) this.#joinToNext()
    else if (parent === 'trPr' && TAKEN_AWAY.has(name)) this.#leaveOutFrom('tr', name === 'del')
    else if (parent === 'tcPr' && name === 'cellDel') this.#leaveOutFrom('tc', true)
    else if (parent === 'rPr' && name === 'vanish' && owner === 'r' && isOn(attributes)) {
      this.#leaveOutFrom('r', false)
      this.#leftOutAs = 'hidden'
    } else if (parent === 'sdtPr' && name === 'showingPlcHdr' && isOn(attributes)) this.#isPlaceholder = true
  }

  #close(name: string): void {
    if (isProperties(name)) this.#properties--
    else if (this.#properties > 0) return
    else if (name === 'ffData') {
      this.#add(this.#field?.answer ?? '')
      this.#field = null
    } else if (name === 'p') this.#endParagraph()
    else if (name === 'tr' && this.#paragraphs.length === 0) {
      this.#rows.pop()
      this.#joint = this.#isEmpty ? '' : '\n'
    }
  }

  #leaveOut(tags: number, as: LeftOutKind | null): void {
    this.#leftOutTo = tags
    this.#leftOutAs = as
  }

  #leaveOutFrom(name: string, isDeleted: boolean): void {
    const tags = this.#tags.lastIndexOf(name)
    // The settings' own end tags are left out too.
    this.#properties = 0
    if (name === 'tr' && this.#paragraphs.length === 0) this.#rows.pop()
    if (name === 'tc' && this.#paragraphs.length === 0) this.#takeBackCell()
    this.#leaveOut(tags, isDeleted ? 'deleted' : null)
  }

  #joinToNext(): void {
    const paragraph = this.#paragraphs.at(-1)
    if (paragraph) paragraph.isJoined = true
  }

  #add(text: string): void {
    const paragraph = this.#paragraphs.at(-1)
    if (!paragraph) return
    this.#options.onLength(text.length)
    paragraph.text += text
  }

  #count(kind: LeftOutKind): void {
    // What an object looked like when it was closed is no picture of its own.
    if (kind === 'pictures' && this.#tags.includes('object')) return
    this.#options.tally.add(kind)
  }

  /** An embedded part stands between paragraphs, like one of them. */
  #addChunk(id: string): void {
    const text = this.#options.chunkText(id)
    if (text === null) this.#options.tally.add('chunks')
    if (text === null || text === '') return
    this.#options.onLength(text.length + 1)
    const parent = this.#paragraphs.at(-1)
    if (parent) parent.boxes += `\n${text}`
    else this.#addLine(text)
  }

  #addLine(text: string): void {
    this.#text += `${this.#joint}${text}`
    this.#isEmpty = false
    this.#joint = '\n'
  }

  #startRow(): void {
    // A table in a text box keeps to the box: a line for each paragraph.
    if (this.#paragraphs.length === 0) this.#rows.push(0)
  }

  #startCell(): void {
    const row = this.#rows.length - 1
    if (this.#paragraphs.length > 0 || row < 0) return
    const cells = this.#rows[row] as number
    this.#joint = cells > 0 ? '\t' : this.#isEmpty ? '' : '\n'
    this.#rows[row] = cells + 1
  }

  #takeBackCell(): void {
    const row = this.#rows.length - 1
    if (row >= 0) this.#rows[row] = (this.#rows[row] as number) - 1
  }

  #endParagraph(): void {
    const paragraph = this.#paragraphs.pop()
    if (!paragraph) return
    // All of it has been deleted or moved elsewhere: not even its line is left.
    if (paragraph.isJoined && paragraph.text === '' && paragraph.boxes === '') return
    this.#options.onLength(1)
    const parent = this.#paragraphs.at(-1)
    if (parent) {
      parent.boxes += `\n${paragraph.text}${paragraph.boxes}`
      return
    }
    this.#addLine(`${paragraph.text}${paragraph.boxes}`)
    if (paragraph.isJoined) this.#joint = ''
  }
}

/** Settings are kept in tags whose names end so: `pPr`, `rPr`, `sectPr`. */
const isProperties = (name: string): boolean => name.endsWith('Pr')

const isOn = (attributes: Record<string, string>): boolean =>
  !/^(0|false|off)$/.test(attributeOf(attributes, 'val'))

/** An attribute by its name without the prefix. */
export function attributeOf(attributes: Record<string, string>, name: string): string {
  for (const [key, value] of Object.entries(attributes)) {
    if (key === name || key.endsWith(`:${name}`)) return value
  }
  return ''
}

function symbolOf(attributes: Record<string, string>): string {
  const code = attributeOf(attributes, 'char').toUpperCase()
  if (!/^[0-9A-F]{1,4}$/.test(code)) return ''
  return SYMBOLS[code.padStart(4, '0')] ?? String.fromCharCode(Number.parseInt(code, 16))
}
