/** Where in a note the caret is, in words a person counts by: lines that hold text, and characters. */
export type CaretPlace = {
  /** From 1; a line that is empty belongs to the paragraph before it. */
  paragraph: number
  paragraphs: number
  /** How many characters (UTF-16 units) stand before the caret. */
  character: number
  characters: number
  /** Characters selected; 0 for a caret alone. */
  selected: number
}

/** Where the lines that are not empty begin; made once for a note. */
export function lineStarts(text: string): number[] {
  const starts: number[] = []
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf('\n', at)
    if (end !== at) starts.push(at)
    at = end === -1 ? text.length : end + 1
  }
  return starts
}

/** @param starts as `lineStarts` gives them @param length of the text */
export function placeOf(
  starts: readonly number[],
  length: number,
  { anchor, focus }: { anchor: number; focus: number },
): CaretPlace {
  let low = 0
  let high = starts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((starts[middle] as number) <= focus) low = middle + 1
    else high = middle
  }
  return {
    paragraph: Math.max(1, low),
    paragraphs: Math.max(1, starts.length),
    character: focus,
    characters: length,
    selected: Math.abs(anchor - focus),
  }
}
