/** The text of a Word document. */
import { basename, posix } from 'node:path'
import type { CancelSignal } from '../../../../shared/cancel.ts'
import { Problem } from '../../../../shared/problem.ts'
import { mainPart, type Relation, readRelations } from '../office/parts.ts'
import { type ChunkRoom, chunkRoom, readChunks } from '../office/word-chunks.ts'
import { attributeOf, WordText } from '../office/word-text.ts'
import { parseWholeXml } from '../office/xml-parts.ts'
import { wrongKind, ZipParts } from '../office/zip-parts.ts'
import { Tally } from '../tally.ts'
import { MAX_TEXT_LENGTH, textTooLong } from './limits.ts'

export const WORD_DOCUMENT = 'a Word document (.docx)'

/** Word spends hundreds of bytes of XML on a line; this holds the longest note many times over. */
const MAX_PART_BYTES = 1_000_000_000

/** Word spends some tags on a word; empty ones would keep a reader busy for minutes without a text getting longer. */
const MAX_TAGS = 10_000_000

type NoteKind = 'footnote' | 'endnote'
/** A footnote or endnote that the text refers to; its place in the list is its number. */
type Reference = { kind: NoteKind; id: string }

/** A document may hold documents, which hold documents; further down nobody wrote them. */
const MAX_NESTING = 3

type Reading = {
  tally: Tally
  onLength: (added: number) => void
  signal: CancelSignal | undefined
  depth: number
  /** What the embedded parts of all depths may come to. */
  room: ChunkRoom
}

/**
 * The text of a .docx: a line for each paragraph and for each row of a table (tabs between its cells); as it reads
 * with all tracked changes accepted; answers of form fields and embedded parts at their place; footnotes and endnotes
 * as `[1]` at their place and in full at the end. Comments, page headers and footers, hidden and deleted text, pictures
 * and objects are not taken: `tally` hears of them. Nothing outside the file is ever opened.
 * Throws Problem `file-unreadable`, `too-large`, `cancelled`.
 */
export async function readDocx(path: string, signal?: CancelSignal, tally = new Tally()): Promise<string> {
  let length = 0
  const onLength = (added: number) => {
    length += added
    if (length > MAX_TEXT_LENGTH) throw textTooLong()
  }
  return textOf(await ZipParts.open(path, WORD_DOCUMENT), {
    tally,
    onLength,
    signal,
    depth: 0,
    room: chunkRoom(),
  })
}

async function textOf(zip: ZipParts, reading: Reading): Promise<string> {
  const { tally, onLength, signal } = reading
  try {
    const main = await mainPart(zip, WORD_DOCUMENT)
    const relations = await relationsOf(zip, main)
    const chunks = await readChunks(zip, relations, reading.room, (bytes) =>
      textOfNested(zip.path, bytes, reading),
    )
    const references = new References()
    const body = new WordText({
      tally,
      onLength,
      noteMark: (kind, id) => references.markOf(kind, id),
      chunkText: (id) => chunks.get(id) ?? null,
    })
    const { handlers } = body
    let isDocument = false
    let tags = 0
    const open: typeof handlers.open = (name, ...rest) => {
      if (++tags > MAX_TAGS) throw tooManyPieces(zip.path)
      isDocument ||= name === 'document'
      if (!isDocument) throw wrongKind(zip.path, WORD_DOCUMENT)
      handlers.open?.(name, ...rest)
    }
    await parseWholeXml(zip.path, zip.read(main, MAX_PART_BYTES), { ...handlers, open }, signal)
    const notes = await readNotes(zip, relations, references.list, reading)
    await countMargins(zip, relations, reading)
    return [body.text, ...notes].join('\n')
  } finally {
    zip.close()
  }
}

/** A document inside the document; null where it is damaged, or deeper than documents are put into each other. */
async function textOfNested(path: string, bytes: Buffer, reading: Reading): Promise<string | null> {
  if (reading.depth >= MAX_NESTING) return null
  try {
    const zip = await ZipParts.ofBytes(path, bytes)
    // Its text is counted once it has its place; what it keeps to itself is counted as the outer one's.
    return await textOf(zip, { ...reading, depth: reading.depth + 1 })
  } catch (error) {
    if (error instanceof Problem && error.code === 'file-unreadable') return null
    throw error
  }
}

