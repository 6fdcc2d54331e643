/**
 * Codebooks as REFI-QDA .qdc (namespace `urn:QDA-XML:codebook:1.0`), the form NVivo, ATLAS.ti, MAXQDA and QualCoder
 * exchange. Written strictly; read generously in everything but what could do harm.
 */
import { SaxesParser, type SaxesTagNS } from 'saxes'
import { validate as isUuid } from 'uuid'
import { Problem } from '../../../../shared/problem.ts'
import { decodeText } from '../decode.ts'
import { leftOutWarnings, xmlText } from '../office/xml-text.ts'
import {
  type CodebookEntry,
  DEFINITION_FIELDS,
  emptyEntry,
  firstWarnings,
  fitEntry,
  MAX_CODE_DEPTH,
  MAX_CODEBOOK_BYTES,
  MAX_CODES,
  normalColour,
  normalId,
  PlaceIds,
  stableUuid,
  treeOf,
} from './entry.ts'

const NAMESPACE = 'urn:QDA-XML:codebook:1.0'

/**
 * The codebook as a .qdc file. UUIDs are written in upper case, every other id becomes a UUID made from it, so two
 * exports of one project are the same bytes. `origin` is the program's name and version.
 * Throws Problem `empty-codebook` (the format cannot hold none) and `export-failed` for a tree that has a circle.
 */
export function writeQdc(
  entries: readonly CodebookEntry[],
  origin: string,
): { xml: string; warnings: string[] } {
  if (entries.length === 0) {
    throw new Problem(
      'empty-codebook',
      'The codebook has no codes, and a .qdc file cannot be empty. No file was written; add a code first.',
    )
  }
  const pen = new XmlPen()
  const warnings: string[] = []
  const guids = guidsOf(entries, warnings)
  const { top, children } = treeOf(entries)
  pen.raw(`<?xml version="1.0" encoding="UTF-8"?>\n<CodeBook xmlns="${NAMESPACE}"`)
  pen.attribute('origin', origin)
  pen.raw('>\n<Codes>\n')
  // An explicit stack: a chain of thousands of codes must not exhaust the call stack.
  const stack: Array<{ index: number; isOpen: boolean }> = top
    .map((index) => ({ index, isOpen: false }))
    .reverse()
  let written = 0
  for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
    if (item.isOpen) {
      pen.raw('</Code>\n')
      continue
    }
    const below = children[item.index] ?? []
    const isClosed = pen.code(
      entries[item.index] as CodebookEntry,
      guids[item.index] as string,
      below.length > 0,
    )
    written++
    if (isClosed) continue
    stack.push({ index: item.index, isOpen: true })
    for (let i = below.length - 1; i >= 0; i--) stack.push({ index: below[i] as number, isOpen: false })
  }
  if (written !== entries.length) {
    throw new Problem(
      'export-failed',
      'Some codes are their own ancestors. No file was written; please report this.',
    )
  }
  pen.raw('</Codes>\n</CodeBook>\n')
  warnings.push(...leftOutWarnings(pen.removed))
  return { xml: pen.text(), warnings }
}

/**
 * Reads a .qdc file. Any codebook namespace and any encoding is accepted; what is not used (sets, unknown elements,
 * colours that are none) is listed in the warnings. Throws Problem `import-failed` for anything that is not a
 * well-formed codebook, has a DOCTYPE, or nests deeper than 2,000 levels, and `too-large` beyond 64 MB or 100,000
 * codes.
 */
export function readQdc(bytes: Uint8Array): { entries: CodebookEntry[]; warnings: string[] } {
  if (bytes.byteLength > MAX_CODEBOOK_BYTES) throw tooLarge(`${MAX_CODEBOOK_BYTES / 1_000_000} MB`)
  const { text, encoding } = decodeText(bytes)
  const reader = new QdcReader()
  if (encoding === 'windows-1252') reader.warnings.push('The file is not UTF-8; it was read as Windows-1252.')
  return reader.read(text)
}

/** The parts of a code's definition as one text with a labelled section for each that is not empty. */
export function describeEntry(entry: CodebookEntry): string {
  const sections = DEFINITION_FIELDS.flatMap(([field, label]) =>
    entry[field] === '' ? [] : [`${label}: ${hideLabels(entry[field])}`],
  )
  if (entry.isRetired) sections.push('Retired: yes')
  return sections.join('\n\n')
}

type Described = Pick<CodebookEntry, (typeof DEFINITION_FIELDS)[number][0] | 'isRetired'>

