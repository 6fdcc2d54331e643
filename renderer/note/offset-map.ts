/**
 * Positions in the note's text <-> places in the page. The text is split at every LF; line `i` is one paragraph
 * with one text node (none when the line is empty). Offsets are UTF-16 units of the whole text, as in the store.
 */

/** Offset at which each line starts; the LF that ends a line belongs to it. */
export function lineStarts(text: string): Uint32Array {
  const starts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return Uint32Array.from(starts)
}

/** The line an offset lies in. An offset at the end of the text lies in the last line. */
export function lineAt(starts: Uint32Array, offset: number): number {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const mid = (low + high + 1) >> 1
    if ((starts[mid] as number) <= offset) low = mid
    else high = mid - 1
  }
  return low
}

export type Place = { node: Node; offset: number }

export class OffsetMap {
  readonly text: string
  readonly starts: Uint32Array
  readonly #paragraphs: readonly HTMLElement[]
  readonly #texts: readonly (Text | null)[]
  readonly #lines = new WeakMap<Node, number>()

  constructor(text: string, root: HTMLElement) {
    this.text = text
    this.starts = lineStarts(text)
    this.#paragraphs = [...root.children] as HTMLElement[]
    if (this.#paragraphs.length !== this.starts.length) {
      throw new Error(`the page shows ${this.#paragraphs.length} lines of a text of ${this.starts.length}`)
    }
    this.#texts = this.#paragraphs.map((paragraph, line) => {
      const node = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT).nextNode() as Text | null
      this.#lines.set(paragraph, line)
      if (node) this.#lines.set(node, line)
      return node
    })
  }

  get lines(): number {
    return this.starts.length
  }

  paragraph(line: number): HTMLElement {
    return this.#paragraphs[line] as HTMLElement
  }

  /** Where the line's own characters end, before its LF. */
  lineEnd(line: number): number {
    const next = this.starts[line + 1]
    return next === undefined ? this.text.length : next - 1
  }

  toPlace(offset: number): Place {
    const bounded = Math.max(0, Math.min(offset, this.text.length))
    const line = lineAt(this.starts, bounded)
    const node = this.#texts[line]
    if (!node) return { node: this.paragraph(line), offset: 0 }
    return { node, offset: Math.min(bounded - (this.starts[line] as number), node.length) }
  }

  /** The offset of a place in the page; null when it lies outside the note. */
  toOffset(node: Node | null, offset: number): number | null {
    if (!node) return null
    const direct = this.#lines.get(node)
    if (direct !== undefined && node.nodeType === Node.TEXT_NODE)
      return (this.starts[direct] as number) + offset
    for (let at: Node | null = node; at; at = at.parentNode) {
      const line = this.#lines.get(at)
      if (line === undefined) continue
      return offset === 0 ? (this.starts[line] as number) : this.lineEnd(line)
    }
    const root = this.#paragraphs[0]?.parentNode
    if (node !== root) return null
    // The root itself: a place between two paragraphs.
    return offset >= this.lines ? this.text.length : (this.starts[offset] as number)
  }

  toStaticRange(start: number, end: number): StaticRange {
    const from = this.toPlace(start)
    const to = this.toPlace(end)
    return new StaticRange({
      startContainer: from.node,
      startOffset: from.offset,
      endContainer: to.node,
      endOffset: to.offset,
    })
  }
}
