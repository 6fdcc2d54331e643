/** The text of a Word document. */
import { posix } from 'node:path'
import type { CancelSignal } from '../../../shared/cancel.ts'
import { MAX_TEXT_LENGTH, textTooLong } from './note-limits.ts'
import { mainPart, readRelations } from './office-parts.ts'
import { attributeOf, WordText } from './word-text.ts'
import { parseWholeXml } from './xml-parts.ts'
import { wrongKind, ZipParts } from './zip-parts.ts'

export const WORD_DOCUMENT = 'a Word document (.docx)'

/** Word spends hundreds of bytes of XML on a line; this holds the longest note many times over. */
const MAX_PART_BYTES = 1_000_000_000

type NoteKind = 'footnote' | 'endnote'
/** A footnote or endnote that the text refers to; its place in the list is its number. */
type Reference = { kind: NoteKind; id: string }

/**
 * The text of a .docx: a line for each paragraph and for each row of a table (tabs between its cells); as it reads
 * with all tracked changes accepted; without comments, page headers and hidden text; footnotes and endnotes as `[1]`
 * at their place and in full at the end. Nothing outside the file is ever opened.
 * Throws Problem `file-unreadable`, `too-large`, `cancelled`.
 */
export async function readDocx(path: string, signal?: CancelSignal): Promise<string> {
  const zip = await ZipParts.open(path, WORD_DOCUMENT)
  try {
    const main = await mainPart(zip, WORD_DOCUMENT)
    const references: Reference[] = []
    let length = 0
    const onLength = (added: number) => {
      length += added
      if (length > MAX_TEXT_LENGTH) throw textTooLong()
    }
    const body = new WordText((kind, id) => markOf(references, kind, id), onLength)
    const { handlers } = body
    let isDocument = false
    const open: typeof handlers.open = (name, ...rest) => {
      isDocument ||= name === 'document'
      if (!isDocument) throw wrongKind(path, WORD_DOCUMENT)
      handlers.open?.(name, ...rest)
    }
    await parseWholeXml(path, zip.read(main, MAX_PART_BYTES), { ...handlers, open }, signal)
    const notes = await readNotes(zip, main, references, onLength, signal)
    return [body.text, ...notes].join('\n')
  } finally {
    zip.close()
  }
}

function markOf(references: Reference[], kind: NoteKind, id: string): string {
  const known = references.findIndex((reference) => reference.kind === kind && reference.id === id)
  return `[${known === -1 ? references.push({ kind, id }) : known + 1}]`
}

/** The footnotes and endnotes in the order of their marks. */
async function readNotes(
  zip: ZipParts,
  main: string,
  references: readonly Reference[],
  onLength: (added: number) => void,
  signal: CancelSignal | undefined,
): Promise<string[]> {
  if (references.length === 0) return []
  const folder = posix.dirname(main)
  const relationsPart = `${folder}/_rels/${posix.basename(main)}.rels`
  const relations = zip.has(relationsPart) ? await readRelations(zip, relationsPart, folder) : new Map()
  const texts: Record<NoteKind, Map<string, string>> = { footnote: new Map(), endnote: new Map() }
  for (const kind of ['footnote', 'endnote'] as const) {
    const relation = [...relations.values()].find(({ type }) => type === `${kind}s`)
    if (!relation || !zip.has(relation.part)) continue
    if (!references.some((reference) => reference.kind === kind)) continue
    texts[kind] = await readNotePart(zip, relation.part, kind, onLength, signal)
  }
  return references.map(({ kind, id }, index) => `[${index + 1}] ${(texts[kind].get(id) ?? '').trim()}`)
}

async function readNotePart(
  zip: ZipParts,
  part: string,
  kind: NoteKind,
  onLength: (added: number) => void,
  signal: CancelSignal | undefined,
): Promise<Map<string, string>> {
  const texts = new Map<string, string>()
  let note: { id: string; text: WordText } | null = null
  await parseWholeXml(
    zip.path,
    zip.read(part, MAX_PART_BYTES),
    {
      open: (name, attributes, prefix) => {
        if (name === kind)
          note = { id: attributeOf(attributes, 'id'), text: new WordText(() => '', onLength) }
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
