/**
 * The parts of a zip file (a workbook, a Word document), read as streams. Whatever the file claims about itself, what
 * comes out is bounded: by the sizes its directory states, which the reading then holds it to.
 */
import { basename } from 'node:path'
import { crc32 } from 'node:zlib'
import { type Entry, fromBufferPromise, openPromise, type ZipFile } from 'yauzl'
import { Problem } from '../../../../shared/problem.ts'
import { openToRead, readProblem } from '../decode.ts'

const MAX_PARTS = 10_000
/** Text packs to a tenth, sheets of empty cells to a fiftieth; only a bomb packs 100 MB to half of one. */
const BOMB_BYTES = 100_000_000
const BOMB_RATIO = 200
/** How the old binary files of Office begin, and the shell that Office puts around an encrypted file. */
const OLE_MARK = Buffer.from('d0cf11e0a1b11ae1', 'hex')

export class ZipParts {
  readonly path: string
  /** Size of the file. */
  readonly bytes: number
  readonly #zip: ZipFile
  readonly #entries: Map<string, Entry>
  /** Bytes that have come out of all parts so far; a part that is read again counts again. */
  #unpacked = 0

  private constructor(path: string, zip: ZipFile, entries: Map<string, Entry>) {
    this.path = path
    this.bytes = zip.fileSize
    this.#zip = zip
    this.#entries = entries
  }

  /**
   * Opens a zip file and reads its directory. `what` is what the file should be, for the sentence: "an Excel workbook".
   * Throws Problem `file-not-found`, `file-unreadable` (not a zip file, cut short, protected), `too-large`.
   */
  static async open(path: string, what: string): Promise<ZipParts> {
    await checkStart(path, what)
    let zip: ZipFile | null = null
    try {
      zip = await openPromise(path, { autoClose: false })
      return new ZipParts(path, zip, await entriesOf(path, zip))
    } catch (error) {
      zip?.close()
      throw zipProblem(path, error)
    }
  }

  /** The same for a zip file that lies inside another; `path` is the outer one's, for sentences. */
  static async ofBytes(path: string, bytes: Buffer): Promise<ZipParts> {
    try {
      const zip = await fromBufferPromise(bytes)
      return new ZipParts(path, zip, await entriesOf(path, zip))
    } catch (error) {
      throw zipProblem(path, error)
    }
  }

  has(name: string): boolean {
    return this.#entries.has(name.toLowerCase())
  }

  /** Size of a part unpacked, in bytes; 0 where there is none. */
  sizeOf(name: string): number {
    return this.#entries.get(name.toLowerCase())?.uncompressedSize ?? 0
  }

  /**
   * The bytes of a part, found by its name in any case. Throws Problem `file-unreadable` where there is no such part,
   * or it is damaged or encrypted, and `too-large` above `maxBytes` and for parts packed, one or all, as only a bomb is.
   */
  async *read(name: string, maxBytes: number): AsyncGenerator<Buffer> {
    const entry = this.#entries.get(name.toLowerCase())
    if (!entry) throw damagedZip(this.path)
    if (entry.isEncrypted()) throw protectedFile(this.path)
    const { uncompressedSize: size, compressedSize: packed } = entry
    if (size > maxBytes || (size > BOMB_BYTES && size > packed * BOMB_RATIO)) throw tooLarge(this.path, size)
    let sum = 0
    try {
      // The stream ends with an error when there is more or less of it than the directory said.
      for await (const chunk of await this.#zip.openReadStreamPromise(entry)) {
        this.#unpacked += (chunk as Buffer).length
        if (this.#unpacked > BOMB_BYTES + this.bytes * BOMB_RATIO) throw tooLarge(this.path, this.#unpacked)
        sum = crc32(chunk as Buffer, sum)
        yield chunk as Buffer
      }
    } catch (error) {
      throw zipProblem(this.path, error)
    }
    if (sum !== entry.crc32) throw damagedZip(this.path)
  }

  close(): void {
    this.#zip.close()
  }
}

async function checkStart(path: string, what: string): Promise<void> {
  const file = await openToRead(path)
  try {
    const start = Buffer.alloc(8)
    const { bytesRead } = await file.read(start, 0, 8, 0)
    if (start.equals(OLE_MARK)) {
      throw new Problem(
        'file-unreadable',
        `${basename(path)} is protected with a password, or is in the format of Office before 2007. Nothing was changed; open it, take off the password and save it again as ${what}.`,
      )
    }
    if (bytesRead < 4 || start.toString('latin1', 0, 2) !== 'PK') {
      throw wrongKind(path, what)
    }
  } catch (error) {
    throw readProblem(path, error)
  } finally {
    await file.close()
  }
}

async function entriesOf(path: string, zip: ZipFile): Promise<Map<string, Entry>> {
  // Before the loop: reading the directory is what takes long.
  if (zip.entryCount > MAX_PARTS) {
    throw new Problem(
      'too-large',
      `${basename(path)} has ${zip.entryCount} parts; at most ${MAX_PARTS} are read. Nothing was changed.`,
    )
  }
  const entries = new Map<string, Entry>()
  let packed = 0
  for await (const entry of zip.eachEntry()) {
    const name = entry.fileName.toLowerCase()
    packed += entry.compressedSize
    // Two parts of one name, or parts that share their bytes: nobody can say which of them a program shows.
    if (entries.has(name) || packed > zip.fileSize) throw damagedZip(path)
    entries.set(name, entry)
  }
  return entries
}

function zipProblem(path: string, error: unknown): Problem {
  if (error instanceof Problem) return error
  const code = (error as NodeJS.ErrnoException | null)?.code
  if (typeof code === 'string' && /^E[A-Z]+$/.test(code)) return readProblem(path, error)
  return damagedZip(path, error)
}

/** The Problem for a file that is something else than `what`. */
export const wrongKind = (path: string, what: string) =>
  new Problem(
    'file-unreadable',
    `${basename(path)} is not ${what}, whatever its name says. Nothing was changed; open it in the program it comes from and save it as ${what}.`,
  )

/** The Problem for a file that is a zip file, but not as its program writes it. */
export const damagedZip = (path: string, cause?: unknown) =>
  new Problem(
    'file-unreadable',
    `${basename(path)} is damaged or cut short. Nothing was changed; get the file again, or open it in the program it comes from and save it anew.`,
    { cause },
  )

const protectedFile = (path: string) =>
  new Problem(
    'file-unreadable',
    `${basename(path)} is protected with a password. Nothing was changed; take off the password and save it again.`,
  )

const tooLarge = (path: string, size: number) =>
  new Problem(
    'too-large',
    `${basename(path)} would unpack to ${Math.ceil(size / 1_000_000).toLocaleString('en-GB')} MB, which is more than its kind of file holds. Nothing was changed; if it is really yours, save the notes as CSV.`,
  )
