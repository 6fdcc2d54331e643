/**
 * Bytes to text, without ever losing a character silently: notes arrive as UTF-8 (with and without byte order
 * mark), UTF-16 and Windows-1252, and nothing in the files says which. What cannot be read exactly ends in a
 * Problem; U+FFFD is never put in.
 */
import { isAscii, isUtf8 } from 'node:buffer'
import { type FileHandle, open } from 'node:fs/promises'
import { basename } from 'node:path'
import type { CancelSignal } from '../../../shared/cancel.ts'
import { Problem } from '../../../shared/problem.ts'

export type Encoding = 'utf-8' | 'utf-8-bom' | 'utf-16le' | 'utf-16be' | 'windows-1252'
export type Decoded = { text: string; encoding: Encoding }

const SNIFF_BYTES = 65_536
const CHUNK_BYTES = 262_144

/**
 * Characters of the bytes 0x80-0x9F. Own table: the runtime's decoder for this label gave Latin-1 controls in
 * several Node versions. The five bytes the code page leaves open stay controls, as the WHATWG table has it.
 */
const CP1252_HIGH =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178'

const LINE_FEED = 0x0a
const LATIN1_HIGH = /[\u0080-\u009f]/g
const LONE_SURROGATE = /\p{Surrogate}/u
/** What prose does not hold: half characters, code points without a character, controls beside white space. */
const UNCLEAN = /\p{Surrogate}|\p{Cn}|\p{Co}|(?![\t\n\r\f])\p{Cc}/u

/** True where `text` holds half of a surrogate pair, which no file and no database can keep. */
export const hasLoneSurrogate = (text: string): boolean => LONE_SURROGATE.test(text)

/** CRLF and lone CR become LF; nothing else changes, in particular nothing is Unicode-normalised. */
export const toLf = (text: string): string => (text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text)

/**
 * The text of a whole file, without its byte order mark, and the encoding it was in.
 * Order: byte order mark; UTF-16 without one (judged by where the zero bytes lie); strict UTF-8; Windows-1252.
 * Throws Problem `file-unreadable` for damaged UTF-16 and for UTF-8 with foreign bytes in it.
 */
export function decodeText(bytes: Uint8Array): Decoded {
  const buffer = asBuffer(bytes)
  const encoding = sniff(buffer, true) ?? strictEncoding(buffer)
  if (encoding === 'utf-16le' || encoding === 'utf-16be') {
    const text = decodeUtf16(buffer.subarray(bomLength(buffer)), encoding)
    if (hasLoneSurrogate(text)) throw damagedUtf16()
    return { text, encoding }
  }
  if (encoding === 'windows-1252') return { text: decodeWindows1252(buffer), encoding }
  return { text: buffer.toString('utf8', bomLength(buffer)), encoding }
}

/**
 * The encoding of a file of any size, in constant memory. The first 64 KB decide between UTF-16 and the rest;
 * UTF-8 is then checked to the file's end, so that a stray byte late in a long export is known before the first
 * row is used, not after. `onBytes` hears how far that is. Throws like `decodeText`, naming the line.
 */
export async function detectEncoding(
  path: string,
  signal?: CancelSignal,
  onBytes?: (read: number) => void,
): Promise<Encoding> {
  const file = await openToRead(path)
  try {
    const head = await readChunk(file, 0, SNIFF_BYTES)
    const { size } = await file.stat()
    const known = sniff(head, size <= head.length, size)
    if (known !== null) return known
    const tally = new Utf8Tally()
    for (let at = 0; at < size; ) {
      stopIfCancelled(signal)
      const chunk = await readChunk(file, at, CHUNK_BYTES)
      if (chunk.length === 0) break
      tally.add(chunk)
      at += chunk.length
      onBytes?.(at)
    }
    tally.end()
    return tally.verdict(basename(path))
  } finally {
    await file.close()
  }
}

/**
 * The text of a file in pieces, for readers that must not hold it whole. No piece ends inside a character.
 * `encoding` is what `detectEncoding` said (it is asked when left out). `onBytes` hears how far the reading is.
 * Throws Problem `file-unreadable` where the bytes stop being what they were said to be.
 */
export async function* decodeStream(
  path: string,
  options: { encoding?: Encoding; signal?: CancelSignal; onBytes?: (read: number) => void } = {},
): AsyncGenerator<string> {
  const encoding = options.encoding ?? (await detectEncoding(path, options.signal))
  const decode = streamDecoder(encoding, basename(path))
  const file = await openToRead(path)
  try {
    let at = bomLength(await readChunk(file, 0, 3))
    if (encoding === 'utf-8' || encoding === 'windows-1252') at = 0
    for (;;) {
      stopIfCancelled(options.signal)
      const chunk = await readChunk(file, at, CHUNK_BYTES)
      const text = decode(chunk, chunk.length === 0)
      if (text !== '') yield text
      if (chunk.length === 0) return
      at += chunk.length
      options.onBytes?.(at)
    }
  } finally {
    await file.close()
  }
}