/** The reverse of `describeEntry`; a text that is not of its making is the definition as a whole. */
export function parseDescription(text: string): Partial<Described> {
  const found: Array<{ label: string; lines: string[] }> = []
  let lastLabel = -1
  let previous: string | null = null
  // White space around it is how the other program laid out its XML.
  const foreign = { definition: text.trim() }
  for (const line of text.trimStart().split('\n')) {
    const label = LABELS.find((name) => line === `${name}:` || line.startsWith(`${name}: `))
    if (label === undefined) {
      if (found.length === 0) return foreign
      found.at(-1)?.lines.push(SHIFTED_LABEL.test(line) ? line.slice(1) : line)
    } else {
      const place = LABELS.indexOf(label)
      // Sections out of order or run together are somebody else's text.
      if (place <= lastLabel || (previous !== null && previous !== '')) return foreign
      found.at(-1)?.lines.pop()
      lastLabel = place
      found.push({ label, lines: [line.slice(label.length + 2)] })
    }
    previous = line
  }
  const parts: Partial<Described> = {}
  for (const { label, lines } of found) {
    const field = DEFINITION_FIELDS.find(([, name]) => name === label)?.[0]
    const value = lines.join('\n')
    if (field !== undefined) parts[field] = value
    else if (value.trim() === 'yes') parts.isRetired = true
    else return foreign
  }
  return parts
}

const LABELS: string[] = [...DEFINITION_FIELDS.map(([, label]) => label), 'Retired']
const SHIFTED_LABEL = new RegExp(`^ +(?:${LABELS.join('|')}):`)
const LABEL_LINE = new RegExp(`^ *(?:${LABELS.join('|')}):`)

/** Lines inside a section that look like a label are moved one space in, which reading takes back. */
const hideLabels = (value: string): string =>
  value
    .split('\n')
    .map((line, index) => (index > 0 && LABEL_LINE.test(line) ? ` ${line}` : line))
    .join('\n')

function guidsOf(entries: readonly CodebookEntry[], warnings: string[]): string[] {
  const used = new Set<string>()
  return entries.map(({ id, name }, index) => {
    let guid = (id !== null && isUuid(id) ? id : stableUuid('code', id ?? `${index} ${name}`)).toUpperCase()
    if (used.has(guid)) {
      guid = stableUuid('code', guid, String(index)).toUpperCase()
      warnings.push(`Two codes had the same id; "${name}" was given another.`)
    }
    used.add(guid)
    return guid
  })
}

/** Puts XML together piece by piece, and counts the characters it had to leave out. */
class XmlPen {
  removed = 0
  readonly #parts: string[] = []

  raw(text: string): void {
    this.#parts.push(text)
  }

  text(): string {
    return this.#parts.join('')
  }

  attribute(name: string, value: string): void {
    const escaped = this.#escape(value)
      .replaceAll('"', '&quot;')
      .replaceAll('\n', '&#10;')
      .replaceAll('\t', '&#9;')
    this.raw(` ${name}="${escaped}"`)
  }

  /** Writes a code up to its children; true where there is nothing to close any more. */
  code(entry: CodebookEntry, guid: string, hasChildren: boolean): boolean {
    this.raw('<Code')
    this.attribute('guid', guid)
    this.attribute('name', entry.name)
    this.attribute('isCodable', entry.isFolder ? 'false' : 'true')
    const colour = entry.colour === null ? null : normalColour(entry.colour)
    if (colour !== null) this.attribute('color', colour.toUpperCase())
    const description = describeEntry(entry)
    if (description === '' && !hasChildren) {
      this.raw('/>\n')
      return true
    }
    this.raw('>\n')
    if (description !== '') this.raw(`<Description>${this.#escape(description)}</Description>\n`)
    return false
  }

  #escape(text: string): string {
    const clean = xmlText(text, () => {
      this.removed++
    })
    return clean
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('\r', '&#13;')
  }
}

type OpenCode = { entry: CodebookEntry; id: string; description: string }

class QdcReader {
  readonly warnings: string[] = []
  readonly #entries: CodebookEntry[] = []
  readonly #ids = new Set<string>()
  readonly #placeIds = new PlaceIds(this.#ids)
  readonly #open: OpenCode[] = []
  readonly #names: string[] = []
  readonly #unused = new Map<string, number>()
  #undeclared = 0
  #hasRoot = false

