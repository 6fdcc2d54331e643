/**
 * The note's text in a read-only Lexical editor: one paragraph per line, mostly one text node in it. A line, once there, is
 * never updated again, so the text nodes stay what they are and everything else (codes, caret, masks) is painted
 * over them from outside. Nothing may be appended inside the root: Lexical removes what it did not make.
 *
 * Of a long note only the head is made at first; the rest follows while the page has nothing else to do, or at once
 * up to where something asks for a place.
 */
import { $createParagraphNode, $createTextNode, $getRoot, createEditor } from 'lexical'
import { splitsPair } from '../../shared/offsets.ts'
import { lineStarts, OffsetMap } from './offset-map.ts'

/**
 * Above this length, in characters, paragraphs out of sight are not made at first. (Once made they are laid out like
 * any others: `content-visibility: auto` on each costs more at every frame of scrolling than it saves.)
 */
export const LONG = 60_000
/** Characters made at first: several sights, also of a tall window. */
const HEAD = 30_000
/** Characters made at a time afterwards; takes a few ms. */
const SLICE = 40_000

/** Characters of a line that are one text node at most. */
const PIECE = 4_000

export type Surface = { map: OffsetMap; dispose(): void }

export function showText(root: HTMLElement, text: string): Surface {
  const editor = createEditor({
    namespace: 'note',
    editable: false,
    nodes: [],
    onError: (error) => {
      throw error
    },
  })
  const starts = lineStarts(text)
  editor.setRootElement(root)
  const append = (from: number, to: number) =>
    editor.update(
      () => {
        const top = $getRoot()
        if (from === 0) top.clear()
        top.append(...linesOf(text, starts, from, to).map(paragraphOf))
      },
      { discrete: true },
    )
  const map = new OffsetMap(text, starts, root, append)
  map.makeUpTo(text.length > LONG ? HEAD : text.length)
  let idle = 0
  const makeRest = () => {
    if (map.isWhole) return
    map.makeUpTo(map.made + SLICE)
    idle = requestIdleCallback(makeRest, { timeout: 200 })
  }
  if (!map.isWhole) idle = requestIdleCallback(makeRest)
  return {
    map,
    dispose: () => {
      cancelIdleCallback(idle)
      editor.setRootElement(null)
      root.replaceChildren()
    },
  }
}

/** The lines from one to before another, without their line feeds. */
const linesOf = (text: string, starts: Uint32Array, from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, at) => {
    const next = starts[from + at + 1]
    return text.slice(starts[from + at], next === undefined ? text.length : next - 1)
  })

function paragraphOf(line: string) {
  const pieces = piecesOf(line).map((piece) => $createTextNode(piece))
  // Lexical would make one node of neighbours that look the same.
  if (pieces.length > 1) for (const piece of pieces) piece.toggleUnmergeable()
  return $createParagraphNode().append(...pieces)
}

/**
 * The pieces a long line is in the page, each up to the blank after a word. Whatever is painted anew in a text node has
 * the browser look at the whole node again: a paragraph as long as a book would be as slow as it is long.
 */
export function piecesOf(line: string): string[] {
  const pieces: string[] = []
  let start = 0
  while (line.length - start > PIECE) {
    const blank = line.lastIndexOf(' ', start + PIECE - 1)
    const cut = blank > start ? blank + 1 : start + PIECE
    const end = splitsPair(line, cut) ? cut - 1 : cut
    pieces.push(line.slice(start, end))
    start = end
  }
  return start < line.length ? [...pieces, line.slice(start)] : pieces
}
