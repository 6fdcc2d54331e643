/** Lines and paragraphs out of the pieces of text that stand on a page. */

/** A piece of a line as it is drawn; `y` grows upwards, `x`, `y` and `height` in points. */
export type PieceOfText = { text: string; endsLine: boolean; x: number; y: number; height: number }

type Line = { text: string; y: number; height: number }

/** A step to the next line that is this much larger than usual is a gap between paragraphs. */
const GAP = 1.4
/** Usual distance of two lines where a page has too few to tell, in heights of the letters. */
const USUAL_STEP = 1.3

/** How far apart two drawings of the same letters may be to look like one bold one, in heights of the letters. */
const BOLD_STEP = 0.1
/** Places of one text on a page that are remembered; only the last ones are drawn over. */
const MOST_PLACES = 8

/** The pieces without those that are drawn a second time at their place; `onDouble` hears of each. */
export function withoutDoubles(pieces: readonly PieceOfText[], onDouble: () => void): PieceOfText[] {
  const placesOf = new Map<string, PieceOfText[]>()
  return pieces.map((piece) => {
    if (piece.text.trim() === '') return piece
    const places = placesOf.get(piece.text) ?? []
    const step = Math.max(piece.height * BOLD_STEP, 0.5)
    const isDouble = places.some(({ x, y }) => Math.abs(x - piece.x) <= step && Math.abs(y - piece.y) <= step)
    if (isDouble) {
      onDouble()
      // Where its line ended, the line still ends.
      return { ...piece, text: '' }
    }
    placesOf.set(piece.text, [piece, ...places].slice(0, MOST_PLACES))
    return piece
  })
}

/** The text of a page: its lines in the order they are drawn, with an empty line where paragraphs are apart. */
export function linesOfPage(pieces: readonly PieceOfText[]): string {
  const lines = joinLines(pieces)
  const step = usualStep(lines)
  let text = ''
  for (const [index, line] of lines.entries()) {
    const above = lines[index - 1]
    if (above) text += isGap(above, line, step) ? '\n\n' : '\n'
    text += line.text
  }
  return text
}

function joinLines(pieces: readonly PieceOfText[]): Line[] {
  const lines: Line[] = []
  let line: Line = { text: '', y: 0, height: 0 }
  const end = () => {
    const text = line.text.trimEnd()
    if (text !== '') lines.push({ ...line, text })
    line = { text: '', y: 0, height: 0 }
  }
  for (const { text, endsLine, y, height } of pieces) {
    // The line stands where its first letters do; blanks between may be put anywhere.
    if (line.text.trim() === '' && text.trim() !== '') line = { text: line.text, y, height }
    line.text += text
    if (endsLine) end()
  }
  end()
  return lines
}

/** The distance of lines inside paragraphs, which is the smaller one; null where there are too few lines to tell. */
function usualStep(lines: readonly Line[]): number | null {
  const steps = lines
    .slice(1)
    .map((line, index) => (lines[index] as Line).y - line.y)
    .filter((step) => step > 0)
    .sort((a, b) => a - b)
  return steps.length < 3 ? null : (steps[Math.floor(steps.length / 4)] as number)
}

function isGap(above: Line, line: Line, step: number | null): boolean {
  // Letters without a height stand askew; nothing can be said about their lines.
  const letters = Math.max(line.height, above.height) || Number.POSITIVE_INFINITY
  // Raised letters are no lines of their own, and in lists most steps may be gaps: the letters set bounds.
  const usual = step === null ? letters * USUAL_STEP : Math.min(Math.max(step, letters), letters * 2)
  return above.y - line.y > usual * GAP
}