async function relationsOf(zip: ZipParts, main: string): Promise<Map<string, Relation>> {
  const folder = posix.dirname(main)
  const part = `${folder}/_rels/${posix.basename(main)}.rels`
  return zip.has(part) ? readRelations(zip, part, folder) : new Map()
}

const MARGINS = { header: 'headers', footer: 'footers' } as const
const MAX_MARGIN_BYTES = 5_000_000
const MAX_MARGINS = 100

/** Page headers and footers that say something besides a page number, each once however many kinds of page it is on. */
async function countMargins(
  zip: ZipParts,
  relations: ReadonlyMap<string, Relation>,
  { tally, signal }: Reading,
): Promise<void> {
  for (const [type, kind] of Object.entries(MARGINS)) {
    const parts = [...relations.values()].filter(
      (relation) => relation.type === type && zip.has(relation.part),
    )
    const texts = new Set<string>()
    for (const { part } of parts.slice(0, MAX_MARGINS)) {
      if (zip.sizeOf(part) > MAX_MARGIN_BYTES) texts.add(part)
      else texts.add(await marginText(zip, part, signal))
    }
    tally.add(kind, [...texts].filter(saysSomething).length)
  }
}

/** A part that cannot be read says something, for all anybody knows: its name stands for it. */
async function marginText(zip: ZipParts, part: string, signal: CancelSignal | undefined): Promise<string> {
  const text = new WordText({
    tally: new Tally(),
    onLength: () => {},
    noteMark: () => '',
    chunkText: () => null,
  })
  try {
    await parseWholeXml(zip.path, zip.read(part, MAX_MARGIN_BYTES), text.handlers, signal)
    return text.text
  } catch (error) {
    if (error instanceof Problem && error.code === 'file-unreadable') return part
    throw error
  }
}

const tooManyPieces = (path: string) =>
  new Problem(
    'too-large',
    `${basename(path)} is put together from more than 10 million pieces, which no letter is. Nothing was changed; if it is really yours, save it as plain text.`,
  )

const saysSomething = (text: string): boolean =>
  /\p{L}{2}/u.test(text.replace(/\b(?:page|of|seite|von|página|de|sur)\b/giu, ' '))

/** The notes that the text refers to, each once, in the order of their marks. */
class References {
  readonly list: Reference[] = []
  /** A search through the list for each mark would take hours where there are many. */
  readonly #numbers = new Map<string, number>()

  markOf(kind: NoteKind, id: string): string {
    const key = `${kind} ${id}`
    const number = this.#numbers.get(key) ?? this.list.push({ kind, id })
    this.#numbers.set(key, number)
    return `[${number}]`
  }
}

/** The footnotes and endnotes in the order of their marks. */
async function readNotes(
  zip: ZipParts,
  relations: ReadonlyMap<string, Relation>,
  references: readonly Reference[],
  reading: Reading,
): Promise<string[]> {
  const texts: Record<NoteKind, Map<string, string>> = { footnote: new Map(), endnote: new Map() }
  for (const kind of ['footnote', 'endnote'] as const) {
    const relation = [...relations.values()].find(({ type }) => type === `${kind}s`)
    if (!relation || !zip.has(relation.part)) continue
    if (!references.some((reference) => reference.kind === kind)) continue
    texts[kind] = await readNotePart(zip, relation.part, kind, reading)
  }
  return references.map(({ kind, id }, index) => `[${index + 1}] ${(texts[kind].get(id) ?? '').trim()}`)
}

async function readNotePart(
  zip: ZipParts,
  part: string,
  kind: NoteKind,
  { tally, onLength, signal }: Reading,
): Promise<Map<string, string>> {
  const texts = new Map<string, string>()
  let note: { id: string; text: WordText } | null = null
  await parseWholeXml(
    zip.path,
    zip.read(part, MAX_PART_BYTES),
    {
      open: (name, attributes, prefix) => {
        if (name === kind)
          note = {
            id: attributeOf(attributes, 'id'),
            text: new WordText({ tally, onLength, noteMark: () => '', chunkText: () => null }),
          }
        else note?.text.handlers.open?.(name, attributes, prefix)
      },
      close: (name, prefix) => {
        if (name !== kind) note?.text.handlers.close?.(name, prefix)
        else if (note !== null) {
          texts.set(note.id, note.text.text)
          note = null
        }
      },
      text: (text) => note?.text.handlers.text?.(text),
    },
    signal,
  )
  return texts
}
