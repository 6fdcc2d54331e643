/**
 * Positions in the note's text <-> places in the page. The text is split at every LF; line `i` is one paragraph
 * with one text node (none when the line is empty, several when it is long). Offsets are UTF-16 units of the whole
 * text, as in the store.
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
/** A text node and where in the note its characters stand. */
type Piece = { node: Text; start: number; end: number }

/** Makes the lines from one to before another in the page. */
export type AppendLines = (from: number, to: number) => void

export class OffsetMap {
  readonly text: string
  readonly starts: Uint32Array
  readonly #root: HTMLElement
  readonly #append: AppendLines
  readonly #paragraphs: HTMLElement[] = []
  /** The text nodes of each paragraph. */
  readonly #pieces: Piece[][] = []
  readonly #lines = new WeakMap<Node, number>()
  readonly #pieceOf = new WeakMap<Node, Piece>()

  constructor(text: string, starts: Uint32Array, root: HTMLElement, append: AppendLines) {
    this.text = text
    this.starts = starts
    this.#root = root
    this.#append = append
  }

  get lines(): number {
    return this.starts.length
  }

  /** Lines that are in the page by now; the others are made when they are asked for. */
  get madeLines(): number {
    return this.#paragraphs.length
  }

  get isWhole(): boolean {
    return this.#paragraphs.length === this.starts.length
  }

  /** The offset up to which the text is in the page. */
  get made(): number {
    return this.starts[this.#paragraphs.length] ?? this.text.length
  }

  /** Has the text in the page at least up to this offset. */
  makeUpTo(offset: number): void {
    this.#makeLines(lineAt(this.starts, Math.min(offset, this.text.length)) + 1)
  }

  #makeLines(count: number): void {
    const before = this.#paragraphs.length
    if (count <= before) return
    this.#append(before, count)
    const all = this.#root.children
    if (all.length !== count) throw new Error(`the page shows ${all.length} lines in place of ${count}`)
    for (let line = before; line < count; line++) {
      const paragraph = all[line] as HTMLElement
      this.#paragraphs.push(paragraph)
      this.#pieces.push(piecesIn(paragraph, this.starts[line] as number))
      this.#lines.set(paragraph, line)
      for (const piece of this.#pieces[line] as Piece[]) {
        this.#pieceOf.set(piece.node, piece)
        if (piece.node.parentNode !== paragraph) this.#pieceOf.set(piece.node.parentNode as Node, piece)
      }
    }
  }

  paragraph(line: number): HTMLElement {
    this.#makeLines(line + 1)
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
    this.#makeLines(line + 1)
    const piece = pieceAt(this.#pieces[line] as Piece[], bounded)
    if (!piece) return { node: this.paragraph(line), offset: 0 }
    return { node: piece.node, offset: Math.min(bounded, piece.end) - piece.start }
  }

  /** The offset of a place in the page; null when it lies outside the note. */
  toOffset(node: Node | null, offset: number): number | null {
    if (!node) return null
    const piece = this.#pieceOf.get(node)
    if (piece) return piece.node === node ? piece.start + offset : offset === 0 ? piece.start : piece.end
    for (let at: Node | null = node; at; at = at.parentNode) {
      const line = this.#lines.get(at)
      if (line === undefined) continue
      if (offset === 0) return this.starts[line] as number
      const next = at === node ? this.#pieces[line]?.[offset] : undefined
      return next?.start ?? this.lineEnd(line)
    }
    if (node !== this.#root) return null
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

function piecesIn(paragraph: HTMLElement, start: number): Piece[] {
  const texts = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT)
  const pieces: Piece[] = []
  for (let at = start, node = texts.nextNode(); node; node = texts.nextNode()) {
    const text = node as Text
    pieces.push({ node: text, start: at, end: at + text.length })
    at += text.length
  }
  return pieces
}

/** The piece that a position begins or lies in; the last one for the end of the line. */
function pieceAt(pieces: readonly Piece[], offset: number): Piece | undefined {
  let low = 0
  let high = pieces.length - 1
  while (low < high) {
    const mid = (low + high + 1) >> 1
    if ((pieces[mid] as Piece).start <= offset) low = mid
    else high = mid - 1
  }
  return pieces[low]
}
