/**
 * Parts of another format inside a Word document (altChunk), which Word takes into the text when it opens the file.
 * Source: ECMA-376 part 1, 17.17.2.
 */
import { decodeText } from '../decode.ts'
import { textOfHtml } from './html-text.ts'
import type { Relation } from './parts.ts'
import type { ZipParts } from './zip-parts.ts'

const MAX_CHUNK_BYTES = 50_000_000

/** What may still be read of the chunks of a document, and of the documents in it, all together. */
export type ChunkRoom = { chunks: number; bytes: number }
/** More than any letter has; what comes after is counted as not read. */
export const chunkRoom = (): ChunkRoom => ({ chunks: 200, bytes: 100_000_000 })

/** Reads a chunk that is a Word document itself; null where it is nested too deep. */
export type ReadNested = (bytes: Buffer) => Promise<string | null>

/**
 * The text of each chunk by the id the document knows it by; null for one that cannot be read: RTF, damaged, of an
 * unknown kind, or larger than any letter. Throws what `readNested` throws, and Problem `file-unreadable`.
 */
export async function readChunks(
  zip: ZipParts,
  relations: ReadonlyMap<string, Relation>,
  room: ChunkRoom,
  readNested: ReadNested,
): Promise<Map<string, string | null>> {
  const chunks = new Map<string, string | null>()
  for (const [id, { type, part }] of relations) {
    if (type !== 'aFChunk') continue
    room.chunks--
    const size = zip.sizeOf(part)
    room.bytes -= size
    const isRead = zip.has(part) && size <= MAX_CHUNK_BYTES && room.chunks >= 0 && room.bytes >= 0
    chunks.set(id, isRead ? await textOfChunk(await wholePart(zip, part), part, readNested) : null)
  }
  return chunks
}

async function wholePart(zip: ZipParts, part: string): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of zip.read(part, MAX_CHUNK_BYTES)) pieces.push(piece)
  return Buffer.concat(pieces)
}

async function textOfChunk(bytes: Buffer, part: string, readNested: ReadNested): Promise<string | null> {
  if (bytes.toString('latin1', 0, 2) === 'PK') return readNested(bytes)
  const head = bytes.toString('latin1', 0, 4_096)
  if (head.startsWith('{\\rtf')) return null
  if (/^(?:MIME-Version|Content-Type):/im.test(head)) return textOfArchive(bytes)
  const text = decoded(bytes)
  if (text === null) return null
  if (/\.x?html?$/i.test(part) || /<(?:!doctype html|html|body|p|div|table)\b/i.test(head))
    return textOfHtml(text)
  return /\.te?xt$/i.test(part) ? text.replace(/\r\n?/g, '\n').trimEnd() : null
}

function decoded(bytes: Buffer): string | null {
  try {
    return decodeText(bytes).text
  } catch {
    return null
  }
}

/** A web page saved with its pictures as one file (MHT): its first part of HTML or plain text. Source: RFC 2557. */
function textOfArchive(bytes: Buffer): string | null {
  const whole = bytes.toString('latin1')
  const boundary = /boundary="?([^"\r\n;]{1,200})/i.exec(whole.slice(0, 4_096))?.[1]
  const parts = boundary === undefined ? [whole] : whole.split(`--${boundary}`)
  for (const part of parts) {
    const { head, body } = headAndBody(part)
    const kind = /^content-type:\s*text\/(html|plain)/im.exec(head)?.[1]?.toLowerCase()
    if (kind === undefined) continue
    const content = decoded(bodyBytes(body, /^content-transfer-encoding:\s*([\w-]+)/im.exec(head)?.[1] ?? ''))
    if (content === null) return null
    return kind === 'html' ? textOfHtml(content) : content.replace(/\r\n?/g, '\n').trimEnd()
  }
  return null
}

function headAndBody(part: string): { head: string; body: string } {
  const whole = part.trimStart()
  const blank = /\r?\n\r?\n/.exec(whole)
  if (blank === null) return { head: '', body: '' }
  return { head: whole.slice(0, blank.index), body: whole.slice(blank.index + blank[0].length) }
}

function bodyBytes(body: string, encoding: string): Buffer {
  if (/^base64$/i.test(encoding)) return Buffer.from(body, 'base64')
  if (!/^quoted-printable$/i.test(encoding)) return Buffer.from(body, 'latin1')
  const plain = body
    .replace(/=[ \t]*\r?\n/g, '')
    .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(plain, 'latin1')
}
