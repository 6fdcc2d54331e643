/** XML in pieces, for the parts of office files: nothing is held but what the handlers keep. */
import { basename } from 'node:path'
import { TextDecoder } from 'node:util'
import { SaxesParser, type SaxesTagPlain } from 'saxes'
import type { CancelSignal } from '../../../../shared/cancel.ts'
import { Problem } from '../../../../shared/problem.ts'
import { stopIfCancelled } from '../decode.ts'
import { damagedZip } from './zip-parts.ts'

/** Names come without their prefix; `prefix` is what stood before the colon, or empty. */
export type XmlHandlers = {
  open?(name: string, attributes: Record<string, string>, prefix: string): void
  close?(name: string, prefix: string): void
  text?(text: string): void
}

const MAX_DEPTH = 256
const MAX_ATTRIBUTES = 1_000
/** A text, an attribute or a tag beyond this is no note, and would have to be held whole. */
const MAX_TOKEN = 64_000_000

/**
 * Parses `chunks` and calls the handlers; gives control back after each chunk so that what they collected can be
 * used and let go. `path` is the file's, for sentences. Entities of a DOCTYPE are never looked at: it ends the
 * reading, as no office program writes one. Throws Problem `file-unreadable`, `too-large`, `cancelled`.
 */
export async function* parseXml(
  path: string,
  chunks: AsyncIterable<Buffer>,
  handlers: XmlHandlers,
  signal?: CancelSignal,
): AsyncGenerator<void> {
  const decode = decoder(path)
  const parser = new XmlParser(path, handlers)
  for await (const chunk of chunks) {
    stopIfCancelled(signal)
    parser.write(decode(chunk, false))
    yield
  }
  parser.write(decode(null, true))
  parser.end()
  yield
}

/** Parses `chunks` to their end. */
export async function parseWholeXml(...arguments_: Parameters<typeof parseXml>): Promise<void> {
  for await (const _ of parseXml(...arguments_));
}

class XmlParser {
  readonly #path: string
  readonly #parser = new SaxesParser({ xmlns: false, position: false })
  #depth = 0
  #attributes = 0
  #sinceEvent = 0

  constructor(path: string, handlers: XmlHandlers) {
    this.#path = path
    const names = new Map<string, [prefix: string, name: string]>()
    const split = (name: string) => {
      const known = names.get(name)
      if (known) return known
      const colon = name.indexOf(':')
      const parts: [string, string] = [name.slice(0, Math.max(0, colon)), name.slice(colon + 1)]
      if (names.size < 10_000) names.set(name, parts)
      return parts
    }
    this.#parser.on('attribute', () => {
      if (++this.#attributes > MAX_ATTRIBUTES) throw damagedZip(path)
    })
    this.#parser.on('opentag', (tag: SaxesTagPlain) => {
      this.#sinceEvent = 0
      this.#attributes = 0
      if (++this.#depth > MAX_DEPTH) throw damagedZip(path)
      const [prefix, name] = split(tag.name)
      handlers.open?.(name, tag.attributes, prefix)
    })
    this.#parser.on('closetag', (tag: SaxesTagPlain) => {
      this.#sinceEvent = 0
      this.#depth--
      const [prefix, name] = split(tag.name)
      handlers.close?.(name, prefix)
    })
    this.#parser.on('text', (text) => handlers.text?.(text))
    this.#parser.on('cdata', (text) => handlers.text?.(text))
    this.#parser.on('doctype', () => {
      throw hasDoctype(path)
    })
  }

  write(text: string): void {
    // Added before the call, which sets it back as soon as a tag is through.
    this.#sinceEvent += text.length
    if (this.#sinceEvent > MAX_TOKEN) throw longToken(this.#path)
    this.#do(() => this.#parser.write(text))
  }

  end(): void {
    this.#do(() => this.#parser.close())
  }

  #do(act: () => void): void {
    try {
      act()
    } catch (error) {
      throw error instanceof Problem ? error : damagedZip(this.#path, error)
    }
  }
}

/** Office files are UTF-8, or UTF-16 with a mark; anything else, and anything damaged, is refused. */
function decoder(path: string): (chunk: Buffer | null, isLast: boolean) => string {
  let decoder: TextDecoder | null = null
  let head: Buffer = Buffer.alloc(0)
  return (chunk, isLast) => {
    try {
      if (decoder !== null) return decoder.decode(chunk ?? undefined, { stream: !isLast })
      head = Buffer.concat([head, chunk ?? Buffer.alloc(0)])
      if (head.length < 2 && !isLast) return ''
      const mark = head.toString('hex', 0, 2)
      decoder = new TextDecoder(mark === 'fffe' ? 'utf-16le' : mark === 'feff' ? 'utf-16be' : 'utf-8', {
        fatal: true,
      })
      return decoder.decode(head, { stream: !isLast })
    } catch (error) {
      throw damagedZip(path, error)
    }
  }
}

const hasDoctype = (path: string) =>
  new Problem(
    'file-unreadable',
    `${basename(path)} holds a document type declaration, which no office program writes. Nothing was changed; do not trust this file.`,
  )

const longToken = (path: string) =>
  new Problem(
    'too-large',
    `${basename(path)} holds a single text longer than 64 million characters. Nothing was changed; take it out of the file.`,
  )