  read(text: string): { entries: CodebookEntry[]; warnings: string[] } {
    const parser = new SaxesParser({ xmlns: true, position: true })
    // Everything thrown in a handler leaves `write` at once: nothing of a refused file is looked at any further.
    parser.on('error', (error) => {
      throw notXml(error.message)
    })
    parser.on('doctype', () => {
      throw new Problem(
        'import-failed',
        'The file has a DOCTYPE, which a codebook never has and which can do harm. Nothing was imported; export the codebook again from the program it came from.',
      )
    })
    parser.on('opentag', (tag) => this.#start(tag))
    parser.on('closetag', () => this.#end())
    parser.on('text', (piece) => this.#text(piece))
    parser.on('cdata', (piece) => this.#text(piece))
    parser.write(text).close()
    return {
      entries: this.#entries.map((entry) => fitEntry(entry, this.warnings)),
      warnings: firstWarnings(this.#allWarnings()),
    }
  }

  #start(tag: SaxesTagNS): void {
    const { local } = tag
    if (!this.#hasRoot) {
      if (local.toLowerCase() !== 'codebook') throw notCodebook(local)
      this.#hasRoot = true
      if (tag.uri !== '' && tag.uri !== NAMESPACE)
        this.warnings.push(`The codebook is of another version (${tag.uri.slice(0, 100)}).`)
    } else if (local === 'Code' && this.#isAmongCodes()) {
      this.#startCode(tag)
    } else if (!this.#isKnown(local)) {
      this.#unused.set(local, (this.#unused.get(local) ?? 0) + 1)
    }
    this.#names.push(local)
    if (this.#names.length > MAX_CODE_DEPTH + 3) {
      throw new Problem(
        'import-failed',
        `The codes are nested deeper than ${MAX_CODE_DEPTH} levels. Nothing was imported; the file is probably damaged.`,
      )
    }
  }

  #isAmongCodes(): boolean {
    const parent = this.#names.at(-1)
    return parent === 'Codes' || (parent === 'Code' && this.#open.length > 0)
  }

  #isKnown(local: string): boolean {
    const parent = this.#names.at(-1)
    if (local === 'Codes') return this.#names.length === 1
    if (local === 'Description') return parent === 'Code' || this.#names.includes('Set')
    return local === 'Sets' || local === 'MemberCode'
  }

  #startCode(tag: SaxesTagNS): void {
    if (this.#entries.length >= MAX_CODES) throw tooLarge(`${MAX_CODES.toLocaleString('en-GB')} codes`)
    const value = (name: string) => tag.attributes[name]?.value
    const name = value('name') ?? ''
    const parent = this.#open.at(-1)
    const { id, isDerived } = this.#idFor(value('guid'), parent?.id ?? null, name)
    const colour = value('color') === undefined ? null : normalColour(value('color') ?? '')
    if (colour === null && value('color') !== undefined) {
      this.warnings.push(
        `"${name.slice(0, 60)}" has an invalid colour (${value('color')?.slice(0, 40)}); it was left out.`,
      )
    }
    const isCodable = value('isCodable')?.trim()
    if (isCodable === undefined) this.#undeclared++
    const entry: CodebookEntry = {
      ...emptyEntry(name),
      id,
      parentId: parent?.id ?? null,
      colour,
      isFolder: isCodable === 'false' || isCodable === '0',
      ...(isDerived ? { isIdDerived: true } : {}),
    }
    this.#entries.push(entry)
    this.#open.push({ entry, id, description: '' })
  }

  #idFor(
    guid: string | undefined,
    parentId: string | null,
    name: string,
  ): { id: string; isDerived: boolean } {
    const given = guid === undefined ? '' : normalId(guid)
    if (given !== '' && !this.#ids.has(given)) {
      this.#ids.add(given)
      return { id: given, isDerived: false }
    }
    if (given !== '')
      this.warnings.push(`Two codes have the same id; "${name.slice(0, 60)}" was given another.`)
    return { id: this.#placeIds.make(parentId, name), isDerived: true }
  }

  #text(piece: string): void {
    if (this.#names.at(-1) !== 'Description' || this.#names.at(-2) !== 'Code') return
    const open = this.#open.at(-1)
    if (open) open.description += piece
  }

  #end(): void {
    if (this.#names.pop() !== 'Code') return
    const open = this.#open.pop()
    if (open) Object.assign(open.entry, parseDescription(open.description))
  }

  #allWarnings(): string[] {
    for (const [name, count] of [...this.#unused].slice(0, 20)) {
      this.warnings.push(
        name === 'Set'
          ? `${count} set${count === 1 ? ' of codes was' : 's of codes were'} not imported.`
          : `${count} "${name.slice(0, 60)}" element${count === 1 ? ' was' : 's were'} not used.`,
      )
    }
    if (this.#undeclared > 0) {
      this.warnings.push(
        `${this.#undeclared} of the codes do not say whether they can be applied; they were taken as codes, not folders.`,
      )
    }
    return this.warnings
  }
}

const notXml = (message: string) =>
  new Problem(
    'import-failed',
    `The file is not well-formed XML (${message.slice(0, 200)}). Nothing was imported; export the codebook again from the program it came from.`,
  )

const notCodebook = (root: string) =>
  new Problem(
    'import-failed',
    `The file is XML but not a codebook (its root is "${root.slice(0, 60)}"). Nothing was imported; choose a .qdc file.`,
  )

const tooLarge = (limit: string) =>
  new Problem(
    'too-large',
    `The codebook is larger than ${limit}, which no codebook is. Nothing was imported.`,
  )