/** Opens a file for reading; a missing or forbidden one ends in a Problem that names it. */
export async function openToRead(path: string): Promise<FileHandle> {
  try {
    const file = await open(path, 'r')
    if ((await file.stat()).isDirectory()) {
      await file.close()
      throw new Problem('file-unreadable', `${basename(path)} is a folder, not a file. Choose a file.`)
    }
    return file
  } catch (error) {
    throw readProblem(path, error)
  }
}

/** The Problem for an error of the file system on `path`. */
export function readProblem(path: string, error: unknown): Problem {
  if (error instanceof Problem) return error
  const code = (error as NodeJS.ErrnoException | null)?.code
  const name = basename(path)
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') {
    return new Problem(
      'file-not-found',
      `There is no file ${name}. Nothing was changed; choose the file again.`,
      {
        cause: error,
      },
    )
  }
  if (code === 'EISDIR')
    return new Problem('file-unreadable', `${name} is a folder, not a file. Choose a file.`, { cause: error })
  if (code === 'EACCES' || code === 'EPERM')
    return new Problem(
      'file-unreadable',
      `${name} cannot be read: it belongs to somebody else, or its rights do not allow it. Nothing was changed; ask whoever gave it to you.`,
      { cause: error },
    )
  return new Problem(
    'file-unreadable',
    `${name} could not be read${code ? ` (${code})` : ''}. Nothing was changed; check that you may open it and that no other program holds it.`,
    { cause: error },
  )
}

/** Throws Problem `cancelled` once the person has asked to stop. */
export function stopIfCancelled(signal: CancelSignal | undefined): void {
  if (signal?.aborted) throw new Problem('cancelled', 'Cancelled. Nothing was changed.')
}

const asBuffer = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)

async function readChunk(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length)
  let filled = 0
  // Network drives give fewer bytes than asked for; only a read of nothing is the end.
  while (filled < length) {
    const { bytesRead } = await file.read(buffer, filled, length - filled, at + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return buffer.subarray(0, filled)
}

function bomLength(bytes: Uint8Array): number {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 3
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) return 2
  return 0
}

/** What the head alone decides: a byte order mark, or UTF-16 without one. Null leaves UTF-8 against the rest. */
function sniff(head: Buffer, isWhole: boolean, size = head.length): Encoding | null {
  const bom = bomLength(head)
  if (bom === 2) return head[0] === 0xff ? 'utf-16le' : 'utf-16be'
  return size % 2 === 0 ? guessUtf16(head, isWhole) : null
}

/**
 * UTF-16 without a mark shows as zero bytes mostly on one side of the pairs. Western text has most pairs so; text
 * in other scripts only its spaces and line ends, but that is no UTF-8 and must then read as clean text.
 */
function guessUtf16(head: Buffer, isWhole: boolean): 'utf-16le' | 'utf-16be' | null {
  const pairs = head.length >> 1
  const zeros = [0, 0]
  for (let i = 0; i < pairs * 2; i++) if (head[i] === 0) zeros[i & 1] = (zeros[i & 1] as number) + 1
  const [high, low] = zeros as [number, number]
  const [many, few] = [Math.max(high, low), Math.min(high, low)]
  if (many === 0) return null
  const encoding = low > high ? 'utf-16le' : 'utf-16be'
  const whole = isWhole ? head : head.subarray(0, lastWholeCharacter(head))
  if (isUtf8(whole)) return many >= pairs * 0.4 && few * 20 <= many ? encoding : null
  if (many < pairs * 0.02 || few * 3 > many) return null
  return UNCLEAN.test(decodeUtf16(head.subarray(0, pairs * 2), encoding).slice(0, -1)) ? null : encoding
}

function strictEncoding(buffer: Buffer): Encoding {
  const tally = new Utf8Tally()
  tally.add(buffer)
  tally.end()
  return tally.verdict(null)
}

/**
 * Checks that bytes are UTF-8. Once they are not, counts what speaks for which: in Windows-1252 prose two bytes
 * that happen to form a UTF-8 character are all but unknown, so a file with more good characters than bad bytes is
 * damaged UTF-8, and reading it as Windows-1252 would garble every good one.
 */
class Utf8Tally {
  #rest: Buffer = Buffer.alloc(0)
  #hasBom: boolean | null = null
  #good = 0
  #bad = 0
  #line = 1
  #badLine = 0

  add(chunk: Buffer): void {
    this.#hasBom ??= bomLength(chunk) === 3
    const bytes = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk
    const end = lastWholeCharacter(bytes)
    this.#take(bytes.subarray(0, end))
    this.#rest = Buffer.from(bytes.subarray(end))
  }

  end(): void {
    this.#take(this.#rest)
    this.#rest = Buffer.alloc(0)
  }

