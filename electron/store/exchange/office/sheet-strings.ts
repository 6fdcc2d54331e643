/** The texts that the cells of a workbook share, read as far as the cells need them. */
import { basename } from 'node:path'
import type { CancelSignal } from '../../../../shared/cancel.ts'
import { Problem } from '../../../../shared/problem.ts'
import { unescapeCell } from './sheet-cells.ts'
import { parseXml } from './xml-parts.ts'
import { damagedZip, type ZipParts } from './zip-parts.ts'

/** Together, in UTF-8; the notes of 100,000 rows take about 220 MB. */
export const MAX_SHARED_BYTES = 300_000_000
const MAX_SHARED_COUNT = 10_000_000
const PAGE_BYTES = 1_048_576
const MAX_PART_BYTES = 2_000_000_000

/**
 * Workbooks number their texts and keep them apart from the rows, mostly in the order of the rows: so they are read
 * along with the rows, and a preview of a large workbook reads only its beginning. They are kept as UTF-8 bytes
 * outside the JavaScript heap, half the size of strings and no work for the garbage collector.
 */
export class SharedStrings {
  readonly #path: string
  readonly #maxBytes: number
  readonly #reading: AsyncGenerator<void> | null
  readonly #pages: Buffer[] = []
  #room = 0
  #bytes = 0
  #count = 0
  /** Of each text its page, where it starts there and how many bytes it has. */
  #places = new Uint32Array(3 * 4_096)

  constructor(
    zip: ZipParts,
    part: string | null,
    { signal, maxBytes = MAX_SHARED_BYTES }: { signal?: CancelSignal; maxBytes?: number } = {},
  ) {
    this.#path = zip.path
    this.#maxBytes = maxBytes
    this.#reading = part === null ? null : this.#parse(zip, part, signal)
  }

  /** True where the text is there already. */
  has(index: number): boolean {
    return index < this.#count
  }

  /** Reads on until the text is there. Throws Problem `too-large`, `file-unreadable`. */
  async readTo(index: number): Promise<void> {
    while (index >= this.#count) {
      const step = await this.#reading?.next()
      if (!step || step.done) throw damagedZip(this.#path)
    }
  }

  /** A text that `has` knows. */
  get(index: number): string {
    const [page, start, length] = this.#places.subarray(index * 3, index * 3 + 3) as unknown as number[]
    const bytes = this.#pages[page as number] as Buffer
    return unescapeCell(bytes.toString('utf8', start, (start as number) + (length as number)))
  }

  async close(): Promise<void> {
    await this.#reading?.return(undefined)
  }

  #parse(zip: ZipParts, part: string, signal: CancelSignal | undefined): AsyncGenerator<void> {
    let text = ''
    let isText = false
    let isHint = false
    return parseXml(
      zip.path,
      zip.read(part, MAX_PART_BYTES),
      {
        open: (name) => {
          if (name === 'si') text = ''
          else if (name === 't') isText = !isHint
          // How Japanese words sound is stored beside them, and shown above them.
          else if (name === 'rPh') isHint = true
        },
        close: (name) => {
          if (name === 'si') this.#add(text)
          else if (name === 't') isText = false
          else if (name === 'rPh') isHint = false
        },
        text: (piece) => {
          if (isText) text += piece
        },
      },
      signal,
    )
  }

  #add(text: string): void {
    const length = Buffer.byteLength(text)
    this.#bytes += length
    if (this.#bytes > this.#maxBytes || this.#count >= MAX_SHARED_COUNT) throw this.#tooLarge()
    if (length > this.#room) {
      this.#room = Math.max(PAGE_BYTES, length)
      this.#pages.push(Buffer.allocUnsafeSlow(this.#room))
    }
    const page = this.#pages.at(-1) ?? Buffer.alloc(0)
    const start = page.length - this.#room
    page.write(text, start)
    this.#room -= length
    if (this.#count * 3 === this.#places.length) {
      const wider = new Uint32Array(this.#places.length * 2)
      wider.set(this.#places)
      this.#places = wider
    }
    this.#places.set([Math.max(0, this.#pages.length - 1), start, length], this.#count * 3)
    this.#count++
  }

  #tooLarge(): Problem {
    return new Problem(
      'too-large',
      `${basename(this.#path)} holds more than ${this.#maxBytes / 1_000_000} MB of text in its cells. Nothing was changed; save the sheet as CSV and import that, or split the workbook.`,
    )
  }
}