  verdict(name: string | null): Encoding {
    if (this.#bad === 0) return this.#hasBom ? 'utf-8-bom' : 'utf-8'
    if (this.#good <= this.#bad && !this.#hasBom) return 'windows-1252'
    throw new Problem(
      'file-unreadable',
      `${name ?? 'The file'} is UTF-8 text with ${this.#bad} damaged place${this.#bad === 1 ? '' : 's'}, the first on line ${this.#badLine}. Nothing was changed; export it again as UTF-8, or repair that line.`,
    )
  }

  #take(bytes: Buffer): void {
    if (isAscii(bytes)) {
      for (let at = bytes.indexOf(LINE_FEED); at !== -1; at = bytes.indexOf(LINE_FEED, at + 1)) this.#line++
      return
    }
    // Bytes outside ASCII are counted in every chunk: the bad ones may come long after the good ones.
    for (let i = 0; i < bytes.length; ) {
      const byte = bytes[i] as number
      if (byte < 0x80) {
        if (byte === LINE_FEED) this.#line++
        i++
        continue
      }
      const length = sequenceLength(bytes, i)
      if (length > 0) {
        this.#good++
        i += length
      } else {
        if (this.#bad === 0) this.#badLine = this.#line
        this.#bad++
        i++
      }
    }
  }
}

/** Length of the well-formed UTF-8 sequence that starts at `i` (Unicode 15, table 3-7), or 0. */
function sequenceLength(bytes: Buffer, i: number): number {
  const first = bytes[i] as number
  const second = bytes[i + 1] ?? 0
  const tail = (at: number) => ((bytes[at] ?? 0) & 0xc0) === 0x80
  if (first >= 0xc2 && first <= 0xdf) return tail(i + 1) ? 2 : 0
  if (first >= 0xe0 && first <= 0xef) {
    const fits = tail(i + 1) && !(first === 0xe0 && second < 0xa0) && !(first === 0xed && second > 0x9f)
    return fits && tail(i + 2) ? 3 : 0
  }
  if (first >= 0xf0 && first <= 0xf4) {
    const fits = tail(i + 1) && !(first === 0xf0 && second < 0x90) && !(first === 0xf4 && second > 0x8f)
    return fits && tail(i + 2) && tail(i + 3) ? 4 : 0
  }
  return 0
}

/** Where the last UTF-8 character that is complete in `bytes` ends. */
function lastWholeCharacter(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] as number
    if (byte < 0x80) break
    if (byte < 0xc0) continue
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
    return length > back ? bytes.length - back : bytes.length
  }
  return bytes.length
}

function decodeUtf16(bytes: Buffer, encoding: 'utf-16le' | 'utf-16be'): string {
  if (bytes.length % 2 === 1) throw damagedUtf16()
  return encoding === 'utf-16le' ? bytes.toString('utf16le') : Buffer.from(bytes).swap16().toString('utf16le')
}

const decodeWindows1252 = (bytes: Buffer): string =>
  bytes
    .toString('latin1')
    .replace(LATIN1_HIGH, (character) => CP1252_HIGH.charAt(character.charCodeAt(0) - 0x80))

function streamDecoder(encoding: Encoding, name: string): (chunk: Buffer, isLast: boolean) => string {
  if (encoding === 'windows-1252') return decodeWindows1252
  if (encoding === 'utf-8' || encoding === 'utf-8-bom') {
    return carrying(lastWholeCharacter, (bytes) => {
      // The whole file passed this check before; it fails only if the file changed in between.
      if (!isUtf8(bytes)) throw changedMeanwhile(name)
      return bytes.toString('utf8')
    })
  }
  const highByte = encoding === 'utf-16le' ? 1 : 0
  const wholePairs = (bytes: Buffer) => {
    const even = bytes.length - (bytes.length % 2)
    const last = even >= 2 ? (bytes[even - 2 + highByte] as number) : 0
    return last >= 0xd8 && last <= 0xdb ? even - 2 : even
  }
  return carrying(wholePairs, (bytes) => {
    const text = bytes.length % 2 === 1 ? null : decodeUtf16(bytes, encoding)
    if (text === null || hasLoneSurrogate(text)) throw damagedUtf16(name)
    return text
  })
}

/** Keeps back the bytes of a character that is not complete yet. */
function carrying(boundary: (bytes: Buffer) => number, decode: (bytes: Buffer) => string) {
  let rest: Buffer = Buffer.alloc(0)
  return (chunk: Buffer, isLast: boolean): string => {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
    const end = isLast ? bytes.length : boundary(bytes)
    rest = Buffer.from(bytes.subarray(end))
    return decode(bytes.subarray(0, end))
  }
}

const damagedUtf16 = (name = 'The file') =>
  new Problem(
    'file-unreadable',
    `${name} is UTF-16 text that is cut short or damaged. Nothing was changed; export it again, best as UTF-8.`,
  )

const changedMeanwhile = (name: string) =>
  new Problem('file-unreadable', `${name} changed while it was being read. Nothing was changed; try again.`)
